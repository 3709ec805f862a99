"""The sequences of terminals, and the keys they are; what is none is dropped whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from svc_tui.terminal.keyboard import Keyboard

FUNCTION_KEYS = [f"f{number}" for number in range(1, 13)]


def keys(data: bytes, term: str = "xterm", keyboard: Keyboard | None = None) -> list[str]:
    """What a terminal's bytes are: names of keys, or the signs they type."""
    found = (keyboard or Keyboard(term=term)).feed(data)
    return [key.character if key.is_printable and key.character else key.key for key in found
            if isinstance(key, events.Key)]  # fmt: skip


def each(sequences: str, term: str = "xterm") -> list[str]:
    """The keys of sequences that stand apart by blanks, on one terminal."""
    keyboard = Keyboard(term=term)
    return [name for sequence in sequences.split() for name in keys(f"\x1b{sequence}".encode(), keyboard=keyboard)]


def test_function_keys_of_putty_as_vt100_plus() -> None:
    assert each("OP OQ OR OS OT OU OV OW OX OY OZ O[") == FUNCTION_KEYS


def test_f9_of_vt100_plus_and_the_keypads_equals_sign_are_told_apart_by_what_else_is_sent() -> None:
    assert each("OX") == ["f9"]
    assert each("Ok OX OU OX") == ["+", "=", "f6", "f9"]


def test_function_keys_of_putty_as_an_sco_console() -> None:
    assert each("[M [N [O [P [Q [R [S [T [U [V [W [X", "scoansi") == FUNCTION_KEYS
    assert each("[H [F [I [G [L [A", "scoansi") == ["home", "end", "pageup", "pagedown", "insert", "up"]


def test_an_sco_console_is_known_by_keys_that_nobody_else_sends() -> None:
    assert each("[N [P [I") == ["f2", "f4", "pageup"]


def test_focus_reports_of_another_program_are_no_keys() -> None:
    assert each("[I [O") == []


def test_function_keys_of_putty_and_others_as_linux_console() -> None:
    assert each("[[A [[B [[C [[D [[E [17~ [18~ [19~ [20~ [21~ [23~ [24~", "linux") == FUNCTION_KEYS


def test_function_keys_of_rxvt_and_of_old_xterms() -> None:
    assert each("[11~ [12~ [13~ [14~ [15~ [17~ [18~ [19~ [20~ [21~ [23~ [24~") == FUNCTION_KEYS


def test_the_keypad_in_application_mode() -> None:
    assert each("Oj Ok Ol Om On Oo Op Oq Or Os Ot Ou Ov Ow Ox Oy OM") == [*"*+,-./0123456789", "enter"]


def test_the_five_without_num_lock_is_no_key() -> None:
    assert each("OE [E [G OG") == []


@pytest.mark.parametrize(
    ("sequences", "names"),
    [
        ("[a [b Oa Ob Oc Od", ["shift+up", "shift+down", "ctrl+up", "ctrl+down", "ctrl+right", "ctrl+left"]),
        ("[7~ [8~ [7$ [8^ [3^ [5$", ["home", "end", "shift+home", "ctrl+end", "ctrl+delete", "shift+pageup"]),
        ("[1~ [4~ [2~ [3~ [5~ [6~", ["home", "end", "insert", "delete", "pageup", "pagedown"]),
        ("[1;2B [1;5C [1;3D [1;7A O5C O2B", ["shift+down", "ctrl+right", "alt+left", "alt+ctrl+up", "ctrl+right",
                                             "shift+down"]),
        ("[1;2P [1;5Q [15;2~ [24;5~", ["f13", "ctrl+f2", "f17", "ctrl+f12"]),
        ("[1;129B [1;65C", ["down", "right"]),
    ],
)  # fmt: skip
def test_keys_of_rxvt_screen_tmux_and_xterm_with_and_without_others_held(sequences: str, names: list[str]) -> None:
    assert each(sequences) == names


@pytest.mark.parametrize(
    ("sequences", "names"),
    [
        ("[97u [65u [97;2u [97:65;2u [230u [230;;230u", ["a", "A", "A", "A", "æ", "æ"]),
        ("[115;5u [112;5u [27u [13u [9u [127u [9;2u [32u", ["ctrl+s", "ctrl+p", "escape", "enter", "tab", "backspace",
                                                            "shift+tab", " "]),
        ("[100;3u [98;3u [127;3u [100;4u", ["alt+d", "alt+b", "alt+backspace", "alt+D"]),
        ("[27;5;115~ [27;3;100~ [27;2;13~ [27;5;9~ [27;2;65~", ["ctrl+s", "alt+d", "enter", "tab", "A"]),
        ("[1;1:1B [1;1:2B [1;1:3B [97;1:1u [97;1:3u", ["down", "down", "a"]),
        ("[P [Q [S [13~ [15~", ["f1", "f2", "f4", "f3", "f5"]),
        ("[57399u [57408u [57413u [57414u [57419u [57426u", ["0", "9", "+", "enter", "up", "delete"]),
        ("[105;5u [109;5u [91;5u [104;5u", ["tab", "enter", "escape", "backspace"]),
        ("[97;129u [97;65u", ["a", "a"]),
    ],
)  # fmt: skip
def test_keys_of_a_terminal_that_was_left_in_another_mode(sequences: str, names: list[str]) -> None:
    """Kitty's CSI u with its sub-parameters, and xterm's modifyOtherKeys; keys let go are none."""
    assert each(sequences) == names


@pytest.mark.parametrize("sequence", ["[57441u", "[57358u", "[97;9u", "[1114112;1u", "[12;40R", "[0u", "[;;;u", "[99~"])
def test_what_is_no_key_of_such_a_mode_is_dropped(sequence: str) -> None:
    assert each(sequence) == []


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"\x9bA\x9b17~\x8fP\x9b3~", ["up", "f6", "f1", "delete"]),
        (b"\xc2\x9bB\xc2\x8fQ", ["down", "f2"]),
        ("Åse Û".encode() + b"\x9bA", [*"Åse Û", "up"]),
        ("Åse".encode("latin-1") + b"\x9bA\xf8", [*"Åse", "up", "ø"]),
    ],
)
def test_controls_of_eight_bits_are_understood_and_letters_stay(data: bytes, names: list[str]) -> None:
    assert keys(data) == names


def test_a_paste_between_controls_of_eight_bits_is_a_paste() -> None:
    (paste,) = Keyboard().feed(b"\x9b200~dd\r\x9b201~")
    assert isinstance(paste, events.Paste)
    assert paste.text == "dd\r"


@given(st.sampled_from([chr(code) for code in range(0x40, 0x7F)]))
def test_no_sequence_of_escape_o_and_a_letter_is_ever_that_letter(letter: str) -> None:
    found = keys(f"\x1bO{letter}q".encode())
    assert found.pop() == "q"
    assert len(found) <= 1
    assert not found or found[0] != letter


@given(st.from_regex(re.compile("[0-9;:]{0,12}[ABCDEFGHPQRSTUVWXZabcdu~^@]"), fullmatch=True))
def test_a_control_sequence_is_one_key_or_none(sequence: str) -> None:
    found = keys(f"\x1b[{sequence}q".encode())
    assert found == ["q"] or (len(found) == 2 and found[-1] == "q")
