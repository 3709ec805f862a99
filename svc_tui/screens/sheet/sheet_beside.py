"""What stands in a sheet beside its fields, to be remembered when it is discarded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from svc_tui.domain.records import LineRecord, LinkRecord


class Beside(NamedTuple):
    """Everything of a sheet but its fields."""

    list_id: int | None = None
    """The list it was opened from."""
    followed: Mapping[str, int | None] = {}
    """What the fields have followed already; see `HeaderForm.remembered`."""
    links: tuple[LinkRecord, ...] = ()
    lines: tuple[LineRecord, ...] = ()
    note: str = ""


def beside_anew(beside: object) -> Beside:
    """The same for a new job: no link and no line is stored, or went to an order."""
    if not isinstance(beside, Beside):
        return Beside()
    return beside._replace(
        links=tuple(link._replace(id=-place) for place, link in enumerate(beside.links, 1)),
        lines=tuple(line._replace(id=-place, transferred=0) for place, line in enumerate(beside.lines, 1)),
    )
