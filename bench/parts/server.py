"""P24: the same keys on SQLite and on PostgreSQL, both alive, key by key."""

from __future__ import annotations

from contextlib import ExitStack

from bench import shops
from bench.parts.keys import OPENED, Sides, same_keys, search_words
from bench.programs import FILE, SERVER, Ours
from bench.record import Record
from bench.shops import Shop


def keys_on_both(record: Record, shop: Shop, _small: Shop) -> None:
    """P1 to P9 without the floors."""
    server = shops.on_server(shop.activities)
    with ExitStack() as stack:
        pairs: Sides = [
            (FILE, stack.enter_context(Ours(shop)), shop),
            (SERVER, stack.enter_context(Ours(server)), server),
        ]
        if record.round % 2:
            pairs.reverse()
        same_keys(record, pairs, opened=OPENED // 2)
        search_words(record, pairs)
    record.noise()
