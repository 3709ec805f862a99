"""Every register, described: what is shown of a row, and what is edited."""

from __future__ import annotations

from typing import Any, Final

from svc_tui.domain.labels import COLOUR_LABELS
from svc_tui.domain.printers import CODE_PAGES, SPEAKS_NAMES, Speaks
from svc_tui.domain.records import Payer, Stage, WaitsFor
from svc_tui.domain.registers import Register
from svc_tui.domain.rights import Role
from svc_tui.i18n import N_, _
from svc_tui.screens.registers.parts import chosen, day, flag, line, lists, minutes, named, number, percent
from svc_tui.screens.shell.register_form import Surroundings
from svc_tui.screens.shell.register_screen import RegisterSpec, Shown
from svc_tui.services.people.register_edits import Entry

STAGES: Final = {
    Stage.NONE: "", Stage.READY: N_("ready"), Stage.WAITING: N_("waiting"), Stage.WORKING: N_("working"),
    Stage.DONE: N_("done"), Stage.CANCELLED: N_("cancelled"),
}  # fmt: skip
WAITS_FOR: Final = {
    WaitsFor.NOTHING: N_("nothing"), WaitsFor.PARTS: N_("parts"), WaitsFor.CUSTOMER: N_("the customer"),
    WaitsFor.SUPPLIER: N_("the supplier"),
}  # fmt: skip
PAYERS: Final = {Payer.CUSTOMER.value: N_("customer"), Payer.SUPPLIER.value: N_("supplier"), Payer.US.value: N_("us")}
ROLES: Final = {
    Role.COUNTER.value: N_("counter"), Role.TECHNICIAN.value: N_("technician"),
    Role.SUPERVISOR.value: N_("supervisor"), Role.ADMINISTRATOR.value: N_("administrator"),
    Role.READONLY.value: N_("only looks"),
}  # fmt: skip
COLOURS: Final = {"": "", **COLOUR_LABELS}


def _name(around: Surroundings, entry: Entry) -> str:
    return entry.name


def _lists(around: Surroundings, entry: Entry) -> str:
    of: Any = entry.values["lists"]
    return ", ".join(one.name for one in around.registers.lists if one.id in of)


def _in(names: dict[Any, str], field: str) -> Any:
    def told(around: Surroundings, entry: Entry) -> str:
        name = names.get(entry.values[field], "")
        return _(name) if name else ""

    return told


def _mark(field: str, mark: str) -> Any:
    return lambda around, entry: _(mark) if entry.values[field] else ""


def _text(field: str) -> Any:
    return lambda around, entry: str(entry.values[field] or "")


def _percent(field: str) -> Any:
    return lambda around, entry: around.formats.percent(entry.values[field])


def _day(field: str) -> Any:
    return lambda around, entry: around.formats.day(entry.values[field])


def _of(field: str, register: str) -> Any:
    def told(around: Surroundings, entry: Entry) -> str:
        known = around.registers.choices(register, retired=True)
        return next((one.label for one in known if one.id == entry.values[field]), "")

    return told


