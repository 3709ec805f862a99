"""What a screen asks of the services, such that what is tried again is the same act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from typing import TYPE_CHECKING, Concatenate, NamedTuple, ParamSpec, TypeVar

from svc_tui.domain.errors import DatabaseTrouble, DoneAlready
from svc_tui.domain.operations import new_operation_key
from svc_tui.domain.waits import GaveUp
from svc_tui.services.core.session import Session
from svc_tui.services.core.store import Store

if TYPE_CHECKING:
    from svc_tui.domain.operations import Pending
    from svc_tui.screens.shell.application import Application

P = ParamSpec("P")
T = TypeVar("T")


class _Tried(NamedTuple):
    """A call of which it is not known whether what it was to write is in, with what it was asked for then."""

    service: Callable[..., object]
    args: tuple[object, ...]
    kwargs: Mapping[str, object]
    key: str

    @classmethod
    def of(
        cls, service: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object], key: str
    ) -> _Tried:
        """A screen may go on changing the tables and lists it asked with."""
        return cls(service, tuple(map(_kept, args)), {name: _kept(value) for name, value in kwargs.items()}, key)

    def is_of(self, service: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]) -> bool:
        """Whether the same is asked for again."""
        return (self.service, self.args, self.kwargs) == (service, args, kwargs)


def _kept(value: object) -> object:
    return copy(value) if isinstance(value, dict | list | set) else value


class Attempts:
    """The calls of one screen. A key stands for a content: the same service, asked for the same."""

    def __init__(self) -> None:
        self._unclear: _Tried | None = None

    async def ask(
        self,
        store: Store,
        session: Session,
        service: Callable[Concatenate[Session, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Call a service on the database thread.

        Raises:
            DoneAlready: when it was asked before, nobody knew whether it was done, and it was.
        """
        before = self._unclear
        is_again = before is not None and before.is_of(service, args, kwargs)
        key = before.key if before is not None and is_again else new_operation_key()
        tried = _Tried.of(service, args, kwargs, key)

        def attempt() -> T:
            if is_again:
                session.require_not_done(key)
            with session.attempt(key):
                return service(session, *args, **kwargs)

        try:
            result = await store.run(attempt)
        except (DatabaseTrouble, GaveUp):
            if key in store.own_acts:  # else it was only read; a reading after the commit may have failed too
                self._unclear = tried
            raise
        except DoneAlready:
            if is_again:  # this is told once: whoever does it again then means it
                self._unclear = None
            raise
        if is_again:
            self._unclear = None
        return result


class Asking:
    """How a screen asks the services."""

    if TYPE_CHECKING:
        attempts: Attempts

        @property
        def svc(self) -> Application: ...
        @property
        def session(self) -> Session: ...

    async def ask_service(self, service: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a service function on the database thread, with the session as its first argument."""
        return await self.attempts.ask(self.svc.store, self.session, service, *args, **kwargs)

    async def ask_through(
        self, session: Session, service: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same through the session by which something was chosen before; the shop may have been put back since."""
        return await self.attempts.ask(self.svc.store, session, service, *args, **kwargs)

    async def hears_outcome(self, lost: Pending) -> bool:
        """It is known now whether an act of this session is in; True when this screen told what follows from it."""
        return False
