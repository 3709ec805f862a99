"""Between Textual's compositor and the driver: only what differs is sent, and no more than the terminal keeps up with.

Textual writes every dirty region again in full. Here a copy of what the terminal shows is kept (`painter`), and after a
frame the terminal is asked to answer (DSR, `CSI 5 n`). With two questions open nothing more is painted; what changes
meanwhile is in the next frame. So a key held on a slow line never has more than two frames on the way.

`SVC_TUI_DISPLAY` says how: `changes` is the default, `slow` sends at most 15 frames a second, `whole` leaves everything
to Textual. Private names of Textual used here are listed in `tests/unit/test_display.py`, which fails when the library
changes them. `display_app` is the app and the screen that show themselves through it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol, cast

from rich.color import ColorSystem
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.geometry import Size
from textual.strip import Strip

from svc_tui.terminal.cells import Drawer
from svc_tui.terminal.pace import FIRST_PATIENCE, Pace
from svc_tui.terminal.painter import Painter
from svc_tui.terminal.terminal import Profile, Way, choose_way

log = logging.getLogger(__name__)

QUESTION = "\x1b[5n"
"""Asks the terminal whether it is well; it answers `CSI 0 n` when it has drawn all before."""
SLOW_INTERVAL = 1 / 15
KEY_PATIENCE = 0.05
"""Seconds a key may take before what it has changed so far is painted."""
TOGETHER = 3
"""Lines from which on a frame is worth the 16 bytes that make it appear at once."""
SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"

_HARMLESS = re.compile(
    r"(?:\x07|\x1b\[\?(?!1049|47|1047)[0-9;]+[hl]|\x1b\[\?[0-9]+\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))*"
)
"""What others may write without the screen changing: the bell, modes, titles."""
_WITHOUT_REGIONS = re.compile(r"vt5.|vt100.*|dumb.*|unknown|ansi.*|cygwin|pcansi.*|cons25.*|")
"""Terminals that may not insert lines or erase some cells."""


class Drawn(Protocol):
    """A part of a line: texts and their styles."""

    @property
    def cell_length(self) -> int:
        """Cells it takes."""

    def __iter__(self) -> Iterator[tuple[str, Style]]: ...


def _spans_of(strip: Strip) -> Iterator[tuple[str, Style | None]]:
    return ((text, style) for text, style, control in strip if not control)


class Display:
    """What is on the terminal, kept in step with what Textual wants there."""

    def __init__(
        self,
        write: Callable[[str], None],
        render: Callable[[str], str],
        profile: Profile,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        """
        Args:
            write: Sends bytes that the terminal can show.
            render: Turns text and SGR sequences into those.
            profile: How much of a terminal there is.
            environ: TERM, and how to write.
        """
        is_old = _WITHOUT_REGIONS.fullmatch(environ.get("TERM", "").lower()) is not None
        self._painter = Painter(takes_back=profile is Profile.RICH, erases=not is_old, scrolls=not is_old)
        self._write = write
        self._render = render
        self._drawer: Drawer | None = None
        self._strips: list[dict[int, Strip | Drawn]] = []
        self._loop = asyncio.get_running_loop()
        self.pace = Pace(self._loop.time, SLOW_INTERVAL if choose_way(environ) is Way.SLOW else 0.0)
        self._timer: asyncio.TimerHandle | None = None
        self._held_until: float | None = None
        self._is_forgotten = False
        self._is_away = False
        self._questions = self._answers = 0
        self.on_painted: Callable[[], None] = lambda: None
        """Called when all that was to be seen has been sent."""
        self.where: Callable[[], tuple[tuple[int, int] | None, bool]] = _nowhere
        """Tells the cell that the terminal's cursor is to stand in, and whether it is to be seen."""
        self.has_sync = False
        """Whether the terminal can be told to show a frame at once."""

    # -- from Textual --------------------------------------------------------------------------------------

    def take(self, update: LayoutUpdate | ChopsUpdate, colours: ColorSystem) -> None:
        """What Textual wants shown from now on; painted at once unless it has to wait."""
        if self._drawer is None:
            self._drawer = Drawer(colours, self._render)
        if isinstance(update, LayoutUpdate):
            self._take_all(update)
        else:
            self._take_parts(update)
        self.paint()

    def _take_all(self, update: LayoutUpdate) -> None:
        width, height = update.region.size
        if (width, height) != (self._painter.width, self._painter.height):
            self._resize(width, height)
        for y, strips in enumerate(update.strips):
            x = 0
            for strip in strips:
                self.put(x, y, strip)
                x += strip.cell_length

    def _take_parts(self, update: ChopsUpdate) -> None:
        for y, first, last in update.spans:
            if y >= self._painter.height:
                continue
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                # A piece is drawn whole where the span touches it: no widget begins or ends within.
                if strip is not None and x < last and end > first:
                    self.put(x, y, strip)

    def take_line(self, text: str, size: Size, colours: ColorSystem) -> None:
        """A window of this size shows this text on its first line, and nothing else."""
        if self._drawer is None:
            self._drawer = Drawer(colours, self._render)
        self._resize(size.width, size.height)
        self._painter.put(0, 0, self._drawer.cells([(text, None)]))
        self.paint()

    def _resize(self, width: int, height: int) -> None:
        self._painter.resize(width, height)
        self._strips = [{} for _ in range(height)]

    @property
    def size(self) -> Size:
        """Of the screen that was shown last; nothing before the first."""
        return Size(self._painter.width, self._painter.height)

    def put(self, x: int, y: int, strip: Strip | Drawn) -> None:
        """What is to be seen from a cell on; `paint` sends it."""
        if y >= len(self._strips):
            return
        line = self._strips[y]
        if line.get(x) is strip:
            return
        width = strip.cell_length
        if not width:
            return
        for other in [place for place, old in line.items() if place < x + width and place + old.cell_length > x]:
            del line[other]
        line[x] = strip
        spans = _spans_of(strip) if isinstance(strip, Strip) else strip
        self._painter.put(x, y, cast("Drawer", self._drawer).cells(spans))

    # -- to the terminal -----------------------------------------------------------------------------------

    def paint(self) -> None:
        """Send what differs, now or as soon as it may be."""
        if self._is_away or not self._painter.height:
            return
        if not (self._painter.is_due or self._is_forgotten):
            self.on_painted()
            return
        wait = self.pace.wait()
        if self._held_until is not None:
            wait = max(wait, self._held_until - self._loop.time())
        if wait > 0:
            self._wake_in(wait)
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        place, is_shown = self.where()
        self._painter.place_cursor(place, is_shown=is_shown)
        if self._is_forgotten:
            self._is_forgotten = False
            self._painter.forget()
        frame, lines = self._painter.paint()
        if not frame:
            self.on_painted()
            return
        if self.has_sync and lines >= TOGETHER:
            frame = f"{SYNC_START}{frame}{SYNC_END}"
        if self.pace.sent(len(frame)):
            self._questions += 1
            frame += QUESTION
        self._write(frame)
        self.on_painted()

    def _wake_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, self._wake)

    def _wake(self) -> None:
        self._timer = None
        if self._held_until is not None and self._loop.time() >= self._held_until:
            self._held_until = None
        self.paint()

    def hold(self) -> None:
        """A key is being dealt with: what it changes is painted at its end, or when that takes long."""
        if self._held_until is None:
            self._held_until = self._loop.time() + KEY_PATIENCE

    @property
    def is_held(self) -> bool:
        """Whether a key is being dealt with that has not taken long yet."""
        return self._held_until is not None and self._loop.time() < self._held_until

    def release(self) -> None:
        """The keys that have come are dealt with."""
        self._held_until = None
        self.paint()

    # -- what else happens at the terminal -------------------------------------------------------------------

    def answered(self) -> None:
        """From the thread that reads: the terminal has answered."""
        self._answers = min(self._answers + 1, self._questions)
        self._loop.call_soon_threadsafe(self._take_answer)

    def _take_answer(self) -> None:
        self.pace.answered()
        self.paint()

    def overwritten(self, data: str = "") -> None:
        """Somebody else has written this, or who knows what: everything is painted anew. Also from a signal handler."""
        if data and _HARMLESS.fullmatch(data):
            return
        self._is_forgotten = True
        self._loop.call_soon_threadsafe(self._wake_in, 0.05)

    def repaint(self) -> None:
        """Paint everything anew, now: the user says that the screen is wrong."""
        self._is_forgotten = True
        self.pace.start_over()
        self.release()

    def take_over(self) -> None:
        """The terminal is ours, again or for the first time."""
        self._is_away = False
        self.overwritten()

    def let_go(self, *, is_heard: bool) -> None:
        """The terminal goes to somebody else, and nothing is painted until it is taken over.

        Args:
            is_heard: Whether its answers are still read: then those it owes are waited for, or a shell would take
                them for keys.
        """
        self._is_away = True
        deadline = time.monotonic() + FIRST_PATIENCE
        while is_heard and self.pace.is_answering and self._answers < self._questions and time.monotonic() < deadline:
            time.sleep(0.005)  # no lock: this may run in a signal handler
        self._answers = self._questions
        self.pace.start_over()


def _nowhere() -> tuple[tuple[int, int] | None, bool]:
    """Where nobody says where the cursor stands."""
    return None, False
