"""A job's history told in sentences: ids become names, times and amounts are written as everywhere else."""

from __future__ import annotations

import json
from typing import Any

from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.records import HistoryRow
from svc_tui.domain.registers import Registers
from svc_tui.formats import Formats
from svc_tui.i18n import _

_TIMES = {"start_at", "end_at", "promised_at", "done_at"}
_QUANTITIES = {"planned", "used"}
_HIDDEN = {"position", "stamped"}


def told(row: HistoryRow, registers: Registers, formats: Formats) -> list[str]:
    """The sentences of one changed field, or of a row that came or went; none for what nobody asks about."""
    if row.field:
        if row.field in _HIDDEN:
            return []
        label = _(FIELD_LABELS.get(row.field, row.field))
        old, new = (_value(row.field, json.loads(side or "null"), registers, formats) for side in (row.old, row.new))
        return [f"{_prefix(row.table)}{label}: {old or '-'} → {new or '-'}"]
    image: dict[str, Any] = json.loads(row.new or row.old or "{}")
    return [_row_told(row.table, image, came=row.new is not None, formats=formats)]


def _prefix(table: str) -> str:
    return {"activity_line": _("Line") + ", ", "activity_link": _("Link") + ", "}.get(table, "")


def _row_told(table: str, image: dict[str, Any], *, came: bool, formats: Formats) -> str:
    if table == "activity":
        return _("Registered: {text}").format(text=image.get("subject", "")) if came else _("Deleted")
    if table == "activity_note":
        return _("Note: {text}").format(text=str(image.get("text", "")).replace("\n", " "))
    if table == "activity_line":
        quantity = formats.quantity(int(image.get("used") or image.get("planned") or 0))
        text = f"{quantity} {image.get('code', '')} {image.get('text', '')}"
        return (_("Line added: {text}") if came else _("Line removed: {text}")).format(text=text)
    if table == "activity_link":
        role = _(str(image.get("role", "")))
        text = _("Linked: {name} ({role})") if came else _("Link removed: {name} ({role})")
        return text.format(name=image.get("name", ""), role=role)
    return _("Row added") if came else _("Row removed")


def _value(field: str, value: Any, registers: Registers, formats: Formats) -> str:
    if value is None:
        return ""
    if field in _TIMES:
        return formats.when(int(value))
    if field in _QUANTITIES:
        return formats.quantity(int(value))
    if field == "price":
        return formats.amount(int(value))
    if field == "discount":
        return formats.percent(int(value))
    named = {
        "type": registers.type, "status": registers.status, "priority": registers.priority,
        "responsible": registers.employee,
    }.get(field)  # fmt: skip
    if named is not None:
        found = named(int(value))
        return found.name if found is not None else "?"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _(value) if field in ("payer", "state", "kind", "role") and value else str(value)
