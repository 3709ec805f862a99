"""What is sent makes every terminal show what it should, in as few bytes as can be had."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style

from svc_tui.terminal.cells import BLANK, PLAIN, Cell, Drawer, Pen, cells_of, change, glyphs_of, read_pen
from svc_tui.terminal.painter import Painter
from svc_tui.terminal.terminal import Charset, Profile, renderer
from tests.glass import Glass, GlassCell

WIDTH, HEIGHT = 44, 12
STYLES = [
    Style.parse(text)
    for text in (
        "", "", "bold", "reverse", "underline", "bold color(67)", "white on color(24)", "reverse white on color(24)",
        "bold white on color(24)", "dim", "italic color(244)", "red", "bright_green on bright_black",
        "#102030 on #fedcba", "bold underline", "strike", "dim bold",
    )
]  # fmt: skip
WORDS = [
    "",
    " ",
    "  ",
    "a",
    "Tænder ikke",
    "10395",
    "日本",
    "e\u0301",
    "→ Jensen & Søn",
    " " * 13,
    "✓",
    "Ørum Radio",
    "한",
]
EMOJI = ["😀", "👩\u200d🔧", "❤\ufe0f", "1\ufe0f\u20e3", "🇩🇰"]
Step = tuple[str, int, int, Any]
KINDS = [dict(zip(("bce", "newline", "waits"), kind, strict=True)) for kind in product((False, True), repeat=3)]

piece = st.tuples(st.sampled_from(WORDS), st.sampled_from(STYLES))
lines = st.lists(piece, max_size=6)


def drawer(profile: Profile = Profile.RICH, charset: Charset = Charset.UTF8) -> Drawer:
    colours = ColorSystem.TRUECOLOR if profile is Profile.RICH else ColorSystem.STANDARD
    return Drawer(colours, renderer(profile, charset))


def seen(painter: Painter) -> list[list[GlassCell]]:
    found = []
    for line in painter.wanted:
        glass = Glass(1, 1)
        found.append([_normal(glass, cell) for cell in line])
    return found


def _normal(glass: Glass, cell: Cell) -> GlassCell:
    glyph, pen = cell
    glass.cells = [[(glyph, (frozenset(pen.attributes), pen.ink, pen.paper))]]
    return glass.seen()[0][0]


def scroll(screen: list[list[Cell]], top: int, bottom: int, by: int) -> list[list[Cell]]:
    part = screen[top:bottom]
    kept = part[by:] if by > 0 else part[:by]
    blank = [[BLANK] * WIDTH for _ in range(len(part) - len(kept))]
    return [*screen[:top], *(kept + blank if by > 0 else blank + kept), *screen[bottom:]]


step = st.one_of(
    st.tuples(st.just("put"), st.integers(0, HEIGHT - 1), st.integers(0, WIDTH - 1), lines),
    st.tuples(st.just("line"), st.integers(0, HEIGHT - 1), st.just(0), lines),
    st.tuples(st.just("scroll"), st.integers(0, HEIGHT - 5), st.integers(5, HEIGHT), st.integers(-4, 4)),
    st.tuples(st.just("shift"), st.integers(0, HEIGHT - 1), st.integers(0, 12), st.integers(14, WIDTH)),
    st.tuples(st.just("forget"), st.just(0), st.just(0), st.just(0)),
)
frames = st.lists(st.lists(step, min_size=1, max_size=4), min_size=1, max_size=8)


def follow(painter: Painter, draw: Drawer, frame: list[Step], glass: Glass) -> None:
    """Change what the painter should show by the steps of one frame."""
    for what, first, second, third in frame:
        if what in ("put", "line"):
            cells = draw.cells(third)
            painter.put(second, first, cells if what == "put" else cells + [BLANK] * max(WIDTH - len(cells), 0))
        elif what == "scroll" and third and second - first > abs(third):
            for y, line in enumerate(scroll(painter.wanted, first, second, third)):
                painter.put(0, y, line)
        elif what == "shift":
            line = painter.wanted[first]
            moved = [("+", PLAIN), *line[second : third - 1]]
            if all(glyph for glyph, _pen in (*line[second : third + 1], *moved)):
                painter.put(second, first, moved)
        elif what == "forget":
            painter.forget()
            glass.feed("\x1b[2;5r\x1b[1;4;33;44m\x1b[7;7HBroadcast message")


@pytest.mark.parametrize("abilities", [(True, True, True), (False, True, True), (False, False, False)])
@settings(max_examples=150, deadline=None)
@given(frames=frames, kind=st.sampled_from(KINDS))
def test_the_terminal_shows_the_frame_after_every_step(
    abilities: tuple[bool, bool, bool], frames: list[list[Step]], kind: dict[str, bool]
) -> None:
    takes_back, erases, scrolls = abilities
    painter = Painter(takes_back=takes_back, erases=erases, scrolls=scrolls)
    painter.resize(WIDTH, HEIGHT)
    glass = Glass(WIDTH, HEIGHT, **kind)
    draw = drawer()
    for frame in frames:
        follow(painter, draw, frame, glass)
        glass.feed(painter.paint()[0])
        assert glass.seen() == seen(painter)
        assert painter.paint() == ("", 0)


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("charset", list(Charset))
@settings(max_examples=60, deadline=None)
@given(frames=frames)
def test_so_it_does_in_every_profile_and_charset(profile: Profile, charset: Charset, frames: list[list[Step]]) -> None:
    painter = Painter(takes_back=profile is Profile.RICH)
    painter.resize(WIDTH, HEIGHT)
    glass = Glass(WIDTH, HEIGHT)
    draw = drawer(profile, charset)
    for frame in frames:
        follow(painter, draw, frame, glass)
        text = painter.paint()[0]
        assert charset is Charset.UTF8 or text.isascii()
        glass.feed(text)
        assert glass.seen() == seen(painter)


@settings(max_examples=100, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 3), st.lists(st.sampled_from([*WORDS, *EMOJI]), max_size=5)), min_size=1, max_size=8
    ),
    joins=st.booleans(),
)
def test_whatever_a_terminal_makes_of_emoji_the_rest_of_the_line_stands_in_its_place(
    steps: list[tuple[int, list[str]]], joins: bool
) -> None:
    """One that joins them shows them; one that does not may show something else there, and nowhere else."""
    painter = Painter()
    painter.resize(WIDTH, 4)
    glass = Glass(WIDTH, 4, joins=joins)
    draw = drawer()
    for y, words in steps:
        cells = draw.cells([("".join(words), None)])
        painter.put(0, y, [*cells, *[BLANK] * (WIDTH - len(cells))])
        glass.feed(painter.paint()[0])
        for wanted, found in zip(seen(painter), glass.seen(), strict=True):
            certain = [at for at, (glyph, _look) in enumerate(wanted) if glyph and glyph not in EMOJI and glyph != "🇰"]
            certain = [at for at in certain if not wanted[at][0].startswith(tuple("😀👩❤1🇩🇰"))]
            assert [wanted[at] for at in certain if wanted[at][0] != " "] == [
                found[at] for at in certain if wanted[at][0] != " "
            ]


def painted(before: list[str], after: list[str], width: int = 80) -> str:
    """What is sent when these lines follow those."""
    painter = Painter()
    painter.resize(width, len(before))
    draw = drawer()
    for texts in (before, after):
        for y, text in enumerate(texts):
            painter.put(0, y, draw.cells([(text.ljust(width), None)]))
        sent = painter.paint()[0]
    return sent


ROWS = [f"{number} row {number * 7919} {number * 104729}" for number in range(10_000, 10_030)]


def test_nothing_is_sent_for_what_stands_already() -> None:
    assert painted(ROWS[:20], ROWS[:20]) == ""


def test_a_letter_costs_a_letter_and_a_move() -> None:
    assert painted(["Tænder ikke"], ["Tænder ikki"]) == "\x08i"


def test_a_list_that_moved_is_scrolled_within_its_region() -> None:
    sent = painted(["title", *ROWS[:20], "keys"], ["title", *ROWS[1:21], "keys"])
    assert sent == f"\x1b[2;21r\x1b[2H\x1b[M\x1b[r\x1b[21H{ROWS[20]}"
    sent = painted(["title", *ROWS[3:23], "keys"], ["title", *ROWS[:20], "keys"])
    assert sent.startswith("\x1b[2;21r\x1b[2H\x1b[3L\x1b[r")
    assert len(sent) < 3 * 40 + 30


def test_a_page_without_a_line_in_common_is_not_scrolled() -> None:
    assert "r" not in painted(ROWS[:10], ROWS[15:25]).replace("row", "")


def test_what_moves_by_one_cell_is_not_written_again() -> None:
    hint = "→ Jensen & Søn ApS · 86 12 34 56 Havnegade 4"
    assert len(painted([f"j {hint}"], [f"je {hint}"])) < 30
    assert len(painted([f"je {hint}"], [f"j {hint}"])) < 30


def test_the_rest_of_a_line_is_erased() -> None:
    assert painted(["Tænder ikke på øen"], ["Tæ"]) == "\r\x1b[2C\x1b[K"


def test_blanks_within_a_line_are_erased_and_what_follows_stands_in_its_place() -> None:
    painter = Painter()
    painter.resize(60, 2)
    glass = Glass(60, 2)
    draw = drawer()
    for text in ("x" * 60, "ab" + " " * 20 + "x" * 38, "ab" + " " * 20 + "cd" + " " * 12 + "x" * 10 + "ef" + "x" * 12):
        painter.put(0, 0, draw.cells([(text, None)]))
        sent = painter.paint()[0]
        glass.feed(sent)
        assert glass.lines()[0] == text
    assert "\x1b[12X" in sent
    painter.put(0, 0, [*draw.cells([(" " * 10, None), (" ", Style.parse("reverse"))]), *[BLANK] * 49])
    glass.feed(painter.paint()[0])
    assert glass.seen() == seen(painter)


def test_a_blank_is_never_erased_with_a_colour_or_reversed() -> None:
    """Terminals differ in what such an erased cell looks like."""
    painter = Painter()
    painter.resize(40, 2)
    draw = drawer()
    for style in ("on red", "reverse", "underline"):
        painter.put(0, 0, draw.cells([("x" * 40, None)]))
        painter.paint()
        painter.put(0, 0, draw.cells([(" " * 40, Style.parse(style))]))
        assert " " * 40 in painter.paint()[0]


def test_pens_go_the_shortest_way() -> None:
    focus = Pen((), "37", "48;5;24")
    caret = Pen(("7",), "37", "48;5;24")
    assert change(focus, caret, True) == "\x1b[7m"
    assert change(caret, focus, True) == "\x1b[27m"
    assert change(caret, focus, False) == "\x1b[0;37;48;5;24m"
    assert change(caret, PLAIN, True) == "\x1b[m"
    assert change(Pen(("1", "2")), Pen(("2",)), True) == "\x1b[0;2m"
    assert read_pen("0;1;38;5;24;48;2;1;2;3") == Pen(("1",), "38;5;24", "48;2;1;2;3")


@given(st.text(st.sampled_from("aæ日e\u0301\u200d\ufe0f👩🔧❤ \x1b\x07\x9b\n"), max_size=12))
def test_glyphs_take_one_cell_each_and_steer_nothing(text: str) -> None:
    glyphs = glyphs_of(text)
    assert not set("".join(glyphs)) & set("\x1b\x07\x9b\n")
    wide = [glyph for at, glyph in enumerate(glyphs) if at + 1 < len(glyphs) and glyphs[at + 1] == "" and glyph]
    assert all(cells_of(glyph) == 2 for glyph in wide)


def test_a_mark_at_the_start_of_a_segment_belongs_to_the_letter_before() -> None:
    cells = drawer().cells([("e", Style.parse("reverse")), ("\u0301x", None)])
    assert [glyph for glyph, _pen in cells] == ["e\u0301", "x"]


def test_half_a_wide_letter_is_a_blank() -> None:
    painter = Painter()
    painter.resize(6, 1)
    draw = drawer()
    painter.put(0, 0, draw.cells([("日本語", None)]))
    painter.put(1, 0, draw.cells([("ab", None)]))
    assert [glyph for glyph, _pen in painter.wanted[0]] == [" ", "a", "b", " ", "語", ""]
    painter.put(0, 0, draw.cells([("abcde日", None)]))
    assert [glyph for glyph, _pen in painter.wanted[0]] == ["a", "b", "c", "d", "e", " "]
