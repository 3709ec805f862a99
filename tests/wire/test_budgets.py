"""What goes over the line: bytes for each act at 80x24 on an xterm-256color, none when nothing is done.

The figures are exact and the same on every machine, but for what the clock shows.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from tests.wire.desk import Desk
from tests.wire.shops import session_of

LETTER, TAB, CURSOR, SCROLL, PICKER, JOB, NEXT_TAB = 80, 250, 250, 400, 3_500, 4_500, 3_000
ANSWER = 120
"""For the letter with which the answer appears that Tab would take: a name, a phone and an address are 60 cells."""
TAB_STRIP = 300
"""To or from the strip of tabs or a table, where other keys are valid and the key bar says so."""
IDLE_SECONDS = 1.5
"""Before and again after another process has saved a job."""

COLOUR = re.compile(rb"\x1b\[(?:[0-9;:]*[;:])?(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:[;:][0-9;:]*)?m")
"""A sequence that sets a colour."""


@pytest.fixture
def desk(demo: Path) -> Iterator[Desk]:
    """The demo shop's first list."""
    with Desk(demo) as found:
        yield found


def cost(desk: Desk, *texts: str) -> dict[str, int]:
    """The bytes written because of each text."""
    return {f"{place} {text}": len(desk.program.bytes_for(text)) for place, text in enumerate(texts)}


def too_dear(found: dict[str, int], most: int) -> dict[str, int]:
    """Those that cost more."""
    return {text: count for text, count in found.items() if count > most}


def test_a_letter_in_a_field(desk: Desk) -> None:
    desk.new()
    found = cost(desk, "T", "æ", " ", "i", "<BS>", "<Left>", "k")
    desk.press("<Tab>")
    found |= cost(desk, "f", "r", " ", "9")
    desk.press("<Tab>")
    found |= cost(desk, "t", "v")
    desk.press("<Tab><Tab><Tab>")
    answer = cost(desk, "j")
    found |= cost(desk, "e", "n", "s")
    desk.press("<Tab><Tab>")
    found |= cost(desk, "h", "d", "m", "i")
    print("letters", found, answer)
    assert not too_dear(found, LETTER), found
    assert not too_dear(answer, ANSWER), answer


def test_tab_to_the_next_field(shop: Path) -> None:
    """Also where much follows from the value: the type brings status, responsible and end, the customer a device."""
    with Desk(shop) as desk:
        desk.new()
        found = {}
        for text in ("Tænder ikke", "fr 930", "tv", "dele", "ah", "birt", "sony", "", "fr 14", "fr 15", "høj"):
            desk.press(text)
            found[f"{text}<Tab>"] = len(desk.program.bytes_for("<Tab>"))
        found |= cost(desk, *["<S-Tab>"] * 11)
        desk.press("<Tab>" * 11)
        elsewhere = cost(desk, *["<Tab>"] * 4)
    print("tabs", found, elsewhere)
    assert not too_dear(found, TAB), found
    assert not too_dear(elsewhere, TAB_STRIP), elsewhere


def test_the_cursor_in_a_list(desk: Desk) -> None:
    found = cost(desk, *["<Down>"] * 5, *["<Up>"] * 2)
    print("cursor", found)
    assert not too_dear(found, CURSOR), found
    desk.press("<Down>" * 15)
    scrolled = cost(desk, *["<Down>"] * 4)
    print("scroll", scrolled)
    assert not too_dear(scrolled, SCROLL), scrolled


def test_opening_the_pickers(desk: Desk) -> None:
    """The contact picker, that of a status, the customer's, the device's and the part's."""
    desk.new()
    found = {"contact": opened(desk, "<F9>")}
    desk.press("<Tab><Tab><Tab>")
    found["status"] = opened(desk, "<F4>")
    desk.press("<Tab><Tab>")
    found["customer"] = opened(desk, "<F4>")
    desk.press("jens<Tab>")
    found["device"] = opened(desk, "<F4>")
    desk.press("<Tab>")
    found["part"] = opened(desk, "<F4>")
    found["actions"] = opened(desk, "<F10>")
    found["help"] = opened(desk, "<F1>")
    print("pickers", found)
    assert not too_dear(found, PICKER), found


def opened(desk: Desk, key: str) -> int:
    """The bytes for opening what the key opens; it is closed again."""
    before = desk.title
    count = len(desk.program.bytes_for(key))
    assert desk.title != before
    desk.press("<Esc>")
    assert desk.title == before
    return count


def test_opening_a_job_and_its_tabs(desk: Desk) -> None:
    found = cost(desk, "<Enter>", *["<F8>"] * 5, "<Esc>", "<Down>", "<Enter>", "<F7>", "<Esc>", "n")
    print("jobs", found)
    assert not too_dear(found, JOB), found
    assert not too_dear({text: count for text, count in found.items() if "<F" in text}, NEXT_TAB), found


def idle(desk: Desk) -> bytes:
    """What is written while nobody does anything."""
    desk.program.settle()
    desk.program.mark()
    time.sleep(IDLE_SECONDS)
    return desk.program.raw


@pytest.mark.parametrize("act", ["", "nEmne<Tab>fr", "n<F9>jens"], ids=["list", "field", "picker"])
def test_nothing_is_written_while_nothing_is_done(demo: Path, act: str) -> None:
    with Desk(demo) as desk:
        desk.press(act)
        assert idle(desk) == b""
        touch_a_job_that_is_not_shown(demo, desk.text())
        assert idle(desk) == b""


def touch_a_job_that_is_not_shown(demo: Path, shown: str) -> None:
    """Another process saves the oldest job."""
    store = open_database(str(demo))
    session = session_of(store)
    assert "10002" not in shown
    activity_id = activities.id_of_number(session, 10_002)
    assert activity_id is not None
    at_once(session, [activity_id], Edit("note", "Kunden har ringet"))
    store.close()


@pytest.mark.parametrize(
    ("term", "env"),
    [("vt220", {"LC_ALL": "C"}), ("linux", {"LC_ALL": "C"}), ("xterm-256color", {"NO_COLOR": "1"})],
)
def test_a_terminal_gets_no_more_than_it_can_show(shop: Path, term: str, env: dict[str, str | None]) -> None:
    """ASCII where the locale is C, no colours where there are none."""
    with Desk(shop, term=term, env=env) as desk:
        tour(desk)
        if "LC_ALL" in env:
            assert sorted({byte for byte in desk.program.raw if byte > 126}) == []
        if term != "linux":
            assert COLOUR.findall(desk.program.raw) == []


def tour(desk: Desk) -> None:
    """Through every screen, with letters and signs that an old terminal lacks."""
    desk.press(
        "<F1>", "<Esc>n", "Tænder ikke på øen …→“”<Tab>", "fr 930<Tab>tv<Tab><F4>", "<Esc>zz<Tab>",
        "<S-Tab><C-u>dele<Tab><Tab>jens", "<Tab><F9>", "nord<Enter>", "<Tab>tcon<Enter>", "<F2>", "<F7>", "<F7>",
        "<F7>", "<F10>", "<Esc><Esc>", "/status:xyz<Enter>", "<C-u><Enter>v", "s", "<Esc><C-e>",
    )  # fmt: skip
