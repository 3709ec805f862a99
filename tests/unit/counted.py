"""Working time counted minute by minute: the judge of `domain/planning/hours.py`, which knows nothing of its ideas."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from svc_tui.domain.planning.hours import Calendar, Span, Timeline, tidy

CASES = Path(__file__).parent / "hours"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def cases(name: str) -> dict[str, Any]:
    """A file of cases with the value that is right."""
    found: dict[str, Any] = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    return found


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def minutes(text: str) -> int:
    hours, _, rest = text.partition(":")
    return int(hours) * 60 + int(rest)


def spans(pairs: Sequence[Sequence[str]]) -> tuple[Span, ...]:
    return tidy((minutes(start), minutes(end)) for start, end in pairs)


def calendar(told: Mapping[str, Any]) -> Calendar:
    """A calendar as the cases write it."""
    return Calendar(
        told["zone"],
        tuple(spans(told["week"].get(day, [])) for day in WEEKDAYS),
        {date.fromisoformat(day): spans(pairs) for day, pairs in told.get("days", {}).items()},
        tuple((moment(start), moment(end)) for start, end in told.get("absences", [])),
    )


def timelines() -> dict[str, Timeline]:
    """Those of `add.json`, from 2025 to 2028."""
    start, end = moment("2025-01-01T00:00+00:00"), moment("2029-01-01T00:00+00:00")
    return {name: Timeline(calendar(told), start, end) for name, told in cases("add")["calendars"].items()}


def works(told: Calendar, second: int) -> bool:
    """Whether a second is a working one."""
    shown = datetime.fromtimestamp(second, UTC).astimezone(ZoneInfo(told.zone))
    of_day = told.days.get(shown.date(), told.week[shown.weekday()])
    minute = shown.hour * 60 + shown.minute
    here = any(start <= minute < end for start, end in of_day)
    return here and not any(start <= second < end for start, end in told.absences)


def counted(told: Calendar, start: int, end: int) -> int:
    """Seconds worked between two full minutes."""
    return sum(60 for minute in range(start, end, 60) if works(told, minute))


def reached(told: Calendar, start: int, seconds: int, end: int) -> int | None:
    """The earliest full minute by which so many full minutes were worked."""
    left = seconds
    for minute in range(start, end, 60):
        if works(told, minute):
            left -= 60
            if not left:
                return minute + 60
    return None
