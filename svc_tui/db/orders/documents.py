"""What was issued: rows of documents with what was taken back of them, and their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence

from svc_tui.db.core.changes import Changes, image_of
from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.domain.operations import Values
from svc_tui.domain.order_tables import DOCUMENT_FILE
from svc_tui.domain.orders.document import DocumentKind
from svc_tui.domain.orders.records import DocumentRow, IssuedLine

_BACK = "('credit', 'correction')"
_DOCUMENT = (
    "d.id, d.kind, d.number, d.label, d.contact_id, d.takes_back_id, d.handover_id, d.day, d.due, d.currency, d.net,"
    " d.vat, d.gross, d.payable, d.reason, d.goods, d.at,"
    " COALESCE((SELECT sum(x.gross) FROM document x WHERE x.takes_back_id = d.id), 0)"
)
_TAKEN = "FROM document_line x WHERE x.takes_back_id = l.id"
_LINE = (
    "l.id, l.document_id, l.position, l.order_line_id, l.takes_back_id, l.deducts_id, l.quantity, l.amount,"
    f" l.vat_rate, l.vat_category, o.text, COALESCE((SELECT sum(x.quantity) {_TAKEN}), 0),"
    f" COALESCE((SELECT sum(x.amount) {_TAKEN}), 0),"
    f" COALESCE((SELECT sum(x.amount) {_TAKEN} AND x.quantity = 0), 0),"
    f" COALESCE((SELECT sum(CASE WHEN y.kind IN {_BACK} THEN x.amount ELSE -x.amount END) FROM document_line x"
    " JOIN document y ON y.id = x.document_id WHERE x.deducts_id = l.id), 0)"
)
"""A deduction stands on an invoice with an amount below zero, and on what takes that back as well."""


def _documents(store: Store, condition: str, values: Sequence[object]) -> list[DocumentRow]:
    return [
        DocumentRow._make((row[0], DocumentKind(row[1]), *row[2:17], int(row[17])))
        for row in store.sql(f"SELECT {_DOCUMENT} FROM document d WHERE {condition} ORDER BY d.id", tuple(values))
    ]


def document(store: Store, document_id: int) -> DocumentRow | None:
    """Index: id, takes_back_id."""
    return next(iter(_documents(store, "d.id = ?", (document_id,))), None)


def by_number(store: Store, kinds: Sequence[str], number: int) -> DocumentRow | None:
    """The first of these kinds with this number. Index: kind, number."""
    for kind in kinds:
        if found := _documents(store, "d.kind = ? AND d.number = ?", (kind, number)):
            return found[0]
    return None


def of_orders(store: Store, orders: Collection[int]) -> list[DocumentRow]:
    """What was issued for these orders, the oldest first. Index: service_order_id, order_line_id."""
    ids: set[int] = set()
    for chunk, marks in in_chunks(orders):
        ids.update(
            row[0]
            for row in store.sql(
                "SELECT DISTINCT x.document_id FROM order_line l JOIN document_line x ON x.order_line_id = l.id"
                f" WHERE l.service_order_id IN ({marks})",
                chunk,
            )
        )
    found: list[DocumentRow] = []
    for chunk, marks in in_chunks(ids):
        found += _documents(store, f"d.id IN ({marks})", chunk)
    return found


def taking_back(store: Store, document_id: int) -> list[DocumentRow]:
    """What takes a document back. Index: takes_back_id."""
    return _documents(store, "d.takes_back_id = ?", (document_id,))


def of_handover(store: Store, handover_id: int) -> list[DocumentRow]:
    """Index: handover_id."""
    return _documents(store, "d.handover_id = ?", (handover_id,))


def _issued(row: Row) -> IssuedLine:
    return IssuedLine._make((*row[:11], *map(int, row[11:15])))


def lines_of(store: Store, document_id: int) -> list[IssuedLine]:
    """The lines of a document. Index: document_id, takes_back_id, deducts_id."""
    return [
        _issued(row)
        for row in store.sql(
            f"SELECT {_LINE} FROM document_line l JOIN order_line o ON o.id = l.order_line_id"
            " WHERE l.document_id = ? ORDER BY l.position, l.id",
            (document_id,),
        )
    ]


def deposits_of(store: Store, orders: Collection[int]) -> list[IssuedLine]:
    """Lines of documents for deposits of these orders. Index: service_order_id, order_line_id."""
    found: list[IssuedLine] = []
    for chunk, marks in in_chunks(orders):
        found += [
            _issued(row)
            for row in store.sql(
                f"SELECT {_LINE} FROM order_line o JOIN document_line l ON l.order_line_id = o.id"
                f" WHERE o.service_order_id IN ({marks}) AND o.kind = 'deposit' AND l.takes_back_id IS NULL"
                " AND l.deducts_id IS NULL ORDER BY l.id",
                chunk,
            )
        ]
    return found


def billed_amounts(store: Store, lines: Collection[int]) -> dict[int, int]:
    """What stands on documents for these lines of orders and is not billed again, by line. Index: order_line_id."""
    found: dict[int, int] = dict.fromkeys(lines, 0)
    for chunk, marks in in_chunks(lines):
        for line, amount in store.sql(
            "SELECT x.order_line_id, sum(CASE WHEN d.kind IN ('invoice', 'basis') THEN x.amount"
            " WHEN d.goods = 'again' THEN -x.amount ELSE 0 END) FROM document_line x JOIN document d"
            f" ON d.id = x.document_id WHERE x.deducts_id IS NULL AND x.order_line_id IN ({marks})"
            " GROUP BY x.order_line_id",
            chunk,
        ):
            found[line] = int(amount)
    return found


def label_of(store: Store, document_id: int) -> str:
    """A document's number as people see it. Index: id."""
    return str(store.sql("SELECT label FROM document WHERE id = ?", (document_id,))[0][0])


