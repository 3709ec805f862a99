"""The screen kept by sending changes is the one that Textual draws whole, whatever happens to the terminal.

Two sessions get the same keys, one of each kind, and are compared cell by cell. A repaint of everything, which a
SIGCONT brings without any key, must change nothing either.
"""

from __future__ import annotations

import random
import re
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyte.screens import Char

from tests.wire.desk import Desk, command
from tests.wire.program import Program
from tests.wire.shops import copied

KEYS = (
    "<Down>", "<Down><Down><Down>", "<Down>" * 25, "<Up>", "<Up>" * 12, "<PgDn>", "<PgUp>", "<Home>", "<End>",
    "<Enter>", "<Esc>", "<F8>", "<F7>", "<Tab>", "<Tab><Tab>", "<S-Tab>", "<F6>", "/", "jens", "tv", "æøå 日本",
    "<BS>", "<BS><BS><BS>", "<Left><Left>", "<Right>", "<C-u>", "<F9>", "<F4>", "<F1>", "<F10><Down><Esc>", "<F5>",
    "1", "2", "3", "e\u0301 👩\u200d🔧 x",
)  # fmt: skip
SIZES = ((80, 24), (100, 30), (66, 20), (132, 43), (80, 24))
STEPS = 45
AT_REST = 1.0
"""Seconds without a byte after which no count and no cut subject is still to be told."""
GARBAGE = b"\x1b[1;31;44m\x1b[5;9r\x1b[7;3HBroadcast message from root\r\n\n\n\nThe system goes down\x1b[12;40H\x1b[K"
Cell = tuple[str, object, object, bool, bool, bool]


@pytest.fixture
def pair(demo_template: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Desk, Desk]]:
    """Two sessions on two copies of one shop: changes sent, everything sent."""
    term, env = request.param
    with (
        Desk(copied(demo_template, tmp_path / "changes.db"), term=term, env=env, under_shell=True) as changes,
        Desk(
            copied(demo_template, tmp_path / "whole.db"),
            term=term,
            env=env | {"SVC_TUI_DISPLAY": "whole"},
            under_shell=True,
        ) as whole,  # fmt: skip
    ):
        yield changes, whole


TERMINALS = [("xterm-256color", {}), ("vt220", {"LC_ALL": "C"}), ("linux", {}), ("xterm", {"NO_COLOR": "1"})]


@pytest.mark.parametrize("pair", TERMINALS, ids=["rich", "mono", "console", "colourless"], indirect=True)
def test_long_sessions_look_the_same_as_drawn_whole(pair: tuple[Desk, Desk]) -> None:
    choice = random.Random(str(pair[0].program.term))
    for step in range(STEPS):
        text = choice.choice(KEYS)
        both(pair, text)
        assert_alike(pair, f"step {step}, {text!r}")
        what = choice.random()
        if what < 0.07:
            columns, rows = choice.choice(SIZES)
            for desk in pair:
                desk.program.resize(columns, rows)
            settle(pair)
            assert_alike(pair, f"step {step}, resized to {columns}x{rows}")
        elif what < 0.14:
            assert_repaint_changes_nothing(pair[0])
        elif what < 0.18 or step == STEPS - 1:
            for desk in pair:
                suspend(desk)
            settle(pair)
            assert_alike(pair, f"step {step}, suspended")


@pytest.mark.parametrize("pair", TERMINALS[:2], ids=["rich", "mono"], indirect=True)
def test_what_others_write_on_the_screen_is_gone_after_f5(pair: tuple[Desk, Desk]) -> None:
    changes = pair[0]
    for key, prepare in (("<F5>", "<Down><Down>"), ("<C-r>", "nTænder ikke<Tab>"), ("<F5>", "<F10>")):
        both(pair, prepare)
        changes.program.show(GARBAGE)
        assert "Broadcast" in changes.text()
        changes.press(key)
        pair[1].press(key)
        assert_alike(pair, key)


@pytest.mark.parametrize("term", ["xterm-256color", "vt220"])
def test_a_terminal_that_never_answers_holds_up_nothing(demo: Path, term: str) -> None:
    """And it is asked no more."""
    with Desk(demo, term=term, answers_after=None) as desk:
        time.sleep(1.1)
        began = time.monotonic()
        for _ in range(6):
            desk.press("<PgDn>")
        assert time.monotonic() - began < 8
        assert desk.program.bytes_for("<PgDn>").count(b"\x1b[5n") == 0


@pytest.mark.parametrize("key", ["", "n"], ids=["list", "field"])
def test_answers_are_no_keys(demo: Path, key: str) -> None:
    with Desk(demo) as desk:
        desk.press(key)
        before = desk.text()
        desk.program.send(b"\x1b[0n" * 5 + b"\x1b[0")
        desk.program.send(b"n")
        desk.program.settle()
        assert desk.text() == before


