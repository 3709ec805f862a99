"""Contacts, devices and merges by keys on the real program, on a terminal of few colours and few keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from tests.wire.desk import Desk


def asked(shop: Path, sql: str) -> list[tuple[object, ...]]:
    """What stands in the shop's file."""
    store = open_database(str(shop))
    try:
        return list(store.sql(sql))
    finally:
        store.close()


@pytest.mark.parametrize("term", ["vt220", "xterm-256color"])
def test_the_customer_of_a_job_is_corrected_retired_and_the_changes_are_undone(demo: Path, term: str) -> None:
    with Desk(demo, term=term) as desk:
        desk.press("3")
        desk.filter("-kunde:ingen")
        desk.press("<C-x>")
        assert desk.title.startswith("Kontakt ")
        number = int(desk.title.split()[1])
        stored = f"SELECT phone, retired FROM contact WHERE number = {number}"
        [(before, _retired)] = asked(demo, stored)
        desk.press("<Tab><Tab><Tab>", "<C-u>20 99 99 99", "<F2>")
        assert "er gemt" in desk.message
        assert [row[0] for row in asked(demo, stored)] == ["20 99 99 99"]
        desk.press("<F8><F8><F8>", "<Tab><Tab><Tab>", "ja", "<F2>")
        assert [bool(row[1]) for row in asked(demo, stored)] == [True]
        desk.press("<F3>", "u", "u")
        assert [(phone, bool(retired)) for phone, retired in asked(demo, stored)] == [(before, False)]
        assert desk.quit() == 0


def test_a_device_keeps_its_lock_code_to_itself(demo: Path) -> None:
    with Desk(demo, term="vt220") as desk:
        desk.press("3")
        desk.filter("-apparat:ingen")
        desk.press("<C-x>", "<F8><F8>", "<Enter>")
        assert desk.title.startswith("Apparat "), desk.text()
        desk.press("<F8>", "93517", "<F2>")
        assert "****" in desk.text()
        assert "93517" not in desk.text()
        desk.press("<Tab><S-Tab>", "<F4>")
        assert "93517" in desk.text()
        desk.press("<F8>")
        assert "93517" not in desk.text()
        [(stored,)] = asked(demo, "SELECT lock_code FROM device WHERE lock_code <> ''")
        assert stored == "93517"
        desk.press("<F3><F3>")
        assert desk.quit() == 0
