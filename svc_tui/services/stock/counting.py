"""Counts: what lies here of a product, as somebody says it; the difference is a move of the ledger."""

from __future__ import annotations

from collections.abc import Mapping

from svc_tui.db.core import many
from svc_tui.db.core.changes import Changes, Values
from svc_tui.db.stock.pieces import hold
from svc_tui.domain.stock.pieces import MoveKind
from svc_tui.domain.tables import PRODUCT, STOCK_MOVE
from svc_tui.services.stock.book import Book

__all__ = ["begin", "count", "hold"]


def count(changes: Changes, product: int, counted: int, *, anyway: bool = False) -> list[int]:
    """So many pieces of a product are here; from now on they are counted. Gives the lines that lost theirs.

    Raises:
        Asked: when lines would lose pieces.
        Invalid: for a negative number.
    """
    changes.update(PRODUCT, product, {"tracked": True})
    book = Book(changes)
    supply = book.load(products=(product,))
    lost = supply.count(product, counted, anyway=anyway)
    book.write()
    return lost


def begin(changes: Changes, stocks: Mapping[int, int]) -> None:
    """What new products begin with, or what more of them lies in another place; nobody has reserved anything of it."""
    rows = [(product, quantity) for product, quantity in stocks.items() if quantity]
    ids = many.reserve_ids(changes.store, STOCK_MOVE, len(rows)) if rows else ()
    made: dict[int, Values] = {
        row_id: {"of_product": product, "kind": str(MoveKind.COUNT), "quantity": quantity, "at": changes.at}
        for row_id, (product, quantity) in zip(ids, rows, strict=True)
    }
    many.insert_rows(changes, STOCK_MOVE, made)
