"""What a part of a screen says to a key it was given."""

from __future__ import annotations

import math
from enum import Enum, auto
from typing import NamedTuple, Protocol


class Key(NamedTuple):
    """A key as it arrived: its Textual name, and the letter it types if it types one."""

    name: str
    letter: str | None = None
    at: float = math.inf
    """When it came, in seconds of the monotonic clock."""

    @property
    def spelled(self) -> str:
        """How the command registry calls it: the letter itself, or the key's name."""
        if self.letter == " ":
            return "space"
        return self.letter if self.letter and self.letter.isprintable() else self.name


class Outcome(Enum):
    """What became of a key."""

    TAKEN = auto()
    """It was meant for this part and is dealt with."""
    PASSED = auto()
    """It means nothing here; somebody else may want it."""
    NEXT = auto()
    """The focus wants to go on."""
    PREVIOUS = auto()
    """The focus wants to go back."""
    CHOOSE = auto()
    """The list of values behind the field is wanted."""


class Target(Protocol):
    """A part of a screen that can have the focus."""

    typing: bool
    """Whether letters are text here, so that no letter is a command."""

    async def press(self, key: Key, *, more_follows: bool) -> Outcome:
        """Deal with a key."""

    async def paste(self, text: str) -> None:
        """Take pasted text."""

    def focus_changed(self, focused: bool) -> None:
        """The focus came or went."""
