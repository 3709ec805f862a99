"""A command that is stopped or whose terminal is held makes nobody wait."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading

import pytest

from svc_tui.commandline import progress
from svc_tui.services.core.session import Session
from tests.db.holders import ROOT
from tests.db.jobs import job

COMMAND = """
import sys
from svc_tui.commandline.shop import opened
with opened(sys.argv[1]) as store:
    with store.transaction():
        print("in", flush=True)
        sys.stdin.readline()
    print("out", flush=True)
"""


def test_ctrl_z_in_the_middle_of_an_act_stops_the_command_when_it_is_done(shop: Session) -> None:
    command = subprocess.Popen(
        [sys.executable, "-c", COMMAND, shop.store.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SVC_TUI_DATABASE": shop.store.url}, process_group=0,
    )  # fmt: skip
    assert command.stdin is not None
    assert command.stdout is not None
    assert command.stdout.readline() == "in\n"
    command.send_signal(signal.SIGTSTP)
    command.stdin.write("\n")
    command.stdin.flush()
    os.waitid(os.P_PID, command.pid, os.WSTOPPED | os.WNOWAIT)
    assert job(shop).number, "nobody waits for the stopped one"
    command.send_signal(signal.SIGCONT)
    assert command.communicate(timeout=60)[0] == "out\n"
    assert command.returncode == 0


def test_ctrl_z_outside_an_act_stops_at_once_and_a_second_time_too(shop: Session) -> None:
    waiting = COMMAND.replace("with store.transaction():", "if True:")
    command = subprocess.Popen(
        [sys.executable, "-c", waiting, shop.store.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SVC_TUI_DATABASE": shop.store.url}, process_group=0,
    )  # fmt: skip
    assert command.stdout is not None
    assert command.stdout.readline() == "in\n"
    for _time in range(2):
        command.send_signal(signal.SIGTSTP)
        os.waitid(os.P_PID, command.pid, os.WSTOPPED)
        command.send_signal(signal.SIGCONT)
        os.waitid(os.P_PID, command.pid, os.WCONTINUED)
    assert command.communicate("\n", timeout=60)[0] == "out\n"


class HeldTerminal(io.StringIO):
    """A terminal that takes nothing more until it is let go (Ctrl-S, Ctrl-Q)."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()
        self.is_written_to = threading.Event()

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self.is_written_to.set()
        assert self.let_go.wait(60)
        return super().write(text)


def test_a_progress_bar_on_a_terminal_that_is_held_holds_nobody_up(
    shop: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = HeldTerminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "_is_in_front", lambda: True)
    with progress.bar("Changing jobs") as bar:
        with shop.store.transaction():
            bar(1, 10)
            assert terminal.is_written_to.wait(60)
            bar(10, 10)
        assert job(shop).number
        terminal.let_go.set()
    assert "Changing jobs" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")
