"""The lists of contacts, devices and products: pages by key in every order, the filter line, jumps and counts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from svc_tui.db.core.engine import Row, Store
from svc_tui.db.core.people_models import Device
from svc_tui.domain.entries import (
    BY_NAME,
    ORDERS,
    ContactEntry,
    DeviceEntry,
    Entry,
    EntryOrder,
    ProductEntry,
    Register,
)
from svc_tui.domain.errors import FilterError, Invalid
from svc_tui.domain.language.alphabet import alphabet_of, letters
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.filters import entry_lists
from tests.db.test_query_plans import MONDAY


@pytest.fixture
def shop(store: Store) -> Session:
    """The demo shop: 400 jobs, 150 customers, their devices, the parts and their suppliers."""
    create_demo(store, activities=400, contacts=150, now=MONDAY)
    session = open_session(store, None, "da")
    session.employee = min(session.registers.employees)
    session.clock = [MONDAY.timestamp()]
    return session


def found(session: Session, register: Register, text: str = "", order: EntryOrder = BY_NAME) -> list[Entry]:
    """All rows of a filter line, read page by page."""
    query = entry_lists.resolve(session, register, text, order)
    rows = entry_lists.page(session, query, 7)
    while more := entry_lists.page(session, query, 7, after=rows[-1]) if rows else []:
        rows += more
    return rows


def contacts(session: Session, text: str) -> list[ContactEntry]:
    return [row for row in found(session, Register.CONTACTS, text) if isinstance(row, ContactEntry)]


def devices(session: Session, text: str) -> list[DeviceEntry]:
    return [row for row in found(session, Register.DEVICES, text) if isinstance(row, DeviceEntry)]


@pytest.mark.parametrize("register", Register)
@pytest.mark.parametrize("descending", [False, True])
def test_every_order_shows_every_entry_once_forwards_and_backwards(
    shop: Session, register: Register, descending: bool
) -> None:
    everything = {row[0] for row in shop.store.sql(f"SELECT id FROM {register.value}")}
    for column in ORDERS[register]:
        order = EntryOrder(column, descending)
        rows = found(shop, register, "", order)
        ids = [row.id for row in rows]
        assert set(ids) == everything, column
        assert len(ids) == len(everything), column
        query = entry_lists.resolve(shop, register, "", order)
        back = entry_lists.last_page(shop, query, 7)
        while more := entry_lists.page(shop, query, 7, before=back[0]):
            back = more + back
        assert [row.id for row in back] == ids, column
        middle = rows[len(rows) // 2]
        around = entry_lists.around_entry(shop, query, middle.id, 3, 4)
        assert around is not None
        at = len(rows) // 2
        assert [row.id for row in (*around.before, around.row, *around.after)] == ids[at - 3 : at + 5]
        assert entry_lists.counts(shop, query).matching == len(everything)


def test_contacts_are_sorted_as_the_language_sorts_and_empty_towns_come_last(shop: Session) -> None:
    alphabet = alphabet_of("da")
    named = [letters(row.name, alphabet) for row in contacts(shop, "")]
    assert named == sorted(named)
    shop.store.execute_sql("UPDATE contact SET city = '' WHERE id % 5 = 0")
    for descending in (False, True):
        rows = found(shop, Register.CONTACTS, "", EntryOrder("city", descending))
        cities = [letters(row.city, alphabet) for row in rows if isinstance(row, ContactEntry)]
        filled = [city for city in cities if city]
        assert filled == sorted(filled, reverse=descending)
        assert cities[len(filled) :] == [""] * (len(cities) - len(filled))


def test_the_last_job_of_a_contact_decides_and_who_never_had_one_comes_last(shop: Session) -> None:
    rows = found(shop, Register.CONTACTS, "", EntryOrder("last", True))
    last: dict[int, int] = dict(
        shop.store.sql("SELECT customer_id, max(start_at) FROM activity WHERE customer_id > 0 GROUP BY customer_id")
    )
    assert [row.last_at for row in rows if isinstance(row, ContactEntry)] == [last.get(row.id) for row in rows]
    times = [last[row.id] for row in rows if row.id in last]
    assert times == sorted(times, reverse=True)
    assert all(row.id not in last for row in rows[len(times) :])


@pytest.mark.parametrize("order", ["name", "last", "number", "city"])
def test_few_and_many_hits_come_in_the_same_order(shop: Session, order: str, monkeypatch: pytest.MonkeyPatch) -> None:
    few = [row.id for row in found(shop, Register.CONTACTS, "j", EntryOrder(order))]
    for limit in ("MOST_SORTED", "_MOST_BY_LAST", "_MOST_OLDEST_FIRST"):
        monkeypatch.setattr(f"svc_tui.db.lists.entries.{limit}", 0)
    monkeypatch.setattr("svc_tui.db.lists.entries._FIRST_WALK", 3)
    assert [row.id for row in found(shop, Register.CONTACTS, "j", EntryOrder(order))] == few
    assert len(few) > 7


@pytest.mark.parametrize("descending", [False, True])
def test_what_lies_far_down_in_the_order_is_sorted_instead_of_looked_for(
    shop: Session, descending: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All devices of a brand stand together, behind or before those of all others."""
    brand = max(row.brand for row in found(shop, Register.DEVICES) if isinstance(row, DeviceEntry))
    order = EntryOrder("name", descending)
    few = [row.id for row in found(shop, Register.DEVICES, f"brand:{brand}", order)]
    monkeypatch.setattr("svc_tui.db.lists.entries.MOST_SORTED", 0)
    monkeypatch.setattr("svc_tui.db.lists.entries._FIRST_WALK", 3)
    walked = shop.store.sql
    looked_at: list[int] = []

    def counted(sql: str, values: Sequence[object] = ()) -> list[Row]:
        rows = walked(sql, values)
        looked_at.append(len(rows))
        return rows

    monkeypatch.setattr(shop.store, "sql", counted)
    query = entry_lists.resolve(shop, Register.DEVICES, f"brand:{brand}", order)
    assert [row.id for row in entry_lists.page(shop, query, 5)] == few[:5]
    assert sum(looked_at) < 6 * len(few) + 20
    assert [row.id for row in found(shop, Register.DEVICES, f"brand:{brand}", order)] == few


