"""Many jobs in one act: planned first, refused job by job, written as one change set, merged with what others did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime

import pytest

from svc_tui.db.core.engine import Store
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import DatabaseTrouble, Invalid, NotAllowed
from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import Stage
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, to_local, to_seconds
from svc_tui.services.history import history
from svc_tui.services.jobs import activities, bulk
from svc_tui.services.jobs.bulk import Edit, Plan, Selection, Stopped, at_once
from tests.db.jobs import (
    changed,
    contact,
    count,
    employee,
    image,
    job,
    kind,
    link,
    person,
    set_company,
    set_type,
    typed,
)
from tests.db.jobs import priority as priority_of
from tests.db.jobs import status as status_of

Two = tuple[Session, Session]


def jobs(session: Session, number: int, **values: int | str | None) -> tuple[int, ...]:
    return tuple(job(session, f"Sag {place}", (), (), "", **values).id or 0 for place in range(number))


def planned(session: Session, ids: Sequence[int], *edits: Edit) -> Plan:
    return bulk.plan(session, Selection(tuple(ids)), edits)


def field_of(session: Session, ids: Sequence[int], name: str) -> list[object]:
    return [activities.open_sheet(session, activity_id).values[name] for activity_id in ids]


# -- planning ----------------------------------------------------------------------------------------------------


def test_a_plan_counts_what_changes_and_what_does_not_and_writes_nothing(shop: Session) -> None:
    working = status_of(shop, "I arbejde")
    ids = jobs(shop, 3)
    at_once(shop, ids[:1], Edit("status", working))
    before = image(shop.store)
    plan = planned(shop, ids, Edit("status", working))
    assert (plan.changing, plan.unchanged, plan.refused) == (2, 1, ())
    assert image(shop.store) == before


def test_what_cannot_be_changed_is_refused_with_its_number_and_reason_and_the_rest_goes_through(shop: Session) -> None:
    tv, anna = kind(shop, "TV-Service"), employee(shop, "AH")
    set_type(shop, tv, responsible_required=True)
    free = jobs(shop, 2, responsible=anna)
    bound = job(shop, "Bundet", responsible=anna, type=tv)
    plan = planned(shop, (*free, bound.id or 0), Edit("responsible", None))
    assert plan.changing == 2
    (refusal,) = plan.refused
    assert (refusal.number, refusal.subject) == (bound.number, "Bundet")
    assert "TV-Service" in refusal.sentence()
    sets = count(shop.store, "change_set")
    result = bulk.carry_out(shop, plan)
    assert (result.changed, result.refused) == (2, plan.refused)
    assert count(shop.store, "change_set") == sets + 1
    assert field_of(shop, (*free, bound.id or 0), "responsible") == [None, None, anna]


def test_all_that_match_a_query_but_for_some(shop: Session) -> None:
    ids = jobs(shop, 5)
    urgent = priority_of(shop, "Høj")
    selection = Selection(query=ActivityQuery(), but=frozenset(ids[1:3]))
    result = bulk.carry_out(shop, bulk.plan(shop, selection, Edit("priority", urgent)))
    assert result.changed == 3
    high = [place for place, value in enumerate(field_of(shop, ids, "priority")) if value == urgent]
    assert high == [0, 3, 4]


def test_too_many_at_once_are_refused(shop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "MOST", 2)
    jobs(shop, 3)
    with pytest.raises(Invalid, match="At most 2 jobs"):
        bulk.plan(shop, Selection(query=ActivityQuery()), Edit("done"))


def test_a_selection_asks_for_the_right_to_change_many_and_the_one_to_change_one(two_sessions: Two) -> None:
    anna, bent = two_sessions
    ids = jobs(anna, 2)
    plan = planned(bent, ids, Edit("responsible", None), Edit("done"))
    assert bent.employee is not None
    bent.employee = bent.employee._replace(role=Role.TECHNICIAN)
    with pytest.raises(NotAllowed):
        planned(bent, ids, Edit("done"))
    with pytest.raises(NotAllowed):
        bulk.carry_out(bent, plan)
    assert planned(bent, ids[:1], Edit("done")).changing == 1
    bent.employee = bent.employee._replace(role=Role.READONLY)
    with pytest.raises(NotAllowed):
        planned(bent, ids[:1], Edit("responsible", None))


@pytest.mark.parametrize("edit", [Edit("status", None), Edit("start", None), Edit("note", " "), Edit("colour", "red")])
def test_what_can_be_done_to_no_job_is_refused_at_once(shop: Session, edit: Edit) -> None:
    with pytest.raises(Invalid):
        planned(shop, jobs(shop, 1), edit)


def test_a_value_that_is_retired_is_given_to_nobody(shop: Session) -> None:
    tv = kind(shop, "TV-Service")
    set_type(shop, tv, retired=True)
    with pytest.raises(Invalid) as refused:
        planned(shop, jobs(shop, 1), Edit("type", tv))
    assert refused.value.field == "type"


def test_a_job_that_is_gone_is_refused_and_the_others_are_not(shop: Session) -> None:
    ids = jobs(shop, 1)
    plan = planned(shop, (*ids, 987_654), Edit("done"))
    assert plan.changing == 1
    assert "no longer there" in plan.refused[0].sentence()


# -- what an edit makes of a job -------------------------------------------------------------------------------------


def test_type_priority_and_responsible_are_set_and_cleared(shop: Session) -> None:
    ids = jobs(shop, 2)
    values = {
        "type": kind(shop, "TV-Service"), "priority": priority_of(shop, "Høj"), "responsible": employee(shop, "AH"),
    }  # fmt: skip
    for name, value in values.items():
        assert bulk.carry_out(shop, planned(shop, ids, Edit(name, value))).changed in (0, 2)
        assert field_of(shop, ids, name) == [value, value]
        assert bulk.carry_out(shop, planned(shop, ids, Edit(name, None))).changed == 2
        assert field_of(shop, ids, name) == [None, None]


def test_a_type_that_demands_a_customer_is_not_given_to_a_job_without(shop: Session) -> None:
    tv = kind(shop, "TV-Service")
    set_type(shop, tv, customer_required=True)
    with_customer = job(shop, customer=contact(shop, "Jensen").id)
    without = job(shop)
    plan = planned(shop, (with_customer.id or 0, without.id or 0), Edit("type", tv))
    assert [refusal.number for refusal in plan.refused] == [without.number]
    assert bulk.carry_out(shop, plan).changed == 1


def test_done_follows_each_jobs_own_list_and_the_companys_rule(shop: Session) -> None:
    set_company(shop, done_end_rule="always")
    shop.clock = [1_790_000_000.0]
    product = job(shop, type=kind(shop, "TV-Service"))
    plan = planned(shop, (product.id or 0,), Edit("done"))
    shop.clock = [1_790_000_600.0]
    bulk.carry_out(shop, plan)
    now = activities.open_sheet(shop, product.id or 0)
    assert (now.stage, now.done_at, now.values["end_at"]) == (Stage.DONE, 1_790_000_600, 1_790_000_600)


def test_several_fields_are_one_act_and_each_follows_from_the_one_before(shop: Session) -> None:
    ids = jobs(shop, 2)
    start = datetime(2026, 12, 1, 9, 0)
    plan = planned(
        shop, ids, Edit("end", typed(datetime(2026, 12, 1, 12, 0))), Edit("start", typed(start)),
        Edit("subject", "Ny tekst"), Edit("note", "Aftalt"),
    )  # fmt: skip
    sets = count(shop.store, "change_set")
    assert bulk.carry_out(shop, plan).changed == 2
    assert count(shop.store, "change_set") == sets + 1
    sheet = activities.open_sheet(shop, ids[1])
    assert to_local(int(sheet.values["start_at"] or 0)) == start
    assert to_local(int(sheet.values["end_at"] or 0)) == datetime(2026, 12, 1, 12, 0)
    assert (sheet.values["subject"], [note.text for note in sheet.notes]) == ("Ny tekst", ["Aftalt"])
    assert {row.act for row in history.of_activity(shop, ids[0])} == {"activity.save", "activity.edit"}


def test_an_end_before_the_start_is_refused(shop: Session) -> None:
    plan = planned(shop, jobs(shop, 1), Edit("end", typed(datetime(2001, 1, 1))))
    assert "end lies before the start" in plan.refused[0].sentence()


def test_another_customer_takes_the_link_along_and_leaves_the_others(shop: Session) -> None:
    jensen, olsen, dele = (contact(shop, name) for name in ("Jensen", "Olsen", "Dele A/S"))
    person(shop, jensen.id, "Bo")
    sheet = job(shop, customer=jensen.id, links=[link(dele, "supplier")])
    bulk.carry_out(shop, planned(shop, (sheet.id or 0,), Edit("customer", olsen.id)))
    now = activities.open_sheet(shop, sheet.id or 0)
    assert [(entry.contact, entry.role) for entry in now.links] == [("Dele A/S", "supplier"), ("Olsen", "customer")]
    assert now.customer is not None
    assert now.customer.name == "Olsen"


# -- meanwhile -----------------------------------------------------------------------------------------------------


def test_what_others_change_between_plan_and_act_is_merged_field_by_field(two_sessions: Two) -> None:
    anna, bent = two_sessions
    ids = jobs(anna, 3)
    working, waiting = status_of(anna, "I arbejde"), status_of(anna, "Venter på dele")
    plan = planned(anna, ids, Edit("status", working))
    other_field = activities.open_sheet(bent, ids[0])
    activities.save(bent, changed(other_field, subject="Bents tekst"))
    at_once(bent, ids[1:2], Edit("status", waiting))

    result = bulk.carry_out(anna, plan)

    assert result.changed == 2
    (refusal,) = result.refused
    assert (refusal.subject, "BK" in refusal.sentence()) == ("Sag 1", True)
    assert field_of(anna, ids, "status") == [working, waiting, working]
    assert field_of(anna, ids, "subject") == ["Bents tekst", "Sag 1", "Sag 2"]


def test_what_others_made_the_same_of_meanwhile_is_neither_changed_nor_refused(two_sessions: Two) -> None:
    anna, bent = two_sessions
    ids = jobs(anna, 2)
    working = status_of(anna, "I arbejde")
    plan = planned(anna, ids, Edit("status", working))
    at_once(bent, ids[:1], Edit("status", working))
    result = bulk.carry_out(anna, plan)
    assert (result.changed, result.refused) == (1, ())


def test_a_job_that_cannot_be_changed_any_more_is_refused(two_sessions: Two) -> None:
    anna, bent = two_sessions
    tv, bk = kind(anna, "TV-Service"), employee(anna, "BK")
    set_type(anna, tv, responsible_required=True)
    bent.reload_registers()
    ids = jobs(anna, 2, responsible=bk)
    plan = planned(anna, ids, Edit("responsible", None))
    activities.save(bent, changed(activities.open_sheet(bent, ids[0]), type=tv))
    result = bulk.carry_out(anna, plan)
    assert result.changed == 1
    assert "TV-Service" in result.refused[0].sentence()


def test_stopped_before_the_commit_nothing_is_written(shop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_STEP", 2)
    ids = jobs(shop, 7)
    plan = planned(shop, ids, Edit("status", status_of(shop, "I arbejde")))
    before = image(shop.store)
    for most in range(6):
        asked: list[int] = []

        def wanted(asked: list[int] = asked, most: int = most) -> bool:
            asked.append(1)
            return len(asked) <= most

        with pytest.raises(Stopped):
            bulk.carry_out(shop, plan, wanted=wanted)
        assert image(shop.store) == before
    with pytest.raises(Stopped):
        bulk.plan(shop, Selection(ids), Edit("done"), wanted=lambda: False)


def test_progress_is_told_from_nothing_to_all(shop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_STEP", 2)
    ids = jobs(shop, 5)
    told: list[tuple[int, int]] = []
    plan = bulk.plan(shop, Selection(ids), Edit("done"), lambda *step: told.append(step))
    bulk.carry_out(shop, plan, lambda *step: told.append(step))
    assert told == [(0, 5), (2, 5), (4, 5), (5, 5)] * 2


def test_a_plan_is_carried_out_once(shop: Session) -> None:
    ids = jobs(shop, 2)
    plan = planned(shop, ids, Edit("done"))
    first = bulk.carry_out(shop, plan)
    before = image(shop.store)
    assert bulk.carry_out(shop, plan).change_set in (None, first.change_set)
    assert image(shop.store) == before


def test_many_values_and_few_are_written_the_same(shop: Session) -> None:
    """Ten jobs that get one start are one statement, two that keep their times of day are two."""
    ids = jobs(shop, 10)
    day = to_local(to_seconds(datetime(2027, 1, 4, 8, 15)))
    at_once(shop, ids[:2], Edit("start", typed(datetime(2026, 12, 1, 7, 30))))
    bulk.carry_out(shop, planned(shop, ids, Edit("start", typed(day))))
    assert field_of(shop, ids, "start_at") == [to_seconds(day)] * 10
    versions = {activities.open_sheet(shop, activity_id).version for activity_id in ids[2:]}
    assert versions == {2}


def test_two_large_acts_on_the_same_jobs_wait_for_each_other_and_both_are_told(two_sessions: Two) -> None:
    anna, bent = two_sessions
    ids = jobs(anna, 60)
    working, waiting = status_of(anna, "I arbejde"), status_of(anna, "Venter på dele")
    plans = (planned(anna, ids, Edit("status", working)), planned(bent, ids[::-1], Edit("status", waiting)))
    sets = count(anna.store, "change_set")
    with ThreadPoolExecutor(2) as both:
        results = list(both.map(bulk.carry_out, (anna, bent), plans))
    assert sorted((result.changed, len(result.refused)) for result in results) == [(0, 60), (60, 0)]
    assert count(anna.store, "change_set") == sets + 1
    assert len(set(field_of(anna, ids, "status"))) == 1
    assert list(findings(anna.store)) == []


def test_an_act_that_was_cut_off_after_its_commit_is_known_to_be_done(
    shop: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = jobs(shop, 3)
    plan = planned(shop, ids, Edit("done"))
    really = Store.transaction

    @contextmanager
    def cut_off(store: Store) -> Iterator[None]:
        with really(store):
            yield
        raise DatabaseTrouble("The connection was lost.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "transaction", cut_off)
        result = bulk.carry_out(shop, plan)
    assert result.changed == 3
    assert result.change_set == shop.store.sql("SELECT max(id) FROM change_set")[0][0]
    assert set(field_of(shop, ids, "status")) == {status_of(shop, "Udført")}


def test_an_act_that_was_cut_off_before_its_commit_says_so(shop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(shop, jobs(shop, 3), Edit("done"))
    before = image(shop.store)

    def finish(_changes: object) -> None:
        raise DatabaseTrouble("The connection was lost.")

    monkeypatch.setattr("svc_tui.db.core.changes.Changes.finish", finish)
    with pytest.raises(DatabaseTrouble):
        bulk.carry_out(shop, plan)
    assert image(shop.store) == before


def test_a_status_that_the_jobs_list_does_not_have_is_refused_and_the_others_go_through(shop: Session) -> None:
    enquiry = job(shop, "A", type=kind(shop, "Forespørgsel"), customer=contact(shop, "Jensen").id)
    repair, free = job(shop, "B", type=kind(shop, "TV-Service")), job(shop, "C", type=None)
    only_product = next(
        entry
        for entry in shop.registers.statuses
        if entry.lists == shop.registers.type(repair.values["type"]).lists  # type: ignore[union-attr,arg-type]
    )
    edit = Edit("status", only_product.id)
    plan = bulk.plan(shop, Selection(tuple(sheet.id for sheet in (enquiry, repair, free) if sheet.id)), edit)
    assert [(refused.subject, refused.why.field) for refused in plan.refused] == [("A", "status")]
    assert only_product.name in str(plan.refused[0].why)
    assert bulk.carry_out(shop, plan).changed == 2
    with pytest.raises(Invalid, match=only_product.name):
        bulk.at_once(shop, [enquiry.id or 0], edit)
    # What it has already stays while something else is set.
    set_type(shop, int(repair.values["type"] or 0), retired=False)
    assert bulk.at_once(shop, [repair.id or 0], Edit("subject", "B2")) == 1


def test_a_sheet_gives_no_job_a_status_that_its_list_does_not_have(shop: Session) -> None:
    lists_of = {entry.id: entry.lists for entry in shop.registers.types}
    enquiry = kind(shop, "Forespørgsel")
    foreign = next(entry.id for entry in shop.registers.statuses if not entry.lists & lists_of[enquiry])
    customer = contact(shop, "Jensen").id
    with pytest.raises(Invalid, match="Forespørgsel"):
        job(shop, "A", type=enquiry, customer=customer, status=foreign)
    sheet = job(shop, "A", type=enquiry, customer=customer)
    with pytest.raises(Invalid) as refused:
        activities.save(shop, changed(sheet, status=foreign))
    assert refused.value.field == "status"
