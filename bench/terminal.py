"""A program in a terminal, and the time from a key to its text on the screen.

A thread stamps what the program writes as it arrives and answers its questions; the screen is emulated only after the
output has paused, so that emulating is in no figure.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.link import Line, Link
from tests.wire.program import Emulator, keys

ROOT = Path(__file__).parents[1]
COLUMNS, ROWS = 100, 30
PAUSE = 0.004
"""Seconds without output after which the screen is emulated."""
QUIET = 0.06
"""Seconds without output after which a key is dealt with."""
_WORK = 0.003
"""Seconds of processor time within two QUIETs that are no work: timers."""
PATIENCE = 30.0
"""Seconds to wait for what should come, unless a terminal is told otherwise."""

# The reader must not wait for the interpreter while the main thread emulates.
sys.setswitchinterval(0.0005)

_QUESTION = re.compile(rb"\x1b\[(?:(?P<attributes>>?)0?c|\??(?P<status>[56])n|\?(?P<mode>\d+)\$p)")
_APPLICATION_KEYS = re.compile(rb"\x1b\[\?1([hl])")
_SPEED_OF_MODE = 0  # DECRQM: not known, as an xterm says of synchronised output


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a key: seconds from writing it to the first byte, to the text and to the last byte."""

    first: float
    seen: float
    last: float
    size: int
    """Bytes written."""
    cpu: float
    """Seconds of processor time of the program."""


class NotSeen(Exception):
    """What was expected did not come."""


class View:
    """The screen as it was emulated."""

    def __init__(self, emulator: Emulator) -> None:
        self._screen = emulator.screen

    @property
    def lines(self) -> list[str]:
        """Every line of the screen."""
        return list(self._screen.display)

    def marked(self, first: int, last: int) -> int:
        """The first of these lines whose first cell has a background; -1 when none has."""
        for y in range(first, last + 1):
            cell = self._screen.buffer[y][0]
            if cell.bg != "default" or cell.reverse:
                return y
        return -1

    def reversed(self, first: int, last: int) -> int:
        """The first of these lines whose first cell is drawn in reverse; -1 when none is."""
        return next((y for y in range(first, last + 1) if self._screen.buffer[y][0].reverse), -1)


Seen = Callable[[View], bool]


