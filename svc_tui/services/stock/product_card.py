"""The card of a product: what it shows, and saving it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from svc_tui.db.core.changes import Changes, read
from svc_tui.db.people import cards, contacts
from svc_tui.domain.errors import CHANGED_MEANWHILE, N_, Conflict, Invalid
from svc_tui.domain.operations import Value, Values, new_operation_key
from svc_tui.domain.records import ContactRow, LineKind
from svc_tui.domain.rights import Right
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.tables import PRODUCT
from svc_tui.domain.text import search_key
from svc_tui.services.core.row_saving import Saved, resumed, save_row
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.stock import counting
from svc_tui.services.stock.products import EAN_LENGTHS

LINES: Final = {
    "code": 60, "name": 300, "ean": 20, "unit": 20, "supplier_code": 60, "product_group": 120, "shelf": 60,
}  # fmt: skip
"""Fields of one line, and how many letters each holds: the same as an import takes."""

NUMBERS: Final = ("price", "cost", "vat_rate", "stock", "minimum")
"""Amounts in minor units, a rate in hundredths of a percent, a quantity in thousandths."""

FIELDS: Final = (*LINES, *NUMBERS, "kind", "supplier", "vat", "tracked", "retired")
"""What the card edits."""

_USUAL_VAT: Final = 2500
_LARGEST: Final = 10**14
_LARGEST_VAT: Final = 10_000


@dataclass(frozen=True, slots=True)
class ProductCard:
    """What is stored of one product, or the beginnings of a new one (`id` None)."""

    id: int | None
    version: int
    values: Values
    supplier: ContactRow | None = None
    generation: str = ""

    def is_of(self, other: ProductCard) -> bool:
        """Whether both are of the same row: in a restored shop another one may have the id."""
        return self.id == other.id and (self.generation == other.generation or self.values == other.values)


@dataclass(frozen=True, slots=True)
class ProductEdit:
    """What the user made of a card: `base` as it was opened, beside it what is wanted now."""

    base: ProductCard
    values: Values
    anyway: bool = False
    """Whether a count may take pieces from the jobs they are reserved for."""
    operation_key: str = field(default_factory=new_operation_key)


def new_card(session: Session, code: str = "") -> ProductCard:
    """The beginnings of a new product; a scanned code that is an EAN stands where it belongs."""
    values: Values = dict.fromkeys(LINES, "") | dict.fromkeys(NUMBERS, 0)
    is_ean = code.isdecimal() and len(code) in EAN_LENGTHS
    rate = session.registers.default_vat_rate()
    values |= {
        "ean" if is_ean else "code": code, "kind": LineKind.PART.value, "vat": rate.id if rate else None,
        "vat_rate": rate.on(session.seconds()) if rate else _USUAL_VAT,
    }  # fmt: skip
    return ProductCard(
        None, 0, values | {"supplier": None, "tracked": False, "retired": False}, None, session.generation
    )


def open_card(session: Session, product_id: int) -> ProductCard:
    """Everything a card shows of one product, but its jobs and its history.

    Raises:
        NotFound: when the product is gone.
    """
    session.require(Right.ACTIVITY_READ)
    row = read(session.store, PRODUCT, product_id)
    supplier = contacts.contact_by_id(session.store, int(row["supplier"])) if row["supplier"] else None
    values = {name: row[name] for name in FIELDS}
    return ProductCard(product_id, int(row["version"] or 0), values, supplier, session.generation)


def save(session: Session, edit: ProductEdit) -> Saved:
    """Save a card.

    Raises:
        Invalid: with the field that is refused.
        Conflict: when somebody else changed the same field since the card was opened.
        Restored, NotAllowed, NotFound, DatabaseTrouble, Unclear: as for any act.
    """
    base = edit.base
    mine = _checked(edit.values) | _own_rate(session, base.values, edit.values)
    name = "product.create" if base.id is None else "product.save"
    with session.act(name, Right.PRODUCT_EDIT, edit.operation_key, read_in=base.generation) as changes:
        done = resumed(changes, PRODUCT, base.id, base.values)
        _code_is_free(changes, done.id, mine["code"])
        was, becomes = done.base.get("stock") or 0, mine.pop("stock") or 0
        counted = int(becomes) if becomes != was else None
        if counted is not None:
            counting.hold(changes.store)
            mine["tracked"] = True
            if done.id is not None and read(changes.store, PRODUCT, done.id, lock=True)["stock"] not in (was, becomes):
                raise Conflict(CHANGED_MEANWHILE, fields=("stock",), count=1)
        opened = {name: value for name, value in done.base.items() if name != "stock"}
        saved = save_row(changes, PRODUCT, done.id, opened, mine, _keys, (("price", "vat", "vat_rate"),))
        if counted is not None:
            counting.count(changes, saved.id, counted, anyway=edit.anyway)
        return saved


def _checked(values: Values) -> Values:
    """The values as they are stored.

    Raises:
        Invalid: when code or name is missing, or a value cannot be.
    """
    found: Values = {name: whole_line(values[name], name, limit) for name, limit in LINES.items()}
    found |= {name: values[name] for name in ("kind", "supplier", "vat")}
    found |= {name: bool(values[name]) for name in ("tracked", "retired")}
    for name in NUMBERS:
        number = int(values[name] or 0)
        if not 0 <= number <= _LARGEST:
            raise Invalid(N_("This amount cannot be right: write one between 0 and 999,999,999."), field=name)
        found[name] = number
    if int(found["vat_rate"] or 0) > _LARGEST_VAT:
        raise Invalid(N_("The VAT is a percentage between 0 and 100."), field="vat_rate")
    for name, message in (
        ("code", N_("Write the code of the product.")), ("name", N_("Write the name of the product.")),
    ):  # fmt: skip
        if not found[name]:
            raise Invalid(message, field=name)
    if found["kind"] not in [kind.value for kind in LineKind]:
        raise Invalid(N_("Choose what kind of product it is."), field="kind")
    return found


def _own_rate(session: Session, base: Values, values: Values) -> Values:
    """The percentage of its own that a product keeps: where it is given another rate of the register, that one's."""
    rate = values["vat"]
    if rate is None:
        return {}
    if rate == base.get("vat"):
        return {"vat_rate": base["vat_rate"]}
    known = session.registers.vat_rate(int(rate))
    if known is None:
        raise Invalid(N_("This VAT rate is no longer there. Choose another."), field="vat")
    return {"vat_rate": known.on(session.seconds())}


def percent_of(session: Session, values: Values) -> int:
    """What VAT a product with these values has now, in hundredths of a per cent."""
    named = values["vat"]
    return session.registers.vat_percent(
        None if named is None else int(named), int(values["vat_rate"] or 0), session.seconds()
    )


def _code_is_free(changes: Changes, product_id: int | None, code: Value) -> None:
    known = cards.product_with_code(changes.store, str(code))
    if known is not None and known.id != product_id:
        raise Invalid(N_("{name} has the code {code} already."), field="code", name=known.name, code=code)


def _keys(values: Values) -> Values:
    return {"code_key": code_key(str(values["code"])), "name_key": search_key(str(values["name"]))}
