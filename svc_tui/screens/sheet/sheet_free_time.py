"""F4 in the start field of a job: the next time that its responsible is free, and the one after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.i18n import _
from svc_tui.services.planning import free_time

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


class FreeTime:
    """Proposes starts, one after the other."""

    def __init__(self, screen: ActivitySheetScreen) -> None:
        self.screen = screen
        self._proposed: tuple[int | None, int, int] | None = None
        """Of which job, for whom, and when it begins."""

    async def propose(self) -> None:
        """Put the next free time into the start; where it was put there before, the one after it."""
        header, screen = self.screen.header, self.screen
        field, responsible = header.times["start_at"], header.choices["responsible"].value
        after = field.value if self._proposed == (screen.job.id, responsible or 0, field.value) else None
        begins, ends = await screen.ask_service(
            free_time.next_free, responsible, header.wanted_seconds(), after, screen.job.id
        )
        self._proposed = (screen.job.id, responsible or 0, begins)
        header.decide_start(begins)
        await screen.after_commit(field)
        screen.say(self._told(responsible, begins, ends))

    def _told(self, responsible: int | None, begins: int, ends: int) -> str:
        formats, entry = self.screen.svc.formats, self.screen.session.registers.employee(responsible)
        until = formats.when(ends) if formats.day(begins) != formats.day(ends) else formats.clock(ends)
        if entry is None:
            text = _("Nobody is responsible yet: the shop is open {start} - {end}. F4: the next time")
        else:
            text = _("{name} is free {start} - {end}. F4: the next time")
        return text.format(name=entry.name if entry else "", start=formats.when(begins), end=until)
