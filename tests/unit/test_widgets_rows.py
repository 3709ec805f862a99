"""The window of rows, what fits on a line, and the look."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.geometry import Size

from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import fit, strip_of, width_of
from svc_tui.widgets.look import look
from svc_tui.widgets.row_list import Column, FixedRows, RowList


class _List(RowList[int]):
    """A list of numbers with a size of its own and no screen."""

    def __init__(self, width: int = 20, height: int = 11) -> None:
        super().__init__([Column("Text", 4, str, flex=1), Column("Number", 6, str, right=True)])
        self._extent = Size(width, height)
        self._measure()

    @property
    def size(self) -> Size:
        return self._extent

    def refresh(self, *regions: object, **options: object) -> RowList[int]:  # type: ignore[override]  # nothing to paint
        return self


async def _list(count: int, height: int = 11) -> _List:
    found = _List(height=height)
    await found.show(FixedRows(range(count), key=lambda row: row))
    return found


async def test_every_row_is_reached_going_down_and_up() -> None:
    rows = await _list(1000)
    seen = [rows.current]
    for _step in range(999):
        await rows.move(1)
        seen.append(rows.current)
    assert seen == list(range(1000))
    for _step in range(999):
        await rows.move(-1)
    assert rows.current == 0


async def test_the_window_stays_small() -> None:
    rows = await _list(5000)
    for page in range(1, 401):
        await rows.page_by(1)
        assert rows.current == page * rows.room
    assert len(rows.rows) < 40 * 8


async def test_paging_down_and_up_comes_back() -> None:
    rows = await _list(500)
    places = [rows.current]
    for _step in range(8):
        await rows.page_by(1)
        places.append(rows.current)
    for wanted in reversed(places[:-1]):
        await rows.page_by(-1)
        assert rows.current == wanted


async def test_the_ends() -> None:
    rows = await _list(500)
    await rows.end()
    assert rows.current == 499
    await rows.move(5)
    assert rows.current == 499
    await rows.home()
    assert rows.current == 0
    await rows.move(-5)
    assert rows.current == 0


async def test_the_cursor_is_always_on_the_screen() -> None:
    rows = await _list(300)
    for step in (1, 1, 30, -7, 120, -60, 400, -1, -400):
        await rows.move(step)
        assert rows.top <= rows.cursor < rows.top + rows.room


async def test_reading_again_keeps_the_cursor_on_its_row_when_rows_come_before_it() -> None:
    rows = await _list(100)
    await rows.move(20)
    await rows.reload(FixedRows([-2, -1, *range(100)], key=lambda row: row))
    assert rows.current == 20


async def test_reading_again_after_the_row_went_leaves_the_cursor_where_it_was() -> None:
    rows = await _list(100)
    await rows.move(20)
    await rows.reload(FixedRows([row for row in range(100) if row != 20], key=lambda row: row))
    assert rows.current == 21


async def test_an_empty_list_takes_every_key() -> None:
    rows = await _list(0)
    for name in ("down", "up", "pagedown", "pageup", "home", "end"):
        assert await rows.press(Key(name), more_follows=False) is Outcome.TAKEN
    assert rows.current is None


async def test_rows_from_elsewhere_are_shown_around_one_of_them() -> None:
    rows = await _list(1000)
    before, after = rows.window.reach
    rows.window.put(range(700 - before, 700), 700, range(701, 701 + after))
    assert rows.current == 700
    assert not rows.window.at_start
    assert not rows.window.at_end
    await rows.move(-1)
    assert rows.current == 699
    await rows.page_by(1)
    assert rows.current == 699 + rows.room
    rows.window.put([], 0, range(1, 1 + after))
    assert rows.window.at_start


@pytest.mark.parametrize("width", [0, 1, 3, 5, 9, 10, 11, 12, 40])
def test_a_number_is_shown_whole_or_not_at_all(width: int) -> None:
    rows = _List(width=width)
    rows.window.rows = [123456]
    text = rows.line(1).text
    assert cell_len(text) == width
    last = text.split()[-1] if text.strip() else ""
    assert last in {"", "123456"} or last.endswith("…") or width < 4


@pytest.mark.parametrize("text", ["abc", "東芝テレビ", "👍🏽 ok", "e\u0301x", "", "[/foo]", "a\x1b[31mb", "x" * 50])
@pytest.mark.parametrize("width", [0, 1, 2, 3, 7, 20])
@pytest.mark.parametrize("right", [False, True])
def test_a_text_fits_exactly(text: str, width: int, right: bool) -> None:
    shown = fit(text, width, right=right)
    assert cell_len(shown) == width
    assert "\x1b" not in shown


def test_what_is_cut_off_ends_in_an_ellipsis() -> None:
    assert fit("abcdef", 4) == "abc…"
    assert fit("abcd", 4) == "abcd"
    assert fit("ab", 4, right=True) == "  ab"


@pytest.mark.parametrize("width", [0, 3, 10])
def test_a_line_is_exactly_as_wide_as_it_should_be(width: int) -> None:
    for spans in ([], [("abc", look().plain)], [("東芝", look().plain), ("x" * 30, look().plain)]):
        assert strip_of(spans, width).cell_length == width


def test_width_counts_cells() -> None:
    assert (width_of("abc"), width_of("東芝"), width_of("e\u0301")) == (3, 4, 1)
