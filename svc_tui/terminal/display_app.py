"""An app and its screens that show themselves through `Display`: batches, one frame a key, lines past the compositor.

Private names of Textual used here are listed in `tests/unit/test_display.py`, which fails when the library changes
them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any, Generic, Protocol, cast, runtime_checkable

from rich.color import ColorSystem
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ReturnType
from textual.geometry import Region, Size
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from svc_tui.terminal.display import Display, Drawn

log = logging.getLogger(__name__)


class DisplayApp(App[ReturnType], Generic[ReturnType]):
    """An app that shows its screens through the driver's `display`, if it has one."""

    _is_owed = False
    """Whether something was not shown because of a batch."""
    shows_only = False
    """Whether a line of text stands in place of the screens."""

    @property
    def display_layer(self) -> Display | None:
        """None where Textual writes everything itself: in tests without a terminal, or when asked to."""
        return getattr(self._driver, "display", None)

    def show_only(self, line: str, size: Size) -> None:
        """Show one line in a window of this size, and nothing of the screens.

        Args:
            line: What stands there, harmless and no longer than the window is wide.
            size: Of the window.
        """
        self.shows_only = True
        layer = self.display_layer
        if layer is not None:
            layer.where = self._where
            layer.take_line(line, size, self._colours)
        elif self._driver is not None:
            self._driver.write(f"\x1b[m\x1b[2J\x1b[H{line}")

    @property
    def _colours(self) -> ColorSystem:
        return self.console._color_system or ColorSystem.TRUECOLOR

    def show_screens(self) -> None:
        """Show the screens again."""
        self.shows_only = False
        self._is_owed = True
        self.call_later(self._show_owed)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if self.shows_only:
            return
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
                layer.where = self._where
                layer.take(renderable, self._colours)
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

    def _where(self) -> tuple[tuple[int, int] | None, bool]:
        """The cell of the terminal's cursor: readers of the screen, magnifiers and input methods go by it."""
        if self.shows_only or not self._screen_stack:
            return (0, 0), False
        screen = self._screen_stack[-1]
        return screen.cursor_place() if isinstance(screen, DisplayScreen) else (None, False)

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

    def _screen_resized(self, size: Size) -> None:
        """The window's size changed: lay out for the one it has now, whichever was told.

        8.2.8 answers a size by telling the screen that it has this size: of two that came together each was answered
        after the other one, for ever.
        """
        wanted = self.app.size
        if self._compositor.size != wanted or self._size != wanted:
            super()._screen_resized(wanted)

    def cursor_place(self) -> tuple[tuple[int, int] | None, bool]:
        """The cell that the terminal's cursor stands in, and whether it is to be seen."""
        part, is_writing = self.cursor_part()
        seen: Any = self._compositor.visible_widgets.get(part) if isinstance(part, Widget) else None
        caret = getattr(part, "caret", None)
        if seen is not None and caret is not None:
            region, clip = seen
            place = (region.x + caret[0], region.y + caret[1])
            if clip.contains(*place):
                return place, is_writing
        return (0, max(self.size.height - 1, 0)), False

    def cursor_part(self) -> tuple[object, bool]:
        """What the keys go to, whose `caret` tells the cell; and whether text is written there."""
        return None, False

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
