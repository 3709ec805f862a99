"""The terminal's window: how large and how small the screens are ever laid out, and what a smaller window shows.

Below the least size nothing could be read, and parts of a screen would be left with no cell at all. So the screens keep
the size they had, and the terminal shows one line until it is larger. What is typed into a field meanwhile is kept; a
letter that would be a command is not done, for nobody sees what it does. Leaving is.
"""

from __future__ import annotations

from typing import Generic

from textual import events
from textual.app import ReturnType
from textual.geometry import Size

from svc_tui.i18n import _
from svc_tui.terminal.display_app import DisplayApp
from svc_tui.widgets.lines import fit

LEAST = Size(20, 5)
"""Columns and lines below which no screen is shown."""
MOST = Size(1_000, 500)
"""Columns and lines beyond which a window stays empty: memory goes by them, and a terminal may claim any number."""


def has_room(size: Size) -> bool:
    """Whether a screen can be shown in a window."""
    return size.width >= LEAST.width and size.height >= LEAST.height


def bounded(size: Size) -> Size:
    """The size of a screen for a window."""
    return Size(
        min(max(size.width, LEAST.width), MOST.width),
        min(max(size.height, LEAST.height), MOST.height),
    )


class WindowApp(DisplayApp[ReturnType], Generic[ReturnType]):
    """An app whose screens have a size between the least and the most, whatever the window has."""

    @property
    def size(self) -> Size:
        """Of the screens: the window's, within bounds."""
        return bounded(super().size)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Resize):
            if not has_room(event.size):
                self.show_only(fit(_("Window too small"), event.size.width).rstrip(), event.size)
                if self._size is not None:
                    return  # the screens keep the size they have
            elif self.shows_only:
                self.show_screens()
            event = events.Resize(bounded(event.size), bounded(event.size))
        elif self.shows_only and isinstance(event, events.MouseEvent):
            return  # it points at what cannot be seen
        await super().on_event(event)
