"""The Changes screen: the acts of late, what each changed, and undoing the one under the cursor."""

from __future__ import annotations

from svc_tui.domain.columns import Arranged, Columns
from svc_tui.domain.queries import OLDEST_FIRST, ActivityQuery, Order
from svc_tui.domain.registers import Register, Registers
from svc_tui.screens.history.changes import ActScreen, ChangesScreen
from svc_tui.screens.shell.refusals import RefusalsScreen
from svc_tui.services.core.session import Session
from svc_tui.services.filters import lists, view_reading, views
from svc_tui.services.filters.views import ViewDraft
from svc_tui.services.jobs import activities, bulk
from svc_tui.services.jobs.bulk import Edit, Selection
from svc_tui.services.people import register_edits, setup
from svc_tui.services.people import settings as user_settings
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk


async def _changes(desk: Desk) -> ChangesScreen:
    await desk.app.show(ChangesScreen())
    await desk.rest()
    return desk.on_top(ChangesScreen)


def _newest(session: Session, count: int) -> list[int]:
    return [row.id for row in lists.page(session, ActivityQuery(), count)]


def _priority(registers: Registers, name: str) -> int:
    return next(entry.id for entry in registers.priorities if entry.name == name)


async def _many(desk: Desk, count: int, name: str = "Høj") -> list[int]:
    ids: list[int] = await desk.ask(_newest, count)
    await desk.ask(bulk.at_once, ids, Edit("priority", _priority(desk.session.registers, name)))
    return ids


async def test_the_acts_of_late_are_told_newest_first(desk: Desk) -> None:
    await _many(desk, 4)
    screen = await _changes(desk)
    assert desk.title.startswith("Changes")
    first, second = desk.lines[2], desk.lines[3]
    assert ("AH" in first, "Priority" in first, " 4 " in first) == (True, True, True)
    assert "New job" in second
    assert screen.list.current is not None
    assert screen.list.current.jobs == 4


async def test_who_signed_in_changed_no_job_and_none_is_counted(desk: Desk) -> None:
    other = next(one for one in desk.session.registers.employees if one.login is None)
    await desk.app.store.run(setup.remember_login, desk.app.store, other.id, "somebody")
    await _changes(desk)
    assert "Signed in" in desk.lines[2]
    assert " 1 " not in desk.lines[2]


async def test_home_end_and_pages_go_through_all_of_them(desk: Desk) -> None:
    screen = await _changes(desk)
    await desk.press("end")
    oldest = screen.list.current
    assert oldest is not None
    assert oldest.id == 1
    await desk.press("f7", "f8", "home")
    newest = screen.list.current
    assert newest is not None
    seen = {newest.id}
    for _step in range(newest.id):
        await desk.press("down")
        assert screen.list.current is not None
        seen.add(screen.list.current.id)
    assert seen == set(range(1, newest.id + 1))


async def test_enter_shows_what_an_act_changed_job_by_job(desk: Desk) -> None:
    ids = await _many(desk, 4)
    await _changes(desk)
    await desk.press("enter")
    screen = desk.on_top(ActScreen)
    assert len(screen.list.rows) == len(ids)
    assert desk.shows("Priority: Normal → Høj")
    assert "Priority" in desk.standing
    await desk.press("escape")
    desk.on_top(ChangesScreen)


async def test_few_jobs_are_put_back_without_asking_and_the_list_shows_it(desk: Desk) -> None:
    ids = await _many(desk, 2)
    screen = await _changes(desk)
    await desk.press("u")
    assert desk.message == "Undone: Priority, 2 jobs."
    assert [act.act for act in screen.list.rows[:2]] == ["act.undo", "activity.priority"]
    assert "undone" in desk.lines[3]
    sheet = await desk.ask(activities.open_sheet, ids[0])
    assert sheet.values["priority"] == _priority(desk.session.registers, "Normal")
    await desk.press("u")
    assert desk.message == "This was undone already."
    await desk.press("home", "u")
    assert desk.message == "Done again: Priority, 2 jobs."


