"""Money and quantities: read the way each language writes them, never guessed, never rounded on the way in."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.errors import Invalid
from svc_tui.domain.language.money import (
    LARGEST_AMOUNT,
    LARGEST_QUANTITY,
    format_amount,
    format_percent,
    format_quantity,
    line_total,
    parse_amount,
    parse_percent,
    parse_quantity,
    plain_decimal,
    plain_quantity,
    vat_of,
)

languages = st.sampled_from(["da", "en", "nb", "sv"])
amounts = st.integers(-LARGEST_AMOUNT + 1, LARGEST_AMOUNT - 1)
quantities = st.integers(-LARGEST_QUANTITY + 1, LARGEST_QUANTITY - 1)


@given(amounts, languages, st.sampled_from(["{}", "kr. {}", "{} kr", " {} DKK ", "€{}"]))
def test_an_amount_shown_and_read_again_is_the_same(minor: int, language: str, written: str) -> None:
    assert parse_amount(written.format(format_amount(minor, language)), language) == minor


@given(amounts, languages)
def test_the_form_for_machines_is_read_in_every_language(minor: int, language: str) -> None:
    assert parse_amount(plain_decimal(minor, 2), language) == minor


@given(quantities, languages)
def test_a_quantity_shown_and_read_again_is_the_same(thousandths: int, language: str) -> None:
    assert parse_quantity(format_quantity(thousandths, language), language) == thousandths


@given(st.integers(0, 10_000), languages)
def test_a_percentage_shown_and_read_again_is_the_same(basis_points: int, language: str) -> None:
    assert parse_percent(format_percent(basis_points, language), language) == basis_points


@given(st.text() | st.text("0123456789., -'kr€"), languages)
def test_any_text_is_read_or_refused_with_a_sentence(text: str, language: str) -> None:
    for parse in (parse_amount, parse_quantity, parse_percent):
        refusal = _refusal(parse, text, language)
        assert refusal is None or refusal.sentence().endswith(".")


def _refusal(parse: Callable[[str, str], int], text: str, language: str) -> Invalid | None:
    try:
        parse(text, language)
    except Invalid as refusal:
        return refusal
    return None


@pytest.mark.parametrize(
    ("text", "language", "minor"),
    [
        ("129", "da", 12900),
        ("1.234,50", "da", 123450),
        ("1,234.50", "da", 123450),
        ("1.234,50", "en", 123450),
        ("1 234,50", "nb", 123450),
        ("1\u00a0234,50", "sv", 123450),
        ("1\u202f234\u202f567", "sv", 123456700),
        ("1'234.50", "en", 123450),
        ("12.5", "da", 1250),
        ("12,5", "en", 1250),
        ("1.234", "da", 123400),
        ("1.234", "nb", 123400),
        ("1,234", "en", 123400),
        ("1.234.567", "en", 123456700),
        ("129,-", "da", 12900),
        ("129:-", "sv", 12900),
        ("kr. 129,00", "da", 12900),
        ("-12 kr", "da", -1200),
        ("kr −12,50", "nb", -1250),
        ("+3", "da", 300),
        (",5", "da", 50),
        ("129,", "da", 12900),
        ("129,0000", "da", 12900),
        ("129.5000", "da", 12950),
        ("0", "da", 0),
    ],
)
def test_amounts_are_read_as_the_language_writes_them(text: str, language: str, minor: int) -> None:
    assert parse_amount(text, language) == minor


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", "da"),
        ("kr.", "da"),
        ("1.234", "en"),
        ("1,234", "da"),
        ("12,345", "sv"),
        ("129,0001", "da"),
        ("0.500", "da"),
        ("12 34", "da"),
        ("1.23.456", "da"),
        ("1.234 567,00", "nb"),
        ("1,2,3", "en"),
        ("--1", "da"),
        ("1-", "da"),
        ("=1+1", "da"),
        ("12a", "da"),
        ("1e5", "da"),
        ("0x10", "da"),
        ("NaN", "da"),
        ("inf", "en"),
        ("١٢", "da"),
        ("12 kr 50", "da"),
        ("100.000.000.000", "da"),
        ("9" * 5000, "da"),
        ("[red]1[/]", "da"),
        ("1\x1b[31m2", "da"),
    ],
)
def test_what_is_no_amount_is_refused_with_the_field_it_concerns(text: str, language: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_amount(text, language, field="price")
    assert refusal.value.field == "price"
    assert "\x1b" not in str(refusal.value)


@pytest.mark.parametrize(("text", "language"), [("1.234", "da"), ("1,500", "en")])
def test_a_quantity_that_can_be_read_in_two_ways_is_refused_with_both(text: str, language: str) -> None:
    with pytest.raises(Invalid, match=r"Write 1\d{3} or 1[.,]\d{3}\."):
        parse_quantity(text, language)


@pytest.mark.parametrize(
    ("text", "language", "thousandths"),
    [("1", "da", 1000), ("1,5", "da", 1500), ("0.125", "da", 125), ("1,234", "da", 1234), ("-2", "en", -2000)],
)
def test_quantities_have_three_decimals(text: str, language: str, thousandths: int) -> None:
    assert parse_quantity(text, language) == thousandths


def test_quantities_and_percentages_have_limits() -> None:
    for text in ("1000000000", "1,2345"):
        with pytest.raises(Invalid):
            parse_quantity(text, "da")
    for text in ("100,01", "-1", "1,005", "12.345"):
        with pytest.raises(Invalid):
            parse_percent(text, "da")
    assert parse_percent("12,5 %", "da") == 1250


def test_each_language_has_its_form() -> None:
    assert [format_amount(-123456750, language) for language in ("da", "en", "nb", "sv")] == [
        "-1.234.567,50",
        "-1,234,567.50",
        "-1 234 567,50",
        "-1 234 567,50",
    ]
    assert [format_quantity(1_234_500, language) for language in ("da", "en")] == ["1234,5", "1234.5"]


def test_the_form_for_machines() -> None:
    assert [plain_decimal(12900, 2), plain_decimal(-5, 2), plain_decimal(7, 0)] == ["129.00", "-0.05", "7"]
    assert [plain_quantity(number) for number in (1000, 1500, 0, -250, 100_000)] == ["1", "1.5", "0", "-0.25", "100"]


@given(st.integers(-(10**7), 10**7), st.integers(-(10**6), 10**6), st.integers(0, 10_000))
def test_a_line_total_is_exact_to_half_a_minor_unit_and_symmetric(quantity: int, price: int, discount: int) -> None:
    total = line_total(quantity, price, discount)
    exact = Fraction(quantity * price * (10_000 - discount), 10_000_000)
    assert abs(total - exact) <= Fraction(1, 2)
    assert line_total(-quantity, price, discount) == -total


def test_halves_are_rounded_away_from_zero() -> None:
    assert line_total(500, 1, 0) == 1
    assert line_total(-500, 1, 0) == -1
    assert vat_of(2, 2500) == 1
    assert vat_of(-2, 2500) == -1
    assert vat_of(12900, 2500) == 3225


def test_a_total_the_books_cannot_hold_is_refused() -> None:
    with pytest.raises(Invalid, match="Lower the quantity or the price"):
        line_total(LARGEST_QUANTITY - 1, LARGEST_AMOUNT - 1, 0)
