"""What is put off until nobody types."""

from __future__ import annotations

from svc_tui.db.engine import Store
from svc_tui.db.search import tidy as tidy_index


def tidy(store: Store) -> None:
    """Merge some of the word index and empty the log of the database; short, and harmless to leave undone."""
    tidy_index(store)
    store.checkpoint()
