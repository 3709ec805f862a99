"""Labels: ZPL II for Zebra's printers, TSPL for TSC's, Xprinter's and the cheap ones.

What people wrote is never a command: in ZPL `^ ~ _ \\` go as hexadecimal, in TSPL a quotation mark is escaped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final, NamedTuple

from svc_tui.domain.paper import code128
from svc_tui.domain.paper.label import Label
from svc_tui.domain.paper.letters import DEFAULT_PAGE, PAGES, encoded

_DOTS: Final = 8
"""A millimetre, at 203 dots an inch."""
_LINE: Final = 30
_HEAD: Final = 80
"""Dots that the number and its bar code take."""
_MARGIN: Final = 16
_LETTER: Final = 13
"""Dots that a letter of a line takes, on average."""
_MODULE: Final = 2


class Roll(NamedTuple):
    """The labels in a printer, in millimetres."""

    width: int = 62
    height: int = 29
    page: str = DEFAULT_PAGE

    @property
    def room(self) -> int:
        """How many lines there is room for."""
        return max((self.height * _DOTS - _HEAD) // _LINE, 0)

    @property
    def letters(self) -> int:
        """How many letters a line holds."""
        return (self.width * _DOTS - 2 * _MARGIN) // _LETTER


def zpl(label: Label, roll: Roll) -> bytes:
    """The label in ZPL II, in UTF-8."""
    wide, high = roll.width * _DOTS, roll.height * _DOTS
    out = [
        f"^XA^CI28^PW{wide}^LL{high}^LH0,0",
        f"^FO{_MARGIN},12^A0N,56,56^FH^FD{_zpl(label.number)}^FS",
        *(f"^FO{at},12^BY{_MODULE}^BCN,56,N,N,N^FH^FD{_zpl(label.bars)}^FS" for at in _bars_at(label, roll)),
        *(
            f"^FO{_MARGIN},{_HEAD + place * _LINE}^A0N,26,26^FH^FD{_zpl(line)}^FS"
            for place, line in enumerate(_lines(label, roll))
        ),
    ]
    return ("\n".join(out) + "^XZ\n").encode()


def tspl(label: Label, roll: Roll) -> bytes:
    """The label in TSPL, in the roll's code page."""

    def quoted(text: str) -> bytes:
        return encoded(text, roll.page).replace(b'"', b'\\["]')

    page = PAGES[roll.page].tspl
    head = f"SIZE {roll.width} mm,{roll.height} mm\r\nGAP 3 mm,0 mm\r\nCODEPAGE {page}\r\nDIRECTION 1\r\nCLS\r\n"
    out = [head.encode(), f'TEXT {_MARGIN},12,"4",0,1,1,"'.encode() + quoted(label.number) + b'"\r\n']
    for at in _bars_at(label, roll):
        out.append(f'BARCODE {at},12,"128",56,0,0,{_MODULE},{_MODULE},"'.encode() + quoted(label.bars) + b'"\r\n')
    for place, line in enumerate(_lines(label, roll)):
        out.append(f'TEXT {_MARGIN},{_HEAD + place * _LINE},"2",0,1,1,"'.encode() + quoted(line) + b'"\r\n')
    return b"".join((*out, b"PRINT 1,1\r\n"))


def _bars_at(label: Label, roll: Roll) -> Sequence[int]:
    """Where the bar code begins, right beside the number; nowhere when the roll is too narrow for both."""
    if not code128.can_hold(label.bars):
        return ()
    wide = sum(code128.widths(label.bars)) * _MODULE
    at = roll.width * _DOTS - _MARGIN - wide
    return (at,) if at >= _MARGIN + 32 * len(label.number) else ()


def _lines(label: Label, roll: Roll) -> Sequence[str]:
    """The lines that fit; what does not is cut with a sign for it."""
    return [_cut(line, roll.letters) for line in label.lines[: roll.room]]


def _cut(line: str, letters: int) -> str:
    return line if len(line) <= letters else line[: max(letters - 3, 0)] + "..."


def _zpl(text: str) -> str:
    clean = (sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign)[0] != "C")
    return "".join(f"_{ord(sign):02X}" if sign in "^~_\\" else sign for sign in clean)