class Terminal:
    """A command in a pseudo-terminal; use it as a context manager, then nothing of it is left behind."""

    def __init__(
        self,
        command: Sequence[str | Path],
        seen: Seen,
        env: Mapping[str, str] | None = None,
        link: Link | None = None,
    ) -> None:
        """
        Args:
            command: Program and arguments.
            seen: What the start ends with.
            env: Beyond PATH, HOME (a new one), TERM, COLORTERM, LANG and PYTHONPATH.
            link: A slow line to the terminal; times are then what is seen at its far end.
        """
        self.patience = PATIENCE
        self._line = Line(link, self._arrived, self._delivered) if link else None
        self._quiet = QUIET if link is None else QUIET + 2 * link.round_trip
        self._home = tempfile.TemporaryDirectory(prefix="svc-bench-")
        self._emulator = Emulator(COLUMNS, ROWS, None)
        self.view = View(self._emulator)
        self._changed = threading.Condition()
        self._chunks: list[tuple[float, bytes]] = []
        self._fed = 0
        self._ended = False
        self._application_keys = False
        self._question = b""
        self._wake_reader, self._wake_writer = os.pipe()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        tty = os.ttyname(slave)
        surroundings = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": self._home.name,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            **(env or {}),
        }
        opened = (os.POSIX_SPAWN_OPEN, 0, tty, os.O_RDWR, 0)
        copied = [(os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
        begun = time.perf_counter()
        self.pid = os.posix_spawnp(
            str(command[0]), [str(part) for part in command], surroundings, file_actions=[opened, *copied], setsid=True
        )
        os.close(slave)
        self._clock = (~self.pid << 3) | 2  # the kernel's clock of another process's processor time
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()
        try:
            self.start = self._answer(begun, 0.0, seen)
            """From starting the process."""
        except BaseException:
            self.close()
            raise

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self._master, self._wake_reader], [], [])
            if self._wake_reader in ready:
                return
            try:
                data = os.read(self._master, 65536)
            except OSError:  # the last process has closed its side
                data = b""
            stamp = time.perf_counter()
            if data and self._line is None:
                self._arrived(stamp, data)
            elif data and self._line is not None:
                self._line.send_down(stamp, data)
            else:
                with self._changed:
                    self._ended = True
                    self._changed.notify_all()
                return

    def _arrived(self, stamp: float, data: bytes) -> None:
        with self._changed:
            self._chunks.append((stamp, data))
            self._changed.notify_all()
        self._reply(data)

    def _write(self, data: bytes) -> None:
        if self._line is None:
            self._delivered(0.0, data)
        else:
            self._line.send_up(time.perf_counter(), data)

    def _delivered(self, _stamp: float, data: bytes) -> None:
        with contextlib.suppress(OSError):  # it has ended
            os.write(self._master, data)

    def _reply(self, data: bytes) -> None:
        """Answer what a terminal is asked for: without answers a program may wait."""
        for mode in _APPLICATION_KEYS.finditer(data):
            self._application_keys = mode[1] == b"h"
        text = self._question + data
        end = 0
        for question in _QUESTION.finditer(text):
            end = question.end()
            if question["attributes"] is not None:
                reply = "\x1b[>41;379;0c" if question["attributes"] else "\x1b[?62;22c"
            elif question["mode"]:
                reply = f"\x1b[?{question['mode'].decode()};{_SPEED_OF_MODE}$y"
            else:
                reply = "\x1b[0n" if question["status"] == b"5" else "\x1b[1;1R"
            self._write(reply.encode())
        self._question = text[end:][-12:]

    # -- keys ----------------------------------------------------------------------------------------------

    def press(self, text: str, seen: Seen | None = None) -> Answer:
        """Type (named keys as in `<Down>`, all at once) and wait until the program has nothing more to write.

        Args:
            text: The keys.
            seen: What must come to stand on the screen; None for anything.

        Raises:
            NotSeen: when it does not, or stood there before.
        """
        if seen is not None and seen(self.view):
            raise NotSeen(f"what {text!r} should bring is on the screen already:\n{self.picture()}")
        before = self.processor_time()
        data = self._sent_for(text)
        begun = time.perf_counter()
        self._write(data)
        return self._answer(begun, before, seen)

    def send(self, text: str) -> float:
        """Type and wait for nothing; gives when."""
        data = self._sent_for(text)
        begun = time.perf_counter()
        self._write(data)
        return begun

    def watch(self, begun: float, seen: Seen) -> Answer:
        """Wait for what somebody else did at `begun`."""
        return self._answer(begun, self.processor_time(), seen)

    def hold(self, key: str, seconds: float, rate: int) -> float:
        """Hold a key down, `rate` times a second; gives the seconds from letting it go to the last byte."""
        data, begun, mark = self._sent_for(key), time.perf_counter(), len(self._chunks)
        count = int(seconds * rate)
        for number in range(count):
            time.sleep(max(begun + number / rate - time.perf_counter(), 0.0))
            self._write(data)
        released = time.perf_counter()
        self.rest()
        return max((self._chunks[-1][0] if len(self._chunks) > mark else released) - released, 0.0)

    def _sent_for(self, text: str) -> bytes:
        typed = keys(text)
        if self._application_keys:
            typed = re.sub(r"\x1b\[([ABCDHF])", "\x1bO\\1", typed)
        return typed.encode()

    def _answer(self, begun: float, before: float, seen: Seen | None) -> Answer:
        mark, found = self._fed, None if seen is not None else begun
        while True:
            self._await_pause()
            found = self._feed(seen, found)
            now = time.perf_counter()
            last = self._chunks[-1][0] if len(self._chunks) > mark else begun
            if found is not None and now - last >= self._quiet and not self._is_carrying:
                break
            if now - begun > self.patience or (self._ended and found is None):
                raise NotSeen(f"after {now - begun:.1f} s it is not on the screen:\n{self.picture()}")
            with self._changed:
                self._changed.wait_for(lambda: len(self._chunks) > self._fed or self._ended, QUIET)
        came = [chunk for chunk in self._chunks[mark:] if chunk[0] >= begun]
        first, last = (came[0][0], came[-1][0]) if came else (begun, begun)
        cpu = self.processor_time() - before
        return Answer(first - begun, found - begun, last - begun, sum(len(data) for _, data in came), cpu)

    @property
    def _is_carrying(self) -> bool:
        return self._line is not None and self._line.is_carrying

    def _await_pause(self) -> None:
        with self._changed:
            known = len(self._chunks)
            while self._changed.wait_for(lambda: len(self._chunks) > known or self._ended, PAUSE):  # noqa: B023
                if self._ended:
                    return
                known = len(self._chunks)

    def _feed(self, seen: Seen | None, found: float | None) -> float | None:
        """Emulate what has come; gives when the text was seen first."""
        with self._changed:
            fresh = self._chunks[self._fed :]
        for stamp, data in fresh:
            self._emulator.feed(data)
            self._fed += 1
            if found is None and seen is not None and seen(self.view):
                found = stamp
        return found

    def rest(self) -> None:
        """Wait until the program does nothing: a long query writes nothing either."""
        deadline = time.perf_counter() + self.patience
        worked = 1.0
        while (worked > _WORK or self._is_carrying) and time.perf_counter() < deadline:
            before = self.processor_time()
            time.sleep(2 * self._quiet)
            worked = self.processor_time() - before
        self._feed(None, 0.0)

    def idle(self, seconds: float) -> Answer:
        """Type nothing for a while; gives the bytes and the processor time."""
        mark, before, begun = len(self._chunks), self.processor_time(), time.perf_counter()
        time.sleep(seconds)
        cpu = self.processor_time() - before
        self._feed(None, begun)
        return Answer(0.0, 0.0, 0.0, sum(len(data) for _, data in self._chunks[mark:]), cpu)

    # -- the process ---------------------------------------------------------------------------------------

    def processor_time(self) -> float:
        """Seconds of processor time the program has used so far."""
        try:
            return time.clock_gettime(self._clock)
        except OSError:
            return 0.0

    def memory(self) -> float:
        """MiB of memory, what is shared counted in shares (PSS)."""
        text = Path(f"/proc/{self.pid}/smaps_rollup").read_text()
        return int(text.split("\nPss:")[1].split()[0]) / 1024

    def picture(self) -> str:
        """The screen as text."""
        return "\n".join(line.rstrip() for line in self.view.lines)

    def close(self) -> None:
        """End the program."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        if self._line is not None:
            self._line.close()
        os.write(self._wake_writer, b".")
        self._reader.join(5.0)
        for descriptor in (self._master, self._wake_reader, self._wake_writer):
            os.close(descriptor)
        self._home.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
