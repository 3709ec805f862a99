"""A PostgreSQL server: connections that notice when the line is dead, are stopped from outside, and are given back.

Loaded for a shop on a server only.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import peewee
import psycopg
from psycopg.conninfo import conninfo_to_dict

from svc_tui.domain.waits import LIMIT, Holder

SETTINGS: dict[str, int | str] = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    # Milliseconds after which what was sent and nobody confirmed means that the line is dead; Linux alone would try on
    # for a quarter of an hour.
    "tcp_user_timeout": 10_000,
    "application_name": "svc-tui",
}
"""What a connection is opened with, unless the address says something else."""

CANCEL = 2.0
"""Seconds a server has to stop a statement when asked to; one that does not even answer that is away."""

REST = 20.0
"""Seconds after which a connection that nobody used is given back."""


def settings(url: str) -> dict[str, Any]:
    """The settings that the address does not give itself."""
    try:
        given = conninfo_to_dict(url)
    except psycopg.ProgrammingError:  # what is wrong with the address is told when it is connected to
        given = {}
    return {name: value for name, value in SETTINGS.items() if name not in given}


class Server(peewee.PostgresqlDatabase):
    """The database as Peewee reaches it."""

    def __init__(self, url: str, **kwargs: Any) -> None:
        self.url = url
        self.resting = Resting()
        self._stopping: set[int] = set()
        super().__init__(url, prefer_psycopg3=True, **settings(url), **kwargs)

    def _connect(self) -> Any:
        connection = super()._connect()  # type: ignore[misc]  # not in its stubs
        # Not among the settings above: poolers refuse what they do not know there.
        connection.execute(f"SET lock_timeout = {int(1000 * LIMIT)}".encode())
        return connection

    def name_connection(self, person: str) -> None:
        """Let those who wait for this thread's connection see who works with it."""
        connection = self.connection()  # type: ignore[no-untyped-call]
        if person and getattr(connection, "svc_person", "") != person:
            self.execute_sql(  # type: ignore[no-untyped-call]
                "SELECT set_config('application_name', %s, false)", (f"svc-tui {person}",)
            )
            connection.svc_person = person

    def interrupt(self, connection: Any) -> None:
        """Stop what a connection of another thread is doing; if the server does not even answer, end the connection."""
        if id(connection) not in self._stopping:
            self._stopping.add(id(connection))
            threading.Thread(target=self._stop, args=(connection,), name="stopping", daemon=True).start()

    def hang_up(self, connection: Any) -> None:
        """End a connection that another thread waits on: it hears at once that the line is gone."""
        hang_up(connection)

    def _stop(self, connection: Any) -> None:
        # The server is told on a connection of its own, which takes a millisecond or more, or never ends.
        asking = threading.Thread(target=_ask, args=(connection,), name="asking", daemon=True)
        asking.start()
        asking.join(CANCEL)
        if asking.is_alive():
            hang_up(connection)
        self._stopping.discard(id(connection))

    def holder(self, connections: Sequence[Any]) -> Holder | None:
        """Who holds what connections of other threads wait for; None when they wait for nobody.

        Raises:
            peewee.OperationalError: when the server cannot be reached.
        """
        pids = [connection.info.backend_pid for connection in connections if not connection.closed]
        wanted = {**settings(self.url), "connect_timeout": 2}
        with (
            peewee.__exception_wrapper__,  # type: ignore[attr-defined]  # not in its stubs
            psycopg.connect(self.url, **wanted, autocommit=True) as asking,
        ):
            found = asking.execute(_BLOCKERS, (pids,)).fetchone()
        if found is None:
            return None
        person = re.fullmatch(r"svc-tui (.+)", found[1] or "")
        return Holder(found[0], found[1] or "", person[1] if person else "", found[2])


_BLOCKERS = (
    "SELECT pid, application_name, extract(epoch FROM xact_start)::bigint FROM pg_stat_activity"
    " WHERE pid IN (SELECT unnest(pg_blocking_pids(waiting)) FROM unnest(%s::integer[]) AS waiting)"
    " ORDER BY xact_start LIMIT 1"
)


def _ask(connection: Any) -> None:
    with suppress(psycopg.Error):
        connection.cancel_safe()


def hang_up(connection: Any) -> None:
    """End a connection that another thread waits on: it hears at once that the line is gone."""
    with suppress(OSError, psycopg.Error, ValueError):
        line = socket.socket(fileno=os.dup(connection.pgconn.socket))
        with line:
            line.shutdown(socket.SHUT_RDWR)


class Resting:
    """Gives the connections of threads back that nobody asked for a while. Used on the event loop."""

    def __init__(self) -> None:
        self._last: dict[ThreadPoolExecutor, tuple[float, Callable[[], object]]] = {}
        self._is_due = False

    def used(self, thread: ThreadPoolExecutor, close: Callable[[], object]) -> None:
        """Something is asked of a thread, which `close` gives its connection back."""
        self._last[thread] = time.monotonic(), close
        if not self._is_due:
            self._wait()

    def _wait(self) -> None:
        self._is_due = True
        asyncio.get_running_loop().call_later(REST / 4, self._look)

    def _look(self) -> None:
        self._is_due = False
        now = time.monotonic()
        for thread, (last, close) in list(self._last.items()):
            if now - last >= REST:
                del self._last[thread]
                with suppress(RuntimeError):  # the program ends
                    thread.submit(close)
        if self._last:
            self._wait()
