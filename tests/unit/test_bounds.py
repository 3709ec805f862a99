"""What a session may take: which times of its event loop are too long, and what the environment may set."""

from __future__ import annotations

import asyncio
import resource
import signal
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from svc_tui import bounds
from svc_tui.bounds import EVERY, Bounds
from svc_tui.ending import Ending


class Loop:
    """An event loop that answers when it is told to."""

    def __init__(self) -> None:
        self._asked: list[Callable[[], None]] = []

    def call_soon_threadsafe(self, act: Callable[[], None]) -> None:
        self._asked.append(act)

    def answer(self) -> None:
        while self._asked:
            self._asked.pop()()


@pytest.fixture
def wait() -> SimpleNamespace:
    return SimpleNamespace(is_on=False, key_number=1)


@pytest.fixture
def watched(wait: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> tuple[Bounds, Loop]:
    monkeypatch.setenv("SVC_TUI_MOST_CPU", "3")
    found, loop = Bounds(cast("Any", SimpleNamespace(wait=wait))), Loop()
    found._loop = cast("Any", loop)
    return found, loop


def looks(watched: Bounds, seconds: float, begin: float = 0.0) -> list[bool]:
    """What is found at each look while the loop is busy all the time."""
    count = int(seconds / EVERY)
    return [watched._is_spinning(begin + EVERY * number) for number in range(1, count + 1)]


def test_a_loop_that_never_looks_up_is_too_busy_once_it_used_so_many_seconds(watched: tuple[Bounds, Loop]) -> None:
    found = looks(watched[0], 5)
    assert found[-1]
    assert not any(found[:6])


def test_a_loop_that_answers_may_be_busy_for_long_with_many_keys(
    watched: tuple[Bounds, Loop], wait: SimpleNamespace
) -> None:
    wait.is_on = True
    for number in range(40):
        wait.key_number = number
        assert not watched[0]._is_spinning(EVERY * number)
        watched[1].answer()


def test_one_key_that_goes_on_and_on_is_too_much_although_the_loop_answers(
    watched: tuple[Bounds, Loop], wait: SimpleNamespace
) -> None:
    wait.is_on = True
    found = []
    for number in range(10):
        found.append(watched[0]._is_spinning(EVERY * number))
        watched[1].answer()
    assert not any(found[:6])
    assert found[-1]


def test_a_loop_at_rest_is_not_woken(watched: tuple[Bounds, Loop]) -> None:
    for number in range(10):
        assert not watched[0]._is_spinning(0.001 * number)
    assert watched[1]._asked == []


@pytest.mark.parametrize(("said", "meant"), [("300", 300.0), ("", 7.0), ("meget", 7.0), ("-1", 7.0), ("0", 7.0)])
def test_a_limit_is_that_of_the_environment_or_the_usual_one(
    said: str, meant: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SVC_TUI_MOST_MEMORY", said)
    assert bounds.limit("SVC_TUI_MOST_MEMORY", 7.0) == meant


def test_memory_of_its_own_is_less_than_all_and_more_than_nothing() -> None:
    assert 1_000_000 < bounds.own_memory() < 10_000_000_000


def test_a_process_that_goes_on_after_the_session_is_bounded_no_more() -> None:
    before = resource.getrlimit(resource.RLIMIT_CPU), signal.getsignal(signal.SIGXCPU)
    watching = Bounds(cast("Any", SimpleNamespace(wait=SimpleNamespace(is_on=False, key_number=1))))

    async def session() -> None:
        watching.begin()
        watching.look()
        assert resource.getrlimit(resource.RLIMIT_CPU)[0] != before[0][0]
        watching.end()

    asyncio.run(session())
    assert (resource.getrlimit(resource.RLIMIT_CPU), signal.getsignal(signal.SIGXCPU)) == before


@pytest.mark.parametrize("is_headless", [True, False])
def test_only_an_application_with_a_terminal_is_watched(monkeypatch: pytest.MonkeyPatch, is_headless: bool) -> None:
    begun: list[Bounds] = []
    monkeypatch.setattr(Bounds, "begin", lambda bounds: begun.append(bounds))
    monkeypatch.setattr(Ending, "is_headless", is_headless)
    Ending().bound()
    assert len(begun) == (0 if is_headless else 1)
