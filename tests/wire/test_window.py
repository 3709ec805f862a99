"""Windows of every size, down to one cell: one line where there is no room, nothing lost, and the program still hears.

The long form is `python -m tests.soak.sizes`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.sizes import PLACES, Failed, sizes_for, try_place
from tests.wire.desk import Desk
from tests.wire.program import TIMEOUT

SIZES = 10


@pytest.mark.parametrize("place", PLACES)
def test_every_place_survives_every_size(demo: Path, place: str) -> None:
    try_place(str(demo), PLACES[place], sizes_for(place, SIZES), fault=None, patience=TIMEOUT)


@pytest.mark.parametrize(("fault", "noticed"), [("spin", "does not come to rest"), ("swell", "the memory grew")])
def test_planted_faults_are_noticed(demo: Path, fault: str, noticed: str) -> None:
    with pytest.raises(Failed, match=noticed):
        try_place(str(demo), PLACES["sheet"], sizes_for("1", SIZES), fault=fault, patience=4.0)


@pytest.mark.parametrize(
    ("language", "size", "line"),
    [
        ("en", (19, 24), "Window too small"),
        ("en", (80, 4), "Window too small"),
        ("da", (80, 4), "Vinduet er for lille"),
        ("da", (9, 24), "Vinduet …"),
        ("da", (2, 2), "V…"),
    ],
)
def test_a_window_without_room_shows_one_line(shop: Path, language: str, size: tuple[int, int], line: str) -> None:
    with Desk(shop, language=language) as desk:
        desk.new()
        before = desk.text()
        desk.program.resize(*size)
        desk.program.wait_until(lambda: desk.text().strip() == line, what=line)
        assert desk.program.line(0) == line
        desk.program.resize(80, 24)
        desk.program.wait_until(lambda: desk.text() == before, what="the sheet")


@pytest.mark.parametrize("env", [{}, {"SVC_TUI_DISPLAY": "whole"}], ids=["changes", "whole"])
def test_a_program_that_begins_in_a_small_window_waits_for_a_larger_one(shop: Path, env: dict[str, str | None]) -> None:
    with Desk(shop, columns=9, rows=4, waits=False, env=env) as desk:
        desk.program.wait_for("Vinduet")
        desk.program.settle()
        desk.program.resize(80, 24)
        desk.wait_until_ready()
        assert desk.title.startswith("Produktservice")


def test_forty_columns_have_room(shop: Path) -> None:
    with Desk(shop, columns=40) as desk:
        desk.new()
        desk.fill("Tænder ikke", "fr 930", "tv")
        assert desk.job(desk.save())["subject"] == "Tænder ikke"


def test_what_is_typed_unseen_goes_into_its_field_and_is_no_command(shop: Path) -> None:
    with Desk(shop) as desk:
        desk.new()
        desk.press("Tænder")
        desk.program.resize(5, 40)
        desk.program.wait_for("Vind")
        desk.press(" ikke<BS><BS>")
        desk.paste("ke mere")
        desk.program.resize(80, 24)
        desk.program.wait_for("Tænder ikke mere")
        desk.fill("", "fr 930", "tv")
        number = desk.save()
        desk.press("<Esc>")
        desk.program.resize(9, 9)
        desk.program.wait_for("Vinduet")
        desk.press("d", "<Enter>", "n")
        desk.program.resize(80, 24)
        desk.program.wait_for("Tænder ikke")
        assert desk.title.startswith("Produktservice")
        assert desk.job(number)["status"] == "Ubehandlet"


@pytest.mark.parametrize("keys", ["", "/jensen", "n", "p", "<F10>"])
def test_a_small_window_hears_that_one_wants_to_leave(demo: Path, keys: str) -> None:
    with Desk(demo) as desk:
        desk.press(keys)
        desk.program.resize(5, 3)
        desk.program.settle()
        assert desk.quit() == 0


def test_leaving_unseen_asks_about_what_is_not_saved(shop: Path) -> None:
    with Desk(shop) as desk:
        desk.new()
        desk.press("Tænder ikke")
        desk.program.resize(5, 3)
        desk.program.wait_for("Vind")
        desk.press("<C-q>", "d")
        desk.program.resize(80, 24)
        desk.said("Not saved yet.   s: save and close   d: discard the changes   Esc: stay")
        desk.press("<Esc>")
        assert desk.value("Subject") == "Tænder ikke"


@pytest.mark.parametrize("keys", ["/jensen", "n"])
def test_a_small_window_hears_a_hang_up(demo: Path, keys: str) -> None:
    with Desk(demo) as desk:
        desk.press(keys)
        desk.program.resize(9, 24)
        desk.program.settle()
        desk.program.hang_up()
        assert desk.program.wait_for_exit(10.0) == 129
