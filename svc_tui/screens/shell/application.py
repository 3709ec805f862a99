"""What screens ask of the application. They know no more of it, so it can hold them without a circle of imports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from textual import events
    from textual.screen import Screen

    from svc_tui.commands import Command, Keymap
    from svc_tui.domain.entries import Register
    from svc_tui.domain.news import News
    from svc_tui.formats import Formats
    from svc_tui.screens.shell.base import BaseScreen
    from svc_tui.screens.shell.destinations import Destinations
    from svc_tui.services.core.session import Session
    from svc_tui.services.core.store import Store
    from svc_tui.services.people.settings import UserSettings
    from svc_tui.terminal.key_queue import Act
    from svc_tui.widgets.fields import ChoiceField, Field
    from svc_tui.widgets.keys import Key

    S = TypeVar("S", bound=BaseScreen)
    T = TypeVar("T")


class Hears(Protocol):
    """The part of the application that hears of what other sessions did."""

    def heard(self, news: News) -> None:
        """Hand this on to the screens between two keys."""

    def hear_of_restore(self) -> None:
        """The shop was put back to an earlier state."""


class Kept(Protocol):
    """What was written and left, and comes back by one key."""

    async def bring_back(self, screen: BaseScreen, closed: Callable[[Any], Awaitable[None]]) -> None:
        """Go on with it, from a screen; `closed` gets what a screen that is opened for it gives."""


class Waits(Protocol):
    """The part of the application that waits for the key being dealt with."""

    is_on: bool
    """Whether a key is being dealt with."""
    key_number: int
    """Of the key that is being dealt with, or was last."""

    @property
    def is_idle(self) -> bool:
        """Whether every key that has arrived is dealt with."""


class OwnKeys(Protocol):
    """The keys of a user (`own_keys.Read`)."""

    @property
    def keymap(self) -> Keymap:
        """Which command a key means."""

    @property
    def standard(self) -> Sequence[Command]:
        """The commands with the keys that they come with: the table's, or those of his set."""

    @property
    def in_file(self) -> frozenset[str]:
        """Commands whose keys his file on this machine says."""


class Application(Protocol):
    """The application as screens see it; `app.Application` is one."""

    store: Store
    settings: UserSettings
    login: str
    destinations: Destinations
    """The screens that digits lead to."""
    doers: tuple[object, ...]
    """What does the commands that are valid on every screen."""
    shop_is_set_up: bool
    discarded: Kept | None
    """What was typed into a sheet or a card and discarded last, or a note that was begun in a list."""

    @property
    def keys(self) -> OwnKeys:
        """The keys of whoever works here."""

    @property
    def keymap(self) -> Keymap:
        """Which command a key means to him."""

    @property
    def live(self) -> Hears:
        """What other sessions did."""

    @property
    def wait(self) -> Waits:
        """The wait of the key that is being dealt with."""

    @property
    def session(self) -> Session:
        """Who works here."""

    @property
    def is_running(self) -> bool:
        """Whether the program has begun and not ended; Textual's own."""

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody works here yet."""

    @property
    def formats(self) -> Formats:
        """How values are written in the language of this session."""

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top."""

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """All open screens, the one on top last."""

    def signed_in(self, session: Session, settings: UserSettings, *, again: bool = False) -> None:
        """Somebody works here now."""

    async def begin(self) -> None:
        """Show the first list."""

    async def begin_anew(self, language: str) -> None:
        """Show everything again in another language."""

    async def show(self, screen: BaseScreen, closed: Callable[[Any], Awaitable[None]] | None = None) -> None:
        """Put a screen on top; `closed` gets what it was left with."""

    async def back(self, result: object = None) -> None:
        """Leave the screen on top for the one beneath."""

    def kept(self, name: str, make: Callable[[], S]) -> S:
        """A screen that is built once and filled again."""

    async def go_to(self, name: str, make: Callable[[], S]) -> S:
        """Show a screen that is kept under a name in place of whatever is shown."""

    async def go_to_list(self, code: str) -> None:
        """Show a list in place of whatever is shown."""

    async def show_jobs(self, line: str, list_code: str = "") -> None:
        """A list with this filter line; that of all jobs where no other is named."""

    async def open_card(
        self, register: Register, entry_id: int | None, closed: Callable[[Any], Awaitable[None]] | None = None
    ) -> None:
        """Show the card of a contact, a device or a product, or of a new one."""

    async def open_job(self, job_id: int, closed: Callable[[Any], Awaitable[None]] | None = None) -> None:
        """Show a job in the sheet."""

    async def open_order(self, order_id: int, closed: Callable[[Any], Awaitable[None]] | None = None) -> None:
        """Show a service order."""

    async def new_job(
        self,
        customer_id: int | None = None,
        device_id: int | None = None,
        closed: Callable[[Any], Awaitable[None]] | None = None,
    ) -> None:
        """Begin a job that is linked already."""

    async def choose_value(self, which: ChoiceField[T], chosen: Callable[[Field, T | None], Awaitable[None]]) -> None:
        """Let one of a field's values be picked from a list."""

    async def change_settings(self, settings: UserSettings) -> None:
        """Keep the user's settings and follow them."""

    async def do_app_quit(self, key: Key | None) -> None:
        """Leave, unless something on the way would be lost."""

    def say(self, text: str) -> None:
        """A sentence in the message line of the screen on top."""

    def bound(self) -> None:
        """From now on the session ends itself when it takes too much of the machine."""

    def give_terminal_back(self, told: str) -> None:
        """From any thread: the terminal as it was, with a sentence; the process is to end."""

    def tell_unsaved(self) -> None:
        """Where that lies which was not saved when the program ended by itself."""

    def tell_refused_keys(self) -> None:
        """Which of the user's own keys are not followed."""

    def bell(self) -> None:
        """Sound the terminal's bell."""

    def exit(self) -> None:
        """End the program."""

    def key_came(self, event: events.Key | events.Paste) -> None:
        """A key or a paste, dealt with after those before it."""

    def between_keys(self, act: Act) -> None:
        """Do something after the keys that have come, and before those to come."""

    def background(self, act: Callable[[], Awaitable[None]], what: str) -> None:
        """Do something beside the keys; what goes wrong is said, and is in the log as `what`."""

    def paint_between_keys(self) -> None:
        """Paint what has come in the background."""

    def paint_meanwhile(self) -> None:
        """Paint what the key has changed so far; more is to come."""

    def hold_painting(self) -> None:
        """A key is being dealt with."""
