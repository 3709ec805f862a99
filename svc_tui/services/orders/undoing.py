"""What of service orders is put back by an undo, and what is not."""

from __future__ import annotations

from svc_tui.db.core.changes import read
from svc_tui.db.core.engine import Store
from svc_tui.db.orders import documents, goods
from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.operations import Values
from svc_tui.domain.order_tables import ORDER_LINE, SERVICE_ORDER
from svc_tui.domain.tables import ACTIVITY_LINE, Described
from svc_tui.domain.undoing import Effect

TABLES = frozenset((SERVICE_ORDER, ORDER_LINE))


def require_undoable(store: Store, table: Described, effect: Effect, current: Values | None) -> None:
    """
    Raises:
        Invalid: when something went out or was issued since, when an order was cancelled, or when what was used is on
            another order by now.
    """
    if effect.deleted is not None:
        if table is ORDER_LINE:
            _require_left(store, dict(effect.deleted))
        return
    if current is None:
        return
    if "cancelled_at" in effect.fields:
        raise Invalid(N_("An order that was cancelled is not brought back: make a new one."))
    order = effect.row if table is SERVICE_ORDER else int(current["service_order"] or 0)
    if documents.of_orders(store, [order]) or goods.dispatches_of(store, [order]):
        raise Invalid(N_("Something of this order went out or was billed: it stays as it is."))


def _require_left(store: Store, line: Values) -> None:
    """A line that comes back takes no more of the job's than is left there."""
    if line.get("of_line") is None:
        return
    try:
        source = read(store, ACTIVITY_LINE, int(line["of_line"] or 0))
    except NotFound:
        raise Invalid(N_("A line of the job is gone: it cannot come back onto the order.")) from None
    used = source["planned"] if source["used"] is None and source["kind"] == "text" else source["used"]
    if int(used or 0) - int(source["transferred"] or 0) < int(line["quantity"] or 0):
        raise Invalid(N_("“{text}” is on another order by now."), text=line["text"])
