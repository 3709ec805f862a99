"""The fewest moves after which nobody's promised jobs exceed his hours: greedy, explained, whatever the order of input.

What is promised until the horizon must fit, deadline by deadline, into the hours of who has it (`workload.Queue`). A
giver is who has a job that cannot be finished in time. Until there is none, or nothing helps: of the giver with most
too much, the job that takes away most of it goes to somebody who may do it, has nothing too late himself, and keeps
most (or least) room. Then moves that saved nothing are taken back. That is tried in five orders, and the best taken.

Kept: nobody's job becomes late that was not; a job moves once; no job in work moves; what cannot be helped is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from svc_tui.domain.planning.hours import Timeline
from svc_tui.domain.planning.workload import Queue, Task
from svc_tui.domain.records import Stage

MOST_MOVES: Final = 100
_TRIED_UP_TO: Final = 30
"""Moves: a longer proposal is not read to its end, and each further order would cost as much again."""

Allowed = Callable[[int, Task], bool]
"""Whether a person may be given a job."""


class Move(NamedTuple):
    """One job from one person to another, with the reason."""

    task: Task
    source: int
    target: int
    saves: tuple[int, ...]
    """Jobs of the giver that are in time by this move and those before it."""
    over: int
    """By how much work the giver had too much before the worst of his deadlines."""
    room: int
    """What the receiver has free until the horizon, after it."""


class Stuck(NamedTuple):
    """Who still has a job that cannot be finished in time: the first of them, and by how much work."""

    responsible: int
    task: Task
    over: int


class Proposal(NamedTuple):
    """What is proposed, and what it does not help."""

    moves: list[Move]
    stuck: list[Stuck]


class _Step(NamedTuple):
    task: Task
    source: int
    target: int


class _Order(NamedTuple):
    """In which order moves are tried."""

    roomiest: bool
    """To whom most room is left afterwards; else least, so that room is kept for bigger jobs."""
    enough: bool
    """Of jobs that take as much away first the smallest; else the biggest."""
    victims: bool = False
    """First the jobs that would be too late themselves: moved, they need no room made for them."""


_ORDERS: Final = (
    _Order(True, True), _Order(True, True, True), _Order(False, True), _Order(False, True, True), _Order(True, False),
)  # fmt: skip


def balance(
    people: Mapping[int, Timeline],
    tasks: Iterable[Task],
    now: int,
    horizon: int,
    allowed: Allowed,
    limit: int = MOST_MOVES,
) -> Proposal:
    """Fewest jobs still too late, then fewest moves.

    Args:
        people: Who can give and take, with their hours.
        tasks: Open jobs; those of others are left alone.
        now: From when on is worked.
        horizon: Deadlines after it are not looked at.
        allowed: Who may be given what.
        limit: Moves at most.
    """
    theirs: dict[int, list[Task]] = {who: [] for who in people}
    for task in tasks:
        if task.responsible in theirs:
            theirs[task.responsible].append(task)
    start = {who: Queue(people[who], now, theirs[who]) for who in sorted(people)}
    best: tuple[tuple[int, int, int], list[_Step]] | None = None
    for number, order in enumerate(_ORDERS):
        attempt = _Attempt(start, horizon, allowed, order)
        attempt.run(limit)
        attempt.take_back_needless()
        worth = (attempt.lates(), len(attempt.steps), number)
        if best is None or worth < best[0]:
            best = worth, attempt.steps
        if (not worth[0] and worth[1] <= 1) or (number and worth[1] > _TRIED_UP_TO):
            break
    return _explained(start, horizon, best[1] if best else [])


class _Attempt:
    """One order of trying."""

    def __init__(self, start: Mapping[int, Queue], horizon: int, allowed: Allowed, order: _Order) -> None:
        self.queues = dict(start)
        self.horizon, self.allowed, self.order = horizon, allowed, order
        self.steps: list[_Step] = []

    def lates(self) -> int:
        return sum(len(queue.lates_until(self.horizon)) for queue in self.queues.values())

    def run(self, limit: int) -> None:
        helpless: set[int] = set()
        while len(self.steps) < limit and (giver := self._giver(helpless)) is not None:
            step = self._best(giver)
            if step is None:
                helpless.add(giver)
            else:
                self._take(step)

    def _giver(self, helpless: set[int]) -> int | None:
        """Who has most too much."""
        givers = [
            (-max(late.over for late in lates), who)
            for who, queue in self.queues.items()
            if who not in helpless and (lates := queue.lates_until(self.horizon))
        ]
        return min(givers)[1] if givers else None

    def _take(self, step: _Step) -> None:
        self.queues[step.source] = self.queues[step.source].without(step.task)
        self.queues[step.target] = self.queues[step.target].with_task(step.task)
        self.steps.append(step)

    def _best(self, giver: int) -> _Step | None:
        able = [who for who, queue in self.queues.items() if who != giver and not queue.lates()]
        for task in self._choice(giver):
            rooms = [
                (-room if self.order.roomiest else room, who)
                for who in able
                if self.allowed(who, task) and (room := self.queues[who].room_for(task)) >= 0
            ]
            if rooms:
                return _Step(task, giver, min(rooms)[1])
        return None

    def _choice(self, giver: int) -> list[Task]:
        """The giver's jobs that may move and would help, what helps most first."""
        queue = self.queues[giver]
        over = {late.task.id: late.over for late in queue.lates_until(self.horizon)}
        moved = {step.task.id for step in self.steps}
        need = helped = 0
        found: list[tuple[tuple[object, ...], Task]] = []
        for task in reversed(queue.tasks):
            amount = over.get(task.id, 0)
            need, helped = max(need, amount), helped + (amount > 0)
            if need and task.stage != Stage.WORKING and task.id not in moved:
                found.append((self._worth(task, need, helped, task.id in over), task))
        return [task for _, task in sorted(found)]

    def _worth(self, task: Task, need: int, helped: int, is_late: bool) -> tuple[object, ...]:
        return (
            self.order.victims and not is_late,
            -min(task.left, need),
            -helped,
            task.left if self.order.enough else -task.left,
            task.stage != Stage.READY,
            -task.deadline,
            task.id,
        )

    def take_back_needless(self) -> None:
        """Without the moves that save nothing: when the job comes back, no more of the giver's jobs are too late."""
        for step in sorted(self.steps, key=lambda one: (one.task.left, one.task.id)):
            back = self.queues[step.source].with_task(step.task)
            if len(back.lates_until(self.horizon)) <= len(self.queues[step.source].lates_until(self.horizon)):
                self.queues[step.source] = back
                self.queues[step.target] = self.queues[step.target].without(step.task)
                self.steps = [one for one in self.steps if one.task.id != step.task.id]


def _explained(start: Mapping[int, Queue], horizon: int, steps: list[_Step]) -> Proposal:
    """Each move with its reason, giver by giver, the biggest first."""
    queues, moves = dict(start), []
    for task, source, target in sorted(steps, key=lambda step: (step.source, -step.task.left, step.task.id)):
        before = queues[source].lates_until(horizon)
        queues[source], queues[target] = queues[source].without(task), queues[target].with_task(task)
        after = {late.task.id for late in queues[source].lates_until(horizon)}
        saved = tuple(late.task.id for late in before if late.task.id not in after)
        over = max((late.over for late in before), default=0)
        moves.append(Move(task, source, target, saved, over, queues[target].room_until(horizon)))
    stuck = [
        Stuck(who, *min(lates, key=lambda late: late.task.deadline))
        for who, queue in queues.items()
        if (lates := queue.lates_until(horizon))
    ]
    return Proposal(moves, stuck)
