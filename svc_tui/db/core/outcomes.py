"""Whether an act is in whose answer was lost: the commit may have been made, and only nobody was told.

Nobody is told that nothing was saved before it is known. The key of an act answers it; while the server is away the act
is kept in `Store.unclear`, and looked up there by the watch and by whatever is to be written next.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from svc_tui.db.core.acknowledged import Ask
from svc_tui.domain.errors import N_, DatabaseTrouble, Unclear
from svc_tui.domain.operations import Pending

if TYPE_CHECKING:
    from svc_tui.db.core.engine import Store

_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 1.0
"""Seconds until an act is looked up again, doubled each time."""


class Unclears(dict[str, Pending]):
    """Acts of which it is not known, or not told yet, whether they are in, by operation key.

    Attributes:
        patience: Seconds for which an act is looked up before it is told to be unclear.
        told: Called when something was added, or is to be told; by any thread.
    """

    def __init__(self) -> None:
        super().__init__()
        self.patience = 2.0
        self.told: Callable[[], object] = lambda: None


def lost_acts(store: Store, generation: str | None) -> int:
    """How many acts that were called saved here are not in the history any more, though no backup was put back.

    Args:
        store: The database.
        generation: Of the shop in which they were saved.

    Raises:
        DatabaseTrouble: when nobody can be asked.
    """
    if store.dialect == "sqlite":
        store.sql("PRAGMA shrink_memory")  # what lies in the file, not what was read before
    lost = len(store.acknowledged.missing(store.sql))
    return lost if lost and store.generation() == generation else 0


def older_state(lost: int) -> DatabaseTrouble:
    """The sentence for a server that has not heard of all that was called saved."""
    return DatabaseTrouble(
        N_("The server has an older state of the shop, without {count} of the last acts saved here. Go through what "
           "was done last, and do again what is missing."),
        count=lost,
    )  # fmt: skip


def look_up(ask: Ask, lost: Pending) -> bool | None:
    """Whether an act is in; None while it is still being committed, by a server that lost us meanwhile.

    Raises:
        DatabaseTrouble: when nobody can be asked.
    """
    if lost.is_in is None and not _goes_on(ask, lost.transaction):
        lost.is_in = bool(ask("SELECT id FROM change_set WHERE operation_key = ?", (lost.key,)))
    return lost.is_in


def _goes_on(ask: Ask, transaction: int | None) -> bool:
    """Whether the server is still busy with a transaction. One that took over may not know its number."""
    if transaction is None:
        return False
    known = "CASE WHEN ? <= txid_snapshot_xmax(txid_current_snapshot()) THEN txid_status(?) END"
    return bool(ask(f"SELECT {known}", (transaction, transaction))[0][0] == "in progress")


def settle(store: Store, lost: Pending) -> bool:
    """Whether an act is in: looked up again and again for the store's patience.

    Raises:
        Unclear: when it is not known by then; it is remembered.
    """
    until = time.monotonic() + (store.unclear.patience if store.dialect == "postgresql" else 0.0)
    pause = _FIRST_PAUSE
    while True:
        try:
            found = look_up(store.sql, lost)
        except DatabaseTrouble:
            found = None
        if found is not None:
            return found
        if time.monotonic() + pause > until:
            store.unclear[lost.key] = lost
            store.unclear.told()
            raise unclear(lost.trouble) from lost.trouble
        time.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def require_known(store: Store, key: str | None = None) -> None:
    """Look up what is unclear, before anything else is written.

    Args:
        store: The database.
        key: Of the act that comes now: when it is tried again, it tells what became of it.

    Raises:
        Unclear: while something cannot be looked up.
    """
    for lost in list(store.unclear.values()):
        try:
            found = look_up(store.sql, lost)
        except DatabaseTrouble as trouble:
            raise unclear(trouble) from trouble
        if found is None:
            raise unclear(lost.trouble)
        if key is not None and lost.began_with == key:
            store.unclear.pop(lost.key, None)
        else:
            store.unclear.told()


def act_of(store: Store, key: str) -> str | None:
    """What the act with this key is called; None when it is not in. Index: operation_key."""
    found = store.sql("SELECT act FROM change_set WHERE operation_key = ?", (key,))
    return str(found[0][0]) if found else None


def unclear(trouble: DatabaseTrouble) -> Unclear:
    """The sentence for what may be in or not."""
    return Unclear(trouble.values.get("reason") or trouble)
