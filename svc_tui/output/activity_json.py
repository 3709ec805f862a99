"""A job as one line of JSON, as the command line's contract has it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from svc_tui.domain.damage import is_beyond
from svc_tui.domain.job_fields import AMOUNTS
from svc_tui.domain.language.money import plain_decimal, plain_quantity
from svc_tui.domain.operations import Value
from svc_tui.domain.records import ApprovalRecord, DeviceRow, LineRecord, LinkRecord, Stage
from svc_tui.domain.registers import Registers
from svc_tui.services.core.session import to_local
from svc_tui.services.transfer.export import ActivityDetail

Json = dict[str, Any]


def activity_object(registers: Registers, job: ActivityDetail) -> Json:
    """What a job is to another program: names for ids, ISO local minutes, decimals as text."""
    row = job.row
    kind, status = registers.type(row.type_id), registers.status(row.status_id)
    priority, responsible = registers.priority(row.priority_id), registers.employee(row.responsible_id)
    return {
        "number": row.number,
        "lists": [entry.code for entry in registers.lists if kind is not None and entry.id in kind.lists],
        "subject": row.subject,
        "start": _moment(row.start_at),
        "end": _moment(row.end_at),
        "promised": _moment(row.promised_at),
        "type": kind.name if kind else None,
        "status": status.name if status else None,
        "stage": Stage(row.stage).name.lower() if row.stage else None,
        "priority": priority.name if priority else None,
        "responsible": responsible.initials if responsible else None,
        "customer": row.customer or None,
        "links": [_link(link) for link in job.links],
        "device": _device(job.device) if job.device else None,
        **{name: _shipped(name, value) for name, value in job.shipped.items()},
        "lines": [_line(line, job.orders.get(line.id, ())) for line in job.lines],
        "note": "\n".join(note.text for note in job.notes),
        "approvals": [_approval(registers, one) for one in job.approvals],
        "version": job.version,
    }


def _moment(seconds: int | None) -> str | None:
    return None if seconds is None or is_beyond(seconds) else to_local(seconds).isoformat(timespec="minutes")


def _shipped(name: str, value: Value) -> Value:
    return plain_decimal(int(value), 2) if name in AMOUNTS and value is not None else value


def _approval(registers: Registers, found: ApprovalRecord) -> Json:
    author = registers.employee(found.author_id)
    return {
        "at": _moment(found.at), "up_to": plain_decimal(found.up_to, 2), "who": found.who, "way": found.way,
        "noted_by": author.initials if author else None,
    }  # fmt: skip


def _link(link: LinkRecord) -> Json:
    return {"contact": link.contact, "number": link.number, "person": link.person or None, "role": link.role}


def _device(device: DeviceRow) -> Json:
    return {"name": f"{device.brand} {device.model}".strip(), "serial": device.serial}


def _line(line: LineRecord, orders: Sequence[int]) -> Json:
    return {
        "kind": line.kind,
        "code": line.code,
        "text": line.text,
        "quantity": plain_quantity(line.quantity),
        "unit_price": plain_decimal(line.price, 2),
        "payer": line.payer,
        "state": line.state or None,
        "order": list(orders) or None,
    }


def json_line(found: Json) -> str:
    """One line, UTF-8 as it is, but for what could steer a terminal: that is escaped and so loses nothing."""
    text = json.dumps(found, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else _escaped(letter) for letter in text)


def _escaped(letter: str) -> str:
    return json.dumps(letter)[1:-1]
