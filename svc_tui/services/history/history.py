"""What happened: to a job, one line a field; and of late, one line an act."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any, Final

from svc_tui.db.core import change_log
from svc_tui.db.core.change_log import ActLine, Extent, Head, Wanted
from svc_tui.db.core.changes import Values
from svc_tui.db.core.tables import references_of
from svc_tui.db.lists.activities import ids_of_numbers
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.language.dates import parse_period
from svc_tui.domain.records import ActRecord, ActStep, HistoryRow
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ACTIVITY, TABLES, USER_SETTING, Described
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.history.setting_changes import TARGETS, as_settings, names_by_act

__all__ = ["Wanted", "act_of", "as_steps", "asked_for", "of_act", "of_activity", "of_rows", "recent", "settings_of_act"]

HIDDEN: Final = "****"
"""Stands for what is told nowhere; that it changed is."""

MOST_DIGITS = 18
"""Digits of a number that can be a job's."""


MOST_SETTINGS = 100
"""Lines of an act on settings that are told of it; there are fewer settings."""


def of_activity(session: Session, activity_id: int, limit: int = 500) -> list[HistoryRow]:
    """Changes of a job and of what hangs on it, the newest first. Index: (activity_id, change_set_id)."""
    session.require(Right.HISTORY_READ)
    return _with_names(session, change_log.lines_of_job(session.store, activity_id, limit))


def of_rows(session: Session, rows: Mapping[str, Collection[int]], limit: int = 500) -> list[HistoryRow]:
    """Changes of some rows, the newest act first: by the name of their table. Index: (table_name, row_id)."""
    session.require(Right.HISTORY_READ)
    found: list[tuple[Any, ...]] = []
    for table, ids in rows.items():
        found += change_log.lines_of_rows(session.store, table, ids, limit)
    found.sort(key=lambda line: (-line[0], line[-1]))
    return _with_names(session, [HistoryRow(*line[:-1]) for line in found[:limit]])


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
    settings = names_by_act(session, [head.id for head in heads if roots[head.id].startswith("settings.")])
    found: list[ActRecord] = []
    for head in heads:
        extent = extents.get(head.id, Extent(0, None, False))
        about = names.get(extent.first) if extent.first else names_of_others.get(head.id)
        number, name = about or (0, "")
        found.append(
            ActRecord(
                id=head.id, act=head.act, root=roots[head.id], at=head.at, actor_id=head.actor_id, rows=rows[head.id],
                jobs=extent.jobs, number=number, subject=name, is_undone=head.id in undone, undoes=head.undoes,
                registered=extent.whole, settings=settings.get(head.id, ()),
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
    lines = _told_lines(session, change_set_id, limit, after, before)
    names = change_log.names_of_jobs(session.store, {line.activity_id for line in lines if line.activity_id})
    told = _with_names(session, [line.history for line in lines])
    return [
        ActStep(line.id, *names.get(line.activity_id or 0, (0, "")), history)
        for line, history in zip(lines, told, strict=True)
    ]


def settings_of_act(session: Session, change_set_id: int) -> tuple[HistoryRow, ...]:
    """What an act made of settings, each told by its name; for the person whose they are."""
    lines = change_log.page_of_steps(session.store, change_set_id, MOST_SETTINGS, None, None)
    return tuple(_with_names(session, [line.history for line in lines if line.history.table == USER_SETTING.name]))


def _told_lines(
    session: Session, change_set_id: int, limit: int, after: int | None, before: int | None
) -> list[ActLine]:
    """A page of what an act changed, without the search keys and places in an order that mean nothing to people."""
    found: list[ActLine] = []
    while len(found) < limit:
        page = change_log.page_of_steps(session.store, change_set_id, limit, after, before)
        told = [line for line in page if _is_told(line.history)]
        found = [*told, *found][-limit:] if before is not None else [*found, *told][:limit]
        if len(page) < limit:
            break
        after, before = (None, page[0].id) if before is not None else (page[-1].id, None)
    return found


def _is_told(row: HistoryRow) -> bool:
    table = TABLES.get(row.table)
    if table is None or table is USER_SETTING or not row.field:
        return True
    return table.fields.get(row.field, FieldKind.LINE) is not FieldKind.UNTOLD


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


def _with_names(session: Session, rows: list[HistoryRow]) -> list[HistoryRow]:
    """The same with names in place of the ids of other rows, and settings by their names."""
    rows = as_settings(session, rows)
    wanted: dict[Described, set[int]] = defaultdict(set)
    for row in rows:
        for field, value in _values_of(row):
            if (target := _targets(row.table).get(field)) is not None and isinstance(value, int):
                wanted[target].add(value)
    names = {target: change_log.names_of(session.store, target, ids) for target, ids in wanted.items()}

    def named(table: str, field: str, value: object) -> object:
        target = _targets(table).get(field)
        if target is None or not isinstance(value, int):
            return value
        return names[target].get(value) or f"#{value}"

    def side(row: HistoryRow, text: str | None) -> str | None:
        if text and row.field in _targets(row.table):
            name = named(row.table, row.field, json.loads(text))
            return None if name is None else json.dumps(name)
        if text and _is_named_by_others(row):
            return json.dumps({name: named(row.table, name, value) for name, value in json.loads(text).items()})
        return text

    return [row._replace(old=side(row, row.old), new=side(row, row.new)) for row in map(_without_secrets, rows)]


def _without_secrets(row: HistoryRow) -> HistoryRow:
    """A line of history without what nobody reads there, such as the lock code of a device."""
    table = TABLES.get(row.table)
    secrets = [name for name, kind in table.fields.items() if kind is FieldKind.SECRET] if table else []
    if not secrets:
        return row

    def told(side: str | None) -> str | None:
        if not side or (row.field and row.field not in secrets):
            return side
        value = json.loads(side)
        if row.field:
            return json.dumps(HIDDEN) if value else side
        return json.dumps(value | {name: HIDDEN for name in secrets if value.get(name)})

    return row._replace(old=told(row.old), new=told(row.new))


def _values_of(row: HistoryRow) -> Iterator[tuple[str, object]]:
    if row.field in _targets(row.table):
        yield from ((row.field, json.loads(side)) for side in (row.old, row.new) if side)
    elif _is_named_by_others(row):
        yield from (pair for side in (row.old, row.new) if side for pair in json.loads(side).items())


def _is_named_by_others(row: HistoryRow) -> bool:
    """Whether it is a whole row without a name, that is told by what it points to."""
    return not row.field and row.table in TABLES and not TABLES[row.table].called


@cache
def _targets(table: str) -> Mapping[str, Described]:
    """The table that each field points to, but for the job that a row hangs on."""
    known = TABLES.get(table)
    if known is USER_SETTING:
        return TARGETS
    return {
        entry.field: entry.target
        for entry in (references_of(known) if known is not None else ())
        if entry.target.called and not (entry.target is ACTIVITY and entry.takes_along)
    }
