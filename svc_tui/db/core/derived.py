"""What follows from the rows and is stored beside them, kept up to date by the gate in the same transaction.

Some of it stands in the row itself and is written with it (`Beside`): a job's stage, folded keys. The rest stands
elsewhere and is made anew at the end of an act (`RULES`): a job's total, its version when only a row that hangs on it
was changed, the word index. Whoever stores something else that follows from rows adds it to one of these, and the
question whether it is right to `CHECKS` in `db/upkeep/integrity.py`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial
from typing import Final, NamedTuple

from svc_tui.db.core import derived_orders, indexing, part_totals
from svc_tui.db.core.engine import Store
from svc_tui.db.core.indexing import ENTRIES, Way, ways_of
from svc_tui.db.core.keys import keyed
from svc_tui.db.core.rows import in_chunks
from svc_tui.db.core.tables import column_of, owner_field
from svc_tui.domain.language.money import line_total
from svc_tui.domain.operations import Act, Value, Values
from svc_tui.domain.order_tables import DISPATCH, DISPATCH_LINE, DOCUMENT_LINE, ORDER_LINE, SERVICE_ORDER
from svc_tui.domain.tables import (
    ACTIVITY,
    ACTIVITY_LINE,
    ACTIVITY_STATUS,
    ACTIVITY_TYPE,
    COMPANY,
    OPENING_HOURS,
    PART_CLAIM,
    PRODUCT,
    PURCHASE,
    PURCHASE_LINE,
    SPECIAL_DAY,
    STOCK_MOVE,
    TABLES,
    Described,
)

# -- beside the fields of a row ------------------------------------------------------------------------------------


class Beside:
    """What is written into a row because it follows from fields that are; one for each act."""

    def __init__(self, store: Store, act: Act) -> None:
        self._store = store
        self._act = act
        self._stages: dict[Value, int] | None = None

    def of(self, table: Described, values: Mapping[str, Value], before: Mapping[str, Value] | None = None) -> Values:
        """What follows from values to be written.

        Args:
            table: Which table.
            values: The fields that are written.
            before: The row as it is stored; None for a new row.
        """
        found = keyed(table, values, before)
        if table is ACTIVITY:
            found["changed_at"] = self._act.at
            begins = self._act.at if before is not None else values.get("created_at", self._act.at)
            if before is None or self._act.touches:
                found["touched_at"] = self._act.at if self._act.touches else begins
            if "promised_at" in values:
                found["promised_set_at"] = None if values["promised_at"] is None else begins
            if before is None or "status" in values:
                found["stage"] = self.stages.get(values.get("status"), 0)
        elif table is PURCHASE_LINE:
            row = {**(before or {}), **values}
            found["outstanding"] = part_totals.outstanding(
                *(int(row.get(name) or 0) for name in ("ordered", "received", "cancelled"))
            )
        return found

    @property
    def stages(self) -> dict[Value, int]:
        """The stage of every status."""
        if self._stages is None:
            self._stages = dict(self._store.sql("SELECT id, stage FROM activity_status"))
        return self._stages

    @property
    def holds(self) -> bool:
        """Whether it is still as it was read, for what was reckoned before the transaction that writes it."""
        return self._stages is None or self._stages == dict(self._store.sql("SELECT id, stage FROM activity_status"))


# -- elsewhere -----------------------------------------------------------------------------------------------------


class Source(NamedTuple):
    """Rows from which something follows."""

    table: Described
    fields: frozenset[str] | None
    """Those that count; None for any. Of a row that came or went all do."""
    by: str
    """The field that names whose it is; empty for the row itself."""
    look_up: str = ""
    """A query for whose it is, up to the ids of the rows, where no field says it. Then a changed field counts only,
    for a row that came or went is named by nothing."""
    only: tuple[str, Value] | None = None
    """Only rows with this value in a field count."""


class Rule(NamedTuple):
    """Something that is made anew for the rows that it concerns."""

    name: str
    sources: tuple[Source, ...]
    make: Callable[[Store, Collection[int], Act], None]
    """Makes it for rows with these ids; called when there are some."""
    spares_written: bool = False
    """Whether it concerns no row that the act wrote itself."""


def _add_up(store: Store, ids: Collection[int], _act: Act) -> None:
    """The totals of jobs whose lines were changed, and the hours among them."""
    for chunk, marks in in_chunks(ids):
        totals, hours = dict.fromkeys(chunk, 0), dict.fromkeys(chunk, 0)
        for activity_id, kind, quantity, price, discount in store.sql(
            "SELECT activity_id, kind, COALESCE(used, planned), price, discount FROM activity_line"
            f" WHERE activity_id IN ({marks})",
            chunk,
        ):
            totals[activity_id] += line_total(quantity, price, discount)
            hours[activity_id] += quantity if kind == "hours" else 0
        store.execute_many(
            "UPDATE activity SET total = ?, hours = ? WHERE id = ?",
            [(total, hours[activity_id], activity_id) for activity_id, total in totals.items()],
        )


def _touch(store: Store, ids: Collection[int], act: Act) -> None:
    """A job is changed also when only a row that hangs on it was."""
    touched = ", touched_at = ?" if act.touches else ""
    times = (act.at, act.at) if act.touches else (act.at,)
    for chunk, marks in in_chunks(ids):
        store.execute_sql(
            f"UPDATE activity SET version = version + 1, changed_at = ?{touched} WHERE id IN ({marks})",
            (*times, *chunk),
        )


def _change_rules(store: Store, _ids: Collection[int], act: Act) -> None:
    from svc_tui.db.core.shop_rules import change_rules

    change_rules(store, act.key, act.at)


def _follow(store: Store, ids: Collection[int], act: Act) -> None:
    """Where jobs are since when, until when they are due, and what is left of them; what was undone has its own."""
    if act.undoes is None:
        from svc_tui.db.core.spans import follow

        follow(store, ids, act.at)


def _tell_anew(store: Store, ids: Collection[int], act: Act) -> None:
    """Of jobs that were put back: as if nothing had been done to them."""
    if act.undoes is None:
        return
    from svc_tui.db.core import spans

    gone = set(ids)
    for made in spans.told_anew(store, ids, act.undoes):
        spans.write(store, made)
        gone.difference_update(one.job.id for one in made)
    spans.forget(store, gone)


def _wait(store: Store, ids: Collection[int], _act: Act) -> None:
    """How long jobs waited before they were finished."""
    from svc_tui.db.core import job_figures

    job_figures.wait(store, ids)


def _index(table: Described, store: Store, ids: Collection[int], _act: Act) -> None:
    indexing.index(store, table, ids)


def _hanging_on_jobs() -> Iterator[Source]:
    """Rows that are told of in the history of a job."""
    for table in TABLES.values():
        if by := owner_field(table, ACTIVITY) or table.of_job:
            yield Source(table, None, by)


def _worded(entry: Described) -> Iterator[Source]:
    """Whatever makes an entry of the word index outdated."""
    for way in ways_of(entry):
        if not way.via:
            yield Source(way.source, frozenset(way.fields), way.by)
            continue
        yield Source(way.root, frozenset((way.via,)), way.by)
        yield Source(way.source, frozenset(way.fields), "", _entries_naming(way))


def _entries_naming(way: Way) -> str:
    entry = column_of(way.root, way.by) if way.by else "id"
    return f"SELECT {entry} FROM {way.root.name} WHERE {column_of(way.root, way.via)}"


_JOBS_OF_ORDER = "SELECT of_job FROM order_line WHERE of_job IS NOT NULL AND service_order_id"
_LINES_OF_ORDER = "SELECT of_line FROM order_line WHERE of_line IS NOT NULL AND service_order_id"
_CLAIMED: Final = "SELECT activity_id FROM part_claim"
_RULES_FROM = (
    Source(OPENING_HOURS, None, "", only=("employee", None)),
    Source(SPECIAL_DAY, frozenset(("day", "hours")), ""),
    Source(COMPANY, frozenset(("time_zone", "default_duration")), ""),
    Source(ACTIVITY_STATUS, frozenset(("stage", "pauses", "longest")), ""),
    Source(ACTIVITY_TYPE, frozenset(("default_duration",)), ""),
)
_SPANS_FROM = (
    Source(ACTIVITY, frozenset(("status", "responsible", "promised_at", "start_at", "end_at", "type")), ""),
    Source(ACTIVITY_LINE, frozenset(("kind", "product", "planned", "used")), "activity", only=("kind", "hours")),
)

RULES: Final[tuple[Rule, ...]] = (
    Rule("total", (Source(ACTIVITY_LINE, None, "activity"),), _add_up),
    Rule(
        "transferred",
        (
            Source(ORDER_LINE, frozenset(("quantity",)), "of_line"),
            Source(SERVICE_ORDER, frozenset(("cancelled_at",)), "", _LINES_OF_ORDER),
        ),
        derived_orders.bring_lines,
    ),
    Rule(
        "progress",
        (
            Source(SERVICE_ORDER, frozenset(("cancelled_at", "discount", "with_vat")), ""),
            Source(ORDER_LINE, None, "service_order"),
            Source(DISPATCH, None, "service_order"),
        ),
        derived_orders.bring_orders,
    ),
    Rule(
        "progress of lines",
        (Source(DISPATCH_LINE, None, "order_line"), Source(DOCUMENT_LINE, None, "order_line")),
        derived_orders.bring_orders_of,
    ),
    Rule(
        "parts",
        (
            Source(ACTIVITY_LINE, frozenset(("kind", "planned", "reserved", "came", "used")), "activity"),
            Source(PART_CLAIM, None, "activity"),
            Source(PURCHASE_LINE, frozenset(("expected_at",)), "", f"{_CLAIMED} WHERE purchase_line_id"),
            Source(
                PURCHASE,
                frozenset(("expected_at",)),
                "",
                f"{_CLAIMED} JOIN purchase_line p ON p.id = purchase_line_id WHERE p.purchase_id",
            ),
        ),
        part_totals.tell_parts,
    ),
    Rule(
        "stock",
        (Source(STOCK_MOVE, None, "of_product"), Source(PRODUCT, frozenset(("tracked",)), "")),
        part_totals.add_up_stock,
    ),
    Rule(
        "billing",
        (
            Source(ACTIVITY_LINE, None, "activity"),
            Source(ORDER_LINE, None, "of_job"),
            Source(SERVICE_ORDER, frozenset(("cancelled_at",)), "", _JOBS_OF_ORDER),
        ),
        derived_orders.bring_jobs,
    ),
    Rule(
        "billing of lines",
        (Source(DISPATCH_LINE, None, "order_line"), Source(DOCUMENT_LINE, None, "order_line")),
        derived_orders.bring_jobs_of,
    ),
    Rule("version", tuple(_hanging_on_jobs()), _touch, spares_written=True),
    Rule("rules", _RULES_FROM, _change_rules),
    Rule("spans", _SPANS_FROM, _follow),
    Rule("spans of what was undone", (Source(ACTIVITY, None, ""), *_hanging_on_jobs()), _tell_anew),
    Rule("waited", (Source(ACTIVITY, frozenset(("status",)), ""),), _wait),
    *(Rule(f"words of {entry.name}", tuple(_worded(entry)), partial(_index, entry)) for entry in ENTRIES),
)
"""In the order in which they are made."""


class _Follower(NamedTuple):
    rule: int
    """Its place in `RULES`."""
    by: str
    look_up: str
    only: tuple[str, Value] | None


@cache
def _followers(table: Described, field: str) -> tuple[_Follower, ...]:
    """What must follow when a field of a table changes, or (no field) a row of it comes or goes."""
    found: dict[_Follower, None] = {}
    for place, rule in enumerate(RULES):
        for source in rule.sources:
            counts = not source.look_up if not field else source.fields is None or field in (*source.fields, source.by)
            if source.table is table and counts:
                found[_Follower(place, source.by, source.look_up, source.only)] = None
    return tuple(found)


class Marks:
    """Of which rows something must be made anew."""

    def __init__(self) -> None:
        self._marked: dict[int, set[int]] = defaultdict(set)
        self._to_look_up: dict[tuple[int, str], set[int]] = defaultdict(set)
        self._written: set[int] = set()
        """Jobs whose own row was written, and with it their version and time of change."""

    def mark(self, table: Described, row_id: int, row: Mapping[str, Value], field: str, new: str | None) -> None:
        """Remember what follows from one line of the history.

        Args:
            table: Which table.
            row_id: Which row.
            row: Its values, at least those that name whose it is.
            field: What changed; empty for a whole row.
            new: What it is now, as JSON.
        """
        if table is ACTIVITY:
            self._written.add(row_id)
        for rule, by, look_up, only in _followers(table, field):
            if only is not None and field != only[0] and row.get(only[0]) != only[1]:
                continue
            if look_up:
                self._to_look_up[rule, look_up].add(row_id)
            elif not by:
                self._marked[rule].add(row_id)
            else:
                owners = (row.get(by), json.loads(new or "null") if field == by else None)
                self._marked[rule].update(int(owner) for owner in owners if owner)

    def add(self, others: Marks) -> None:
        """Remember also what somebody else did."""
        self._written |= others._written
        for rule, ids in others._marked.items():
            self._marked[rule] |= ids
        for key, ids in others._to_look_up.items():
            self._to_look_up[key] |= ids

    def bring_up(self, store: Store, act: Act) -> None:
        """Make it anew."""
        for (rule, look_up), ids in self._to_look_up.items():
            for chunk, marks in in_chunks(ids):
                self._marked[rule].update(row[0] for row in store.sql(f"{look_up} IN ({marks})", chunk))
        for place, made in enumerate(RULES):
            concerned = self._marked.get(place, set())
            if made.spares_written:
                concerned = concerned - self._written
            if concerned:
                made.make(store, concerned, act)
