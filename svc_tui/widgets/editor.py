"""Editing one line of text: the letters, the place of the caret, and the part of it that fits a field.

The caret stands between two clusters, never within one: a letter with its accents, an emoji of several signs, a flag.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len

from svc_tui.domain.text import clean_line, cluster_end, cluster_start

_LONGEST_INSERT = 2000
"""Characters of one paste that may come into a line; no line holds more."""
_MOST_READ = 4 * _LONGEST_INSERT
"""Characters of a paste that are looked at: control sequences and marks in them go. A paste may have a million."""
_JOINERS = {"zero_width_joiner": "\u200d"}
"""Keys that are no letter of their own, but hold together the emoji before and the one that comes."""

WORD_LEFT = frozenset(("alt+b", "alt+left", "ctrl+left"))
WORD_RIGHT = frozenset(("alt+f", "alt+right", "ctrl+right"))
DELETE_WORD_LEFT = frozenset(("alt+backspace",))
DELETE_WORD_RIGHT = frozenset(("alt+d", "alt+delete", "ctrl+delete"))


def _entered(text: str) -> str:
    """What may come into a line: pasted line ends become spaces, harmful characters go, spaces stay."""
    kept = clean_line(text, _LONGEST_INSERT + 1)  # one more than any line holds: it is refused, not cut
    if not kept and text.strip("\r\n\t ") == "" and text:
        return " "
    lead = " " if text[:1].isspace() and kept else ""
    tail = " " * (len(text) - len(text.rstrip())) if kept else ""
    return f"{lead}{kept}{tail}"


class Part(NamedTuple):
    """The part of a line that is shown."""

    text: str
    """From the first cluster shown to the end of the line."""
    before: int
    """Cells before the caret."""


class LineEditor:
    """One line being edited."""

    __slots__ = ("caret", "limit", "value", "whole")

    def __init__(self, value: str = "", caret: int = 0, limit: int = 300) -> None:
        self.value = value
        self.caret = caret
        self.limit = limit
        self.whole = False
        """All of it is marked: the first letter typed replaces it."""

    def put(self, value: str, *, whole: bool = False) -> None:
        """Begin with a value; the caret stands behind it."""
        self.value, self.caret, self.whole = value, len(value), whole and bool(value)

    def insert(self, text: str) -> bool:
        """Type or paste text at the caret; False when it is too long for the line, which then stays as it was."""
        entered = text if self._goes_on(text) else _entered(text[:_MOST_READ])
        if not entered:
            return True
        if len(text) > _MOST_READ or len(entered) > self.limit - (0 if self.whole else len(self.value)):
            return False
        if self.whole:
            self.value, self.caret, self.whole = "", 0, False
        self.value = self.value[: self.caret] + entered + self.value[self.caret :]
        self.caret = self._at_edge(self.caret + len(entered))
        return True

    def _goes_on(self, text: str) -> bool:
        """Whether a single sign goes on with the cluster before the caret; alone it would be nothing."""
        before = self.value[self.caret - 1 : self.caret] if not self.whole else ""
        return len(text) == 1 and before >= "\u203c" and (text in _JOINERS.values() or text == "\ufe0f")

    def press(self, key: str) -> bool:
        """An editing key by its Textual name; False when the key is not one of the editor's."""
        if key in _JOINERS:
            if self._goes_on(_JOINERS[key]):
                self.insert(_JOINERS[key])
        elif key in ("left", "right", "home", "end"):
            self.caret, self.whole = self._place_after(key), False
        elif key in ("backspace", "ctrl+h"):
            self._delete(cluster_start(self.value, self.caret), self.caret)
        elif key == "delete":
            self._delete(self.caret, cluster_end(self.value, self.caret))
        elif key in WORD_LEFT or key in WORD_RIGHT:
            self.caret, self.whole = self._word(-1 if key in WORD_LEFT else 1), False
        elif key in DELETE_WORD_LEFT:
            self._delete(self._word(-1), self.caret)
        elif key in DELETE_WORD_RIGHT:
            self._delete(self.caret, self._word(1))
        elif key == "ctrl+w":
            before = self.value[: self.caret].rstrip()
            self._delete(before.rfind(" ") + 1, self.caret)
        elif key == "ctrl+u":
            self._delete(0, self.caret)
        elif key == "ctrl+k":
            self._delete(self.caret, len(self.value))
        else:
            return False
        return True

    def _word(self, by: int) -> int:
        """Where the word to the left begins, or the one to the right ends: what lies between words is passed."""
        place, end = self.caret, 0 if by < 0 else len(self.value)

        def ahead() -> int:
            return cluster_start(self.value, place) if by < 0 else cluster_end(self.value, place)

        def is_in_word() -> bool:
            return self.value[min(ahead(), place)].isalnum()

        while place != end and not is_in_word():
            place = ahead()
        while place != end and is_in_word():
            place = ahead()
        return place

    def _place_after(self, move: str) -> int:
        if move == "left":
            return cluster_start(self.value, self.caret)
        if move == "right":
            return cluster_end(self.value, self.caret)
        return 0 if move == "home" else len(self.value)

    def _delete(self, start: int, end: int) -> None:
        if self.whole:
            start, end, self.whole = 0, len(self.value), False
        self.value = self.value[:start] + self.value[end:]
        self.caret = self._at_edge(start)

    def _at_edge(self, place: int) -> int:
        """The place, or the end of the cluster that it would tear: what was put together may belong together."""
        if not 0 < place < len(self.value):
            return min(max(place, 0), len(self.value))
        return cluster_end(self.value, cluster_start(self.value, place + 1)) if self._tears(place) else place

    def _tears(self, place: int) -> bool:
        return cluster_start(self.value, place + 1) < place

    @property
    def under_caret(self) -> str:
        """The cluster that the caret stands before; nothing at the end of the line."""
        return self.value[self.caret : cluster_end(self.value, self.caret)]

    def window(self, width: int) -> Part:
        """The part of the text to show in `width` cells, so that the caret and what it stands before are seen."""
        left = width - max(cell_len(self.under_caret), 1)
        start, before = self.caret, 0
        while start > 0:
            place = cluster_start(self.value, start)
            cells = cell_len(self.value[place:start])
            if before + cells > left:
                break
            start, before = place, before + cells
        return Part(self.value[start:], before)
