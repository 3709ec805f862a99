"""What the customers of jobs agreed to pay at most."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from svc_tui.db.core.engine import Store
from svc_tui.db.core.rows import in_chunks


class Agreed(NamedTuple):
    """What a customer agreed to for a job, in minor units with VAT."""

    job: int
    number: int
    ceiling: int
    """Said when the job came in."""
    up_to: int
    """Said since, the last time; 0 for never."""
    stage: int

    @property
    def limit(self) -> int:
        """At most this without asking again."""
        return max(self.ceiling, self.up_to)


def agreed(store: Store, jobs: Collection[int]) -> list[Agreed]:
    """Of those of these jobs that have a ceiling. Index: id; activity_id."""
    found: list[Agreed] = []
    for chunk, marks in in_chunks(jobs):
        found += [
            Agreed._make(row)
            for row in store.sql(
                "SELECT a.id, a.number, a.ceiling, COALESCE((SELECT p.up_to FROM job_approval p"
                " WHERE p.activity_id = a.id ORDER BY p.id DESC LIMIT 1), 0), a.stage FROM activity a"
                f" WHERE a.id IN ({marks}) AND a.ceiling IS NOT NULL ORDER BY a.number",
                chunk,
            )
        ]
    return found
