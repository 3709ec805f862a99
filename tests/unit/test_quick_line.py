"""The quick line: quantity, part and price as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.language.money import format_amount, format_quantity
from svc_tui.domain.language.quick_line import Reading, read_quick_line
from svc_tui.domain.text import clean_line


def first(typed: str, language: str = "da") -> tuple[int, str, int | None]:
    line = read_quick_line(typed, language)
    assert line.error is None
    return line.readings[0].quantity, line.readings[0].part, line.price


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("HDMI", (1000, "HDMI", None)), ("3x HDMI", (3000, "HDMI", None)), ("3 x HDMI", (3000, "HDMI", None)),
        ("2*hdmi", (2000, "hdmi", None)), ("1,5 × kabel", (1500, "kabel", None)), ("2xhdmi", (2000, "hdmi", None)),
        ("4x4 skruer", (1000, "4x4 skruer", None)), ("0x HDMI", (0, "HDMI", None)),
        ("3 stk hdmi", (3000, "hdmi", None)), ("3 stk. HDMI", (3000, "HDMI", None)),
        ("3stk hdmi", (3000, "hdmi", None)),
        ("2 st kabel", (2000, "kabel", None)), ("2 pcs cable", (2000, "cable", None)),
        ("hdmi x2", (2000, "hdmi", None)), ("hdmi x 2", (2000, "hdmi", None)), ("hdmi *2", (2000, "hdmi", None)),
        ("hdmi×2", (2000, "hdmi", None)), ("hdmi 2 stk", (2000, "hdmi", None)), ("hdmi 2x", (2000, "hdmi", None)),
        ("2x kabel à 149", (2000, "kabel", 14_900)), ("2x kabel a 149,50", (2000, "kabel", 14_950)),
        ("kabel @149", (1000, "kabel", 14_900)), ("kabel á 1.249,50 kr", (1000, "kabel", 124_950)),
        ("hdmi x2 à 99,-", (2000, "hdmi", 9_900)), ("3 stk hdmi à 0", (3000, "hdmi", 0)),
        ("kabel 149 kr.", (1000, "kabel", 14_900)), ("kabel 149,-", (1000, "kabel", 14_900)),
        ("5700000000056", (1000, "5700000000056", None)), ("2x 5700000000056", (2000, "5700000000056", None)),
        ("1/2 tomme rør", (1000, "1/2 tomme rør", None)), ("-1 grader føler", (1000, "-1 grader føler", None)),
        ("gummifod til Miele", (1000, "gummifod til Miele", None)), ("st", (1000, "st", None)),
    ],
)  # fmt: skip
def test_quantity_part_and_price(typed: str, read_as: tuple[int, str, int | None]) -> None:
    assert first(typed) == read_as


@pytest.mark.parametrize(
    ("typed", "language", "quantity", "names"),
    [
        ("1,5 time", "da", 1500, ["time"]), ("2 timer", "da", 2000, ["timer", "time"]),
        ("2t", "da", 2000, ["time"]), ("½ time", "da", 500, ["time"]), ("1½ time", "da", 1500, ["time"]),
        ("timer 2", "da", 2000, ["timer", "time"]), ("2x timer", "da", 2000, ["timer", "time"]),
        ("90 min", "da", 1500, ["time"]), ("45 minutter", "da", 750, ["time"]), ("20 min", "en", 333, ["hour"]),
        ("hour 1.5", "en", 1500, ["hour"]), ("2 hours", "en", 2000, ["hours", "hour"]), ("2 h", "en", 2000, ["hour"]),
        ("2 timmar", "sv", 2000, ["timmar", "timme"]), ("1,5 tim", "sv", 1500, ["tim", "timme"]),
        ("1,5 timer", "nb", 1500, ["timer", "time"]), ("2 hours", "da", 2000, ["hours", "hour", "time"]),
        ("2,5 timer installation", "da", 2500, ["installation"]), ("1 1/2 time", "da", 1500, ["time"]),
        ("1:30 time", "da", 1500, ["time"]), ("1t30", "da", 1500, ["time"]), ("1 time 45 min", "da", 1750, ["time"]),
        ("1h30", "en", 1500, ["hour"]), ("2 h 15 min", "en", 2250, ["hour"]),
        ("0:20 hours", "en", 333, ["hours", "hour"]), ("1:30 timer installation", "da", 1500, ["installation"]),
        ("1/2 time", "da", 500, ["time"]), ("1/2 hour", "en", 500, ["hour"]),
    ],
)  # fmt: skip
def test_hours_are_named_as_the_shop_names_them(typed: str, language: str, quantity: int, names: list[str]) -> None:
    readings = read_quick_line(typed, language).readings
    assert [reading.part for reading in readings] == names
    assert {reading.quantity for reading in readings} == {quantity}


def test_a_bare_number_is_tried_as_part_of_the_name_first() -> None:
    assert read_quick_line("hdmi 2", "da").readings == (Reading(1000, "hdmi 2"), Reading(2000, "hdmi"))
    assert read_quick_line("3 hdmi", "da").readings == (Reading(1000, "3 hdmi"), Reading(3000, "hdmi"))


@pytest.mark.parametrize(
    "typed",
    [
        "kabel à", "kabel à abc", "kabel à -5", "kabel a -5", "1.234 x kabel", "kabel x 1.234",
        "-1x kabel", "-2 stk kabel", "- 3 x kabel", "99999999999999999999x kabel", "kabel x99999999999999999999",
        "99999999999999999999 timer",
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_or_not_at_all_is_refused_and_nothing_is_guessed(typed: str) -> None:
    line = read_quick_line(typed, "da")
    assert line.error is not None
    assert line.error.field == "part"
    assert line.readings == (Reading(1000, typed),)


NAMES = st.lists(st.sampled_from(["hdmi", "kabel", "Gummifod", "Ærø", "USB-C"]), min_size=1, max_size=3).map(" ".join)
LANGUAGES = st.sampled_from(["da", "en", "nb", "sv"])
QUANTITIES = st.integers(1, 999_999)
PRICES = st.none() | st.integers(0, 10**9)


@given(
    NAMES,
    QUANTITIES,
    PRICES,
    LANGUAGES,
    st.sampled_from(["{n} x {part}", "{n} stk {part}", "{part} x{n}", "{n} pcs {part}"]),
)
def test_what_is_written_in_a_language_is_read_back(
    part: str, quantity: int, price: int | None, language: str, form: str
) -> None:
    number = format_quantity(quantity, language)
    typed = form.format(n=number, part=part) + ("" if price is None else f" à {format_amount(price, language)}")
    line = read_quick_line(typed, language)
    assert line.error is None
    assert (line.readings[0], line.price) == (Reading(quantity, part), price)


@given(st.text() | st.from_regex(r"[0-9 x×*½àa,.st]+"), LANGUAGES)
def test_every_text_has_a_reading(text: str, language: str) -> None:
    line = read_quick_line(text, language)
    assert line.readings
    assert all(reading.quantity >= 0 for reading in line.readings)
    assert line.error is None or line.readings == (Reading(1000, clean_line(text)),)
