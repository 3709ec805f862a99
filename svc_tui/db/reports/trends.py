"""Which jobs were open some time ago and are now, with whom: read from the spans, whatever the history is."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.db.core.spans import hours_lines
from svc_tui.domain.planning.workload import HoursLine, PersonSpan
from svc_tui.domain.records import Stage

_NOT_OVER = "s.stage IN (0, 1, 2, 3)"
"""As the index has it."""


def spans_since(store: Store, since: int, types: Collection[int] | None) -> list[PersonSpan]:
    """The open spans that last, and those that lasted at a moment and ended since. Index: job_span_open.

    Args:
        store: The database.
        since: The moment, seconds UTC.
        types: Only of jobs of these types; None for all.
    """
    among, values = "", list[int]()
    if types is not None:
        among = f" JOIN activity a ON a.id = s.activity_id AND a.type_id IN ({', '.join('?' * len(types)) or 'NULL'})"
        values = sorted(types)
    select = f"SELECT s.activity_id, s.stage, s.responsible_id, s.from_at, s.to_at FROM job_span s{among}"
    where = f"WHERE {_NOT_OVER} AND s.stage > 0"
    rows = store.sql(
        f"{select} {where} AND s.to_at IS NULL UNION ALL {select} {where} AND s.to_at > ? AND s.from_at <= ?",
        (*values, *values, since, since),
    )
    return [PersonSpan(job, Stage(stage), who, start, end) for job, stage, who, start, end in rows]


class Plan(NamedTuple):
    """What is known of the whole work of a job."""

    type: int | None
    start_at: int
    end_at: int | None
    lines: list[HoursLine]
    """Its lines of hours, in seconds."""


def plans(store: Store, jobs: Collection[int]) -> dict[int, Plan]:
    """What the whole work of jobs follows from, by their ids; those that are gone are not among them."""
    lines = hours_lines(store, jobs)
    found: dict[int, Plan] = {}
    for chunk, marks in in_chunks(jobs):
        for job, kind, start, end in store.sql(
            f"SELECT id, type_id, start_at, end_at FROM activity WHERE id IN ({marks})", chunk
        ):
            found[job] = Plan(kind, start, end, lines.get(job, []))
    return found
