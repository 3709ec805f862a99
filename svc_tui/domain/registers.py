"""The shop's registers as one frozen record: small, read whole, consulted on every key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from svc_tui.domain.described import Described
from svc_tui.domain.paper_tables import PRINTER
from svc_tui.domain.printers import JobPaper, PrinterRecord, Speaks
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
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ACTIVITY_LIST, ACTIVITY_STATUS, ACTIVITY_TYPE, EMPLOYEE, PRIORITY, VAT_RATE
from svc_tui.domain.text import words


class Kept:
    """How a register is kept. Reading it, what its form edits, what fields choose from it follow from here."""

    __slots__ = ("chosen_as", "edited", "read_as", "record", "right", "rows", "table")

    def __init__(
        self,
        table: Described,
        record: type[Any],
        rows: str,
        *,
        but_for: tuple[str, ...] = (),
        read_as: Mapping[str, Callable[[Any], object]] = MappingProxyType({}),
        chosen_as: str = "",
        right: Right = Right.REGISTER_EDIT,
    ) -> None:
        self.table = table
        self.record = record
        """The named tuple of a row: its fields are the table's columns, `key` the folded name, `lists` the ids of the
        lists it is flagged for."""
        self.rows = rows
        """The field of `Registers` that holds the rows."""
        self.edited = tuple(name for name in record._fields if name not in ("id", "key", "retired", *but_for))
        """What of a row is edited: all of it, but for what follows from the rest."""
        self.read_as = read_as
        """What makes a field's value of that of the column, where it is another."""
        self.chosen_as = chosen_as
        """The field that chooses from it, as `Registers.choices` calls it."""
        self.right = right
        """To change it."""


class Register(Enum):
    """The registers, in the order in which their rows are read."""

    LIST = Kept(ACTIVITY_LIST, ListRecord, "lists", but_for=("code",), chosen_as="list")
    TYPE = Kept(ACTIVITY_TYPE, TypeRecord, "types", chosen_as="type")
    STATUS = Kept(
        ACTIVITY_STATUS, StatusRecord, "statuses", read_as={"stage": Stage, "waits_for": WaitsFor}, chosen_as="status"
    )
    PRIORITY = Kept(PRIORITY, PriorityRecord, "priorities", but_for=("rank",), chosen_as="priority")
    EMPLOYEE = Kept(EMPLOYEE, EmployeeRecord, "employees", chosen_as="responsible", right=Right.EMPLOYEE_EDIT)
    VAT_RATE = Kept(VAT_RATE, VatRateRecord, "vat_rates", but_for=("before",), chosen_as="vat")
    PRINTER = Kept(PRINTER, PrinterRecord, "printers", read_as={"speaks": Speaks}, chosen_as="printer")

    @property
    def table(self) -> Described:
        table: Described = self.value.table
        return table

    @property
    def right(self) -> Right:
        right: Right = self.value.right
        return right


CHOSEN: Final[Mapping[str, Register]] = {register.value.chosen_as: register for register in Register}
"""The registers by the field that chooses from them."""


class CompanyRecord(NamedTuple):
    id: int
    name: str
    address: str
    phone: str
    email: str
    vat_number: str
    country_code: str
    currency: str
    default_duration: int
    done_end_rule: str
    user_field1_name: str
    user_field2_name: str
    time_zone: str = "UTC"
    """Its name, such as Europe/Copenhagen."""
    language: str = "en"
    opens: int = 540
    """Minutes after midnight: the time of a start that is given as a day."""
    closes: int = 1020
    """The same of an end or a promise."""
    repair_warranty_days: int = 90
    """For so long after a repair the device is told to have been here before."""
    intake_terms: str = ""
    """The small print on the receipt that a customer gets at intake."""
    reserve_at_save: bool = True
    """Whether a line that is saved takes what is free of its product."""
    cost_follows: bool = True
    """Whether what a supplier took for a piece becomes its product's cost."""


Value = TypeVar("Value")


