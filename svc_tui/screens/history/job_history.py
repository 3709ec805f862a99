"""Changes told in sentences: times and amounts are written as everywhere else, names stand for ids already."""

from __future__ import annotations

import json
from typing import Any, assert_never

from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.labels import FIELD_LABELS, STAGE_LABELS
from svc_tui.domain.records import HistoryRow, Stage
from svc_tui.domain.tables import (
    ACTIVITY,
    ACTIVITY_LINE,
    ACTIVITY_LINK,
    ACTIVITY_NOTE,
    TABLES,
    Described,
)
from svc_tui.formats import Formats
from svc_tui.i18n import _


def told(row: HistoryRow, formats: Formats) -> list[str]:
    """The sentences of one changed field, or of a row that came or went; none for what nobody asks about."""
    table = TABLES.get(row.table)
    if not row.field:
        image: dict[str, Any] = json.loads(row.new or row.old or "{}")
        return [_row_told(table, image, came=row.new is not None, formats=formats)]
    kind = FieldKind.LINE if table is None else table.fields.get(row.field, FieldKind.LINE)
    if kind is FieldKind.UNTOLD:
        return []
    label = _prefix(table) + _(FIELD_LABELS.get(row.field, row.field))
    if kind is FieldKind.SECRET:
        return [_("{label}: changed").format(label=label)]
    old, new = (_value(kind, json.loads(side or "null"), formats) for side in (row.old, row.new))
    return [f"{label}: {old or '-'} → {new or '-'}"]


def _prefix(table: Described | None) -> str:
    """What a field belongs to, where it is not the job's own."""
    return "" if table is None or table is ACTIVITY else _(table.label) + ", "


def _row_told(table: Described | None, image: dict[str, Any], *, came: bool, formats: Formats) -> str:
    if table is ACTIVITY:
        return _("Registered: {text}").format(text=image.get("subject", "")) if came else _("Deleted")
    if table is ACTIVITY_NOTE:
        return _("Note: {text}").format(text=str(image.get("text", "")).replace("\n", " "))
    if table is ACTIVITY_LINE:
        quantity = formats.quantity(int(image.get("used") or image.get("planned") or 0))
        text = f"{quantity} {image.get('code', '')} {image.get('text', '')}"
        return (_("Line added: {text}") if came else _("Line removed: {text}")).format(text=text)
    if table is ACTIVITY_LINK:
        role = _(str(image.get("role", "")))
        text = _("Linked: {name} ({role})") if came else _("Link removed: {name} ({role})")
        return text.format(name=image.get("contact", ""), role=role)
    if table is None:
        return _("Row added") if came else _("Row removed")
    name = table.name_in(image) or " ".join(
        str(image[field])
        for field, kind in table.fields.items()
        if kind is FieldKind.REFERENCE and isinstance(image.get(field), str)
    )
    text = _("{what} added: {name}") if came else _("{what} removed: {name}")
    return text.format(what=_(table.label), name=name)


def _value(kind: FieldKind, value: Any, formats: Formats) -> str:
    if value is None:
        return ""
    match kind:
        case FieldKind.LINE | FieldKind.TEXT | FieldKind.NUMBER | FieldKind.REFERENCE | FieldKind.MINUTES:
            return str(value)
        case FieldKind.FLAG:
            return _("yes") if value else _("no")
        case FieldKind.MOMENT:
            return formats.when(int(value))
        case FieldKind.DAY:
            return formats.day(int(value))
        case FieldKind.CLOCK:
            return "{:02}:{:02}".format(*divmod(int(value), 60))
        case FieldKind.AMOUNT:
            return formats.amount(int(value))
        case FieldKind.QUANTITY:
            return formats.quantity(int(value))
        case FieldKind.PERCENT:
            return formats.percent(int(value))
        case FieldKind.CODE:
            return _(str(value)) if value else ""
        case FieldKind.STAGE:
            return _(STAGE_LABELS[Stage(int(value))]) if value else ""
        case FieldKind.UNTOLD | FieldKind.SECRET:
            return ""
        case _:
            assert_never(kind)
