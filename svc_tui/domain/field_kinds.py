"""What the values of a field mean: how they are written out, and how they become words of the index."""

from __future__ import annotations

from enum import Enum, auto


class FieldKind(Enum):
    """What a value means, and so how it is written out."""

    LINE = auto()
    """Text in one line."""
    TEXT = auto()
    """Text of several lines."""
    NUMBER = auto()
    """A whole number that means nothing else."""
    FLAG = auto()
    """Yes or no."""
    MOMENT = auto()
    """Seconds since 1970 UTC, told with the day and the time."""
    DAY = auto()
    """The same, of which the day counts."""
    MINUTES = auto()
    """How long something takes."""
    CLOCK = auto()
    """Minutes after midnight."""
    AMOUNT = auto()
    """Money in minor units."""
    QUANTITY = auto()
    """Thousandths."""
    PERCENT = auto()
    """Hundredths of a percent."""
    CODE = auto()
    """One of the program's own words, which the catalogues translate."""
    STAGE = auto()
    """A `domain.records.Stage`."""
    REFERENCE = auto()
    """The id of a row of another table."""
    UNTOLD = auto()
    """Belongs to the history, but means nothing to people: an order of rows, a search key."""
    SECRET = auto()
    """That it changed is told, what it is never."""


class WordKind(Enum):
    """How a text becomes words of the index."""

    WORDS = auto()
    """Its words."""
    NAME = auto()
    """Also those written with punctuation as one."""
    EMAIL = auto()
    PHONE = auto()
    """Its digits."""
    VAT = auto()
    CODE = auto()
    """A code or serial number: its parts, and all of it as one."""
    TOWN = auto()
    """A town or post code, for who asks for it by itself."""
    BRAND = auto()
    """Words of a device, also for who asks for its brand alone."""
    SERIAL = auto()
    """The same of a serial number."""
    SHELF = auto()
    """The same of where a device stands."""
