"""Folded keys, stored beside the texts they are made of, because no database folds as the program does.

The descriptions of the tables say which there are. The gate keeps them: whoever writes a row through it gives the
texts, and the keys follow. `svc-tui check` tells of one that does not fit its texts.
"""

from __future__ import annotations

from collections.abc import Mapping

from svc_tui.domain.operations import Value, Values
from svc_tui.domain.tables import Described
from svc_tui.domain.text import words_key


def keyed(table: Described, values: Mapping[str, Value], before: Mapping[str, Value] | None = None) -> Values:
    """The key that follows from values to be written; nothing where they do not touch it.

    Args:
        table: Which table.
        values: The fields that are written.
        before: The row as it is stored, for the texts that stay; None for a new row.
    """
    found: Values = {}
    for key, texts in table.keys.items():
        if before is None or any(name in values for name in texts):
            whole = {**dict.fromkeys(texts), **(before or {}), **values}
            found[key] = words_key(*(str(whole[name] or "") for name in texts))
    return found
