"""The service desk as a test sees it: keys go in, the screen's text comes out. Page objects, no widget ids."""

from __future__ import annotations

import asyncio
import builtins
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.worker import WorkerCancelled

from svc_tui import i18n
from svc_tui.app import SvcApp
from svc_tui.db.core.engine import Store
from svc_tui.domain.records import ActivityRow, LineRecord, LinkRecord
from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
from svc_tui.screens.shell.attempts import Attempts
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.picker import Picker
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.activities import Sheet
from svc_tui.services.people.settings import UserSettings
from svc_tui.widgets import turns
from svc_tui.widgets.fields import Field
from svc_tui.widgets.form import Form
from svc_tui.widgets.row_list import RowList
from svc_tui.widgets.tab_strip import TabStrip
from tests.ui.shop import read_job

PATIENCE = 5.0
"""Seconds until a screen that does not come to rest is a failure."""

K = TypeVar("K", bound=BaseScreen)


def key_event(key: str) -> events.Key:
    """A key as the terminal's driver would send it: a letter, or one of Textual's names."""
    if len(key) == 1:
        return events.Key(_character_to_key(key), key)
    return events.Key(key, None)


@asynccontextmanager
async def open_desk(
    store: Store,
    session: Session | None,
    *,
    settings: UserSettings | None = None,
    size: tuple[int, int] = (80, 24),
    language: str = "en",
    login: str = "tester",
) -> AsyncIterator[Desk]:
    """Start the application without a terminal, and end it.

    Args:
        store: The open database.
        session: Who works; None for the first start.
        settings: That person's settings.
        size: Columns and rows.
        language: Installed in the process as long as the desk is open.
        login: The system user.
    """
    before = i18n.language()
    i18n.install(language)
    if session is not None:
        session.language = language
    app = SvcApp(store, session, settings or UserSettings(), login=login)
    try:
        async with app.run_test(size=size) as pilot:
            desk = Desk(app, pilot)
            await desk.rest()
            yield desk
    finally:
        i18n.install(before)


