"""Importing products: a line is the product with its code, exactly as written, else without regard to case and spaces.

`KABEL-1.5` and `KABEL-15` are two: where codes differ in their punctuation too, name or bar code must be the same.
Empty cells leave what is stored. The stock of a file is the opening stock of a new product, added up over the places
where it lies; that of a known one is never set from outside, for what was used meanwhile would be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from svc_tui.db.core import many
from svc_tui.db.core.changes import Changes, Values
from svc_tui.db.people.contacts import names_of
from svc_tui.db.transfer import importing
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.money import format_percent
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.tables import PRODUCT
from svc_tui.domain.text import search_key
from svc_tui.domain.transfer.csv_columns import PRODUCT_COLUMNS
from svc_tui.domain.transfer.file_numbers import without_vat
from svc_tui.domain.transfer.imports import ProductLine
from svc_tui.domain.transfer.product_lines import ProductLines
from svc_tui.services.core.session import Session
from svc_tui.services.people.vat import vat_of_shop
from svc_tui.services.stock import counting, product_card
from svc_tui.services.transfer.import_suppliers import Suppliers
from svc_tui.services.transfer.imports import Acts, Asked, BadLine, Change, Progress, Report, run

_TEXTS: Final = ("ean", "unit", "supplier_code", "product_group")
_OTHERS: Final = ("price", "cost", "vat_rate", "retired")

_NAMELESS = N_("The name is missing.")
_SAME_PRODUCT = N_("This is the same product as on line {other}, but with another {fields}. The first line counts.")
_NO_SUPPLIER = N_("{supplier} is no contact here; the product was taken without a supplier. Import the contacts first.")
_LESS_VAT = N_("{column} holds VAT: the price was stored without it ({rate} %).")


def import_products(
    session: Session,
    path: Path,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    asked: Asked | None = None,
) -> Report:
    """Read products from a file.

    Args:
        session: Who imports.
        path: The file, in any usual form (see `domain.csv_reading`).
        dry_run: Count what would happen and write nothing.
        progress: Told how many lines have been read, and of about how many.
        asked: What the user settled.

    Raises:
        Invalid: when the file cannot be read at all.
        NotAllowed, DatabaseTrouble.
    """
    wanted = asked or Asked(dry_run=dry_run)
    importer = _Products(session, wanted)
    report = run(session, path, PRODUCT_COLUMNS, ("code",), ProductLines().parse, importer, wanted, progress)
    _name_suppliers(session, report)
    return report


def _name_suppliers(session: Session, report: Report) -> None:
    """Have the changes tell suppliers by their names."""
    ids = {int(value) for entry in report.changes if entry.field == "supplier" for value in entry[3:] if value}
    names = names_of(session.store, sorted(ids))
    for place, entry in enumerate(report.changes):
        if entry.field == "supplier":
            old, new = (names.get(int(value or 0), "") for value in entry[3:])
            report.changes[place] = entry._replace(old=old, new=new)


class _Products:
    """The importer; see `services.imports.Importer`."""

    def __init__(self, session: Session, asked: Asked) -> None:
        self._session = session
        self._store = session.store
        self._asked = asked
        self._by_code: dict[str, Values] = {}
        self._by_key: dict[str, list[str]] = {}
        """Codes of the products with a folded code."""
        self._claims: dict[str, int] = {}
        """Which line decided about a product, by its code."""
        self._opened: dict[str, set[str]] = {}
        """Where the stock of new products lies that was added up already, by code."""
        self._suppliers = Suppliers(session.store)
        self._vat = vat_of_shop(session)
        self._dry_ids = count(-1, -1)
        self._acts = Acts(session, "import.products")
        self._new: dict[int, Values] = {}
        self._updates: dict[int, tuple[Values, Values]] = {}

    def take(self, lines: list[tuple[int, ProductLine]], report: Report) -> None:
        with self._act(report) as changes:
            self._load(lines)
            ids = self._dry_ids if changes is None else iter(many.reserve_ids(self._store, PRODUCT, len(lines)))
            self._new, self._updates = {}, {}
            for number, line in lines:
                try:
                    self._decide(number, line, ids, report)
                except Invalid as refused:
                    report.bad.append(BadLine(number, refused))
            if changes is not None:
                stocks = {row_id: _taken_out(values, 0) for row_id, values in self._new.items()}
                for row_id, (before, changed) in self._updates.items():
                    stocks[row_id] = _taken_out(changed, int(before["stock"] or 0))
                many.insert_rows(changes, PRODUCT, self._new)
                updates = [(row_id, before, changed) for row_id, (before, changed) in self._updates.items()]
                many.update_rows(changes, PRODUCT, updates)
                counting.begin(changes, stocks)

    @contextmanager
    def _act(self, report: Report) -> Iterator[Changes | None]:
        if self._asked.dry_run:
            yield None
            return
        self._by_code, self._by_key = {}, {}
        with self._acts.next(report) as changes:
            yield changes

    def _load(self, lines: list[tuple[int, ProductLine]]) -> None:
        for row in importing.products_by(self._store, "code_key", {code_key(line.code) for _, line in lines}):
            self._know(row | {"vat_rate": product_card.percent_of(self._session, row)})
        self._suppliers.load([line for _, line in lines if line.supplier or line.supplier_number])

    def _know(self, row: Values) -> None:
        code = str(row["code"])
        if code not in self._by_code:
            self._by_code[code] = row
            self._by_key.setdefault(str(row["code_key"]), []).append(code)

    # -- which product a line is -----------------------------------------------------------------------------------

    def _find(self, line: ProductLine) -> str | None:
        """The code of the product that a line is; None where it is a new one."""
        if line.code in self._by_code:
            return line.code
        codes = self._by_key.get(code_key(line.code), ())
        same = [code for code in codes if _spaceless(code) == _spaceless(line.code)]
        same += [code for code in codes if code not in same and code not in self._claims and self._is_same(line, code)]
        return same[0] if len(same) == 1 else None

    def _is_same(self, line: ProductLine, code: str) -> bool:
        row = self._by_code[code]
        if _digits_apart(code) == _digits_apart(line.code):
            return True
        return bool((line.ean and line.ean == row["ean"]) or (line.name and search_key(line.name) == row["name_key"]))

    # -- deciding --------------------------------------------------------------------------------------------------

    def _decide(self, number: int, line: ProductLine, ids: Iterator[int], report: Report) -> None:
        """
        Raises:
            Invalid: when the line cannot be taken.
        """
        values = self._values(number, line, report.remark)
        code = self._find(line)
        if code is None:
            self._create(line, values, ids, report)
            code = line.code
        else:
            self._update(number, line, code, values, report)
        self._claims.setdefault(code, number)
        if (line.supplier or line.supplier_number) and "supplier" not in values:
            supplier = line.supplier or line.supplier_number
            report.remark(number, Invalid(_NO_SUPPLIER, field="supplier", supplier=supplier))

    def _create(self, line: ProductLine, values: Values, ids: Iterator[int], report: Report) -> None:
        if not line.name:
            raise Invalid(_NAMELESS, field="name")
        row_id = next(ids)
        own: Values = {"code": line.code, "code_key": code_key(line.code), "stock": line.stock or 0}
        self._new[row_id] = self._named({"vat_rate": self._vat} | values | own)
        self._know(_DEFAULTS | self._new[row_id] | {"id": row_id})
        self._opened[line.code] = {line.location}
        report.new += 1

    def _update(self, number: int, line: ProductLine, code: str, values: Values, report: Report) -> None:
        stored = self._by_code[code]
        changed = {name: value for name, value in values.items() if stored[name] != value}
        if changed and code in self._claims:
            fields = ", ".join(name for name in changed if name != "name_key")
            raise Invalid(_SAME_PRODUCT, other=self._claims[code], fields=fields)
        for name, value in changed.items():
            if name != "name_key":
                report.change(Change(number, code, name, stored[name], value))
        if self._is_further_stock(line, code):
            changed["stock"] = int(stored["stock"] or 0) + (line.stock or 0)
        if "vat_rate" in changed:
            changed = self._named(changed)
        if not changed:
            report.unchanged += 1
            return
        report.changed += 1
        self._write_later(int(stored["id"] or 0), stored, changed)
        self._by_code[code] = stored | changed

    def _named(self, values: Values) -> Values:
        """The values with the rate of the register that has their percentage, where there is one such."""
        rate = self._session.registers.vat_rate_of(int(values["vat_rate"] or 0), self._session.seconds())
        return values | {"vat": rate.id if rate else None}

    def _is_further_stock(self, line: ProductLine, code: str) -> bool:
        """Whether a new product lies in another place as well."""
        places = self._opened.get(code)
        if not places or not line.location or line.location in places:
            return False
        places.add(line.location)
        return bool(line.stock)

    def _write_later(self, row_id: int, stored: Values, changed: Values) -> None:
        if row_id in self._new:
            self._new[row_id] |= changed
            return
        before, earlier = self._updates.get(row_id, (stored, {}))
        self._updates[row_id] = (before, earlier | changed)

    def _values(self, number: int, line: ProductLine, remark: Callable[[int, Invalid], None]) -> Values:
        """What a line says, by the fields of the table; the code of a known product stays as it is written."""
        found: Values = {name: value for name in _TEXTS if (value := getattr(line, name))}
        found |= {name: value for name in _OTHERS if (value := getattr(line, name)) is not None}
        if line.kind is not None:
            found["kind"] = str(line.kind)
        rate = self._vat if line.vat_rate is None else line.vat_rate
        for name in ("price", "cost", "purchase_price"):
            gross = getattr(line, f"{name}_with_vat")
            if gross is not None and getattr(line, name) is None:
                column = f"{name}_with_vat"
                told = format_percent(rate, self._session.language)
                remark(number, Invalid(_LESS_VAT, column=column, rate=told))
                net = without_vat(gross, rate)
                if name != "purchase_price" or not found.get("cost"):
                    found["cost" if name == "purchase_price" else name] = net
        if not found.get("cost") and line.purchase_price is not None:
            found["cost"] = line.purchase_price
        if line.name:
            found |= {"name": line.name, "name_key": search_key(line.name)}
        supplier = self._suppliers.of(line)
        return found | ({"supplier": supplier} if supplier else {})


def _taken_out(values: Values, before: int) -> int:
    """What a product's stock grows by: it goes into the ledger, and a product with a stock is counted."""
    further = int(values.pop("stock", before) or 0) - before
    if further:
        values["tracked"] = True
    return further


def _spaceless(code: str) -> str:
    """A code without regard to case and spaces."""
    return search_key(code).replace(" ", "")


def _digits_apart(code: str) -> str:
    """A code without punctuation, but for what stands between two digits."""
    key = _spaceless(code)
    return "".join(
        letter
        for place, letter in enumerate(key)
        if letter.isalnum() or (key[place - 1 : place].isdigit() and key[place + 1 : place + 2].isdigit())
    )


_DEFAULTS: Final[Values] = {
    **dict.fromkeys(_TEXTS, ""),
    "kind": "part", "price": 0, "cost": 0, "vat": None, "vat_rate": 2500, "supplier": None, "retired": False,
}  # fmt: skip
