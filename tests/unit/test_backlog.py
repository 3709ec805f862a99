"""Input that comes faster than it is dealt with: reading waits, and what never ends is dropped."""

from __future__ import annotations

from svc_tui.terminal.backlog import FEW, LONGEST, MOST_WAITING, QUIET, Backlog


class Desk:
    """A clock, and how much waits."""

    def __init__(self, waiting: int = 0, dealt_with_a_second: float = 0) -> None:
        self.now = 100.0
        self.waiting = float(waiting)
        self.dealt_with_a_second = dealt_with_a_second
        self.drops = 0
        self.backlog = Backlog(lambda: int(self.waiting), self.dropped, lambda: self.now, self.sleep)

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.waiting = max(self.waiting - seconds * self.dealt_with_a_second, 0)

    def dropped(self) -> None:
        self.drops += 1


def test_a_few_keys_are_read_at_once() -> None:
    desk = Desk(waiting=MOST_WAITING)
    assert desk.backlog.admits()
    assert desk.now == 100


def test_reading_waits_until_less_is_waiting() -> None:
    desk = Desk(waiting=MOST_WAITING + 1_000, dealt_with_a_second=1_000)
    assert desk.backlog.admits()
    assert 0.9 < desk.now - 100 < 1.1
    assert not desk.drops


def test_what_does_not_end_is_dropped_and_told_once() -> None:
    desk = Desk(waiting=MOST_WAITING + 1)
    assert not desk.backlog.admits()
    assert desk.now - 100 > LONGEST
    desk.waiting = 0
    assert not desk.backlog.admits()
    assert desk.drops == 1
    desk.now += 2 * QUIET
    assert desk.backlog.admits()


def test_a_flood_lasts_until_few_are_waiting_however_often_it_is_read_from() -> None:
    desk = Desk(waiting=MOST_WAITING + 100, dealt_with_a_second=1_000)
    while desk.backlog.admits():
        desk.waiting += 1_000
        assert desk.now < 100 + 2 * LONGEST
    assert desk.drops == 1


def test_floods_with_rest_between_them_are_all_read() -> None:
    desk = Desk(dealt_with_a_second=1_000)
    for _ in range(50):
        desk.waiting = MOST_WAITING + 1_000
        assert desk.backlog.admits()
        desk.waiting = FEW
        assert desk.backlog.admits()
    assert not desk.drops
