"""Profiles, character sets, what is drawn instead of what, and what is made of the bytes that come in."""

from __future__ import annotations

import asyncio
import inspect
import os
import re
import signal
import string
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual import constants, driver, events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._border import BORDER_CHARS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.geometry import Size
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from svc_tui.terminal import terminal
from svc_tui.terminal.driver import Driver, Output
from svc_tui.terminal.keyboard import PASTE_LONGEST, PASTE_QUIET, SEQUENCE_DELAY, Keyboard, decode
from svc_tui.terminal.terminal import (
    Charset,
    Profile,
    Way,
    choose_charset,
    choose_profile,
    choose_way,
    need_a_terminal,
    prepare,
    renderer,
)

DANISH = "Rødgrød med fløde på øen"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keyboard(clock: Clock) -> Keyboard:
    return Keyboard(clock)


def names(messages: list[Message]) -> list[str]:
    """Keys by name, pastes by text in quotation marks, everything else by class."""
    return [
        message.key
        if isinstance(message, events.Key)
        else repr(message.text)
        if isinstance(message, events.Paste)
        else type(message).__name__
        for message in messages
    ]


# Profile and character set


@pytest.mark.parametrize(
    ("environ", "profile"),
    [
        ({"TERM": "xterm-256color"}, Profile.RICH),
        ({"TERM": "screen-256color"}, Profile.RICH),
        ({"TERM": "vte-256color"}, Profile.RICH),
        ({"TERM": "xterm-kitty"}, Profile.RICH),
        ({"TERM": "alacritty"}, Profile.RICH),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, Profile.RICH),
        ({"TERM": "xterm"}, Profile.PLAIN),
        ({"TERM": "linux"}, Profile.PLAIN),
        ({"TERM": "linux", "COLORTERM": "truecolor"}, Profile.PLAIN),
        ({"TERM": "ansi"}, Profile.PLAIN),
        ({"TERM": "cygwin"}, Profile.PLAIN),
        ({"TERM": "putty"}, Profile.PLAIN),
        ({"TERM": "putty-256color"}, Profile.RICH),
        ({"TERM": "vt220"}, Profile.MONO),
        ({"TERM": "vt100-am"}, Profile.MONO),
        ({"TERM": "vt52"}, Profile.MONO),
        ({"TERM": "linux-m"}, Profile.MONO),
        ({"TERM": "dumb"}, Profile.MONO),
        ({}, Profile.MONO),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, Profile.MONO),
        ({"TERM": "xterm-256color", "NO_COLOR": ""}, Profile.RICH),
        ({"TERM": "vt220", "SVC_TUI_PROFILE": "rich"}, Profile.RICH),
        ({"TERM": "vt220", "SVC_TUI_PROFILE": "fancy"}, Profile.MONO),
    ],
)
def test_the_profile_follows_the_terminal(environ: dict[str, str], profile: Profile) -> None:
    assert choose_profile(environ) is profile


def test_the_users_setting_goes_before_the_terminal_and_the_environment_before_both() -> None:
    assert choose_profile({"TERM": "xterm-256color"}, "plain") is Profile.PLAIN
    assert choose_profile({"TERM": "xterm-256color", "SVC_TUI_PROFILE": "mono"}, "plain") is Profile.MONO
    assert choose_profile({"TERM": "xterm-256color"}, "auto") is Profile.RICH


@pytest.mark.parametrize(
    ("environ", "profile", "charset"),
    [
        ({"LANG": "da_DK.UTF-8"}, Profile.MONO, Charset.UTF8),
        ({"LANG": "C.utf8"}, Profile.PLAIN, Charset.UTF8),
        ({"LC_CTYPE": "UTF-8"}, Profile.RICH, Charset.UTF8),
        ({"LANG": "da_DK.UTF-8", "LC_ALL": "C"}, Profile.RICH, Charset.ASCII),
        ({"LANG": "da_DK.ISO-8859-1"}, Profile.RICH, Charset.ASCII),
        ({"LANG": "da_DK"}, Profile.RICH, Charset.ASCII),
        ({"LANG": "da_DK.ISO8859-1", "LC_CTYPE": "C.UTF-8"}, Profile.RICH, Charset.ASCII),
        ({"LANG": "da_DK.UTF-8", "LC_CTYPE": "C.UTF-8"}, Profile.MONO, Charset.UTF8),
        ({"LC_CTYPE": "C.UTF-8"}, Profile.MONO, Charset.ASCII),
        ({"LC_ALL": "", "LANG": "POSIX"}, Profile.PLAIN, Charset.ASCII),
        ({}, Profile.RICH, Charset.UTF8),
        ({}, Profile.MONO, Charset.ASCII),
        ({"LANG": "C", "SVC_TUI_CHARSET": "utf8"}, Profile.MONO, Charset.UTF8),
    ],
)
def test_the_letters_follow_the_locale(environ: dict[str, str], profile: Profile, charset: Charset) -> None:
    assert choose_charset(environ, profile) is charset


