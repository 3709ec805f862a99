"""What every screen has: title, message line and key bar; one way for keys; one way for errors.

Keys never travel through Textual's focus and bindings, where a letter typed ahead is delivered to the widget
that had the focus when it arrived. The application gives them to the screen one at a time, each dealt with to
the end before the next, so that a burst does exactly what slow typing does.

Private names of Textual used here: `Screen.focused`, redeclared so that a change of focus repaints two
widgets and not the screen (5,187 bytes a Tab in 8.2.8; tests/ui/test_base.py watches it), and
`_clear_arrangement_cache`, `_box_model_cache` and `_refresh_layout`, which lay it out at once
(tests/ui/test_messages.py and test_waiting.py watch them).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from textual.app import ComposeResult
from textual.reactive import Reactive
from textual.widget import Widget

from svc_tui.commands import Command, Where
from svc_tui.domain.errors import DomainError, Restored
from svc_tui.i18n import _
from svc_tui.screens.shell.attempts import Asking, Attempts
from svc_tui.screens.shell.background import Background, on_top
from svc_tui.screens.shell.drafting import Drafting
from svc_tui.screens.shell.hearing import Hearing
from svc_tui.screens.shell.mouse import Mouse
from svc_tui.screens.shell.offering import Offering
from svc_tui.screens.shell.questions import Questions
from svc_tui.services.core.session import Session
from svc_tui.terminal.display_app import DisplayScreen
from svc_tui.widgets.bottom_line import BottomLine
from svc_tui.widgets.fields import ChoiceField, Field
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key, Outcome, Target
from svc_tui.widgets.lines import KeyBar, TitleLine
from svc_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application

Step = tuple[Target, Field | None]
"""One stop of the focus: a part of the screen, and the field in it if it is a form."""


class JobHere(NamedTuple):
    """The job that is meant on a screen: the one shown, or the one under the cursor."""

    id: int
    number: int


class BaseScreen(Asking, Background, Hearing, Drafting, Questions, Offering, Mouse, DisplayScreen[Any]):
    """A screen. Subclasses compose their middle part, say what the path of the focus is, and do commands."""

    AUTO_FOCUS = ""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    places: frozenset[Where] = frozenset()
    """Where the commands of this screen are valid, besides everywhere."""

    def __init__(self) -> None:
        super().__init__()
        self.title_line = TitleLine(id="title")
        self.bottom = BottomLine(id="bottom")
        self.key_bar = KeyBar(id="keys")
        self.attempts = Attempts()
        self.ready = asyncio.Event()
        """Set once the screen has been filled for the first time; keys typed ahead wait for it."""
        self.target: Target | None = None
        """The part that gets the keys."""
        self._session: Session | None = None

    def prepare(self) -> None:
        """Called once for a kept screen, when the application can be reached."""

    def compose(self) -> ComposeResult:
        yield self.title_line
        yield from self.compose_body()
        yield self.bottom
        yield self.key_bar

    def compose_body(self) -> ComposeResult:
        """What stands between the title and the message line."""
        yield from ()

    async def on_mount(self) -> None:
        self.adopt()
        await self.guarded(self.opened, "filling it")
        self.offer_keys()
        self.ready.set()

    async def opened(self) -> None:
        """The screen stands for the first time: fill it and say where the keys go."""

    # -- surroundings --------------------------------------------------------------------------------------

    @property
    def svc(self) -> Application:
        """The application."""
        return cast("Application", self.app)

    @property
    def session(self) -> Session:
        """Who works here, in the shop as this screen was filled from it: after a restore, what was read before must
        not be taken for what has its ids now."""
        if self._session is None:
            self._session = self.svc.session
        return self._session

    def adopt(self) -> None:
        """The screen is filled anew from the shop as it is now."""
        self._session = self.svc.session if self.svc.is_signed_in else None

    # -- messages ------------------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """A sentence for the user in the message line."""
        self.bottom.say(text)

    def complain(self, text: str) -> None:
        """Why something was refused."""
        self.bottom.say(text, error=True)

    def show_error(self, error: DomainError) -> None:
        """A refusal: its sentence, and where a screen can, the field it concerns."""
        self.complain(error.brief(_))
        if isinstance(error, Restored):
            if Where.FORM in self.places:  # what it was filled with may be other rows there: it cannot follow
                self.complain(" ".join((error.brief(_), _("Leave this by Esc and open it again."))))
            self.svc.live.hear_of_restore()  # on a server the watch may be half a minute late

    def fade_message(self) -> None:
        """The message has been seen: another key came. What gave way to a long one comes back before that key."""
        self.bottom.fade()
        self.fit_message()

    def fit_message(self) -> None:
        """Give the message line the lines it needs, before the next key: Textual would do it some messages later."""
        if self.is_current and self.bottom.is_misfit:
            self._clear_arrangement_cache()
            self.bottom._box_model_cache.clear()  # laid out twice within one key, the first height would be taken
            self._refresh_layout()

    # -- focus ---------------------------------------------------------------------------------------------

    def path(self) -> list[Step]:
        """The stops of Tab in their order."""
        return []

    def focus_on(self, target: Target | None, field: Field | None = None) -> None:
        """Give the keys to a part of the screen, and within a form to a field."""
        if self.target is not target and self.target is not None:
            self.target.focus_changed(False)
        before, self.target = self.target, target
        self.watch_rows()
        if field is not None and isinstance(target, Form):
            target.active = field if target.active is None else target.active
            if before is target or target.active is not field:
                target.activate(field)
        if target is not None and before is not target:
            target.focus_changed(True)
        if field is not None and field.error is not None:
            # Not show_error, which moves the focus to the field.
            self.complain(field.error.brief(_))
        self.offer_keys()

    def step_here(self) -> Step | None:
        """Where the focus is."""
        if self.target is None:
            return None
        return self.target, self.target.active if isinstance(self.target, Form) else None

    async def go(self, by: int) -> None:
        """Move the focus along the path."""
        path = self.path()
        here = self.step_here()
        if here not in path:
            if path:
                self.focus_on(*path[0])
            return
        self.focus_on(*path[(path.index(here) + by) % len(path)])

    @property
    def field(self) -> Field | None:
        """The field that has the focus."""
        return self.target.active if isinstance(self.target, Form) else None

    # -- keys ----------------------------------------------------------------------------------------------

    def places_now(self) -> frozenset[Where]:
        """Where commands are valid at this moment."""
        if isinstance(self.target, Form):
            return self.places | {Where.FIELD}
        return self.places | {Where.CURSOR} if isinstance(self.target, RowList) else self.places

    @property
    def is_typing(self) -> bool:
        """Whether letters are text now."""
        return self.bottom.is_asking or (self.target is not None and self.target.typing)

    are_letters_text = False
    """Whether letters begin to write where no field has the focus."""

    @property
    def is_writing(self) -> bool:
        """Whether letters go into a text, and answer no question of yes or no."""
        return self.is_typing and not self.bottom.asks_letter

    def cursor_part(self) -> tuple[object, bool]:
        return self.bottom if self.bottom.is_asking else self.target, self.is_writing

    async def take_key(self, key: Key, *, more_follows: bool) -> None:
        """Deal with one key to the end; whatever is refused is shown and nothing is lost."""
        was_asking = self.bottom.is_asking
        await self.guarded(lambda: self._take(key, more_follows), f"the key {key.name}")
        if more_follows and was_asking and self.bottom.is_asking:
            return  # it is laid out with the last of them: each time costs 8 ms and leaves 120 KB behind
        on_top(self.svc, self).fit_message()

    async def _take(self, key: Key, more_follows: bool) -> None:
        if self.bottom.is_asking:
            await self._take_answer(key, more_follows)
            return
        command = self.svc.keymap.find(key.spelled, self.places_now(), typing=self.is_typing)
        if command is not None and command.plays:
            key = Key(command.plays, None, key.at)
        elif command is not None and await self.run_command(command, key):
            return
        if self.enter_closes and key.name == "enter":
            await self.do_app_close(key)
            return
        self.fade_message()
        if key.name in ("ctrl+c", "ctrl+d") or (key.letter == "q" and not self.is_typing):
            self.say(_("Ctrl+Q leaves the program."))  # what other programs are left by
        if self.target is None:
            return
        left = self.field
        outcome = await self.target.press(key, more_follows=more_follows)
        self._tell_if_full()
        if left is not None and outcome in (Outcome.NEXT, Outcome.PREVIOUS):
            await self.after_commit(left)
            if left is not self.field or self.svc.screen is not self:
                return
        if outcome is Outcome.NEXT:
            await self.go(1)
        elif outcome is Outcome.PREVIOUS:
            await self.go(-1)
        elif outcome is Outcome.CHOOSE:
            await self.do_field_look_up(key)

    async def take_paste(self, text: str) -> None:
        """Pasted text goes to what has the focus."""
        if self.bottom.is_asking:
            await self.bottom.paste(text)
        elif self.target is not None:
            await self.target.paste(text)
        self._tell_if_full()

    async def take_scan(self, code: str) -> None:
        """A bar-code reader read this. It goes into the field that has the focus, or what has it is shown.

        Nothing is chosen, answered or changed.
        """
        if self.bottom.asks_letter:
            self.svc.bell()
        elif self.is_typing:
            await self.take_paste(code)
        elif self.svc.is_signed_in:
            from svc_tui.screens.shell.scans import show_scanned

            await show_scanned(self, code)

    def _tell_if_full(self) -> None:
        """Say so when what was typed or pasted is too long: nothing is shortened unseen, and what stood there stays."""
        part, field = (self.bottom, asked) if (asked := self.bottom.question) else (self.target, self.field)
        if getattr(part, "is_full", False):
            limit = field.limit if field is not None else getattr(part, "limit", 0)
            said = _("That is too long, and nothing of it was taken: the field holds {count} characters.")
            self.complain(said.format(count=self.svc.formats.count(limit)))

    @property
    def helpers(self) -> tuple[object, ...]:
        """What does commands for this screen besides itself."""
        return ()

    async def run_command(self, command: Command, key: Key | None = None) -> bool:
        """Do a command if this screen, its helpers or the application can; False when none can."""
        if command.needs_row:
            await self.settled()
        if (there := self.svc.destinations.get(command.id)) is not None:
            self.fade_message()
            await there.open()
            return True
        for doer in (self, *self.helpers, *self.svc.doers):
            method = getattr(doer, command.method, None)
            if method is not None:
                if command.right is not None:
                    self.session.require(command.right)
                self.fade_message()
                await method(key)
                return True
        return False

    def job_here(self) -> JobHere | None:
        """The job that is meant here; None where there is none, or it is not saved yet.

        Raises:
            Invalid: when somebody else's change has just put another one under the cursor.
        """
        return None

    def explained(self) -> list[tuple[str, str]]:
        """What help says before the keys about the part that has the focus: what is written, and what it means."""
        return []

    async def settled(self) -> None:
        """Wait until a list has done what the keys before asked: a command is about the row that they meant."""
        if isinstance(self.target, RowList):
            await self.target.settled()

    @property
    def holds_changes(self) -> bool:
        """Whether something was typed here that is stored nowhere."""
        return False

    async def may_close(self) -> bool:
        """Whether the program may end with this screen open; False after asking about what would be lost."""
        return True

    async def do_chosen(self, command: Command) -> None:
        """A command chosen in the palette, with the refusals that a key would get."""
        await self.run_command(command)

    async def acted_elsewhere(self) -> None:
        """This session changed something on a screen above: what is shown of it is read again."""

    # -- commands every screen has --------------------------------------------------------------------------

    async def do_app_close(self, key: Key | None) -> None:
        """Go back to the screen before."""
        await self.svc.back()

    async def do_app_refresh(self, key: Key | None) -> None:
        """Draw the screen again; what there is to read again is a screen's own."""
        self.refresh(layout=True)

    async def do_field_look_up(self, key: Key | None) -> None:
        """The list of values of a choice field; other lookups are a screen's own."""
        which = self.field
        if isinstance(which, ChoiceField):
            await self.svc.choose_value(which, self._chosen)
        elif which is not None:
            self.say(_("This field has no list: write in it."))

    async def _chosen(self, which: Field, value: object) -> None:
        if isinstance(which, ChoiceField):
            which.value = value
            which.touched = True
            if isinstance(self.target, Form):
                self.target.repaint_field(which)
            await self.after_commit(which)
            await self.go(1)

    async def after_commit(self, which: Field) -> None:
        """A field got a value: what follows from it is a screen's own. It may move the focus or open a dialog."""
