"""The answer to a commit is lost: nobody is told that nothing was saved, nothing is done twice or dropped."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import peewee
import pytest

from svc_tui.db.core.changes import Values
from svc_tui.db.core.engine import open_database
from svc_tui.domain import registers as shop_registers
from svc_tui.domain.entries import Register
from svc_tui.domain.errors import Conflict, DatabaseTrouble, DoneAlready, NotFound, Unclear
from svc_tui.domain.records import LinkRecord, LinkRole
from svc_tui.screens.shell.attempts import Attempts
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.filters import views
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities, bulk, links
from svc_tui.services.jobs.bulk import Edit, Selection, at_once
from svc_tui.services.jobs.lines import free_line
from svc_tui.services.people import contacts, merging, register_edits, registers, settings
from svc_tui.services.people.contacts import NewContact
from svc_tui.services.reports import next_jobs
from svc_tui.services.stock.devices import NewDevice
from tests.db.jobs import contact, count, job, new_edit
from tests.db.lost_answers import line_to

T = TypeVar("T")


class Losing:
    """A session on a line that loses answers, beside one that sees what is stored."""

    def __init__(self, session: Session, lose: Callable[[], None], restore: Callable[[], None]) -> None:
        self.session = session
        self.lose = lose
        """The answer to the next commit is lost, and the database is away until `restore`."""
        self.restore = restore


@pytest.fixture
def losing(shop: Session, request: pytest.FixtureRequest) -> Iterator[Losing]:
    """Anna Holm's session, whose next commit is made and not answered; on PostgreSQL over a line that is cut."""
    if shop.store.dialect == "sqlite":
        with pytest.MonkeyPatch.context() as patch:
            yield _losing_file(shop, patch)
        return
    folder = Path(tempfile.mkdtemp(prefix="svc-line-"))
    with line_to(shop.store.url, folder) as line:
        store = open_database(line.url)
        store.unclear.patience = 0.0
        session = open_session(store, shop.employee, "da")
        yield Losing(session, lambda: line.swallow_the_next_commit(and_stay_cut=True), line.restore)
        store.close()
    shutil.rmtree(folder)


def _losing_file(shop: Session, patch: pytest.MonkeyPatch) -> Losing:
    """A file whose next commit fails after the fact, and that cannot be read until it is restored."""
    database, state = shop.store.peewee, {"lose": False, "away": False}
    commit, sql = database.commit, shop.store.sql

    def losing_commit() -> Any:
        done = commit()
        if state["lose"]:
            state.update(lose=False, away=True)
            raise peewee.OperationalError("disk I/O error")
        return done

    def away(*args: Any) -> Any:
        if state["away"]:
            with shop.store.troubles():
                raise peewee.OperationalError("disk I/O error")
        return sql(*args)

    patch.setattr(database, "commit", losing_commit)
    patch.setattr(shop.store, "sql", away)
    return Losing(shop, lambda: state.update(lose=True), lambda: state.update(away=False))


def told_unclear(losing: Losing, act: Callable[[], object]) -> None:
    """Do an act whose answer is lost; then the database is back."""
    losing.lose()
    with pytest.raises(Unclear, match="it is not known yet whether it was saved"):
        act()
    losing.restore()


def stored(shop: Session) -> activities.Sheet:
    [(job_id,)] = shop.store.sql("SELECT id FROM activity")
    return activities.open_sheet(shop, job_id)


# -- one key, two contents ---------------------------------------------------------------------------------------


def test_what_is_typed_after_a_lost_answer_is_saved(losing: Losing, shop: Session) -> None:
    edit = new_edit(shop, "Intet billede")
    told_unclear(losing, lambda: activities.save(losing.session, edit))
    newer = replace(edit, values=edit.values | {"subject": "Intet billede, men lyd", "fault_told": "Siden i går"})
    saved = activities.save(losing.session, newer)
    assert saved.number == stored(shop).number
    assert stored(shop).values["subject"] == "Intet billede, men lyd"
    assert stored(shop).values["fault_told"] == "Siden i går"
    assert count(shop.store, "activity") == 1
    assert not losing.session.store.unclear


def test_the_same_content_is_saved_once_however_often_it_is_tried(losing: Losing, shop: Session) -> None:
    edit = new_edit(shop, lines=[free_line("Kabel", -1, 0)], note="Modtaget")
    told_unclear(losing, lambda: activities.save(losing.session, edit))
    acts = count(shop.store, "change_set")
    for _ in range(3):
        activities.save(losing.session, edit)
    assert count(shop.store, "change_set") == acts
    assert (len(stored(shop).lines), len(stored(shop).notes)) == (1, 1)


