"""Who works in which shop: what every service function gets as its first argument."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from svc_tui.db.core import outcomes
from svc_tui.db.core.changes import Changes, change_set
from svc_tui.db.core.engine import Store
from svc_tui.db.people.registers import read_registers
from svc_tui.domain import clock
from svc_tui.domain.errors import N_, DoneAlready, Invalid, NotAllowed, Restored
from svc_tui.domain.labels import ACT_LABELS
from svc_tui.domain.records import EmployeeRecord
from svc_tui.domain.registers import Registers
from svc_tui.domain.rights import Right, require


class Session:
    """One person at one terminal. `registers` are read at start and after a change of them."""

    __slots__ = ("_attempt", "_employee", "clock", "generation", "language", "registers", "store")

    def __init__(
        self,
        store: Store,
        registers: Registers,
        employee: EmployeeRecord | None = None,
        language: str = "en",
        *,
        generation: str,
    ) -> None:
        self.store = store
        self.generation = generation
        """Of the shop that was read through this session: asked before anything else was, and never another. After a
        restore there is another session (`opened_anew`), and who still holds this one changes nothing through it."""
        self.registers = registers
        clock.use(registers.company.time_zone)
        self._employee: EmployeeRecord | None = None
        if employee is not None:
            self.employee = employee
        self.language = language
        self.clock: list[float] = []
        """A fixed time for tests (seconds UTC, one element); empty for the real one."""
        self._attempt = threading.local()

    @property
    def employee(self) -> EmployeeRecord | None:
        """Who works; None only before the first employee exists. Those who wait for this session are told."""
        return self._employee

    @employee.setter
    def employee(self, employee: EmployeeRecord | None) -> None:
        self._employee = employee
        self.store.waits.person = employee.initials if employee else ""

    def now(self) -> datetime:
        """What the shop's clock shows, naive."""
        return clock.local(self.seconds())

    def seconds(self) -> int:
        """Seconds since 1970 UTC."""
        return int(self.clock[0] if self.clock else time.time())

    def reload_registers(self) -> None:
        """Read the registers again and find the employee in them."""
        self.registers = read_registers(self.store)
        clock.use(self.registers.company.time_zone)
        if self.employee is not None:
            self.employee = self.registers.employee(self.employee.id)

    def require(self, right: Right) -> None:
        """
        Raises:
            NotAllowed: when the employee's role does not carry the right.
        """
        if self.employee is None:
            raise NotAllowed(N_("Nobody is signed in. Choose who you are first."))
        require(self.employee.role, right)

    @contextmanager
    def act(
        self,
        name: str,
        right: Right,
        operation_key: str | None = None,
        at: int | None = None,
        *,
        read_in: str | None = None,
    ) -> Iterator[Changes]:
        """The gate everything that changes goes through: the right is asked, then a change set is opened.

        What is changed was chosen and read before, in some generation of the shop. In another one the same ids are
        other rows: nothing is changed there.

        Args:
            name: What is done, as the history calls it.
            right: What one must be allowed to.
            operation_key: See `db.changes.change_set`; that of the attempt when left out.
            at: When, in seconds UTC; now when left out.
            read_in: The generation in which what is changed was read, where it was not through this session.

        Raises:
            Restored: when that is not the shop's generation.
            NotAllowed, DatabaseTrouble: nothing is written then.
            Unclear: when it is not known whether this act is in, or the one before.
        """
        self.require(right)
        actor = self.employee.id if self.employee else None
        key = operation_key or self._take_key()
        outcomes.require_known(self.store, key)
        with change_set(self.store, actor, name, key, self.seconds() if at is None else at) as changes:
            now = self.store.generation(held=True)
            if now != self.generation or now != (self.generation if read_in is None else read_in):
                raise Restored
            yield changes

    def require_not_restored(self) -> None:
        """For what an act looks up before its gate: what is not there may have gone with a restore.

        Raises:
            Restored: when the shop is another one than was read through this session.
        """
        if self.store.generation() != self.generation:
            raise Restored

    # -- trying again --------------------------------------------------------------------------------------

    @contextmanager
    def attempt(self, operation_key: str) -> Iterator[None]:
        """The first act in here has this key, unless it brings one of its own: tried again it is the same act."""
        self._attempt.key = operation_key
        try:
            yield
        finally:
            self._attempt.key = None

    @property
    def key_of_attempt(self) -> str | None:
        """The key of the attempt of this thread that no act has yet."""
        return getattr(self._attempt, "key", None)

    def _take_key(self) -> str | None:
        key, self._attempt.key = self.key_of_attempt, None
        return key

    def own_key(self) -> str | None:
        """The key of the attempt, for an act that is planned before it is written; it is given out once."""
        return self._take_key()

    def require_not_done(self, key: str) -> None:
        """
        Raises:
            DoneAlready: when the act with this key is in.
            Unclear: while that is not known.
        """
        outcomes.require_known(self.store, key)
        if act := outcomes.act_of(self.store, key):
            raise done_already(act)

    def require_no_surprise(self) -> None:
        """Before an act that depends on what was done last: what was unclear is looked up, and told if it is in.

        Raises:
            DoneAlready: once for an act that is in after all.
            Unclear: while that is not known.
        """
        outcomes.require_known(self.store)
        for lost in list(self.store.unclear.values()):
            if lost.is_in and self.store.unclear.pop(lost.key, None):
                raise done_already(lost.act)


def done_already(act: str) -> DoneAlready:
    """What is told of an act that is in, and whose answer was lost."""
    what = DoneAlready(ACT_LABELS.get(act, act))
    return DoneAlready(N_("{what}: it was saved, only the answer had been lost. It was not done twice."), what=what)


def to_seconds(when: datetime) -> int:
    """A time of the shop's clock as seconds since 1970 UTC."""
    return clock.seconds_of(when)


def to_local(seconds: int) -> datetime:
    """Seconds since 1970 UTC as the shop's clock shows them, naive."""
    return clock.local(seconds)


def open_session(store: Store, employee: EmployeeRecord | None, language: str) -> Session:
    """A session on a shop that has been set up."""
    generation = store.generation()  # before the rest: what was read earlier than it is refused later, and never taken
    return Session(store, read_registers(store), employee, language, generation=generation)


def opened_anew(session: Session) -> Session:
    """The same person in the shop as it is now, after a restore; nobody where the shop does not know the person."""
    fresh = open_session(session.store, None, session.language)
    fresh.clock = session.clock
    if (me := session.employee) is not None:
        fresh.employee = next((entry for entry in fresh.registers.employees if entry.initials == me.initials), None)
    return fresh


def employee_by_login(registers: Registers, login: str) -> EmployeeRecord | None:
    """The employee whom a system user is; None when nobody is."""
    return next((entry for entry in registers.employees if entry.login == login and not entry.retired), None)


def employee_by_initials(registers: Registers, initials: str) -> EmployeeRecord:
    """
    Raises:
        Invalid: when nobody has these initials.
    """
    for entry in registers.employees:
        if entry.initials.casefold() == initials.casefold():
            return entry
    raise Invalid(N_("Nobody here has the initials {initials}."), field="responsible", initials=initials)
