"""Ctrl-Z stops a command between two transactions: in the middle of one, everybody would wait for it."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

from svc_tui.db.core.engine import Store


def stop_between_acts(store: Store) -> None:
    """From now on Ctrl-Z waits until nobody waits for this command. Does nothing where there is no Ctrl-Z."""
    if not hasattr(signal, "SIGTSTP") or threading.current_thread() is not threading.main_thread():
        return
    if signal.getsignal(signal.SIGTSTP) is not signal.SIG_IGN:  # which a shell without jobs says
        _Stopping(store).begin()


class _Stopping:
    def __init__(self, store: Store) -> None:
        self.store = store
        self._is_asked = False

    def begin(self) -> None:
        self.store.waits.is_free = self._free
        signal.signal(signal.SIGTSTP, self._asked)

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self._is_asked = True
        if not self.store.waits.depth:
            self._free()

    def _free(self) -> None:
        if self._is_asked and threading.current_thread() is threading.main_thread():
            self._is_asked = False
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            # Here it stands until somebody continues it.
            signal.signal(signal.SIGTSTP, self._asked)
