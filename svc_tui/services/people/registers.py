"""The shop's registers: what all of them can do, and lists, types, statuses, priorities.

What is used anywhere is never deleted, only retired: it stays readable on old jobs and is no longer offered.
Every function reads the session's registers again at its end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from svc_tui.db.core.changes import Changes, read
from svc_tui.db.people import register_uses
from svc_tui.db.people.employees import held_administrators
from svc_tui.domain.errors import N_, InUse, Invalid
from svc_tui.domain.operations import Values
from svc_tui.domain.records import Payer
from svc_tui.domain.registers import Register
from svc_tui.domain.tables import ACTIVITY_LIST, PRIORITY, STATUS_LIST, TYPE_LIST
from svc_tui.domain.text import search_key, words
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line

NAME_LIMIT: Final = 60

_LONGEST_DURATION: Final = 366 * 24 * 60
_HUES: Final = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_COLOURS: Final = frozenset((*_HUES, *(f"bright_{hue}" for hue in _HUES)))


@contextmanager
def acting(session: Session, register: Register, verb: str) -> Iterator[Changes]:
    """An act on a register; afterwards the session's registers are read again."""
    with session.act(f"{register.name.lower()}.{verb}", register.right) as changes:
        yield changes
    session.reload_registers()


# -- what all of them can do -------------------------------------------------------------------------------------


def rename(session: Session, register: Register, row_id: int, name: str) -> None:
    """Give a row another name.

    Raises:
        Invalid: when it is empty or another row's.
    """
    with acting(session, register, "rename") as changes:
        changes.update(register.table, row_id, named(session, register, name, row_id))


def retire(session: Session, register: Register, row_id: int) -> None:
    """Offer a row no longer; where it is used it stays.

    Raises:
        Invalid: when the shop cannot do without: the last list, the last administrator.
    """
    with acting(session, register, "retire") as changes:
        _can_go(session, changes, register, row_id)
        changes.update(register.table, row_id, {"retired": True})


def unretire(session: Session, register: Register, row_id: int) -> None:
    """Offer a row again."""
    with acting(session, register, "unretire") as changes:
        changes.update(register.table, row_id, {"retired": False})


def delete(session: Session, register: Register, row_id: int) -> None:
    """Delete a row that nothing uses, with its flags and the settings that name it.

    Raises:
        InUse: with the count; retire it instead.
        Invalid: when the shop cannot do without.
    """
    with acting(session, register, "delete") as changes:
        _can_go(session, changes, register, row_id)
        if count := register_uses.uses(session.store, register.table, row_id):
            raise InUse(
                N_("{name} is in use {count} times and cannot be deleted. Retire it: it is then no longer offered."),
                name=read(session.store, register.table, row_id)["name"],
                count=count,
            )
        for other, other_id in register_uses.goes_with(session.store, register.table, row_id):
            changes.delete(other, other_id)
        changes.delete(register.table, row_id)


def reorder(session: Session, register: Register, ids: Sequence[int]) -> None:
    """Put the rows in this order, in which lists and fields show them; priorities the most urgent first."""
    if register is Register.EMPLOYEE:
        raise ValueError("employees are shown by name")
    with acting(session, register, "reorder") as changes:
        for place, row_id in enumerate(ids):
            field, value = ("rank", len(ids) - place) if register is Register.PRIORITY else ("position", place)
            changes.update(register.table, row_id, {field: value})


def _can_go(session: Session, changes: Changes, register: Register, row_id: int) -> None:
    read(changes.store, register.table, row_id, lock=True)
    registers = session.registers
    if register is Register.EMPLOYEE:
        keep_an_administrator(changes, row_id)
    elif register is Register.LIST and not any(entry.id != row_id and not entry.retired for entry in registers.lists):
        raise Invalid(N_("The shop needs at least one list. Add another before this one goes."))


def keep_an_administrator(changes: Changes, leaving: int) -> None:
    """
    Raises:
        Invalid: when `leaving` is the only administrator who works here.
    """
    # Asked of the database, and the rows locked: two administrators may retire each other at once.
    administrators = held_administrators(changes.store)
    if leaving in administrators and len(administrators) == 1:
        raise Invalid(N_("This is the last administrator. Make somebody else administrator first."), field="role")


