"""The terminal goes away, changes its size, or was never there: the program ends cleanly or goes on soundly."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.desk import Desk, command, jobs
from tests.wire.program import ROOT, Program

SIZES = ((40, 24), (120, 30), (20, 5), (80, 24))
TRACES = ("Traceback", "\x1b", "MarkupError")


@pytest.fixture
def desk(shop: Path) -> Iterator[Desk]:
    """The list of a shop without jobs."""
    with Desk(shop) as found:
        yield found


@pytest.mark.parametrize("act", ["", "nIkke gemt<Tab>fr", "n<F9>jens"], ids=["list", "field", "picker"])
def test_a_hang_up_ends_the_program(desk: Desk, act: str) -> None:
    desk.press(act)
    desk.program.hang_up()
    assert desk.program.wait_for_exit() in (129, -signal.SIGHUP)


@pytest.mark.parametrize("act", ["", "nIkke gemt<Tab>fr", "n<F9>jens"], ids=["list", "field", "picker"])
def test_being_told_to_stop_gives_the_terminal_back(shop: Path, act: str) -> None:
    with Desk(shop, waits=False) as desk:
        before = desk.program.settings
        desk.wait_until_ready()
        assert desk.program.settings != before
        desk.press(act)
        desk.program.signal(signal.SIGTERM)
        assert desk.program.wait_for_exit() == 143
        assert_given_back(desk, before)


def test_leaving_gives_the_terminal_back(shop: Path) -> None:
    with Desk(shop, waits=False) as desk:
        before = desk.program.settings
        desk.wait_until_ready()
        assert desk.quit() == 0
        assert_given_back(desk, before)


def assert_given_back(desk: Desk, settings: list[object]) -> None:
    """The terminal is as it was: its settings, the first screen, the cursor shown, no mouse, no bracketed paste."""
    assert desk.program.settings == settings
    assert desk.program.cursor_shown
    assert "Holms Service" not in desk.text()
    assert "Traceback" not in desk.text()
    raw = desk.program.raw
    for mode in (b"1049", b"2004", b"1000", b"1003", b"1006"):
        on, off = b"\x1b[?" + mode + b"h", b"\x1b[?" + mode + b"l"
        assert raw.rfind(off) >= raw.rfind(on), mode


@pytest.mark.parametrize(
    "act",
    ["", "nTænder ikke<Tab>fr 930<Tab>tv<Tab>", "n<F9>jens", "s<Esc><C-e>"],
    ids=["list", "sheet", "picker", "settings"],
)
def test_another_size_and_back_shows_the_same_screen(desk: Desk, act: str) -> None:
    desk.press(act)
    before = desk.program.screen()
    for columns, rows in SIZES:
        desk.program.resize(columns, rows)
        desk.program.settle()
        assert desk.program.exit_code is None
        assert len(desk.program.screen()) == rows
        assert desk.title, f"{columns}x{rows}"
        assert desk.program.line(-1), f"{columns}x{rows}: no key bar\n{desk.text()}"
        assert not [trace for trace in TRACES if trace in desk.text()]
    assert desk.program.screen() == before


@pytest.mark.parametrize(("columns", "rows"), [(40, 24), (20, 5), (120, 30)])
def test_a_job_is_registered_at_any_size(shop: Path, columns: int, rows: int) -> None:
    with Desk(shop, columns=columns, rows=rows) as desk:
        desk.press("nSmal skærm<Tab>fr 930<Tab>tv<Tab><Tab><Tab>birt<Tab><Tab>hdmi<Enter><F2><Esc>")
    (found,) = jobs(shop)
    assert (found["subject"], found["type"], found["customer"]) == ("Smal skærm", "TV-Service", "Birthe Ågård")
    assert [line["code"] for line in found["lines"]] == ["HDMI-2M"]


def test_leaving_with_changes_asks_first(desk: Desk) -> None:
    desk.press("nIkke gemt endnu", "<C-q>")
    assert desk.message.startswith(
        desk.told("Not saved yet.   s: save and close   d: discard the changes   Esc: stay")[:20]
    )
    desk.press("<Esc>")
    assert desk.value("Subject") == "Ikke gemt endnu"
    assert desk.program.exit_code is None


def test_leaving_with_changes_saves_them_when_told_to(desk: Desk, shop: Path) -> None:
    desk.press("nGem mig<Tab><C-q>")
    desk.program.send(answer(desk, "s"))
    assert desk.program.wait_for_exit() == 0
    assert [job["subject"] for job in jobs(shop)] == ["Gem mig"]


def test_leaving_with_changes_discards_them_when_told_to(desk: Desk, shop: Path) -> None:
    desk.press("nGlem mig<Tab><C-q>")
    desk.program.send(answer(desk, "d"))
    assert desk.program.wait_for_exit() == 0
    assert jobs(shop) == []


@pytest.mark.parametrize(
    "opened", ["<F9>", "<Tab><Tab><F4>", "<F1>", "<F10>"], ids=["picker", "values", "help", "actions"]
)
def test_leaving_from_above_an_unsaved_sheet_asks_too(desk: Desk, opened: str) -> None:
    desk.press(f"nIkke gemt endnu{opened}<C-q>")
    assert desk.program.exit_code is None
    desk.press("<Esc>")
    assert desk.value("Subject") == "Ikke gemt endnu"


def answer(desk: Desk, letter: str) -> str:
    """The letter that answers, in the program's language."""
    return desk.told(letter)


