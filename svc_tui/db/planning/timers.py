"""Reading the timers that run, and the products that hours are billed by."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.domain.records import ProductRow


class RunningTimer(NamedTuple):
    """A timer that runs."""

    id: int
    employee: int
    job: int
    number: int
    """Of the job."""
    subject: str
    started_at: int


def running(store: Store, employee: int) -> RunningTimer | None:
    """The timer of an employee; None where none runs. Index: employee_id."""
    rows = store.sql(
        "SELECT t.id, t.employee_id, t.activity_id, a.number, a.subject, t.started_at FROM timer t"
        " JOIN activity a ON a.id = t.activity_id WHERE t.employee_id = ?",
        (employee,),
    )
    return RunningTimer(*rows[0]) if rows else None


def hours_products(store: Store, limit: int = 200) -> list[ProductRow]:
    """The products of kind hours that are in use, by their code. Index: product_of_hours."""
    rows = store.sql(
        "SELECT id, code, name, kind, unit, price, stock, ean FROM product WHERE kind = 'hours' AND NOT retired"
        f" ORDER BY code_key, id LIMIT {limit}"
    )
    return [ProductRow(*row) for row in rows]