def named(session: Session, register: Register, name: str, row_id: int | None = None) -> Values:
    """A name as the register keeps it.

    Raises:
        Invalid: when it is empty or another row's.
    """
    cleaned = whole_line(name, "name", NAME_LIMIT)
    if not cleaned:
        raise Invalid(N_("Write a name."), field="name")
    key = search_key(cleaned)
    for other_id, other in _names(session, register):
        # Two people may have the same name; their initials tell them apart.
        if other_id != row_id and search_key(other) == key and register is not Register.EMPLOYEE:
            raise Invalid(N_("There is a {name} already. Choose another name."), field="name", name=other)
    return {"name": cleaned} if register is Register.LIST else {"name": cleaned, "name_key": key}


def _names(session: Session, register: Register) -> list[tuple[int, str]]:
    return register_uses.column(session.store, register.table, "name")


def put_row(session: Session, changes: Changes, register: Register, row_id: int | None, values: Values) -> int:
    """Write a row within an act and give its id; None for a new one, which comes behind all others.

    Registers with rules of their own have checked the values before.

    Raises:
        Invalid: when the name is empty or another row's.
    """
    row = dict(values)
    if "name" in values:
        row |= named(session, register, str(values["name"]), row_id)
    if row_id is None:
        return changes.insert(register.table, row | {"position": last_position(session, register)})
    changes.update(register.table, row_id, row)
    return row_id


def last_position(session: Session, register: Register) -> int:
    """Behind all others."""
    return 1 + max((place for _, place in register_uses.column(session.store, register.table, "position")), default=-1)


# -- lists ---------------------------------------------------------------------------------------------------------


def add_list(session: Session, name: str) -> int:
    """A new activity list; its code, which the command line uses, is made of the name."""
    with acting(session, Register.LIST, "add") as changes:
        return put_list(session, changes, None, {"name": name})


def put_list(session: Session, changes: Changes, list_id: int | None, values: Values) -> int:
    """Write a list within an act; None for a new one. Gives its id."""
    row = named(session, Register.LIST, str(values["name"]), list_id) if "name" in values else {}
    if list_id is not None:
        changes.update(ACTIVITY_LIST, list_id, row)
        return list_id
    taken = {entry.code for entry in session.registers.lists} | {"all"}
    stem = "-".join(words(str(row["name"])))[:36] or "list"
    codes = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    code = next(code for code in codes if code not in taken)
    return changes.insert(ACTIVITY_LIST, row | {"code": code, "position": last_position(session, Register.LIST)})


# -- types ---------------------------------------------------------------------------------------------------------


def add_type(session: Session, name: str, lists: Collection[int], values: Values | None = None) -> int:
    """A new activity type, flagged for lists.

    Args:
        session: Who adds it.
        name: Its name.
        lists: Ids of the lists that show its jobs.
        values: Others of its fields, as in `change_type`.
    """
    with acting(session, Register.TYPE, "add") as changes:
        return put_type(session, changes, None, {"name": name, **(values or {})}, lists)


def change_type(session: Session, type_id: int, values: Values, lists: Collection[int] | None = None) -> None:
    """Change a type's defaults and demands, and the lists it is flagged for.

    Args:
        session: Who changes it.
        type_id: The type.
        values: Of default_status, default_responsible, default_duration, responsible_required, customer_required,
            colour, name.
        lists: Ids of its lists; None leaves them.

    Raises:
        Invalid: with the field that is refused.
    """
    with acting(session, Register.TYPE, "change") as changes:
        put_type(session, changes, type_id, values, lists)


def put_type(
    session: Session, changes: Changes, type_id: int | None, values: Values, lists: Collection[int] | None
) -> int:
    """Write a type within an act; None for a new one. Gives its id."""
    _check_type(session, {name: value for name, value in values.items() if name != "name"})
    type_id = put_row(session, changes, Register.TYPE, type_id, values)
    if lists is not None:
        flag(session, changes, Register.TYPE, type_id, lists)
    return type_id


