"""`svc-tui list` and `svc-tui show`."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence

from svc_tui.commandline.shop import list_code
from svc_tui.commandline.table import Column, line
from svc_tui.domain.damage import MARK, is_beyond
from svc_tui.domain.errors import N_, Invalid, NotAllowed, NotFound
from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.job_fields import JOB_FIELDS, JobField
from svc_tui.domain.labels import CODE_LABELS
from svc_tui.domain.language.dates import format_when
from svc_tui.domain.language.money import format_amount, format_quantity
from svc_tui.domain.operations import Value
from svc_tui.domain.queries import NEWEST_FIRST, Order
from svc_tui.domain.records import ActivityRow, LineRecord
from svc_tui.domain.registers import Registers
from svc_tui.domain.rights import Right, allows
from svc_tui.domain.text import shown, shown_text
from svc_tui.i18n import _
from svc_tui.output.activity_json import activity_object, json_line
from svc_tui.services.core.session import Session, to_local
from svc_tui.services.filters import lists
from svc_tui.services.filters.filtering import resolve, resolve_terms
from svc_tui.services.transfer import export
from svc_tui.services.transfer.export import ActivityDetail

_CUSTOMER_WIDTH = 24
_AS_TEXT = N_(
    "Your role may not export data, and --json prints what an export writes. "
    "Without --json you read the same jobs; ask a supervisor for an export."
)


def show_list(session: Session, options: argparse.Namespace) -> None:
    """Print the jobs of a list that pass the filter: the terms are one filter line, as on the screen.

    Raises:
        Invalid: when there is no such list or column, or the filter has a mistake.
        NotAllowed: when JSON is asked for by somebody who may not export.
    """
    if options.json:
        _require_export(session)
    meant = resolve_terms(session, list_code(session, options.list), options.filter)
    query = meant.query._replace(order=_order(session, options, meant.order or NEWEST_FIRST))
    batches = _first(export.activity_rows(session, query), options.limit)
    form = _json if options.json else _ids if options.ids else _table
    for text in form(session, batches):
        print(text)
    if not lists.is_order_kept(session, query):
        falls = query.order.descending
        print(_("too many to sort: newest first") if falls else _("too many to sort: oldest first"), file=sys.stderr)


def _order(session: Session, options: argparse.Namespace, otherwise: Order) -> Order:
    """What a list is sorted by: the column asked for by its name in any of the languages, or what is said otherwise."""
    if options.sort is None:
        return otherwise._replace(descending=not otherwise.descending) if options.descending else otherwise
    asked: str = options.sort
    name = asked.removeprefix("-")
    column = lists.order_column(session.language, name)
    if column is None:
        labels = ", ".join(lists.order_labels(session.language))
        raise Invalid(N_("Lists are not sorted by “{text}”; use one of: {choices}."), text=name, choices=labels)
    return Order(column, options.descending is not asked.startswith("-"))


def _first(batches: Iterator[list[ActivityRow]], limit: int | None) -> Iterator[list[ActivityRow]]:
    """The first so many rows; no more is read than they need."""
    for batch in batches:
        if limit is not None and len(batch) >= limit:
            yield from [batch[:limit]] if limit else []
            return
        yield batch
        limit = None if limit is None else limit - len(batch)


def _json(session: Session, batches: Iterator[list[ActivityRow]]) -> Iterator[str]:
    for batch in batches:
        for job in export.details(session, batch):
            yield json_line(activity_object(session.registers, job))


def _ids(_session: Session, batches: Iterator[list[ActivityRow]]) -> Iterator[str]:
    """The numbers, which is what people and `show` know jobs by."""
    return (str(row.number) for batch in batches for row in batch)


def _table(session: Session, batches: Iterator[list[ActivityRow]]) -> Iterator[str]:
    limit = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    columns: list[Column] = []
    for batch in batches:
        if not columns:
            columns = _columns(session, batch)
            yield line(columns, [column.title for column in columns], limit)
        for row in batch:
            yield line(columns, _cells(session, row), limit)


def _columns(session: Session, batch: Sequence[ActivityRow]) -> list[Column]:
    """As wide as the registers need, so that rows can be printed while others are still being read."""
    registers, sample = session.registers, _when(session, 0)
    titles = (_("Number"), _("Start"), _("Status"), _("Type"), _("Resp."), _("Customer"), _("Subject"))
    widths = (
        max(len(str(row.number)) for row in batch),
        len(sample),
        max((len(entry.name) for entry in registers.statuses), default=0),
        max((len(entry.name) for entry in registers.types), default=0),
        max((len(entry.initials) for entry in registers.employees), default=0),
        _CUSTOMER_WIDTH,
        0,
    )
    return [
        Column(title, max(width, len(title)), right=place == 0)
        for place, (title, width) in enumerate(zip(titles, widths, strict=True))
    ]


def _cells(session: Session, row: ActivityRow) -> list[str]:
    kind, status, responsible = _names(session.registers, row)
    return [str(row.number), _when(session, row.start_at), status, kind, responsible, row.customer, _subject(row)]


def _names(registers: Registers, row: ActivityRow) -> tuple[str, str, str]:
    kind, status = registers.type(row.type_id), registers.status(row.status_id)
    responsible = registers.employee(row.responsible_id)
    return kind.name if kind else "", status.name if status else "", responsible.initials if responsible else ""


def _when(session: Session, seconds: int | None) -> str:
    if seconds is None or is_beyond(seconds):
        return "" if seconds is None else "?"
    return format_when(to_local(seconds), session.now(), session.language)


def _require_export(session: Session) -> None:
    """JSON is what an export writes: whoever may not export reads the table, and one job as a text.

    Raises:
        NotAllowed: when the role may not export.
    """
    if session.employee is not None and not allows(session.employee.role, Right.EXPORT_DATA):
        raise NotAllowed(_AS_TEXT)
    session.require(Right.EXPORT_DATA)


# -- one job -----------------------------------------------------------------------------------------------------


def show(session: Session, options: argparse.Namespace) -> None:
    """Print one job.

    Raises:
        NotFound: when no job has this number.
    """
    if options.json:
        _require_export(session)
    job = _job(session, options.number)
    if options.json:
        print(json_line(activity_object(session.registers, job)))
        return
    for text in _told(session, job):
        print(text)


def _job(session: Session, number: int) -> ActivityDetail:
    query = resolve(session, None, f"number:{number}")
    for batch in export.activity_rows(session, query):
        for job in export.details(session, batch):
            return job
    raise NotFound(N_("There is no job {number}."), number=number)


def _told(session: Session, job: ActivityDetail) -> Iterator[str]:
    row = job.row
    kind, status, responsible = _names(session.registers, row)
    priority = session.registers.priority(row.priority_id)
    fields = (
        (_("Subject"), _subject(row)),
        (_("Start"), _when(session, row.start_at)),
        (_("End"), _when(session, row.end_at)),
        (_("Promised"), _when(session, row.promised_at)),
        (_("Type"), kind),
        (_("Status"), status),
        (_("Priority"), priority.name if priority else ""),
        (_("Responsible"), responsible),
        (_("Customer"), row.customer),
        (_("Device"), job.device.label if job.device else ""),
    )
    told = [(label, [shown(text)]) for label, text in fields if text]
    told += [(label, shown_text(text).split("\n")) for label, text in _own_fields(session, job) if text]
    label_width = max((len(label) for label, _texts in told), default=0)
    yield _("Job {number}").format(number=row.number)
    for label, (first, *rest) in told:
        yield f"  {label:<{label_width}}  {first}"
        yield from (f"  {'':<{label_width}}  {more}" for more in rest)
    if job.links:
        yield _("Contacts")
        for link in job.links:
            person = f" ({link.person})" if link.person else ""
            yield f"  {_role(link.role)}: {shown(link.contact + person)} {link.number}"
    if job.lines:
        yield _("Lines")
        for entry in job.lines:
            yield f"  {shown(_line(session, entry))}"
    if job.notes:
        yield _("Note")
        for note in job.notes:
            author = session.registers.employee(note.author_id)
            yield f"  {_when(session, note.at)} {author.initials if author else ''}".rstrip()
            yield from (f"    {text}" for text in shown_text(note.text).split("\n"))


def _own_fields(session: Session, job: ActivityDetail) -> Iterator[tuple[str, str]]:
    """What no list shows of a job, by the name that the shop gives it."""
    company = session.registers.company
    names = {"user_field1": company.user_field1_name, "user_field2": company.user_field2_name}
    for field in JOB_FIELDS:
        if field.is_shipped:
            yield names.get(field.name) or _(field.label), _written(session, field, job.shipped[field.name])
    for yes in job.approvals:
        amount = format_amount(yes.up_to, session.language)
        way = _(CODE_LABELS.get(yes.way, yes.way))
        yield _("Customer's yes"), f"{_when(session, yes.at)}  {amount}  {yes.who}, {way}"


def _written(session: Session, field: JobField, value: Value) -> str:
    if value is None:
        return ""
    match field.kind:
        case FieldKind.AMOUNT:
            return format_amount(int(value), session.language)
        case FieldKind.FLAG:
            return _("yes") if value else ""
        case _:
            return str(value)


def _line(session: Session, entry: LineRecord) -> str:
    quantity = format_quantity(entry.quantity, session.language)
    price = format_amount(entry.price, session.language)
    parts = (quantity, entry.unit, entry.code, entry.text, price, _payer(entry.payer), _state(entry.state))
    return "  ".join(part for part in parts if part)


def _role(role: str) -> str:
    return {"customer": _("Customer"), "supplier": _("Supplier"), "payer": _("Payer")}.get(role, _("Other"))


def _payer(payer: str) -> str:
    return {"customer": _("Customer"), "supplier": _("Supplier"), "us": _("Us")}.get(payer, payer)


def _state(state: str) -> str:
    words = {"needed": _("Needed"), "ordered": _("Ordered"), "arrived": _("Arrived"), "used": _("Used")}
    return words.get(state, state)


def _subject(row: ActivityRow) -> str:
    """The subject, behind what is wrong with the row."""
    return " ".join((*(f"{MARK} {misfit.told.sentence(_)}" for misfit in row.damage), row.subject))
