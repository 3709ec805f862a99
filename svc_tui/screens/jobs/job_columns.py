"""The columns of a list of jobs, as the user's preset or own arrangement has them."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import assert_never

from rich.style import Style

from svc_tui.domain.columns import COLUMNS, JOBS, ListColumn
from svc_tui.domain.damage import MARK
from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.listing import SortOrder
from svc_tui.domain.records import ActivityRow
from svc_tui.formats import Formats
from svc_tui.i18n import _
from svc_tui.screens.shell import list_columns
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import due
from svc_tui.services.people.settings import UserSettings
from svc_tui.widgets.lines import width_of
from svc_tui.widgets.look import look
from svc_tui.widgets.row_list import Column

STATUS_LEAST, STATUS_MOST = 12, 24
"""Cells of the status: as many as the longest in use needs, for several begin with the same words."""


def columns(
    session: Session,
    formats: Formats,
    settings: UserSettings,
    width: int,
    number_width: int,
    order: SortOrder | None,
    list_id: int | None = None,
) -> list[Column[ActivityRow]]:
    """The columns to show in `width` cells; see `all_columns` and `shell.list_columns.shown`."""
    known = all_columns(session, formats, number_width, list_id)
    return list_columns.shown(known, JOBS, settings.columns_of(JOBS.name), width, order)


def all_columns(
    session: Session, formats: Formats, number_width: int, list_id: int | None = None
) -> dict[str, Column[ActivityRow]]:
    """Every column by its name, with its usual width.

    Args:
        session: Whose registers name what a row holds by id.
        formats: How times are written.
        number_width: Cells the longest number needs.
        list_id: The list, whose statuses there is room for; None for all.
    """
    registers, plain = session.registers, {column.name: _plain(column, formats) for column in COLUMNS}
    types = {entry.id: entry.name for entry in registers.types}
    statuses = {entry.id: entry.name for entry in registers.statuses}
    people = {entry.id: entry.initials for entry in registers.employees}
    priorities = {entry.id: entry.name for entry in registers.priorities}
    sign_of = due.signs(session)
    letters = {stage: formats.stage_letter(stage) for stage in range(6)}

    def stage_style(row: ActivityRow) -> Style:
        return look().stages[row.stage]

    def due_style(row: ActivityRow) -> Style:
        return look().error if row.late_at is not None and sign_of(row.late_at) else look().plain

    def signed(row: ActivityRow, seconds: int | None) -> str:
        if not seconds:
            return ""
        text = formats.list_when(seconds)
        sign = "" if row.late_at is None else sign_of(row.late_at)
        return sign + (text.replace(". ", " ") if sign else text)  # no wider than twelve cells

    def status(row: ActivityRow) -> str:
        return f"{letters[row.stage]} {statuses.get(row.status_id or 0, '')}"

    offered = registers.statuses_of(None if list_id is None else frozenset((list_id,)))
    status_width = max((width_of(entry.name) + 2 for entry in offered), default=0)
    status_width = min(max(status_width, STATUS_LEAST), STATUS_MOST)

    return plain | {
        "letter": Column("", 1, lambda row: letters[row.stage], style=stage_style),
        "number": plain["number"]._replace(width=number_width),
        "start": plain["start"]._replace(cell=lambda row: signed(row, row.start_at), style=due_style),
        "promised": plain["promised"]._replace(cell=lambda row: signed(row, row.promised_at), style=due_style),
        "subject": plain["subject"]._replace(cell=_subject),
        "type": plain["type"]._replace(cell=lambda row: types.get(row.type_id or 0, "")),
        "status": plain["status"]._replace(width=status_width, cell=status, style=stage_style),
        "responsible": plain["responsible"]._replace(cell=lambda row: people.get(row.responsible_id or 0, "-")),
        "priority": plain["priority"]._replace(cell=lambda row: priorities.get(row.priority_id or 0, "")),
        "parts": plain["parts"]._replace(cell=partial(_parts, formats)),
        "end": plain["end"]._replace(cell=lambda row: formats.list_when(row.end_at or row.start_at)),
    }


def _parts(formats: Formats, row: ActivityRow) -> str:
    """How many of the lines that need a part have it, and when the next comes: `2/3 04.12.`."""
    if not row.parts_all:
        return ""
    return f"{row.parts_here}/{row.parts_all} {formats.day(row.parts_due)}".rstrip()


def _subject(row: ActivityRow) -> str:
    """The subject, behind what is wrong with the row."""
    if not row.damage:
        return row.subject
    return " ".join((MARK, *(misfit.told.brief(_) for misfit in row.damage), row.subject))


def _plain(column: ListColumn, formats: Formats) -> Column[ActivityRow]:
    """A column that writes out a field of the row as its kind is written."""
    value = attrgetter(column.field)
    shown = Column[ActivityRow](_(column.label), column.width, lambda row: str(value(row)), flex=column.flex)
    match column.kind:
        case FieldKind.LINE | FieldKind.REFERENCE:
            return shown
        case FieldKind.NUMBER:
            return shown._replace(right=True)
        case FieldKind.MOMENT:
            return shown._replace(whole=True, cell=lambda row: formats.list_when(value(row)) if value(row) else "")
        case FieldKind.AMOUNT:
            return shown._replace(right=True, cell=lambda row: formats.amount(value(row)))
        case _:
            assert_never(column.kind)
