"""Opening a database, running queries on it, and telling troubles apart.

SQLite is reached through cysqlite only: its wheel carries a current SQLite, and a second SQLite library in
one process would silently drop the first one's file locks. Nothing in the program opens the database file
in any other way.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import peewee

from svc_tui.db.core import damage, file_line, files, garbled, sqlite_file
from svc_tui.db.core.file_state import FileState
from svc_tui.db.core.generations import root_of_history, was_put_back
from svc_tui.db.core.outcomes import Unclears
from svc_tui.db.core.running import Dialect, Runner
from svc_tui.db.core.troubles import (
    driver_missing,
    is_there,
    missing_database,
    refuse_network_folder,
    replaced_content,
    replaced_database,
    translate,
)
from svc_tui.db.core.waiting import Patience, named_as_writer
from svc_tui.domain.errors import N_, DomainError, Invalid
from svc_tui.domain.waits import LIMIT, GaveUp

Row = tuple[Any, ...]
P = ParamSpec("P")
T = TypeVar("T")

_GENERATION = (
    "SELECT d.oid, (SELECT max(oid) FROM pg_constraint WHERE conrelid = to_regclass('change_set')),"
    " (SELECT system_identifier FROM pg_control_system()) FROM pg_database d WHERE datname = current_database()"
)
"""What a server, `createdb` and `pg_restore --clean` make anew; constraints last, when every row is there again."""
_HELD = " AND EXISTS (SELECT FROM change_set WHERE id = 0) IS NOT NULL"

LONG_LOG = 8_192
"""Pages in a log that grows although it is put into the file again and again: 32 MiB."""
CHECKPOINT_AFTER = 64
"""Transactions of this session after which the log is put into the file, beside what it goes on with; a new job writes
some 50 pages. `upkeep.tidy` does it too, when nobody types."""


def generation_of(ask: Callable[[str], list[Row]], dialect: Dialect, *, held: bool = False) -> str:
    """See `Store.generation`; `ask` reads on the connection at hand."""
    if dialect == "sqlite":
        return str(ask("PRAGMA user_version")[0][0])
    return ".".join(map(str, ask(_GENERATION + _HELD if held else _GENERATION)[0]))


class Store(Runner):
    """An open database: runs queries and transactions, one connection a thread, no global state.

    `run` and `run_long` execute a function on the session's database thread (or on the one for long reads),
    so that the event loop never waits for a query. Command-line callers use the methods directly.
    """

    def __init__(self, url: str, database: Any, dialect: Dialect, path: Path | None) -> None:
        super().__init__(url, database, dialect, path)
        self.alphabet = "da"
        """How texts are sorted, by its name in `domain.alphabet`; a shop that is read says which."""
        self.has_written = False
        """Whether a transaction was committed here since somebody last cleared this."""
        self.own_acts: deque[str] = deque(maxlen=1_000)
        """Operation keys of the acts begun here: no news to the watch. An id that was rolled back is used again."""
        self.unclear = Unclears()
        """Acts whose answer was lost."""
        self._line = None if path is None else file_line.join(path)
        """Where writers to the file stand in line."""
        self.file_state = (
            None
            if path is None or self._line is None
            else FileState(path, self._line, partial(was_put_back, self), partial(root_of_history, self))
        )
        """What was seen of the file; a server's database is none."""
        self._nesting = threading.local()
        self._since_checkpoint = 0

    def close(self) -> None:
        """End the threads and close every connection; once is enough."""
        if self.is_closed:
            return
        self.is_closed = True
        self.close_reading()
        for thread in (self._thread, self._long_thread, *self._reader.threads):
            thread.submit(self._close_connection)
            thread.shutdown(wait=True)
        self._close_connection()
        if self._line is not None:
            self._line.leave()
            self._line = None

    # -- reading -------------------------------------------------------------------------------------------

    def rows(self, query: Any) -> list[Row]:
        """Every row of a Peewee query, as tuples."""
        with self.troubles(), peewee.__exception_wrapper__:  # type: ignore[attr-defined]  # SQLite reads while fetching
            read = partial(self._fresh, lambda: query.tuples().execute(self.peewee))
            return garbled.read(self.peewee, read, lambda: self.peewee.get_sql_context().sql(query).query())

    def row(self, query: Any) -> Row | None:
        """The first row of a Peewee query or None."""
        found = self.rows(query.limit(1))
        return found[0] if found else None

    def value(self, query: Any) -> Any:
        """The first column of the first row, or None."""
        found = self.row(query)
        return found[0] if found else None

    def sql(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Rows of a statement written out, with `?` for its parameters in both dialects."""
        with self.troubles(), peewee.__exception_wrapper__:  # type: ignore[attr-defined]  # SQLite reads while fetching
            read = partial(self._fresh, lambda: self.peewee.execute_sql(self.spoken(sql), tuple(parameters)))
            return garbled.read(self.peewee, read, lambda: (sql, parameters))

    def spoken(self, sql: str) -> str:
        """`sql` with the parameter marks of the dialect."""
        return sql if self.dialect == "sqlite" else sql.replace("%", "%%").replace("?", "%s")

    def _fresh(self, act: Callable[[], T]) -> T:
        """Run a statement; Peewee never heals a broken PostgreSQL connection, so outside a transaction we do."""
        if self.dialect == "sqlite" or self.in_transaction:
            return act()
        if not self.peewee.is_closed() and not self.peewee.is_connection_usable():
            self.peewee.close()
        try:
            return act()
        except (peewee.OperationalError, peewee.InterfaceError):
            if self.peewee.is_connection_usable() or self.waits.is_given_up:
                raise
            self.peewee.close()
            return act()

    # -- writing -------------------------------------------------------------------------------------------

    @property
    def in_transaction(self) -> bool:
        """Whether this thread is inside `transaction`."""
        return bool(getattr(self._nesting, "depth", 0))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """An immediate transaction, behind a fair queue on SQLite.

        Raises:
            DatabaseTrouble: with the cause and the remedy, when the database refuses.
        """
        if self.in_transaction:
            raise RuntimeError("transactions do not nest: the service that was called first owns it")
        if self.dialect == "postgresql" and not self.peewee.is_closed() and not self.peewee.is_connection_usable():
            self.peewee.close()
        with self.waits.patient(LIMIT) as patience, self.troubles(), self._turn(patience):
            self._nesting.depth = 1
            try:
                with ExitStack() as begun:
                    self._begin(begun, patience)
                    yield
                    patience.commits()
                self.has_written = True
            finally:
                self._nesting.depth = 0
        self._since_checkpoint += 1
        if self.dialect == "sqlite" and self._since_checkpoint >= CHECKPOINT_AFTER:
            self._since_checkpoint = 0
            with suppress(RuntimeError):  # the program ends, and the last to close the file does it
                self._long_thread.submit(self.checkpoint)

    @contextmanager
    def line_up(self, seconds: float = LIMIT) -> Iterator[None]:
        """Wait for one's turn to write to the file, and hold it; a server has a line of its own.

        Raises:
            DatabaseTrouble: when the turn did not come in so many seconds, or the file is not where it was opened.
            GaveUp: when nobody waits for it any more.
        """
        with self.waits.patient(seconds) as patience, self._turn(patience):
            yield

    @contextmanager
    def _turn(self, patience: Patience) -> Iterator[None]:
        if self.path is None or self._line is None:
            yield
            return
        with ExitStack() as turn:
            with self.waits.limited():
                turn.enter_context(self._line.turn(patience))
            turn.enter_context(named_as_writer(self.waits.person))
            self.require_in_place()
            try:
                yield
            finally:
                self.is_in_place()  # how the file is left: the next look compares with it

    def _begin(self, begun: ExitStack, patience: Patience) -> None:
        """Begin a transaction. On SQLite a program that does not stand in line may hold the lock."""
        patience.require()
        if self.dialect == "postgresql":
            self.peewee.name_connection(self.waits.person)
            patience.connection = self.peewee.connection()
            begun.enter_context(self.peewee.atomic())
            return
        # SQLite's own waiting can neither be given up nor told of.
        self.peewee.execute_sql("PRAGMA busy_timeout = 0")
        try:
            with self.waits.limited():
                patience.wait_for(lambda seconds: self._has_begun(begun, seconds))
        finally:
            self.peewee.execute_sql(f"PRAGMA busy_timeout = {int(1000 * sqlite_file.BUSY_SECONDS)}")

    def _has_begun(self, begun: ExitStack, seconds: float) -> bool:
        try:
            begun.enter_context(self.peewee.atomic())
        except peewee.OperationalError as error:
            if "locked" not in str(error):
                raise
            time.sleep(seconds)
            return False
        return True

    def execute(self, query: Any) -> Any:
        """Run an insert, update or delete; gives what Peewee gives (a new id, a row count)."""
        with self.troubles():
            return query.execute(self.peewee)

    def execute_sql(self, sql: str, parameters: Sequence[object] = ()) -> None:
        """Run a statement written out, with `?` for its parameters."""
        with self.troubles():
            self.peewee.execute_sql(self.spoken(sql), tuple(parameters))

    def execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement for many rows of parameters."""
        # A cursor of the driver's own: Peewee's translation of errors, which `troubles` understands, is ours to add.
        with self.troubles(), peewee.__exception_wrapper__:  # type: ignore[attr-defined]  # not in its stubs
            self.peewee.cursor().executemany(self.spoken(sql), rows)

    @contextmanager
    def troubles(self) -> Iterator[None]:
        """Turn a driver's error into a `DatabaseTrouble` with a sentence."""
        try:
            yield
        except peewee.PeeweeException as error:
            if self.waits.is_given_up:
                raise GaveUp from error
            found, patience = translate(error, self.path, writes=self.in_transaction), self.waits.patience
            found.at_commit = patience is not None and patience.is_committing
            raise found from error
        except UnicodeDecodeError as error:
            raise Invalid(
                N_("The database holds a text that is none, so this cannot be shown: svc-tui check says where.")
            ) from error

    def checkpoint(self) -> None:
        """Put the write-ahead log into the file (SQLite only).

        A log to which others append all the while is never done, and grows: once it is long, writers wait while its
        rest is moved, and the next one begins it anew.
        """
        if self.dialect == "sqlite" and self.move_log() > LONG_LOG:
            with self.line_up():
                self.move_log()

    def move_log(self) -> int:
        """Move what is in SQLite's log into the file, as far as nobody is in the way; gives how many pages it has.

        Nothing is moved into what somebody copied over the file: it would cover that up.
        """
        if not self.is_in_place():
            return 0
        [(_is_busy, pages, _moved)] = self.sql("PRAGMA wal_checkpoint(PASSIVE)")
        self.is_in_place()  # what the file holds from now on
        return int(pages)

    @property
    def descriptor(self) -> int:
        """An open descriptor of the file, for looking at its bytes; never to be closed (see file_line)."""
        if self._line is None:
            raise RuntimeError("a server's database is no file, and a closed one is not open")
        return self._line.descriptor

    # -- watching ------------------------------------------------------------------------------------------

    def data_version(self) -> int:
        """A number that differs after another connection has committed (SQLite; 3 microseconds)."""
        return int(self.sql("PRAGMA data_version")[0][0]) if self.dialect == "sqlite" else 0

    def generation(self, *, held: bool = False) -> str:
        """What tells this shop from one that was put in its place by a restore.

        Args:
            held: Whether it is to stay so until this transaction ends. SQLite's snapshot stays; a server waits with
                dropping the history for whoever looks into it.
        """
        return generation_of(self.sql, self.dialect, held=held)

    def is_in_place(self) -> bool:
        """Whether the file that is open still lies where it was opened."""
        return self._line is None or self.file_state is None or self.file_state.is_in_place()

    def require_in_place(self) -> None:
        """
        Raises:
            DatabaseTrouble: when another file lies there now, or another content in it.
        """
        if self.path is None or self.file_state is None or self.file_state.is_in_place():
            return
        raise replaced_content(self.path) if self.file_state.is_same_file() else replaced_database(self.path)

    def note_log(self) -> None:
        """Remember which log belongs to the file; called while a connection holds it."""
        if self.file_state is not None:
            self.file_state.note_log()


def open_database(url: str, *, create: bool = False) -> Store:
    """Open the database at `url`: a file, or `postgresql://...`.

    Args:
        url: A path or a PostgreSQL address.
        create: Whether a missing SQLite file may be made; its schema is `migrate`'s business.

    Raises:
        Invalid: when the file is no shop; nothing was changed in it.
        DatabaseTrouble: when it is missing, not writable, on a network folder or not reachable, or when this machine's
            SQLite could damage it.
    """
    if url.startswith(("postgresql:", "postgres:")):
        return _open_postgresql(url)
    return _open_sqlite(url, create)


def _open_sqlite(url: str, create: bool) -> Store:
    from playhouse.cysqlite_ext import CySqliteDatabase

    from svc_tui.db.core import sqlite_version  # with the driver, which a shop on PostgreSQL does not load

    sqlite_version.require_sound(sqlite_version.installed())

    class Database(sqlite_file.HonestRollback, CySqliteDatabase):  # type: ignore[misc]
        def _connect(self) -> Any:
            connection = super()._connect()
            damage.watch_over(connection)
            return connection

    path = Path(url).expanduser().absolute()
    if not create and not is_there(path):
        raise missing_database(path)
    refuse_network_folder(path)
    is_new = create and sqlite_file.make_file(path)
    for ending in ("", "-wal", "-shm"):
        files.close_to_others(Path(f"{path}{ending}"))
    database = Database(
        f"{path.as_uri()}?mode=rw",
        uri=True,
        rank_functions=False,
        timeout=sqlite_file.BUSY_SECONDS,
        pragmas=sqlite_file.PRAGMAS,
        lock_type="IMMEDIATE",  # deferred transactions failed 80 % of contended saves whatever the timeout
    )
    store = Store(str(path), database, "sqlite", path)
    try:
        if is_new:
            sqlite_file.begin_shop(store)
        else:
            sqlite_file.require_shop(store, path)
        if create:
            sqlite_file.switch_to_wal(store)
        else:
            sqlite_file.put_away_log(store, path)
        store.note_log()
    except DomainError:
        store.close()
        raise
    return store


def _open_postgresql(url: str) -> Store:
    try:
        from svc_tui.db.core.server import Server
    except ImportError as error:
        raise driver_missing() from error
    database = Server(url)
    store = Store(url, database, "postgresql", None)
    with store.troubles():
        database.connect()
    return store
