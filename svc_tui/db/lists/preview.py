"""The queries behind the preview: four, each by an index, each with a limit."""

from __future__ import annotations

from svc_tui.db.core.engine import Row, Store
from svc_tui.domain.job_fields import LONG_TEXTS
from svc_tui.domain.preview import Head
from svc_tui.domain.records import LinkRecord, NoteRecord, Stage

MOST_TEXT = 600
"""Characters of a long text; the pane has room for fewer."""


_OF_CONTACT = ("phone", "mobile", "email", "post_code", "city")
_OF_DEVICE = ("brand", "model", "serial")


def _column(field: str) -> str:
    if field in LONG_TEXTS:
        return f"substr(a.{field}, 1, {MOST_TEXT})"
    if field == "customer":
        return "COALESCE(c.name, '')"
    owner = "c" if field in _OF_CONTACT else "d" if field in _OF_DEVICE else ""
    return f"COALESCE({owner}.{field}, '')" if owner else f"a.{field}"


_HEAD = ", ".join(map(_column, Head._fields))


def head(store: Store, activity_id: int) -> Head | None:
    """A job with its customer and device; None when it is gone. Index: the primary keys."""
    found = store.sql(
        f"SELECT {_HEAD} FROM activity a LEFT JOIN contact c ON c.id = a.customer_id"
        " LEFT JOIN device d ON d.id = a.device_id WHERE a.id = ?",
        (activity_id,),
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
