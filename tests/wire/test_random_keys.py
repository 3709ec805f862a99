"""Random keys into list and sheet while somebody else changes rows; the long form is `make soak`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.soak.fingers import BURST, Fingers, count
from tests.wire.program import ROOT

KEYS = 1_000
TIMEOUT = 300.0


def soak(*arguments: str) -> dict[str, Any]:
    """The report of a sitting."""
    finished = subprocess.run(
        [sys.executable, "-m", "tests.soak.keys", "--activities", "200", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
    )
    assert finished.stdout, finished.stderr
    told: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    assert (finished.returncode == 0) == (not told["complaints"])
    return told


def test_random_keys_end_nothing_and_leave_nothing_stuck() -> None:
    told = soak("--keys", str(KEYS), "--seed", "1")
    assert told["complaints"] == []
    assert told["keys"] >= KEYS


@pytest.mark.parametrize(
    ("fault", "noticed"),
    [
        ("raise", "KeyError: 'planted'"),
        ("crash", "the program ended with 3"),
        ("stuck", "it does not answer within"),
        ("leak", "memory grew from"),
        ("gulp", "MiB at first and holds"),
    ],
)
def test_planted_faults_are_noticed(fault: str, noticed: str) -> None:
    told = soak("--keys", "300", "--seed", "1", "--fault", fault, "--patience", "5")
    assert len(told["complaints"]) == 1
    assert noticed in told["complaints"][0]


def test_a_seed_gives_the_same_keys_again_and_another_seed_others() -> None:
    first, again, other = ([Fingers(seed).burst(number) for number in range(20)] for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert all(BURST[0] <= count(burst) for burst in first)
