"""What a scanned code stands for: a job, a device, a product. It is looked up exactly, and nothing is changed."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.people import contacts as rows
from svc_tui.domain.records import DeviceRow, ProductRow
from svc_tui.domain.rights import Right
from svc_tui.domain.scanning import as_us_keyboard
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import clean_line
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities
from svc_tui.services.stock.products import EAN_LENGTHS

MOST_DIGITS = 9
"""Of a job's number."""


class ScannedJob(NamedTuple):
    """A job, by its number or by the label `S` and the number."""

    id: int
    number: int


class Scanned(NamedTuple):
    """Everything that has the code; more than one is for the user to choose from."""

    code: str
    found: tuple[ScannedJob | DeviceRow | ProductRow, ...]
    is_translated: bool = False
    """Whether it was found only as a reader set to a US keyboard means it."""


def look_up(session: Session, typed: str) -> Scanned:
    """The jobs, devices and products with this very code.

    Indexes: activity number, device serial_key, product ean, product code_key.
    """
    session.require(Right.ACTIVITY_READ)
    code = clean_line(typed)
    found = _with(session, code)
    translated = as_us_keyboard(code)
    if not found and translated != code:
        found = _with(session, translated)
        if found:
            return Scanned(translated, found, is_translated=True)
    return Scanned(code, found)


def product(session: Session, typed: str) -> ProductRow | None:
    """The product with this very code or EAN; indexes as in `look_up`."""
    session.require(Right.ACTIVITY_READ)
    code = clean_line(typed)
    for form in (code, as_us_keyboard(code)):
        if found := _product(session, form):
            return found
    return None


def _with(session: Session, code: str) -> tuple[ScannedJob | DeviceRow | ProductRow, ...]:
    found: list[ScannedJob | DeviceRow | ProductRow] = []
    if (number := _number(code)) is not None:
        job = activities.id_of_number(session, number)
        found += [ScannedJob(job, number)] if job is not None else []
    if key := code_key(code):
        found += rows.devices_with_serial(session.store, key)
    by_code = _product(session, code)
    return (*found, by_code) if by_code else tuple(found)


def _number(code: str) -> int | None:
    """A job's number, as it stands or as our own labels have it: `S104217`."""
    digits = code[1:] if code[:1] in ("S", "s") and code[1:2] != "0" else code
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS else None


def _product(session: Session, code: str) -> ProductRow | None:
    if code.isascii() and code.isdigit() and len(code) in EAN_LENGTHS:
        for form in (code, f"0{code}") if len(code) == 12 else (code, code[1:]) if code[0] == "0" else (code,):
            if found := rows.product_by_ean(session.store, form):
                return found
    key = code_key(code)
    return rows.product_by_code(session.store, key, code) if key else None
