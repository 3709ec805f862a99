"""The gate everything that changes goes through: one act, one change set, all of it or nothing."""

from __future__ import annotations

import json

import pytest

from svc_tui.db.core import indexing, search
from svc_tui.db.core.changes import Values, change_set, is_done, new_operation_key, read
from svc_tui.db.core.engine import Store
from svc_tui.db.core.job_models import Activity, ActivityLine, ActivityNote
from svc_tui.db.core.people_models import Contact, Device
from svc_tui.domain.errors import Conflict, DatabaseTrouble, Invalid, NotAllowed, NotFound
from svc_tui.domain.job_fields import AMOUNTS, FLAGS, HEADER, TEXTS
from svc_tui.domain.records import Stage
from svc_tui.domain.rights import Role
from svc_tui.domain.tables import ACTIVITY, Described
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.people.setup import FIRST_NUMBER
from tests.db.jobs import again, changed, contact, count, employee, image, job, kind, line, link, new_edit
from tests.db.jobs import priority as priority_of
from tests.db.jobs import status as status_of

TRIES = 4


def changes_of_last_act(store: Store) -> list[tuple[object, ...]]:
    return store.sql(
        "SELECT table_name, row_id, field, old, new FROM change"
        " WHERE change_set_id = (SELECT max(id) FROM change_set) ORDER BY id"
    )


# -- one act -----------------------------------------------------------------------------------------------------


def test_a_job_with_all_that_hangs_on_it_is_one_change_set(shop: Session) -> None:
    customer = contact(shop, "Jensen & Søn ApS")
    before = count(shop.store, "change_set")

    saved = job(shop, links=[link(customer)], lines=[line(), line("Arbejde", -2, 1)], note="Kunden ringer")

    assert count(shop.store, "change_set") == before + 1
    tables = [row[0] for row in changes_of_last_act(shop.store)]
    assert sorted(map(str, tables)) == [
        "activity", "activity_line", "activity_line", "activity_link", "activity_note",
    ]  # fmt: skip
    act, rows, actor = shop.store.sql("SELECT act, rows, actor_id FROM change_set ORDER BY id DESC LIMIT 1")[0]
    assert (act, rows, actor) == ("activity.save", len(tables), employee(shop, "AH"))
    assert {row[0] for row in shop.store.sql("SELECT activity_id FROM change WHERE activity_id IS NOT NULL")} == {
        saved.id
    }


def test_every_field_of_a_job_is_recorded_with_what_it_was_and_what_it_became(shop: Session) -> None:
    customer = contact(shop, "Åse Bjørn")
    with change_set(shop.store, None, "device.create") as changes:
        device = changes.insert(Device, {"owner": customer.id, "brand": "Sony", "serial": "S-1"})
    sheet = job(shop)
    start = int(sheet.values["start_at"] or 0)
    mine: Values = {
        **dict.fromkeys(TEXTS, "Ødelagt stik"), **dict.fromkeys(FLAGS, True), **dict.fromkeys(AMOUNTS, 10_000),
        "start_at": start + 60, "end_at": start + 7200, "promised_at": start + 9000,
        "type": kind(shop, "TV-Service"), "status": status_of(shop, "Venter på dele"),
        "priority": priority_of(shop, "Høj"), "responsible": employee(shop, "AH"), "customer": customer.id,
        "device": device,
    }  # fmt: skip
    assert set(mine) == set(HEADER)

    activities.save(shop, changed(sheet, **mine))

    told = {
        row[2]: (json.loads(str(row[3])), json.loads(str(row[4])))
        for row in changes_of_last_act(shop.store)
        if row[0] == "activity"
    }
    assert told == {name: (sheet.values[name], value) for name, value in mine.items()}


def test_a_deleted_row_leaves_its_whole_image(shop: Session) -> None:
    sheet = job(shop, lines=[line("Printplade")])
    activities.save(shop, activities.SheetEdit(sheet, sheet.values, (), ()))

    given_up, (table, row_id, field, old, new) = changes_of_last_act(shop.store)
    assert tuple(given_up[:3]) == ("activity_line", sheet.lines[0].id, "planned")  # its pieces go first
    assert (table, row_id, field, new) == ("activity_line", sheet.lines[0].id, "", None)
    told = json.loads(str(old))
    assert (told["text"], told["price"], told["activity"]) == ("Printplade", 12_900, sheet.id)
    assert not again(shop, sheet).lines


