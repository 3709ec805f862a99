"""Reading what goes back to suppliers, and what we broke."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.core.engine import Store

MOST = 2_000


class ReturnRow(NamedTuple):
    """Pieces that go back, or went."""

    id: int
    number: int | None
    """Of the sheet they went with."""
    supplier: int | None
    supplier_name: str
    product: int | None
    code: str
    text: str
    quantity: int
    reason: str
    state: str
    serial: str
    cost: int
    credit: int
    sent_at: int | None
    created_at: int


_ROW = (
    "SELECT r.id, r.number, r.supplier_id, COALESCE(s.name, ''), r.product_id, r.code, r.text, r.quantity, r.reason,"
    " r.state, r.serial, r.cost, r.credit, r.sent_at, r.created_at FROM supplier_return r"
    " LEFT JOIN contact s ON s.id = r.supplier_id WHERE "
)


def open_rows(store: Store) -> list[ReturnRow]:
    """What is not settled, by supplier, what is to be sent first. Index: supplier_return_open."""
    rows = store.sql(
        f"{_ROW}r.closed_at IS NULL ORDER BY r.supplier_id IS NULL, r.supplier_id, r.sent_at IS NOT NULL, r.id"
        f" LIMIT {MOST}"
    )
    return [ReturnRow(*row) for row in rows]


def of_number(store: Store, number: int) -> list[ReturnRow]:
    """What went with a sheet. Index: supplier_return_number."""
    return [ReturnRow(*row) for row in store.sql(f"{_ROW}r.number = ? ORDER BY r.id", (number,))]


class Scrapped(NamedTuple):
    """Pieces that we broke."""

    id: int
    at: int
    code: str
    text: str
    quantity: int
    cost: int
    job: int | None


def scrapped(store: Store, limit: int) -> list[Scrapped]:
    """What we broke, the newest first; the ledger is read from its end."""
    rows = store.sql(
        "SELECT m.id, m.at, COALESCE(p.code, ''), COALESCE(p.name, ''), -m.quantity, COALESCE(p.cost, 0), a.number"
        " FROM stock_move m LEFT JOIN product p ON p.id = m.of_product LEFT JOIN activity_line l ON l.id = m.of_line"
        " LEFT JOIN activity a ON a.id = l.activity_id WHERE m.kind = 'scrap' ORDER BY m.id DESC LIMIT ?",
        (limit,),
    )
    return [Scrapped(*row) for row in rows]