def products(session: Session, text: str) -> list[ProductEntry]:
    return [row for row in found(session, Register.PRODUCTS, text) if isinstance(row, ProductEntry)]


def changed(session: Session, register: Register, column: str, value: object, row: int) -> None:
    session.store.execute_sql(f"UPDATE {register.value} SET {column} = ? WHERE id = ?", (value, row))


def test_a_field_of_a_contact_is_asked_for_by_itself(shop: Session) -> None:
    mine = contacts(shop, "kind:firma")[0]
    others = contacts(shop, "")
    number = next(row for row in others if row.phone and row.id != mine.id)
    digits = "".join(sign for sign in number.phone.removeprefix("+45") if sign.isdigit())[:8]
    assert number.id in {row.id for row in contacts(shop, f"telefon:{digits}")}
    assert number.id in {row.id for row in contacts(shop, f'phone:"{digits[:4]} {digits[4:]}"')}
    assert number.id in {row.id for row in contacts(shop, f"phone:{digits[:4]}")}
    assert not [row for row in contacts(shop, f"phone:{number.number}") if str(number.number) not in row.phone]
    town = {row.id for row in others if row.city == number.city}
    assert {row.id for row in contacts(shop, f'by:"{number.city}"')} >= town
    assert {row.id for row in contacts(shop, f"city:{number.post_code}")} == {
        row.id for row in others if row.post_code == number.post_code
    }
    mail = next(row for row in others if "@" in row.email)
    assert mail.id in {row.id for row in contacts(shop, f"email:{mail.email}")}
    assert mail.id in {row.id for row in contacts(shop, f"mail:{mail.email.partition('@')[2]}")}
    assert mine.id in {row.id for row in contacts(shop, f'cvr:"{mine.vat_number}"')}
    assert mine.id in {row.id for row in contacts(shop, f"vat:{mine.vat_number.replace(' ', '')[2:6]}")}
    assert [row.id for row in contacts(shop, f"nr:{mine.number}")] == [mine.id]
    assert {row.id for row in contacts(shop, "email:ingen")} == {row.id for row in others if not row.email}


def test_kinds_combine_and_are_negated(shop: Session) -> None:
    everybody = contacts(shop, "")
    suppliers = {row.id for row in everybody if row.is_supplier}
    companies = {row.id for row in everybody if row.is_company}
    assert {row.id for row in contacts(shop, "slags:leverandør")} == suppliers
    assert {row.id for row in contacts(shop, "kind:supplier,person")} == suppliers | (
        {row.id for row in everybody} - companies
    )
    assert {row.id for row in contacts(shop, "-kind:company")} == {row.id for row in everybody} - companies
    assert {row.id for row in contacts(shop, "kind:lev kind:firma")} == suppliers & companies
    with pytest.raises(FilterError, match="kunde") as refused:
        contacts(shop, "kind:ven")
    assert (refused.value.start, refused.value.end) == (0, 8)