def test_the_users_setting_of_the_letters_goes_before_the_locale() -> None:
    assert choose_charset({"LANG": "C"}, Profile.RICH, "utf8") is Charset.UTF8


def test_what_is_prepared_is_found_again() -> None:
    environ = {"TERM": "xterm-256color", "NO_COLOR": "1", "LANG": "C"}
    prepare(Profile.PLAIN, Charset.UTF8, environ)
    assert choose_profile(environ, "rich") is Profile.PLAIN
    assert choose_charset(environ, Profile.PLAIN) is Charset.UTF8


def test_textual_takes_what_is_prepared() -> None:
    """Every one of these is read at import, so a fresh interpreter has to tell."""
    code = """
from svc_tui.terminal.terminal import *
import sys
prepare(Profile.MONO)
assert not [name for name in sys.modules if name.partition(".")[0] in ("textual", "rich")]
from textual import constants as c
from textual.app import App
app = App()
print(c.ESCAPE_DELAY, c.DISABLE_KITTY_KEY, c.TEXTUAL_ANIMATIONS, c.COLOR_SYSTEM, c.SMOOTH_SCROLL)
print(app.theme, app.native_ansi_color, app.no_color, app.console.color_system)
"""
    run = subprocess.run(
        [sys.executable, "-c", code], env={"TERM": "vt220"}, capture_output=True, text=True, check=True, cwd=os.getcwd()
    )
    assert run.stdout.splitlines() == ["0.025 True none standard False", "ansi-dark True True standard"]


def test_colour_depth_follows_the_terminal_and_the_users_own_choices_stay() -> None:
    rich, deep, own = {"TERM": "xterm-256color"}, {"COLORTERM": "truecolor"}, {"ESCDELAY": "400"}
    for environ in (rich, deep, own):
        prepare(Profile.RICH, None, environ)
    assert rich["TEXTUAL_COLOR_SYSTEM"] == "256"
    assert deep["TEXTUAL_COLOR_SYSTEM"] == "truecolor"
    assert own["ESCDELAY"] == "400"
    assert rich["ESCDELAY"] == "25"
    assert "NO_COLOR" not in rich


def test_on_a_slow_line_a_key_may_arrive_in_parts() -> None:
    environ = {"TERM": "vt220", "SVC_TUI_DISPLAY": "slow"}
    prepare(Profile.MONO, None, environ)
    assert environ["ESCDELAY"] == "400"


def test_how_the_terminal_is_written_to_is_chosen_by_the_environment() -> None:
    assert choose_way({}) == choose_way({"SVC_TUI_DISPLAY": "nonsense"}) == Way.CHANGES
    assert choose_way({"SVC_TUI_DISPLAY": "whole"}) == Way.WHOLE
    assert choose_way({"SVC_TUI_DISPLAY": "slow"}) == Way.SLOW


def test_preparing_too_late_is_a_mistake_that_is_told() -> None:
    with pytest.raises(RuntimeError, match="before Textual"):
        prepare(Profile.RICH)


# Without a terminal


def test_without_a_terminal_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.isatty", lambda fd: fd == 0)
    with pytest.raises(SystemExit) as end:
        need_a_terminal(str.upper)
    assert end.value.code == 2
    assert "SSH -T" in capsys.readouterr().err


def test_an_ignored_hang_up_is_heard_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.isatty", lambda fd: True)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        need_a_terminal()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)


# What is drawn


