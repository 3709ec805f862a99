"""What a list asks for before anything is written in its filter line."""

from __future__ import annotations

from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.registers import Registers

ALL = "all"
"""Code of the list that shows every activity."""


def of_list(registers: Registers, list_code: str | None) -> ActivityQuery:
    """The jobs of a list: types flagged for it, retired ones included, for their jobs remain."""
    if list_code in (None, ALL):
        return ActivityQuery()
    entry = registers.list_by_code(list_code or "")
    types = frozenset(kind.id for kind in registers.types if entry is not None and entry.id in kind.lists)
    return ActivityQuery(types=types)
