"""Contacts, products and devices by keys, on the real program at a VT220 of 80 by 24."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.desk import Desk


@pytest.fixture
def desk(shop: Path) -> Iterator[Desk]:
    with Desk(shop, term="vt220") as found:
        yield found


@pytest.mark.parametrize(("digit", "name"), [("7", "Contacts"), ("8", "Products"), ("0", "Devices")])
def test_a_digit_leads_there_and_back(desk: Desk, digit: str, name: str) -> None:
    desk.press(digit)
    desk.program.wait_until(lambda: desk.title.startswith(desk.told(name)), what="the list")
    desk.press("1")
    desk.program.wait_until(lambda: desk.title.startswith("Produktservice"), what="the first list")


def test_a_contact_is_made_found_retired_and_brought_back(desk: Desk) -> None:
    desk.press("7", "n")
    desk.press("Zenia Zoffmann<Tab>20304050<Tab>", "<F2>")
    desk.program.wait_until(lambda: "Zenia Zoffmann" in desk.text(), what="the new contact")
    desk.press("/zoff<Enter>", "<Del>", desk.told("y"))
    nothing = desk.told("No contact matches the filter. Esc clears it.")
    desk.program.wait_until(lambda: nothing in desk.text(), what="none")
    desk.press("u")
    desk.program.wait_until(lambda: "20304050" in desk.text(), what="the contact again")


def test_two_devices_are_made_one_and_two_again(desk: Desk) -> None:
    desk.press("0", "n", "Sony<Tab>XR-55<Tab>A123<F2>", "n", "Sony<Tab>XR-56<Tab>A124<F2>")
    desk.program.wait_until(lambda: "A124" in desk.text(), what="both")
    desk.press("/xr<Enter>", "<Home>", "  M")
    desk.program.wait_until(lambda: "* XR" in desk.text(), what="what becomes of both")
    desk.press("<F2>")
    desk.program.wait_until(lambda: ("A124" in desk.text()) is not ("A123" in desk.text()), what="one")
    desk.press("u", desk.told("y"))
    desk.program.wait_until(lambda: "A124" in desk.text() and "A123" in desk.text(), what="two again")


@pytest.mark.parametrize("digit", ["7", "8", "0"])
def test_a_key_costs_no_more_bytes_than_in_the_list_of_jobs(demo: Path, digit: str) -> None:
    with Desk(demo, user="AH") as desk:
        desk.press(digit)
        assert len(desk.program.bytes_for("<Down>")) <= 250
        assert len(desk.program.bytes_for("<PgDn>")) <= 4_500
        assert desk.program.bytes_for("") == b""