def test_rows_and_notes_added_after_a_lost_answer_are_saved_beside_the_first(losing: Losing, shop: Session) -> None:
    owner = contact(shop, "Jensen")
    link = LinkRecord(-1, owner.id, None, LinkRole.OTHER, owner.name, owner.number, "", "")
    first, second = free_line("Kabel", -1, 0), free_line("Stik", -2, 1)
    edit = new_edit(shop, links=[link], lines=[first, second], note="Modtaget")
    told_unclear(losing, lambda: activities.save(losing.session, edit))
    newer = replace(
        edit,
        links=(link._replace(role=LinkRole.SUPPLIER),),
        lines=(first, second._replace(planned=3000), free_line("Arbejde", -3, 2)),
        new_note="Modtaget\nRinger tirsdag",
    )
    for _ in range(2):  # the second time all of it is in
        activities.save(losing.session, newer)
    sheet = stored(shop)
    assert [(line.text, line.planned) for line in sheet.lines] == [("Kabel", 1000), ("Stik", 3000), ("Arbejde", 1000)]
    assert [entry.text for entry in sheet.notes] == ["Ringer tirsdag", "Modtaget"]
    assert [(entry.contact_id, entry.role) for entry in sheet.links] == [(owner.id, LinkRole.SUPPLIER)]


def test_a_device_registered_with_a_lost_answer_is_registered_once(losing: Losing, shop: Session) -> None:
    edit = replace(new_edit(shop), new_device=NewDevice("Sony", "KD-49X", ""))
    told_unclear(losing, lambda: activities.save(losing.session, edit))
    activities.save(losing.session, replace(edit, values=edit.values | {"subject": "Ingen lyd"}))
    assert count(shop.store, "device") == 1
    assert stored(shop).device is not None
    assert stored(shop).values["subject"] == "Ingen lyd"


def test_a_change_of_a_job_goes_on_after_a_lost_answer(losing: Losing, shop: Session) -> None:
    sheet = job(shop, "Intet billede", lines=[free_line("Kabel", -1, 0)])
    edit = activities.SheetEdit(sheet, sheet.values | {"subject": "Ingen lyd"}, sheet.links, sheet.lines, "A")
    told_unclear(losing, lambda: activities.save(losing.session, edit))
    newer = replace(edit, values=edit.values | {"subject": "Ingen lyd, intet billede"}, lines=(), new_note="A")
    activities.save(losing.session, newer)
    assert stored(shop).values["subject"] == "Ingen lyd, intet billede"
    assert (stored(shop).lines, [entry.text for entry in stored(shop).notes]) == ((), ["A"])


def test_others_changes_after_a_lost_answer_are_merged_and_never_overwritten(losing: Losing, shop: Session) -> None:
    edit = new_edit(shop, "Intet billede", project="Stuen")
    told_unclear(losing, lambda: activities.save(losing.session, edit))
    sheet = stored(shop)
    theirs: Values = {"project": "Kælderen", "fault_told": "Ryger"}
    activities.save(shop, activities.SheetEdit(sheet, sheet.values | theirs, sheet.links, sheet.lines))
    newer = replace(edit, values=edit.values | {"subject": "Ingen lyd"})
    saved = activities.save(losing.session, newer)
    assert set(saved.merged) == {"project", "fault_told"}
    assert {name: stored(shop).values[name] for name in theirs} == theirs
    with pytest.raises(Conflict):
        activities.save(losing.session, replace(newer, values=newer.values | {"project": "Loftet"}))
    assert stored(shop).values["project"] == "Kælderen"


def test_the_second_save_too_may_lose_its_answer(losing: Losing, shop: Session) -> None:
    edit = new_edit(shop, "1", lines=[free_line("Kabel", -1, 0)])
    told_unclear(losing, lambda: activities.save(losing.session, edit))
    second = replace(edit, values=edit.values | {"subject": "2"}, lines=(*edit.lines, free_line("Stik", -2, 1)))
    told_unclear(losing, lambda: activities.save(losing.session, second))
    third = replace(second, values=second.values | {"subject": "3"}, lines=(*second.lines, free_line("Arbejde", -3, 2)))
    activities.save(losing.session, third)
    assert stored(shop).values["subject"] == "3"
    assert [line.text for line in stored(shop).lines] == ["Kabel", "Stik", "Arbejde"]


# -- the other acts ----------------------------------------------------------------------------------------------


