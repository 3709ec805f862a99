"""What a screen asks of the services, such that what is tried again is the same act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from svc_tui.db.core.changes import new_operation_key
from svc_tui.db.core.engine import Store
from svc_tui.domain.errors import Unclear
from svc_tui.services.core.session import Session

if TYPE_CHECKING:
    from svc_tui.db.core.outcomes import Pending
    from svc_tui.screens.shell.application import Application


class _Tried(NamedTuple):
    """A call of which it is not known whether what it was to write is in."""

    service: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]
    key: str


class Attempts:
    """The calls of one screen. A key stands for a content: the same service, asked for the same."""

    def __init__(self) -> None:
        self._unclear: _Tried | None = None

    async def ask(self, store: Store, session: Session, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a service on the database thread.

        Raises:
            DoneAlready: when it was asked before, nobody knew whether it was done, and it was.
        """
        before = self._unclear
        is_again = before is not None and (before.service, before.args, before.kwargs) == (service, args, kwargs)
        key = before.key if before is not None and is_again else new_operation_key()
        try:
            result = await store.run(_attempt, session, key, is_again, service, *args, **kwargs)
        except Unclear:
            self._unclear = _Tried(service, args, kwargs, key)
            raise
        if is_again:
            self._unclear = None
        return result


def _attempt(session: Session, key: str, is_again: bool, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    if is_again:
        session.require_not_done(key)
    with session.attempt(key):
        return service(session, *args, **kwargs)


class Asking:
    """How a screen asks the services."""

    if TYPE_CHECKING:
        attempts: Attempts

        @property
        def svc(self) -> Application: ...
        @property
        def session(self) -> Session: ...

    async def ask_service(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a service function on the database thread, with the session as its first argument."""
        return await self.attempts.ask(self.svc.store, self.session, service, *args, **kwargs)

    async def ask_through(self, session: Session, service: Callable[..., Any], *args: Any) -> Any:
        """The same through the session by which something was chosen before; the shop may have been put back since."""
        return await self.attempts.ask(self.svc.store, session, service, *args)

    async def hears_outcome(self, lost: Pending) -> bool:
        """It is known now whether an act of this session is in; True when this screen told what follows from it."""
        return False