def test_an_act_that_changes_nothing_leaves_no_trace(shop: Session) -> None:
    sheet = job(shop)
    before = image(shop.store)
    saved = activities.save(shop, changed(sheet))
    assert (saved.id, saved.number, saved.merged) == (sheet.id, sheet.number, ())
    assert image(shop.store) == before


def test_all_rows_of_an_act_have_its_time(shop: Session) -> None:
    shop.clock = [1_764_000_000.0]
    sheet = job(shop, note="Modtaget")
    assert (sheet.created_at, sheet.changed_at, sheet.notes[0].at) == (1_764_000_000,) * 3
    assert shop.store.sql("SELECT at FROM change_set ORDER BY id DESC LIMIT 1") == [(1_764_000_000,)]


# -- append-only -------------------------------------------------------------------------------------------------


FORBIDDEN = ("UPDATE {table} SET id = id + 1000", "DELETE FROM {table}", "TRUNCATE {table} CASCADE")


def test_nobody_can_change_or_remove_history(shop: Session) -> None:
    job(shop)
    before = image(shop.store)
    for table in ("change_set", "change"):
        for act in FORBIDDEN[: 2 if shop.store.dialect == "sqlite" else 3]:
            with pytest.raises(DatabaseTrouble, match="append-only"), shop.store.transaction():
                shop.store.execute_sql(act.format(table=f'"{table}"'))
    assert image(shop.store) == before


# -- the operation key ---------------------------------------------------------------------------------------------


def test_a_key_is_done_once_it_is_committed(shop: Session) -> None:
    edit = new_edit(shop)
    assert not is_done(shop.store, edit.operation_key)
    activities.save(shop, edit)
    assert is_done(shop.store, edit.operation_key)


def test_a_second_change_set_with_the_same_key_is_refused_whole(shop: Session) -> None:
    key = new_operation_key()
    with change_set(shop.store, None, "test", key) as changes:
        changes.insert(Contact, {"number": 1, "name": "A", "name_key": "a"})
    before = image(shop.store)
    with pytest.raises(DatabaseTrouble), change_set(shop.store, None, "test", key) as changes:
        changes.insert(Contact, {"number": 2, "name": "B", "name_key": "b"})
    assert image(shop.store) == before


def test_a_new_job_saved_again_with_its_key_is_the_same_job(shop: Session) -> None:
    edit = new_edit(shop, lines=[line()], links=[link(contact(shop, "Jensen"))], note="Ring")
    first = activities.save(shop, edit)
    before = image(shop.store)

    again_saved = activities.save(shop, edit)

    assert (again_saved.id, again_saved.number) == (first.id, first.number)
    assert image(shop.store) == before


def test_a_change_saved_again_with_its_key_is_not_doubled(shop: Session) -> None:
    sheet = job(shop)
    edit = activities.SheetEdit(sheet, sheet.values | {"subject": "Ny"}, (), (line(),), "Ring til kunden")
    activities.save(shop, edit)
    before = image(shop.store)
    assert activities.save(shop, edit).id == sheet.id
    assert image(shop.store) == before


def test_a_save_that_is_in_is_not_called_a_conflict_because_others_went_on_from_it(
    two_sessions: tuple[Session, Session],
) -> None:
    anna, bent = two_sessions
    sheet = job(anna, "Første")
    edit = changed(sheet, subject="Annas")
    activities.save(anna, edit)
    activities.save(bent, changed(again(bent, sheet), subject="Bents"))

    assert activities.save(anna, edit).id == sheet.id
    assert again(anna, sheet).values["subject"] == "Bents"


# -- derived columns -----------------------------------------------------------------------------------------------


def test_stage_follows_status_and_total_follows_lines(shop: Session) -> None:
    sheet = job(shop, status=status_of(shop, "Venter på dele"), lines=[line(price=10_000), line("To", -2, 1, 2_500)])
    assert (sheet.stage, sheet.total) == (Stage.WAITING, 12_500)

    fewer = activities.SheetEdit(
        sheet,
        sheet.values | {"status": status_of(shop, "Udført")},
        (),
        (sheet.lines[0]._replace(used=1500, discount=1000),),
    )
    activities.save(shop, fewer)
    now = again(shop, sheet)
    assert (now.stage, now.total) == (Stage.DONE, 13_500)

    activities.save(shop, changed(now, status=None))
    assert again(shop, sheet).stage is Stage.NONE


