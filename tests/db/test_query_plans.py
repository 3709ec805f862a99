"""Every query that a key press waits for is served by an index, on both databases.

A plan fails when a big table is read whole, or in the order of its ids with a filter; and when the index that is
meant is not the one used. The pages of a list without a standing filter walk the index (start_at, id) and stop at the
limit: that is no scan, and is told from one by the sort that is missing.

PostgreSQL is asked on filled tables after ANALYZE, with sequential scans and hash and merge joins off, and each row
read as dear as a page: on tables of a test's size reading much in vain would be the right choice, and what is asked is
whether an index can serve.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import pytest

from svc_tui.db.core import change_log, indexing, part_totals, spans, watch
from svc_tui.db.core.changes import activity_of, is_done
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.people_models import Contact, Device
from svc_tui.db.core.rows import in_chunks
from svc_tui.db.lists import activities as rows
from svc_tui.db.lists import entry_finding, entry_jobs, gathering
from svc_tui.db.lists import preview as preview_rows
from svc_tui.db.lists.terms import next_late
from svc_tui.db.people import contacts as contact_rows
from svc_tui.db.people import intake
from svc_tui.db.planning import busy, timers
from svc_tui.db.reports import figures
from svc_tui.db.reports.figures import Asked, NamedStretch, Stretch
from svc_tui.db.stock import asking, pieces
from svc_tui.db.transfer import exporting
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain.entries import EntryOrder, Register
from svc_tui.domain.queries import OLDEST_FIRST, ActivityQuery, Between, Direct, Hanging, Holding, Order, Wording
from svc_tui.domain.records import ActivityRow, Stage
from svc_tui.domain.reports.figures import Basis, By, Which
from svc_tui.domain.tables import PRODUCT, USER_SETTING
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.filters import entry_lists, lists
from svc_tui.services.history import history, undo
from svc_tui.services.jobs import activities, bulk, preview
from svc_tui.services.jobs.bulk import Edit, Selection
from svc_tui.services.people import contacts
from svc_tui.services.stock import devices, products
from tests.db.conftest import PostgresServer

BIG = (
    "activity", "activity_link", "activity_line", "activity_note", "contact", "contact_person", "product", "device",
    "change", "change_set", "stock_move",
)  # fmt: skip
PLANNER = {"enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off", "cpu_tuple_cost": "1"}
PRODUCTS = 1_500
MONDAY = datetime(2026, 11, 23, 10, 30)
_unheard = itertools.count()
Act = Callable[[Session], object]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A shop of a few thousand jobs, with statistics where the database keeps them; every test leaves it as it was."""
    if request.param == "sqlite":
        store = open_database(str(tmp_path_factory.mktemp("plans") / "shop.db"), create=True)
        migrate(store)
    else:
        server: PostgresServer = request.getfixturevalue("postgresql_server")
        store = open_database(server.url(server.create()))
    create_demo(store, activities=2_000, contacts=800, now=MONDAY)
    with store.transaction():
        ids = range(1_000, 1_000 + PRODUCTS)
        store.execute_many(
            "INSERT INTO product(id, code, code_key, name, name_key, ean, kind, unit, price, cost, vat_rate,"
            " supplier_code,"
            " product_group, stock, retired, version) VALUES (?, ?, ?, ?, ?, ?, 'part', '', 0, 0, 0, '', '', 0, ?, 1)",
            [(n, f"X{n}", f"x{n}", f"Vare {n}", f"vare {n}", str(10**12 + n), False) for n in ids],
        )
        indexing.index(store, PRODUCT, ids)
    if store.dialect == "postgresql":
        store.execute_sql("VACUUM (FULL, ANALYZE) activity")  # as if its rows had been written once
        store.execute_sql("ANALYZE")
    session = open_session(store, None, "da")
    session.employee = min(session.registers.employees)
    session.clock = [MONDAY.timestamp()]  # with no job after today PostgreSQL plans differently
    yield session
    store.close()


# -- reading a plan ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Access:
    """How one table of a statement is reached."""

    table: str
    index: str
    """The index used; `id` for the table's own order of ids, empty for none."""
    searched: bool
    """Whether the index was entered at the values asked for."""
    ordered: bool
    """Whether it is walked in the order that is wanted, up to the limit."""


@contextmanager
def statements(store: Store) -> Iterator[list[tuple[str, Sequence[object]]]]:
    """What is sent to the database meanwhile."""
    sent: list[tuple[str, Sequence[object]]] = []
    really = store.peewee.execute_sql

    def execute(sql: str, params: Sequence[object] | None = None, *rest: Any, **named: Any) -> Any:
        sent.append((sql, params or ()))
        return really(sql, params, *rest, **named)

    store.peewee.execute_sql = execute
    try:
        yield sent
    finally:
        del store.peewee.execute_sql


def plan_of(store: Store, act: Callable[[], object]) -> list[Access]:
    """How every statement of an act reaches the big tables."""
    with statements(store) as sent:
        act()
    reads = [(sql, parameters) for sql, parameters in sent if sql.lstrip(" (").upper().startswith(("SELECT", "WITH"))]
    assert reads, "the act asks nothing"
    explain = _of_sqlite if store.dialect == "sqlite" else _of_postgresql
    return [access for sql, parameters in reads for access in explain(store, sql, parameters)]


