"""Spans of jobs and what follows from them, stored: where a job was, since when, until when it is due, what is left.

The gate calls `follow` for jobs that an act changed, which goes on from where they were, and `told_anew` for jobs that
an undo put back: those are told from their history without what was undone. Nothing else reads the history.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.db.core.shop_rules import NUMBER, ShopRules, rules_of
from svc_tui.domain.planning.deadlines import Stay, deadline
from svc_tui.domain.planning.trails import (
    FIELDS,
    JobSpan,
    Known,
    StageOf,
    Step,
    counted,
    first_finish,
    move,
    stands_since,
    trail,
)
from svc_tui.domain.planning.workload import HoursLine, hours_left
from svc_tui.domain.records import LateBy, Stage

_DONE: Final = int(Stage.DONE)
_WHY: Final = {"": LateBy.NOTHING, "promise": LateBy.PROMISE, "status": LateBy.STATUS}


class Derived(NamedTuple):
    """The columns of a job that follow from its spans, by their names."""

    status_since: int
    promised_set_at: int | None
    touched_at: int
    first_done_at: int | None
    turnaround: int | None
    late_at: int | None
    late_by: int
    work_left: int


class Job(NamedTuple):
    """A job as far as its spans depend on it, and what is stored of them."""

    id: int
    status: int | None
    stage: int
    responsible: int | None
    promised_at: int | None
    created_at: int
    start_at: int
    end_at: int | None
    type: int | None
    version: int
    derived: Derived
    rows: list[int]
    """The ids of its spans."""
    spans: list[JobSpan]
    rules: int
    """The number of the rules that held when it was read."""


_JOB = [
    "id",
    "status_id",
    "stage",
    "responsible_id",
    "promised_at",
    "created_at",
    "start_at",
    "end_at",
    "type_id",
    "version",
]
_SELECT = (
    f"SELECT {', '.join(f'a.{name}' for name in (*_JOB, *Derived._fields))}, {NUMBER}, s.id, s.status_id, s.stage,"
    " s.responsible_id, s.from_at, s.to_at, s.worked"
    " FROM activity a LEFT JOIN job_span s ON s.activity_id = a.id WHERE a.id IN ({}) ORDER BY a.id, s.from_at"
)
_DERIVED_FROM, _RULES_AT = len(_JOB), len(_JOB) + len(Derived._fields)


def read_jobs(store: Store, ids: Sequence[int], marks: str) -> list[Job]:
    """Jobs with what is stored of their spans; those that are gone are not among them."""
    found: list[Job] = []
    last = 0
    for row in store.sql(_SELECT.format(marks), ids):
        if row[0] != last:
            last = row[0]
            derived = Derived(*row[_DERIVED_FROM:_RULES_AT])
            found.append(Job._make((*row[:_DERIVED_FROM], derived, [], [], row[_RULES_AT])))
        if row[_RULES_AT + 1] is not None:
            found[-1].rows.append(row[_RULES_AT + 1])
            found[-1].spans.append(JobSpan(*row[_RULES_AT + 2 :]))
    return found


class Made(NamedTuple):
    """A job, and what its spans and what follows from them should be."""

    job: Job
    spans: list[JobSpan]
    derived: Derived

    @property
    def is_stored(self) -> bool:
        """Whether they are that already."""
        return self.derived == self.job.derived and self.spans == self.job.spans

    @property
    def stands(self) -> bool:
        """The same, but for what the rules decide."""
        was, now = (one._replace(late_at=None, late_by=0, work_left=0) for one in (self.job.derived, self.derived))
        return was == now and self.spans == self.job.spans


# -- what should be stored ---------------------------------------------------------------------------------------------


def follow(store: Store, ids: Collection[int], at: int) -> None:
    """Bring up to date what follows from jobs that an act changed at that time, or made."""
    for chunk, marks in in_chunks(ids):
        jobs = read_jobs(store, chunk, marks)
        if len(jobs) < len(chunk):
            forget(store, set(chunk) - {job.id for job in jobs})
        if jobs:
            rules = rules_of(store, jobs[0].rules)
            lines = hours_lines(store, [job.id for job in jobs if Stage(job.stage).is_open])
            write(store, [_went_on(job, rules, lines.get(job.id, ()), at) for job in jobs])


def _went_on(job: Job, rules: ShopRules, lines: Sequence[HoursLine], at: int) -> Made:
    spans = list(job.spans)
    move(spans, job.status, job.stage, job.responsible, at if spans else job.created_at)
    was = job.derived
    return _made(job, counted(spans, (), rules.hours.between), was.promised_set_at, was.touched_at, rules, lines)


def reckoned(job: Job, rules: ShopRules, lines: Sequence[HoursLine]) -> Made:
    """A job by other rules: where it was stays as it is."""
    was = job.derived
    late_at, late_by = _due(job, job.spans, was.promised_set_at, rules)
    derived = was._replace(late_at=late_at, late_by=late_by, work_left=_left(job, rules, lines))
    return Made(job, job.spans, derived)


def told_anew(
    store: Store, ids: Collection[int], undoes: int | None = None, *, recounts: bool = False
) -> Iterator[list[Made]]:
    """What the history tells of jobs, some hundred at a time.

    Args:
        store: The database.
        ids: Which jobs.
        undoes: What an act undoes of each of them that is not in the history yet.
        recounts: Whether hours worked are counted anew by the hours as they are today.
    """
    stage_of = stages(store)
    rules = rules_of(store)
    for chunk, marks in in_chunks(ids):
        jobs = read_jobs(store, chunk, marks)
        steps = acts_on(store, chunk, marks)
        lines = hours_lines(store, [job.id for job in jobs if Stage(job.stage).is_open])
        made: list[Made] = []
        for job in jobs:
            mine = steps.get(job.id, [])
            if undoes is not None:
                mine.append(Step(1 << 62, 0, "", undoes))
            told = trail(mine, Known(job.status, job.responsible, job.promised_at, job.created_at), stage_of)
            spans = counted(told.spans, () if recounts else job.spans, rules.hours.between)
            kept = job._replace(derived=job.derived._replace(turnaround=None)) if recounts else job
            should = _made(kept, spans, told.promised_set_at, told.touched_at, rules, lines.get(job.id, ()))
            made.append(should._replace(job=job))
        yield made


def _made(
    job: Job,
    spans: list[JobSpan],
    promised_set_at: int | None,
    touched_at: int,
    rules: ShopRules,
    lines: Sequence[HoursLine],
) -> Made:
    late_at, late_by = _due(job, spans, promised_set_at, rules)
    first = first_finish(spans, _DONE)
    turnaround = job.derived.turnaround if first == job.derived.first_done_at else None
    if first is not None and turnaround is None:
        turnaround = max(0, rules.hours.between(job.created_at, first))
    derived = Derived(
        stands_since(spans), promised_set_at, touched_at, first, turnaround, late_at, late_by, _left(job, rules, lines)
    )
    return Made(job, spans, derived)


def _due(job: Job, spans: Sequence[JobSpan], promised_set_at: int | None, rules: ShopRules) -> tuple[int | None, int]:
    """When a job becomes late, and by what."""
    if not Stage(job.stage).is_open or not spans:
        return None, 0
    stays = [Stay(rules.status(span.status, span.stage), span.start, span.end) for span in spans]
    found = deadline(rules.hours, stays, job.promised_at, promised_set_at)
    return found.at, int(_WHY[found.why])


def _left(job: Job, rules: ShopRules, lines: Sequence[HoursLine]) -> int:
    if not Stage(job.stage).is_open:
        return 0
    duration = rules.hours.between(job.start_at, job.end_at) if job.end_at is not None else 0
    of_type = rules.types.get(job.type or 0)
    return hours_left(lines, max(duration, 0) or None, of_type, rules.duration)


def hours_lines(store: Store, ids: Collection[int]) -> dict[int, list[HoursLine]]:
    """The lines of hours of jobs, by job, in seconds. Index: activity_line_activity_id."""
    found: dict[int, list[HoursLine]] = defaultdict(list)
    for chunk, marks in in_chunks(ids):
        for job, product, planned, used in store.sql(
            "SELECT activity_id, COALESCE(product_id, 0), planned, used FROM activity_line"
            f" WHERE activity_id IN ({marks}) AND kind = 'hours'",
            chunk,
        ):
            found[job].append(HoursLine(product, _seconds(planned), None if used is None else _seconds(used)))
    return found


def _seconds(thousandths: int) -> int:
    return thousandths * 18 // 5


# -- from the history --------------------------------------------------------------------------------------------------


def stages(store: Store) -> StageOf:
    """The stages of statuses, at any time: a status that no job has may get another one, or go.

    Index: (table_name, row_id).
    """
    changed: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for _id, row_id, field, new, at in sorted(store.sql(
        "SELECT c.id, c.row_id, c.field, c.new, s.at FROM change c JOIN change_set s ON s.id = c.change_set_id"
        " WHERE c.table_name = 'activity_status' AND c.field IN ('', 'stage') AND c.new IS NOT NULL"
    )):  # fmt: skip
        if new:
            value = json.loads(new)
            changed[row_id].append((at, int((value if field else value.get("stage")) or 0)))
    now: dict[int | None, int] = {row[0]: row[1] for row in store.sql("SELECT id, stage FROM activity_status")}

    def stage_of(status: int | None, at: int) -> int:
        known = changed.get(status or 0, ())
        if len(known) < 2:
            return now.get(status, known[0][1] if known else 0)
        return next((stage for since, stage in reversed(known) if since <= at), known[0][1])

    return stage_of


def acts_on(store: Store, ids: Sequence[int], marks: str) -> dict[int, list[Step]]:
    """What acts did to jobs, by job. Indexes: (activity_id, change_set_id), id.

    COALESCE hides the name of the table: by its index SQLite would read the changes of all jobs for some hundred.
    """
    before: dict[tuple[int, int], dict[str, Any]] = defaultdict(dict)
    after: dict[tuple[int, int], dict[str, Any]] = defaultdict(dict)
    fields = ", ".join(f"'{name}'" for name in ("", *FIELDS))
    for _id, job, act, field, old, new in sorted(store.sql(
        "SELECT id, activity_id, change_set_id, field, old, new FROM change"
        f" WHERE activity_id IN ({marks}) AND COALESCE(table_name, '') = 'activity' AND field IN ({fields})",
        ids,
    )):  # fmt: skip
        if field:
            before[job, act].setdefault(field, json.loads(old or "null"))
            after[job, act][field] = json.loads(new or "null")
        elif new is not None:
            after[job, act] = {name: value for name, value in json.loads(new).items() if name in FIELDS}
    steps: dict[int, list[Step]] = defaultdict(list)
    for job, act, at, name, undoes, part_of in store.sql(
        "SELECT c.activity_id, s.id, s.at, s.act, s.undoes, s.part_of FROM"
        f" (SELECT DISTINCT activity_id, change_set_id FROM change WHERE activity_id IN ({marks})) AS c"
        " JOIN change_set s ON s.id = c.change_set_id",
        ids,
    ):
        key = (job, act)
        steps[job].append(Step(act, at, name, undoes, part_of, before.get(key, {}), after.get(key, {})))
    return steps


# -- writing -----------------------------------------------------------------------------------------------------------

_SPAN = ["status_id", "stage", "responsible_id", "from_at", "to_at", "worked"]
_INSERT = f"INSERT INTO job_span (activity_id, {', '.join(_SPAN)}) VALUES (?{', ?' * len(_SPAN)})"
_UPDATE = f"UPDATE job_span SET {', '.join(f'{name} = ?' for name in _SPAN)} WHERE id = ?"
_ENDS = "UPDATE job_span SET to_at = ?, worked = ? WHERE id = ?"
_DERIVE = f"UPDATE activity SET {', '.join(f'{name} = ?' for name in Derived._fields)} WHERE id = ?"


def rewrite(store: Store, made: Iterable[Made]) -> None:
    """Store what other rules make of jobs, but for those that an act has written since they were read."""
    rows = [(*one.derived, one.job.id, one.job.version) for one in made if one.derived != one.job.derived]
    if rows:
        store.execute_many(f"{_DERIVE} AND version = ?", rows)


def write(store: Store, made: Iterable[Made]) -> int:
    """Store what is not stored yet; gives of how many jobs."""
    count = 0
    new: list[tuple[object, ...]] = []
    ended: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    gone: list[int] = []
    derived: list[tuple[object, ...]] = []
    for job, spans, should in made:
        count += should != job.derived or spans != job.spans
        if should != job.derived:
            derived.append((*should, job.id))
        for row, was, span in zip(job.rows, job.spans, spans, strict=False):
            if span == was:
                continue
            if span[:4] == was[:4]:
                ended.append((span.end, span.worked, row))
            else:
                changed.append((*span, row))
        new += [(job.id, *span) for span in spans[len(job.spans) :]]
        gone += job.rows[len(spans) :]
    for chunk, marks in in_chunks(gone):
        store.execute_sql(f"DELETE FROM job_span WHERE id IN ({marks})", chunk)
    for sql, rows in ((_ENDS, ended), (_UPDATE, changed), (_INSERT, new), (_DERIVE, derived)):
        if len(rows) == 1:
            store.execute_sql(sql, rows[0])
        elif rows:
            store.execute_many(sql, rows)
    return count


def lost(store: Store) -> list[int]:
    """Jobs that are gone, and have spans still."""
    rows = store.sql("SELECT DISTINCT activity_id FROM job_span WHERE activity_id NOT IN (SELECT id FROM activity)")
    return [row[0] for row in rows]


def forget(store: Store, ids: Collection[int]) -> None:
    """Jobs that are gone have no spans."""
    for chunk, marks in in_chunks(ids):
        store.execute_sql(f"DELETE FROM job_span WHERE activity_id IN ({marks})", chunk)
