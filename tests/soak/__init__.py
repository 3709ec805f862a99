"""Slow tests, each a module with arguments; the suite runs their short forms (tests/db/test_reliability.py)."""
