"""The demo shop is a shop like any other: whole, searchable, with a history that adds up, the same every time."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from svc_tui.db.core import indexing, search
from svc_tui.db.core.all_models import MODELS
from svc_tui.db.core.changes import read
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.indexing import ENTRIES
from svc_tui.db.core.job_models import Activity, ActivityLine, ActivityLink, ActivityNote
from svc_tui.db.core.sqlite_file import PRAGMAS
from svc_tui.db.core.table import Table
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain.errors import Invalid
from svc_tui.domain.records import LineRecord, LinkRecord, Stage
from svc_tui.domain.text import words
from svc_tui.output.paper.documents import rendered
from svc_tui.services.core.session import Session, open_session, to_local, to_seconds
from svc_tui.services.demo.demo import create_demo, default_contacts
from svc_tui.services.jobs import activities
from svc_tui.services.orders import loans, transfer
from svc_tui.services.people import contacts
from svc_tui.services.people.setup import FIRST_NUMBER
from svc_tui.services.planning import opening
from svc_tui.services.reports import board
from svc_tui.services.stock import products
from tests.db.conftest import PostgresServer

MONDAY = datetime(2026, 11, 23, 10, 30)
MIDNIGHT = int(datetime(2026, 11, 23).timestamp())
JOBS = 600
CONTACTS = 150


def _looked_at(store: Store) -> Session:
    create_demo(store, activities=JOBS, contacts=CONTACTS, now=MONDAY)
    session = open_session(store, None, "da")
    session.employee = min(session.registers.employees)
    return session


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A shop of 600 jobs made on a Monday; the administrator looks at it. Nobody writes into it."""
    if request.param == "sqlite":
        store = _empty(tmp_path_factory.mktemp("demo") / "shop.db")
    else:
        server: PostgresServer = request.getfixturevalue("postgresql_server")
        store = open_database(server.url(server.create()))
    yield _looked_at(store)
    store.close()


@pytest.fixture
def own_demo(store: Store) -> Session:
    """The same for one test, which may write into it."""
    return _looked_at(store)


def _image_of_database(store: Store) -> list[list[tuple[object, ...]]]:
    tables = [str(table._meta.table_name) for table in MODELS]
    return [store.sql(f'SELECT * FROM "{name}" ORDER BY id') for name in tables]


def test_nothing_is_wrong_with_it(demo: Session) -> None:
    assert list(findings(demo.store)) == []
    if demo.store.dialect == "sqlite":
        assert demo.store.sql("PRAGMA integrity_check") == [("ok",)]


def test_it_has_as_much_as_was_asked_for_and_numbers_without_gaps_in_order_of_registration(demo: Session) -> None:
    jobs = demo.store.sql("SELECT number, created_at FROM activity ORDER BY number")
    assert [number for number, _ in jobs] == list(range(FIRST_NUMBER + 1, FIRST_NUMBER + JOBS + 1))
    assert [at for _, at in jobs] == sorted(at for _, at in jobs)
    numbers = [number for (number,) in demo.store.sql("SELECT number FROM contact ORDER BY number")]
    assert numbers == list(range(FIRST_NUMBER + 1, FIRST_NUMBER + CONTACTS + 1))
    counters: dict[str, int] = dict(demo.store.sql("SELECT name, value FROM counter"))
    assert (counters["activity"], counters["contact"]) == (FIRST_NUMBER + JOBS, FIRST_NUMBER + CONTACTS)


def test_the_first_employee_is_the_administrator_and_nobody_has_a_login(demo: Session) -> None:
    assert demo.employee is not None
    assert demo.employee.role == "administrator"
    assert {employee.login for employee in demo.registers.employees} == {None}


def test_a_new_job_gets_the_next_number_and_is_found(own_demo: Session) -> None:
    values = activities.new_sheet(own_demo, None, {})
    edit = activities.SheetEdit(values, values.values | {"subject": "Zebrafink synger ikke"}, (), ())
    saved = activities.save(own_demo, edit)
    assert (saved.id, saved.number) == (JOBS + 1, FIRST_NUMBER + JOBS + 1)
    sql, parameters = search.matching(own_demo.store, "activity_search", ["zebrafink"])
    assert own_demo.store.sql(sql, parameters) == [(saved.id,)]


