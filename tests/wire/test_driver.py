"""A small application with our driver in a real terminal, on good days and bad ones."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.wire.program import ROOT, Program

APPLICATION = r"""
import asyncio, logging, os, pathlib, signal, sys
from svc_tui.terminal.terminal import choose_charset, choose_profile, need_a_terminal, prepare

notes = pathlib.Path(sys.argv[1])
logging.basicConfig(filename=notes.with_suffix(".log"))
need_a_terminal()
profile = choose_profile(os.environ)
prepare(profile, choose_charset(os.environ, profile))

from textual.app import App
from textual.widgets import Input, Static
from svc_tui.terminal.driver import Driver

def note(text):
    with notes.open("a") as file:
        print(text, file=file)

class Small(App):
    CSS = "Static { border: round red; color: green; background: blue; } Input { border: tall yellow; }"

    def compose(self):
        yield Static("Blåbærgrød på øen … → ● 木", markup=False)
        yield Input(id="field")
        yield Static("", id="last", markup=False)

    def on_mount(self):
        self.query_one(Input).cursor_blink = False
        if "ignore-hang-up" in sys.argv:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        note("ready")

    def on_input_changed(self, event):
        self.query_one("#last", Static).update(f"field: {event.value}")

    def on_key(self, event):
        if event.key == "f10":
            self.exit()
        if event.key.startswith("f") or event.key == "escape":
            self.query_one("#last", Static).update(f"key: {event.key}")

    async def terminal_gone(self):
        await asyncio.sleep(0.05)
        note("gone with " + self.query_one(Input).value)

    def asked_to_stop(self):
        note("asked to stop with " + self.query_one(Input).value)
        if "fail" in sys.argv:
            raise ValueError("the hook fails")
        if "hang" in sys.argv:
            import time
            time.sleep(60)

if "hang" in sys.argv:
    import svc_tui.terminal.driver
    svc_tui.terminal.driver.LAST_CALL = 0.5
