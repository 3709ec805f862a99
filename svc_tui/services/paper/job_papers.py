"""The papers of a job: the receipt that the customer gets at intake, the labels of what came in, the job sheet.

Each is made of what is stored, in the language of whoever reads it. The receipt has two parts with one number: the
customer's, and a tag that stays with the device. Of the device's lock code nothing is ever printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from svc_tui.db.core.changes import Values, read
from svc_tui.domain import clock
from svc_tui.domain.errors import N_
from svc_tui.domain.paper.label import Label
from svc_tui.domain.paper.reader import Reader
from svc_tui.domain.paper.sheet import Column, Fact, Kind, Row, Sheet
from svc_tui.domain.records import LineKind, LineRecord
from svc_tui.domain.registers import CompanyRecord
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import CONTACT, DEVICE
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities

CODE_PREFIX = "S"
"""Before a job's number in its bar code: with it a reader's burst is never taken for a product's number."""

_PHONES = ("phone", "mobile")
_BETWEEN_THINGS = re.compile(r"\s*[,;\n]\s*")


class _Job(NamedTuple):
    """A job with all that its papers need."""

    sheet: activities.Sheet
    company: CompanyRecord
    customer: Values
    device: Values
    names: dict[str, str]
    """Of type, status, priority and responsible; empty for none."""

    @property
    def number(self) -> str:
        return str(self.sheet.number)

    @property
    def code(self) -> str:
        return f"{CODE_PREFIX}{self.sheet.number}"

    @property
    def model(self) -> str:
        """Brand and model."""
        return " ".join(str(self.device[name]) for name in ("brand", "model") if self.device.get(name))

    @property
    def phones(self) -> str:
        return ", ".join(str(self.customer[name]) for name in _PHONES if self.customer.get(name))

    def text(self, name: str) -> str:
        """A text of the job."""
        return str(self.sheet.values[name] or "")

    def ceiling(self, reader: Reader) -> str:
        """What the customer agreed to at most."""
        amount = self.sheet.values["ceiling"]
        return "" if amount is None else reader.amount(int(amount))

    def of_device(self, name: str) -> str:
        """A text of its device."""
        return str(self.device.get(name) or "")


# -- what is read ----------------------------------------------------------------------------------------------------


def _read(session: Session, job_id: int) -> _Job:
    """
    Raises:
        NotFound: when the job is gone.
        Invalid: when another program wrote into it what cannot be.
    """
    session.require(Right.ACTIVITY_READ)
    sheet = activities.open_sheet(session, job_id)
    registers, values = session.registers, sheet.values
    named = {
        "type": registers.type(_id(values["type"])), "status": registers.status(_id(values["status"])),
        "priority": registers.priority(_id(values["priority"])),
        "responsible": registers.employee(_id(values["responsible"])),
        "creator": registers.employee(sheet.created_by),
    }  # fmt: skip
    return _Job(
        sheet, registers.company,
        read(session.store, CONTACT, sheet.customer.id) if sheet.customer else {},
        read(session.store, DEVICE, sheet.device.id) if sheet.device else {},
        {name: entry.name if entry else "" for name, entry in named.items()},
    )  # fmt: skip


def _id(value: object) -> int | None:
    return int(str(value)) if value else None


# -- the papers ------------------------------------------------------------------------------------------------------


def receipt(session: Session, job_id: int, reader: Reader) -> Sheet:
    """What the customer gets when the device is handed in, and the tag that stays with it.

    Raises:
        NotFound, Invalid, NotAllowed: when the job cannot be read.
    """
    job = _read(session, job_id)
    facts = (
        (N_("Received"), reader.when(job.sheet.created_at)),
        (N_("Device"), job.model),
        (N_("Serial number"), job.of_device("serial")),
        (N_("Accessories"), job.of_device("accessories")),
        (N_("Condition"), job.of_device("condition")),
        (N_("Fault told"), job.text("fault_told") or job.text("subject")),
        (N_("Promised"), reader.when(_id(job.sheet.values["promised_at"]))),
        (N_("Costs at most, with VAT"), job.ceiling(reader)),
        (N_("Received by"), job.names["creator"]),
    )
    return Sheet(
        Kind.RECEIPT, reader.language, job.number, reader.say(N_("Intake receipt {number}"), number=job.number),
        clock.local(job.sheet.created_at).date(), _shop(job.company, reader),
        receiver=_receiver(job.customer), facts=_facts(facts, reader), small=job.company.intake_terms, code=job.code,
        tag=tuple(_tag(job, reader)), signature=reader.say(N_("The customer's signature")),
        page=reader.page,
    )  # fmt: skip


