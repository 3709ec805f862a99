"""Importing products: a line is the product with its code, without regard to case, spaces and punctuation.

Empty cells leave what is stored. The stock of a file is the opening stock of a new product; that of a known one is
never set from outside, for what was used meanwhile would be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from svc_tui.db import importing, many, search
from svc_tui.db.changes import Changes, Values
from svc_tui.db.models import Product
from svc_tui.domain.csv_columns import PRODUCT_COLUMNS
from svc_tui.domain.csv_reading import CsvForm
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.imports import LARGEST_NUMBER, ProductLine, read_line
from svc_tui.domain.rights import Right
from svc_tui.domain.text import search_key
from svc_tui.services.imports import BadLine, Progress, Report, run
from svc_tui.services.products import code_key
from svc_tui.services.session import Session

_TEXTS: Final = ("ean", "unit", "supplier_code", "product_group")
_OTHERS: Final = ("kind", "price", "cost", "vat_rate", "retired")
_TIDY_PAGES: Final = 2_000

_CODELESS = N_("The product number is missing.")
_NAMELESS = N_("The name is missing.")
_SAME_PRODUCT = N_("This is the same product as on line {other}, but with another {fields}. The first line counts.")
_NO_SUPPLIER = N_("{supplier} is no contact here; the product was taken without a supplier. Import the contacts first.")


def import_products(session: Session, path: Path, *, dry_run: bool = False, progress: Progress | None = None) -> Report:
    """Read products from a CSV file.

    Args:
        session: Who imports.
        path: The file, in any usual form (see `domain.csv_reading`).
        dry_run: Count what would happen and write nothing.
        progress: Told how many lines have been read, and of about how many.

    Raises:
        Invalid: when the file cannot be read at all.
        NotAllowed, DatabaseTrouble.
    """
    importer = _Products(session, dry_run=dry_run)
    report = run(session, path, PRODUCT_COLUMNS, ("code",), _parse, importer, progress)
    if report.new + report.changed and not dry_run:
        search.tidy(session.store, _TIDY_PAGES)
    return report


def _parse(values: dict[str, str], form: CsvForm) -> ProductLine:
    line = read_line(ProductLine, values, form.number_language)
    if not code_key(line.code):
        raise Invalid(_CODELESS, field="code")
    return line


class _Products:
    """The importer; see `services.imports.Importer`."""

    def __init__(self, session: Session, *, dry_run: bool) -> None:
        self._session = session
        self._store = session.store
        self._dry_run = dry_run
        self._known: dict[str, Values] = {}
        self._claims: dict[str, int] = {}
        """Which line decided about a product, by code key."""
        self._suppliers: dict[str, int | None] = {}
        self._dry_ids = count(-1, -1)

    def take(self, lines: list[tuple[int, ProductLine]], report: Report) -> None:
        counted = Report()
        with self._act() as changes:
            self._load(lines)
            ids = self._dry_ids if changes is None else iter(many.reserve_ids(self._store, Product, len(lines)))
            new: dict[int, Values] = {}
            updates: list[tuple[int, Values, Values]] = []
            for number, line in lines:
                try:
                    self._decide(number, line, ids, new, updates, counted)
                except Invalid as refused:
                    counted.bad.append(BadLine(number, refused))
            if changes is not None:
                many.insert_rows(changes, Product, new)
                many.update_rows(changes, Product, updates)
        report.add(counted)

    @contextmanager
    def _act(self) -> Iterator[Changes | None]:
        if self._dry_run:
            yield None
            return
        self._known = {}
        with self._session.act("import.products", Right.IMPORT_DATA) as changes:
            yield changes

    def _load(self, lines: list[tuple[int, ProductLine]]) -> None:
        for row in importing.products_by(self._store, "code_key", {code_key(line.code) for _, line in lines}):
            self._known.setdefault(str(row["code_key"]), row)
        self._load_suppliers([line for _, line in lines if line.supplier or line.supplier_number])

    def _decide(
        self,
        number: int,
        line: ProductLine,
        ids: Iterator[int],
        new: dict[int, Values],
        updates: list[tuple[int, Values, Values]],
        counted: Report,
    ) -> None:
        """
        Raises:
            Invalid: when the line cannot be taken.
        """
        key = code_key(line.code)
        values = self._values(line)
        stored = self._known.get(key)
        if stored is None:
            if not line.name:
                raise Invalid(_NAMELESS, field="name")
            row_id = next(ids)
            new[row_id] = values | {"code": line.code, "code_key": key, "stock": line.stock or 0}
            self._known[key] = _DEFAULTS | new[row_id] | {"id": row_id}
            counted.new += 1
        elif changed := {name: value for name, value in values.items() if stored[name] != value}:
            if key in self._claims:
                fields = ", ".join(name for name in changed if name != "name_key")
                raise Invalid(_SAME_PRODUCT, other=self._claims[key], fields=fields)
            updates.append((int(stored["id"] or 0), stored, changed))
            self._known[key] = stored | changed
            counted.changed += 1
        else:
            counted.unchanged += 1
        self._claims.setdefault(key, number)
        if (line.supplier or line.supplier_number) and "supplier" not in values:
            supplier = line.supplier or line.supplier_number
            counted.remarks.append(BadLine(number, Invalid(_NO_SUPPLIER, field="supplier", supplier=supplier)))

    def _values(self, line: ProductLine) -> Values:
        """What a line says, by the fields of the table; the code of a known product stays as it is written."""
        found: Values = {name: value for name in _TEXTS if (value := getattr(line, name))}
        found |= {name: value for name in _OTHERS if (value := getattr(line, name)) is not None}
        if line.cost is None and line.purchase_price is not None:
            found["cost"] = line.purchase_price
        if line.name:
            found |= {"name": line.name, "name_key": search_key(line.name)}
        supplier = self._suppliers.get(_number_key(line)) or self._suppliers.get(search_key(line.supplier))
        return found | ({"supplier": supplier} if supplier else {})

    def _load_suppliers(self, lines: list[ProductLine]) -> None:
        """Who the suppliers of these lines are: by their own number, by ours, by a name that only one has."""
        numbers = {line.supplier_number for line in lines if _number_key(line) not in self._suppliers} - {""}
        names = {search_key(line.supplier) for line in lines} - {""} - set(self._suppliers)
        digits = {int(number) for number in numbers if number.isdecimal() and int(number) <= LARGEST_NUMBER}
        digits |= {int(name) for name in names if name.isdecimal() and int(name) <= LARGEST_NUMBER}
        found: dict[str, set[int]] = {}
        for row in importing.contacts_by(self._store, "number", digits):
            found.setdefault(str(row["number"]), set()).add(int(row["id"] or 0))
        for row in importing.contacts_by(self._store, "name_key", names):
            found.setdefault(str(row["name_key"]), set()).add(int(row["id"] or 0))
        by_number = {name: ids.copy() for name, ids in found.items() if name.isdecimal()}
        for row in importing.contacts_by(self._store, "external_key", {f"S{number}" for number in numbers}):
            by_number[str(row["external_key"])[1:]] = {int(row["id"] or 0)}
        self._suppliers |= {name: _only(found.get(name)) for name in names}
        self._suppliers |= {f"#{number}": _only(by_number.get(number)) for number in numbers}


def _only(ids: set[int] | None) -> int | None:
    return next(iter(ids)) if ids and len(ids) == 1 else None


def _number_key(line: ProductLine) -> str:
    return f"#{line.supplier_number}"


_DEFAULTS: Final[Values] = {
    **dict.fromkeys(_TEXTS, ""),
    "kind": "part", "price": 0, "cost": 0, "vat_rate": 2500, "supplier": None, "retired": False,
}  # fmt: skip
