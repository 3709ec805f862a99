"""What is put off until nobody types."""

from __future__ import annotations

from svc_tui.db.core.engine import Store
from svc_tui.db.core.search import tidy as tidy_index

MERGES = 5
"""So often a part of the word index is merged at a time; nobody else's save waits for more than one, 20 ms."""


def tidy(store: Store) -> bool:
    """After this session has saved something: merge some of the word index and empty the database's log.

    Short, and harmless to leave undone. Gives whether there is more to do: many saves without a rest, or those of a
    command line, leave more behind than one pause can merge, and searching takes longer until they are merged.
    """
    is_unfinished = False
    if store.has_written:
        is_unfinished = all(tidy_index(store) for _ in range(MERGES))
        store.checkpoint()
        store.has_written = is_unfinished
    give_back_memory()
    return is_unfinished


def give_back_memory() -> None:
    """Return what was freed to the system, where the C library can be told to (glibc).

    An act on many jobs reads a good part of the shop through a large cache, and glibc would keep that memory for ever.
    """
    import ctypes  # not needed at the start

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
