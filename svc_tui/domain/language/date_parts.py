"""What reading dates is made of: what a text may leave open, and what is read of it. See `dates`."""

from __future__ import annotations

from datetime import date, time
from typing import Literal, NamedTuple

from svc_tui.domain.errors import N_

ENDS_BEFORE_START = N_("“{text}” ends before it starts; write the earlier day first, with the year if need be")
TWO_WAYS = N_("“{text}” can be read in more than one way; write two dots between the first and the last day")

SHOWN_LENGTH = 40
"""Letters of a text that a message quotes."""

LOOK_BACK = 183
"""Days: the six months for which a date without a year is still this year's."""

Looks = Literal["forward", "back", "nearest"]
"""Where the days lie that a text leaves open: see above."""

Period = tuple[date | None, date | None]
"""First and last day, both included; None is an open end."""


class Typed(NamedTuple):
    """What was typed for a moment: a day, a time of day or both. What was left out keeps what stands there."""

    day: date | None
    clock: time | None


def shown(text: str) -> str:
    """The text as a message quotes it: not longer than a line can hold."""
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"
