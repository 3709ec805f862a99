"""What is put off until nobody types."""

from __future__ import annotations

from svc_tui.db import activities as rows
from svc_tui.domain.queries import ActivityQuery
from svc_tui.services import activities, upkeep
from svc_tui.services.session import Session


def _changes(shop: Session) -> int:
    return shop.store.data_version()


def test_nothing_is_written_where_nothing_was_saved(two_sessions: tuple[Session, Session]) -> None:
    idle, watching = two_sessions
    idle.store.has_written = False
    before = _changes(watching)
    upkeep.tidy(idle.store)
    assert _changes(watching) == before


def test_a_saved_job_is_found_before_and_after_tidying(shop: Session) -> None:
    sheet = activities.new_sheet(shop, None, {})
    saved = activities.save(shop, activities.SheetEdit(sheet, sheet.values | {"subject": "Ovnlåge hænger"}, (), ()))
    assert shop.store.has_written
    upkeep.tidy(shop.store)
    assert not shop.store.has_written
    assert [row.id for row in rows.page(shop.store, ActivityQuery(words=("ovnlaage",)), 10)] == [saved.id]
