"""Employees: who works here, in which role, and as which system user.

They are retired, deleted and renamed like the rows of every register (`services/people/registers.py`).
"""

from __future__ import annotations

from svc_tui.db.core.changes import Changes, Values
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.registers import Register
from svc_tui.domain.rights import Role
from svc_tui.domain.tables import EMPLOYEE
from svc_tui.domain.text import clean_line, initials
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.people.registers import acting, keep_an_administrator, named, only


def add_employee(session: Session, name: str, role: Role, letters: str = "", login: str = "") -> int:
    """A new employee; without initials they are made of the name.

    Raises:
        Invalid: with the field that is refused.
    """
    with acting(session, Register.EMPLOYEE, "add") as changes:
        values: Values = {"name": name, "initials": letters, "role": role, "login": login}
        return put_employee(session, changes, None, values)


def change_employee(session: Session, employee_id: int, values: Values) -> None:
    """Change an employee's name, initials, role or system user.

    Raises:
        Invalid: with the field that is refused; the last administrator stays one.
    """
    with acting(session, Register.EMPLOYEE, "change") as changes:
        put_employee(session, changes, employee_id, values)


def put_employee(session: Session, changes: Changes, employee_id: int | None, values: Values) -> int:
    """Write an employee within an act; None for a new one, who gets initials if none are given. Gives the id."""
    row = named(session, Register.EMPLOYEE, str(values["name"]), employee_id) if "name" in values else {}
    others = {name: value for name, value in values.items() if name != "name"}
    if employee_id is None:
        others["initials"] = others.get("initials") or initials(str(row["name"]))
    row |= _checked_employee(session, others, employee_id)
    if employee_id is None:
        return changes.insert(EMPLOYEE, row)
    if row.get("role", Role.ADMINISTRATOR) != Role.ADMINISTRATOR:
        keep_an_administrator(changes, employee_id)
    changes.update(EMPLOYEE, employee_id, row)
    return employee_id


def _checked_employee(session: Session, values: Values, employee_id: int | None = None) -> Values:
    only(values, ("initials", "role", "login"))
    others = [entry for entry in session.registers.employees if entry.id != employee_id]
    row: Values = {}
    if "initials" in values:
        letters = clean_line(str(values["initials"] or "")).upper()
        if not 0 < len(letters) <= 8 or any(letter.isspace() for letter in letters):
            raise Invalid(N_("Write initials of up to eight letters."), field="initials")
        if any(entry.initials.casefold() == letters.casefold() for entry in others):
            raise Invalid(
                N_("Somebody here has the initials {initials}. Choose others."), field="initials", initials=letters
            )
        row["initials"] = letters
    if "role" in values:
        if values["role"] not in set(Role):
            raise Invalid(N_("Choose a role from the list."), field="role")
        row["role"] = str(values["role"])
    if "login" in values:
        login = whole_line(values["login"], "login", 64) or None
        if login and any(entry.login == login for entry in others):
            raise Invalid(
                N_("The system user {login} already belongs to another employee."), field="login", login=login
            )
        row["login"] = login
    return row
