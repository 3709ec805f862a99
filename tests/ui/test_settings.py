"""A user's own settings, the first start, and who works here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from svc_tui import i18n
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.people.welcome import Welcome
from svc_tui.services.core.session import Session
from svc_tui.services.people import settings as user_settings
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk, open_desk
from tests.ui.shop import sign_in

JOB = "TV uden billede"


async def _kept(desk: Desk) -> user_settings.UserSettings:
    found: user_settings.UserSettings = await desk.ask(user_settings.load)
    return found


async def test_tabs_that_are_switched_off_are_not_shown(desk: Desk) -> None:
    await desk.press("ctrl+e")
    await desk.form.fill("Tab History", "no")
    await desk.form.fill("Tab Misc.", "n")
    await desk.press("f2")
    await desk.list.open(JOB)
    assert desk.shows("[1 Note] 2 Contacts  3 Product")
    assert not desk.shows("History")
    assert (await _kept(desk)).tabs == ("note", "contacts", "product")


async def test_settings_changed_at_another_terminal_stay_or_are_told(desk: Desk, database: Path) -> None:
    await desk.press("ctrl+e")
    with terminal(database) as there:
        kept = user_settings.load(there)
        user_settings.save(there, kept._replace(note_stamp=False, opening_filter="radio"), kept)
        await desk.form.fill("Lists open with", "tv")
        await desk.form.fill("Tab Misc.", "no")
        await desk.press("f2")
        assert desk.shows("Changed elsewhere meanwhile: Lists open with: radio. Nothing was saved")
        assert desk.shows("Lists open with  !tv  (radio)")
        assert user_settings.load(there).opening_filter == "radio"
        await desk.press("f2")
        assert desk.message == "Kept."
        assert (
            user_settings.load(there)
            == desk.app.settings
            == kept._replace(note_stamp=False, opening_filter="tv", tabs=("note", "contacts", "product", "history"))
        )


async def test_columns_changed_at_another_terminal_are_followed_before_they_are_changed_again(
    desk: Desk, database: Path
) -> None:
    with terminal(database) as there:
        user_settings.save(there, user_settings.load(there).with_columns("simple", "jobs"))
        await desk.press("v")
        assert desk.shows("Columns was changed at another terminal of yours: simple.")
        assert user_settings.load(there).columns == desk.app.settings.columns == "simple"
        await desk.press("v")
        assert user_settings.load(there).columns == desk.app.settings.columns != "simple"


@contextmanager
def terminal(database: Path) -> Iterator[Session]:
    """Anna at another terminal."""
    store = open_database(str(database))
    yield sign_in(store, "AH")
    store.close()


async def test_the_sheet_follows_the_tabs_that_are_left_while_it_is_open(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("contacts")
    await desk.press("ctrl+e")
    await desk.form.fill("Tab Contacts", "no")
    await desk.press("f2")
    assert not desk.shows("2 Contacts"), "a tab that was switched off is still on the screen"
    await desk.press("ctrl+t")
    assert sheet.tab != "contacts"


async def test_without_the_product_tab_the_quick_path_ends_with_the_device(desk: Desk) -> None:
    await desk.press("ctrl+e")
    await desk.form.fill("Tab Product", "no")
    await desk.press("f2")
    sheet = await desk.list.new()
    await sheet.go_to("Device")
    await desk.press("tab")
    assert sheet.at == "End"


async def test_defaults_are_taken_by_the_next_new_job(desk: Desk) -> None:
    await desk.press("ctrl+e")
    await desk.form.fill("Type of new jobs", "tv")
    await desk.form.fill("Responsible", "sø")
    await desk.form.fill("Priority", "høj")
    await desk.press("f2")
    assert desk.message == "Kept."
    sheet = await desk.list.new()
    assert (sheet.text("Type"), sheet.text("Responsible"), sheet.text("Priority")) == (
        "TV-Service", "Søren Østergaard", "Høj",
    )  # fmt: skip


async def test_the_opening_filter_is_kept_and_a_mistake_in_it_refused(desk: Desk) -> None:
    await desk.press("ctrl+e")
    await desk.form.type_into("Lists open with", "statsu:x")
    await desk.press("f2")
    assert "statsu" in desk.message
    assert desk.form.text("Lists open with") == "statsu:x"
    await desk.form.type_into("Lists open with", "start:-7..")
    await desk.press("f2")
    assert (await _kept(desk)).opening_filter == "start:-7.."


async def test_an_unknown_value_is_refused_with_its_field(desk: Desk) -> None:
    await desk.press("ctrl+e")
    await desk.form.fill("Responsible", "qqq")
    await desk.press("f2")
    assert desk.form.at == "Responsible"
    assert desk.form.text("Responsible") == "qqq"


async def test_escape_keeps_the_settings_as_they_were(desk: Desk) -> None:
    await desk.press("ctrl+e")
    await desk.form.fill("Stamp on notes", "no")
    await desk.press("escape")
    assert (await _kept(desk)).note_stamp


async def test_the_note_stamp_can_be_switched_off(desk: Desk) -> None:
    await desk.press("ctrl+e")
    await desk.form.fill("Stamp on notes", "no")
    await desk.press("f2")
    sheet = await desk.list.open(JOB)
    await sheet.go_to_note()
    await desk.type("Uden stempel")
    await desk.press("f2")
    assert not (await desk.stored(10054)).notes[0].stamped


async def test_another_language_is_shown_at_once(desk: Desk) -> None:
    await desk.press("ctrl+e")
    await desk.form.fill("Language", "dansk")
    await desk.press("f2")
    assert i18n.language() == "da"
    assert desk.session.language == "da"
    assert desk.shows("24.11. 09:00")
    assert not desk.shows("24/11")
    on_top = desk.on_top(ActivityListScreen)
    assert on_top.code == "product"


async def test_another_language_from_the_sheet_loses_nothing_that_was_typed(desk: Desk) -> None:
    await desk.list.open(JOB)
    await desk.type("!")
    await desk.press("ctrl+e")
    await desk.form.fill("Language", "dansk")
    await desk.press("f2")
    asked = desk.screen_text()
    assert "lyd er der!" in asked, "the sheet with changes was thrown away with the old language"


async def test_settings_are_the_users_own(open_at: OpenDesk, store: Store) -> None:
    async with open_at(who="BK") as desk:
        await desk.press("ctrl+e")
        await desk.form.fill("Stamp on notes", "no")
        await desk.press("f2")
    async with open_at(who="AH") as desk:
        assert (await _kept(desk)).note_stamp


# -- the first start -------------------------------------------------------------------------------------------


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    """A migrated database without a shop."""
    store = open_database(str(tmp_path / "empty.db"), create=True)
    migrate(store)
    yield store
    store.close()


@pytest.mark.parametrize("language", ["en", "da"])
async def test_two_names_make_a_shop_and_the_list_is_there(empty: Store, language: str) -> None:
    async with open_desk(empty, None, language=language) as desk:
        await desk.type("Petersens Radio")
        await desk.press("tab")
        await desk.type("Åge Petersen")
        await desk.press("tab", "f2")
        assert isinstance(desk.screen, ActivityListScreen), desk.message
        assert desk.session.employee is not None
        assert (desk.session.employee.name, desk.session.employee.initials) == ("Åge Petersen", "ÅP")
        assert desk.session.registers.company.name == "Petersens Radio"
        assert desk.session.language == language


@pytest.mark.parametrize(("filled", "missing"), [("Your name", "Name of the shop"), ("Name of the shop", "Your name")])
async def test_a_missing_name_is_asked_for(empty: Store, filled: str, missing: str) -> None:
    async with open_desk(empty, None) as desk:
        await desk.form.fill(filled, "Noget")
        await desk.press("f2")
        assert isinstance(desk.screen, Welcome)
        assert desk.form.at == missing
        assert desk.form.is_marked(missing)
        assert desk.form.text(filled) == "Noget"
        assert desk.message


async def test_whoever_is_chosen_is_remembered_for_the_system_user(store: Store) -> None:
    async with open_desk(store, None, login="tester") as desk:
        await desk.press("b", "enter")
        assert desk.session.employee is not None
        assert desk.session.employee.initials == "BK"
        assert "Bent Krogh" in desk.title
    from svc_tui.services.core.session import employee_by_login, open_session

    found = employee_by_login(open_session(store, None, "en").registers, "tester")
    assert found is not None
    assert found.initials == "BK"


async def test_who_works_here_can_be_changed(desk: Desk) -> None:
    await desk.list.filter("projektor")
    await desk.press("f10")
    await desk.type("change user")
    await desk.press("enter")
    await desk.press("s", "enter")
    assert "Søren Østergaard" in desk.title
    assert desk.session.employee is not None
    assert desk.session.employee.initials == "SØ"


async def test_giving_up_changing_the_user_goes_back(desk: Desk) -> None:
    await desk.press("f10")
    await desk.type("change user")
    await desk.press("enter", "escape")
    assert "Anna Holm" in desk.title
    assert isinstance(desk.screen, ActivityListScreen)


async def test_the_quick_path_of_the_sheet_goes_through_the_fields_one_added(desk: Desk) -> None:
    await desk.press("ctrl+e")
    await desk.form.fill("Quick: Promised", "yes")
    await desk.press("f2")
    sheet = await desk.list.new()
    met = [sheet.at]
    for _step in range(9):
        await desk.press("tab")
        met.append(sheet.at)
    assert met[6:9] == ["Device", "Promised", "Part"]
    assert (await _kept(desk)).own_path == ("promised_at",)


async def test_the_program_begins_with_the_list_one_chose(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        await desk.press("ctrl+e")
        await desk.form.fill("Begins with", "all")
        await desk.press("f2")
        kept = await _kept(desk)
        assert kept.start_list == "all"
    async with open_at(settings=kept) as desk:
        assert desk.list.screen.code == "all"
    async with open_at(settings=kept._replace(start_list="gone")) as desk:
        assert desk.list.screen.code == "product"


async def test_the_program_begins_with_the_dashboard_where_one_chose_it(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        await desk.press("ctrl+e")
        await desk.form.fill("Begins with", "Dashboard")
        await desk.press("f2")
        kept = await _kept(desk)
    async with open_at(settings=kept) as desk:
        assert desk.title.startswith("Dashboard")
