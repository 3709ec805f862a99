"""What is waited for where there is no screen: told on the error stream, if somebody looks there."""

from __future__ import annotations

import sys

from svc_tui.db.core.engine import Store
from svc_tui.domain.text import shown
from svc_tui.domain.waits import waiting
from svc_tui.i18n import _


def tell(store: Store) -> None:
    """From now on it is told when this store has waited for a second. Called before anything is begun."""
    store.waits.told = lambda: tell_now(store)


def tell_now(store: Store) -> None:
    """Say what is waited for."""
    if sys.stderr.isatty():
        told = waiting(store.waits.holder()).sentence(_)
        print(shown(f"{told}   {_('Ctrl+C: give up')}"), file=sys.stderr, flush=True)
