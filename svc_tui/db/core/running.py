"""The threads of a session, each with a connection of its own: what the event loop asks for runs on them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar

from svc_tui.db.core.acknowledged import Acknowledged
from svc_tui.db.core.reading import Reader
from svc_tui.db.core.waiting import Patience, Waits
from svc_tui.domain.waits import Holder

Dialect = Literal["sqlite", "postgresql"]
P = ParamSpec("P")
T = TypeVar("T")


class Runner:
    """Runs functions on the session's threads, and gives up what is waited for."""

    def __init__(self, url: str, database: Any, dialect: Dialect, path: Path | None) -> None:
        self.url = url
        self.dialect: Dialect = dialect
        """Which SQL is spoken."""
        self.path = path
        """The database file, None for PostgreSQL."""
        self.peewee = database
        self.waits = Waits(path)
        """What this session waits for, and giving it up."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")
        self._long_thread = ThreadPoolExecutor(1, thread_name_prefix="database-long")
        self.acknowledged = Acknowledged()
        """Acts that were called saved here."""
        self.written_past_us = 0
        """How often a commit without history was met: what was known of the shop's soundness may hold no longer."""
        self.is_closed = False
        """Whether the program ends: nothing is asked any more."""
        self.has_other_rules = False
        """Whether an act changed what deadlines are reckoned by, and nobody has begun to reckon them anew."""
        self._reader = Reader(self._interrupt, self._connection_for_reading, stops_slowly=dialect == "postgresql")

    def troubles(self) -> AbstractContextManager[None]:
        """Turn a driver's error into a `DatabaseTrouble` with a sentence."""
        raise NotImplementedError

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function` on the session's database thread and wait for its result without blocking."""
        return await self._on(self._thread, False, function, *args, **kwargs)

    async def run_long(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same on the connection for long work: bulk changes, statistics, tidying."""
        return await self._on(self._long_thread, True, function, *args, **kwargs)

    async def read(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function` on the connection that reads for the list; it gives up what it was reading before.

        Raises:
            Overtaken: when something newer was read instead.
        """
        self._require_open()
        self._use(*self._reader.threads)
        return await self._reader.read(function, *args, **kwargs)

    async def read_later(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for what can wait, such as a count: every `read` goes before it, then it begins anew.

        Raises:
            Overtaken: when the store is closed.
        """
        self._require_open()
        self._use(*self._reader.threads)
        return await self._reader.read_later(function, *args, **kwargs)

    async def _on(
        self, thread: ThreadPoolExecutor, is_long: bool, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """
        Raises:
            GaveUp: when `give_up` was called meanwhile, and nothing is written.
        """
        self._require_open()
        patience = Patience(is_long=is_long)

        def act() -> T:
            patience.connection = None if self.peewee.is_closed() else self.peewee.connection()
            with self.waits.watched(patience):
                patience.require()
                return function(*args, **kwargs)

        if is_long:
            self._use(thread)
        running = asyncio.get_running_loop().run_in_executor(thread, act)
        with self.waits.listed(patience, running):
            return await running

    def _require_open(self) -> None:
        """Whatever still runs beside the keys when the program has ended ends too, as if it had been called off."""
        if self.is_closed:
            raise asyncio.CancelledError("the database is closed")

    def _use(self, *threads: ThreadPoolExecutor) -> None:
        if self.dialect == "postgresql":
            for thread in threads:
                self.peewee.resting.used(thread, self._close_connection)

    @property
    def is_waited_for(self) -> bool:
        """Whether a key may be waiting for an answer of the database now."""
        return self.waits.is_waited_for or self._reader.is_asked

    def give_up(self, *, long: bool = False) -> None:
        """Nobody waits any more for what is asked now: it is stopped, unless it is being written.

        Args:
            long: Whether long work is meant; that is given up only where it waits for its turn.
        """
        self.waits.give_up(self._interrupt, self._hang_up, long=long)
        if not long:
            self._reader.give_up()

    def holder(self) -> Holder | None:
        """Who is in the way of what is waited for; None where nobody is. Takes a while.

        Raises:
            DatabaseTrouble: when the server does not answer.
        """
        if self.dialect == "sqlite":
            return self.waits.holder()
        with self.troubles():
            found: Holder | None = self.peewee.holder(self.waits.connections)
        return found

    def rest(self) -> None:
        """Give the calling thread's connection back, where connections are dear."""
        if self.dialect == "postgresql":
            self._close_connection()

    def close_reading(self) -> None:
        """Give up what is being read for the list."""
        self._reader.stop()

    def _connection_for_reading(self) -> Any:
        """The driver's connection of this thread, on which a list is read and counted."""
        with self.troubles():
            if self.dialect == "postgresql" and self.peewee.is_closed():
                # Counting a million jobs takes as long with helpers, which take the processors from every other key.
                self.peewee.execute_sql("SET max_parallel_workers_per_gather = 0")
            return self.peewee.connection()

    def _interrupt(self, connection: Any) -> None:
        """Stop what a connection of another thread is doing, without waiting for it."""
        if self.dialect == "sqlite":
            connection.interrupt()
        else:
            self.peewee.interrupt(connection)

    def _hang_up(self, connection: Any) -> None:
        """End a connection to a server on which a commit is waited for; a file's commit waits for nobody."""
        if self.dialect == "postgresql":
            self.peewee.hang_up(connection)

    def _close_connection(self) -> None:
        if not self.peewee.is_closed():
            self.peewee.close()
