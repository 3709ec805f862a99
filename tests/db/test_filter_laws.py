"""What holds for every term of a filter: with and without it make up the shop, and nothing is left out by a limit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.people_models import Contact, Device
from svc_tui.db.lists import gathering, terms
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain.errors import FilterError, TooShort
from svc_tui.domain.filters.filters import in_quotes
from svc_tui.domain.queries import ActivityQuery, Order
from svc_tui.domain.tables import TABLES
from svc_tui.domain.text import words, words_key
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.filters import filtering, lists
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities, bulk
from svc_tui.services.jobs.bulk import Edit, Selection
from tests.db.conftest import PostgresServer
from tests.db.jobs import contact, job, line, part

MONDAY = datetime(2026, 11, 23, 10, 30)
JOBS = 400


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The English demo shop in small; no test writes in it."""
    if request.param == "sqlite":
        store = open_database(str(tmp_path_factory.mktemp("laws") / "shop.db"), create=True)
        migrate(store)
    else:
        server: PostgresServer = request.getfixturevalue("postgresql_server")
        store = open_database(server.url(server.create()))
    create_demo(store, activities=JOBS, contacts=150, language="en", now=MONDAY)
    session = open_session(store, None, "en")
    session.employee = min(session.registers.employees)
    session.clock = [MONDAY.timestamp()]
    yield session
    store.close()


def count(session: Session, text: str) -> int:
    return lists.counts(session, lists.resolve(session, None, text)).matching


NAMED = (
    "status",
    "type",
    "resp",
    "creator",
    "prio",
    "list",
    "customer",
    "device",
    "part",
    "project",
    "serial",
    "product",
    "linked",
)
VALUES = (
    "smith", "jones", "smith-jones", "coin", "in", "hdmi", "sony", "lg", "samsung", "waiting for parts", "ah", "tv",
    "product", "none", "5c", "a1", "0161 496 02", "123", "high", "me", "cable 2 m", "o'brien", "é", "ss", "th", "aa",
)  # fmt: skip
WORDS = (
    "no sound", "smith-jones", "screen", "no", "hdmi cable", "07700", "0161 496 02", "02079460", "5CD", "sn-1", "10001",
    "100", "7", "john@example.com", "smith", "in", "a-b", "ü", "ss", "2", "the the",
)  # fmt: skip
some_terms = st.one_of(
    st.builds("{}:{}".format, st.sampled_from(NAMED), st.sampled_from(VALUES).map(in_quotes)),
    st.builds("{}:{}".format, st.sampled_from(NAMED), st.text("aeinostrx15-& ", min_size=1, max_size=6).map(in_quotes)),
    st.builds(
        "{}:{},{}".format, st.sampled_from(NAMED), st.sampled_from(VALUES).map(in_quotes),
        st.sampled_from(VALUES).map(in_quotes),
    ),
    st.builds(
        "{}:{}".format,
        st.sampled_from(("start", "promised", "end", "changed", "created", "late", "status-since", "finished")),
        st.sampled_from(("t", "<t", "none", "-30", "nov,none", "1.1..1.6", "week48")),
    ),
    st.sampled_from(("late:yes", "late:no", "late:yes,no", "stage:open", "stage:done,ready", "nr:10001,10002", "nr:1")),
    st.sampled_from(("late:yes,t", "late:no,none", "untouched:7", "untouched:30,1.6", "status-since:t")),
    st.sampled_from(WORDS).map(in_quotes),
    st.text("aeinostrx15-@ ", min_size=2, max_size=8).map(in_quotes),
)  # fmt: skip


def test_with_and_without_a_term_there_are_all_jobs(demo: Session) -> None:
    @settings(max_examples=250)
    @given(term=some_terms)
    def check(term: str) -> None:
        try:
            having = count(demo, term)
        except FilterError:
            assume(False)
            return
        assert having + count(demo, f"-{term}") == JOBS, term

    check()