def drawn(text: str, profile: Profile, charset: Charset) -> str:
    return renderer(profile, charset)(text)


def test_a_rich_terminal_gets_everything_as_it_is() -> None:
    text = f"\x1b[38;5;12m╭─ {DANISH} ─╮ …👍\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\"
    assert drawn(text, Profile.RICH, Charset.UTF8) == text


@pytest.mark.parametrize("profile", [Profile.PLAIN, Profile.MONO])
def test_lines_and_signs_are_ascii_and_letters_stay(profile: Profile) -> None:
    assert (
        drawn(f"┌──┬══╗ │ ▲▼ → ↔ • ● ○ … · █ {DANISH} 木", profile, Charset.UTF8)
        == f"+--+==+ | ^v > - * * o ~ | # {DANISH} 木"
    )


def test_without_utf8_letters_are_ascii_too() -> None:
    assert drawn("ÆØÅ æøå é ü ß ŁÓDŹ “nej” 1½ €", Profile.RICH, Charset.ASCII) == 'AOA aoa e u s LODZ "nej" 11 E'


def test_a_letter_of_two_cells_becomes_two_signs() -> None:
    assert drawn("木👍x", Profile.PLAIN, Charset.ASCII) == "????x"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30))
def test_ascii_takes_as_many_cells_as_textual_has_counted(text: str) -> None:
    plain = drawn(text, Profile.PLAIN, Charset.ASCII)
    assert plain.isascii()
    assert "\x7f" not in plain
    assert len(plain) == cell_len(text)


def test_what_stands_for_a_drawn_sign_is_one_cell_for_one() -> None:
    glyphs = terminal._glyphs()
    assert all(cell_len(chr(code)) == 1 for code in glyphs)
    assert all(len(plain) == 1 and " " <= plain <= "~" for plain in glyphs.values())


def test_every_border_of_textual_has_its_ascii() -> None:
    for border, rows in BORDER_CHARS.items():
        signs = "".join(sign for row in rows for sign in row)
        assert drawn(signs, Profile.PLAIN, Charset.UTF8).isascii(), border


@pytest.mark.parametrize(
    ("given_style", "style"),
    [
        ("0", "\x1b[0m"),
        ("", "\x1b[m"),
        ("1;38;5;12;7;48;2;1;2;3", "\x1b[1;7m"),
        ("97;40", ""),
        ("4:3;38:2::9:9:9", "\x1b[4m"),
        ("39;49;2", "\x1b[2m"),
        ("0;1;4;7;27", "\x1b[0;1;4;7;27m"),
    ],
)
def test_mono_keeps_the_style_and_no_colour(given_style: str, style: str) -> None:
    assert drawn(f"a\x1b[{given_style}mb\x1b[3;4H", Profile.MONO, Charset.UTF8) == f"a{style}b\x1b[3;4H"


def test_an_old_terminal_gets_no_titles_links_or_clipboard() -> None:
    text = "a\x1b]22;default\x07b\x1b]8;id=1;http://x\x1b\\c\x1b]8;;\x1b\\d"
    assert drawn(text, Profile.PLAIN, Charset.UTF8) == "abcd"


# What is typed


def test_letters_in_utf8_and_in_latin1_are_the_same_letters() -> None:
    assert decode(DANISH.encode()) == (DANISH, b"")
    assert decode(DANISH.encode("latin-1")) == (DANISH, b"")
    assert decode(b"\xff\xfe\x80\x99ab") == ("ÿþab", b"")


@given(st.text(st.characters(codec="utf-8")), st.integers(0, 99))
def test_a_letter_may_come_in_two_parts(text: str, cut: int) -> None:
    data = text.encode()
    first, rest = decode(data[:cut])
    second, left = decode(rest + data[cut:])
    assert (first + second, left) == (text, b"")


