"""What an act writes, the key it is known by, and an act whose answer was lost."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Final, NamedTuple

from svc_tui.domain.errors import DatabaseTrouble

Value = str | int | bool | None
"""What a field of a row holds."""
Values = dict[str, Value]
"""Fields of a row by their names."""

_UNTOUCHED: Final = frozenset(
    ("activity.reassign", "activity.priority", "activity.balance", "contact.merge", "device.merge")
)


def touches(act: str) -> bool:
    """Whether who did this looked at the jobs: handing many out, sorting them by priority and imports do not."""
    return act not in _UNTOUCHED and not act.startswith("import")


class Act(NamedTuple):
    """The act that writes."""

    name: str
    at: int
    """When, in seconds UTC."""
    key: str = ""
    undoes: int | None = None
    """The act that it takes back."""

    @property
    def touches(self) -> bool:
        return touches(self.name)


def new_operation_key() -> str:
    """A key made before the first try of an act, so that it happens once however often it is tried."""
    return str(uuid.uuid4())


def key_after(key: str) -> str:
    """The next key of the chain that begins with `key`, for what is saved of the same later."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, key))


@dataclass(slots=True)
class Pending:
    """An act whose commit was not answered."""

    key: str
    began_with: str
    """The key it was asked with: the same, but for an act that follows one with that key."""
    act: str
    transaction: int | None
    """The server's number of its transaction."""
    trouble: DatabaseTrouble
    is_in: bool | None = None
    """Whether it was saved; None while that is not known."""