async def test_more_than_three_are_asked_about_first(desk: Desk) -> None:
    ids = await _many(desk, 5)
    screen = await _changes(desk)
    await desk.press("u")
    assert "put back 5 jobs?" in desk.message
    await desk.press("escape")
    assert screen.list.rows[0].act == "activity.priority"
    await desk.press("u", "y")
    assert desk.message == "Undone: Priority, 5 jobs."
    sheet = await desk.ask(activities.open_sheet, ids[4])
    assert sheet.values["priority"] == _priority(desk.session.registers, "Normal")


async def test_what_cannot_be_put_back_is_told_before_and_after(desk: Desk) -> None:
    ids = await _many(desk, 5)
    await desk.ask(bulk.at_once, ids[:1], Edit("priority", _priority(desk.session.registers, "Lav")))
    await _changes(desk)
    await desk.press("down", "u")
    assert "put back 4 jobs? 1 cannot be" in desk.message
    await desk.press("l")
    desk.on_top(RefusalsScreen)
    assert desk.shows("Priority was changed by AH")
    await desk.press("escape", "y")
    assert "Undone: Priority, 4 jobs. 1 job was not" in desk.message


async def test_an_act_that_cannot_be_undone_says_why(desk: Desk) -> None:
    await _changes(desk)
    await desk.press("end", "u")
    assert "change it back yourself" in desk.message


async def test_undo_waits_until_it_is_known_which_act_is_meant(desk: Desk) -> None:
    screen = await _changes(desk)
    async with desk.slow(screen.list):
        await desk.send("end")
        await desk.send("u")
    assert "change it back yourself" in desk.message


async def test_only_ones_own_acts(open_at: OpenDesk) -> None:
    async with open_at("BK") as desk:
        screen = await _changes(desk)
        assert screen.list.rows
        await desk.press("m")
        assert not screen.list.rows
        assert desk.shows("Nothing was changed yet.")
        await _many(desk, 2)
        await desk.press("f5")
        assert [act.act for act in screen.list.rows] == ["activity.priority"]
        await desk.press("m")
        assert len(screen.list.rows) > 1


async def test_who_may_only_undo_what_is_his_own_is_told_so(open_at: OpenDesk) -> None:
    async with open_at("CD") as desk:
        await _changes(desk)
        await desk.press("u")
        assert "your own changes only" in desk.message


async def test_a_selection_undone_from_a_large_list_keeps_its_screen_when_left_at_once(desk: Desk) -> None:
    session = desk.session
    plan = await desk.ask(
        bulk.plan, Selection(query=ActivityQuery()), Edit("responsible", session.registers.employees[1].id)
    )
    await desk.ask(bulk.carry_out, plan)
    await _changes(desk)
    await desk.burst("u", "y", "escape")
    await desk.rest()
    assert not isinstance(desk.screen, ChangesScreen)


async def _only(desk: Desk, text: str) -> None:
    await desk.press("/")
    await desk.type(text)
    await desk.press("enter")


async def test_acts_are_filtered_by_person_job_and_day(desk: Desk) -> None:
    ids = await _many(desk, 4)
    screen = await _changes(desk)
    newest = [act.id for act in screen.list.rows[:10]]
    job = await desk.ask(activities.open_sheet, ids[0])
    await _only(desk, f"ah {job.number}")
    assert [act.act for act in screen.list.rows] == ["activity.priority", "activity.save"]
    assert f"ah {job.number}" in desk.title
    await desk.press("escape")
    assert [act.id for act in screen.list.rows[:10]] == newest
    await _only(desk, "bk")
    assert not screen.list.rows
    await _only(desk, "-")
    assert [act.id for act in screen.list.rows[:10]] == newest
    await _only(desk, "22/11")
    days = {desk.app.formats.day(act.at) for act in screen.list.rows}
    assert len(days) == 1


