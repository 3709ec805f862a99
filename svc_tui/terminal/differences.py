"""Where two lines of cells differ, and what of them has only moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import eq, is_not
from typing import NamedTuple

from svc_tui.terminal.cells import BLANK, Cell

Run = tuple[int, int]
"""First column, and the one behind the last."""


def differing_runs(old: list[Cell], new: list[Cell], gap: int = 0) -> list[Run]:
    """Where two lines differ; a wide glyph is written whole, and up to `gap` cells between two runs belong to them."""
    differs = bytes(map(is_not, old, new))  # the same cell is nearly always the same object, and that is soon seen
    runs = [found.span() for found in _finder(gap)(differs)]
    width = len(new)
    for first, last in runs:
        if not (old[first][0] and new[first][0]) or (last < width and not (old[last][0] and new[last][0])):
            return _whole(runs, old, new)
    return runs


@lru_cache
def _finder(gap: int) -> Callable[[bytes], Iterator[re.Match[bytes]]]:
    return re.compile(rb"\x01(?:\x00{0,%d}\x01)*" % gap).finditer


def _whole(runs: list[Run], old: list[Cell], new: list[Cell]) -> list[Run]:
    """The runs, none of which begins or ends within a wide glyph."""
    found: list[Run] = []
    for run in runs:
        first, last = run
        while first and (old[first][0] == "" or new[first][0] == ""):
            first -= 1
        while last < len(new) and (old[last][0] == "" or new[last][0] == ""):
            last += 1
        while found and first <= found[-1][1]:
            before = found.pop()
            first, last = min(first, before[0]), max(last, before[1])
        found.append((first, last))
    return found


def moved_by_one(old: list[Cell], new: list[Cell], by: int, least: int) -> tuple[int, int, int]:
    """The longest part of the old line that stands one cell further in the new one: from, to, and cells that saves.

    Nothing when fewer than `least` stand there, which is soon found out.
    """
    best = (0, 0, 0)
    ahead = new[1:] if by > 0 else new
    behind = old if by > 0 else old[1:]
    if sum(map(eq, behind, ahead)) < least:
        return best
    offset = 0 if by > 0 else 1
    first = last = offset
    saved = 0
    for place, (before, after) in enumerate(zip(behind, ahead, strict=False), offset):
        if before != after:
            if saved > best[2]:
                best = (first, last, saved)
            first, saved = place + 1, 0
            continue
        last = place + 1
        saved += old[place] != new[place]
    return (first, last, saved) if saved > best[2] else best


def text_of(line: list[Cell]) -> str:
    return "".join([cell[0] for cell in line])


def count_differing(old: list[Cell], new: list[Cell]) -> int:
    return sum(map(is_not, old, new))


def densest(rows: list[int]) -> list[int]:
    """The part of some rows without a gap of more than three."""
    parts: list[list[int]] = []
    for y in rows:
        if parts and y - parts[-1][-1] <= 4:
            parts[-1].append(y)
        else:
            parts.append([y])
    return max(parts, key=len, default=[])


class MovedLines(NamedTuple):
    """A block of lines that a terminal can move."""

    top: int
    bottom: int
    by: int
    """Lines upwards; downwards when negative."""
    lines: list[list[Cell]]
    """What stands from `top` to `bottom` then."""
    saved: int
    """Cells that need not be written."""


def moved_lines(old: list[list[Cell]], new: list[list[Cell]], rows: list[int]) -> MovedLines | None:
    """The block that most of the lines that differ say has moved, with some others that moved along; None for none."""
    votes = Counter(
        before - y for y in rows if not _is_blank(line := new[y]) for before, shown in enumerate(old) if shown == line
    )
    if not votes:
        return None
    by, count = votes.most_common(1)[0]
    if count < 3:
        return None
    old_texts, new_texts = [text_of(line) for line in old], [text_of(line) for line in new]
    matched = [y for y, text in enumerate(new_texts) if 0 <= y + by < len(old) and text == old_texts[y + by]]
    matched = densest([y for y in matched if not new_texts[y].isspace()])
    if not matched:
        return None
    top, bottom = min(matched[0], matched[0] + by), max(matched[-1], matched[-1] + by)
    lines = _moved(old[top : bottom + 1], by)
    saved = sum(
        count_differing(old[y], new[y]) - count_differing(lines[y - top], new[y]) for y in range(top, bottom + 1)
    )
    return MovedLines(top, bottom, by, lines, saved)


def _moved(region: list[list[Cell]], by: int) -> list[list[Cell]]:
    """These lines after they have moved up by so many."""
    blank = [[BLANK] * len(region[0]) for _ in range(min(abs(by), len(region)))]
    return region[by:] + blank if by > 0 else blank + region[:by]


def _is_blank(line: list[Cell]) -> bool:
    return all(glyph == " " for glyph, _pen in line)
