"""Sequences of keys that terminals and people really send, on the real program: none does what nobody meant."""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.desk import Desk, jobs

ALT_LETTERS = [f"\x1b{letter}".encode() for letter in string.ascii_letters]


@pytest.fixture
def desk(shop: Path) -> Iterator[Desk]:
    """The list of a shop with one job."""
    with Desk(shop) as found:
        found.press("nTænder ikke<Tab><Tab>tv<Tab><F2>", "<Esc>")
        yield found


def test_alt_and_a_letter_in_a_changed_sheet_keeps_what_was_typed(desk: Desk) -> None:
    desk.press("<Enter>", "<End> mere", *(key.decode() for key in ALT_LETTERS if key != b"\x1bd"))
    assert desk.value("Subject") == "Tænder ikke mere"


def test_alt_d_deletes_a_word_and_discards_nothing(desk: Desk) -> None:
    desk.press("<Enter>", "<End> mere", "<Home>", "\x1bd")
    assert desk.value("Subject") == "ikke mere"
    desk.press("<F2>")
    assert [job["subject"] for job in jobs(desk.database)] == ["ikke mere"]


def test_alt_and_a_letter_in_list_and_filter_line_changes_no_job(desk: Desk) -> None:
    before = jobs(desk.database)
    for key in ALT_LETTERS:
        desk.program.send(key)
    desk.program.settle()
    desk.press("/tænder", "\x1bd")
    desk.press("\x1bd", "\x1bu", "<Esc>")
    assert jobs(desk.database) == before


def test_discarding_asked_for_before_the_question_could_be_read_is_not_done(desk: Desk) -> None:
    discard = desk.told("d").encode()
    desk.press("<Enter>", "<End> mere")
    desk.program.send(b"\x1bOR" + discard)
    desk.program.settle()
    assert desk.message == desk.told("Not saved yet.   s: save and close   d: discard the changes   Esc: stay")
    desk.program.send(discard)
    desk.said("The changes are discarded. r brings them back.")
    desk.press("r")
    assert desk.value("Subject") == "Tænder ikke mere"
