"""The real program with a planted fault, which a soak must find: `python -m tests.soak.faults FAULT ...`."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from svc_tui import cli
from svc_tui.terminal import terminal

if TYPE_CHECKING:
    from textual.geometry import Size

    from svc_tui.screens.shell.base import BaseScreen
    from svc_tui.widgets.keys import Key

AFTER = 150
"""How many keys are dealt with before the fault shows."""
LEAK = 200_000
"""Bytes kept for every key."""
GULP = 300_000_000
"""Bytes kept for one key."""
NARROW = 30
"""Columns."""
SWELL = 20_000_000
"""Bytes kept for every size."""


def main() -> int:
    fault, arguments = sys.argv[1], sys.argv[2:]
    prepare = terminal.prepare

    def prepare_and_plant(profile: terminal.Profile) -> None:
        prepare(profile)  # which must come before Textual is imported
        plant(fault)

    terminal.prepare = prepare_and_plant  # type: ignore[assignment]
    return cli.main(arguments)


def plant(fault: str) -> None:
    """Spoil what every screen does with a key in the end, or with a size."""
    plant_in_sizes(fault) if fault in ("spin", "swell") else plant_in_keys(fault)


def plant_in_sizes(fault: str) -> None:
    """In a narrow window it never comes to an end, or every new size is kept."""
    from svc_tui.terminal.display_app import DisplayScreen

    real = DisplayScreen._screen_resized
    kept: list[bytearray] = []

    def faulty(screen: DisplayScreen[object], size: Size) -> None:
        while fault == "spin" and screen.app.size.width < NARROW:
            pass
        kept.append(bytearray(b"x") * (SWELL if fault == "swell" else 0))
        real(screen, size)

    DisplayScreen._screen_resized = faulty  # type: ignore[method-assign, assignment]


def plant_in_keys(fault: str) -> None:
    """A key is never dealt with, ends the program, raises, or every key is kept."""
    from svc_tui.screens.shell.base import BaseScreen

    real = BaseScreen._take
    kept: list[bytearray] = []
    dealt_with = 0

    async def faulty(screen: BaseScreen, key: Key, more_follows: bool) -> None:
        nonlocal dealt_with
        dealt_with += 1
        if fault == "leak":
            kept.append(bytearray(b"x") * LEAK)
        elif dealt_with == AFTER:
            if fault == "raise":
                raise KeyError("planted")
            if fault == "crash":
                os._exit(3)
            if fault == "gulp":
                kept.append(bytearray(b"x") * GULP)
                await real(screen, key, more_follows)
                return
            await asyncio.Event().wait()
        await real(screen, key, more_follows)

    BaseScreen._take = faulty  # type: ignore[method-assign, assignment]


if __name__ == "__main__":
    sys.exit(main())
