"""The application: one key after the other to the screen on top, the screens that are kept, who works here."""

from __future__ import annotations

import asyncio
import gc
import getpass
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from textual import events
from textual.screen import Screen

from svc_tui import alarms, i18n
from svc_tui.app_screens import AppScreens
from svc_tui.commands import Where
from svc_tui.db.core.engine import Store
from svc_tui.destinations import destinations
from svc_tui.domain import clock
from svc_tui.domain.first_screens import FIRST_SCREENS, screen_in
from svc_tui.ending import Ending
from svc_tui.formats import Formats
from svc_tui.housekeeping import IDLE_BEFORE_TIDYING, SETTLE_AFTER, Housekeeping
from svc_tui.i18n import _
from svc_tui.key_wait import KeyWait
from svc_tui.live import BEGIN_AFTER, Live
from svc_tui.own_keys import OwnKeys
from svc_tui.screens.shell.background import AppBackground
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.bursts import taken
from svc_tui.screens.shell.suspending import suspend
from svc_tui.services.core.session import Session
from svc_tui.services.filters.lists import ALL
from svc_tui.services.people import setup
from svc_tui.services.people.settings import UserSettings
from svc_tui.terminal.backlog import Overrun
from svc_tui.terminal.driver import Driver
from svc_tui.terminal.key_queue import Act, KeyQueue
from svc_tui.terminal.mended import mend
from svc_tui.terminal.window import WindowApp
from svc_tui.timing import Timing
from svc_tui.widgets.bottom_line import BottomLine
from svc_tui.widgets.fields import ChoiceField, Field
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.domain.entries import Register
    from svc_tui.screens.shell.application import Kept

S = TypeVar("S", bound=BaseScreen)
Closed = Callable[[Any], Awaitable[None]]

log = logging.getLogger(__name__)