async def test_what_is_no_person_no_job_and_no_day_is_refused_and_all_stay(desk: Desk) -> None:
    screen = await _changes(desk)
    newest = [act.id for act in screen.list.rows[:10]]
    await _only(desk, "99999999999999999999 x")
    assert "no initials, no job's number and no day" in desk.message
    assert [act.id for act in screen.list.rows[:10]] == newest
    await _only(desk, "")
    assert [act.id for act in screen.list.rows[:10]] == newest


async def test_settings_are_told_by_their_names_with_their_values_in_words(desk: Desk) -> None:
    """Also undone: by the names on the screen, never as they are stored."""
    view = await desk.ask(_viewed)
    before = await desk.ask(user_settings.load)
    here = before._replace(
        language="en", profile="plain", mouse=True, tabs=("note", "product"), opening_filter="tv", columns="own",
        column_layout=(Arranged("number"), Arranged("subject", 30)), start_list="all", default_type=1, path_end=True,
        other_columns=(("contacts", Columns("advanced")),), opening_views=(("product", view),),
    )  # fmt: skip
    await desk.ask(user_settings.save, here)
    await _changes(desk)
    assert "Settings" in desk.lines[2]
    await desk.press("enter")
    screen = desk.on_top(ActScreen)
    told = {screen.whole(row) for row in screen.list.rows}
    kind = next(entry.name for entry in desk.session.registers.types if entry.id == 1)
    first = desk.session.registers.list_by_code("product")
    assert first is not None
    assert told == {
        "Language: as the terminal → English", "Terminal: as the terminal → plain", "Mouse: no → yes",
        "Tabs shown: Note, Contacts, Product, History, Misc. → Note, Product", "Lists open with: - → tv",
        "Columns: normal → your own", "Your own columns: - → No., Subject 30", "Begins with: the first → All jobs",
        f"Type of new jobs: - → {kind}", "Quick: End: no → yes", "Columns of other lists: - → Contacts: advanced",
        f"Views that lists open with: - → {first.name}: Fjernsyn",
    }  # fmt: skip
    await desk.press("escape", "u")
    two = "Undone: Language: English → as the terminal, Terminal: plain → as the terminal"
    assert desk.message == f"{two}, and 10 more."


def _viewed(session: Session) -> int:
    return views.save(session, ViewDraft("Fjernsyn", "tv", "product", OLDEST_FIRST)).id


async def test_a_view_is_told_with_the_names_of_its_list_and_its_column(desk: Desk) -> None:
    view = await desk.ask(_viewed)
    stored = next(one for one in await desk.ask(view_reading.of_all) if one.id == view)
    await desk.ask(views.change, stored, ViewDraft("Fjernsyn", "tv", "customer", Order("promised")))
    await _changes(desk)
    await desk.press("enter")
    screen = desk.on_top(ActScreen)
    lists = [desk.session.registers.list_by_code(code) for code in ("product", "customer")]
    names = [one.name for one in lists if one is not None]
    told = {screen.whole(row) for row in screen.list.rows}
    assert told == {f"View, List: {names[0]} → {names[1]}", "View, Sorted by: Start → Promised"}


async def test_what_only_the_program_reads_is_no_line_of_an_act(desk: Desk) -> None:
    """A name has a search key beside it, which changes with it and says nothing to anybody."""
    entry = next(iter(desk.session.registers.priorities))
    await desk.ask(_renamed, entry.id)
    await _changes(desk)
    await desk.press("enter")
    screen = desk.on_top(ActScreen)
    assert [screen.whole(row) for row in screen.list.rows] == [f"Priority, Name: {entry.name} → Straks"]


def _renamed(session: Session, priority: int) -> None:
    base = register_edits.entry_of(session.registers, Register.PRIORITY, priority)
    register_edits.save(session, Register.PRIORITY, base, {**base.values, "name": "Straks"})
