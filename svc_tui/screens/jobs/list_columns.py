"""The columns of a list of jobs, as the user's preset or own arrangement has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style

from svc_tui.domain.columns import OWN, PRESETS, Arranged, arranged, joined, room_for_subject
from svc_tui.domain.queries import Order
from svc_tui.domain.records import ActivityRow
from svc_tui.formats import Formats
from svc_tui.i18n import _
from svc_tui.services.core.session import Session
from svc_tui.services.people.settings import UserSettings
from svc_tui.widgets.lines import fit, width_of
from svc_tui.widgets.look import look
from svc_tui.widgets.preview import pane_width
from svc_tui.widgets.row_list import Column

NARROW = 60
"""On fewer cells than this a row has its number, a letter for the stage, the subject and who has it."""

STATUS_LEAST, STATUS_MOST = 12, 24
"""Cells of the status: as many as the longest in use needs, for several begin with the same words."""

MARKS = 1
"""The cell in front that tells what is selected."""

DESCENDING, ASCENDING = "↓", "↑"


def columns(
    session: Session,
    formats: Formats,
    settings: UserSettings,
    width: int,
    number_width: int,
    order: Order | None,
    list_id: int | None = None,
) -> list[Column[ActivityRow]]:
    """The columns to show in `width` cells (0: not known yet), the one sorted by marked.

    Args:
        session: Whose registers name what a row holds by id.
        formats: How times are written.
        settings: The user's preset and own arrangement.
        width: Cells of the screen.
        number_width: Cells the longest number needs.
        order: What the list is sorted by; None marks no column.
        list_id: The list, whose statuses there is room for; None for all.
    """
    known, preset = all_columns(session, formats, number_width, list_id), _preset(settings)
    if 0 < width < NARROW:
        letter = Column[ActivityRow](
            "", 1, lambda row: formats.stage_letter(row.stage), style=lambda row: look().stages[row.stage]
        )
        shown = [Arranged("number"), Arranged("letter"), Arranged("subject"), Arranged("responsible")]
        known["letter"] = letter
    elif preset == OWN or not width:
        shown = list(arranged(preset, settings.column_layout))
    else:
        shown = [Arranged(name) for name in _of_preset(preset, known, width)]
    return [_marked(sized(known[entry.name], entry), entry.name, order) for entry in shown]


def _preset(settings: UserSettings) -> str:
    """The preset shown: the normal one where the user's is unknown, or is one's own and there is none."""
    known = settings.columns in PRESETS or (settings.columns == OWN and settings.column_layout)
    return settings.columns if known else "normal"


def _of_preset(preset: str, known: Mapping[str, Column[ActivityRow]], width: int) -> tuple[str, ...]:
    """The columns of a preset on a screen of so many cells; the normal ones leave the preview its place."""
    widths = {name: column.width for name, column in known.items()}
    spare, room = room_for_subject(preset, width), width - MARKS
    if preset == "normal":
        room -= pane_width(width, sum(widths[name] + 1 for name in PRESETS[preset]) + MARKS)
    return joined(preset, widths, room, spare)


def needed(settings: UserSettings, columns: Sequence[Column[ActivityRow]], width: int) -> int:
    """Cells that the rows need for themselves on a screen of so many: what is left may be the preview's."""
    whole = sum(column.width + 1 for column in columns) + MARKS
    return whole + (room_for_subject("advanced", width) if settings.columns == "advanced" else 0)


def all_columns(
    session: Session, formats: Formats, number_width: int, list_id: int | None = None
) -> dict[str, Column[ActivityRow]]:
    """Every column by its name, with its usual width."""
    registers = session.registers
    types = {entry.id: entry.name for entry in registers.types}
    statuses = {entry.id: entry.name for entry in registers.statuses}
    people = {entry.id: entry.initials for entry in registers.employees}
    priorities = {entry.id: entry.name for entry in registers.priorities}
    letters = {stage: formats.stage_letter(stage) for stage in range(6)}

    def stage_style(row: ActivityRow) -> Style:
        return look().stages[row.stage]

    def status(row: ActivityRow) -> str:
        return f"{letters[row.stage]} {statuses.get(row.status_id or 0, '')}"

    offered = registers.statuses_of(None if list_id is None else frozenset((list_id,)))
    status_width = max((width_of(entry.name) + 2 for entry in offered), default=0)
    status_width = min(max(status_width, STATUS_LEAST), STATUS_MOST)

    def promised(row: ActivityRow) -> str:
        return formats.list_when(row.promised_at) if row.promised_at else ""

    return {
        "number": Column(_("No."), number_width, lambda row: str(row.number), right=True),
        "start": Column(_("Start"), 12, whole=True, cell=lambda row: formats.list_when(row.start_at)),
        "subject": Column(_("Subject"), 8, lambda row: row.subject, flex=8),
        "customer": Column(_("Customer"), 6, lambda row: row.customer, flex=3),
        "phone": Column(_("Phone"), 11, lambda row: row.phone, flex=1),
        "device": Column(_("Device"), 12, lambda row: row.device, flex=2),
        "serial": Column(_("Serial no."), 10, lambda row: row.serial, flex=1),
        "type": Column(_("Type"), 6, lambda row: types.get(row.type_id or 0, ""), flex=1),
        "status": Column(_("Status"), status_width, status, style=stage_style),
        "responsible": Column(_("Resp."), 5, lambda row: people.get(row.responsible_id or 0, "-")),
        "priority": Column(_("Priority"), 8, lambda row: priorities.get(row.priority_id or 0, "")),
        "end": Column(_("End"), 12, whole=True, cell=lambda row: formats.list_when(row.end_at or row.start_at)),
        "promised": Column(_("Promised"), 12, promised, whole=True),
        "changed": Column(_("Changed"), 12, whole=True, cell=lambda row: formats.list_when(row.changed_at)),
    }


def sized(column: Column[ActivityRow], entry: Arranged) -> Column[ActivityRow]:
    """The column in the width that the user gave it; a number is never cut, so it keeps the room it needs."""
    if not entry.width:
        return column
    width = max(entry.width, column.width) if column.right else entry.width
    return column._replace(width=width, flex=0)


def _marked(column: Column[ActivityRow], name: str, order: Order | None) -> Column[ActivityRow]:
    """The column with an arrow in its heading if the list is sorted by it; a title gives way to its arrow."""
    if order is None or order.column != name:
        return column
    arrow = DESCENDING if order.descending else ASCENDING
    room = column.width - 1
    title = column.title if column.flex or width_of(column.title) <= room else fit(column.title, room)
    gap = " " if width_of(title) < room else ""  # where the arrow becomes a letter it must not end a word
    return column._replace(title=title + gap + arrow)
