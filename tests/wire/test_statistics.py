"""Statistics by the real program: what the screen counts is what the command line says and what the list shows."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.wire.desk import Desk, command
from tests.wire.program import ROOT


def figures(shop: Path, *words: str) -> dict[str, object]:
    """What `svc-tui statistics` says."""
    wanted = [*command(shop), "statistics", *words, "--json"]
    ran = subprocess.run(wanted, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=60, check=True)
    found: dict[str, object] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("term", ["vt220", "xterm-256color"])
def test_a_figure_is_the_command_lines_and_opens_exactly_its_jobs(shop: Path, term: str) -> None:
    with Desk(shop) as desk:
        for subject in ("Ingen lyd", "Intet billede"):
            desk.new()
            desk.fill(subject)
            desk.save()
            desk.press("<F3>")
    said = figures(shop, "type", "--period", "all")["all"]
    assert isinstance(said, dict)
    with Desk(shop, term=term) as desk:
        desk.press("9")
        assert desk.title.startswith(desk.told("Statistics"))
        desk.press("p", "all", "<Enter>")
        name = desk.told("All")
        desk.program.wait_until(lambda: re.search(rf"(?m)^{name} +\d", desk.text()) is not None, 20, "the counts")
        desk.press("<End>")
        counted = [int(re.sub(r"\D", "", cell)) if cell != "-" else 0 for cell in desk.row().split()[1:4]]
        assert counted == [said["registered"], said["finished"], said["open"]]
        desk.press("<Right>", "<Enter>")
        desk.wait_for_count(int(said["open"]))


def test_a_workbook_is_written_by_two_keys_and_a_name(shop: Path, tmp_path: Path) -> None:
    file = tmp_path / "tal.xlsx"
    with Desk(shop) as desk:
        desk.press("9", "e", "<C-u>", str(file), "<Enter>")
        desk.program.wait_until(file.exists, 20, "the workbook")
    with zipfile.ZipFile(file) as book:
        assert b"<row " in book.read("xl/worksheets/sheet1.xml")
