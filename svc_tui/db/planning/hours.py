"""Reading when the shop is open and who is there: a few dozens of rows, whole."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.domain.planning.away import AbsenceRow, SpecialDayRow


class OpeningRow(NamedTuple):
    """One span of a week; `employee` is None for the shop's."""

    id: int
    employee: int | None
    weekday: int
    opens: int
    closes: int


class HoursRows(NamedTuple):
    """All of it."""

    opening: tuple[OpeningRow, ...]
    days: tuple[SpecialDayRow, ...]
    absences: tuple[AbsenceRow, ...]


def read_hours(store: Store) -> HoursRows:
    """Every row that says when somebody works."""
    opening = store.sql("SELECT id, employee_id, weekday, opens, closes FROM opening_hours ORDER BY weekday, opens, id")
    days = store.sql("SELECT id, day, name, hours FROM special_day ORDER BY day")
    absences = store.sql("SELECT id, employee_id, from_at, to_at, reason FROM absence ORDER BY from_at, id")
    return HoursRows(
        tuple(OpeningRow(*row) for row in opening),
        tuple(SpecialDayRow(*row) for row in days),
        tuple(AbsenceRow(*row) for row in absences),
    )


def types_by_employee(store: Store) -> dict[int, set[int]]:
    """Which types of job an employee may be given, of those for whom that is said."""
    found: dict[int, set[int]] = {}
    for employee, kind in store.sql("SELECT employee_id, type_id FROM may_do"):
        found.setdefault(employee, set()).add(kind)
    return found


def rows_of_types(store: Store, employee: int) -> list[tuple[int, int]]:
    """The rows that say which types somebody may be given: id of the row and of the type."""
    return [(row[0], row[1]) for row in store.sql("SELECT id, type_id FROM may_do WHERE employee_id = ?", (employee,))]
