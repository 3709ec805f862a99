"""Making one contact, or one device, of two: looked ahead at first, done as one act, and undone as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from svc_tui.db.core.changes import read
from svc_tui.db.people import merging as rows
from svc_tui.domain.entries import Register
from svc_tui.domain.errors import N_, Conflict, Invalid
from svc_tui.domain.operations import Value, Values
from svc_tui.domain.rights import Right
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.tables import CONTACT, DEVICE, Described
from svc_tui.domain.text import search_key
from svc_tui.services.core.session import Session

_MERGED: Final[Mapping[Register, tuple[Described, str, Right, tuple[str, ...]]]] = {
    Register.CONTACTS: (
        CONTACT, "contact.merge", Right.CONTACT_EDIT,
        (
            "name", "vat_number", "address", "post_code", "city", "country", "phone", "mobile", "email", "note",
            "external_key", "is_customer", "is_supplier", "is_company",
        ),
    ),
    Register.DEVICES: (
        DEVICE, "device.merge", Right.DEVICE_EDIT,
        (
            "brand", "model", "serial", "owner", "accessories", "condition", "lock_code", "shelf",
            "warranty_parts_until", "warranty_labour_until", "note",
        ),
    ),
}  # fmt: skip
"""What can be merged: the table, the act, the right to it, and the fields that are compared."""

_BOTH: Final = ("is_customer", "is_supplier")
"""What one of the two is, the merged one is."""

CHANGED_SINCE = N_("Somebody else changed one of the two meanwhile. Look at them again before you merge them.")


class Differing(NamedTuple):
    """A field in which the two differ."""

    field: str
    target: Value
    source: Value
    takes_source: bool
    """Whether the source's value is kept: the target's is empty. It can be chosen otherwise."""


class MergePlan(NamedTuple):
    """What a merge would do; nothing is written yet."""

    register: Register
    target: int
    """The one that stays."""
    source: int
    """The one that goes into it."""
    target_name: str
    source_name: str
    fields: tuple[Differing, ...]
    moves: Mapping[str, int]
    """How many rows of each table come to point to the target."""
    versions: tuple[int, int]
    generation: str


def plan(session: Session, register: Register, target: int, source: int) -> MergePlan:
    """Look ahead at a merge.

    Raises:
        Invalid: when both are the same, or these cannot be merged.
        NotFound: when one is gone.
    """
    session.require(Right.ACTIVITY_READ)
    if register not in _MERGED:
        raise Invalid(N_("Products are not merged: retire the one that is too many."))
    if target == source:
        raise Invalid(N_("Choose another one to merge with: this is the same."))
    table, _act, _right, fields = _MERGED[register]
    stays, goes = read(session.store, table, target), read(session.store, table, source)
    differing = tuple(
        Differing(name, stays[name], goes[name], _takes(name, stays[name], goes[name]))
        for name in fields
        if stays[name] != goes[name] and goes[name] not in (None, "")
    )
    return MergePlan(
        register, target, source, _name(stays), _name(goes), differing,
        rows.count_pointing(session.store, register.value, source),
        (int(stays["version"] or 0), int(goes["version"] or 0)), session.generation,
    )  # fmt: skip


def _takes(field: str, target: Value, source: Value) -> bool:
    return target in (None, "") or (field in _BOTH and bool(source))


def _name(row: Values) -> str:
    if "brand" in row:
        return " ".join(str(row[part]) for part in ("brand", "model", "serial") if row[part])
    return str(row["name"])


def carry_out(session: Session, ahead: MergePlan, choices: Mapping[str, bool] | None = None) -> int:
    """Merge as it was looked ahead at; gives the id of the one that stays.

    Args:
        session: Who merges.
        ahead: What was shown.
        choices: By field, whether the source's value is kept; the plan's proposal where nothing is said.

    Raises:
        Conflict: when somebody changed one of the two since.
        Restored, NotAllowed, NotFound, DatabaseTrouble, Unclear: as for any act.
    """
    table, act, right, _fields = _MERGED[ahead.register]
    chosen = {one.field: one.takes_source for one in ahead.fields} | dict(choices or {})
    with session.act(act, right, read_in=ahead.generation) as changes:
        first, second = sorted((ahead.target, ahead.source))  # in one order, so that two merges do not wait for ever
        locked = {row: read(session.store, table, row, lock=True) for row in (first, second)}
        stays, goes = locked[ahead.target], locked[ahead.source]
        if (stays["version"], goes["version"]) != ahead.versions:
            raise Conflict(CHANGED_SINCE, fields=tuple(one.field for one in ahead.fields))
        for found in rows.pointing(session.store, ahead.register.value, ahead.source):
            rows.point_to(changes, found, ahead.target)
        changes.delete(table, ahead.source)
        taken: Values = {one.field: goes[one.field] for one in ahead.fields if chosen[one.field]}
        changes.update(table, ahead.target, taken | _keys(ahead.register, stays | taken))
    return ahead.target


def _keys(register: Register, row: Values) -> Values:
    if register is Register.CONTACTS:
        return {"name_key": search_key(str(row["name"]))}
    return {
        "serial_key": code_key(str(row["serial"])), "name_key": search_key(f"{row['brand']} {row['model']}"),
    }  # fmt: skip
