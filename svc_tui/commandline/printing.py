"""What `svc-tui print` does."""

from __future__ import annotations

import argparse
import sys

from svc_tui.commandline.arguments import STANDARD_INPUT
from svc_tui.commandline.editing import numbers
from svc_tui.commandline.running import OK, REFUSED, refuse
from svc_tui.domain.errors import N_, DomainError, Invalid, NotFound
from svc_tui.domain.printers import JobPaper, PrinterRecord, Speaks, read_place
from svc_tui.domain.text import search_key, shown
from svc_tui.i18n import _
from svc_tui.output.paper import job_printing, readers
from svc_tui.output.paper.receipt_printer import LETTERS
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities

_STANDARD_OUTPUT = "-"


def print_jobs(session: Session, options: argparse.Namespace) -> int:
    """Print the papers asked for, one job after the other; a job that cannot be printed is told and the others go on.

    Raises:
        Invalid: when no printer is named and there is not just one for this paper, or there is no such printer.
    """
    if options.paper == "test":
        printer = _printer(session, options, None)
        _put(job_printing.trial(printer, LETTERS, session.now().date()), "test", printer, options.to)
        return OK
    paper = JobPaper(options.paper)
    for word in options.words:
        if word != STANDARD_INPUT and not (word.isascii() and word.isdecimal()):
            raise Invalid(N_("“{text}” is no number of a job."), text=word[:40])
    asked = numbers(options.words)
    if not asked:
        raise Invalid(N_("Say which jobs: svc-tui print {paper} 10432."), paper=paper.value)
    printer = _printer(session, options, paper)
    reader = readers.customer(session)
    ids = activities.ids_of_numbers(session, asked)
    code = OK
    for number in asked:
        try:
            if number not in ids:
                raise NotFound(N_("There is no job {number}."), number=number)
            body, told = job_printing.drawn(session, paper, ids[number], printer, reader)
            _put(body, f"{paper.value}-{told}", printer, options.to)
        except DomainError as refused:
            code = REFUSED
            refuse(refused.sentence(_))
    return code


def _put(body: bytes, name: str, printer: PrinterRecord, to: str | None) -> None:
    if to == _STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(body)
        return
    print(shown(f"{name}: {job_printing.bring(body, name, printer)}"))


def _printer(session: Session, options: argparse.Namespace, paper: JobPaper | None) -> PrinterRecord:
    """The one named, the one at a place, or the only one that can print this."""
    known = [one for one in session.registers.printers if not one.retired]
    if options.to is None:
        able = [one for one in known if paper is None or one.can_print(paper)]
        if len(able) == 1:
            return able[0]
        raise Invalid(N_("Say where to: --to with one of {names}, or a place."), names=_names(able))
    named = [one for one in known if one.key == search_key(options.to)]
    if named and options.speaks is None:
        return named[0]
    speaks = Speaks(options.speaks or "text")
    if options.to != _STANDARD_OUTPUT:
        try:
            read_place(options.to)
        except Invalid as error:
            if not known:
                raise
            raise Invalid(
                N_("There is no printer {name}; use one of {names}, or a place."), name=options.to, names=_names(known)
            ) from error
    width = options.width or {Speaks.TEXT: 80, Speaks.ZPL: 62, Speaks.TSPL: 62}.get(speaks, 42)
    return PrinterRecord(0, options.to, "", speaks, options.to, width)


def _names(printers: list[PrinterRecord]) -> str:
    return ", ".join(one.name for one in printers) or _("(no printer)")
