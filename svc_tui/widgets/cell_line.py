"""Counts side by side on a line, of which one can be chosen: the head of a dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.message import Message

from svc_tui.domain.text import shown
from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import Line, LineWidget, Span, line_of, width_of
from svc_tui.widgets.look import look


class CountCell(NamedTuple):
    """A count with its name."""

    name: str
    figure: str


class CellLine(LineWidget):
    """At most two lines of cells. Left, Right and Tab choose one, Enter is the screen's business."""

    DEFAULT_CSS = "CellLine { height: auto; }"

    typing = False

    class Clicked(Message):
        """A cell was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cells: tuple[CountCell, ...] = ()
        self.chosen = 0
        self.has_the_focus = False

    def tell(self, cells: Sequence[CountCell]) -> None:
        """Show these counts."""
        before, self.cells = self.cells, tuple(cells)
        if before != self.cells:
            self.refresh(layout=len(before) != len(self.cells))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Lines that they need."""
        return len(self._rows(width))

    def line(self, y: int) -> Line:
        rows = self._rows(self.size.width)
        return line_of(self._spans(rows[y] if y < len(rows) else []), self.size.width)

    def _texts(self) -> list[str]:
        return [f"{shown(cell.name)} {shown(cell.figure)}" for cell in self.cells]

    def _rows(self, width: int) -> list[list[int]]:
        """Places of the cells by line; what has no room in two lines is left out."""
        rows: list[list[int]] = [[]]
        taken = 0
        for place, text in enumerate(self._texts()):
            needs = width_of(text) + 2
            if rows[-1] and taken + needs > width + 1:
                if len(rows) == 2:
                    break
                rows.append([])
                taken = 0
            rows[-1].append(place)
            taken += needs
        return rows

    def _spans(self, places: Sequence[int]) -> list[Span]:
        styles, texts = look(), self._texts()
        spans: list[Span] = [(" ", styles.plain)] if places else []
        for place in places:
            is_chosen = self.has_the_focus and place == self.chosen
            spans += [(texts[place], styles.tab_focus if is_chosen else styles.heading), ("  ", styles.plain)]
        return spans[:-1]

    @property
    def caret(self) -> tuple[int, int]:
        """The first cell of the chosen count."""
        for y, places in enumerate(self._rows(self.size.width)):
            if self.chosen in places:
                before = places[: places.index(self.chosen)]
                return 1 + sum(width_of(self._texts()[place]) + 2 for place in before), y
        return 0, 0

    def focus_changed(self, focused: bool) -> None:
        """Draw the chosen one accordingly."""
        self.has_the_focus = focused
        self.refresh()

    async def press(self, key: Key, *, more_follows: bool) -> Outcome:
        """Choose another cell; Tab behind the last one and Down leave the line."""
        match key.name:
            case "left" | "shift+tab" if self.chosen > 0:
                self._choose(self.chosen - 1)
            case "right" | "tab" if self.chosen < len(self.cells) - 1:
                self._choose(self.chosen + 1)
            case "tab" | "down" | "right":
                self._choose(0)
                return Outcome.NEXT
            case "shift+tab" | "up":
                return Outcome.PREVIOUS
            case _:
                return Outcome.PASSED
        return Outcome.TAKEN

    def _choose(self, place: int) -> None:
        self.chosen = place
        self.refresh()

    async def paste(self, text: str) -> None:
        """Counts take no text."""

    def on_click(self, event: events.Click) -> None:
        rows = self._rows(self.size.width)
        x = 1
        for place in rows[event.y] if event.y < len(rows) else ():
            x += width_of(self._texts()[place]) + 2
            if event.x < x:
                self.post_message(self.Clicked(place))
                return
