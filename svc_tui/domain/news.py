"""What others committed, as the screens hear of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from svc_tui.domain.tables import NAMED_IN_LISTS, REGISTERS

__all__ = ["NAMED_IN_LISTS", "REGISTERS", "News"]


class News(NamedTuple):
    """What was changed by other sessions since the last news."""

    activities: frozenset[int] = frozenset()
    """Ids of the jobs that were made or changed, or something that hangs on them."""
    everything: bool = False
    """Anything may have changed: too much to be told one by one, or nobody listened for a while."""
    tables: frozenset[str] = frozenset()
    """Tables with a changed row, by their names in the database; empty with `everything`."""
    restored: bool = False
    """The shop was put back to an earlier state: what was read before may mean other rows now."""
    by: Mapping[int, int | None] = MappingProxyType({})
    """The employee who changed a job last, by the job's id; None for the program itself."""
    fields: frozenset[tuple[str, str]] = frozenset()
    """Table and field of what was changed; the field is empty for a row that was made or deleted."""

    @property
    def registers(self) -> bool:
        """Whether the registers must be read again."""
        return self.everything or bool(self.tables & REGISTERS)

    @property
    def names(self) -> bool:
        """Whether something has another name that a row of a job shows; what was only made is named by none yet."""
        return any(table in NAMED_IN_LISTS and field for table, field in self.fields)

    @property
    def rows(self) -> bool:
        """Whether a list of jobs may look different now."""
        return self.registers or bool(self.activities) or bool(self.tables & NAMED_IN_LISTS)

    def and_then(self, later: News) -> News:
        """Both as one."""
        return News(
            self.activities | later.activities,
            self.everything or later.everything,
            self.tables | later.tables,
            self.restored or later.restored,
            {**self.by, **later.by},
            self.fields | later.fields,
        )
