"""The line above the key bar: says what happened, and asks short questions.

It is one line high, and grows by as many as a sentence needs to be read whole; what stands above gives way meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Sequence

from rich.style import Style

from svc_tui.domain.errors import DatabaseTrouble
from svc_tui.widgets.fields import ChoiceField, Field
from svc_tui.widgets.form import edited
from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import Line, LineWidget, Span, fit, line_of, width_of, wrapped
from svc_tui.widgets.look import look

Answered = Callable[[Field], Awaitable[None]]
GivenUp = Callable[[Field], None]
Letters = dict[str, Callable[[], Awaitable[None]]]

MIN_ANSWER = 14
"""Cells an answer needs to be seen; where the question leaves fewer, it stands on a line of its own."""

FIRST_REPEAT, REPEAT = 0.7, 0.12
"""Seconds after which a key that is held down comes again, the first time and then: at most, as terminals are set."""

BETWEEN_CHOICES = " " * 3
"""Stands between what a letter can answer."""


class BottomLine(LineWidget):
    """A message, or a question with a field behind it, or one that a letter answers."""

    DEFAULT_CSS = "BottomLine { height: auto; min-height: 1; max-height: 50%; }"

    message = ""
    standing = ""
    """What stands here while there is nothing to say: a list's count."""
    aside = ""
    """What follows it where there is room: a hint."""
    told = ""
    """What is shown whole: behind it, or below where there is no room for both."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.question: Field | None = None
        self._answered: Answered | None = None
        self._given_up: GivenUp | None = None
        self._letters: Letters | None = None
        self.is_full = False
        """Whether the last key or paste was too long for the answer, and was not taken."""
        self._losing: frozenset[str] = frozenset()
        self._is_drawn = False
        self._seen_at: float | None = None
        """When the question that stands here went to the terminal; None until it has."""
        self._last = ("", 0.0, 0.0)
        """The key that was dealt with here last, in the same form: held down, it does not answer what it brought up."""
        self._unseen = self._last
        """A losing key that came too early to be an answer, when it came first, and when last."""
        self._ended: Callable[[], None] | None = None
        self._error = False
        self._lines: list[Sequence[Span]] = []

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

    def stand(self, text: str, aside: str = "", told: str = "") -> None:
        """Show a text whenever there is nothing else to say.

        Args:
            text: What stands there.
            aside: A hint behind it if the line has room for both.
            told: What is shown whole in any case, behind the text or below it.
        """
        self.standing, self.aside, self.told = text, aside, told
        self._arrange()

    def fade(self) -> None:
        """The message has been seen: another key came."""
        if self.message:
            self.say("")

    def ask(
        self, question: Field, answered: Answered, ended: Callable[[], None], given_up: GivenUp | None = None
    ) -> None:
        """Ask for a value.

        Args:
            question: The field of the answer.
            answered: Gets the field when Enter was pressed and it could be understood.
            ended: Called when the question is gone.
            given_up: Gets the field when it was left with something written in it.
        """
        self.question, self._answered, self._ended, self._given_up = question, answered, ended, given_up
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
        self._is_drawn, self._seen_at, self._unseen = False, None, self._last
        self.say(question)

    def painted(self) -> None:
        """What was drawn is on its way to the terminal."""
        if self._is_drawn and self._seen_at is None:
            self._seen_at = time.monotonic()

    def _was_seen_by(self, key: Key) -> bool:
        """Whether a key came after the question was painted, and is not one held down since before."""
        name, first, last = self._unseen
        is_early = self._seen_at is None or key.at < self._seen_at
        if name == key.name and (key.at - first < FIRST_REPEAT or key.at - last < REPEAT):
            is_early = True
        elif is_early:
            first = key.at
        if is_early:
            self._unseen = (key.name, first, key.at)
        return not is_early

    def _stop_asking(self) -> None:
        self.question = self._answered = self._letters = self._given_up = None
        self.say("")
        if self._ended:
            self._ended()

    # -- drawing -------------------------------------------------------------------------------------------

    @property
    def is_misfit(self) -> bool:
        """Whether it has other lines than what it says needs."""
        width, height = self.size
        return width > 0 and min(len(self._lines), max(self.screen.size.height // 2, 1)) != height

    def on_resize(self) -> None:
        self._lines = self.laid_out(self.size.width)
        self.refresh()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Lines that what it says needs at this width."""
        return len(self.laid_out(width))

    def line(self, y: int) -> Line:
        self._is_drawn |= y >= len(self._lines) - 1
        return line_of(self._lines[y] if y < len(self._lines) else [], self.size.width)

    def _arrange(self) -> None:
        """Draw what differs; with more or fewer lines than before, the screen is laid out anew."""
        before, self._lines = self._lines, self.laid_out(self.size.width)
        if len(before) != len(self._lines):
            self.refresh(layout=True)
            return
        for y, (was, becomes) in enumerate(zip(before, self._lines, strict=True)):
            if was != becomes:
                self.repaint(y)

    def laid_out(self, width: int) -> list[Sequence[Span]]:
        if self.question is not None:
            return self._question_laid_out(self.question, width)
        if self.message:
            return sentence_lines(self.message, width, look().error if self._error else look().plain)
        whole = " · ".join(filter(None, (self.standing, self.told or self.aside)))
        parts = [whole] if width_of(whole) < width else filter(None, (self.standing, self.told))
        return [line for part in parts for line in sentence_lines(part, width, look().dim)] or [[]]

    @property
    def caret(self) -> tuple[int, int]:
        """The cell of the caret in the answer, or the first one of a question that a letter answers."""
        if self.question is None:
            return 0, 0
        width = self.size.width
        lines = self.laid_out(width)
        label = width_of(lines[-1][0][0])
        return label + self.question.editor.window(max(width - label - 1, 1)).before, len(lines) - 1

    def _question_laid_out(self, question: Field, width: int) -> list[Sequence[Span]]:
        """Why an answer was refused, then the question, then the answer: behind it, or below where there is no room."""
        reason = sentence_lines(self.message, width, look().error) if self.message else []
        *lines, last = wrapped(f"{question.label}:", max(width - 2, 1))
        asked: list[Sequence[Span]] = [[(f" {line}", look().label)] for line in lines]
        taken = width_of(last) + 2
        if taken + MIN_ANSWER <= width:
            behind = (f" {last} ", look().label)
            return [*reason, *asked, [behind, *edited(question, width - taken - 1)]]
        below = [(" ", look().plain), *edited(question, max(width - 2, 1))]
        return [*reason, *asked, [(f" {last}", look().label)], below]

    async def press(self, key: Key, *, more_follows: bool) -> Outcome:
        """Answer the question."""
        self._last = (key.name, key.at, key.at)
        if self._letters is not None:
            answer = self._letters.get((key.letter or key.name).lower()) or self._letters.get(key.name)
            if (key.letter or key.name).lower() in self._losing and not self._was_seen_by(key):
                return Outcome.TAKEN  # pressed for something else, before the question could be read
            if answer is not None or key.name in ("escape", "f3"):
                self._stop_asking()
            if answer is not None:
                await answer()
            return Outcome.TAKEN
        question, self.is_full = self.question, False
        if question is None:
            return Outcome.PASSED
        if key.name in ("escape", "f3"):
            given_up = self._given_up
            self._stop_asking()
            if given_up is not None and question.text.strip():
                given_up(question)
        elif key.name in ("enter", "tab", "f2"):
            await self.answer()
        elif key.name == "down" and isinstance(question, ChoiceField):
            return Outcome.CHOOSE
        else:
            before = question.text
            if key.letter and key.letter.isprintable():
                self.is_full = not question.editor.insert(key.letter)
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
            self.say(question.error.brief(self.translate), error=True)
        else:
            ended, given_up = self._ended, self._given_up
            self._stop_asking()
            try:
                await answered(question)
            except DatabaseTrouble:
                if ended is not None and self.question is None and self._letters is None:
                    self.ask(question, answered, ended, given_up)  # what was typed is kept, to be given again
                raise

    translate: Callable[[str], str] = staticmethod(str)
    """Set by the application to gettext; widgets know no language."""

    async def paste(self, text: str) -> None:
        """Pasted text goes into the question's field."""
        if self.question is not None:
            self.is_full = not self.question.editor.insert(text)
            await self.question.typed(more_follows=False)
            self._arrange()


def sentence_lines(text: str, width: int, style: Style) -> list[Sequence[Span]]:
    """A text on as many lines as it needs, a blank before each; choices, three blanks apart, are not torn."""
    room = max(width - 1, 1)
    lines: list[str] = []
    for part in text.split(BETWEEN_CHOICES):
        joined = f"{lines[-1]}{BETWEEN_CHOICES}{part}" if lines else part
        if lines and width_of(joined) <= room:
            lines[-1] = joined
        else:
            lines += wrapped(part, room)
    return [[(fit(f" {line}", width), style)] for line in lines]
