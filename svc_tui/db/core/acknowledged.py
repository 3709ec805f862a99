"""The acts that were called saved by this program, so that it can be told when one of them is gone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

Ask = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]

_REMEMBERED = 200
"""Acts that are looked for when somebody may have put an older state in the place of this one."""


class Acknowledged(deque[tuple[int, str]]):
    """The last acts that were called saved: number and key of each."""

    def __init__(self) -> None:
        super().__init__(maxlen=_REMEMBERED)

    def missing(self, ask: Ask) -> list[int]:
        """Those that are not in the history. Index: the primary key.

        Raises:
            DatabaseTrouble: when nobody can be asked.
        """
        acts = dict(self)
        if not acts:
            return []
        marks = ",".join("?" * len(acts))
        rows = ask(f"SELECT id, operation_key FROM change_set WHERE id IN ({marks})", [*acts])
        found = {row[0]: row[1] for row in rows}
        return [number for number, key in acts.items() if found.get(number) != key]
