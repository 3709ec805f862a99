"""A note that is written in the message line of a list: what was begun and left with Esc comes back by one key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from svc_tui.i18n import _, n_
from svc_tui.screens.jobs.list_about import About
from svc_tui.services.jobs.bulk import Edit
from svc_tui.widgets.fields import Field, TextField

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen
    from svc_tui.screens.shell.base import BaseScreen

LONGEST_NOTE = 2_000
"""Letters of a note that is written in the message line."""


class BegunNote:
    """A note to the jobs that it was begun for, wherever the cursor is by now."""

    def __init__(self, about: About, text: str = "") -> None:
        self.about, self.text = about, text

    async def bring_back(self, screen: BaseScreen, closed: Callable[[Any], Awaitable[None]]) -> None:
        """Go on with it in the list that is shown now."""
        self.asked(cast("ActivityListScreen", screen))

    def asked(self, screen: ActivityListScreen) -> None:
        """Ask for it in the message line, with what was written so far."""
        jobs = self.about.named(screen.svc.formats.count)
        note = TextField("note", _("Note to {job}").format(job=jobs), limit=LONGEST_NOTE)
        note.value = self.text
        screen.acts.long.free()
        screen.ask_text(note, partial(self._answered, screen), partial(self._given_up, screen))

    async def _answered(self, screen: ActivityListScreen, note: Field) -> None:
        from svc_tui.screens.jobs.list_acts import Words

        words = Words(
            lambda row: _("Noted on job {number}.").format(number=row.number),
            lambda jobs, count: n_("Add the note to {count} job?", "Add the note to {count} jobs?", jobs).format(
                count=count
            ),
        )
        await screen.acts.edit(self.about, Edit("note", note.text.strip()), words)

    def _given_up(self, screen: ActivityListScreen, note: Field) -> None:
        screen.svc.discarded = BegunNote(self.about, note.text)
        screen.say(_("The note is discarded. r brings it back."))