@pytest.fixture(params=["vt220", "xterm-256color"])
def shell(request: pytest.FixtureRequest, shop: Path) -> Iterator[Program]:
    """The list, begun by a shell that knows jobs."""
    env = {"PS1": "ready> "}
    with Program("bash", "--norc", "--noprofile", "-i", term=request.param, env=env) as program:
        program.wait_for("ready>")
        program.send(shlex.join(command(shop)) + "<Enter>")
        program.watch_what_the_shell_began()
        program.wait_for(" F1")
        program.settle()
        yield program


def test_ctrl_z_gives_the_shell_its_terminal_and_fg_comes_back_with_what_was_typed(shell: Program) -> None:
    shell.press("nIkke gemt")
    shell.press("<C-z>")
    shell.wait_for("Stopped")
    assert shell.cursor_shown
    shell.resize(100, 30)
    shell.press("echo $((6*7))<Enter>")
    shell.wait_for("42")
    shell.press("fg<Enter>")
    shell.wait_for("Ikke gemt")
    shell.press(" endnu")
    assert "Ikke gemt endnu" in shell.text()
    assert "Stopped" not in shell.text()
    assert len(shell.screen()) == 30
    assert shell.screen()[0].strip()


def test_from_a_field_and_through_the_background_it_comes_back_too(shell: Program) -> None:
    shell.press("/jens")
    shell.press("<C-z>")
    shell.wait_for("Stopped")
    shell.press("bg<Enter>")
    shell.press("fg<Enter>")
    shell.wait_for("jens")
    shell.press("en")
    assert "jensen" in shell.text()


def test_without_a_shell_to_go_to_ctrl_z_says_so_and_goes_on(desk: Desk) -> None:
    desk.press("<C-z>")
    desk.said("There is no shell to go to. In a list, u undoes.")
    desk.program.signal(signal.SIGTSTP)
    desk.press("nIkke gemt")
    assert "Ikke gemt" in desk.text()


@pytest.mark.parametrize("ends", ["input", "output"])
def test_without_a_terminal_it_says_so(shop: Path, ends: str) -> None:
    master, slave = os.openpty()
    try:
        ran = subprocess.run(
            command(shop), stdin=subprocess.DEVNULL if ends == "input" else slave,
            stdout=subprocess.DEVNULL if ends == "output" else slave, stderr=subprocess.PIPE, text=True,
            encoding="utf-8", cwd=ROOT, timeout=60,
        )  # fmt: skip
    finally:
        os.close(master)
        os.close(slave)
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "terminal" in ran.stderr
    assert "ssh -t" in ran.stderr