def test_what_is_retired_is_hidden_and_counted(shop: Session) -> None:
    for register in Register:
        before = len(found(shop, register))
        changed(shop, register, "retired", True, found(shop, register)[0].id)
        query = entry_lists.resolve(shop, register, "")
        assert entry_lists.counts(shop, query) == (before - 1, 1)
        assert len(found(shop, register)) == before - 1
        assert len(found(shop, register, "udgået:ja")) == 1
        assert len(found(shop, register, "retired:alle")) == before
        assert len(found(shop, register, "retired:ja,nej")) == before


def test_words_find_devices_by_owner_brand_and_serial(shop: Session) -> None:
    one = next(row for row in devices(shop, "") if row.serial and row.owner)
    assert one.id in {row.id for row in devices(shop, one.owner)}
    assert one.id in {row.id for row in devices(shop, one.brand)}
    assert one.id in {row.id for row in devices(shop, f"serienummer:{one.serial[:6]}")}
    assert one.id in {row.id for row in devices(shop, f'owner:"{one.owner}"')}
    assert all(
        one.brand.split()[0].lower() in row.name.lower() for row in devices(shop, f"brand:{one.brand.split()[0]}")
    )
    assert one.id not in {row.id for row in devices(shop, f'-owner:"{one.owner}"')}
    warranted = {
        row.id
        for row in devices(shop, "")
        if any(end and end >= MONDAY.timestamp() for end in (row.warranty_parts_until, row.warranty_labour_until))
    }
    assert {row.id for row in devices(shop, "garanti:>=t")} == warranted


def test_the_lock_code_of_a_device_is_not_searched(shop: Session) -> None:
    one = devices(shop, "")[0]
    changed(shop, Register.DEVICES, "lock_code", "hemmelig4711", one.id)
    with shop.act("device.save", Right.DEVICE_EDIT) as changes:
        changes.update(Device, one.id, {"shelf": "Reol 7"})
    assert [row.id for row in devices(shop, "hylde:7")] == [one.id]
    assert devices(shop, "hemmelig4711") == []


def test_a_product_is_found_by_code_ean_group_and_supplier(shop: Session) -> None:
    rows = products(shop, "")
    one = next(row for row in rows if row.ean and row.supplier)
    for text in (one.code, one.ean, f"varenummer:{one.code[:3]}", f"ean:{one.ean}", f'supplier:"{one.supplier}"'):
        assert one.id in {row.id for row in products(shop, text)}, text
    assert {row.id for row in products(shop, "kind:timer")} == {row.id for row in rows if row.kind == "hours"}
    assert {row.id for row in products(shop, "-kind:part")} == {row.id for row in rows if row.kind != "part"}
    assert {row.id for row in products(shop, "leverandør:ingen")} == {row.id for row in rows if not row.supplier}


@pytest.mark.parametrize(("text", "start"), [("phone:", 0), ("kind:", 0), ('"!"', 0), ("nummer:abc", 7)])
def test_a_mistake_is_told_with_its_place(shop: Session, text: str, start: int) -> None:
    with pytest.raises(FilterError) as refused:
        entry_lists.resolve(shop, Register.CONTACTS, text)
    assert refused.value.start == start


def test_jumps_go_to_what_is_typed_in_the_order_of_the_list(shop: Session) -> None:
    query = entry_lists.resolve(shop, Register.CONTACTS, "", EntryOrder("number"))
    rows = entry_lists.page(shop, query, 30)
    tenth = rows[10]
    assert isinstance(tenth, ContactEntry)
    assert entry_lists.jump(shop, query, str(tenth.number)) == tenth
    with pytest.raises(Invalid):
        entry_lists.jump(shop, query, "abc")
    query = entry_lists.resolve(shop, Register.CONTACTS, "")
    landed = entry_lists.jump(shop, query, "m")
    assert isinstance(landed, ContactEntry)
    assert landed.name.lower() >= "m"


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("tele", "fon:"),
        ("slags:lev", "erandør"),
        ("ina", "ktiv:"),
        ("inaktiv:j", "a"),
        ("xy", None),
        ("telefon:in", "gen"),
    ],
)
def test_the_line_is_completed(shop: Session, typed: str, hint: str | None) -> None:
    proposed = entry_lists.complete(shop, Register.CONTACTS, typed, len(typed))
    assert (proposed.hint if proposed else None) == hint
