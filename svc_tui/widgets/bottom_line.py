"""The line above the key bar: says what happened, and asks short questions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from svc_tui.widgets.fields import ChoiceField, Field
from svc_tui.widgets.form import edited
from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import Line, Span, TextLine, fit, width_of
from svc_tui.widgets.look import look

Answered = Callable[[Field], Awaitable[None]]
Letters = dict[str, Callable[[], Awaitable[None]]]

MIN_ANSWER = 14
"""Cells an answer needs to be seen; the question gives way."""


class BottomLine(TextLine):
    """A message, or a question with a field behind it, or one that a letter answers."""

    message = ""
    standing = ""
    """What stands here while there is nothing to say: a list's count."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.question: Field | None = None
        self._answered: Answered | None = None
        self._letters: Letters | None = None
        self._losing: frozenset[str] = frozenset()
        self._is_drawn = False
        self._seen_at: float | None = None
        """When the question that stands here went to the terminal; None until it has."""
        self._ended: Callable[[], None] | None = None
        self._error = False

    @property
    def is_asking(self) -> bool:
        """Whether keys go to a question here."""
        return self.question is not None or self._letters is not None

    @property
    def asks_letter(self) -> bool:
        """Whether the next letter answers a question."""
        return self._letters is not None

    @property
    def complains(self) -> bool:
        """Whether it says why something was refused."""
        return self._error and bool(self.message)

    def say(self, text: str, *, error: bool = False) -> None:
        """Show a sentence until the next key."""
        self.message, self._error = text, error
        self._arrange()

    def stand(self, text: str) -> None:
        """Show a text whenever there is nothing else to say."""
        self.standing = text
        self._arrange()

    def fade(self) -> None:
        """The message has been seen: another key came."""
        if self.message:
            self.say("")

    def ask(self, question: Field, answered: Answered, ended: Callable[[], None]) -> None:
        """Ask for a value; `answered` gets the field when Enter was pressed and it could be understood."""
        self.question, self._answered, self._ended = question, answered, ended
        question.enter()
        self.say("")

    def ask_letter(
        self, question: str, letters: Letters, ended: Callable[[], None], losing: Iterable[str] = ()
    ) -> None:
        """Ask a question that one letter answers.

        Args:
            question: The sentence.
            letters: What each letter does.
            ended: Called when the question is gone.
            losing: Letters that lose something, and so count only when the question could be read before.
        """
        self._letters, self._ended, self._losing = letters, ended, frozenset(losing)
        self._is_drawn, self._seen_at = False, None
        self.say(question)

    def line(self, y: int) -> Line:
        self._is_drawn = True
        return super().line(y)

    def painted(self, at: float) -> None:
        """What was drawn is on its way to the terminal."""
        if self._is_drawn and self._seen_at is None:
            self._seen_at = at

    def _was_seen_by(self, key: Key) -> bool:
        return self._seen_at is not None and key.at >= self._seen_at

    def _stop_asking(self) -> None:
        self.question = self._answered = self._letters = None
        self.say("")
        if self._ended:
            self._ended()

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        if self.question is not None:
            label = f" {self.question.label}: "
            if width_of(label) > (most := max(self.size.width - MIN_ANSWER, 1)):
                label = f"{fit(label, most - 2)}: "
            if self.message and width_of(label) + MIN_ANSWER + width_of(self.message) + 2 > self.size.width:
                label = " "  # the reason tells more than the question
            width = max(self.size.width - width_of(label) - width_of(self.message) - 2, 10)
            spans: list[Span] = [(label, look().label), *edited(self.question, width)]
            if self.message:
                spans.append((f"  {fit(self.message, width_of(self.message))}", look().error))
            self.show(spans)
            return
        style = look().error if self._error else look().plain
        text = self.message or self.standing
        self.show([(fit(f" {text}", self.size.width), style if self.message else look().dim)])

    async def press(self, key: Key, *, more_follows: bool) -> Outcome:
        """Answer the question."""
        if self._letters is not None:
            answer = self._letters.get((key.letter or key.name).lower()) or self._letters.get(key.name)
            if (key.letter or key.name).lower() in self._losing and not self._was_seen_by(key):
                return Outcome.TAKEN  # pressed for something else, before the question could be read
            if answer is not None or key.name in ("escape", "f3"):
                self._stop_asking()
            if answer is not None:
                await answer()
            return Outcome.TAKEN
        question = self.question
        if question is None:
            return Outcome.PASSED
        if key.name in ("escape", "f3"):
            self._stop_asking()
        elif key.name in ("enter", "tab", "f2"):
            await self.answer()
        elif key.name == "down" and isinstance(question, ChoiceField):
            return Outcome.CHOOSE
        else:
            before = question.text
            if key.letter and key.letter.isprintable():
                question.editor.insert(key.letter)
            else:
                question.editor.press(key.name)
            if question.text != before:
                await question.typed(more_follows=more_follows)
            self.say("")
        return Outcome.TAKEN

    async def answer(self) -> None:
        """Take what stands in the question's field; what cannot be understood is refused and stays.

        Where nothing stands, nothing was asked for: the question goes and nothing is done.
        """
        question, answered = self.question, self._answered
        if question is None or answered is None:
            return
        if not question.text.strip():
            self._stop_asking()
            return
        await question.commit()
        if question.error is not None:
            self.message = ""
            self.say(question.error.sentence(self.translate), error=True)
        else:
            self._stop_asking()
            await answered(question)

    translate: Callable[[str], str] = staticmethod(str)
    """Set by the application to gettext; widgets know no language."""

    async def paste(self, text: str) -> None:
        """Pasted text goes into the question's field."""
        if self.question is not None:
            self.question.editor.insert(text)
            await self.question.typed(more_follows=False)
            self._arrange()
