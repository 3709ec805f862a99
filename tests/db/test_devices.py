"""Devices in for service: known by their serial number, chosen among the customer's, or made with the job."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from svc_tui.db.core.changes import change_set, read
from svc_tui.db.core.people_models import Device
from svc_tui.domain.errors import Invalid
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import Sheet, SheetEdit
from svc_tui.services.jobs.bulk import Edit, at_once
from svc_tui.services.people import contacts
from svc_tui.services.stock import devices
from svc_tui.services.stock.devices import Goes, NewDevice, find_or_create, offered, only_one, read_typed
from tests.db.jobs import again, changed, contact, count, image, job, new_edit


def registered(session: Session, brand: str, model: str, serial: str, owner: int | None) -> int:
    with change_set(session.store, None, "device.create") as changes:
        return find_or_create(changes, NewDevice(brand, model, serial), owner)


def job_with(session: Session, device: NewDevice, customer: int | None = None) -> Sheet:
    edit = new_edit(session, customer=customer)
    saved = activities.save(session, SheetEdit(edit.base, edit.values, (), (), new_device=device))
    return activities.open_sheet(session, saved.id)


def test_a_model_that_is_in_the_shop_is_not_taken_for_a_serial_number(shop: Session) -> None:
    assert read_typed(shop, "Grundig 903411") == NewDevice("Grundig", "", "903411")
    registered(shop, "Grundig", "Fine Arts 903411", "", contact(shop, "Jensen").id)
    assert read_typed(shop, "grundig 903411") == NewDevice("grundig", "903411", "")
    assert read_typed(shop, "Grundig Fine Arts 903411 0F3A22") == NewDevice("Grundig", "Fine Arts 903411", "0F3A22")
    assert read_typed(shop, " - ") is None


def test_two_of_a_model_are_two_devices_and_one_serial_number_is_one(shop: Session) -> None:
    jensen = contact(shop, "Jensen")
    for typed, count_after in (
        ("Samsung Galaxy S21", 1), ("Samsung Galaxy S21", 2), ("Samsung Galaxy S21 R58M12ABCDE", 3),
        ("Samsung Galaxy S21 sn R58M12ABCDE", 3), ("Samsung Galaxy S21 R58M12ABCDF", 4),
    ):  # fmt: skip
        device = read_typed(shop, typed)
        assert device is not None
        assert device.model == "Galaxy S21"
        registered(shop, *device, jensen.id)
        assert count(shop.store, "device") == count_after, typed


def test_what_matches_none_of_the_customers_devices_is_offered_as_new(shop: Session) -> None:
    jensen = contact(shop, "Jensen")
    own = registered(shop, "Samsung", "QE55Q80", "0B3X4711", jensen.id)
    assert [device.id for device in offered(shop, "sams", jensen.id).found] == [own]
    assert offered(shop, "sams", jensen.id).new is None
    assert offered(shop, "Samsung Galaxy S21", jensen.id) == ((), NewDevice("Samsung", "Galaxy S21", ""))
    assert offered(shop, "+Samsung QE55Q80", jensen.id) == ((), NewDevice("Samsung", "QE55Q80", ""))


def test_a_new_device_belongs_to_the_jobs_customer_and_is_shown_on_the_job(shop: Session) -> None:
    customer = contact(shop, "Jensen")
    sheet = job_with(shop, NewDevice("Sony", "Bravia", "SN-4711"), customer=customer.id)
    assert sheet.device is not None
    assert (sheet.device.label, sheet.device.owner_id) == ("Sony Bravia SN-4711", customer.id)
    assert devices.search(shop, "", customer.id) == [sheet.device]


def test_a_serial_number_that_is_known_is_the_same_device_however_it_is_written(shop: Session) -> None:
    customer = contact(shop, "Jensen")
    first = registered(shop, "Sony", "Bravia", "SN-47 11/a", customer.id)
    before = image(shop.store)
    assert registered(shop, "SONY", "", "sn4711A", customer.id) == first
    assert image(shop.store) == before


@pytest.mark.parametrize("brand", ["Philips", ""])
def test_the_same_serial_number_of_another_brand_is_another_device(shop: Session, brand: str) -> None:
    customer = contact(shop, "Jensen")
    first = registered(shop, "Sony", "", "4711", customer.id)
    assert registered(shop, brand, "", "4711", customer.id) != first


def test_a_device_of_nobody_becomes_the_customers(shop: Session) -> None:
    customer = contact(shop, "Jensen")
    lone = registered(shop, "Sony", "", "4711", None)
    assert registered(shop, "Sony", "", "4711", customer.id) == lone
    assert read(shop.store, Device, lone)["owner"] == customer.id


def test_somebody_elses_device_is_left_to_him(shop: Session) -> None:
    jensen, holm = contact(shop, "Jensen"), contact(shop, "Holm")
    his = registered(shop, "Sony", "", "4711", jensen.id)
    assert registered(shop, "Sony", "", "4711", holm.id) != his
    assert read(shop.store, Device, his)["owner"] == jensen.id


def test_two_devices_without_a_serial_number_are_two(shop: Session) -> None:
    assert registered(shop, "Sony", "TV", "", None) != registered(shop, "Sony", "TV", "", None)


def test_a_dash_for_a_serial_number_is_no_number(shop: Session) -> None:
    assert registered(shop, "Sony", "", "-", None) != registered(shop, "Sony", "", "?", None)


def test_a_device_of_which_nothing_is_known_is_refused_and_the_job_not_saved(shop: Session) -> None:
    before = image(shop.store)
    with pytest.raises(Invalid) as refused:
        job_with(shop, NewDevice(" ", "\t", "\x07"))
    assert refused.value.field == "device"
    assert image(shop.store) == before


def test_a_serial_number_that_already_begins_others_is_found_among_many(shop: Session) -> None:
    owner = contact(shop, "Jensen").id
    first = registered(shop, "Sony", "", "SN1", owner)
    for number in range(30):
        registered(shop, "Sony", "", f"SN1{number:02}", owner)
    before = count(shop.store, "device")
    assert registered(shop, "Sony", "", "sn-1", owner) == first
    assert count(shop.store, "device") == before


def test_the_owners_devices_come_first_then_any_whose_serial_number_begins_so(shop: Session) -> None:
    jensen, holm = contact(shop, "Jensen"), contact(shop, "Holm")
    own = registered(shop, "Sony", "Bravia", "AB-1234", jensen.id)
    old = registered(shop, "Philips", "Ambilight", "ZZ-9", jensen.id)
    foreign = registered(shop, "LG", "Oled", "AB-1299", holm.id)

    assert [row.id for row in devices.search(shop, "", jensen.id)] == [old, own]
    assert [row.id for row in devices.search(shop, "brav", jensen.id)] == [own]
    assert [row.id for row in devices.search(shop, "ab12", jensen.id)] == [own, foreign]
    assert [row.id for row in devices.search(shop, "AB 12", None)] == [foreign, own]
    assert devices.search(shop, "AB", None) == [], "too short to be a serial number"
    assert len(devices.search(shop, "ab12", None, limit=1)) == 1


def test_the_only_device_of_a_customer_is_the_one_meant(shop: Session) -> None:
    jensen = contact(shop, "Jensen")
    assert only_one(shop, jensen.id) is None
    first = registered(shop, "Sony", "", "1", jensen.id)
    found = only_one(shop, jensen.id)
    assert found is not None
    assert found.id == first
    registered(shop, "Sony", "", "2", jensen.id)
    assert only_one(shop, jensen.id) is None


def test_a_retired_device_is_offered_no_more_but_stays_on_its_job(shop: Session) -> None:
    jensen = contact(shop, "Jensen")
    sheet = job_with(shop, NewDevice("Sony", "", "4711"), customer=jensen.id)
    assert sheet.device is not None
    with change_set(shop.store, None, "device.retire") as changes:
        changes.update(Device, sheet.device.id, {"retired": True})
    assert devices.search(shop, "", jensen.id) == devices.search(shop, "4711", None) == []
    assert again(shop, sheet).device == sheet.device


def corrected(session: Session, sheet: Sheet, customer: int) -> Sheet:
    """The job saved with another customer in its header."""
    activities.save(session, changed(sheet, customer=customer))
    return again(session, sheet)


def edited(session: Session, sheet: Sheet, customer: int) -> Sheet:
    """The same by an act of the lists."""
    at_once(session, [sheet.id or 0], Edit("customer", customer))
    return again(session, sheet)


@pytest.mark.parametrize("correct", [corrected, edited])
def test_the_device_registered_with_a_job_moves_to_the_right_customer(
    shop: Session, correct: Callable[[Session, Sheet, int], Sheet]
) -> None:
    wrong, right = contact(shop, "Jensen"), contact(shop, "Holm")
    registered(shop, "Philips", "TV", "", right.id)
    sheet = correct(shop, job_with(shop, NewDevice("Sony", "TV", "4711"), wrong.id), right.id)
    assert sheet.device is not None
    assert (sheet.device.label, sheet.device.owner_id) == ("Sony TV 4711", right.id)
    assert sheet.customer is not None
    assert sheet.customer.id == right.id


def test_a_device_that_another_job_has_or_that_was_there_before_is_left_to_its_owner(shop: Session) -> None:
    wrong, right = contact(shop, "Jensen"), contact(shop, "Holm")
    first = job_with(shop, NewDevice("Sony", "TV", "4711"), wrong.id)
    job_with(shop, NewDevice("Sony", "TV", "4711"), wrong.id)
    assert edited(shop, first, right.id).device is None
    before = registered(shop, "LG", "TV", "0815", wrong.id)
    edit = new_edit(shop, customer=wrong.id, device=before)
    sheet = activities.open_sheet(shop, activities.save(shop, edit).id)
    assert edited(shop, sheet, right.id).device is None
    assert read(shop.store, Device, before)["owner"] == wrong.id


def test_what_becomes_of_the_device_is_known_before_the_save(shop: Session) -> None:
    wrong, right = contact(shop, "Jensen"), contact(shop, "Holm")
    sheet = job_with(shop, NewDevice("Sony", "TV", "4711"), wrong.id)
    assert devices.after_customer(shop, sheet.id, sheet.device, right.id) == (Goes.MOVES, "Jensen", None)
    assert devices.after_customer(shop, None, sheet.device, right.id).goes is Goes.LEAVES
    assert devices.after_customer(shop, sheet.id, sheet.device, wrong.id) == (Goes.STAYS, "Jensen", sheet.device)


def test_one_new_device_is_made_when_the_save_is_tried_again(shop: Session) -> None:
    base = job(shop)
    edit = SheetEdit(base, base.values, (), (), new_device=NewDevice("Sony", "TV", ""))
    activities.save(shop, edit)
    before = image(shop.store)
    activities.save(shop, edit)
    assert image(shop.store) == before


def test_a_device_that_goes_back_by_an_undo_is_found_by_its_first_owner(shop: Session) -> None:
    jensen, madsen = contact(shop, "Jensen"), contact(shop, "Madsen")
    sheet = job_with(shop, NewDevice("Sony", "KD", "SN4711"), jensen.id)
    corrected(shop, sheet, madsen.id)
    assert [found.name for found in contacts.search(shop, "SN4711")] == ["Madsen"]
    undo.undo(shop, undo.last_to_undo(shop))
    assert [found.name for found in contacts.search(shop, "SN4711")] == ["Jensen"]
