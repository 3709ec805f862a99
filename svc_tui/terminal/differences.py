"""Where two lines of cells differ, and what of them has only moved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import eq, is_not

from svc_tui.terminal.cells import Cell

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
