"""A person's work beside his hours as a bar of signs: `####---...`.

Every bar is exactly as wide as asked. Something is never drawn as nothing, less than full never as full.
"""

from __future__ import annotations

DUE, REST, FREE, OVER = "#", "-", ".", ">"
"""Promised until the horizon, other work, free hours; and at the end, that more is promised than there are hours."""


def load_bar(due: int, left: int, capacity: int, width: int) -> str:
    """The bar.

    Args:
        due: Work that is promised until the horizon.
        left: All work, with that.
        capacity: Hours until the horizon, in the same unit.
        width: Cells, two or more.
    """
    if capacity <= 0:
        return (OVER if due else REST if left else FREE).ljust(width, FREE)
    promised = _cells(due, capacity, width)
    if due > capacity:
        return DUE * (width - 1) + OVER
    rest = min(_cells(left, capacity, width), width) - promised
    if left > due and not rest and promised < width:
        rest = 1
        if left < capacity and promised == width - 1 > 1:
            promised -= 1
    return (DUE * promised + REST * max(rest, 0)).ljust(width, FREE)


def _cells(part: int, whole: int, width: int) -> int:
    """Cells of a part: at least one of something, all only of the whole."""
    if part <= 0:
        return 0
    if part >= whole:
        return width
    return min(max(part * width // whole, 1), width - 1)
