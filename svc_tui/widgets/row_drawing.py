"""How the rows of a list are drawn: the columns that fit, side by side on one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from rich.style import Style

from svc_tui.domain.damage import MARK, is_hurt
from svc_tui.domain.text import shown
from svc_tui.widgets.lines import Line, Span, fit, line_of, width_of
from svc_tui.widgets.look import look
from svc_tui.widgets.row_source import Column

R = TypeVar("R")

SHORTEST_CUT = 4
"""A last column that has fewer cells left is not shown."""
SHORTEST_TITLE = 7
"""Nor is one with fewer than these, unless that is its whole title."""

MOST_KEPT = 200
"""Lines that are kept as they were drawn."""


class RowDrawing(Generic[R]):
    """Draws rows in columns. Lines without the cursor are kept: a list that scrolls draws nearly all of them again."""

    def __init__(self, columns: Sequence[Column[R]], *, marks: bool) -> None:
        """
        Args:
            columns: What is shown of a row.
            marks: Whether a column in front tells what is selected.
        """
        self.columns = list(columns)
        self.marks = marks
        self.across: Callable[[R], str] = lambda row: ""
        """A text that stands across the whole line of a row, in place of its columns."""
        self.widths: tuple[int, ...] = ()
        """Cells of each column that fits."""
        self.needs: tuple[int, ...] = ()
        """Cells that each column needs for the rows it was measured by; empty before."""
        self._kept: dict[tuple[R, bool], Line] = {}

    def measure_by(self, rows: Sequence[R], width: int) -> bool:
        """Let the columns have what these rows need, as far as there is room; False when that changes nothing.

        Where there are no rows, they stay as they were for the rows before.
        """
        before = self.widths
        if rows:
            self.needs = tuple(
                max(width_of(shown(column.cell(row))) for row in rows) if column.flex else column.width
                for column in self.columns
            )
        self.measure(width)
        return self.widths != before

    def measure(self, width: int) -> None:
        """Reckon how wide the columns are that fit.

        A text is cut as long as its column's title can be read; a number is shown whole or not at all.
        """
        self.forget()
        widths: list[int] = []
        whole = max(width - self.marks, 0)
        left = whole
        for column in self.columns:
            least = SHORTEST_CUT if not widths else max(SHORTEST_CUT, min(width_of(column.title), SHORTEST_TITLE))
            if column.width > left and (column.right or column.whole or left < least):
                break
            widths.append(min(column.width, left))
            left = max(left - column.width - 1, 0)
        left = max(whole - sum(widths) - max(len(widths) - 1, 0), 0)
        self.widths = tuple(self._shared_out(widths, left))

    def _shared_out(self, widths: list[int], left: int) -> list[int]:
        """The widths with what is left over: each by its share, none more than it needs while another is cut."""
        flex = [column.flex for column in self.columns[: len(widths)]]
        needs = self.needs if len(self.needs) == len(self.columns) else ()
        while needs and left:
            lacking = [place for place, share in enumerate(flex) if share and widths[place] < needs[place]]
            shares = sum(flex[place] for place in lacking)
            room = left
            for place in lacking:
                more = min(max(room * flex[place] // shares, 1), needs[place] - widths[place], left)
                widths[place] += more
                left -= more
            if not lacking:
                break
        shares = sum(flex) or 1
        return [least + left * share // shares for least, share in zip(widths, flex, strict=True)]

    def is_cut(self, row: R, title: str) -> bool:
        """Whether what a row has in the column with this title is not shown whole."""
        for column, cells in zip(self.columns, self.widths, strict=False):
            if column.title.startswith(title):  # of the one sorted by, an arrow follows
                return width_of(shown(column.cell(row))) > cells
        return True

    def cut(self, row: R) -> list[str]:
        """What a row shows only the beginning of, whole."""
        cells = ((shown(column.cell(row)), width) for column, width in zip(self.columns, self.widths, strict=False))
        return [text for text, width in cells if width_of(text) > width]

    def forget(self) -> None:
        """Draw all lines anew: what a row shows may hang on more than the row."""
        self._kept.clear()

    def heading(self, width: int) -> Line:
        """The titles of the columns."""
        cells = [
            fit(column.title, cells, right=column.right)
            for column, cells in zip(self.columns, self.widths, strict=False)
        ]
        return line_of([(" " * self.marks + " ".join(cells), look().heading)], width, look().heading)

    def column_at(self, x: int) -> int | None:
        """The column whose heading is at a cell; None in the margin and between two."""
        begin = int(self.marks)
        for place, width in enumerate(self.widths):
            if begin <= x < begin + width:
                return place
            begin += width + 1
        return None

    def row(self, row: R, base: Style, width: int, *, is_selected: bool) -> Line:
        """A row, as the cursor or its absence has it look."""
        if across := self.across(row):
            return line_of([(fit(across, width), base)], width, base)
        if base is not look().plain or not self.marks:
            return self._draw(row, base, width, is_selected)
        kept = self._kept.get((row, is_selected))
        if kept is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = self._kept[row, is_selected] = self._draw(row, base, width, is_selected)
        return kept

    @property
    def _marked(self) -> int:
        """The column that is marked of a row with a value that cannot be."""
        texts = [place for place, column in enumerate(self.columns) if column.flex and not column.right]
        return texts[0] if texts else 0

    def _draw(self, row: R, base: Style, width: int, is_selected: bool) -> Line:
        is_plain = base is look().plain
        spans: list[Span] = []
        texts: list[str] = []
        if self.marks:
            spans.append(("*" if is_selected else " ", look().mark if is_plain else base))
        hurt = self._marked if is_hurt(row) and not hasattr(row, "damage") else None
        for place, (column, cells) in enumerate(zip(self.columns, self.widths, strict=False)):
            _title, _width, cell, _flex, right, _whole, style = column
            text = fit(f"{MARK} {cell(row)}" if place == hurt else cell(row), cells, right=right)
            if style is None or not is_plain:
                texts.append(text)
                continue
            spans += ((" ".join((*texts, "")), base), (text, style(row)))
            texts = [""]
        taken = self.marks + sum(self.widths) + max(len(self.widths) - 1, 0)
        if taken < width:
            texts.append(" " * (width - taken - bool(texts)))
        spans.append((" ".join(texts), base))
        line = Line(spans, max(taken, width))
        return line.cut(width) if taken > width else line  # when the width has changed and nothing is measured yet
