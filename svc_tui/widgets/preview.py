"""The pane beside a list: a column of short pieces of text that draws again just the lines that differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from rich.style import Style

from svc_tui.domain.text import shown
from svc_tui.widgets.lines import Line, LineWidget, Span, fit, line_of, width_of, wrapped
from svc_tui.widgets.look import look

FROM_COLUMNS = 120
"""A terminal of fewer columns has no room for it."""

WIDTH, WIDEST = 40, 60
"""Its columns, the rule at its left edge included: at least and at most."""

KEPT = 78
"""Columns that are left to the list in any case."""


def pane_width(columns: int, needed: int = 0) -> int:
    """Columns of the pane on a terminal of so many, beside a list that needs some; 0 where it is not shown."""
    if columns < FROM_COLUMNS:
        return 0
    room = min(WIDTH + (columns - FROM_COLUMNS) // 3, WIDEST, columns - max(needed, KEPT))
    return room if room >= WIDTH else 0


class Piece(NamedTuple):
    """A text on a line of its own, or on as many as it needs."""

    text: str
    right: str = ""
    """What stands at the right edge; the text gives way."""
    kind: Literal["plain", "title", "heading", "dim", "label"] = "plain"
    most: int = 1
    """Lines it may take; what is left of it ends in an ellipsis."""
    value: str = ""
    """What follows a label."""
    stage: int | None = None
    """Drawn as the status of this stage is."""
    indent: int = 0


GAP = Piece("")


class PreviewPane(LineWidget):
    """Shows the pieces given to it, from the top; what has no room is left out."""

    DEFAULT_CSS = "PreviewPane { width: 40; height: 1fr; display: none; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.pieces: tuple[Piece, ...] = ()
        self._lines: list[list[Span]] = []

    def show(self, pieces: Sequence[Piece]) -> None:
        """Show these instead."""
        self.pieces = tuple(pieces)
        before, self._lines = self._lines, self._laid_out()
        for y in range(self.size.height):
            if before[y : y + 1] != self._lines[y : y + 1]:
                self.repaint(y)

    def on_resize(self) -> None:
        self._lines = self._laid_out()
        self.refresh()

    def line(self, y: int) -> Line:
        spans = self._lines[y] if y < len(self._lines) else []
        return line_of([("│ ", look().dim), *spans], self.size.width)

    def _laid_out(self) -> list[list[Span]]:
        width = max(self.size.width - 2, 1)
        return [line for piece in self.pieces for line in _lines(piece, width)][: self.size.height]


def _lines(piece: Piece, width: int) -> list[list[Span]]:
    style = _style(piece)
    if piece.kind == "label":
        label = f"{piece.text} "
        return [[(label, look().label), (fit(piece.value, width - width_of(label)), look().plain)]]
    if piece.right:
        right = fit(piece.right, min(width_of(shown(piece.right)), width // 2))
        room = width - width_of(right) - 1
        return [[(fit(" " * piece.indent + piece.text, room) + " ", style), (right, style)]]
    room = width - piece.indent
    lines = [line for paragraph in piece.text.split("\n") for line in wrapped(paragraph, room)]
    if len(lines) > piece.most:
        lines[piece.most - 1] = f"{lines[piece.most - 1]} …" if piece.most > 1 else piece.text
    return [[(" " * piece.indent + fit(line, room), style)] for line in lines[: piece.most]]


def _style(piece: Piece) -> Style:
    styles = look()
    if piece.stage is not None:
        return styles.stages[piece.stage]
    return {
        "title": Style(bold=True), "heading": styles.heading, "dim": styles.dim, "label": styles.label,
        "plain": styles.plain,
    }[piece.kind]  # fmt: skip