app = Small(driver_class=Driver)
app.run(mouse="mouse" in sys.argv)
sys.exit(app.return_code or 0)
"""

Start = Callable[..., Program]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "notes"


@pytest.fixture
def start(tmp_path: Path, notes: Path) -> Start:
    script = tmp_path / "small.py"
    script.write_text(APPLICATION)

    def start(*arguments: str, term: str = "xterm-256color", **env: str) -> Program:
        return Program(sys.executable, script, notes, *arguments, term=term, env=env)

    return start


def ready(program: Program, notes: Path) -> None:
    program.wait_until(notes.exists, what="the application")
    program.settle()


def colours(raw: bytes) -> list[str]:
    """The colour codes among the styles that were sent."""
    codes = [code for style in re.findall(rb"\x1b\[([0-9;:]*)m", raw) for code in style.decode().split(";") if code]
    return [code for code in codes if re.fullmatch(r"[34][0-8]|9[0-7]|10[0-7]", code)]


def test_keys_reach_the_application(start: Start, notes: Path) -> None:
    with start() as program:
        ready(program, notes)
        program.press("rødgrød")
        program.wait_for("field: rødgrød")
        program.press("<F7>")
        program.wait_for("key: f7")
        program.press("<Esc>")
        program.wait_for("key: escape")
        program.send("<F10>")
        assert program.wait_for_exit() == 0


def test_letters_of_a_latin1_terminal_are_letters(start: Start, notes: Path) -> None:
    with start() as program:
        ready(program, notes)
        program.send("rødgrød på".encode("latin-1") + b"\xff\x80")
        program.wait_for("field: rødgrød påÿ")


def test_absurd_sequences_are_dropped(start: Start, notes: Path) -> None:
    with start() as program:
        ready(program, notes)
        program.send(b"a\x1b[999999999999A\x1b[99999999;99999999u\x1b[48;99999;99999;9;9tb")
        program.wait_for("field: ab")


def test_keys_work_after_a_paste_without_end(start: Start, notes: Path) -> None:
    with start() as program:
        ready(program, notes)
        program.send(b"\x1b[200~pasted")
        program.wait_for("field: pasted")
        program.press("<F7>")
        program.wait_for("key: f7")


def test_it_sleeps_when_nothing_happens(start: Start, notes: Path) -> None:
    with start() as program:
        ready(program, notes)
        program.mark()
        before = program.switches()
        time.sleep(2.0)
        assert program.raw == b""
        assert program.switches() - before < 10  # the stock driver: 20 from its input alone


def test_a_hang_up_ends_it_after_the_application_was_told(start: Start, notes: Path) -> None:
    with start() as program:
        ready(program, notes)
        program.press("draft")
        program.hang_up()
        assert program.wait_for_exit() == 128 + signal.SIGHUP
    assert notes.read_text() == "ready\ngone with draft\n"


def test_a_lost_terminal_ends_it_though_hang_ups_are_ignored(start: Start, notes: Path) -> None:
    """Only the end of the input tells then."""
    with start("ignore-hang-up") as program:
        ready(program, notes)
        program.hang_up()
        assert program.wait_for_exit() == 128 + signal.SIGHUP
    assert "gone with" in notes.read_text()


@pytest.mark.parametrize("term", ["xterm-256color", "vt220"])
def test_sigterm_restores_the_terminal(start: Start, notes: Path, term: str) -> None:
    with start(term=term) as program:
        before = program.settings
        ready(program, notes)
        assert program.settings != before
        program.press("draft")
        program.mark()
        program.signal(signal.SIGTERM)
        assert program.wait_for_exit() == 128 + signal.SIGTERM
        assert program.settings == before
        for restored in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[?7h"):
            assert restored in program.raw
        assert program.text().strip() == ""
        assert program.cursor_shown
    assert notes.read_text() == "ready\nasked to stop with draft\n"


def test_a_failing_farewell_does_not_keep_it(start: Start, notes: Path) -> None:
    with start("fail") as program:
        ready(program, notes)
        program.signal(signal.SIGTERM)
        assert program.wait_for_exit() == 128 + signal.SIGTERM
        assert b"\x1b[?1049l" in program.raw
    assert "the hook fails" in notes.with_suffix(".log").read_text()


def test_an_application_that_hangs_is_ended_with_the_terminal_restored(start: Start, notes: Path) -> None:
    with start("hang") as program:
        before = program.settings
        ready(program, notes)
        program.signal(signal.SIGTERM)
        assert program.wait_for_exit() == 128 + signal.SIGTERM
        assert program.settings == before
        assert program.text().strip() == ""


def test_a_frozen_terminal_does_not_keep_it(start: Start, notes: Path) -> None:
    """The loop itself waits for the terminal then, so that nothing on the loop could end it."""
    with start() as program:
        ready(program, notes)
        program.freeze()
        for width in (79, 80) * 40:  # more frames than the kernel and the queue hold
            program.resize(width, 24)
            time.sleep(0.03)
        program.signal(signal.SIGTERM)
        assert program.wait_for_exit() == 128 + signal.SIGTERM
    assert "asked to stop" in notes.read_text()


def test_a_continue_without_a_stop_changes_nothing(start: Start, notes: Path) -> None:
    with start() as program:
        ready(program, notes)
        program.signal(signal.SIGCONT)
        program.press("still here")
        program.wait_for("field: still here")
        program.send("<F10>")
        assert program.wait_for_exit() == 0


@pytest.mark.parametrize("lacking", ["stdin", "stdout"])
def test_without_a_terminal_there_is_a_sentence(tmp_path: Path, notes: Path, lacking: str) -> None:
    script = tmp_path / "small.py"
    script.write_text(APPLICATION)
    master, slave = os.openpty()
    try:
        run = subprocess.run(
            [sys.executable, script, notes],
            stdin=subprocess.DEVNULL if lacking == "stdin" else slave,
            stdout=subprocess.DEVNULL if lacking == "stdout" else slave,
            stderr=subprocess.PIPE,
            env={"PYTHONPATH": str(ROOT)},
            timeout=20,
            check=False,
        )
    finally:
        os.close(master)
        os.close(slave)
    assert run.returncode == 2
    assert run.stderr.decode().splitlines() == [
        "svc-tui needs a terminal. Over ssh use `ssh -t`; for scripts see `svc-tui --help`."
    ]


@pytest.mark.parametrize("term", ["vt220", "linux", "xterm-256color"])
def test_without_utf8_no_byte_is_over_126(start: Start, notes: Path, term: str) -> None:
    with start(term=term, LC_ALL="C") as program:
        ready(program, notes)
        program.press("æble")
        program.wait_for("field: able")  # on a busy machine letter by letter, so not in one piece among the bytes
        program.press("<F7>")
        program.wait_for("key: f7")
        program.send("<F10>")
        program.wait_for_exit()
        assert max(program.raw) <= 126
        assert b"Blabargrod pa oen ~ > * ??" in program.raw


@pytest.mark.parametrize("term", ["vt220", "linux"])
def test_with_utf8_letters_stay_and_lines_are_ascii(start: Start, notes: Path, term: str) -> None:
    with start(term=term, LC_ALL="da_DK.UTF-8") as program:
        ready(program, notes)
        program.wait_for("Blåbærgrød på øen ~ > * 木")
        assert {sign for sign in program.text() if not sign.isascii()} <= set("åæø木")


def test_mono_sends_no_colour(start: Start, notes: Path) -> None:
    with start(term="vt220") as program:
        ready(program, notes)
        program.press("text<Tab>")
        assert colours(program.raw) == []
        program.wait_for("field: text")


def test_no_color_is_heard_on_any_terminal(start: Start, notes: Path) -> None:
    with start(NO_COLOR="1") as program:
        ready(program, notes)
        assert colours(program.raw) == []


def test_a_rich_terminal_has_its_colours(start: Start, notes: Path) -> None:
    with start() as program:
        ready(program, notes)
        assert colours(program.raw)
        assert "╭" in program.text()


def test_plain_sends_16_colours(start: Start, notes: Path) -> None:
    with start(term="linux") as program:
        ready(program, notes)
        assert colours(program.raw)
        assert not {"38", "48"} & set(colours(program.raw))


@pytest.mark.parametrize(("arguments", "asked"), [((), False), (("mouse",), True)])
def test_the_mouse_is_asked_for_only_if_wanted(
    start: Start, notes: Path, arguments: tuple[str, ...], asked: bool
) -> None:
    with start(*arguments) as program:
        ready(program, notes)
        assert (re.search(rb"\x1b\[\?(1000|1002|1003|1006|1015|1016)h", program.raw) is not None) is asked


@pytest.mark.parametrize("term", ["vt220", "linux", "xterm-256color"])
def test_no_more_modes_are_set_than_needed(start: Start, notes: Path, term: str) -> None:
    with start(term=term) as program:
        ready(program, notes)
        program.send("<F10>")
        program.wait_for_exit()
        modes = set(re.findall(rb"\x1b\[[?<>=][0-9]*[a-z$]", program.raw))
        needed = {b"\x1b[?1049h", b"\x1b[?25l", b"\x1b[?2004h", b"\x1b[?7l", b"\x1b[?2004l", b"\x1b[?7h"}
        needed |= {b"\x1b[?1049l", b"\x1b[?25h"}
        assert modes == (needed | {b"\x1b[?2026$", b"\x1b[=0u", b"\x1b[>4m"} if term == "xterm-256color" else needed)
        assert b"\x1b]" not in program.raw