def test_indexes_and_settings_are_as_in_any_other_shop(two_empty: tuple[str, ...], own_demo: Session) -> None:
    store = own_demo.store
    assert _index_names(store) == two_empty
    if store.dialect == "sqlite":
        for name, value in PRAGMAS:
            assert store.sql(f"PRAGMA {name}") == [(value,)]


@pytest.fixture
def two_empty(database_url: str) -> tuple[str, ...]:
    """Names of the indexes of the database before anything is in it."""
    store = open_database(database_url)
    names = _index_names(store)
    store.close()
    return names


def _index_names(store: Store) -> tuple[str, ...]:
    if store.dialect == "sqlite":
        rows = store.sql("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name")
    else:
        rows = store.sql("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname")
    return tuple(f"{name}: {sql}" for name, sql in rows)


# -- search ----------------------------------------------------------------------------------------------------


def test_indexing_anew_finds_the_same(own_demo: Session) -> None:
    store = own_demo.store
    for entry in ENTRIES:
        table = entry.name
        ids = [row_id for (row_id,) in store.sql(f"SELECT id FROM {table} ORDER BY id")]
        terms = _terms(store, table)
        before = {term: _found(store, table, term) for term in terms}
        with store.transaction():
            indexing.index(store, entry, ids)
        assert {term: _found(store, table, term) for term in terms} == before
        assert sum(map(len, before.values())) > len(terms)


def test_entries_are_those_that_indexing_makes(store: Store) -> None:
    if store.dialect == "sqlite":
        pytest.skip("the index of SQLite keeps no entries to compare")
    create_demo(store, activities=120, contacts=60, now=MONDAY)
    for table in ENTRIES:
        entries = f"SELECT rowid, CAST(body AS text) FROM {table.name}_search ORDER BY rowid"
        before = store.sql(entries)
        with store.transaction():
            indexing.index(store, table, [row[0] for row in before])
        assert store.sql(entries) == before


def _terms(store: Store, table: str) -> list[str]:
    """Words of every kind that the rows hold, some of them cut short."""
    texts = {
        "activity": "SELECT a.number, a.subject, a.fault_told, a.fault_found, d.brand, d.model, d.serial, c.name,"
        " n.text, l.code, l.text FROM activity a LEFT JOIN device d ON d.id = a.device_id LEFT JOIN contact c"
        " ON c.id = a.customer_id LEFT JOIN activity_note n ON n.activity_id = a.id LEFT JOIN activity_line l"
        " ON l.activity_id = a.id WHERE a.id % 17 = 0",
        "contact": "SELECT c.number, c.name, c.email, c.vat_number, c.city, p.name, p.email, d.serial FROM contact c"
        " LEFT JOIN contact_person p ON p.contact_id = c.id LEFT JOIN device d ON d.owner_id = c.id"
        " WHERE c.id % 5 = 0",
        "device": "SELECT brand, model, serial FROM device WHERE id % 5 = 0",
        "product": "SELECT code, name, ean, supplier_code, product_group FROM product",
    }[table]
    found = {word for row in store.sql(texts) for text in row if text for word in words(str(text))}
    return sorted(found | {word[:3] for word in found})


def _found(store: Store, table: str, term: str) -> list[tuple[object, ...]]:
    sql, parameters = search.matching(store, f"{table}_search", [term])
    return sorted(store.sql(sql, parameters))


def test_a_customer_is_found_by_phone_in_any_spacing_and_by_serial_number(demo: Session) -> None:
    row = demo.store.sql(
        "SELECT c.id, c.phone, d.serial FROM contact c JOIN device d ON d.owner_id = c.id"
        " WHERE c.phone LIKE '+45%' ORDER BY c.id"
    )[0]
    digits = "".join(digit for digit in row[1] if digit.isdigit())[2:]
    for typed in (digits, f"{digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}", row[2]):
        assert row[0] in [contact.id for contact in contacts.search(demo, typed)]


def test_a_part_is_found_by_its_ean(demo: Session) -> None:
    code, ean = demo.store.sql("SELECT code, ean FROM product WHERE kind = 'part' ORDER BY id")[0]
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(ean))
    assert (len(ean), weighed % 10) == (13, 0)
    assert products.search(demo, ean)[0].code == code


# -- history ---------------------------------------------------------------------------------------------------


