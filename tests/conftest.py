"""What every test begins with: psycopg is loaded before `svc_tui.db`, which hides drivers that are not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg  # noqa: F401
import pytest

from svc_tui.domain import clock


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Half as many workers again as there are processors: the tests of the real program mostly wait for it."""
    return max((os.cpu_count() or 1) * 3 // 2, 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Spread the files of the real program among the others, so that one worker waits while another one reckons."""
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    waiting = [found for path, found in files.items() if path.parent.name == "wire"]
    reckoning = [found for path, found in files.items() if path.parent.name != "wire"]
    items[:] = [item for found in _spread(waiting, reckoning) for item in found]


def _spread(few: list[list[pytest.Item]], many: list[list[pytest.Item]]) -> list[list[pytest.Item]]:
    """The one kind evenly between the other, by the number of tests."""
    total, told = sum(map(len, many)), 0
    found, left = [], list(few)
    for tests in many:
        while left and told * len(few) >= (len(few) - len(left)) * total:
            found.append(left.pop(0))
        found.append(tests)
        told += len(tests)
    return found + left


@pytest.fixture(autouse=True, scope="session")
def nobodys_own_log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What sessions of whoever runs the tests left unsaved is not told in them, nor is anything left for him."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(autouse=True)
def no_shop_is_open() -> Iterator[None]:
    """The clock is the machine's again after a test, until the next one opens a shop."""
    yield
    clock.forget()