SPECS: Final[dict[Register, RegisterSpec]] = {
    Register.LIST: RegisterSpec(
        Register.LIST, N_("Activity lists"), N_("List"),
        (Shown(N_("Name"), 20, _name, 1),),
        (line("name", N_("Name")),),
    ),
    Register.TYPE: RegisterSpec(
        Register.TYPE, N_("Types"), N_("Type"),
        (
            Shown(N_("Name"), 20, _name, 2), Shown(N_("Lists"), 14, _lists, 1),
            Shown(N_("Status"), 12, _of("default_status", "status"), 1),
            Shown(N_("Payer"), 10, _in(PAYERS, "default_payer")),
        ),
        (
            line("name", N_("Name")), lists(), chosen("default_status", N_("Status of new jobs"), "status"),
            chosen("default_responsible", N_("Responsible for new jobs"), "responsible"),
            minutes("default_duration", N_("Usual duration")),
            named("default_payer", N_("Payer of new lines"), PAYERS, Payer.CUSTOMER.value),
            named("colour", N_("Colour"), COLOURS, ""),
            flag("responsible_required", N_("Responsible is required")),
            flag("customer_required", N_("Customer is required")),
        ),
    ),
    Register.STATUS: RegisterSpec(
        Register.STATUS, N_("Statuses"), N_("Status"),
        (
            Shown(N_("Name"), 20, _name, 2), Shown(N_("Stage"), 10, _in(STAGES, "stage")),
            Shown(N_("Done key"), 11, _mark("done_key", N_("yes"))), Shown(N_("Lists"), 14, _lists, 1),
        ),
        (
            line("name", N_("Name")), named("stage", N_("Stage"), STAGES, Stage.READY), lists(),
            flag("done_key", N_("Set by the Done key")),
            named("waits_for", N_("Waits for"), WAITS_FOR, WaitsFor.NOTHING), flag("pauses", N_("Pauses the promise")),
            flag("after_parts", N_("Proposed at arrival")),
            minutes("longest", N_("Longest time")),
        ),
    ),
    Register.PRIORITY: RegisterSpec(
        Register.PRIORITY, N_("Priorities"), N_("Priority"),
        (Shown(N_("Name"), 20, _name, 1), Shown(N_("For new jobs"), 14, _mark("is_default", N_("yes")))),
        (line("name", N_("Name")), flag("is_default", N_("For new jobs"))),
    ),
    Register.EMPLOYEE: RegisterSpec(
        Register.EMPLOYEE, N_("Employees"), N_("Employee"),
        (
            Shown(N_("Initials"), 8, _text("initials")), Shown(N_("Name"), 20, _name, 1),
            Shown(N_("Role"), 14, _in(ROLES, "role")), Shown(N_("System user"), 12, _text("login")),
        ),
        (
            line("name", N_("Name")), line("initials", N_("Initials"), 8),
            named("role", N_("Role"), ROLES, Role.COUNTER.value), line("login", N_("System user"), 64),
        ),
        moves=False,
    ),
    Register.VAT_RATE: RegisterSpec(
        Register.VAT_RATE, N_("VAT rates"), N_("VAT rate"),
        (
            Shown(N_("Name"), 16, _name, 1), Shown(N_("Per cent"), 9, _percent("percent")),
            Shown(N_("From"), 10, _day("from_at")), Shown(N_("For new products"), 17, _mark("is_default", N_("yes"))),
        ),
        (
            line("name", N_("Name")), percent("percent", N_("Per cent")), day("from_at", N_("From")),
            flag("is_default", N_("For new products")),
        ),
    ),
    Register.PRINTER: RegisterSpec(
        Register.PRINTER, N_("Printers"), N_("Printer"),
        (
            Shown(N_("Name"), 16, _name, 1), Shown(N_("Understands"), 19, _in(SPEAKS_NAMES, "speaks")),
            Shown(N_("Where"), 21, _text("place"), 1), Shown(N_("At intake"), 11, _mark("at_intake", N_("yes"))),
        ),
        (
            line("name", N_("Name")), named("speaks", N_("Understands"), SPEAKS_NAMES, Speaks.RECEIPTS.value),
            line("place", N_("Where"), 300, help=N_("192.168.1.50:9100, lp:queue, /dev/usb/lp0 or a folder")),
            number("width", N_("Width"), 42, help=N_("Letters in a line (32, 42, 48), or millimetres of a label")),
            number("height", N_("Height"), 29, help=N_("Millimetres of a label")),
            named("page", N_("Code page"), {name: name for name in CODE_PAGES}, CODE_PAGES[0]),
            number("page_number", N_("Number of the code page"), None, help=N_("Empty for Epson's numbers")),
            flag("cuts", N_("Cuts"), new=True), flag("at_intake", N_("Receipt at intake")),
        ),
    ),
}  # fmt: skip
"""By register, in the order in which they are offered."""
