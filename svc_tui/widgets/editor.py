"""Editing one line of text: the letters, the place of the caret, and the part of it that fits a field."""

from __future__ import annotations

from rich.cells import cell_len

from svc_tui.domain.text import clean_line

WORD_LEFT = frozenset(("alt+b", "alt+left", "ctrl+left"))
WORD_RIGHT = frozenset(("alt+f", "alt+right", "ctrl+right"))
DELETE_WORD_LEFT = frozenset(("alt+backspace",))
DELETE_WORD_RIGHT = frozenset(("alt+d", "alt+delete", "ctrl+delete"))


def _entered(text: str) -> str:
    """What may come into a line: pasted line ends become spaces, harmful characters go, spaces stay."""
    kept = clean_line(text, 2000)
    if not kept and text.strip("\r\n\t ") == "" and text:
        return " "
    lead = " " if text[:1].isspace() and kept else ""
    tail = " " if text[-1:].isspace() and kept else ""
    return f"{lead}{kept}{tail}"


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
        """Type or paste text at the caret; False when it was refused because the line is full."""
        entered = _entered(text)
        if not entered:
            return True
        if self.whole:
            self.value, self.caret, self.whole = "", 0, False
        room = self.limit - len(self.value)
        taken = entered[: max(room, 0)]
        self.value = self.value[: self.caret] + taken + self.value[self.caret :]
        self.caret += len(taken)
        return len(taken) == len(entered)

    def press(self, key: str) -> bool:
        """An editing key by its Textual name; False when the key is not one of the editor's."""
        move = {"left": self.caret - 1, "right": self.caret + 1, "home": 0, "end": len(self.value)}.get(key)
        if move is not None:
            self.caret, self.whole = min(max(move, 0), len(self.value)), False
        elif key in ("backspace", "ctrl+h"):
            self._delete(self.caret - 1, self.caret)
        elif key == "delete":
            self._delete(self.caret, self.caret + 1)
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

        def is_in_word() -> bool:
            return self.value[place - 1 if by < 0 else place].isalnum()

        while place != end and not is_in_word():
            place += by
        while place != end and is_in_word():
            place += by
        return place

    def _delete(self, start: int, end: int) -> None:
        if self.whole:
            start, end, self.whole = 0, len(self.value), False
        start = max(start, 0)
        self.value = self.value[:start] + self.value[end:]
        self.caret = start

    def window(self, width: int) -> tuple[str, int]:
        """The part of the text to show in `width` cells, and how many cells before the caret it has."""
        start = 0
        while cell_len(self.value[start : self.caret]) > width - 1:
            start += 1
        return self.value[start:], cell_len(self.value[start : self.caret])
