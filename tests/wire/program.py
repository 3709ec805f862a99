"""A program in a terminal of its own, for tests: keys in, the screen and every byte out.

    with Program(sys.executable, "-m", "svc_tui", term="vt220") as program:
        program.wait_for("Ready")
        program.press("<F6>", "Does not start<Tab>")
        assert len(program.bytes_for("<Tab>")) <= 400

Nothing here sleeps for a fixed time: it waits for text, for a condition, or until the program has nothing
more to do.
"""

from __future__ import annotations

import codecs
import contextlib
import copy
import fcntl
import os
import pty
import re
import select
import signal as signals
import struct
import tempfile
import termios
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import pyte
from pyte.screens import Char, Cursor, Margins, StaticDefaultDict

ROOT = Path(__file__).parents[2]
TIMEOUT = 20.0
"""Seconds to wait for what should come; generous, for the machine may be busy with other tests."""
QUIET = 0.15
"""Seconds without a byte and without work after which the program is taken to be done."""
WORK = 0.003
"""Seconds of processor time within QUIET that do not count as work: timers, a look at the database."""

_COMMON_KEYS = {
    "Enter": "\r",
    "Tab": "\t",
    "S-Tab": "\x1b[Z",
    "Esc": "\x1b",
    "BS": "\x7f",
    "Space": " ",
    "lt": "<",
    **{name: f"\x1b[{final}" for name, final in zip(("Up", "Down", "Right", "Left"), "ABCD", strict=True)},
    **{f"S-{name}": f"\x1b[1;2{final}" for name, final in zip(("Up", "Down", "Right", "Left"), "ABCD", strict=True)},
    **{f"C-{name}": f"\x1b[1;5{final}" for name, final in zip(("Up", "Down", "Right", "Left"), "ABCD", strict=True)},
    "Home": "\x1b[H",
    "End": "\x1b[F",
    "Ins": "\x1b[2~",
    "Del": "\x1b[3~",
    "PgUp": "\x1b[5~",
    "PgDn": "\x1b[6~",
    **{f"F{number}": f"\x1bO{final}" for number, final in enumerate("PQRS", 1)},
    **{f"F{number}": f"\x1b[{code}~" for number, code in enumerate((15, 17, 18, 19, 20, 21, 23, 24), 5)},
}
_OLD_HOME_END = {"Home": "\x1b[1~", "End": "\x1b[4~"}
_KEYS_OF = {
    "linux": _OLD_HOME_END | {"S-Tab": "\x1b\t"} | {f"F{n}": f"\x1b[[{final}" for n, final in enumerate("ABCDE", 1)},
    "vt220": _OLD_HOME_END,  # its F1 to F4 are PF1 to PF4, which the common table has
}


def keys(text: str, term: str = "xterm-256color") -> str:
    """What a terminal sends for `text` with named keys in it, such as `abc<Tab><F2><C-s>`; `<lt>` is `<`."""
    known = _COMMON_KEYS | _KEYS_OF.get(term, {})

    def one(found: re.Match[str]) -> str:
        name = found[1]
        if control := re.fullmatch(r"C-([a-z])", name):
            return chr(ord(control[1]) & 31)
        if name not in known:
            raise ValueError(f"no key is called <{name}>; for the sign itself write <lt>")
        return known[name]

    return re.sub(r"<([A-Za-z][\w-]*)>", one, text)


_JOINED = re.compile("\u200d.")
"""What a joiner makes one with the emoji before it; its cells are those of the first one."""


