"""Textual's driver for terminals, made to last: bad input, a terminal that goes away, signals, old terminals.

It uses private names of Textual; `tests/unit/test_driver.py` fails when the library changes them. Seen with 8.2.8:
one byte that is not UTF-8 ends the program, and so does an absurd control sequence; an unknown one is typed as keys;
a paste without its end swallows every later key; end of file is read for ever; Escape takes 100 ms whatever
ESCDELAY says.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import inspect
import logging
import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable
from io import TextIOWrapper
from types import FrameType
from typing import Any, cast

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from svc_tui.terminal.backlog import Backlog
from svc_tui.terminal.display import Display
from svc_tui.terminal.keyboard import Keyboard, TerminalAnswer
from svc_tui.terminal.terminal import Charset, Profile, Way, choose_charset, choose_profile, choose_way, renderer

log = logging.getLogger(__name__)

HOOK_PATIENCE = 5.0
"""Seconds the app has for `terminal_gone` or `asked_to_stop`."""
OUTPUT_PATIENCE = 2.0
"""Seconds a terminal that takes no output may hold up the end."""
LAST_CALL = 15.0
"""Seconds after which the process ends even if the app has not."""


_PLAIN_KEYS = "\x1b[=0u\x1b[>4m"
"""Asks a terminal that a program left in kitty's mode or with modifyOtherKeys to send keys as it used to."""


class Output:
    """The terminal as a file for Textual's writer thread: it never raises, and it can be told not to wait.

    The stock driver's thread ends with the first failed write, and then the app waits for it for ever.
    """

    def __init__(self, fd: int, encoding: str) -> None:
        self._encoding = encoding
        self._waiting: list[str] = []
        self._deadline: float | None = None
        self._gone = False
        try:
            # Not to block needs an open file of our own: the shell shares the one we were given.
            flags = os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC
            self._fd = os.open(os.ttyname(fd), flags)
        except OSError:
            self._fd = os.dup(fd)

    def fileno(self) -> int:
        """The file descriptor."""
        return self._fd

    def write(self, text: str) -> None:
        """Keep `text` for the next flush; the thread flushes at every pause."""
        self._waiting.append(text)
        if len(self._waiting) >= 64:
            self.flush()

    def flush(self) -> None:
        """Send what waits; throw it away if the terminal is gone or too slow at the end."""
        data = self.encoded("".join(self._waiting))
        self._waiting.clear()
        while data and not self._gone:
            try:
                data = data[os.write(self._fd, data) :]
            except BlockingIOError:
                self._gone = self._deadline is not None and time.monotonic() > self._deadline
                select.select([], [self._fd], [], 0.25)
            except OSError:
                self._gone = True

    def encoded(self, text: str) -> bytes:
        """As this terminal takes it."""
        return text.encode(self._encoding, errors="replace")

    def gone(self) -> None:
        """Nothing more is sent by `flush`: the terminal is written to past it."""
        self._gone = True

    def hurry(self) -> None:
        """The program has to end: a terminal that takes nothing is waited for a little, no more."""
        if self._deadline is None:
            self._deadline = time.monotonic() + OUTPUT_PATIENCE


