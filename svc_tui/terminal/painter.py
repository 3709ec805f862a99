"""What a terminal shows and what it should show, and the fewest bytes from the one to the other.

Knows nothing of Textual. Only sequences that a VT220 and the Linux console know too are used: absolute and relative
moves, erasing to the end of the line and of some cells, inserting and deleting lines within a scroll region.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import compress
from operator import is_not

from svc_tui.terminal.cells import (
    BLANK,
    PLAIN,
    SEEN_ON_BLANKS,
    Cell,
    Pen,
    blank_with,
    change,
    is_simple,
    width_is_certain,
)
from svc_tui.terminal.differences import Run, differing_runs, moved_by_one, moved_lines, text_of

AFRESH = "\x1b[m\x1b(B\x0f\x1b[?6l\x1b[4l\x1b[r\x1b[?7l\x1b[?25l\x1b[H\x1b[2J"
"""Everything another program may have left behind taken back (attributes, line drawing, origin, insert mode, scroll
region, wrapping, the cursor), and the screen cleared."""

SHOW_CURSOR, HIDE_CURSOR = "\x1b[?25h", "\x1b[?25l"

LONG_BLANK = " " * 10
"""From here on blanks within a line are erased, which takes two sequences."""
LONGEST_BRIDGE = 6
"""Cells that stand right already and may be written again to save a move."""
LONGEST_REWRITTEN = 4
"""Cells that may take fewer bytes to write again than to move over."""
MANY_LINES = 8
"""In a frame of so many, that many cells between two that differ are written again without reckoning: it saves time."""
LEAST_SAVED_BY_SCROLLING = 40
LEAST_SAVED_BY_SHIFTING = 25
"""Cells."""
MOST_LINES_TO_SHIFT = 3
"""In a frame of more, it is hardly a letter that was typed, and looking costs time."""

_HOLES = re.compile(f"({LONG_BLANK} *)")


class Painter:
    """The screen of one terminal."""

    def __init__(self, *, takes_back: bool = True, erases: bool = True, scrolls: bool = True) -> None:
        """
        Args:
            takes_back: Whether the terminal ends single attributes (SGR 22 to 29, 39, 49).
            erases: Whether it erases some cells (ECH).
            scrolls: Whether it inserts and deletes lines within a region.
        """
        self._takes_back, self._erases, self._scrolls = takes_back, erases, scrolls
        self.width = self.height = 0
        self.wanted: list[list[Cell]] = []
        self.shown: list[list[Cell]] = []
        self._touched: set[int] = set()
        self._known = False
        self._cursor: tuple[int, int] | None = None
        """Where the terminal's cursor should stand; None leaves it where it was."""
        self._cursor_is_wanted = self._cursor_is_shown = False
        self._pen = self._blank_pen = PLAIN
        self._x: int | None = None
        self._y: int | None = None
        self._out: list[str] = []

    # -- what should be seen -------------------------------------------------------------------------------

    def resize(self, width: int, height: int) -> None:
        """A screen of this size, blank; nothing is known of what the terminal shows."""
        self.width, self.height = width, height
        self.wanted = [[BLANK] * width for _ in range(height)]
        self.forget()

    def put(self, x: int, y: int, cells: Sequence[Cell]) -> None:
        """These cells should be seen from here on; what is cut off on the right is left out."""
        if not (0 <= y < self.height and 0 <= x < self.width):
            return
        line = self.wanted[y]
        end = min(x + len(cells), self.width)
        before = line[x:end]
        if len(cells) > end - x:
            halved = cells[end - x][0] == ""
            cells = cells[: end - x]
            if halved:
                cells = [*cells[:-1], blank_with(cells[-1][1])]
        if before == cells:
            return
        if x and line[x][0] == "":
            line[x - 1] = blank_with(line[x - 1][1])
        if end < self.width and line[end][0] == "":
            line[end] = blank_with(line[end][1])
        line[x:end] = cells
        self._touched.add(y)

    def forget(self) -> None:
        """Somebody else has written to the terminal: the next paint is of everything."""
        self._known = False

    # -- how it gets there ---------------------------------------------------------------------------------

    def paint(self) -> tuple[str, int]:
        """The bytes that make the terminal show what should be seen, nothing when it does; and the lines they touch."""
        self._out = []
        if not self._known:
            self._begin_afresh()
        rows = sorted(y for y in self._touched if self.wanted[y] != self.shown[y])
        self._touched.clear()
        if self._scrolls and len(rows) > 3 and self._scroll(rows):
            rows = [y for y in range(self.height) if self.wanted[y] != self.shown[y]]
        if self._erases and len(rows) <= MOST_LINES_TO_SHIFT:
            for y in rows:
                self.shown[y] = self._shift(y, self.shown[y], self.wanted[y])
        for y in rows:
            self._paint_line(y, self.shown[y], self.wanted[y], is_one_of_many=len(rows) >= MANY_LINES)
            self.shown[y] = self.wanted[y].copy()
        self._stand_on_cursor()
        return "".join(self._out), len(rows)

    @property
    def is_due(self) -> bool:
        """Whether there may be something to paint."""
        return not self._known or bool(self._touched)

    def place_cursor(self, place: tuple[int, int] | None, *, is_shown: bool) -> None:
        """After the next frame the terminal's cursor stands in this cell, to be seen or not."""
        self._cursor, self._cursor_is_wanted = place, is_shown and place is not None

    def _stand_on_cursor(self) -> None:
        if self._cursor is not None:
            x, y = self._cursor
            if x < self.width and y < self.height and (self._x, self._y) != (x, y):
                self._go(x, y, is_painted=False)
        if self._cursor_is_wanted != self._cursor_is_shown:
            self._cursor_is_shown = self._cursor_is_wanted
            self._out.append(SHOW_CURSOR if self._cursor_is_shown else HIDE_CURSOR)

    def _begin_afresh(self) -> None:
        self._known = True
        self._out.append(AFRESH)
        self._cursor_is_shown = False
        self.shown = [[BLANK] * self.width for _ in range(self.height)]
        self._touched = set(range(self.height))
        self._pen = self._blank_pen = PLAIN
        self._x, self._y = 0, 0

    def _paint_line(self, y: int, old: list[Cell], new: list[Cell], *, is_one_of_many: bool) -> None:
        end = self.width
        while end and new[end - 1] == BLANK:
            end -= 1
        runs = differing_runs(old, new, LONGEST_REWRITTEN if is_one_of_many else 0)
        tail = [(max(first, end), last) for first, last in runs if last > end]
        to_erase = sum(last - first for first, last in tail)
        if to_erase > 3:
            runs = [(first, min(last, end)) for first, last in runs if first < end]
        erase_from = tail[0][0] if to_erase > 3 else self.width
        for first, last in runs if is_one_of_many else self._bridged(runs, new):
            text = text_of(new[first:last])
            if len(text) == last - first and is_simple(text):
                self._write(y, first, new[first:last], text)
            elif all(width_is_certain(glyph) for glyph, _pen in new[first:last]):
                self._write_one_by_one(y, first, new, last)
            else:
                # What such a glyph does to the cells behind it differs: all of them are written, each in its place.
                self._write_one_by_one(y, first, new, max(end, last))
                erase_from = max(end, last)
                break
        if erase_from < self.width:
            self._go(erase_from, y)
            self._draw_blanks_with(PLAIN)
            self._out.append("\x1b[K")

    def _shift(self, y: int, old: list[Cell], new: list[Cell]) -> list[Cell]:
        """Move a part of the line by one cell if that saves enough, as before a letter typed; gives what is shown then.

        One cell is deleted at one end of the part and one inserted at the other, so that what follows stays in place.
        """
        for by in (1, -1):
            first, last, saved = moved_by_one(old, new, by, LEAST_SAVED_BY_SHIFTING)
            if saved < LEAST_SAVED_BY_SHIFTING or not all(
                glyph and width_is_certain(glyph) for glyph, _pen in old[first:]
            ):
                continue
            gone, put = (last, first) if by > 0 else (first - 1, last - 1)
            self._go(gone, y, is_painted=False)
            self._draw_blanks_with(PLAIN)
            self._out.append("\x1b[P")
            self._go(put, y, is_painted=False)
            self._out.append("\x1b[@")
            shifted = old[:gone] + old[gone + 1 :]
            return [*shifted[:put], BLANK, *shifted[put:]]
        return old

    def _bridged(self, runs: list[Run], new: list[Cell]) -> Iterator[Run]:
        """The runs, those with little between them made one where that is shorter than a move."""
        at = 0
        while at < len(runs):
            first, last = runs[at]
            while at + 1 < len(runs) and runs[at + 1][0] - last <= LONGEST_BRIDGE:
                gap_end = runs[at + 1][0]
                pen, bridge = new[last - 1][1], 0
                for glyph, wanted in new[last:gap_end]:
                    if wanted is pen or (glyph == " " and wanted is pen.blank):
                        bridge += 1
                        continue
                    bridge += len(change(pen, wanted, self._takes_back)) + len(glyph.encode())
                    pen = wanted
                if bridge < 4 and new[gap_end][1] is pen is new[last - 1][1]:
                    last = runs[at + 1][1]
                    at += 1
                    continue
                bridge += len(change(pen, new[gap_end][1], self._takes_back))
                jump = len(_forward(gap_end - last)) + len(change(new[last - 1][1], new[gap_end][1], self._takes_back))
                if bridge > jump:
                    break
                last = runs[at + 1][1]
                at += 1
            yield first, last
            at += 1

    def _write(self, y: int, first: int, cells: list[Cell], text: str) -> None:
        """Draw cells of one letter each from `first` on, a stretch of one pen after the other."""
        pens = [pen for _glyph, pen in cells]
        ends: list[int] = []
        if pens.count(pens[0]) < len(pens):
            ends = list(compress(range(1, len(pens)), map(is_not, pens[1:], pens)))
        if len(ends) > 1:
            ends = list(_ends_seen(ends, pens, text))
        start = 0
        for end in (*ends, len(cells)):
            pen, stretch = pens[start], text[start:end]
            if pen == PLAIN and self._erases and LONG_BLANK in stretch:
                self._write_with_holes(y, first + start, stretch)
            else:
                self._go(first + start, y)
                if not stretch.strip(" "):
                    self._draw_blanks_with(pen)
                else:
                    self._pick_up(pen)
                self._out.append(stretch)
                self._stand_at(first + end)
            start = end

    def _write_with_holes(self, y: int, x: int, text: str) -> None:
        """Draw a plain text; the long blanks in it are erased."""
        for part in _HOLES.split(text):
            if part.startswith(LONG_BLANK):
                self._go(x, y)
                self._draw_blanks_with(PLAIN)
                self._out.append(f"\x1b[{len(part)}X")
            elif part:
                self._go(x, y)
                self._pick_up(PLAIN)
                self._out.append(part)
                self._stand_at(x + len(part))
            x += len(part)

    def _write_one_by_one(self, y: int, first: int, new: list[Cell], last: int) -> None:
        """Draw cells among which some are wide, or of a width that terminals do not agree on."""
        x = first
        while x < last:
            glyph, pen = new[x]
            self._go(x, y)
            if glyph == " ":
                self._draw_blanks_with(pen)
            else:
                self._pick_up(pen)
            self._out.append(glyph)
            x += 2 if x + 1 < self.width and new[x + 1][0] == "" else 1
            self._stand_at(x if glyph.isascii() or width_is_certain(glyph) else None)

    def _stand_at(self, x: int | None) -> None:
        """Where the cursor is on its line. In the last column a terminal waits or does not: that is not known."""
        self._x = x if x is not None and x < self.width else None

    def _draw_blanks_with(self, wanted: Pen) -> None:
        """Pick up the pen unless blanks look the same with the one in force."""
        if self._blank_pen == wanted:
            return
        kept, sequence = wanted, change(self._pen, wanted, self._takes_back)
        if wanted == Pen(paper=wanted.paper):
            # A blank does not show these: they need not be given up.
            unseen = tuple(code for code in self._pen.attributes if code not in SEEN_ON_BLANKS)
            like_before = Pen(unseen, self._pen.ink, wanted.paper)
            if len(change(self._pen, like_before, self._takes_back)) < len(sequence):
                kept = like_before
        self._pick_up(kept)

    def _pick_up(self, pen: Pen) -> None:
        if pen is self._pen:
            return
        self._out.append(change(self._pen, pen, self._takes_back))
        self._pen, self._blank_pen = pen, pen.blank

    def _go(self, x: int, y: int, *, is_painted: bool = True) -> None:
        """Move the cursor, the shortest way; `is_painted` when the line is right already up to there."""
        if self._y == y and self._x is not None:
            if self._x == x:
                return
            if x - self._x > LONGEST_REWRITTEN:  # nothing is shorter
                self._out.append(f"\x1b[{x - self._x}C")
                self._x = x
                return
        ways = [f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H" if y else "\x1b[H"]
        if self._y is not None:
            down = y - self._y
            if 0 <= down <= 3:
                # With the carriage return it does not matter whether the kernel adds one to the line feed.
                ways.append("\r" + "\n" * down + self._rightward(0, x, y, is_painted))
            if self._x is not None:
                ways.append(
                    _downward(down)
                    + (self._rightward(self._x, x, y, is_painted) if x >= self._x else _back(self._x - x))
                )
        self._out.append(min(ways, key=len))
        self._x, self._y = x, y

    def _rightward(self, first: int, x: int, y: int, is_painted: bool) -> str:
        """Move on within a line; over a few cells that are right already by writing them again."""
        move = _forward(x - first)
        cells = self.wanted[y][first:x]
        if (
            is_painted
            and len(cells) < len(move)
            and all(
                glyph and glyph.isascii() and (self._blank_pen if glyph == " " else self._pen) == pen
                for glyph, pen in cells
            )
        ):
            return "".join(glyph for glyph, _pen in cells)
        return move

    # -- lines that have moved -----------------------------------------------------------------------------

    def _scroll(self, rows: list[int]) -> bool:
        """Move a block of lines if that saves enough; then what is shown has changed."""
        block = moved_lines(self.shown, self.wanted, rows)
        if block is None or block.saved < LEAST_SAVED_BY_SCROLLING:
            return False
        top, bottom, by = block.top, block.bottom, block.by
        self._draw_blanks_with(PLAIN)
        whole = bottom == self.height - 1
        lines = f"\x1b[{abs(by) if abs(by) > 1 else ''}{'M' if by > 0 else 'L'}"
        if whole:
            self._go(0, top)
            self._out.append(lines)
            self._x = 0
        else:
            self._out.append(f"\x1b[{top + 1};{bottom + 1}r\x1b[{top + 1}H{lines}\x1b[r")
            self._x = self._y = None
        self.shown[top : bottom + 1] = block.lines
        return True


def _ends_seen(ends: list[int], pens: list[Pen], text: str) -> Iterator[int]:
    """Where the pen changes for the eye: a blank between two words looks the same with the pen of the words."""
    pen = pens[0]
    for end, behind in zip(ends, (*ends[1:], len(text)), strict=True):
        wanted = pens[end]
        if wanted is pen or (wanted is pen.blank and behind - end < len(LONG_BLANK) and text[end:behind].isspace()):
            continue
        pen = wanted
        yield end


def _forward(cells: int) -> str:
    return f"\x1b[{cells if cells > 1 else ''}C" if cells else ""


def _back(cells: int) -> str:
    return "\b" * cells if cells < 4 else f"\x1b[{cells}D"


def _downward(lines: int) -> str:
    if not lines:
        return ""
    return f"\x1b[{abs(lines) if abs(lines) > 1 else ''}{'B' if lines > 0 else 'A'}"
