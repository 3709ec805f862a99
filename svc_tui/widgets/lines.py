"""Widgets that draw themselves line by line: the base of all ours, and what fits on one line.

A letter typed or a row moved repaints just the cells it concerns; nothing is laid out anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from svc_tui.domain.text import shown
from svc_tui.widgets.look import look

Span = tuple[str, Style]
"""A piece of text, already harmless, and how it is drawn."""

_MAY_BE_WIDE = re.compile("[^\x00-\u02ff]").search
"""What is printable below the combining marks takes one cell: looked up faster than reckoned."""


_WORDS_AND_BLANKS = re.compile(r" +|[^ ]+").findall


def width_of(text: str) -> int:
    """Cells a text takes."""
    return len(text) if text.isascii() else cell_len(text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly so many cells; what is cut off ends in an ellipsis."""
    text = shown(text)
    if text.isascii() or not _MAY_BE_WIDE(text):
        if len(text) > width:
            return text[: width - 1] + "…" if width > 1 else text[: max(width, 0)]
        return text.rjust(width) if right else text.ljust(width)
    taken = cell_len(text)
    if taken > width:
        return set_cell_size(text, width - 1) + "…" if width > 1 else set_cell_size(text, max(width, 0))
    blank = " " * (width - taken)
    return blank + text if right else text + blank


class Line:
    """One line of a widget, as wide as the widget; drawn past Textual, whose strips take longer to make."""

    __slots__ = ("cell_length", "spans")

    def __init__(self, spans: Sequence[Span], cell_length: int) -> None:
        self.spans = spans
        self.cell_length = cell_length

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)

    @property
    def text(self) -> str:
        """What can be read."""
        return "".join(text for text, _style in self.spans)

    @property
    def strip(self) -> Strip:
        """The same for Textual."""
        return Strip([Segment(text, style) for text, style in self.spans if text], self.cell_length)

    def cut(self, width: int) -> Line:
        """The first cells of it."""
        return Line([(text, style or Style()) for text, style, _control in self.strip.crop(0, width)], width)


def line_of(spans: Sequence[Span], width: int, rest: Style | None = None) -> Line:
    """A line of exactly `width` cells; what is left over is blank in the style `rest`."""
    taken = sum(width_of(text) for text, _style in spans)
    if taken < width:
        return Line([*spans, (" " * (width - taken), rest or look().plain)], width)
    line = Line(spans, taken)
    return line.cut(width) if taken > width else line


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most so many cells, broken between words; a longer word is broken where it must be.

    Blanks within a line stay; those at a break go.
    """
    lines, line, taken = [], "", 0
    for part in _WORDS_AND_BLANKS(shown(text).strip()):
        cells = width_of(part)
        if taken + cells <= width:
            line, taken = line + part, taken + cells
        elif part[0] == " ":
            lines.append(line)
            line, taken = "", 0
        else:
            if line.rstrip():
                lines.append(line.rstrip())
            *whole, line = _pieces(part, width)
            lines += whole
            taken = width_of(line)
    return [*lines, line] if line or not lines else lines


def _pieces(word: str, width: int) -> list[str]:
    """A word in pieces of at most so many cells, each of a letter at least."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


class LineWidget(Widget):
    """Draws itself through `line(y)`; repaints whole lines or parts of one."""

    can_focus = False

    @property
    def size(self) -> Size:
        """Columns and lines: there is no border or padding, and looking for them takes Textual as long as a row."""
        return self.outer_size

    def line(self, y: int) -> Line:
        """What stands on a line of the widget."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        return self.line(y).strip

    def repaint(self, y: int, x: int = 0, width: int | None = None) -> None:
        """Draw one line again, or `width` cells of it."""
        self.refresh(Region(x, y, self.size.width - x if width is None else width, 1))


class TextLine(LineWidget):
    """One line of text, drawn again only when it differs."""

    DEFAULT_CSS = "TextLine { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.spans: list[Span] = []
        self.rest: Style | None = None

    def show(self, spans: Sequence[Span], rest: Style | None = None) -> None:
        """Put these pieces on the line; what could steer a terminal is shown as a dot."""
        fresh = [(shown(text), style) for text, style in spans]
        if fresh != self.spans or rest != self.rest:
            self.spans, self.rest = fresh, rest
            self.refresh()

    def line(self, y: int) -> Line:
        return line_of(self.spans, self.size.width, self.rest)


class Paragraph(LineWidget):
    """A sentence or two, on as many lines as they need."""

    DEFAULT_CSS = "Paragraph { height: auto; }"

    def __init__(self, text: str = "", style: Style | None = None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = text
        self.style_of_text = style

    def tell(self, text: str) -> None:
        """Show this text instead."""
        if text != self.text:
            self.text = text
            self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Lines the text needs at this width."""
        return len(wrapped(self.text, width - 2))

    def line(self, y: int) -> Line:
        lines = wrapped(self.text, self.size.width - 2)
        text = fit(lines[y], max(self.size.width - 2, 0)) if y < len(lines) else ""
        return line_of([(f" {text}", self.style_of_text or look().plain)], self.size.width)


