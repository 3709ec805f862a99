"""What is issued to companies and public buyers is kept as an electronic invoice, sound by the rules of EN 16931."""

from __future__ import annotations

import pytest

from svc_tui.domain.errors import Invalid
from svc_tui.output.paper.documents import rendered
from svc_tui.services.core.session import Session
from svc_tui.services.orders import crediting, issuing, orders
from svc_tui.services.orders.crediting import Credit
from tests.db.billed import CVR, change_contact, ordered, repaired, sells
from tests.unit.ubl.rules import against_rules

GLN = "5798000000001"


def issued(shop: Session, **buyer: str) -> tuple[int, list[str]]:
    """An invoice for a customer, and in which forms it is kept."""
    sells(shop)
    sheet = repaired(shop)
    assert sheet.customer is not None
    change_contact(shop, sheet.customer.id, **buyer)
    order = next(one for one in ordered(shop, sheet) if not one.row.claim)
    wanted = issuing.all_left(shop, [order.row.id])
    made = issuing.issue(shop, [wanted], rendered)[0]
    return made.id, forms(shop, made.id)


def forms(shop: Session, document: int) -> list[str]:
    sql = "SELECT format FROM document_file WHERE document_id = ? ORDER BY id"
    return [row[0] for row in shop.store.sql(sql, (document,))]


@pytest.mark.parametrize("buyer", [{"vat_number": CVR, "country": "DK"}, {"gln": GLN, "buyer_reference": "7"}])
def test_a_company_and_a_public_buyer_get_it_electronically(shop: Session, buyer: dict[str, str]) -> None:
    document, kept = issued(shop, **buyer)

    assert kept == ["record", "text", "pdf", "peppol", "oioubl"]
    assert against_rules(orders.paper(shop, document, "peppol")) == []


def test_a_credit_note_of_all_of_it_is_sound_too(shop: Session) -> None:
    document, _kept = issued(shop, vat_number=CVR, country="DK")
    note = crediting.credit(shop, Credit(document, crediting.whole(shop, document), {}, "fejl"), rendered)

    assert against_rules(orders.paper(shop, note.id, "peppol")) == []


def test_a_private_customer_gets_paper(shop: Session) -> None:
    assert issued(shop)[1] == ["record", "text", "pdf"]


def test_what_would_come_back_is_not_issued(shop: Session) -> None:
    with pytest.raises(Invalid, match="5798000000002"):
        issued(shop, gln="5798000000002", buyer_reference="7")
    assert shop.store.sql("SELECT count(*) FROM document") == [(0,)]
