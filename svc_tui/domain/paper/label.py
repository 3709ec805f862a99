"""A label, whatever prints it."""

from __future__ import annotations

from typing import NamedTuple


class Label(NamedTuple):
    """A label of a device or of what came with it."""

    number: str
    """As people read it."""
    lines: tuple[str, ...]
    code: str = ""
    """As a reader reads it; empty for the number itself."""

    @property
    def bars(self) -> str:
        """What the bar code says."""
        return self.code or self.number
