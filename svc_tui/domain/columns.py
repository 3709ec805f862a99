"""The columns a list of jobs can show: their names, the presets, and a user's own arrangement of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from svc_tui.domain.queries import ORDER_COLUMNS

ALL_COLUMNS = ORDER_COLUMNS
"""Names of the columns in their usual order; a list can be sorted by each of them."""

PRESETS: dict[str, tuple[str, ...]] = {
    "simple": ("number", "start", "subject", "customer", "status", "responsible"),
    "normal": ("number", "start", "subject", "customer", "type", "status", "responsible"),
    "advanced": ALL_COLUMNS,
}
OWN = "own"
"""The preset that a user arranged."""

NARROWEST, WIDEST = 1, 120
"""Cells a column may be given."""


class Arranged(NamedTuple):
    """One column of a user's own arrangement."""

    name: str
    width: int = 0
    """Cells; 0 for the usual width and share of what is left over."""


def arrangement(stored: object) -> tuple[Arranged, ...]:
    """What was stored as a user's columns, as far as it is understood: known names, each once, sound widths."""
    found: dict[str, Arranged] = {}
    for entry in stored if isinstance(stored, Iterable) and not isinstance(stored, str) else ():
        if not isinstance(entry, list | tuple) or len(entry) != 2:
            continue
        name, width = entry
        if name in ALL_COLUMNS and name not in found and type(width) is int:
            found[name] = Arranged(name, width if NARROWEST <= width <= WIDEST else 0)
    return tuple(found.values())


def arranged(preset: str, own: tuple[Arranged, ...]) -> tuple[Arranged, ...]:
    """The columns of a preset; the normal ones where it is unknown, or is the user's own and there is none."""
    if preset == OWN and own:
        return own
    return tuple(Arranged(name) for name in PRESETS.get(preset, PRESETS["normal"]))


def following(preset: str, own: tuple[Arranged, ...]) -> str:
    """The preset after this one, in turn; the user's own is among them once there is one."""
    presets = [*PRESETS, OWN] if own else list(PRESETS)
    return presets[(presets.index(preset) + 1) % len(presets)] if preset in presets else "normal"
