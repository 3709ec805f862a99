"""Far more input than anybody types: the program answers soon after, holds no more memory, and loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from tests.wire.desk import Desk

PATIENCE = 40.0
"""Seconds; the machine may be busy. Without a bound it was minutes."""
GROWTH = 40.0
"""MiB."""
MILLION = 1_000_000

PLACES = {
    "list": "",
    "filter": "/",
    "field": "n",
    "question": "p",
    "note": "n<F7><F12>",
    "picker": "n<F9>",
    "actions": "<F10>",
}
PASTES = {
    "words": "ord ",
    "one word": "x",
    "lines": "linje\r\n",
    "emoji": "👨\u200d👩\u200d👧",
    "marks": "\u0301",
    "colours": "\x1b[31m",
    "terms": "status:",
}


def assert_answers(desk: Desk) -> None:
    """The first list comes back with Escape, and its filter line takes a text."""
    for _ in range(5):
        desk.press("<Esc>")
        if "Ikke gemt endnu" in desk.text():
            desk.press("k")
    desk.press("/<End><C-u>zq")
    assert desk.program.line(1)[1:].startswith("Filter: zq"), desk.text()


@pytest.mark.parametrize("place", PLACES)
def test_a_paste_of_a_million_characters_is_read_as_far_as_it_fits(demo: Path, place: str) -> None:
    with Desk(demo) as desk:
        desk.press(PLACES[place])
        memory = desk.program.memory()
        for text in PASTES.values():
            desk.paste(text * (MILLION // len(text)))
            desk.program.settle(timeout=PATIENCE)
        assert_answers(desk)
        assert desk.program.memory() - memory < GROWTH


@pytest.mark.parametrize(
    "flood",
    [b"x" * 100_000, b"ab\r\n" * 25_000, b"\x00" * MILLION, b"\x1b" * 50_000, b"\x1b[B" * 50_000, b"\xff" * 200_000],
    ids=["letters", "lines", "nothings", "escapes", "moves", "latin"],
)
@pytest.mark.parametrize("place", ["list", "field"])
def test_a_flood_of_keys_ends_and_is_told(demo: Path, place: str, flood: bytes) -> None:
    with Desk(demo) as desk:
        desk.press(PLACES[place])
        memory = desk.program.memory()
        desk.program.send(flood, patience=3 * PATIENCE)
        desk.program.settle(timeout=PATIENCE)
        assert desk.program.memory() - memory < GROWTH
        assert_answers(desk)


@pytest.mark.parametrize(
    ("begun", "end"),
    [(b"\x1b]0;", b"\x07"), (b"\x1bP1$r", b"\x1b\\"), (b"\x1b[9", b"A"), (b"\x1b[<", b"M")],
    ids=["osc", "dcs", "csi", "mouse"],
)
def test_a_sequence_that_is_far_too_long_is_no_text(demo: Path, begun: bytes, end: bytes) -> None:
    with Desk(demo) as desk:
        desk.new()
        desk.program.send(begun + b"1" * MILLION)
        desk.program.settle(timeout=PATIENCE)
        desk.program.send(end)
        desk.press("Emne")
        assert desk.value("Subject") == "Emne"


def test_a_note_pasted_without_brackets_is_whole(demo: Path) -> None:
    text = "".join(f"linje {number} af noten\r" for number in range(500))
    with Desk(demo) as desk:
        desk.press("<Enter>", "<F12>")
        desk.program.send(text.encode())
        desk.program.settle(timeout=PATIENCE)
        desk.press("<F2>")
        desk.said("Job {number} is saved.")
        store = open_database(str(demo))
        notes = str(store.sql("SELECT text FROM activity_note ORDER BY id DESC LIMIT 1")[0][0])
        store.close()
        assert "linje 0 af noten" in notes
        assert "linje 499 af noten" in notes