def test_a_latin1_letter_shows_without_another_key(keyboard: Keyboard, clock: Clock) -> None:
    assert names(keyboard.feed("æ".encode("latin-1"))) == []
    wait = keyboard.wait()
    assert wait is not None
    assert wait <= 0.1
    clock.now += wait
    assert names(keyboard.tick()) == ["æ"]
    assert keyboard.wait() is None


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"ab\r\t\x7f\x08", ["a", "b", "enter", "tab", "backspace", "backspace"]),
        (b"\x13\x11\x0f", ["ctrl+s", "ctrl+q", "ctrl+o"]),
        (b"\x1b[A\x1bOB\x1b[1;2B\x1b[5~", ["up", "down", "shift+down", "pageup"]),
        (b"\x1b[[A\x1b[[E\x1bOP\x1bOS\x1b[15~", ["f1", "f5", "f1", "f4", "f5"]),
        (b"\x1b[25~\x1b[28~\x1b[29~\x1b[34~", ["f13", "f15", "f16", "f20"]),
        (b"\x1b[1;2P\x1b[1;2R\x1b[15;2~", ["f13", "f15", "f17"]),
        (b"\x1b[Z\x1b\t", ["shift+tab", "shift+tab"]),
        (b"\x1b[1~\x1b[4~\x1b[H\x1b[F", ["home", "end", "home", "end"]),
        (b"\x1bnt", ["escape", "n", "t"]),
        (b"\x1b/\x15", ["escape", "slash", "ctrl+u"]),
        (b"\x1b\x08\x1b\x7f", ["alt+backspace", "alt+backspace"]),
        (b"\x1b[1;3D\x1b[1;3C\x1b[3;3~\x1b[1;5D", ["alt+left", "alt+right", "alt+delete", "ctrl+left"]),
        (b"\x1b\x1b[D\x1b\x1bOC\x1b\x1b[3~", ["alt+left", "alt+right", "alt+delete"]),
        (b"\x1b[1;3A\x1b[5;3~", ["alt+up", "alt+pageup"]),
        (b"\x1b\r\x1b\x13", ["escape", "enter", "escape", "ctrl+s"]),
        (b"\x1bfr 930", ["escape", "f", "r", "space", "9", "3", "0"]),
        (b"\x1b\x1b[A", ["escape", "up"]),
        (b"\x1bO8", []),
        (b"\x1bOp\x1bOM", ["0", "enter"]),
    ],
)
def test_keys_are_told_apart(keyboard: Keyboard, data: bytes, keys: list[str]) -> None:
    assert names(keyboard.feed(data)) == keys


@pytest.mark.parametrize(
    "sequence",
    [
        b"\x1b[999999999999A",
        b"\x1b[" + b"9" * 5000 + b"A",
        b"\x1b[1114112;1u",
        b"\x1b[99999999999999;3;99999999999999u",
        b"\x1b[48;99999;99999;1;1t",
        b"\x1b[12;40R",
        b"\x1b[<99999;1;1M",
        b"\x1b[M !!",
        b"\x1b]11;rgb:0000/0000/0000\x1b\\",
        b"\x1bP>|xterm(379)\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b_dd\x1b\\",
        b"\x1b^dd\x1b\\",
        b"\x1bXdd\x1b\\",
        b"\x9fGi=1;dd\x9c",
        b"\x9edd\x9c",
        b"\x98dd\x9c",
        b"\x8ed",
        b"\xc2\x8ed",
        b"\x1b[?62;22c",
        b"\x1b[I\x1b[O",
        b"\x1b[201~",
    ],
)
def test_what_is_no_key_is_dropped_and_the_next_key_is_one(keyboard: Keyboard, sequence: bytes) -> None:
    assert names(keyboard.feed(sequence + b"a")) == ["a"]


@pytest.mark.parametrize("cut", range(1, 8))
def test_a_sequence_may_come_in_parts(keyboard: Keyboard, clock: Clock, cut: int) -> None:
    data = b"\x1b[1;5D\x1b[Z"
    messages = keyboard.feed(data[:cut])
    clock.now += 0.02
    messages += keyboard.tick() + keyboard.feed(data[cut:])
    assert names(messages) == ["ctrl+left", "shift+tab"]


@pytest.mark.parametrize("cut", range(3, 11))
def test_an_answer_about_pictures_may_come_in_parts(keyboard: Keyboard, clock: Clock, cut: int) -> None:
    data = b"\x1b_Gi=1;dd\x1b\\a"
    messages = keyboard.feed(data[:cut])
    clock.now += 0.02
    messages += keyboard.tick() + keyboard.feed(data[cut:])
    assert names(messages) == ["a"]


