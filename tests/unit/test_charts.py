"""Bars and columns, exact to the cell."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.reports.charts import bar, columns, nice

amounts = st.integers(0, 10_000_000)
widths = st.integers(1, 60)


@given(amounts, amounts, widths, st.booleans())
def test_a_bar(value: int, full: int, width: int, rich: bool) -> None:
    drawn = bar(value, full, width, rich=rich)
    assert len(drawn) == width
    assert bool(drawn.strip()) == (value > 0 and full > 0)
    if 0 < value < full and width > 1:
        assert drawn != ("█" if rich else "#") * width
    assert rich or drawn.isascii()


@given(amounts, amounts, st.integers(1, 10_000_000), widths, st.booleans())
def test_more_is_never_drawn_shorter(value: int, more: int, full: int, width: int, rich: bool) -> None:
    one, other = bar(value, full, width, rich=rich), bar(value + more, full, width, rich=rich)
    assert len(one.strip()) <= len(other.strip())


@given(st.integers(1, 10**12))
def test_the_top_of_a_scale_is_round_and_not_below(top: int) -> None:
    found = nice(top)
    assert top <= found < top * 2 or found <= 10
    assert len(str(found).rstrip("0")) <= 2


@given(
    st.lists(st.tuples(amounts, amounts), min_size=1, max_size=80), st.integers(20, 140), st.integers(4, 40),
    st.booleans(),
)  # fmt: skip
def test_columns(pairs: list[tuple[int, int]], width: int, height: int, rich: bool) -> None:
    values, line = [one for one, _ in pairs], [other for _, other in pairs]
    labels = [str(place) if place % 12 == 0 else "" for place in range(len(pairs))]
    drawn = columns(values, line, labels, width, height, rich=rich)
    assert len(drawn.lines) == height
    assert all(len(text) <= width for text in drawn.lines)
    assert all(text == text.rstrip() for text in drawn.lines)
    assert rich or all(text.isascii() for text in drawn.lines)
    lowest = drawn.lines[-3].ljust(width)
    for place, (value, mark) in enumerate(pairs[-drawn.shown :]):
        cell = lowest[drawn.first + place * drawn.each]
        assert (cell != " ") == (value > 0) or mark > 0
    for place in range(drawn.shown):
        column = [text.ljust(width)[drawn.first + place * drawn.each] for text in drawn.lines[:-2]]
        assert ("o" in column) == (line[-drawn.shown :][place] > 0)


def test_a_year_of_months() -> None:
    drawn = columns([1, 2, 3, 4], [2, 0, 3, 1], ["2025", "", "", "2026"], 30, 8)
    assert drawn.lines == [
        "4 |                  #####",
        "  |            ooooo #####",
        "  |            ##### #####",
        "2 |ooooo ##### ##### #####",
        "  |##### ##### ##### ooooo",
        "  |##### ##### ##### #####",
        "0 +------------------------",
        "   2025              2026",
    ]
