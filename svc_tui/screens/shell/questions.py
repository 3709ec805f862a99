"""Questions in the message line: for a value, or for one letter."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING

from svc_tui.commands import Where
from svc_tui.widgets.bottom_line import BottomLine
from svc_tui.widgets.fields import ChoiceField, Field
from svc_tui.widgets.keys import Key, Outcome

if TYPE_CHECKING:
    from svc_tui.commands import Command
    from svc_tui.screens.shell.application import Application


class Questions:
    """How a screen asks, and what the keys mean meanwhile."""

    if TYPE_CHECKING:
        bottom: BottomLine

        @property
        def svc(self) -> Application: ...
        def offer_keys(self) -> None: ...
        def _tell_if_full(self) -> None: ...
        async def run_command(self, command: Command, key: Key | None = None) -> bool: ...

    def ask_text(
        self,
        question: Field,
        answered: Callable[[Field], Awaitable[None]],
        given_up: Callable[[Field], None] | None = None,
    ) -> None:
        """Ask for one value in the message line; `given_up` gets what was written when it is left with Esc."""
        self.bottom.ask(question, answered, self._asked, given_up)
        self.offer_keys()

    def ask_letter(
        self, question: str, answers: dict[str, Callable[[], Awaitable[None]]], *, losing: Iterable[str] = ()
    ) -> None:
        """Ask a question that one letter answers; Esc leaves everything as it is.

        Letters of `losing` answer only when they came after the question was painted: what is typed ahead may mean
        something else, and loses nothing.
        """
        self.bottom.ask_letter(question, answers, self._asked, losing)
        self.offer_keys()

    def _asked(self) -> None:
        self.offer_keys()

    async def _take_answer(self, key: Key, more_follows: bool) -> None:
        question = self.bottom.question
        command = self.svc.keymap.find(key.spelled, frozenset((Where.FIELD,)), typing=True)
        if command is not None and command.id in ("app.quit", "app.help", "app.suspend"):
            await self.run_command(command, key)
            return
        looks_up = command is not None and command.id == "field.look_up"
        if not looks_up:
            looks_up = await self.bottom.press(key, more_follows=more_follows) is Outcome.CHOOSE
            if self.bottom.is_asking:
                self._tell_if_full()
        if looks_up and isinstance(question, ChoiceField):
            await self.svc.choose_value(question, self._answer_chosen)

    async def _answer_chosen(self, which: Field, value: object) -> None:
        if isinstance(which, ChoiceField) and self.bottom.question is which:
            which.value = value
            await self.bottom.answer()
