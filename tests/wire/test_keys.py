"""Sequences of keys that terminals and people really send, on the real program: none does what nobody meant."""

from __future__ import annotations

import string
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from svc_tui.widgets.bottom_line import FIRST_REPEAT
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
    time.sleep(FIRST_REPEAT + 0.1)  # sooner it is taken for a key held down
    desk.program.send(discard)
    desk.said("The changes are discarded. r brings them back.")
    desk.press("r")
    assert desk.value("Subject") == "Tænder ikke mere"


def test_f6_of_putty_as_vt100_plus_is_f6(desk: Desk) -> None:
    desk.press("d", "u")
    before = jobs(desk.database)
    desk.press("\x1bOU")
    assert desk.title.startswith(desk.told("New job"))
    assert jobs(desk.database) == before


def test_no_unknown_sequence_of_escape_o_changes_a_job(desk: Desk) -> None:
    desk.press("d", "u")
    before = jobs(desk.database)
    for code in range(0x40, 0x7F):
        if chr(code) not in "MPQRSTUVWXYZ[lmnIkp":  # keys of the keypad and function keys
            desk.program.send(b"\x1bO" + bytes([code]))
    desk.program.settle()
    assert jobs(desk.database) == before


def test_keys_of_kittys_mode_and_of_modify_other_keys_save_and_close(desk: Desk) -> None:
    desk.press("<Enter>", "<End>", "\x1b[33u", "\x1b[97;2u", "\x1b[115;5u")
    assert [job["subject"] for job in jobs(desk.database)] == ["Tænder ikke!A"]
    desk.press("\x1b[27;2;66~", "\x1b[27;5;115~", "\x1b[27u")
    assert [job["subject"] for job in jobs(desk.database)] == ["Tænder ikke!AB"]
    assert desk.row()


def test_the_terminal_is_asked_to_send_keys_as_it_used_to(shop: Path) -> None:
    with Desk(shop) as desk:
        assert b"\x1b[=0u\x1b[>4m" in desk.program.raw
    with Desk(shop, term="vt220") as desk:
        assert b"\x1b[=" not in desk.program.raw
        assert b"\x1b[>" not in desk.program.raw


@pytest.mark.parametrize("term", ["xterm-256color", "vt220"])
def test_keys_of_eight_bits(shop: Path, term: str) -> None:
    with Desk(shop, term=term) as desk:
        desk.program.send("nÅse".encode() + b"\x9b17~")  # F6: save and begin another
        desk.program.settle()
        assert [job["subject"] for job in jobs(shop)] == ["Åse"]


@pytest.mark.parametrize("cut", [1, 2, 4])
def test_a_paste_whose_start_is_split_runs_no_command(desk: Desk, cut: int) -> None:
    before, data = jobs(desk.database), b"\x1b[200~d\rdd\tuu\r\x1b[201~"
    desk.program.send(data[:cut])
    desk.program.settle(quiet=0.3)
    desk.program.send(data[cut:])
    desk.program.settle()
    assert jobs(desk.database) == before


@pytest.mark.parametrize(("given", "is_utf8"), [({}, False), ({"LC_CTYPE": "C.UTF-8"}, True)])
def test_lang_decides_though_its_locale_is_not_installed(
    shop: Path, given: dict[str, str | None], is_utf8: bool
) -> None:
    with Desk(shop, env={"LANG": "da_DK.ISO8859-1", "LC_ALL": None} | given) as desk:
        assert desk.program.raw.isascii() is not is_utf8


def test_the_keys_that_other_programs_are_left_by_say_which_one_does_it_here(desk: Desk) -> None:
    for key in ("<C-c>",):
        desk.press("<Down>", key)
        assert desk.message == desk.told("Ctrl+Q leaves the program.")
    desk.press("n", "quartz", "<C-c>")
    assert desk.message == desk.told("Ctrl+Q leaves the program.")
    assert desk.value("Subject") == "quartz"


def test_a_letter_whose_bytes_come_apart_is_one_letter(shop: Path) -> None:
    with Desk(shop) as desk:
        desk.press("n")
        for part in (b"\xc3", b"\xa6", b"\xe2", b"\x82", b"\xac"):
            desk.program.send(part)
            time.sleep(0.2)  # not until it is quiet: what repaints meanwhile would make the gap longer
        desk.program.settle(quiet=0.2)
        assert desk.value("Subject") == "æ€"


@pytest.mark.parametrize("gap", [0.0, 0.005])
@pytest.mark.parametrize("code", ["5701234567899", "dmpu123x", "V7000123"])
def test_a_code_of_a_reader_in_a_list_changes_nothing(desk: Desk, code: str, gap: float) -> None:
    before, title = jobs(desk.database), desk.title
    for sign in f"{code}\r".encode() if gap else [f"{code}\r".encode()]:
        desk.program.send(bytes([sign]) if isinstance(sign, int) else sign)
        time.sleep(gap)
    desk.said("“{code}” is unknown. Nothing was changed.")
    assert jobs(desk.database) == before
    assert desk.title == title


def test_lines_pasted_without_brackets_into_a_list_change_nothing(desk: Desk) -> None:
    before = jobs(desk.database)
    desk.program.send(b"dd\ruu\tp1\rd\r")
    desk.said("What was pasted was left out: put the cursor into a field first.")
    assert jobs(desk.database) == before


@pytest.mark.parametrize("text", ["nu er den her\r\nder er et problem\r\n", "se sag 123\r\nok\r\n", "d\nu\nd\n"])
def test_lines_with_line_feeds_are_a_paste_whatever_they_begin_with(desk: Desk, text: str) -> None:
    before, title = jobs(desk.database), desk.title
    desk.program.send(text.encode())
    desk.said("What was pasted was left out: put the cursor into a field first.")
    assert (jobs(desk.database), desk.title) == (before, title)


@pytest.mark.parametrize("answer", [b"\x1b_Gi=1;dd\x1b\\", b"\x1b^dd\x1b\\", b"\x9fdd\x9c", b"\x8ed"])
def test_answers_to_what_another_program_asked_change_no_job(desk: Desk, answer: bytes) -> None:
    before = jobs(desk.database)
    desk.program.send(answer)
    desk.press("?<Esc>")
    assert jobs(desk.database) == before


def test_a_key_held_down_moves_and_enter_behind_it_opens(desk: Desk) -> None:
    desk.program.send(b"GGGGGGGGG\r")
    desk.program.settle()
    assert desk.value("Subject") == "Tænder ikke"
