"""What terminals send for a key, and which key that is: DEC, xterm, rxvt, PuTTY in its modes, kitty, modifyOtherKeys.

Nothing here knows the order in which keys come, but for `Dialect`: a few sequences mean one key to PuTTY as an SCO
console or as VT100+, and another to everybody else.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Pressed(NamedTuple):
    """A key by Textual's name, or the sign it types."""

    name: str = ""
    text: str = ""


_ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left", "F": "end", "H": "home"}
_PF_KEYS = {"P": "f1", "Q": "f2", "R": "f3", "S": "f4"}
_NUMBERED = {
    1: "home", 2: "insert", 3: "delete", 4: "end", 5: "pageup", 6: "pagedown", 7: "home", 8: "end",
    **{code: f"f{number}" for number, code in enumerate(
        (11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34), 1)},
}  # fmt: skip
"""CSI number ~: the editing keys of a VT220, of rxvt and tmux, and F1 to F20."""
_KEYPAD = {
    "j": "*", "k": "+", "l": ",", "m": "-", "n": ".", "o": "/",
    **dict(zip("pqrstuvwxy", "0123456789", strict=True)),
}  # fmt: skip
"""ESC O letter of a keypad in application mode."""
_VT100_PLUS = {"T": "f5", "U": "f6", "V": "f7", "W": "f8", "X": "f9", "Y": "f10", "Z": "f11", "[": "f12"}
"""ESC O letter of PuTTY's VT100+, after PF1 to PF4."""
_RXVT_ARROWS = {"a": "up", "b": "down", "c": "right", "d": "left"}
_SCO = {
    **{chr(ord("M") + place): f"f{place + 1}" for place in range(12)},
    "I": "pageup", "G": "pagedown", "L": "insert",
}  # fmt: skip
"""CSI letter of an SCO console, besides arrows, Home and End."""
_ONLY_SCO = frozenset("LMNRTUVWX")
"""Those that nobody else sends: F1, F2, F6, F8 to F12, Insert."""
_KITTY = {
    27: "escape", 13: "enter", 9: "tab", 127: "backspace", 8: "backspace", 57414: "enter",
    **{57417 + place: name for place, name in enumerate(
        ("left", "right", "up", "down", "pageup", "pagedown", "home", "end", "insert", "delete"))},
    **{57376 + place: f"f{13 + place}" for place in range(23)},
}  # fmt: skip
_KITTY_KEYPAD = {**{57399 + digit: str(digit) for digit in range(10)},
                 **{57409 + place: sign for place, sign in enumerate("./*-+")}, 57415: "=", 57416: ","}  # fmt: skip
_PRIVATE_USE = range(57344, 63744)
_SHIFT, _ALT, _CTRL, _OTHERS, _META = 1, 2, 4, 8 | 16, 32
_SAME_AS_KEYS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "escape", "ctrl+h": "backspace"}
# Patterns as text: `re` compiles and keeps them when such a key is pressed.
_MODIFIED = r"\x1b\[(\d{1,3});(\d{1,3})(?::([123]))?([A-HPQRS~])"
_RXVT = r"\x1b\[(\d{1,2})([$^@])"
_EXTENDED = r"\x1b\[(\d{1,7})(?::(\d{0,7}))?(?::\d{0,7})?(?:;(\d{0,3})(?::([123]))?)?(?:;([\d:]{0,40}))?u"
_OTHER_KEYS = r"\x1b\[27;(\d{1,3});(\d{1,7})~"
_OLD_MODIFIED = r"\x1bO([1-9])([A-Zj-y])|\x1b\[([1-8])([ABCD])"


class Dialect:
    """Which of two meanings some sequences have, by what else this terminal sends."""

    def __init__(self, term: str = "") -> None:
        self._is_sco = term.startswith("sco")
        self._has_keypad = False

    @property
    def is_sco(self) -> bool:
        """Whether CSI M is F1 and not the mouse."""
        return self._is_sco

    def pressed(self, sequence: str) -> Pressed | None:
        """The key of a whole sequence; None if it is none that we know."""
        if sequence.startswith("\x1bO") and len(sequence) == 3:
            return self._keypad(sequence[2])
        if sequence.startswith("\x1b[") and len(sequence) == 3:
            return self._letter(sequence[2])
        return _with_numbers(sequence)

    def _keypad(self, letter: str) -> Pressed | None:
        if letter == "X" and self._has_keypad:
            return Pressed(text="=")
        if letter in _KEYPAD:
            self._has_keypad = True
            return Pressed(text=_KEYPAD[letter])
        if letter in _VT100_PLUS:
            self._has_keypad = False
            return Pressed(_VT100_PLUS[letter])
        if letter in _RXVT_ARROWS:
            return Pressed(f"ctrl+{_RXVT_ARROWS[letter]}")
        name = {**_ARROWS, **_PF_KEYS, "M": "enter", "I": "tab"}.get(letter)
        return Pressed(name) if name else None

    def _letter(self, letter: str) -> Pressed | None:
        if letter in _ARROWS:
            return Pressed(_ARROWS[letter])
        if letter == "Z":
            return Pressed("shift+tab")
        if letter in _RXVT_ARROWS:
            return Pressed(f"shift+{_RXVT_ARROWS[letter]}")
        self._is_sco = self._is_sco or letter in _ONLY_SCO
        name = _SCO.get(letter) if self._is_sco else _PF_KEYS.get(letter)
        return Pressed(name) if name else None


