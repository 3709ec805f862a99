"""When the shop is open and who is there: the weeks, special days and absences, one line each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import NamedTuple, assert_never

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.domain.planning.away import AbsenceRow, SpecialDayRow
from svc_tui.domain.planning.hours_text import Week, read_day, told_day, told_week
from svc_tui.domain.quoting import filled
from svc_tui.i18n import _
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.long_act import LongAct, on_yes
from svc_tui.screens.shell.undoing import Undoing
from svc_tui.services.core.session import Session, to_local
from svc_tui.services.history import undo
from svc_tui.services.planning import opening, typed_hours
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.keys import Key


class WeekLine(NamedTuple):
    """The shop's week, or an employee's; None works when the shop is open."""

    employee: int | None
    week: Week | None


Entry = WeekLine | SpecialDayRow | AbsenceRow


def _read(session: Session) -> list[Entry]:
    """The shop, its employees, what is to come of special days and absences."""
    today = session.now().date().isoformat()
    people = [entry for entry in session.registers.employees if not entry.retired]
    return [
        WeekLine(None, opening.week_of(session)),
        *(WeekLine(entry.id, opening.week_of(session, entry.id)) for entry in people),
        *opening.absences(session),
        *(row for row in opening.special_days(session) if row.day >= today),
    ]


class HoursScreen(ListScreen[Entry]):
    """Enter changes a line, n adds a special day or an absence."""

    places = frozenset((Where.HOURS,))

    def __init__(self) -> None:
        super().__init__(id="hours")
        self._entries: list[Entry] = []
        self.undoing = Undoing(self, LongAct(self, self.bottom.stand), self._undone)

    def heading(self) -> tuple[str, str]:
        return _("Hours and absences"), _("Registers")

    def columns(self) -> list[Column[Entry]]:
        return [
            Column(_("What"), 14, self._what),
            Column(_("Who, when"), 20, self._who, flex=1),
            Column(_("Hours"), 20, self._hours, flex=2),
        ]

    def source(self) -> FixedRows[Entry]:
        return FixedRows(self._entries, key=lambda entry: (type(entry).__name__, _id_of(entry)))

    async def show_rows(self, keep: object | None = None) -> None:
        self._entries = await self.ask_service(_read)
        await super().show_rows(keep)

    def follows(self, news: News) -> bool:
        return True

    async def others_committed(self, news: News) -> None:
        if news.restored:
            self.adopt()
            self.tell_if_restored(news)
        self.background(self._read_again, "reading hours that others changed", in_place_of="hours")

    async def _read_again(self) -> None:
        entries = await self.ask_service(_read)

        async def show() -> None:
            self._entries = entries
            current = self.list.current
            await self.list.show(self.source(), None if current is None else self.source().key(current))

        self.svc.between_keys(show)

    def _what(self, entry: Entry) -> str:
        match entry:
            case WeekLine():
                return _("Week")
            case SpecialDayRow():
                return _("Special day")
            case AbsenceRow():
                return _("Away")
            case _:
                assert_never(entry)

    def _called(self, employee: int | None) -> str:
        found = self.session.registers.employee(employee)
        return found.name if found is not None else self.session.registers.company.name

    def _who(self, entry: Entry) -> str:
        match entry:
            case WeekLine():
                return self._called(entry.employee)
            case SpecialDayRow():
                day = self.svc.formats.short_date(date.fromisoformat(entry.day))
                return f"{day} {_(entry.name) if entry.name else ''}".rstrip()
            case AbsenceRow():
                return self._called(entry.employee)
            case _:
                assert_never(entry)

    def _hours(self, entry: Entry) -> str:
        language = self.svc.formats.language
        match entry:
            case WeekLine():
                return _("as the shop") if entry.week is None else told_week(entry.week, language)
            case SpecialDayRow():
                return told_day(read_day(entry.hours), language)
            case AbsenceRow():
                short = self.svc.formats.short_date
                begins, ends = (short(to_local(moment).date()) for moment in (entry.from_at, entry.to_at - 1))
                return f"{begins} - {ends} {entry.reason}".rstrip()
            case _:
                assert_never(entry)

    def whole(self, row: Entry) -> str:
        return f"{self._who(row)}: {self._hours(row)}"

    # -- commands ------------------------------------------------------------------------------------------

    async def do_register_change(self, key: Key | None) -> None:
        """Change the line under the cursor, written as it was."""
        match self.list.current:
            case None:
                return
            case WeekLine() as line:
                text = told_week(line.week, self.svc.formats.language) if line.week else ""
                self._ask(_("Hours of {name} (mon-fri 8-16, sat 10-13)").format(name=self._called(line.employee)), text,
                          partial(self._save_week, line.employee))  # fmt: skip
            case SpecialDayRow() as row:
                self._ask(_("Special day (24/12 8-12, name)"), typed_hours.told_special_day(self.session, row),
                          partial(self._save_line, row.id, False))  # fmt: skip
            case AbsenceRow() as row:
                self._ask(_("Absence (ah 1/12..5/12, reason)"), typed_hours.told_absence(self.session, row),
                          partial(self._save_line, row.id, True))  # fmt: skip
            case other:
                assert_never(other)

    async def do_register_add(self, key: Key | None) -> None:
        """Add a special day or an absence."""
        self._ask(_("Special day or absence (24/12 8-12, name; ah 1/12..5/12, reason)"), "",
                  partial(self._save_line, None, None))  # fmt: skip

    def _ask(self, question: str, text: str, answered: Callable[[str], Awaitable[None]]) -> None:
        field = TextField("hours", question, limit=200)
        field.value = text

        async def done(which: Field) -> None:
            await answered(which.text)

        self.ask_text(field, done)

    async def _save_week(self, employee: int | None, text: str) -> None:
        await self.ask_service(typed_hours.save_week, text, employee)
        await self._kept()

    async def _save_line(self, row_id: int | None, is_absence: bool | None, text: str) -> None:
        await self.ask_service(typed_hours.save_line, text, row_id, is_absence=is_absence)
        await self._kept()

    async def _kept(self) -> None:
        current = self.list.current
        await self.show_rows(None if current is None else self.source().key(current))
        self.say(_("Kept. u undoes it."))

    async def do_register_delete(self, key: Key | None) -> None:
        """Take the special day or the absence away; a week of one's own gives way to the shop's."""
        entry = self.list.current
        if entry is None or (isinstance(entry, WeekLine) and (entry.employee is None or entry.week is None)):
            self.say(_("That cannot be taken away; Enter changes it."))
            return
        text = filled(_("Take away: {what}?"), what=self.whole(entry))
        self.ask_letter(text, on_yes(partial(self._take_away, entry)))

    async def _take_away(self, entry: Entry) -> None:
        match entry:
            case WeekLine():
                await self.ask_service(opening.change_week, None, entry.employee)
            case SpecialDayRow():
                await self.ask_service(opening.remove_special_day, entry.id)
            case AbsenceRow():
                await self.ask_service(opening.remove_absence, entry.id)
            case _:
                assert_never(entry)
        await self._kept()

    async def do_act_undo(self, key: Key | None) -> None:
        """Undo your last act."""
        await self.undoing.undo(undo.last_to_undo)

    async def do_act_redo(self, key: Key | None) -> None:
        """Do again what you undid last."""
        await self.undoing.undo(undo.last_to_redo)

    async def _undone(self) -> None:
        await self.show_rows()


def _id_of(entry: Entry) -> int:
    return (entry.employee or 0) if isinstance(entry, WeekLine) else entry.id
