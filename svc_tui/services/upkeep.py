"""What is put off until nobody types."""

from __future__ import annotations

from svc_tui.db.engine import Store
from svc_tui.db.search import tidy as tidy_index


def tidy(store: Store) -> None:
    """After this session has saved something: merge some of the word index and empty the database's log.

    Short, and harmless to leave undone.
    """
    if store.has_written:
        tidy_index(store)
        store.checkpoint()
        store.has_written = False
    give_back_memory()


def give_back_memory() -> None:
    """Return what was freed to the system, where the C library can be told to (glibc).

    An act on many jobs reads a good part of the shop through a large cache, and glibc would keep that memory for ever.
    """
    import ctypes  # not needed at the start

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
