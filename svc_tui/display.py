"""Between Textual's compositor and the driver: only what differs is sent, and no more than the terminal keeps up with.

Textual writes every dirty region again in full. Here a copy of what the terminal shows is kept (`painter`), and after a
frame the terminal is asked to answer (DSR, `CSI 5 n`). With two questions open nothing more is painted; what changes
meanwhile is in the next frame. So a key held on a slow line never has more than two frames on the way.

`SVC_TUI_DISPLAY` says how: `changes` is the default, `slow` sends at most 15 frames a second, `whole` leaves everything
to Textual. Private names of Textual used here are listed in `tests/unit/test_display.py`, which fails when the library
changes them.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, cast

from rich.color import ColorSystem
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.screen import Screen
from textual.strip import Strip

from svc_tui.cells import Drawer
from svc_tui.painter import Painter
from svc_tui.terminal import Profile, Way, choose_way

log = logging.getLogger(__name__)

QUESTION = "\x1b[5n"
"""Asks the terminal whether it is well; it answers `CSI 0 n` when it has drawn all before."""
OPEN_QUESTIONS = 2
ASK_AFTER_BYTES = 400
ASK_WITHIN = 0.1
"""Seconds after a frame in which the next one is followed by a question, however small it is."""
FIRST_PATIENCE = 1.0
"""Seconds for the first answer; without one the terminal is taken to be silent, until an answer comes all the same."""
PATIENCE = 4.0
"""Seconds for later ones: a frame takes that long on the slowest lines."""
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


class Pace:
    """How many frames may be on the way; knows the time, no terminal."""

    def __init__(self, clock: Callable[[], float], interval: float = 0.0) -> None:
        """
        Args:
            clock: Seconds.
            interval: Least seconds between two frames.
        """
        self._clock = clock
        self._interval = interval
        self._open = 0
        self._asked = self._first_asked = 0.0
        self._sent = float("-inf")
        self._unasked_bytes = 0
        self._is_answering: bool | None = None

    def wait(self) -> float:
        """Seconds until the next frame may be sent; 0 when it may now. An answer can make it sooner."""
        now = self._clock()
        wait = self._sent + self._interval - now
        if self._open and self._is_answering is None:
            due = self._first_asked + FIRST_PATIENCE - now
        else:
            due = self._asked + PATIENCE - now
        if self._open and due <= 0:
            # No answer is coming: a terminal that has never given one is not asked again.
            self._is_answering = self._is_answering or False
            self._open = 0
        if self._open >= OPEN_QUESTIONS:
            wait = max(wait, due)
        return max(wait, 0.0)

    def sent(self, size: int) -> bool:
        """A frame of so many bytes goes out now; whether the terminal is to be asked after it."""
        now = self._clock()
        followed_fast = now - self._sent < ASK_WITHIN
        self._sent = now
        self._unasked_bytes += size
        if self._is_answering is False or not (followed_fast or self._unasked_bytes >= ASK_AFTER_BYTES):
            return False
        if not self._open:
            self._first_asked = now
        self._unasked_bytes = 0
        self._open += 1
        self._asked = now
        return True

    def answered(self) -> None:
        """The terminal has answered one question."""
        self._is_answering = True
        self._open = max(self._open - 1, 0)

    def start_over(self) -> None:
        """Questions that were open will not be answered any more."""
        self._open = 0
        self._sent = float("-inf")

    @property
    def is_answering(self) -> bool:
        """Whether the terminal has ever answered, and has not stopped."""
        return bool(self._is_answering)


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
        self._strips: list[dict[int, Strip]] = []
        self._loop = asyncio.get_running_loop()
        self.pace = Pace(self._loop.time, SLOW_INTERVAL if choose_way(environ) is Way.SLOW else 0.0)
        self._timer: asyncio.TimerHandle | None = None
        self._held_until: float | None = None
        self._is_forgotten = False
        self._is_away = False
        self._questions = self._answers = 0
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
            self._painter.resize(width, height)
            self._strips = [{} for _ in range(height)]
        for y, strips in enumerate(update.strips):
            x = 0
            for strip in strips:
                self._put(x, y, strip)
                x += strip.cell_length

    def _take_parts(self, update: ChopsUpdate) -> None:
        for y, first, last in update.spans:
            if y >= self._painter.height:
                continue
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                # A piece is drawn whole where the span touches it: no widget begins or ends within.
                if strip is not None and x < last and end > first:
                    self._put(x, y, strip)

    def _put(self, x: int, y: int, strip: Strip) -> None:
        line = self._strips[y]
        if line.get(x) is strip:
            return
        width = strip.cell_length
        if not width:
            return
        for other in [place for place, old in line.items() if place < x + width and place + old.cell_length > x]:
            del line[other]
        line[x] = strip
        self._painter.put(x, y, cast("Drawer", self._drawer).cells(strip))

    # -- to the terminal -----------------------------------------------------------------------------------

    def paint(self) -> None:
        """Send what differs, now or as soon as it may be."""
        if self._is_away or not (self._painter.is_due or self._is_forgotten) or not self._painter.height:
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
        if self._is_forgotten:
            self._is_forgotten = False
            self._painter.forget()
        frame, lines = self._painter.paint()
        if not frame:
            return
        if self.has_sync and lines >= TOGETHER:
            frame = f"{SYNC_START}{frame}{SYNC_END}"
        if self.pace.sent(len(frame)):
            self._questions += 1
            frame += QUESTION
        self._write(frame)

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


class DisplayApp(App[ReturnType], Generic[ReturnType]):
    """An app that shows its screens through the driver's `display`, if it has one."""

    @property
    def display_layer(self) -> Display | None:
        """None where Textual writes everything itself: in tests without a terminal, or when asked to."""
        return getattr(self._driver, "display", None)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        layer = self.display_layer
        if layer is None or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, renderable)
            if layer is not None and renderable is not None:
                layer.overwritten()
            return
        try:
            if self._running and not self._closed and not self._batch_count:
                layer.has_sync = self._sync_available
                layer.take(renderable, self.console._color_system or ColorSystem.TRUECOLOR)
        except Exception:
            log.exception("the screen is written whole from now on")
            self._write_whole()
        finally:
            self.post_display_hook()

    def _write_whole(self) -> None:
        driver = cast("Any", self._driver)
        driver.display = None
        driver.write("\x1b[r\x1b[m")
        self.screen.refresh()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize) and self.display_layer is not None:
            self.display_layer.overwritten()
        await super().on_event(event)

    def hold_painting(self) -> None:
        """A key is being dealt with."""
        if self.display_layer is not None:
            self.display_layer.hold()

    def paint_now(self) -> None:
        """Paint what the last key has changed, without the five messages Textual takes for that."""
        screen = self.screen
        dirty = _dirty_widgets(screen)
        if dirty and not self._batch_count and not (screen._layout_required or screen._scroll_required):
            for widget in dirty:
                widget._repaint_required = False
            screen._dirty_widgets.update(dirty)
            screen._on_timer_update()
        if self.display_layer is not None:
            self.display_layer.release()


def _dirty_widgets(screen: Screen[Any]) -> list[Any]:
    """The widgets of a screen that wait to be drawn again; none if something has to be laid out first."""
    dirty = []
    widgets: Iterable[Any] = screen._compositor.visible_widgets
    for widget in widgets:
        if widget._layout_required or widget._scroll_required or widget._refresh_styles_required:
            return []
        if widget._repaint_required:
            dirty.append(widget)
    return dirty
