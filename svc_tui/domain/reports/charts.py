"""Bars and columns as text, exact to the cell.

`#` and the signs of a keyboard, or where the terminal has them eighths of a block. What is something is never drawn as
nothing, and less than full never as full.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
HEIGHTS: Final = " ▁▂▃▄▅▆▇█"
LINE: Final = "o"
_STEPS: Final = (10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100)
"""Round tops of a scale, in tenths of a power of ten."""
_WIDEST: Final = 6


def bar(value: int, full: int, width: int, *, rich: bool = False) -> str:
    """As long as the value is of `full`, in exactly `width` cells."""
    if full <= 0 or value <= 0 or width <= 0:
        return " " * max(width, 0)
    if value >= full:
        return ("█" if rich else "#") * width
    if rich:
        eighths = min(max((value * width * 8 + full // 2) // full, 1), width * 8 - 1)
        return ("█" * (eighths // 8) + EIGHTHS[eighths % 8].strip()).ljust(width)
    if width == 1:
        return "#"
    return ("#" * min(max((value * width + full // 2) // full, 1), width - 1)).ljust(width)


class Bar(NamedTuple):
    """One line of a chart of bars."""

    name: str
    value: int
    figure: str
    """The value as it is written."""


def nice(top: int) -> int:
    """A round number that is not below: the top of a scale."""
    power = 1
    while power * 10 <= top:
        power *= 10
    return next((power * step // 10 for step in _STEPS if power * step % 10 == 0 and power * step >= top * 10), top)


class Columns(NamedTuple):
    """A chart of columns, line by line."""

    lines: list[str]
    first: int
    """Cells before the first column."""
    each: int
    """Cells from one column to the next."""
    shown: int
    """How many of the values there is room for: the last ones."""


def columns(
    values: Sequence[int],
    line: Sequence[int],
    labels: Sequence[str],
    width: int,
    height: int,
    *,
    rich: bool = False,
) -> Columns:
    """A column for each value, and over it the sign of a second one; a scale at the left, labels below.

    Args:
        values: The columns.
        line: The second values, as many.
        labels: What stands below each; empty for nothing. Where two would touch, the later one is left out.
        width: Cells of every line, at the most.
        height: Lines, the axis and the labels with them; four or more.
        rich: Whether columns end in eighths of a block.
    """
    top = nice(max([*values, *line, 1]))
    scale = len(str(top))
    room = max(width - scale - 2, 1)
    shown = min(len(values), room)
    each = max(1, min(_WIDEST, room // max(shown, 1)))
    values, line, labels = values[-shown:], line[-shown:], labels[-shown:]
    rows = max(height - 2, 1)
    made = []
    for level in range(rows, 0, -1):
        cells = "".join(
            (LINE if mark > 0 and _height(mark, top, rows) == level else _part(value, top, rows, level, rich))
            * _fat(each)
            + " " * (each - _fat(each))
            for value, mark in zip(values, line, strict=True)
        )
        made.append(f"{_scale(top, level, rows):>{scale}} |{cells}".rstrip())
    made.append(f"{'0':>{scale}} +{'-' * (each * shown)}")
    made.append(_foot(labels, scale + 2, each, width))
    return Columns([text[:width] for text in made], scale + 2, each, shown)


def _fat(each: int) -> int:
    """Cells that a column is drawn in."""
    return each - 1 if each > 1 else 1


def _height(value: int, top: int, rows: int) -> int:
    """The line that a value reaches: the lowest one for the least."""
    return min(max((2 * value * rows + top) // (2 * top), 1), rows)


def _part(value: int, top: int, rows: int, level: int, rich: bool) -> str:
    """What of a column stands on a line."""
    if value <= 0:
        return " "
    if not rich:
        return "#" if _height(value, top, rows) >= level else " "
    eighths = max(value * rows * 8 // top, 1) - (level - 1) * 8
    return HEIGHTS[max(0, min(8, eighths))]


def _scale(top: int, level: int, rows: int) -> str:
    """What stands beside a line: the top, and the half where it is whole."""
    if level == rows:
        return str(top)
    return str(top * level // rows) if level == (rows + 1) // 2 and top * level % rows == 0 else ""


def _foot(labels: Sequence[str], first: int, each: int, width: int) -> str:
    text = ""
    for place, label in enumerate(labels):
        start = first + place * each
        if label and start + len(label) <= width and (not text or len(text) < start):
            text = text.ljust(start) + label
    return text
