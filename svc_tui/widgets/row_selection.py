"""Which rows of a list are selected: some by their keys, or all that match but for some."""

from __future__ import annotations

from collections.abc import Iterable


class RowSelection:
    """Keys of selected rows; they stay selected while rows come and go."""

    def __init__(self) -> None:
        self.keys: set[object] = set()
        """The selected rows; while everything is selected, those that are not."""
        self.everything = False
        self.anchor: object | None = None
        """The row from which a range is being selected; None while none is."""
        self._before: frozenset[object] = frozenset()

    def __contains__(self, key: object) -> bool:
        return (key in self.keys) is not self.everything

    def __bool__(self) -> bool:
        return self.everything or bool(self.keys)

    def count(self, matching: int | None) -> int | None:
        """How many rows are selected, of so many that match; None while that is not known."""
        if not self.everything:
            return len(self.keys)
        return None if matching is None else max(matching - len(self.keys), 0)

    def clear(self) -> None:
        """Select nothing."""
        self.keys = set()
        self.everything = False
        self.anchor = None

    def toggle(self, key: object) -> None:
        """Select a row, or no longer."""
        self.keys ^= {key}

    def select_everything(self) -> None:
        """Select all that match; where they are selected already, nothing."""
        everything = not self.everything or bool(self.keys)
        self.clear()
        self.everything = everything

    def begin_range(self, key: object) -> None:
        """Select from this row on to wherever the cursor goes."""
        self.anchor = key
        self._before = frozenset(self.keys)
        self.extend([key])

    def extend(self, keys: Iterable[object], *, anew: bool = True) -> None:
        """The rows between the anchor and the cursor.

        Args:
            keys: Those rows, or those of them that are known.
            anew: Whether they are all of the range, so that rows it had before and has no longer are let go.
        """
        base = self._before if anew else self.keys
        self.keys = set(base - set(keys) if self.everything else base | set(keys))

    def end_range(self) -> None:
        """The range stays as it is now."""
        self.anchor = None
