"""A strict terminal for tests of what is written to one: it knows a few sequences and refuses every other.

    glass = Glass(80, 24)
    glass.feed("\x1b[2;5Hhello")
    assert glass.lines()[1] == "    hello"

Two terminals need not agree on everything. Where they differ it is a choice: whether erased cells take the colour
that is set, whether a line feed also goes to the first column, what happens behind the last column, and whether
letters that join are one glyph.
"""

from __future__ import annotations

import re
import unicodedata

from rich.cells import get_character_cell_size

Look = tuple[frozenset[str], str, str]
"""Attributes, ink, paper."""
GlassCell = tuple[str, Look]

NOTHING: Look = (frozenset(), "", "")
_SEEN = {"4", "7", "9"}
_TOKEN = re.compile(r"\x1b\[(?P<mark>\??)(?P<parameters>[0-9;]*)(?P<final>[@-~])|(?P<plain>\x1b\(B|.)", re.DOTALL)


class Glass:
    """A screen."""

    def __init__(
        self,
        width: int,
        height: int,
        *,
        bce: bool = True,
        newline: bool = True,
        waits: bool = False,
        joins: bool = True,
    ) -> None:
        """
        Args:
            width: Columns.
            height: Rows.
            bce: Whether erased cells have the paper that is set.
            newline: Whether the line feed goes to the first column, as the kernel's does.
            waits: Whether the cursor stands behind the last column after that was written, even without wrapping.
            joins: Whether emoji joined by a zero-width joiner are one glyph.
        """
        self.width, self.height = width, height
        self._bce, self._newline, self._waits, self._joins = bce, newline, waits, joins
        self.cells: list[list[GlassCell]] = [[("x", NOTHING)] * width for _ in range(height)]
        self.x = self.y = 0
        self.look = NOTHING
        self._top, self._bottom = 0, height - 1
        self.questions = 0
        self._drawn: int | None = None

    def lines(self) -> list[str]:
        """The text, without blanks at the ends."""
        return ["".join(glyph for glyph, _look in line).rstrip() for line in self.cells]

    def seen(self) -> list[list[GlassCell]]:
        """The cells by what can be seen of them: a blank shows neither boldness nor ink."""
        return [[_seen(cell) for cell in line] for line in self.cells]

    def feed(self, text: str) -> None:
        """Draw.

        Raises:
            ValueError: a sequence that not every terminal in use knows.
        """
        for token in _TOKEN.finditer(text):
            if (token["plain"] or "") < " ":
                self._drawn = None
            if token["final"]:
                self._control(token["mark"], token["parameters"], token["final"])
            else:
                self._plain(token["plain"])

    def _plain(self, letter: str) -> None:
        if letter == "\r":
            self.x = 0
        elif letter == "\n":
            self.x = 0 if self._newline else self.x
            if self.y == self._bottom:
                self._move_lines(self._top, 1)
            else:
                self.y = min(self.y + 1, self.height - 1)
        elif letter == "\b":
            self.x = max(self.x - 1, 0)
        elif letter >= " ":
            self._draw(letter)
        elif letter not in ("\x0f", "\x1b(B", "\x07"):
            raise ValueError(f"not for every terminal: {letter!r}")

    def _draw(self, letter: str) -> None:
        width = get_character_cell_size(letter)
        before = self._glyph_before()
        joined = self._joins and before is not None and self.cells[self.y][before][0].endswith("\u200d")
        if width == 0 or joined:
            if before is not None:
                glyph, look = self.cells[self.y][before]
                self.cells[self.y][before] = (glyph + letter, look)
                if letter == "\ufe0f" and self._joins and self.cells[self.y][before + 1 : before + 2] != [("", look)]:
                    self._put(before + 1, "", look)
                    self.x = min(before + 2, self.width - 1)
            return
        if self.x + width > self.width:
            self.x = self.width - width
        self._put(self.x, letter, self.look)
        self._drawn = self.x
        if width == 2:
            self._put(self.x + 1, "", self.look)
        self.x = min(self.x + width, self.width if self._waits else self.width - 1)

    def _glyph_before(self) -> int | None:
        """Where the glyph stands that a mark drawn now belongs to."""
        if self._drawn is not None:
            return self._drawn
        x = min(self.x, self.width) - 1
        while x >= 0 and self.cells[self.y][x][0] == "":
            x -= 1
        return x if x >= 0 else None

    def _put(self, x: int, glyph: str, look: Look) -> None:
        """One cell; the other half of a wide glyph that was there becomes blank."""
        if x >= self.width:
            return
        line = self.cells[self.y]
        if line[x][0] == "" and x and glyph != "":
            line[x - 1] = (" ", line[x - 1][1])
        if x + 1 < self.width and line[x + 1][0] == "":
            line[x + 1] = (" ", line[x + 1][1])
        line[x] = (glyph, look)

    def _blank(self) -> GlassCell:
        return " ", (frozenset(), "", self.look[2] if self._bce else "")

    def _control(self, mark: str, parameters: str, final: str) -> None:
        numbers = [int(number or 0) for number in parameters.split(";")]
        count = max(numbers[0], 1)
        line = self.cells[self.y]
        x = min(self.x, self.width - 1)
        if mark:
            if final not in "hl" or numbers[0] not in (6, 7, 25, 2026):
                raise ValueError(f"not for every terminal: CSI ?{parameters}{final}")
            return
        match final:
            case "m":
                self._colour(parameters)
            case "H":
                self.y = min(count, self.height) - 1
                self.x = min(max(numbers[1] if len(numbers) > 1 else 1, 1), self.width) - 1
            case "A" | "B":
                self.y = max(self.y - count, 0) if final == "A" else min(self.y + count, self.height - 1)
            case "C" | "D":
                self.x = min(self.x + count, self.width - 1) if final == "C" else max(self.x - count, 0)
            case "K" if numbers[0] == 0:
                line[x:] = [self._blank()] * (self.width - x)
            case "J" if numbers[0] == 2:
                self.cells = [[self._blank()] * self.width for _ in range(self.height)]
            case "X":
                line[x : x + count] = [self._blank()] * len(line[x : x + count])
            case "P":
                line[x:] = [*line[x + count :], *[self._blank()] * min(count, self.width - x)]
            case "@":
                line[x:] = [*[self._blank()] * count, *line[x:]][: self.width - x]
            case "r":
                self._top = count - 1
                self._bottom = (numbers[1] if len(numbers) > 1 else self.height) - 1
                self.x = self.y = 0
            case "M" | "L":
                if self._top <= self.y <= self._bottom:
                    self._move_lines(self.y, count if final == "M" else -count)
                    self.x = 0
            case "l" if numbers == [4]:
                pass
            case "n" if numbers == [5]:
                self.questions += 1
            case _:
                raise ValueError(f"not for every terminal: CSI {parameters}{final}")

    def _move_lines(self, top: int, by: int) -> None:
        """Move the lines from `top` to the end of the region up by so many, or down."""
        part = self.cells[top : self._bottom + 1]
        blank = [[self._blank()] * self.width for _ in range(min(abs(by), len(part)))]
        self.cells[top : self._bottom + 1] = part[by:] + blank if by > 0 else blank + part[:by]

    def _colour(self, parameters: str) -> None:
        attributes, ink, paper = self.look
        codes = iter(parameters.split(";"))
        for code in codes:
            match code:
                case "" | "0":
                    attributes, ink, paper = NOTHING
                case "38" | "48":
                    kind = next(codes)
                    colour = ";".join([code, kind, *(next(codes) for _ in range(3 if kind == "2" else 1))])
                    ink, paper = (colour, paper) if code == "38" else (ink, colour)
                case "39":
                    ink = ""
                case "49":
                    paper = ""
                case "22":
                    attributes -= {"1", "2"}
                case "23" | "24" | "27" | "29":
                    attributes -= {code[1]}
                case "1" | "2" | "3" | "4" | "7" | "9":
                    attributes |= {code}
                case _ if code[:-1] in ("3", "9"):
                    ink = code
                case _ if code[:-1] in ("4", "10"):
                    paper = code
                case _:
                    raise ValueError(f"not for every terminal: SGR {parameters}")
        self.look = attributes, ink, paper


def _seen(cell: GlassCell) -> GlassCell:
    glyph, (attributes, ink, paper) = cell
    if glyph == " " and not attributes & _SEEN:
        return " ", (frozenset(), "", paper)
    return unicodedata.normalize("NFC", glyph), (attributes, ink, paper)