def _of_sqlite(store: Store, sql: str, parameters: Sequence[object]) -> Iterator[Access]:
    unheard = f"EXPLAIN QUERY PLAN {sql} -- {next(_unheard)}"  # a statement that is kept would keep its plan
    plan = store.peewee.execute_sql(unheard, tuple(parameters)).fetchall()
    named = dict(_aliases(sql))
    sorted_parents = {row[1] for row in plan if row[3] == "USE TEMP B-TREE FOR ORDER BY"}
    few = {row[0] for row in plan if row[3] == "MATERIALIZE few"}  # rows gathered, then sorted under the same name
    for _, parent, _, detail in plan:
        if few and parent not in few and re.match(r"SCAN a\b", detail):
            continue
        match = re.match(r"(SEARCH|SCAN) (\w+)(?: USING (?:COVERING )?(INTEGER PRIMARY KEY|INDEX (\w+)))?", detail)
        if match is None or (table := named.get(match[2], match[2])) not in BIG:
            continue
        index = match[4] or ("id" if match[3] else "")
        yield Access(table, index, match[1] == "SEARCH", bool(index) and parent not in sorted_parents)


def _aliases(sql: str) -> Iterator[tuple[str, str]]:
    for table, alias in re.findall(r'(?:FROM|JOIN) "?(\w+)"? (?:AS )?"?(\w+)"?', sql):
        if table in BIG:
            yield alias, table


def _of_postgresql(store: Store, sql: str, parameters: Sequence[object]) -> Iterator[Access]:
    for setting, value in PLANNER.items():
        store.peewee.execute_sql(f"SET {setting} = {value}")
    ((plan,),) = store.peewee.execute_sql(f"EXPLAIN (FORMAT JSON) {sql}", tuple(parameters)).fetchall()
    for setting in PLANNER:
        store.peewee.execute_sql(f"RESET {setting}")
    whole = json.loads(plan) if isinstance(plan, str) else plan
    yield from _node(whole[0]["Plan"], limited=False)


def _node(node: dict[str, Any], limited: bool) -> Iterator[Access]:
    kind = node["Node Type"]
    under_limit = kind == "Limit" or (limited and kind not in ("Sort", "Aggregate", "Hash", "HashAggregate"))
    index = _index_of(node)
    if node.get("Relation Name") in BIG:
        searched = "Index Cond" in node or "Recheck Cond" in node
        yield Access(node["Relation Name"], index, searched, bool(index) and limited and "Bitmap" not in kind)
    for child in node.get("Plans", []):
        yield from _node(child, under_limit)


def _index_of(node: dict[str, Any]) -> str:
    names = [str(node["Index Name"])] if "Index Name" in node else []
    if node["Node Type"] == "Bitmap Heap Scan":
        names = [_index_of(child) for child in node["Plans"]]
    if node["Node Type"] in ("BitmapOr", "BitmapAnd"):
        names = [_index_of(child) for child in node["Plans"]]
    return ",".join("id" if name.endswith("_pkey") else name for name in names)


def complaints(accesses: list[Access], index: str) -> list[str]:
    """What is wrong with a plan that should use an index."""
    wrong = [f"{access} reads it all" for access in accesses if not access.searched and not _walks(access)]
    used = {name for access in accesses for name in access.index.split(",")}
    return wrong if used & set(index.split("|")) else [*wrong, f"{index} is not used: {sorted(used)}"]


_ORDERS = (
    *(f"activity_by_{order}" for order in ("start", "subject", "end", "promised", "changed")),
    "activity_number", "contact_by_name", "contact_name_key", "product_name_key", "contact_number", "contact_by_city",
    "device_words_key", "device_serial_key", "product_by_name", "product_code_key", "product_of_hours",
)  # fmt: skip


def _walks(access: Access) -> bool:
    """Page by page in the order of the list, or of names, as far as the limit."""
    return access.ordered and access.index in _ORDERS


# -- lists -------------------------------------------------------------------------------------------------------------


def first(values: Sequence[Any]) -> int:
    return int(values[0].id)


