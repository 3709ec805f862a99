"""The commands that are killed in `killed_acts`: what each begins with, and what may be there after it was killed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from svc_tui.db.core.changes import new_operation_key
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.upkeep import backup, migrate
from svc_tui.db.upkeep.copies import PREFIX
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.migrate import pending
from svc_tui.domain.errors import DomainError
from svc_tui.domain.stock.answers import EVERY, Answer
from svc_tui.services.jobs.bulk import Edit, at_once
from svc_tui.services.people import contacts
from svc_tui.services.people.setup import FIRST_NUMBER
from tests.db.older import older_shop
from tests.soak import crew
from tests.soak.server import Server

T = TypeVar("T")
JOBS = 60
"""Jobs of the shop that a bulk act is done to."""
LINES = 2_500
"""Lines of the file that is imported: three acts."""
ACT_OF = 1_000
"""Lines of the file in one act."""


class Place:
    """Where the shop of a round lies: a fresh copy of a template each time."""

    def __init__(self, folder: Path, found: Server | None) -> None:
        self.folder, self._server = folder, found
        self.round = folder / "round"
        self.template = folder / "template.db"

    @property
    def shop(self) -> Path:
        """The file, where it is one."""
        return self.round / "shop.db"

    @property
    def url(self) -> str:
        """The address of the round's shop."""
        return self._server.url("round") if self._server else str(self.shop)

    @property
    def template_url(self) -> str:
        """The address of the shop that the rounds begin with."""
        return self._server.url("pattern") if self._server else str(self.template)

    def begin(self) -> None:
        """A fresh copy of the template."""
        self.round.mkdir()
        if self._server:
            self._server.do("CREATE DATABASE round TEMPLATE pattern")
        else:
            shutil.copyfile(self.template, self.shop)

    def end(self) -> None:
        """Nothing of the round is left."""
        shutil.rmtree(self.round)
        if self._server:
            self._server.do("DROP DATABASE round WITH (FORCE)")

    def make_template_database(self) -> None:
        """An empty database for the template, where it is no file."""
        if self._server:
            self._server.do("CREATE DATABASE pattern")

    def forget_template(self) -> None:
        """A server keeps nothing."""
        if self._server:
            self._server.do("DROP DATABASE pattern")


