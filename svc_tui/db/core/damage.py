"""Where rows come out of SQLite: what is no number in a column of numbers becomes a `Damaged` one.

Asked of each number that is read, so it does no more than look at its type: a tenth of a microsecond. Bound to a
statement again, a damaged number is what is stored, so that a page goes on behind it.
"""

from __future__ import annotations

from typing import Any

from svc_tui.domain.damage import STAGES, Damaged, Garbled, Misfit, is_beyond, misfits
from svc_tui.domain.records import ActivityRow

NUMBERS = ("integer", "bigint", "smallint", "boolean", "bool")
_TEXTS = ("text", "varchar")
"""As the columns are declared."""

_TIMES = tuple(
    ActivityRow._fields.index(name) for name in ("start_at", "end_at", "promised_at", "changed_at", "late_at")
)
_ELSEWHERE = {
    "customer": "contact.name", "phone": "contact.phone", "device": "device.model", "serial": "device.serial",
}  # fmt: skip
"""Where that stands which a job's row takes from others."""
_SOUND: set[tuple[type, ...]] = set()
"""The types of rows that were found sound: there are some dozens of such combinations."""


def watch_over(connection: Any) -> None:
    """See to it that this connection gives no text for a number, and no bytes for a text."""
    for declared in NUMBERS:
        connection.register_converter(declared, _number)
    for declared in _TEXTS:
        connection.register_converter(declared, _text)
    for kind in (Damaged, Garbled):
        connection.register_adapter(kind, _stored)


def _number(value: Any) -> Any:
    return value if type(value) is int else Damaged(value)


def _text(value: Any) -> Any:
    return value if type(value) is str else Garbled(value, is_text=False)


def _stored(value: Damaged | Garbled) -> object:
    return value.stored


def job_row(values: tuple[Any, ...]) -> ActivityRow:
    """A row of a list, which says itself what is wrong with it."""
    row = ActivityRow(*values)
    types = tuple(map(type, values))
    if types not in _SOUND:
        if found := _wrong(row):
            return _readable(row, found)
        _SOUND.add(types)
    if row.stage not in STAGES:
        return _readable(row, _wrong(row))
    for place in _TIMES:
        if values[place] is not None and is_beyond(values[place]):
            return _readable(row, _wrong(row))
    return row


def _wrong(row: ActivityRow) -> tuple[Misfit, ...]:
    values = ((_ELSEWHERE.get(name, name), value) for name, value in row._asdict().items())
    return misfits("activity", row.id, values)


def _readable(row: ActivityRow, found: tuple[Misfit, ...]) -> ActivityRow:
    """Texts that are none as far as they can be read."""
    values = (value.decode("utf-8", "replace") if isinstance(value, bytes) else value for value in row)
    stage = row.stage if row.stage in STAGES else Damaged(row.stage)
    return ActivityRow._make(values)._replace(damage=found, stage=stage)