def job_sheet(session: Session, job_id: int, reader: Reader) -> Sheet:
    """What lies with the device in the workshop: all that is known, what is to be used, and room to write.

    Raises:
        NotFound, Invalid, NotAllowed: when the job cannot be read.
    """
    job = _read(session, job_id)
    values = job.sheet.values
    facts = (
        (N_("Subject"), job.text("subject")),
        (N_("Type"), job.names["type"]),
        (N_("Status"), job.names["status"]),
        (N_("Priority"), job.names["priority"]),
        (N_("Responsible"), job.names["responsible"]),
        (N_("Received"), reader.when(job.sheet.created_at)),
        (N_("Start"), reader.when(_id(values["start_at"]))),
        (N_("Promised"), reader.when(_id(values["promised_at"]))),
        (N_("Costs at most, with VAT"), job.ceiling(reader)),
        (N_("Phone"), job.phones),
        (N_("Device"), job.model),
        (N_("Serial number"), job.of_device("serial")),
        (N_("Accessories"), job.of_device("accessories")),
        (N_("Condition"), job.of_device("condition")),
        (N_("Shelf"), job.of_device("shelf")),
        (N_("Fault told"), job.text("fault_told")),
        (N_("Found"), job.text("fault_found")),
    )
    return Sheet(
        Kind.JOB, reader.language, job.number, reader.say(N_("Job {number}"), number=job.number),
        clock.local(job.sheet.created_at).date(), _shop(job.company, reader)[:1],
        receiver=_receiver(job.customer), facts=_facts(facts, reader),
        columns=(
            Column(reader.say(N_("Planned")), figures=True), Column(reader.say(N_("Used")), figures=True),
            Column(reader.say(N_("Code"))), Column(reader.say(N_("Text"))),
        ),
        rows=tuple(_work(line, reader) for line in job.sheet.lines),
        remarks=tuple(_notes(session, job, reader)), code=job.code, page=reader.page,
    )  # fmt: skip


def labels(session: Session, job_id: int, reader: Reader) -> list[Label]:
    """One for the device and one for each thing that came with it, which say how many there are.

    Raises:
        NotFound, Invalid, NotAllowed: when the job cannot be read.
    """
    job = _read(session, job_id)
    things = [thing for thing in _BETWEEN_THINGS.split(job.of_device("accessories")) if thing]
    whose = " ".join(str(part) for part in (job.customer.get("name"), job.phones) if part)
    fault = job.text("fault_told") or job.text("subject")
    about = (job.of_device("serial"), whose, fault if job.model else "", job.of_device("shelf"))
    every = [(job.model or fault, about), *((thing, (job.model, whose)) for thing in things)]
    return [
        Label(
            job.number,
            tuple(line for line in (f"{what} ({place}/{len(every)})" if things else what, *rest) if line),
            job.code,
        )
        for place, (what, rest) in enumerate(every, 1)
    ]  # fmt: skip


# -- parts of papers -------------------------------------------------------------------------------------------------


def _shop(company: CompanyRecord, reader: Reader) -> tuple[str, ...]:
    """The shop as it stands at the head of its papers."""
    reached = " · ".join(part for part in (company.phone, company.email) if part)
    number = f"{reader.say(N_('VAT number'))} {company.vat_number}" if company.vat_number else ""
    return tuple(line for line in (company.name, *company.address.splitlines(), reached, number) if line)


def _receiver(customer: Values) -> tuple[str, ...]:
    if not customer:
        return ()
    town = f"{customer['post_code'] or ''} {customer['city'] or ''}".strip()
    lines = (customer["name"], *str(customer["address"] or "").splitlines(), town, customer["country"])
    return tuple(str(line) for line in lines if line)


def _facts(facts: Sequence[tuple[str, str]], reader: Reader) -> tuple[Fact, ...]:
    """Those that are known."""
    return tuple(Fact(reader.say(label), value) for label, value in facts if value)


def _tag(job: _Job, reader: Reader) -> Iterator[Fact]:
    whose = ", ".join(part for part in (str(job.customer.get("name") or ""), job.phones) if part)
    facts = (
        (N_("Device"), job.model),
        (N_("Serial number"), job.of_device("serial")),
        (N_("Accessories"), job.of_device("accessories")),
        (N_("Customer"), whose),
        (N_("Fault told"), job.text("fault_told") or job.text("subject")),
        (N_("Promised"), reader.when(_id(job.sheet.values["promised_at"]))),
        (N_("Costs at most, with VAT"), job.ceiling(reader)),
    )
    return iter(_facts(facts, reader))


def _work(line: LineRecord, reader: Reader) -> Row:
    if line.kind == LineKind.TEXT:
        return Row(("", "", "", line.text))
    used = "" if line.used is None else reader.quantity(line.used)
    return Row((reader.quantity(line.planned), used, line.code, line.text))


def _notes(session: Session, job: _Job, reader: Reader) -> Iterator[str]:
    """The notes as they were written, the first of them first, each with when and by whom."""
    for note in job.sheet.notes:
        author = session.registers.employee(note.author_id)
        head = f"{reader.when(note.at)} {author.initials if author else ''}".strip()
        yield f"{head}\n{note.text}"
