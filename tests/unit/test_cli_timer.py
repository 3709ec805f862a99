"""`svc-tui timer`: started on a job, looked at, stopped with a line of hours; one at most, and no guessing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.test_cli_planning import Command, made_shop, svc

__all__ = ["made_shop", "svc"]


@pytest.fixture
def jobs(svc: Command) -> list[str]:
    """Numbers of two open jobs without hours."""
    listed = [json.loads(line) for line in svc("list", "all", "--json", "--limit", "300").stdout.splitlines()]
    plain = [str(row["number"]) for row in listed if not any(line["kind"] == "hours" for line in row["lines"])]
    assert len(plain) > 1
    return plain[:2]


def _status(svc: Command) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(svc("timer", "--json").stdout)
    return found


def _hours(svc: Command, number: str) -> list[tuple[str, str]]:
    job = json.loads(svc("show", number, "--json").stdout)
    return [(line["code"], line["quantity"]) for line in job["lines"] if line["kind"] == "hours"]


def test_it_is_started_seen_and_stopped_with_a_line_of_hours(svc: Command, jobs: list[str]) -> None:
    assert _status(svc) == {"job": None}
    started = svc("timer", "start", jobs[0])
    assert (started.returncode, started.stdout) == (0, f"Your timer runs on job {jobs[0]}.\n")
    seen = _status(svc)
    assert (seen["job"], seen["minutes"], seen["forgotten"]) == (int(jobs[0]), 0, False)
    assert f"runs on job {jobs[0]}" in svc("timer", "status").stdout
    began = _earlier(seen["started"])
    which = svc("timer", "stop", "--started", began)
    assert (which.returncode, "Say by which hours product" in which.stderr) == (1, True)
    assert _status(svc)["job"] == int(jobs[0])
    stopped = json.loads(svc("timer", "stop", "--started", began, "--product", "time", "--json").stdout)
    assert (stopped["job"], stopped["minutes"] >= 30) == (int(jobs[0]), True)
    assert _hours(svc, jobs[0]) == [("TIME", stopped["hours"])]
    assert _status(svc) == {"job": None}
    assert svc("check").returncode == 0


def _earlier(started: str) -> str:
    """Half an hour before, with its day: it may be the day before."""
    from datetime import datetime, timedelta

    return f"{datetime.fromisoformat(started) - timedelta(minutes=30):%d/%m/%Y %H:%M}"


def test_starting_on_another_job_stops_the_first_and_says_so(svc: Command, jobs: list[str]) -> None:
    svc("timer", "start", jobs[0])
    moved = svc("timer", "start", jobs[1])
    assert moved.returncode == 0, moved.stderr
    assert f"on job {jobs[0]} is stopped" in moved.stdout
    assert f"runs on job {jobs[1]}" in moved.stdout
    again = svc("timer", "start", jobs[1])
    assert (again.returncode, f"runs on job {jobs[1]} since" in again.stderr) == (1, True)
    thrown = svc("timer", "stop", "--discard")
    assert (thrown.returncode, "without a line" in thrown.stdout) == (0, True)
    assert _hours(svc, jobs[1]) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("start",), "Say on which job"),
        (("start", "99999999"), "There is no job 99999999"),
        (("stop",), "does not run"),
        (("stop", "10001"), "takes no number"),
        (("status", "--discard"), "when it is stopped"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(svc: Command, arguments: tuple[str, ...], said: str) -> None:
    refused = svc("timer", *arguments)
    assert refused.returncode == 1
    assert said in refused.stderr


def test_times_are_said_where_the_timer_is_wrong(svc: Command, jobs: list[str]) -> None:
    svc("timer", "start", jobs[0])
    wrong = svc("timer", "stop", "--stopped", "whenever", "--product", "TIME")
    assert wrong.returncode == 1
    backwards = svc("timer", "stop", "--stopped", _earlier(_status(svc)["started"]), "--product", "TIME")
    assert (backwards.returncode, "before it was started" in backwards.stderr) == (1, True)
    assert _status(svc)["job"] == int(jobs[0])
    unknown = svc("timer", "stop", "--product", "nothing")
    assert (unknown.returncode, "TIME" in unknown.stderr) == (1, True)
