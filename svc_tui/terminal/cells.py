"""A line of the screen as cells, each a glyph and the pen that draws it; and pens as the sequences that pick them up.

A pen is what is left of a style in the colours of this terminal. A blank shows neither boldness nor the colour of its
ink, so blanks of different styles are often the same cell, and need no other pen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import ClassVar, Self, cast

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.style import Style

SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""Underline, reverse, strike, double underline, overline."""


class Pen:
    """Attributes and colours as the parameters of an SGR sequence; a colour of the terminal's own is empty.

    There is one object of each, so that cells are compared fast; a screen has few.
    """

    __slots__ = ("attributes", "blank", "ink", "paper")
    _known: ClassVar[dict[tuple[tuple[str, ...], str, str], Pen]] = {}

    attributes: tuple[str, ...]
    ink: str
    paper: str
    blank: Pen
    """What there is to see of it on a blank."""

    def __new__(cls, attributes: tuple[str, ...] = (), ink: str = "", paper: str = "") -> Self:
        known = cls._known.get((attributes, ink, paper))
        if known is None:
            known = cls._known[attributes, ink, paper] = super().__new__(cls)
            known.attributes, known.ink, known.paper = attributes, ink, paper
            known.blank = known
            if (attributes or ink) and not SEEN_ON_BLANKS.intersection(attributes):
                known.blank = cls(paper=paper)
        return cast("Self", known)

    def __repr__(self) -> str:
        return f"Pen({self.attributes}, {self.ink!r}, {self.paper!r})"


PLAIN = Pen()
Cell = tuple[str, Pen]
"""A glyph and its pen; the glyph of a wide one's second cell is empty."""
BLANK: Cell = (" ", PLAIN)
_blanks: dict[Pen, Cell] = {PLAIN: BLANK}


def blank_with(pen: Pen) -> Cell:
    """A blank drawn with a pen: one object for all that look the same."""
    return _blanks.setdefault(pen.blank, (" ", pen.blank))


_SGR = re.compile(r"\x1b\[([0-9;:]*)m")
_TAKEN_BACK_BY = {"1": "22", "2": "22", "3": "23", "4": "24", "7": "27", "8": "28", "9": "29", "21": "24"}


@lru_cache(1024)
def read_pen(parameters: str) -> Pen:
    """The pen of an SGR sequence with these parameters, which starts from nothing."""
    attributes, ink, paper = [], "", ""
    codes = iter(parameters.split(";"))
    for code in codes:
        if code in ("38", "48"):
            kind = next(codes, "")
            colour = ";".join((code, kind, *(next(codes, "0") for _ in range({"5": 1, "2": 3}.get(kind, 0)))))
            ink, paper = (colour, paper) if code == "38" else (ink, colour)
        elif code in ("", "0", "39", "49"):
            continue
        elif len(code) > 1 and code[:-1] in ("3", "9"):
            ink = code
        elif len(code) > 1 and code[:-1] in ("4", "10"):
            paper = code
        else:
            attributes.append(code)
    return Pen(tuple(sorted(set(attributes))), ink, paper)


@lru_cache(4096)
def change(before: Pen, after: Pen, takes_back: bool) -> str:
    """The shortest sequence from one pen to another.

    Args:
        before: The pen in force.
        after: The pen wanted.
        takes_back: Whether the terminal ends single attributes and colours; an old one only all of them.
    """
    if before is after:
        return ""
    wanted = [*after.attributes, *filter(None, (after.ink, after.paper))]
    anew = f"\x1b[0;{';'.join(wanted)}m" if wanted else "\x1b[m"
    ended = [code for code in before.attributes if code not in after.attributes]
    lost = [
        code for old, new, code in ((before.ink, after.ink, "39"), (before.paper, after.paper, "49")) if old and not new
    ]
    faint_and_bold = {"1", "2"}
    if (ended or lost) and not takes_back:
        return anew
    if any(code not in _TAKEN_BACK_BY for code in ended):
        return anew
    if faint_and_bold.intersection(ended) and faint_and_bold.intersection(after.attributes):
        return anew
    codes = list(dict.fromkeys(_TAKEN_BACK_BY[code] for code in ended)) + lost
    codes += [code for code in after.attributes if code not in before.attributes]
    codes += [new for old, new in ((before.ink, after.ink), (before.paper, after.paper)) if new and new != old]
    by_steps = f"\x1b[{';'.join(codes)}m"
    return by_steps if len(by_steps) < len(anew) else anew


