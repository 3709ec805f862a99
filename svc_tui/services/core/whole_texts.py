"""Text as it may be stored: cleaned, and whole. What is longer than its field is refused with the limit, never cut."""

from __future__ import annotations

from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.labels import label_of
from svc_tui.domain.text import clean_line, clean_text

LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 20_000

_TOO_LONG = N_("{label} holds at most {limit} letters; this is {size}. Shorten it.")


def whole_line(text: object, field: str, limit: int = LONGEST_LINE, label: str = "") -> str:
    """One line of text.

    Args:
        text: As it was typed, pasted or given; None is nothing.
        field: Which one the refusal concerns.
        limit: Letters it holds.
        label: What the field is called where that is not what `field` is called (a name of the shop's own).

    Raises:
        Invalid: when it has more letters than the field holds.
    """
    typed = str(text or "")
    return _whole(clean_line(typed, max(len(typed), 1)), field, limit, label)


def whole_text(text: object, field: str, limit: int = LONGEST_TEXT) -> str:
    """Text of several lines; otherwise as `whole_line`."""
    typed = str(text or "")
    return _whole(clean_text(typed, max(len(typed), 1)), field, limit, "")


def _whole(text: str, field: str, limit: int, label: str) -> str:
    if len(text) > limit:
        raise Invalid(_TOO_LONG, field=field, label=label or label_of(field), limit=limit, size=len(text))
    return text
