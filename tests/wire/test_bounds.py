"""A session that grows or spins ends itself with a sentence and keeps what was typed; nobody else is concerned."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.desk import Desk
from tests.wire.program import ROOT

PLANTED = """
import os, re, signal

kept = []

def spin(*_):
    while True:
        pass

def spin_in_c(*_):
    re.match(r"(a+)+$", "a" * 60 + "b")  # holds Python's lock: the watching thread does not run

def grow(*_):
    for _ in range(60):
        kept.append(os.urandom(1_000_000) * 10)
    signal.pause()

signal.signal(signal.SIGUSR1, {"spins": spin, "spins in c": spin_in_c, "grows": grow}[os.environ["PLANTED"]])
"""
"""What a fault somewhere in the program would do, at a signal."""

EXIT_CODE = 70
TYPED = "Fjernsyn fra Løgstør"
NOTE = "Kunden ringer igen"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The user's own folder, with the log in it."""
    (tmp_path / "planted").mkdir()
    (tmp_path / "planted" / "sitecustomize.py").write_text(PLANTED, encoding="utf-8")
    place = tmp_path / "home"
    place.mkdir()
    return place


def surroundings(home: Path, fault: str = "spins") -> dict[str, str]:
    return {
        "HOME": str(home),
        "PLANTED": fault,
        "PYTHONPATH": f"{home.parent / 'planted'}{os.pathsep}{ROOT}",
        "SVC_TUI_MOST_MEMORY": "300",
        "SVC_TUI_MOST_CPU": "2",
    }


@pytest.fixture
def colleague(shop: Path) -> Iterator[Desk]:
    """Bent Krogh, who works on."""
    with Desk(shop, "--as", "BK") as desk:
        yield desk


def joined(desk: Desk) -> str:
    """All that stands on the screen, also a path that takes two lines."""
    return "".join(desk.text().split())


def drafts(home: Path) -> list[Path]:
    return sorted(home.rglob("unsaved-*.txt"))


@pytest.mark.parametrize(
    ("fault", "told"),
    [("spins", "was busy for 2 seconds"), ("spins in c", "was busy for 2 seconds"), ("grows", "MB of memory")],
)
def test_a_session_beyond_its_bounds_ends_and_what_was_typed_is_found_at_the_next_start(
    shop: Path, home: Path, colleague: Desk, fault: str, told: str
) -> None:
    with Desk(shop, language="en", env=surroundings(home, fault), waits=False) as desk:
        before = desk.program.settings
        desk.wait_until_ready()
        desk.press(f"n{TYPED}", "<F7>", "<F7>", "<F12>", NOTE)
        desk.program.signal(signal.SIGUSR1)
        assert desk.program.wait_for_exit(120) == EXIT_CODE
        said = " ".join(desk.text().split())
        assert told in said
        assert "What was saved is safe" in said
        assert "Traceback" not in said
        assert desk.program.settings == before
        assert desk.program.cursor_shown
        [draft] = drafts(home)
        assert draft.name in said.replace(" ", "")
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    text = draft.read_text("utf-8")
    assert TYPED in text
    assert NOTE in text
    assert told in text

    colleague.new()
    colleague.fill("Arbejder videre")
    assert colleague.save()

    with Desk(shop, language="en", env=surroundings(home)) as again:
        again.program.wait_until(
            lambda: draft.name in again.text().replace("\n", "").replace(" ", ""), what="the draft"
        )
        assert again.quit() == 0
    with Desk(shop, language="en", env=surroundings(home)) as later:
        later.press("<Down>")
        assert draft.name not in joined(later)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_typed_is_kept_when_the_program_is_told_to_stop(shop: Path, home: Path, end: signal.Signals) -> None:
    with Desk(shop, language="en", env=surroundings(home)) as desk:
        desk.press(f"n{TYPED}")
        desk.program.signal(end)
        assert desk.program.wait_for_exit() == 128 + end
    [draft] = drafts(home)
    assert stat.S_IMODE(draft.stat().st_mode) == 0o600
    assert TYPED in draft.read_text("utf-8")


def test_a_note_begun_in_a_list_and_a_filter_line_are_kept_too(shop: Path, home: Path) -> None:
    with Desk(shop, language="en", env=surroundings(home)) as desk:
        desk.new()
        desk.fill("Radio")
        desk.press("<F2>")
        desk.program.wait_for("is saved")
        desk.press("<F3>", "3", "m", NOTE)
        desk.program.signal(signal.SIGTERM)
        assert desk.program.wait_for_exit() == 128 + signal.SIGTERM
    [draft] = drafts(home)
    assert NOTE in draft.read_text("utf-8")
    draft.unlink()
    with Desk(shop, language="en", env=surroundings(home)) as desk:
        desk.press("/status:ready løg")
        desk.program.signal(signal.SIGTERM)
        assert desk.program.wait_for_exit() == 128 + signal.SIGTERM
    [draft] = drafts(home)
    assert "status:ready løg" in draft.read_text("utf-8")


def test_nothing_typed_is_nothing_kept(shop: Path, home: Path) -> None:
    with Desk(shop, language="en", env=surroundings(home)) as desk:
        desk.press("<Down>")
        desk.program.signal(signal.SIGTERM)
        assert desk.program.wait_for_exit() == 128 + signal.SIGTERM
    assert drafts(home) == []
