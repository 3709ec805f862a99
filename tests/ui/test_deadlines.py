"""What is late or due today is seen in lists and told in the sheet, with the reason."""

from __future__ import annotations

import pytest

from svc_tui.db.core.engine import Store
from svc_tui.domain.planning.hours_text import read_week
from svc_tui.services.core.session import Session
from svc_tui.services.planning import opening, reckoning
from tests.ui import shop
from tests.ui.colleague import heard, until
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk
from tests.ui.test_filter_meaning import filtered
from tests.ui.test_live import register


def row_of(desk: Desk, subject: str) -> str:
    return next(line for line in desk.lines if subject in line)


async def test_a_sign_stands_before_the_time_of_a_job_that_is_late_or_due_today(live: Desk, bent: Session) -> None:
    now = live.session.seconds()
    for subject, promised in (("Forfalden", now - 60), ("Idag", now + 60), ("Senere", now + 5 * 86_400)):
        register(bent, subject, promised_at=promised, status=1)
    await heard(live, bent)
    await filtered(live, "created:t")
    shown = {subject: row_of(live, subject) for subject in ("Forfalden", "Idag", "Senere")}
    begins = {row.subject: live.app.formats.list_when(row.start_at).split()[0].rstrip(".") for row in live.list.rows}
    assert f"!{begins['Forfalden']}" in shown["Forfalden"]
    assert f"'{begins['Idag']}" in shown["Idag"]
    assert "!" not in shown["Senere"]
    assert "'" not in shown["Senere"]


async def test_the_sheet_of_a_late_job_says_which_deadline_it_is(live: Desk, bent: Session) -> None:
    register(bent, "Forfalden", promised_at=live.session.seconds() - 60, status=1)
    await heard(live, bent)
    await filtered(live, "late:yes forfalden")
    await live.press("enter")
    await live.rest()
    assert live.message.startswith("! Late since")
    assert live.message.endswith("promised for then.")


async def test_other_hours_are_followed_beside_the_keys(live: Desk) -> None:
    store = live.app.store
    await live.ask(opening.change_week, read_week("mon-sun 6-7", "en"))
    assert reckoning.is_outdated(store)
    live.app.housekeeping.tidy()
    await until(live, lambda: not reckoning.is_outdated(store))
    assert not store.has_other_rules


async def test_what_a_program_left_when_it_was_killed_is_reckoned_by_the_next_one(
    open_at: OpenDesk, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svc_tui.app.SETTLE_AFTER", 0.001)
    opening.change_week(shop.sign_in(store, "AH"), read_week("mon-sun 6-7", "en"))
    assert reckoning.is_outdated(store)
    async with open_at() as desk:
        await until(desk, lambda: not reckoning.is_outdated(store))
