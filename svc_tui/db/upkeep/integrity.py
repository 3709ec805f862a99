"""Questions that a sound database answers with nothing: what `svc-tui check` asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from svc_tui.db.core import job_figures
from svc_tui.db.core.engine import Store
from svc_tui.db.core.indexing import ENTRIES
from svc_tui.db.core.rows import batches
from svc_tui.db.core.span_filling import wrong_jobs
from svc_tui.db.core.spans import Derived, lost
from svc_tui.db.core.tables import column_of
from svc_tui.db.upkeep import order_checks, part_checks
from svc_tui.db.upkeep.misfits import misfits
from svc_tui.db.upkeep.questions import Question, asked, told
from svc_tui.domain.errors import N_, DomainError, Invalid
from svc_tui.domain.language.money import line_total
from svc_tui.domain.tables import TABLES
from svc_tui.domain.text import words_key

_SERIES = (
    ("activity", "activity"), ("contact", "contact"), ("order", "service_order"), ("dispatch", "dispatch"),
    ("loan", "loan_device"), ("handover", "handover"),
    ("purchase", "purchase"), ("return", "supplier_return"),
)  # fmt: skip
_BATCH = 2_000
SPANS: Final = (*Derived._fields, "rules", "spans", "spans of what was undone")


def findings(store: Store) -> Iterator[DomainError]:
    """A sentence for each thing that is wrong; nothing for a sound database.

    Reads all of it: seconds for a shop of 100,000 jobs, and nobody waits for it.
    """
    yield from _damage(store)
    yield from misfits(store)
    for check in (_counters, order_checks.series, *dict.fromkeys(CHECKS.values()), _history):
        try:
            yield from check(store)
        except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError):
            # Rows that are no rows of a shop: they are named above, and no reason not to look at the rest.
            yield Invalid(
                N_("The check of {what} could not be finished, because of what is named above."),
                what=check.__name__.strip("_"),
            )  # fmt: skip


def _damage(store: Store) -> Iterator[DomainError]:
    if store.dialect != "sqlite":
        return  # a server checks its own pages and keys
    for (said,) in store.sql("PRAGMA quick_check"):
        if said != "ok":
            yield Invalid(N_("The file is damaged: {reason}"), reason=said)
    broken: dict[tuple[str, str], int] = {}
    for table, _row, parent, _key in store.sql("PRAGMA foreign_key_check"):
        broken[table, parent] = broken.get((table, parent), 0) + 1
    for (table, parent), count in broken.items():
        yield Invalid(
            N_("{count} row(s) of {table} point to a {parent} that is not there."),
            count=count, table=table, parent=parent,
        )  # fmt: skip


def _counters(store: Store) -> Iterator[DomainError]:
    values: dict[str, int] = {row[0]: row[1] for row in store.sql("SELECT name, value FROM counter")}
    for series, table in _SERIES:
        value = values.get(series, 0)
        beyond = f" WHERE number < {max(1_000_000, 10 * value)}" if table == "contact" else ""
        highest = store.sql(f"SELECT max(number) FROM {table}{beyond}")[0][0] or 0
        if series not in values:
            yield Invalid(N_("The number series {name} is missing."), name=series)
        elif values[series] < highest:
            yield Invalid(
                N_("The number series {name} stands at {value}, but {highest} is in use."),
                name=series, value=values[series], highest=highest,
            )  # fmt: skip


def _stages(store: Store) -> Iterator[DomainError]:
    return asked(store, _STAGES)


def _totals(store: Store) -> Iterator[DomainError]:
    """Job by job with the program's own rounding, in batches of jobs that have lines or a total."""
    wrong: list[int] = []
    for jobs in batches(store, "activity", ("number", "total"), _BATCH):
        sums = dict.fromkeys((job[0] for job in jobs), 0)
        for activity, planned, used, price, discount in store.sql(
            "SELECT activity_id, planned, used, price, discount FROM activity_line WHERE activity_id BETWEEN ? AND ?",
            (jobs[0][0], jobs[-1][0]),
        ):
            sums[activity] = sums.get(activity, 0) + line_total(planned if used is None else used, price, discount)
        wrong += [number for activity, number, total in jobs if sums[activity] != total]
    yield from told(N_("{count} job(s) have another total than their lines, the first is {number}."), wrong)


