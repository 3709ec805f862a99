"""Folded keys that whoever writes a row makes and stores beside its texts, to find it by.

Those that the gate makes by itself stand in the descriptions of the tables (`Described.keys`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from svc_tui.domain.tables import (
    CONTACT,
    CONTACT_PERSON,
    DEVICE,
    PRODUCT,
    SAVED_VIEW,
    TABLES,
    Described,
)
from svc_tui.domain.text import search_key, words, words_key


def code_key(code: str) -> str:
    """A code or a serial number as it is compared: folded, letters and digits only."""
    return "".join(words(search_key(code)))


def view_key(name: str) -> str:
    """A view's name as it is compared: its folded words, whatever stands between them (`mine-tv` in a filter line)."""
    return " ".join(words(name))


class Key(NamedTuple):
    """One stored key."""

    field: str
    texts: tuple[str, ...]
    """The fields it is made of."""
    make: Callable[..., str]
    """Makes it of these texts."""


def _name_key(*texts: str) -> str:
    return search_key(" ".join(texts))


_NAME: Final = Key("name_key", ("name",), search_key)

_STORED: Final[Mapping[Described, tuple[Key, ...]]] = MappingProxyType(
    {
        **{table: (_NAME,) for table in TABLES.values() if table.register and "name_key" in table.fields},
        **dict.fromkeys((CONTACT, CONTACT_PERSON), (_NAME,)),
        SAVED_VIEW: (Key("name_key", ("name",), view_key),),
        PRODUCT: (_NAME, Key("code_key", ("code",), code_key)),
        DEVICE: (Key("serial_key", ("serial",), code_key), Key("name_key", ("brand", "model"), _name_key)),
    }
)


def keys_of(table: Described) -> tuple[Key, ...]:
    """Every key that the rows of a table store."""
    return (*_STORED.get(table, ()), *(Key(name, texts, words_key) for name, texts in table.keys.items()))


KEYED: Final = tuple(table for table in TABLES.values() if keys_of(table))
"""The tables whose rows store keys."""
