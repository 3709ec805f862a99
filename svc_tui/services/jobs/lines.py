"""Lines of the Product tab: parts, resources, hours and text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from svc_tui.db.core.changes import Changes, Value, Values
from svc_tui.db.lists.activities import lines_of
from svc_tui.domain.errors import N_, Conflict, Invalid
from svc_tui.domain.language.money import line_total
from svc_tui.domain.merge import merge_rows
from svc_tui.domain.records import LineKind, LineRecord, PartState, Payer, ProductRow
from svc_tui.domain.tables import ACTIVITY_LINE
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.stock import book, part_lines
from svc_tui.services.stock.part_lines import Handling, Was

_FIELDS = (
    "position", "kind", "product", "code", "text", "unit", "planned", "used", "price", "discount", "payer",
)  # fmt: skip


def line_of_product(product: ProductRow, line_id: int, position: int) -> LineRecord:
    """The line that choosing a product makes: one planned, a part still needed."""
    return LineRecord(
        id=line_id, position=position, kind=product.kind, product_id=product.id, code=product.code,
        text=product.name, unit=product.unit, planned=1000, used=None, price=product.price, discount=0,
        payer=Payer.CUSTOMER, state=PartState.NEEDED if product.kind == LineKind.PART else PartState.NONE,
    )  # fmt: skip


def free_line(text: str, line_id: int, position: int) -> LineRecord:
    """A line of a part that is in no register, or of plain text when it has no price yet."""
    return LineRecord(
        id=line_id, position=position, kind=LineKind.PART, product_id=None, code="", text=whole_line(text, "text"),
        unit="", planned=1000, used=None, price=0, discount=0, payer=Payer.CUSTOMER, state=PartState.NEEDED,
    )  # fmt: skip


def row_of(line: LineRecord) -> Values:
    """A line by the fields of its table."""
    values = line._asdict()
    return {name: values["product_id" if name == "product" else name] for name in _FIELDS} | {
        "code": whole_line(line.code, "code", 60),
        "text": whole_line(line.text, "text"),
        "unit": whole_line(line.unit, "unit", 20),
        "kind": str(line.kind),
        "payer": str(line.payer),
    }


def _check(line: LineRecord) -> None:
    if not 0 <= line.discount <= 10_000:
        raise Invalid(N_("The discount must lie between 0 and 100 percent."), field="lines")
    if line.kind not in set(LineKind) or line.payer not in set(Payer):
        raise Invalid(N_("A line has an unknown kind or payer; choose it from the list."), field="lines")


def add(changes: Changes, activity_id: int, line: LineRecord) -> int:
    """Put a line that holds no part behind the others of a job; gives its id."""
    _check(line)
    return changes.insert(ACTIVITY_LINE, row_of(line) | {"reserved": 0, "came": 0, "activity": activity_id})


def hold(changes: Changes, base: Sequence[LineRecord], mine: Sequence[LineRecord]) -> None:
    """Before anything is saved: whoever is going to save lines of parts holds the parts."""
    if any(line.kind == LineKind.PART for line in {*base} ^ {*mine}):
        book.hold(changes.store)


def save(
    changes: Changes,
    activity_id: int,
    base: Sequence[LineRecord],
    mine: Sequence[LineRecord],
    handling: Handling = part_lines.USUAL,
) -> None:
    """Bring a job's lines to what the user made of them, merged row by row with what others did.

    Raises:
        Conflict: when a line was changed by both; nothing may be committed then.
        Invalid: when a line that went to a service order was changed.
    """
    stored = lines_of(changes.store, activity_id)
    merged = merge_rows(
        {line.id: row_of(line) for line in base},
        {line.id: row_of(line) for line in mine},
        {line.id: row_of(line) for line in stored},
    )
    if merged.conflicts:
        raise Conflict(
            N_("Somebody else changed the same line of the Product tab. Nothing was saved; what you typed is kept."),
            fields=("lines",),
        )
    _refuse_locked(stored, merged.update, merged.delete)
    for line in mine:
        _check(line)
    before = {line.id: line for line in stored}
    part_lines.give_up(changes, [line_id for line_id in merged.delete if _is_part(before[line_id])], handling)
    for line_id in merged.delete:
        changes.delete(ACTIVITY_LINE, line_id)
    here = {line.id: line.here for line in mine if line.here}
    saved: list[Was] = []
    for line_id, values in merged.update.items():
        written = _values(values)
        changes.update(ACTIVITY_LINE, line_id, written)
        if not {"planned", "used", "kind"}.isdisjoint(written):
            saved.append(_was(before[line_id], here.pop(line_id, 0)))
    saved += [_was(before[line_id], came) for line_id, came in here.items() if line_id in before]
    products: set[int] = set()
    for new_id, row in merged.create.items():
        written = _values(row)
        line_id = changes.insert(ACTIVITY_LINE, written | {"reserved": 0, "came": 0, "activity": activity_id})
        if written["kind"] == LineKind.PART:
            saved.append(Was(line_id, is_new=True, here=here.get(new_id, 0)))
            products.update({int(written["product"])} if written["product"] else ())
    part_lines.follow(changes, saved, products, handling)


def _was(line: LineRecord, here: int) -> Was:
    """A stored line as it stood before, and what came of it by hand."""
    return Was(line.id, line.planned, line.used or 0, here=here) if _is_part(line) else Was(line.id, here=here)


def _is_part(line: LineRecord) -> bool:
    return line.kind == LineKind.PART


_OPEN = frozenset(("planned", "used", "state", "position"))
"""What may still be said of a line that went to a service order."""


def _refuse_locked(
    stored: Sequence[LineRecord], updates: Mapping[int, Mapping[str, object]], deleted: Iterable[int]
) -> None:
    """What is on a service order stays what it is; more may be used, never less than is on orders."""
    locked = {line.id: line for line in stored if line.transferred}
    for line_id in locked.keys() & set(deleted):
        raise _locked(locked[line_id])
    for line_id in locked.keys() & updates.keys():
        line, changed = locked[line_id], updates[line_id]
        used = changed.get("used", line.used)
        if set(changed) - _OPEN or not isinstance(used, int) or used < line.transferred:
            raise _locked(line)


def _locked(line: LineRecord) -> Invalid:
    return Invalid(
        N_("“{text}” went to a service order and is locked: cancel the order, or credit what was invoiced."),
        field="lines", text=line.text or line.code,
    )  # fmt: skip


def _values(row: object) -> dict[str, Value]:
    return dict(row)  # type: ignore[call-overload, no-any-return]  # the merge knows rows as objects only


def totals(lines: Sequence[LineRecord]) -> dict[str, int]:
    """Sum of the lines by who pays, in minor units; only of those who pay something."""
    found = {str(payer): total([line for line in lines if line.payer == payer]) for payer in Payer}
    return {payer: amount for payer, amount in found.items() if amount}


def total(lines: Sequence[LineRecord]) -> int:
    """Sum of the lines, in minor units."""
    return sum(line_total(line.quantity, line.price, line.discount) for line in lines)
