"""What others commit is noticed: exactly, by whom, on both databases, also after the server cut the line."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from svc_tui.db.core import watch
from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.people_models import Contact
from svc_tui.db.core.shop_models import ActivityStatus, UserSetting
from svc_tui.domain.errors import DatabaseTrouble
from svc_tui.domain.news import News
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.bulk import at_once
from svc_tui.services.jobs.job_edits import Edit
from tests.db.jobs import changed, contact, job, new_edit

PATIENCE = 10.0
"""Seconds until news that does not come is a failure; it takes a tenth of one, but the machine may be busy."""

Pair = tuple[Session, Session]


class Ear:
    """Hears what a watch tells."""

    def __init__(self, store: Store) -> None:
        self.heard: list[News] = []
        self.troubles: list[DatabaseTrouble] = []
        self._something = threading.Condition()
        self.watch = watch.watch(store, self._told, self._troubled, watch.newest(store))

    def _told(self, news: News) -> None:
        with self._something:
            self.heard.append(news)
            self._something.notify_all()

    def _troubled(self, trouble: DatabaseTrouble) -> None:
        with self._something:
            self.troubles.append(trouble)
            self._something.notify_all()

    @property
    def all(self) -> News:
        """Everything so far as one."""
        found = News()
        for news in self.heard:
            found = found.and_then(news)
        return found

    def wait(self, condition: Callable[[News], object]) -> News:
        """Wait until what was heard so far satisfies a condition; gives it."""
        with self._something:
            assert self._something.wait_for(lambda: condition(self.all), PATIENCE), self.heard
            return self.all

    def wait_for_trouble(self) -> DatabaseTrouble:
        with self._something:
            assert self._something.wait_for(lambda: self.troubles, PATIENCE)
            return self.troubles[0]


@pytest.fixture
def listening(two_sessions: Pair) -> Iterator[tuple[Ear, Session, Session]]:
    """Anna's session with its watch, and Bent's."""
    anna, bent = two_sessions
    ear = Ear(anna.store)
    ear.watch.start()
    yield ear, anna, bent
    ear.watch.stop()


Listening = tuple[Ear, Session, Session]


def test_a_save_of_somebody_else_is_told_with_the_job_and_who_it_was(listening: Listening) -> None:
    ear, _, bent = listening
    sheet = job(bent)
    news = ear.wait(lambda told: told.activities)
    assert (news.activities, news.by, news.everything) == ({sheet.id}, {sheet.id: bent.employee.id}, False)  # type: ignore[union-attr]
    assert "activity" in news.tables


def test_what_one_commits_oneself_is_no_news(listening: Listening) -> None:
    ear, anna, bent = listening
    mine = job(anna)
    at_once(anna, [mine.id], Edit("done"))  # type: ignore[list-item]
    theirs = job(bent)
    assert ear.wait(lambda told: told.activities).activities == {theirs.id}


def test_a_save_that_was_refused_leaves_its_id_to_somebody_elses(listening: Listening) -> None:
    """SQLite gives the id of a change set that was rolled back to the next one."""
    ear, anna, bent = listening
    with pytest.raises(RuntimeError):
        _refused(anna)
    theirs = job(bent)
    assert ear.wait(lambda told: told.activities).activities == {theirs.id}


def _refused(session: Session) -> None:
    with change_set(session.store, None, "test.refused") as changes:
        changes.insert(Contact, {"number": 1, "name": "Ingen", "name_key": "ingen"})
        changes.finish()
        raise RuntimeError


def test_a_job_with_notes_lines_and_links_is_told_when_only_they_changed(listening: Listening) -> None:
    ear, _, bent = listening
    sheet = job(bent)
    ear.wait(lambda told: sheet.id in told.activities)
    ear.heard.clear()
    at_once(bent, [sheet.id], Edit("note", "Kunden har ringet"))  # type: ignore[list-item]
    news = ear.wait(lambda told: told.activities)
    assert news.activities == {sheet.id}
    assert news.tables == {"activity_note"}
    assert news.rows
    assert not news.registers


def test_other_tables_are_told_by_name(listening: Listening) -> None:
    ear, anna, bent = listening
    contact(bent, "Karla Friis")
    assert ear.wait(lambda told: told.tables).rows
    ear.heard.clear()
    with change_set(bent.store, None, "status.save") as changes:
        changes.update(ActivityStatus, anna.registers.statuses[0].id, {"name": "Nyt navn"})
    assert ear.wait(lambda told: told.registers).tables == {"activity_status"}
    ear.heard.clear()
    with change_set(bent.store, None, "settings.save") as changes:
        changes.insert(UserSetting, {"employee": bent.employee.id, "name": "x", "value": "1"})  # type: ignore[union-attr]
    news = ear.wait(lambda told: told.tables)
    assert not news.rows


def test_a_bulk_act_is_not_told_job_by_job(listening: Listening) -> None:
    ear, _, bent = listening
    ids = [job(bent, f"Emne {place}").id for place in range(3)]
    ear.wait(lambda told: told.activities >= set(ids))
    ear.heard.clear()
    with change_set(bent.store, None, "activity.bulk") as changes:
        for place in range(watch.MOST_ROWS + 1):
            activities.add_note(changes, ids[place % 3] or 0, f"Note {place}", stamped=True)
    assert ear.wait(lambda told: told.everything).activities == frozenset()


def test_commits_between_the_first_rows_and_the_watch_are_told(two_sessions: Pair) -> None:
    anna, bent = two_sessions
    job(bent)
    ear = Ear(anna.store)
    theirs = job(bent, "Imens")
    ear.watch.start()
    assert ear.wait(lambda told: told.activities).activities == {theirs.id}
    ear.watch.stop()


def test_nothing_is_missed_of_three_hundred_commits_of_four_writers(listening: Listening, database_url: str) -> None:
    ear, _, bent = listening
    saved: list[int] = []
    threads = [threading.Thread(target=_saves, args=(database_url, bent, saved)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(saved) == 300
    news = ear.wait(lambda told: told.activities >= set(saved))
    assert not news.everything
    assert news.activities == set(saved)


def _saves(url: str, who: Session, saved: list[int]) -> None:
    store = open_database(url)
    session = open_session(store, who.employee, "da")
    for _ in range(75):
        saved.append(activities.save(session, new_edit(session)).id)
    store.close()


# -- a server that goes away -------------------------------------------------------------------------------------------


def test_a_cut_line_to_the_server_is_mended_and_anything_may_have_changed(listening: Listening) -> None:
    ear, anna, bent = listening
    if anna.store.dialect == "sqlite":
        pytest.skip("SQLite has no line to cut")
    first = job(bent)
    ear.wait(lambda told: first.id in told.activities)
    ear.heard.clear()
    _cut(bent.store)
    ear.wait(lambda told: told.everything)
    second = job(bent, "Bagefter")
    ear.wait(lambda told: second.id in told.activities)
    assert ear.troubles == []


def _cut(store: Store) -> None:
    cut = store.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'svc-tui watch' AND datname = current_database()"
    )
    assert cut == [(True,)]


def test_a_server_that_comes_back_with_an_older_state_is_told(listening: Listening) -> None:
    """Another server took over that had not heard of the last act; PostgreSQL calls saved what only one has."""
    ear, anna, bent = listening
    if anna.store.dialect == "sqlite":
        pytest.skip("SQLite has no line to cut")
    first = job(anna, "Det sidste")
    for table in ("change", "change_set"):
        bent.store.peewee.execute_sql(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    bent.store.peewee.execute_sql(f'DELETE FROM "change" WHERE activity_id = {first.id}')
    bent.store.peewee.execute_sql("DELETE FROM change_set WHERE id = (SELECT max(id) FROM change_set)")
    _cut(bent.store)
    assert "an older state of the shop" in str(ear.wait_for_trouble())
    ear.heard.clear()
    _cut(bent.store)
    ear.wait(lambda told: told.everything)
    assert len(ear.troubles) == 1


def test_a_server_that_stays_away_is_told_once(listening: Listening, monkeypatch: pytest.MonkeyPatch) -> None:
    ear, anna, bent = listening
    if anna.store.dialect == "sqlite":
        pytest.skip("SQLite has no line to cut")
    first = job(bent)
    ear.wait(lambda told: first.id in told.activities)
    ear.heard.clear()
    url = anna.store.url
    anna.store.url = url.replace("svc_test", "svc_gone")
    _cut(bent.store)
    assert "cannot be reached" in str(ear.wait_for_trouble())
    anna.store.url = url
    ear.wait(lambda told: told.everything)
    assert len(ear.troubles) == 1


def test_what_was_never_notified_is_found_by_the_look(two_sessions: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """As behind a pooler that passes no notifications."""
    anna, bent = two_sessions
    if anna.store.dialect == "sqlite":
        pytest.skip("SQLite is always looked at")
    monkeypatch.setattr(watch, "NET_EVERY", 0.1)
    monkeypatch.setattr(watch, "CHANNEL", "nothing_comes_here")
    ear = Ear(anna.store)
    ear.watch.start()
    for place in range(5):
        sheet = job(bent, f"Emne {place}")
        ear.wait(lambda told, sheet=sheet: sheet.id in told.activities)  # type: ignore[misc]
    ear.watch.stop()
    assert sorted(found for news in ear.heard for found in news.activities) == sorted(ear.all.activities)


# -- a file that is not what it was ------------------------------------------------------------------------------------


def test_a_file_that_was_moved_away_is_told_once(listening: Listening) -> None:
    ear, anna, _ = listening
    if anna.store.path is None:
        pytest.skip("a server has no file here")
    anna.store.path.rename(anna.store.path.with_name("moved.db"))
    assert "moved or replaced" in str(ear.wait_for_trouble())
    time.sleep(3 * watch.LOOK_EVERY)
    assert len(ear.troubles) == 1


def test_a_backup_that_was_put_back_changes_everything(listening: Listening) -> None:
    ear, anna, bent = listening
    if anna.store.dialect == "postgresql":
        pytest.skip("a server's backups are put back by its own tools")
    before = job(bent)
    ear.wait(lambda told: told.activities)
    backup = anna.store.path.with_name("backup.db")  # type: ignore[union-attr]
    bent.store.sql(f"VACUUM INTO '{backup}'")
    activities.save(bent, changed(before, subject="Efter"))
    ear.wait(lambda told: len(ear.heard) > 1)
    ear.heard.clear()
    copy = open_database(str(backup))
    copy.peewee.connection().backup(bent.store.peewee.connection())
    copy.close()
    ear.wait(lambda told: told.everything)


def test_a_watch_that_is_stopped_leaves_no_connection(two_sessions: Pair) -> None:
    anna, bent = two_sessions
    ear = Ear(anna.store)
    ear.watch.start()
    theirs = job(bent)
    ear.wait(lambda told: theirs.id in told.activities)
    ear.watch.stop()
    assert not ear.watch._thread.is_alive()
    if anna.store.dialect == "postgresql":
        alive = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'svc-tui watch'"
        deadline = time.monotonic() + PATIENCE
        while bent.store.sql(f"{alive} AND datname = current_database()") != [(0,)]:
            assert time.monotonic() < deadline
