"""What was issued stays as it was, whoever tries; what of a line is on orders follows from the orders."""

from __future__ import annotations

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import Store
from svc_tui.db.core.order_models import Billing
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import DatabaseTrouble
from svc_tui.domain.order_tables import (
    DISPATCH,
    DISPATCH_LINE,
    DOCUMENT,
    DOCUMENT_LINE,
    DOCUMENT_NOTE,
    HANDOVER,
    ORDER_LINE,
    SERVICE_ORDER,
)
from svc_tui.domain.orders.progress import DEPOSIT
from svc_tui.services.core.session import Session
from tests.db.jobs import contact, job, line

ISSUED = ("document", "document_line", "document_file", "document_note", "handover")


def order(session: Session, *, quantity: int = 1000, kind: str = "part", of_line: int | None = None) -> tuple[int, int]:
    """An order of one line; gives both ids."""
    owner = contact(session, "Jensen").id
    with change_set(session.store, None, "order.make") as changes:
        made = changes.insert(
            SERVICE_ORDER,
            {
                "number": changes.next_number("order"), "contact": owner, "payer": "customer",
                "currency": "DKK", "created_at": 0,
            },
        )  # fmt: skip
        row = changes.insert(
            ORDER_LINE,
            {
                "service_order": made, "position": 1, "of_line": of_line, "kind": kind, "text": "Kabel",
                "quantity": quantity, "price": 12_900, "amount": 12_900,
            },
        )  # fmt: skip
    return made, row


def document(session: Session, line_id: int, kind: str = "invoice") -> int:
    with change_set(session.store, None, "order.invoice") as changes:
        number = changes.next_number(kind)
        [(owner,)] = session.store.sql("SELECT contact_id FROM service_order LIMIT 1")
        made = changes.insert(
            DOCUMENT,
            {
                "kind": kind, "number": number, "label": str(number), "contact": owner, "day": "2026-11-30",
                "currency": "DKK", "net": 12_900, "vat": 3_225, "gross": 16_125, "payable": 16_125, "at": 0,
            },
        )  # fmt: skip
        changes.insert(
            DOCUMENT_LINE,
            {
                "document": made, "position": 1, "order_line": line_id, "quantity": 1000, "amount": 12_900,
                "vat_rate": 2_500, "vat_category": "S",
            },
        )  # fmt: skip
        changes.insert(DOCUMENT_NOTE, {"document": made, "kind": "repaid", "day": "2026-11-30", "at": 0})
        changes.insert(HANDOVER, {"number": changes.next_number("handover"), "at": 0, "name": "a.csv"})
        session.store.execute_sql(
            "INSERT INTO document_file (document_id, format, media_type, sha256, body) VALUES (?, 'text', 'text/plain',"
            " 'x', ?)",
            (made, b"Faktura"),
        )
    return made


def progress(store: Store, order_id: int) -> tuple[str, int]:
    [(found, amount)] = store.sql("SELECT progress, amount FROM service_order WHERE id = ?", (order_id,))
    return found, amount


@pytest.mark.parametrize("table", ISSUED)
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_what_was_issued_is_neither_changed_nor_deleted(shop: Session, table: str, act: str) -> None:
    document(shop, order(shop)[1])
    before = shop.store.sql(f"SELECT * FROM {table}")
    assert before
    with pytest.raises(DatabaseTrouble), shop.store.transaction():
        shop.store.execute_sql(act.format(table))
    assert shop.store.sql(f"SELECT * FROM {table}") == before


def test_an_order_that_was_invoiced_is_not_deleted_with_what_was_issued(shop: Session) -> None:
    made, row = order(shop)
    document(shop, row)
    with pytest.raises(DatabaseTrouble), shop.store.transaction():
        shop.store.execute_sql("DELETE FROM service_order WHERE id = ?", (made,))


def test_how_far_an_order_is_follows_from_what_was_done_to_it(shop: Session) -> None:
    made, row = order(shop)
    assert progress(shop.store, made) == ("order", 16_125)
    with change_set(shop.store, None, "order.dispatch") as changes:
        out = changes.insert(
            DISPATCH, {"number": changes.next_number("dispatch"), "service_order": made, "at": 0, "way": "pickup"}
        )
        changes.insert(DISPATCH_LINE, {"dispatch": out, "order_line": row, "quantity": 1000})
    assert progress(shop.store, made)[0] == "dispatched"
    with change_set(shop.store, None, "order.take_back") as changes:
        changes.update(DISPATCH, out, {"taken_back_at": 1})
    assert progress(shop.store, made)[0] == "order"
    document(shop, row)
    assert progress(shop.store, made) == ("invoiced", 16_125)


def test_a_deposit_is_no_part_of_what_an_order_comes_to(shop: Session) -> None:
    made, row = order(shop, kind=DEPOSIT)
    assert progress(shop.store, made)[1] == 0
    document(shop, row)
    assert progress(shop.store, made) == ("invoiced", 0)


def test_what_of_a_line_is_on_orders_follows_from_orders_that_stand(shop: Session) -> None:
    sheet = job(shop, lines=[line()])
    of_line = sheet.lines[0].id
    made, _row = order(shop, quantity=400, of_line=of_line)
    order(shop, quantity=500, of_line=of_line)
    stored = "SELECT transferred FROM activity_line WHERE id = ?"
    assert shop.store.sql(stored, (of_line,)) == [(900,)]
    with change_set(shop.store, None, "order.cancel") as changes:
        changes.update(SERVICE_ORDER, made, {"cancelled_at": 1})
    assert shop.store.sql(stored, (of_line,)) == [(500,)]
    assert list(findings(shop.store)) == []


def test_check_names_what_does_not_follow(shop: Session) -> None:
    made, row = order(shop)
    document(shop, row)
    shop.store.execute_sql("UPDATE service_order SET progress = 'order', amount = 1 WHERE id = ?", (made,))
    shop.store.execute_sql("UPDATE counter SET value = value + 1 WHERE name = 'invoice'")
    told = " ".join(error.sentence(str) for error in findings(shop.store))
    assert "another state or amount" in told
    assert "invoice does not stand at its last number" in told
    assert "not as they were issued" in told, "the body is not what its sum says"


def test_a_shop_bills_in_one_way_from_the_beginning(shop: Session) -> None:
    assert shop.store.rows(Billing.select(Billing.with_vat, Billing.issue_here, Billing.terms)) == [(False, False, 8)]
