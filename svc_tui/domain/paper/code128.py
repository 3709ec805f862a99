"""Code 128 as the widths of its bars and spaces (ISO/IEC 15417), code sets B and C.

Only what a keyboard of any country types is put into our own codes: capital letters and digits.
"""

from __future__ import annotations

from typing import Final

_WIDTHS: Final = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221"
    "223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321"
    "112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131"
    "311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114"
    "122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141"
    "214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232"
)
_STOP: Final = "2331112"
_B, _C = 100, 99
"""The symbols that change the set."""
_START_B, _START_C = 104, 105
_MODULUS: Final = 103


def can_hold(text: str) -> bool:
    """Whether it can be written in Code 128 B: printable ASCII, at least one sign."""
    return bool(text) and all(" " <= sign <= "~" for sign in text)


def widths(text: str) -> list[int]:
    """The widths in modules, bar and space in turn, a bar first and last.

    Raises:
        ValueError: for a text that cannot be held.
    """
    if not can_hold(text):
        raise ValueError(f"code 128 cannot hold {text!r}")
    symbols = _symbols(text)
    check = (symbols[0] + sum(place * symbol for place, symbol in enumerate(symbols))) % _MODULUS
    return [int(width) for symbol in (*symbols, check) for width in _WIDTHS[symbol * 6 : symbol * 6 + 6]] + [
        int(width) for width in _STOP
    ]


def _symbols(text: str) -> list[int]:
    """Runs of digits two by two in set C, where that is shorter; everything else in set B."""
    symbols: list[int] = []
    place, in_c = 0, False
    while place < len(text):
        run = _digits(text, place)
        if run < (2 if in_c else 4):
            if in_c or not symbols:
                symbols.append(_B if symbols else _START_B)
                in_c = False
            symbols.append(ord(text[place]) - 32)
            place += 1
            continue
        if not in_c and run % 2 and symbols:  # the odd digit first, in the set that is on
            symbols.append(ord(text[place]) - 32)
            place, run = place + 1, run - 1
        if not in_c:
            symbols.append(_C if symbols else _START_C)
            in_c = True
        pairs = run - run % 2
        symbols += [int(text[at : at + 2]) for at in range(place, place + pairs, 2)]
        place += pairs
    return symbols


def _digits(text: str, place: int) -> int:
    """How many digits stand there one after the other."""
    end = place
    while end < len(text) and "0" <= text[end] <= "9":
        end += 1
    return end - place
