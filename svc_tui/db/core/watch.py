"""Noticing that other connections have committed, and what: on a thread and a connection of its own.

SQLite is asked for `PRAGMA data_version` (3 microseconds) every 0.15 seconds. Ids of change sets are given out within
an immediate transaction there, so that the ids above the last one seen are exactly the new ones.

PostgreSQL sends the id of each change set when it is committed (LISTEN; `Changes.finish` notifies), and nothing runs
meanwhile. Ids become visible out of order there: "above the last one seen" missed 138 of 480. So what is told is what
was notified, a look every half minute compares with the set of ids already told, and after a lost connection anything
may have changed. A notification does not pass through a pooler in transaction mode: then the look is all there is.
"""

from __future__ import annotations

import logging
import os
import select
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from svc_tui.db.core.engine import Row, Store, generation_of
from svc_tui.db.core.outcomes import look_up, lost_acts, older_state
from svc_tui.domain.errors import N_, DatabaseTrouble
from svc_tui.domain.news import News
from svc_tui.domain.operations import Pending

if TYPE_CHECKING:
    from psycopg.pq.abc import PGconn

log = logging.getLogger(__name__)

LOOK_EVERY = 0.15
"""Seconds between two looks at a SQLite file; the mean delay is half of it."""

NET_EVERY = 30.0
"""Seconds between two looks at PostgreSQL, beside the notifications: longer than any commit takes."""

SETTLE_EVERY = 1.0
"""The same while it is not known whether an act of this session is in."""

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 10.0
"""Seconds until a broken connection is tried again, doubled each time."""

MOST_ROWS = 400
"""More rows of history than this are not read one by one: anything may have changed."""

KNOWN = 200
"""So many of the newest change sets are known at the start."""

CHANNEL = "svc_changes"

Ask = Callable[[str, Sequence[object]], list[Row]]
_NEWEST = f"SELECT id FROM change_set ORDER BY id DESC LIMIT {KNOWN}"


def newest(store: Store) -> frozenset[int]:
    """The newest change sets: what a watch begins with. Taken before what is on the screen is read."""
    return frozenset(row[0] for row in store.sql(_NEWEST))


def ids_above(ask: Ask, floor: int, limit: int) -> list[int]:
    """Change sets above an id. Index: the primary key."""
    return [row[0] for row in ask(f"SELECT id FROM change_set WHERE id > ? ORDER BY id LIMIT {limit}", (floor,))]


def sets_of(ask: Ask, ids: Sequence[int]) -> list[Row]:
    """Id, operation key, actor and count of rows of change sets. Index: the primary key."""
    return ask(f"SELECT id, operation_key, actor_id, rows FROM change_set WHERE id IN ({_marks(ids)})", ids)


def changed_by(ask: Ask, ids: Sequence[int]) -> list[Row]:
    """Change set, job, table and field of what was changed, in the order of the change sets. Index: change_set_id."""
    return ask(
        'SELECT DISTINCT change_set_id, activity_id, table_name, field FROM "change"'
        f" WHERE change_set_id IN ({_marks(ids)}) ORDER BY change_set_id",
        ids,
    )


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


