"""Electronic invoices: sound by the schema and by EN 16931, with the document's sums; every fault is named."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from svc_tui.domain.errors import Invalid
from svc_tui.domain.orders.check_digits import fik71, fik75
from svc_tui.domain.orders.document import Document, DocumentKind, Payment
from svc_tui.i18n import translation_to
from svc_tui.output.ubl.oioubl import oioubl
from svc_tui.output.ubl.peppol import peppol
from svc_tui.output.ubl.wanted import goes_electronically
from tests.unit.ubl.documents import BUYER, LINES, PAYMENT, SELLER, credit, document
from tests.unit.ubl.rules import against_rules, against_schema

DANISH = translation_to("da")
NAMES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
NORWEGIAN = SELLER._replace(country="NO", vat_number="974 760 673 MVA")
SWEDISH = SELLER._replace(country="SE", vat_number="SE556036079301")

CASES: dict[str, Document] = {
    "an invoice": document(),
    "with VAT": document(with_vat=True),
    "a discount on all": document(discount=500),
    "a discount on all, with VAT": document(discount=333, with_vat=True),
    "cash": document(coin=50),
    "prepaid": document(prepaid=50_000),
    "a deposit": document((*LINES, ("Forudbetalt", -1_000, 20_000, 0, 2_500, "S"))),
    "part of a line": document((("Tredjedel", 333, 10_000, 0, 2_500, "S"),), fixed=(3_334,)),
    "reverse charge": document((("Telefon", 1_000, 200_000, 0, 0, "AE"),)),
    "exempt": document((("Kursus", 1_000, 200_000, 0, 0, "E"),)),
    "a public buyer": document(buyer=BUYER._replace(gln="5798000000001", vat_number="", country="Danmark")),
    "IBAN": document(payment=Payment(iban="DK50 0040 0440 1162 43", bic="DABADKKK")),
    "FIK 75": document(payment=Payment(kind="fik75", reference=fik75(77), giro="81234567")),
    "no way to pay": document(payment=Payment()),
    "a credit note": credit(),
    "Norwegian": document(seller=NORWEGIAN, currency="NOK", legal_line="Foretaksregisteret", payment=Payment(
        kind="kid", reference="1002418", account="12345678903")),
    "Swedish": document(seller=SWEDISH, currency="SEK", legal_line="Godkänd för F-skatt", payment=Payment(
        kind="ocr", reference="10024175", giro="9912346")),
    "hostile": document(note="<x/> ]]> & \x00\x1b[2J", lines=(('"<b>&\x07 æøå', 1_000, 1, 0, 2_500, "S"),)),
}  # fmt: skip


def found(xml: bytes, path: str) -> list[str]:
    return [str(node.text) for node in etree.fromstring(xml).iterfind(path, NAMES)]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_peppol_is_sound_and_says_what_the_document_says(case: Document) -> None:
    xml = peppol(case, DANISH)

    assert against_rules(xml) == []
    assert found(xml, "cac:LegalMonetaryTotal/cbc:PayableAmount") == [f"{case.totals.payable / 100:.2f}"]
    assert found(xml, "cac:TaxTotal/cbc:TaxAmount") == [f"{case.totals.vat / 100:.2f}"]
    lines = "cac:CreditNoteLine" if case.kind.takes_back else "cac:InvoiceLine"
    nets = [f"{line.net / 100:.2f}" for line in case.lines]
    assert found(xml, f"{lines}/cbc:LineExtensionAmount") == nets
    assert not [node.tag for node in etree.fromstring(xml).iter() if not len(node) and not (node.text or "").strip()]


@pytest.mark.parametrize(
    "case", [case for case in CASES.values() if case.seller.country == "DK"],
    ids=[name for name, case in CASES.items() if case.seller.country == "DK"],
)  # fmt: skip
def test_oioubl_is_sound_by_the_schema_and_holds_the_sum_of_taxes_where_the_format_wants_it(case: Document) -> None:
    xml = oioubl(case, DANISH)

    assert against_schema(xml) == []
    assert found(xml, "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount") == [f"{case.totals.vat / 100:.2f}"]
    assert found(xml, "cac:LegalMonetaryTotal/cbc:PayableAmount") == [f"{case.totals.payable / 100:.2f}"]
    for line, price in zip(case.lines, _prices(xml), strict=True):
        assert abs(price * line.quantity / 1000 - line.net / 100) < 1, "price by quantity, to a crown (F-INV348)"


def _prices(xml: bytes) -> list[float]:
    return [float(text) for text in found(xml, ".//cac:Price/cbc:PriceAmount")]


_a_line = st.tuples(
    st.sampled_from(("Vare", "Ærø")), st.integers(1, 50_000), st.integers(0, 1_000_000), st.integers(0, 10_000),
    st.sampled_from((2_500, 1_200)), st.just("S"),
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(_a_line, min_size=1, max_size=6), st.booleans(), st.sampled_from((0, 250, 1_000)))
def test_whatever_is_billed_is_sound(lines: list[Any], with_vat: bool, discount: int) -> None:
    assert against_rules(peppol(document(lines, with_vat=with_vat, discount=discount), DANISH)) == []


def test_the_same_document_is_the_same_bytes() -> None:
    assert peppol(document(), DANISH) == peppol(document(), DANISH)


def test_who_can_be_addressed() -> None:
    assert goes_electronically(document())
    assert goes_electronically(document(buyer=BUYER._replace(vat_number="", gln="5798000000001")))
    assert not goes_electronically(document(buyer=BUYER._replace(vat_number="")))


WRONG_VAT = document()._replace(totals=document().totals._replace(
    groups=tuple(group._replace(vat=group.vat + (group.vat > 0)) for group in document().totals.groups),
    vat=document().totals.vat + 1, gross=document().totals.gross + 1, payable=document().totals.payable + 1,
))  # fmt: skip
WRONG_LINE = document()._replace(lines=(document().lines[0]._replace(amount=1, net=1), *document().lines[1:]))

FAULTS: dict[str, tuple[Document, str]] = {
    "VAT one minor unit off": (WRONG_VAT, "sums"),
    "a line that is not price by quantity": (WRONG_LINE, "sums"),
    "no due date": (document(due="", terms_text=""), "terms of payment"),
    "CVR of the shop": (document(seller=SELLER._replace(vat_number="13585629")), "13585629"),
    "no CVR of the shop": (document(seller=SELLER._replace(vat_number="")), "VAT number"),
    "no address": (document(seller=SELLER._replace(address="")), "address"),
    "CVR of the buyer": (document(buyer=BUYER._replace(vat_number="DK10403783")), "DK10403783"),
    "GLN": (document(buyer=BUYER._replace(gln="5798000000002")), "5798000000002"),
    "IBAN": (document(payment=Payment(iban="DK5100400440116243")), "DK5100400440116243"),
    "FIK creditor": (document(payment=PAYMENT._replace(giro="8123456")), "8 digits"),
    "FIK length": (document(payment=PAYMENT._replace(reference="100241")), "100241"),
    "FIK check digit": (document(payment=PAYMENT._replace(reference=fik71(100_241)[:-1] + "5")), "digit is wrong"),
    "no reference": (credit(takes_back=None), "names the invoice"),
    "a price below zero": (document((("Vare", 1_000, -1, 0, 2_500, "S"),)), "below zero"),
    "a line of nothing": (document(((" ", 1_000, 100, 0, 2_500, "S"),)), "says nothing"),
    "a currency": (document(currency="KR"), "KR"),
    "no buyer's reference": (
        document(reference="")._replace(lines=tuple(line._replace(order=0) for line in document().lines)), "reference",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("wrong", "says"), FAULTS.values(), ids=FAULTS)
def test_a_fault_that_no_rule_notices_is_refused_with_a_sentence(wrong: Document, says: str) -> None:
    for write in (peppol, oioubl):
        with pytest.raises(Invalid) as refused:
            write(wrong, DANISH)
        assert says in refused.value.sentence()


def test_oioubl_refuses_what_it_has_no_word_for() -> None:
    with pytest.raises(Invalid, match="Denmark"):
        oioubl(CASES["Norwegian"], DANISH)
    with pytest.raises(Invalid, match="category G"):
        oioubl(document((("Eksport", 1_000, 100, 0, 0, "G"),)), DANISH)


def test_what_is_handed_over_is_no_invoice_and_is_not_written() -> None:
    with pytest.raises(Invalid, match="bookkeeping"):
        peppol(document(kind=DocumentKind.BASIS), DANISH)