def test_the_history_of_every_row_adds_up_to_what_is_stored(demo: Session) -> None:
    """The image a row began with and every change since give the row: nothing happened behind the history's back."""
    store = demo.store
    models: dict[str, type[Table]] = {
        str(table._meta.table_name): table for table in (Activity, ActivityLink, ActivityLine, ActivityNote)
    }
    grown: dict[tuple[str, int], dict[str, object]] = {}
    for table, row_id, field, old, new in store.sql(
        "SELECT table_name, row_id, field, old, new FROM change WHERE activity_id IS NOT NULL ORDER BY id"
    ):
        if not field:
            assert (table, row_id) not in grown
            grown[table, row_id] = json.loads(new)
        else:
            assert grown[table, row_id][field] == json.loads(old)
            grown[table, row_id][field] = json.loads(new)
    for name, model in models.items():
        assert sum(table == name for table, _ in grown) == store.sql(f"SELECT count(*) FROM {name}")[0][0]
        for (table, row_id), values in grown.items():
            if table == name and row_id % 5 == 0:
                stored = read(store, model, row_id)
                assert values == {field: stored[field] for field in values}


def test_a_registered_job_looks_in_the_history_as_one_that_was_saved(own_demo: Session) -> None:
    """The images have the same fields in the same order, under the same act, as those of a job that somebody typed in,
    put onto an order and lent a device with."""
    store = own_demo.store
    product = products.search(own_demo, "HDMI-2M")[0]
    sheet = activities.new_sheet(own_demo, None, {})
    customer = contacts.search(own_demo, "", "customer")[0]
    link = LinkRecord(-1, customer.id, None, "customer", "", 0, "", "")
    line = LineRecord(
        -1, 0, "part", product.id, product.code, product.name, product.unit, 1000, 1000, product.price, 0,
        "customer", "used",
    )  # fmt: skip
    values = sheet.values | {"subject": "Prøve", "customer": customer.id}
    saved = activities.save(own_demo, activities.SheetEdit(sheet, values, (link,), (line,), new_note="Kunden ringer"))
    offered = transfer.propose(own_demo, [saved.id])
    transfer.make(own_demo, [saved.id], transfer.picked(offered))
    loans.lend(own_demo, loans.save_device(own_demo, None, {"name": "Nokia 3310"}), saved.id)
    typed = _images(store, f"c.activity_id = {saved.id}")
    own = {f"activity.save {table}" for table in ("activity", "activity_link", "activity_line", "activity_note")}
    assert set(typed) == own | {"order.make order_line", "order.loan loan"}
    assert _images(store, f"c.activity_id < {saved.id}") == typed


def _images(store: Store, condition: str) -> dict[str, set[tuple[tuple[str, bool], ...]]]:
    """Fields of the images by act and table, each with whether it is a flag, for JSON tells true from 1."""
    found: dict[str, set[tuple[tuple[str, bool], ...]]] = {}
    for table, image in store.sql(
        "SELECT s.act || ' ' || c.table_name, c.new FROM change c JOIN change_set s ON s.id = c.change_set_id"
        f" WHERE c.field = '' AND {condition} ORDER BY c.id"
    ):
        fields = tuple((name, isinstance(value, bool)) for name, value in json.loads(image).items())
        found.setdefault(str(table), set()).add(fields)
    return found


def test_versions_and_times_of_change_follow_from_the_history(demo: Session) -> None:
    told = {
        row[0]: row[1:]
        for row in demo.store.sql(
            "SELECT c.activity_id, count(DISTINCT s.id), min(s.at), max(s.at) FROM change c"
            " JOIN change_set s ON s.id = c.change_set_id WHERE c.activity_id IS NOT NULL GROUP BY c.activity_id"
        )
    }
    for row_id, *stored in demo.store.sql("SELECT id, version, created_at, changed_at FROM activity"):
        assert tuple(stored) == told[row_id]


def test_change_sets_are_numbered_by_the_clock_and_lie_in_opening_hours(demo: Session) -> None:
    times = [at for (at,) in demo.store.sql("SELECT at FROM change_set ORDER BY id")]
    assert times == sorted(times)
    assert times[-1] < MIDNIGHT
    for at in map(to_local, times):
        assert at.weekday() < 5
        assert 7 <= at.hour <= 17


