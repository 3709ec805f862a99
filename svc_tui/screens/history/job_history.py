"""Changes told in sentences: times and amounts are written as everywhere else, names stand for ids already."""

from __future__ import annotations

import json
from typing import Any, assert_never

from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.labels import CODE_LABELS, COLOUR_LABELS, FIELD_LABELS, STAGE_LABELS
from svc_tui.domain.languages import language_of
from svc_tui.domain.records import HistoryRow, Stage
from svc_tui.domain.registers import Registers
from svc_tui.domain.tables import (
    ACTIVITY,
    ACTIVITY_LINE,
    ACTIVITY_LINK,
    ACTIVITY_NOTE,
    JOB_APPROVAL,
    OPENING_HOURS,
    SAVED_VIEW,
    TABLES,
    USER_SETTING,
    Described,
)
from svc_tui.formats import Formats
from svc_tui.i18n import _
from svc_tui.screens.shell import setting_words


def told(row: HistoryRow, formats: Formats, registers: Registers) -> list[str]:
    """The sentences of one changed field, or of a row that came or went; none for what nobody asks about."""
    table = TABLES.get(row.table)
    if table is USER_SETTING and row.field:
        return [setting_words.told(row, registers)]
    if not row.field:
        image: dict[str, Any] = json.loads(row.new or row.old or "{}")
        if table is not None and not table.called:
            image = {name: _whole(table, name, value, registers, formats) for name, value in image.items()}
        return [_row_told(table, image, came=row.new is not None, formats=formats)]
    kind = FieldKind.LINE if table is None else table.fields.get(row.field, FieldKind.LINE)
    if kind is FieldKind.UNTOLD:
        return []
    label = _prefix(table) + _(FIELD_LABELS.get(row.field, row.field))
    if kind is FieldKind.SECRET:
        return [_("{label}: changed").format(label=label)]
    old, new = (_whole(table, row.field, json.loads(side or "null"), registers, formats) for side in (row.old, row.new))
    return [f"{label}: {old or '-'} → {new or '-'}"]


def _prefix(table: Described | None) -> str:
    """What a field belongs to, where it is not the job's own."""
    return "" if table is None or table is ACTIVITY else _(table.label) + ", "


def _whole(table: Described | None, field: str, value: Any, registers: Registers, formats: Formats) -> str:
    kind = FieldKind.LINE if table is None else table.fields.get(field, FieldKind.LINE)
    return _in_words(table, field, value, registers, formats) or _value(kind, value, formats)


def _in_words(table: Described | None, field: str, value: Any, registers: Registers, formats: Formats) -> str:
    """A value that is stored as a code or a number and has a name; empty where it says itself what it is."""
    if field == "language":
        return setting_words.language_told(value)
    if table is SAVED_VIEW and field == "list_code":
        return setting_words.list_told(value, registers) if value else _("every list")
    if table is SAVED_VIEW and field == "column":
        return setting_words.column_told(value)
    if field == "colour" and value in COLOUR_LABELS:
        return _(COLOUR_LABELS[value])
    if table is OPENING_HOURS and field == "weekday" and value is not None:
        return language_of(formats.language).weekdays[int(value) % 7]
    return ""


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
    if table is JOB_APPROVAL:
        amount, way = formats.amount(int(image.get("up_to") or 0)), _value(FieldKind.CODE, image.get("way"), formats)
        text = (
            _("Customer's yes: up to {amount}, {who}, {way}") if came else _("Removed: the customer's yes to {amount}")
        )
        return text.format(amount=amount, who=image.get("who", ""), way=way)
    if table is None:
        return _("Row added") if came else _("Row removed")
    name = table.name_in(image) or ", ".join(str(image[field]) for field in table.fields if image.get(field))
    text = _("{what} added: {name}") if came else _("{what} removed: {name}")
    return text.format(what=_(table.label), name=name)


def _value(kind: FieldKind, value: Any, formats: Formats) -> str:
    if value is None:
        return ""
    match kind:
        case FieldKind.LINE | FieldKind.TEXT | FieldKind.NUMBER | FieldKind.REFERENCE:
            return str(value)
        case FieldKind.MINUTES:
            return _("{count} min").format(count=value)
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
            return _(CODE_LABELS.get(str(value), str(value))) if value else ""
        case FieldKind.STAGE:
            return _(STAGE_LABELS[Stage(int(value))]) if value else ""
        case FieldKind.UNTOLD | FieldKind.SECRET:
            return ""
        case _:
            assert_never(kind)
