"""After the shop was put back, own settings are those of the shop as it is: their keys go on, and nothing is dead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.services.people import settings
from tests.ui.colleague import until
from tests.ui.desk import Desk
from tests.ui.test_restored import put_back, restored

__all__ = ["put_back"]


async def _is_read_anew(desk: Desk) -> None:
    await until(desk, lambda: desk.app.screen.session is desk.app.session)  # type: ignore[attr-defined]


async def test_columns_are_changed_from_those_of_the_shop_as_it_is_now(
    live: Desk, put_back: Callable[[], None]
) -> None:
    await live.press("v")
    assert live.app.settings.columns == "advanced"
    await restored(live, put_back)
    await _is_read_anew(live)
    for preset in ("advanced", "simple", "normal"):
        await live.press("v")
        assert live.message == f"Columns: {preset}"
        assert (await live.ask(settings.load)).columns == live.app.settings.columns == preset


@pytest.mark.parametrize("keys", [("v",), ("V", "space", "f2"), ("ctrl+e", *"hdmi", "f2"), ("O",), ("o", "enter")])
async def test_a_key_on_the_heels_of_a_restore_is_told_or_works(
    live: Desk, put_back: Callable[[], None], keys: tuple[str, ...]
) -> None:
    await asyncio.to_thread(put_back)
    await live.press(*keys)
    await live.press("escape")
    await live.press(*(["d"] if live.shows("Not saved yet") else []), "escape", "escape")
    assert live.on_top(ActivityListScreen)
    await _is_read_anew(live)
    now = live.app.settings.columns
    assert (await live.ask(settings.load)).columns == now
    await live.press("v")
    if live.shows("put back to an earlier state"):  # told with the first key that changes something
        await live.press("v")
    assert live.message == f"Columns: {live.app.settings.columns}"
    assert (await live.ask(settings.load)).columns == live.app.settings.columns != now


async def test_settings_open_over_a_restore_are_refused_with_the_way_on(
    live: Desk, put_back: Callable[[], None]
) -> None:
    await live.press("v", "ctrl+e")
    await asyncio.to_thread(put_back)
    await live.press(*"hdmi", "f2")
    assert live.shows("Leave this by Esc and open it again.")
    await live.press("escape")
    await until(live, lambda: live.shows("Not saved yet"))
    await live.press("d")
    await _is_read_anew(live)
    await live.press("ctrl+e", *"hdmi", "f2")
    assert live.message == "Kept."
    assert (await live.ask(settings.load)).opening_filter == "hdmi"
