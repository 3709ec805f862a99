"""What a scanned code stands for: a job, a device, a product. It is looked up exactly, and nothing is changed."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.orders import orders as order_rows
from svc_tui.db.people import contacts as rows
from svc_tui.domain.records import DeviceRow, ProductRow
from svc_tui.domain.rights import Right
from svc_tui.domain.scanning import GS, as_us_keyboard
from svc_tui.domain.stock.codes import Code, Own, read_code
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import clean_line
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities


class ScannedJob(NamedTuple):
    """A job, by its number or by the label `S` and the number."""

    id: int
    number: int


class ScannedOrder(NamedTuple):
    """A service order, by the label `O` and its number."""

    id: int
    number: int


Found = ScannedJob | ScannedOrder | DeviceRow | ProductRow


class Scanned(NamedTuple):
    """Everything that has the code; more than one is for the user to choose from."""

    code: str
    found: tuple[Found, ...]
    is_translated: bool = False
    """Whether it was found only as a reader set to a US keyboard means it."""


def look_up(session: Session, typed: str) -> Scanned:
    """The jobs, orders, devices and products with this very code.

    Indexes: activity number, service_order number, device serial_key, product ean, product code_key.
    """
    session.require(Right.ACTIVITY_READ)
    code = _clean(typed)
    found = _with(session, code)
    translated = as_us_keyboard(code)
    if not found and translated != code:
        found = _with(session, translated)
        if found:
            return Scanned(translated, found, is_translated=True)
    return Scanned(code, found)


def product(session: Session, typed: str) -> ProductRow | None:
    """The product with this very code or EAN, of several the first; indexes as in `look_up`."""
    session.require(Right.ACTIVITY_READ)
    code = _clean(typed)
    for form in (code, as_us_keyboard(code)):
        if found := _products(session, read_code(form)):
            return found[0]
    return None


def _clean(typed: str) -> str:
    """What was read without what cannot be seen, but for what parts a GS1 code."""
    return GS.join(clean_line(part) for part in typed.split(GS))


def _with(session: Session, text: str) -> tuple[Found, ...]:
    code = read_code(text)
    found: list[Found] = []
    if code.number is not None:
        job = activities.id_of_number(session, code.number)
        found += [ScannedJob(job, code.number)] if job is not None else []
    if code.own and code.own[0] is Own.ORDER and (order := order_rows.order_of_number(session.store, int(code.own[1]))):
        found.append(ScannedOrder(order, int(code.own[1])))
    for serial in code.serials:
        if (key := code_key(serial)) and (devices := rows.devices_with_serial(session.store, key)):
            found += devices
            break
    return (*found, *_products(session, code))


def _products(session: Session, code: Code) -> list[ProductRow]:
    """By its EAN or its code, each product once."""
    found: dict[int, ProductRow] = {}
    for form in (code.gtin, code.gtin.removeprefix("0") if len(code.gtin) == 13 else ""):
        if form and (row := rows.product_by_ean(session.store, form)):
            found.setdefault(row.id, row)
            return list(found.values())
    for written in code.codes:
        if (key := code_key(written)) and (row := rows.product_by_code(session.store, key, written)):
            found.setdefault(row.id, row)
    return list(found.values())
