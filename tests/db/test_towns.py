"""The town of a post code, in the countries whose languages the program speaks."""

from __future__ import annotations

from itertools import pairwise

import pytest

from svc_tui.domain.transfer.shipped import data_folder
from svc_tui.services.core.session import Session
from svc_tui.services.people.contacts import NewContact, create
from svc_tui.services.people.towns import town_of


def in_country(shop: Session, prefix: str) -> None:
    shop.registers = shop.registers._replace(company=shop.registers.company._replace(country_code=prefix))


@pytest.mark.parametrize(
    ("prefix", "post_code", "town"),
    [
        ("45", "8000", "Aarhus C"),
        ("45", "5970", "Ærøskøbing"),
        ("45", "6760", "Ribe"),
        ("45", " 2300 ", "København S"),
        ("45", "DK-8000", "Aarhus C"),
        ("45", "9999", ""),
        ("45", "80", ""),
        ("45", "80000", ""),
        ("45", "C", ""),
        ("45", "", ""),
        ("47", "0150", "Oslo"),
        ("47", "5003", "Bergen"),
        ("47", "8601", "Mo i Rana"),
        ("46", "111 22", "Stockholm"),
        ("46", "21120", "Malmö"),
        ("44", "AB10 1AA", "Aberdeen"),
        ("44", "le1", "Leicester"),
        ("49", "10115", ""),
    ],
)
def test_a_post_code_says_its_town(shop: Session, prefix: str, post_code: str, town: str) -> None:
    in_country(shop, prefix)
    assert town_of(shop, post_code) == town


def test_a_foreign_post_code_is_known_by_the_shops_own_contacts(shop: Session) -> None:
    create(shop, NewContact("Müller GmbH", post_code="24937", city="Flensburg"))
    assert town_of(shop, "24937") == "Flensburg"


@pytest.mark.parametrize("country", ["dk", "no", "se", "gb"])
def test_the_shipped_lists_are_in_order_and_no_stretch_reaches_into_the_next(country: str) -> None:
    lines = (data_folder() / "towns" / f"{country}.tsv").read_text("utf-8").splitlines()
    stretches = [tuple(line.split("\t")) for line in lines if not line.startswith("#")]
    assert len(stretches) > 100
    for first, last, town in stretches:
        assert first <= last
        assert town == town.strip() != ""
    assert all(before[1] < after[0] for before, after in pairwise(stretches))
