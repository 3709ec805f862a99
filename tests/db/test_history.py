"""What happened to a job, told from its change sets."""

from __future__ import annotations

import json

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.people_models import Device
from svc_tui.domain.errors import Invalid, NotAllowed
from svc_tui.domain.tables import PRODUCT
from svc_tui.formats import Formats
from svc_tui.screens.history.job_history import told
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from tests.db.jobs import again, changed, contact, employee, job, line
from tests.db.jobs import status as status_of


def test_the_newest_act_comes_first_with_who_when_and_what(two_sessions: tuple[Session, Session]) -> None:
    anna, bent = two_sessions
    anna.clock, bent.clock = [1_764_000_000.0], [1_764_000_600.0]
    sheet = job(anna, "Første emne")
    assert sheet.id is not None
    activities.save(bent, changed(sheet, subject="Andet emne"))

    rows = history.of_activity(anna, sheet.id)

    newest, oldest = rows[0], rows[-1]
    assert (newest.act, newest.at, newest.actor_id) == ("activity.save", 1_764_000_600, employee(anna, "BK"))
    assert (newest.table, newest.field) == ("activity", "subject")
    assert (json.loads(newest.old or ""), json.loads(newest.new or "")) == ("Første emne", "Andet emne")
    assert (oldest.actor_id, oldest.field, oldest.old) == (employee(anna, "AH"), "", None)
    assert json.loads(oldest.new or "")["subject"] == "Første emne"


def test_lines_links_and_notes_of_the_job_are_told_too_and_those_of_others_are_not(shop: Session) -> None:
    other = job(shop, "En anden", lines=[line("Fremmed")], note="Fremmed")
    sheet = job(shop)
    assert sheet.id is not None
    activities.save(shop, SheetEdit(sheet, sheet.values, (), (line("Kabel"),), "Kunden ringer"))
    now = again(shop, sheet)
    activities.save(shop, SheetEdit(now, now.values, (), (now.lines[0]._replace(used=2000),)))
    now = again(shop, sheet)
    activities.save(shop, SheetEdit(now, now.values, (), ()))

    rows = history.of_activity(shop, sheet.id)

    told = [(row.table, row.field, row.old is None, row.new is None) for row in rows]
    assert told == [
        ("activity_line", "used", False, False),  # its pieces are out of the device before it goes
        ("activity_line", "planned", False, False),
        ("activity_line", "", False, True),
        ("activity_line", "used", False, False),
        ("activity_line", "planned", False, False),  # what is used was needed
        ("activity_line", "", True, False),
        ("activity_note", "", True, False),
        ("activity", "", True, False),
    ]
    assert not any("Fremmed" in (row.new or "") for row in rows)
    assert history.of_activity(shop, other.id or 0)


def test_customers_and_devices_are_told_by_name(shop: Session) -> None:
    jensen, holm = contact(shop, "Jensen"), contact(shop, "Holm")
    with change_set(shop.store, None, "device.create") as changes:
        device = changes.insert(Device, {"brand": "Sony", "model": "Bravia", "serial": "S1"})
    sheet = job(shop, customer=jensen.id)
    assert sheet.id is not None
    activities.save(shop, changed(sheet, customer=holm.id, device=device))

    told = {row.field: (row.old, row.new) for row in history.of_activity(shop, sheet.id) if row.field}

    assert told["customer"] == ('"Jensen"', '"Holm"')
    assert told["device"] == (None, '"Sony Bravia S1"')


def test_a_selection_that_was_changed_in_one_act_is_told_in_each_job(shop: Session) -> None:
    ids = [job(shop).id or 0 for _ in range(3)]
    at_once(shop, ids, Edit("status", status_of(shop, "I arbejde")))
    acts = {history.of_activity(shop, job_id)[0].change_set for job_id in ids}
    assert len(acts) == 1
    assert history.of_activity(shop, ids[0])[0].act == "activity.status"


def test_a_save_that_was_refused_is_not_told(two_sessions: tuple[Session, Session]) -> None:
    from svc_tui.domain.errors import Conflict

    anna, bent = two_sessions
    sheet = job(anna)
    activities.save(anna, changed(sheet, subject="Annas"))
    before = history.of_activity(anna, sheet.id or 0)
    with pytest.raises(Conflict):
        activities.save(bent, changed(sheet, subject="Bents"))
    assert history.of_activity(anna, sheet.id or 0) == before


def test_no_more_is_read_than_asked_for(shop: Session) -> None:
    sheet = job(shop)
    for number in range(5):
        activities.save(shop, changed(again(shop, sheet), subject=f"Emne {number}"))
    newest = history.of_activity(shop, sheet.id or 0, limit=2)
    assert [row.new for row in newest] == ['"Emne 4"', '"Emne 3"']


def test_nobody_reads_history_without_the_right(shop: Session) -> None:
    shop.employee = None
    with pytest.raises(NotAllowed):
        history.of_activity(shop, 1)


def test_acts_are_told_of_one_person_one_job_or_some_days(two_sessions: tuple[Session, Session]) -> None:
    anna, bent = two_sessions
    day = 86_400.0
    anna.clock = [1_764_000_000.0]  # Monday 24 November 2025
    first, second = job(anna, "Sag 1"), job(anna, "Sag 2")
    bent.clock = [1_764_000_000.0 + day]
    at_once(bent, [first.id or 0, second.id or 0], Edit("done"))
    anna.clock = [1_764_000_000.0 + 2 * day]
    at_once(anna, [second.id or 0], Edit("note", "Ring"))

    def acts(text: str) -> list[str]:
        return [act.act for act in history.recent(anna, 50, wanted=history.asked_for(anna, text))]

    everything = acts("")
    assert acts("bk") == ["activity.done"]
    assert acts(str(second.number)) == ["activity.note", "activity.done", "activity.save"]
    assert acts(f"ah {first.number}") == ["activity.save"]
    assert acts("25/11") == ["activity.done"]
    assert acts(f"AH 26/11 {second.number}") == ["activity.note"]
    assert acts("25/11..26/11") == ["activity.note", "activity.done"]
    assert everything[:2] == ["activity.note", "activity.done"]
    for wrong in ("xx", "99999999999999999999", "ah hvad"):
        with pytest.raises(Invalid):
            acts(wrong)
    page = history.recent(anna, 1, wanted=history.asked_for(anna, "ah"))
    assert [act.act for act in history.recent(anna, 1, page[0].id, wanted=history.asked_for(anna, "ah"))] == [
        "activity.save"
    ]


def test_what_changed_of_a_product_is_told_as_people_write_it(shop: Session) -> None:
    holm = contact(shop, "Holm")
    with change_set(shop.store, None, "product.create") as changes:
        product = changes.insert(PRODUCT, {"code": "A", "code_key": "a", "name": "Kabel", "name_key": "kabel"})
    with change_set(shop.store, None, "product.change") as changes:
        changes.update(PRODUCT, product, {"price": 12_900, "vat_rate": 2_500, "supplier": holm.id, "retired": True})
    formats = Formats("en", shop.now)
    steps = history.of_act(shop, changes.id or 0, 20)
    assert [sentence for step in steps for sentence in told(step.history, formats, shop.registers)] == [
        "Product, Unit price: 0.00 → 129.00",
        "Product, Supplier: - → Holm",
        "Product, Retired: no → yes",
    ]