class _Screen(pyte.Screen):
    """pyte's screen with what it lacks: scrolling by sequence, repeating, and a second screen to come back from."""

    def __init__(self, columns: int, lines: int) -> None:
        super().__init__(columns, lines)
        self._before: tuple[dict[int, StaticDefaultDict[int, Char]], Cursor] | None = None
        self.last = " "

    def draw(self, data: str) -> None:
        data = _JOINED.sub("", data)
        super().draw(data)
        self.last = data[-1:]

    def scroll(self, count: int) -> None:
        """Move the lines of the scroll region up by `count`, or down if it is negative; the cursor stays."""
        top, bottom = self.margins or Margins(0, self.lines - 1)
        x, y = self.cursor.x, self.cursor.y
        for _ in range(min(abs(count), bottom - top + 1)):
            self.cursor.y = bottom if count > 0 else top
            if count > 0:
                self.index()
            else:
                self.reverse_index()
        self.cursor.x, self.cursor.y = x, y

    def repeat(self, count: int) -> None:
        """Draw the last character again."""
        self.draw(self.last * count)

    def enter_second(self) -> None:
        """Go to the second screen, which is empty."""
        if self._before is None:
            self._before = (self.buffer, copy.copy(self.cursor))
            self.buffer = defaultdict(lambda: StaticDefaultDict[int, Char](self.default_char))

    def leave_second(self) -> None:
        """Come back to the first screen as it was."""
        if self._before is not None:
            self.buffer, cursor = self._before
            cursor.hidden = self.cursor.hidden
            self.cursor = cursor
            self._before = None


_TOKEN = re.compile(
    r"(?P<text>[^\x1b]+|\x1b[()*+#% ](?s:.)|\x1b[^\[\]PX^_()*+#% ])"
    r"|\x1b\[(?P<mark>[<=>?]?)(?P<parameters>[0-9;:]*)(?P<middle>[ -/]*)(?P<final>[@-~])"
    r"|\x1b\](?P<string>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[PX^_](?s:.*?)\x1b\\"
)


class Emulator:
    """Bytes to a screen, and the answers a terminal gives.

    pyte's own parser prints parts of sequences it does not know, so it sees only those it does.
    """

    def __init__(self, columns: int, rows: int, modes: Mapping[int, int] | None) -> None:
        self.screen = _Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._pending = ""
        self._modes = modes
        self._answers: list[str] = []

    def feed(self, data: bytes) -> bytes:
        """Draw; the result is what the terminal answers."""
        text = self._pending + self._decoder.decode(data)
        position = 0
        while token := _TOKEN.match(text, position):
            position = token.end()
            if token["final"]:
                self._control(token)
            elif token["text"] or (token["string"] or "")[:2] in ("0;", "2;"):
                self._stream.feed(token[0])
        self._pending = text[position:]
        answers, self._answers = "".join(self._answers), []
        return answers.encode()

    def _control(self, token: re.Match[str]) -> None:
        numbers = [int(number or 0) for number in re.split("[;:]", token["parameters"])]
        first = numbers[0]
        match token["mark"], token["middle"], token["final"]:
            case "", "", "S":
                self.screen.scroll(first or 1)
            case "", "", "T":
                self.screen.scroll(-(first or 1))
            case "", "", "b":
                self.screen.repeat(first or 1)
            case "", "", "s":
                self.screen.save_cursor()
            case "", "", "u":
                self.screen.restore_cursor()
            case "", "", "c":
                self._answers.append("\x1b[?62;22c")
            case ">", "", "c":
                self._answers.append("\x1b[>41;379;0c")
            case "", "", "n" if first == 5:
                self._answers.append("\x1b[0n")
            case ("" | "?") as mark, "", "n" if first == 6:
                cursor = self.screen.cursor
                self._answers.append(f"\x1b[{mark}{cursor.y + 1};{cursor.x + 1}R")
            case "?", "$", "p":
                if self._modes is not None:
                    self._answers.append(f"\x1b[?{first};{self._modes.get(first, 0)}$y")
            case "?", "", ("h" | "l") as how:
                if not {1049, 1047, 47}.isdisjoint(numbers):
                    (self.screen.enter_second if how == "h" else self.screen.leave_second)()
                self._stream.feed(token[0])
            case ("", "", _) | ("?", "", "J" | "K"):
                self._stream.feed(token[0].replace(":", ";"))


