"""Printing the papers of jobs: each is made, drawn for the printer chosen and brought to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.paper.label import Label
from svc_tui.domain.paper.reader import Reader
from svc_tui.domain.paper.sheet import Kind, Sheet
from svc_tui.domain.printers import JobPaper, PrinterRecord, Speaks, read_place
from svc_tui.output.paper import label_printer, pdf, plain, receipt_printer
from svc_tui.output.paper.delivery import deliver
from svc_tui.services.core.session import Session
from svc_tui.services.paper import job_papers

SUFFIXES: Final = {
    Speaks.RECEIPTS: "bin", Speaks.ZPL: "zpl", Speaks.TSPL: "tspl", Speaks.PDF: "pdf", Speaks.TEXT: "txt",
}  # fmt: skip
_PAGE_BREAK: Final = "\f"


def print_paper(session: Session, paper: JobPaper, job_id: int, printer: PrinterRecord, reader: Reader) -> str:
    """Print one paper of a job; gives where it went.

    Raises:
        NotFound, NotAllowed: when the job cannot be read.
        Invalid: when the paper cannot be drawn, or the printer does not take it.
    """
    body, number = drawn(session, paper, job_id, printer, reader)
    return bring(body, f"{paper.value}-{number}", printer)


def bring(body: bytes, name: str, printer: PrinterRecord) -> str:
    """Bring what was drawn to a printer; gives where it went.

    Raises:
        Invalid: when it does not take it.
    """
    raw = printer.speaks not in (Speaks.PDF, Speaks.TEXT)
    return deliver(body, read_place(printer.place), f"{name}.{SUFFIXES[printer.speaks]}", raw=raw)


def drawn(session: Session, paper: JobPaper, job_id: int, printer: PrinterRecord, reader: Reader) -> tuple[bytes, str]:
    """What goes to the printer, and the job's number.

    Raises:
        NotFound, NotAllowed, Invalid: as in `print_paper`.
    """
    if not printer.can_print(paper):
        raise Invalid(N_("{name} does not print this. Choose another printer."), name=printer.name)
    if paper is JobPaper.LABELS:
        found = job_papers.labels(session, job_id, reader)
        return _labels(found, printer), found[0].number
    make: Callable[[Session, int, Reader], Sheet] = (
        job_papers.receipt if paper is JobPaper.RECEIPT else job_papers.job_sheet
    )
    sheet = make(session, job_id, reader)
    return drawn_sheet(sheet, printer), sheet.number


def drawn_sheet(sheet: Sheet, printer: PrinterRecord) -> bytes:
    """A sheet in the language of a printer.

    Raises:
        Invalid: when it cannot be drawn.
    """
    match printer.speaks:
        case Speaks.PDF:
            return pdf.pdf(sheet)
        case Speaks.RECEIPTS:
            return receipt_printer.receipt(sheet, _receipt_printer(printer))
        case Speaks.TEXT:
            return (plain.plain(sheet, printer.width) + _PAGE_BREAK).encode()
        case Speaks.ZPL | Speaks.TSPL:
            raise Invalid(N_("{name} does not print this. Choose another printer."), name=printer.name)


def trial(printer: PrinterRecord, letters: str, day: date) -> bytes:
    """A page that shows whether the letters come out right; of a receipt printer, under each number of a code page.

    Raises:
        Invalid: when it cannot be drawn.
    """
    match printer.speaks:
        case Speaks.RECEIPTS:
            return receipt_printer.pages(_receipt_printer(printer), letters)
        case Speaks.ZPL | Speaks.TSPL:
            return _label(Label("12345", (printer.name, letters), "S12345"), printer)
        case Speaks.PDF | Speaks.TEXT:
            return drawn_sheet(Sheet(Kind.JOB, "en", "12345", printer.name, day, (letters,), code="S12345"), printer)


def _receipt_printer(printer: PrinterRecord) -> receipt_printer.Printer:
    return receipt_printer.Printer(printer.width, printer.page, printer.page_number, printer.cuts)


def _labels(found: list[Label], printer: PrinterRecord) -> bytes:
    if printer.speaks is Speaks.TEXT:
        return "".join("\n".join((label.number, *label.lines)) + "\n" + _PAGE_BREAK for label in found).encode()
    return b"".join(_label(label, printer) for label in found)


def _label(label: Label, printer: PrinterRecord) -> bytes:
    roll = label_printer.Roll(printer.width, printer.height, printer.page)
    draw = label_printer.zpl if printer.speaks is Speaks.ZPL else label_printer.tspl
    return draw(label, roll)