THEN_READS = """
import os, select, subprocess, sys, tty
subprocess.run(sys.argv[1:])
tty.setraw(0)
print("left:", ascii(os.read(0, 99) if select.select([0], [], [], 0.5)[0] else b""), flush=True)
"""


def test_no_answer_is_left_for_the_shell(demo: Path) -> None:
    """It comes over a slow line, and the program ends right after it has asked."""
    with Program(sys.executable, "-c", THEN_READS, *command(demo), answers_after=0.2) as program:
        program.wait_for(" F1")
        program.press("<PgDn>")
        program.send("<PgDn><PgDn><PgDn>")
        program.send("<C-q>")
        program.wait_for("left:")
        assert "left: b''" in program.text()
        assert "Filter" not in program.text()


def test_a_held_key_never_has_more_than_two_frames_on_the_way(demo: Path, demo_template: Path) -> None:
    """On a line with half a second to the answer, 40 rows down in that time are few frames, and the last is right."""
    with Desk(demo, answers_after=0.5) as desk:
        desk.press("<Down>")
        desk.program.mark()
        for _ in range(40):
            desk.program.send("<Down>")
            time.sleep(0.025)
        desk.program.settle(0.7)
        asked = desk.program.raw.count(b"\x1b[5n")
        assert 2 <= asked <= 8
        assert len(desk.program.raw) < 15 * 700
        with Desk(copied(demo_template, demo.with_name("again.db"))) as again:
            again.press("<Down>" * 41)
            assert desk.row() == again.row()


def test_a_slow_line_gets_fifteen_frames_a_second(demo: Path) -> None:
    with Desk(demo, "--slow") as desk:
        desk.press("<Down>")
        desk.program.mark()
        began = time.monotonic()
        for _ in range(60):
            desk.program.send("<Down>")
            time.sleep(0.02)
        desk.program.settle()
        frames = desk.program.raw.count(b"\x1b[5n")
        assert 3 <= frames <= (time.monotonic() - began) * 15 + 2


def both(pair: tuple[Desk, Desk], text: str) -> None:
    """The same keys to both."""
    for desk in pair:
        desk.program.send(text)
    settle(pair)


def settle(pair: tuple[Desk, Desk]) -> None:
    """Both at the same time."""
    with ThreadPoolExecutor(len(pair)) as waiting:
        for done in [waiting.submit(desk.program.settle) for desk in pair]:
            done.result()


def suspend(desk: Desk) -> None:
    """As a shell's job control does; meanwhile the shell writes, and is written to."""
    desk.program.signal(signal.SIGTSTP)
    desk.program.wait_until(lambda: state(desk) == "T", what="the stop")
    desk.program.wait_for("Stopped")
    desk.program.show(b"$ others write\r\n")
    desk.program.send("fg\r")
    desk.program.wait_until(lambda: state(desk) != "T", what="the program again")
    desk.program.wait_until(lambda: " F" in f" {desk.program.line(-1)}", what="the key bar")


def state(desk: Desk) -> str:
    return Path(f"/proc/{desk.program.watched}/stat").read_text().rpartition(")")[2].split()[0]


def assert_repaint_changes_nothing(desk: Desk) -> None:
    desk.program.settle(AT_REST)
    before = look(desk)
    desk.program.mark()
    desk.program.signal(signal.SIGCONT)
    desk.program.wait_until(lambda: b"\x1b[2J" in desk.program.raw, what="the repaint")
    desk.program.settle()
    assert look(desk) == before


def assert_alike(pair: tuple[Desk, Desk], when: str) -> None:
    """Cell by cell, but for the time of day."""
    assert [state(desk) in "RSD" for desk in pair] == [True, True], when
    changes, whole = texts(pair)
    for _ in range(20):  # what matches is counted at a pause in typing, not in both at the same moment
        if changes == whole:
            break
        settle(pair)
        changes, whole = texts(pair)
    assert changes == whole, when
    left, right = (look(desk) for desk in pair)
    for y, (one, other) in enumerate(zip(left, right, strict=True)):
        assert [cell[1:] for cell in one] == [cell[1:] for cell in other], f"{when}: line {y} of\n{changes}"


def texts(pair: tuple[Desk, Desk]) -> list[str]:
    return [re.sub(r"\d\d:\d\d", "00:00", desk.text()) for desk in pair]


def look(desk: Desk) -> list[list[Cell]]:
    """Every cell by what can be seen of it."""
    return [[seen(cell) for cell in line] for line in desk.program.cells]


def seen(cell: Char) -> Cell:
    if cell.data == " " and not (cell.reverse or cell.underscore):
        return cell.data, "", cell.bg, False, False, False
    return cell.data, cell.fg, cell.bg, cell.bold, cell.reverse, cell.underscore
