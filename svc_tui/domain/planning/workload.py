"""Who has how much to do, and what of it cannot be finished in time. Amounts are seconds of work, moments UTC."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from svc_tui.domain.planning.hours import Timeline
from svc_tui.domain.records import Stage

NEVER: Final = 1 << 62
"""The deadline of a job that has none."""
LEAST: Final = 900
"""Work left of an open job whose plan is used up: nothing that is open costs nothing."""
DEFAULT: Final = 3600
"""Work of a job of which nobody has said anything, where the company says nothing else."""

_LEAST_STEP: Final = 7200
"""Work by which a queue must have grown before that is told."""


class HoursLine(NamedTuple):
    """Hours of a job's Product tab."""

    product: int
    planned: int
    used: int | None


def hours_left(lines: Sequence[HoursLine], duration: int | None, of_type: int | None, default: int = DEFAULT) -> int:
    """Work that a job still takes.

    It is planned less used, product by product: a line over its plan takes nothing from another product's, and a line
    without a plan uses up the plan of its product.

    Args:
        lines: Its lines of hours.
        duration: From its start to its end within the shop's hours; taken where no line plans anything.
        of_type: How long jobs of its type take; taken where it has no duration.
        default: What the company says of any job.
    """
    planned: dict[int, int] = {}
    used: dict[int, int] = {}
    for line in lines:
        planned[line.product] = planned.get(line.product, 0) + line.planned
        used[line.product] = used.get(line.product, 0) + (line.used or 0)
    if any(planned.values()):
        left = sum(max(0, amount - used[product]) for product, amount in planned.items())
    else:
        left = (duration or of_type or default) - sum(used.values())
    return max(left, LEAST)


class Task(NamedTuple):
    """An open job as far as it is work to be done by somebody."""

    id: int
    left: int
    """Work left."""
    deadline: int = NEVER
    stage: Stage = Stage.READY
    type: int = 0
    responsible: int | None = None
    rank: int = 0
    """Of its priority; urgent is high."""
    registered: int = 0

    @property
    def order(self) -> tuple[int, int, int, int]:
        """What must be done first comes first: deadline, priority, age, number."""
        return self.deadline, -self.rank, self.registered, self.id


class Late(NamedTuple):
    """A job that cannot be finished in time."""

    task: Task
    over: int
    """By how much work."""


