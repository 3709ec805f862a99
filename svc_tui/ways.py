"""The ways from any screen to the card of a contact, a device or a product, and to a job: one may lead to the other.

A kept screen that is open beneath is not filled again; then a second one of its kind is.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from svc_tui.domain.entries import Register
from svc_tui.services.jobs import activities, linked_jobs

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application
    from svc_tui.screens.shell.base import BaseScreen

    S = TypeVar("S", bound=BaseScreen)

Closed = Callable[[Any], Awaitable[None]]


def free(app: Application, name: str, make: Callable[[], S]) -> S:
    """A kept screen that is not open."""
    for place in count():
        screen = app.kept(f"{name}:{place}" if place else name, make)
        if screen not in app.screen_stack:
            return screen
    raise AssertionError  # there is always a next one


async def open_card(app: Application, register: Register, entry_id: int | None, closed: Closed | None) -> None:
    """Show the card of an entry, or of a new one."""
    make = _card_of(register)
    screen = free(app, f"card:{register.value}", make)
    screen.adopt()
    if entry_id is None:
        await screen.load(screen.begun())
    else:
        await screen.load(await app.store.run(screen.read, app.session, entry_id))
    await app.show(screen, closed)


def _card_of(register: Register) -> Callable[[], Any]:
    match register:
        case Register.CONTACTS:
            from svc_tui.screens.people.contact_card import ContactCardScreen

            return ContactCardScreen
        case Register.DEVICES:
            from svc_tui.screens.stock.device_card import DeviceCardScreen

            return DeviceCardScreen
        case Register.PRODUCTS:
            from svc_tui.screens.stock.product_card import ProductCardScreen

            return ProductCardScreen


async def open_job(app: Application, job_id: int, closed: Closed | None) -> None:
    """Show a job in the sheet."""
    await _show_sheet(app, await app.store.run(activities.open_sheet, app.session, job_id), closed)


async def new_job(app: Application, customer_id: int | None, device_id: int | None, closed: Closed | None) -> None:
    """Begin a job for a contact or on a device."""
    defaults = app.settings.defaults
    await _show_sheet(
        app, await app.store.run(linked_jobs.begin, app.session, defaults, customer_id, device_id), closed
    )


async def _show_sheet(app: Application, job: activities.Sheet, closed: Closed | None) -> None:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen

    screen = free(app, "sheet", ActivitySheetScreen)
    await screen.load(job)
    await app.show(screen, closed)