class Driver(LinuxDriver):
    """The terminal as `svc_tui.terminal.terminal.prepare` found it.

    When the terminal goes away (hang-up, end of input) `app.terminal_gone()` is called, on SIGTERM
    `app.asked_to_stop()`, if the app has such methods; plain or async, on the app's loop. Then the app exits with
    return code 129 or 143 and the terminal is restored. An app with a method `key_came` is given keys and pastes by it.
    """

    # Not asked for: focus (each change of window would repaint), the size as input (a wrong one would be believed),
    # the shape of the mouse pointer, and taking back Kitty's keyboard, which prepare() has left alone.
    _UNWANTED = frozenset({"\x1b[?1004h", "\x1b[?1004l", "\x1b[?2048$p", "\x1b[<u"})
    _POINTER_SHAPE = "\x1b]22;"
    _UNWANTED_BY_OLD = _UNWANTED | {"\x1b[?2026$p"}

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._profile = choose_profile(os.environ)
        self._charset = charset = choose_charset(os.environ, self._profile)
        self._render = renderer(self._profile, charset)
        self._unwanted = self._UNWANTED if self._profile is Profile.RICH else self._UNWANTED_BY_OLD
        # Standard output, not error as in the stock driver: `2>file` then keeps the errors and the screen stays.
        output_fd = sys.__stdout__.fileno() if sys.__stdout__ is not None else 1
        self._output = Output(output_fd, "utf-8" if charset is Charset.UTF8 else "ascii")
        self._file = cast("TextIOWrapper[Any]", self._output)
        self.display: Display | None = None
        """What keeps the screen; None where Textual writes it whole."""
        self._context = contextvars.copy_context()
        self._wake_reader, self._wake_writer = os.pipe()
        self._has_started = False
        self._handed = self._taken = 0
        """Keys and pastes given to the loop by the thread that reads, and those that have arrived there."""
        self._handlers_before: dict[int, Any] = {}
        self._farewell: asyncio.Task[None] | None = None
        self._last_call: threading.Timer | None = None

    def write(self, data: str) -> None:
        """Send what this terminal can show of `data`."""
        if data in self._unwanted or data.startswith(self._POINTER_SHAPE):
            return
        if self.display is not None:
            self.display.overwritten(data)
        self._send(self._render(data))

    def _send(self, data: str) -> None:
        super().write(data)

    def start_application_mode(self) -> None:
        """Take over the terminal, and hear of its end."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            if self.display is not None:
                self.display.overwritten()
            return  # a SIGCONT without a stop before it, as after a SIGSTOP, or as the kernel sends after a hang-up
        if self.display is None and not self._has_started and choose_way(os.environ) is not Way.WHOLE:
            self.display = Display(self._send, self._render, self._profile)
        self._has_started = True
        for number in (signal.SIGHUP, signal.SIGTERM):
            self._handlers_before.setdefault(number, signal.signal(number, self._on_signal))
        super().start_application_mode()  # type: ignore[no-untyped-call]  # the library gives it no types
        if self._profile is Profile.RICH:  # others would print it, or take it for underlined
            self._send(_PLAIN_KEYS)
        signal.signal(signal.SIGWINCH, self._on_new_size)
        if self.display is not None:
            self.display.take_over()

    def _on_new_size(self, _number: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: the end is near
            self._loop.call_soon_threadsafe(self._tell_size, context=self._context)

    def _tell_size(self) -> None:
        """Read on the loop. The stock driver reads it in the handler, which a second change interrupts: then the older
        size is told last, and stays.
        """
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self._app.post_message(events.Resize(size, size))

    def stop_application_mode(self) -> None:
        """Give the terminal back as it was."""
        self.write("\x1b[0m")
        if self._profile is not Profile.RICH:
            self.write("\x1b[H\x1b[2J")  # it may have no second screen to leave
        super().stop_application_mode()

    def suspend(self) -> bool:
        """Give the terminal to the shell that began this program, until it says `fg`.

        The signal goes to the whole job, as from a terminal's own Ctrl+Z. It has its usual meaning meanwhile, for then
        the kernel leaves out a job that no shell could continue, as in a session that runs nothing but this program;
        the stock driver stops for ever there.

        Returns:
            Whether there was such a shell.
        """
        if self.input_tty is False or self._writer_thread is None:
            return False
        self.suspend_application_mode()
        before = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(0, signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, before)
        if self._writer_thread is not None and self._writer_thread.is_alive():
            return True  # the handler of SIGCONT has taken the terminal over
        self.resume_application_mode()
        return False

    def _sigtstp_application(self, *_: object) -> None:
        """Somebody else sent the signal: the app stops between two writes."""
        suspend = getattr(self._app, "asked_to_suspend", None)
        if suspend is None:
            self.suspend()
            return
        with contextlib.suppress(RuntimeError):  # the loop is closed: the end is near
            self._loop.call_soon_threadsafe(suspend, context=self._context)

    def close(self) -> None:
        """Wait for the output to be written."""
        super().close()
        for number, handler in self._handlers_before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        self._handlers_before.clear()
        if self._last_call is not None:
            self._last_call.cancel()

    def disable_input(self) -> None:
        """Stop reading; the reader is woken, for it may be waiting without limit."""
        if self.display is not None:
            self.display.let_go(is_heard=self._key_thread is not None and self._key_thread.is_alive())
        os.write(self._wake_writer, b".")
        super().disable_input()
        os.read(self._wake_reader, 1)

    def run_input_thread(self) -> None:
        """Read until told to stop or the terminal is gone."""
        keyboard = Keyboard(is_utf8=self._charset is Charset.UTF8, term=os.environ.get("TERM", "").lower())
        backlog = Backlog(self._input_waiting, self._tell_dropped)
        while not self.exit_event.is_set():
            ready, _, _ = select.select([self.fileno, self._wake_reader], [], [], keyboard.wait())
            messages: list[Message] = []
            if self.fileno in ready:
                data = self._read()
                if data == b"":
                    self._end("terminal_gone", signal.SIGHUP)
                    return
                if data and not backlog.admits():
                    continue
                messages += keyboard.feed(data or b"")
            messages += keyboard.tick()
            for message in messages:
                if isinstance(message, events.MouseEvent) and not self._mouse:
                    continue  # not asked for
                if not isinstance(message, TerminalAnswer):
                    self.process_message(message)
                elif self.display is not None:
                    self.display.answered()

    def send_message(self, message: Message) -> None:
        """From the thread that reads: keys go to an app that takes them itself without a tour of Textual's queues."""
        take = getattr(self._app, "key_came", None)
        if take is None or not isinstance(message, events.Key | events.Paste):
            super().send_message(message)
            return
        self._handed += 1
        with contextlib.suppress(RuntimeError):  # the loop is closed: the end is near
            self._loop.call_soon_threadsafe(self._hand_over, take, message)

    def _hand_over(self, take: Callable[[Message], None], message: Message) -> None:
        self._taken += 1
        take(message)

    def _input_waiting(self) -> int:
        """From the thread that reads: how much the app has not dealt with yet."""
        of_app = getattr(self._app, "input_waiting", None)
        return self._handed - self._taken + (of_app() if of_app is not None else 0)

    def _tell_dropped(self) -> None:
        log.warning("more input came than can be dealt with; it is dropped")
        overrun = getattr(self._app, "overrun", None)
        if overrun is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(overrun.begin)

    def _read(self) -> bytes | None:
        """Bytes; none at all when the terminal is gone; None when it was a false alarm."""
        try:
            return os.read(self.fileno, 4096)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        # By signal.signal, not by the loop: it has to run while the loop waits for a terminal that takes no output.
        self._end("terminal_gone" if number == signal.SIGHUP else "asked_to_stop", number)

    def _end(self, hook: str, number: int) -> None:
        """From any thread: let the app say goodbye, and see to it that the process ends."""
        self._output.hurry()
        if self._last_call is None:
            self._last_call = threading.Timer(LAST_CALL, self._abandon, [number])
            self._last_call.daemon = True
            self._last_call.start()
        with contextlib.suppress(RuntimeError):  # the loop is closed: the end is near anyway
            self._loop.call_soon_threadsafe(self._start_farewell, hook, number, context=self._context)

    def _start_farewell(self, hook: str, number: int) -> None:
        if self._farewell is None:
            self._farewell = self._loop.create_task(self._say_farewell(hook, number))

    async def _say_farewell(self, hook: str, number: int) -> None:
        try:
            result = getattr(self._app, hook, lambda: None)()
            if inspect.isawaitable(result):
                await asyncio.wait_for(result, HOOK_PATIENCE)
        except Exception:
            log.exception("%s failed", hook)
        finally:
            self._app.exit(return_code=128 + number)

    def _abandon(self, number: int) -> None:
        """The app hangs: restore what can be restored without it, and end."""
        getattr(self._app, "keep_typed", lambda: None)()
        self.give_back_at_once()
        os._exit(128 + number)

    def give_back_at_once(self, told: str = "") -> None:
        """Restore what can be restored without the app, from any thread, and tell something; the process is to end."""
        self._output.gone()
        with contextlib.suppress(OSError, termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
            os.set_blocking(self._output.fileno(), False)
            mouse = "".join(f"\x1b[?{mode}l" for mode in (1000, 1002, 1003, 1006, 1015)) if self._mouse else ""
            whole = "" if self._profile is Profile.RICH else "\x1b[H\x1b[2J"  # it may have no second screen to leave
            text = f"\x18\x1b[0m\x1b[r{mouse}\x1b[?2004l\x1b[?7h{whole}\x1b[?1049l\x1b[?25h\r\n"
            os.write(self._output.fileno(), self._render(text).encode())
            os.write(self._output.fileno(), self._output.encoded(f"{told}\r\n" if told else ""))
