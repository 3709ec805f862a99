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
FLOODS = {
    "letters": b"x" * 100_000, "lines": b"ab\r\n" * 25_000, "nothings": b"\x00" * MILLION,
    "escapes": b"\x1b" * 50_000, "moves": b"\x1b[B" * 50_000, "latin": b"\xff" * 200_000,
}  # fmt: skip
IN_THE_LIST = ("letters", "moves", "escapes")
"""The others come into a field: each flood takes the program ten seconds."""


def assert_answers(desk: Desk) -> None:
    """The first list comes back with Escape, and its filter line takes a text."""
    for _ in range(5):
        desk.press("<Esc>")
        if "Ikke gemt endnu" in desk.text():
            desk.press("k")
    desk.press("/<End><C-u>zq")
    assert desk.program.line(1)[1:].startswith("Filter: zq"), desk.text()


def pastes_for(place: str) -> list[str]:
    """All of them into a list and a field; into every other place three, so that each comes into two or more."""
    found = list(PASTES.values())
    if place in ("list", "field"):
        return found
    first = list(PLACES).index(place)
    return [found[(first + step) % len(found)] for step in range(3)]


@pytest.mark.parametrize("place", PLACES)
def test_a_paste_of_a_million_characters_is_read_as_far_as_it_fits(demo: Path, place: str) -> None:
    with Desk(demo) as desk:
        desk.press(PLACES[place])
        memory = desk.program.memory()
        for text in pastes_for(place):
            desk.paste(text * (MILLION // len(text)))
            desk.program.settle(timeout=PATIENCE)
        assert_answers(desk)
        assert desk.program.memory() - memory < GROWTH


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_of_keys_ends_and_is_told(demo: Path, flood: str) -> None:
    with Desk(demo) as desk:
        desk.press(PLACES["list" if flood in IN_THE_LIST else "field"])
        memory = desk.program.memory()
        desk.program.send(FLOODS[flood], patience=3 * PATIENCE)
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
