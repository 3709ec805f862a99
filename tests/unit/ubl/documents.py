"""Documents to write in tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from svc_tui.domain.orders.check_digits import fik71
from svc_tui.domain.orders.document import Document, DocumentKind, DocumentLine, Party, Payment, Reference
from svc_tui.domain.orders.totals import Billed, BilledLine, totals

SELLER = Party(
    "Værkstedet på Ågade ApS", "Ågade 12\n5970 Ærøskøbing", country="DK", vat_number="13 58 56 28",
    email="faktura@example.dk", phone="+45 12 34 56 78",
)  # fmt: skip
BUYER = Party(
    'Ødis Café I/S <&> "gården"', "Øvej 3\nBaghuset", "6000", "Kolding", "DK", "DK10403782", number=10_117,
)  # fmt: skip
PAYMENT = Payment(kind="fik71", reference=fik71(100_241), giro="81234567", bank="1551", account="1234567")

Told = tuple[str, int, int, int, int, str]
"""Text, quantity, price, discount, rate, category of a line."""

LINES: tuple[Told, ...] = (
    ('Skærmpanel 55"', 1_000, 129_995, 1_250, 2_500, "S"),
    ("Arbejdstid", 2_250, 49_500, 0, 2_500, "S"),
    ("Fragt (momsfri porto)", 1_000, 4_999, 0, 0, "Z"),
)


def document(
    lines: Sequence[Told] = LINES, *, with_vat: bool = False, discount: int = 0, coin: int = 0, prepaid: int = 0,
    fixed: Sequence[int | None] = (), **values: Any,
) -> Document:  # fmt: skip
    """An invoice of these lines, reckoned as the program does."""
    amounts = list(fixed) or [None] * len(lines)
    billed = tuple(
        BilledLine(quantity, price, off, rate, category, amount)
        for (_text, quantity, price, off, rate, category), amount in zip(lines, amounts, strict=True)
    )
    told = totals(Billed(billed, with_vat, discount, prepaid, coin))
    made = tuple(
        DocumentLine(
            place, text, quantity, price, line.amount, net, rate, category, code=f"V-{place}",
            unit=("stk", "time", "æske")[place % 3], discount=off, job=10_401, device="Sony Bravia 00Å-1", order=88,
        )
        for place, ((text, quantity, price, off, rate, category), line, net) in enumerate(
            zip(lines, billed, told.line_nets, strict=True), 1
        )
    )  # fmt: skip
    given: dict[str, Any] = {
        "kind": DocumentKind.INVOICE, "number": "100241", "day": "2026-11-30", "due": "2026-12-14", "currency": "DKK",
        "language": "da", "seller": SELLER, "buyer": BUYER, "lines": made, "totals": told, "with_vat": with_vat,
        "discount": discount, "delivered": "2026-11-28", "reference": "Ødis 7", "terms": 14,
        "terms_text": "Netto 14 dage", "note": "Tak for handlen", "our_reference": "Søren Ærø", "payment": PAYMENT,
    } | values  # fmt: skip
    return Document(**given)


def credit(lines: Sequence[Told] = LINES[1:2], **values: Any) -> Document:
    """A credit note."""
    given: dict[str, Any] = {
        "kind": DocumentKind.CREDIT, "number": "200007", "due": "", "payment": Payment(),
        "takes_back": Reference("100241", "2026-11-30"), "reason": "Forkert timetal",
    } | values  # fmt: skip
    return document(lines, **given)
