"""What an inverse may not bring back, for there would be two: of everything that the database has once only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from svc_tui.db.core import many
from svc_tui.db.core.tables import unique_sets
from svc_tui.domain.errors import N_, DomainError, Invalid
from svc_tui.domain.labels import label_of
from svc_tui.domain.operations import Value
from svc_tui.domain.tables import SAVED_VIEW, USER_SETTING, Described
from svc_tui.services.core.session import Session

Written = tuple[Described, int, Mapping[str, Value]]
"""A row that comes back or changes, with what is written into it."""


class Taken:
    """What other rows hold by now of the values that rows may hold only once, read with one query for many."""

    def __init__(self, session: Session, written: Iterable[Written]) -> None:
        self._whole: dict[tuple[Described, int], Mapping[str, Value]] = {}
        self._holders: dict[tuple[Described, tuple[str, ...]], dict[tuple[Value, ...], set[int]]] = {}
        by_table: dict[Described, dict[int, Mapping[str, Value]]] = defaultdict(dict)
        for table, row, values in written:
            if any(set(fields) & set(values) for fields in unique_sets(table)):
                by_table[table][row] = values
        for table, rows in by_table.items():
            stored = many.read_rows(session.store, table, rows)
            for row, values in rows.items():
                self._whole[table, row] = {**stored.get(row, {}), **values}
            for fields in unique_sets(table):
                firsts = {self._whole[table, row][fields[0]] for row in rows} - {None}
                holders: dict[tuple[Value, ...], set[int]] = defaultdict(set)
                for found in many.rows_with(session.store, table, fields, firsts):
                    holders[found[1:]].add(int(found[0] or 0))
                self._holders[table, fields] = holders

    def nothing_twice(self, written: Iterable[Written], going: set[tuple[Described, int]]) -> None:
        """What was made anew meanwhile stays.

        Args:
            written: Rows of one inverse.
            going: Rows that are taken away by the same inverse.

        Raises:
            Invalid: when a row would be there twice.
        """
        for table, row, values in written:
            for fields in unique_sets(table):
                if not set(fields) & set(values):
                    continue
                whole = self._whole[table, row]
                others = self._holders[table, fields].get(tuple(whole[name] for name in fields), set())
                if any((table, other) not in going for other in others - {row}):
                    raise _refusal(table, fields, whole)


def _refusal(table: Described, fields: tuple[str, ...], row: Mapping[str, Value]) -> Invalid:
    if table is USER_SETTING:
        return Invalid(N_("This was set anew since."))
    if table is SAVED_VIEW:
        return Invalid(N_("There is a view “{name}” already; choose another name."), name=row["name"])
    return Invalid(
        N_("{what}: another one has {label} {value} by now."),
        what=DomainError(table.label), label=label_of(fields[-1]), value=row[fields[-1]],
    )  # fmt: skip