class Program:
    """A command that runs in a pseudo-terminal; use it as a context manager, then nothing of it is left behind."""

    def __init__(
        self,
        *command: str | Path,
        columns: int = 80,
        rows: int = 24,
        term: str = "xterm-256color",
        env: Mapping[str, str | None] = MappingProxyType({}),
        modes: Mapping[int, int] | None = None,
        answers_after: float | None = 0.0,
    ) -> None:
        """
        Args:
            command: Program and arguments; it starts in the current folder.
            columns: Width of the terminal.
            rows: Height of the terminal.
            term: TERM; decides too which sequences the keys send.
            env: Beyond PATH, TERM, LANG=C.UTF-8, PYTHONPATH and a HOME of its own; None takes one of them away.
            modes: State of each private mode the terminal knows when asked (1 set, 2 reset); it does not know others.
                None: as an xterm without synchronised output, and no answer at all from linux and vt terminals.
            answers_after: Seconds before the terminal answers a question, drawing nothing meanwhile; None: never.
        """
        self.term = term
        self._home = tempfile.TemporaryDirectory(prefix="svc-tui-home-")
        if modes is None and not re.match(r"linux|vt\d", term):
            modes = {7: 1, 25: 1, 1000: 2, 1003: 2, 1004: 2, 1006: 2, 1049: 2, 2004: 2}
        self._emulator = Emulator(columns, rows, modes)
        self._answers_after = answers_after
        self._changed = threading.Condition()
        self._raw = bytearray()
        self._marked = 0
        self._ended = False
        self._exit_code: int | None = None
        self._wake_reader, self._wake_writer = os.pipe()
        self._master, slave = pty.openpty()
        os.set_blocking(self._master, False)
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.pid = self._spawn([str(part) for part in command], os.ttyname(slave), self._environment(env))
        self.watched = self.pid
        """The process whose work, memory and signals are meant: another than the first once a shell has begun it."""
        os.close(slave)
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    def _environment(self, env: Mapping[str, str | None]) -> dict[str, str]:
        clean: dict[str, str | None] = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": self._home.name,
            "TERM": self.term,
            "LANG": "C.UTF-8",
            **({} if "LANG" in (env or {}) else {"LC_MESSAGES": "en"}),  # else the shop's language is spoken
            "PYTHONPATH": str(ROOT),
            "SVC_TUI_ALARMS": "off",  # they come when they come; whoever is about them takes this away
            "TZ": os.environ.get("TZ"),  # tests of the screens set it, and what is read back here is in that time
        }
        return {name: value for name, value in (clean | dict(env)).items() if value is not None}

    @staticmethod
    def _spawn(command: list[str], tty: str, env: dict[str, str]) -> int:
        """Start it as leader of a session whose terminal is `tty`: opening it there makes it so."""
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, tty, os.O_RDWR, 0),
            (os.POSIX_SPAWN_DUP2, 0, 1),
            (os.POSIX_SPAWN_DUP2, 0, 2),
        ]
        default = [signals.SIGHUP, signals.SIGINT, signals.SIGTERM, signals.SIGPIPE]
        return os.posix_spawnp(command[0], command, env, file_actions=actions, setsid=True, setsigdef=default)

    def _read(self) -> None:
        while True:
            ready, _, _ = select.select([self._master, self._wake_reader], [], [])
            if self._wake_reader in ready:
                return
            try:
                data = os.read(self._master, 65536)
            except BlockingIOError:
                continue
            except OSError:  # the last process has closed its side
                data = b""
            with self._changed:
                self._raw += data
                answers = self._emulator.feed(data)
                self._ended = not data
                self._changed.notify_all()
            if not data:
                return
            if answers and self._answers_after is not None:
                time.sleep(self._answers_after)
                with contextlib.suppress(OSError):
                    os.write(self._master, answers)

    # Keys

    def send(self, text: str | bytes, *, patience: float | None = None) -> None:
        """Type, all at once: text with named keys in it (see `keys`), or bytes as they are.

        Args:
            text: What is typed.
            patience: Seconds it may take to be read; None: as long as anything may.
        """
        data = text if isinstance(text, bytes) else keys(text, self.term).encode()
        deadline = time.monotonic() + (TIMEOUT if patience is None else patience)
        while data:
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise TimeoutError(self._story("it does not read its input")) from None
                select.select([], [self._master], [], 0.1)

    def press(self, *texts: str) -> None:
        """Type, waiting after each text until the program is done with it."""
        for text in texts:
            self.send(text)
            self.settle()

    def bytes_for(self, text: str) -> bytes:
        """Everything the program writes because of these keys."""
        self.settle()
        self.mark()
        self.press(text)
        return self.raw

    # Waiting

    def settle(self, quiet: float = QUIET, timeout: float = TIMEOUT) -> None:
        """Wait until the program has written nothing and done nothing for `quiet` seconds, or has ended."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while not (self._ended or self._at_rest(quiet)):
                if time.monotonic() > deadline:
                    raise TimeoutError(self._story("it does not come to rest"))

    def _at_rest(self, quiet: float) -> bool:
        """Whether nothing came and nothing was done for `quiet` seconds. On a busy machine silence alone is no sign."""
        seen, worked = len(self._raw), self._processor_time()
        if self._changed.wait_for(lambda: self._ended or len(self._raw) != seen, quiet):
            return False
        unread = select.select([self._master], [], [], 0)[0]
        return not (unread or self._runnable()) and self._processor_time() - worked < WORK

    def wait_until(self, condition: Callable[[], bool], timeout: float = TIMEOUT, what: str = "the condition") -> None:
        """Wait until `condition` holds; it is tried after every output and 20 times a second."""
        deadline = time.monotonic() + timeout
        while True:
            ended = self._ended and self.exit_code is not None
            if condition():
                return
            if ended or time.monotonic() > deadline:
                raise TimeoutError(self._story(f"{what} did not come"))
            with self._changed:
                self._changed.wait(0.05)

    def wait_for(self, text: str, timeout: float = TIMEOUT) -> None:
        """Wait until `text` stands on the screen, within one line."""
        self.wait_until(lambda: text in self.text(), timeout, repr(text))

    def wait_for_exit(self, timeout: float = TIMEOUT) -> int:
        """Wait until the process has ended; the result is its exit code, negative for a signal."""
        deadline = time.monotonic() + timeout
        while self.exit_code is None:
            if time.monotonic() > deadline:
                raise TimeoutError(self._story("it does not end"))
            time.sleep(0.01)
        if self._reader.is_alive():
            self._reader.join(1.0)  # what it wrote last; a process it left behind may keep the terminal open
        return self._exit_code or 0

    # What there is to see

    def screen(self) -> list[str]:
        """The lines of the screen, without the blanks at their ends."""
        with self._changed:
            return [line.rstrip() for line in self._emulator.screen.display]

    def line(self, y: int) -> str:
        """One line, from 0; negative from the bottom."""
        return self.screen()[y]

    def text(self) -> str:
        """The whole screen."""
        return "\n".join(self.screen())

    @property
    def cells(self) -> list[list[Char]]:
        """Every cell, `cells[y][x]`, with its `data`, `fg`, `bg`, `bold`, `reverse`, `underscore`."""
        with self._changed:
            screen = self._emulator.screen
            return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the cursor, from 0."""
        with self._changed:
            return self._emulator.screen.cursor.x, self._emulator.screen.cursor.y

    @property
    def cursor_shown(self) -> bool:
        """Whether the cursor is visible."""
        with self._changed:
            return not self._emulator.screen.cursor.hidden

    def mark(self) -> None:
        """Let `raw` begin here."""
        with self._changed:
            self._marked = len(self._raw)

    @property
    def raw(self) -> bytes:
        """The bytes written since the last `mark`, or since the start."""
        with self._changed:
            return bytes(self._raw[self._marked :])

    def forget(self) -> None:
        """Keep nothing of what was written so far: in an hour it is gigabytes."""
        with self._changed:
            self._raw.clear()
            self._marked = 0

    @property
    def settings(self) -> list[object]:
        """The terminal's settings (termios), to see that they are restored."""
        return list(termios.tcgetattr(self._master))

    # The end of it

    @property
    def exit_code(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        if self._exit_code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._exit_code = os.waitstatus_to_exitcode(status)
        return self._exit_code

    def signal(self, number: int) -> None:
        """Send a signal to the process."""
        os.kill(self.watched, number)

    def watch_what_the_shell_began(self) -> None:
        """The command is a shell that has begun the program meant: from now on that one is watched."""
        self.wait_until(lambda: len(self._session()) > 1, what="what the shell began")
        (self.watched,) = (pid for pid in self._session() if pid != self.pid)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal; the kernel tells the program."""
        with self._changed:
            self._emulator.screen.resize(rows, columns)
            fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def show(self, data: bytes) -> None:
        """Draw what another program writes to this terminal."""
        with self._changed:
            self._emulator.feed(data)

    def freeze(self) -> None:
        """Take no more output, as a client that has hung or a held-up line; it never thaws."""
        os.write(self._wake_writer, b".")
        self._reader.join()
        os.read(self._wake_reader, 1)

    def hang_up(self) -> None:
        """Take the terminal away, as a closed window or a dropped line does."""
        if self._master < 0:
            return
        os.write(self._wake_writer, b".")
        self._reader.join()
        os.close(self._master)
        self._master = -1
        with self._changed:
            self._ended = True

    def kill(self) -> None:
        """End the process and all of its session at once."""
        for pid in self._session():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signals.SIGKILL)
        if self.exit_code is None:
            os.kill(self.pid, signals.SIGKILL)
            self.wait_for_exit()

    def close(self) -> None:
        """End the process, give back the terminal, remove the HOME."""
        self.kill()
        self.hang_up()
        if self._wake_reader >= 0:
            os.close(self._wake_reader)
            os.close(self._wake_writer)
            self._wake_reader = -1
        self._home.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # What the kernel knows; without /proc only the output counts

    def _session(self) -> list[int]:
        """The processes of the program's session."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == self.pid:
                    found.append(int(folder.name))
        return found

    def _threads(self) -> list[Path]:
        return list(Path(f"/proc/{self.watched}/task").glob("*"))

    def switches(self) -> int:
        """How often its threads have gone to sleep: what wakes without reason shows here."""
        told = [path.read_text() for thread in self._threads() if (path := thread / "status").exists()]
        return sum(int(re.findall(r"^voluntary_ctxt_switches:\s*(\d+)", text, re.MULTILINE)[0]) for text in told)

    def memory(self) -> float:
        """MiB of memory that is this process's alone."""
        text = Path(f"/proc/{self.watched}/smaps_rollup").read_text()
        return sum(int(size) for size in re.findall(r"^Private_(?:Clean|Dirty): +(\d+)", text, re.MULTILINE)) / 1024

    def _processor_time(self) -> float:
        """Seconds its threads have run."""
        total = 0
        for thread in self._threads():
            with contextlib.suppress(OSError, ValueError, IndexError):
                total += int((thread / "schedstat").read_text().split()[0])
        return total / 1e9

    def _runnable(self) -> bool:
        """Whether a thread runs or waits for the processor."""
        for thread in self._threads():
            with contextlib.suppress(OSError, IndexError):
                if (thread / "stat").read_text().rpartition(")")[2].split()[0] == "R":
                    return True
        return False

    def _story(self, complaint: str) -> str:
        return f"{complaint}; exit code {self.exit_code}; the screen:\n{self.text()}"
