"""A row of a register as a form edits it: read whole, saved with others' changes merged, moved, and what it touches."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from svc_tui.db.core.changes import Changes, read
from svc_tui.db.people import register_uses
from svc_tui.domain.errors import CHANGED_MEANWHILE, N_, Conflict, NotFound
from svc_tui.domain.merge import merge
from svc_tui.domain.operations import Values
from svc_tui.domain.records import Stage
from svc_tui.domain.registers import Register, Registers
from svc_tui.services.core.session import Session
from svc_tui.services.people.employees import put_employee
from svc_tui.services.people.printers import put_printer
from svc_tui.services.people.registers import (
    acting,
    put_list,
    put_priority,
    put_row,
    put_type,
    reorder,
)
from svc_tui.services.people.statuses import put_status
from svc_tui.services.people.vat_rates import put_vat_rate

GONE: Final = N_("This is no longer there; somebody else deleted it.")


class Entry(NamedTuple):
    """A row of a register as it is stored; `id` None for the beginnings of a new one."""

    id: int | None
    values: Mapping[str, object]
    retired: bool = False

    @property
    def name(self) -> str:
        """What it is called."""
        return str(self.values["name"])


def entries(registers: Registers, register: Register) -> list[Entry]:
    """All rows in their order, the retired ones too; of priorities the most urgent first."""
    rows = registers.rows(register)
    shown = reversed(rows) if register is Register.PRIORITY else rows
    return [Entry(row.id, {name: _value(row, name) for name in register.value.edited}, row.retired) for row in shown]


def _value(row: Any, name: str) -> object:
    value: object = getattr(row, name)
    return "" if name == "login" and value is None else value


def entry_of(registers: Registers, register: Register, row_id: int) -> Entry:
    """
    Raises:
        NotFound: when somebody deleted it.
    """
    found = next((entry for entry in entries(registers, register) if entry.id == row_id), None)
    if found is None:
        raise NotFound(GONE)
    return found


def save(session: Session, register: Register, base: Entry, values: Mapping[str, object]) -> int:
    """Add a row, or change one; gives its id.

    Args:
        session: Who saves.
        register: Of which.
        base: The row as it was opened: what others changed since is merged field by field.
        values: What its fields are to be.

    Raises:
        Conflict: when somebody else changed the same field since.
        Invalid, InUse, NotAllowed, NotFound: nothing is written then.
    """
    with acting(session, register, "add" if base.id is None else "change") as changes:
        write = dict(values)
        if base.id is not None:
            read(session.store, register.table, base.id, lock=True)
            session.reload_registers()
            theirs = entry_of(session.registers, register, base.id)
            merged = merge(base.values, values, theirs.values)
            if merged.conflicts:
                raise Conflict(CHANGED_MEANWHILE, fields=tuple(conflict.field for conflict in merged.conflicts))
            write = merged.write
        return _put(session, changes, register, base.id, write)


def seen(session: Session, register: Register, base: Entry, fields: Collection[str]) -> tuple[Entry, Entry]:
    """`base` once it has been told what others made of some fields, and the row as it is stored now."""
    session.reload_registers()
    now = entry_of(session.registers, register, base.id or 0)
    known = {name: now.values[name] if name in fields else value for name, value in base.values.items()}
    return base._replace(values=known), now


def _put(session: Session, changes: Changes, register: Register, row_id: int | None, write: dict[str, object]) -> int:
    """Write the fields that differ, by the rules of the register."""
    lists: Any = write.pop("lists", None if row_id is not None else ())
    values: Values = write  # type: ignore[assignment]
    match register:
        case Register.LIST:
            return put_list(session, changes, row_id, values)
        case Register.TYPE:
            return put_type(session, changes, row_id, values, lists)
        case Register.STATUS:
            stage, done_key = write.pop("stage", None), write.pop("done_key", None)
            return put_status(
                session, changes, row_id, values, lists=lists,
                stage=stage if isinstance(stage, Stage) else None,
                done_key=done_key if isinstance(done_key, bool) else None,
            )  # fmt: skip
        case Register.PRIORITY:
            return put_priority(session, changes, row_id, values)
        case Register.VAT_RATE:
            return put_vat_rate(session, changes, row_id, values)
        case Register.PRINTER:
            return put_printer(session, changes, row_id, values)
        case Register.EMPLOYEE:
            return put_employee(session, changes, row_id, values)
        case _:
            return put_row(session, changes, register, row_id, values)


def move(session: Session, register: Register, row_id: int, by: int) -> bool:
    """Put a row further up (-1) or down (1) in the order in which all see it; False at the end, where it stays."""
    session.reload_registers()
    ids = [entry.id or 0 for entry in entries(session.registers, register)]
    if row_id not in ids:
        raise NotFound(GONE)
    place = ids.index(row_id)
    to = min(max(place + by, 0), len(ids) - 1)
    if to == place:
        return False
    ids.insert(to, ids.pop(place))
    reorder(session, register, ids)
    return True


def losing(session: Session, register: Register, base: Entry, values: Mapping[str, object]) -> int:
    """How many jobs have what is taken off a list by this change, or products the rate that is another; else 0."""
    if base.id is not None and register is Register.VAT_RATE and values["percent"] != base.values["percent"]:
        return held_by(session, register, base.id)
    before, after = base.values.get("lists"), values.get("lists")
    if base.id is None or not isinstance(before, frozenset) or not isinstance(after, frozenset) or not before - after:
        return 0
    return held_by(session, register, base.id)


def held_by(session: Session, register: Register, row_id: int) -> int:
    """How many jobs have this value; of a list, how many it shows; of a VAT rate, how many products name it."""
    return register_uses.held_by(session.store, register.table, row_id)
