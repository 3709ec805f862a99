"""What undoing an act on the registers must not break, and who may."""

from __future__ import annotations

from collections.abc import Iterable

from svc_tui.db.core.changes import Changes
from svc_tui.db.lists.ordering import reindex
from svc_tui.db.people.employees import held_administrators
from svc_tui.db.people.registers import language_of_shop, lists_in_use
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import COMPANY, EMPLOYEE, REGISTERS, Described
from svc_tui.services.history.inverse_records import Decided


def rights(tables: Iterable[str]) -> set[Right]:
    """The rights that changing rows of these tables asks for, besides the right to undo."""
    own = {COMPANY.name: Right.COMPANY_EDIT, EMPLOYEE.name: Right.EMPLOYEE_EDIT}
    return {own.get(table, Right.REGISTER_EDIT) for table in tables if table in REGISTERS}


def check(changes: Changes, decided: Decided) -> bool:
    """Look at the registers as they are after the undo, and let follow what does; gives whether any was touched.

    Raises:
        Invalid: when the shop would have no administrator or no list.
    """
    touched: set[Described] = set()
    for _unit, inverse in decided.inverses:
        touched |= {entry.table for entry in inverse.restored} | {entry.table for entry in inverse.updated}
        touched |= {entry.table for entry in inverse.removed}
    if not {table.name for table in touched} & REGISTERS:
        return False
    if not held_administrators(changes.store):
        raise Invalid(N_("This is the last administrator. Make somebody else administrator first."), field="role")
    if not lists_in_use(changes.store):
        raise Invalid(N_("The shop needs at least one list. Add another before this one goes."))
    if COMPANY in touched:
        reindex(changes.store, language_of_shop(changes.store))
    return True
