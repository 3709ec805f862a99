"""Products: found by code, EAN, name or any word of them."""

from __future__ import annotations

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.people_models import Product
from svc_tui.services.core.session import Session
from svc_tui.services.stock import products
from tests.db.jobs import part


@pytest.fixture
def shelf(shop: Session) -> Session:
    part(shop, "HDMI-2M", "HDMI-kabel 2 m", ean="5701234567899", product_group="Kabler", supplier_code="SUP-77")
    part(shop, "HDMI-10M", "HDMI-kabel 10 m")
    part(shop, "HDMI", "HDMI-stik til printplade")
    part(shop, "KØL-1", "Køleskabspære Æ14")
    part(shop, "PSU.12/3", "Strømforsyning 12 V")
    return shop


def codes(session: Session, text: str) -> list[str]:
    return [row.code for row in products.search(session, text)]


MEANT = (
    ("HDMI", "HDMI"),
    ("hdmi-2m", "HDMI-2M"),
    ("hdmi2m", "HDMI-2M"),
    ("HDMI 2M", "HDMI-2M"),
    ("5701234567899", "HDMI-2M"),
    ("5701 2345 67899", "HDMI-2M"),
    ("køl1", "KØL-1"),
    ("koel-1", "KØL-1"),
    ("køleskab", "KØL-1"),
    ("koeleskabsp", "KØL-1"),
    ("ae14", "KØL-1"),
    ("stroemfor", "PSU.12/3"),
    ("psu123", "PSU.12/3"),
    ("PSU.12/3", "PSU.12/3"),
    ("forsyn 12", None),
    ("12 strøm", "PSU.12/3"),
    ("sup 77", "HDMI-2M"),
    ("kabler", "HDMI-2M"),
)


def test_the_product_meant_comes_first(shelf: Session) -> None:
    assert {typed: next(iter(codes(shelf, typed)), None) for typed, _ in MEANT} == dict(MEANT)


def test_the_code_itself_then_codes_then_names_then_words(shelf: Session) -> None:
    part(shelf, "ZZZ", "HDMI")
    part(shelf, "YYY", "Adapter til HDMI")
    assert codes(shelf, "hdmi") == ["HDMI", "HDMI-10M", "HDMI-2M", "ZZZ", "YYY"]


def test_each_product_is_shown_once_and_no_more_than_asked_for(shelf: Session) -> None:
    found = codes(shelf, "hdmi")
    assert len(found) == len(set(found)) == 3
    assert len(products.search(shelf, "hdmi", limit=2)) == 2
    assert len(products.search(shelf, "")) >= 5


def test_a_retired_product_is_offered_no_more_but_can_be_read(shelf: Session) -> None:
    row = products.search(shelf, "hdmi-2m")[0]
    with change_set(shelf.store, None, "product.retire") as changes:
        changes.update(Product, row.id, {"retired": True})
    assert "HDMI-2M" not in codes(shelf, "hdmi") + codes(shelf, "5701234567899") + codes(shelf, "kabler")
    assert products.get(shelf, row.id) == row
    assert products.get(shelf, 424_242) is None


def test_signs_that_mean_something_to_a_database_are_only_text(shelf: Session) -> None:
    for typed in ("'", '"', "%", "*", "\\", "a:b", "-", "!!", "\0", "\udcff"):
        products.search(shelf, typed)


def test_a_row_holds_what_a_line_takes_from_it(shelf: Session) -> None:
    row = products.search(shelf, "hdmi-2m")[0]
    assert (row.name, row.kind, row.price, row.stock, row.ean) == (
        "HDMI-kabel 2 m", "part", 12_900, 0, "5701234567899",
    )  # fmt: skip
