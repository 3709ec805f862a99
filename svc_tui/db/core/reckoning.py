"""Bringing the deadlines and the work left of open jobs up to other rules: hours, special days, limits, durations.

A change of the rules only notes that they are others (`shop_rules.change_rules`); whoever made it goes on with this,
some hundred jobs in a transaction, so that nobody else's save waits for more than one. Where a job was stays as it is,
and the history tells only of the change of the rules. One that is killed is gone on with by the next program.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from svc_tui.db.core import spans
from svc_tui.db.core.change_log import RECKONED
from svc_tui.db.core.changes import tell_everybody
from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks
from svc_tui.db.core.shop_rules import OPEN, rules_of

STEP: Final = 400
"""Jobs in one transaction: others wait some hundredths of a second for it."""


class Far(NamedTuple):
    """How far it is."""

    done: int = 0
    """Jobs that were reckoned now."""
    left: int = 0
    """Jobs still to be done."""
    is_done: bool = False


def is_outdated(store: Store) -> bool:
    """Whether there are deadlines that were reckoned by other rules than those that hold."""
    return bool(store.sql("SELECT 1 FROM reckoning WHERE rules <> reckoned"))


def go_on(store: Store) -> Far:
    """Reckon some more jobs by the rules that hold.

    Raises:
        DatabaseTrouble: when it refuses; what was done by then stays.
    """
    with store.transaction():
        number, reckoned, reached = store.sql("SELECT rules, reckoned, reached FROM reckoning ORDER BY id LIMIT 1")[0]
        if number == reckoned:
            return Far(is_done=True)
        # Index: activity_open; few jobs are open.
        rows = store.sql(f"SELECT id FROM activity WHERE {OPEN} AND id > ?", (reached,))
        ids = sorted(row[0] for row in rows)
        for chunk, marks in in_chunks(ids[:STEP]):
            jobs = spans.read_jobs(store, chunk, marks)
            rules = rules_of(store, number)
            lines = spans.hours_lines(store, chunk)
            spans.rewrite(store, [spans.reckoned(job, rules, lines.get(job.id, ())) for job in jobs])
        if ids:
            # Not when the rules have changed again meanwhile: then it begins anew.
            store.execute_sql("UPDATE reckoning SET reached = ? WHERE rules = ?", (ids[:STEP][-1], number))
            some = len(ids[:STEP])
            return Far(some, len(ids) - some)
    return Far(is_done=_settle(store, number))


def _settle(store: Store, number: int) -> bool:
    """All jobs are done: note it, which tells other sessions; False when the rules have changed again."""
    with store.transaction():
        settled = "UPDATE reckoning SET reckoned = rules, reached = 0 WHERE rules = ? RETURNING id"
        if not store.sql(settled, (number,)):
            return False
        tell_everybody(store, RECKONED)
    return True
