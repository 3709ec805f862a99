"""Values that do not fit their columns: SQLite takes a text where a number belongs, if another program writes it there.

They are met where rows come out of the database (`db.core.damage`), become a number that counts as nothing or a text
that is read as far as it can be, and keep what is stored, so that a list goes on reading from where they stand.
PostgreSQL refuses such values itself, but for times beyond the calendar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from svc_tui.domain.errors import N_, Invalid

FIRST_TIME, LAST_TIME = -2_208_988_800, 253_370_764_800  # from 1900 to 9999
"""The seconds between which a time can be shown."""

STAGES = range(6)
"""The numbers of `records.Stage`."""

MARK = "!!"
"""Stands before what is said of a damaged row in a list."""


class Damaged(int):
    """What is no number: counts as 0, and knows what is stored in its place."""

    stored: object

    def __new__(cls, stored: object) -> Damaged:
        found = super().__new__(cls, 0)
        found.stored = stored
        return found


class Garbled(str):
    """What is no text: reads as far as it can be read, and knows the bytes that are stored in its place."""

    stored: bytes
    is_text: bool
    """Whether the database takes it for a text, and sorts it as one."""

    def __new__(cls, raw: bytes, *, is_text: bool) -> Garbled:
        found = super().__new__(cls, raw.decode("utf-8", "replace"))
        found.stored, found.is_text = raw, is_text
        return found


def stored(value: Any) -> Any:
    """What stands in the database in place of a value, which is itself unless it is damaged."""
    return value.stored if type(value) in (Damaged, Garbled) else value


def is_wrong(value: Any) -> bool:
    """Whether a value is of another kind than its column."""
    return type(value) in (Damaged, Garbled, bytes)


def is_hurt(row: Any) -> bool:
    """Whether a row holds such a value: a record, an answer of a picker, an entry of a register."""
    if isinstance(row, Mapping):
        row = tuple(row.values())
    elif not isinstance(row, tuple):
        row = getattr(row, "value", ())
    return isinstance(row, tuple) and any(is_wrong(one) or (isinstance(one, Mapping) and is_hurt(one)) for one in row)


class Misfit(NamedTuple):
    """A value that cannot be, and where it stands."""

    table: str
    row: int
    column: str
    value: str
    """As a sentence shows it: short, for it may be a customer's."""

    @property
    def told(self) -> Invalid:
        """The sentence."""
        return Invalid(
            N_("Table {table}, row {row}: {column} holds {value}, which cannot be."),
            table=self.table, row=self.row, column=self.column, value=self.value,
        )  # fmt: skip


def is_time(name: str) -> bool:
    """Whether a column of this name holds seconds UTC."""
    return name == "at" or name.endswith(("_at", "_until"))


def is_beyond(value: object) -> bool:
    """Whether a time lies beyond the calendar, or is none."""
    return type(value) is Damaged or (isinstance(value, int) and not FIRST_TIME <= value <= LAST_TIME)


def misfits(table: str, row_id: int, values: Iterable[tuple[str, Any]]) -> tuple[Misfit, ...]:
    """What cannot be among the values of a row, by the names of their columns."""
    return tuple(
        Misfit(table, row_id, name, short(value))
        for name, value in values
        if is_wrong(value) or (is_time(name) and is_beyond(value)) or (name == "stage" and value not in STAGES)
    )


def short(value: object) -> str:
    """A value for a sentence."""
    value = stored(value)
    if value is None:
        return "NULL"
    text = str(value)
    return repr(text if len(text) <= 12 else text[:12] + "…")


def require_sound(table: str, row_id: int, values: Iterable[tuple[str, Any]]) -> None:
    """
    Raises:
        Invalid: for the first value that cannot be.
    """
    if found := misfits(table, row_id, values):
        raise found[0].told
