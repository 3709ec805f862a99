"""No text that anybody writes where a number, a date or an amount is read raises anything but a refusal."""

from __future__ import annotations

import ast
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svc_tui.domain.errors import DomainError
from svc_tui.domain.filters.filter_words import vocabulary_for
from svc_tui.domain.filters.filters import parse
from svc_tui.domain.language import dates, money, quick_line
from svc_tui.domain.numbers import LARGEST, MOST_DIGITS, is_too_long, read_number, whole_number
from svc_tui.domain.orders.terms import days_to_pay
from svc_tui.domain.transfer import file_numbers, imports, spreadsheet

NOW = datetime(2026, 11, 30, 12)
DIGITS = ["9" * count for count in (1, 2, 3, 4, 5, 9, 10, 18, 19, 20, 40, 400, 5_000)]
PIECES = [
    *DIGITS, *"-+.,:/ #<>%=²٣१x", "..", "w", "u", "uge ", "week", "d", "m", "jan", "fr ", "dec", "0", "00", "-1", "1e",
    "E+", "NaN", "inf", "number:", "start:", "created:<", "late:", "part:", "status:", "2026", "12", "stk ", " à ",
    "timer ", " x", " kr", "DKK ",
]  # fmt: skip
FORMS = ("{}", "+{}", "-{}", "+{}w", "{}%", "1,{}", "{}..{}", "01.01.{}", "{}-01-01", "nr:{}", "{} x", "1e{}")
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=7).map("".join)
READERS: dict[str, Callable[[str], object]] = {
    "date": lambda text: dates.parse_date(text, NOW, "da"),
    "date asked for": lambda text: dates.parse_date(text, NOW, "en", "back"),
    "period": lambda text: dates.parse_period(text, NOW, "da"),
    "time": dates.parse_time,
    "typed": lambda text: dates.parse_typed(text, NOW, "da"),
    "when": lambda text: dates.parse_when(text, NOW, "en"),
    "amount": lambda text: money.parse_amount(text, "da"),
    "quantity": lambda text: money.parse_quantity(text, "en"),
    "percent": lambda text: money.parse_percent(text, "da"),
    "amount of a file": lambda text: file_numbers.amount(text, comma=True, field="price"),
    "quantity of a file": lambda text: file_numbers.quantity(text, comma=False, field="stock"),
    "VAT of a file": lambda text: file_numbers.vat_rate(text, comma=True, field="vat"),
    "spreadsheet": lambda text: spreadsheet.bar_code(text),
    "contact number": imports.contact_number,
    "whole number": lambda text: read_number(text, "width", largest=9_999),
    "days to pay": days_to_pay,
    "quick line": lambda text: quick_line.read_quick_line(text, "da"),
    "filter": lambda text: parse(text, vocabulary_for("da"), NOW, "da"),
}


@pytest.mark.parametrize("reader", READERS)
@settings(deadline=None)
@given(text=TEXTS)
def test_no_text_raises_anything_but_a_refusal(reader: str, text: str) -> None:
    with suppress(DomainError):
        READERS[reader](text)


@pytest.mark.parametrize("reader", READERS)
def test_a_number_of_any_length_is_read_or_refused(reader: str) -> None:
    for digits in DIGITS:
        for form in FORMS:
            with suppress(DomainError):
                READERS[reader](form.format(digits, digits))


def test_a_whole_number_is_of_few_plain_digits() -> None:
    assert whole_number("0010432") == 10432
    assert whole_number("9" * MOST_DIGITS) == LARGEST < 2**63
    assert [whole_number(text) for text in ("", "-1", "1.0", "²", "٣", "9" * 19, "9" * 5_000, "x")] == [None] * 8
    assert whole_number("101", 100) is None
    assert is_too_long("9" * 19)
    assert not is_too_long("x" * 19)


SCREENS = Path(__file__).parents[2] / "svc_tui" / "screens"
BARE = {"int", "float", "Decimal"}


def test_no_field_is_read_by_what_raises_anything_but_a_refusal() -> None:
    found = {
        f"{path.name}:{call.lineno}"
        for path in SCREENS.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and any(isinstance(given, ast.Name) and given.id in BARE for given in call.args)
        and not (isinstance(call.func, ast.Name) and call.func.id in ("isinstance", "map"))
    }  # fmt: skip
    assert found == set()
