"""What is longer than its field is refused with the field and the limit, by every way in; it is never cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from svc_tui.domain.errors import Invalid
from svc_tui.domain.registers import Register
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session
from svc_tui.services.filters import views
from svc_tui.services.filters.views import ViewDraft
from svc_tui.services.jobs import activities, typed_edits
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.jobs.lines import free_line
from svc_tui.services.people import company, contacts, employees, registers
from svc_tui.services.people.contacts import NewContact
from svc_tui.services.stock import devices
from svc_tui.services.stock.devices import NewDevice
from tests.db.jobs import image, job, line, new_edit

Act = Callable[[Session], object]


def _first_job(session: Session) -> int:
    return int(session.store.sql("SELECT min(id) FROM activity")[0][0])


REFUSED: dict[str, tuple[Act, str, str]] = {
    "subject": (lambda s: activities.save(s, new_edit(s, "x" * 301)), "subject", "Subject holds at most 300"),
    "project": (lambda s: job(s, project="x" * 121), "project", "Project holds at most 120"),
    "fault": (lambda s: job(s, fault_told="x" * 20_001), "fault_told", "Fault told holds at most 20000"),
    "own field": (lambda s: job(s, user_field1="x" * 201), "user_field1", "Own field 1 holds at most 200"),
    "note with a job": (lambda s: job(s, note="x" * 20_001), "note", "Note holds at most 20000"),
    "note": (lambda s: at_once(s, [_first_job(s)], Edit("note", "x" * 20_001)), "note", "Note holds at most 20000"),
    "line": (lambda s: job(s, lines=[line("x" * 301)]), "text", "Text holds at most 300"),
    "code": (lambda s: job(s, lines=[line("HDMI")._replace(code="x" * 61)]), "code", "Code holds at most 60"),
    "unit": (lambda s: job(s, lines=[line("HDMI")._replace(unit="x" * 21)]), "unit", "Unit holds at most 20"),
    "free line": (lambda s: free_line("x" * 301, -1, 0), "text", "Text holds at most 300"),
    "contact": (lambda s: contacts.create(s, NewContact(name="x" * 121)), "name", "Name holds at most 120"),
    "phone": (lambda s: contacts.create(s, NewContact("Bo", phone="2" * 61)), "phone", "Phone holds at most 60"),
    "town": (lambda s: contacts.create(s, NewContact("Bo", city="x" * 81)), "city", "City holds at most 80"),
    "brand": (lambda s: devices.checked(NewDevice("x" * 101, "", "")), "brand", "Brand holds at most 100"),
    "serial": (lambda s: devices.checked(NewDevice("Sony", "", "1" * 101)), "serial", "Serial number holds at most"),
    "list": (lambda s: registers.add_list(s, "x" * 61), "name", "Name holds at most 60"),
    "type": (lambda s: registers.rename(s, Register.TYPE, 1, "x" * 61), "name", "Name holds at most 60"),
    "employee": (lambda s: employees.add_employee(s, "x" * 61, Role.ADMINISTRATOR), "name", "Name holds at most 60"),
    "initials": (lambda s: employees.change_employee(s, 1, {"initials": "ABCDEFGHI"}), "initials", "up to eight"),
    "login": (lambda s: employees.change_employee(s, 1, {"login": "x" * 65}), "login", "System user holds at most 64"),
    "shop": (lambda s: company.change_company(s, {"name": "x" * 121}), "name", "Name holds at most 120"),
    "address": (lambda s: company.change_company(s, {"address": "x\n" * 300}), "address", "Address holds at most 500"),
    "view": (lambda s: views.save(s, ViewDraft("x" * 61, "")), "name", "Name holds at most 60"),
    "view's filter": (lambda s: views.save(s, ViewDraft("Lang", "x" * 301)), "text", "Text holds at most 300"),
    "command line": (lambda s: typed_edits.read(s, "subject", "x" * 301), "subject", "Subject holds at most 300"),
    "command line's note": (lambda s: typed_edits.read(s, "note", "x" * 20_001), "note", "Note holds at most 20000"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_too_long_is_refused_and_nothing_is_stored(shop: Session, name: str) -> None:
    act, field, sentence = REFUSED[name]
    activities.save(shop, new_edit(shop))
    before = image(shop.store)
    with pytest.raises(Invalid) as refused:
        act(shop)
    assert refused.value.field == field
    assert sentence in str(refused.value)
    assert image(shop.store) == before


def test_what_just_fits_is_stored_whole(shop: Session) -> None:
    saved = job(shop, "x" * 300, note="y" * 20_000, lines=[line("z" * 300)])
    assert saved.values["subject"] == "x" * 300
    assert [note.text for note in saved.notes] == ["y" * 20_000]
    assert [entry.text for entry in saved.lines] == ["z" * 300]
