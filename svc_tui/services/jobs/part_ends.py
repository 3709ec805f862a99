"""What becomes of the parts of a sheet whose job is done or cancelled."""

from __future__ import annotations

from collections.abc import Sequence

from svc_tui.db.core.changes import Changes
from svc_tui.domain.records import LineRecord, Stage
from svc_tui.domain.stock.answers import Answers
from svc_tui.services.jobs import lines
from svc_tui.services.stock import book, settling


def hold(changes: Changes, was: Stage, becomes: Stage, base: Sequence[LineRecord], mine: Sequence[LineRecord]) -> None:
    """Before anything is saved: whoever is going to save lines of parts, or to free them, holds the parts."""
    if becomes is Stage.CANCELLED is not was:
        book.hold(changes.store)
    else:
        lines.hold(changes, base, mine)


def end(changes: Changes, job: int, becomes: Stage, answers: Answers) -> list[tuple[str, int]]:
    """A job is done with no part open, and a cancelled one gives up its pieces; gives what goes back on its shelf.

    Raises:
        Invalid: while something has to be said of a part.
    """
    if becomes not in (Stage.DONE, Stage.CANCELLED):
        return []
    if why := settling.refusal(settling.asked(changes.store, (job,), becomes).get(job, ()), answers):
        raise why
    return settling.cancel(changes, (job,), answers) if becomes is Stage.CANCELLED else []
