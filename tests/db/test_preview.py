"""What the preview beside a list knows of a job."""

from __future__ import annotations

from svc_tui.db.core.changes import Values, change_set
from svc_tui.db.core.people_models import Device
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import preview
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from tests.db.jobs import contact, job, kind, line, link


def _device(session: Session, owner: int) -> int:
    with change_set(session.store, None, "device.create") as changes:
        values: Values = {"owner": owner, "brand": "Sony", "model": "KD-49", "serial": "SN 7", "serial_key": "sn7"}
        return changes.insert(Device, values | {"name_key": "sony kd49"})


def test_the_preview_tells_the_head_the_customer_and_the_beginnings_of_the_rest(shop: Session) -> None:
    jensen = contact(
        shop, "Jensen & Søn", phone="75 12 34 56", email="post@jensen.dk", post_code="7000", city="Fredericia"
    )
    nordisk = contact(shop, "Nordisk", phone="70 11 22 33", is_supplier=True)
    sheet = job(
        shop,
        "Intet billede",
        links=[link(nordisk, "supplier")],
        lines=[line("HDMI-kabel", -1, 1)._replace(planned=2_000), line("Time", -2, 2, price=50_000)],
        note="Baglys testet",
        type=kind(shop, "TV-Service"),
        customer=jensen.id,
        device=_device(shop, jensen.id),
        fault_told="Skærmen er sort",
    )
    at_once(shop, [sheet.id or 0], Edit("note", "Del bestilt"))
    found = preview.read(shop, sheet.id or 0)
    assert found is not None
    assert (found.head.number, found.head.subject, found.head.fault_told) == (
        sheet.number,
        "Intet billede",
        "Skærmen er sort",
    )
    assert (found.head.customer, found.head.phones, found.head.email) == (
        "Jensen & Søn",
        ("75 12 34 56",),
        "post@jensen.dk",
    )
    assert (found.head.place, found.head.device, found.head.serial) == ("7000 Fredericia", "Sony KD-49", "SN 7")
    assert [note.text for note in found.notes] == ["Del bestilt", "Baglys testet"]
    assert [(entry.text, entry.quantity, entry.total) for entry in found.lines] == [
        ("HDMI-kabel", 2_000, 25_800),
        ("Time", 1_000, 50_000),
    ]
    assert found.head.total == 75_800
    assert [(entry.role, entry.contact, entry.phone) for entry in found.links if entry.role == "supplier"] == [
        ("supplier", "Nordisk", "70 11 22 33")
    ]


def test_a_job_with_nothing_but_a_subject_has_a_preview(shop: Session) -> None:
    found = preview.read(shop, job(shop).id or 0)
    assert found is not None
    assert (found.head.customer, found.head.phones, found.head.device, found.notes, found.lines, found.links) == (
        "",
        (),
        "",
        (),
        (),
        (),
    )


def test_a_job_that_is_gone_has_none(shop: Session) -> None:
    assert preview.read(shop, 4711) is None


def test_only_the_beginnings_of_what_is_long_are_read(shop: Session) -> None:
    sheet = job(shop, lines=[line(f"Del {place}", -place, place) for place in range(1, 40)], fault_told="æ" * 2_000)
    for place in range(9):
        at_once(shop, [sheet.id or 0], Edit("note", f"{place}" * 3_000))
    found = preview.read(shop, sheet.id or 0)
    assert found is not None
    assert (len(found.lines), len(found.notes), len(found.head.fault_told)) == (preview.LINES, preview.NOTES, 600)
    assert {len(note.text) for note in found.notes} == {600}
    assert found.head.total == 39 * 12_900