class Desk:
    """The running application."""

    def __init__(self, app: SvcApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    # -- keys ----------------------------------------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each dealt with before the next."""
        for key in keys:
            await self.send(key)
            await self.app.keys_done()
        await self.rest()

    async def send(self, key: str) -> None:
        """A key arrives; nobody waits for what becomes of it."""
        await self.app.on_event(key_event(key))

    async def step(self, key: str) -> None:
        """Press a key and wait until the lists have done what it asked, which on a busy machine is after the key."""
        await self.send(key)
        await self.app.keys_done()
        for rows in self.app.screen.query(RowList):
            await rows.settled()

    @asynccontextmanager
    async def slow(self, rows: RowList[Any]) -> AsyncIterator[None]:
        """A list that reads for longer than its keys wait; at the end it has read, and what they asked is done."""
        has_read = asyncio.Event()

        async def reading() -> None:
            await has_read.wait()

        await rows.in_turn(reading, patience=0)
        try:
            yield
            await asyncio.sleep(10 * turns.PATIENCE)
        finally:
            has_read.set()
        await self.app.keys_done()
        await self.rest()

    async def type(self, text: str) -> None:
        """Type a text faster than the screen follows."""
        await self.burst(*text)

    async def burst(self, *keys: str) -> None:
        """Keys that all wait before the first is dealt with."""
        for key in keys:
            await self.send(key)
        await self.app.keys_done()
        await self.rest()

    async def hop(self, key: str, there: Callable[[], bool]) -> bool:
        """Press a key until something is so, at most sixty times; gives whether it came to be."""
        for _step in range(60):
            if there():
                await self.rest()
                return True
            await self.step(key)
        return False

    async def paste(self, text: str) -> None:
        """Paste a text."""
        await self.app.on_event(events.Paste(text))
        await self.app.keys_done()
        await self.rest()

    async def rest(self) -> None:
        """Wait until nothing is left to do: messages, mounts, counts in the background, paints."""
        async with asyncio.timeout(PATIENCE):
            while True:
                working = [worker for worker in self.app.workers if worker.name != "keys" and not worker.is_finished]
                if working:
                    with suppress(WorkerCancelled):  # a newer count takes the place of an older one
                        await self.app.workers.wait_for_complete(working)
                await self._refreshed()
                if not self._is_busy():
                    return
                await asyncio.sleep(0)

    async def _refreshed(self) -> None:
        for pump in (self.app, self.app.screen):
            refreshed = asyncio.Event()
            if pump.call_after_refresh(refreshed.set):
                await refreshed.wait()

    def _is_busy(self) -> bool:
        screen = self.app.screen
        if not self.app.wait.is_idle:
            return True
        pumps = [self.app, screen, *screen.walk_children(Widget)]
        if any(not rows.turns.are_over for rows in screen.query(RowList)) or not self.app._idle.is_set():
            return True
        return any(not pump.is_running or pump.message_queue_size for pump in pumps) or bool(
            [worker for worker in self.app.workers if worker.name != "keys" and not worker.is_finished]
        )

    # -- what is seen --------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """The screen as plain text, line by line, as wide as it is."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    def screen_text(self) -> str:
        """The screen as plain text, without the blanks at the end of its lines."""
        return "\n".join(line.rstrip() for line in self.lines) + "\n"

    def shows(self, text: str) -> bool:
        """Whether the text stands somewhere on the screen."""
        return text in self.screen_text()

    @property
    def screen(self) -> BaseScreen:
        """The screen on top."""
        screen = self.app.screen
        assert isinstance(screen, BaseScreen)
        return screen

    @property
    def message(self) -> str:
        """What the message line says, or asks."""
        return self.screen.bottom.message

    @property
    def standing(self) -> str:
        """What stands in the message line while there is nothing to say."""
        return self.screen.bottom.standing

    @property
    def question(self) -> str:
        """Label of the question in the message line; empty when it asks for no value."""
        question = self.screen.bottom.question
        return question.label if question else ""

    @property
    def title(self) -> str:
        """The title line."""
        return self.lines[0].strip()

    @property
    def key_bar(self) -> str:
        """The last line."""
        return self.lines[-1].strip()

    @property
    def is_over(self) -> bool:
        """Whether the program was left."""
        return self.app._exit

    # -- parts ---------------------------------------------------------------------------------------------

    @property
    def list(self) -> ListPage:
        """The activity list on top."""
        return ListPage(self, self.on_top(ActivityListScreen))

    @property
    def sheet(self) -> SheetPage:
        """The activity sheet on top."""
        return SheetPage(self, self.on_top(ActivitySheetScreen))

    @property
    def picker(self) -> PickerPage:
        """The picker on top."""
        return PickerPage(self, self.on_top(Picker))

    @property
    def dialog(self) -> FormPage:
        """The dialog on top."""
        return FormPage(self, self.on_top(FormDialog).form)

    @property
    def form(self) -> FormPage:
        """The only form of the screen on top: welcome, settings."""
        return FormPage(self, self.screen.query_one(Form))

    def on_top(self, kind: builtins.type[K]) -> K:
        """The screen on top, which is of this kind."""
        screen = self.app.screen
        assert isinstance(screen, kind), f"on top is {type(screen).__name__}:\n{self.screen_text()}"
        return screen

    @property
    def session(self) -> Session:
        """Who works here."""
        return self.app.session

    async def stored(self, number: int) -> Sheet:
        """What the database holds of a job."""
        return await self.app.store.run(read_job, self.session, number)

    async def ask(self, service: Callable[..., Any], *args: Any) -> Any:
        """Call a service as the screens do."""
        return await Attempts().ask(self.app.store, self.session, service, *args)


@dataclass
class FormPage:
    """The fields of a form, by the labels people read."""

    desk: Desk
    form: Form

    def field(self, label: str) -> Field:
        """The field with a label."""
        for field in self.form.fields:
            if field.label == label:
                return field
        raise AssertionError(f"no field {label!r}; there are {[field.label for field in self.form.fields]}")

    def text(self, label: str) -> str:
        """What stands in a field."""
        return self.field(label).text

    def is_marked(self, label: str) -> bool:
        """Whether a field is marked as refused."""
        return self.field(label).error is not None

    @property
    def at(self) -> str:
        """Label of the field that has the focus; empty when no field has."""
        field = self.desk.screen.field
        return field.label if field is not None else ""

    async def go_to(self, label: str) -> None:
        """Press Tab until the field has the focus."""
        wanted, screen = self.field(label), self.desk.screen
        assert await self.desk.hop("tab", lambda: screen.field is wanted), f"Tab never came to {label!r}"

    async def type_into(self, label: str, text: str) -> None:
        """Go to a field and type; what stood there is replaced, and the field is not left."""
        await self.go_to(label)
        await self.desk.burst("ctrl+u", *text) if text else await self.desk.burst("ctrl+u", "backspace")

    async def fill(self, label: str, text: str) -> None:
        """Type into a field and leave it with Tab."""
        await self.type_into(label, text)
        await self.desk.press("tab")


class SheetPage(FormPage):
    """The activity sheet: its header, tabs and tables."""

    def __init__(self, desk: Desk, screen: ActivitySheetScreen) -> None:
        super().__init__(desk, screen.header)
        self.screen = screen

    def field(self, label: str) -> Field:
        for form in (self.screen.header, self.screen.product.form, self.screen.misc.form):
            for field in form.fields:
                if field.label == label:
                    return field
        raise AssertionError(f"no field {label!r} in the sheet")

    async def go_to(self, label: str) -> None:
        wanted = self.field(label)
        if wanted in self.screen.header.fields or wanted is self.screen.product.part:
            await super().go_to(label)
            return
        await self.open_tab("misc" if wanted in self.screen.misc.form.fields else "product")
        await self._go_into_the_tab(lambda: self.screen.field is wanted)

    @property
    def tab(self) -> str:
        """Name of the tab that is open."""
        return self.screen.tab

    async def open_tab(self, name: str) -> None:
        """Go to a tab with the keys."""
        assert await self.desk.hop("ctrl+t", lambda: self.screen.tab == name), f"no tab {name}"

    async def go_to_table(self) -> None:
        """Press Tab until the table of the open tab has the focus."""
        await self._go_into_the_tab(lambda: isinstance(self.screen.target, RowList))

    async def go_to_strip(self) -> None:
        """Press Tab until the tab strip has the focus."""
        assert await self.desk.hop("tab", lambda: isinstance(self.screen.target, TabStrip)), "no tab strip"

    async def go_to_note(self) -> None:
        """The cursor into the new note entry."""
        await self.open_tab("note")
        await self._go_into_the_tab(lambda: self.screen.target is self.screen.note.box)

    async def _go_into_the_tab(self, there: Callable[[], bool]) -> None:
        """By the tab strip: on the way through the header, the quick line opens the Product tab."""
        tab = self.tab
        await self.go_to_strip()
        await self.open_tab(tab)
        assert await self.desk.hop("tab", there), f"Tab never came there in {tab}"

    @property
    def lines(self) -> list[LineRecord]:
        """The lines of the Product tab as they are now."""
        return self.screen.product.lines

    @property
    def links(self) -> list[LinkRecord]:
        """The links as they are now."""
        return self.screen.linked.links

    @property
    def number(self) -> int | None:
        """Number of the job shown."""
        return self.screen.job.number


@dataclass
class ListPage:
    """An activity list."""

    desk: Desk
    screen: ActivityListScreen

    @property
    def current(self) -> ActivityRow:
        """The job under the cursor."""
        row = self.screen.list.current
        assert row is not None, "the list is empty"
        return row

    @property
    def rows(self) -> list[ActivityRow]:
        """The rows held."""
        return self.screen.list.rows

    def row(self, text: str) -> ActivityRow:
        """The first row whose subject contains a text."""
        for row in self.rows:
            if text in row.subject:
                return row
        raise AssertionError(f"no job with {text!r} in the list")

    async def put_cursor(self, text: str) -> ActivityRow:
        """Move the cursor with the keys to the first row whose subject contains a text."""
        await self.desk.press("g")
        there = await self.desk.hop("down", lambda: text in self.current.subject)
        assert there, f"the cursor never came to {text!r}"
        return self.current

    async def open(self, text: str) -> SheetPage:
        """Open the first job whose subject contains a text."""
        await self.put_cursor(text)
        await self.desk.press("enter")
        return self.desk.sheet

    async def new(self) -> SheetPage:
        """A new job."""
        await self.desk.press("n")
        return self.desk.sheet

    async def filter(self, text: str) -> None:
        """Write a filter line and go to the list."""
        await self.desk.press("/")
        await self.desk.burst("ctrl+u", *text)
        await self.desk.press("enter")


@dataclass
class PickerPage:
    """A picker: its answers."""

    desk: Desk
    screen: Picker

    @property
    def answers(self) -> list[tuple[str, ...]]:
        """The cells of every answer."""
        return [row.cells for row in self.screen.list.rows]

    @property
    def current(self) -> tuple[str, ...]:
        """The cells of the answer under the cursor."""
        row = self.screen.list.current
        assert row is not None, "no answer"
        cells: tuple[str, ...] = row.cells
        return cells

    @property
    def options(self) -> dict[str, str]:
        """What stands in the fields beside the search field."""
        return {field.label: field.text for field in self.screen.form.fields[1:]}
