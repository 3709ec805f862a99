"""The registers on the real program, in a terminal of 80 by 24 without function keys of its own making."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wire.desk import Desk

KINDS = {"lists": 0, "types": 1, "statuses": 2, "priorities": 3, "employees": 4, "vat rates": 5}


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_added_changed_moved_retired_deleted_and_undone(shop: Path, kind: str) -> None:
    with Desk(shop, term="vt220") as desk:
        desk.press("R", *["<Down>"] * KINDS[kind], "<Enter>")
        desk.press("n", "Aaløv", *(["<Tab>", "12,5"] if kind == "vat rates" else []), "<F2>")
        assert desk.said("Kept: {name}. u undoes it.")["name"] == "Aaløv"
        desk.press("<Enter>", "<C-u>Aaløw", "<C-s>")
        assert desk.said("Kept: {name}. u undoes it.")["name"] == "Aaløw"
        assert "Aaløv" not in desk.text()
        desk.press("u")
        desk.said("Undone: {act}, {job}.")
        desk.program.wait_for("Aaløv")
        if kind != "employees":
            desk.press("<lt>", ">")
        desk.press("r")
        desk.said("{name} is retired: it is no longer offered. u undoes it.")
        desk.press("r")
        desk.said("{name} is offered again. u undoes it.")
        desk.press("<Del>", "j")
        assert desk.said("{name} is deleted. u undoes it.")["name"] == "Aaløv"
        desk.press("u")
        assert desk.said("Undone: {act}, {job}.")["job"] == "Aaløv"
        assert desk.quit() == 0


def test_a_type_is_added_from_the_sheet_and_taken(shop: Path) -> None:
    with Desk(shop, term="vt220") as desk:
        desk.new()
        desk.fill("Propel knækket", "")
        desk.press("Drone", "<F4>", "<F6>", "service", "<F2>")
        desk.press("<F2>")
        number = int(desk.said("Job {number} is saved.")["number"])
        desk.press("<Esc>")
        assert desk.job(number)["type"] == "Droneservice"
        assert desk.quit() == 0


def test_the_company_is_changed(shop: Path) -> None:
    with Desk(shop, term="vt220") as desk:
        desk.press("R", *["<Down>"] * 7, "<Enter>", "<C-u>Holms Værksted", "<F2>")
        desk.program.wait_for("Holms Værksted")
        assert desk.quit() == 0