def _spans(store: Store) -> Iterator[DomainError]:
    """Where jobs were, since when and until when they are due is what their history tells."""
    yield from told(
        N_("{count} job(s) have other times in their statuses, or another deadline, than their history tells; the "
           "first is {number}. svc-tui check --reindex tells them anew."),
        list(wrong_jobs(store)),
    )  # fmt: skip
    if gone := len(lost(store)):
        yield Invalid(N_("{count} job(s) that are gone still have times in statuses."), count=gone)


def _search(store: Store) -> Iterator[DomainError]:
    """Every row has an entry, for each has a number or a code, and nothing else has."""
    for table in (entry.name for entry in ENTRIES):
        entries = f"{table}_search"
        lost = store.sql(f"SELECT count(*) FROM {entries} WHERE rowid NOT IN (SELECT id FROM {table})")[0][0]
        missing = store.sql(f"SELECT count(*) FROM {table} WHERE id NOT IN (SELECT rowid FROM {entries})")[0][0]
        if lost or missing:
            yield Invalid(
                N_("The search index of {table} lacks {missing} row(s) and has {lost} that are gone."),
                table=table, missing=missing, lost=lost,
            )  # fmt: skip


def _keys(store: Store) -> Iterator[DomainError]:
    """Every folded key is that of its texts."""
    for table in TABLES.values():
        for key, texts in table.keys.items():
            wrong = 0
            for rows in batches(store, table.name, [column_of(table, name) for name in (key, *texts)], _BATCH):
                wrong += sum(row[1] != words_key(*row[2:]) for row in rows)
            if wrong:
                yield Invalid(
                    N_("{count} row(s) of {table} would not be found by what is written in them."),
                    count=wrong, table=table.name,
                )  # fmt: skip


def _figures(store: Store) -> Iterator[DomainError]:
    """What statistics add up of each job is what its lines and its spans say."""
    return told(
        N_("{count} job(s) have other hours or waiting than their lines and history say, the first is {number}."),
        job_figures.wrong_jobs(store),
    )


def _history(store: Store) -> Iterator[DomainError]:
    wrong = store.sql(
        "SELECT count(*) FROM (SELECT s.id FROM change_set s LEFT JOIN change c ON c.change_set_id = s.id"
        " GROUP BY s.id, s.rows HAVING count(c.id) <> s.rows) AS uneven"
    )[0][0]
    if wrong:
        yield Invalid(N_("{count} change set(s) have not as many rows of history as they say."), count=wrong)


_STAGES: Final = Question(
    N_("{count} job(s) have another stage than their status, the first is {number}."),
    "SELECT a.number FROM activity a LEFT JOIN activity_status s ON s.id = a.status_id"
    " WHERE a.stage <> COALESCE(s.stage, 0) ORDER BY a.number",
)

CHECKS: Final[Mapping[str, Callable[[Store], Iterator[DomainError]]]] = {
    "stage": _stages, "total": _totals, "keys": _keys,
    **dict.fromkeys(("parts", "state", "part_state", "parts_here", "parts_all", "parts_due"), part_checks.parts),
    **dict.fromkeys(("stock", "quarantine", "outstanding"), part_checks.stock),
    **dict.fromkeys(SPANS, _spans), **order_checks.CHECKS,
    **dict.fromkeys(("waited", "hours"), _figures),
    **{f"words of {entry.name}": _search for entry in ENTRIES},
}  # fmt: skip
"""Whether what is derived is right, by what it is called in `db/core/derived.py`."""
