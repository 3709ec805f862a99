"""What a registration costs: the acts of a script, and how they are counted.

The rule is that of the comparison with other systems: one interaction is one command or one field filled, whatever
its length; choosing an answer after typing adds one. A chord or a function key is one keystroke.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto
from typing import NamedTuple


class Kind(Enum):
    """What sort of act."""

    COMMAND = auto()
    FILL = auto()
    """A field typed into; of a small register the beginning of a name is enough and nothing is chosen."""
    FIND = auto()
    """Typed, and an answer taken: a customer, a part, or a device that is new."""
    PASS = auto()
    """Past a field that is filled already."""


INTERACTIONS = {Kind.COMMAND: 1, Kind.FILL: 1, Kind.FIND: 2, Kind.PASS: 0}


class Act(NamedTuple):
    """One act: what it is, its keys (see `program.keys`), and how it leaves its field."""

    what: str
    kind: Kind
    typed: str = ""
    leave: str = "<Tab>"

    @property
    def keys(self) -> str:
        """Everything pressed."""
        return self.typed + self.leave


def command(what: str, key: str) -> Act:
    return Act(what, Kind.COMMAND, key, "")


def fill(what: str, typed: str, leave: str = "<Tab>") -> Act:
    return Act(what, Kind.FILL, typed, leave)


def find(what: str, typed: str, leave: str = "<Tab>") -> Act:
    return Act(what, Kind.FIND, typed, leave)


def past(what: str) -> Act:
    return Act(what, Kind.PASS)


def all_keys(script: Sequence[Act]) -> str:
    """All the keys of a script."""
    return "".join(act.keys for act in script)


def interactions(script: Sequence[Act]) -> int:
    """What the acts of a script count for."""
    return sum(INTERACTIONS[act.kind] for act in script)


def keystrokes(script: Sequence[Act], free: str = "Subject") -> int:
    """The keys of a script, but for the text of the field `free`."""
    pressed = "".join(act.leave if act.what == free else act.keys for act in script)
    return len(re.sub(r"<[A-Za-z][\w-]*>", "K", pressed))
