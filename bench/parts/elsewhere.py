"""P14: what one program saves, seen in another."""

from __future__ import annotations

from bench import shops
from bench.programs import FILE, SERVER, Ours, has
from bench.record import Record
from bench.shops import Shop

SAVES = 25
"""A round; the 95th percentile of them counts."""


def on_file(record: Record, shop: Shop, _small: Shop) -> None:
    """On SQLite."""
    _seen_elsewhere(record, FILE, shop)


def on_server(record: Record, shop: Shop, _small: Shop) -> None:
    """On PostgreSQL."""
    _seen_elsewhere(record, SERVER, shops.on_server(shop.activities))


def _seen_elsewhere(record: Record, name: str, shop: Shop) -> None:
    """From the key that saves in one program to the row in the list of the other."""
    with Ours(shop) as one, Ours(shop) as other:
        for program in (one, other):
            program.all_jobs()
            program.rest()
        one.press("<Enter>", has(" Job ", 0))
        for number in range(SAVES):
            subject = f"seen {record.round} {number}"
            one.press(f"<End><C-u>{subject}")
            begun = one.send("<F2>")
            record.answer("seen elsewhere", name, other.watch(begun, has(subject)))
            one.rest()
        one.press("<Esc>")
    record.noise()