def test_while_it_is_not_known_nothing_else_is_written(losing: Losing, shop: Session) -> None:
    edit = new_edit(shop)
    losing.lose()
    with pytest.raises(Unclear):
        activities.save(losing.session, edit)
    with pytest.raises(Unclear):
        activities.save(losing.session, edit)
    with pytest.raises(Unclear):
        contacts.create(losing.session, NewContact("Ørum Radio"))
    losing.restore()
    contacts.create(losing.session, NewContact("Ørum Radio"))
    assert (count(shop.store, "activity"), count(shop.store, "contact")) == (1, 1)


def test_an_undo_tried_again_does_not_undo_another_act(losing: Losing, shop: Session) -> None:
    morning = job(losing.session, "Om morgenen")
    job(losing.session, "Nu")
    told_unclear(losing, lambda: undo.undo_last(losing.session))
    with pytest.raises(DoneAlready, match="only the answer had been lost"):
        undo.undo_last(losing.session)
    assert [row[0] for row in shop.store.sql("SELECT subject FROM activity")] == ["Om morgenen"]
    assert activities.open_sheet(shop, morning.id or 0).values["subject"] == "Om morgenen"


def test_a_bulk_note_tried_again_is_not_written_twice(losing: Losing, shop: Session) -> None:
    jobs = [job(shop, name).id or 0 for name in ("A", "B", "C", "D")]
    planned = bulk.plan(losing.session, Selection(tuple(jobs)), Edit("note", "Ringet"))
    told_unclear(losing, lambda: bulk.carry_out(losing.session, planned))
    anew = bulk.plan(losing.session, Selection(tuple(jobs)), Edit("note", "Ringet"))
    with pytest.raises(DoneAlready):
        bulk.carry_out(losing.session, anew)
    assert bulk.carry_out(losing.session, planned).changed == 4
    assert count(shop.store, "activity_note") == 4


def test_a_contact_and_a_view_that_are_corrected_after_a_lost_answer_are_one(losing: Losing, shop: Session) -> None:
    told_unclear(losing, lambda: contacts.create(losing.session, NewContact("Jensn", "86 12 34 56"), "contact"))
    for name in ("Jensen", "Jensen ApS"):
        created = contacts.create(losing.session, NewContact(name, "86 12 34 56"), "contact")
        assert (created.name, created.phone) == (name, "86 12 34 56")
    assert count(shop.store, "contact") == 1
    told_unclear(losing, lambda: views.save(losing.session, views.ViewDraft("Mine", "Intet"), "view"))
    assert views.save(losing.session, views.ViewDraft("Mine", "Ingen"), "view").name == "Mine"
    assert shop.store.sql("SELECT text FROM saved_view") == [("Ingen",)]


def test_every_act_is_in_once_when_its_attempt_is_tried_again(losing: Losing, shop: Session) -> None:
    """The attempt is what a screen repeats: the same service with the same arguments."""
    sheet = job(shop)
    other = contact(shop, "Ørum Radio")
    attempts: list[tuple[str, Callable[[], object]]] = [
        ("contact", lambda: contacts.create(losing.session, NewContact("Jensen"))),
        ("activity_note", lambda: at_once(losing.session, [sheet.id or 0], Edit("note", "Ringet"))),
        ("activity_link", lambda: links.add(losing.session, sheet.id or 0, other.id, None, LinkRole.OTHER)),
        ("saved_view", lambda: views.save(losing.session, views.ViewDraft("Mine", "Intet"))),
        ("activity_list", lambda: registers.add_list(losing.session, "Reoler")),
        ("user_setting", lambda: settings.save(losing.session, settings.UserSettings(note_stamp=False))),
    ]
    for table, act in attempts:
        before, key = count(shop.store, table), f"key of {table}"

        def attempt(act: Callable[[], object] = act, key: str = key) -> None:
            with losing.session.attempt(key):
                act()

        told_unclear(losing, attempt)
        with losing.session.attempt(key), pytest.raises(DoneAlready, match="only the answer"):
            losing.session.require_not_done(key)
        assert count(shop.store, table) == before + 1
        losing.session.store.unclear.clear()


# -- what a screen asks for again --------------------------------------------------------------------------------


class Screen:
    """What a screen asks of the services, as it asks them."""

    def __init__(self, losing: Losing) -> None:
        self._losing = losing
        self._attempts = Attempts()

    def ask(self, service: Callable[..., T], *args: Any) -> T:
        session = self._losing.session
        return asyncio.run(self._attempts.ask(session.store, session, service, *args))


@pytest.fixture
def screen(losing: Losing) -> Screen:
    return Screen(losing)


Acts = Callable[[Session], tuple[Callable[..., object], tuple[object, ...], str]]
"""Makes what is needed; gives a service, what it is asked with, and a query that differs when it is done twice."""


