"""A file of this very shop is copied over the open one, of the same generation: no header tells it from work."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.db.core.file_state import Header
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import DatabaseTrouble
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.jobs import activities
from tests.db.jobs import changed, job
from tests.db.test_watch import Ear

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

COPIED_OVER = "Another file was copied over"


class Desk:
    """A session with its file, and a watch that looks at it."""

    def __init__(self, session: Session, ear: Ear) -> None:
        assert session.store.path is not None
        self.session, self.store, self.path, self.ear = session, session.store, session.store.path, ear

    def copy(self, name: str) -> Path:
        """`cp` of the file as it is now, with all that was done."""
        self.store.checkpoint()
        return cp(self.path, self.path.parent / name)

    def put_over(self, copy: Path) -> None:
        """`cp` of a copy over the open file."""
        cp(copy, self.path)

    @property
    def header(self) -> Header:
        """The header of the open file."""
        return Header.of(self.store.descriptor)


@pytest.fixture
def desk(shop: Session) -> Iterator[Desk]:
    ear = Ear(shop.store)
    ear.watch.start()
    job(shop, "Fra før")
    yield Desk(shop, ear)
    ear.watch.stop()


def cp(source: Path, target: Path) -> Path:
    """In a process of its own: closing a file that is open here would drop SQLite's locks on it."""
    subprocess.run(["cp", source, target], check=True)
    return target


def header(path: Path) -> Header:
    with path.open("rb") as file:
        return Header.of(file.fileno())


def work_in(copy: Path) -> Path:
    """Somebody works in a copy of the shop, and tidies it up."""
    store = open_database(str(copy))
    session = open_session(store, None, "da")
    session.employee = session.registers.employees[0]
    job(session, "I en kopi")
    store.sql("VACUUM")
    store.close()
    return copy


def only_changed_in_place(desk: Desk) -> None:
    """Acts that make the file no longer: the header is then as it was."""
    sheet = job(desk.session, "Rettes")
    copy = desk.copy("old.db")
    before = desk.header
    activities.save(desk.session, changed(sheet, subject="Rettet"))
    desk.store.checkpoint()
    assert desk.header == before
    desk.put_over(copy)


def an_older_copy(desk: Desk) -> None:
    copy = desk.copy("old.db")
    for number in range(5):
        job(desk.session, f"Siden {number}")
    desk.store.checkpoint()
    desk.put_over(copy)


def a_copy_that_somebody_worked_in(desk: Desk) -> None:
    copy = desk.copy("other.db")
    while header(copy).counter <= desk.header.counter + 1:
        work_in(copy)
    job(desk.session, "Siden")
    desk.store.checkpoint()
    assert header(copy).counter > desk.header.counter
    assert header(copy).generation == desk.header.generation
    desk.put_over(copy)


def a_busier_copy_while_what_was_saved_is_in_the_log(desk: Desk) -> None:
    copy = work_in(desk.copy("other.db"))
    job(desk.session, "Siden")
    desk.put_over(copy)


def a_copy_of_a_log_begun_anew(desk: Desk) -> None:
    copy = work_in(desk.copy("other.db"))
    for number in range(5):
        job(desk.session, f"Siden {number}")
        desk.store.checkpoint()
    desk.put_over(copy)


KINDS = (
    only_changed_in_place, an_older_copy, a_copy_that_somebody_worked_in,
    a_busier_copy_while_what_was_saved_is_in_the_log, a_copy_of_a_log_begun_anew,
)  # fmt: skip


@pytest.mark.parametrize("act", KINDS, ids=[kind.__name__ for kind in KINDS])
def test_it_is_told_at_once_and_nothing_more_is_called_saved(desk: Desk, act: Callable[[Desk], None]) -> None:
    act(desk)
    assert COPIED_OVER in str(desk.ear.wait_for_trouble())
    with pytest.raises(DatabaseTrouble, match=COPIED_OVER):
        job(desk.session, "Bagefter")


@pytest.mark.parametrize("act", KINDS, ids=[kind.__name__ for kind in KINDS])
def test_whoever_writes_first_is_refused_though_nobody_has_looked_yet(
    shop: Session, act: Callable[[Desk], None]
) -> None:
    desk = Desk(shop, Ear(shop.store))
    act(desk)
    with pytest.raises(DatabaseTrouble, match=COPIED_OVER):
        job(shop, "Bagefter")


def test_what_a_stranger_covered_up_is_told_by_the_acts_that_are_gone(shop: Session) -> None:
    """Who comes later knows of nothing, works on and moves the log before anybody looks."""
    desk = Desk(shop, Ear(shop.store))
    copy = desk.copy("old.db")
    for number in range(3):
        job(shop, f"Siden {number}")
    desk.store.checkpoint()
    desk.put_over(copy)
    work_in(desk.path)
    stranger = open_database(str(desk.path))
    stranger.checkpoint()
    stranger.close()
    desk.ear.watch.start()
    desk.ear.wait_for_trouble()
    with pytest.raises(DatabaseTrouble, match=COPIED_OVER):
        job(shop, "Bagefter")
    desk.ear.watch.stop()


def test_after_it_was_told_it_stays_so_whoever_works_on(desk: Desk) -> None:
    a_copy_that_somebody_worked_in(desk)
    desk.ear.wait_for_trouble()
    work_in(desk.path)
    with pytest.raises(DatabaseTrouble, match=COPIED_OVER):
        job(desk.session, "Bagefter")


def test_a_touched_file_and_the_same_content_are_no_trouble(desk: Desk) -> None:
    for _ in range(3):
        job(desk.session, "Mere")
        os.utime(desk.path)
        os.utime(desk.path, (0, 0))
        desk.put_over(desk.copy("same.db"))
        assert desk.store.is_in_place()
    assert not desk.ear.troubles


def test_a_copy_of_what_lies_in_the_file_takes_nothing_from_what_stands_in_its_log(desk: Desk) -> None:
    copy = desk.copy("old.db")
    numbers = [job(desk.session, f"Siden {number}").number for number in range(3)]
    desk.put_over(copy)
    job(desk.session, "Bagefter")
    desk.store.checkpoint()
    assert not desk.ear.troubles
    assert not list(findings(desk.store))
    marks = ",".join("?" * len(numbers))
    assert desk.store.sql(f"SELECT count(*) FROM activity WHERE number IN ({marks})", numbers) == [(3,)]


def test_work_and_moving_the_log_are_no_trouble_to_anybody(desk: Desk) -> None:
    other = open_database(str(desk.path))
    bent = open_session(other, desk.session.employee, "da")
    for number in range(30):
        job(bent if number % 2 else desk.session, f"Sag {number}")
        (other if number % 3 else desk.store).checkpoint()
        assert desk.store.is_in_place()
        assert other.is_in_place()
    other.sql("VACUUM")
    other.checkpoint()
    job(desk.session, "Efter oprydning")
    other.close()
    assert not desk.ear.troubles


def test_the_shop_opened_through_a_link_is_looked_at_as_well(desk: Desk, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(desk.path)
    store = open_database(str(link))
    session = open_session(store, desk.session.employee, "da")
    copy = work_in(desk.copy("other.db"))
    job(session, "Gennem en genvej")
    desk.put_over(copy)
    with pytest.raises(DatabaseTrouble, match=COPIED_OVER):
        job(session, "Bagefter")
    store.close()