@pytest.mark.parametrize("letter", [*string.ascii_letters, *"0123456789/*?-", "æ", "[", "]"])
def test_alt_and_a_letter_are_one_key(keyboard: Keyboard, clock: Clock, letter: str) -> None:
    messages = keyboard.feed(f"\x1b{letter}".encode())
    while (wait := keyboard.wait()) is not None:
        clock.now += wait
        messages += keyboard.tick()
    assert [(key.key, key.is_printable) for key in messages if isinstance(key, events.Key)] == [
        (f"alt+{letter}", False)
    ]


def test_alt_and_a_letter_are_one_key_in_parts_too(keyboard: Keyboard, clock: Clock) -> None:
    messages = keyboard.feed(b"\x1b")
    clock.now += 0.02
    messages += keyboard.tick() + keyboard.feed(b"d")
    assert names(messages) == ["alt+d"]


def test_escape_and_a_letter_typed_after_it_are_two_keys_however_long_a_sequence_may_take(
    keyboard: Keyboard, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "ESCAPE_DELAY", 0.4)
    messages = keyboard.feed(b"\x1b")
    clock.now += 0.1
    messages += keyboard.tick() + keyboard.feed(b"d")
    assert names(messages) == ["escape", "d"]


@pytest.mark.parametrize("letter", "dDuU")
def test_what_would_change_a_job_is_never_taken_for_typed_ahead(keyboard: Keyboard, letter: str) -> None:
    assert names(keyboard.feed(f"\x1b{letter}ny".encode())) == [f"alt+{letter}", "n", "y"]


def test_alt_held_down_is_one_key_each_time(keyboard: Keyboard) -> None:
    assert names(keyboard.feed(b"\x1bb\x1bb\x1bf\r")) == ["alt+b", "alt+b", "alt+f", "enter"]


@pytest.mark.parametrize("parts", [(b"[", b"A"), (b"[1", b";5A"), (b"[", b"1", b";", b"5", b"A")])
def test_the_rest_of_a_sequence_may_come_late_and_in_parts(
    keyboard: Keyboard, clock: Clock, parts: tuple[bytes, ...]
) -> None:
    messages = keyboard.feed(b"\x1b")
    clock.now += 0.2
    messages += keyboard.tick()
    for part in parts:
        clock.now += 0.02
        messages += keyboard.tick() + keyboard.feed(part)
    assert names(messages) in (["escape", "up"], ["escape", "ctrl+up"])
    assert names(keyboard.feed(b"d")) == ["d"]


def test_escape_alone_is_told_after_its_delay(keyboard: Keyboard, clock: Clock) -> None:
    assert names(keyboard.feed(b"\x1b")) == []
    assert keyboard.wait() == pytest.approx(constants.ESCAPE_DELAY)
    clock.now += constants.ESCAPE_DELAY + 0.001
    assert names(keyboard.tick()) == ["escape"]
    assert names(keyboard.tick()) == []


@pytest.mark.parametrize("late", [0.2, 0.9])
@pytest.mark.parametrize("cut", range(1, 6))
def test_a_paste_whose_start_comes_in_parts_runs_nothing(
    keyboard: Keyboard, clock: Clock, cut: int, late: float
) -> None:
    data = b"\x1b[200~dd\ruu\r\x1b[201~"
    messages = keyboard.feed(data[:cut])
    clock.now += late
    messages += keyboard.tick() + keyboard.feed(data[cut:])
    assert names(messages)[-1] == repr("dd\ruu\r")
    assert not any(isinstance(key, events.Key) and key.is_printable for key in messages)


@pytest.mark.parametrize("late", [0.2, 5.0])
@pytest.mark.parametrize("cut", range(1, 6))
def test_a_paste_whose_end_comes_in_parts_runs_nothing(keyboard: Keyboard, clock: Clock, cut: int, late: float) -> None:
    messages = keyboard.feed(b"\x1b[200~dd\r" + b"\x1b[201~"[:cut])
    clock.now += late
    messages += keyboard.tick() + keyboard.feed(b"\x1b[201~"[cut:] + b"x")
    assert names(messages) == [repr("dd\r"), "x"]


