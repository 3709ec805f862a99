"""Printers are a register, and the papers of jobs say what the records say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.db.people.registers import read_registers
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain.errors import Invalid
from svc_tui.domain.paper.reader import Reader
from svc_tui.domain.printers import JobPaper, PrinterRecord, Speaks
from svc_tui.domain.registers import Register
from svc_tui.i18n import translation_to
from svc_tui.output.paper import job_printing
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities
from svc_tui.services.paper import job_papers
from svc_tui.services.people import register_edits, registers
from svc_tui.services.people.company import change_company
from svc_tui.services.people.register_edits import Entry, entries
from svc_tui.services.stock import device_card
from svc_tui.services.stock.device_card import DeviceEdit
from svc_tui.services.stock.devices import NewDevice
from tests.db.jobs import new_edit
from tests.db.older import older_shop, released

DANISH = Reader("da", translation_to("da"))
VALUES: dict[str, object] = {
    "name": "Disken", "speaks": "escpos", "place": "192.168.1.50:9100", "width": 42, "height": 29, "page": "cp858",
    "page_number": None, "cuts": True, "at_intake": True,
}  # fmt: skip


def add(shop: Session, **values: object) -> PrinterRecord:
    row = register_edits.save(shop, Register.PRINTER, Entry(None, VALUES), {**VALUES, **values})
    found = shop.registers.printer(row)
    assert found is not None
    return found


def test_a_printer_is_added_changed_and_taken_back(shop: Session) -> None:
    printer = add(shop)
    assert printer[1:] == ("Disken", printer.key, Speaks.RECEIPTS, "192.168.1.50:9100", 42, 29, "cp858", None, True,
                           True, False)  # fmt: skip
    [opened] = entries(shop.registers, Register.PRINTER)
    register_edits.save(shop, Register.PRINTER, opened, {**opened.values, "speaks": "zpl", "width": 62})
    assert shop.registers.printers[0].speaks is Speaks.ZPL
    undo.undo(shop, undo.last_to_undo(shop))
    shop.reload_registers()
    assert shop.registers.printers == (printer,)
    registers.delete(shop, Register.PRINTER, printer.id)
    assert not shop.registers.printers


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("place", {"place": "kontoret"}), ("place", {"place": ""}), ("width", {"width": 5}),
        ("width", {"speaks": "zpl", "width": 300}), ("page", {"page": "cp437"}), ("page_number", {"page_number": 256}),
        ("name", {"name": " "}),
    ],
)  # fmt: skip
def test_what_no_printer_can_be_is_refused_with_its_field(shop: Session, field: str, values: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        add(shop, **values)
    assert refused.value.field == field
    assert shop.registers.printers == ()


@pytest.mark.parametrize("schema", released())
def test_an_older_shop_has_no_printers_and_no_terms(schema: str, tmp_path: Path) -> None:
    store = open_database(str(older_shop(schema, tmp_path)))
    try:
        migrate(store)
        found = read_registers(store)
        assert (found.printers, found.company.intake_terms) == ((), "")
    finally:
        store.close()


@pytest.fixture
def job(shop: Session) -> int:
    """A job with a device that came with two things."""
    change_company(shop, {"intake_terms": "Uafhentede apparater opbevares i tre måneder.", "language": "da"})
    begun = new_edit(shop, subject="Ingen lyd", fault_told="Ingen lyd i højre side")
    saved = activities.save(shop, replace(begun, new_device=NewDevice("Sony", "WH-1000XM4", "00Å-17")))
    sheet = activities.open_sheet(shop, saved.id)
    assert sheet.device is not None
    card = device_card.open_card(shop, sheet.device.id)
    device_card.save(shop, DeviceEdit(card, {**card.values, "accessories": "etui; kabel", "lock_code": "1234"}))
    return saved.id


def test_the_receipt_has_two_parts_with_one_number(shop: Session, job: int) -> None:
    sheet = job_papers.receipt(shop, job, DANISH)
    facts = {fact.label: fact.value for fact in sheet.facts}
    number = shop.store.sql("SELECT number FROM activity WHERE id = ?", (job,))[0][0]

    assert (sheet.number, sheet.code, sheet.title) == (str(number), f"S{number}", f"Indleveringskvittering {number}")
    assert facts["Apparat"] == "Sony WH-1000XM4"
    assert facts["Oplyst fejl"] == "Ingen lyd i højre side"
    assert facts["Tilbehør"] == "etui; kabel"
    assert sheet.small == "Uafhentede apparater opbevares i tre måneder."
    assert {fact.label: fact.value for fact in sheet.tag}["Apparat"] == "Sony WH-1000XM4"


def test_the_lock_code_is_on_no_paper(shop: Session, job: int) -> None:
    for paper in JobPaper:
        text = job_printing.drawn(shop, paper, job, PrinterRecord(0, "", "", Speaks.TEXT, "/"), DANISH)[0].decode()
        assert "Sony" in text
        assert "1234" not in text.replace(text.split()[0], "")


def test_there_is_a_label_for_the_device_and_for_each_thing_that_came_with_it(shop: Session, job: int) -> None:
    found = job_papers.labels(shop, job, DANISH)

    assert [label.lines[0] for label in found] == ["Sony WH-1000XM4 (1/3)", "etui (2/3)", "kabel (3/3)"]
    assert {label.number for label in found} == {found[0].number}
    assert found[0].lines[1] == "00Å-17"


def test_each_printer_prints_what_it_can(shop: Session, job: int) -> None:
    for speaks, paper, begins in (
        (Speaks.RECEIPTS, JobPaper.RECEIPT, b"\x1b@"), (Speaks.ZPL, JobPaper.LABELS, b"^XA"),
        (Speaks.TSPL, JobPaper.LABELS, b"SIZE"), (Speaks.PDF, JobPaper.JOB, b"%PDF"),
        (Speaks.TEXT, JobPaper.LABELS, b"1"),
    ):  # fmt: skip
        printer = PrinterRecord(0, "Disken", "", speaks, "/", 62)
        assert job_printing.drawn(shop, paper, job, printer, DANISH)[0].startswith(begins)
    with pytest.raises(Invalid, match="Disken"):
        job_printing.drawn(shop, JobPaper.RECEIPT, job, PrinterRecord(0, "Disken", "", Speaks.ZPL, "/", 62), DANISH)
