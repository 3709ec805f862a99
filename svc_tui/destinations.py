"""Where the digits lead: one line a screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from svc_tui.domain.rights import Right
from svc_tui.i18n import _
from svc_tui.screens.shell.destinations import Destination, Destinations, table
from svc_tui.services.core.session import Session
from svc_tui.services.filters.list_query import ALL

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application


def destinations(app: Application) -> Destinations:
    """The screens of the application that a digit leads to."""
    return table(
        (
            Destination("go.1", "1", partial(_list_name, 0), partial(_list_word, 0), partial(_open_list, app, 0)),
            Destination("go.2", "2", partial(_list_name, 1), partial(_list_word, 1), partial(_open_list, app, 1)),
            Destination("go.3", "3", _named(lambda: _("All jobs")), _named(lambda: _("All")),
                        lambda: app.go_to_list(ALL)),
            Destination("go.4", "4", _named(lambda: _("Dashboard")), _named(lambda: _("Dashboard")),
                        partial(_open_dashboard, app), Right.STATISTICS_READ),
            Destination("go.5", "5", _named(lambda: _("Arrivals")), _named(lambda: _("Arrivals")),
                        partial(_open_arrivals, app)),
            Destination("go.6", "6", _named(lambda: _("Orders")), _named(lambda: _("Orders")),
                        partial(_open_orders, app)),
            Destination("go.7", "7", _named(lambda: _("Contacts")), _named(lambda: _("Contacts")),
                        partial(_open_contacts, app)),
            Destination("go.8", "8", _named(lambda: _("Products")), _named(lambda: _("Products")),
                        partial(_open_products, app)),
            Destination("go.9", "9", _named(lambda: _("Statistics")), _named(lambda: _("Statistics")),
                        partial(_open_statistics, app), Right.STATISTICS_READ),
            Destination("go.0", "0", _named(lambda: _("Devices")), _named(lambda: _("Devices")),
                        partial(_open_devices, app)),
        )
    )  # fmt: skip


async def _open_dashboard(app: Application) -> None:
    from svc_tui.screens.reports.dashboard import Dashboard

    screen = await app.go_to("dashboard", Dashboard)
    await screen.show_again()


async def _open_arrivals(app: Application) -> None:
    from svc_tui.screens.stock.arrivals import ArrivalsScreen

    await app.go_to("arrivals", ArrivalsScreen)


async def _open_statistics(app: Application) -> None:
    from svc_tui.screens.reports.statistics import StatisticsScreen

    screen = await app.go_to("statistics", StatisticsScreen)
    await screen.show_again()


async def _open_orders(app: Application) -> None:
    from svc_tui.screens.orders.order_list import OrdersScreen

    screen = await app.go_to("orders", OrdersScreen)
    await screen.show_again()


def _named(text: Callable[[], str]) -> Callable[[Session], str]:
    return lambda session: text()


def _list_name(place: int, session: Session) -> str:
    """The name of one of the shop's lists; empty where there are not so many."""
    lists = session.registers.lists_in_use
    return lists[place].name if place < len(lists) else ""


def _list_word(place: int, session: Session) -> str:
    return next(iter(_list_name(place, session).split()), "")


async def _open_list(app: Application, place: int) -> None:
    """Show one of the shop's lists; the last one stands in for those that there are not."""
    lists = app.session.registers.lists_in_use
    await app.go_to_list(lists[min(place, len(lists) - 1)].code)


async def _open_contacts(app: Application) -> None:
    from svc_tui.screens.people.contact_list import ContactList

    await app.go_to("contacts", ContactList)


async def _open_products(app: Application) -> None:
    from svc_tui.screens.stock.product_list import ProductList

    await app.go_to("products", ProductList)


async def _open_devices(app: Application) -> None:
    from svc_tui.screens.stock.device_list import DeviceList

    await app.go_to("devices", DeviceList)
