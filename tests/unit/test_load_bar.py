"""The bar of a person's work beside his hours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.planning.load_bar import DUE, FREE, OVER, REST, load_bar

amounts = st.integers(0, 1_000)
widths = st.integers(2, 40)


@pytest.mark.parametrize(
    ("due", "left", "capacity", "bar"),
    [
        (0, 0, 40, ".........."),
        (20, 30, 40, "#####--..."),
        (1, 1, 400, "#........."),
        (0, 1, 400, "-........."),
        (1, 2, 400, "#-........"),
        (40, 40, 40, "##########"),
        (39, 39, 40, "#########."),
        (41, 41, 40, "#########>"),
        (10, 400, 40, "##--------"),
        (36, 37, 40, "########-."),
        (0, 0, 0, ".........."),
        (5, 5, 0, ">........."),
    ],
)
def test_bars(due: int, left: int, capacity: int, bar: str) -> None:
    assert load_bar(due, left, capacity, 10) == bar


@given(amounts, amounts, amounts, widths)
def test_laws(due: int, more: int, capacity: int, width: int) -> None:
    bar = load_bar(due, due + more, capacity, width)
    assert len(bar) == width
    assert set(bar) <= {DUE, REST, FREE, OVER}
    assert (OVER in bar) == (due > capacity)
    assert bar == FREE * width or due + more > 0
    assert not due or bar[0] in (DUE, OVER)
    if capacity and due + more < capacity:
        assert bar[-1] == FREE or (due and more and width == 2)


@given(amounts, amounts, st.integers(1, 1_000), widths)
def test_more_work_is_never_a_shorter_bar(due: int, more: int, capacity: int, width: int) -> None:
    def drawn(amount: int) -> int:
        return width - load_bar(amount, amount, capacity, width).count(FREE)

    assert drawn(due + more) >= drawn(due)
