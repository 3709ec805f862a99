"""The filter line above a list: one line of text, always visible, with its mistake marked."""

from __future__ import annotations

from typing import Protocol

from textual.strip import Strip

from svc_tui.widgets.editor import LineEditor
from svc_tui.widgets.fields import TextField
from svc_tui.widgets.form import edited
from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import LineWidget, Span, fit, strip_of, width_of
from svc_tui.widgets.look import look


class Mistake(Protocol):
    """Where in the line something is wrong."""

    start: int
    end: int


class FilterLine(LineWidget):
    """Letters go into the line; Enter, Tab and Down lead to the list."""

    DEFAULT_CSS = "FilterLine { height: 1; }"

    typing = True

    def __init__(self, label: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.label = label
        self.field = TextField("filter", label)
        self.error: Mistake | None = None
        self.has_the_focus = False

    @property
    def editor(self) -> LineEditor:
        """The text and its caret."""
        return self.field.editor

    def mark(self, error: Mistake | None) -> None:
        """Mark a mistake, or none."""
        if error is not self.error:
            self.error = error
            self.refresh()

    def line(self, y: int) -> Strip:
        styles = look()
        label = f"{'!' if self.error else ' '}{self.label}: "
        spans: list[Span] = [(label, styles.error if self.error else styles.label)]
        room = self.size.width - width_of(label)
        if self.has_the_focus:
            spans += edited(self.field, room)
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
        return strip_of(spans, self.size.width)

    def focus_changed(self, focused: bool) -> None:
        """Draw the caret or not."""
        self.has_the_focus = focused
        self.refresh()

    async def press(self, key: Key, *, more_follows: bool) -> Outcome:
        """Edit the line."""
        if key.name in ("enter", "tab", "down"):
            return Outcome.NEXT
        if key.name == "shift+tab":
            return Outcome.PREVIOUS
        if key.letter and key.letter.isprintable():
            self.editor.insert(key.letter)
        elif not self.editor.press(key.name):
            return Outcome.PASSED
        self.refresh()
        return Outcome.TAKEN

    async def paste(self, text: str) -> None:
        """Pasted text is typed text."""
        self.editor.insert(text)
        self.refresh()
