"""Pieces of products: the rules one by one, and laws that hold whatever is done in whatever order."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from svc_tui.domain.errors import Asked, Invalid
from svc_tui.domain.records import PartState
from svc_tui.domain.stock.part_states import state_of, worst
from svc_tui.domain.stock.pieces import Fate, Incoming, MoveKind, PartLine, Served
from svc_tui.domain.stock.supply import Supply

FAN, BELT = 1, 2
"""A product that is counted, and one that is not."""


def line(line_id: int = 1, planned: int = 1, promise: int | None = None, product: int | None = FAN) -> PartLine:
    return PartLine(line_id, 100 + line_id, product, planned, promise, text=f"Part {line_id}")


def state(entry: PartLine) -> PartState:
    return state_of("part", entry.planned, entry.reserved, entry.came, entry.ordered, entry.used)


def test_what_is_worst_of_a_line_speaks() -> None:
    for planned, reserved, came, ordered, used, told in (
        (2, 1, 1, 0, 0, PartState.NEEDED),
        (2, 1, 1, 1, 0, PartState.ORDERED),
        (2, 1, 1, 0, 1, PartState.ARRIVED),
        (2, 2, 0, 0, 0, PartState.RESERVED),
        (2, 0, 2, 0, 2, PartState.USED),
        (0, 0, 0, 0, 0, PartState.NONE),
    ):
        assert state_of("part", planned, reserved, came, ordered, used) is told
    assert state_of("hours", 2, 0, 0, 0, 0) is PartState.NONE
    assert worst((PartState.USED, PartState.ORDERED, PartState.ARRIVED)) is PartState.ORDERED
    assert worst(()) is PartState.NONE


def test_fewer_wanted_gives_up_the_newest_order_first_and_then_what_is_reserved() -> None:
    fan = line(planned=6)
    shop = Supply([fan], [Incoming(1, FAN, 2), Incoming(2, FAN, 2)], {FAN: 2})
    shop.reserve(1)
    shop.order(1, 1, 2)
    shop.order(1, 2, 2)
    shop.plan(1, 3)
    assert (fan.reserved, fan.claims) == (2, {1: 1})
    shop.plan(1, 1)
    assert (fan.reserved, fan.claims) == (1, {})
    assert shop.unclaimed(2) == 2, "the order to the supplier stands"
    shop.use(1, 1)
    with pytest.raises(Invalid):
        shop.plan(1, 0)


def test_a_finished_order_begins_anew_from_what_came_and_what_was_cancelled() -> None:
    fan = line(planned=2)
    shop = Supply([fan], [Incoming(1, FAN, 3, received=5)], {FAN: 0})
    shop.order(1, 1, 2)
    assert (shop.incoming[1].ordered, shop.incoming[1].outstanding, shop.unclaimed(1)) == (7, 2, 0)


def test_what_comes_serves_who_ordered_it_then_who_lacks_it_by_promise_then_the_stock() -> None:
    late, soon, ordered = line(1, promise=None), line(2, promise=5), line(3, promise=9)
    shop = Supply([late, soon, ordered], [Incoming(1, FAN, 1)], {FAN: 0})
    shop.order(3, 1, 1)
    assert shop.receive(1, 4) == Served(((3, 1), (2, 1), (1, 1)), 1)
    assert [state(entry) for entry in (late, soon, ordered)] == [PartState.ARRIVED] * 3
    assert shop.free(FAN) == 1


def test_a_faulty_piece_is_owed_still_and_a_wrong_one_touches_no_order() -> None:
    shop = Supply([line(planned=1)], [Incoming(1, FAN, 1)], {FAN: 0})
    shop.order(1, 1, 1)
    shop.receive(1, 0, faulty=1)
    shop.receive_wrong(FAN, 2)
    assert (shop.quarantine[FAN], shop.incoming[1].outstanding, state(shop.lines[1])) == (3, 1, PartState.ORDERED)
    shop.send_back(FAN, 3)
    with pytest.raises(Invalid):
        shop.send_back(FAN, 1)


def test_a_cancelled_order_makes_parts_needed_again_the_latest_promise_first() -> None:
    soon, late = line(1, promise=1), line(2, promise=2)
    shop = Supply([soon, late], [Incoming(1, FAN, 2)], {FAN: 0})
    for number in (1, 2):
        shop.order(number, 1, 1)
    shop.cancel(1, 1)
    assert (state(soon), state(late)) == (PartState.ORDERED, PartState.NEEDED)
    with pytest.raises(Invalid):
        shop.cancel(1, 2)


def test_a_piece_of_another_job_is_taken_only_when_somebody_says_so() -> None:
    mine, theirs = line(1), line(2)
    shop = Supply([mine, theirs], (), {FAN: 1})
    shop.reserve(2)
    with pytest.raises(Asked, match="reserved for job 102"):
        shop.use(1, 1)
    shop.use(1, 1, anyway=True)
    assert (state(mine), state(theirs), shop.stock[FAN]) == (PartState.USED, PartState.NEEDED, 0)
    assert [move.kind for move in shop.moves] == [MoveKind.USE]


def test_more_than_the_stock_says_is_a_count_and_never_a_negative_stock() -> None:
    shop = Supply([line(planned=2)], (), {FAN: 1})
    with pytest.raises(Asked, match="only"):
        shop.use(1, 2)
    shop.use(1, 2, anyway=True)
    assert shop.stock[FAN] == 0
    assert [(move.kind, move.quantity) for move in shop.moves] == [(MoveKind.COUNT, 1), (MoveKind.USE, -2)]


@pytest.mark.parametrize(
    ("fate", "here", "aside", "told"),
    [
        (Fate.GOOD, 1, 0, PartState.RESERVED),
        (Fate.FAULTY, 0, 1, PartState.NEEDED),
        (Fate.BROKEN, 0, 0, PartState.NEEDED),
    ],
)
def test_what_is_taken_back_goes_where_it_belongs(fate: Fate, here: int, aside: int, told: PartState) -> None:
    fan = line()
    shop = Supply([fan], (), {FAN: 1})
    shop.use(1, 1)
    shop.take_back(1, 1, fate)
    assert (shop.stock[FAN], shop.quarantine.get(FAN, 0), state(fan)) == (here, aside, told)
    with pytest.raises(Invalid):
        shop.take_back(1, 1, fate)


def test_a_count_below_what_is_reserved_asks_and_then_takes_from_the_latest_promise() -> None:
    soon, late = line(1, promise=1), line(2, promise=2)
    shop = Supply([soon, late], (), {FAN: 2})
    shop.serve_free(FAN)
    with pytest.raises(Asked, match="job 102"):
        shop.count(FAN, 1)
    assert shop.count(FAN, 1, anyway=True) == [2]
    assert (soon.reserved, late.reserved, shop.stock[FAN]) == (1, 0, 1)


def test_a_part_in_no_register_is_ordered_by_its_text_and_arrives_by_hand() -> None:
    odd = line(product=None)
    shop = Supply([odd], [Incoming(1, None, 0)])
    shop.order(1, 1, 1)
    assert state(odd) is PartState.ORDERED
    assert shop.here(1, 1) == 1
    assert (state(odd), shop.incoming[1].outstanding, shop.moves) == (PartState.ARRIVED, 0, [])
    shop.use(1, 1)
    assert state(odd) is PartState.USED


def test_a_line_that_is_given_up_leaves_what_is_on_its_way_to_nobody() -> None:
    fan = line(planned=2)
    shop = Supply([fan], [Incoming(1, FAN, 0)], {FAN: 1})
    shop.reserve(1)
    shop.order(1, 1, 1)
    assert shop.give_up(1) == {1: 1}
    assert (state(fan), shop.free(FAN), shop.unclaimed(1)) == (PartState.NONE, 1, 1)


class Shop(RuleBasedStateMachine):
    """Anything may be done to six lines, three orders and two products; what is refused changes nothing that counts."""

    numbers = st.integers(0, 5)
    line_ids = st.integers(0, 5)
    orders = st.integers(0, 2)

    def __init__(self) -> None:
        super().__init__()
        self.supply = Supply()
        self.began = 0

    @initialize(planned=st.lists(st.integers(0, 5), min_size=6, max_size=6), here=st.integers(0, 6))
    def open_shop(self, planned: list[int], here: int) -> None:
        products = (FAN, FAN, FAN, BELT, BELT, None)
        lines = [line(i, planned[i], None if i == 1 else i % 3, product) for i, product in enumerate(products)]
        incoming = [Incoming(i, product, i) for i, product in enumerate((FAN, BELT, None))]
        self.supply = Supply(lines, incoming, {FAN: here}, {FAN: 0})
        self.began = here

    def do(self, act: str, *values: object, **named: object) -> bool:
        """Whether it was not refused."""
        try:
            getattr(self.supply, act)(*values, **named)
        except Invalid:
            return False
        return True

    @rule(at=line_ids, count=numbers)
    def plan(self, at: int, count: int) -> None:
        self.do("plan", at, count)

    @rule(at=line_ids)
    def reserve(self, at: int) -> None:
        self.do("reserve", at)

    @rule()
    def serve(self) -> None:
        self.do("serve_free", FAN)

    @rule(at=line_ids, number=orders, count=numbers)
    def order(self, at: int, number: int, count: int) -> None:
        self.do("order", at, number, count)

    @rule(number=orders, count=numbers)
    def order_for_stock(self, number: int, count: int) -> None:
        self.do("order_more", number, count)

    @rule(number=orders, count=numbers, faulty=st.integers(0, 1))
    def receive(self, number: int, count: int, faulty: int) -> None:
        self.do("receive", number, count, faulty)

    @rule(count=numbers)
    def receive_wrong(self, count: int) -> None:
        self.do("receive_wrong", FAN, count)

    @rule(at=line_ids, count=numbers)
    def by_hand(self, at: int, count: int) -> None:
        self.do("here", at, count)

    @rule(number=orders, count=numbers)
    def cancel(self, number: int, count: int) -> None:
        self.do("cancel", number, count)

    @rule(at=line_ids, count=numbers, anyway=st.booleans())
    def use(self, at: int, count: int, anyway: bool) -> None:
        self.do("use", at, count, anyway=anyway)

    @rule(at=line_ids, count=numbers, fate=st.sampled_from(Fate))
    def take_back(self, at: int, count: int, fate: Fate) -> None:
        self.do("take_back", at, count, fate)

    @rule(at=line_ids)
    def give_up(self, at: int) -> None:
        self.do("give_up", at)

    @rule(count=numbers, anyway=st.booleans())
    def count_anew(self, count: int, anyway: bool) -> None:
        self.do("count", FAN, count, anyway=anyway)

    @rule(count=numbers)
    def set_aside(self, count: int) -> None:
        self.do("set_aside", FAN, count)

    @rule(count=numbers)
    def send_back(self, count: int) -> None:
        self.do("send_back", FAN, count)

    @rule(at=line_ids)
    def invoice(self, at: int) -> None:
        self.supply.lines[at].transferred = self.supply.lines[at].used

    @invariant()
    def nothing_appears_or_vanishes(self) -> None:
        moves = self.supply.moves
        assert self.supply.stock.get(FAN, 0) == self.began + sum(move.quantity for move in moves) >= 0
        assert self.supply.quarantine.get(FAN, 0) == sum(move.quarantine for move in moves) >= 0
        for at, entry in self.supply.lines.items():
            if entry.product == FAN:
                out = (MoveKind.USE, MoveKind.BACK)
                used = -sum(move.quantity + move.quarantine for move in moves if move.line == at and move.kind in out)
                assert used == entry.used

    @invariant()
    def no_line_claims_more_than_it_needs(self) -> None:
        for entry in self.supply.lines.values():
            assert entry.reserved >= 0 <= entry.used
            assert all(count > 0 for count in entry.claims.values())
            assert entry.reserved + entry.ordered + entry.used <= entry.planned
            assert entry.came <= entry.reserved + entry.used

    @invariant()
    def no_piece_has_two_owners(self) -> None:
        assert self.supply.free(FAN) >= 0
        for number in self.supply.incoming:
            assert self.supply.unclaimed(number) >= 0

    @invariant()
    def what_is_on_a_service_order_is_used(self) -> None:
        assert all(entry.used >= entry.transferred for entry in self.supply.lines.values())


TestShop = Shop.TestCase
TestShop.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