def test_a_paste_that_stands_still_goes_on_as_a_paste(keyboard: Keyboard, clock: Clock) -> None:
    messages = keyboard.feed(b"\x1b[200~first line\r")
    clock.now += PASTE_QUIET
    messages += keyboard.tick()
    clock.now += 3.0
    messages += keyboard.feed(b"second line\rdd\r\x1b[201~x")
    assert names(messages) == [repr("first line\r"), repr("second line\rdd\r"), "x"]


def test_a_letter_of_utf8_that_is_late_is_one_letter(clock: Clock) -> None:
    keyboard = Keyboard(clock, is_utf8=True)
    messages = keyboard.feed(b"\xc3")
    clock.now += 0.2
    messages += keyboard.tick() + keyboard.feed(b"\xa6b")
    assert names(messages) == ["æ", "b"]


def test_a_terminal_that_turns_out_to_send_latin1_is_waited_for_no_longer(clock: Clock) -> None:
    keyboard = Keyboard(clock, is_utf8=True)
    messages = keyboard.feed("æb".encode("latin-1")) + keyboard.feed(b"\xe6")
    messages += keyboard.feed(b"b\xe6")
    wait = keyboard.wait()
    assert wait is not None
    assert wait <= 0.1
    clock.now += wait
    assert names(messages + keyboard.tick()) == ["æ", "b", "æ", "b", "æ"]


def test_a_sequence_without_its_end_is_dropped(keyboard: Keyboard, clock: Clock) -> None:
    assert names(keyboard.feed(b"\x1b[12;")) == []
    clock.now += SEQUENCE_DELAY + 0.001
    assert names(keyboard.tick()) == []
    assert names(keyboard.feed(b"a")) == ["a"]


def test_a_sequence_that_is_broken_off_is_dropped(keyboard: Keyboard) -> None:
    assert names(keyboard.feed(b"\x1b[12\r\x1b[3\x1b[A")) == ["enter", "up"]


def test_a_paste_is_one_thing(keyboard: Keyboard) -> None:
    assert names(keyboard.feed("a\x1b[200~æ\rq\x1b[A\x00\x1b[201~b".encode())) == ["a", repr("æ\rq\x1b[A"), "b"]


def test_a_paste_may_come_in_parts(keyboard: Keyboard) -> None:
    messages = [message for byte in b"\x1b[200~one\x1b[201~x" for message in keyboard.feed(bytes([byte]))]
    assert names(messages) == ["'one'", "x"]


def test_a_paste_without_end_is_over_when_it_is_quiet(keyboard: Keyboard, clock: Clock) -> None:
    assert names(keyboard.feed(b"\x1b[200~one")) == []
    assert keyboard.wait() == pytest.approx(PASTE_QUIET)
    clock.now += PASTE_QUIET
    assert names(keyboard.tick()) == ["'one'"]
    assert names(keyboard.feed(b"a\x1b[201~b")) == ["a", "b"]


def test_a_paste_without_end_is_over_even_if_keys_go_on(keyboard: Keyboard, clock: Clock) -> None:
    messages = keyboard.feed(b"\x1b[200~")
    for _ in range(int(PASTE_LONGEST) + 1):
        clock.now += 1.0
        messages += keyboard.tick() + keyboard.feed(b".")
    assert isinstance(messages[0], events.Paste)
    assert names(messages)[-1] == "full_stop"


@given(
    st.lists(
        st.binary(max_size=40) | st.sampled_from([b"\x1b[200~", b"\x1b[", b"\x1b]", b"\x1bP1", b"\x1b[<", b"\xc3"])
    )
)
def test_whatever_comes_the_keyboard_works_afterwards(parts: list[bytes]) -> None:
    clock = Clock()
    keyboard = Keyboard(clock)
    for part in parts:
        keyboard.feed(part)
        clock.now += 0.01
        keyboard.tick()
    while (wait := keyboard.wait()) is not None:
        clock.now += wait + 0.001
        keyboard.tick()
    assert names(keyboard.feed(b"\x1b[Aa")) == ["up", "a"]


