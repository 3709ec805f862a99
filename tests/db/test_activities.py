"""Service jobs: their defaults, saving them alone and with somebody else in them, and the acts of the lists."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest

from svc_tui.db.core.changes import Value, change_set
from svc_tui.db.core.job_models import Activity
from svc_tui.db.core.people_models import Device
from svc_tui.db.core.shop_models import ActivityStatus, Employee
from svc_tui.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from svc_tui.domain.job_fields import AMOUNTS, FLAGS, GROUPS, HEADER, TEXTS
from svc_tui.domain.language.dates import Typed
from svc_tui.domain.records import Stage
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, to_local, to_seconds
from svc_tui.services.filters import lists
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.people.setup import FIRST_NUMBER
from svc_tui.services.stock.devices import NewDevice
from tests.db.jobs import (
    again,
    changed,
    contact,
    employee,
    image,
    job,
    kind,
    line,
    link,
    new_edit,
    set_company,
    set_type,
    typed,
)
from tests.db.jobs import priority as priority_of
from tests.db.jobs import status as status_of

Two = tuple[Session, Session]
MONDAY = 1_763_978_400  # 2025-11-24 10:00 UTC


@pytest.fixture
def in_denmark(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


# -- a new job -----------------------------------------------------------------------------------------------------


def test_a_new_job_starts_now_is_ready_and_normal_and_lasts_as_long_as_the_company_says(shop: Session) -> None:
    shop.clock = [MONDAY + 42.0]
    sheet = activities.new_sheet(shop, None, {})
    assert (sheet.id, sheet.number, set(sheet.values)) == (None, None, set(HEADER))
    assert (sheet.values["start_at"], sheet.values["end_at"]) == (MONDAY, MONDAY + 3600)
    assert sheet.values["status"] == status_of(shop, "Ubehandlet")
    assert sheet.values["priority"] == priority_of(shop, "Normal")
    assert sheet.values["type"] is sheet.values["responsible"] is sheet.values["customer"] is None


def test_the_users_own_type_brings_its_status_responsible_and_duration(shop: Session) -> None:
    tv, anna = kind(shop, "TV-Service"), employee(shop, "AH")
    set_type(
        shop, tv, default_status=status_of(shop, "I arbejde"), default_responsible=anna, default_duration=90
    )  # fmt: skip
    sheet = activities.new_sheet(shop, None, {"type": tv})
    start = int(sheet.values["start_at"] or 0)
    assert (sheet.values["status"], sheet.values["responsible"]) == (status_of(shop, "I arbejde"), anna)
    assert sheet.values["end_at"] == start + 90 * 60


def test_what_the_user_decided_for_himself_comes_before_what_the_type_says(two_sessions: Two) -> None:
    anna, _ = two_sessions
    tv = kind(anna, "TV-Service")
    set_type(anna, tv, default_status=status_of(anna, "I arbejde"), default_responsible=employee(anna, "AH"))
    own: dict[str, int | None] = {
        "type": tv, "status": status_of(anna, "Venter på dele"), "responsible": employee(anna, "BK"),
        "priority": priority_of(anna, "Høj"),
    }  # fmt: skip
    values = activities.new_sheet(anna, None, own).values
    assert {name: values[name] for name in own} == own


def test_a_type_that_the_list_does_not_offer_is_not_taken(shop: Session) -> None:
    customer_list = shop.registers.list_by_code("customer")
    assert customer_list is not None
    tv = kind(shop, "TV-Service")
    assert activities.new_sheet(shop, customer_list.id, {"type": tv}).values["type"] is None


def test_retired_values_are_not_given_to_new_jobs_but_stay_on_old_ones(two_sessions: Two) -> None:
    anna, _ = two_sessions
    tv, ready, bk = kind(anna, "TV-Service"), status_of(anna, "I arbejde"), employee(anna, "BK")
    own: dict[str, int | None] = {"type": tv, "status": ready, "responsible": bk, "priority": None}
    old = job(anna, type=tv, status=ready, responsible=bk)
    set_type(anna, kind(anna, "PC-Service"), default_status=ready, default_responsible=bk)
    with change_set(anna.store, None, "retire") as changes:
        changes.update(ActivityStatus, ready, {"retired": True})
        changes.update(Employee, bk, {"retired": True})
    set_type(anna, tv, retired=True)

    values = activities.new_sheet(anna, None, own).values
    assert (values["type"], values["status"], values["responsible"]) == (None, status_of(anna, "Ubehandlet"), None)
    pc = activities.new_sheet(anna, None, {"type": kind(anna, "PC-Service")}).values
    assert (pc["status"], pc["responsible"]) == (status_of(anna, "Ubehandlet"), None)

    activities.save(anna, changed(old, subject="Stadig hos Bent"))
    kept = again(anna, old).values
    assert (kept["type"], kept["status"], kept["responsible"]) == (tv, ready, bk)
    assert [row.id for row in lists.page(anna, lists.resolve(anna, "product", "ansv:bk"), 9)] == [old.id]


# -- saving --------------------------------------------------------------------------------------------------------


def test_a_saved_job_opens_as_it_was_typed(shop: Session) -> None:
    shop.clock = [float(MONDAY)]
    customer = contact(shop, "Jensen & Søn ApS", phone="20304050")
    sheet = job(
        shop, "  Tændt,\tmen intet billede\x07 ", links=[link(customer)], lines=[line()], note="Kunden venter\r\nher",
        customer=customer.id, status=status_of(shop, "Venter på dele"), fault_told="Linje 1\nLinje 2",
        in_task_list=True, promised_at=MONDAY + 7200,
    )  # fmt: skip
    assert sheet.number == FIRST_NUMBER + 1
    assert sheet.values["subject"] == "Tændt, men intet billede"
    assert sheet.values["fault_told"] == "Linje 1\nLinje 2"
    assert sheet.values["in_task_list"] is True
    assert sheet.customer == customer
    assert [(note.text, note.author_id, note.stamped) for note in sheet.notes] == [
        ("Kunden venter\nher", employee(shop, "AH"), True)
    ]
    assert (sheet.created_by, sheet.created_at) == (employee(shop, "AH"), MONDAY)
    assert activities.id_of_number(shop, FIRST_NUMBER + 1) == sheet.id
    assert activities.id_of_number(shop, FIRST_NUMBER + 2) is None


def test_an_empty_job_is_refused_and_the_subject_named(shop: Session) -> None:
    before = image(shop.store)
    with pytest.raises(Invalid) as refused:
        activities.save(shop, new_edit(shop, " \t\x1b[31m "))
    assert refused.value.field == "subject"
    assert image(shop.store) == before


def test_a_device_or_a_line_or_a_customer_is_enough(shop: Session) -> None:
    customer = contact(shop, "Jensen")
    sheet = activities.new_sheet(shop, None, {})
    for edit in (
        new_edit(shop, "", customer=customer.id),
        new_edit(shop, "", lines=[line()]),
        SheetEdit(sheet, sheet.values, (), (), new_device=NewDevice("Sony", "Bravia", "S-1")),
    ):
        assert activities.save(shop, edit).id


def test_a_job_without_a_start_starts_now(shop: Session) -> None:
    shop.clock = [MONDAY + 42.0]
    assert job(shop, start_at=None, end_at=None).values["start_at"] == MONDAY


def test_an_end_before_the_start_is_refused_and_named(shop: Session) -> None:
    sheet = job(shop)
    with pytest.raises(Invalid) as refused:
        activities.save(shop, changed(sheet, end_at=int(sheet.values["start_at"] or 0) - 60))
    assert refused.value.field == "end_at"


@pytest.mark.parametrize(
    ("rule", "field"), [("responsible_required", "responsible"), ("customer_required", "customer")]
)
def test_what_a_type_requires_is_named_when_it_is_missing(shop: Session, rule: str, field: str) -> None:
    garanti = kind(shop, "Garantireparation")
    set_type(shop, garanti, responsible_required=False, customer_required=False)
    set_type(shop, garanti, **{rule: True})
    before = image(shop.store)
    with pytest.raises(Invalid, match="Garantireparation") as refused:
        job(shop, type=garanti)
    assert refused.value.field == field
    assert image(shop.store) == before
    job(shop, type=garanti, responsible=employee(shop, "AH"), customer=contact(shop, "Jensen").id)


def test_what_a_type_requires_holds_also_when_somebody_else_chose_the_type(two_sessions: Two) -> None:
    anna, bent = two_sessions
    tv = kind(anna, "TV-Service")
    set_type(anna, tv, responsible_required=True)
    bent.reload_registers()
    sheet = job(anna, responsible=employee(anna, "AH"))
    activities.save(anna, changed(sheet, type=tv))
    before = image(anna.store)
    with pytest.raises(Invalid) as refused:
        activities.save(bent, changed(sheet, responsible=None))
    assert refused.value.field == "responsible"
    assert image(anna.store) == before


def test_a_note_entry_is_cleaned_and_an_empty_one_refused(shop: Session) -> None:
    sheet = job(shop)
    assert sheet.id is not None
    at_once(shop, [sheet.id], Edit("note", "Kunden\x1b]0;x\x07 ringer"))
    assert again(shop, sheet).notes[0].text == "Kunden ringer"
    with pytest.raises(Invalid):
        at_once(shop, [sheet.id], Edit("note", " \n "))


def test_a_job_that_is_not_there_is_said_to_be_gone(shop: Session) -> None:
    with pytest.raises(NotFound):
        activities.open_sheet(shop, 424_242)


# -- two people in one job -----------------------------------------------------------------------------------------


def other_values(session: Session) -> dict[str, tuple[Value, Value]]:
    """For each field of the header two values that a fresh job does not have."""
    customers = contact(session, "Jensen").id, contact(session, "Holm").id
    with change_set(session.store, None, "device.create") as changes:
        devices = changes.insert(Device, {"brand": "Sony"}), changes.insert(Device, {"brand": "Philips"})
    found: dict[str, tuple[Value, Value]] = dict.fromkeys(TEXTS, ("en", "to"))
    found |= dict.fromkeys(FLAGS, (True, True)) | dict.fromkeys(AMOUNTS, (10_000, 20_000))
    return found | {
        "start_at": (MONDAY - 60, MONDAY - 120), "end_at": (MONDAY + 7200, MONDAY + 9000),
        "promised_at": (MONDAY + 1, MONDAY + 2), "type": (kind(session, "TV-Service"), kind(session, "PC-Service")),
        "status": (status_of(session, "I arbejde"), status_of(session, "Venter på dele")),
        "priority": (priority_of(session, "Høj"), priority_of(session, "Lav")),
        "responsible": (employee(session, "AH"), employee(session, "BK")), "customer": customers, "device": devices,
    }  # fmt: skip


def test_every_pair_of_different_fields_is_kept_in_both_orders_unless_they_belong_together(two_sessions: Two) -> None:
    anna, bent = two_sessions
    anna.clock = bent.clock = [float(MONDAY)]
    values = other_values(anna)
    assert set(values) == set(HEADER)
    for theirs, mine in permutations(HEADER, 2):
        sheet = job(anna)
        activities.save(anna, changed(sheet, **{theirs: values[theirs][0]}))
        edit = changed(sheet, **{mine: values[mine][1]})
        if any(theirs in group and mine in group for group in GROUPS):
            with pytest.raises(Conflict) as refused:
                activities.save(bent, edit)
            assert {theirs, mine} <= set(refused.value.fields)
            assert again(anna, sheet).values == sheet.values | {theirs: values[theirs][0]}
            continue
        assert activities.save(bent, edit).merged == (theirs,)
        assert again(anna, sheet).values == sheet.values | {theirs: values[theirs][0], mine: values[mine][1]}


def test_the_same_field_is_a_conflict_and_nothing_at_all_is_written(two_sessions: Two) -> None:
    anna, bent = two_sessions
    anna.clock = bent.clock = [float(MONDAY)]
    values = other_values(anna)
    stranger = contact(bent, "Ny")
    for field in HEADER:
        if field in FLAGS:
            continue  # of two values, the other one is the same for both
        hers, his = values[field]
        sheet = job(anna)
        activities.save(anna, changed(sheet, **{field: hers}))
        before = image(anna.store)
        other: dict[str, Value] = {"project" if field != "project" else "subject": "også"}
        mine = SheetEdit(
            sheet, sheet.values | {field: his} | other, (link(stranger),), (line(),), "Bents note",
            new_device=None if field in ("device", "customer") else NewDevice("Sony", "", "NY-1"),
        )  # fmt: skip

        with pytest.raises(Conflict) as refused:
            activities.save(bent, mine)

        assert field in refused.value.fields
        assert image(anna.store) == before, field


def test_the_same_change_by_both_is_no_conflict(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna)
    activities.save(anna, changed(sheet, subject="Ens"))
    assert activities.save(bent, changed(sheet, subject="Ens")).merged == ()


def test_note_entries_of_both_are_kept_in_order(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna)
    for session, text in ((anna, "Annas"), (bent, "Bents"), (anna, "Annas anden")):
        activities.save(session, SheetEdit(sheet, sheet.values, (), (), text))
    notes = again(anna, sheet).notes
    assert [note.text for note in notes] == ["Annas anden", "Bents", "Annas"]
    assert notes[1].author_id == employee(anna, "BK")


def test_two_new_jobs_get_two_numbers(two_sessions: Two) -> None:
    anna, bent = two_sessions
    edits = new_edit(anna, "Annas"), new_edit(bent, "Bents")
    assert [activities.save(session, edit).number for session, edit in zip(two_sessions, edits, strict=True)] == [
        FIRST_NUMBER + 1,
        FIRST_NUMBER + 2,
    ]


# -- done ----------------------------------------------------------------------------------------------------------


def test_done_sets_the_done_keys_status_and_the_time_and_leaves_the_end(shop: Session) -> None:
    shop.clock = [float(MONDAY)]
    sheet = job(shop, type=kind(shop, "TV-Service"))
    assert sheet.id is not None
    shop.clock = [MONDAY + 600.0]
    assert at_once(shop, [sheet.id], Edit("done")) == 1
    now = again(shop, sheet)
    expected = shop.registers.done_status(shop.registers.types[0].lists)
    assert expected is not None
    assert (now.values["status"], now.stage, now.done_at) == (expected.id, Stage.DONE, MONDAY + 600)
    assert now.values["end_at"] == sheet.values["end_at"]
    assert at_once(shop, [sheet.id], Edit("done")) == 0


def test_a_job_that_is_taken_up_again_is_not_done(shop: Session) -> None:
    sheet = job(shop)
    assert sheet.id is not None
    at_once(shop, [sheet.id], Edit("done"))
    at_once(shop, [sheet.id], Edit("status", status_of(shop, "I arbejde")))
    now = again(shop, sheet)
    assert (now.stage, now.done_at) == (Stage.WORKING, None)


def test_the_time_a_job_was_done_stays_when_it_goes_from_one_done_status_to_another(shop: Session) -> None:
    shop.clock = [float(MONDAY)]
    done = [entry.id for entry in shop.registers.statuses if entry.stage is Stage.DONE]
    sheet = job(shop, status=done[0])
    assert sheet.done_at == MONDAY
    shop.clock = [MONDAY + 600.0]
    activities.save(shop, changed(sheet, status=done[1]))
    assert again(shop, sheet).done_at == MONDAY


@pytest.mark.parametrize(
    ("rule", "in_task_list", "moved"),
    [("never", True, False), ("tasklist", False, False), ("tasklist", True, True), ("always", False, True)],
)
def test_the_end_follows_the_companys_rule_when_a_job_is_done(
    shop: Session, rule: str, in_task_list: bool, moved: bool
) -> None:
    shop.clock = [float(MONDAY)]
    set_company(shop, done_end_rule=rule)
    from_list, from_sheet = (job(shop, in_task_list=in_task_list) for _ in range(2))
    assert from_list.id is not None
    shop.clock = [MONDAY + 600.0]
    at_once(shop, [from_list.id], Edit("done"))
    activities.save(shop, changed(from_sheet, status=status_of(shop, "Udført")))
    for sheet in (from_list, from_sheet):
        now = again(shop, sheet)
        assert now.values["end_at"] == (MONDAY + 600 if moved else sheet.values["end_at"])
        assert now.done_at == MONDAY + 600


def test_a_job_done_before_it_starts_does_not_end_before_it_starts(shop: Session) -> None:
    shop.clock = [float(MONDAY)]
    set_company(shop, done_end_rule="always")
    sheet = job(shop, start_at=MONDAY + 86_400, end_at=MONDAY + 90_000)
    assert sheet.id is not None
    at_once(shop, [sheet.id], Edit("done"))
    assert again(shop, sheet).values["end_at"] == MONDAY + 86_400


def test_without_a_status_that_means_done_the_key_says_so(shop: Session) -> None:
    sheet = job(shop)
    assert sheet.id is not None
    with change_set(shop.store, None, "retire") as changes:
        for entry in shop.registers.statuses:
            if entry.stage is Stage.DONE:
                changes.update(ActivityStatus, entry.id, {"retired": True})
    shop.reload_registers()
    with pytest.raises(Invalid) as refused:
        at_once(shop, [sheet.id], Edit("done"))
    assert refused.value.field == "status"


def test_a_selection_is_one_act_and_takes_a_supervisor(two_sessions: Two) -> None:
    anna, bent = two_sessions
    ids = [job(anna, f"Sag {number}").id or 0 for number in range(3)]
    before = anna.store.sql("SELECT count(*) FROM change_set")[0][0]
    assert at_once(bent, ids, Edit("status", status_of(anna, "I arbejde"))) == 3
    assert anna.store.sql("SELECT count(*) FROM change_set")[0][0] == before + 1

    assert bent.employee is not None
    bent.employee = bent.employee._replace(role=Role.TECHNICIAN)
    with pytest.raises(NotAllowed):
        at_once(bent, ids, Edit("done"))
    assert at_once(bent, ids[:1], Edit("done")) == 1


# -- postpone ------------------------------------------------------------------------------------------------------


def local(session: Session, day: datetime, minutes: int | None = 90) -> int:
    """A job that starts at a local time; gives its id."""
    end = None if minutes is None else to_seconds(day + timedelta(minutes=minutes))
    return job(session, start_at=to_seconds(day), end_at=end).id or 0


def times(session: Session, activity_id: int) -> tuple[datetime, datetime | None]:
    values = activities.open_sheet(session, activity_id).values
    end = values["end_at"]
    return to_local(int(values["start_at"] or 0)), to_local(int(end)) if end else None


@pytest.mark.usefixtures("in_denmark")
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (datetime(2025, 11, 24, 9, 0), datetime(2025, 11, 28)),
        (datetime(2026, 3, 27, 9, 0), datetime(2026, 3, 30)),  # the clocks go forward on 29 March
        (datetime(2026, 10, 23, 9, 0), datetime(2026, 10, 26)),  # and back on 25 October
        (datetime(2026, 3, 30, 9, 0), datetime(2026, 3, 27)),
    ],
)
def test_a_postponed_job_keeps_its_time_of_day_and_its_duration_also_over_a_change_of_the_clocks(
    shop: Session, old: datetime, new: datetime
) -> None:
    moved, to_the_hour, open_end = local(shop, old), local(shop, old), local(shop, old, None)
    at_once(shop, [moved, open_end], Edit("start", Typed(new.date(), None)))
    start = datetime.combine(new.date(), old.time())
    assert times(shop, moved) == (start, start + timedelta(minutes=90))
    assert times(shop, open_end) == (start, None)

    hour = new.replace(hour=13, minute=15)
    at_once(shop, [to_the_hour], Edit("start", typed(hour)))
    assert times(shop, to_the_hour) == (hour, hour + timedelta(minutes=90))


@pytest.mark.usefixtures("in_denmark")
def test_a_job_over_the_night_of_the_change_still_ends_at_its_time_of_day(shop: Session) -> None:
    moved = local(shop, datetime(2026, 3, 20, 16, 0), 24 * 60)
    at_once(shop, [moved], Edit("start", Typed(date(2026, 3, 28), None)))
    assert times(shop, moved) == (datetime(2026, 3, 28, 16, 0), datetime(2026, 3, 29, 16, 0))


def test_postponing_to_where_it_is_changes_nothing(shop: Session) -> None:
    sheet = job(shop)
    assert sheet.id is not None
    day = to_local(int(sheet.values["start_at"] or 0))
    assert at_once(shop, [sheet.id], Edit("start", typed(day))) == 0


# -- reassign ------------------------------------------------------------------------------------------------------


def test_a_job_is_handed_over_and_back(two_sessions: Two) -> None:
    anna, _ = two_sessions
    sheet = job(anna)
    assert sheet.id is not None
    assert at_once(anna, [sheet.id], Edit("responsible", employee(anna, "BK"))) == 1
    assert at_once(anna, [sheet.id], Edit("responsible", employee(anna, "BK"))) == 0
    assert at_once(anna, [sheet.id], Edit("responsible", None)) == 1
    assert again(anna, sheet).values["responsible"] is None


def test_a_job_whose_type_needs_a_responsible_is_not_left_without_one_nor_any_of_the_selection(shop: Session) -> None:
    tv, anna = kind(shop, "TV-Service"), employee(shop, "AH")
    set_type(shop, tv, responsible_required=True)
    ids = [job(shop, responsible=anna).id or 0, job(shop, responsible=anna, type=tv).id or 0]
    before = image(shop.store)
    with pytest.raises(Invalid, match="TV-Service") as refused:
        at_once(shop, ids, Edit("responsible", None))
    assert refused.value.field == "responsible"
    assert image(shop.store) == before


# -- duplicate -----------------------------------------------------------------------------------------------------


def test_a_duplicate_begins_as_the_other_job_but_ready_now_unused_and_without_its_notes(shop: Session) -> None:
    shop.clock = [float(MONDAY)]
    customer = contact(shop, "Jensen")
    source = job(
        shop, "Kopieres", links=[link(customer), link(contact(shop, "Sony"), "supplier", -2)],
        lines=[line()._replace(used=3000, state="used"), line("Arbejde", -2, 1)._replace(state="", kind="hours")],
        note="Følger ikke med", customer=customer.id, type=kind(shop, "TV-Service"), responsible=employee(shop, "AH"),
        status=status_of(shop, "Udført"), promised_at=MONDAY + 9000, end_at=MONDAY + 5400, project="P1",
    )  # fmt: skip
    assert source.id is not None
    shop.clock = [MONDAY + 86_400.0]
    before = image(shop.store)

    copy = activities.duplicate(shop, source.id)

    assert image(shop.store) == before, "nothing is saved yet"
    assert (copy.id, copy.number, copy.notes, copy.done_at, copy.stage) == (None, None, (), None, Stage.NONE)
    assert copy.values["start_at"] == MONDAY + 86_400
    assert copy.values["end_at"] == MONDAY + 86_400 + 5400
    assert (copy.values["promised_at"], copy.values["project"]) == (None, "P1")
    assert [(row.used, row.state, row.transferred) for row in copy.lines] == [(None, "needed", 0), (None, "", 0)]

    saved = activities.save(shop, SheetEdit(copy, copy.values, copy.links, copy.lines))
    made = activities.open_sheet(shop, saved.id)
    assert saved.number == FIRST_NUMBER + 2
    assert [(row.contact, row.role) for row in made.links] == [("Jensen", "customer"), ("Sony", "supplier")]
    assert [row.text for row in made.lines] == ["HDMI-kabel", "Arbejde"]
    assert made.done_at is None
    assert again(shop, source).values == source.values


def test_the_stored_row_of_a_job_agrees_with_the_list(shop: Session) -> None:
    customer = contact(shop, "Jensen")
    sheet = job(shop, customer=customer.id, status=status_of(shop, "Venter på dele"))
    (row,) = lists.page(shop, lists.resolve(shop, None, ""), 10)
    assert (row.id, row.number, row.subject, row.customer) == (sheet.id, sheet.number, "Intet billede", "Jensen")
    assert (row.stage, row.status_id) == (Stage.WAITING, status_of(shop, "Venter på dele"))
    stored = shop.store.value(Activity.select(Activity.version))
    assert stored == sheet.version