def _check_type(session: Session, values: Values) -> None:
    registers = session.registers
    status, responsible = values.get("default_status"), values.get("default_responsible")
    if status is not None and registers.status(int(status)) is None:
        raise Invalid(N_("This status is no longer there. Choose another."), field="default_status")
    if responsible is not None and registers.employee(int(responsible)) is None:
        raise Invalid(N_("This employee is no longer there. Choose another."), field="default_responsible")
    if (duration := values.get("default_duration")) is not None:
        check_duration(int(duration))
    if (colour := values.get("colour")) and colour not in _COLOURS:
        raise Invalid(N_("{colour} is not one of the sixteen colours."), field="colour", colour=colour)
    if values.get("default_payer", "customer") not in set(Payer):
        raise Invalid(N_("Choose customer, supplier or us as the payer."), field="default_payer")
    only(values, ("default_payer", "default_status", "default_responsible", "default_duration", "responsible_required",
                   "customer_required", "colour"))  # fmt: skip


def check_duration(minutes: int) -> None:
    """
    Raises:
        Invalid: when no job can last so long, or so short.
    """
    check_minutes(minutes, "default_duration")


def check_minutes(minutes: int, field: str) -> None:
    """
    Raises:
        Invalid: when nothing of a job can last so long, or so short.
    """
    if not 0 < minutes <= _LONGEST_DURATION:
        raise Invalid(N_("The duration is at least a minute and at most a year."), field=field)


def only(values: Values, fields: Collection[str]) -> None:
    """Refuse fields that a caller may not change; a mistake of the program's, not of the user's."""
    if unknown := set(values) - set(fields):
        raise ValueError(f"not fields of this register: {sorted(unknown)}")


def flag(session: Session, changes: Changes, register: Register, row_id: int, lists: Collection[int]) -> None:
    """Flag a type or status for exactly these lists."""
    known = {entry.id for entry in session.registers.lists}
    if not set(lists) <= known:
        raise Invalid(N_("This list is no longer there. Press F5 to read again."), field="lists")
    kind, table = ("type", TYPE_LIST) if register is Register.TYPE else ("status", STATUS_LIST)
    flagged = register_uses.flags(session.store, kind, row_id)
    for list_id in sorted(set(flagged) - set(lists)):
        changes.delete(table, flagged[list_id])
    for list_id in sorted(set(lists) - set(flagged)):
        changes.insert(table, {kind: row_id, "list": list_id})


# -- priorities ----------------------------------------------------------------------------------------------------


def add_priority(session: Session, name: str, rank: int) -> int:
    """A new priority; a higher rank is more urgent."""
    with acting(session, Register.PRIORITY, "add") as changes:
        return changes.insert(PRIORITY, named(session, Register.PRIORITY, name) | {"rank": rank})


def put_priority(session: Session, changes: Changes, priority_id: int | None, values: Values) -> int:
    """Write a priority within an act; None for a new one, which is the most urgent. Gives its id."""
    row = named(session, Register.PRIORITY, str(values["name"]), priority_id) if "name" in values else {}
    if priority_id is None:
        highest = max((entry.rank for entry in session.registers.priorities), default=0)
        priority_id = changes.insert(PRIORITY, row | {"rank": highest + 1})
    else:
        changes.update(PRIORITY, priority_id, row)
    if values.get("is_default"):
        make_default(session, changes, Register.PRIORITY, priority_id)
    elif "is_default" in values:
        changes.update(PRIORITY, priority_id, {"is_default": False})
    return priority_id


def make_default_priority(session: Session, priority_id: int) -> None:
    """The priority of new jobs."""
    with acting(session, Register.PRIORITY, "default") as changes:
        make_default(session, changes, Register.PRIORITY, priority_id)


def make_default(session: Session, changes: Changes, register: Register, chosen: int) -> None:
    """Make one row that of everything new, and no other of its register."""
    for row_id, _name in _names(session, register):
        changes.update(register.table, row_id, {"is_default": row_id == chosen})