@pytest.mark.parametrize("name", ["_MOST_LISTED", "MOST_DIRECT"])
def test_what_is_many_means_the_same_as_what_is_few(demo: Session, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = (
        "customer:smith,jones", "serial:5,a", "-serial:5", "serial:none,1", '"0161 496 02"', '-"0161 496 02"', "1000",
        "0161 496 02 status:waiting", "07700900",
    )  # fmt: skip
    few = {text: [row.id for row in lists.page(demo, lists.resolve(demo, None, text), 500)] for text in asked}
    assert sum(map(len, few.values())) > 100
    monkeypatch.setattr(filtering if name == "_MOST_LISTED" else terms, name, 0)
    many = {text: [row.id for row in lists.page(demo, lists.resolve(demo, None, text), 500)] for text in asked}
    assert many == few
    assert {text: count(demo, text) for text in asked} == {text: len(found) for text, found in few.items()}


def test_what_has_nothing_to_search_for_finds_nothing(demo: Session) -> None:
    for text in ("x", "???", "&", "-", "-x", '""', '-""', "å-".strip("å"), "screen x", "screen -&", "status:waiting !"):
        with pytest.raises(TooShort):
            lists.resolve(demo, None, text)
        page = lists.first_page(demo, None, lists.Asked(text, Order("start")), 40)
        assert (page.rows, lists.counts(demo, page.query).matching) == ([], 0), text
        assert page.remark is not None
        assert text[page.remark.start : page.remark.end] in text.split()


def test_a_sign_between_words_is_passed_over(demo: Session) -> None:
    assert count(demo, "no & sound") == count(demo, "no sound") > 0


def test_one_sign_is_searched_for_where_it_is_a_number_initials_or_a_code(shop: Session) -> None:
    job(shop, "Model X virker ikke")
    job(shop, "Xbox 7")
    with pytest.raises(TooShort):
        lists.resolve(shop, None, "x")
    part(shop, "X", "Krydsled")
    assert (count(shop, "x"), count(shop, "-x")) == (1, 1)  # the whole word, not its beginning
    assert (count(shop, "7"), count(shop, "-7")) == (1, 1)
    shop.registers = shop.registers._replace(
        employees=tuple(entry._replace(initials="V") for entry in shop.registers.employees)
    )
    assert (count(shop, "v"), count(shop, "-v")) == (0, 2)


def holding(store: Store, beginning: str) -> int:
    """How many jobs have a line with such a word, told by the program's own folding."""
    rows = store.sql("SELECT activity_id, code, text FROM activity_line")
    return len({row[0] for row in rows if any(word.startswith(beginning) for word in words(f"{row[1]} {row[2]}"))})


def test_a_part_is_found_by_the_beginnings_of_its_words_and_by_nothing_like_them(demo: Session) -> None:
    for beginning in ("coin", "in", "cable", "hdmi", "2", "ss", "un"):
        having = holding(demo.store, beginning)
        assert (count(demo, f"part:{beginning}"), count(demo, f"-part:{beginning}")) == (having, JOBS - having)
    assert holding(demo.store, "in") > 0
    assert count(demo, "part:in -part:in") == 0


def test_an_inactive_customer_and_device_are_found_in_their_jobs(shop: Session) -> None:
    jensen = contact(shop, "Jensen", phone="20 12 34 56")
    with change_set(shop.store, None, "x") as changes:
        device = changes.insert(
            Device, {"owner": jensen.id, "brand": "Sony", "model": "KD", "serial": "5CD-1", "serial_key": "5cd1"}
        )
    job(shop, "A", customer=jensen.id, device=device)
    job(shop, "B")
    asked = ("customer:jensen", "20 12 34 56", "serial:5cd", "5cd1", "device:sony")
    assert {count(shop, text) for text in asked} == {1}
    with change_set(shop.store, None, "x") as changes:
        changes.update(Contact, jensen.id, {"retired": True})
        changes.update(Device, device, {"retired": True})
    assert {text: count(shop, text) for text in asked} == dict.fromkeys(asked, 1)


# -- sorting a search --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rest", ["customer:smith", "status:waiting", "type:tv", "start:-90", "part:cable", "-status:done", "promised:none"]
)
def test_what_the_whole_filter_leaves_decides_whether_it_is_sorted(
    demo: Session, rest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = lists.resolve(demo, None, f"1 {rest}")._replace(order=Order("subject"))
    left = lists.counts(demo, wanted).matching
    alone = ActivityQuery(words=("1",), order=Order("subject"))
    assert 0 < left < lists.counts(demo, alone).matching
    monkeypatch.setattr(gathering, "MOST_FOUND", left)
    for most in (gathering.MOST_BY_TEXT, 0):
        monkeypatch.setattr(gathering, "MOST_BY_TEXT", most)
        assert lists.is_order_kept(demo, wanted)
        assert not lists.is_order_kept(demo, alone)
        rows = lists.page(demo, wanted, 500)
        assert len(rows) == left
        again = lists.page(demo, lists.resolve(demo, None, rest)._replace(order=Order("subject")), 500)
        assert [row.id for row in rows] == [row.id for row in again if row.id in {row.id for row in rows}]
    monkeypatch.setattr(gathering, "MOST_FOUND", left - 1)
    assert not lists.is_order_kept(demo, wanted)


# -- folded keys -------------------------------------------------------------------------------------------------------


def stored_keys(store: Store) -> list[str]:
    return sorted(
        row[0]
        for table in TABLES.values()
        for key in table.keys
        for row in store.sql(f"SELECT {key} FROM {table.name} WHERE {key} <> ''")
    )


def test_the_demo_shop_has_the_keys_of_its_texts(demo: Session) -> None:
    assert not [found for found in findings(demo.store) if "found by" in found.message]
    assert len(stored_keys(demo.store)) > JOBS


def test_the_keys_follow_whatever_changes_their_texts(shop: Session) -> None:
    sheet = job(shop, "A", project="Café Måleren", lines=[line("Skærmkabel 2 m")])
    assert stored_keys(shop.store) == [" cafe maaleren", " skaermkabel 2 m"]
    activities.save(
        shop,
        activities.SheetEdit(
            sheet, sheet.values | {"project": "Øst-Vest"}, (), (sheet.lines[0]._replace(text="Ærme"),)
        ),
    )
    assert stored_keys(shop.store) == [" aerme", " oest vest"]
    undo.undo(shop, undo.last_to_undo(shop))
    assert stored_keys(shop.store) == [" cafe maaleren", " skaermkabel 2 m"]
    assert sheet.id is not None
    bulk.carry_out(shop, bulk.plan(shop, Selection((sheet.id,)), Edit("project", "Ny havn")))
    assert stored_keys(shop.store) == [" ny havn", " skaermkabel 2 m"]
    activities.save(shop, activities.SheetEdit(activities.open_sheet(shop, sheet.id), sheet.values, (), ()))
    undo.undo(shop, undo.last_to_undo(shop))  # the line comes back as it was
    assert " skaermkabel 2 m" in stored_keys(shop.store)
    assert list(findings(shop.store)) == []


def test_check_tells_of_a_key_that_does_not_fit(shop: Session) -> None:
    job(shop, "A", project="Havnen", lines=[line("Kabel")])
    assert list(findings(shop.store)) == []
    for table in TABLES.values():
        for key in table.keys:
            shop.store.execute_sql(f"UPDATE {table.name} SET {key} = 'x'")
    told = [str(found) for found in findings(shop.store)]
    assert told == [
        "1 row(s) of activity would not be found by what is written in them.",
        "1 row(s) of activity_line would not be found by what is written in them.",
    ]


@given(st.lists(st.text(max_size=12), max_size=3))
def test_a_key_holds_the_words_of_its_texts_each_after_a_blank(texts: list[str]) -> None:
    key = words_key(*texts)
    assert key.split() == [word for text in texts for word in words(text)]
    assert "  " not in key
    assert not key or key[0] == " "