def test_done_jobs_and_no_others_have_a_time_when_they_were_done(demo: Session) -> None:
    rows = demo.store.sql("SELECT stage, done_at, created_at, changed_at FROM activity")
    for stage, done_at, created_at, changed_at in rows:
        assert (done_at is not None) == (stage == Stage.DONE)
        assert done_at is None or created_at <= done_at <= changed_at


# -- what is in it ---------------------------------------------------------------------------------------------


def test_a_day_in_the_shop_can_begin(store: Store) -> None:
    """Jobs today and ahead, in every stage, some late, some nobody's; what is old is done."""
    create_demo(store, now=MONDAY)
    tomorrow, ahead = MIDNIGHT + 86_400, to_seconds(MONDAY + timedelta(days=8))
    jobs = store.sql("SELECT start_at, stage, promised_at, responsible_id FROM activity")
    assert {stage for _, stage, _, _ in jobs} == {1, 2, 3, 4, 5}
    assert any(MIDNIGHT <= start < tomorrow for start, *_ in jobs)
    assert any(tomorrow <= start for start, *_ in jobs)
    assert max(start for start, *_ in jobs) < ahead
    assert min(start for start, *_ in jobs) < MIDNIGHT - 1000 * 86_400
    is_open = [job for job in jobs if Stage(job[1]).is_open]
    assert 0.02 < len(is_open) / len(jobs) < 0.1
    assert any(promised is not None and promised < MIDNIGHT for _, _, promised, _ in is_open)
    assert any(responsible is None for *_, responsible in is_open)
    old = [stage for start, stage, _, _ in jobs if start < MIDNIGHT - 120 * 86_400]
    assert sum(stage in (Stage.DONE, Stage.CANCELLED) for stage in old) / len(old) > 0.98


def test_rules_of_the_registers_are_kept(demo: Session) -> None:
    registers = demo.registers
    by_list: Counter[str] = Counter()
    for type_id, status_id, responsible, customer in demo.store.sql(
        "SELECT type_id, status_id, responsible_id, customer_id FROM activity"
    ):
        kind, status = registers.type(type_id), registers.status(status_id)
        assert kind is not None
        assert status is not None
        assert kind.lists & status.lists
        assert responsible or not kind.responsible_required
        assert customer or not kind.customer_required
        by_list.update(entry.code for entry in registers.lists if entry.id in kind.lists)
    assert by_list["product"] > by_list["customer"] > 0


def test_devices_belong_to_the_customers_who_bring_them(demo: Session) -> None:
    strangers = demo.store.sql(
        "SELECT count(*) FROM activity a JOIN device d ON d.id = a.device_id WHERE d.owner_id <> a.customer_id"
    )
    assert strangers == [(0,)]
    unlinked = demo.store.sql(
        "SELECT count(*) FROM activity a WHERE a.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM activity_link l"
        " WHERE l.activity_id = a.id AND l.contact_id = a.customer_id AND l.role = 'customer')"
    )
    assert unlinked == [(0,)]


# -- making it -------------------------------------------------------------------------------------------------


def test_the_same_seed_on_the_same_day_makes_the_same_shop_on_every_database(demo: Session, tmp_path: Path) -> None:
    other = _made(tmp_path / "other.db", seed=1, now=MONDAY.replace(hour=16))
    assert _image_of_database(demo.store) == _image_of_database(other)
    other.close()


def test_a_shop_with_bills_is_the_same_on_every_database(store: Store, tmp_path: Path) -> None:
    other = _empty(tmp_path / "other.db")
    for place in (store, other):
        create_demo(place, activities=200, contacts=60, now=MONDAY, render=rendered)
    assert store.sql("SELECT count(*) FROM document") != [(0,)]
    assert _image_of_database(store) == _image_of_database(other)
    other.close()


def test_another_seed_makes_another_shop(demo: Session, tmp_path: Path) -> None:
    other = _made(tmp_path / "other.db", seed=2, now=MONDAY)
    names = "SELECT name FROM contact ORDER BY id"
    assert other.sql(names) != demo.store.sql(names)
    other.close()


def _made(path: Path, *, seed: int, now: datetime) -> Store:
    store = _empty(path)
    create_demo(store, activities=JOBS, contacts=CONTACTS, seed=seed, now=now)
    return store


