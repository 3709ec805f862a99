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
