"""What the counter hears when a device comes in again and when a job waits for parts; who pays by type."""

from __future__ import annotations

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.job_models import Activity
from svc_tui.domain.errors import Invalid
from svc_tui.domain.records import Payer
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities, intake, lines
from svc_tui.services.jobs.activities import SheetEdit
from svc_tui.services.jobs.bulk import Edit, at_once
from svc_tui.services.people.company import change_company
from svc_tui.services.stock.devices import NewDevice
from tests.db.jobs import contact, kind, line, new_edit, status

DAY = 86_400


def job_on_device(session: Session, customer: int) -> tuple[int, int]:
    """A job on a new device, and the device."""
    edit = new_edit(session, customer=customer, subject="Ingen lyd")
    saved = activities.save(
        session, SheetEdit(edit.base, edit.values, (), (), new_device=NewDevice("Sony", "TV", "4711"))
    )
    device = activities.open_sheet(session, saved.id).device
    assert device is not None
    return saved.id, device.id


def done(session: Session, job_id: int, days_ago: int) -> None:
    at_once(session, [job_id], Edit("status", status(session, "Udført")))
    with change_set(session.store, None, "activity.save") as changes:
        changes.update(Activity, job_id, {"done_at": session.seconds() - days_ago * DAY, "fault_found": "Ny højttaler"})


def test_another_open_job_on_a_device_is_known_and_the_job_itself_is_none(shop: Session) -> None:
    first, device = job_on_device(shop, contact(shop, "Jensen").id)
    assert intake.of_device(shop, device, first) == intake.DeviceNews()
    news = intake.of_device(shop, device, None)
    assert news.open is not None
    assert (news.open.subject, news.repaired) == ("Ingen lyd", None)


@pytest.mark.parametrize(("days_ago", "told"), [(89, True), (91, False)])
def test_a_repair_is_told_within_the_shops_warranty_on_repairs(shop: Session, days_ago: int, told: bool) -> None:
    first, device = job_on_device(shop, contact(shop, "Jensen").id)
    done(shop, first, days_ago)
    news = intake.of_device(shop, device, None)
    assert news.open is None
    assert (news.repaired is not None) is told
    change_company(shop, {"repair_warranty_days": 365})
    repaired = intake.of_device(shop, device, None).repaired
    assert repaired is not None
    assert repaired.fault_found == "Ny højttaler"


@pytest.mark.parametrize("days", [-1, 3651, None])
def test_the_warranty_on_repairs_is_a_number_of_days(shop: Session, days: int | None) -> None:
    with pytest.raises(Invalid) as refused:
        change_company(shop, {"repair_warranty_days": days})
    assert refused.value.field == "repair_warranty_days"


def test_a_serial_number_that_somebody_else_has_is_told_with_whose_it_is(shop: Session) -> None:
    jensen, holm = contact(shop, "Jensen"), contact(shop, "Holm")
    job_on_device(shop, jensen.id)
    assert intake.known_serial(shop, NewDevice("Sony", "TV", "47-11"), holm.id) == "Jensen, Sony TV 4711"
    assert intake.known_serial(shop, NewDevice("Sony", "TV", "4711"), jensen.id) == "", "it is that device"
    assert intake.known_serial(shop, NewDevice("Sony", "TV", ""), holm.id) == ""


def test_a_warranty_repair_is_paid_by_the_supplier(shop: Session) -> None:
    types = {entry.name: entry.default_payer for entry in shop.registers.types}
    assert types["Garantireparation"] == Payer.SUPPLIER
    assert set(types.values()) == {Payer.SUPPLIER, Payer.CUSTOMER}
    assert kind(shop, "Garantireparation")


def test_the_total_is_told_by_who_pays() -> None:
    some = [line("A", price=10_000), line("B", -2, price=2_000)._replace(payer="supplier"), line("C", -3, price=0)]
    assert lines.totals(some) == {"customer": 10_000, "supplier": 2_000}
