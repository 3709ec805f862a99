"""Files for the bookkeeping program: what is to be billed, as JSON lines and as CSV. The same run is the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Final

from svc_tui.domain.orders.document import Document, as_json

VERSION: Final = 1
HEADINGS: Final = (
    "key", "kind", "number", "takes_back", "day", "due", "currency", "customer_number", "customer", "vat_number",
    "order", "job", "position", "code", "text", "unit", "quantity", "unit_price", "net", "vat_percent",
    "vat_category", "document_net", "document_vat", "document_gross",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t")


def key_of(document: Document) -> str:
    """What tells a document from every other, for whoever reads the same file twice."""
    return f"{document.kind}-{document.number}"


def json_lines(documents: Sequence[Document]) -> bytes:
    """One object a line; amounts in minor units, quantities in thousandths, percentages in hundredths."""
    lines = []
    for document in documents:
        told = {"format": f"svc-tui-{VERSION}", "key": key_of(document)} | json.loads(as_json(document))
        lines.append(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
    return "".join(f"{line}\n" for line in lines).encode()


def csv_table(documents: Sequence[Document]) -> bytes:
    """One line a row, with decimal points; what takes back has amounts below zero."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for document in documents:
        sign = -1 if document.kind.takes_back else 1
        totals = [_decimal(sign * value, 2) for value in (document.totals.net, document.totals.vat,
                                                          document.totals.gross)]  # fmt: skip
        for line in document.lines:
            writer.writerow(
                [
                    key_of(document), document.kind.value, document.number,
                    document.takes_back.number if document.takes_back else "", document.day, document.due,
                    document.currency, document.buyer.number or "", _text(document.buyer.name),
                    _text(document.buyer.vat_number), line.order or "", line.job or "", line.position,
                    _text(line.code), _text(line.text), _text(line.unit), _decimal(line.quantity, 3),
                    _decimal(line.price, 2), _decimal(sign * line.net, 2), _decimal(line.rate, 2), line.category,
                    *totals,
                ]
            )  # fmt: skip
    return file.getvalue().encode()


def _decimal(value: int, places: int) -> str:
    sign, whole = ("-" if value < 0 else ""), abs(value)
    return f"{sign}{whole // 10**places}.{whole % 10**places:0{places}d}"


def _text(text: str) -> str:
    """A table program would read it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
