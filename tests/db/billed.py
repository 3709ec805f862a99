"""A shop that bills: a job whose hours the customer pays, and whose part the supplier does."""

from __future__ import annotations

from collections.abc import Sequence

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.order_models import Billing
from svc_tui.db.core.people_models import Contact
from svc_tui.domain.operations import Value
from svc_tui.domain.orders.document import Document
from svc_tui.domain.orders.records import OrderLine
from svc_tui.domain.records import LineRecord
from svc_tui.services.core.session import Session
from svc_tui.services.jobs.activities import Sheet
from svc_tui.services.orders import issuing, orders, transfer
from svc_tui.services.orders.issuing import Issued, Paper
from svc_tui.services.orders.orders import OrderSheet
from tests.db.jobs import contact, job, link, set_company

CVR = "12345674"


def rendered(document: Document) -> list[Paper]:
    """A paper that is made at once."""
    return [Paper("text", "text/plain", f"{document.kind} {document.number}".encode())]


def sells(session: Session, *, here: bool = True, **values: Value) -> None:
    """The shop issues invoices itself."""
    set_company(session, vat_number=CVR, address="Nygade 1\n8000 Aarhus C")
    with change_set(session.store, None, "billing.save") as changes:
        [(row,)] = session.store.sql("SELECT id FROM billing")
        changes.update(Billing, row, {"issue_here": here} | values)


def line(
    text: str, used: int | None = 1000, price: int = 10_000, payer: str = "customer", kind: str = "part",
    line_id: int = -1, planned: int = 1000,
) -> LineRecord:  # fmt: skip
    return LineRecord(line_id, -line_id, kind, None, "", text, "stk", planned, used, price, 0, payer, "")


STORY = (
    line("Arbejde", 1500, 50_000, kind="hours", line_id=-1),
    line("Hovedprint", 1000, 129_500, "supplier", line_id=-2),
    line("Kabel", 1000, 4_900, "us", line_id=-3),
    line("Reserve", None, 9_900, line_id=-4),
)


def repaired(session: Session, lines: Sequence[LineRecord] = STORY, name: str = "Jensen") -> Sheet:
    """A job that is done, whose customer has an address, with a supplier."""
    buyer = contact(session, name, address="Søndergade 2", post_code="8000", city="Aarhus C")
    supplier = contact(session, "Nordisk Elektronik", is_supplier=True, address="Industrivej 4", post_code="2600")
    return job(session, links=[link(supplier, "supplier")], lines=lines, customer=buyer.id)


def ordered(session: Session, sheet: Sheet) -> list[OrderSheet]:
    """Every order that can be made of a job."""
    proposed = transfer.propose(session, [sheet.id or 0])
    ids = transfer.make(session, [sheet.id or 0], transfer.picked(proposed))
    return [orders.open_order(session, found) for found in ids]


def again(session: Session, order: OrderSheet) -> OrderSheet:
    return orders.open_order(session, order.row.id)


def bill(session: Session, *which: OrderSheet) -> Issued:
    """All that is left of orders, on one document."""
    wanted = issuing.all_left(session, [order.row.id for order in which])
    return issuing.issue(session, [wanted], rendered)[0]


def only(order: OrderSheet) -> OrderLine:
    [found] = order.lines
    return found


def amounts(session: Session, document: int) -> tuple[int, int, int]:
    """Net, VAT and gross."""
    [row] = session.store.sql("SELECT net, vat, gross FROM document WHERE id = ?", (document,))
    return tuple(row)


def change_contact(session: Session, contact_id: int, **values: Value) -> None:
    with change_set(session.store, None, "contact.save") as changes:
        changes.update(Contact, contact_id, values)