def test_a_row_that_hangs_on_a_job_raises_the_jobs_version_and_time_of_change(shop: Session) -> None:
    shop.clock = [1_764_000_000.0]
    sheet = job(shop)
    assert sheet.id is not None
    shop.clock = [1_764_000_600.0]
    at_once(shop, [sheet.id], Edit("note", "Kunden har ringet"))
    now = again(shop, sheet)
    assert (now.version, now.changed_at) == (sheet.version + 1, 1_764_000_600)


def test_what_follows_from_others_is_not_taken_from_a_caller_nor_dropped_unsaid(shop: Session) -> None:
    sheet = job(shop)
    before = image(shop.store)
    for given in ({"changed_at": 1}, {"stage": 3}, {"total": 100}, {"version": 7}, {"project_key": "x"}):
        with pytest.raises(ValueError, match=next(iter(given))), change_set(shop.store, None, "test") as changes:
            changes.insert(Activity, {"number": 1, "start_at": 1, "created_at": 1, **given})
        with pytest.raises(ValueError, match=next(iter(given))), change_set(shop.store, None, "test") as changes:
            changes.update(Activity, sheet.id or 0, {"subject": "Andet", **given})
    assert image(shop.store) == before


def test_a_version_is_raised_by_one_for_each_act(shop: Session) -> None:
    sheet = job(shop)
    for number in range(3):
        activities.save(shop, changed(again(shop, sheet), subject=f"Emne {number}"))
    assert again(shop, sheet).version == sheet.version + 3


def test_words_are_found_as_soon_as_the_act_is_committed_and_no_longer_when_they_are_gone(shop: Session) -> None:
    sheet = job(shop, "Zebrafink", lines=[line("Kondensator")], note="Ringeklokke")

    def found(word: str) -> list[tuple[object, ...]]:
        sql, parameters = search.matching(shop.store, "activity_search", [word])
        return shop.store.sql(sql, parameters)

    assert all(found(word) == [(sheet.id,)] for word in ("zebra", "kondens", "ringek"))
    activities.save(shop, activities.SheetEdit(sheet, sheet.values | {"subject": "Papegøje"}, (), ()))
    assert found("papegoeje") == [(sheet.id,)]
    assert found("zebra") == found("kondens") == []


def test_a_job_is_found_by_its_customers_and_devices_new_name(shop: Session) -> None:
    customer = contact(shop, "Gammelnavn")
    linked = contact(shop, "Leverandørnavn", is_supplier=True)
    with change_set(shop.store, None, "device.create") as changes:
        device = changes.insert(Device, {"owner": customer.id, "brand": "Grundig", "serial": "G1"})
    sheet = job(shop, customer=customer.id, device=device, links=[link(linked, "supplier")])

    with change_set(shop.store, None, "contact.save") as changes:
        changes.update(Contact, customer.id, {"name": "Nytnavn", "name_key": "nytnavn"})
        changes.update(Contact, linked.id, {"name": "Andetnavn", "name_key": "andetnavn"})
        changes.update(Device, device, {"brand": "Panasonic"})

    for word in ("nytnavn", "andetnavn", "panasonic"):
        assert [row.id for row in lists.page(shop, lists.resolve(shop, None, word), 10)] == [sheet.id], word
    for word in ("gammelnavn", "leverandoernavn", "grundig"):
        assert lists.page(shop, lists.resolve(shop, None, word), 10) == [], word
    assert again(shop, sheet).version == sheet.version, "the job itself was not changed"


# -- nothing halfway -----------------------------------------------------------------------------------------------


def test_an_act_that_fails_leaves_nothing_of_itself(shop: Session) -> None:
    before = image(shop.store)
    with pytest.raises(ZeroDivisionError), change_set(shop.store, None, "test") as changes:  # noqa: PT012
        number = changes.next_number("activity")
        activity = changes.insert(Activity, {"number": number, "start_at": 1, "created_at": 1, "subject": "Halv"})
        changes.insert(ActivityLine, {"activity": activity, "position": 0, "kind": "part"})
        changes.insert(ActivityNote, {"activity": activity, "at": 1, "text": "Halv"})
        raise ZeroDivisionError
    assert image(shop.store) == before
    job(shop, "Bagefter")


