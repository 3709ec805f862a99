"""What follows for the parts when a job's lines are saved: pieces are reserved, used, taken back and given up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from svc_tui.db.core.changes import Changes
from svc_tui.db.stock import pieces
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.stock.pieces import Fate
from svc_tui.domain.stock.supply import Supply
from svc_tui.services.stock import returns
from svc_tui.services.stock.book import Book


class Was(NamedTuple):
    """A line that was saved, as it stood before: nothing of it for a new one."""

    line: int
    planned: int = 0
    used: int = 0
    is_new: bool = False
    here: int = 0
    """Pieces of it that came by hand."""


@dataclass(frozen=True, slots=True)
class Handling:
    """How pieces are dealt with where a save alone does not say it."""

    reserve: bool = True
    """Whether lines take what is free."""
    anyway: bool = False
    """Whether pieces of other jobs, and more than the stock says there are, are taken."""
    fates: Mapping[int, Fate] = field(default_factory=dict)
    """What becomes of pieces that were taken out again, by line; they are good where nothing is said."""


USUAL = Handling()

STILL_USED = N_("{text} is in the device: take it back first, or let “us” pay for it.")


def follow(changes: Changes, saved: Sequence[Was], products: Collection[int], handling: Handling = USUAL) -> None:
    """Bring the parts to what was saved.

    Args:
        changes: The act; the lines are written.
        saved: Lines that are new, of which another number is planned or used now, or of which pieces came by hand.
        products: The products of the new ones.
        handling: What the save does not say.

    Raises:
        Asked: when pieces of another job, or more than there are, would be taken.
        Invalid: when it cannot be.
    """
    counted = pieces.on_hand(changes.store, products)
    if all(was.is_new and not was.here for was in saved) and not counted:
        return
    book = Book(changes)
    supply = book.load(lines=[was.line for was in saved])
    for was in saved:
        _bring(supply, was, handling)
        if was.here:
            supply.here(was.line, was.here)
    if handling.reserve:
        for was in saved:
            supply.reserve(was.line)
        for product in {supply.lines[was.line].product for was in saved}:
            supply.serve_free(product)
    book.write()
    for was in saved:
        if handling.fates.get(was.line) is Fate.FAULTY and (taken := was.used - supply.lines[was.line].used) > 0:
            returns.propose_of_line(changes, was.line, taken)


def _bring(supply: Supply, was: Was, handling: Handling) -> None:
    line = supply.lines[was.line]
    planned, used = line.planned, line.used
    if (planned, used) == (max(was.planned, was.used), was.used):
        return
    line.used = was.used
    line.planned = max(planned, was.planned, was.used)
    if used > was.used:
        supply.use(line.id, used - was.used, anyway=handling.anyway)
    elif used < was.used:
        supply.take_back(line.id, was.used - used, handling.fates.get(line.id, Fate.GOOD))
    supply.plan(line.id, max(planned, used))


def give_up(changes: Changes, lines: Collection[int], handling: Handling = USUAL) -> None:
    """Before lines are deleted: what is reserved for them is free, what is on its way to them is nobody's.

    Raises:
        Invalid: when pieces that are counted are in the device.
    """
    if not lines:
        return
    book = Book(changes)
    supply = book.load(lines=lines)
    for line_id in lines:
        line = supply.lines[line_id]
        if line.used and supply.counts(line.product):
            raise Invalid(STILL_USED, field="lines", text=line.text)
        line.planned -= line.used
        line.used = 0
        supply.give_up(line_id)
    if handling.reserve:
        for product in {supply.lines[line_id].product for line_id in lines}:
            supply.serve_free(product)
    book.write()
