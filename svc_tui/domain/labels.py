"""What fields and acts are called wherever they are named: message ids, translated where they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from svc_tui.domain.errors import N_, DomainError
from svc_tui.domain.job_fields import JOB_FIELDS
from svc_tui.domain.order_labels import ORDER_ACTS, ORDER_LABELS
from svc_tui.domain.printers import PRINTER_LABELS, SPEAKS_NAMES
from svc_tui.domain.records import LineKind, PartState, Stage
from svc_tui.domain.registers import Register

FIELD_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{entry.name: entry.label for entry in JOB_FIELDS},
        "done_at": N_("Done"), "note": N_("Note"), "planned": N_("Planned quantity"),
        "used": N_("Used quantity"), "price": N_("Unit price"), "discount": N_("Discount %"), "payer": N_("Payer"),
        "state": N_("State"), "kind": N_("Kind"), "code": N_("Code"), "text": N_("Text"), "unit": N_("Unit"),
        "role": N_("Role"), "person": N_("Person"), "position": N_("Position"), "name": N_("Name"),
        "phone": N_("Phone"), "email": N_("E-mail"), "address": N_("Address"), "post_code": N_("Postal code"),
        "city": N_("City"), "vat_number": N_("VAT number"), "brand": N_("Brand"), "model": N_("Model"),
        "serial": N_("Serial number"), "accessories": N_("Accessories"),
        "condition": N_("Condition"), "lock_code": N_("Lock code"), "shelf": N_("Shelf"),
        "shop": N_("Name of the shop"), "initials": N_("Initials"),
        "login": N_("System user"), "country_code": N_("Country code"), "currency": N_("Currency"),
        "time_zone": N_("Time zone"), "user_field1_name": N_("Name of own field 1"),
        "user_field2_name": N_("Name of own field 2"), "opens": N_("Opens"), "closes": N_("Closes"),
        "waits_for": N_("Waits for"), "pauses": N_("Pauses the promise"),
        "after_parts": N_("Proposed at arrival"), "reserve_at_save": N_("Saving takes what is free"),
        "cost_follows": N_("Cost follows suppliers"), "tracked": N_("Stock tracked"), "minimum": N_("Minimum"),
        "quarantine": N_("Quarantine"), "reserved": N_("Reserved"), "came": N_("Came for the job"),
        "expected_at": N_("Expected"), "sent_at": N_("Sent"), "closed_at": N_("Settled"), "reference": N_("Reference"),
        "tracking": N_("Tracking"), "ordered": N_("Ordered quantity"), "received": N_("Received quantity"),
        "cancelled": N_("Cancelled quantity"), "quantity": N_("Quantity"), "purchase_line": N_("On order"),
        "credit": N_("Credit given"), "weekday": N_("Weekday"),
        "day": N_("Day"), "hours": N_("Hours"), "from_at": N_("From"), "to_at": N_("To"), "reason": N_("Reason"),
        "default_duration": N_("Usual duration"), "done_end_rule": N_("End when done"), "language": N_("Language"),
        "repair_warranty_days": N_("Days of warranty on repairs"), "retired": N_("Retired"), "list": N_("List"),
        "list_code": N_("List"), "column": N_("Sorted by"), "descending": N_("Descending"), "key": N_("Key"),
        "shared": N_("Shared"), "stage": N_("Stage"), "done_key": N_("Set by the Done key"),
        "longest": N_("Longest time"), "colour": N_("Colour"),
        "default_status": N_("Status of new jobs"), "default_responsible": N_("Responsible for new jobs"),
        "default_payer": N_("Payer of new lines"), "responsible_required": N_("Responsible is required"),
        "customer_required": N_("Customer is required"), "is_default": N_("For new jobs"), "number": N_("Number"),
        "is_company": N_("Is company"), "is_customer": N_("Customer"), "is_supplier": N_("Supplier"),
        "country": N_("Country"), "mobile": N_("Mobile"), "external_key": N_("Key in another program"),
        "contact": N_("Contact"), "product": N_("Product"), "ean": N_("EAN"), "cost": N_("Cost"),
        "vat": N_("VAT"), "vat_rate": N_("VAT %"), "percent": N_("Per cent"), "before": N_("Until then"),
        "supplier": N_("Supplier"), "supplier_code": N_("Supplier's code"),
        "product_group": N_("Group"), "stock": N_("Stock"), "owner": N_("Owner"),
        "warranty_parts_until": N_("Warranty on parts until"),
        "warranty_labour_until": N_("Warranty on labour until"), "created_at": N_("Registered"),
        "created_by": N_("Registered by"), "at": N_("Time"), "author": N_("Written by"),
        "intake_terms": N_("Terms at intake"), "activity": N_("Job"), "employee": N_("Employee"),
        "started_at": N_("Started"), "up_to": N_("Up to, with VAT"), "who": N_("Who said yes"), **ORDER_LABELS,
        **PRINTER_LABELS,
    }
)  # fmt: skip


def label_of(field: str) -> DomainError:
    """A field's label as a value of another sentence, translated together with it."""
    return DomainError(FIELD_LABELS.get(field, field))


