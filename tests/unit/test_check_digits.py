"""Check digits of real numbers, and that a digit mistyped is noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.orders import check_digits as checks

GOOD: list[tuple[Callable[[str], bool], str]] = [
    (checks.is_cvr, "13585628"),
    (checks.is_norwegian_company, "974760673"),
    (checks.is_swedish_company, "2021000175"),
    (checks.is_iban, "DK50 0040 0440 1162 43"),
    (checks.is_iban, "NO93 8601 1117 947"),
    (checks.is_gtin, "5701234567899"),
    (checks.is_gtin, "96385074"),
    (checks.is_imei, "490154203237518"),
]


@pytest.mark.parametrize(("good", "number"), GOOD)
def test_a_number_as_it_is_printed(good: Callable[[str], bool], number: str) -> None:
    assert good(number)


@pytest.mark.parametrize(("good", "number"), GOOD)
def test_a_digit_mistyped_is_noticed(good: Callable[[str], bool], number: str) -> None:
    wrong = [
        number[:place] + digit + number[place + 1 :]
        for place, right in enumerate(number)
        if right.isdigit()
        for digit in "0123456789"
        if digit != right
    ]
    assert [code for code in wrong if good(code)] == []


@pytest.mark.parametrize(("good", "number"), GOOD)
@pytest.mark.parametrize("text", ["", "1", "abc", "１３５８５６２８", "12345678901234567890123456789012345678", "²³"])
def test_what_is_no_number_is_none(good: Callable[[str], bool], number: str, text: str) -> None:
    assert not good(text)


def test_payment_references() -> None:
    assert checks.fik71(1) == "000000000000018"
    assert checks.fik71(2) == "000000000000026"
    assert checks.fik75(1) == "0000000000000018"
    assert checks.kid("100241") == "1002419"
    assert checks.ocr("100241")[:-1] == "1002418"


@given(st.text("0123456789", min_size=1, max_size=20))
def test_references_pass_their_own_check(body: str) -> None:
    for made in (checks.kid(body), checks.ocr(body)):
        assert checks.luhn(made[:-1]) == made[-1]


def test_a_check_digit_of_ten_is_said() -> None:
    assert "-" in {checks.mod11(str(number)) for number in range(100)}