def _with_numbers(sequence: str) -> Pressed | None:
    if found := re.fullmatch(r"\x1b\[(\d{1,3})~", sequence):
        name = _NUMBERED.get(int(found[1]))
        return Pressed(name) if name else None
    if found := re.fullmatch(r"\x1b\[\[([A-E])", sequence):  # the Linux console
        return Pressed(f"f{ord(found[1]) - ord('A') + 1}")
    if found := re.fullmatch(_RXVT, sequence):
        modifiers = {"$": _SHIFT, "^": _CTRL, "@": _SHIFT | _CTRL}[found[2]]
        return _modified(_NUMBERED.get(int(found[1])), modifiers)
    if found := re.fullmatch(_OTHER_KEYS, sequence):
        return _of_code(int(found[2]), _modifiers(found[1]))
    if found := re.fullmatch(_MODIFIED, sequence):
        if found[3] == "3":
            return None  # it was let go
        if found[4] == "~":
            name = _NUMBERED.get(int(found[1]))
        else:  # with another number it tells where the cursor is
            name = {**_ARROWS, **_PF_KEYS}.get(found[4]) if found[1] == "1" else None
        return _modified(name, _modifiers(found[2]))
    if found := re.fullmatch(_EXTENDED, sequence):
        return None if found[4] == "3" else _extended(found)
    if found := re.fullmatch(_OLD_MODIFIED, sequence):
        name = {**_ARROWS, **_PF_KEYS}.get(found[2] or found[4])
        return _modified(name, _modifiers(found[1] or found[3]))
    return None


def _modifiers(number: str | None) -> int:
    """The bits of shift, alt, ctrl, the others and meta, which is alt; locked Caps and Num say nothing."""
    bits = max(int(number or 1) - 1, 0)
    return bits & (_SHIFT | _ALT | _CTRL | _OTHERS) | (_ALT if bits & _META else 0)


def _modified(name: str | None, modifiers: int) -> Pressed | None:
    if name is None or modifiers & _OTHERS:
        return None
    if modifiers == _SHIFT and re.fullmatch(r"f([1-9]|1[0-2])", name):
        return Pressed(f"f{int(name[1:]) + 12}")  # as terminals without modifiers number them
    return Pressed(f"{_prefix(modifiers)}{name}")


def _prefix(modifiers: int) -> str:
    names = (("alt", _ALT), ("ctrl", _CTRL), ("shift", _SHIFT))
    return "".join(f"{name}+" for name, bit in names if modifiers & bit)


def _extended(found: re.Match[str]) -> Pressed | None:
    modifiers = _modifiers(found[3])
    code = int(found[1])
    text = "".join(chr(int(part)) for part in (found[5] or "").split(":") if part and int(part) < 0x110000)
    if text and text.isprintable() and not modifiers & (_ALT | _CTRL | _OTHERS):
        return Pressed(text=text)
    if found[2] and modifiers & _SHIFT:
        code = int(found[2])
    return _of_code(code, modifiers)


def _of_code(code: int, modifiers: int) -> Pressed | None:
    """The key of a code point: a sign with its modifiers, or one of those without a sign."""
    if modifiers & _OTHERS or code >= 0x110000:
        return None
    if (sign := _KITTY_KEYPAD.get(code)) is not None:
        return Pressed(text=sign) if not modifiers & (_ALT | _CTRL) else None
    if (name := _KITTY.get(code)) is not None:
        return _of_named(name, modifiers)
    letter = chr(code)
    if code in _PRIVATE_USE or not letter.isprintable():
        return None
    if modifiers & _SHIFT and letter.upper().isprintable() and len(letter.upper()) == 1:
        letter = letter.upper()
    if not modifiers & (_ALT | _CTRL):
        return Pressed(text=letter)
    if modifiers & _CTRL:
        name = f"{_prefix(modifiers)}{'space' if letter == ' ' else letter.lower()}"
        return Pressed(_SAME_AS_KEYS.get(name, name))
    return Pressed(f"alt+{'space' if letter == ' ' else letter}")


def _of_named(name: str, modifiers: int) -> Pressed:
    """Enter, Esc and Backspace are the same with Shift and Ctrl, as terminals without such a mode send them."""
    if name == "tab":
        return Pressed("shift+tab" if modifiers & _SHIFT else "tab") if not modifiers & _ALT else Pressed("alt+tab")
    if name in ("enter", "escape", "backspace"):
        return Pressed(f"alt+{name}" if modifiers & _ALT and name != "escape" else name)
    return Pressed(f"{_prefix(modifiers)}{name}")
