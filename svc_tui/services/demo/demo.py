"""The demo shop: people, parts, customers, devices and three years of jobs, the same for the same seed and day.

Everything that has happened in it lies before the day it is made for; what is planned goes a week further. It is
for an empty database, thrown away when it is cut off: a shop of one transaction leaves nothing then.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from svc_tui.db.core import job_figures
from svc_tui.db.core.changes import Changes
from svc_tui.db.core.engine import Store
from svc_tui.db.core.span_filling import fill
from svc_tui.db.orders.orders import last_act
from svc_tui.db.people.registers import first_vat_rate, read_registers
from svc_tui.db.transfer.bulk import Bulk, fast, work_products
from svc_tui.domain import clock
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.tables import (
    ACTIVITY,
    ACTIVITY_LINE,
    ACTIVITY_LINK,
    ACTIVITY_NOTE,
    CHANGE,
    CHANGE_SET,
    CONTACT,
    CONTACT_PERSON,
    DEVICE,
    PART_CLAIM,
    PURCHASE,
    PURCHASE_LINE,
    STOCK_MOVE,
)
from svc_tui.domain.transfer.shipped import DemoWords, read_demo_words
from svc_tui.domain.transfer.shipped import Registers as Shipped
from svc_tui.domain.transfer.shipped import read_registers as read_shipped
from svc_tui.services.demo.demo_hours import create_hours
from svc_tui.services.demo.demo_jobs import Kind, Registers, Status, Writer
from svc_tui.services.demo.demo_orders import create_orders
from svc_tui.services.demo.demo_people import (
    Customers,
    Dice,
    PartRow,
    create_parts,
    create_staff,
    create_suppliers,
)
from svc_tui.services.demo.demo_stories import Stories
from svc_tui.services.demo.demo_time import Calendar
from svc_tui.services.orders.issuing import Render
from svc_tui.services.people.setup import FIRST_NUMBER, fill_registers, is_set_up

ROWS_A_TRANSACTION = 50_000
"""Contacts and jobs. More would need twice the room on the disk while they are written."""

_SCATTERED = (CONTACT, CONTACT_PERSON, DEVICE, ACTIVITY, ACTIVITY_LINK, ACTIVITY_LINE, ACTIVITY_NOTE)
_IN_ORDER = (CHANGE_SET, CHANGE, PURCHASE, PURCHASE_LINE, PART_CLAIM, STOCK_MOVE)

Progress = Callable[[int, int], None]


def default_contacts(activities: int) -> int:
    """How many contacts a shop with so many jobs has."""
    return min(max(activities // 5, 50), 500_000)


def create_demo(
    store: Store,
    *,
    activities: int = 2000,
    contacts: int | None = None,
    seed: int = 1,
    language: str = "da",
    now: datetime | None = None,
    progress: Progress | None = None,
    render: Render | None = None,
) -> None:
    """Fill an empty, migrated database with a shop.

    Args:
        store: The database.
        activities: How many jobs.
        contacts: How many contacts, the suppliers among them; a fifth of the jobs when left out.
        seed: Another number, another shop.
        language: Of the registers and of all that is written in the shop.
        now: Local time; only its day matters. Today when left out.
        progress: Is told how many jobs and contacts are written, and of how many.
        render: Makes the papers of what is billed; nothing is where it is left out.

    Raises:
        Invalid: when the database already holds a shop, or less than nothing is asked for.
        DatabaseTrouble: when the database refuses.
    """
    wanted = default_contacts(activities) if contacts is None else contacts
    if activities < 0 or wanted < 0:
        raise Invalid(N_("A shop cannot have fewer than no jobs or contacts."), field="activities")
    if is_set_up(store):
        raise Invalid(N_("This database already holds a shop. Name a new file for the demo shop."), field="database")
    calendar = Calendar((now or clock.now()).date())
    steps = _Demo(store, calendar, seed, language).steps(activities, wanted)
    with fast(store), _collector_off():
        finished = False
        while not finished:
            with store.transaction():
                finished = _one_transaction(steps, activities + wanted, progress)
        fill(store, store.transaction, _nobody)
        with store.transaction():
            job_figures.bring_all(store)
        create_orders(store, language, activities, last_act(store) + 60, render)


@contextmanager
def _collector_off() -> Iterator[None]:
    """Nothing made here refers back to itself, and looking for what does costs a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _nobody(_done: int, _whole: int) -> None:
    """The last steps are not told."""


def _one_transaction(steps: Iterator[int], total: int, progress: Progress | None) -> bool:
    """Take steps until they are worth a commit; gives whether they came to their end."""
    begun: int | None = None
    for written in steps:
        if progress is not None:
            progress(min(written, total), total)
        begun = written if begun is None else begun
        if written - begun >= ROWS_A_TRANSACTION:
            return False
    return True


class _Demo:
    """Writes one shop, step by step."""

    def __init__(self, store: Store, calendar: Calendar, seed: int, language: str) -> None:
        self._store = store
        self._calendar = calendar
        self._dice = Dice(f"{seed} {language}")
        self._shipped = read_shipped(language)
        self._words = read_demo_words(language)
        self._bulk = Bulk(store)

    def steps(self, activities: int, contacts: int) -> Iterator[int]:
        """Write everything; after each step, how many contacts and jobs there are."""
        dice, calendar = self._dice, self._calendar
        registers = self._set_up()
        yield 0
        self._bulk.begin(_SCATTERED, _IN_ORDER)
        suppliers = len(registers.suppliers)
        customers = Customers(
            self._bulk, dice, self._shipped, self._words, FIRST_NUMBER + 1 + suppliers, calendar.midnight
        )
        for made in customers.create(max(contacts - suppliers, 1)):
            yield suppliers + made
        writer = Writer(self._bulk, dice, calendar, FIRST_NUMBER + 1)
        for made in Stories(writer, dice, calendar, self._words, registers, customers).tell(activities):
            yield contacts + made
        writer.shelves.finish(self._store, list(registers.parts.values()))
        self._bulk.finish()

    def _set_up(self) -> Registers:
        """Registers, people and parts, each noted in the history like any act."""
        shipped, demo, dice = self._shipped, self._words, self._dice
        changes = Changes(self._store, None, "shop.create", "demo", self._calendar.at(0) - 3600)
        fill_registers(changes, shipped, demo.shop, self._calendar.day(0).year - 1)
        staff = create_staff(changes, shipped)
        suppliers = create_suppliers(changes, dice, shipped, demo)
        parts = create_parts(changes, dice, shipped, demo, suppliers, first_vat_rate(self._store))
        stored = read_registers(self._store)
        kinds = {
            kind.key: Kind(row.id, kind.default_duration, kind.responsible_required, kind.customer_required)
            for kind, row in zip(shipped.types, stored.types, strict=True)
        }
        create_hours(changes, self._calendar, demo, staff, {key: kind.id for key, kind in kinds.items()})
        changes.finish()
        return Registers(
            kinds=kinds,
            statuses={
                status.key: Status(row.id, row.stage)
                for status, row in zip(shipped.statuses, stored.statuses, strict=True)
            },
            priorities={
                priority.key: row.id
                for priority, row in zip(
                    sorted(shipped.priorities, key=lambda priority: priority.rank), stored.priorities, strict=True
                )
            },
            staff=staff,
            suppliers=suppliers,
            parts=parts,
            services=self._services(shipped, demo),
        )

    def _services(self, shipped: Shipped, demo: DemoWords) -> tuple[PartRow, ...]:
        """The shipped hours and resources, in their order."""
        return tuple(PartRow(*row) for row in work_products(self._store))
