"""Reading the registers whole: some dozens of rows, read at start and after a change of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from svc_tui.db.core.engine import Store
from svc_tui.db.core.shop_models import Company, Counter, VatRate
from svc_tui.db.core.tables import column_of
from svc_tui.domain.described import Described
from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.language.alphabet import alphabet_of, letters
from svc_tui.domain.registers import CompanyRecord, Kept, Register, Registers


def has_company(store: Store) -> bool:
    """Whether the shop has been set up."""
    return store.value(Company.select(Company.id)) is not None


def shop_language(store: Store) -> str:
    """The language of the shop; empty while it has not been set up."""
    return str(store.value(Company.select(Company.language)) or "")


def begin_numbers(store: Store, series: Iterable[str], first: int) -> None:
    """Begin series of running numbers; the first row of each gets the number after `first`."""
    for name in series:
        store.execute(Counter.insert(name=name, value=first))


def first_vat_rate(store: Store) -> int:
    """The id of the rate that the shop has from its beginning."""
    return int(store.value(VatRate.select(VatRate.id).order_by(VatRate.position, VatRate.id)))


def lists_in_use(store: Store) -> int:
    """How many lists the shop has that are not retired."""
    return int(store.sql("SELECT count(*) FROM activity_list WHERE NOT retired")[0][0])


def language_of_shop(store: Store) -> str:
    """By whose letters texts are sorted."""
    return str(store.sql("SELECT language FROM company")[0][0])


def hold_set_up(store: Store) -> None:
    """Nobody else sets up the shop until this transaction ends; on SQLite nobody can anyway."""
    if store.dialect == "postgresql":
        store.execute_sql("LOCK TABLE company IN SHARE ROW EXCLUSIVE MODE")


def read_registers(store: Store) -> Registers:
    """All registers, each in its order; from here on the store sorts as the shop's language does."""
    row = store.rows(
        Company.select(
            Company.id, Company.name, Company.address, Company.phone, Company.email, Company.vat_number,
            Company.country_code, Company.currency, Company.default_duration, Company.done_end_rule,
            Company.user_field1_name, Company.user_field2_name, Company.time_zone, Company.language, Company.opens,
            Company.closes, Company.repair_warranty_days, Company.intake_terms, Company.reserve_at_save,
            Company.cost_follows,
        )
    )[0]  # fmt: skip
    company = CompanyRecord(*row[:-2], *map(bool, row[-2:]))
    alphabet = alphabet_of(company.language)
    store.alphabet = alphabet.name
    found = {register.value.rows: _read(store, register.value) for register in Register}
    found["employees"].sort(key=lambda entry: (letters(entry.name, alphabet), entry.id))
    return Registers(company, **{rows: tuple(entries) for rows, entries in found.items()})


def _read(store: Store, kept: Kept) -> list[Any]:
    """The rows of a register as its records, in the order in which all see them."""
    table, fields = kept.table, kept.record._fields
    stored = [name for name in fields if name != "lists"]
    makers = [_maker(kept, name) for name in stored]
    columns = ", ".join(_column(table, name) for name in stored)
    order = next((name for name in ("position", "rank") if name in table.fields), "id")
    flagged = _lists(store, kept.chosen_as) if "lists" in fields else None
    found: list[Any] = []
    for row in store.sql(f"SELECT {columns} FROM {table.name} ORDER BY {order}, id"):
        values = {name: make(value) for name, make, value in zip(stored, makers, row, strict=True)}
        if flagged is not None:
            values["lists"] = frozenset(flagged[values["id"]])
        found.append(kept.record(**values))
    return found


def _column(table: Described, name: str) -> str:
    if name == "id":
        return name
    return column_of(table, "name_key" if name == "key" else name)


def _maker(kept: Kept, name: str) -> Callable[[Any], Any]:
    """What makes a record's value of what is stored."""
    if name in kept.read_as:
        return kept.read_as[name]
    return bool if kept.table.fields.get(name) is FieldKind.FLAG else _as_stored


def _as_stored(value: Any) -> Any:
    return value


def _lists(store: Store, kind: str) -> dict[int, set[int]]:
    """Which lists each type or status is flagged for."""
    found: dict[int, set[int]] = defaultdict(set)
    for row_id, list_id in store.sql(f"SELECT {kind}_id, list_id FROM {kind}_list"):
        found[row_id].add(list_id)
    return found
