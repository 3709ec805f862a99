"""An activity list: the filter line, the jobs, and what can be done to one of them from here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.columns import following
from svc_tui.domain.filters import FilterError
from svc_tui.domain.news import News
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow, ContactRow, EmployeeRecord, LinkRole
from svc_tui.domain.registers import Choice
from svc_tui.i18n import _, n_
from svc_tui.screens import list_columns
from svc_tui.screens.base import BaseScreen, Step
from svc_tui.screens.list_live import ListLive
from svc_tui.services import activities, lists
from svc_tui.services.session import to_seconds
from svc_tui.widgets.fields import ChoiceField, Field, ParsedField
from svc_tui.widgets.filter_line import FilterLine
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import Column, RowList

if TYPE_CHECKING:
    from svc_tui.screens.picker import Picked


class ActivityRows:
    """The source of a list's rows: pages of one query, by key."""

    def __init__(self, screen: ActivityListScreen, query: ActivityQuery) -> None:
        self.screen = screen
        self.query = query

    async def page(self, limit: int, after: ActivityRow | None, before: ActivityRow | None) -> Sequence[ActivityRow]:
        rows: list[ActivityRow] = await self.screen.ask_service(
            lists.page, self.query, limit, after=after, before=before
        )
        return rows

    async def last(self, limit: int) -> Sequence[ActivityRow]:
        rows: list[ActivityRow] = await self.screen.ask_service(lists.last_page, self.query, limit)
        return rows

    def key(self, row: ActivityRow) -> object:
        return row.id