def _empty(path: Path) -> Store:
    store = open_database(str(path), create=True)
    migrate(store)
    return store


@pytest.mark.parametrize("language", ["da", "en", "nb", "sv"])
def test_every_language_has_a_shop_on_any_day_of_the_week(language: str, tmp_path: Path) -> None:
    store = _empty(tmp_path / "shop.db")
    day = MONDAY + timedelta(days=5 + ["da", "en", "nb", "sv"].index(language))
    create_demo(store, activities=200, contacts=60, language=language, now=day)
    assert list(findings(store)) == []
    store.close()


@pytest.mark.parametrize(("jobs", "people"), [(0, 0), (0, 30), (1, 1), (7, 0)])
def test_the_smallest_shops_are_whole_too(store: Store, jobs: int, people: int) -> None:
    create_demo(store, activities=jobs, contacts=people, now=MONDAY)
    assert list(findings(store)) == []
    assert store.sql("SELECT count(*) FROM activity") == [(jobs,)]
    assert int(store.sql("SELECT count(*) FROM contact")[0][0]) == max(people, 9)


def test_a_shop_that_is_there_is_left_alone(demo: Session) -> None:
    before = _image_of_database(demo.store)
    with pytest.raises(Invalid, match="already holds a shop"):
        create_demo(demo.store, activities=5)
    assert _image_of_database(demo.store) == before


def test_a_shop_cut_off_while_it_is_made_leaves_nothing(store: Store) -> None:
    def cut_off(written: int, total: int) -> None:
        if written > total // 2:
            raise KeyboardInterrupt

    before = _image_of_database(store)
    with pytest.raises(KeyboardInterrupt):
        create_demo(store, activities=JOBS, contacts=CONTACTS, now=MONDAY, progress=cut_off)
    assert _image_of_database(store) == before
    create_demo(store, activities=20, contacts=20, now=MONDAY)
    assert list(findings(store)) == []


def test_several_transactions_make_the_same_shop_as_one(
    demo: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("svc_tui.services.demo.demo.ROWS_A_TRANSACTION", 100)
    monkeypatch.setattr("svc_tui.services.demo.demo_stories.JOBS_A_BATCH", 70)
    other = _made(tmp_path / "other.db", seed=1, now=MONDAY)
    assert _image_of_database(other) == _image_of_database(demo.store)
    assert list(findings(other)) == []
    other.close()


def test_progress_is_told_and_ends_at_the_whole(store: Store) -> None:
    told: list[tuple[int, int]] = []
    create_demo(store, activities=80, contacts=40, now=MONDAY, progress=lambda *step: told.append(step))
    assert told == sorted(told)
    assert told[-1] == (120, 120)


def test_contacts_are_a_fifth_of_the_jobs_within_reason() -> None:
    assert [default_contacts(jobs) for jobs in (10, 2_000, 1_000_000, 90_000_000)] == [50, 400, 200_000, 500_000]


def test_two_thousand_jobs_take_seconds(tmp_path: Path) -> None:
    store = _empty(tmp_path / "shop.db")  # a second of processor time where it was measured
    begun = time.process_time()
    create_demo(store)
    assert time.process_time() - begun < 3
    store.close()


def test_its_people_work_different_weeks_and_some_are_away(demo: Session) -> None:
    demo.clock = [datetime(2026, 11, 23, 8).timestamp()]
    day = [line.between(MIDNIGHT, MIDNIGHT + 86_400) for line in opening.calendars(demo).people.values()]
    assert 0 in day
    assert len(set(day)) > 2
    assert len(opening.absences(demo)) >= 3
    assert opening.types_of(demo)


def test_a_shop_as_it_is_made_when_nothing_is_said_has_something_of_each_on_its_board(tmp_path: Path) -> None:
    store = _empty(tmp_path / "shop.db")
    create_demo(store, now=MONDAY)
    session = open_session(store, None, "da")
    session.employee = min(session.registers.employees)
    session.clock = [datetime(2026, 11, 23, 8).timestamp()]
    head, loads = board.board(session).head, board.loads(session)
    store.close()
    assert min(head.late, head.today, head.tomorrow, head.parts, head.customer, head.supplier) > 0
    assert loads.all.too_late > 0
    assert any(load.days is not None and load.days > 2 for load in loads.people.values())