class Space(LineWidget):
    """What is left of a screen, blank."""

    DEFAULT_CSS = "Space { height: 1fr; }"

    def line(self, y: int) -> Line:
        return line_of([], self.size.width)


class TitleLine(TextLine):
    """The first line of a screen: where one is on the left, who and which shop on the right."""

    def tell(self, left: str, right: str = "", between: Sequence[str] = ()) -> None:
        """Show both; the right one gives way, piece by piece.

        Args:
            left: Where one is.
            right: Who works here.
            between: Where one could go, each whole; shown as far as there is room.
        """
        self.left, self.right, self.between = shown(left), shown(right), tuple(between)
        self._arrange()

    left = ""
    right = ""
    between: tuple[str, ...] = ()
    asides: ClassVar[dict[str, str]] = {}
    """What stands at the end on every screen, whole, by who says it."""
    _drawn = ""
    """The asides that stand there."""

    def on_resize(self) -> None:
        self._arrange()

    def renew(self) -> None:
        """Draw it again where something else stands aside by now."""
        if self.left and self._drawn != self._aside:
            self._arrange()

    @property
    def _aside(self) -> str:
        return "".join(f" {text}" for _name, text in sorted(self.asides.items(), reverse=True) if text)

    def _arrange(self) -> None:
        aside = self._drawn = self._aside
        width = self.size.width - width_of(aside)
        where = fit(self.left, max(min(width - (3 if aside else 1), width_of(self.left)), 0))
        room = width - width_of(where) - 3
        style = look().title
        told = pieces_within(self.right, room)
        right = fit(told, min(room, width_of(told))) if room > 5 else ""
        left = where + self._between(width - 2 - width_of(where) - width_of(right))
        middle = " " * max(width - 2 - width_of(left) - width_of(right), 1)
        self.show([(f" {left}{middle}{right}{aside} ", style)], style)

    def _between(self, room: int) -> str:
        """As many of the places to go to as fit, with two blanks left over."""
        told = ""
        for place, text in enumerate(self.between):
            entry = (" " if place == 0 else "  ") + text
            if width_of(told + entry) + 2 > room:
                break
            told += entry
        return told


_BETWEEN_PIECES = re.compile(r", | [·|] ")


def pieces_within(text: str, room: int) -> str:
    """As many pieces of a text as fit whole, the first one at least."""
    ends = [found.start() for found in _BETWEEN_PIECES.finditer(text)]
    if not ends or width_of(text) <= room:
        return text
    return next((text[:end] for end in reversed(ends) if width_of(text[:end]) <= room), text[: ends[0]])


class KeyBar(TextLine):
    """The last line: the keys that are worth knowing here, cut by importance to what fits."""

    class Clicked(Message):
        """A key was clicked; `key` is what it is called."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    entries: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()

    def offer(self, entries: Sequence[tuple[str, str]], kept: Sequence[str] = ()) -> None:
        """Show (key, label) pairs, the most important first; the keys `kept` have their room before all others."""
        self.entries, self.kept = tuple(entries), tuple(kept)
        self._arrange()

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        left = self.size.width
        fitting: set[int] = set()
        for is_kept in (True, False):
            for place, (key, label) in enumerate(self.entries):
                needed = width_of(key) + width_of(label) + 2
                if (key in self.kept) is is_kept and needed <= left:
                    fitting.add(place)
                    left -= needed
        spans: list[Span] = []
        for place, (key, label) in enumerate(self.entries):
            if place in fitting:
                spans += [(key, look().key), (f" {label} ", look().plain)]
        self.show(spans)

    def on_click(self, event: events.Click) -> None:
        x = 0
        for place, (text, _style) in enumerate(self.spans):
            x += width_of(text)
            if event.x < x:
                self.post_message(self.Clicked(self.spans[place - place % 2][0]))
                return
