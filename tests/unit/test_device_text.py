"""`brand model serial` in one line: which word is what, and that no model is taken for a serial number."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.device_text import KnownModel, NewDevice, looks_like_model, read_device
from svc_tui.domain.text import clean_line, words
from svc_tui.domain.transfer.shipped import fill, read_demo_words

READ: tuple[tuple[str, tuple[str, str, str]], ...] = (
    ("Samsung Galaxy S21", ("Samsung", "Galaxy S21", "")),
    ("iPad Air 2", ("iPad", "Air 2", "")),
    ("HP LaserJet M404dn", ("HP", "LaserJet M404dn", "")),
    ("Dell Latitude 5420", ("Dell", "Latitude 5420", "")),
    ("Samsung QE55 0F3A22", ("Samsung", "QE55", "0F3A22")),
    ("LG OLED55C3 804KXYZ12", ("LG", "OLED55C3", "804KXYZ12")),
    ("Samsung QE55Q70", ("Samsung", "QE55Q70", "")),
    ("Samsung QE55Q70 0A1B2C3D4E", ("Samsung", "QE55Q70", "0A1B2C3D4E")),
    ("Samsung QE65Q80TATXXC", ("Samsung", "QE65Q80TATXXC", "")),
    ("Philips HD8829/09", ("Philips", "HD8829/09", "")),
    ("Philips EP2220/10 TU902122345678", ("Philips", "EP2220/10", "TU902122345678")),
    ("Canon EOS 250D", ("Canon", "EOS 250D", "")),
    ("Sony WH-1000XM4", ("Sony", "WH-1000XM4", "")),
    ("Lenovo ThinkPad X1 Carbon Gen 9", ("Lenovo", "ThinkPad X1 Carbon Gen 9", "")),
    ("Lenovo ThinkPad T14 PF1ABCDE", ("Lenovo", "ThinkPad T14", "PF1ABCDE")),
    ("Bosch SMV46KX01E", ("Bosch", "SMV46KX01E", "")),
    ("Bosch WAT28661SN FD970512345", ("Bosch", "WAT28661SN", "FD970512345")),
    ("Siemens iQ500 WM14N2L7DN", ("Siemens", "iQ500 WM14N2L7DN", "")),
    ("Apple iPhone 13 Pro Max", ("Apple", "iPhone 13 Pro Max", "")),
    ("Apple iPhone 13 Pro 353912101234567", ("Apple", "iPhone 13 Pro", "353912101234567")),
    ("Apple iPhone 13 35 391210 123456 7", ("Apple", "iPhone 13", "35 391210 123456 7")),
    ("Apple iPhone 13 35-391210-123456-7", ("Apple", "iPhone 13", "35-391210-123456-7")),
    ("Apple MacBook Pro A1278 C02XL0AAJGH5", ("Apple", "MacBook Pro A1278", "C02XL0AAJGH5")),
    ("Samsung Galaxy S21 SM-G991B", ("Samsung", "Galaxy S21 SM-G991B", "")),
    ("Samsung Galaxy S21 R58M12ABCDE", ("Samsung", "Galaxy S21", "R58M12ABCDE")),
    ("Brother HL-L2350DW", ("Brother", "HL-L2350DW", "")),
    ("Acer Aspire 5 A515-56", ("Acer", "Aspire 5 A515-56", "")),
    ("Philips 55PUS8506", ("Philips", "55PUS8506", "")),
    ("Dell Latitude 7XK2JQ2", ("Dell", "Latitude", "7XK2JQ2")),
    ("HP ProBook 450 G8 5CD1234XYZ", ("HP", "ProBook 450 G8", "5CD1234XYZ")),
    ("Sony KD-49X SN-777-1234", ("Sony", "KD-49X", "SN-777-1234")),
    ("Sony 47110815", ("Sony", "", "47110815")),
    ("Sony 4711", ("Sony", "4711", "")),
    ("Bosch opvasker", ("Bosch", "opvasker", "")),
    ("Fladskærm", ("Fladskærm", "", "")),
    ("X99K", ("", "X99K", "")),
    ("0F3A22", ("", "", "0F3A22")),
    ("  Bang & Olufsen Beovision Eclipse 55   31234567 ", ("Bang & Olufsen", "Beovision Eclipse 55", "31234567")),
)


@pytest.mark.parametrize(("typed", "read_as"), READ)
def test_a_serial_number_is_taken_only_where_a_word_looks_like_one(typed: str, read_as: tuple[str, str, str]) -> None:
    assert read_device(typed) == read_as


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("Sony Bravia sn 4711", ("Sony", "Bravia", "4711")),
        ("Sony Bravia SN: 47 11", ("Sony", "Bravia", "47 11")),
        ("Sony Bravia s/n:A1", ("Sony", "Bravia", "A1")),
        ("Sony Bravia serial no. 12", ("Sony", "Bravia", "12")),
        ("Sony serienr. 12", ("Sony", "", "12")),
        ("Sony Serienummer S21", ("Sony", "", "S21")),
        ("Samsung Galaxy S21 imei 35 1", ("Samsung", "Galaxy S21", "35 1")),
        ("sn 4711", ("", "", "4711")),
        ("Sony Bravia sn", ("Sony", "Bravia sn", "")),
        ("Sony Bravia sn -", ("Sony", "Bravia sn -", "")),
    ],
)
def test_what_follows_sn_is_the_serial_number_whatever_it_looks_like(typed: str, read_as: tuple[str, str, str]) -> None:
    assert read_device(typed) == read_as


@pytest.mark.parametrize("typed", ["", "  ", "- ?", "\x07"])
def test_of_nothing_no_device_is_made(typed: str) -> None:
    assert read_device(typed) is None


def test_a_model_the_shop_has_had_in_is_no_serial_number() -> None:
    known = (KnownModel("Grundig", "Fine Arts 903411"), KnownModel("Harman Kardon", "AVR"))
    assert read_device("Grundig Fine Arts 903411", known) == ("Grundig", "Fine Arts 903411", "")
    assert read_device("Grundig 903411", known) == ("Grundig", "903411", "")
    assert read_device("Grundig 903412", known) == ("Grundig", "", "903412")
    assert read_device("harman kardon AVR 0F3A22", known) == ("harman kardon", "AVR", "0F3A22")


def test_after_a_known_model_a_number_may_look_like_a_model() -> None:
    assert read_device("Samsung Wiz R90ABC12") == ("Samsung", "Wiz R90ABC12", "")
    assert read_device("Samsung Wiz R90ABC12", (KnownModel("Samsung", "Wiz"),)) == ("Samsung", "Wiz", "R90ABC12")
    assert read_device("Samsung QE55Q70 R90ABC12") == ("Samsung", "QE55Q70", "R90ABC12")


DEVICES = read_demo_words("da").devices
KNOWN = [KnownModel(device.brand, device.model) for device in DEVICES]


@pytest.mark.parametrize("device", DEVICES, ids=lambda device: f"{device.brand} {device.model}")
def test_every_model_of_the_demo_shop_is_kept_and_its_serial_numbers_are_found(device: object) -> None:
    brand, model = device.brand, device.model  # type: ignore[attr-defined]
    bare = read_device(f"{brand} {model}")
    assert bare is not None
    assert bare.serial == ""
    assert bare.label == f"{brand} {model}"
    dice = Random(4711)
    for _ in range(50):
        serial = fill(device.serial, dice)  # type: ignore[attr-defined]
        assert read_device(f"{brand} {model} {serial}", KNOWN) == (brand, model, serial)


MARKS = {"sn", "s", "n", "snr", "serial", "imei", "no", "nr", "number", "nummer", "serie", "serienr", "serienummer"}


@given(st.lists(st.one_of(st.text(), st.sampled_from(["Sony", "S21", "0F3A22", "sn", "s/n:", "nr", "&", "-"]))))
def test_no_word_is_lost(texts: list[str]) -> None:
    text = clean_line(" ".join(texts))
    read = read_device(text)
    if read is not None:
        assert set(words(read.label)) <= set(words(text))
        assert set(words(text)) - set(words(read.label)) <= MARKS


@pytest.mark.parametrize("word", ["M404dn", "QE55Q70", "S21", "WAT28661SN", "43UR78006LK", "AVR-X2800H", "316BEE"])
def test_shapes_of_models(word: str) -> None:
    assert looks_like_model(word)


@pytest.mark.parametrize("word", ["0F3A22", "804KXYZ12", "CNB1234567", "C02XL0AAJGH5", "8714123456", "TC12345678"])
def test_shapes_of_serial_numbers(word: str) -> None:
    assert not looks_like_model(word)


def test_a_new_device_is_named_by_what_is_known_of_it() -> None:
    assert NewDevice("Sony", "", "4711").label == "Sony 4711"
