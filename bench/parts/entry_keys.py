"""P1 to P4 and P11 in the lists of contacts, products and devices: the same keys as in the list of jobs."""

from __future__ import annotations

from bench.parts.keys import moves
from bench.programs import OPENS, Ours
from bench.record import Record
from bench.shops import Shop
from bench.terminal import Seen, View

PAGES = {"products": 1}
"""How many pages are read of a list that is short in a demo shop."""


def entry_keys(record: Record, shop: Shop, _small: Shop) -> None:
    """Each list by its digit, and the cards of its first rows."""
    for digit, name in OPENS.items():
        with Ours(shop) as ours:
            ours.press(digit, _has_come(digit))
            ours.rest()
            ours.press("<Home>")
            moves(record, ours, name, PAGES.get(name, 20))
            for _ in range(10):
                record.answer("open", name, ours.press("<Enter>", _has_gone(digit)))
                ours.press("<Esc>", _has_come(digit))
                ours.press("<Down>")
    record.noise()


def _has_come(digit: str) -> Seen:
    return lambda view: _marks(view, digit)


def _has_gone(digit: str) -> Seen:
    return lambda view: not _marks(view, digit)


def _marks(view: View, digit: str) -> bool:
    """Whether the title line marks the list of a digit as the open one."""
    return f"[{digit}]" in view.lines[0]