class Queue:
    """A person's jobs against his own hours: what is finished when, and what would come too late.

    They are done one after the other from now on, what must be done first coming first. If any order has all of them in
    time, this one has. Jobs that are late already come first, as in the list, and push others over their deadline that
    could be in time if the late ones waited.
    """

    def __init__(self, line: Timeline, now: int, tasks: Iterable[Task]) -> None:
        """
        Args:
            line: The person's hours.
            now: From when on they are worked.
            tasks: The person's open jobs.
        """
        self._take(line, now, sorted(tasks, key=lambda task: task.order))

    def _take(self, line: Timeline, now: int, tasks: list[Task]) -> None:
        self.line, self.now, self.tasks = line, now, tasks
        self._worked = line.worked(now)
        self._orders = [task.order for task in tasks]
        done = 0
        self._before = [0]
        for task in tasks:
            done += task.left
            self._before.append(done)
        self._rooms: tuple[list[int], list[int]] | None = None
        self._lates: list[Late] | None = None

    @property
    def left(self) -> int:
        """All of it."""
        return self._before[-1]

    def capacity(self, until: int) -> int:
        """What the person works from now until then."""
        return max(0, self.line.worked(until) - self._worked) if until < NEVER else self.line.total - self._worked

    def clear_at(self) -> int | None:
        """When all of it can be done; None when the hours that are known do not suffice."""
        return self.line.add(self.now, self.left)

    def finishes(self) -> dict[int, int | None]:
        """When each job is finished, by its id; None where the hours that are known do not suffice."""
        return {
            task.id: self.line.add(self.now, done) for task, done in zip(self.tasks, self._before[1:], strict=True)
        }  # fmt: skip

    def lates(self) -> list[Late]:
        """What cannot be finished in time; jobs that are late already are not among it."""
        if self._lates is None:
            self._lates = [
                Late(task, over)
                for task, done in self._ahead()
                if (over := done - self.capacity(task.deadline)) > 0
            ]  # fmt: skip
        return self._lates

    def lates_until(self, horizon: int) -> list[Late]:
        """Those whose deadline lies before the horizon."""
        return [late for late in self.lates() if late.task.deadline <= horizon]

    def _ahead(self) -> Iterable[tuple[Task, int]]:
        """Jobs whose deadline is to come, each with the work up to and with it."""
        for task, done in zip(self.tasks, self._before[1:], strict=True):
            if self.now < task.deadline < NEVER:
                yield task, done

    def _room(self) -> tuple[list[int], list[int]]:
        """Deadlines to come, and from each of them on the least room.

        Room is what may be put before it without making any job late that was not. A job that will be late whatever is
        done does not count.
        """
        if self._rooms is None:
            dates, rooms = [], []
            for task, done in self._ahead():
                if (room := self.capacity(task.deadline) - done) >= 0:
                    dates.append(task.deadline)
                    rooms.append(room)
            for place in range(len(rooms) - 2, -1, -1):
                rooms[place] = min(rooms[place], rooms[place + 1])
            self._rooms = dates, rooms
        return self._rooms

    def room_for(self, task: Task) -> int:
        """Work that is still free after taking a job; negative when it or another one would be late."""
        dates, rooms = self._room()
        place = bisect_left(dates, task.deadline)
        behind = rooms[place] if place < len(rooms) else NEVER
        if self.now < task.deadline < NEVER:
            before = self._before[bisect_left(self._orders, task.order)]
            behind = min(behind, self.capacity(task.deadline) - before)
        return behind - task.left

    def room_until(self, horizon: int) -> int:
        """Hours until the horizon that nothing promised until then takes."""
        return self.capacity(horizon) - sum(task.left for task in self.tasks if task.deadline <= horizon)

    def with_task(self, task: Task) -> Queue:
        """This queue and one job more."""
        place = bisect_left(self._orders, task.order)
        return self._changed([*self.tasks[:place], task, *self.tasks[place:]])

    def without(self, task: Task) -> Queue:
        """This queue and one job less."""
        place = bisect_left(self._orders, task.order)
        return self._changed(self.tasks[:place] + self.tasks[place + 1 :])

    def _changed(self, tasks: list[Task]) -> Queue:
        made = Queue.__new__(Queue)
        made._take(self.line, self.now, tasks)
        return made


# -- was it more a week ago? -------------------------------------------------------------------------------------------


class PersonSpan(NamedTuple):
    """A job with one person in one stage."""

    job: int
    stage: Stage
    responsible: int | None
    start: int
    end: int | None


class Trend(NamedTuple):
    """What has become of somebody's queue."""

    jobs: int
    work: int
    sign: str
    """`^` grew, `v` shrank, `=` neither."""


def open_at(spans: Iterable[PersonSpan], moment: int) -> dict[int | None, set[int]]:
    """Open jobs by responsible at a moment."""
    found: dict[int | None, set[int]] = {}
    for span in spans:
        lasts = span.start <= moment and (span.end is None or moment < span.end)
        if lasts and span.stage not in (Stage.DONE, Stage.CANCELLED):
            found.setdefault(span.responsible, set()).add(span.job)
    return found


def trend(then: set[int], now: set[int], plan: Mapping[int, int]) -> Trend:
    """Then and now weighed with the same plan of each job: the sign tells of jobs that came and went, never of an
    estimate that was changed. An arrow only beyond two hours and a twentieth."""
    before, after = (sum(plan.get(job, LEAST) for job in jobs) for jobs in (then, now))
    step = max(_LEAST_STEP, before // 20)
    sign = "^" if after - before >= step else "v" if after - before <= -step else "="
    return Trend(len(now) - len(then), after - before, sign)
