"""What a timer counts: minutes, and the hours that a line of a job has for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from svc_tui.domain import clock
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.dates import Typed
from svc_tui.domain.records import LineKind, LineRecord

MOST: Final = 24 * 3_600
"""Seconds of the longest time that a timer makes a line of; more was forgotten, not worked."""


def minutes(seconds: int) -> int:
    """Whole minutes, the nearest."""
    return max(0, (seconds + 30) // 60)


def hours(worked: int) -> int:
    """Minutes as hours in thousandths, as quantities are."""
    return (worked * 1_000 + 30) // 60


def told(worked: int) -> str:
    """Minutes as hours and minutes: `1:23`."""
    return f"{worked // 60}:{worked % 60:02}"


def is_of_another_day(started_at: int, now: int) -> bool:
    """Whether a timer was started on a day before this one: then it is asked when it ended, not counted on."""
    return clock.local(started_at).date() < clock.local(now).date()


def meant(typed: Typed, day: date, after: datetime | None = None) -> datetime:
    """The minute that somebody means who corrects a timer.

    Args:
        typed: What he typed: a time, with its day or without.
        day: The day on which the timer was started, where none is typed.
        after: Where no day is typed, it comes behind this: 1:30 behind 22:00 is the next morning.

    Raises:
        Invalid: for a day without a time.
    """
    if typed.clock is None:
        raise Invalid(N_("Write the time of day too, such as 16:30."))
    when = datetime.combine(typed.day or day, typed.clock)
    return when + timedelta(days=1) if typed.day is None and after is not None and when < after else when


class Times(NamedTuple):
    """From when to when somebody worked, seconds UTC."""

    started_at: int
    stopped_at: int

    @property
    def minutes(self) -> int:
        """How long."""
        return minutes(self.stopped_at - self.started_at)

    def require_sound(self, now: int) -> None:
        """
        Raises:
            Invalid: when they are the wrong way round, to come, or further apart than anybody works.
        """
        if self.stopped_at < self.started_at:
            raise Invalid(N_("It ended before it was started: correct one of the two."), field="stopped_at")
        if self.stopped_at > now + 60:
            raise Invalid(N_("That is still to come: write when the work ended."), field="stopped_at")
        if self.stopped_at - self.started_at > MOST:
            raise Invalid(
                N_("That is more than 24 hours: correct the times, or write the hours on the Product tab by hand."),
                field="stopped_at",
            )


def line_to_follow(lines: Sequence[LineRecord]) -> LineRecord | None:
    """The line of hours whose product, price and payer a timer's line takes: the first with hours left of its plan,
    else the first; None where the job has no product of hours."""
    found = [line for line in lines if line.kind == LineKind.HOURS and line.product_id is not None]
    used: dict[int | None, int] = {}
    for line in found:
        used[line.product_id] = used.get(line.product_id, 0) + (line.used or 0)
    open_ = (line for line in found if line.planned > used[line.product_id])
    return next(open_, found[0] if found else None)
