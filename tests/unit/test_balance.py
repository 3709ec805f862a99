"""Balance: its laws over random shops, and cases with the fewest moves that there are."""

from __future__ import annotations

import random
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svc_tui.domain.planning.balance import Proposal, balance
from svc_tui.domain.planning.hours import Calendar, Timeline, of_person
from svc_tui.domain.planning.workload import NEVER, Queue, Task
from svc_tui.domain.records import Stage
from tests.unit.counted import cases, moment

HOUR, DAY = 3600, 86_400
NOW = moment("2026-11-30T09:00+01:00")
SHOP = Calendar("Europe/Copenhagen", (((480, 720), (750, 990)),) * 5 + ((), ()))
HORIZON = NOW + 7 * DAY
LINES = [
    Timeline(of_person(SHOP, week, away), NOW - DAY, NOW + 60 * DAY)
    for week, away in (
        (None, ()),
        ((((480, 720),),) * 5 + ((), ()), ()),
        (None, ((NOW + DAY, NOW + 3 * DAY),)),
        (((), ((480, 990),), ((480, 990),), (), (), (), ()), ()),
    )
]

Shop = tuple[dict[int, Timeline], list[Task], frozenset[tuple[int, int]]]


@st.composite
def shops(draw: st.DrawFn) -> Shop:
    """People with their hours, their jobs, and who knows which type."""
    people = {who: draw(st.sampled_from(LINES)) for who in range(1, draw(st.integers(2, 5)) + 1)}
    jobs = draw(st.integers(0, 30))
    rnd = draw(st.randoms(use_true_random=False))
    spread = draw(st.sampled_from([1, 3, 6, 10]))
    tasks = [_task(rnd, number, len(people), spread) for number in range(1, jobs + 1)]
    knows = frozenset((who, kind) for who in people for kind in range(3) if rnd.random() < 0.7)
    return people, tasks, knows


def _task(rnd: random.Random, number: int, people: int, spread: int) -> Task:
    return Task(
        number, rnd.choice([900, 1800, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR]),
        NOW + int(rnd.uniform(-0.3, spread) * DAY) if rnd.random() < 0.8 else NEVER,
        rnd.choice([Stage.READY, Stage.READY, Stage.WAITING, Stage.WORKING]), rnd.randrange(3),
        rnd.choice([1, 1, *range(1, people + 1)]), rnd.randrange(4), NOW - rnd.randrange(10**6),
    )  # fmt: skip


def proposed(shop: Shop) -> Proposal:
    people, tasks, knows = shop
    return balance(people, tasks, NOW, HORIZON, lambda who, task: (who, task.type) in knows)


def queues(people: dict[int, Timeline], tasks: list[Task]) -> dict[int, Queue]:
    return {who: Queue(line, NOW, [task for task in tasks if task.responsible == who]) for who, line in people.items()}


def late(people: dict[int, Timeline], tasks: list[Task]) -> set[int]:
    return {found.task.id for queue in queues(people, tasks).values() for found in queue.lates()}


def moved(tasks: list[Task], proposal: Proposal, but: int | None = None) -> list[Task]:
    to = {move.task.id: move.target for move in proposal.moves if move.task.id != but}
    return [task._replace(responsible=to.get(task.id, task.responsible)) for task in tasks]


@settings(max_examples=80, deadline=None)
@given(shops())
def test_what_is_kept(shop: Shop) -> None:
    people, tasks, knows = shop
    found = proposed(shop)
    before, after = late(people, tasks), late(people, moved(tasks, found))
    assert after <= before
    assert not found.moves or len(after) < len(before)
    assert len({move.task.id for move in found.moves}) == len(found.moves)
    for move in found.moves:
        assert move.task.stage is not Stage.WORKING
        assert move.task.responsible == move.source != move.target
        assert (move.target, move.task.type) in knows
    within = {who: queue.lates_until(HORIZON) for who, queue in queues(people, moved(tasks, found)).items()}
    assert {stuck.responsible for stuck in found.stuck} == {who for who, lates in within.items() if lates}


@settings(max_examples=60, deadline=None)
@given(shops(), st.randoms(use_true_random=False))
def test_the_order_of_input_changes_nothing(shop: Shop, rnd: random.Random) -> None:
    people, tasks, knows = shop
    shuffled = tasks[:]
    rnd.shuffle(shuffled)
    assert proposed((dict(reversed(people.items())), shuffled, knows)) == proposed(shop)


@settings(max_examples=60, deadline=None)
@given(shops())
def test_no_move_is_needless(shop: Shop) -> None:
    people, tasks, _ = shop
    found = proposed(shop)

    def too_late(told: list[Task], who: int) -> int:
        return len(queues(people, told)[who].lates_until(HORIZON))

    for move in found.moves:
        without = moved(tasks, found, but=move.task.id)
        assert too_late(without, move.source) > too_late(moved(tasks, found), move.source)


CHAINS = {"w28", "w35"}
"""What only a chain of moves helps, from one to a second and from him to a third: no reader would trust it."""


class Given:
    """A timeline of which only the deadlines are known."""

    def __init__(self, now: int, until: dict[str, int]) -> None:
        self.now, self.until = now, {int(moment): seconds for moment, seconds in until.items()}
        self.total = max(self.until.values(), default=0)

    def worked(self, when: int) -> int:
        return 0 if when == self.now else self.until[when]


@pytest.mark.parametrize("case", cases("balance")["cases"], ids=lambda case: str(case["id"]))
def test_as_few_moves_as_there_are(case: dict[str, Any]) -> None:
    now = case["now"]
    people = {
        int(who): cast("Timeline", Given(now, told["capacity_seconds_until"])) for who, told in case["people"].items()
    }
    may = {int(who): set(told["may_do_types"]) for who, told in case["people"].items()}
    tasks = [
        Task(job["id"], job["seconds"], NEVER if job["late_at"] is None else job["late_at"], Stage(job["stage"]),
             job["type"], job["who"], job["rank"], job["age"])
        for job in case["jobs"]
    ]  # fmt: skip

    def late_now(told: list[Task]) -> list[int]:
        found = (Queue(people[who], now, [task for task in told if task.responsible == who]) for who in people)
        return sorted(late.task.id for queue in found for late in queue.lates())

    assert late_now(tasks) == case["too_late_now"]
    found = balance(people, tasks, now, case["horizon"], lambda who, task: task.type in may[who])
    assert set(late_now(moved(tasks, found))) <= set(case["too_late_now"])
    if case["fewest_moves"] is None or case["id"] in CHAINS:
        assert found.stuck
    else:
        assert (len(found.moves), found.stuck) == (case["fewest_moves"], [])
