"""A session is bounded, in memory and in what one key may cost: beyond either it ends, rather than harm the others.

It is watched from a thread of its own, twice a second, for 30 microseconds: the event loop may be the one that spins.
Nothing is noted per key. What was typed is read where it stands, written into a file, and the process ends at once:
whatever was saved is saved, and an act that was not committed is rolled back by the database as for any process that
goes. A call into C that holds Python's lock stops the watcher too; the regular expressions of Python, which can, look
at signals, and the kernel sends one after as much again (`RLIMIT_CPU`).
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from svc_tui import drafts
from svc_tui.i18n import _

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application

log = logging.getLogger(__name__)

EVERY = 0.5
"""Seconds between two looks."""

MOST_MEMORY = 2_048
"""Megabytes of its own that a session may use. At rest and with a sheet it has 40; an act on 20,000 jobs takes 50 more,
so that one on some hundred thousand has room."""

MOST_CPU = 20.0
"""Seconds of a processor that the event loop may be busy without a pause, or with one key; a slow key takes 0.1."""

BUSY = 0.02
"""Share of the time from which it is asked whether the loop still answers: little, for others may be busy too."""

EXIT_CODE = 70
"""As other programs have it for an error within."""

_STATM = Path("/proc/self/statm")
_MEGABYTE = 1_000_000


def limit(name: str, usual: float) -> float:
    """A limit as the environment sets it, or the usual one."""
    try:
        wanted = float(os.environ.get(name, ""))
    except ValueError:
        return usual
    return wanted if wanted > 0 else usual


def own_memory() -> int:
    """Bytes of memory that this process has for itself; 0 where that cannot be asked.

    Pages of the database's file and of libraries, which sessions share, are not counted.
    """
    try:
        pages = _STATM.read_bytes().split()
        return (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


class _ProcessBounds:
    """What the kernel does to a process that has used much of a processor, as it was before the session."""

    def __init__(self) -> None:
        self._limits: tuple[int, int] | None = None
        self._handler: signal._HANDLER = None

    def note(self) -> None:
        """Keep it as it is now."""
        with contextlib.suppress(ImportError, AttributeError, OSError):
            import resource

            self._limits = resource.getrlimit(resource.RLIMIT_CPU)
            self._handler = signal.getsignal(signal.SIGXCPU)

    def put_back(self) -> None:
        """As it was noted: nobody would move the limit any more, and the process would be ended where it came."""
        with contextlib.suppress(ImportError, AttributeError, ValueError, OSError):
            import resource

            if self._limits is not None:
                resource.setrlimit(resource.RLIMIT_CPU, self._limits)
                signal.signal(signal.SIGXCPU, self._handler)


class Bounds:
    """Watches one session, and ends it."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self.most_memory = limit("SVC_TUI_MOST_MEMORY", MOST_MEMORY)
        self.most_cpu = limit("SVC_TUI_MOST_CPU", MOST_CPU)
        self._stopping = threading.Event()
        self._clock: int | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._before = 0.0
        self._key, self._key_began_at = 0, 0.0
        self._is_asked, self._asked_at = False, 0.0
        self._is_ending = threading.Lock()
        self._watcher: threading.Thread | None = None
        self._process_before = _ProcessBounds()

    def begin(self) -> None:
        """Watch from now on; called on the event loop, which is the thread that is meant."""
        self._loop = asyncio.get_running_loop()
        clock_of = getattr(time, "pthread_getcpuclockid", None)
        self._clock = clock_of(threading.get_ident()) if clock_of is not None else None
        self._process_before.note()
        with contextlib.suppress(ValueError, AttributeError):  # not the main thread, or no such signal
            signal.signal(signal.SIGXCPU, self._on_signal)
        self._watcher = threading.Thread(target=self._run, name="bounds", daemon=True)
        self._watcher.start()

    def end(self) -> None:
        """Watch no more, and leave the process as it was: it may go on without the session."""
        self._stopping.set()
        if self._watcher is not None:
            self._watcher.join(EVERY)
            self._watcher = None
            self._process_before.put_back()

    def _run(self) -> None:
        while not self._stopping.wait(EVERY):
            try:
                self.look()
            except Exception:
                log.exception("the session's bounds were not looked at")

    def look(self) -> None:
        """End the session if it is beyond one of its bounds."""
        self._move_last_limit()
        used = own_memory() / _MEGABYTE
        if used > self.most_memory:
            told = _("This session had grown to {used} MB of memory, and {most} are allowed, so it has been ended.")
            self._end(told.format(used=int(used), most=int(self.most_memory)))
        if self._clock is not None and self._is_spinning(time.clock_gettime(self._clock)):
            self._end(self._too_busy())

    def _is_spinning(self, now: float) -> bool:
        """Whether the loop has used too much for one key, or too much without looking up; `now` is its time so far."""
        busy, self._before = now - self._before, now
        key = self.app.wait.key_number
        if key != self._key or not self.app.wait.is_on:
            self._key, self._key_began_at = key, now
        if not self._is_asked:
            self._asked_at = now
            if busy > BUSY * EVERY and self._loop is not None:
                self._is_asked = True
                with contextlib.suppress(RuntimeError):  # the loop is closed: the program ends
                    self._loop.call_soon_threadsafe(self._answered)
        return now - min(self._key_began_at, self._asked_at) > self.most_cpu

    def _answered(self) -> None:
        self._is_asked = False

    def _too_busy(self) -> str:
        told = _("This session was busy for {seconds} seconds without an end, so it has been ended.")
        return told.format(seconds=int(self.most_cpu))

    def _move_last_limit(self) -> None:
        """While this thread runs, the kernel's limit runs ahead of it."""
        with contextlib.suppress(ImportError, ValueError, OSError):
            import resource

            _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + 2 * self.most_cpu) + 2, hard))

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._end(self._too_busy())

    def _end(self, why: str) -> None:
        """Keep what was typed, give the terminal back with a sentence, and end the process."""
        if not self._is_ending.acquire(blocking=False):
            return
        others = _("What was saved is safe, and nobody else is concerned.")
        path = drafts.keep(self.app, why)
        log.critical("ended beyond its bounds: %.0f MB, %.0f s", own_memory() / _MEGABYTE, time.process_time())
        self.app.give_terminal_back("\r\n".join(line for line in (why, others, drafts.where(path)) if line))
        os._exit(EXIT_CODE)
