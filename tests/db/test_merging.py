"""Two contacts or devices become one, with all that points to them; undone, everything is where it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from svc_tui.domain.entries import Register
from svc_tui.domain.errors import Conflict, Invalid
from svc_tui.domain.records import LinkRecord, LinkRole, PersonRecord
from svc_tui.services.core.session import Session
from svc_tui.services.filters import entry_lists
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities, entry_jobs
from svc_tui.services.people import contact_card, merging
from svc_tui.services.people.contact_card import ContactEdit
from svc_tui.services.stock import device_card
from svc_tui.services.stock.device_card import DeviceEdit
from tests.db.jobs import image, job, new_edit
from tests.db.test_cards import change, contact, device


def with_customer(session: Session, subject: str, customer: int, device_id: int | None = None) -> int:
    sheet = job(session, subject)
    values = sheet.values | {"customer": customer, "device": device_id}
    activities.save(session, replace(new_edit(session), base=sheet, values=values))
    return sheet.id or 0


@pytest.fixture
def two(shop: Session) -> tuple[int, int]:
    """Two cards of one contact; jobs, a person, a device and a product hang on the second."""
    first = contact(shop, "Holm", city="Odense", phone="86 12 34 56")
    second = contact(shop, "Holm A/S", email="post@holm.example", city="Odense C", is_supplier=True)
    contact_card.save(shop, ContactEdit(second, second.values, (PersonRecord(-1, "Ida", "", ""),)))
    thing = device(shop, owner=second.id, serial="SN-1")
    with_customer(shop, "Skærm", second.id or 0, thing)
    with_customer(shop, "Lyd", second.id or 0)
    both = with_customer(shop, "Begge", first.id or 0)
    sheet = activities.open_sheet(shop, both)
    link = LinkRecord(-1, second.id or 0, None, LinkRole.CUSTOMER, "Holm A/S", 0, "", "")
    activities.save(shop, replace(new_edit(shop), base=sheet, values=sheet.values, links=(*sheet.links, link)))
    return first.id or 0, second.id or 0


def test_all_that_points_to_the_one_points_to_the_other(shop: Session, two: tuple[int, int]) -> None:
    target, source = two
    ahead = merging.plan(shop, Register.CONTACTS, target, source)
    assert ahead.moves == {"activity": 2, "activity_link": 3, "contact_person": 1, "device": 1}
    told = {one.field: one.takes_source for one in ahead.fields}
    assert told == {"name": False, "email": True, "city": False, "is_supplier": True}
    assert merging.carry_out(shop, ahead, {"city": True}) == target
    card = contact_card.open_card(shop, target)
    assert {name: card.values[name] for name in ("name", "email", "city", "phone", "is_supplier")} == {
        "name": "Holm", "email": "post@holm.example", "city": "Odense C", "phone": "86 12 34 56", "is_supplier": True,
    }  # fmt: skip
    assert [person.name for person in card.persons] == ["Ida"]
    assert [row.serial for row in card.devices] == ["SN-1"]
    assert entry_jobs.count(shop, Register.CONTACTS, target) == 3
    assert entry_lists.row_of(shop, Register.CONTACTS, source) is None
    for text in ("post@holm.example", "sn1", "ida"):
        found = entry_lists.page(shop, entry_lists.resolve(shop, Register.CONTACTS, text), 5)
        assert [row.id for row in found] == [target], text


def test_undone_it_is_as_it_was_and_done_again_as_it_became(shop: Session, two: tuple[int, int]) -> None:
    before = _rows(shop)
    merging.carry_out(shop, merging.plan(shop, Register.CONTACTS, *two))
    after = _rows(shop)
    done = undo.undo_last(shop)
    assert not done.refused
    assert done.subject == "Holm A/S", "the one that had gone, not what moved along"
    assert _rows(shop) == before
    undo.redo_last(shop)
    assert _rows(shop) == after


def _rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """What is stored, but for the history, and for the counts of changes."""
    columns = {
        "contact": "id, number, name, name_key, city, email, phone, is_supplier",
        "contact_person": "id, contact_id, name", "device": "id, owner_id, serial, serial_key",
        "activity": "id, number, customer_id, device_id, subject", "activity_link": "id, activity_id, contact_id, role",
    }  # fmt: skip
    found = {name: session.store.sql(f"SELECT {told} FROM {name} ORDER BY id") for name, told in columns.items()}
    for index in ("contact_search", "device_search", "activity_search"):
        found[index] = session.store.sql(f"SELECT rowid FROM {index} ORDER BY rowid")
    return found


def test_a_merge_is_refused_whole_where_one_of_the_two_was_changed_since(shop: Session, two: tuple[int, int]) -> None:
    for changed in two:
        ahead = merging.plan(shop, Register.CONTACTS, *two)
        change(shop, contact_card.open_card(shop, changed), note=f"Ny note {changed}")
        before = image(shop.store)
        with pytest.raises(Conflict):
            merging.carry_out(shop, ahead)
        assert image(shop.store) == before


def test_one_is_not_merged_with_itself_and_products_are_not(shop: Session, two: tuple[int, int]) -> None:
    for register, pair in ((Register.CONTACTS, (two[0], two[0])), (Register.PRODUCTS, two)):
        with pytest.raises(Invalid):
            merging.plan(shop, register, *pair)


def test_two_devices_become_one_with_all_their_repairs(shop: Session) -> None:
    owner = contact(shop).id or 0
    one = device(shop, owner=owner, serial="SN-1", model="KD-55")
    other = device(shop, owner=owner, serial="SN 1", shelf="R7", lock_code="1234")
    for place, thing in enumerate((one, other, other)):
        with_customer(shop, f"Job {place}", owner, thing)
    ahead = merging.plan(shop, Register.DEVICES, one, other)
    assert ahead.moves == {"activity": 2}
    assert {field.field: field.takes_source for field in ahead.fields} == {
        "serial": False, "shelf": True, "lock_code": True,
    }  # fmt: skip
    before = _rows(shop)
    merging.carry_out(shop, ahead)
    assert entry_jobs.count(shop, Register.DEVICES, one) == 3
    assert [row.id for row in entry_lists.page(shop, entry_lists.resolve(shop, Register.DEVICES, "hylde:r7"), 5)] == [
        one
    ]
    undo.undo_last(shop)
    assert _rows(shop) == before


def test_an_undo_is_refused_whole_where_one_that_moved_was_changed_since(shop: Session, two: tuple[int, int]) -> None:
    merging.carry_out(shop, merging.plan(shop, Register.CONTACTS, *two))
    [(thing,)] = shop.store.sql("SELECT id FROM device")
    card = device_card.open_card(shop, thing)
    device_card.save(shop, DeviceEdit(card, card.values | {"owner": contact(shop, "En tredje").id}))
    before = image(shop.store)
    [merge] = shop.store.sql("SELECT id FROM change_set WHERE act = 'contact.merge'")
    with pytest.raises(Invalid):
        undo.undo(shop, merge[0])
    assert image(shop.store) == before