_SIMPLE = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193]*")


def is_simple(text: str) -> bool:
    """Whether every letter is a glyph of its own that takes one cell on every terminal: nearly all of a list is so."""
    return (text.isascii() and text.isprintable()) or _SIMPLE.fullmatch(text) is not None


@lru_cache(4096)
def glyphs_of(text: str) -> tuple[str, ...]:
    """A text as one glyph a cell; what takes no cell belongs to the glyph before it, if there is one."""
    if not text.isprintable():
        text = "".join(letter for letter in text if letter >= " " and not "\x7f" <= letter < "\xa0")
    glyphs: list[str] = []
    for start, end, cells in split_graphemes(text)[0]:
        glyphs.append(text[start:end])
        glyphs.extend([""] * (cells - 1))
    return tuple(glyphs)


@lru_cache(4096)
def cells_of(glyph: str) -> int:
    """How many cells a glyph takes."""
    return split_graphemes(glyph)[1]


@lru_cache(4096)
def width_is_certain(glyph: str) -> bool:
    """Whether every terminal agrees on how many cells a glyph takes: not on emoji and what is put together."""
    if len(glyph) > 1:
        return glyph[0] < "\u0300" and all("\u0300" <= mark < "\u0370" for mark in glyph[1:])
    if glyph < "\u0300" or cells_of(glyph) == 1:
        return glyph < "\u2c00"
    return any(first <= glyph <= last for first, last in _WIDE)


_WIDE = (
    ("\u1100", "\u115f"), ("\u2e80", "\ua4cf"), ("\uac00", "\ud7a3"), ("\uf900", "\ufaff"), ("\ufe30", "\ufe6f"),
    ("\uff00", "\uff60"), ("\uffe0", "\uffe6"), ("\U00020000", "\U0003fffd"),
)  # fmt: skip
"""Letters of East Asia, two cells wide since there are terminals."""


class _Cells(dict[str, Cell]):
    """The cells of one pen by glyph, each made once: cells that are the same are nearly always the same object."""

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self._pen = pen
        self[" "] = blank_with(pen)

    def __missing__(self, glyph: str) -> Cell:
        cell = self[glyph] = (glyph, self._pen)
        return cell


class Drawer:
    """Makes cells of texts and their styles, in the colours and letters of one terminal."""

    MOST_KEPT = 1_000

    def __init__(self, colours: ColorSystem, render: Callable[[str], str]) -> None:
        """
        Args:
            colours: How many colours there are.
            render: What this terminal can show of a text or an SGR sequence, cell for cell.
        """
        self._colours = colours
        self._render = render
        self._by_pen: dict[Pen, _Cells] = {}
        self._by_style: dict[Style | None, _Cells] = {}
        self._kept: dict[tuple[str, Style | None], list[Cell]] = {}

    def cells(self, spans: Iterable[tuple[str, Style | None]]) -> list[Cell]:
        """The cells of texts and their styles, one behind the other."""
        cells: list[Cell] = []
        for text, style in spans:
            if not text:
                continue
            found = self._kept.get((text, style))
            if found is None:
                found = self._draw(text, style)
            if found and not cells_of(found[0][0]) and cells:
                # A mark whose letter is in the span before, as when the caret stands between them.
                lead = -1 if cells[-1][0] or len(cells) == 1 else -2
                cells[lead] = (cells[lead][0] + found[0][0], cells[lead][1])
                found = found[1:]
            cells.extend(found)
        return cells

    def _draw(self, text: str, style: Style | None) -> list[Cell]:
        """The cells of one span; only the first may be a mark that takes none."""
        of_pen = self._by_style.get(style)
        if of_pen is None:
            of_pen = self._cells_of_style(style)
        shown = self._render(text)
        glyphs = shown if is_simple(shown) else glyphs_of(shown)
        drawn = list(map(of_pen.__getitem__, glyphs))
        if len(self._kept) >= self.MOST_KEPT:
            self._kept.clear()
        self._kept[text, style] = drawn
        return drawn

    def _cells_of_style(self, style: Style | None) -> _Cells:
        found = _SGR.search(self._render(style.render("x", color_system=self._colours))) if style else None
        pen = read_pen(found[1]) if found else PLAIN
        if len(self._by_style) >= self.MOST_KEPT:
            self._by_style.clear()
        of_pen = self._by_style[style] = self._by_pen.setdefault(pen, _Cells(pen))
        return of_pen
