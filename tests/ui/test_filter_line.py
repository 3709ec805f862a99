"""The filter line while it is written: what is proposed, what is wrong, and the lists of values."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from svc_tui.domain.queries import ActivityQuery
from svc_tui.domain.records import ActivityRow
from svc_tui.screens.shell import list_reading
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists
from svc_tui.widgets import turns
from svc_tui.widgets.look import look
from tests.ui.desk import Desk


def line(desk: Desk) -> str:
    return desk.list.screen.filter_line.editor.value


async def test_right_takes_what_is_proposed(desk: Desk) -> None:
    await desk.press("/")
    await desk.type("sta")
    assert desk.lines[1].startswith(" Filter: status:")
    await desk.press("right")
    assert line(desk) == "status:"
    await desk.type("vent")
    assert "status:venter på dele" in desk.lines[1]
    await desk.press("right")
    assert line(desk) == 'status:"Venter på dele"'
    await desk.press("left", "right")
    assert line(desk) == 'status:"Venter på dele"'


async def test_what_is_typed_on_is_not_what_was_proposed(desk: Desk) -> None:
    await desk.press("/")
    await desk.type("stax")
    assert desk.lines[1].rstrip() == " Filter: stax"
    await desk.press("right")
    assert line(desk) == "stax"


async def test_down_on_a_value_opens_its_list_and_elsewhere_leads_to_the_jobs(desk: Desk) -> None:
    await desk.press("/")
    await desk.type("skærm status:")
    await desk.press("down")
    assert desk.title.startswith("Choose status")
    await desk.type("vent")
    await desk.press("enter")
    assert line(desk) == 'skærm status:"Venter på dele"'
    await desk.press("ctrl+u", "down")
    assert desk.list.screen.target is desk.list.screen.list


async def test_f4_between_words_offers_the_fields_and_then_their_values(desk: Desk) -> None:
    await desk.press("/", "f4")
    assert desk.shows("who has the job now")
    await desk.type("stag")
    await desk.press("enter")
    assert desk.title.startswith("Choose stage")
    await desk.press("escape")
    assert line(desk) == "stage:"
    await desk.press("ctrl+o")
    await desk.type("wai")
    await desk.press("enter")
    assert line(desk) == "stage:waiting"
    assert desk.list.screen.target is desk.list.screen.filter_line


async def test_a_mistake_is_marked_while_it_is_written_and_the_last_good_result_stays(desk: Desk) -> None:
    before = [row.number for row in desk.list.rows]
    await desk.press("/")
    await desk.type("nr:12a")
    assert desk.lines[1].startswith(" Filter:")  # unfinished, no mistake yet
    await desk.type(" x")
    assert desk.lines[1].startswith("!Filter:")
    assert "digits only" in desk.message
    assert ("12a", look().mistake) in desk.list.screen.filter_line.line(0).spans
    assert [row.number for row in desk.list.rows] == before
    await desk.press("ctrl+u")
    assert desk.lines[1].startswith(" Filter:")


async def test_matches_are_counted_at_a_pause_in_typing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[ActivityQuery] = []
    real = lists.counts

    def counts(session: Session, query: ActivityQuery) -> lists.Counts:
        counted.append(query)
        return real(session, query)

    await desk.press("3", "/")
    monkeypatch.setattr(lists, "counts", counts)
    monkeypatch.setattr(list_reading, "TYPED_AFTER", 1.0)
    for letter in "ansv:ah":
        await desk.step(letter)
    assert not counted
    await desk.rest()
    assert counted == [desk.list.screen.query_now]
    assert desk.standing.startswith(f"{len(desk.list.rows)} jobs")


async def test_a_mistake_reads_nothing_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    real = lists.page

    def page(*args: Any, **kwargs: Any) -> list[ActivityRow]:
        read.append(args)
        return real(*args, **kwargs)

    await desk.press("3", "/")
    monkeypatch.setattr(lists, "page", page)
    await desk.type("status:xyz ")
    assert desk.list.screen.filter_line.error is not None
    await asyncio.sleep(3 * turns.REST)
    await desk.rest()
    assert not read


async def test_slash_marks_what_stands_there_and_typing_replaces_it(desk: Desk) -> None:
    await desk.list.filter("stage:open")
    await desk.press("/")
    await desk.type("tv")
    assert desk.list.screen.filter_line.editor.value == "tv"
    await desk.press("enter", "/", "end")
    await desk.type(" uden")
    assert desk.list.screen.filter_line.editor.value == "tv uden"


async def test_escape_in_the_list_clears_the_filter_in_one_key_and_f3_does_not(desk: Desk) -> None:
    before = [row.number for row in desk.list.rows]
    await desk.list.filter("stage:open tv")
    filtered = [row.number for row in desk.list.rows]
    await desk.press("f3")
    assert [row.number for row in desk.list.rows] == filtered
    await desk.press("escape")
    assert desk.list.screen.filter_line.editor.value == ""
    assert [row.number for row in desk.list.rows][: len(before)] == before
    await desk.press("escape")
    assert "first screen" in desk.message


async def test_escape_lets_the_selection_go_before_the_filter(desk: Desk) -> None:
    await desk.list.filter("stage:open")
    await desk.press("space", "escape")
    assert desk.list.screen.filter_line.editor.value == "stage:open"
    await desk.press("escape")
    assert desk.list.screen.filter_line.editor.value == ""


async def test_escape_clears_a_filter_with_a_mistake_too(desk: Desk) -> None:
    await desk.list.filter("status:findesikke")
    await desk.press("escape")
    assert desk.list.screen.filter_line.editor.value == ""
    assert desk.list.screen.filter_line.error is None


async def test_help_in_the_filter_line_explains_filters(desk: Desk) -> None:
    await desk.press("/", "f1")
    assert desk.shows("A minus in front leaves out")
    assert desk.shows("One field; with a comma either value will do")
    assert desk.shows("customer:")
    await desk.press("escape")
    await desk.type("tv")
    assert desk.list.screen.filter_line.editor.value == "tv"
