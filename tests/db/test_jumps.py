"""Jumping in a list by the column it is sorted by, and what is told of hits outside it."""

from __future__ import annotations

from datetime import datetime

import pytest

from svc_tui.db.lists import activities as rows
from svc_tui.db.lists import gathering
from svc_tui.domain.errors import Invalid
from svc_tui.domain.queries import ORDER_COLUMNS, ActivityQuery, Order
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.filters import lists
from tests.db.jobs import contact, employee, job, kind, line, priority, status

NOW = datetime(2026, 11, 24, 9, 0)


@pytest.fixture(params=["sorted", "walked"])
def desk(shop: Session, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Session:
    """Five jobs, found among few that are sorted or by walking the order's index."""
    shop.clock = [float(to_seconds(NOW))]
    if request.param == "walked":
        for limit in ("MOST_SORTED", "MOST_BY_TEXT", "MOST_IN_INDEX", "MOST_FAR"):
            monkeypatch.setattr(gathering, limit, 0)
    jensen, holm = contact(shop, "Jensen & Søn ApS"), contact(shop, "Åse Holm")
    days = {"et": 20, "to": 22, "tre": 24, "fire": 24, "fem": 26}
    subjects = {"et": "Skærm", "to": "Ærgerlig støj", "tre": "alarm", "fire": "Skal hentes", "fem": ""}
    for hour, (name, day) in enumerate(days.items()):
        job(
            shop, subjects[name], start_at=to_seconds(datetime(2026, 11, day, 8 + hour)), end_at=None,
            promised_at=to_seconds(datetime(2026, 11, day + 2)) if name in ("et", "fem") else None,
            type=kind(shop, "TV-Service" if name in ("et", "tre") else "PC-Service"),
            status=status(shop, "Ubehandlet" if name == "to" else "Udført"),
            responsible=employee(shop, "AH") if name != "fem" else None,
            priority=priority(shop, "Høj" if name == "fire" else "Normal"),
            lines=[line("Arbejde")._replace(kind="resource", state="")],  # a job needs one thing besides its times
            customer={"et": jensen.id, "to": holm.id, "tre": jensen.id}.get(name),
        )  # fmt: skip
    return shop


NAMES = {10_001: "et", 10_002: "to", 10_003: "tre", 10_004: "fire", 10_005: "fem", None: None}

JUMPS = (
    ("number", False, "10003", "tre"), ("number", True, "10003", "tre"), ("number", False, "1", "et"),
    ("number", True, "10009", "fem"), ("number", False, "10009", None), ("number", True, "1", None),
    ("start", False, "23-11-2026", "tre"), ("start", True, "23-11-2026", "to"), ("start", False, "24", "tre"),
    ("start", True, "24", "fire"), ("start", False, "t", "tre"), ("start", False, "24 1045", "fire"),
    ("start", True, "24 1045", "tre"), ("start", False, "+1", "fem"), ("start", False, "<23-11-2026", "et"),
    ("start", True, "<23-11-2026", "to"), ("start", False, "27-11-2026", None), ("start", True, "10002", "to"),
    ("start", False, "#10004", "fire"),
    ("end", False, "25", "fem"), ("changed", True, "t", "fem"),
    ("promised", False, "23-11-2026", "fem"), ("promised", True, "23-11-2026", "et"),
    ("subject", False, "s", "fire"), ("subject", False, "skal", "fire"), ("subject", True, "s", "et"),
    ("subject", False, "AE", "tre"), ("subject", False, "æ", "to"), ("subject", True, "Æ", "to"),
    ("subject", False, "z", "to"), ("subject", False, "å", "fem"), ("subject", False, "#10003", "tre"),
    ("customer", False, "aa", "to"), ("customer", False, "j", "et"),
    ("customer", True, "jen", "tre"), ("customer", False, "k", "to"), ("customer", False, "å", "to"),
    ("type", False, "tv", "et"), ("type", True, "pc", "fem"), ("type", False, "findesikke", None),
    ("status", False, "udf", "et"), ("status", False, "ubeh", "to"),
    ("responsible", False, "ah", "et"), ("responsible", True, "anna", "fire"),
    ("priority", False, "høj", "fire"), ("priority", True, "normal", "fem"),
)  # fmt: skip


def jumped(session: Session, order: Order, text: str, filter_line: str = "") -> str | None:
    query = lists.resolve(session, None, filter_line)._replace(order=order)
    row = lists.jump(session, query, text)
    around = lists.jump_around(session, query, text, 9, 2)
    assert (around and around.row) == row
    if around is not None:
        all_rows = lists.page(session, query, 9)
        place = all_rows.index(around.row)
        assert around.before == all_rows[:place]
        assert around.after == all_rows[place + 1 : place + 3 + 9 - len(around.before)]
    return NAMES[row.number if row else None]


def test_a_jump_goes_to_the_first_row_at_or_after_what_was_typed(desk: Session) -> None:
    found = {(column, falling, text): jumped(desk, Order(column, falling), text) for column, falling, text, _ in JUMPS}
    assert found == {(column, falling, text): name for column, falling, text, name in JUMPS}
    assert {column for column, *_ in JUMPS} == set(ORDER_COLUMNS)


def test_a_jump_stays_within_the_filter(desk: Session) -> None:
    assert jumped(desk, Order("start"), "23-11-2026", "type:pc") == "fire"
    assert jumped(desk, Order("number"), "10001", "type:pc status:udført") == "fire"
    assert jumped(desk, Order("start"), "10003", "type:pc") is None
    assert jumped(desk, Order("subject"), "a", "prio:høj") == "fire"
    assert jumped(desk, Order("start"), "") is None


def test_what_is_no_number_or_no_time_is_refused_with_a_sentence(desk: Session) -> None:
    with pytest.raises(Invalid, match="sorted by number"):
        jumped(desk, Order("number"), "jensen")
    with pytest.raises(Invalid, match="jensen"):
        jumped(desk, Order("start"), "jensen")


def test_jobs_of_a_common_word_come_in_the_order_of_registration_and_it_is_said(
    desk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = ActivityQuery(words=("1",), order=Order("start"))
    assert lists.is_order_kept(desk, query)
    monkeypatch.setattr(gathering, "MOST_FOUND", 3)
    assert not lists.is_order_kept(desk, query)
    assert [row.number for row in lists.page(desk, query, 9)] == [number for number in NAMES if number]
    assert jumped(desk, Order("number", True), "10003", "100") == "tre"
    assert jumped(desk, Order("number"), "10004", "100") == "fire"
    assert jumped(desk, Order("start"), "24", "100") is None
    few = ActivityQuery(words=("jensen",), order=Order("start"))
    assert lists.is_order_kept(desk, few)
    if desk.store.dialect == "postgresql":
        monkeypatch.setattr(gathering, "BELIEVED", 0)
        assert not lists.is_order_kept(desk, few)


def test_hits_outside_the_filter_are_counted(desk: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(list_code: str | None, text: str) -> tuple[int, int, int]:
        counts = lists.counts(desk, lists.resolve(desk, list_code, text))
        assert counts is not None
        return counts.matching, counts.hidden_by_period, counts.elsewhere

    assert told(None, "jensen") == (2, 0, 0)
    assert told(None, "jensen status:ubehandlet") == (0, 0, 2)
    assert told("customer", "jensen") == (0, 0, 2)
    assert told(None, "jensen start:t") == (1, 1, 1)
    assert told(None, "status:ubehandlet") == (1, 0, 0)
    assert told(None, "100 type:tv") == (2, 0, 3)
    monkeypatch.setattr(rows, "MOST_ELSEWHERE", 2)
    assert told(None, "100 type:tv") == (2, 0, 2)
