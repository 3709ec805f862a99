"""Folded keys, stored beside the texts they are made of, because no database folds as the program does.

The gate keeps them: whoever writes a row through it gives the texts, and the keys follow. `svc-tui check` tells of one
that does not fit its texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from svc_tui.db.core.models import Activity, ActivityLine, Device, Table
from svc_tui.domain.operations import Value, Values
from svc_tui.domain.text import words_key

KEYS: Final[Mapping[type[Table], tuple[str, tuple[str, ...]]]] = MappingProxyType(
    {
        Activity: ("project_key", ("project",)),
        ActivityLine: ("words_key", ("code", "text")),
        Device: ("words_key", ("brand", "model")),
    }
)
"""The key of each table that has one, and the fields it is made of."""

NAMES: Final = frozenset(key for key, _ in KEYS.values())


def keyed(table: type[Table], values: Mapping[str, Value], before: Mapping[str, Value] | None = None) -> Values:
    """The key that follows from values to be written; nothing where they do not touch it.

    Args:
        table: Which table.
        values: The fields that are written.
        before: The row as it is stored, for the texts that stay; None for a new row.
    """
    if table not in KEYS:
        return {}
    key, texts = KEYS[table]
    if before is not None and not any(name in values for name in texts):
        return {}
    whole = {**dict.fromkeys(texts), **values} if before is None else {**before, **values}
    return {key: words_key(*(str(whole[name] or "") for name in texts))}