class Act:
    """One kind of act."""

    others_save = True
    """Whether somebody saves meanwhile."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def make_template(self) -> None:
        """The shop that every round begins with."""
        self.place.make_template_database()
        crew.prepare(self.place.template_url)
        self._with(self.place.template_url, self._furnish)

    def _furnish(self, store: Store) -> None:
        session = crew.desk(store)
        customer = contacts.search(session, "jensen")[0].id
        for _ in range(JOBS):
            crew.new_job(session, customer, new_operation_key())

    def begin(self) -> None:
        self.place.begin()

    def before_the_kill(self, acknowledged: list[str]) -> None:
        """Somebody has begun to save; the act is to begin now."""

    def arguments(self) -> list[str]:
        """The command line."""
        return ["--database", self.place.url, *self.command()]

    def command(self) -> list[str]:
        raise NotImplementedError

    def took_effect(self) -> bool:
        """Whether the act that was killed is done, or a part of it that counts by itself."""
        raise NotImplementedError

    def is_to_do(self) -> bool:
        """Whether the act is to be done once more, to its end."""
        return True

    def judge(self, acknowledged: list[str]) -> list[str]:
        """What is wrong after the kill."""
        return crew.complaints(self.place.url, acknowledged)

    def judge_the_end(self, acknowledged: list[str]) -> list[str]:
        """What is wrong once the act was done to its end."""
        wrong = crew.complaints(self.place.url, acknowledged) + self._leftovers()
        return wrong if self.took_effect() else [*wrong, "run to its end, it had no effect"]

    def end(self) -> None:
        self.place.end()

    def _leftovers(self) -> list[str]:
        return [f"{path.name} is left" for path in self.place.round.glob(f"{PREFIX}*")]

    def _value(self, sql: str) -> int:
        return self._with(self.place.url, lambda store: int(store.sql(sql)[0][0]))

    @staticmethod
    def _with(url: str, ask: Callable[[Store], T]) -> T:
        store = open_database(url)
        try:
            return ask(store)
        finally:
            store.close()


# -- copies --------------------------------------------------------------------------------------------------------


def _of_copy(path: Path, acknowledged: list[str]) -> list[str]:
    """What is wrong with a copy of a shop."""
    try:
        store = open_database(str(path))
    except DomainError as error:
        return [f"{path.name}: {error}"]
    try:
        wrong = [str(said) for said in findings(store)]
        wrong += [str(row[0]) for row in store.sql("PRAGMA integrity_check") if row[0] != "ok"]
        kept = {row[0] for row in store.sql("SELECT operation_key FROM change_set")}
        lost = sum(key not in kept for key in acknowledged)
        return [f"{path.name}: {said}" for said in [*wrong, *([f"lacks {lost} saves"] if lost else [])]]
    except DomainError as error:
        return [f"{path.name}: {error}"]
    finally:
        store.close()


class Backup(Act):
    """`svc-tui backup`."""

    _before: list[str]

    @property
    def copy(self) -> Path:
        return self.place.round / "backup.db"

    def before_the_kill(self, acknowledged: list[str]) -> None:
        self._before = acknowledged

    def command(self) -> list[str]:
        return ["backup", str(self.copy)]

    def took_effect(self) -> bool:
        return self.copy.exists()

    def is_to_do(self) -> bool:
        self.copy.unlink(missing_ok=True)
        return True

    def judge(self, acknowledged: list[str]) -> list[str]:
        return super().judge(acknowledged) + (_of_copy(self.copy, self._before) if self.copy.exists() else [])

    def judge_the_end(self, acknowledged: list[str]) -> list[str]:
        return super().judge_the_end(acknowledged) + _of_copy(self.copy, acknowledged)


class Restore(Act):
    """`svc-tui restore`, while somebody goes on saving."""

    _generation: int

    @property
    def source(self) -> Path:
        return self.place.folder / "source.db"

    def make_template(self) -> None:
        super().make_template()
        self._with(self.place.template_url, lambda store: backup.back_up(store, self.source))

    def before_the_kill(self, acknowledged: list[str]) -> None:
        self._generation = self._value("PRAGMA user_version")

    def command(self) -> list[str]:
        return ["restore", str(self.source)]

    def took_effect(self) -> bool:
        return self._value("PRAGMA user_version") != self._generation

    def kept(self) -> list[Path]:
        """The copies of the states before."""
        return [
            path for path in self.place.round.glob("shop.db.before-restore-*") if path.suffix not in ("-wal", "-shm")
        ]

    def judge(self, acknowledged: list[str]) -> list[str]:
        wrong = crew.complaints(self.place.url, []) + [said for path in self.kept() for said in _of_copy(path, [])]
        if self.took_effect() and not self.kept():
            wrong.append("restored, and what was there before is nowhere")
        if wrong:
            return wrong
        stored = {key for path in (self.place.shop, *self.kept()) for key in self._keys(path)}
        lost = sum(key not in stored for key in acknowledged)
        return [*wrong, f"{lost} acknowledged saves are neither in the shop nor in a copy"] if lost else wrong

    def judge_the_end(self, acknowledged: list[str]) -> list[str]:
        wrong = self.judge(acknowledged) + self._leftovers()
        return wrong if self.took_effect() else [*wrong, "run to its end, it did not restore"]

    def _keys(self, path: Path) -> list[str]:
        return self._with(
            str(path), lambda store: [row[0] for row in store.sql("SELECT operation_key FROM change_set")]
        )


class Migrate(Act):
    """`svc-tui migrate` of a shop that an earlier version left; on a server the making of the tables."""

    others_save = False

    def make_template(self) -> None:
        self.place.make_template_database()
        if not self.place.url.startswith("postgresql:"):
            older_shop("0005", self.place.folder).rename(self.place.template)

    def command(self) -> list[str]:
        return ["migrate"]

    def took_effect(self) -> bool:
        return not self._with(self.place.url, pending)

    def is_to_do(self) -> bool:
        return not self.took_effect()

    def judge(self, acknowledged: list[str]) -> list[str]:
        copies = [path for path in self.place.round.glob("shop.db.before-*") if path.suffix not in ("-wal", "-shm")]
        wrong = [said for path in copies for said in self._of_old_copy(path)]
        if self.place.shop.exists():
            jobs = self._value("SELECT count(*) FROM activity")
            wrong += [] if jobs == 120 else [f"{jobs} of 120 jobs are there"]
            waiting = self._with(self.place.url, pending)
            before = self._with(str(self.place.template), pending)
            wrong += [] if waiting == before or copies else ["migrated in part, without a copy beside it"]
        return wrong

    def judge_the_end(self, acknowledged: list[str]) -> list[str]:
        wrong = self.judge(acknowledged) + self._leftovers()
        if self._with(self.place.url, pending):
            return [*wrong, "run to its end, it left migrations pending"]
        if not self.place.shop.exists():
            crew.prepare(self.place.url)
        found = self._with(self.place.url, lambda store: [str(said) for said in findings(store)])
        return wrong + found

    def _of_old_copy(self, path: Path) -> list[str]:
        """The copy is of the older schema, which `findings` does not know."""
        try:
            store = open_database(str(path))
        except DomainError as error:
            return [f"{path.name}: {error}"]
        try:
            said = [str(row[0]) for row in store.sql("PRAGMA integrity_check") if row[0] != "ok"]
            jobs = store.sql("SELECT count(*) FROM activity")[0][0]
            return [f"{path.name}: {each}" for each in [*said, *([] if jobs == 120 else [f"{jobs} jobs"])]]
        except Exception as error:
            return [f"{path.name}: {error}"]
        finally:
            store.close()


# -- acts of people ------------------------------------------------------------------------------------------------


class Import(Act):
    """`svc-tui import contacts`: an act for every thousand lines."""

    @property
    def file(self) -> Path:
        return self.place.folder / "contacts.csv"

    def make_template(self) -> None:
        super().make_template()
        lines = (f"{20_000 + place};Kunde {place};{30_000_000 + place};k{place}@example.org" for place in range(LINES))
        self.file.write_text("\n".join(("Kundenr;Navn;Telefon;E-mail", *lines, "")), encoding="utf-8")

    def command(self) -> list[str]:
        return ["--as", "AH", "import", "contacts", str(self.file)]

    def _read(self) -> int:
        return self._value("SELECT count(*) FROM contact WHERE number >= 20000 AND number < 30000")

    def took_effect(self) -> bool:
        return self._read() > 0

    def judge(self, acknowledged: list[str]) -> list[str]:
        read = self._read()
        whole = read == LINES or read % ACT_OF == 0
        return super().judge(acknowledged) + ([] if whole else [f"an act of {read} lines"])

    def judge_the_end(self, acknowledged: list[str]) -> list[str]:
        every = self._value("SELECT count(*) FROM contact")
        return super().judge_the_end(acknowledged) + ([] if every == LINES + 1 else [f"{every} contacts in the end"])


class Bulk(Act):
    """`svc-tui done` for many jobs, whose parts are used: one act."""

    def _done(self) -> int:
        last = FIRST_NUMBER + JOBS
        return self._value(f"SELECT count(*) FROM activity WHERE done_at IS NOT NULL AND number <= {last}")

    def command(self) -> list[str]:
        return ["--as", "AH", "done", "--parts", "used", *(str(FIRST_NUMBER + place) for place in range(1, JOBS + 1))]

    def took_effect(self) -> bool:
        return self._done() == JOBS

    def judge(self, acknowledged: list[str]) -> list[str]:
        done = self._done()
        return super().judge(acknowledged) + ([] if done in (0, JOBS) else [f"{done} of {JOBS} jobs are done"])


class Undo(Bulk):
    """`svc-tui undo` of such an act."""

    _act: int

    def _furnish(self, store: Store) -> None:
        super()._furnish(store)
        at_once(
            crew.desk(store),
            [row[0] for row in store.sql("SELECT id FROM activity")],
            Edit("done", parts=((EVERY, Answer.USED),)),
        )
        self._act = store.sql("SELECT max(id) FROM change_set")[0][0]

    def command(self) -> list[str]:
        return ["--as", "AH", "undo", str(self._act)]

    def took_effect(self) -> bool:
        return self._done() == 0

    def is_to_do(self) -> bool:
        return not self.took_effect()


ACTS: dict[str, type[Act]] = {
    "backup": Backup, "restore": Restore, "migrate": Migrate, "import": Import, "bulk": Bulk, "undo": Undo,
}  # fmt: skip


# -- planted faults ------------------------------------------------------------------------------------------------


def plant(fault: str) -> None:
    """Statements that are committed one by one, or copies that are written under their own name."""
    if fault == "torn":
        crew.without_transactions()
        return

    def copy(store: Store, target: Path) -> None:
        content = Path(str(store.path)).read_bytes()
        with target.open("wb") as file:
            for at in range(0, len(content), 1 << 14):
                file.write(content[at : at + (1 << 14)])
                file.flush()
                time.sleep(0.005)

    backup.copy_whole = copy  # type: ignore[attr-defined]
    migrate.copy_whole = copy  # type: ignore[attr-defined]
