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
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, Protocol, cast, runtime_checkable

from rich.color import ColorSystem
from rich.style import Style
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.geometry import Region, Size
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip

from svc_tui.cells import Drawer
from svc_tui.pace import FIRST_PATIENCE, Pace
from svc_tui.painter import Painter
from svc_tui.terminal import Profile, Way, choose_way

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


class DisplayApp(App[ReturnType], Generic[ReturnType]):
    """An app that shows its screens through the driver's `display`, if it has one."""

    _is_owed = False
    """Whether something was not shown because of a batch."""

    @property
    def display_layer(self) -> Display | None:
        """None where Textual writes everything itself: in tests without a terminal, or when asked to."""
        return getattr(self._driver, "display", None)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        layer = self.display_layer
        if layer is None or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, renderable)
            self.painted()
            if layer is not None and renderable is not None:
                layer.overwritten()
            return
        if self._batch_count:
            self._is_owed = True
            return
        try:
            if self._running and not self._closed:
                self._is_owed = False
                if isinstance(renderable, ChopsUpdate) and layer.size != screen._compositor.size:
                    renderable = screen._compositor.render_full_update()
                layer.has_sync, layer.on_painted = self._sync_available, self.painted
                layer.take(renderable, self.console._color_system or ColorSystem.TRUECOLOR)
        except Exception:
            log.exception("the screen is written whole from now on")
            self._write_whole()
        finally:
            self.post_display_hook()

    def _end_batch(self) -> None:
        """Textual forgets what it wanted shown meanwhile, which may have been the screen in another size."""
        super()._end_batch()
        if self._is_owed and not self._batch_count:
            self.call_later(self._show_owed)

    def _show_owed(self) -> None:
        if self._is_owed and not self._batch_count:
            self._display(self.screen, self.screen._compositor.render_full_update())

    def _write_whole(self) -> None:
        driver = cast("Any", self._driver)
        driver.display = None
        driver.write("\x1b[r\x1b[m")
        self.screen.refresh()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize) and self.display_layer is not None:
            self.display_layer.overwritten()
        await super().on_event(event)

    def painted(self) -> None:
        """All that was to be seen has gone to the terminal."""

    def hold_painting(self) -> None:
        """A key is being dealt with."""
        if self.display_layer is not None:
            self.display_layer.hold()

    def paint_now(self) -> None:
        """Paint what the last key has changed, without the five messages Textual takes for that."""
        screen = self.screen
        self._show_owed()
        dirty = _dirty_widgets(screen)
        if dirty and not self._batch_count and not (screen._layout_required or screen._scroll_required):
            for widget in dirty:
                widget._repaint_required = False
            if not self._paint_lines(screen, dirty):
                screen._dirty_widgets.update(dirty)
                Screen._on_timer_update(screen)
        if self.display_layer is not None:
            self.display_layer.release()

    def paint_between_keys(self) -> None:
        """Paint what has come in the background; while a key is being dealt with, that is painted at its end."""
        layer = self.display_layer
        if layer is not None and not layer.is_held:
            self.paint_now()

    def paint_meanwhile(self) -> None:
        """Paint what the key has changed so far; more is to come."""
        self.paint_now()
        self.hold_painting()

    def _paint_lines(self, screen: Screen[Any], dirty: list[Any]) -> bool:
        """Show what differs of widgets that draw themselves line by line, past the compositor, which takes longer.

        False, and nothing shown, when one of them is not seen whole or does not draw itself.
        """
        layer, seen = self.display_layer, screen._compositor.visible_widgets
        if layer is None or layer.size != screen._compositor.size or self.get_line_filters():
            return False
        if not all(isinstance(widget, DrawnByLine) and _is_whole(widget, seen) for widget in dirty):
            return False
        for widget in dirty:
            region = seen[widget][0]
            # Its own cache of lines still counts these as to be drawn, and they will be if it is ever asked.
            for part in widget._exchange_repaint_regions():
                for y in range(part.y, min(part.bottom, region.height)):
                    layer.put(region.x, region.y + y, widget.line(y))
        return True


class DisplayScreen(Screen[ScreenResultType], Generic[ScreenResultType]):
    """A screen that paints nothing while a key is being dealt with that changes more, unless that takes long."""

    def _on_timer_update(self) -> None:
        layer = getattr(self.app, "display_layer", None)
        # The timer runs on, and comes again when the key is done.
        if layer is None or not layer.is_held or self._layout_required or self._scroll_required:
            super()._on_timer_update()


@runtime_checkable
class DrawnByLine(Protocol):
    """A widget without border or padding that draws itself line by line."""

    def line(self, y: int) -> Drawn:
        """A line in the widget's width."""


def _is_whole(widget: Any, seen: Mapping[Any, tuple[Region, Region]]) -> bool:
    """Whether nothing of a widget is cut off or lies under another."""
    region, clip = seen[widget]
    for other, (its, _) in seen.items():  # those in front come first
        if other is widget:
            break
        if its.overlaps(region):
            return False
    return clip.contains_region(region)


def _dirty_widgets(screen: Screen[Any]) -> list[Any]:
    """The widgets of a screen that wait to be drawn again; none if something has to be laid out first."""
    dirty = []
    widgets: Iterable[Any] = screen._compositor.visible_widgets
    for widget in widgets:
        if widget._layout_required or widget._scroll_required or widget._refresh_styles_required:
            return []
        if widget._repaint_regions:
            dirty.append(widget)
    return dirty
