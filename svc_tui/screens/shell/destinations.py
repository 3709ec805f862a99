"""The screens that a digit leads to, and what of them stands in the title line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import NamedTuple

from svc_tui.domain.rights import Right, allows
from svc_tui.services.core.session import Session


class Destination(NamedTuple):
    """A screen that can be gone to from every other one of its kind.

    `commands.py` has the command of the same id: its key, what it is called where no shop is known, and its help.
    """

    command: str
    """Id of the command: `go.1`."""
    key: str
    name: Callable[[Session], str]
    """What it is called in this shop; empty where the shop has none."""
    short: Callable[[Session], str]
    """The same in a word, for the title line."""
    open: Callable[[], Awaitable[None]]
    right: Right | None = None

    def is_there(self, session: Session) -> bool:
        """Whether whoever works here can go there."""
        role = session.employee.role if session.employee is not None else None
        allowed = self.right is None or (role is not None and allows(role, self.right))
        return allowed and bool(self.name(session))


Destinations = Mapping[str, Destination]
"""All there are, by the id of their command."""


def table(found: Iterable[Destination]) -> Destinations:
    """The destinations by the id of their command, in the order in which they stand in the title line."""
    return {entry.command: entry for entry in found}


def in_title(destinations: Destinations, session: Session, here: str) -> list[str]:
    """What stands in the title line behind the name of the open one: its key, then the others.

    Args:
        destinations: All there are.
        session: Who works here.
        here: What the open one is called.
    """
    there = [entry for entry in destinations.values() if entry.is_there(session)]
    own = [f"[{entry.key}]" for entry in there if entry.name(session) == here]
    return own + [f"{entry.key} {entry.short(session)}" for entry in there if entry.name(session) != here]
