"""What happened to a job: its change sets, told as one line a field."""

from __future__ import annotations

import json

from svc_tui.db import contacts
from svc_tui.db.change_log import last_change
from svc_tui.db.models import Change, ChangeSet
from svc_tui.domain.dates import format_when
from svc_tui.domain.errors import N_, Conflict
from svc_tui.domain.labels import label_of
from svc_tui.domain.records import HistoryRow
from svc_tui.domain.rights import Right
from svc_tui.services.session import Session, to_local


def of_activity(session: Session, activity_id: int, limit: int = 500) -> list[HistoryRow]:
    """Changes of a job and of what hangs on it, the newest first. Index: (activity_id, change_set_id)."""
    session.require(Right.HISTORY_READ)
    query = (
        Change.select(
            ChangeSet.id, ChangeSet.act, ChangeSet.at, ChangeSet.actor, Change.table, Change.row_id,
            Change.field, Change.old, Change.new,
        )
        .join(ChangeSet)
        .where(Change.activity_id == activity_id)
        .order_by(Change.change_set.desc(), Change.id)
        .limit(limit)
    )  # fmt: skip
    found = [HistoryRow(*row) for row in session.store.rows(query)]
    return _with_names(session, found)


def changed_meanwhile(session: Session, table: str, row_id: int, field: str) -> Conflict:
    """The refusal because somebody else changed a field last, with who and when. Index: (table_name, row_id)."""
    found = last_change(session.store, table, row_id, field)
    actor_id, at, _ = found or (None, session.seconds(), 0)
    who = session.registers.employee(actor_id)
    return Conflict(
        N_("{label} was changed by {who}, {when}."),
        fields=(field,), label=label_of(field), who=who.initials if who else "?",
        when=format_when(to_local(at), session.now(), session.language),
    )  # fmt: skip


def _images(row: HistoryRow) -> list[dict[str, object]]:
    """The whole-row images of a row that came or went."""
    return [json.loads(side) for side in (row.old, row.new) if side and not row.field]


def _with_names(session: Session, rows: list[HistoryRow]) -> list[HistoryRow]:
    """The same with the names of customers and devices in place of their ids."""
    names: dict[str, dict[int, str]] = {}
    for field, labels in (("customer", contacts.names_of), ("device", contacts.device_labels)):
        sides = {json.loads(side) for row in rows if row.field == field for side in (row.old, row.new) if side}
        names[field] = labels(session.store, sorted(side for side in sides if isinstance(side, int)))

    def named(field: str, side: str | None) -> str | None:
        value = json.loads(side) if side else None
        return json.dumps(names[field].get(value, f"#{value}")) if isinstance(value, int) else None

    linked = {image.get("contact") for row in rows if row.table == "activity_link" for image in _images(row)}
    contact_names = contacts.names_of(session.store, sorted(number for number in linked if isinstance(number, int)))

    def with_contact(side: str | None) -> str | None:
        image = json.loads(side) if side else None
        return json.dumps(image | {"name": contact_names.get(image.get("contact"), "")}) if image else None

    rows = [
        row._replace(old=with_contact(row.old), new=with_contact(row.new))
        if row.table == "activity_link" and not row.field
        else row
        for row in rows
    ]
    return [
        row._replace(old=named(row.field, row.old), new=named(row.field, row.new)) if row.field in names else row
        for row in rows
    ]
