"""The filter line above a list: one line of text, always visible, with its mistake marked."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol

from rich.style import Style
from textual import events
from textual.message import Message

from svc_tui.domain.text import cluster_end
from svc_tui.widgets.editor import LineEditor
from svc_tui.widgets.fields import TextField
from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import Line, LineWidget, Span, fit, line_of, width_of
from svc_tui.widgets.look import look

if TYPE_CHECKING:
    from svc_tui.domain.filters.completion import Completion


class Mistake(Protocol):
    """Where in the line something is wrong."""

    start: int
    end: int


class FilterLine(LineWidget):
    """Letters go into the line; Enter, Tab and Down lead to the list.

    Right at the end of the line takes what is proposed there; Down on the value of a field asks for its list of values.
    """

    DEFAULT_CSS = "FilterLine { height: 1; }"

    typing = True

    class Clicked(Message):
        """The line was clicked, before this letter of it."""

        def __init__(self, filter_line: FilterLine, caret: int) -> None:
            super().__init__()
            self.filter_line = filter_line
            self.caret = caret

    def __init__(self, label: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.label = label
        self.field = TextField("filter", label)
        self.error: Mistake | None = None
        self.has_the_focus = False
        self.is_full = False
        """Whether the last key or paste was too long for it, and was not taken."""
        self._proposed: Completion | None = None
        self._proposed_for = ""

    @property
    def editor(self) -> LineEditor:
        """The text and its caret."""
        return self.field.editor

    @property
    def limit(self) -> int:
        """The most characters it holds."""
        return self.field.limit

    def mark(self, error: Mistake | None) -> None:
        """Mark a mistake, or none."""
        if error is not self.error:
            self.error = error
            self.refresh()

    def suggest(self, completion: Completion | None) -> None:
        """Propose how the line goes on, as long as it stands as it does now; None proposes nothing."""
        if completion != self._proposed or self._proposed_for != self.editor.value:
            self._proposed, self._proposed_for = completion, self.editor.value
            self.refresh()

    @property
    def proposed(self) -> Completion | None:
        """What Right would take now."""
        at_end = self.editor.caret == len(self.editor.value) and not self.editor.whole
        return self._proposed if at_end and self._proposed_for == self.editor.value else None

    def take(self, completion: Completion) -> None:
        """Write what was proposed, or chosen from a list."""
        self.editor.put(completion.text)
        self.editor.caret = completion.caret
        self.refresh()

    def line(self, y: int) -> Line:
        styles = look()
        label = f"{'!' if self.error else ' '}{self.label}: "
        spans: list[Span] = [(label, styles.error if self.error else styles.label)]
        room = self.size.width - width_of(label)
        if self.has_the_focus:
            spans += self._edited(room)
        elif self.error is not None:
            text = self.editor.value
            start, end = self.error.start, self.error.end
            spans += [
                (fit(text[:start], width_of(text[:start])), styles.value),
                (fit(text[start:end], width_of(text[start:end])), styles.error),
                (fit(text[end:], width_of(text[end:])), styles.value),
            ]
        else:
            spans.append((fit(self.editor.value, room), styles.value))
        return line_of(spans, self.size.width)

    def _edited(self, room: int) -> list[Span]:
        """The line with its caret, its mistake and what is proposed; cluster by cluster, for they may overlap."""
        styles, editor = look(), self.editor
        focus = Style.combine([styles.focus, Style(bold=True)]) if editor.whole else styles.focus
        text, _before = editor.window(room)
        begin = len(editor.value) - len(text)
        wrong = range(self.error.start, self.error.end) if self.error is not None else range(0)
        cells: list[Span] = []
        left = room
        place = begin
        while place < len(editor.value):
            letter = editor.value[place : cluster_end(editor.value, place)]
            if (width := width_of(letter)) > left:
                break
            style = styles.mistake if place in wrong else focus
            cells.append((fit(letter, width), Style.combine([style, styles.caret]) if place == editor.caret else style))
            left -= width
            place += len(letter)
        if editor.caret == len(editor.value) and left > 0:
            hint = fit(self.proposed.hint, min(width_of(self.proposed.hint), left)) if self.proposed else ""
            hint = hint or " "
            first = cluster_end(hint, 0)
            cells.append((hint[:first], Style.combine([styles.focus, styles.caret])))
            cells.append((hint[first:], styles.hint))
            left -= width_of(hint)
        cells.append((" " * max(left, 0), focus))
        return _joined(cells)

    def mark_whole(self) -> None:
        """Mark what stands there: the first letter typed replaces it."""
        self.editor.put(self.editor.value, whole=True)
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        room = self.size.width - width_of(self.label) - 3
        text = self.editor.window(room)[0] if self.has_the_focus else self.editor.value
        place = cells = 0
        while place < len(text):
            end = cluster_end(text, place)
            cells += width_of(text[place:end])
            if cells > event.x - width_of(self.label) - 3:
                break
            place = end
        self.post_message(self.Clicked(self, len(self.editor.value) - len(text) + place))

    @property
    def caret(self) -> tuple[int, int]:
        """The cell of the caret."""
        before = width_of(self.label) + 3
        return before + self.editor.window(self.size.width - before).before, 0

    def focus_changed(self, focused: bool) -> None:
        """Draw the caret or not."""
        self.has_the_focus = focused
        self.editor.whole = False
        self.refresh()

    def has_to_tell(self, shown: str) -> bool:
        """Whether it holds a mistake, which is said to who leaves it, or another text than the one that is shown."""
        return self.error is not None or self.editor.value != shown

    @property
    def on_value(self) -> bool:
        """Whether the caret is on the value of a field."""
        from svc_tui.domain.filters.completion import (
            spot_at,  # the language of filters, loaded once a list is on the screen
        )
        from svc_tui.domain.filters.filters import vocabulary_for

        # Names of fields of every language are known in each.
        return spot_at(self.editor.value, self.editor.caret, vocabulary_for("en")).field is not None

    async def press(self, key: Key, *, more_follows: bool) -> Outcome:
        """Edit the line."""
        self.is_full = False
        if key.name == "down" and self.on_value:
            return Outcome.CHOOSE
        if key.name in ("enter", "tab", "down"):
            return Outcome.NEXT
        if key.name == "right" and self.proposed is not None:
            self.take(self.proposed)
            return Outcome.TAKEN
        if key.name == "shift+tab":
            return Outcome.PREVIOUS
        if key.letter and key.letter.isprintable():
            self.is_full = not self.editor.insert(key.letter)
        elif not self.editor.press(key.name):
            return Outcome.PASSED
        self.refresh()
        return Outcome.TAKEN

    async def paste(self, text: str) -> None:
        """Pasted text is typed text."""
        self.is_full = not self.editor.insert(text)
        self.refresh()


def _joined(cells: list[Span]) -> list[Span]:
    """Neighbours of one style as one piece: a change of style costs bytes."""
    return [("".join(text for text, _style in run), style) for style, run in groupby(cells, key=itemgetter(1))]