def query_kinds() -> dict[str, tuple[Callable[[Session], ActivityQuery], str]]:
    """Every way a list may be asked, and the index that must serve it."""

    def two(session: Session) -> frozenset[int | None]:
        return frozenset(entry.id for entry in session.registers.statuses[:2])

    return {
        "everything": (lambda s: ActivityQuery(), "activity_by_start"),
        "oldest first": (lambda s: ActivityQuery(order=OLDEST_FIRST), "activity_by_start"),
        "a period": (lambda s: ActivityQuery(start_from=1, start_before=2**40), "activity_by_start"),
        "promised": (lambda s: ActivityQuery(promised_from=1, promised_before=2**40), "activity_by_promised"),
        "a stage": (lambda s: ActivityQuery(stages=frozenset((int(Stage.WAITING),))), "activity_by_status"),
        "not a status": (lambda s: ActivityQuery(excluded=(("status_id", two(s)),)), "activity_by_start"),
        "not a word": (lambda s: ActivityQuery(wordings=(Wording(("sony",)),)), "activity_by_start"),
        "not two words together": (
            lambda s: ActivityQuery(wordings=(Wording(("sony", "skae")),)), "activity_by_start",
        ),
        "not a phone": (
            lambda s: ActivityQuery(wordings=(Wording(("2030",), Direct(("2030",), "2030")),)), "activity_by_start",
        ),
        "a phone that very many have": (
            lambda s: ActivityQuery(wordings=(Wording(("2030",), Direct(("2030",), "2030"), negated=False),)),
            "activity_by_start",
        ),
        "a common serial number": (
            lambda s: ActivityQuery(holding=(Holding("serial", (("5c",),)),)),
            "activity_device_id_start_at_id|device_serial_key",
        ),
        "not a common serial number": (
            lambda s: ActivityQuery(holding=(Holding("serial", (("5c",),), negated=True),)), "activity_by_start",
        ),
        "a list": (
            lambda s: ActivityQuery(types=frozenset(kind.id for kind in s.registers.types_of(1))),
            "activity_by_type|activity_by_start",
        ),
        "a type": (
            lambda s: ActivityQuery(types=frozenset((first(s.registers.types),))), "activity_by_type|activity_by_start",
        ),
        "two statuses": (lambda s: ActivityQuery(statuses=two(s)), "activity_by_status"),
        "no status": (lambda s: ActivityQuery(statuses=frozenset((None,))), "activity_by_status"),
        "a responsible": (
            lambda s: ActivityQuery(responsibles=frozenset((first(s.registers.employees),))),
            "activity_by_responsible|activity_by_start",
        ),
        "nobody responsible": (
            lambda s: ActivityQuery(responsibles=frozenset((None,))),
            "activity_by_responsible|activity_by_responsible_status",
        ),
        "a responsible and statuses": (
            lambda s: ActivityQuery(
                responsibles=frozenset((first(s.registers.employees), None)), statuses=two(s) | {None},
                types=frozenset((first(s.registers.types),)),
            ),
            "activity_by_responsible_status",
        ),
        "a customer": (lambda s: ActivityQuery(customers=frozenset((7, 8))), "activity_by_customer"),
        "a device": (lambda s: ActivityQuery(devices=frozenset((7,))), "activity_device_id_start_at_id"),
        "a priority": (
            lambda s: ActivityQuery(priorities=frozenset((first(s.registers.priorities),))),
            "activity_by_priority",
        ),
        "a number": (lambda s: ActivityQuery(numbers=frozenset((10_050, 10_051))), "activity_number"),
        "a creator": (
            lambda s: ActivityQuery(creators=frozenset((first(s.registers.employees),))),
            "activity_created_by_id_start_at_id",
        ),
        "created lately": (
            lambda s: ActivityQuery(between=(Between("created_at", ((1, 2**40),)),)), "activity_by_created",
        ),
        "changed lately": (
            lambda s: ActivityQuery(between=(Between("changed_at", ((1, None),)),)), "activity_by_changed",
        ),
        "an end": (lambda s: ActivityQuery(between=(Between("end_at", ((1, 2),)),)), "activity_by_end"),
        "no end": (lambda s: ActivityQuery(between=(Between("end_at", (), none=True),)), "activity_by_start"),
        "not created then": (
            lambda s: ActivityQuery(between=(Between("created_at", ((1, 2**40),), negated=True),)), "activity_by_start",
        ),
        "late": (
            lambda s: ActivityQuery(between=(Between("late_at", passed=True, now=2**31),), stages=frozenset(range(4))),
            "activity_by_late",
        ),
        "not late": (
            lambda s: ActivityQuery(between=(Between("late_at", none=True, passed=False, now=2**31),)),
            "activity_by_start",
        ),
        "a common customer": (
            lambda s: ActivityQuery(holding=(Holding("customer", (("jens",),)),)), "activity_by_customer",
        ),
        "a device by its brand": (
            lambda s: ActivityQuery(words=("sony",), holding=(Holding("device", (("sony",),)),)), "id",
        ),
        "a part on a line": (
            lambda s: ActivityQuery(words=("hdmi",), holding=(Holding("part", (("hdmi",),)),)), "id",
        ),
        "not a part": (
            lambda s: ActivityQuery(holding=(Holding("part", (("hdmi",),), negated=True),)), "activity_by_start",
        ),
        "not a device": (
            lambda s: ActivityQuery(holding=(Holding("device", (("sony",),), negated=True),)), "activity_by_start",
        ),
        "not a project": (
            lambda s: ActivityQuery(holding=(Holding("project", (("ny",),), negated=True),)), "activity_by_start",
        ),
        "a state of parts": (lambda s: ActivityQuery(part_states=(frozenset(("needed",)),)), "activity_by_parts"),
        "two states of parts": (
            lambda s: ActivityQuery(part_states=(frozenset(("needed", "ordered")),)),
            "activity_by_parts",
        ),
        "no parts": (lambda s: ActivityQuery(part_states=(frozenset(("",)),)), "activity_by_start"),
        "to bill": (lambda s: ActivityQuery(billings=(frozenset(("tobill",)),)), "activity_by_billing"),
        "to bill or on an order": (
            lambda s: ActivityQuery(billings=(frozenset(("tobill", "ordered")),)),
            "activity_by_billing",
        ),
        "nothing to bill": (lambda s: ActivityQuery(billings=(frozenset(("",)),)), "activity_by_start"),
        "no device or one": (
            lambda s: ActivityQuery(holding=(Holding("device", (("sony",),), none=True),)), "activity_by_start",
        ),
        "no project": (lambda s: ActivityQuery(holding=(Holding("project", none=True),)), "activity_by_start"),
        "a model": (
            lambda s: ActivityQuery(hanging=(Hanging("model", ("sonybraviakd55",)),)),
            "activity_device_id_start_at_id",
        ),
        "a product": (lambda s: ActivityQuery(hanging=(Hanging("product", (7,)),)), "activity_line_by_product"),
        "a supplier linked": (
            lambda s: ActivityQuery(hanging=(Hanging("linked", (7,)),)),
            "activity_link_by_contact|activity_link_contact_id",
        ),
        "finished lately": (
            lambda s: ActivityQuery(between=(Between("first_done_at", ((1, 2**40),)),)), "activity_finished",
        ),
        "a phone": (
            lambda s: ActivityQuery(words=("20304050",), direct=Direct(("2030",), "4711")),
            "activity_by_customer",
        ),
        "some jobs": (lambda s: ActivityQuery(ids=frozenset((5, 6, 7))), "id"),
        "words": (lambda s: ActivityQuery(words=("sony", "skae")), "id"),
        "words in a list": (
            lambda s: ActivityQuery(words=("sony",), types=frozenset(kind.id for kind in s.registers.types_of(1))),
            "id",
        ),
    }  # fmt: skip


def _row(session: Session) -> ActivityRow:
    return rows.rows_of(session.store, [100])[0]


def pages(query: Callable[[Session], ActivityQuery]) -> list[Act]:
    """The first page, the next, the one before, the last."""
    return [
        lambda session: rows.page(session.store, query(session), 40),
        lambda session: rows.page(session.store, query(session), 40, after=_row(session)),
        lambda session: rows.page(session.store, query(session), 40, before=_row(session)),
        lambda session: rows.last_page(session.store, query(session), 40),
    ]


def test_every_page_of_every_kind_of_list_is_served_by_its_index(filled: Session) -> None:
    wrong = {
        f"{kind}, page {number}": found
        for kind, (query, index) in query_kinds().items()
        for number, act in enumerate(pages(query))
        if (found := complaints(plan_of(filled.store, lambda act=act: act(filled)), index))  # type: ignore[misc]  # bound now
    }
    assert wrong == {}


def test_every_kind_of_list_would_be_missed_without_its_index(filled: Session) -> None:
    unnoticed = []
    for kind, (query, index) in query_kinds().items():
        if index == "id":
            continue
        with without(filled.store, index):
            if not complaints(plan_of(filled.store, lambda query=query: pages(query)[0](filled)), index):  # type: ignore[misc]
                unnoticed.append(kind)
    assert unnoticed == []


ORDERS = {
    "number": ("activity_number", "10050"),
    "start": ("activity_by_start|activity_by_type", "t"),
    "subject": ("activity_by_subject", "s"),
    "customer": ("activity_by_customer", "j"),
    "type": ("activity_by_type", "tv"),
    "status": ("activity_by_status", "vent"),
    "responsible": ("activity_by_responsible", "ah"),
    "priority": ("activity_by_priority", "norm"),
    "end": ("activity_by_end", "t"),
    "promised": ("activity_by_promised", "t"),
    "changed": ("activity_by_changed", "t"),
}
"""For each order its index, and something to jump to."""


def ordered_acts(column: str, plain: ActivityQuery) -> Iterator[tuple[str, Act]]:
    """The pages and the jump of a query in both directions of an order."""
    for falling in (False, True):
        query = plain._replace(order=Order(column, falling))
        for number, act in enumerate(pages(lambda _session, query=query: query)):  # type: ignore[misc]  # bound now
            yield f"{column}, {'falling' if falling else 'rising'}, page {number}", act
        yield f"{column}, {'falling' if falling else 'rising'}, jump", partial(jump, query)


def jump(query: ActivityQuery, session: Session) -> object:
    return lists.jump(session, query, ORDERS[query.order.column][1])


def test_every_order_is_walked_by_its_index_whatever_the_filter(
    filled: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for limit in ("MOST_SORTED", "MOST_BY_TEXT", "MOST_IN_INDEX", "MOST_FAR"):
        monkeypatch.setattr(gathering, limit, 0)
    types = frozenset(kind.id for kind in filled.registers.types_of(1))
    told_and_plain = [("everything", ActivityQuery()), ("a list", ActivityQuery(types=types))]
    if filled.store.dialect == "sqlite":  # PostgreSQL knows how few they are
        told_and_plain.append(("states of parts", ActivityQuery(part_states=(frozenset(("needed", "used")),))))
        told_and_plain.append(("billed", ActivityQuery(billings=(frozenset(("tobill", "invoiced")),))))
    wrong = {
        (name, told): found
        for told, plain in told_and_plain
        for column, (index, _) in ORDERS.items()
        for name, act in ordered_acts(column, plain)
        if (found := complaints(plan_of(filled.store, lambda act=act: act(filled)), f"{index}|activity_by_start"))  # type: ignore[misc]
    }
    assert wrong == {}


def test_few_jobs_are_found_by_the_index_of_the_filter_whatever_the_order(filled: Session) -> None:
    filters = {
        "activity_by_customer": ActivityQuery(customers=frozenset((7, 8))),
        "activity_device_id_start_at_id": ActivityQuery(devices=frozenset((7,))),
        "activity_by_status": ActivityQuery(stages=frozenset((int(Stage.WAITING),))),
        "activity_number": ActivityQuery(numbers=frozenset((10_050, 10_051))),
        "activity_by_parts": ActivityQuery(part_states=(frozenset(("needed", "ordered")),)),
        "activity_by_billing": ActivityQuery(billings=(frozenset(("ordered", "invoiced")),)),
        "id": ActivityQuery(words=("sony",)),
    }
    wrong = {
        (name, index): found
        for index, plain in filters.items()
        for column in ORDERS
        if (column, index) != ("status", "activity_by_status")  # beyond the one status there is nothing to read
        for name, act in ordered_acts(column, plain)
        if (found := complaints(plan_of(filled.store, lambda act=act: act(filled)), index))  # type: ignore[misc]
    }
    assert wrong == {}


@contextmanager
def without(store: Store, index: str) -> Iterator[None]:
    """The database while one index is missing."""

    class Enough(Exception):
        pass

    with_it_again = pytest.raises(Enough)
    with with_it_again, store.transaction():
        for name in index.split("|"):
            store.execute_sql(f'DROP INDEX "{name}"')
        yield
        raise Enough


# -- pickers, sheets, history ------------------------------------------------------------------------------------------


def _done_of_late(session: Session) -> int:
    return next(head.id for head in change_log.heads(session.store, 500) if head.act == "activity.done")


QUERIES: dict[str, tuple[Act, str]] = {
    "contacts by name": (lambda s: contact_rows.contacts_by_name(s.store, "jens", "all", 50), "contact_name_key"),
    "suppliers by name": (lambda s: contact_rows.contacts_by_name(s.store, "j", "supplier", 50), "contact_name_key"),
    "contacts by words": (lambda s: contact_rows.contacts_by_words(s.store, ["soren"], "all", 50), "id"),
    "the next deadline": (lambda s: next_late(s.store, s.seconds()), "activity_by_late"),
    "a contact of a name": (
        lambda s: contact_rows.is_name(s.store, "contact.name_key", "jens", is_begun=True),
        "contact_name_key",
    ),
    "a device of a name": (
        lambda s: contact_rows.is_name(s.store, "device.words_key", " sony", is_begun=False),
        "device_words_key",
    ),
    "a project of a name": (
        lambda s: contact_rows.is_name(s.store, "activity.project_key", " ny", is_begun=True),
        "activity_by_project",
    ),
    "devices' ids by serial": (lambda s: contact_rows.ids_by_serial(s.store, ("5c",), 9), "device_serial_key"),
    "contact by number": (lambda s: contact_rows.contact_by_number(s.store, 10_007, "all"), "contact_number"),
    "contact by id": (lambda s: contacts.get(s, 7), "id"),
    "persons": (lambda s: contact_rows.persons_of(s.store, [1, 2, 3]), "contact_person_contact_id"),
    "names of contacts": (lambda s: contact_rows.names_of(s.store, [1, 2]), "id"),
    "product by code": (lambda s: contact_rows.product_by_code(s.store, "hdmi2m"), "product_code_key"),
    "product by EAN": (lambda s: contact_rows.product_by_ean(s.store, "5701234567899"), "product_ean"),
    "hours products": (lambda s: timers.hours_products(s.store), "product_of_hours"),
    "product by id": (lambda s: products.get(s, 7), "id"),
    "products by code": (lambda s: contact_rows.products_by_prefix(s.store, "code_key", "h", 50), "product_code_key"),
    "products by name": (lambda s: contact_rows.products_by_prefix(s.store, "name_key", "h", 50), "product_name_key"),
    "products by words": (lambda s: contact_rows.products_by_words(s.store, ["kabel"], 50), "id"),
    "devices of an owner": (lambda s: contact_rows.devices_of(s.store, 7), "device_by_owner"),
    "devices by serial": (lambda s: contact_rows.devices_by_serial(s.store, "4711", 50), "device_serial_key"),
    "devices with a serial": (lambda s: contact_rows.devices_with_serial(s.store, "4711"), "device_serial_key"),
    "models of a brand": (lambda s: contact_rows.models_of(s.store, "sony"), "device_by_name"),
    "devices registered with a job": (
        lambda s: contact_rows.registered_with(s.store, [7]),
        "change_table_name_row_id",
    ),
    "jobs on a device": (lambda s: intake.jobs_on_device(s.store, 7, 3), "activity_device_id_start_at_id"),
    "parts before jobs are done": (
        lambda s: list(asking.to_be_done(s.store, [7, 8])),
        "activity_line_activity_id",
    ),
    "parts before jobs are cancelled": (
        lambda s: list(asking.to_be_cancelled(s.store, [7, 8])),
        "activity_line_activity_id",
    ),
    "who waits for a part": (lambda s: asking.who_waits(s.store, 7), "activity_line_open"),
    "lines that may be served": (lambda s: list(pieces.open_lines(s.store, [7])), "activity_line_open"),
    "what lies here": (lambda s: part_totals.add_up_stock(s.store, [7]), "stock_move_of_product_quantity_quarantine"),
    "lines of a sheet": (lambda s: rows.lines_of(s.store, 7), "activity_line_activity_id"),
    "device by id": (lambda s: contact_rows.device_by_id(s.store, 7), "id"),
    "links of a job": (
        lambda s: rows.links_of(s.store, 7),
        "activity_link_activity_id|activity_link_activity_id_contact_id_role",
    ),
    "the preview's links": (
        lambda s: preview_rows.first_links(s.store, 7, 8),
        "activity_link_activity_id|activity_link_activity_id_contact_id_role",
    ),
    "the preview's lines": (lambda s: preview_rows.first_lines(s.store, 7, 12), "activity_line_activity_id"),
    "the preview's notes": (lambda s: preview_rows.newest_notes(s.store, 7, 4), "activity_note_activity_id"),
    "the preview's head": (lambda s: preview_rows.head(s.store, 7), "id"),
    "change sets above an id": (lambda s: watch.ids_above(s.store.sql, 50, 401), "id"),
    "some change sets": (lambda s: watch.sets_of(s.store.sql, [1, 2]), "id"),
    "what change sets changed": (lambda s: watch.changed_by(s.store.sql, [50, 51]), "change_change_set_id"),
    "lines of a job": (lambda s: rows.lines_of(s.store, 7), "activity_line_activity_id"),
    "notes of a job": (lambda s: rows.notes_of(s.store, 7), "activity_note_activity_id"),
    "some rows of a list": (lambda s: rows.rows_of(s.store, [1, 2, 3]), "id"),
    "a job's number": (lambda s: activities.id_of_number(s, 10_007), "activity_number"),
    "history": (lambda s: history.of_activity(s, 7), "change_activity_id_change_set_id"),
    "acts of late": (lambda s: change_log.heads(s.store, 40, older_than=4_000), "id"),
    "acts before those": (lambda s: change_log.heads(s.store, 40, newer_than=100), "id"),
    "one's own acts": (lambda s: change_log.heads(s.store, 40, older_than=4_000, actor_id=2), "change_set_actor_id_id"),
    "one's own acts before": (
        lambda s: change_log.heads(s.store, 40, newer_than=9, actor_id=2),
        "change_set_actor_id_id",
    ),
    "acts on a job": (
        lambda s: change_log.heads(s.store, 40, wanted=change_log.Wanted(job=7)),
        "change_activity_id_change_set_id",
    ),
    "acts of a day": (
        lambda s: change_log.heads(s.store, 40, wanted=change_log.Wanted(since=1_764_000_000, until=1_764_086_400)),
        "change_set_at",
    ),
    "some acts": (lambda s: change_log.heads_of(s.store, [1, 2, 3]), "id"),
    "what an act did": (lambda s: change_log.steps_of(s.store, 50), "change_change_set_id"),
    "settings that acts wrote": (
        lambda s: change_log.rows_of_acts(s.store, range(50, 90), USER_SETTING),
        "change_change_set_id",
    ),
    "what acts did to many jobs": (
        lambda s: [spans.acts_on(s.store, *chunk) for chunk in in_chunks(range(1, 401))],
        "change_activity_id_change_set_id",
    ),
    "lines of an act": (lambda s: change_log.page_of_steps(s.store, 50, 40, 10, None), "change_change_set_id"),
    "lines of an act before": (lambda s: change_log.page_of_steps(s.store, 50, 40, None, 900), "change_change_set_id"),
    "the extent of acts": (lambda s: change_log.extents_of(s.store, [50, 51]), "change_change_set_id"),
    "acts that were undone": (lambda s: change_log.undone_among(s.store, [50, 51]), "change_set_undoes"),
    "who changed a field": (
        lambda s: change_log.last_change(s.store, "activity", 7, "status"),
        "change_table_name_row_id",
    ),
    "jobs of acts": (lambda s: change_log.names_of_jobs(s.store, [1, 2]), "id"),
    "jobs that are gone": (lambda s: change_log.names_of_jobs(s.store, [10**9]), "change_table_name_row_id"),
    "other rows of acts": (lambda s: change_log.names_of_others(s.store, [50, 51]), "change_change_set_id"),
    "an operation key": (lambda s: is_done(s.store, "none"), "change_set_operation_key"),
    "the job of an operation key": (lambda s: activity_of(s.store, "none"), "change_set_operation_key"),
    "contacts to export": (lambda s: exporting.contacts_after(s.store, 50), "id"),
    "products to export": (lambda s: exporting.products_after(s.store, 5), "id"),
    "devices to export": (lambda s: exporting.devices_after(s.store, 5), "id"),
    "a contact's jobs": (
        lambda s: entry_jobs.jobs_of(s.store, Register.CONTACTS, 7, 20),
        "activity_link_by_contact|activity_link_contact_id",
    ),
    "a device's jobs": (
        lambda s: entry_jobs.jobs_of(s.store, Register.DEVICES, 7, 20),
        "activity_device_id_start_at_id",
    ),
    "a product's jobs": (lambda s: entry_jobs.jobs_of(s.store, Register.PRODUCTS, 7, 20), "activity_line_by_product"),
    "earlier repairs": (lambda s: intake.repairs(s.store, 7, 20), "activity_device_id_start_at_id"),
    "a contact's history": (lambda s: history.of_rows(s, {"contact": [7]}), "change_table_name_row_id"),
}
WHOLE: dict[str, tuple[Act, str]] = {
    "the preview": (lambda s: preview.read(s, 7), "activity_note_activity_id"),
    "a sheet": (lambda s: activities.open_sheet(s, 7), "activity_note_activity_id"),
    "the contact picker": (lambda s: contacts.search(s, "jens", persons=True), "contact_name_key"),
    "the contact picker, a phone": (lambda s: contacts.search(s, "20 30 40"), "contact_name_key"),
    "the contact picker, empty": (lambda s: contacts.search(s, ""), "contact_by_name"),
    "the product picker": (lambda s: products.search(s, "hdmi"), "product_code_key"),
    "the product picker, empty": (lambda s: products.search(s, ""), "product_name_key"),
    "the device picker": (lambda s: devices.search(s, "4711", 7), "device_serial_key"),
    "the Changes screen": (lambda s: history.recent(s, 40), "change_change_set_id"),
    "the Changes screen, one's own": (lambda s: history.recent(s, 40, mine_only=True), "change_set_actor_id_id"),
    "an undo, looked ahead at": (lambda s: undo.prospect(s, _done_of_late(s)), "change_change_set_id"),
    "what can be undone": (lambda s: undo.last_to_undo(s), "change_set_actor_id_id"),
    "many jobs, looked ahead at": (lambda s: bulk.plan(s, Selection((1, 2, 3)), Edit("done")), "id"),
    "who uses contacts": (lambda s: change_log.uses_of(s.store, Contact, [1, 2]), "activity_by_customer"),
    "who uses devices": (
        lambda s: change_log.uses_of(s.store, Device, [1, 2]),
        "activity_device_id_start_at_id",
    ),
    "what hangs on a batch": (lambda s: exporting.hanging_on(s.store, [1, 2, 3]), "activity_line_activity_id"),
}


def entry_kinds() -> dict[str, tuple[Register, str, EntryOrder, str]]:
    """Every way a list of contacts, devices or products may be asked, and the index that must serve it."""
    people, things, wares = Register.CONTACTS, Register.DEVICES, Register.PRODUCTS
    return {
        "contacts": (people, "", EntryOrder(), "contact_by_name"),
        "contacts by number": (people, "", EntryOrder("number"), "contact_number"),
        "contacts by town": (people, "", EntryOrder("city", True), "contact_by_city"),
        "contacts by their last job": (people, "", EntryOrder("last", True), ""),
        "a contact's words": (people, "jens", EntryOrder(), "id|contact_by_name"),
        "words, by the last job": (people, "jens", EntryOrder("last", True), "activity_by_customer"),
        "a phone": (people, "phone:2", EntryOrder(), "id|contact_by_name"),
        "no phone of that kind": (people, "-phone:2030", EntryOrder(), "id|contact_by_name"),
        "suppliers": (people, "kind:supplier", EntryOrder(), ""),
        "a contact's number": (people, "number:10005", EntryOrder(), "contact_number"),
        "retired contacts": (people, "retired:yes", EntryOrder(), ""),
        "devices": (things, "", EntryOrder(), "device_words_key"),
        "devices by serial": (things, "", EntryOrder("serial"), "device_serial_key"),
        "devices by owner": (things, "", EntryOrder("owner"), "device_by_owner"),
        "devices by their last job": (things, "", EntryOrder("last", True), ""),
        "devices as registered": (things, "", EntryOrder("registered", True), ""),
        "devices of an owner's": (things, "owner:jens", EntryOrder(), "device_by_owner"),
        "warranties": (things, "warranty:>t", EntryOrder(), "device_words_key"),
        "products": (wares, "", EntryOrder(), "product_by_name"),
        "products by code": (wares, "", EntryOrder("code"), "product_code_key"),
        "a product's code": (wares, "code:hdmi", EntryOrder(), "product_code_key"),
        "an EAN": (wares, "ean:5701", EntryOrder(), "product_ean"),
        "a supplier's products": (wares, "supplier:a", EntryOrder(), "product_supplier_id|id|product_by_name"),
    }  # fmt: skip


def test_every_list_of_contacts_devices_and_products_is_served_by_an_index(filled: Session) -> None:
    wrong: dict[str, list[str]] = {}
    for name, (register, text, order, index) in entry_kinds().items():
        query = entry_lists.resolve(filled, register, text, order)
        rows_there = entry_lists.page(filled, query, 60)
        middle = rows_there[len(rows_there) // 2] if rows_there else None
        acts = [partial(entry_lists.page, filled, query, 40), partial(entry_lists.last_page, filled, query, 40)]
        if middle is not None:
            acts.append(partial(entry_lists.page, filled, query, 40, after=middle))
            acts.append(partial(entry_lists.page, filled, query, 40, before=middle))
        for act in acts:
            forgotten(filled.store)
            accesses = [access for access in plan_of(filled.store, act) if access.searched or not _stops(access)]
            if (
                found := complaints(accesses, index)
                if index
                else [str(one) for one in accesses if not (one.searched or _walks(one))]
            ):
                wrong[name] = found
    assert not wrong, "\n".join(f"{name}: {found}" for name, found in wrong.items())


_FEW = ("id", "contact_suppliers", "contact_retired", "device_retired", "product_retired", "product_supplier_id", "")


def _stops(access: Access) -> bool:
    """What is read in the order of ids up to the limit, or from an index that holds the few only."""
    return access.index in _FEW and access.table in ("contact", "device", "product", "change_set")


def forgotten(store: Store) -> None:
    """What is remembered of words is read again."""
    entry_finding._known.pop(store, None)


def test_every_query_of_a_picker_a_sheet_and_the_history_is_served_by_its_index(filled: Session) -> None:
    wrong = {
        name: found
        for name, (act, index) in (QUERIES | WHOLE).items()
        if (found := complaints(plan_of(filled.store, lambda act=act: act(filled)), index))  # type: ignore[misc]  # bound now
    }
    assert wrong == {}


def test_every_query_would_be_missed_without_its_index(filled: Session) -> None:
    unnoticed = []
    for name, (act, index) in QUERIES.items():
        if index == "id":
            continue
        with without(filled.store, index):
            if not complaints(plan_of(filled.store, lambda act=act: act(filled)), index):  # type: ignore[misc]
                unnoticed.append(name)
    assert unnoticed == []


STATISTICS = {"activity_by_created", "activity_finished", "activity_open"}
"""They hold all that is asked."""
PERIOD = Stretch(1_700_000_000, 1_764_000_000)
JANUARY = (NamedStretch("2026-01", 1_767_222_000, 1_769_900_400),)


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("by", By)
def test_every_figure_of_statistics_is_read_from_its_index(filled: Session, by: By, basis: Basis) -> None:
    asked = Asked(by, basis, PERIOD, ActivityQuery(), JANUARY if by is By.MONTH else ())
    for which in Which:
        plan = plan_of(filled.store, lambda which=which: figures.counted(filled.store, asked, which))  # type: ignore[misc]
        assert _indexes(plan) <= STATISTICS
    assert _indexes(plan_of(filled.store, lambda: figures.spread(filled.store, asked))) <= STATISTICS


def test_what_came_back_is_looked_up_among_what_came_since(filled: Session) -> None:
    asked = Asked(By.TYPE, Basis.FINISHED, PERIOD, ActivityQuery())
    used = _indexes(plan_of(filled.store, lambda: figures.came_back(filled.store, asked)))
    # PostgreSQL may look up the few that it expects one by one.
    assert used - ({"activity_device_id_start_at_id"} if filled.store.dialect == "postgresql" else set()) <= STATISTICS


def _indexes(plan: list[Access]) -> set[str]:
    return {access.index for access in plan if access.table == "activity"}


OPEN_JOBS: dict[str, Act] = {
    "somebody's appointments": lambda s: busy.appointments(s.store, 2, 1_764_000_000),
}
"""What asks for the index of open jobs by its name on SQLite, and so fails without it."""


@pytest.mark.parametrize("name", OPEN_JOBS)
def test_what_is_open_is_read_from_the_index_of_open_jobs(filled: Session, name: str) -> None:
    assert complaints(plan_of(filled.store, lambda: OPEN_JOBS[name](filled)), "activity_open") == []


def test_a_save_reads_no_big_table_whole(filled: Session) -> None:
    sheet = activities.open_sheet(filled, 7)
    edit = activities.SheetEdit(sheet, sheet.values | {"subject": "Nyt emne"}, sheet.links, sheet.lines, "Note")
    accesses = plan_of(filled.store, lambda: activities.save(filled, edit))
    assert complaints(accesses, "id") == []
    new = activities.new_sheet(filled, None, {})
    made = activities.SheetEdit(new, new.values | {"subject": "Ny", "customer": 7}, (), ())
    assert complaints(plan_of(filled.store, lambda: activities.save(filled, made)), "id") == []


def test_a_scan_is_told_from_a_search(filled: Session) -> None:
    store = filled.store
    for sql in (
        "SELECT id FROM activity WHERE project = 'x'",
        "SELECT a.id FROM activity a WHERE a.project = 'x' ORDER BY a.start_at DESC, a.number DESC LIMIT 5",
        "SELECT id FROM activity WHERE project = 'x' ORDER BY id DESC LIMIT 5",
        "SELECT id FROM contact WHERE phone LIKE '%2030%' ORDER BY id",
    ):
        assert complaints(plan_of(store, lambda sql=sql: store.sql(sql)), "id"), sql  # type: ignore[misc]


def test_the_kinds_cover_everything_a_query_can_ask() -> None:
    asked = {name for query, _ in query_kinds().values() for name in _asked(query)}
    told = set(ActivityQuery._fields) - {"days"}  # which are only told
    assert asked == told


def _asked(query: Callable[[Session], ActivityQuery]) -> set[str]:
    from svc_tui.domain.records import EmployeeRecord, PriorityRecord, StatusRecord, TypeRecord
    from svc_tui.domain.registers import CompanyRecord, Registers

    one = Registers(
        CompanyRecord(1, "", "", "", "", "", "45", "DKK", 60, "never", "", ""), (),
        (TypeRecord(1, "", "", frozenset((1,)), None, None, None, False, False, ""),),
        (StatusRecord(1, "", "", Stage.READY, False, frozenset()),), (PriorityRecord(1, "", "", 1, True),),
        (EmployeeRecord(1, "AH", "", "", "administrator", None),),
    )  # fmt: skip
    plain = ActivityQuery()
    session = Session(None, one, generation="")  # type: ignore[arg-type]  # no database is asked
    asked = query(session)
    return {name for name in ActivityQuery._fields if getattr(asked, name) != getattr(plain, name)}
