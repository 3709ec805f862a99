"""VAT rates: a register that products name; the law changes one from a day on, and what was imported before goes on."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.db.people.registers import read_registers
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain import clock
from svc_tui.domain.errors import Conflict, InUse, Invalid
from svc_tui.domain.registers import Register
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.people import register_edits, registers
from svc_tui.services.people.register_edits import Entry, entries, entry_of
from svc_tui.services.people.vat import vat_of_shop
from svc_tui.services.stock import product_card
from svc_tui.services.stock.product_card import ProductCard, ProductEdit
from svc_tui.services.transfer import export
from svc_tui.services.transfer.import_products import import_products
from tests.db.older import older_shop, released

VAT = Register.VAT_RATE
A_DAY = clock.seconds_of(datetime.datetime(2027, 1, 1))


def rate(shop: Session, name: str) -> Entry:
    return next(entry for entry in entries(shop.registers, VAT) if entry.name == name)


def change(shop: Session, name: str, **values: object) -> None:
    opened = rate(shop, name)
    register_edits.save(shop, VAT, opened, {**opened.values, **values})


def new_product(shop: Session, code: str, **values: object) -> int:
    card = product_card.new_card(shop, code)
    given: dict[str, object] = {**card.values, "name": f"Vare {code}", **values}
    return product_card.save(shop, ProductEdit(card, given)).id  # type: ignore[arg-type]


def card_of(shop: Session, code: str) -> ProductCard:
    [(row_id,)] = shop.store.sql("SELECT id FROM product WHERE code = ?", (code,))
    return product_card.open_card(shop, int(row_id))


def percent(shop: Session, code: str) -> int:
    return product_card.percent_of(shop, card_of(shop, code).values)


def exported(shop: Session, code: str) -> object:
    return next(row["vat_rate"] for row in export.products(shop) if row["code"] == code)


def test_a_new_shop_has_the_rates_of_its_country_and_its_products_name_the_usual_one(shop: Session) -> None:
    assert [(entry.name, entry.values["percent"]) for entry in entries(shop.registers, VAT)] == [
        ("Moms", 2500),
        ("Momsfri", 0),
    ]
    assert vat_of_shop(shop) == 2500
    new_product(shop, "K1")
    assert card_of(shop, "K1").values["vat"] == rate(shop, "Moms").id


def test_a_rate_that_the_law_changes_from_a_day_on_is_another_from_that_day(shop: Session) -> None:
    change(shop, "Moms", percent=2600, from_at=A_DAY)
    found = shop.registers.vat_rate(rate(shop, "Moms").id)
    assert found is not None
    assert (found.on(A_DAY - 1), found.on(A_DAY)) == (2500, 2600)
    change(shop, "Moms", percent=2700)  # the coming one was typed wrong
    found = shop.registers.vat_rate(rate(shop, "Moms").id)
    assert found is not None
    assert (found.on(A_DAY - 1), found.on(A_DAY)) == (2500, 2700)
    change(shop, "Moms", from_at=None)
    found = shop.registers.vat_rate(rate(shop, "Moms").id)
    assert found is not None
    assert found.on(0) == 2700
    for _act in range(3):
        undo.undo(shop, undo.last_to_undo(shop))
    found = shop.registers.vat_rate(rate(shop, "Moms").id)
    assert found is not None
    assert (found.percent, found.before, found.from_at) == (2500, None, None)


def test_products_follow_their_rate_and_those_with_a_percentage_of_their_own_do_not(shop: Session) -> None:
    new_product(shop, "FØLGER")
    new_product(shop, "EGEN", vat=None, vat_rate=2500)
    change(shop, "Moms", percent=2600)
    assert (percent(shop, "FØLGER"), percent(shop, "EGEN")) == (2600, 2500)
    assert (exported(shop, "FØLGER"), exported(shop, "EGEN")) == (2600, 2500)
    card = card_of(shop, "FØLGER")  # saving something else leaves the rate as it is
    product_card.save(shop, ProductEdit(card, card.values | {"unit": "stk"}))
    assert percent(shop, "FØLGER") == 2600
    card = card_of(shop, "FØLGER")
    product_card.save(shop, ProductEdit(card, card.values | {"vat": None}))
    assert card_of(shop, "FØLGER").values["vat"] is None


def test_how_many_products_have_a_rate_is_known_before_it_is_changed_or_retired(shop: Session) -> None:
    opened = rate(shop, "Moms")
    before = register_edits.held_by(shop, VAT, opened.id or 0)
    new_product(shop, "K1")
    assert register_edits.held_by(shop, VAT, opened.id or 0) == before + 1
    assert register_edits.losing(shop, VAT, opened, {**opened.values, "percent": 2600}) == before + 1
    assert register_edits.losing(shop, VAT, opened, {**opened.values, "name": "Salgsmoms"}) == 0
    with pytest.raises(InUse):
        registers.delete(shop, VAT, opened.id or 0)


@pytest.mark.parametrize("wrong", [None, -1, 10_001])
def test_a_percentage_is_between_nothing_and_the_whole(shop: Session, wrong: int | None) -> None:
    with pytest.raises(Invalid) as refused:
        register_edits.save(shop, VAT, Entry(None, {}), {"name": "Forkert", "percent": wrong})
    assert refused.value.field == "percent"


def test_only_one_rate_is_that_of_new_products(shop: Session) -> None:
    change(shop, "Momsfri", is_default=True)
    assert [entry.name for entry in entries(shop.registers, VAT) if entry.values["is_default"]] == ["Momsfri"]
    assert vat_of_shop(shop) == 0


def test_two_who_change_the_percentage_of_a_rate_do_not_overwrite_each_other(shop: Session) -> None:
    opened = rate(shop, "Moms")
    change(shop, "Moms", percent=2600)
    with pytest.raises(Conflict):
        register_edits.save(shop, VAT, opened, {**opened.values, "percent": 2400})


def test_an_import_names_the_rate_that_has_the_percentage_of_its_line(shop: Session, tmp_path: Path) -> None:
    path = tmp_path / "varer.csv"
    path.write_text("Varenummer;Varenavn;Moms %\nA1;Kabel;25\nA2;Bog;0\nA3;Fisk;15\nA4;Uden\n", "utf-8")
    import_products(shop, path)
    known = {"A1": "Moms", "A2": "Momsfri", "A4": "Moms"}
    for code, name in known.items():
        assert card_of(shop, code).values["vat"] == rate(shop, name).id, code
    assert (card_of(shop, "A3").values["vat"], percent(shop, "A3")) == (None, 1500)
    change(shop, "Moms", percent=2600)
    path.write_text("Varenummer;Varenavn;Moms %\nA1;Kabel;26\nA2;Bog;15\n", "utf-8")
    report = import_products(shop, path)
    assert (report.unchanged, report.changed) == (1, 1)
    assert (percent(shop, "A1"), percent(shop, "A2")) == (2600, 1500)
    assert entry_of(shop.registers, VAT, rate(shop, "Moms").id or 0).values["percent"] == 2600


@pytest.mark.parametrize("schema", released())
def test_the_percentages_of_an_older_shop_become_its_rates_and_stay(schema: str, tmp_path: Path) -> None:
    store = open_database(str(older_shop(schema, tmp_path)))
    try:
        store.execute_sql("UPDATE product SET vat_rate = 1250 WHERE id = 1")
        store.execute_sql("UPDATE product SET vat_rate = 0 WHERE id = 2")
        before = store.sql("SELECT id, vat_rate FROM product ORDER BY id")
        migrate(store)
        known = read_registers(store)
        assert [(entry.name, entry.percent) for entry in known.vat_rates] == [
            ("25 %", 2500), ("0 %", 0), ("12,5 %", 1250),
        ]  # fmt: skip
        assert [entry.name for entry in known.vat_rates if entry.is_default] == ["25 %"]
        now = store.sql("SELECT id, vat_id, vat_rate FROM product ORDER BY id")
        assert [(row[0], known.vat_percent(row[1], row[2], 0)) for row in now] == before
        assert all(row[1] for row in now)
    finally:
        store.close()
