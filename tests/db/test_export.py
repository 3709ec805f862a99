"""Export: every row once, cells that no spreadsheet runs, and files that our own import reads back."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path

import pytest

from svc_tui.commandline import transfer
from svc_tui.db.transfer import exporting
from svc_tui.domain.errors import Invalid, NotAllowed
from svc_tui.domain.queries import OLDEST_FIRST, ActivityQuery
from svc_tui.domain.records import LinkRecord, LinkRole
from svc_tui.domain.transfer.csv_columns import PRODUCT_COLUMNS
from svc_tui.domain.transfer.csv_reading import map_columns
from svc_tui.i18n import LANGUAGES, _, install, language
from svc_tui.output import csv_out, tables
from svc_tui.output.activity_json import activity_object, json_line
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.jobs.lines import free_line
from svc_tui.services.people import contacts
from svc_tui.services.people.company import change_company
from svc_tui.services.people.contacts import NewContact, create
from svc_tui.services.stock import device_card
from svc_tui.services.stock.device_card import DeviceEdit
from svc_tui.services.stock.devices import NewDevice
from svc_tui.services.transfer import export
from svc_tui.services.transfer.import_contacts import COLUMNS, import_contacts
from svc_tui.services.transfer.import_products import import_products


def a_job(shop: Session, subject: str = "Fjernsyn") -> int:
    """A job with all that may hang on one; gives its number."""
    customer = contacts.create(shop, contacts.NewContact("Jensen & Søn ApS", phone="+45 86 12 34 56"))
    supplier = contacts.create(shop, contacts.NewContact("Dele A/S", is_customer=False, is_supplier=True))
    sheet = activities.new_sheet(shop, shop.registers.lists[0].id, {})
    kind = shop.registers.types_of(shop.registers.lists[0].id)[0]
    values = {**sheet.values, "subject": subject, "customer": customer.id, "type": kind.id, "responsible": 1}
    link = LinkRecord(-1, supplier.id, None, LinkRole.SUPPLIER, "", 0, "", "")
    line = free_line("HDMI-kabel", -1, 1)._replace(price=12900, planned=1500)
    edit = activities.SheetEdit(sheet, values, (link,), (line,), "Første", True, NewDevice("Sony", "KD-55", "SN-1"))
    saved = activities.save(shop, edit)
    at_once(shop, [saved.id], Edit("note", "Anden"))
    return saved.number


def test_a_job_as_json_has_what_the_contract_says(shop: Session) -> None:
    number = a_job(shop, "Skærm \x9b død")
    (job,) = export.activities(shop, ActivityQuery())

    found = json.loads(json_line(activity_object(shop.registers, job)))

    assert found["number"] == number
    assert found["lists"] == ["product"]
    assert len(found["start"]) == len("2026-11-24T09:00")
    assert (found["promised"], found["stage"], found["responsible"]) == (None, "ready", "AH")
    assert found["customer"] == "Jensen & Søn ApS"
    assert found["links"] == [
        {"contact": "Dele A/S", "number": 10002, "person": None, "role": "supplier"},
        {"contact": "Jensen & Søn ApS", "number": 10001, "person": None, "role": "customer"},
    ]
    assert found["device"] == {"name": "Sony KD-55", "serial": "SN-1"}
    assert found["lines"] == [
        {
            "kind": "part", "code": "", "text": "HDMI-kabel", "quantity": "1.5", "unit_price": "129.00",
            "payer": "customer", "state": "needed", "order": None,
        }
    ]  # fmt: skip
    assert (found["note"], found["version"]) == ("Første\nAnden", 2)


def test_json_keeps_text_and_sends_no_control_character() -> None:
    line = json_line({"text": "Åse \u202eexe \x9b2J \U000e0041 日本"})

    assert json.loads(line) == {"text": "Åse \u202eexe \x9b2J \U000e0041 日本"}
    assert line.isprintable()
    assert "Åse" in line


def test_every_job_comes_once_however_many_batches(shop: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = [a_job(shop, f"Sag {n}") for n in range(7)]
    monkeypatch.setattr(export, "BATCH", 3)
    monkeypatch.setattr(exporting, "BATCH", 3)

    assert sorted(job.row.number for job in export.activities(shop, ActivityQuery())) == numbers
    assert len(list(export.contacts(shop))) == 14


@pytest.mark.parametrize("text", ["=1+1", "+45 86 12", "-2", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_a_cell_that_a_spreadsheet_would_run_gets_a_quote(text: str) -> None:
    assert csv_out.safe(text).startswith("'")
    assert "\t" not in csv_out.safe(text)


def test_numbers_are_written_as_the_language_does(tmp_path: Path) -> None:
    rows: list[list[csv_out.Cell]] = [[csv_out.decimal("-12.50", "da"), True, None, 7, "a;b"]]
    csv_out.write(tmp_path / "x.csv", ["a", "b", "c", "d", "e"], rows, "da")

    assert (tmp_path / "x.csv").read_bytes() == b'\xef\xbb\xbfa;b;c;d;e\r\n-12,50;1;;7;"a;b"\r\n'


def test_an_export_that_fails_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError):
        csv_out.write(path, ["a"], ([1 // 0] for _row in "x"), "en")

    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["x.csv"]


@pytest.mark.parametrize("chosen", LANGUAGES)
def test_exported_columns_are_columns_that_the_import_knows(chosen: str) -> None:
    before = language()
    install(chosen)
    try:
        contact_header = [_(name) for name in tables.CONTACT_HEADER]
        product_header = [_(name) for name in tables.PRODUCT_HEADER]
    finally:
        install(before)

    expected = dict(zip(export.CONTACT_FIELDS, contact_header, strict=True))
    assert map_columns(contact_header, COLUMNS) == expected
    fields = ["supplier_number" if name == "supplier" else name for name in export.PRODUCT_FIELDS]
    assert map_columns(product_header, PRODUCT_COLUMNS) == dict(zip(fields, product_header, strict=True))


def test_devices_are_exported_with_all_but_their_lock_code(shop: Session, tmp_path: Path) -> None:
    owner = create(shop, NewContact("Holm"))
    card = device_card.new_card(shop, owner)
    values = card.values | {
        "brand": "Sony", "serial": "SN-1", "lock_code": "hemmelig", "shelf": "R7", "accessories": "Fod",
        "condition": "Ridset", "warranty_parts_until": to_seconds(datetime(2027, 3, 1)),
    }  # fmt: skip
    device_card.save(shop, DeviceEdit(card, values))
    for ending in ("csv", "json"):
        transfer.write(shop, "devices", tmp_path / f"d.{ending}")
        written = (tmp_path / f"d.{ending}").read_text("utf-8-sig")
        assert "hemmelig" not in written
        for told in (str(owner.number), "Sony", "SN-1", "R7", "Fod", "Ridset", "2027-03-01"):
            assert told in written


@pytest.mark.parametrize("chosen", ["da", "en"])
def test_what_is_exported_is_imported_again_without_a_change(shop: Session, tmp_path: Path, chosen: str) -> None:
    a_job(shop)
    change_company(shop, {"language": chosen})  # whoever exports, files are in the shop's language
    transfer.write(shop, "contacts", tmp_path / "c.csv")
    transfer.write(shop, "products", tmp_path / "p.csv")

    contact_report = import_contacts(shop, tmp_path / "c.csv")
    product_report = import_products(shop, tmp_path / "p.csv")

    assert (contact_report.unchanged, contact_report.read) == (2, 2)
    assert (product_report.unchanged, product_report.read) == (product_report.read, product_report.read)
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=csv_out.delimiter(chosen)))
    assert "'+45 86 12 34 56" in rows[1]


def test_activities_as_files(shop: Session, tmp_path: Path) -> None:
    number = a_job(shop, "=HYPERLINK(1)")
    transfer.write(shop, "activities", tmp_path / "a.csv")
    transfer.write(shop, "activities", tmp_path / "a.json")

    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        header, row = list(csv.reader(file, delimiter=";"))
    found = dict(zip(header, row, strict=True))
    assert (found[header[0]], found[header[1]], found[header[13]]) == (str(number), "'=HYPERLINK(1)", "193,50")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["subject"] == "=HYPERLINK(1)"
    for kind, name in (("orders", "o.csv"), ("contacts", "c.xlsx"), ("contacts", "c.txt")):
        with pytest.raises(Invalid):
            transfer.write(shop, kind, tmp_path / name)


def test_an_export_needs_the_right_and_a_look_does_not(shop: Session, tmp_path: Path) -> None:
    a_job(shop)
    assert shop.employee is not None
    shop.employee = shop.employee._replace(role="technician")

    assert len(list(export.activity_rows(shop, ActivityQuery(order=OLDEST_FIRST)))) == 1
    with pytest.raises(NotAllowed):
        transfer.write(shop, "contacts", tmp_path / "c.csv")
    assert not (tmp_path / "c.csv").exists()
