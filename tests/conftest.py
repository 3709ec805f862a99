"""What every test begins with: psycopg is loaded before `svc_tui.db`, which hides drivers that are not."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg  # noqa: F401
import pytest

from svc_tui.domain import clock


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than there are processors: the tests of the real program mostly wait for it."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def no_shop_is_open() -> Iterator[None]:
    """The clock is the machine's again after a test, until the next one opens a shop."""
    yield
    clock.forget()