class Row(Protocol):
    """What the rows of all registers have."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def retired(self) -> bool: ...


class Choice(NamedTuple, Generic[Value]):
    """One value as a field offers it, mostly a row of a register by its id: `code` is its short name, if it has one."""

    id: Value
    label: str
    code: str = ""


class Registers(NamedTuple):
    """Everything a form or a list needs to name what a row holds by id. Retired values are included."""

    company: CompanyRecord
    lists: tuple[ListRecord, ...]
    types: tuple[TypeRecord, ...]
    statuses: tuple[StatusRecord, ...]
    priorities: tuple[PriorityRecord, ...]
    employees: tuple[EmployeeRecord, ...]
    vat_rates: tuple[VatRateRecord, ...] = ()
    printers: tuple[PrinterRecord, ...] = ()

    def rows(self, register: Register) -> tuple[Any, ...]:
        """All rows of a register, as its records, in their order."""
        found: tuple[Any, ...] = getattr(self, register.value.rows)
        return found

    @property
    def lists_in_use(self) -> tuple[ListRecord, ...]:
        """The lists that are shown; there is always one."""
        return tuple(entry for entry in self.lists if not entry.retired)

    def list_by_code(self, code: str) -> ListRecord | None:
        return next((entry for entry in self.lists if entry.code == code), None)

    def type(self, type_id: int | None) -> TypeRecord | None:
        return next((entry for entry in self.types if entry.id == type_id), None)

    def status(self, status_id: int | None) -> StatusRecord | None:
        return next((entry for entry in self.statuses if entry.id == status_id), None)

    def employee(self, employee_id: int | None) -> EmployeeRecord | None:
        return next((entry for entry in self.employees if entry.id == employee_id), None)

    def priority(self, priority_id: int | None) -> PriorityRecord | None:
        return next((entry for entry in self.priorities if entry.id == priority_id), None)

    def vat_rate(self, rate_id: int | None) -> VatRateRecord | None:
        return next((entry for entry in self.vat_rates if entry.id == rate_id), None)

    def vat_percent(self, rate_id: int | None, own: int, at: int) -> int:
        """What VAT a product has at a moment: that of the rate it names, else its own (hundredths of a per cent)."""
        rate = self.vat_rate(rate_id)
        return own if rate is None else rate.on(at)

    def vat_rate_of(self, percent: int, at: int) -> VatRateRecord | None:
        """The only rate in use that has this percentage at a moment; None where none or several have it."""
        found = [entry for entry in self.vat_rates if not entry.retired and entry.on(at) == percent]
        return found[0] if len(found) == 1 else None

    def default_vat_rate(self) -> VatRateRecord | None:
        """The rate of new products."""
        return next((entry for entry in self.vat_rates if entry.is_default and not entry.retired), None)

    def printer(self, printer_id: int | None) -> PrinterRecord | None:
        return next((entry for entry in self.printers if entry.id == printer_id), None)

    def receipt_printer(self, own: int | None) -> PrinterRecord | None:
        """Where a receipt comes out at intake: one's own printer, else the first that is set to do so."""
        found = [one for one in self.printers if one.at_intake and not one.retired and one.can_print(JobPaper.RECEIPT)]
        return next((one for one in found if one.id == own), found[0] if found else None)

    def in_use(self, field: str, value_id: int) -> bool:
        """Whether a job's type, status, priority or responsible may still be given to new jobs."""
        find = {"type": self.type, "status": self.status, "priority": self.priority, "responsible": self.employee}
        entry = find[field](value_id)
        return entry is not None and not entry.retired

    def choices(self, field: str, lists: frozenset[int] | None = None, *, retired: bool = False) -> list[Choice[int]]:
        """What may be chosen for a field, in the register's order.

        Args:
            field: Which one: type, status, priority, responsible, list, printer, vat.
            lists: Only what is flagged for one of these lists; None for every list.
            retired: Also what is not in use any more, as whoever looks for old jobs may.

        Raises:
            KeyError: when no register stands behind the field.
        """
        entries: Iterable[Row] = self.rows(CHOSEN[field])
        if field == "type":
            entries = [entry for entry in self.types if lists is None or entry.lists & lists]
        elif field == "status":
            entries = [entry for entry in self.statuses if not lists or not entry.lists or entry.lists & lists]
        return [_choice(entry) for entry in entries if retired or not entry.retired]

    def types_of(self, list_id: int | None) -> list[TypeRecord]:
        """Types in use that are flagged for a list; of every list for None."""
        return [entry for entry in self.types if not entry.retired and (list_id is None or list_id in entry.lists)]

    def statuses_of(self, list_ids: frozenset[int] | None) -> list[StatusRecord]:
        """Statuses in use flagged for one of the lists; all of them for None."""
        return [
            entry
            for entry in self.statuses
            if not entry.retired and (not list_ids or not entry.lists or entry.lists & list_ids)
        ]

    def done_status(self, list_ids: frozenset[int]) -> StatusRecord | None:
        """What the Done key sets in these lists."""
        done = [entry for entry in self.statuses_of(list_ids) if entry.stage is Stage.DONE]
        return next((entry for entry in done if entry.done_key), done[0] if done else None)

    def ready_status(self, list_ids: frozenset[int]) -> StatusRecord | None:
        """The status of a new job where nothing else is decided: the first that is ready to be worked on."""
        return next((entry for entry in self.statuses_of(list_ids) if entry.stage is Stage.READY), None)

    def working_status(self, list_ids: frozenset[int]) -> StatusRecord | None:
        """The status of a job that somebody takes to work on it."""
        return next((entry for entry in self.statuses_of(list_ids) if entry.stage is Stage.WORKING), None)

    def after_parts(self, list_ids: frozenset[int]) -> StatusRecord | None:
        """What is proposed in these lists for a job that waited for parts once they have come."""
        return next((entry for entry in self.statuses_of(list_ids) if entry.after_parts), None)

    def default_priority(self) -> PriorityRecord | None:
        return next((entry for entry in self.priorities if entry.is_default and not entry.retired), None)


