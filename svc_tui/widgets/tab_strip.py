"""The strip of tabs: names with their numbers, the open one marked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from svc_tui.domain.text import shown
from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import Span, TextLine, width_of
from svc_tui.widgets.look import look


class TabStrip(TextLine):
    """Left and right are the screen's business; Tab, Enter and Down lead into the tab."""

    typing = False

    class Clicked(Message):
        """A tab was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.names: tuple[str, ...] = ()
        self.open_tab = 0
        self.has_the_focus = False

    def tell(self, names: Sequence[str], open_tab: int, *, focus: bool) -> None:
        """Show the tabs; `focus` when the keys go to the strip itself."""
        self.names, self.open_tab, self.has_the_focus = tuple(names), open_tab, focus
        self._arrange()

    def on_click(self, event: events.Click) -> None:
        x = 0
        for place, (text, _style) in enumerate(self.spans):
            x += width_of(text)
            if event.x < x:
                self.post_message(self.Clicked(place))
                return

    def on_resize(self) -> None:
        self._arrange()

    def _arrange(self) -> None:
        styles = look()
        open_style = styles.tab_focus if self.has_the_focus else styles.tab_open
        whole = sum(width_of(name) + 4 for name in self.names) <= self.size.width
        spans: list[Span] = []
        for place, name in enumerate(self.names):
            is_open = place == self.open_tab
            # Where not every name fits, the closed tabs keep their numbers.
            text = f"{place + 1} {shown(name)}" if whole or is_open else str(place + 1)
            spans.append((f"[{text}]" if is_open else f" {text} ", open_style if is_open else styles.tab))
        self.show(spans)

    @property
    def caret(self) -> tuple[int, int]:
        """The first cell of the open tab."""
        return sum(width_of(text) for text, _style in self.spans[: self.open_tab]), 0

    def focus_changed(self, focused: bool) -> None:
        """Draw the open tab accordingly."""
        self.tell(self.names, self.open_tab, focus=focused)

    async def press(self, key: Key, *, more_follows: bool) -> Outcome:
        """Leave the strip."""
        if key.name in ("tab", "down", "enter"):
            return Outcome.NEXT
        return Outcome.PREVIOUS if key.name in ("shift+tab", "up") else Outcome.PASSED

    async def paste(self, text: str) -> None:
        """A strip takes no text."""
