"""What every test begins with: psycopg is loaded before `svc_tui.db`, which hides drivers that are not."""

from __future__ import annotations

import os

import psycopg  # noqa: F401
import pytest


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One worker more than there are processors: the tests of the real program mostly wait for it."""
    return (os.cpu_count() or 1) + 1
