"""The cards of contacts, devices and products: saved with what others saved, refused with the field, never in part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from svc_tui.domain.entries import Register
from svc_tui.domain.errors import Conflict, Invalid, NotAllowed
from svc_tui.domain.operations import Value, Values
from svc_tui.domain.records import PersonRecord
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session
from svc_tui.services.filters import entry_lists
from svc_tui.services.history import history, undo
from svc_tui.services.jobs import activities, entry_jobs
from svc_tui.services.people import contact_card
from svc_tui.services.people.contact_card import ContactCard, ContactEdit
from svc_tui.services.people.contacts import NewContact, create
from svc_tui.services.stock import device_card, product_card
from svc_tui.services.stock.device_card import DeviceEdit
from svc_tui.services.stock.product_card import ProductEdit
from tests.db.jobs import image, job, new_edit


def contact(session: Session, name: Value = "Bent Holm", **values: Value) -> ContactCard:
    card = contact_card.new_card(session)
    saved = contact_card.save(session, ContactEdit(card, card.values | {"name": name} | values, ()))
    return contact_card.open_card(session, saved.id)


def change(session: Session, card: ContactCard, **values: Value) -> ContactCard:
    contact_card.save(session, ContactEdit(card, card.values | values, card.persons))
    return contact_card.open_card(session, card.id or 0)


def test_a_new_contact_gets_the_next_number_and_a_wrong_one_can_be_corrected_at_once(shop: Session) -> None:
    first, second = contact(shop), contact(shop, "Jens Holm")
    assert int(second.values["number"] or 0) == int(first.values["number"] or 0) + 1
    wrong = create(shop, NewContact("Holm", phone="2012345"))
    corrected = change(shop, contact_card.open_card(shop, wrong.id), name="Holms Tæpper", phone="20 12 34 56")
    assert corrected.values["name"] == "Holms Tæpper"
    found = entry_lists.page(shop, entry_lists.resolve(shop, Register.CONTACTS, "tlf:20123456"), 5)
    assert [row.id for row in found] == [wrong.id]


def test_all_that_an_import_writes_can_be_edited(shop: Session) -> None:
    values: Values = {
        "name": "Æblegård A/S", "vat_number": "DK 24 68 13 57", "address": "Åvej 1", "post_code": "8000",
        "city": "Aarhus C", "country": "Danmark", "phone": "86 12 34 56", "mobile": "+45 20 12 34 56",
        "email": "post@aeble.example", "note": "Ring først\nog sidst", "is_customer": False, "is_supplier": True,
        "is_company": True, "external_key": "4711",
    }  # fmt: skip
    card = contact(shop, **values)
    assert {name: card.values[name] for name in values} == values
    assert set(card.values) >= {"number", "retired"}


def test_different_fields_of_two_people_are_both_kept_and_the_same_field_is_a_conflict(shop: Session) -> None:
    opened = contact(shop)
    change(shop, opened, city="Odense")
    saved = contact_card.save(shop, ContactEdit(opened, opened.values | {"phone": "86 12 34 56"}, ()))
    assert saved.merged == ("city",)
    card = contact_card.open_card(shop, opened.id or 0)
    assert (card.values["city"], card.values["phone"]) == ("Odense", "86 12 34 56")
    before = image(shop.store)
    with pytest.raises(Conflict) as refused:
        contact_card.save(shop, ContactEdit(opened, opened.values | {"city": "Randers", "email": "a@b.dk"}, ()))
    assert refused.value.fields == ("city",)
    assert image(shop.store) == before


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"), ({"name": "x" * 121}, "name"), ({"email": "ikke en adresse"}, "email"),
        ({"email": "86 12 34 56"}, "email"), ({"phone": "a@b.example"}, "phone"),
        ({"mobile": "20 12 34 56, <a@b.example>"}, "mobile"), ({"number": "12a"}, "number"),
        ({"number": 10**9}, "number"),
        ({"post_code": "8" * 21}, "post_code"), ({"note": "n" * 20_001}, "note"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_field_and_nothing_is_written(
    shop: Session, values: Values, field: str
) -> None:
    card = contact(shop)
    before = image(shop.store)
    with pytest.raises(Invalid) as refused:
        change(shop, card, **values)
    assert refused.value.field == field
    assert image(shop.store) == before


def test_a_number_is_nobody_elses_and_the_series_goes_on_behind_it(shop: Session) -> None:
    first, second = contact(shop), contact(shop)
    with pytest.raises(Invalid, match="Bent Holm"):
        change(shop, second, number=first.values["number"])
    wanted = int(second.values["number"] or 0) + 5
    change(shop, second, number=str(wanted))
    assert contact(shop).values["number"] == wanted + 1


def test_persons_come_change_and_go_with_the_card(shop: Session) -> None:
    card = contact(shop)
    new = (PersonRecord(-1, "Ida", "20 11 11 11", ""), PersonRecord(-2, "Ole", "", "ole@holm.example"))
    contact_card.save(shop, ContactEdit(card, card.values, new))
    card = contact_card.open_card(shop, card.id or 0)
    assert [person.name for person in card.persons] == ["Ida", "Ole"]
    ida, ole = card.persons
    contact_card.save(shop, ContactEdit(card, card.values, (ida._replace(name="Ida Holm"),)))
    assert [p.name for p in contact_card.open_card(shop, card.id or 0).persons] == ["Ida Holm"]
    with pytest.raises(Conflict):  # another one changed the person that was taken away meanwhile
        contact_card.save(shop, ContactEdit(card, card.values, (ida._replace(name="Ib"), ole)))
    fresh = contact_card.open_card(shop, card.id or 0)
    with pytest.raises(Invalid) as refused:
        contact_card.save(shop, ContactEdit(fresh, fresh.values, (PersonRecord(-1, " ", "1", ""),)))
    assert refused.value.field == "persons"


def test_a_save_that_is_asked_for_again_happens_once(shop: Session) -> None:
    card = contact_card.new_card(shop)
    edit = ContactEdit(card, card.values | {"name": "Holm"}, (PersonRecord(-1, "Ida", "", ""),))
    first = contact_card.save(shop, edit)
    again = contact_card.save(shop, replace(edit, values=edit.values | {"city": "Ribe"}))
    assert again.id == first.id
    card = contact_card.open_card(shop, first.id)
    assert (card.values["city"], [person.name for person in card.persons]) == ("Ribe", ["Ida"])
    assert len(shop.store.sql("SELECT id FROM contact_person")) == 1


def test_who_may_only_look_changes_nothing(shop: Session) -> None:
    card = contact(shop)
    assert shop.employee is not None
    shop.employee = shop.employee._replace(role=Role.READONLY.value)
    with pytest.raises(NotAllowed):
        change(shop, card, city="Odense")


def test_a_save_of_a_card_is_undone(shop: Session) -> None:
    card = contact(shop, city="Odense")
    change(shop, card, city="Randers", name="Andet navn")
    undo.undo_last(shop)
    assert contact_card.open_card(shop, card.id or 0).values == card.values
    undo.undo_last(shop)
    assert entry_lists.row_of(shop, Register.CONTACTS, card.id or 0) is None


def device(session: Session, **values: Value) -> int:
    card = device_card.new_card(session)
    return device_card.save(session, DeviceEdit(card, card.values | {"brand": "Sony"} | values)).id


def test_a_device_holds_what_the_shop_knows_of_it(shop: Session) -> None:
    owner = contact(shop)
    values: Values = {
        "brand": "Sony", "model": "KD-55", "serial": "SN-4711", "accessories": "Fjernbetjening", "condition": "Ridset",
        "lock_code": "1234", "shelf": "R7", "warranty_parts_until": 1_800_000_000, "note": "Husk fod",
        "warranty_labour_until": None, "owner": owner.id,
    }  # fmt: skip
    card = device_card.open_card(shop, device(shop, **values))
    assert {name: card.values[name] for name in values} == values
    assert card.owner is not None
    assert card.owner.name == "Bent Holm"
    assert [row.serial for row in contact_card.open_card(shop, owner.id or 0).devices] == ["SN-4711"]
    found = entry_lists.page(shop, entry_lists.resolve(shop, Register.DEVICES, "sn4711"), 5)
    assert [row.id for row in found] == [card.id]
    same = device_card.same_serial(shop, "sn 4711", None)
    assert [(one.id, one.name) for one in same] == [(card.id, "Sony KD-55")]
    with pytest.raises(Invalid) as refused:
        device(shop, brand="")
    assert refused.value.field == "brand"


def test_the_lock_code_is_told_in_no_history(shop: Session) -> None:
    made = device(shop, lock_code="1234")
    card = device_card.open_card(shop, made)
    device_card.save(shop, DeviceEdit(card, card.values | {"lock_code": "98765"}))
    told = [
        *history.of_rows(shop, {"device": [made]}),
        *(step.history for act in history.recent(shop, 10) for step in history.of_act(shop, act.id, 50)),
    ]
    assert any(row.field == "lock_code" for row in told)
    for secret in ("1234", "98765"):
        assert not [row for row in told if secret in f"{row.old} {row.new}"]
    undo.undo_last(shop)
    assert device_card.open_card(shop, made).values["lock_code"] == "1234"


def test_earlier_repairs_tell_date_fault_and_what_was_done(shop: Session) -> None:
    made = device(shop)
    sheet = job(shop, "Intet billede")
    values = sheet.values | {"device": made, "fault_told": "Sort skærm", "fault_found": "Defekt bagkant"}
    activities.save(shop, replace(new_edit(shop), base=sheet, values=values))
    [repair] = device_card.repairs(shop, made, 10)
    assert (repair.number, repair.fault_told, repair.fault_found) == (sheet.number, "Sort skærm", "Defekt bagkant")
    assert repair.start_at == values["start_at"]
    assert [row.id for row in entry_jobs.page(shop, Register.DEVICES, made, 5)] == [sheet.id]
    assert device_card.repairs(shop, made, 10, before=repair) == []


def product(session: Session, **values: Value) -> int:
    card = product_card.new_card(session)
    wanted = card.values | {"code": "HDMI-2M", "name": "HDMI-kabel"} | values
    return product_card.save(session, ProductEdit(card, wanted)).id


def test_a_product_is_made_corrected_and_found_by_its_supplier(shop: Session) -> None:
    supplier = contact(shop, "Kabelgrossisten", is_supplier=True)
    values: Values = {
        "ean": "5701234567899", "kind": "part", "unit": "stk", "price": 12_900, "cost": 6_000, "vat_rate": 2500,
        "supplier": supplier.id, "supplier_code": "KG-77", "product_group": "Kabler", "stock": 3_000,
    }  # fmt: skip
    made = product(shop, **values)
    card = product_card.open_card(shop, made)
    assert {name: card.values[name] for name in values} == values
    for scanned in ("5701234567899", "KG-77", "hdmi2m"):
        found = entry_lists.page(shop, entry_lists.resolve(shop, Register.PRODUCTS, scanned), 5)
        assert [row.id for row in found] == [made], scanned
    with pytest.raises(Invalid, match="HDMI-kabel") as refused:
        product(shop)
    assert refused.value.field == "code"
    for field, value in (("price", -1), ("vat_rate", 10_001), ("kind", "hus"), ("name", "")):
        with pytest.raises(Invalid) as refused:
            product_card.save(shop, ProductEdit(card, card.values | {field: value}))
        assert refused.value.field == field


def test_the_jobs_of_a_contact_come_page_by_page_with_the_newest_first(shop: Session) -> None:
    owner = contact(shop)
    numbers = []
    for count in range(7):
        sheet = job(shop, f"Job {count}")
        activities.save(shop, replace(new_edit(shop), base=sheet, values=sheet.values | {"customer": owner.id}))
        numbers.append(sheet.id)
    first = entry_jobs.page(shop, Register.CONTACTS, owner.id or 0, 3)
    second = entry_jobs.page(shop, Register.CONTACTS, owner.id or 0, 3, after=first[-1])
    assert [row.id for row in (*first, *second)] == numbers[::-1][:6]
    assert entry_jobs.page(shop, Register.CONTACTS, owner.id or 0, 3, before=second[0]) == first
    assert [row.id for row in entry_jobs.last_page(shop, Register.CONTACTS, owner.id or 0, 2)] == numbers[1::-1]
    assert entry_jobs.count(shop, Register.CONTACTS, owner.id or 0) == 7
