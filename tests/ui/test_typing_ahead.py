"""A burst of keys does exactly what slow typing does: nothing is lost and nothing reordered, whatever opens."""

from __future__ import annotations

import pytest

from tests.ui.desk import Desk

BURSTS: dict[str, list[str]] = {
    "new job": ["n", *"TV virker ikke", "tab", *"fr 930", "tab", *"tv", "tab", *"vent", "tab", *"sø", "tab", *"bente",
                "tab", "tab", *"3x hdmi", "enter", "f2"],
    "new job, twice": ["n", *"Første", "tab", "tab", *"tv", "f6", *"Anden", "tab", "tab", *"tv", "f2", "escape"],
    "link": ["n", *"Et job", "f9", *"ole hansen", "enter", "f2"],
    "value list": ["n", *"Et job", "tab", "tab", "tab", "f4", "down", "down", "enter", "f2"],
    "create a contact": ["n", *"Et job", "f9", *"Karla Friis", "enter", *"12345678", "f2", "f2"],
    "filter, open": ["/", *"projektor", "enter", "enter", *"!", "f2", "escape"],
    "postpone": ["down", "p", *"fr 14", "enter", "down", "d"],
    "palette": ["f10", *"postpone", "enter", *"fr 14", "enter"],
    "settings": ["ctrl+e", *"start:-7..", "f2", "n", *"Et job", "f2"],
    "lists": ["2", "3", "down", "down", "1", "down", "enter", "escape", "3", "enter"],
    "ask and save": ["enter", *"!", "escape", "s", "down", "enter", *"?", "escape", "s"],
    "line dialog": ["/", *"billede", "enter", "enter", "f8", "f8", *["tab"] * 13, "2", "3", "tab", "tab", "tab",
                    "enter", *"5", "tab", "f2", "f2"],
}  # fmt: skip


async def _end(desk: Desk) -> tuple[str, list[tuple[object, ...]]]:
    rows = await desk.app.store.run(
        desk.app.store.sql, "SELECT number, subject, start_at, status_id, customer_id, total FROM activity ORDER BY id"
    )
    return desk.screen_text(), rows


@pytest.mark.parametrize("name", BURSTS)
async def test_a_burst_does_what_slow_typing_does(name: str, desk: Desk, tmp_path_factory: pytest.TempPathFactory,
                                                  shop_file: object) -> None:  # fmt: skip
    import shutil
    from pathlib import Path

    from svc_tui.db.core.engine import open_database
    from tests.ui.desk import open_desk
    from tests.ui.shop import sign_in

    await desk.burst(*BURSTS[name])
    fast = await _end(desk)
    assert isinstance(shop_file, Path)
    path = tmp_path_factory.mktemp("slow") / "shop.db"
    shutil.copyfile(shop_file, path)
    store = open_database(str(path))
    async with open_desk(store, sign_in(store, "AH")) as slow_desk:
        for key in BURSTS[name]:
            await slow_desk.press(key)
        slow = await _end(slow_desk)
    store.close()
    assert fast[1] == slow[1]
    assert fast[0] == slow[0]


async def test_a_job_costs_forty_keystrokes_besides_its_subject(desk: Desk) -> None:
    subject = "TV uden billede"
    keys = ["n", *subject, "tab", "tab", *"tv", "tab", *"vent", "tab", *"sø", "tab", *"bente", "tab", "tab", *"hdmi",
            "enter", "f2"]  # fmt: skip
    await desk.burst(*keys)
    assert "10061" in desk.message
    assert len(keys) - len(subject) <= 40
