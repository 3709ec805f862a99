"""Reading what some acts on parts concern: lines that may be served, what is on its way, what lies here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.domain.records import Stage
from svc_tui.domain.stock.pieces import Incoming, PartLine

_LOCK = 7_368_002
"""Any number but that of migrations."""

_LINE = (
    "SELECT l.id, a.number, l.product_id, l.planned, a.promised_at, l.reserved, l.came, COALESCE(l.used, 0), l.code,"
    " l.text, l.activity_id, l.transferred, l.kind, a.stage FROM activity_line l"
    " JOIN activity a ON a.id = l.activity_id WHERE "
)
_OPEN = "l.state <> '' AND l.state <> 'used'"


class Claim(NamedTuple):
    """A row of `part_claim`."""

    id: int
    line: int
    purchase_line: int
    quantity: int


class OnHand(NamedTuple):
    """What lies here of a product that is counted."""

    stock: int
    quarantine: int


def hold(store: Store) -> None:
    """Nobody else acts on parts until this transaction ends; on SQLite nobody can anyway.

    Whoever holds it waits for rows of jobs, so it is taken before any of these.
    """
    if store.dialect == "postgresql":
        store.sql("SELECT 1 FROM (SELECT pg_advisory_xact_lock(?)) AS held", (_LOCK,))


def lines(store: Store, ids: Collection[int]) -> Iterator[PartLine]:
    """Lines by their ids."""
    for chunk, marks in in_chunks(ids):
        yield from map(_line, store.sql(f"{_LINE}l.id IN ({marks})", chunk))


def open_lines(store: Store, products: Collection[int]) -> Iterator[PartLine]:
    """Lines of products whose parts are not dealt with. Index: activity_line_open."""
    for chunk, marks in in_chunks(products):
        yield from map(_line, store.sql(f"{_LINE}l.product_id IN ({marks}) AND {_OPEN}", chunk))


def _line(row: tuple[object, ...]) -> PartLine:
    line, job, product, planned, promise, reserved, came, used, code, text, activity, transferred, kind, stage = row
    return PartLine(
        id=_int(line), job=_int(job), product=None if product is None else _int(product),
        planned=_int(planned) if kind == "part" else 0,
        promise=None if promise is None else _int(promise), reserved=_int(reserved), came=_int(came),
        used=_int(used) if kind == "part" else 0, text=str(text or code), activity=_int(activity),
        transferred=_int(transferred), over=stage in (Stage.DONE, Stage.CANCELLED),
    )  # fmt: skip


def _int(value: object) -> int:
    return int(value) if isinstance(value, int) else 0


_INCOMING = "SELECT id, product_id, ordered, received, cancelled FROM purchase_line WHERE "


def incoming(store: Store, ids: Collection[int]) -> Iterator[Incoming]:
    """Lines of orders to suppliers by their ids."""
    for chunk, marks in in_chunks(ids):
        yield from (Incoming(*row) for row in store.sql(f"{_INCOMING}id IN ({marks})", chunk))


def open_incoming(store: Store, products: Collection[int]) -> Iterator[Incoming]:
    """What is on its way of products. Index: purchase_line_open."""
    for chunk, marks in in_chunks(products):
        sql = f"{_INCOMING}product_id IN ({marks}) AND outstanding > 0"
        yield from (Incoming(*row) for row in store.sql(sql, chunk))


def claims(store: Store, column: str, ids: Collection[int]) -> Iterator[Claim]:
    """Claims by `line_id` or `purchase_line_id`. Indexes: both of part_claim."""
    for chunk, marks in in_chunks(ids):
        sql = f"SELECT id, line_id, purchase_line_id, quantity FROM part_claim WHERE {column} IN ({marks})"
        yield from (Claim(*row) for row in store.sql(sql, chunk))


def on_hand(store: Store, products: Collection[int]) -> dict[int, OnHand]:
    """What lies here of those products that are counted."""
    found: dict[int, OnHand] = {}
    for chunk, marks in in_chunks(products):
        for product, stock, quarantine in store.sql(
            f"SELECT id, stock, quarantine FROM product WHERE id IN ({marks}) AND tracked", chunk
        ):
            found[product] = OnHand(stock, quarantine)
    return found
