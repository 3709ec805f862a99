"""Waiting with a limit, a word and a way out: how long one act waits, and who is in its way.

Who writes is read from `/proc/locks`, which names the process of every lock. Who works with that process, and since
when it writes, stands in the name of its thread while it holds the lock: no file has to be made or tidied up for it,
and a killed process leaves nothing behind. Where there is no `/proc`, it is not told.
"""

from __future__ import annotations

import asyncio
import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from svc_tui.domain.waits import LIMIT, TOLD_AFTER, GaveUp, Holder, waited_too_long

LEFT_AFTER = 1.0
"""Seconds an act has to end after it was given up; then it is not waited for any more."""

SLICE = 0.05
"""Seconds between two looks at whether a wait is still wanted."""

_WRITE_LOCK_BYTE = 120
"""Of the `-shm` file: whoever writes holds a lock on it (https://sqlite.org/walformat.html, 2.3.1)."""


class TooLong(Exception):
    """The limit has passed."""


class Patience:
    """How long one act may wait, and whether somebody still waits for it. Used by the act's thread and the waiter's."""

    def __init__(
        self, seconds: float = LIMIT, told: Callable[[], object] | None = None, *, is_long: bool = False
    ) -> None:
        """
        Args:
            seconds: All its waits together, from now on.
            told: Called once, on the waiting thread, when a wait has lasted `TOLD_AFTER`.
            is_long: Whether it is long work, which no key waits for.
        """
        self._told = told
        self.is_long = is_long
        self.is_given_up = False
        """Whether nobody waits for it any more."""
        self.is_waiting = False
        """Whether it waits for its turn."""
        self.connection: Any = None
        """The driver's connection that the act is using; None before."""
        self.is_committing = False
        """Whether it can be given up no more: it may be written already."""
        self.begin(seconds)

    def begin(self, seconds: float) -> None:
        """A new transaction begins: its waits together may take so many seconds."""
        self.begun = time.monotonic()
        self.ends = self.begun + seconds
        self.is_committing = False

    def commits(self) -> None:
        """The transaction is about to be committed.

        Raises:
            GaveUp: when nobody waits for it any more.
        """
        self.require()
        self.is_committing = True

    def give_up(self) -> None:
        """Nobody waits for it any more."""
        self.is_given_up = True

    def require(self) -> None:
        """
        Raises:
            GaveUp: when nobody waits for it any more.
        """
        if self.is_given_up:
            raise GaveUp

    def wait_for(self, came: Callable[[float], bool]) -> None:
        """Wait until `came` says so; it gets the seconds that it may take to find out.

        Raises:
            GaveUp: when it was given up.
            TooLong: when the limit has passed.
        """
        if came(0.0):
            return
        self.is_waiting = True
        try:
            while not came(SLICE):
                self._look_at_the_time()
        finally:
            self.is_waiting = False

    def _look_at_the_time(self) -> None:
        self.require()
        now = time.monotonic()
        if now > self.ends:
            raise TooLong
        if self._told is not None and now - self.begun > TOLD_AFTER:
            self._told()
            self._told = None


def _leave(patience: Patience, running: asyncio.Future[Any]) -> None:
    """A thread that cannot be stopped goes on by itself: it writes nothing more, for that is asked before a commit."""
    if not patience.is_committing and not running.done():
        running.cancel()