def test_input_that_the_parser_cannot_bear_is_survived(keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Iterator[Message]:
        raise OverflowError

    with monkeypatch.context() as patch:
        patch.setattr(XTermParser, "feed", fail)
        assert keyboard.feed(b"x") == []
    assert names(keyboard.feed(b"a")) == ["a"]


# Where the output goes


def test_output_to_a_terminal_that_is_gone_is_thrown_away() -> None:
    reader, writer = os.pipe()
    output = Output(writer, "utf-8")
    os.close(reader)
    output.write("lost")
    output.flush()
    output.write("lost too")
    output.flush()


def test_a_letter_that_cannot_be_sent_is_a_question_mark() -> None:
    reader, writer = os.pipe()
    output = Output(writer, "ascii")
    output.write("a\ud800ø")
    output.flush()
    assert os.read(reader, 99) == b"a??"


def test_a_terminal_that_takes_nothing_does_not_hold_up_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svc_tui.terminal.driver.OUTPUT_PATIENCE", 0.1)
    _reader, writer = os.pipe()
    output = Output(writer, "ascii")
    os.set_blocking(output.fileno(), False)
    output.hurry()
    output.write("x" * 1_000_000)
    output.flush()


# What is used of Textual though it is private: each fails when a new version has changed it


def test_every_key_of_the_librarys_table_is_one_key_or_none() -> None:
    for sequence in ANSI_SEQUENCES_KEYS:
        if len(sequence) < 2 or re.fullmatch(r"\x1b.", sequence):
            continue
        told = names(Keyboard().feed(sequence.encode() + b"a"))
        assert told.pop() == "a", sequence
        assert len(told) <= 1, sequence


def test_the_parser_still_tells_of_modes_and_the_mouse() -> None:
    keyboard = Keyboard()
    (told,) = keyboard.feed(b"\x1b[?2026;2$y")
    assert isinstance(told, TerminalSupportsSynchronizedOutput)
    (moved,) = keyboard.feed(b"\x1b[<0;3;4M")
    assert isinstance(moved, events.MouseDown)
    assert (moved.x, moved.y) == (2, 3)


def source_of(function: Callable[..., object]) -> str:
    return inspect.getsource(function)


def test_the_stock_driver_still_has_what_ours_builds_on() -> None:
    stock = linux_driver.LinuxDriver
    assert "self.run_input_thread()" in source_of(stock._run_input_thread)
    assert "self.exit_event.set()" in source_of(stock.disable_input)
    assert "self._key_thread.join()" in source_of(stock.disable_input)
    assert "WriterThread(self._file)" in source_of(stock.start_application_mode)
    assert "self.attrs_before = termios.tcgetattr" in source_of(stock.start_application_mode)
    assert "self._writer_thread.stop()" in source_of(stock.close)
    assert "self._loop = asyncio.get_running_loop()" in source_of(driver.Driver.__init__)
    assert "self._app = app" in source_of(driver.Driver.__init__)


def test_the_writer_thread_still_needs_only_write_and_flush() -> None:
    source = source_of(WriterThread.run)
    assert "self._file.write" in source
    assert "self._file.flush" in source
    assert issubclass(WriterThread, threading.Thread)


def test_what_ours_leaves_out_is_still_what_the_stock_driver_writes() -> None:
    source = inspect.getsource(linux_driver).replace(r"\033", r"\x1b")
    assert Driver._POINTER_SHAPE.replace("\x1b", r"\x1b") in source_of(App._set_pointer_shape)
    for unwanted in Driver._UNWANTED_BY_OLD:
        assert f'"{unwanted}"'.replace("\x1b", r"\x1b") in source


async def test_of_two_sizes_that_come_at_once_the_later_one_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second signal interrupts the program while it reads the size that the first one told of."""
    told: list[Size] = []

    class Listening(App[None]):
        def post_message(self, message: Message) -> bool:
            if isinstance(message, events.Resize):
                told.append(message.size)
            return True

    driver = Driver(Listening())
    sizes = [(20, 6), (100, 30)]

    def read() -> tuple[int, int]:
        size = sizes.pop(0)
        if sizes:
            driver._on_new_size(signal.SIGWINCH, None)
        return size

    monkeypatch.setattr(driver, "_get_terminal_size", read)
    driver._on_new_size(signal.SIGWINCH, None)
    for _ in range(5):
        await asyncio.sleep(0)
    assert told == [Size(20, 6), Size(100, 30)]
