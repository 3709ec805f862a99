"""Undo and redo: any act is put back through the merge check, refused with the reason where it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from svc_tui.db.core import indexing
from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.shop_models import Employee
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import DomainError, Invalid, NotAllowed, NotFound
from svc_tui.domain.language.dates import Typed
from svc_tui.domain.queries import NEWEST_FIRST
from svc_tui.domain.records import ContactRow, LinkRole, Stage
from svc_tui.domain.registers import Register
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, open_session, to_seconds
from svc_tui.services.filters import lists, view_reading, views
from svc_tui.services.history import history, inverse, undo
from svc_tui.services.jobs import activities, bulk, links
from svc_tui.services.jobs.bulk import Edit, Selection, Stopped, at_once
from svc_tui.services.people import contacts, registers, settings
from svc_tui.services.stock.devices import NewDevice
from tests.db.jobs import (
    Image,
    again,
    changed,
    contact,
    count,
    employee,
    image,
    job,
    kind,
    line,
    link,
    new_edit,
    set_type,
)
from tests.db.jobs import priority as priority_of
from tests.db.jobs import status as status_of

Two = tuple[Session, Session]
HISTORY = ("change_set", "change", "counter", "activity_search", "contact_search")


def stored(session: Session) -> Image:
    """Everything that people work with: rows without versions and times of change, and whether words find them."""
    found = image(session.store)
    jobs = session.store.sql(
        "SELECT id, number, subject, start_at, end_at, promised_at, done_at, type_id, status_id, stage, priority_id,"
        " responsible_id, customer_id, device_id, project, fault_told, fault_found, total, created_at, created_by_id"
        " FROM activity ORDER BY id"
    )
    hanging = {
        name: session.store.sql(
            f"SELECT {columns} FROM {name} ORDER BY {'activity_id, from_at' if name == 'job_span' else 'id'}"
        )
        for name, columns in (
            ("activity_link", "id, activity_id, contact_id, person_id, role"),
            ("activity_line", "id, activity_id, position, kind, text, planned, used, price, payer, state, transferred"),
            ("device", "id, owner_id, brand, model, serial, serial_key"),
            ("job_span", "activity_id, status_id, stage, responsible_id, from_at, to_at, worked"),
        )
    }
    words = {"activity_search": found["activity_search"], "contact_search": found["contact_search"]}
    kept = {name: rows for name, rows in found.items() if name not in (*HISTORY, "activity", *hanging)}
    return kept | hanging | {"activity": jobs} | (words if session.store.dialect == "postgresql" else {})


def find(session: Session, text: str) -> list[int]:
    return [row.id for row in lists.page(session, lists.resolve(session, None, text), 20)]


def last(store: Store) -> int:
    return int(store.sql("SELECT max(id) FROM change_set")[0][0])


# -- there and back ------------------------------------------------------------------------------------------------


def _save_much(session: Session) -> None:
    """Header, customer, links, lines, a note and a new device, in one save."""
    sheet = activities.open_sheet(session, 1)
    values = sheet.values | {
        "subject": "Andet", "customer": _named(session, "Olsen").id, "status": status_of(session, "Udført"),
        "start_at": int(sheet.values["start_at"] or 0) + 3600, "end_at": None, "in_task_list": True,
        "fault_found": "Stik",
    }  # fmt: skip
    activities.save(
        session,
        activities.SheetEdit(
            sheet, values, (link(_named(session, "Dele A/S"), "supplier", -2),),
            (USED._replace(id=-5, text="Andet kabel"),),
            "Ny note", new_device=NewDevice("Sony", "KD", "SN-77"),
        ),
    )  # fmt: skip


def _new(session: Session) -> None:
    job(session, "Ny sag", lines=[line()], note="Modtaget", links=[link(_named(session, "Olsen"))])


def _named(session: Session, name: str) -> ContactRow:
    return contacts.search(session, name)[0]


USED = line()._replace(planned=0, used=1000, state="used")
"""A part that keeps no job open."""

ACTS: dict[str, Callable[[Session], object]] = {
    "done": lambda session: at_once(session, [1], Edit("done")),
    "status": lambda session: at_once(session, [1, 2], Edit("status", status_of(session, "Venter på dele"))),
    "reassign": lambda session: at_once(session, [1, 2, 3], Edit("responsible", None)),
    "postpone": lambda session: at_once(session, [1, 2], Edit("start", Typed(date(2027, 1, 5), None))),
    "note": lambda session: at_once(session, [2], Edit("note", "Ring til kunden")),
    "link": lambda session: links.add(session, 3, _named(session, "Dele A/S").id, None, LinkRole.PAYER),
    "save": _save_much,
    "new": _new,
    "contact": lambda session: contact(session, "Ny kunde", phone="75 12 34 56"),
    "customer": lambda session: bulk.at_once(session, [1, 2], Edit("customer", _named(session, "Olsen").id)),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_undone_leaves_all_as_before_and_done_again_all_as_after(shop: Session, name: str) -> None:
    jensen, *_ = [contact(shop, who) for who in ("Jensen", "Olsen", "Dele A/S")]
    for number in range(3):
        job(
            shop, f"Sag {number}", lines=[USED], links=[link(jensen)], customer=jensen.id,
            responsible=employee(shop, "AH"), priority=priority_of(shop, "Høj"),
        )  # fmt: skip
    before = stored(shop)
    ACTS[name](shop)
    after = stored(shop)
    assert after != before
    for _ in range(2):
        undone = undo.undo_last(shop)
        assert stored(shop) == before
        redone = undo.redo_last(shop)
        assert stored(shop) == after
        assert (redone.act, redone.redone, undone.redone) == (undone.act, True, False)
    assert list(findings(shop.store)) == []


def test_undo_and_redo_work_after_a_restart(shop: Session, database_url: str) -> None:
    sheet = job(shop)
    at_once(shop, [sheet.id or 0], Edit("done"))
    other = open_database(database_url)
    try:
        later = open_session(other, shop.employee, "da")
        assert undo.undo_last(later).act == "activity.done"
        assert again(later, sheet).stage is Stage.READY
        assert undo.redo_last(later).act == "activity.done"
        assert again(later, sheet).stage is Stage.DONE
    finally:
        other.close()


# -- which act -----------------------------------------------------------------------------------------------------


def test_undo_goes_back_act_by_act_and_redo_forward_again(shop: Session) -> None:
    sheet = job(shop)
    names = ("I arbejde", "Venter på dele", "Udført")
    for name in names:
        at_once(shop, [sheet.id or 0], Edit("status", status_of(shop, name)))

    def now() -> str:
        found = shop.registers.status(int(again(shop, sheet).values["status"] or 0))
        assert found is not None
        return found.name

    for name in ("Venter på dele", "I arbejde"):
        undo.undo_last(shop)
        assert now() == name
    for name in names[1:]:
        undo.redo_last(shop)
        assert now() == name
    undo.undo_last(shop)
    assert now() == "Venter på dele"


def test_something_new_ends_what_can_be_done_again(shop: Session) -> None:
    sheet = job(shop)
    at_once(shop, [sheet.id or 0], Edit("done"))
    undo.undo_last(shop)
    at_once(shop, [sheet.id or 0], Edit("note", "Ring"))
    with pytest.raises(Invalid, match="something else since"):
        undo.redo_last(shop)


def test_without_an_act_there_is_nothing_to_undo(shop: Session) -> None:
    with pytest.raises(Invalid, match="nothing of yours"):
        undo.undo_last(shop)


def test_what_cannot_be_undone_is_not_passed_over_to_something_older(
    shop: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(inverse.PUT_BACK, "activity_type")
    sheet = job(shop)
    at_once(shop, [sheet.id or 0], Edit("done"))
    registers.rename(shop, Register.TYPE, kind(shop, "TV-Service"), "Fjernsyn")
    with pytest.raises(Invalid, match="is not undone"):
        undo.undo_last(shop)
    assert again(shop, sheet).stage is Stage.DONE


def test_signing_in_is_nobodys_last_act(shop: Session) -> None:
    sheet = job(shop)
    at_once(shop, [sheet.id or 0], Edit("done"))
    with change_set(shop.store, employee(shop, "AH"), "employee.login") as changes:
        changes.update(Employee, employee(shop, "AH"), {"login": "anna"})
    assert undo.undo_last(shop).act == "activity.done"


def test_settings_between_do_not_keep_one_from_doing_it_again(shop: Session) -> None:
    sheet = job(shop)
    at_once(shop, [sheet.id or 0], Edit("done"))
    undo.undo_last(shop)
    settings.save(shop, settings.load(shop).with_columns("simple", "jobs"))
    assert undo.redo_last(shop).act == "activity.done"


def test_the_last_act_is_second_once_the_one_after_it_was_undone(shop: Session) -> None:
    sheet = job(shop)
    at_once(shop, [sheet.id or 0], Edit("note", "Ring"))
    at_once(shop, [sheet.id or 0], Edit("done"))
    assert (undo.last_act(shop).head.act, undo.last_act(shop).is_second) == ("activity.done", False)
    undo.undo_last(shop)
    assert (undo.last_act(shop).head.act, undo.last_act(shop).is_second) == ("activity.note", True)
    undo.redo_last(shop)
    assert (undo.last_act(shop).head.act, undo.last_act(shop).is_second) == ("activity.done", False)


def test_it_is_asked_before_a_job_goes_before_many_and_before_what_is_of_another_day_or_session(
    shop: Session, database_url: str
) -> None:
    def asks(session: Session) -> bool:
        return undo.asks_first(session, undo.prospect(session, undo.last_to_undo(session)))

    shop.clock = [float(to_seconds(datetime(2026, 11, 24, 9, 0)))]
    sheets = [job(shop, f"Sag {number}") for number in range(4)]
    assert asks(shop), "a job would be gone"
    ids = [sheet.id or 0 for sheet in sheets]
    at_once(shop, ids[:3], Edit("done"))
    assert not asks(shop)
    at_once(shop, ids, Edit("responsible", employee(shop, "AH")))
    assert asks(shop), "four jobs"
    undo.undo_last(shop)
    assert not asks(shop)
    other = open_database(database_url)
    try:
        later = open_session(other, shop.employee, "da")
        later.clock = list(shop.clock)
        assert asks(later), "another session"
    finally:
        other.close()
    shop.clock = [float(to_seconds(datetime(2026, 11, 25, 9, 0)))]
    assert asks(shop), "another day"


def test_what_is_done_again_is_named_by_its_job(shop: Session) -> None:
    sheet = job(shop, "Sag", lines=[line()], note="Modtaget", links=[link(contact(shop, "Olsen"))])
    activities.save(shop, changed(again(shop, sheet), subject="Andet"))
    gone = undo.undo_last(shop)
    assert (gone.number, gone.subject, gone.registered) == (sheet.number, "Andet", False)
    gone = undo.undo_last(shop)
    assert (gone.number, gone.subject, gone.registered) == (sheet.number, "Sag", True)
    back = undo.redo_last(shop)
    assert (back.number, back.subject, back.redone, back.registered) == (sheet.number, "Sag", True, True)


def test_an_act_is_undone_once(shop: Session) -> None:
    sheet = job(shop)
    at_once(shop, [sheet.id or 0], Edit("done"))
    act = last(shop.store)
    undo.undo(shop, act)
    with pytest.raises(Invalid, match="undone already"):
        undo.undo(shop, act)
    undo.redo_last(shop)
    undo.undo(shop, act)
    assert again(shop, sheet).stage is Stage.READY


def test_an_act_that_does_not_exist_is_not_found(shop: Session) -> None:
    with pytest.raises(NotFound):
        undo.undo(shop, 4711)


def test_ones_own_settings_are_undone_and_done_again_as_one_thing(shop: Session) -> None:
    first = settings.load(shop)._replace(columns="simple", opening_filter="tv", mouse=True, note_stamp=False)
    settings.save(shop, first)
    second = first._replace(columns="advanced", language="en")
    settings.save(shop, second)
    gone = undo.undo_last(shop)
    assert (gone.jobs, gone.number, gone.subject) == (1, 0, "")
    assert settings.load(shop) == first
    undo.redo_last(shop)
    assert settings.load(shop) == second
    undo.undo_last(shop)
    undo.undo_last(shop)
    assert settings.load(shop) == settings.UserSettings()


def test_settings_that_were_set_anew_since_stay(shop: Session) -> None:
    simple = settings.UserSettings(columns="simple")
    settings.save(shop, simple)
    taken = last(shop.store)
    undo.undo(shop, taken)
    undone = last(shop.store)
    settings.save(shop, settings.UserSettings(columns="advanced"))
    with pytest.raises(Invalid, match="something else since"):
        undo.redo_last(shop)
    with pytest.raises(Invalid, match="set anew since"):
        undo.undo(shop, undone)
    settings.save(shop, settings.load(shop)._replace(columns="own"))
    with pytest.raises(Invalid, match="was changed by"):
        undo.undo(shop, last(shop.store) - 1)
    assert settings.load(shop).columns == "own"


def test_a_view_that_was_saved_changed_or_deleted_is_put_back(shop: Session) -> None:
    view = views.save(shop, views.ViewDraft("Mine", "tv", "product", NEWEST_FIRST, "m"))
    view = views.change(shop, view, views.ViewDraft("Egne", "radio", "product", NEWEST_FIRST, "e"))
    views.delete(shop, view)
    assert undo.undo_last(shop).subject == "Egne"
    assert [(found.name, found.text) for found in view_reading.visible(shop)] == [("Egne", "radio")]
    undo.undo_last(shop)
    assert [(found.name, found.text) for found in view_reading.visible(shop)] == [("Mine", "tv")]
    undo.undo_last(shop)
    assert view_reading.visible(shop) == []
    undone = last(shop.store)
    views.save(shop, views.ViewDraft("mine", "tv", "product"))
    with pytest.raises(Invalid, match="already"):
        undo.undo(shop, undone)


def test_a_table_that_is_changed_back_by_hand_is_not_undone(shop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(inverse.PUT_BACK, "activity_type")
    registers.rename(shop, Register.TYPE, kind(shop, "TV-Service"), "Fjernsyn")
    with pytest.raises(Invalid, match="Registers"):
        undo.undo(shop, last(shop.store))


def test_what_others_did_takes_the_right_to_undo_it(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna)
    at_once(anna, [sheet.id or 0], Edit("done"))
    act = last(anna.store)
    assert bent.employee is not None
    supervisor = bent.employee
    bent.employee = supervisor._replace(role=Role.COUNTER)
    with pytest.raises(NotAllowed):
        undo.undo(bent, act)
    with pytest.raises(Invalid):
        undo.undo_last(bent)
    bent.employee = supervisor
    undo.undo(bent, act)
    assert again(anna, sheet).stage is Stage.READY
    anna.employee = anna.employee._replace(role=Role.READONLY) if anna.employee else None
    with pytest.raises(NotAllowed):
        undo.undo_last(anna)


# -- what cannot be put back ---------------------------------------------------------------------------------------


def test_a_field_that_somebody_changed_since_is_not_put_back_and_it_is_said_who_did(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna)
    activities.save(anna, changed(sheet, subject="Annas", priority=priority_of(anna, "Høj")))
    act = last(anna.store)
    activities.save(bent, changed(again(bent, sheet), subject="Bents"))
    before = image(anna.store)
    with pytest.raises(Invalid, match="BK"):
        undo.undo(anna, act)
    assert image(anna.store) == before


def test_another_field_that_somebody_changed_since_stays(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna, "Før")
    activities.save(anna, changed(sheet, subject="Efter"))
    activities.save(bent, changed(again(bent, sheet), project="Bents"))
    undo.undo_last(anna)
    values = again(anna, sheet).values
    assert (values["subject"], values["project"]) == ("Før", "Bents")


def test_of_many_jobs_those_that_can_are_put_back_and_the_others_are_told(two_sessions: Two) -> None:
    anna, bent = two_sessions
    ids = [job(anna, f"Sag {number}").id or 0 for number in range(6)]
    bulk.at_once(anna, ids, Edit("priority", priority_of(anna, "Høj")))
    bulk.at_once(bent, ids[2:3], Edit("priority", priority_of(anna, "Lav")))
    found = undo.prospect(anna, undo.last_to_undo(anna))
    assert (len(found.written), [refusal.subject for refusal in found.refused]) == (5, ["Sag 2"])
    undone = undo.carry_out(anna, found)
    assert (undone.jobs, [refusal.subject for refusal in undone.refused]) == (5, ["Sag 2"])
    assert "BK" in undone.refused[0].sentence()
    normal = priority_of(anna, "Normal")
    values = [activities.open_sheet(anna, activity_id).values["priority"] for activity_id in ids]
    assert values == [normal, normal, priority_of(anna, "Lav"), normal, normal, normal]


def test_what_somebody_changes_between_the_look_and_the_act_is_seen(two_sessions: Two) -> None:
    anna, bent = two_sessions
    ids = [job(anna, f"Sag {number}").id or 0 for number in range(3)]
    bulk.at_once(anna, ids, Edit("priority", priority_of(anna, "Høj")))
    found = undo.prospect(anna, undo.last_to_undo(anna))
    bulk.at_once(bent, ids[:1], Edit("priority", priority_of(anna, "Lav")))
    activities.save(bent, changed(activities.open_sheet(bent, ids[1]), subject="Bents"))
    undone = undo.carry_out(anna, found)
    assert (undone.jobs, [refusal.subject for refusal in undone.refused]) == (2, ["Sag 0"])
    assert activities.open_sheet(anna, ids[1]).values["subject"] == "Bents"
    assert list(findings(anna.store)) == []


def test_none_of_many_is_said_with_the_first(two_sessions: Two) -> None:
    anna, bent = two_sessions
    ids = [job(anna, f"Sag {number}").id or 0 for number in range(2)]
    bulk.at_once(anna, ids, Edit("priority", priority_of(anna, "Høj")))
    bulk.at_once(bent, ids, Edit("priority", priority_of(anna, "Lav")))
    with pytest.raises(Invalid, match=r"None of these 2 .*Sag 0.*BK"):
        undo.undo_last(anna)


def test_what_the_type_demands_now_is_not_taken_away_by_an_undo(shop: Session) -> None:
    tv = kind(shop, "TV-Service")
    sheet = job(shop, type=tv)
    at_once(shop, [sheet.id or 0], Edit("responsible", None))
    at_once(shop, [sheet.id or 0], Edit("responsible", employee(shop, "AH")))
    set_type(shop, tv, responsible_required=True)
    with pytest.raises(Invalid, match="TV-Service"):
        undo.undo_last(shop)


def test_a_line_that_went_to_an_order_is_not_touched(shop: Session) -> None:
    sheet = job(shop)
    activities.save(shop, activities.SheetEdit(sheet, sheet.values, (), (line("Kabel"),)))
    act = last(shop.store)
    shop.store.execute_sql("UPDATE activity_line SET transferred = 5 WHERE id = ?", (again(shop, sheet).lines[0].id,))
    with pytest.raises(Invalid, match="locked"):
        undo.undo(shop, act)


# -- what came ----------------------------------------------------------------------------------------------------


def test_a_new_job_undone_is_gone_and_its_number_is_never_given_again(shop: Session) -> None:
    saved = activities.save(shop, new_edit(shop, "Fortrudt", note="Modtaget"))
    undone = undo.undo_last(shop)
    assert (undone.number, undone.subject, undone.jobs) == (saved.number, "Fortrudt", 1)
    assert (count(shop.store, "activity"), count(shop.store, "activity_note")) == (0, 0)
    assert find(shop, "fortrudt") == []
    assert [row.field for row in history.of_activity(shop, saved.id)] == [""] * 4
    assert job(shop, "Næste").number == saved.number + 1
    undo.undo_last(shop)
    with pytest.raises(Invalid):
        undo.undo(shop, 1)


def test_a_job_comes_back_with_its_id_number_and_words(shop: Session) -> None:
    sheet = job(shop, "Fortrudt", lines=[line()], note="Modtaget")
    undo.undo_last(shop)
    undo.redo_last(shop)
    back = again(shop, sheet)
    assert (back.number, back.total, [note.text for note in back.notes]) == (sheet.number, sheet.total, ["Modtaget"])
    assert back.lines[0].id == sheet.lines[0].id
    assert find(shop, "fortrudt hdmi") == [sheet.id]
    at_once(shop, [sheet.id or 0], Edit("note", "Videre"))


@pytest.mark.parametrize("act", ["note", "status"])
def test_a_new_job_that_others_worked_on_stays(two_sessions: Two, act: str) -> None:
    anna, bent = two_sessions
    sheet = job(anna)
    if act == "note":
        at_once(bent, [sheet.id or 0], Edit("note", "Ring"))
    else:
        at_once(bent, [sheet.id or 0], Edit("status", status_of(bent, "I arbejde")))
    before = image(anna.store)
    with pytest.raises(Invalid):
        undo.undo_last(anna)
    assert image(anna.store) == before


def test_a_contact_created_apart_goes_with_the_next_undo_unless_it_is_used(shop: Session) -> None:
    customer = contact(shop, "Jensen")
    create = last(shop.store)
    job(shop, customer=customer.id)
    with pytest.raises(Invalid, match="Jensen stays"):
        undo.undo(shop, create)
    undo.undo_last(shop)
    assert undo.undo_last(shop).subject == "Jensen"
    assert count(shop.store, "contact") == 0
    assert contact(shop, "Olsen").number == customer.number + 1


def test_a_device_that_another_job_uses_by_now_stays_and_it_is_said(shop: Session) -> None:
    customer = contact(shop, "Jensen")
    edit = new_edit(shop, customer=customer.id)
    saved = activities.save(
        shop,
        activities.SheetEdit(edit.base, edit.values, (), (), new_device=NewDevice("Sony", "KD", "SN-1")),
    )
    act = last(shop.store)
    device = activities.open_sheet(shop, saved.id).values["device"]
    job(shop, "Anden sag", customer=customer.id, device=device)
    undone = undo.undo(shop, act)
    assert [str(kept) for kept in undone.kept] == ["Sony KD SN-1 stays: it is used elsewhere by now."]
    assert (count(shop.store, "activity"), count(shop.store, "device")) == (1, 1)
    undo.redo_last(shop)
    assert activities.open_sheet(shop, saved.id).values["device"] == device


def test_a_link_made_again_by_somebody_else_is_not_doubled(two_sessions: Two) -> None:
    anna, bent = two_sessions
    supplier = contact(anna, "Dele A/S")
    sheet = job(anna, links=[link(supplier, "supplier")])
    activities.save(anna, activities.SheetEdit(sheet, sheet.values | {"subject": "Ny"}, (), ()))
    links.add(bent, sheet.id or 0, supplier.id, None, LinkRole.SUPPLIER)
    undo.undo_last(anna)
    now = again(anna, sheet)
    assert (now.values["subject"], [entry.contact for entry in now.links]) == (sheet.values["subject"], ["Dele A/S"])


# -- many ------------------------------------------------------------------------------------------------------------


def test_an_undo_of_many_can_be_stopped(shop: Session) -> None:
    ids = [job(shop, f"Sag {number}").id or 0 for number in range(5)]
    bulk.at_once(shop, ids, Edit("done"))
    before = image(shop.store)
    with pytest.raises(Stopped):
        undo.undo(shop, last(shop.store), wanted=lambda: False)
    assert image(shop.store) == before


def test_an_undo_of_many_changes_only_what_was_done_and_no_word_is_indexed(
    shop: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = tuple(job(shop, f"Sag {number}").id or 0 for number in range(12))
    before = stored(shop)
    plan = bulk.plan(shop, Selection(ids), Edit("done"))
    bulk.carry_out(shop, plan)
    indexed: list[int] = []
    monkeypatch.setattr(indexing, "index", lambda _store, _table, ids: indexed.extend(ids))
    undone = undo.undo_last(shop)
    assert (undone.jobs, undone.rows, indexed) == (12, 24, [])
    assert stored(shop) == before


# -- the acts of late ----------------------------------------------------------------------------------------------


def test_the_acts_of_late_say_who_did_what_to_how_many_and_what_is_undone(two_sessions: Two) -> None:
    anna, bent = two_sessions
    ids = [job(anna, f"Sag {number}").id or 0 for number in range(3)]
    bulk.at_once(bent, ids, Edit("done"))
    undo.undo_last(bent)
    undoing, done, newest, *_ = history.recent(anna, 10)
    assert (done.act, done.jobs, done.rows, done.subject, done.is_undone) == ("activity.done", 3, 6, "Sag 0", True)
    assert (undoing.act, undoing.root, undoing.is_undone, undoing.undoes) == (
        "act.undo",
        "activity.done",
        False,
        done.id,
    )
    assert (newest.act, newest.jobs, newest.subject) == ("activity.save", 1, "Sag 2")
    assert {act.actor_id for act in history.recent(anna, 10, mine_only=True)} == {employee(anna, "AH")}
    assert [act.id for act in history.recent(anna, 2, before=undoing.id)] == [done.id, newest.id]
    assert [act.id for act in history.recent(anna, 1, newer_than=newest.id)] == [done.id]


def test_a_job_that_is_gone_and_a_contact_are_still_named(shop: Session) -> None:
    jensen = contact(shop, "Jensen")
    sheet = job(shop, "Fortrudt")
    undo.undo_last(shop)
    undoing, saved, created, *_ = history.recent(shop, 5)
    assert (saved.number, saved.subject) == (undoing.number, undoing.subject) == (sheet.number, "Fortrudt")
    assert (created.number, created.subject) == (jensen.number, "Jensen")


def test_what_an_act_changed_is_read_page_by_page(shop: Session) -> None:
    ids = [job(shop, f"Sag {number}").id or 0 for number in range(3)]
    bulk.at_once(shop, ids, Edit("done"))
    act = last(shop.store)
    first = history.of_act(shop, act, 4)
    rest = history.of_act(shop, act, 4, after=first[-1].id)
    assert [step.subject for step in (*first, *rest)] == ["Sag 0", "Sag 0", "Sag 1", "Sag 1", "Sag 2", "Sag 2"]
    assert {step.history.field for step in first} == {"status", "done_at"}
    assert history.of_act(shop, act, 4, before=rest[0].id) == first


def test_every_refusal_is_a_sentence(shop: Session) -> None:
    with pytest.raises(DomainError) as refused:
        undo.undo(shop, 4711)
    assert "4711" in str(refused.value)