class Waits:
    """What the threads of one session wait for."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.person = ""
        """Initials of who works here, for those who wait for him."""
        self.told: Callable[[], object] | None = None
        """Called when an act that no screen watches has waited for a second."""
        self.is_free: Callable[[], object] = lambda: None
        """Called when a thread has written and nobody waits for it any more."""
        self._acts = threading.local()
        self._listed: dict[Patience, asyncio.Future[Any]] = {}
        """What somebody waits for on the event loop."""

    @property
    def patience(self) -> Patience | None:
        """Of the act that the calling thread is at."""
        return getattr(self._acts, "patience", None)

    @property
    def depth(self) -> int:
        """Whether the calling thread writes or stands in line, so that others may wait for it: how deep within."""
        return int(getattr(self._acts, "depth", 0))

    @property
    def is_given_up(self) -> bool:
        """Whether the act that the calling thread is at was given up, and is not written."""
        patience = self.patience
        return patience is not None and patience.is_given_up and not patience.is_committing

    @contextmanager
    def watched(self, patience: Patience) -> Iterator[None]:
        """What the calling thread does now is an act that somebody watches, and may give up."""
        self._acts.patience = patience
        try:
            yield
        finally:
            self._acts.patience = None

    @contextmanager
    def listed(self, patience: Patience, running: asyncio.Future[Any]) -> Iterator[None]:
        """On the event loop: somebody waits for this, and may give it up.

        Raises:
            GaveUp: when he did, and nothing is written.
        """
        self._listed[patience] = running
        try:
            yield
        except asyncio.CancelledError:
            if running.cancelled() and patience.is_given_up:
                raise GaveUp from None
            raise
        finally:
            del self._listed[patience]

    @property
    def is_waited_for(self) -> bool:
        """Whether a key may be waiting for something."""
        return any(patience.is_waiting or not patience.is_long for patience in self._listed)

    @property
    def is_waiting(self) -> bool:
        """Whether something waits for its turn to write."""
        return any(patience.is_waiting for patience in self._listed)

    @property
    def connections(self) -> list[Any]:
        """Those on which something is done now that somebody waits for."""
        return [patience.connection for patience in self._listed if patience.connection is not None]

    def give_up(self, interrupt: Callable[[Any], object], hang_up: Callable[[Any], object], *, long: bool) -> None:
        """Whoever waits gives it up; what is not over after a moment is left to its thread.

        Args:
            interrupt: Stops what a connection is doing.
            hang_up: Ends a connection that is committing: whether it did is asked afterwards.
            long: Whether only long work is meant.
        """
        for patience, running in list(self._listed.items()):
            if not patience.is_waiting and (long or patience.is_long):
                continue
            patience.give_up()
            if not patience.is_long and patience.connection is not None:
                (hang_up if patience.is_committing else interrupt)(patience.connection)
            asyncio.get_running_loop().call_later(LEFT_AFTER, _leave, patience, running)

    @contextmanager
    def patient(self, seconds: float) -> Iterator[Patience]:
        """The patience of the act that this thread is at, which begins anew; one of its own where nobody watches it."""
        watched = self.patience
        patience = watched or Patience(told=self.told)
        patience.begin(seconds)
        self._acts.patience = patience
        self._acts.depth = self.depth + 1
        try:
            yield patience
        finally:
            self._acts.patience = watched
            self._acts.depth -= 1
            if not self.depth:
                self.is_free()

    @contextmanager
    def limited(self) -> Iterator[None]:
        """
        Raises:
            DatabaseTrouble: instead of `TooLong`, saying who was waited for.
        """
        try:
            yield
        except TooLong:
            raise waited_too_long(self.holder(), self.path) from None

    def holder(self) -> Holder | None:
        """Who writes to the file now; None where nobody does, or it cannot be told."""
        return holder_of(self.path) if self.path is not None else None


# -- who writes --------------------------------------------------------------------------------------------------


@contextmanager
def named_as_writer(initials: str) -> Iterator[None]:
    """While this thread holds the lock, its name says who writes and since when: `AH@6925ab12`."""
    name = Path(f"/proc/self/task/{threading.get_native_id()}/comm")
    before = None
    with suppress(OSError):
        before = name.read_bytes()
        name.write_bytes(f"{initials}@{int(time.time()):08x}".encode()[-15:])
    try:
        yield
    finally:
        if before is not None:
            with suppress(OSError):
                name.write_bytes(before.rstrip(b"\n"))


def holder_of(path: Path) -> Holder | None:
    """Who holds the lock to write to an SQLite file; None where nobody does or it cannot be told."""
    pid = _pid_of(path)
    return describe(pid) if pid else None


def _pid_of(path: Path) -> int | None:
    """The process in the way: who writes before who is next in line, others before this program."""
    log, locks = Path(f"{path}-shm"), list(_locks())
    found = [
        *_holders(locks, "POSIX", log, _WRITE_LOCK_BYTE),
        *_holders(locks, "FLOCK", path),
        *_holders(locks, "POSIX", path),
    ]
    others = [pid for pid in found if pid != os.getpid()]
    return next(iter(others or found), None)


def _holders(locks: Iterable[_Lock], kind: str, file: Path, byte: int = 0) -> list[int]:
    try:
        found = file.stat()
    except OSError:
        return []
    # Some file systems (btrfs, overlays) tell another device here than `stat` does: then the inode alone decides.
    device = f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"
    held = [
        (lock[2] != device, lock[1])
        for lock in locks
        if lock[0] == kind and lock[2].endswith(f":{found.st_ino}") and (not byte or lock[3] <= byte <= lock[4])
    ]
    return [pid for _is_doubtful, pid in sorted(held)]


_Lock = tuple[str, int, str, int, int]
"""Kind, process, file as device and inode, first and last byte."""


def _locks() -> Iterator[_Lock]:
    """The locks for writing that are held now, by processes that can be seen from here."""
    try:
        lines = Path("/proc/locks").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return
    for line in lines:
        words = line.split()
        if len(words) == 8 and words[3] == "WRITE" and int(words[4]) > 0:
            yield words[1], int(words[4]), words[5], int(words[6]), 2**63 if words[7] == "EOF" else int(words[7])


def describe(pid: int) -> Holder:
    """What can be told of a process."""
    folder = Path(f"/proc/{pid}")
    program, initials, since, is_stopped = "", "", None, False
    with suppress(OSError):
        program = _name(folder)
        # The state stands behind the name, which may hold anything.
        is_stopped = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()[0] in "Tt"
    with suppress(OSError):
        for task in (folder / "task").iterdir():
            with suppress(OSError):
                if found := re.fullmatch(r"(.*)@([0-9a-f]{8})", _name(task)):
                    initials, since = found[1], int(found[2], 16)
    if since is not None and not initials:
        initials = "svc-tui"
    return Holder(pid, program, initials, since, is_stopped, pid == os.getpid())


def _name(folder: Path) -> str:
    return (folder / "comm").read_bytes().decode("utf-8", "replace").rstrip("\n")
