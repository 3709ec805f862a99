"""The queries behind the preview: four, each by an index, each with a limit."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.core.engine import Row, Store
from svc_tui.domain.records import LinkRecord, NoteRecord, Stage

MOST_TEXT = 600
"""Characters of a long text; the pane has room for fewer."""


class Head(NamedTuple):
    """A job with its customer and its device; what is empty or missing there is an empty text."""

    id: int
    number: int
    subject: str
    start_at: int
    end_at: int | None
    promised_at: int | None
    done_at: int | None
    type_id: int | None
    status_id: int | None
    stage: Stage
    priority_id: int | None
    responsible_id: int | None
    project: str
    fault_told: str
    fault_found: str
    total: int
    customer: str
    phone: str
    mobile: str
    email: str
    post_code: str
    city: str
    brand: str
    model: str
    serial: str


def head(store: Store, activity_id: int) -> Head | None:
    """A job with its customer and device; None when it is gone. Index: the primary keys."""
    found = store.sql(
        "SELECT a.id, a.number, a.subject, a.start_at, a.end_at, a.promised_at, a.done_at, a.type_id, a.status_id,"
        " a.stage, a.priority_id, a.responsible_id, a.project, substr(a.fault_told, 1, ?), substr(a.fault_found, 1, ?),"
        " a.total, COALESCE(c.name, ''), COALESCE(c.phone, ''), COALESCE(c.mobile, ''), COALESCE(c.email, ''),"
        " COALESCE(c.post_code, ''), COALESCE(c.city, ''), COALESCE(d.brand, ''), COALESCE(d.model, ''),"
        " COALESCE(d.serial, '')"
        " FROM activity a LEFT JOIN contact c ON c.id = a.customer_id LEFT JOIN device d ON d.id = a.device_id"
        " WHERE a.id = ?",
        (MOST_TEXT, MOST_TEXT, activity_id),
    )
    if not found:
        return None
    job = Head(*found[0])
    return job._replace(stage=Stage(job.stage))


def newest_notes(store: Store, activity_id: int, limit: int) -> list[NoteRecord]:
    """The newest entries, their texts cut. Index: activity_id."""
    rows = store.sql(
        "SELECT id, at, author_id, substr(text, 1, ?), stamped FROM activity_note WHERE activity_id = ?"
        f" ORDER BY at DESC, id DESC LIMIT {limit}",
        (MOST_TEXT, activity_id),
    )
    return [NoteRecord(row[0], row[1], row[2], row[3], bool(row[4])) for row in rows]


def first_lines(store: Store, activity_id: int, limit: int) -> list[Row]:
    """Code, text, quantity, price, discount of the first rows of the Product tab. Index: activity_id."""
    rows = store.sql(
        "SELECT code, text, used, planned, price, discount FROM activity_line WHERE activity_id = ?"
        f" ORDER BY position, id LIMIT {limit}",
        (activity_id,),
    )
    # Not told apart in SQL: an expression is of no column, and so may be no number (see `db.core.damage`).
    return [(code, text, planned if used is None else used, *rest) for code, text, used, planned, *rest in rows]


def first_links(store: Store, activity_id: int, limit: int) -> list[LinkRecord]:
    """Linked contacts in the order they were linked. Index: (activity_id, contact_id, role)."""
    rows = store.sql(
        "SELECT l.id, l.contact_id, l.person_id, l.role, c.name, c.number, COALESCE(p.name, ''),"
        " COALESCE(NULLIF(p.phone, ''), NULLIF(c.phone, ''), c.mobile) FROM activity_link l"
        " JOIN contact c ON c.id = l.contact_id LEFT JOIN contact_person p ON p.id = l.person_id"
        f" WHERE l.activity_id = ? ORDER BY l.id LIMIT {limit}",
        (activity_id,),
    )
    return [LinkRecord(*row) for row in rows]
