"""What contacts are found by: what is stored and what is asked are read by the same rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.contact_words import (
    asked_words,
    beginning_of_address,
    holds,
    is_whole_address,
    phone_forms,
    stored_words,
    vat_core,
)


def is_found(
    asked: str, *, name: str = "", email: str = "", phone: str = "", vat: str = "", country: str = "45"
) -> bool:
    stored = stored_words((name,), (email,), (phone,), vat, country)
    return any(holds(stored, wanted) for wanted in asked_words(asked, country).alternatives)


@pytest.mark.parametrize(
    "asked", ["birthe72@example.dk", "BIRTHE72@EXAMPLE.DK", "birthe72@", "birthe72@exam", "birthe72", "@example.dk"]
)
def test_an_address_with_a_digit_is_found(asked: str) -> None:
    assert is_found(asked, email="birthe72@example.dk")
    assert is_found(asked, email="post@firma.dk; birthe72@example.dk")


def test_a_whole_address_is_that_address_and_no_other() -> None:
    assert is_found("jens@jensen.dk", email="jens@jensen.dk")
    assert not is_found("jens@jensen.dk", name="Jens Jensen", email="post@example.dk")
    assert not is_found("jens@jensen.dk", email="jens@jensen.dkx")
    assert not is_found("jens@jensen.dk", email="jen@sjensen.dk")
    assert not is_found("jens@jensen.dk", email="anders.jens@jensen.dk")
    assert holds(stored_words((), ("jens@jensen.dk.example",)), beginning_of_address("jens@jensen.dk"))


@pytest.mark.parametrize(("text", "whole"), [("a@b.dk", True), ("a@b.d", False), ("a@b", False), ("a@", False)])
def test_an_address_is_whole_with_a_point_behind_the_at(text: str, whole: bool) -> None:
    assert is_whole_address(text) is whole


@pytest.mark.parametrize(
    ("name", "asked"),
    [("7-Eleven Vesterbro", "7-eleven"), ("7-Eleven Vesterbro", "7eleven"), ("7 Eleven", "7-eleven"),
     ("Kiosken 7-Eleven", "7-eleven"), ("Kiosken 7-Eleven", "7-el"), ("BS-84 Boligforening", "bs-84"),
     ("BS-84 Boligforening", "bs84"), ("BS 84", "bs-84"), ("A/S 3. Kreds", "3.kreds"), ("O'Hara", "ohara")],
)  # fmt: skip
def test_a_name_with_digits_and_punctuation_is_found_however_it_is_written(name: str, asked: str) -> None:
    assert is_found(asked, name=name)


@pytest.mark.parametrize("stored", ["DK27948122", "27948122", "DK 27 94 81 22", "27 94 81 22", "dk-27948122"])
@pytest.mark.parametrize("asked", ["DK27948122", "27948122", "DK 27 94 81 22", "27 94 81 22", "dk-27948122", "279481"])
def test_a_vat_number_is_found_with_and_without_letters_and_blanks(stored: str, asked: str) -> None:
    assert is_found(asked, vat=stored)


@pytest.mark.parametrize(
    ("stored", "asked"),
    [("NO 923 609 016 MVA", "923609016"), ("923609016MVA", "NO923609016"), ("923 609 016", "NO 923 609 016 MVA"),
     ("SE556677889901", "556677-8899"), ("556677889901", "SE556677889901"), ("GB 123 4567 89", "123456789"),
     ("GB123456789", "GB 123 4567 89"), ("ATU12345678", "u12345678")],
)  # fmt: skip
def test_vat_numbers_of_other_countries(stored: str, asked: str) -> None:
    assert is_found(asked, vat=stored)


def test_a_vat_number_with_its_letters_is_no_phone() -> None:
    assert vat_core("DK27948122") == "27948122"
    assert not is_found("DK27948122", phone="27 94 81 22")
    assert is_found("27948122", phone="27 94 81 22")


@pytest.mark.parametrize(
    "cell",
    ["20 12 34 56 / 31 12 34 57", "20123456/31123457", "20 12 34 56, 31 12 34 57", "20123456 31123457",
     "20 12 34 56 31 12 34 57", "+45 20 12 34 56 +45 31 12 34 57", "20123456 el. 31123457",
     "Tlf. 20 12 34 56 mobil: 31 12 34 57", "20 12 34 56 - 31 12 34 57", "20-12-34-56; 0045 31123457",
     "(+45) 20123456 (+45) 31123457", "+4520123456+4531123457", "20123456 0045 31123457"],
)  # fmt: skip
@pytest.mark.parametrize("asked", ["20123456", "31 12 34 57", "+45 31123457", "004531123457", "3112", "4531123457"])
def test_each_number_in_one_cell_is_found(cell: str, asked: str) -> None:
    assert is_found(asked, phone=cell)


@pytest.mark.parametrize("asked", ["20 12 34 56 / 31 12 34 57", "31123457/20123456", "20123456 31123457"])
def test_a_whole_cell_is_found_too(asked: str) -> None:
    assert is_found(asked, phone="20 12 34 56 / 31 12 34 57")


def test_numbers_elsewhere() -> None:
    assert phone_forms("070-123 45 67 / 031-765 43 21", "46") == ["701234567", "317654321"]
    assert phone_forms("0161 496 0234", "44") == ["1614960234"]
    assert phone_forms("0461/12345", "49") == ["46112345"]
    assert phone_forms("ring", "45") == []


def test_noughts_in_a_number_begin_no_other_one() -> None:
    assert phone_forms("+45 64 46 35 21 / 67 95 00 58", "45") == ["64463521", "67950058"]
    assert phone_forms("20 12 00 56", "45") == ["20120056"]


def test_a_country_code_is_not_the_beginning_of_a_number() -> None:
    assert not is_found("+45 12", phone="45 12 99 99")
    assert is_found("45 12", phone="45 12 99 99")


@pytest.mark.parametrize(
    "asked", ["00/123456789", "00123456789", "SN-47 11/a", "sn4711a", "35-123456-123456-1", "35 123456 1234561"]
)
def test_numbers_with_noughts_in_front_are_not_only_phones(asked: str) -> None:
    from svc_tui.domain.contact_words import serial_words

    stored = serial_words("00/123456789") | serial_words("SN-4711/A") | serial_words("35-123456-123456-1")
    assert any(holds(stored, wanted) for wanted in asked_words(asked, "45").alternatives)


@given(st.text(min_size=1), st.sampled_from(["name", "email", "vat"]))
def test_whatever_is_stored_is_found_by_itself(text: str, where: str) -> None:
    from svc_tui.domain.text import clean_line

    text = clean_line(text)
    asked = asked_words(text, "45").alternatives
    if asked and "@" not in text:
        assert is_found(text, **{where: text})


@given(st.emails())
def test_every_address_is_found_by_itself(address: str) -> None:
    if is_whole_address(address) and not set("(),;<>|/ ") & set(address):
        assert is_found(address, email=address)
        assert is_found(address, email=f"first@example.dk, {address}")
