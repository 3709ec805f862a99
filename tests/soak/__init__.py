"""Slow tests, each a module with arguments; the suite runs their short forms (tests/db/test_reliability.py)."""

import psycopg  # noqa: F401 - before `svc_tui.db`, which hides drivers that are not loaded
