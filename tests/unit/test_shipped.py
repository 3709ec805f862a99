"""What a new shop starts with, in every language, and the words of the demo shop."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path
from random import Random

import pytest

from svc_tui.domain.records import LineKind, Stage
from svc_tui.domain.transfer import shipped
from svc_tui.domain.transfer.shipped import LANGUAGES, DemoWords, fill, read_demo_words, read_registers

COLOURS = {"red", "green", "yellow", "blue", "magenta", "cyan", "white"}


def first_that_fits(names: list[str], typed: str) -> str:
    return next(name for name in names if name.casefold().startswith(typed))


def test_danish_registers_have_the_names_of_the_main_job() -> None:
    registers = read_registers("da")

    assert [(row.code, row.name) for row in registers.lists] == [
        ("product", "Produktservice"),
        ("customer", "Kundeservice"),
    ]
    stages = {status.name: status.stage for status in registers.statuses}
    assert stages["Ubehandlet"] is Stage.READY
    assert stages["Venter på dele"] is Stage.WAITING
    assert stages["Udført"] is Stage.DONE
    assert "TV-Service" in [row.name for row in registers.types if "product" in row.lists]


def test_one_letter_reaches_what_the_main_job_needs() -> None:
    registers = read_registers("da")
    statuses = [row.name for row in registers.statuses if "product" in row.lists]
    types = [row.name for row in registers.types if "product" in row.lists]

    assert first_that_fits(statuses, "v") == "Venter på dele"
    assert first_that_fits(statuses, "u") == "Ubehandlet"
    assert first_that_fits(types, "t") == "TV-Service"


@pytest.mark.parametrize("language", LANGUAGES)
def test_registers_hold_together(language: str) -> None:
    registers = read_registers(language)
    lists = {row.code for row in registers.lists}
    statuses = {row.key: row for row in registers.statuses}

    for row in registers.types:
        assert row.lists
        assert set(row.lists) <= set(statuses[row.default_status].lists) <= lists
        assert row.default_duration > 0
        assert row.colour in COLOURS
    for code in lists:
        shown = [row for row in registers.statuses if code in row.lists]
        assert {row.stage for row in shown} == set(Stage) - {Stage.NONE}
        assert len({row.name for row in shown}) == len(shown)
    assert [row.stage for row in registers.statuses if row.done_key] == [Stage.DONE]
    assert [row.key for row in registers.priorities if row.default] == ["normal"]
    assert len({row.rank for row in registers.priorities}) == len(registers.priorities)
    assert LineKind.HOURS in {row.kind for row in registers.products}
    assert all(row.price > 0 and row.code.isascii() for row in registers.products)
    assert {row.role for row in registers.employees} == {"counter", "technician", "supervisor", "administrator"}
    assert len({row.initials for row in registers.employees}) == len(registers.employees)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_ships_the_same_registers(language: str) -> None:
    ours, danish = read_registers(language), read_registers("da")

    assert [row.code for row in ours.lists] == [row.code for row in danish.lists]
    assert [(row.key, row.stage, row.lists, row.done_key) for row in ours.statuses] == [
        (row.key, row.stage, row.lists, row.done_key) for row in danish.statuses
    ]
    assert [
        (row.key, row.lists, row.default_status, row.responsible_required, row.customer_required) for row in ours.types
    ] == [
        (row.key, row.lists, row.default_status, row.responsible_required, row.customer_required)
        for row in danish.types
    ]
    assert [(row.key, row.rank, row.default) for row in ours.priorities] == [
        (row.key, row.rank, row.default) for row in danish.priorities
    ]


def test_money_is_read_as_whole_minor_units() -> None:
    registers = read_registers("da")

    assert registers.company.vat == 2500
    assert {row.code: row.price for row in registers.products}["TIME"] == 64500


def test_a_language_without_registers_gets_the_english_ones() -> None:
    assert read_registers("de").language == "en"
    assert read_registers("../da").language == "en"


def test_the_danish_demo_shop_is_large_enough_to_be_believed() -> None:
    words = read_demo_words("da")

    assert len(set(words.first_names)) >= 150
    assert len(set(words.surnames)) >= 150
    assert len(set(words.streets)) >= 80
    assert len(set(words.towns)) >= 100
    assert len({part.code for part in words.parts}) == len(words.parts) >= 60
    assert len({(device.brand, device.model) for device in words.devices}) >= 50
    assert len(words.faults) >= 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_demo_words_hold_together(language: str) -> None:
    words = read_demo_words(language)
    parts = {part.code for part in words.parts}
    things = {(device.kind, device.thing) for device in words.devices}
    types = {row.key for row in read_registers(language).types if "customer" in row.lists}

    assert {device.kind for device in words.devices} == set(words.kinds)
    assert {part.supplier for part in words.parts} <= {supplier.key for supplier in words.suppliers}
    assert all(supplier.ean_prefix.startswith("29") for supplier in words.suppliers)
    assert all(domain.endswith(".example") for domain in words.email_domains)
    assert {case.type for case in words.customer_cases} == types
    for fault in words.faults:
        assert set(fault.parts) <= parts
        assert {(fault.kind, thing) for thing in fault.things} <= things
        assert set(fault.brands) <= {device.brand for device in words.devices if device.thing in fault.things}
        assert fault.hours > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_device_has_a_fault_that_its_brand_can_have(language: str) -> None:
    words = read_demo_words(language)

    for device in words.devices:
        assert [
            fault
            for fault in words.faults
            if device.thing in fault.things and (not fault.brands or device.brand in fault.brands)
        ], device


def test_a_part_is_priced_and_numbered_by_its_supplier() -> None:
    words = read_demo_words("da")
    cable = next(part for part in words.parts if part.code == "HDMI-2M")

    assert cable.price == 12900
    assert cable.ean_prefix == next(row.ean_prefix for row in words.suppliers if row.key == cable.supplier)


def test_a_language_borrows_the_sections_it_lacks() -> None:
    norwegian, danish = read_demo_words("nb"), read_demo_words("da")

    assert norwegian.towns != danish.towns
    assert norwegian.faults == danish.faults
    assert read_demo_words("en").devices[0].serial == danish.devices[0].serial
    assert read_demo_words("en").faults[0].subject == "TV does not turn on"


def test_the_same_seed_fills_a_pattern_the_same_way() -> None:
    serial = fill("5CD####-?*", Random(1))

    assert serial == fill("5CD####-?*", Random(1))
    assert serial.startswith("5CD")
    assert serial[3:7].isdigit()
    assert serial[8].isalpha()
    assert not set("IOQ") & set(serial)


def test_records_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        read_registers("da").language = "en"  # type: ignore[misc]  # that it is refused is the test


def test_the_data_of_an_installed_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "svc_tui"
    package.mkdir()
    monkeypatch.setattr(shipped, "_PACKAGE", package)
    assert shipped.data_folder() == tmp_path / "data"

    (package / "data").mkdir()
    assert shipped.data_folder() == package / "data"


def all_texts(words: DemoWords) -> list[str]:
    return [
        *words.first_names,
        *words.surnames,
        *words.streets,
        *words.note_sentences,
        *(town.name for town in words.towns),
        *(text for fault in words.faults for text in (fault.subject, fault.told, fault.found, fault.remedy)),
        *(text for case in words.customer_cases for text in (case.subject, case.note, case.answer)),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_carries_stray_space(language: str) -> None:
    for text in all_texts(read_demo_words(language)):
        assert text
        assert text == text.strip()
        assert text.isprintable()
