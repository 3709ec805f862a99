"""What happened: to a job, one line a field; and of late, one line an act."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from svc_tui.db.core import change_log
from svc_tui.db.core.change_log import Extent, Head, Wanted
from svc_tui.db.core.changes import Values
from svc_tui.db.core.models import Change, ChangeSet
from svc_tui.db.lists.activities import ids_of_numbers
from svc_tui.db.people import contacts
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.dates import parse_period
from svc_tui.domain.records import ActRecord, ActStep, HistoryRow
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session, to_seconds

__all__ = ["Wanted", "act_of", "as_steps", "asked_for", "of_act", "of_activity", "recent"]

MOST_DIGITS = 18
"""Digits of a number that can be a job's."""


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


def recent(
    session: Session,
    limit: int,
    before: int | None = None,
    mine_only: bool = False,
    *,
    newer_than: int | None = None,
    wanted: Wanted = change_log.ALL,
) -> list[ActRecord]:
    """Acts, newest first: those before the one with the number `before`, or the next ones after `newer_than`.

    Args:
        session: Who asks.
        limit: At most so many.
        before: Where to go on.
        mine_only: Whether only the asker's own are wanted.
        newer_than: Where to go back.
        wanted: Of which person, job or days.
    """
    session.require(Right.HISTORY_READ)
    actor = session.employee.id if mine_only and session.employee else None
    return _told_of(session, change_log.heads(session.store, limit, before, newer_than, actor, wanted))


def asked_for(session: Session, text: str) -> Wanted:
    """Which acts are meant by what was typed: initials of a person, the number of a job, a day or several.

    Raises:
        Invalid: when a word is none of them.
    """
    session.require(Right.HISTORY_READ)
    found, days = Wanted(), []
    people = {person.initials.casefold(): person.id for person in session.registers.employees}
    for word in text.split():
        job = ids_of_numbers(session.store, (int(word),)) if word.isdecimal() and len(word) <= MOST_DIGITS else {}
        if (person := people.get(word.casefold())) is not None:
            found = found._replace(actor=person)
        elif job:
            found = found._replace(job=next(iter(job.values())))
        else:
            days.append(word)
    return _of_days(session, found, " ".join(days)) if days else found


def _of_days(session: Session, wanted: Wanted, text: str) -> Wanted:
    try:
        first, last = parse_period(text, session.now(), session.language, "back")
    except Invalid:
        raise Invalid(N_("“{text}” is no initials, no job's number and no day."), text=text) from None
    since = None if first is None else to_seconds(datetime.combine(first, time()))
    until = None if last is None else to_seconds(datetime.combine(last + timedelta(days=1), time()))
    return wanted._replace(since=since, until=until)


def act_of(session: Session, change_set_id: int) -> ActRecord | None:
    """One act; None when there is no such."""
    session.require(Right.HISTORY_READ)
    head = change_log.head_of(session.store, change_set_id)
    return _told_of(session, [head])[0] if head else None


def _told_of(session: Session, heads: Sequence[Head]) -> list[ActRecord]:
    store = session.store
    ids = [head.id for head in heads]
    undone = change_log.undone_among(store, ids)
    extents = change_log.extents_of(store, ids)
    firsts = {extent.first for extent in extents.values() if extent.first is not None}
    names = change_log.names_of_jobs(store, firsts)
    others = {head.id for head in heads if head.id in extents and extents[head.id].first is None}
    names_of_others = change_log.names_of_others(store, others)
    roots = _roots(session, heads)
    rows = _rows_of(session, heads)
    found: list[ActRecord] = []
    for head in heads:
        extent = extents.get(head.id, Extent(0, None, False))
        number, name = names.get(extent.first or 0, (0, "")) if extent.first else (0, names_of_others.get(head.id, ""))
        found.append(
            ActRecord(
                id=head.id, act=head.act, root=roots[head.id], at=head.at, actor_id=head.actor_id, rows=rows[head.id],
                jobs=extent.jobs, number=number, subject=name, is_undone=head.id in undone, undoes=head.undoes,
                registered=extent.whole,
            )
        )  # fmt: skip
    return found


def _rows_of(session: Session, heads: Sequence[Head]) -> dict[int, int]:
    """By act: how many lines of history it has, an import with all its parts."""
    found = {head.id: head.rows for head in heads}
    for head in heads:
        if head.act.startswith("import."):
            found[head.id] += sum(change_log.parts_of(session.store, [head.id]).values())
    return found


def _roots(session: Session, heads: Sequence[Head]) -> dict[int, str]:
    """By act: the name of what it is about in the end; of an undo or a redo, the act that was undone."""
    known = {head.id: head for head in heads}
    look = {head.undoes for head in heads if head.undoes is not None} - set(known)
    while look:
        more = change_log.heads_of(session.store, look)
        known |= {head.id: head for head in more}
        look = {head.undoes for head in more if head.undoes is not None} - set(known)

    def root(head: Head) -> Head:
        return root(known[head.undoes]) if head.undoes in known else head

    return {head.id: root(head).act for head in heads}


def of_act(
    session: Session, change_set_id: int, limit: int, after: int | None = None, before: int | None = None
) -> list[ActStep]:
    """What an act changed, in its order: lines after the one with the number `after`, or before `before`."""
    session.require(Right.HISTORY_READ)
    rows = change_log.page_of_steps(session.store, change_set_id, limit, after, before)
    names = change_log.names_of_jobs(session.store, {row[-1] for row in rows if row[-1]})
    told = _with_names(session, [HistoryRow(*row[1:-1]) for row in rows])
    return [ActStep(row[0], *names.get(row[-1] or 0, (0, "")), line) for row, line in zip(rows, told, strict=True)]


def as_steps(session: Session, jobs: Iterable[tuple[int, Values, Values]]) -> list[ActStep]:
    """What an act would change, told as if it had: id, the job before, and the fields that would differ."""
    steps = [
        ActStep(0, int(before["number"] or 0), str(before["subject"] or ""), HistoryRow(
            0, "", 0, None, "activity", job, name, json.dumps(before[name]), json.dumps(value)
        ))
        for job, before, changed in jobs
        for name, value in changed.items()
    ]  # fmt: skip
    told = _with_names(session, [step.history for step in steps])
    return [step._replace(history=line) for step, line in zip(steps, told, strict=True)]


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
