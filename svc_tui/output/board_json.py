"""The dashboard and the next jobs as JSON: initials for people, ISO local minutes, hours as text."""

from __future__ import annotations

from typing import Any

from svc_tui.domain.planning.workload import NEVER, Task
from svc_tui.domain.records import ActivityRow
from svc_tui.domain.registers import Registers
from svc_tui.services.core.session import to_local
from svc_tui.services.reports.board import Board, Counts, Load, Loads

Json = dict[str, Any]


def board_object(registers: Registers, list_code: str, at: int, board: Board, loads: Loads) -> Json:
    """What the dashboard shows.

    Args:
        registers: Of the shop.
        list_code: Which list is looked at; empty for all jobs.
        at: When it was counted, seconds UTC.
        board: What was counted.
        loads: Work against hours.
    """

    def row(kind: str, counts: Counts, load: Load | None) -> Json:
        entry = registers.employee(counts.responsible)
        return {"row": kind, "who": entry.initials if entry else None, **_counted(counts), **_load(load)}

    people = [row("person", counts, loads.people.get(counts.responsible)) for counts in board.people]
    return {
        "list": list_code or None,
        "at": _moment(at),
        "horizon": _moment(loads.horizon),
        "head": board.head._asdict(),
        "rows": [
            row("nobody", board.nobody, loads.people.get(None)),
            *people,
            row("all", board.all, loads.all),
        ],
    }


def _counted(counts: Counts) -> Json:
    return {
        "open": counts.open,
        "late": counts.late,
        "waiting": counts.waiting,
        "working": counts.working,
        "ready": counts.ready,
        "oldest": _moment(counts.oldest),
    }


def _load(load: Load | None) -> Json:
    found = load or Load(0, 0, None, 0, None, None)
    return {
        "left": hours(found.left),
        "due": hours(found.due),
        "capacity": None if found.capacity is None else hours(found.capacity),
        "too_late": found.too_late,
        "late_work": hours(found.late_work),
        "days": None if found.days is None else f"{found.days:.1f}",
        "clear": _moment(found.clear_at),
        "worst": None if found.worst is None else {"before": _moment(found.worst[0]), "over": hours(found.worst[1])},
    }


def task_object(registers: Registers, row: ActivityRow, task: Task, over: int) -> Json:
    """A job as work to be done."""
    kind = registers.type(row.type_id) if row.type_id else None
    return {
        "number": row.number,
        "subject": row.subject,
        "due": None if task.deadline >= NEVER else _moment(task.deadline),
        "left": hours(task.left),
        "over": hours(over),
        "type": kind.name if kind else None,
        "customer": row.customer or None,
    }


def hours(seconds: int) -> str:
    """Work in hours, with hundredths."""
    return f"{seconds / 3_600:.2f}"


def _moment(seconds: int | None) -> str | None:
    return None if seconds is None else to_local(seconds).isoformat(timespec="minutes")
