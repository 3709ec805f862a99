"""What came faster than fingers: a bar-code reader, a paste without brackets, or commands typed ahead."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.scanning import Kind, Reading, as_us_keyboard, read_burst


def kind(text: str, *, are_letters_text: bool = False) -> Kind:
    return read_burst(text, are_letters_text=are_letters_text).kind


@pytest.mark.parametrize(
    "code",
    [
        "5701234567899", "96385074", "104217", "S104217", "dmpu123x", "V7000123", "dmpuxyz", "VX-900/A.1", "HDMI-KABEL",
        "570123 4567899", "]C10157012345678", "0B3X4711", "d12345678", "u1234567", "n5701234567899", "p241226",
        "a123456", "s104217", "111111", "ÆØÅ+1234",
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\r", "\t", "\n", "\r\n"])
def test_a_code_is_a_scan_whatever_letter_it_begins_with(code: str, end: str) -> None:
    assert read_burst(code + end) == Reading(Kind.SCAN, len(code) + len(end), code)


@pytest.mark.parametrize(
    "typed",
    [
        "nFjernsyn dødt\t", "nTænder ikke\tfr 930\ttv\t", "3nFørste\t", "/anden\r\r", "/status:venter\r", "j104217\r",
        "aanders\r", "sventer på dele\r", "p24/12 1400\r", "lnordisk\rd", "ckopi af sagen\t", "*asøren\ry",
        "tgaranti\r", "nngammel tv\r", "2nGalaxy S21\t", "iHøj prioritet\r", "  gGxanna\r",
    ],
)  # fmt: skip
def test_a_burst_of_commands_that_begins_to_write_stays_commands(typed: str) -> None:
    assert kind(typed) is Kind.KEYS


@pytest.mark.parametrize("typed", ["jjjjjjjjjj\r", "dddddd\r", "      \r", "xjjjjjjd\r", "kkkkjjjj\t", "GGGGGGG\r"])
def test_a_key_held_down_and_enter_behind_it_is_no_scan(typed: str) -> None:
    assert kind(typed) is Kind.KEYS


@pytest.mark.parametrize("typed", ["", "d", "d\r", "jjd\r", "3\r", "12345\r", "du", "5701234567899", "3\r igen\t"])
def test_what_is_short_or_has_no_end_is_keys(typed: str) -> None:
    assert kind(typed) is Kind.KEYS


@pytest.mark.parametrize(
    "text",
    [
        "Hello world\rsecond line\r", "d\ru\r", "dd\tuu\t", "Kunde\tEmne\r\nJensen\tTV\r\n", "du\rdd\r",
        "Hej\nmed dig\n", "nu er den her\r\nder er et problem\r\n", "se sag 123\r\nok\r\n", "p\nd\n",
        "Hvor er den?\r\r5 stk\r",
    ],
)  # fmt: skip
def test_lines_and_cells_pasted_without_brackets_are_a_paste(text: str) -> None:
    assert read_burst(text) == Reading(Kind.PASTE, len(text))


def test_a_line_alone_that_is_no_code_is_looked_up_and_runs_nothing() -> None:
    assert kind("dette er en linje\r") is Kind.SCAN


@pytest.mark.parametrize("text", ["Ringet til kunden\t", "hdmi kabel\r", "Hello\rworld\r"])
def test_where_letters_begin_to_write_only_codes_are_scans(text: str) -> None:
    assert kind(text, are_letters_text=True) is Kind.KEYS
    assert kind("5701234567899\r", are_letters_text=True) is Kind.SCAN


@pytest.mark.parametrize("typed", ["p24/12\r", "p26/3/27\r", "p26.3.2027\r", "p24.12.\r"])
def test_a_command_and_a_day_typed_ahead_are_no_scan(typed: str) -> None:
    assert kind(typed) is Kind.KEYS
    assert kind(typed.upper()) is Kind.SCAN


@given(st.text(string.ascii_uppercase + string.digits + "-./", min_size=6, max_size=30), st.sampled_from("\r\t"))
def test_a_code_never_runs_as_commands(code: str, end: str) -> None:
    held = any(letter * 4 in code for letter in string.ascii_uppercase + "-./")
    wanted = Kind.KEYS if held or (code.lstrip(string.digits + "G")[:1] == "/") else Kind.SCAN
    if code[0] not in "-./":
        assert kind(code + end) is wanted or kind(code + end) is Kind.SCAN


@given(st.text(min_size=0, max_size=40))
def test_what_is_taken_is_never_more_than_came(text: str) -> None:
    found = read_burst(text)
    assert 0 <= found.signs <= len(text)
    assert found.kind is not Kind.SCAN or (text.startswith(found.code) and found.signs == len(found.code) + 1)


@given(st.text(string.ascii_letters + "æøå ", min_size=1, max_size=40), st.sampled_from(["\r", "\t"]))
def test_a_new_job_typed_ahead_is_never_taken_for_a_scan(subject: str, end: str) -> None:
    assert kind(f"n{subject}{end}") is Kind.KEYS


def test_a_reader_set_to_a_us_keyboard_is_read_as_it_means_it() -> None:
    assert as_us_keyboard("VX+900-A") == "VX-900/A"
    assert as_us_keyboard("A?1Æ2æ3Ø4ö") == "A_1:2;3:4;"
