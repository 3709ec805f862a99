"""One bad row is shown as such: in every column of every table, and the other rows are as right as before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from peewee import CharField, Field, ForeignKeyField, TextField

from svc_tui import i18n
from svc_tui.db.core.all_models import MODELS
from svc_tui.db.core.engine import open_database
from svc_tui.db.core.job_models import Activity
from svc_tui.db.core.people_models import Contact
from svc_tui.db.core.table import Table
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.columns import PRESETS
from svc_tui.domain.damage import is_time
from svc_tui.domain.errors import DatabaseTrouble, DomainError, Invalid
from svc_tui.domain.language.dates import Typed, parse_typed
from svc_tui.domain.queries import ORDER_COLUMNS, ActivityQuery, Order
from svc_tui.domain.records import ActivityRow
from svc_tui.formats import Formats
from svc_tui.output.activity_json import activity_object
from svc_tui.screens.jobs import job_columns
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.history import history, undo
from svc_tui.services.jobs import activities, bulk, preview
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.people import contacts, settings
from svc_tui.services.people.settings import UserSettings
from svc_tui.services.stock import devices, products
from svc_tui.services.transfer import export
from tests.wire.shops import make_demo, session_of

JOBS = 12
HURT = 2
"""The row that is spoiled."""

EVERYTHING = ActivityQuery()

NUMBERS = {"a text": "'mange'", "a fraction": "1.5", "bytes": "x'ff00'", "nothing": "NULL"}
TIMES = {"beyond": "999999999999999", "before": "-999999999999999"}
NOWHERE = {"nowhere": "987654"}
TEXTS = {"bytes": "x'ff00'", "no letters": "CAST(x'41ff42' AS TEXT)"}

READ_WITH_EVERY_LIST = ("activity", "contact", "device", "activity_status")
KINDS_OF_A_JOB = 3
"""How many kinds each column of a job is spoiled with, in turn."""


def kinds_of(field: Field) -> dict[str, str]:
    """What another program may have written into a column, in SQL."""
    if isinstance(field, TextField | CharField):
        return TEXTS
    points = isinstance(field, ForeignKeyField) or field.name == "stage"
    return NUMBERS | (TIMES if is_time(field.name) else {}) | (NOWHERE if points else {})


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("damage") / "shop.db"
    make_demo(path, JOBS)
    return path


def spoil(path: Path, table: type[Table], field: Field, value: str) -> bool:
    """Write a value as another program would; False where even SQLite refuses it."""
    store = open_database(str(path))
    store.execute_sql("PRAGMA foreign_keys = 0")
    name = table._meta.table_name
    for (trigger,) in store.sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (name,)):
        store.execute_sql(f'DROP TRIGGER "{trigger}"')
    row = f'(SELECT id FROM "{name}" ORDER BY id LIMIT 1 OFFSET {0 if name == "company" else HURT - 1})'
    try:
        store.execute_sql(f'UPDATE "{name}" SET "{field.column_name}" = {value} WHERE id = {row}')
    except DatabaseTrouble:
        return False
    finally:
        store.close()
    return True


def copied(template: Path, folder: Path) -> Path:
    path = folder / "shop.db"
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
    return Path(shutil.copyfile(template, path))


def whole(session: Session, order: Order, size: int = 5, asked: ActivityQuery = EVERYTHING) -> list[ActivityRow]:
    """Every row of a list, page by page."""
    query = asked._replace(order=order)
    found: list[ActivityRow] = []
    while rows := lists.page(session, query, size, after=found[-1] if found else None):
        found += rows
        assert len(found) <= 2 * JOBS, "the list has no end"
    return found


class Case(NamedTuple):
    """A column that is spoiled, and with what."""

    table: type[Table]
    field: Field
    kind: str

    @property
    def name(self) -> str:
        return f"{self.table._meta.table_name}.{self.field.name}, {self.kind}"


def cases(table: type[Table]) -> Iterator[Case]:
    """What a table is spoiled with: what every list reads in each of its columns, others till each kind is met.

    The kinds come in turn, so that all columns together meet all of them.
    """
    name = table._meta.table_name
    met: set[str] = set()
    for place, field in enumerate(table._meta.sorted_fields, MODELS.index(table)):
        if field.name == "id" or not (kinds := list(kinds_of(field))):
            continue
        turn = [kinds[(place + step) % len(kinds)] for step in range(len(kinds))]
        new = [kind for kind in turn if kind not in met]
        if table is Activity:
            chosen = turn[:KINDS_OF_A_JOB]
        else:
            chosen = new[:1] or (turn[:1] if name in READ_WITH_EVERY_LIST else [])
        met.update(chosen)
        yield from (Case(table, field, kind) for kind in chosen)


CASES = [case for table in MODELS for case in cases(table)]


def test_every_table_and_every_kind_is_spoiled() -> None:
    assert {case.table for case in CASES} == set(MODELS)
    assert {case.kind for case in CASES} == {*NUMBERS, *TIMES, *NOWHERE, *TEXTS}
    assert {case.kind for case in CASES if case.table is Activity} == {*NUMBERS, *TIMES, *NOWHERE, *TEXTS}


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_spoiled_value_keeps_nobody_from_anything_else(template: Path, tmp_path: Path, case: Case) -> None:
    path = copied(template, tmp_path)
    if spoil(path, case.table, case.field, kinds_of(case.field)[case.kind]):
        look_at_everything(path, case.table, case.field, case.kind)


def look_at_everything(path: Path, table: type[Table], field: Field, kind: str) -> None:
    i18n.install("en")
    store = open_database(str(path))
    is_job = table._meta.table_name == "activity"
    try:
        session = session_of(store)
        assert session.employee is not None
        session.employee = session.employee._replace(role="administrator")  # whatever became of it
        formats = Formats("en", session.now)
        settings.load(session)
        for column in ORDER_COLUMNS:
            for falls in (False, True):
                rows = whole(session, Order(column, falls))
                assert sorted(row.id for row in rows) == list(range(1, JOBS + 1)), (column, kind)
        rows = whole(session, Order("start"))
        hurt = next(row for row in rows if row.id == HURT)
        read_in_every_column(session, formats, rows)
        if is_job and kind not in ("nothing", "nowhere") and field.column_name in ActivityRow._fields:
            assert [(wrong.table, wrong.row, wrong.column) for wrong in hurt.damage] == [
                ("activity", HURT, field.column_name)
            ]
        for row in rows:
            if row.id != HURT or not is_job:  # a job also shows the name of its customer, and its device
                assert all(wrong.column.startswith(f"{table._meta.table_name}.") for wrong in row.damage)
        for row in rows:
            preview.read(session, row.id)
            history.of_activity(session, row.id)
            may_be_hurt = row.id == HURT or not is_job
            with suppress(Invalid) if may_be_hurt else nullcontext():
                activities.open_sheet(session, row.id)
        for text in ("", "a", "12"):
            contacts.search(session, text, persons=True)
            products.search(session, text)
            devices.search(session, text, 1)
        for line in ("tv", "promised:<today", "customer:jensen", "late", "responsible:AH"):
            query = lists.first_page(session, "all", lists.Asked(line, Order("start")), 20).query
            lists.counts(session, query)
        assert (
            len([activity_object(session.registers, job) for job in export.activities(session, ActivityQuery())])
            == JOBS
        )
        list(export.contacts(session))
        list(export.products(session))
        list(findings(store))
        for act in history.recent(session, 20):
            history.of_act(session, act.id, 50)
        bulk.at_once(session, [5], Edit("note", "Et notat"))
        with suppress(DomainError) if table._meta.table_name in ("change_set", "change") else nullcontext():
            undo.undo_last(session)
    finally:
        store.close()


def read_in_every_column(session: Session, formats: Formats, rows: list[ActivityRow]) -> None:
    for preset in PRESETS:
        chosen = UserSettings()._replace(columns=preset) if hasattr(UserSettings(), "_replace") else UserSettings()
        for column in job_columns.columns(session, formats, chosen, 160, 6, Order("start"), None):
            for row in rows:
                column.cell(row)


@pytest.mark.parametrize(("table", "column"), [(Activity, "subject"), (Contact, "name")])
@pytest.mark.parametrize("value", [*TEXTS.values(), "CAST(x'c3' AS TEXT)", "x'61620063'", "CAST(x'80e6' AS TEXT)"])
def test_a_list_by_what_is_no_text_meets_every_row_once(
    template: Path, tmp_path: Path, table: type[Table], column: str, value: str
) -> None:
    path = copied(template, tmp_path)
    spoil(path, table, table._meta.fields[column], value)
    store = open_database(str(path))
    try:
        session = session_of(store)
        for falls in (False, True):
            order = Order("subject" if table is Activity else "customer", falls)
            assert sorted(row.id for row in whole(session, order, 1)) == list(range(1, JOBS + 1))
    finally:
        store.close()


@pytest.mark.parametrize("value", ["987654", "0", "-1", "'jensen'"])
def test_a_job_whose_customer_is_nowhere_stands_behind_those_with_a_name(
    template: Path, tmp_path: Path, value: str
) -> None:
    path = copied(template, tmp_path)
    spoil(path, Activity, Activity._meta.fields["customer"], value)
    store = open_database(str(path))
    try:
        session = session_of(store)
        everybody = frozenset((None, *(entry.id for entry in session.registers.employees)))
        for falls, query in product((False, True), (EVERYTHING, EVERYTHING._replace(responsibles=everybody))):
            for size in (1, 5):
                rows = whole(session, Order("customer", falls), size, query)
                assert sorted(row.id for row in rows) == list(range(1, JOBS + 1))
                assert rows[-1].id == HURT
            assert lists.last_page(session, query._replace(order=Order("customer", falls)), 1)[0].id == HURT
    finally:
        store.close()


def test_a_bad_row_says_which_it_is_in_the_list_and_in_its_sheet(template: Path, tmp_path: Path) -> None:
    path = copied(template, tmp_path)
    start = Activity._meta.fields["start_at"]
    spoil(path, Activity, start, "'i morgen'")
    i18n.install("en")
    store = open_database(str(path))
    try:
        session = session_of(store)
        said = "Table activity, row 2: start_at holds 'i morgen', which cannot be."
        hurt = next(row for row in whole(session, Order("number")) if row.id == HURT)
        columns = job_columns.columns(session, Formats("en", session.now), UserSettings(), 160, 6, Order("start"), None)
        subject = next(column for column in columns if column.title == "Subject")
        assert subject.cell(hurt).startswith(f"!! {said} ")
        with pytest.raises(Invalid, match="row 2: start_at holds 'i morgen'"):
            activities.open_sheet(session, HURT)
        assert said in {str(finding) for finding in findings(store)}
    finally:
        store.close()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    yield
    i18n.install("en")


def _typed(hour: int) -> Typed:
    return parse_typed(f"24.11.2025 {hour}:00", datetime(2025, 11, 20), "en")


@pytest.mark.parametrize("value", ["999999999999999", "-999999999999999", "'i morgen'"])
def test_a_time_that_cannot_be_is_put_right_by_writing_another(template: Path, tmp_path: Path, value: str) -> None:
    path = copied(template, tmp_path)
    spoil(path, Activity, Activity._meta.fields["end_at"], value)
    store = open_database(str(path))
    try:
        session = session_of(store)
        bulk.at_once(session, [HURT], [Edit("start", _typed(9)), Edit("end", _typed(10))])
        sheet = activities.open_sheet(session, HURT)
        assert int(sheet.values["end_at"] or 0) - int(sheet.values["start_at"] or 0) == 3_600
    finally:
        store.close()


def test_a_damaged_file_is_told_without_the_statement_that_met_it(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(b"SQLite format 3\0" + bytes(4_000))
    with pytest.raises(DatabaseTrouble, match="is damaged") as refused:
        open_database(str(path))
    assert "PRAGMA" not in str(refused.value)
    assert "file is not a database" in str(refused.value)
