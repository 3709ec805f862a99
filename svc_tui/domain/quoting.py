"""Sentences with their places filled, so that a long name or a whole pasted text does not push the advice away."""

from __future__ import annotations

from typing import Final

MOST_QUOTED: Final = 12
"""Letters of a name, a subject or of what was typed that a sentence on the screen quotes."""

QUOTED: Final = frozenset(
    (
        "brand", "contact", "customer", "device", "email", "model", "name", "person", "phone", "project", "serial",
        "subject", "supplier", "text", "typed", "value",
    )
)  # fmt: skip
"""Places that are filled with what people wrote; all others are numbers, times, or words of the program itself."""


def brief(text: str, most: int = MOST_QUOTED) -> str:
    """The beginning of a text, with an ellipsis for what is left out."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def filled(sentence: str, **values: object) -> str:
    """The sentence with its places filled; what people wrote is quoted briefly."""
    return sentence.format(**{name: _shown(name, value) for name, value in values.items()})


def _shown(name: str, value: object) -> object:
    return brief(value) if name in QUOTED and isinstance(value, str) else value