class ChangeWatch:
    """Tells what other sessions have committed, until it is stopped. What its own `Store` commits is no news."""

    def __init__(
        self,
        store: Store,
        told: Callable[[News], object],
        troubled: Callable[[DatabaseTrouble], object],
        known: frozenset[int] = frozenset(),
        generation: str | None = None,
        settled: Callable[[Pending], object] = lambda _lost: None,
    ) -> None:
        """
        Args:
            store: The database.
            told: Gets the news, on the watch's thread.
            troubled: Gets why what is on the screen may be old, once for each trouble; on the watch's thread.
            known: From `newest`, taken before the first rows were read.
            generation: Of the shop that they were read from; None for what is there at the first look.
            settled: Gets what became of an act whose answer was lost, until that is no longer in `Store.unclear`.
        """
        self.store = store
        self._told, self._troubled, self._settled = told, troubled, settled
        self._known = known
        self._generation = generation
        self._stopping = threading.Event()
        self._pause = FIRST_PAUSE
        self._thread = threading.Thread(target=self._run, name="change-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close its connection; a server that does not answer is not waited for."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(2.0)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._watch()
            except Exception as error:
                # Whatever went wrong, the watch must outlive it: without it the screens would grow old unseen.
                log.warning("the watch for changes was interrupted: %s", error)
                self._interrupted()
            if self._stopping.wait(self._pause):
                return
            self._pause = min(self._pause * 2, LONGEST_PAUSE)

    def _watch(self) -> None:
        """Watch until stopped, or until it cannot go on."""
        raise NotImplementedError

    def _interrupted(self) -> None:
        """Nobody listens until `_watch` is called again."""

    def _is_another_shop(self, ask: Ask) -> bool:
        """Whether a backup was put back since the look before, which is told; acts are counted anew then."""
        was, self._generation = self._generation, generation_of(lambda sql: ask(sql, ()), self.store.dialect)
        if was in (None, self._generation):
            return False
        self.store.acknowledged.clear()
        self._told(News(everything=True, restored=True))
        return True

    def _settle(self, ask: Ask) -> None:
        """Look up the acts of which it is not known whether they are in."""
        for lost in list(self.store.unclear.values()):
            if look_up(ask, lost) is not None:
                self._settled(lost)

    def _tell(self, ask: Ask, ids: Sequence[int]) -> None:
        """Read what these change sets changed and tell it."""
        if len(ids) > MOST_ROWS:
            self._told(News(everything=True))
            return
        if not ids:
            return
        sets = sets_of(ask, ids)
        others = {row[0]: row[2] for row in sorted(sets) if row[1] not in self.store.own_acts}
        if not others:
            return
        counts = [row[3] for row in sets if row[0] in others]
        if sum(counts) > MOST_ROWS or 0 in counts:  # one of none wrote what follows from others, anywhere
            self._told(News(everything=True))
            return
        changed = changed_by(ask, list(others))
        by = {row[1]: others[row[0]] for row in changed if row[1] is not None}
        tables, fields = frozenset(row[2] for row in changed), frozenset((row[2], row[3]) for row in changed)
        self._told(News(activities=frozenset(by), tables=tables, by=by, fields=fields))


class FileWatch(ChangeWatch):
    """Of a SQLite file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._last = max(self._known, default=0)
        self._in_place = True
        self._is_damaged = False

    def _watch(self) -> None:
        database = self.store.peewee
        database.connect(reuse_if_open=True)
        try:
            connection = database.connection()
            version = None
            while True:
                now = connection.execute_scalar("PRAGMA data_version")
                if now != version:
                    version = now
                    self._look()
                self._pause = FIRST_PAUSE
                self._check_file()
                self._settle(self.store.sql)
                if self._stopping.wait(LOOK_EVERY):
                    return
        finally:
            database.close()

    def _interrupted(self) -> None:
        self._check_file()

    def _look(self) -> None:
        """Tell the change sets above the last one told."""
        ask = self.store.sql
        if self._is_another_shop(ask):
            self._last = ask("SELECT max(id) FROM change_set", ())[0][0] or 0
            return
        ids = ids_above(ask, self._last, MOST_ROWS + 1)
        if len(ids) <= MOST_ROWS and ids:
            self._last = ids[-1]
            self._tell(ask, ids)
            return
        # Either many at once, or none: then a commit without history.
        newest_id = ask("SELECT max(id) FROM change_set", ())[0][0] or 0
        self.store.written_past_us += newest_id == self._last
        if newest_id != self._last:
            self._last = newest_id
            self._told(News(everything=True))

    def _check_file(self) -> None:
        was_in_place, self._in_place = self._in_place, self.store.is_in_place() and self._is_all_there()
        if was_in_place and not self._in_place:
            try:
                self.store.require_in_place()
            except DatabaseTrouble as trouble:
                self._troubled(trouble)

    def _is_all_there(self) -> bool:
        """What covered up that another file was copied over this one does not cover up what is gone by it."""
        state = self.store.file_state
        if state is None or not state.log_moved:
            return True
        try:
            if lost_acts(self.store, self._generation):
                state.note_loss()
                return False
        except DatabaseTrouble as trouble:
            if not self._is_damaged:
                self._troubled(trouble)
            self._is_damaged = True
        else:
            state.log_moved = self._is_damaged = False
        return True


class ServerWatch(ChangeWatch):
    """Of a PostgreSQL database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seen = _Seen(self._known)
        self._listened_before = False
        self._complained = False
        self._wake_reader, self._wake_writer = os.pipe()
        self.store.unclear.told = self._wake

    def stop(self) -> None:
        self._stopping.set()
        if self._wake_writer < 0:
            return
        self.store.unclear.told = lambda: None
        self._wake()
        super().stop()
        if not self._thread.is_alive():
            os.close(self._wake_reader)
            os.close(self._wake_writer)
            self._wake_writer = -1

    def _wake(self) -> None:
        os.write(self._wake_writer, b".")

    def _interrupted(self) -> None:
        """Told once the server was tried again in vain: most interruptions are over before anybody could read it."""
        if self._pause > FIRST_PAUSE and not self._complained:
            self._complained = True
            self._troubled(
                DatabaseTrouble(
                    N_("The database server cannot be reached; what is shown may be old. It is tried again and again.")
                )
            )

    def _watch(self) -> None:
        import psycopg  # a shop on SQLite never loads it

        from svc_tui.db.core.server import settings

        with psycopg.connect(
            self.store.url,
            autocommit=True,
            **{**settings(self.store.url), "application_name": "svc-tui watch"},
        ) as connection:

            def ask(sql: str, parameters: Sequence[object]) -> list[Row]:
                return connection.execute(self.store.spoken(sql).encode(), parameters).fetchall()

            heard: list[int] = []
            # What arrives beside the answer to a query comes to the handler, everything else is fetched in `_hear`.
            connection.add_notify_handler(lambda notified: heard.append(int(notified.payload)))
            connection.execute(f"LISTEN {CHANNEL}".encode())
            self._pause, self._complained = FIRST_PAUSE, False
            self._settle(ask)
            if self._listened_before:
                self._seen = _Seen(frozenset(row[0] for row in ask(_NEWEST, ())))
                if not self._is_another_shop(ask):
                    self._told(News(everything=True))
                    self._tell_lost(ask)
            self._listened_before = True
            self._look(ask)
            while not self._stopping.is_set():
                if heard:
                    if self._begins_anew(ask):
                        heard.clear()
                        continue
                    ids = self._seen.fresh(heard)
                    heard.clear()
                    self._tell(ask, ids)
                    continue
                every = SETTLE_EVERY if self.store.unclear else NET_EVERY
                ready, _, _ = select.select([connection.fileno(), self._wake_reader], [], [], every)
                if self._wake_reader in ready:
                    os.read(self._wake_reader, 1_000)
                if self.store.unclear:
                    self._settle(ask)
                if ready:
                    heard += _notified(connection.pgconn)
                else:
                    self._look(ask)

    def _tell_lost(self, ask: Ask) -> None:
        """After an interruption another server may answer, which has not heard of all that was saved."""
        if lost := self.store.acknowledged.missing(ask):
            self.store.acknowledged.clear()
            self._troubled(older_state(len(lost)))

    def _look(self, ask: Ask) -> None:
        """Tell what is in and was never notified."""
        if self._begins_anew(ask):
            return
        ids = ids_above(ask, self._seen.floor, 10 * KNOWN)
        fresh = self._seen.fresh(ids)
        self._seen.settle(max(ids, default=0))
        self._tell(ask, fresh)

    def _begins_anew(self, ask: Ask) -> bool:
        """Whether another shop is there, whose acts have other numbers."""
        if not self._is_another_shop(ask):
            return False
        self._seen = _Seen(frozenset(row[0] for row in ask(_NEWEST, ())))
        return True


class _Seen:
    """The change sets that were told. A commit may take a while, so an id is settled only a whole look later."""

    def __init__(self, ids: frozenset[int]) -> None:
        self.floor = min(ids) - 1 if len(ids) >= KNOWN else 0
        """Nothing at or below it is looked for again."""
        self._ids = set(ids)
        self._next_floor = max(ids, default=0)

    def fresh(self, ids: Sequence[int]) -> list[int]:
        """Those not told before; they are from now on."""
        found = sorted(set(ids) - self._ids)
        self._ids.update(found)
        return found

    def settle(self, newest_id: int) -> None:
        """What was the newest at the look before has been committed or never will be."""
        self.floor = max(self.floor, self._next_floor)
        self._next_floor = max(newest_id, self._next_floor)
        self._ids = {known for known in self._ids if known > self.floor}


def _notified(wire: PGconn) -> list[int]:
    """The notifications that have come."""
    wire.consume_input()
    found = []
    while (notified := wire.notifies()) is not None:
        found.append(int(notified.extra))
    return found


def watch(
    store: Store,
    told: Callable[[News], object],
    troubled: Callable[[DatabaseTrouble], object],
    known: frozenset[int] = frozenset(),
    generation: str | None = None,
    settled: Callable[[Pending], object] = lambda _lost: None,
) -> ChangeWatch:
    """The watch for the database at hand, not started yet; see `ChangeWatch`."""
    kind = FileWatch if store.dialect == "sqlite" else ServerWatch
    return kind(store, told, troubled, known, generation, settled)
