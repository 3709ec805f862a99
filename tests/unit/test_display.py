"""When a frame may go, what others' writing does to the copy of the screen, and the library's names it all leans on."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from svc_tui.terminal import display, display_app
from svc_tui.terminal.display import QUESTION, Display
from svc_tui.terminal.keyboard import Keyboard, TerminalAnswer
from svc_tui.terminal.pace import ASK_AFTER_BYTES, Pace
from svc_tui.terminal.terminal import Profile
from svc_tui.widgets.lines import Line
from tests.glass import Glass

BIG = ASK_AFTER_BYTES


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


# -- pacing ---------------------------------------------------------------------------------------------------------


def test_two_frames_may_be_on_the_way(clock: Clock) -> None:
    pace = Pace(clock)
    assert pace.sent(BIG)
    assert pace.wait() == 0
    assert pace.sent(BIG)
    assert pace.wait() > 0
    pace.answered()
    assert pace.wait() == 0


def test_a_single_letter_asks_nothing(clock: Clock) -> None:
    pace = Pace(clock)
    for _ in range(8):
        assert not pace.sent(30)
        clock.now += 1


def test_letters_that_follow_fast_ask(clock: Clock) -> None:
    pace = Pace(clock)
    pace.sent(30)
    clock.now += 0.03
    assert pace.sent(30)


def test_a_silent_terminal_holds_up_nothing_and_is_asked_no_more(clock: Clock) -> None:
    pace = Pace(clock)
    pace.sent(BIG)
    clock.now += 0.5
    pace.sent(BIG)
    assert 0 < pace.wait() <= 0.5
    clock.now += 0.5
    assert pace.wait() == 0
    assert not pace.sent(BIG)
    assert pace.wait() == 0


def test_one_that_answers_late_after_all_is_asked_again(clock: Clock) -> None:
    pace = Pace(clock)
    pace.sent(BIG)
    clock.now += 2
    assert pace.wait() == 0
    assert not pace.sent(BIG)
    pace.answered()
    assert pace.sent(BIG)


def test_an_answer_that_is_lost_holds_up_for_a_while_only(clock: Clock) -> None:
    pace = Pace(clock)
    pace.sent(BIG)
    pace.answered()
    pace.sent(BIG)
    pace.sent(BIG)
    assert pace.wait() > 1
    clock.now += 60
    assert pace.wait() == 0
    assert pace.sent(BIG)


def test_a_slow_line_gets_few_frames(clock: Clock) -> None:
    pace = Pace(clock, 0.1)
    assert pace.wait() == 0
    pace.sent(30)
    assert pace.wait() == pytest.approx(0.1)
    clock.now += 0.1
    assert pace.wait() == 0


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"\x1b[0n", ["answer"]),
        (b"a\x1b[0nb", ["a", "answer", "b"]),
        (b"\x1b\x1b[0n", ["escape", "answer"]),
        (b"\x1b[A\x1b[0n\x1b[0n", ["up", "answer", "answer"]),
        (b"\x1b[200~so\x1b[0nm\x1b[201~", ["answer", "som"]),
    ],
)
@pytest.mark.parametrize("split", [False, True])
def test_an_answer_is_no_key(data: bytes, found: list[str], split: bool) -> None:
    keyboard = Keyboard()
    messages = [message for part in ([data[i : i + 1] for i in range(len(data))] if split else [data])
                for message in keyboard.feed(part)]  # fmt: skip
    told = [
        "answer" if isinstance(message, TerminalAnswer) else getattr(message, "key", getattr(message, "text", "?"))
        for message in messages
    ]
    assert told == found


# -- the copy of the screen -----------------------------------------------------------------------------------------


class Desk:
    """A display and the glass it writes to."""

    def __init__(self, **environ: str) -> None:
        self.glass = Glass(20, 4)
        self.sent: list[str] = []
        self.display = Display(self._write, str, Profile.RICH, {"TERM": "xterm", **environ})

    def _write(self, text: str) -> None:
        self.sent.append(text)
        self.glass.feed(text)

    def whole(self, *lines: str) -> None:
        """Textual draws the whole screen."""
        strips = [[Strip([Segment(line.ljust(20))], 20)] for line in lines]
        self.display.take(LayoutUpdate(strips, Region(0, 0, 20, len(lines))), ColorSystem.TRUECOLOR)  # type: ignore[arg-type]

    def part(self, y: int, x: int, text: str, cuts: list[int]) -> None:
        """Textual draws one piece of a line again."""
        chops: list[dict[int, Strip | None]] = [dict.fromkeys(cuts[:-1]) for _ in range(4)]
        chops[y][x] = Strip([Segment(text, Style())], len(text))
        update = ChopsUpdate(chops, [(y, x, x + len(text))], [cuts[1:]] * 4)
        self.display.take(update, ColorSystem.TRUECOLOR)


async def test_only_what_differs_is_sent() -> None:
    desk = Desk()
    desk.whole("one", "two", "three", "four")
    assert desk.glass.lines() == ["one", "two", "three", "four"]
    desk.whole("one", "tvo", "three", "four")
    assert desk.sent[1].replace(QUESTION, "") == "\x1b[2;2Hv"
    desk.part(2, 10, "part of it", [0, 10, 20])
    assert desk.glass.lines()[2] == "three     part of it"


async def test_the_same_strip_drawn_over_something_else_is_seen_again() -> None:
    desk = Desk()
    line = Strip([Segment("x" * 20)], 20)
    update = LayoutUpdate([[line]] * 4, Region(0, 0, 20, 4))
    desk.display.take(update, ColorSystem.TRUECOLOR)
    desk.part(1, 10, "y" * 10, [0, 10, 20])
    assert desk.glass.lines()[1] == "x" * 10 + "y" * 10
    desk.display.take(update, ColorSystem.TRUECOLOR)
    assert desk.glass.lines()[1] == "x" * 20


async def test_what_others_wrote_is_gone_after_a_repaint() -> None:
    desk = Desk()
    desk.whole("one", "two", "three", "four")
    desk.glass.feed("\x1b[2;3r\x1b[7;31m\x1b[2;2HBroadcast message\n\n\n")
    desk.display.repaint()
    assert desk.glass.lines() == ["one", "two", "three", "four"]


@pytest.mark.parametrize(
    ("data", "harmless"),
    [("\x07", True), ("\x1b[?1000h", True), ("\x1b[?2004l", True), ("\x1b]0;title\x07", True), ("\x1b[?2026$p", True),
     ("\x1b[?1049h", False), ("text", False), ("\x1b[0m", False), ("\x07text", False), ("", False)],
)  # fmt: skip
async def test_the_bell_costs_no_repaint_and_text_does(data: str, harmless: bool) -> None:
    desk = Desk()
    desk.whole("one", "two", "three", "four")
    desk.display.overwritten(data)
    desk.display.paint()
    assert (len(desk.sent) == 1) == harmless


async def test_with_two_questions_open_changes_are_put_together() -> None:
    desk = Desk()
    for number in range(6):
        desk.whole(f"{number} " * 10, f" {number}" * 10, "x" * number, f"{number}")
    assert len([sent for sent in desk.sent if QUESTION in sent]) == 2
    assert desk.glass.lines()[3] == "2"  # the first asked nothing, and two more are on the way
    desk.display._take_answer()
    assert desk.glass.lines()[3] == "5"


async def test_a_key_is_painted_at_its_end() -> None:
    desk = Desk()
    desk.whole("one", "two", "three", "four")
    desk.display.hold()
    desk.whole("1", "two", "three", "four")
    desk.whole("1", "2", "three", "four")
    assert len(desk.sent) == 1
    desk.display.release()
    assert len(desk.sent) == 2
    assert desk.glass.lines()[:2] == ["1", "2"]


async def test_a_frame_of_several_lines_appears_at_once_where_it_can() -> None:
    desk = Desk()
    desk.display.has_sync = True
    desk.whole("one", "two", "three", "four")
    assert display.SYNC_START in desk.sent[0]
    desk.whole("onе", "two", "three", "four")
    assert display.SYNC_START not in desk.sent[1]


class Lines(Widget):
    DEFAULT_CSS = "Lines { height: 1fr; }"
    letter = "a"

    def line(self, y: int) -> Line:
        return Line([(self.letter * self.size.width, Style())], self.size.width)

    def render_line(self, y: int) -> Strip:
        return self.line(y).strip


class Shown(display_app.DisplayApp[None]):
    CSS = "Screen { overflow: hidden hidden; }"

    def compose(self) -> ComposeResult:
        yield Lines()


@asynccontextmanager
async def shown() -> AsyncIterator[tuple[Pilot[None], Glass]]:
    """An application on a glass of 30 x 8, which has itself 20 x 4 at first."""
    glass = Glass(30, 8)
    app = Shown()
    async with app.run_test(size=(20, 4)) as pilot:
        driver = cast("Any", app._driver)
        driver.display = Display(glass.feed, str, Profile.RICH, {"TERM": "xterm"})
        app.screen.refresh(layout=True)
        await pilot.pause()
        assert glass.lines()[3] == "a" * 20
        yield pilot, glass


async def test_lines_that_a_key_changed_are_shown_without_a_message() -> None:
    async with shown() as (pilot, glass):
        app, lines = cast("Shown", pilot.app), pilot.app.query_one(Lines)
        lines.letter = "b"
        lines.refresh(Region(0, 1, 20, 1))
        app.paint_now()
        assert glass.lines()[:3] == ["a" * 20, "b" * 20, "a" * 20]
        lines.refresh()
        app.paint_now()
        assert glass.lines()[:4] == ["b" * 20] * 4


async def test_a_size_that_came_during_a_batch_is_shown_after_it() -> None:
    async with shown() as (pilot, glass):
        app = cast("Shown", pilot.app)
        with app.batch_update():
            await pilot.resize_terminal(30, 8)
            await pilot.pause(0.1)
            assert glass.lines()[7] == ""
        await pilot.pause()
        assert glass.lines()[7] == "a" * 30


async def test_lines_are_shown_in_the_new_size_before_textual_has_shown_it() -> None:
    async with shown() as (pilot, glass):
        app, lines = cast("Shown", pilot.app), pilot.app.query_one(Lines)
        with app.batch_update():
            await pilot.resize_terminal(30, 8)
            await pilot.pause(0.1)
        lines.letter = "b"
        lines.refresh()
        app.paint_now()
        assert glass.lines()[:8] == ["b" * 30] * 8


# -- names that are private in Textual --------------------------------------------------------------------------------


def test_the_library_still_has_what_this_leans_on() -> None:
    """Seen with 8.2.8: a repaint is `Screen._on_timer_update`, which shows a compositor's update by `App._display`."""
    assert list(inspect.signature(App._display).parameters) == ["self", "screen", "renderable"]
    shown = inspect.getsource(App._display)
    for name in ("_batch_count", "_running", "_closed", "post_display_hook", "_sync_available", "_begin_update"):
        assert name in shown + inspect.getsource(App._begin_update)
    assert "self._batch_count -= 1" in inspect.getsource(App._end_batch)
    assert "self.size = size" in inspect.getsource(Compositor.reflow)
    repaint = inspect.getsource(Screen._on_timer_update)
    for name in ("_layout_required", "_scroll_required", "_dirty_widgets", "_compositor_refresh", "_batch_count"):
        assert name in repaint
    check = inspect.getsource(Widget._check_refresh)
    for name in ("_repaint_required", "_layout_required", "_scroll_required", "_refresh_styles_required"):
        assert f"self.{name} = False" in check
    assert "messages.Update(self)" in check
    assert "self._repaint_regions.clear()" in inspect.getsource(Widget._exchange_repaint_regions)
    assert "self._repaint_regions" in inspect.getsource(Widget._set_dirty)
    assert "self._dirty_widgets.add(widget)" in inspect.getsource(Screen._on_update)
    assert "app._display" in inspect.getsource(Screen._compositor_refresh)
    assert isinstance(Compositor.visible_widgets, property)
    assert list(inspect.signature(ChopsUpdate).parameters) == ["chops", "spans", "chop_ends"]
    assert list(inspect.signature(LayoutUpdate).parameters) == ["strips", "region"]
    assert "console._color_system" in inspect.getsource(Strip.render)
