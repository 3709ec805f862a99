"""The window of rows, what fits on a line, and the look."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from rich.cells import cell_len
from textual.geometry import Size

from svc_tui.domain.errors import DatabaseTrouble
from svc_tui.widgets.fields import TextField
from svc_tui.widgets.form import LONGEST_LABEL, Form, Slot
from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import fit, line_of, pieces_within, width_of
from svc_tui.widgets.look import look
from svc_tui.widgets.row_drawing import RowDrawing
from svc_tui.widgets.row_list import Column, FixedRows, RowList
from svc_tui.widgets.turns import REST


class _List(RowList[int]):
    """A list of numbers with a size of its own and no screen."""

    def __init__(self, width: int = 20, height: int = 11) -> None:
        super().__init__([Column("Text", 4, str, flex=1), Column("Number", 6, str, right=True)])
        self._extent = Size(width, height)
        self.drawing.measure(width)

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


class _Counting(FixedRows[int]):
    """Rows that are told how often they are asked for, and may take their time."""

    def __init__(self, count: int) -> None:
        super().__init__(range(count), key=lambda row: row)
        self.asked = 0
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def page(self, limit: int, after: int | None, before: int | None) -> Sequence[int]:
        self.asked += 1
        await self.may_answer.wait()
        return await super().page(limit, after, before)

    async def last(self, limit: int) -> Sequence[int]:
        self.asked += 1
        await self.may_answer.wait()
        return await super().last(limit)


async def test_an_end_seen_before_is_shown_without_asking_until_something_changes() -> None:
    source, rows = _Counting(500), _List()
    await rows.show(source)
    await rows.end()
    asked = source.asked
    for _time in range(3):
        await rows.home()
        assert (rows.current, rows.top) == (0, 0)
        await rows.end()
        assert (rows.current, rows.rows[rows.top]) == (499, 500 - rows.room)
    assert source.asked == asked

    source.rows = list(range(600))
    await rows.reload_soon()
    await rows.end()
    assert rows.current == 599
    await rows.home()
    assert rows.current == 0
    source.rows = list(range(700))
    rows.window.is_outdated = True  # as when its turn to be read again was taken
    await rows.end()
    assert rows.current == 699
    await rows.show(_Counting(50))
    await rows.end()
    assert rows.current == 49


async def test_ends_that_were_gone_to_are_read_again_when_the_list_rests() -> None:
    source, rows = _Counting(500), _List()
    await rows.show(source)
    await rows.end()
    await rows.page_by(-5)
    source.rows = list(range(-100, 600))
    await rows.reload_soon()
    async with asyncio.timeout(5):
        while rows.window.lacking is not None or rows.window.is_outdated or not rows.turns.are_resting:
            await asyncio.sleep(REST)
    asked = source.asked
    await rows.end()
    assert rows.current == 599
    await rows.home()
    assert rows.current == -100
    assert source.asked == asked


async def test_an_end_that_was_read_for_a_smaller_screen_is_read_again() -> None:
    source, rows = _Counting(500), _List()
    await rows.show(source)
    await rows.end()
    await rows.home()
    rows._extent = Size(20, 61)
    rows.on_resize()
    await rows.end()
    assert (rows.current, rows.rows[rows.top]) == (499, 440)


async def test_rows_are_read_for_a_screen_that_has_become_larger() -> None:
    source, rows = _Counting(500), _List()
    await rows.show(source)
    rows._extent = Size(20, 91)
    rows.on_resize()
    async with asyncio.timeout(5):
        while len(rows.rows) < 90:
            await asyncio.sleep(REST)
    assert rows.rows == list(range(len(rows.rows)))


async def test_rows_that_changed_are_read_when_something_took_the_turn_of_that() -> None:
    source, rows = _Counting(100), _List()
    await rows.show(source)
    source.may_answer.clear()
    await rows.end()  # which waits for an answer
    source.rows.append(100)
    await rows.reload_soon()

    async def nothing() -> None: ...

    await rows.in_turn(nothing, instead=True)
    assert rows.window.is_outdated
    source.may_answer.set()
    async with asyncio.timeout(5):
        while rows.window.is_outdated or not rows.turns.are_resting:
            await asyncio.sleep(REST)
    await rows.end()
    assert rows.current == 100


async def test_rows_that_could_not_be_read_again_are_still_outdated() -> None:
    source, rows = _Counting(100), _List()
    await rows.show(source)

    class _Broken(_Counting):
        async def page(self, limit: int, after: int | None, before: int | None) -> Sequence[int]:
            raise DatabaseTrouble("down")

    with pytest.raises(DatabaseTrouble):
        await rows.reload(_Broken(1))
    assert rows.window.is_outdated
    assert rows.source is source
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
    rows.window.put([], 0, range(1, 1 + before + after))
    assert rows.window.at_start
    assert not rows.window.at_end
    rows.window.put([0], 1, range(2, before + after))
    assert rows.window.at_end
    rows.window.put([0], 1, range(2, 1 + before + after))
    assert not rows.window.at_end


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
        line = line_of(spans, width)
        assert (line.cell_length, cell_len(line.text), line.strip.cell_length) == (width,) * 3


def test_width_counts_cells() -> None:
    assert (width_of("abc"), width_of("東芝"), width_of("e\u0301")) == (3, 4, 1)


def test_a_column_takes_what_it_holds_and_leaves_the_rest_to_one_that_is_cut() -> None:
    columns = [Column[str]("Name", 4, lambda row: row, flex=1), Column[str]("Town", 4, lambda row: "Vejle", flex=1)]
    drawing = RowDrawing(columns, marks=False)
    drawing.measure_by(["Fredericia Gymnasium og HF"], 32)

    assert drawing.widths == (26, 5)


@pytest.mark.parametrize(
    ("room", "told"),
    [
        (50, "F2 saves, Esc gives up"),
        (22, "F2 saves, Esc gives up"),
        (21, "F2 saves"),
        (3, "F2 saves"),
    ],
)
def test_what_stands_at_the_right_of_a_title_gives_way_piece_by_piece(room: int, told: str) -> None:
    assert pieces_within("F2 saves, Esc gives up", room) == told
    assert pieces_within("Anna Holm · Holms Service | Aarhus", 20) == "Anna Holm"


@pytest.mark.parametrize(("width", "columns"), [(39, 2), (41, 2), (42, 3), (60, 3)])
def test_a_last_column_whose_title_cannot_be_read_is_left_out(width: int, columns: int) -> None:
    shown: list[Column[int]] = [Column("Name", 20, str, flex=1), Column("Lists", 14, str), Column("Status", 12, str)]
    drawing = RowDrawing(shown, marks=False)
    drawing.measure(width)
    assert len(drawing.widths) == columns


@pytest.mark.parametrize("width", [40, 80])
def test_the_labels_of_a_form_have_the_cells_they_need(width: int) -> None:
    slots = [Slot(TextField("tracked", "Stock tracked"), 0), Slot(TextField("own", "x" * 60), 1, 1)]
    form = Form(slots[:1], label_width=11)
    form.place(width)
    assert slots[0].label_width == len(" Stock tracked")
    Form(slots, label_width=11).place(width)
    assert slots[1].label_width == LONGEST_LABEL
