"""A few lines of text above a list, each cut at the width."""

from __future__ import annotations

from collections.abc import Sequence

from svc_tui.domain.text import shown
from svc_tui.widgets.lines import Line, LineWidget, fit, line_of
from svc_tui.widgets.look import look


class TextLines(LineWidget):
    """Lines that are read and never chosen."""

    DEFAULT_CSS = "TextLines { height: auto; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lines: tuple[str, ...] = ()

    def tell(self, lines: Sequence[str]) -> None:
        """Show these lines."""
        before, self.lines = self.lines, tuple(lines)
        if before != self.lines:
            self.refresh(layout=len(before) != len(self.lines))

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Lines that they need."""
        return len(self.lines)

    def line(self, y: int) -> Line:
        text = self.lines[y] if y < len(self.lines) else ""
        return line_of([(fit(f" {shown(text)}", self.size.width), look().plain)], self.size.width)
