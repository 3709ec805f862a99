"""Reading the registers whole: some dozens of rows, read at start and after a change of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from svc_tui.db.core.engine import Store
from svc_tui.db.core.paper_models import Printer
from svc_tui.db.core.shop_models import (
    ActivityList,
    ActivityStatus,
    ActivityType,
    Company,
    Counter,
    Employee,
    Priority,
    VatRate,
)
from svc_tui.domain.language.alphabet import alphabet_of, letters
from svc_tui.domain.printers import PrinterRecord, Speaks
from svc_tui.domain.records import (
    EmployeeRecord,
    ListRecord,
    PriorityRecord,
    Stage,
    StatusRecord,
    TypeRecord,
    VatRateRecord,
    WaitsFor,
)
from svc_tui.domain.registers import CompanyRecord, Registers


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
    type_lists = _lists(store, "type")
    status_lists = _lists(store, "status")
    return Registers(
        company=company,
        lists=tuple(
            ListRecord(row[0], row[1], row[2], bool(row[3]))
            for row in store.rows(
                ActivityList.select(
                    ActivityList.id, ActivityList.code, ActivityList.name, ActivityList.retired
                ).order_by(ActivityList.position, ActivityList.id)
            )
        ),
        types=tuple(_type(row, type_lists[row[0]]) for row in store.rows(_types())),
        statuses=tuple(
            StatusRecord(
                row[0], row[1], row[2], Stage(row[3]), bool(row[4]), frozenset(status_lists[row[0]]), bool(row[5]),
                row[6], WaitsFor(row[7]), bool(row[8]), bool(row[9]),
            )
            for row in store.rows(
                ActivityStatus.select(
                    ActivityStatus.id, ActivityStatus.name, ActivityStatus.name_key, ActivityStatus.stage,
                    ActivityStatus.done_key, ActivityStatus.retired, ActivityStatus.longest, ActivityStatus.waits_for,
                    ActivityStatus.pauses, ActivityStatus.after_parts,
                ).order_by(ActivityStatus.position, ActivityStatus.id)
            )
        ),
        priorities=tuple(
            PriorityRecord(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5]))
            for row in store.rows(
                Priority.select(
                    Priority.id, Priority.name, Priority.name_key, Priority.rank, Priority.is_default, Priority.retired
                ).order_by(Priority.rank, Priority.id)
            )
        ),
        employees=tuple(
            sorted(
                (
                    EmployeeRecord(row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]))
                    for row in store.rows(
                        Employee.select(
                            Employee.id, Employee.initials, Employee.name, Employee.name_key, Employee.role,
                            Employee.login, Employee.retired,
                        )
                    )
                ),
                key=lambda entry: (letters(entry.name, alphabet), entry.id),
            )
        ),
        vat_rates=tuple(
            VatRateRecord(row[0], row[1], row[2], row[3], row[4], row[5], bool(row[6]), bool(row[7]))
            for row in store.rows(
                VatRate.select(
                    VatRate.id, VatRate.name, VatRate.name_key, VatRate.percent, VatRate.before, VatRate.from_at,
                    VatRate.is_default, VatRate.retired,
                ).order_by(VatRate.position, VatRate.id)
            )
        ),
        printers=tuple(
            PrinterRecord(
                row[0], row[1], row[2], Speaks(row[3]), row[4], row[5], row[6], row[7], row[8], bool(row[9]),
                bool(row[10]), bool(row[11]),
            )
            for row in store.rows(
                Printer.select(
                    Printer.id, Printer.name, Printer.name_key, Printer.speaks, Printer.place, Printer.width,
                    Printer.height, Printer.page, Printer.page_number, Printer.cuts, Printer.at_intake,
                    Printer.retired,
                ).order_by(Printer.position, Printer.id)
            )
        ),
    )  # fmt: skip


def _types() -> object:
    return ActivityType.select(
        ActivityType.id, ActivityType.name, ActivityType.name_key, ActivityType.default_status,
        ActivityType.default_responsible, ActivityType.default_duration, ActivityType.responsible_required,
        ActivityType.customer_required, ActivityType.colour, ActivityType.retired, ActivityType.default_payer,
    ).order_by(ActivityType.position, ActivityType.id)  # fmt: skip


def _type(row: tuple[object, ...], lists: set[int]) -> TypeRecord:
    type_id, name, key, status, responsible, duration, needs_person, needs_customer, colour, retired, payer = row
    return TypeRecord(
        int(str(type_id)), str(name), str(key), frozenset(lists),
        None if status is None else int(str(status)),
        None if responsible is None else int(str(responsible)),
        None if duration is None else int(str(duration)),
        bool(needs_person), bool(needs_customer), str(colour), bool(retired), str(payer),
    )  # fmt: skip


def _lists(store: Store, kind: str) -> dict[int, set[int]]:
    """Which lists each type or status is flagged for."""
    found: dict[int, set[int]] = defaultdict(set)
    for row_id, list_id in store.sql(f"SELECT {kind}_id, list_id FROM {kind}_list"):
        found[row_id].add(list_id)
    return found
