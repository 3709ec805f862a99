"""What the exported files hold: the columns of jobs, contacts, devices and products, and each row in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from svc_tui.domain.errors import N_
from svc_tui.domain.language.money import plain_decimal, plain_quantity
from svc_tui.output.activity_json import Json, activity_object
from svc_tui.output.csv_out import Cell, decimal
from svc_tui.services.core.session import Session
from svc_tui.services.transfer.export import CONTACT_FIELDS, DEVICE_FIELDS, PRODUCT_FIELDS, ActivityDetail, Record

# Translators: the names of exported columns must be names that domain/transfer/csv_columns.py knows, so that a file can
# be imported again; a test sees to it.
CONTACT_HEADER: Final = (
    N_("Contact number"), N_("Name"), N_("Is company"), N_("Is customer"), N_("Is supplier"), N_("VAT number"),
    N_("Address"), N_("Postal code"), N_("City"), N_("Country"), N_("Phone"), N_("Mobile"), N_("E-mail"), N_("Note"),
    N_("External key"), N_("Inactive"),
)  # fmt: skip
PRODUCT_HEADER: Final = (
    N_("Product number"), N_("Product name"), N_("EAN"), N_("Product type"), N_("Unit"), N_("Sales price"),
    N_("Cost price"), N_("VAT %"), N_("Supplier number"), N_("Supplier product number"), N_("Product group"),
    N_("Stock"), N_("Inactive"),
)  # fmt: skip
DEVICE_HEADER: Final = (
    N_("Owner's number"), N_("Brand"), N_("Model"), N_("Serial number"), N_("Accessories"), N_("Condition"),
    N_("Shelf"), N_("Warranty on parts until"), N_("Warranty on labour until"), N_("Note"), N_("Inactive"),
)  # fmt: skip
ACTIVITY_HEADER: Final = (
    N_("Number"), N_("Subject"), N_("Start"), N_("End"), N_("Promised"), N_("Type"), N_("Status"), N_("Stage"),
    N_("Priority"), N_("Responsible"), N_("Customer"), N_("Device"), N_("Serial number"), N_("Amount"), N_("Note"),
)  # fmt: skip
_PLAIN_ACTIVITY: Final = (
    "number", "subject", "start", "end", "promised", "type", "status", "stage", "priority", "responsible", "customer",
)  # fmt: skip
_DECIMALS: Final[dict[str, Callable[[int], str]]] = {
    "price": lambda value: plain_decimal(value, 2),
    "cost": lambda value: plain_decimal(value, 2),
    "vat_rate": lambda value: plain_quantity(value * 10),
    "stock": plain_quantity,
}


def activity_rows(session: Session, jobs: Iterator[ActivityDetail], language: str) -> Iterator[list[Cell]]:
    """A row a job, in the order of `ACTIVITY_HEADER`; dates are ISO, which every spreadsheet reads."""
    for job in jobs:
        found = activity_object(session.registers, job)
        device = found["device"] or {"name": "", "serial": ""}
        amount = decimal(plain_decimal(job.total, 2), language)
        yield [*(found[name] for name in _PLAIN_ACTIVITY), device["name"], device["serial"], amount, found["note"]]


def contact_rows(records: Iterator[Record]) -> Iterator[list[Cell]]:
    """A row a contact, in the order of `CONTACT_HEADER`."""
    return ([record[name] for name in CONTACT_FIELDS] for record in records)


def device_rows(records: Iterator[Record]) -> Iterator[list[Cell]]:
    """A row a device, in the order of `DEVICE_HEADER`."""
    return ([record[name] for name in DEVICE_FIELDS] for record in records)


def product_rows(records: Iterator[Record], language: str) -> Iterator[list[Cell]]:
    """A row a product, in the order of `PRODUCT_HEADER`."""
    for record in records:
        yield [_cell(name, record[name], language) for name in PRODUCT_FIELDS]


def _cell(name: str, value: Any, language: str) -> Cell:
    if name in _DECIMALS:
        return decimal(_DECIMALS[name](value), language)
    return value  # type: ignore[no-any-return]  # text, a whole number or a flag, as the database has it


def activity_objects(session: Session, jobs: Iterator[ActivityDetail]) -> Iterator[Json]:
    """The same for JSON, as `svc-tui list --json` prints it."""
    return (activity_object(session.registers, job) for job in jobs)


def product_objects(records: Iterator[Record]) -> Iterator[Json]:
    """Products with decimals as text."""
    for record in records:
        yield record | {name: tell(record[name]) for name, tell in _DECIMALS.items()}
