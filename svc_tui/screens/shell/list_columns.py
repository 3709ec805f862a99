"""Which columns of a list are shown on a screen of so many cells, by the user's preset or own arrangement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from svc_tui.domain.columns import OWN, Arranged, Columns, Layout, arranged, joined, room_for_subject
from svc_tui.domain.listing import SortOrder
from svc_tui.widgets.lines import fit, width_of
from svc_tui.widgets.preview import pane_width
from svc_tui.widgets.row_list import Column

R = TypeVar("R")

NARROW = 60
"""On fewer cells than this a row has its most important columns only, of a job a letter for the stage."""

MARKS = 1
"""The cell in front that tells what is selected."""

DESCENDING, ASCENDING = "↓", "↑"


def shown(
    known: Mapping[str, Column[R]], layout: Layout, wanted: Columns, width: int, order: SortOrder | None
) -> list[Column[R]]:
    """The columns to show in `width` cells (0: not known yet), the one sorted by marked.

    Args:
        known: Every column by its name; one that has no name of its own in the list is for narrow screens.
        layout: Which belong to which preset.
        wanted: The user's preset and own arrangement.
        width: Cells of the screen.
        order: What the list is sorted by; None marks no column.
    """
    preset = _preset(wanted, layout)
    if 0 < width < NARROW:
        chosen = [Arranged(name) for name in layout.narrow]
    elif preset == OWN or not width:
        chosen = list(arranged(preset, wanted.own, layout))
    else:
        chosen = [Arranged(name) for name in _of_preset(preset, known, width, layout)]
    return [_marked(sized(known[entry.name], entry), entry.name, order) for entry in chosen]


def _preset(wanted: Columns, layout: Layout) -> str:
    """The preset shown: the normal one where the user's is unknown, or is one's own and there is none."""
    known = wanted.preset in layout.presets or (wanted.preset == OWN and wanted.own)
    return wanted.preset if known else "normal"


def _of_preset(preset: str, known: Mapping[str, Column[R]], width: int, layout: Layout) -> tuple[str, ...]:
    """The columns of a preset on a screen of so many cells; the normal ones leave the preview its place."""
    widths = {name: column.width for name, column in known.items()}
    spare, room = room_for_subject(preset, width), width - MARKS
    if preset == "normal":
        room -= pane_width(width, sum(widths[name] + 1 for name in layout.presets[preset]) + MARKS)
    return joined(preset, widths, room, spare, layout)


def needed(preset: str, columns: Sequence[Column[R]], width: int) -> int:
    """Cells that the rows need for themselves on a screen of so many: what is left may be the preview's."""
    whole = sum(column.width + 1 for column in columns) + MARKS
    return whole + (room_for_subject("advanced", width) if preset == "advanced" else 0)


def sized(column: Column[R], entry: Arranged) -> Column[R]:
    """The column in the width that the user gave it; a number is never cut, so it keeps the room it needs."""
    if not entry.width:
        return column
    width = max(entry.width, column.width) if column.right else entry.width
    return column._replace(width=width, flex=0)


def _marked(column: Column[R], name: str, order: SortOrder | None) -> Column[R]:
    """The column with an arrow in its heading if the list is sorted by it; a title gives way to its arrow."""
    if order is None or order.column != name:
        return column
    arrow = DESCENDING if order.descending else ASCENDING
    room = column.width - 1
    title = column.title if column.flex or width_of(column.title) <= room else fit(column.title, room)
    gap = " " if width_of(title) < room else ""  # where the arrow becomes a letter it must not end a word
    return column._replace(title=title + gap + arrow)
