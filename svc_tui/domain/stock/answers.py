"""What is said of a part before its job is done or cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from svc_tui.domain.stock.pieces import Fate


class Answer(StrEnum):
    """What becomes of pieces of a line."""

    USED = "used"
    """They are in the device."""
    UNNEEDED = "unneeded"
    """They are not needed after all."""
    GOOD = "good"
    FAULTY = "faulty"
    BROKEN = "broken"
    """What was in the device is out of it again, and so."""
    OURS = "ours"
    """What is in the device stays there, and we pay."""
    GIVE = "give"
    """What is on its way goes to who waits for it; what nobody waits for to the stock."""
    STOCK = "stock"
    """What is on its way is for the stock."""
    CANCEL = "cancel"
    """What is on its way is cancelled at the supplier."""


FATES: Final[Mapping[Answer, Fate]] = {
    Answer.GOOD: Fate.GOOD, Answer.FAULTY: Fate.FAULTY, Answer.BROKEN: Fate.BROKEN,
}  # fmt: skip

Answers = tuple[tuple[int, Answer], ...]
"""Lines, and what was said of each; of one with pieces in the device and on their way two things."""

EVERY: Final = 0
"""Instead of a line: what was said of all of them."""


class Ask(StrEnum):
    """What is asked of a line."""

    OPEN = "open"
    IN_DEVICE = "in_device"
    ON_ORDER = "on_order"


ASKS: Final[Mapping[Ask, tuple[Answer, ...]]] = {
    Ask.OPEN: (Answer.USED, Answer.UNNEEDED),
    Ask.IN_DEVICE: (Answer.GOOD, Answer.FAULTY, Answer.BROKEN, Answer.OURS),
    Ask.ON_ORDER: (Answer.GIVE, Answer.STOCK, Answer.CANCEL),
}


class PartQuestion(NamedTuple):
    """Something that has to be said of a line."""

    line: int
    ask: Ask
    text: str
    state: str
    pieces: int
    """In thousandths; of one that is open 0."""
    waits: int = 0
    """The number of the job that would get what is on its way; 0 for none."""

    def is_answered(self, answers: Answers) -> bool:
        return any(line in (self.line, EVERY) and answer in ASKS[self.ask] for line, answer in answers)