class SvcApp(OwnKeys, Ending, AppBackground, WindowApp[None], inherit_bindings=False):
    """The service desk."""

    CSS_PATH = "styles.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        store: Store,
        session: Session | None,
        settings: UserSettings,
        *,
        login: str = "",
        known: frozenset[int] | None = None,
        screen: str = "",
    ) -> None:
        """
        Args:
            store: The open, migrated database.
            session: Who works here; None while the shop or the person is still to be asked for.
            settings: That person's settings.
            login: The system user, remembered with whoever is chosen.
            known: From `db.watch.newest`, taken before the session was opened; None to ask for it at the start.
            screen: What to begin with, one of `FIRST_SCREENS`; empty for what the settings say.
        """
        mend()
        super().__init__(driver_class=Driver, ansi_color=True)
        self.store = store
        self.settings = settings
        self.login = login or getpass.getuser()
        self.destinations = destinations(self)
        self.shop_is_set_up = True
        """Whether the database holds a shop; asked when nobody is signed in."""
        self._session = session
        self._first_screen = screen
        self.alarms, self.timing = alarms.Alarms(self), Timing(self)
        self.doers: tuple[object, ...] = (self, AppScreens(self), self.alarms, self.timing)
        """What does the commands that are valid on every screen."""
        self.live = Live(self, known)
        self.live.also += [self.alarms.heard, self.timing.heard]
        self._inbox = KeyQueue()
        self.wait = KeyWait(self, self._inbox)
        self._kept: dict[str, BaseScreen] = {}
        self.discarded: Kept | None = None
        """What was typed into a sheet or a card and discarded last, or a note that was begun in a list."""
        self.overrun = Overrun()
        self._when_left: dict[BaseScreen, Callable[[Any], Awaitable[None]]] = {}
        self.housekeeping = Housekeeping(self)
        self._idle = asyncio.Event()
        self._idle.set()
        BottomLine.translate = Field.translate = staticmethod(_)

    @property
    def session(self) -> Session:
        """Who works here."""
        if self._session is None:
            raise RuntimeError("nobody is signed in yet")
        return self._session

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody works here yet."""
        return self._session is not None

    @property
    def formats(self) -> Formats:
        """How values are written in the language of this session."""
        now = self._session.now if self._session else clock.now
        return Formats(i18n.language(), now, _)

    # -- start ---------------------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        self.hear_of_faults()
        await self.live.prepare()
        if self._session is None:
            from svc_tui.screens.people.welcome import Welcome

            self.shop_is_set_up = await self.store.run(setup.is_set_up, self.store)
            await self.show(Welcome())
        else:
            await self.begin()
        # Only now, for keys typed before the first screen stands wait for it.
        self.run_worker(self._take_keys(), name="keys", exit_on_error=True)  # without keys there is nothing left to do
        self.set_interval(IDLE_BEFORE_TIDYING, self.housekeeping.tidy)
        self.set_timer(SETTLE_AFTER, lambda: self.background(self.housekeeping.settle, "settling"))
        self.set_timer(BEGIN_AFTER, self.live.begin)
        for told in (self.alarms, self.timing):
            self.set_timer(alarms.BEGIN_AFTER, told.begin)
            self.set_interval(alarms.TICK, told.tick)

    def on_unmount(self) -> None:
        self.live.end()
        self.unbound()

    async def begin(self) -> None:
        """Show what the user begins with: the screen or the list that is his own, else the first list."""
        codes = [entry.code for entry in self.session.registers.lists_in_use]
        own = self.settings.start_list
        if name := self._first_screen or screen_in(own):
            wanted = self.destinations[FIRST_SCREENS[name]]
            if wanted.is_there(self.session):
                await wanted.open()
                return
        await self.go_to_list(own if own in (*codes, ALL) else codes[0])

    def signed_in(self, session: Session, settings: UserSettings, *, again: bool = False) -> None:
        """Somebody works here now; screens of whoever was here before are forgotten, unless it is the same person."""
        self._session, self.settings = session, settings
        if not again:
            self._forget_screens()

    def _forget_screens(self) -> None:
        self._kept.clear()
        self.discarded = None
        self.live.forget()

    # -- keys ----------------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.key_came(event)
            return
        await super().on_event(event)

    def key_came(self, event: events.Key | events.Paste) -> None:
        """A key or a paste, dealt with after those before it."""
        self._idle.clear()
        self._inbox.put(event)

    async def _take_keys(self) -> None:
        """One key at a time, each dealt with to the end, whatever screen it leads to."""
        while True:
            event = await self._inbox.get()
            if not self.screen_stack:
                return  # the program ends, and somebody has just saved something
            screen = self.screen
            if isinstance(screen, BaseScreen):
                await self.wait.over(screen.ready.wait())
                if self.shows_only or self.overrun.is_on or not await taken(self._inbox, event, screen):
                    self.hold_painting()
                    if self._is_done(event, screen):
                        await self.wait.over(self._take(event, screen))
            if self._inbox.is_empty:
                self.overrun.end(self.say)
                self.paint_now()
                self._idle.set()
                if self.housekeeping.has_much_garbage():
                    self.call_after_refresh(gc.collect)

    async def _take(self, event: events.Key | events.Paste | Act, screen: BaseScreen) -> None:
        if isinstance(event, events.Key):
            self.housekeeping.key_came()
            self.alarms.key_came()
            key = Key(event.key, event.character if event.is_printable else None, event.time)
            await screen.take_key(key, more_follows=not self._inbox.is_empty)
            self._repaint_if_asked(key)
        elif isinstance(event, events.Paste):
            await screen.take_paste(event.text)
        else:
            await screen.guarded(event, "what was to be done between two keys")

    def input_waiting(self) -> int:
        """How much is to be dealt with; also from another thread."""
        screens = self._screen_stack[-1:]
        return self._inbox.waiting + sum(pump.message_queue_size for pump in (self, *screens))

    def _is_done(self, event: events.Key | events.Paste | Act, screen: BaseScreen) -> bool:
        """Whether to deal with something: less where too much waits, or where the window shows nothing of it."""
        if not isinstance(event, events.Key) or self.overrun.is_on or not self.shows_only:
            return self.overrun.passes(event)
        command = self.keymap.find(event.key, frozenset({Where.EVERYWHERE}), typing=True)
        return screen.is_writing or (command is not None and command.id == "app.quit")

    def between_keys(self, act: Act) -> None:
        """Do something after the keys that have come, and before those to come. It may not wait for a query."""
        self._idle.clear()
        self._inbox.put(act)

    def _repaint_if_asked(self, key: Key) -> None:
        """Whatever a screen reads again, the terminal is drawn again whole: others may have written on it."""
        command = self.keymap.find(key.spelled, frozenset({Where.EVERYWHERE}), typing=True)
        if command is not None and command.id == "app.refresh" and self.display_layer is not None:
            self.display_layer.repaint()

    def painted(self) -> None:
        if self.screen_stack and isinstance(self.screen, BaseScreen):
            self.screen.bottom.painted()

    async def keys_done(self) -> None:
        """Wait until every key that has arrived is dealt with."""
        await self._idle.wait()

    # -- screens -------------------------------------------------------------------------------------------

    async def show(self, screen: BaseScreen, closed: Callable[[Any], Awaitable[None]] | None = None) -> None:
        """Put a screen on top; keys go to it from now on.

        Args:
            screen: A new screen or a kept one.
            closed: Gets what the screen was left with (None: nothing), before the next key is dealt with.
                Textual's own result callbacks come a message later, when a key typed ahead has already gone wrong.
        """
        if closed is not None:
            self._when_left[screen] = closed
        # Until it is mounted a screen has no focus, and keys typed ahead would be lost. Painted when it is filled, and
        # not four times on the way there.
        with self.batch_update():
            await self.push_screen(screen)
        screen.title_line.renew()

    def kept(self, name: str, make: Callable[[], S]) -> S:
        """A screen that is built once and filled again: opening it repaints text and mounts nothing."""
        screen = self._kept.get(name)
        if screen is None:
            screen = self._kept[name] = make()
            self.install_screen(screen, f"{name}-{id(screen)}")
            screen.prepare()
        return cast("S", screen)

    async def back(self, result: object = None) -> None:
        """Leave the screen on top for the one beneath."""
        if len(self.screen_stack) > 2:
            closed = self._when_left.pop(self._base_screen(), None)
            self.pop_screen()
            if closed is not None:
                await closed(result)
            if isinstance(self.screen, BaseScreen):
                self.screen.title_line.renew()
                await self.live.on_top_again(self.screen)
        else:
            self.say(_("This is the first screen. Ctrl+Q leaves the program."))

    def say(self, text: str) -> None:
        """A sentence in the message line of the screen on top."""
        if isinstance(self.screen, BaseScreen):
            self.screen.say(text)

    async def go_to(self, name: str, make: Callable[[], S]) -> S:
        """Show a screen that is kept under a name in place of whatever is shown."""
        screen = self.kept(name, make)
        while len(self.screen_stack) > 1:
            if self.screen is screen:
                return screen
            self.live.left(self._base_screen())
            self.pop_screen()
        await self.show(screen)
        await self.live.on_top_again(screen)
        return screen

    async def go_to_list(self, code: str) -> None:
        """Show a list of jobs in place of whatever is shown."""
        from svc_tui.screens.jobs.activity_list import ActivityListScreen

        await self.go_to(f"list:{code}", lambda: ActivityListScreen(code))

    async def show_jobs(self, line: str, list_code: str = "") -> None:
        """A list with this filter line; that of all jobs where no other is named."""
        from svc_tui.screens.jobs.activity_list import ActivityListScreen

        code = list_code or ALL
        screen = await self.go_to(f"list:{code}", lambda: ActivityListScreen(code))
        await screen.show_view(line, screen.order.now)

    async def open_card(self, register: Register, entry_id: int | None, closed: Closed | None = None) -> None:
        """Show the card of a contact, a device or a product, or of a new one."""
        from svc_tui import ways

        await ways.open_card(self, register, entry_id, closed)

    async def open_job(self, job_id: int, closed: Closed | None = None) -> None:
        """Show a job in the sheet."""
        from svc_tui import ways

        await ways.open_job(self, job_id, closed)

    async def open_order(self, order_id: int, closed: Closed | None = None) -> None:
        """Show a service order."""
        from svc_tui.screens.orders.order_card import open_order

        await open_order(self, order_id, closed)

    async def new_job(
        self, customer_id: int | None = None, device_id: int | None = None, closed: Closed | None = None
    ) -> None:
        """Begin a job that is linked already."""
        from svc_tui import ways

        await ways.new_job(self, customer_id, device_id, closed)

    async def choose_value(self, which: ChoiceField[Any], chosen: Callable[[Field, Any], Awaitable[None]]) -> None:
        """Let one of a field's values be picked from a list."""
        from svc_tui.screens.registers.adding import adder
        from svc_tui.screens.shell.picker import choose_value

        await choose_value(self, which, chosen, adder(self, which))

    # -- commands that are valid on every screen -------------------------------------------------------------

    async def do_app_quit(self, key: Key | None) -> None:
        """Leave, unless something on the way would be lost."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, BaseScreen) and not await screen.may_close():
                return
        self.exit()

    async def do_app_suspend(self, key: Key | None) -> None:
        """Stop, and give the terminal back to the shell."""
        await suspend(self, self._driver)

    def _base_screen(self) -> BaseScreen:
        screen: Screen[Any] = self.screen
        if not isinstance(screen, BaseScreen):
            raise TypeError(f"not one of our screens: {screen!r}")
        return screen

    async def change_settings(self, settings: UserSettings) -> None:
        """Keep the user's settings and follow them."""
        from svc_tui.screens.shell.conflicts import keep_settings

        await keep_settings(self._base_screen(), settings)

    async def begin_anew(self, language: str) -> None:
        """Show everything again in another language."""
        i18n.install(language)
        self.session.language = i18n.language()
        self._forget_screens()
        await self.begin()

    def asked_to_suspend(self) -> None:
        """Somebody else sent the signal that Ctrl+Z sends."""
        self.background(partial(self.do_app_suspend, None), "stopping for the shell")
