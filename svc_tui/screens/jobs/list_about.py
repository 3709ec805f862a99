"""Which jobs an act from a list is about: fixed when its key is pressed, whatever moves before it is carried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow
from svc_tui.i18n import _, n_
from svc_tui.screens.shell import list_about as shell_about
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.bulk import Selection

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen

MOST_NAMED = 3
"""So many jobs are named in a question."""


class About(NamedTuple):
    """The jobs of one act."""

    selection: Selection
    row: ActivityRow | None
    """The one that was under the cursor; None when rows are selected."""
    query: ActivityQuery
    """What the list showed."""
    jobs: int | None
    """How many they are; None while that is not counted."""
    session: Session
    """Through which they were read."""

    def named(self, count: Callable[[int], str]) -> str:
        """The jobs as a question names them.

        Args:
            count: How a count is written.
        """
        if self.row is not None:
            return str(self.row.number)
        if self.jobs is None:
            return _("all selected jobs")
        return n_("{count} job", "{count} jobs", self.jobs).format(count=count(self.jobs))


def about_now(screen: ActivityListScreen) -> About | None:
    """The selected jobs, else the one under the cursor; None where there is none.

    Raises:
        Invalid: when somebody else's change has just put another job under the cursor than the one that was there.
    """
    rows, query = screen.list, screen.query_now
    selected = rows.selection
    keys = [key for key in selected.keys if isinstance(key, int)]
    counts = screen.count_line.counts
    count = selected.count(counts.matching if counts else None)
    if selected.everything:
        return About(Selection(query=query, but=frozenset(keys)), None, query, count, screen.session)
    if selected:
        return About(Selection(tuple(keys)), None, query, count, screen.session)
    row = the_row(screen)
    return About(Selection((row.id,)), row, query, 1, screen.session) if row is not None else None


def the_row(screen: ActivityListScreen) -> ActivityRow | None:
    """The job under the cursor.

    Raises:
        Invalid: as `about_now`.
    """
    return shell_about.the_row(screen, lambda row: row.number)


def told_of_those_who_left(left: list[ActivityRow], count: Callable[[int], str]) -> str:
    """How many of the selected jobs the list does not show any more, and which; empty for none."""
    if not left:
        return ""
    names = ", ".join(str(row.number) for row in left[:MOST_NAMED]) + (" …" if len(left) > MOST_NAMED else "")
    text = n_("{count} of them has left the list: {jobs}.", "{count} of them have left the list: {jobs}.", len(left))
    return text.format(count=count(len(left)), jobs=names)
