"""What a scanned code stands for; on both databases."""

from __future__ import annotations

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.people_models import Device
from svc_tui.domain.operations import Value
from svc_tui.domain.records import DeviceRow, ProductRow
from svc_tui.domain.scanning import GS
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import search_key
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import scanning
from svc_tui.services.jobs.scanning import Scanned, ScannedJob, ScannedOrder
from tests.db.billed import ordered, repaired, sells
from tests.db.jobs import contact, job, part


def device(session: Session, brand: str, serial: str) -> None:
    owner = contact(session, "Jensen & Søn").id
    with change_set(session.store, None, "device.create") as changes:
        row: dict[str, Value] = {
            "owner": owner, "brand": brand, "model": "", "serial": serial, "serial_key": code_key(serial),
            "name_key": search_key(brand),
        }  # fmt: skip
        changes.insert(Device, row)


def told(scanned: Scanned) -> list[object]:
    """Numbers of jobs, serials of devices, codes of products."""
    found: list[object] = []
    for entry in scanned.found:
        if isinstance(entry, ScannedJob):
            found.append(entry.number)
        elif isinstance(entry, DeviceRow):
            found.append(entry.serial)
        elif isinstance(entry, ProductRow):
            found.append(entry.code)
    return found


@pytest.fixture
def desk(shop: Session) -> Session:
    part(shop, "HDMI-2M", "HDMI-kabel 2 m", ean="5701234567899")
    part(shop, "0361", "Amerikansk", ean="0036000291452")
    device(shop, "Sony", "VX-900/A")
    device(shop, "LG", "5701234567899")
    device(shop, "Philips", "ab12cd34")
    return shop


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("VX-900/A", ["VX-900/A"]), ("vx900a", ["VX-900/A"]), ("AB12CD34", ["ab12cd34"]), ("hdmi-2m", ["HDMI-2M"]),
        ("036000291452", ["0361"]), ("5701234567899", ["5701234567899", "HDMI-2M"]),
        ("VX-900", []), ("99999999", []), ("S9999", []), ("9" * 40, []), ("!!", []), ("", []),
    ],
)  # fmt: skip
def test_a_code_is_looked_up_exactly(desk: Session, code: str, found: list[object]) -> None:
    scanned = scanning.look_up(desk, code)
    assert told(scanned) == found
    assert not scanned.is_translated


def test_a_jobs_number_is_found_bare_and_as_our_own_label(desk: Session) -> None:
    sheet = job(desk, "TV uden billede")
    for code in (str(sheet.number), f"S{sheet.number}", f"s{sheet.number}"):
        assert scanning.look_up(desk, code).found == (ScannedJob(sheet.id or 0, sheet.number or 0),)


def test_a_reader_set_to_a_us_keyboard_finds_it_all_the_same(desk: Session) -> None:
    part(desk, "A_1", "Stik")
    device(desk, "Bosch", "E:77")
    assert scanning.product(desk, "HDMI+2M") is not None
    assert told(scanning.look_up(desk, "VX+900-A")) == ["VX-900/A"]


def test_only_products_go_into_the_quick_line(desk: Session) -> None:
    found = scanning.product(desk, "5701234567899")
    assert found is not None
    assert found.code == "HDMI-2M"
    assert scanning.product(desk, "VX-900/A") is None


def test_the_label_of_an_order_is_that_order(shop: Session) -> None:
    sells(shop)
    order = ordered(shop, repaired(shop))[0].row
    assert scanning.look_up(shop, f"O{order.number}").found == (ScannedOrder(order.id, order.number),)
    assert scanning.look_up(shop, f"o{order.number}").found == (ScannedOrder(order.id, order.number),)
    assert scanning.look_up(shop, "O99999").found == ()


def test_a_gs1_code_is_the_device_with_its_serial_or_its_product(desk: Session) -> None:
    device(desk, "Bosch", "FD9903-77")
    assert told(scanning.look_up(desk, "]d20105701234567899" + "21FD9903-77" + GS + "1012345")) == [
        "FD9903-77",
        "HDMI-2M",
    ]
    assert told(scanning.look_up(desk, GS + "0105701234567899")) == ["HDMI-2M"]


def test_a_telephone_is_found_by_its_number_with_and_without_its_check_digit(desk: Session) -> None:
    device(desk, "Samsung", "490154203237518")
    for form in ("490154203237518", "49015420323751", "4901542032375103"):
        assert told(scanning.look_up(desk, form)) == ["490154203237518"]
