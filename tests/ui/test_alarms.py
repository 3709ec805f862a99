"""Alarms: what of one's own jobs becomes late, or was handed over; told between keys, put off by z, counted above."""

from __future__ import annotations

import pytest

from svc_tui.domain.language.dates import parse_typed
from svc_tui.domain.news import News
from svc_tui.domain.records import Stage
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import bulk
from svc_tui.services.jobs.bulk import Edit
from tests.ui import shop
from tests.ui.desk import Desk
from tests.ui.test_dashboard import _until as until


@pytest.fixture(autouse=True)
def switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SVC_TUI_ALARMS")


async def _mine(desk: Desk) -> int:
    """A job of whoever works here that is ready."""
    who = desk.session.employee
    assert who is not None
    found = await desk.ask(lambda session: session.store.sql(
        "SELECT id FROM activity WHERE responsible_id = ? AND stage = ? ORDER BY id LIMIT 1",
        (who.id, int(Stage.READY)),
    ))  # fmt: skip
    return int(found[0][0])


async def _promise(desk: Desk, job: int, clock: str) -> None:
    """The job is promised for this time of today."""

    def act(session: Session) -> None:
        bulk.at_once(session, [job], Edit("promised", parse_typed(f"24/11 {clock}", session.now(), "en")))

    await desk.ask(act)


def _colleague(desk: Desk, initials: str = "BK") -> Session:
    return shop.sign_in(desk.app.store, initials)


async def _hand_to_me(desk: Desk) -> int:
    """A colleague hands over a job that nobody has; gives its id."""
    me = desk.session.employee
    assert me is not None

    def act(session: Session) -> int:
        colleague = _colleague(desk)
        job = session.store.sql("SELECT id FROM activity WHERE responsible_id IS NULL AND stage = 1 LIMIT 1")[0][0]
        bulk.at_once(colleague, [job], Edit("responsible", me.id))
        return int(job)

    job: int = await desk.ask(act)
    return job


async def _look(desk: Desk) -> None:
    desk.app.alarms.begin()
    await desk.rest()


async def test_what_becomes_late_is_told_and_counted_once_it_is(desk: Desk) -> None:
    job = await _mine(desk)
    await _promise(desk, job, "10:10")
    await _look(desk)
    assert "is late from" in desk.message
    assert "!" not in desk.title[-4:]
    await desk.press("down")
    await _promise(desk, job, "9:59")
    await _look(desk)
    assert "1 of yours is late" in desk.message
    assert desk.title.rstrip().endswith("!1")
    await desk.press("down")
    await _look(desk)
    assert "of yours" not in desk.message  # it was told


async def test_z_puts_it_off_for_a_quarter_of_an_hour(desk: Desk) -> None:
    await desk.press("z")
    assert "There is no alarm to put off." in desk.message
    await _promise(desk, await _mine(desk), "9:59")
    await _look(desk)
    assert "1 of yours is late" in desk.message
    await desk.press("z")
    assert "Alarms are put off until 10:15" in desk.message
    await desk.press("down")
    desk.session.clock[0] += 14 * 60
    await _look(desk)
    assert "of yours" not in desk.message
    desk.session.clock[0] += 2 * 60
    await _look(desk)
    assert "1 of yours is late" in desk.message


async def test_nothing_is_told_while_something_is_written(desk: Desk) -> None:
    await _promise(desk, await _mine(desk), "9:59")
    await desk.press("/")
    await desk.type("ab")
    await _look(desk)
    assert "of yours" not in desk.message
    assert desk.title.rstrip().endswith("!1")
    await desk.press("escape")
    assert not desk.app.screen.is_writing, desk.lines  # type: ignore[attr-defined]
    desk.app.alarms.tick()
    assert await until(desk, lambda: "1 of yours is late" in desk.message)


async def test_what_a_colleague_hands_over_is_told_with_his_initials(desk: Desk) -> None:
    await _look(desk)
    await _hand_to_me(desk)
    desk.app.alarms.heard(News(fields=frozenset({("activity", "responsible")})))
    desk.app.alarms.tick()
    assert await until(desk, lambda: "BK handed 1 job to you" in desk.message)


async def test_outside_ones_own_hours_it_is_told_after_a_key(desk: Desk) -> None:
    desk.session.clock[0] += 12 * 3600  # ten in the evening
    await _promise(desk, await _mine(desk), "9:59")
    await _look(desk)
    assert "of yours" not in desk.message
    await desk.press("down")
    desk.app.alarms.tick()
    assert await until(desk, lambda: "1 of yours is late" in desk.message)


async def test_it_can_be_switched_off(desk: Desk) -> None:
    desk.app.alarms.is_on = False
    await _promise(desk, await _mine(desk), "9:59")
    await _look(desk)
    assert "of yours" not in desk.message
    assert "!" not in desk.title[-4:]
