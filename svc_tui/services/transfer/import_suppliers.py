"""Who the suppliers on the lines of a product list are."""

from __future__ import annotations

from typing import Final

from svc_tui.db.core.engine import Store
from svc_tui.db.transfer import importing
from svc_tui.domain.text import search_key
from svc_tui.domain.transfer.imports import LARGEST_NUMBER, ProductLine

_DIGITS: Final = len(str(LARGEST_NUMBER))


class Suppliers:
    """Suppliers by their own number, by ours, by a name that only one has."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._found: dict[str, int | None] = {}

    def of(self, line: ProductLine) -> int | None:
        """The contact that is the supplier of a line; None when there is none."""
        return self._found.get(_number_key(line)) or self._found.get(search_key(line.supplier))

    def load(self, lines: list[ProductLine]) -> None:
        """Look for the suppliers of these lines."""
        numbers = {line.supplier_number for line in lines if _number_key(line) not in self._found} - {""}
        names = {search_key(line.supplier) for line in lines} - {""} - set(self._found)
        digits = {int(text) for text in numbers | names if _is_number(text)}
        found: dict[str, set[int]] = {}
        for row in importing.contacts_by(self._store, "number", digits):
            found.setdefault(str(row["number"]), set()).add(int(row["id"] or 0))
        for row in importing.contacts_by(self._store, "name_key", names):
            found.setdefault(str(row["name_key"]), set()).add(int(row["id"] or 0))
        by_number = {name: ids.copy() for name, ids in found.items() if _is_number(name)}
        keys = {f"S{number}" for number in numbers | {name for name in names if _is_number(name)}}
        for row in importing.contacts_by(self._store, "external_key", keys):
            by_number[str(row["external_key"])[1:]] = {int(row["id"] or 0)}
        self._found |= {name: _only(by_number.get(name) or found.get(name)) for name in names}
        self._found |= {f"#{number}": _only(by_number.get(number)) for number in numbers}


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS


def _only(ids: set[int] | None) -> int | None:
    return next(iter(ids)) if ids and len(ids) == 1 else None


def _number_key(line: ProductLine) -> str:
    return f"#{line.supplier_number}"
