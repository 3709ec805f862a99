"""Code 128, read back by the rules of the standard."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.paper import code128

_SYMBOLS = {code128._WIDTHS[place * 6 : place * 6 + 6]: place for place in range(106)}


def read_back(widths: list[int]) -> str:
    """What a reader makes of bars: sets B and C, check symbol and stop."""
    told = "".join(map(str, widths))
    assert told.endswith("2331112")
    symbols = [_SYMBOLS[told[at : at + 6]] for at in range(0, len(told) - 7, 6)]
    start, *rest, check = symbols
    assert check == (start + sum(place * symbol for place, symbol in enumerate(rest, 1))) % 103
    in_c, text = start == 105, ""
    for symbol in rest:
        if symbol == (100 if in_c else 99):
            in_c = not in_c
        else:
            text += f"{symbol:02}" if in_c else chr(symbol + 32)
    return text


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=30))
def test_what_is_written_is_read(text: str) -> None:
    assert read_back(code128.widths(text)) == text


@given(st.from_regex(r"[A-Z]?[0-9]{1,14}[A-Z]?", fullmatch=True))
def test_runs_of_digits_are_read_too(text: str) -> None:
    assert read_back(code128.widths(text)) == text


def test_a_job_number_takes_what_the_standard_says() -> None:
    """S in set B, a digit, then pairs in set C: start, S, 104217 as three pairs after the change, check, stop."""
    assert len(code128.widths("S104217")) == 6 * 7 + 7
    assert sum(code128.widths("S104217")) == 11 * 7 + 13


@pytest.mark.parametrize("text", ["", "ærø", "a\tb"])
def test_what_it_cannot_hold_is_refused(text: str) -> None:
    assert not code128.can_hold(text)
    with pytest.raises(ValueError, match=f"hold {re.escape(repr(text))}"):
        code128.widths(text)
