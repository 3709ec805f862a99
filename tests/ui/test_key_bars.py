"""Every key that a key bar shows does something there: on every screen, wherever the cursor is."""

from __future__ import annotations

from typing import Final

import pytest

from tests.ui.desk import Desk

JOB = "TV uden billede"
IN_TAB = "home"
"""A key between the one that opened a tab and the one that leaves it: F12 on its heels is not meant to."""

LISTS: Final[dict[str, tuple[str, ...]]] = {
    "rows": (),
    "no rows": ("/", *"zzzz9", "enter"),
    "the filter line": ("/",),
    "a question for a value of a register": ("s",),
    "a question for a value": ("p",),
    "jobs of a customer": ("ctrl+y",),
    "columns": ("V",),
    "views, of which there are none": ("w",),
    "the reader": ("e",),
    "linking": ("f9",),
}
HISTORY: Final[dict[str, tuple[str, ...]]] = {"changes": ("h",), "an act": ("h", "enter")}
OWN: Final[dict[str, tuple[str, ...]]] = {
    "settings": ("ctrl+e",),
    "a choice": ("ctrl+e", "tab"),
    "its values": ("ctrl+e", "tab", "f4"),
    "help": ("f1",),
    "the palette": ("f10",),
}
BOARD: Final[dict[str, tuple[str, ...]]] = {"the dashboard": ("4",), "its counts": ("4", "tab")}
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "subject": (),
    "start": ("tab",),
    "type": ("tab",) * 2,
    "customer": ("tab",) * 5,
    "device": ("tab",) * 6,
    "part": ("tab",) * 7,
    "fault told": ("tab",) * 8,
    "customers": (*("tab",) * 5, "f4"),
    "devices": (*("tab",) * 6, "f4"),
}
TABS: Final[dict[str, tuple[str, ...]]] = {
    "strip": ("shift+tab", "shift+tab"),
    "note": ("f12", IN_TAB),
    "contacts": ("f8", IN_TAB),
    "product": ("f8", "f8", IN_TAB),
    "lines": ("f8", "f8", "f12", "f12", "shift+tab"),
    "history": ("f8", "f8", "f8", IN_TAB),
    "misc": ("f7", IN_TAB),
}
CARD: Final[dict[str, tuple[str, ...]]] = {
    "first field": (),
    "second field": ("tab",),
    "strip": ("f12", "shift+tab"),
    "first tab": ("f12", IN_TAB),
    "second tab": ("f8", IN_TAB),
    "third tab": ("f8", "f8", IN_TAB),
    "last tab": ("f7", IN_TAB),
}


def _behind(first: tuple[str, ...], routes: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: (*first, *keys) for name, keys in routes.items()}


ENTRIES: Final[dict[str, tuple[str, ...]]] = {
    "rows": (),
    "no rows": ("/", *"zzzz9", "enter"),
    "filter line": ("/",),
    "new": ("n",),
}
SCREENS: Final = {
    "lists": LISTS,
    "history": HISTORY,
    "own": OWN,
    "dashboard": BOARD,
    "sheet": _behind(("enter",), FIELDS | TABS),
    "new job": _behind(("n",), FIELDS | TABS),
    "contacts": _behind(("7",), ENTRIES),
    "contact": _behind(("7", "enter"), CARD),
    "company": _behind(("7", "down", "enter"), CARD),
    "products": _behind(("8",), ENTRIES),
    "product": _behind(("8", "enter"), CARD),
    "devices": _behind(("0",), ENTRIES),
    "device": _behind(("0", "enter"), CARD),
    "registers": {f"register {n}": ("R", *["down"] * n, "enter") for n in range(8)} | {"registers": ("R",)},
    "rows of registers": {f"row of {n}": ("R", *["down"] * n, "enter", "enter") for n in range(5)},
    "ends of registers": {f"end of {n}": ("R", *["down"] * n, "enter", "end") for n in range(4)},
}

LEAVES_OUT: Final = frozenset(("ctrl+q", "f5", "f10", "f1"))
"""They do the same everywhere; F5 reads again what there is."""
EVERYWHERE: Final = frozenset(("enter", "f4", "delete", "ctrl+x", "f12"))
"""What they do depends on where the cursor is; of the others it is enough to try them once on a screen."""


@pytest.mark.parametrize("screens", SCREENS)
async def test_each_key_that_a_bar_shows_does_something(desk: Desk, screens: str) -> None:
    dead, tried = [], set()
    for name, route in SCREENS[screens].items():
        await _go(desk, route)
        offered = [key for key, _label in desk.screen.offered_keys() if key not in LEAVES_OUT]
        kind = type(desk.screen)
        for key in offered:
            if (kind, key) in tried and key not in EVERYWHERE:
                continue
            tried.add((kind, key))
            await _go(desk, route)
            before = _seen(desk)
            await desk.press(key)
            if not desk.is_over and _seen(desk) == before:
                dead.append(f"{key} on {kind.__name__} ({name})")
    assert not dead


async def _go(desk: Desk, route: tuple[str, ...]) -> None:
    """From wherever it is back to the list of jobs, and the way to a place from there."""
    while len(desk.app.screen_stack) > 2:
        if desk.screen.bottom.is_asking:
            await desk.press("escape")
        await desk.app.back()
        await desk.rest()
    await desk.press("escape", "escape", "3", "escape", "escape", "home")
    await desk.list.put_cursor(JOB)
    await desk.press(*route)


def _seen(desk: Desk) -> tuple[object, ...]:
    """What a person sees and what the next key goes to."""
    screen = desk.screen
    return desk.screen_text(), len(desk.app.screen_stack), screen.target, screen.field


@pytest.mark.parametrize(
    "route", [("enter", "f8", "f8", "f8"), ("7", "enter", "f12"), ("8", "enter", "f12"), ("0", "enter", "f12")]
)
async def test_del_is_shown_only_where_it_takes_something_away(desk: Desk, route: tuple[str, ...]) -> None:
    await _go(desk, route)
    assert "Del" not in desk.key_bar
    await _go(desk, ("enter", "f8", "f8", "f12", "f12", "shift+tab"))
    assert "Del Remove" in desk.key_bar


async def test_keys_about_a_row_come_back_with_the_rows(desk: Desk) -> None:
    await desk.press("/", *"zzzz9", "enter")
    assert "Done" not in desk.key_bar
    await desk.press("escape")
    assert "Done" in desk.key_bar
