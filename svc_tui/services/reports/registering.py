"""How fast somebody registers jobs: kept in this process alone, told to nobody but himself."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import Final, NamedTuple

_LAST: Final = 100


class Speed(NamedTuple):
    """What the last jobs took, in the middle."""

    jobs: int
    seconds: int
    keys: int


_TAKEN: defaultdict[int, deque[tuple[float, int]]] = defaultdict(lambda: deque(maxlen=_LAST))
"""Seconds and keys of the last jobs, by who registered them."""


def note(employee: int, seconds: float, keys: int) -> None:
    """A job was registered.

    Args:
        employee: By whom.
        seconds: From the empty sheet until it was saved.
        keys: So many keys in that time.
    """
    _TAKEN[employee].append((seconds, keys))


def own(employee: int) -> Speed | None:
    """What somebody's last hundred jobs took, those of this session; None where there are none."""
    taken = _TAKEN.get(employee)
    if not taken:
        return None
    middle = len(taken) // 2
    return Speed(
        len(taken), round(sorted(seconds for seconds, _ in taken)[middle]), sorted(keys for _, keys in taken)[middle]
    )


def forget() -> None:
    """Nobody has registered anything yet."""
    _TAKEN.clear()
