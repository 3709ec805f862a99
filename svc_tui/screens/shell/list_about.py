"""The row that an act of a list is about: the one that whoever asked for it has seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from svc_tui.domain.errors import N_, Invalid
from svc_tui.screens.shell.list_screen import ListScreen

R = TypeVar("R")


def the_row(screen: ListScreen[R], named: Callable[[R], object]) -> R | None:
    """The row under the cursor.

    Raises:
        Invalid: when somebody else's change has just put another row there than the one that was there.
    """
    rows = screen.list
    gone, row = rows.displaced, rows.current
    rows.displaced = None
    if gone is None:
        return row
    if row is not None and rows.source.key(row) == rows.source.key(gone):
        raise Invalid(
            N_("Not done: the shop was put back to an earlier state meanwhile. You are on {number}."), number=named(row)
        )
    if row is None:
        raise Invalid(N_("Not done: {number} left the list, changed by someone else."), number=named(gone))
    raise Invalid(
        N_("Not done: {number} left the list, changed by someone else. You are on {other}."),
        number=named(gone), other=named(row),
    )  # fmt: skip
