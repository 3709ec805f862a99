"""Printing from a screen: which paper, on which printer; it comes out while one types on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from svc_tui.domain.errors import DomainError
from svc_tui.domain.printers import PAPER_NAMES, JobPaper, PrinterRecord
from svc_tui.domain.quoting import filled
from svc_tui.i18n import _, n_
from svc_tui.output.paper import job_printing, readers
from svc_tui.screens.shell.background import on_top

if TYPE_CHECKING:
    from svc_tui.screens.shell.base import BaseScreen

MOST: Final = 100
"""Jobs whose papers are printed at once."""
_DIGITS: Final = "123456789"


def ask_which(screen: BaseScreen, jobs: Sequence[int]) -> None:
    """Ask which paper of these jobs, and on which printer where there are several; print it."""
    printers = [one for one in screen.session.registers.printers if not one.retired]
    offered = [paper for paper in JobPaper if any(one.can_print(paper) for one in printers)]
    if not offered:
        screen.complain(_("No printer is set up yet: R, Printers."))
        return
    if len(jobs) > MOST:
        screen.complain(_("At most {most} jobs are printed at once. Select fewer.").format(most=MOST))
        return

    def chosen(paper: JobPaper) -> Callable[[], Awaitable[None]]:
        able = [one for one in printers if one.can_print(paper)]
        return partial(_ask_where, screen, paper, jobs, able)

    named = [(_(PAPER_NAMES[paper]), chosen(paper)) for paper in offered]
    _ask(screen, n_("Print of {count} job:", "Print of {count} jobs:", len(jobs)).format(count=len(jobs)), named)


async def _ask_where(screen: BaseScreen, paper: JobPaper, jobs: Sequence[int], able: Sequence[PrinterRecord]) -> None:
    if len(able) == 1:
        begin(screen, paper, jobs, able[0])
        return

    def on(printer: PrinterRecord) -> Callable[[], Awaitable[None]]:
        async def go() -> None:
            begin(screen, paper, jobs, printer)

        return go

    _ask(screen, _("On which printer:"), [(one.name, on(one)) for one in able[: len(_DIGITS)]])


def _ask(screen: BaseScreen, question: str, named: Sequence[tuple[str, Callable[[], Awaitable[None]]]]) -> None:
    """Offer things by their digits."""
    answers = dict(zip(_DIGITS, (act for _name, act in named), strict=False))
    told = "  ".join(f"{digit} {name}" for digit, (name, _act) in zip(_DIGITS, named, strict=False))
    screen.ask_letter(filled(_("{question} {choices}   Esc: none"), question=question, choices=told), answers)


def begin(
    screen: BaseScreen, paper: JobPaper, jobs: Sequence[int], printer: PrinterRecord, *, before: str = ""
) -> None:
    """Print beside the keys, and say so when it is done, behind what was said before."""
    screen.svc.background(partial(_print, screen, paper, jobs, printer, before), f"printing {paper.value}")


async def _print(screen: BaseScreen, paper: JobPaper, jobs: Sequence[int], printer: PrinterRecord, before: str) -> None:
    svc, done, number = screen.svc, 0, ""
    reader = readers.customer(screen.session)
    try:
        for job in jobs:
            body, number = await screen.ask_service(job_printing.drawn, paper, job, printer, reader)
            await asyncio.to_thread(job_printing.bring, body, f"{paper.value}-{number}", printer)
            done += 1
    except DomainError as error:
        if done:
            reason = error.sentence(_)
            text = _("{done} of {all} printed on {printer}; then: {reason}")
            on_top(svc, screen).complain(filled(text, done=done, all=len(jobs), printer=printer.name, reason=reason))
            return
        raise
    text = n_("Printed on {printer}: {paper}, {count} job.", "Printed on {printer}: {paper}, {count} jobs.", done)
    if done == 1:
        text = _("Printed on {printer}: {paper} {number}.")
    told = filled(text, printer=printer.name, paper=_(PAPER_NAMES[paper]), number=number, count=done)
    svc.between_keys(partial(_say, screen, f"{before} {told}".strip()))


async def _say(screen: BaseScreen, text: str) -> None:
    top = on_top(screen.svc, screen)
    if not top.bottom.asks_letter:
        top.say(text)


def print_receipt(screen: BaseScreen, job: int) -> None:
    """Print the receipt of a job that was just registered, if a printer is set to do so."""
    printer = screen.session.registers.receipt_printer(screen.svc.settings.receipt_printer)
    if printer is not None:
        begin(screen, JobPaper.RECEIPT, (job,), printer, before=screen.bottom.message)