class ActivityListScreen(BaseScreen):
    """One list of the shop, or all jobs."""

    places = frozenset((Where.LIST, Where.TOP))

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        self.filter_line = FilterLine(_("Filter"), id="filter")
        self.list: RowList[ActivityRow] = RowList(empty=_("No jobs here. Press n for a new one."), id="jobs")
        self.query_now = ActivityQuery()
        self._text = ""
        self._counting = 0
        self._number_width = 6
        self._live = ListLive(self)

    def compose_body(self) -> ComposeResult:
        yield self.filter_line
        yield self.list

    async def opened(self) -> None:
        self.list.set_columns(self.columns())
        self.filter_line.editor.put(self.svc.settings.opening_filter)
        self.tell_title()
        self.focus_on(self.list)
        await self.apply_filter(force=True)
        if self.filter_line.error is not None:
            # The user's opening filter is not understood any more: marked, and everything is shown.
            await self._show_query("", await self.ask_service(lists.resolve, self.code, ""))

    # -- what is shown -------------------------------------------------------------------------------------

    @property
    def list_id(self) -> int | None:
        """The list's id; None for all jobs."""
        entry = self.session.registers.list_by_code(self.code)
        return entry.id if entry else None

    def tell_title(self) -> None:
        """Which list, who, which shop."""
        entry = self.session.registers.list_by_code(self.code)
        who = self.session.employee.name if self.session.employee else ""
        self.title_line.tell(entry.name if entry else _("All jobs"), f"{who} · {self.session.registers.company.name}")

    def columns(self) -> list[Column[ActivityRow]]:
        """The columns of the user's preset or own arrangement."""
        return list_columns.columns(
            self.session, self.svc.formats, self.svc.settings, self.size.width, self._number_width, None
        )

    def on_resize(self) -> None:
        self.list.set_columns(self.columns())

    async def on_screen_resume(self) -> None:
        self.tell_title()

    async def others_committed(self, news: News) -> None:
        self._live.follow(news)

    async def apply_filter(self, *, force: bool = False, keep: object | None = None) -> None:
        """Show what the filter line asks for; a mistake leaves the last good result."""
        text = self.filter_line.editor.value
        if text == self._text and not force:
            return
        try:
            query = await self.ask_service(lists.resolve, self.code, text)
        except FilterError as error:
            unfinished = error.end >= len(text) and self.target is self.filter_line
            self.filter_line.mark(None if unfinished else error)
            if not unfinished:
                self.complain(error.sentence(_))
            return
        self.filter_line.mark(None)
        await self._show_query(text, query, keep)

    async def _show_query(self, text: str, query: ActivityQuery, keep: object | None = None) -> None:
        self._text, self.query_now = text, query
        await self.list.show(ActivityRows(self, query), keep)
        self._fit_numbers()
        self.count()

    def _fit_numbers(self) -> None:
        """Numbers have five digits for years; a shop with a million jobs needs a wider column."""
        widest = max((len(str(row.number)) for row in self.list.rows), default=0)
        if widest > self._number_width:
            self._number_width = widest
            self.list.set_columns(self.columns())

    def count(self) -> None:
        """Count in the background what matches and what the period hides; the rows do not wait for it."""
        self._counting += 1
        self.run_worker(self._count(self._counting, self.query_now), exit_on_error=False)

    async def _count(self, turn: int, query: ActivityQuery) -> None:
        counts = await self.svc.store.run_long(lists.counts, self.session, query, lambda: turn == self._counting)
        if counts is None or turn != self._counting:
            return
        formats = self.svc.formats
        text = n_("{count} job", "{count} jobs", counts.matching).format(count=formats.count(counts.matching))
        if counts.hidden_by_period:
            text += " · " + n_(
                "{count} more outside the period", "{count} more outside the period", counts.hidden_by_period
            ).format(count=formats.count(counts.hidden_by_period))
        if counts.matching and not self._text:
            text += " · " + _("n: new job   Enter: open   /: filter   F1: help")
        self.bottom.stand(text)

    async def refresh_rows(self, keep: int | None = None) -> None:
        """Read again what is shown; the cursor stays on its job, or goes to `keep`."""
        if not self.list.rows:
            await self.apply_filter(force=True)
        else:
            await self.list.reload(ActivityRows(self, self.query_now))
        if keep is not None:
            await self.put_cursor(keep)
        self.count()

    async def put_cursor(self, activity_id: int) -> None:
        """The cursor on a job, if the list shows it."""
        if self.list.current is not None and self.list.current.id == activity_id:
            return
        for place, row in enumerate(self.list.rows):
            if row.id == activity_id:
                await self.list.move(place - self.list.cursor)
                return
        row = await self.ask_service(lists.row_in, self.query_now, activity_id)
        if row is not None:
            await self.list.go_to(row)

    # -- focus and keys ------------------------------------------------------------------------------------

    def path(self) -> list[Step]:
        return [(self.filter_line, None), (self.list, None)]

    async def _take(self, key: Key, more_follows: bool) -> None:
        if self.target is self.filter_line and not self.bottom.is_asking and key.name in ("escape", "f3", "f7", "f8"):
            await self.apply_filter(force=True)
            self.focus_on(self.list)
            return
        await super()._take(key, more_follows)
        if self.target is self.filter_line and not more_follows:
            await self.apply_filter()

    async def go(self, by: int) -> None:
        await super().go(by)
        if self.target is self.list:
            await self.apply_filter(force=self.filter_line.error is not None)

    def places_now(self) -> frozenset[Where]:
        return frozenset((Where.LIST,)) if self.target is self.filter_line else self.places

    async def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        await self.do_activity_open(None)

    # -- commands ------------------------------------------------------------------------------------------

    async def do_list_filter(self, key: Key | None) -> None:
        """Write in the filter line."""
        self.focus_on(self.filter_line)

    async def do_list_page_up(self, key: Key | None) -> None:
        """One screen up."""
        await self.list.page_by(-1)

    async def do_list_page_down(self, key: Key | None) -> None:
        """One screen down."""
        await self.list.page_by(1)

    async def do_list_columns(self, key: Key | None) -> None:
        """The next column preset."""
        settings = self.svc.settings
        preset = following(settings.columns, settings.column_layout)
        await self.svc.change_settings(settings.with_columns(preset))
        self.list.set_columns(self.columns())
        names = {"simple": _("simple"), "normal": _("normal"), "advanced": _("advanced"), "own": _("your own")}
        self.say(_("Columns: {preset}").format(preset=names[preset]))

    async def do_app_refresh(self, key: Key | None) -> None:
        """Read the list again."""
        await self.refresh_rows()
        self.say(_("Read again."))

    async def do_activity_open(self, key: Key | None) -> None:
        """Open the job under the cursor."""
        row = self.list.current
        if row is not None:
            await self._show_sheet(await self.ask_service(activities.open_sheet, row.id))

    async def do_activity_new(self, key: Key | None) -> None:
        """A new job in this list."""
        await self._show_sheet(activities.new_sheet(self.session, self.list_id, self.svc.settings.defaults))

    async def do_activity_duplicate(self, key: Key | None) -> None:
        """A new job as a copy of this one."""
        row = self.list.current
        if row is not None:
            await self._show_sheet(await self.ask_service(activities.duplicate, row.id))

    async def _show_sheet(self, sheet: activities.Sheet) -> None:
        from svc_tui.screens.activity_sheet import ActivitySheetScreen

        screen = self.svc.kept("sheet", ActivitySheetScreen)

        async def closed(saved_id: int | None) -> None:
            if saved_id is not None:
                await self.refresh_rows(keep=saved_id)

        await screen.load(sheet, self.list_id)
        await self.svc.show(screen, closed)

    async def do_activity_link(self, key: Key | None) -> None:
        """Link a contact to the job under the cursor."""
        row = self.list.current
        if row is None:
            return
        from svc_tui.screens.contact_picker import contact_picker, role_picked
        from svc_tui.services import links

        async def done(picked: Picked[ContactRow] | None) -> None:
            if picked is not None:
                contact, role = picked.value, role_picked(picked.options)
                await self.ask_service(links.add, row.id, contact.id, contact.person_id, role)
                await self.refresh_rows()
                self.say(_("{contact} is linked to job {number}.").format(contact=contact.name, number=row.number))

        role = LinkRole.SUPPLIER if row.customer else LinkRole.CUSTOMER
        await self.svc.show(contact_picker(self, role=role), done)

    async def do_activity_done(self, key: Key | None) -> None:
        """Set the job done."""
        row = self.list.current
        if row is None:
            return
        changed = await self.ask_service(activities.done, [row.id])
        await self.refresh_rows()
        text = _("Job {number} is done.") if changed else _("Job {number} was done already.")
        self.say(text.format(number=row.number))

    async def do_activity_postpone(self, key: Key | None) -> None:
        """Ask for a date and move the start there; the end moves along."""
        row = self.list.current
        if row is None:
            return
        formats = self.svc.formats

        def read(typed: str) -> str:
            formats.read_when(typed)
            return typed

        question = ParsedField("start_at", _("Postpone to (fr, +3, 2411, week 48, fr 14)"), read, str)

        async def answered(which: Field) -> None:
            if not which.text.strip():
                return
            day = datetime.fromtimestamp(formats.read_when(which.text))
            has_time = formats.has_time(which.text)
            await self.ask_service(activities.postpone, [row.id], day, keep_time=not has_time)
            await self.refresh_rows()
            moved = next((other for other in self.list.rows if other.id == row.id), None)
            when = formats.when(moved.start_at if moved else to_seconds(day))
            self.say(_("Job {number} starts {when}.").format(number=row.number, when=when))

        self.ask_text(question, answered)

    async def do_activity_reassign(self, key: Key | None) -> None:
        """Ask for a person and give the job to him."""
        row = self.list.current
        if row is None:
            return
        people = [entry for entry in self.session.registers.employees if not entry.retired]
        choices = [_person(entry) for entry in people]

        async def answered(which: Field) -> None:
            chosen = which.value if isinstance(which, ChoiceField) else None
            await self.ask_service(activities.reassign, [row.id], chosen)
            await self.refresh_rows()
            person = self.session.registers.employee(chosen)
            text = _("Job {number} is {name}'s now.") if person else _("Job {number} is nobody's now.")
            self.say(text.format(number=row.number, name=person.name if person else ""))

        self.ask_text(ChoiceField("responsible", _("Responsible (empty: nobody)"), lambda: choices), answered)

    async def do_activity_status(self, key: Key | None) -> None:
        """Ask for a status and set it."""
        row = self.list.current
        if row is None:
            return
        kind = self.session.registers.type(row.type_id)
        choices = [
            Choice(entry.id, entry.name) for entry in self.session.registers.statuses_of(kind.lists if kind else None)
        ]

        async def answered(which: Field) -> None:
            chosen = which.value if isinstance(which, ChoiceField) else None
            if chosen is None:
                return
            await self.ask_service(activities.set_status, [row.id], chosen)
            await self.refresh_rows()
            self.say(_("Job {number}: {status}.").format(number=row.number, status=which.text))

        self.ask_text(ChoiceField("status", _("Status"), lambda: choices), answered)


def _person(entry: EmployeeRecord) -> Choice:
    return Choice(entry.id, entry.name, entry.initials)