def test_an_act_the_database_refuses_leaves_nothing_and_the_next_one_goes_through(shop: Session) -> None:
    edit = new_edit(shop, customer=987_654_321)  # nobody has this id
    before = image(shop.store)
    with pytest.raises(DatabaseTrouble):
        activities.save(shop, edit)
    assert image(shop.store) == before
    assert job(shop).number == FIRST_NUMBER + 1


def test_who_may_not_leaves_nothing(shop: Session) -> None:
    sheet = job(shop)
    assert shop.employee is not None
    shop.employee = shop.employee._replace(role=Role.READONLY)
    before = image(shop.store)
    with pytest.raises(NotAllowed):
        activities.save(shop, changed(sheet, subject="Nej"))
    shop.employee = None
    with pytest.raises(NotAllowed):
        activities.save(shop, changed(sheet, subject="Nej"))
    assert image(shop.store) == before


def test_a_row_that_is_gone_is_said_to_be_gone(shop: Session) -> None:
    with pytest.raises(NotFound, match="no longer there"), change_set(shop.store, None, "test") as changes:
        changes.update(Contact, 424_242, {"name": "X"})
    with pytest.raises(NotFound):
        read(shop.store, Contact, 424_242)


def test_acts_do_not_nest(shop: Session) -> None:
    with (
        pytest.raises(RuntimeError, match="do not nest"),
        change_set(shop.store, None, "outer"),
        change_set(shop.store, None, "inner"),
    ):
        pass
    job(shop)


# -- numbers -------------------------------------------------------------------------------------------------------


def test_numbers_run_without_gap_however_many_saves_are_refused_between(two_sessions: tuple[Session, Session]) -> None:
    anna, bent = two_sessions
    numbers = []
    for turn in range(TRIES):
        for session in (anna, bent):
            with pytest.raises(DatabaseTrouble):
                activities.save(session, new_edit(session, customer=987_654_321))
            with pytest.raises(Invalid):
                activities.save(session, new_edit(session, "", customer=None))
            sheet = job(session, f"Runde {turn}")
            mine = changed(sheet, subject="A")
            activities.save(session, changed(sheet, subject="B"))
            with pytest.raises(Conflict):
                activities.save(session, mine)
            numbers.append(sheet.number)
    assert numbers == list(range(FIRST_NUMBER + 1, FIRST_NUMBER + 1 + 2 * TRIES))
    assert anna.store.sql("SELECT value FROM counter WHERE name = 'activity'") == [(numbers[-1],)]


def test_a_missing_series_is_named(shop: Session) -> None:
    with pytest.raises(NotFound, match="kvittering"), change_set(shop.store, None, "test") as changes:
        changes.next_number("kvittering")


# -- what is derived -----------------------------------------------------------------------------------------------


def test_only_a_change_of_a_word_writes_the_word_index(shop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = job(shop, lines=[line()], responsible=employee(shop, "AH"))
    assert sheet.id is not None
    written: list[int] = []

    def index(_store: Store, table: Described, ids: set[int]) -> None:
        if table is ACTIVITY:
            written.extend(ids)

    monkeypatch.setattr(indexing, "index", index)
    at_once(shop, [sheet.id], Edit("status", status_of(shop, "I arbejde")))
    activities.save(shop, changed(again(shop, sheet), priority=priority_of(shop, "Høj"), in_task_list=True))
    assert written == []
    activities.save(shop, changed(again(shop, sheet), subject="Ridset skærm"))
    at_once(shop, [sheet.id], Edit("note", "Ring til kunden"))
    assert written == [sheet.id, sheet.id]


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("subject", "Kaffemaskine", "kaffemaskine"),
        ("project", "Sommerhus", "sommerhus"),
        ("fault_told", "Drypper", "drypper"),
        ("fault_found", "Pakning", "pakning"),
        ("user_field1", "Hylde7", "hylde7"),
        ("user_field2", "Rum9", "rum9"),
    ],
)
def test_every_text_of_a_job_is_found_by_its_words_once_it_was_changed(
    shop: Session, field: str, value: str, word: str
) -> None:
    sheet = job(shop)
    activities.save(shop, changed(sheet, **{field: value}))
    query = lists.resolve(shop, None, word)
    assert [row.id for row in lists.page(shop, query, 10)] == [sheet.id]
