"""Pieces of products: which line has them, which waits for them, and what is on its way.

A `Supply` holds what a few acts concern: lines of jobs, lines of orders to suppliers, what lies here. It knows nothing
of a database; who keeps it in one writes what differs afterwards, and the `moves`. After every act:

1. nothing appears or vanishes: what came is here, in quarantine, or gone, and none of these is negative;
2. no line claims more than it needs;
3. no piece is reserved twice;
4. no piece that is on its way is promised twice;
5. of what went to a service order nothing is taken back.

Quantities are thousandths. A product that is not in `stock` is not counted: its pieces have states, and no number.
A line without a product is served by its own order only.
"""

from __future__ import annotations

from collections.abc import Iterable

from svc_tui.domain.errors import N_, Asked, Invalid
from svc_tui.domain.stock.pieces import Fate, Incoming, Move, MoveKind, PartLine, Served

LOCKED = N_("“{text}” went to a service order and is locked: cancel the order, or credit what was invoiced.")
HELD = N_("{text}: the last ones are reserved for job {job}.")
SHORT = N_("{text}: the stock says there are only {quantity}.")
FEWER_USED = N_("Fewer pieces were used than are taken back.")


class Supply:
    """What some acts on parts concern."""

    def __init__(
        self,
        lines: Iterable[PartLine] = (),
        incoming: Iterable[Incoming] = (),
        stock: dict[int, int] | None = None,
        quarantine: dict[int, int] | None = None,
    ) -> None:
        self.lines = {line.id: line for line in lines}
        self.incoming = {entry.id: entry for entry in incoming}
        self.stock = stock or {}
        """By product that is counted: pieces here and good, reserved ones too."""
        self.quarantine = quarantine or {}
        """By product: wrong or faulty pieces that wait to go back."""
        self.moves: list[Move] = []

    # -- what is free --------------------------------------------------------------------------------------------

    def counts(self, product: int | None) -> bool:
        """Whether pieces of a product are counted."""
        return product is not None and product in self.stock

    def reserved(self, product: int) -> int:
        return sum(line.reserved for line in self.lines.values() if line.product == product)

    def free(self, product: int | None) -> int:
        """Pieces here that no line has."""
        return self.stock[product] - self.reserved(product) if product is not None and product in self.stock else 0

    def unclaimed(self, number: int) -> int:
        """Pieces on their way that no line has."""
        claimed = sum(line.claims.get(number, 0) for line in self.lines.values())
        return self.incoming[number].outstanding - claimed

    def waiting(self, product: int | None) -> list[PartLine]:
        """The lines that may be served, in their turn."""
        found = (line for line in self.lines.values() if product is not None and line.product == product)
        return sorted((line for line in found if not line.over), key=lambda line: line.turn)

    def _move(
        self, product: int | None, kind: MoveKind, quantity: int, quarantine: int = 0,
        line: int | None = None, incoming: int | None = None,
    ) -> None:  # fmt: skip
        if product is not None and product in self.stock and (quantity or quarantine):
            self.stock[product] += quantity
            self.quarantine[product] = self.quarantine.get(product, 0) + quarantine
            self.moves.append(Move(product, kind, quantity, quarantine, line, incoming))

    # -- lines ---------------------------------------------------------------------------------------------------

    def plan(self, line_id: int, planned: int) -> None:
        """So many are wanted; what is too much is given up, first what is not here yet.

        Raises:
            Invalid: when more are used already.
        """
        line = self.lines[line_id]
        if planned < line.used:
            raise Invalid(N_("{text}: more pieces are used already; take them back first."),
                          field="lines", text=line.text)  # fmt: skip
        line.planned = planned
        self._fit(line)

    def _fit(self, line: PartLine) -> None:
        over = line.reserved + line.ordered + line.used - line.planned
        for number in sorted(line.claims, reverse=True):
            over -= self._unclaim(line, number, over)
        if over > 0:
            line.reserved -= over
            line.came = min(line.came, line.reserved + line.used)

    @staticmethod
    def _unclaim(line: PartLine, number: int, quantity: int) -> int:
        cut = max(0, min(quantity, line.claims.get(number, 0)))
        if cut:
            line.claims[number] -= cut
            if not line.claims[number]:
                del line.claims[number]
        return cut

    def reserve(self, line_id: int) -> int:
        """Take what is free for a line; gives how many it got: nothing once its job is over."""
        line = self.lines[line_id]
        got = 0 if line.over else max(0, min(line.missing, self.free(line.product)))
        line.reserved += got
        return got

    def serve_free(self, product: int | None) -> Served:
        """Give what is free to the lines that wait for it."""
        served = [(line.id, got) for line in self.waiting(product) if (got := self.reserve(line.id))]
        return Served(tuple(served), max(0, self.free(product)))

    def here(self, line_id: int, quantity: int) -> int:
        """Pieces of a line came by hand: of what was ordered for it first, then what was needed. Gives how many."""
        line = self.lines[line_id]
        left = quantity
        for number in sorted(line.claims):
            if take := self._unclaim(line, number, left):
                self.incoming[number].received += take
                self._arrived(line, take, number)
                left -= take
        if take := min(left, line.missing):
            self._arrived(line, take, None)
            left -= take
        return quantity - left

    def _arrived(self, line: PartLine, quantity: int, number: int | None) -> None:
        self._move(line.product, MoveKind.RECEIVE, quantity, 0, line.id, number)
        line.reserved += quantity
        line.came += quantity

    def use(self, line_id: int, quantity: int, *, anyway: bool = False) -> None:
        """So many more are in the device; more than planned raises the plan.

        Raises:
            Asked: when pieces would be another job's, or the stock says that there are fewer. `anyway` takes them:
                the other job's are needed again, and the count is corrected.
        """
        line = self.lines[line_id]
        if line.product is not None and self.counts(line.product):
            lacking = quantity - line.reserved - max(0, self.free(line.product))
            if lacking > 0:
                if not anyway:
                    raise self._why_not(line, quantity)
                lacking -= self._taken_over(line, lacking)
                self._move(line.product, MoveKind.COUNT, max(0, lacking), 0, line.id)
            self._move(line.product, MoveKind.USE, -quantity, 0, line.id)
        line.reserved -= min(line.reserved, quantity)
        line.used += quantity
        line.planned = max(line.planned, line.used)
        self._fit(line)

    def _why_not(self, line: PartLine, quantity: int) -> Asked:
        holders = [other for other in self._holders(line) if other.reserved]
        if holders and quantity <= self.stock[line.product or 0]:
            return Asked(HELD, field="lines", text=line.text, job=holders[0].job)
        return Asked(SHORT, field="lines", text=line.text, quantity=max(0, self.stock[line.product or 0]) / 1000)

    def _holders(self, line: PartLine) -> list[PartLine]:
        """Other lines of its product, the latest promise first."""
        return [other for other in reversed(self.waiting(line.product)) if other is not line]

    def _taken_over(self, line: PartLine, quantity: int) -> int:
        left = quantity
        for other in self._holders(line):
            take = min(left, other.reserved)
            other.reserved -= take
            other.came = min(other.came, other.reserved + other.used)
            left -= take
        return quantity - left

    def take_back(self, line_id: int, quantity: int, fate: Fate) -> None:
        """So many are out of the device again: what is good is the line's while it is planned, else in stock.

        Raises:
            Invalid: when fewer are used.
        """
        line = self.lines[line_id]
        if quantity > line.used:
            raise Invalid(FEWER_USED, field="lines")
        if line.used - quantity < line.transferred:
            raise Invalid(LOCKED, field="lines", text=line.text)
        line.used -= quantity
        line.came = min(line.came, line.reserved + line.used)
        if fate is Fate.GOOD:
            self._move(line.product, MoveKind.BACK, quantity, 0, line.id)
            line.reserved += min(quantity, line.missing)
        elif fate is Fate.FAULTY:
            self._move(line.product, MoveKind.BACK, 0, quantity, line.id)
        else:
            self._move(line.product, MoveKind.BACK, quantity, 0, line.id)
            self._move(line.product, MoveKind.SCRAP, -quantity, 0, line.id)

    def give_up(self, line_id: int) -> dict[int, int]:
        """The job or the line is given up. Gives what is still on its way and is nobody's now.

        Raises:
            Invalid: while pieces of it are used.
        """
        line = self.lines[line_id]
        orphans = dict(line.claims)
        self.plan(line_id, 0)
        return orphans

    def release(self, line_id: int) -> dict[int, int]:
        """The job is cancelled: what is reserved is free, and nothing is on its way to it; what it needed stands.

        Gives what is still on its way and is nobody's now.
        """
        line = self.lines[line_id]
        orphans = dict(line.claims)
        line.claims.clear()
        line.reserved = 0
        line.came = min(line.came, line.used)
        line.over = True
        return orphans

    def hand_on(self, number: int, quantity: int) -> list[tuple[int, int]]:
        """Pieces on their way that are nobody's go to who waits for the product. Gives the lines, how many each."""
        left = min(quantity, self.unclaimed(number))
        served: list[tuple[int, int]] = []
        for line in self.waiting(self.incoming[number].product):
            if take := min(left, line.missing):
                self.order(line.id, number, take)
                served.append((line.id, take))
                left -= take
        return served

    def withdraw(self, number: int, quantity: int) -> None:
        """So many of an order that no supplier has seen are not ordered after all."""
        entry = self.incoming[number]
        entry.ordered -= min(quantity, entry.outstanding)
        self._trim(number)

    # -- orders to suppliers -------------------------------------------------------------------------------------

    def order(self, line_id: int, number: int, quantity: int) -> None:
        """Claim of a supplier's line what a job's line lacks; it grows by what nobody left unclaimed.

        Raises:
            Invalid: when the line does not lack so many, or another product is ordered there.
        """
        line, entry = self.lines[line_id], self.incoming[number]
        if not 0 < quantity <= line.missing or entry.product != line.product:
            raise Invalid(N_("{text}: not so many are needed."), field="lines", text=line.text)
        if (more := quantity - self.unclaimed(number)) > 0:
            self.order_more(number, more)
        line.claims[number] = line.claims.get(number, 0) + quantity

    def order_more(self, number: int, quantity: int) -> None:
        """A supplier's line grows; one that is finished begins anew from what came and what was cancelled."""
        entry = self.incoming[number]
        entry.ordered = max(entry.ordered, entry.received + entry.cancelled) + quantity

    def receive(self, number: int, good: int, faulty: int = 0) -> Served:
        """Pieces of a supplier's line came: first for who ordered them, then for whoever lacks them, then for stock.

        What is faulty lies in quarantine and is owed still.
        """
        entry = self.incoming[number]
        self._move(entry.product, MoveKind.RECEIVE, good, faulty, None, number)
        entry.received += good
        served: dict[int, int] = {}
        left = good
        claimants = sorted((line for line in self.lines.values() if number in line.claims), key=lambda line: line.turn)
        for line in claimants:
            left -= self._served(line, self._unclaim(line, number, left), served)
        for line in self.waiting(entry.product):
            left -= self._served(line, min(left, line.missing), served)
        self._trim(number)
        return Served(tuple(served.items()), left)

    @staticmethod
    def _served(line: PartLine, quantity: int, served: dict[int, int]) -> int:
        if quantity:
            line.reserved += quantity
            line.came += quantity
            served[line.id] = served.get(line.id, 0) + quantity
        return quantity

    def receive_wrong(self, product: int | None, quantity: int, number: int | None = None) -> None:
        """Another product than was ordered came: it lies in quarantine, and the order stands as it did."""
        self._move(product, MoveKind.RECEIVE, 0, quantity, None, number)

    def cancel(self, number: int, quantity: int) -> None:
        """So many are not coming any more; what was claimed of them is needed again, the latest promise first.

        Raises:
            Invalid: when fewer are outstanding.
        """
        entry = self.incoming[number]
        if quantity > entry.outstanding:
            raise Invalid(N_("Fewer pieces are outstanding than are cancelled."), field="cancelled")
        entry.cancelled += quantity
        self._trim(number)

    def _trim(self, number: int) -> None:
        over = -self.unclaimed(number)
        for line in sorted(self.lines.values(), key=lambda line: line.turn, reverse=True):
            over -= self._unclaim(line, number, over)

    # -- what lies here ------------------------------------------------------------------------------------------

    def count(self, product: int, counted: int, *, anyway: bool = False) -> list[int]:
        """So many are here. Gives the lines that lost pieces: below what is reserved, the latest promise first.

        Raises:
            Asked: when lines would lose pieces; `anyway` lets them.
            Invalid: for a negative number.
        """
        if counted < 0:
            raise Invalid(N_("A count is never below nought."), field="stock")
        lost: list[int] = []
        over = self.reserved(product) - counted
        for line in reversed(self.waiting(product)) if over > 0 else ():
            if over > 0 and line.reserved:
                if not anyway:
                    raise Asked(HELD, field="stock", text=line.text, job=line.job)
                cut = min(over, line.reserved)
                line.reserved -= cut
                line.came = min(line.came, line.reserved + line.used)
                over -= cut
                lost.append(line.id)
        self._move(product, MoveKind.COUNT, counted - self.stock[product])
        return lost

    def come(self, product: int, pieces: int) -> None:
        """Pieces come by no order, such as those that a supplier replaced; who waits for them gets them."""
        self._move(product, MoveKind.RECEIVE, pieces)
        self.serve_free(product)

    def set_aside(self, product: int, quantity: int) -> None:
        """Free pieces are to go back to the supplier.

        Raises:
            Invalid: when fewer are free.
        """
        if self.counts(product) and quantity > self.free(product):
            raise Invalid(N_("Fewer pieces than these are free."), field="quantity")
        self._move(product, MoveKind.RETURN, -quantity, quantity)

    def send_back(self, product: int | None, quantity: int) -> None:
        """Pieces in quarantine went back to the supplier.

        Raises:
            Invalid: when fewer lie there.
        """
        if product is not None and self.counts(product) and quantity > self.quarantine.get(product, 0):
            raise Invalid(N_("Fewer pieces than these lie in quarantine."), field="quantity")
        self._move(product, MoveKind.RETURN, 0, -quantity)
