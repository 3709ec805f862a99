"""Text from people and files: cleaned where it enters, harmless where it is drawn, found however it is spelled."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from svc_tui.domain.text import (
    clean_line,
    clean_text,
    initials,
    looks_like_phone,
    phone_digits,
    search_key,
    shown,
    shown_text,
    words,
)

NASTY = (
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\x9d52;c;aGk=\x9c",
    "\x9b2J",
    "\x1bc",
    "\x00\x07\x7f",
    "\u202e\u2066",
    "\u200b\u2060\ufeff\u00ad",
    "\U000e0041\U000e007f",
    "\ue000",
    "\ud800",
    "\u0301" * 9,
    "\u200d\ufe0f",
    "👩\u200d🔧",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "🇩🇰🇸🇪",
    "👍🏽",
    "\r\n\t\v\u2028",
    "\u2329",
    "\u3000",
    "a\u030a",
    "[/x] [b]",
    "修理",
)
any_text = st.lists(
    st.sampled_from(NASTY) | st.text(st.characters(min_codepoint=0, max_codepoint=sys.maxunicode)), max_size=12
).map("".join)


@given(any_text, st.integers(min_value=1, max_value=40))
@example("\u2329\ufe0f", 300)
@example("1\ufe0f\u20e3", 2)
def test_cleaning_twice_is_cleaning_once(text: str, limit: int) -> None:
    once = clean_line(text, limit)
    assert clean_line(once, limit) == once
    lines = clean_text(text, limit)
    assert clean_text(lines, limit) == lines


@given(any_text)
def test_cleaned_text_is_drawn_unchanged_and_reaches_either_database(text: str) -> None:
    line = clean_line(text)
    assert shown(line) == line
    assert shown_text(clean_text(text)) == clean_text(text)
    line.encode("utf-8")
    assert unicodedata.is_normalized("NFC", line)
    assert "\n" not in line
    assert len(line) <= 300


@given(any_text)
def test_nothing_drawn_can_steer_the_terminal(text: str) -> None:
    for letter in shown(text):
        assert letter in "\u200d" or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("  Skærm  [/x] [b]fed[/b]  ", "Skærm  [/x] [b]fed[/b]"),
        ("a\x1b[1;31mb\x1b[0mc", "abc"),
        ("a\x1b]52;c;ZXZpbA==\x07b", "ab"),
        ("a\x1b]0;title\x1b\\b", "ab"),
        ("a\x9d0;title\x9cb", "ab"),
        ("never closed \x1b]0;text stays", "never closed 0;text stays"),
        ("\u202egro\u202c.exe", "gro.exe"),
        ("Je\u200bns\u00aden\ufeff", "Jensen"),
        ("one\ttwo\r\nthree", "one two  three"),
        ("A\u030arhus", "Århus"),
        ("hvid\u00a0TV", "hvid TV"),
        ("👩\u200d🔧 ❤\ufe0f 1\ufe0f\u20e3 🇩🇰", "👩\u200d🔧 ❤\ufe0f 1\ufe0f\u20e3 🇩🇰"),
        ("a\u200db\ufe0f", "ab"),
        ("修理 テレビ", "修理 テレビ"),
        ("Z" + "\u0335" * 30 + "a", "Z" + "\u0335" * 4 + "a"),
        ("flag\U000e0067\U000e007f\ue000\ud83d", "flag"),
    ],
)
def test_a_line_keeps_what_people_wrote_and_nothing_else(entered: str, kept: str) -> None:
    assert clean_line(entered) == kept


def test_a_note_keeps_its_lines() -> None:
    assert clean_text(" one\r\ntwo\rthree\u2028\x1b[2Jfour\n\n") == "one\ntwo\nthree\nfour"


@pytest.mark.parametrize(
    ("entered", "limit", "kept"),
    [
        ("abcdef", 3, "abc"),
        ("abc def", 4, "abc"),
        ("ab👩\u200d🔧", 4, "ab"),
        ("ab👍🏽", 3, "ab"),
        ("🇩🇰🇸🇪", 3, "🇩🇰"),
        ("abx\u0335\u0336", 4, "ab"),
    ],
)
def test_a_long_line_is_cut_between_whole_signs(entered: str, limit: int, kept: str) -> None:
    assert clean_line(entered, limit) == kept


def test_old_data_is_shown_with_dots() -> None:
    assert shown("a\x1b[31mb\u202e\n") == "a·[31mb··"
    assert shown_text("a\x07\nb") == "a·\nb"


@given(any_text)
def test_a_search_key_is_its_own_key(text: str) -> None:
    key = search_key(text)
    assert search_key(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Åse", "aase"),
        ("ÅSE", "A\u030ase"),
        ("Søn", "SOEN"),
        ("Bjørn", "Björn"),
        ("Bäck", "Bæck"),
        ("Café  é", "cafe e"),
        ("Straße", "STRASSE"),
        ("Łódź", "lodz"),
        ("ＴＶ", "tv"),
        ("Jensen\u00a0& Søn", " jensen &\tsøn "),
        ("❤\ufe0f", "❤"),
        ("Ǻ", "aa"),
    ],
)
def test_spellings_find_each_other(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_letters_that_differ_stay_apart() -> None:
    assert search_key("Hansen") != search_key("Hånsen")


def test_words_are_runs_of_letters_and_digits() -> None:
    assert words("Jensen & Søn ApS (HDMI-2M)_x") == ["jensen", "soen", "aps", "hdmi", "2m", "x"]


@pytest.mark.parametrize(
    "written", ["+45 12 34-56.78", "0045 12345678", "12345678", "(+45) 12 34 56 78", "45 12345678"]
)
def test_one_phone_number_has_one_key(written: str) -> None:
    assert phone_digits(written) == "12345678"


@pytest.mark.parametrize(
    ("written", "country", "digits"),
    [
        ("+46 (0)8-123 456", "45", "468123456"),
        ("+46 8-123 456", "46", "8123456"),
        ("08-123 456", "46", "8123456"),
        ("0046 08 123 456", "46", "8123456"),
        ("45 12 34 56", "45", "45123456"),
        ("+47 22 33 44 55", "45", "4722334455"),
        ("ring", "45", ""),
    ],
)
def test_foreign_numbers_keep_their_country(written: str, country: str, digits: str) -> None:
    assert phone_digits(written, country) == digits


@pytest.mark.parametrize("text", ["1234", "+45 12 34-56.78", "(08) 12/34 56"])
def test_phone_numbers_are_recognised(text: str) -> None:
    assert looks_like_phone(text)


@pytest.mark.parametrize("text", ["", "123", "12 ab", "SN1234567", "1" * 18, "٣٤٥٦٧"])
def test_other_text_is_no_phone_number(text: str) -> None:
    assert not looks_like_phone(text)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Holm", "AH"),
        ("anne-marie holm", "AMH"),
        ("Åse Bo Carl Dam", "ÅBD"),
        ("Bo", "BO"),
        ("Ib O'Hara 2", "IO"),
        ("  ", ""),
    ],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected
