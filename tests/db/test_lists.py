"""The lists: what a filter line shows, and pages by key that never skip or repeat a row."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from svc_tui.db.core.changes import Value, change_set
from svc_tui.db.core.job_models import Activity
from svc_tui.db.core.people_models import Device
from svc_tui.db.lists import activities as rows
from svc_tui.db.lists import gathering
from svc_tui.domain.errors import FilterError
from svc_tui.domain.language.alphabet import alphabet_of, letters
from svc_tui.domain.queries import OLDEST_FIRST, ORDER_COLUMNS, ActivityQuery, Between, Order, Wording
from svc_tui.domain.records import ActivityRow, Stage
from svc_tui.domain.text import search_key, words
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.filters import lists
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.stock.devices import NewDevice, find_or_create
from tests.db.jobs import contact, employee, job, kind, line, link, priority, status

JOBS = 300
NOW = datetime(2026, 11, 24, 9, 0)
SUBJECTS = (
    "Sort skærm", "Skærmen er revnet", "Ødelagt stik", "Odense: afhentning", "Varm strømforsyning", "Støj i højttaler",
    "ÅBEN KASSE", "Aaben kasse", "abe", "Én ny", "Übertragung", "3 m kabel", "",
)  # fmt: skip
PAGE_SIZES = (1, 7, 50, 1000)


@pytest.fixture
def desk(shop: Session) -> Session:
    shop.clock = [float(to_seconds(NOW))]
    return shop


def subjects(session: Session, text: str, list_code: str | None = None) -> set[str]:
    return {row.subject for row in lists.page(session, lists.resolve(session, list_code, text), 1000)}


# -- the filter line -------------------------------------------------------------------------------------------------


@pytest.fixture
def four(desk: Session) -> Session:
    """Four jobs that differ in everything a filter line can ask for."""
    jensen, holm = contact(desk, "Jensen & Søn ApS", phone="20 30 40 50"), contact(desk, "Åse Holm")
    with change_set(desk.store, None, "device.create") as changes:
        sony = find_or_create(changes, NewDevice("Sony", "Bravia", "SN-4711"), jensen.id)
    day = timedelta(days=1)
    at = [to_seconds(NOW + offset * day) for offset in (-30, -1, 0, 40)]
    job(
        desk, "et", start_at=at[0], end_at=None, type=kind(desk, "TV-Service"), status=status(desk, "Venter på dele"),
        responsible=employee(desk, "AH"), customer=jensen.id, device=sony, priority=priority(desk, "Høj"),
        promised_at=at[2],
    )  # fmt: skip
    job(
        desk, "to", start_at=at[1], end_at=None, type=kind(desk, "Forespørgsel"), status=status(desk, "Udført"),
        customer=holm.id, lines=[line("Kondensator")._replace(kind="resource", state="")], note="Kunden ringede",
    )  # fmt: skip
    job(
        desk, "tre", start_at=at[2], end_at=None, type=kind(desk, "PC-Service"), status=status(desk, "Ubehandlet"),
        responsible=employee(desk, "AH"), links=[link(jensen, "payer")],
    )  # fmt: skip
    job(desk, "fire", start_at=at[3], end_at=None, status=None, priority=None)
    return desk


FILTERS = (
    ("", "et to tre fire"),
    ("status:venter", "et"),
    ("status:vpd", "et"),
    ("status:venter,udført", "et to"),
    ("status:ingen", "fire"),
    ("status:none,ubehandlet", "tre fire"),
    ("-status:venter", "to tre fire"),
    ("-status:ingen", "et to tre"),
    ("-status:udført,ingen", "et tre"),
    ("stage:open", "et tre"),
    ("fase:åben", "et tre"),
    ("-stage:open", "to fire"),
    ("stage:done", "to"),
    ("type:tv", "et"),
    ("-type:tv", "to tre fire"),
    ("type:ingen", "fire"),
    ("ansv:ah", "et tre"),
    ("ansv:anna", "et tre"),
    ("ansv:ingen", "to fire"),
    ("-ansv:ah", "to fire"),
    ("ansv:ah status:venter", "et"),
    ("kunde:jensen", "et"),
    ('kunde:"jensen & søn"', "et"),
    ("kunde:aase", "to"),
    ('kunde:"20 30 40"', "et"),
    ("kunde:ingen", "tre fire"),
    ("-kunde:jensen", "to tre fire"),
    ("kunde:findesikke", ""),
    ("-kunde:findesikke", "et to tre fire"),
    ("serial:sn47", "et"),
    ("serie:SN-4711", "et"),
    ("serial:none", "to tre fire"),
    ("prio:høj", "et"),
    ("prio:ingen", "fire"),
    ("start:t", "tre"),
    ("start:-7", "to tre"),
    ("start:<=t", "et to tre"),
    ("start:>t", "fire"),
    ("start:<t", "et to"),
    ("promised:t", "et"),
    ("lovet:>t", ""),
    ("nr:10002", "to"),
    ("nr:10001,#10003", "et tre"),
    ("nr:99999", ""),
    ("list:customer", "to"),
    ("list:product,customer", "et to tre"),
    ("-list:customer", "et tre fire"),
    ("jensen", "et tre"),
    ("jens soen", "et tre"),
    ("kondens", "to"),
    ("ringede", "to"),
    ("sn4711", "et"),
    ("bravia", "et"),
    ("10003", "tre"),
    ("-jensen", "to fire"),
    ("jensen -bravia", "tre"),
    ("-nr:10001", "to tre fire"),
    ("-forsinket:ja,nej", ""),
    ("status:venter status:udført", ""),
)


def test_a_filter_line_shows_what_it_says(four: Session) -> None:
    shown = {text: subjects(four, text) for text, _ in FILTERS}
    assert shown == {text: set(found.split()) for text, found in FILTERS}


def test_a_list_shows_the_jobs_whose_type_is_flagged_for_it_and_all_shows_every_one(four: Session) -> None:
    assert subjects(four, "", "product") == {"et", "tre"}
    assert subjects(four, "", "customer") == {"to"}
    assert subjects(four, "", "all") == subjects(four, "") == {"et", "to", "tre", "fire"}
    assert subjects(four, "", "no such list") == set()
    assert subjects(four, "type:forespørgsel", "product") == set()


MISTAKES = (
    ("status:xyz", "status:xyz"), ("ansv:zz", "ansv:zz"), ("serial:-", "serial:-"), ("list:xyz", "list:xyz"),
    ("nr:abc", "abc"), ("statsu:venter", "statsu"), ("apparat:-", "apparat:-"),
    ("status:???", "status:???"), ("type:&", "type:&"), ("-ansv:-", "-ansv:-"), ("list:!", "list:!"),
    ("kunde:&", "kunde:&"), ("prio:-", "prio:-"), ("j", "j"), ("jensen x", "x"), ("-x", "-x"), ("???", "???"),
    ('status:venter ""', '""'), ("&", "&"), ("jensen -", "-"),
)  # fmt: skip


def test_a_mistake_is_shown_where_it_stands(four: Session) -> None:
    for text, part in MISTAKES:
        with pytest.raises(FilterError) as refused:
            lists.resolve(four, None, text)
        assert part in text[refused.value.start : refused.value.end + 1]
        assert "{" not in str(refused.value)


def test_what_the_period_hides_is_counted(four: Session) -> None:
    assert lists.counts(four, lists.resolve(four, None, "start:t")) == lists.Counts(1, 3)
    assert lists.counts(four, lists.resolve(four, None, "start:t ansv:ah")) == lists.Counts(1, 1)
    assert lists.counts(four, lists.resolve(four, None, "ansv:ah")) == lists.Counts(2, 0)


def test_a_row_is_shown_by_a_query_or_not(four: Session) -> None:
    first = activities.id_of_number(four, 10_001)
    assert first is not None
    found = lists.around_job(four, lists.resolve(four, None, "ansv:ah"), first, 5, 5)
    assert found is not None
    assert found.row.id == first
    assert len(found.before) + len(found.after) == 1
    assert lists.around_job(four, lists.resolve(four, None, "-ansv:ah"), first, 5, 5) is None


def test_a_row_names_the_customers_phone_and_the_device(four: Session) -> None:
    found = {row.subject: (row.phone, row.device, row.serial) for row in lists.page(four, ActivityQuery(), 10)}
    assert found["et"] == ("20 30 40 50", "Sony Bravia", "SN-4711")
    assert found["to"] == found["fire"] == ("", "", "")


def test_rows_of_some_jobs_are_those_of_the_list(four: Session) -> None:
    shown = lists.page(four, ActivityQuery(), 10)
    assert sorted(rows.rows_of(four.store, [row.id for row in shown])) == sorted(shown)


# -- against a filter written in plain Python --------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """A job as the plain filter sees it."""

    id: int
    number: int
    subject: str
    start_at: int
    end_at: int | None
    promised_at: int | None
    changed_at: int
    customer: str
    ids: dict[str, int | None]
    stage: int
    words: frozenset[str]


@pytest.fixture
def many(desk: Session) -> tuple[Session, list[Told]]:
    """Hundreds of jobs, many with the same start, in every mixture of registers, customers and devices."""
    dice = random.Random(4711)
    registers = desk.registers
    people = [
        contact(desk, name) for name in ("Jensen & Søn ApS", "Åse Bjørn", "Skærmbilleder A/S", "Aase Bjørn", "Zoo")
    ]
    told: list[Told] = []
    with change_set(desk.store, None, "test") as changes:
        devices = [
            changes.insert(Device, {"brand": "Sony", "serial": f"S{n}", "serial_key": f"s{n}"}) for n in range(3)
        ]
        for _ in range(JOBS):
            chosen: dict[str, int | None] = {
                "type": dice.choice([None, *(entry.id for entry in registers.types[:5])]),
                "status": dice.choice([None, *(entry.id for entry in registers.statuses)]),
                "responsible": dice.choice([None, registers.employees[0].id]),
                "priority": dice.choice([None, *(entry.id for entry in registers.priorities)]),
                "customer": dice.choice([None, *(row.id for row in people)]),
                "device": dice.choice([None, *devices]),
            }
            number = changes.next_number("activity")
            start = to_seconds(NOW) + dice.randrange(-3, 4) * 3600
            promised = dice.choice([None, start + 86_400, start + 3_600])
            end, changed = dice.choice([None, start + 7_200]), dice.randrange(1, 5)
            subject = dice.choice(SUBJECTS)
            row: dict[str, Value] = {
                "number": number, "subject": subject, "start_at": start, "end_at": end, "promised_at": promised,
                "created_at": 1, **chosen,
            }  # fmt: skip
            activity = changes.insert(Activity, row)
            status_of = registers.status(chosen["status"])
            owner = next((person for person in people if person.id == chosen["customer"]), None)
            told.append(
                Told(
                    activity, number, subject, start, end, promised, changed, owner.name if owner else "",
                    {f"{name}_id": value for name, value in chosen.items()},
                    int(status_of.stage) if status_of else 0,
                    frozenset(
                        [*words(subject), str(number), *(words(f"{owner.name} {owner.number}") if owner else ())]
                        + (["sony", f"s{devices.index(chosen['device'])}"] if chosen["device"] else [])
                    ),
                )
            )  # fmt: skip
    for moment in sorted({one.changed_at for one in told}):  # a job is changed when the last act on it happened
        with change_set(desk.store, None, "test", at=moment) as changes:
            for one in told:
                if one.changed_at == moment:
                    changes.update(Activity, one.id, {"done_at": moment})
    return desk, told


COLUMNS = {
    "types": "type_id", "statuses": "status_id", "responsibles": "responsible_id", "priorities": "priority_id",
    "customers": "customer_id", "devices": "device_id",
}  # fmt: skip


def passes(query: ActivityQuery, told: Told) -> bool:
    """What a query means, in so many words."""
    restricted = [(column, getattr(query, name)) for name, column in COLUMNS.items()]
    return (
        all(wanted is None or told.ids[column] in wanted for column, wanted in restricted)
        and not any(told.ids[column] in unwanted for column, unwanted in query.excluded)
        and (query.stages is None or told.stage in query.stages)
        and (query.numbers is None or told.number in query.numbers)
        and (query.ids is None or told.id in query.ids)
        and (query.start_from is None or told.start_at >= query.start_from)
        and (query.start_before is None or told.start_at < query.start_before)
        and (query.promised_from is None or (told.promised_at or -1) >= query.promised_from)
        and (query.promised_before is None or (told.promised_at or 2**62) < query.promised_before)
        and all(lies_between(rule, told) for rule in query.between)
        and holds(told, query.words)
        and not any(holds(told, wording.words) for wording in query.wordings)
    )


def holds(told: Told, prefixes: Sequence[str]) -> bool:
    """Whether a job has a word for each of the beginnings."""
    return all(any(word.startswith(prefix) for word in told.words) for prefix in prefixes)


def lies_between(rule: Between, told: Told) -> bool:
    """Whether a time lies in one of the periods."""
    times = {"changed_at": told.changed_at, "end_at": told.end_at or told.start_at, "promised_at": told.promised_at}
    moment = times[rule.column]
    if moment is None:
        return False
    return any((since or 0) <= moment < (before or 2**62) for since, before in rule.periods)


def queries(told: list[Told]) -> st.SearchStrategy[ActivityQuery]:
    """Queries of every kind over what there is, and over ids that nobody has."""

    def ids(column: str) -> st.SearchStrategy[frozenset[int | None]]:
        known = sorted({job.ids[column] for job in told}, key=lambda value: value or 0)
        return st.frozensets(st.sampled_from([*known, 999_999]), max_size=6)

    start = to_seconds(NOW)
    moment = st.none() | st.integers(-5, 5).map(lambda hours: start + hours * 3600)
    prefix = st.sampled_from(
        ["sk", "skaerm", "jens", "aase", "sony", "s1", "100", "10001", "stoej", "er", "findesikke"]
    )
    wording = st.lists(prefix, min_size=1, max_size=2).map(lambda words: Wording(tuple(words)))
    return st.builds(
        lambda **asked: ActivityQuery(**asked),  # of a named tuple every field would be filled
        **{name: st.none() | ids(column) for name, column in COLUMNS.items()},
        stages=st.none() | st.frozensets(st.sampled_from([int(stage) for stage in Stage])),
        excluded=st.lists(
            st.sampled_from(sorted(COLUMNS.values())).flatmap(lambda column: st.tuples(st.just(column), ids(column))),
            max_size=2,
        ).map(tuple),
        start_from=moment,
        start_before=moment,
        promised_from=st.none() | moment,
        promised_before=st.none() | moment,
        between=st.just(()) | periods(moment).map(lambda rule: (rule,)),
        numbers=st.none() | st.frozensets(st.sampled_from([10_001, 10_002, 10_100, 10_300, 1])),
        words=st.just(()) | st.lists(prefix, max_size=2).map(tuple),
        wordings=st.just(()) | st.lists(wording, max_size=2).map(tuple),
        ids=st.none() | st.frozensets(st.sampled_from([job.id for job in told]), max_size=20),
        order=st.builds(Order, st.sampled_from(ORDER_COLUMNS), st.booleans()),
    )


def periods(moment: st.SearchStrategy[int | None]) -> st.SearchStrategy[Between]:
    """One period of a time besides the start."""
    changed = st.none() | st.integers(1, 5)
    return st.one_of(
        st.builds(lambda *ends: Between("changed_at", (ends,)), changed, changed),
        st.builds(lambda column, *ends: Between(column, (ends,)), st.sampled_from(["end_at", "promised_at"]), moment,
                  moment),
    )  # fmt: skip


def forwards(session: Session, query: ActivityQuery, size: int) -> Iterator[ActivityRow]:
    page = lists.page(session, query, size)
    while page:
        yield from page
        page = lists.page(session, query, size, after=page[-1])


def backwards(session: Session, query: ActivityQuery, size: int) -> Iterator[ActivityRow]:
    page = lists.last_page(session, query, size)
    while page:
        yield from reversed(page)
        page = lists.page(session, query, size, before=page[0])


def ordered(session: Session, query: ActivityQuery, told: list[Told]) -> list[int]:
    found = [job for job in told if passes(query, job)]
    falling = query.order.descending
    if not rows.is_order_kept(session.store, query):
        return sorted((job.id for job in found), reverse=falling)
    keys = {job.id: keys_of(session, query.order.column, job) for job in found}
    some = sorted((job.id for job in found if keys[job.id][0]), key=lambda job: keys[job], reverse=falling)
    none = sorted((job.id for job in found if not keys[job.id][0]), key=lambda job: keys[job], reverse=falling)
    return some + none


def keys_of(session: Session, column: str, job: Told) -> tuple[object, ...]:
    """What a job is sorted by, after whether it has a value at all in the column."""
    registers = session.registers
    in_order = {
        "type": [entry.id for entry in sorted(registers.types, key=lambda entry: (entry.key, entry.id))],
        "status": [entry.id for entry in registers.statuses],
        "responsible": [entry.id for entry in sorted(registers.employees, key=lambda entry: entry.initials)],
        "priority": [entry.id for entry in registers.priorities],
    }
    if column in in_order:
        value = job.ids[f"{column}_id"]
        return (value is not None, in_order[column].index(value) if value else 0, job.start_at, job.id)
    if column == "customer":
        return (
            bool(job.customer),
            letters(job.customer, alphabet_of("da")),
            job.ids["customer_id"],
            job.start_at,
            job.id,
        )
    return {
        "number": (True, job.number),
        "start": (True, job.start_at, job.id),
        "subject": (bool(job.subject), letters(job.subject, alphabet_of("da")), job.id),
        "end": (True, job.end_at or job.start_at, job.id),
        "promised": (job.promised_at is not None, job.promised_at, job.id),
        "changed": (True, job.changed_at, job.id),
    }[column]


def test_every_query_shows_what_a_plain_filter_shows_in_pages_of_every_size(
    many: tuple[Session, list[Told]], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, told = many

    limits = st.sampled_from([0, 20, 1000])

    @settings(max_examples=160, deadline=None, suppress_health_check=list(HealthCheck))
    @given(query=queries(told), size=st.sampled_from(PAGE_SIZES[1:]), most=limits, far=limits)
    @example(query=ActivityQuery(between=(Between("changed_at", ((None, 2),)),)), size=7, most=0, far=0)
    def check(query: ActivityQuery, size: int, most: int, far: int) -> None:
        for limit in ("MOST_SORTED", "MOST_BY_TEXT", "MOST_IN_INDEX", "MOST_FOUND"):  # few are sorted, many are walked
            monkeypatch.setattr(gathering, limit, most)
        monkeypatch.setattr(gathering, "MOST_FAR", far)
        expected = ordered(session, query, told)
        assert [row.id for row in forwards(session, query, size)] == expected
        assert [row.id for row in backwards(session, query, size)] == expected[::-1]
        assert rows.count(session.store, query) == len(expected)
        assert rows.matching_ids(session.store, query, 40) == expected[:40]

    check()


def sorted_by(column: str, falling: bool, _session: Session) -> ActivityQuery:
    return ActivityQuery(order=Order(column, falling))


WALKS: list[tuple[str, Callable[[Session], ActivityQuery]]] = [
    ("everything", lambda session: ActivityQuery()),
    ("oldest first", lambda session: ActivityQuery(order=OLDEST_FIRST)),
    ("a list", lambda session: lists.resolve(session, "product", "")),
    ("one responsible", lambda session: lists.resolve(session, None, "ansv:ah")),
    ("one responsible, some statuses", lambda session: lists.resolve(session, None, "ansv:ah,ingen status:v,ingen")),
    ("words", lambda session: lists.resolve(session, None, "skærm")),
    *(
        (f"{column}, {'falling' if falling else 'rising'}", partial(sorted_by, column, falling))
        for column in ORDER_COLUMNS
        for falling in (False, True)
    ),
]


def test_pages_never_skip_or_repeat_a_row_though_many_start_at_the_same_time(many: tuple[Session, list[Told]]) -> None:
    session, told = many
    assert len({job.start_at for job in told}) < 10
    for name, walk in WALKS:
        query = walk(session)
        expected = ordered(session, query, told)
        assert len(expected) > 50
        for size in PAGE_SIZES:
            far = 80 * size  # a row at a time the whole list would be thousands of questions
            down, up = forwards(session, query, size), backwards(session, query, size)
            assert [row.id for row in islice(down, far)] == expected[:far], (name, size)
            assert [row.id for row in islice(up, far)] == expected[::-1][:far], (name, size)


def test_a_page_goes_on_where_it_was_when_a_job_is_registered_before_it(many: tuple[Session, list[Told]]) -> None:
    session, told = many
    expected = ordered(session, ActivityQuery(), told)
    first = lists.page(session, ActivityQuery(), 20)
    job(session, "Ny", start_at=to_seconds(NOW) + 10 * 86_400, end_at=None)
    second = lists.page(session, ActivityQuery(), 20, after=first[-1])
    assert [row.id for row in first + second] == expected[:40]


def test_search_keys_are_what_the_plain_filter_compares() -> None:
    assert search_key("Skærm") == "skaerm"


@pytest.mark.parametrize("column", ["promised_at", "end_at", "changed_at"])
def test_a_period_without_ends_holds_every_job_that_has_the_time(many: tuple[Session, list[Told]], column: str) -> None:
    session, told = many
    query = ActivityQuery(between=(Between(column, ((None, None),)),))
    assert [row.id for row in forwards(session, query, 50)] == ordered(session, query, told)


def test_jobs_that_a_list_does_not_show_are_told_by_number(shop: Session) -> None:
    sheets = [job(shop, f"Sag {number}") for number in range(4)]
    ids = [sheet.id or 0 for sheet in sheets]
    at_once(shop, ids[1:3], Edit("done"))
    for text in ("stage:open", "sag stage:open", f"nr:{sheets[0].number},{sheets[3].number}"):
        query = lists.resolve(shop, None, text)
        found = lists.not_shown(shop, query, [*ids, 4711])
        assert [row.id for row in found] == ids[1:3], text
    assert lists.not_shown(shop, lists.resolve(shop, None, ""), ids) == []
    assert lists.not_shown(shop, lists.resolve(shop, None, "stage:open"), []) == []


def test_a_jobs_row_is_read_whatever_list_shows_it(shop: Session) -> None:
    sheet = job(shop, "Sag")
    row = lists.row_of(shop, sheet.id or 0)
    assert row is not None
    assert (row.number, row.subject) == (sheet.number, "Sag")
    assert lists.row_of(shop, 4711) is None
