"""Rows that another program spoiled: the check names table, row and field and goes on to the end."""

from __future__ import annotations

from contextlib import suppress

import pytest

from svc_tui.db.core.all_models import MODELS
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import Invalid
from svc_tui.domain.queries import ActivityQuery
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.lines import free_line
from svc_tui.services.people.contacts import NewContact, create
from svc_tui.services.transfer import export

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def jobs(shop: Session) -> list[int]:
    """The numbers of three jobs with a line each, and a contact."""
    create(shop, NewContact("Jensen", "20 12 34 56"))
    numbers = []
    for subject in ("TV", "Radio", "Vask"):
        sheet = activities.new_sheet(shop, None, {})
        line = free_line("Kabel", -1, 1)._replace(price=100)
        edit = activities.SheetEdit(sheet, {**sheet.values, "subject": subject}, (), (line,), "En note", True)
        numbers.append(activities.save(shop, edit).number)
    return numbers


def spoil(shop: Session, sql: str) -> None:
    shop.store.execute_sql("PRAGMA foreign_keys = 0")
    shop.store.execute_sql("PRAGMA ignore_check_constraints = 1")
    shop.store.execute_sql(sql)


@pytest.mark.parametrize(
    ("damage", "table", "row", "field"),
    [
        ("UPDATE counter SET value = 'mange' WHERE name = 'activity'", "counter", None, "value"),
        ("UPDATE activity SET number = 'abc' WHERE id = 2", "activity", 2, "number"),
        ("UPDATE activity SET start_at = 'i morgen' WHERE id = 2", "activity", 2, "start_at"),
        ("UPDATE activity SET start_at = 999999999999999 WHERE id = 2", "activity", 2, "start_at"),
        ("UPDATE activity SET total = 1.5 WHERE id = 2", "activity", 2, "total"),
        ("UPDATE activity SET total = x'00ff' WHERE id = 2", "activity", 2, "total"),
        ("UPDATE activity SET status_id = 'klar' WHERE id = 2", "activity", 2, "status"),
        ("UPDATE activity_line SET price = 'dyrt' WHERE id = 2", "activity_line", 2, "price"),
        ("UPDATE activity_line SET planned = 'to' WHERE id = 2", "activity_line", 2, "planned"),
        ("UPDATE contact SET name = x'ff00' WHERE id = 1", "contact", 1, "name"),
        ("UPDATE contact SET name = CAST(x'41ff' AS TEXT) WHERE id = 1", "contact", 1, "name"),
        ("UPDATE activity_note SET text = CAST(x'c3' AS TEXT) WHERE id = 2", "activity_note", 2, "text"),
        ("UPDATE contact SET retired = 'ja' WHERE id = 1", "contact", 1, "retired"),
        ("UPDATE company SET default_duration = 'en time'", "company", 1, "default_duration"),
    ],
)
def test_what_does_not_fit_is_named_and_the_check_goes_on(
    shop: Session, jobs: list[int], damage: str, table: str, row: int | None, field: str
) -> None:
    spoil(shop, damage)
    spoil(shop, "UPDATE activity SET stage = 4 WHERE id = 3")
    said = [str(finding) for finding in findings(shop.store)]
    wanted = f"Table {table}, row {row}: {field} " if row is not None else f"Table {table}, row "
    assert any(sentence.startswith(wanted) and field in sentence for sentence in said), said
    assert any("stage" in sentence for sentence in said), said


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model._meta.table_name))
def test_the_check_of_a_sound_shop_names_no_column_of_any_table(shop: Session, jobs: list[int], model: object) -> None:
    assert list(findings(shop.store)) == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE activity SET device_id = 4711 WHERE id = 2",
        "UPDATE activity SET type_id = 4711, status_id = 4711, responsible_id = 4711, priority_id = 4711 WHERE id = 2",
        "UPDATE activity SET customer_id = 4711 WHERE id = 2",
        "UPDATE activity SET created_by_id = 4711 WHERE id = 2",
        "UPDATE activity_line SET product_id = 4711 WHERE id = 2",
        "UPDATE activity_note SET author_id = 4711 WHERE id = 2",
        "UPDATE activity SET start_at = 999999999999999 WHERE id = 2",
        "UPDATE activity SET start_at = 'i morgen' WHERE id = 2",
        "UPDATE activity SET total = 'meget' WHERE id = 2",
        "UPDATE activity SET total = 1.5 WHERE id = 2",
        "UPDATE activity SET end_at = -999999999999999 WHERE id = 2",
        "UPDATE activity SET subject = x'ff00' WHERE id = 2",
        "UPDATE activity SET subject = CAST(x'41ff' AS TEXT) WHERE id = 2",
        "UPDATE activity SET total = CAST(x'41ff' AS TEXT) WHERE id = 2",
        "UPDATE activity_note SET text = CAST(x'41ff' AS TEXT) WHERE id = 2",
        "UPDATE activity_line SET price = 'dyrt', planned = 'to' WHERE id = 2",
        "UPDATE contact SET name = x'ff00' WHERE id = 1",
    ],
)
def test_one_bad_row_keeps_nobody_from_the_others(shop: Session, jobs: list[int], damage: str) -> None:
    spoil(shop, damage)
    rows = lists.page(shop, lists.resolve(shop, None, ""), 100)
    assert {row.id for row in rows} >= {1, 3}
    for sound in (1, 3):
        activities.open_sheet(shop, sound)
    with suppress(Invalid):  # a sentence, where it cannot be shown
        activities.open_sheet(shop, 2)
    assert len(list(export.activities(shop, ActivityQuery()))) == len(rows)