def moved_up(session: Session) -> tuple[Callable[..., object], tuple[object, ...], str]:
    for name in ("Reoler", "Kælder"):
        registers.add_list(session, name)
    session.reload_registers()
    last = session.registers.lists[-1]
    asked = (shop_registers.Register.LIST, last.id, -1)
    return register_edits.move, asked, "SELECT name FROM activity_list ORDER BY position, id"


def added_to_a_register(session: Session) -> tuple[Callable[..., object], tuple[object, ...], str]:
    return registers.add_list, ("Reoler",), "SELECT count(*) FROM activity_list"


def merged(session: Session) -> tuple[Callable[..., object], tuple[object, ...], str]:
    plan = merging.plan(session, Register.CONTACTS, contact(session, "Ørum").id, contact(session, "Ørum Radio").id)
    return merging.carry_out, (plan, {}), "SELECT count(*) FROM contact"


def taken(session: Session) -> tuple[Callable[..., object], tuple[object, ...], str]:
    sheet = job(session)
    return next_jobs.take, (sheet.id,), "SELECT count(*) FROM change_set WHERE act = 'activity.take'"


KINDS: tuple[Acts, ...] = (moved_up, added_to_a_register, merged, taken)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.__name__ for kind in KINDS])
def test_whatever_a_screen_asks_for_again_is_told_and_done_once(
    losing: Losing, screen: Screen, shop: Session, kind: Acts
) -> None:
    service, asked, query = kind(shop)
    losing.session.reload_registers()
    told_unclear(losing, lambda: screen.ask(service, *asked))
    once = shop.store.sql(query)
    with pytest.raises(DoneAlready, match="only the answer had been lost"):
        screen.ask(service, *asked)
    assert shop.store.sql(query) == once


def test_it_is_told_once_and_whoever_asks_a_third_time_means_it(losing: Losing, screen: Screen, shop: Session) -> None:
    sheet = job(shop)
    note = (at_once, [sheet.id or 0], Edit("note", "Ringet"))
    told_unclear(losing, lambda: screen.ask(*note))
    with pytest.raises(DoneAlready):
        screen.ask(*note)
    screen.ask(*note)
    assert count(shop.store, "activity_note") == 2


def test_a_choice_that_was_changed_since_is_another_act(losing: Losing, screen: Screen, shop: Session) -> None:
    """The screen goes on changing the very table it asked with."""
    one, other = contact(shop, "Ørum"), contact(shop, "Ørum Radio")
    plan = merging.plan(losing.session, Register.CONTACTS, one.id, other.id)
    choices: dict[str, bool] = {}
    told_unclear(losing, lambda: screen.ask(merging.carry_out, plan, choices))
    choices["name"] = True
    with pytest.raises(NotFound):
        screen.ask(merging.carry_out, plan, choices)
    assert shop.store.sql("SELECT name FROM contact") == [("Ørum",)]


def test_a_reading_after_the_commit_that_fails_does_not_do_it_twice(
    losing: Losing, screen: Screen, shop: Session
) -> None:
    sheet = job(shop)

    def note_and_read(session: Session) -> None:
        at_once(session, [sheet.id or 0], Edit("note", "Ringet"))
        if count(shop.store, "activity_note") == 1:
            raise DatabaseTrouble("The line is cut.")

    with pytest.raises(DatabaseTrouble, match="cut"):
        screen.ask(note_and_read)
    with pytest.raises(DoneAlready):
        screen.ask(note_and_read)
    assert count(shop.store, "activity_note") == 1


# -- an answer that is only late ---------------------------------------------------------------------------------


def test_an_act_is_looked_up_at_once_where_the_database_answers(shop: Session, tmp_path: Path) -> None:
    if shop.store.dialect == "sqlite":
        pytest.skip("a file has no line")
    folder = Path(tempfile.mkdtemp(prefix="svc-line-"))
    with line_to(shop.store.url, folder) as line:
        store = open_database(line.url)
        session = open_session(store, shop.employee, "da")
        line.swallow_the_next_commit()
        number = activities.save(session, new_edit(shop)).number
        assert line.swallowed.is_set()
        assert stored(shop).number == number
        store.close()
    shutil.rmtree(folder)


def test_a_reading_never_says_that_nothing_was_saved(losing: Losing, shop: Session) -> None:
    """It may be the reading after a save."""
    told: list[str] = []
    losing.lose()
    with pytest.raises(Unclear):
        activities.save(losing.session, new_edit(shop))
    with pytest.raises(DatabaseTrouble) as trouble:
        activities.open_sheet(losing.session, 1)
    told.append(str(trouble.value))
    losing.restore()
    assert "othing was saved" not in told[0]
