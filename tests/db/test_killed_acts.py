"""A command that is killed at any moment is done whole or not at all; the next run does it, and cleans up.

Short forms; `make soak` has the long ones (tests/soak/killed_acts.py).
"""

from __future__ import annotations

import pytest

from tests.db.conftest import PostgresServer
from tests.db.test_reliability import soak


@pytest.mark.parametrize("act", ["backup", "restore", "migrate", "import", "bulk", "undo"])
def test_a_killed_command_leaves_a_whole_shop_and_no_half_act_or_copy(act: str) -> None:
    told = soak("killed_acts", "--act", act, "--rounds", "3")
    assert told["rounds"] == 3
    assert told["complaints"] == []


@pytest.mark.parametrize("act", ["migrate", "bulk", "undo"])
def test_a_killed_command_on_a_server_leaves_a_whole_shop_and_no_half_act(
    postgresql_server: PostgresServer, act: str
) -> None:
    told = soak("killed_acts", "--act", act, "--rounds", "2", "--server", postgresql_server.url("postgres"))
    assert told["complaints"] == []


@pytest.mark.parametrize(("act", "fault"), [("backup", "bare"), ("bulk", "torn")])
def test_planted_faults_are_noticed(act: str, fault: str) -> None:
    assert soak("killed_acts", "--act", act, "--rounds", "40", "--fault", fault, "--enough", "1")["complaints"]
