"""The demo shop's parts: what is on its way to jobs, what lies on the shelves, orders to suppliers in all states."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from svc_tui.db.core.engine import Store
from svc_tui.db.core.part_totals import OfLine, add_up_stock, of_jobs
from svc_tui.db.transfer.bulk import Bulk
from svc_tui.domain.records import PartState
from svc_tui.domain.stock.part_states import state_of
from svc_tui.domain.tables import PART_CLAIM, PURCHASE, PURCHASE_LINE, STOCK_MOVE
from svc_tui.services.demo.demo_people import Dice, PartRow
from svc_tui.services.demo.demo_time import Calendar

_DAY: Final = 86_400
_PURCHASE = ("id", "number", "supplier", "sent_at", "expected_at", "reference", "created_at")
_LINE = (
    "id", "purchase", "product", "code", "text", "unit", "ordered", "received", "cancelled", "outstanding", "cost",
)  # fmt: skip
_CLAIM = ("activity", "line", "purchase_line", "quantity")
_MOVE = ("of_product", "kind", "quantity", "of_line", "at")
_DAYS_ON_THE_WAY: Final = (1, 2, 2, 3, 4, 5, 8)
_UNSENT, _FULFILLED = 4, 6
"""So many products wait on an order that is not sent yet, and so many came whole."""


class Quantities:
    """What is reserved and on order of a line, and the state that follows."""

    __slots__ = ("came", "ordered", "reserved", "state")

    def __init__(self, part: PartRow, planned: int, used: int | None, wanted: str) -> None:
        rest = max(0, planned - (used or 0)) if part.kind == "part" else 0
        self.reserved = self.came = rest if wanted == PartState.ARRIVED else 0
        self.ordered = rest if wanted == PartState.ORDERED else 0
        self.state = state_of(part.kind, planned, self.reserved, self.came, self.ordered, used or 0)


class Shelves:
    """Remembers what jobs need of parts, and writes it once all of them are told."""

    def __init__(self, bulk: Bulk, dice: Dice, calendar: Calendar, first_number: int) -> None:
        self._bulk, self._dice, self._calendar = bulk, dice, calendar
        self._number = first_number
        self._purchases: dict[tuple[int | None, int], list[object]] = {}
        """By supplier and day."""
        self._lines: dict[tuple[int, int], list[object]] = {}
        """By order and product."""
        self._claims: list[tuple[object, ...]] = []
        self._reserved: dict[int, int] = defaultdict(int)
        self._parts: dict[int, list[OfLine]] = defaultdict(list)

    def needs(self, job: int, line: int, part: PartRow, quantities: Quantities, at: int) -> None:
        """A job has a line of a part since a time."""
        self._reserved[part.id] += quantities.reserved
        due: int | None = None
        if quantities.ordered:
            purchase = self._purchase(part.supplier, at)
            row = self._line(int(str(purchase[0])), part)
            for place in (6, 9):
                row[place] = int(str(row[place])) + quantities.ordered
            self._claims.append((job, line, row[0], quantities.ordered))
            due = None if purchase[4] is None else int(str(purchase[4]))
        self._parts[job].append(OfLine(job, line, "", quantities.state, due))

    def told_of(self, job: int) -> tuple[object, ...]:
        """What a job tells of its parts; asked once, when nothing more happens to it."""
        lines = self._parts.pop(job, [])
        return tuple(of_jobs(lines)[job]) if lines else ("", 0, 0, None)

    def _purchase(self, supplier: int | None, at: int) -> list[object]:
        """An order of that day, whatever became of it."""
        key = (supplier, at // _DAY)
        if key not in self._purchases:
            self._number += 1
            due = at // _DAY * _DAY + self._dice.pick(_DAYS_ON_THE_WAY) * _DAY + 10 * 3600
            self._purchases[key] = [
                len(self._purchases) + 1, self._number, supplier, at, None if self._dice.chance(0.1) else due,
                "", at,
            ]  # fmt: skip
        return self._purchases[key]

    def _line(self, purchase: int, part: PartRow) -> list[object]:
        key = (purchase, part.id)
        if key not in self._lines:
            self._lines[key] = [
                len(self._lines) + 1, purchase, part.id, part.code, part.name, part.unit, 0, 0, 0, 0, part.cost,
            ]  # fmt: skip
        return self._lines[key]

    def finish(self, store: Store, parts: list[PartRow]) -> None:
        """Write all of it, with the stock that each product began with."""
        now = self._calendar.at(0)
        self._for_stock(parts)
        self._bulk.write(PURCHASE, _PURCHASE, [tuple(row) for row in self._purchases.values()])
        self._bulk.write(PURCHASE_LINE, _LINE, [tuple(row) for row in self._lines.values()])
        self._bulk.write(PART_CLAIM, _CLAIM, self._claims)
        moves = [
            (part.id, "count", part.stock + self._reserved[part.id], None, now)
            for part in parts
            if part.stock + self._reserved[part.id]
        ]
        self._bulk.write(STOCK_MOVE, _MOVE, moves)
        self._bulk.raise_counter("purchase", self._number)
        add_up_stock(store, [part.id for part in parts])

    def _for_stock(self, parts: list[PartRow]) -> None:
        """Of the products that run low some wait to be ordered, and some have come already."""
        low = sorted((part for part in parts if part.supplier), key=lambda part: (part.stock, part.id))
        for place, part in enumerate(low[: _UNSENT + _FULFILLED]):
            came = place >= _UNSENT
            at = self._calendar.at(0) + place * _DAY if came else self._calendar.at(self._calendar.limit)
            purchase = self._purchase(part.supplier, at)
            if not came and purchase[3] == at:
                purchase[3] = purchase[4] = None
            row = self._line(int(str(purchase[0])), part)
            row[6] = int(str(row[6])) + 5000
            row[7 if came else 9] = int(str(row[7 if came else 9])) + 5000
