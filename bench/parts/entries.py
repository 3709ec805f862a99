"""The lists of contacts, devices and products, and their cards: milliseconds of what a key asks the database."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from statistics import median

from bench import direct
from bench.programs import OURS
from bench.record import Record
from bench.shops import Shop
from svc_tui.db.core.engine import open_database
from svc_tui.domain.entries import BY_NAME, EntryOrder, Register
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.filters import entry_lists
from svc_tui.services.jobs import entry_jobs
from svc_tui.services.people import contact_card
from svc_tui.services.stock import device_card

TIMES = 15
ROWS = 40
LISTS: dict[str, tuple[Register, str, EntryOrder]] = {
    "contacts": (Register.CONTACTS, "", BY_NAME),
    "contacts by last job": (Register.CONTACTS, "", EntryOrder("last", True)),
    "contacts of a town": (Register.CONTACTS, "city:8000", BY_NAME),
    "contacts by words": (Register.CONTACTS, "jens", BY_NAME),
    "contacts by phone": (Register.CONTACTS, "phone:2012", BY_NAME),
    "suppliers": (Register.CONTACTS, "kind:supplier", BY_NAME),
    "devices": (Register.DEVICES, "", BY_NAME),
    "devices by words": (Register.DEVICES, "jens sony", BY_NAME),
    "products": (Register.PRODUCTS, "", BY_NAME),
}
CARDS = ("card of a contact", "its jobs", "card of a device", "its repairs")


def entries(record: Record, shop: Shop, _small: Shop) -> None:
    """Every list: its first page, the next one, the last; and every card."""
    for name, value in direct.measure_in("bench.parts.entries", shop.url).items():
        record.add(name, OURS, value)


def main() -> None:
    """Print the figures of a shop as JSON."""
    store = open_database(sys.argv[1])
    session = open_session(store, None, "da")
    session.employee = min(session.registers.employees)
    figures: dict[str, float] = {}
    for name, (register, line, order) in LISTS.items():
        figures |= _of_list(session, name, register, line, order)
    contact = store.sql("SELECT max(id) / 2 FROM contact")[0][0]
    device = store.sql("SELECT max(id) / 2 FROM device")[0][0]
    acts = (
        lambda: contact_card.open_card(session, contact),
        lambda: entry_jobs.page(session, Register.CONTACTS, contact, ROWS),
        lambda: device_card.open_card(session, device),
        lambda: device_card.repairs(session, device, ROWS),
    )
    figures |= {name: _milliseconds(act) for name, act in zip(CARDS, acts, strict=True)}
    store.close()
    print(json.dumps(figures))


def _of_list(session: Session, name: str, register: Register, line: str, order: EntryOrder) -> dict[str, float]:
    query = entry_lists.resolve(session, register, line, order)
    rows = entry_lists.page(session, query, ROWS)
    return {
        f"{name}: first page": _milliseconds(lambda: entry_lists.first_page(session, register, line, order, ROWS)),
        f"{name}: next page": _milliseconds(
            lambda: entry_lists.page(session, query, ROWS, after=rows[-1] if rows else None)
        ),
        f"{name}: last page": _milliseconds(lambda: entry_lists.last_page(session, query, ROWS)),
    }


def _milliseconds(act: Callable[[], object]) -> float:
    taken: list[float] = []
    for _ in range(TIMES):
        began = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - began))
    return median(taken)


if __name__ == "__main__":
    main()