STAGE_LABELS: Final[Mapping[Stage, str]] = MappingProxyType(
    {
        Stage.READY: N_("ready"), Stage.WAITING: N_("waiting"), Stage.WORKING: N_("working"),
        Stage.DONE: N_("done"), Stage.CANCELLED: N_("cancelled"),
    }
)  # fmt: skip

LINE_KIND_LABELS: Final[dict[str, str]] = {
    LineKind.PART: N_("part"), LineKind.RESOURCE: N_("resource"), LineKind.HOURS: N_("hours"),
    LineKind.TEXT: N_("text"),
}  # fmt: skip
"""What a product or a line is."""

PART_STATE_LABELS: Final[dict[str, str]] = {
    PartState.NEEDED: N_("needed"), PartState.ORDERED: N_("ordered"), PartState.ARRIVED: N_("arrived"),
    PartState.RESERVED: N_("reserved"), PartState.USED: N_("used"),
}  # fmt: skip
"""Where the pieces of a part are."""

CODE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tasklist": N_("in the task list"),
        "phone": N_("by phone"),
        "mail": N_("by mail"),
        "counter": N_("at the counter"),
        "readonly": N_("only looks"),
        **SPEAKS_NAMES,
    }
)
"""The program's own words that are not their own message id."""

COLOUR_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "black": N_("black"), "red": N_("red"), "green": N_("green"), "yellow": N_("yellow"), "blue": N_("blue"),
        "magenta": N_("magenta"), "cyan": N_("cyan"), "white": N_("white"), "bright_black": N_("grey"),
        "bright_red": N_("bright red"), "bright_green": N_("bright green"), "bright_yellow": N_("bright yellow"),
        "bright_blue": N_("bright blue"), "bright_magenta": N_("bright magenta"),
        "bright_cyan": N_("bright cyan"), "bright_white": N_("bright white"),
    }
)  # fmt: skip

TAB_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "note": N_("Note"), "contacts": N_("Contacts"), "product": N_("Product"), "history": N_("History"),
        "misc": N_("Misc."),
    }
)  # fmt: skip
"""The tabs of a job's sheet."""

FIRST_SCREEN_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "dashboard": N_("Dashboard"), "contacts": N_("Contacts"), "products": N_("Products"), "devices": N_("Devices"),
        "statistics": N_("Statistics"),
    }
)  # fmt: skip
"""What the program can begin with beside a list, by the names of `first_screens`."""

ACT_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "activity.save": N_("Job saved"), "activity.edit": N_("Job changed"), "activity.note": N_("Note"),
        "activity.status": N_("Status"), "activity.done": N_("Done"), "activity.reassign": N_("Responsible"),
        "activity.postpone": N_("Postponed"), "activity.type": N_("Type"), "activity.priority": N_("Priority"),
        "activity.link": N_("Contact linked"), "activity.take": N_("Taken to work on"),
        "activity.approve": N_("Customer's yes"),
        "company.reckoned": N_("Deadlines reckoned by new hours"),
        "contact.create": N_("New contact"),
        "contact.save": N_("Contact changed"), "contact.merge": N_("Contacts merged"),
        "device.create": N_("New device"), "device.save": N_("Device changed"),
        "device.merge": N_("Devices merged"), "product.create": N_("New product"),
        "product.save": N_("Product changed"), "settings.save": N_("Settings"),
        "employee.login": N_("Signed in"), "shop.create": N_("Shop set up"), "timer.start": N_("Timer started"),
        "timer.stop": N_("Timer stopped"), "timer.switch": N_("Timer moved to another job"), **ORDER_ACTS,
    }
)  # fmt: skip

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{register.name.lower(): N_("Registers") for register in Register},
        "import": N_("Import"), "company": N_("Company"), "employee": N_("Employees"), "settings": N_("Settings"),
        "view": N_("Views"), "contact": N_("Contacts"), "device": N_("Devices"), "product": N_("Products"),
        "activity": N_("Jobs"), "order": N_("Orders"), "billing": N_("Billing"), "timer": N_("Timer"),
    }
)  # fmt: skip


def act_label(act: str, root: str, translate: Callable[[str], str], *, registered: bool = False) -> str:
    """What an act is called.

    Args:
        act: Its name in the history.
        root: What it goes back to: of an undo or a redo, the act that was undone.
        translate: A gettext function.
        registered: Whether a job was registered by it.
    """
    if act in ("act.undo", "act.redo"):
        told = translate(N_("Undone: {act}")) if act == "act.undo" else translate(N_("Done again: {act}"))
        return told.format(act=act_label(root, root, translate, registered=registered))
    if registered and root == "activity.save":
        return translate(N_("New job"))
    return translate(ACT_LABELS.get(act) or KINDS.get(act.partition(".")[0], act))
