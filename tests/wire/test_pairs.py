"""Two real programs with the same job open, each with a field of its own: some pairs of fields, others every day.

All of them are in `make soak` (tests/soak/pairs.py).
"""

from __future__ import annotations

from datetime import date

from tests.db.conftest import PostgresServer, postgresql_server  # noqa: F401 - a fixture
from tests.db.test_reliability import soak

PAIRS = "5"


def seed() -> str:
    return str(date.today().toordinal())


def test_what_two_change_apart_is_stored_and_the_same_field_is_told() -> None:
    assert soak("pairs", "--pairs", PAIRS, "--seed", seed())["complaints"] == []


def test_what_two_change_apart_is_stored_and_the_same_field_is_told_on_a_server(
    postgresql_server: PostgresServer,  # noqa: F811 - the fixture
) -> None:
    address = postgresql_server.url("postgres")
    assert soak("pairs", "--pairs", PAIRS, "--seed", seed(), "--server", address)["complaints"] == []