def last_day(store: Store, kind: str) -> str:
    """The day of the last document of a series; empty before the first. Index: kind, number."""
    found = store.sql("SELECT day FROM document WHERE kind = ? ORDER BY number DESC LIMIT 1", (kind,))
    return str(found[0][0]) if found else ""


def begin(changes: Changes, series: str, first: int) -> None:
    """The next number of a series is this one. It is no row of the history: a counter only counts."""
    changes.store.execute_sql("UPDATE counter SET value = ? WHERE name = ?", (first - 1, series))


def add_file(
    changes: Changes, format_: str, media_type: str, body: bytes, *, document: int | None = None,
    handover: int | None = None,
) -> int:  # fmt: skip
    """Keep the bytes of a document or of a hand-over; the history names them, and does not hold them."""
    values: Values = {
        "document": document, "handover": handover, "format": format_, "media_type": media_type,
        "sha256": hashlib.sha256(body).hexdigest(),
    }  # fmt: skip
    columns = ", ".join(("document_id", "handover_id", "format", "media_type", "sha256", "body"))
    [(row_id,)] = changes.store.sql(
        f"INSERT INTO document_file ({columns}) VALUES (?, ?, ?, ?, ?, ?) RETURNING id", (*values.values(), body)
    )
    changes.note(DOCUMENT_FILE, row_id, values, "", None, image_of(DOCUMENT_FILE, values))
    return int(row_id)


def file_of(store: Store, format_: str, *, document: int = 0, handover: int = 0) -> bytes | None:
    """The bytes in one format. Index: document_id, handover_id."""
    owner, row_id = ("document_id", document) if document else ("handover_id", handover)
    found = store.sql(f"SELECT body FROM document_file WHERE {owner} = ? AND format = ?", (row_id, format_))
    return bytes(found[0][0]) if found else None


def formats_of(store: Store, document_id: int) -> list[str]:
    """In which formats a document is kept. Index: document_id."""
    return [row[0] for row in store.sql("SELECT format FROM document_file WHERE document_id = ? ORDER BY id",
                                        (document_id,))]  # fmt: skip


def notes_of(store: Store, documents: Collection[int]) -> list[tuple[int, str, str, int, str]]:
    """Document, kind, day, amount and text of what became of documents. Index: document_id."""
    found: list[tuple[int, str, str, int, str]] = []
    for chunk, marks in in_chunks(documents):
        found += [
            tuple(row)
            for row in store.sql(
                "SELECT document_id, kind, day, amount, text FROM document_note"
                f" WHERE document_id IN ({marks}) ORDER BY id",
                chunk,
            )
        ]
    return found


def handovers(store: Store, limit: int) -> list[tuple[int, int, int, str]]:
    """Id, number, time and name of the latest hand-overs. Index: id."""
    return [tuple(row) for row in store.sql("SELECT id, number, at, name FROM handover ORDER BY id DESC LIMIT ?",
                                            (limit,))]  # fmt: skip


def handover_of_number(store: Store, number: int) -> tuple[int, str] | None:
    """Id and name. Index: number."""
    found = store.sql("SELECT id, name FROM handover WHERE number = ?", (number,))
    return (int(found[0][0]), str(found[0][1])) if found else None