def _choice(entry: Row) -> Choice[int]:
    code = entry.code if isinstance(entry, ListRecord) else entry.initials if isinstance(entry, EmployeeRecord) else ""
    return Choice(entry.id, entry.name, code)


CLEARS = "-"
"""What is typed into a field to empty it."""

_NONE = frozenset((CLEARS, "none", "ingen", "nobody"))


def means_none(text: str) -> bool:
    """Whether what was typed asks for no value, in any of our languages."""
    return text.strip().casefold() in _NONE


def matching(text: str, choices: Sequence[Choice[Value]]) -> list[Choice[Value]]:
    """Choices that `text` may mean, the likeliest first; ties stay in the register's order.

    The code itself comes before a beginning of the name, then a beginning of a word in it (words may be
    left out, `venter dele`), then its words' first letters (`vd`), then a beginning of the code.
    """
    return [choice for _, choice in _ranked(text, choices)]


def meant(text: str, choices: Sequence[Choice[Value]]) -> list[Choice[Value]]:
    """Those that fit `text` best, all equally well: what a filter's name stands for."""
    ranked = _ranked(text, choices)
    return [choice for rank, choice in ranked if rank == ranked[0][0]]


def _ranked(text: str, choices: Sequence[Choice[Value]]) -> list[tuple[int, Choice[Value]]]:
    wanted = words(text)
    if not wanted:
        return [(0, choice) for choice in choices]
    squeezed = "".join(wanted)
    found: list[tuple[int, int, Choice[Value]]] = []
    for place, choice in enumerate(choices):
        rank = _rank(wanted, squeezed, words(choice.label), "".join(words(choice.code)))
        if rank is not None:
            found.append((rank, place, choice))
    return [(rank, choice) for rank, _, choice in sorted(found, key=lambda one: one[:2])]


def _rank(wanted: list[str], squeezed: str, name: list[str], code: str) -> int | None:
    if squeezed in (code, "".join(name)):
        return 0
    if _begins(wanted, name):
        return 1
    if _begins_in_order(wanted, name):
        return 2
    if "".join(word[0] for word in name).startswith(squeezed):
        return 3
    return 4 if code.startswith(squeezed) else None


def _begins(wanted: list[str], name: list[str]) -> bool:
    """The words stand at the beginning of the name, the last of them perhaps unfinished."""
    return (
        wanted[:-1] == name[: len(wanted) - 1]
        and len(name) >= len(wanted)
        and name[len(wanted) - 1].startswith(wanted[-1])
    )


def _begins_in_order(wanted: list[str], name: list[str]) -> bool:
    rest = iter(name)
    return all(any(word.startswith(prefix) for word in rest) for prefix in wanted)
