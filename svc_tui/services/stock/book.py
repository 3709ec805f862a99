"""Acts on parts in the database: what they concern is read, the rules are followed, what differs is written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from svc_tui.db.core.changes import Changes, Values
from svc_tui.db.stock import pieces
from svc_tui.db.stock.pieces import Claim, hold
from svc_tui.domain.stock.pieces import Incoming, PartLine
from svc_tui.domain.stock.supply import Supply
from svc_tui.domain.tables import ACTIVITY_LINE, PART_CLAIM, PURCHASE_LINE, STOCK_MOVE

__all__ = ["Book", "hold"]

_OF_INCOMING: Final = ("ordered", "received", "cancelled")


class Book:
    """The supply that an act changes; one for each act. Whoever opens it holds the parts first (`hold`)."""

    def __init__(self, changes: Changes) -> None:
        self.changes = changes
        self.supply = Supply()
        self._lines: dict[int, PartLine] = {}
        """As they are stored."""
        self._incoming: dict[int, Incoming] = {}
        self._claims: dict[tuple[int, int], Claim] = {}
        self._moves = 0
        self._products: set[int] = set()

    def load(
        self, *, lines: Collection[int] = (), products: Collection[int] = (), incoming: Collection[int] = ()
    ) -> Supply:
        """Read what acts on these concern: besides them who else waits for the same products, and what is coming."""
        store = self.changes.store
        found = {line.id: line for line in pieces.lines(store, set(lines) - set(self._lines))}
        coming = {entry.id: entry for entry in pieces.incoming(store, set(incoming) - set(self._incoming))}
        wanted = {line.product for line in found.values()} | {entry.product for entry in coming.values()}
        fresh = ({product for product in wanted if product is not None} | set(products)) - self._products
        found |= {line.id: line for line in pieces.open_lines(store, fresh)}
        coming |= {entry.id: entry for entry in pieces.open_incoming(store, fresh)}
        self._take_claims(found, coming)
        for product, here in pieces.on_hand(store, fresh).items():
            self.supply.stock[product] = here.stock
            self.supply.quarantine[product] = here.quarantine
        self._products |= fresh
        for line in found.values():
            if line.id not in self._lines:
                self._lines[line.id] = replace(line, claims=dict(line.claims))
                self.supply.lines[line.id] = line
        for entry in coming.values():
            if entry.id not in self._incoming:
                self._incoming[entry.id] = replace(entry)
                self.supply.incoming[entry.id] = entry
        return self.supply

    def add_incoming(self, entry: Incoming) -> None:
        """A line of an order that this act has written itself."""
        self.supply.incoming[entry.id] = entry
        self._incoming[entry.id] = replace(entry)

    def _take_claims(self, found: dict[int, PartLine], coming: dict[int, Incoming]) -> None:
        """The claims of these lines, with what else they name; parts in no register are found by them alone."""
        store = self.changes.store
        claims = {claim.id: claim for claim in pieces.claims(store, "line_id", found)}
        claims |= {claim.id: claim for claim in pieces.claims(store, "purchase_line_id", coming)}
        known = set(found) | set(self._lines)
        found |= {line.id: line for line in pieces.lines(store, {claim.line for claim in claims.values()} - known)}
        lacking = {claim.purchase_line for claim in claims.values()} - set(coming) - set(self._incoming)
        coming |= {entry.id: entry for entry in pieces.incoming(store, lacking)}
        for claim in claims.values():
            self._claims[claim.line, claim.purchase_line] = claim
            line = found.get(claim.line) or self.supply.lines[claim.line]
            line.claims[claim.purchase_line] = claim.quantity

    def write(self) -> None:
        """Write what the acts changed; may be followed by more of them."""
        for line in self.supply.lines.values():
            self._write_line(line)
        for entry in self.supply.incoming.values():
            before = self._incoming[entry.id]
            changed: Values = {name: getattr(entry, name) for name in _OF_INCOMING}
            if any(getattr(before, name) != value for name, value in changed.items()):
                self.changes.update(PURCHASE_LINE, entry.id, changed)
                self._incoming[entry.id] = replace(entry)
        for move in self.supply.moves[self._moves :]:
            row: Values = {
                "of_product": move.product, "kind": str(move.kind), "quantity": move.quantity,
                "quarantine": move.quarantine, "of_line": move.line, "of_purchase": move.incoming,
                "at": self.changes.at,
            }  # fmt: skip
            self.changes.insert(STOCK_MOVE, row)
        self._moves = len(self.supply.moves)

    def _write_line(self, line: PartLine) -> None:
        before = self._lines[line.id]
        changed: Values = {
            name: getattr(line, name)
            for name in ("reserved", "came", "used", "planned")
            if getattr(line, name) != getattr(before, name)
        }
        if changed.get("used") == 0 and line.planned:
            changed["used"] = None  # nothing is said of it any more
        if changed:
            self.changes.update(ACTIVITY_LINE, line.id, changed)
        for number in {*before.claims, *line.claims}:
            self._write_claim(line, number, line.claims.get(number, 0))
        self._lines[line.id] = replace(line, claims=dict(line.claims))

    def _write_claim(self, line: PartLine, number: int, quantity: int) -> None:
        claim = self._claims.get((line.id, number))
        if claim is None:
            row: Values = {
                "activity": line.activity, "line": line.id, "purchase_line": number, "quantity": quantity,
            }  # fmt: skip
            made = self.changes.insert(PART_CLAIM, row)
            self._claims[line.id, number] = Claim(made, line.id, number, quantity)
        elif not quantity:
            self.changes.delete(PART_CLAIM, claim.id)
            del self._claims[line.id, number]
        elif quantity != claim.quantity:
            self.changes.update(PART_CLAIM, claim.id, {"quantity": quantity})
            self._claims[line.id, number] = claim._replace(quantity=quantity)
