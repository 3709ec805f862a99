"""What is done to the programs. Each part is one round of keys for each of the programs that are compared."""

from __future__ import annotations

from collections.abc import Callable

from bench.parts import elsewhere, entries, entry_keys, keys, many, orders, peers, server, slow
from bench.record import Record
from bench.shops import Shop

Part = Callable[[Record, Shop, Shop], None]
"""One round, on the great shop and on the one of a thousand jobs."""

PARTS: dict[str, Part] = {
    "lists": keys.lists,
    "jump": keys.jump,
    "searches": keys.searches,
    "fields": keys.fields,
    "sheet": keys.sheet,
    "scale": keys.scale,
    "start": keys.start,
    "idle": keys.idle,
    "elsewhere": elsewhere.on_file,
    "server": server.keys_on_both,
    "elsewhere-server": elsewhere.on_server,
    "slow": slow.slow,
    "busy": many.busy,
    "orders": orders.orders,
    "entries": entries.entries,
    "entry-keys": entry_keys.entry_keys,
    "recorded": peers.recorded,
    "task": peers.task,
    "visidata": peers.visidata,
    "bulk": many.bulk,
}

FEW = {"server": 2, "orders": 1, "entries": 1, "entry-keys": 2, "visidata": 1, "bulk": 1, "idle": 2}
"""Parts that are long: so many rounds of them are enough."""
