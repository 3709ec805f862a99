"""The harness itself: without trust in it no wire test means anything."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.wire.program import Program, keys

RAW_ECHO = """
import os, sys, time, tty
tty.setraw(0)
os.write(1, b"ready ")
while (data := os.read(0, 4096)) not in (b"q", b""):
    os.write(1, ascii(data).encode())
"""


BUSY = """
import sys, time
for line in sys.stdin:
    began = time.process_time()
    while time.process_time() < began + 0.7:
        pass
    print("done")
"""

HALVES = r"""
import os, time
for part in (b"\x1b[3", b"1m\xc3", b"\xa6"):
    os.write(1, part)
    time.sleep(0.2)
"""

TELLS_SIZE = """
import os, signal
signal.signal(signal.SIGWINCH, lambda *_: os.write(1, str(os.get_terminal_size(0)).encode()))
print("on", flush=True)
while True:
    signal.pause()
"""

HEARS_HANG_UP = """
import pathlib, signal, sys
def hung_up(*_):
    pathlib.Path(sys.argv[1]).touch()
    sys.exit(3)
signal.signal(signal.SIGHUP, hung_up)
print("on", flush=True)
while True:
    signal.pause()
"""

STUBBORN = """
import signal, subprocess
signal.signal(signal.SIGHUP, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("child", subprocess.Popen(["sleep", "60"], process_group=0).pid, flush=True)
while True:
    signal.pause()
"""


def python(code: str, *arguments: str | Path, term: str = "xterm-256color") -> Program:
    return Program(sys.executable, "-c", code, *arguments, term=term)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_is_typed_comes_back_on_the_screen() -> None:
    with Program("cat") as program:
        program.send("blåbærgrød")
        program.wait_for("blåbærgrød")
        program.press("<Enter>")
        assert program.screen()[:2] == ["blåbærgrød", "blåbærgrød"]
        assert program.cursor == (0, 2)


@pytest.mark.parametrize(
    ("term", "typed", "sent"),
    [
        ("xterm-256color", "<F1><F5><Home>", "\x1bOP\x1b[15~\x1b[H"),
        ("linux", "<F1><F5><F6><End>", "\x1b[[A\x1b[[E\x1b[17~\x1b[4~"),
        ("vt220", "<F4><F10><Home>", "\x1bOS\x1b[21~\x1b[1~"),
        ("xterm-256color", "a<lt>b<C-s><BS><Tab><S-Tab>", "a<b\x13\x7f\t\x1b[Z"),
        ("linux", "1 < 2 > 1<S-Tab>", "1 < 2 > 1\x1b\t"),
    ],
)
def test_keys_are_sent_as_this_terminal_sends_them(term: str, typed: str, sent: str) -> None:
    assert keys(typed, term) == sent


def test_a_key_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="<Entre>"):
        keys("<Entre>")


def test_every_byte_because_of_a_key_is_counted() -> None:
    with python(RAW_ECHO) as program:
        program.wait_for("ready")
        assert program.bytes_for("<F2>x") == rb"b'\x1bOQx'"
        assert program.bytes_for("<Up>") == rb"b'\x1b[A'"


def test_bytes_that_are_no_text_are_sent_as_they_are() -> None:
    with python(RAW_ECHO) as program:
        program.wait_for("ready")
        program.send(b"\xe6")
        program.wait_for(r"\xe6")


def test_a_late_answer_is_waited_for() -> None:
    slow = "import sys, time\nfor line in sys.stdin: time.sleep(0.6); print('got', line)"
    with python(slow) as program:
        program.send("a part<Enter>")
        program.wait_for("got a part")


def test_a_program_that_works_is_not_taken_for_done() -> None:
    with python(BUSY) as program:
        assert b"done" in program.bytes_for("x<Enter>")


def test_what_never_comes_is_reported_with_the_screen() -> None:
    with Program("cat") as program:
        program.press("this is here")
        with pytest.raises(TimeoutError, match=r"'something else' did not come(.|\n)*this is here"):
            program.wait_for("something else", timeout=0.2)


def test_a_program_that_has_ended_is_not_waited_for() -> None:
    with python("print('a traceback')") as program:
        began = time.monotonic()
        with pytest.raises(TimeoutError, match=r"exit code 0(.|\n)*a traceback"):
            program.wait_for("ready")
        assert time.monotonic() - began < 10


def test_a_program_that_never_rests_is_reported() -> None:
    with python("import time\nwhile True: print('.', end='', flush=True); time.sleep(0.02)") as program:
        program.wait_for("..")
        with pytest.raises(TimeoutError, match="does not come to rest"):
            program.settle(timeout=0.5)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (r"\x1b[c", r"\x1b[?62;22c"),
        (r"\x1b[5n", r"\x1b[0n"),
        (r"\x1b[3;7H\x1b[6n", r"\x1b[3;7R"),
        (r"\x1b[?2026$p", r"\x1b[?2026;0$y"),
        (r"\x1b[?2004$p", r"\x1b[?2004;2$y"),
    ],
)
def test_questions_to_the_terminal_are_answered(question: str, answer: str) -> None:
    asks = f"import os, tty; tty.setraw(0); os.write(1, b'{question}'); print(ascii(os.read(0, 99)))"
    with python(asks) as program:
        program.wait_for(ascii(answer.encode().decode("unicode_escape").encode()))


def test_an_old_terminal_does_not_answer_what_it_does_not_know() -> None:
    asks = r"import os, tty; tty.setraw(0); os.write(1, b'\x1b[?2026$p\x1b[5n'); print(ascii(os.read(0, 99)))"
    with python(asks, term="vt220") as program:
        program.wait_for(r"b'\x1b[0n'")


def draws(sequences: str) -> list[str]:
    """The screen of six lines numbered from 1 after these sequences."""
    numbered = "".join(f"\x1b[{number}H{number}" for number in range(1, 7))
    writes = "import sys; sys.stdout.write(sys.argv[1])"
    with Program(sys.executable, "-c", writes, numbered + sequences, rows=6, term="vt220") as program:
        program.wait_for_exit()
        return program.screen()


def test_the_screen_scrolls_by_sequence_within_its_region() -> None:
    assert draws("\x1b[2;5r\x1b[2S") == ["1", "4", "5", "", "", "6"]
    assert draws("\x1b[2;5r\x1b[T") == ["1", "", "2", "3", "4", "6"]
    assert draws("\x1b[9S") == [""] * 6


def test_the_cursor_stays_when_the_screen_scrolls() -> None:
    assert draws("\x1b[3;3H\x1b[SX") == ["2", "3", "4 X", "5", "6", ""]


def test_a_character_is_repeated() -> None:
    assert draws("\x1b[1;1H=\x1b[4b")[0] == "====="


def test_sequences_it_does_not_know_leave_no_trace() -> None:
    assert draws("\x1b[<u\x1b[>1u\x1b[?2026$p\x1bPabc\x1b\\\x1b]52;c;eA==\x07\x1b[4:3m") == list("123456")


def test_the_second_screen_is_left_as_it_was_found() -> None:
    assert draws("\x1b[?1049h\x1b[2;1Happlication\x1b[?1049l") == list("123456")
    assert draws("\x1b[?1049h\x1b[2;1Happlication") == ["", "application", "", "", "", ""]


def test_a_sequence_cut_in_two_is_read_as_one() -> None:
    with python(HALVES) as program:
        program.wait_for("æ")
        assert program.screen()[0] == "æ"
        assert program.cells[0][0].fg == "red"


def test_the_program_hears_of_a_new_size() -> None:
    with python(TELLS_SIZE) as program:
        program.wait_for("on")
        program.resize(40, 10)
        program.wait_for("columns=40, lines=10")
        assert len(program.cells) == 10
        assert len(program.cells[0]) == 40


def test_hanging_up_reaches_the_program(tmp_path: Path) -> None:
    told = tmp_path / "told"
    with python(HEARS_HANG_UP, told) as program:
        program.wait_for("on")
        program.hang_up()
        assert program.wait_for_exit() == 3
    assert told.exists()


def test_a_signal_is_sent_and_its_exit_code_seen() -> None:
    with Program("cat") as program:
        program.settle()
        assert program.exit_code is None
        program.signal(signal.SIGTERM)
        assert program.wait_for_exit() == -signal.SIGTERM


def test_what_was_written_last_is_there_after_the_end() -> None:
    with python("print('x' * 3000 + 'the end')") as program:
        assert program.wait_for_exit() == 0
        assert "the end" in program.text().replace("\n", "")


def test_nothing_is_left_behind() -> None:
    """Even if it ignores the hang-up and has started something in the background."""
    before = len(os.listdir("/proc/self/fd"))
    with python(STUBBORN) as program:
        program.wait_for("child")
        child = int(program.screen()[0].split()[1])
        pid = program.pid
        assert alive(child)
    assert not alive(pid)
    deadline = time.monotonic() + 5
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not alive(child)
    assert len(os.listdir("/proc/self/fd")) == before


def test_the_environment_is_its_own() -> None:
    code = "from os import environ as e; print(e['HOME'] != '/root', e.get('LANG'), 'SHELL' in e, e['X'])"
    with Program(sys.executable, "-c", code, env={"LANG": None, "X": "1"}) as program:
        program.wait_for("True None False 1")
