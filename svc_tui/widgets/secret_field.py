"""A field whose content is shown only when somebody asks for it."""

from __future__ import annotations

from typing import Final

from svc_tui.domain.registers import CLEARS
from svc_tui.widgets.fields import Field

HIDDEN: Final = "****"


class SecretField(Field):
    """Text that stands there as stars; what is typed replaces it, `-` clears it."""

    replaces = True

    def __init__(self, name: str, label: str, *, limit: int = 60, help: str = "") -> None:
        super().__init__(name, label, limit=limit, help=help)
        self._value = ""

    @property
    def value(self) -> str:
        return self._value

    @value.setter
    def value(self, text: str) -> None:
        self._value = text
        self.offers = bool(text)  # the key of the list of values shows the text
        self.show(HIDDEN if text else "")

    def reveal(self) -> None:
        """Show what it holds, until the focus leaves."""
        if not self.pending:
            self.show(self._value)

    async def commit(self) -> None:
        if self.pending:
            typed = self.text.strip()
            self._value = "" if typed == CLEARS else typed
        self.value = self._value

    def leave(self) -> None:
        """The focus leaves without anything having been typed."""
        if not self.pending:
            self.value = self._value
