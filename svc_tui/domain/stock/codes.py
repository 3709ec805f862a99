"""What a scanned code may mean, by its form and its check digit; the database has the last word.

Our own labels hold capitals and digits only, which come out right whatever layout a reader is set to: `S104217` is a
job, `O88` a service order, `L12` a loan, `H412` a shelf. A GS1 code (a datamatrix on a box, a label of a parcel) holds
several things, each behind its application identifier (GS1 General Specifications, section 3).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

from svc_tui.domain.orders.check_digits import gtin, is_imei, luhn
from svc_tui.domain.scanning import AIM, GS

_GS1: Final = frozenset(("]C1", "]d2", "]Q3", "]e0"))

_FIXED: Final = {"00": 18, "01": 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
_VARIABLE: Final = {
    "10": 20, "21": 20, "22": 20, "30": 8, "37": 8, "240": 30, "241": 30, "250": 30, "251": 30, "400": 30, "401": 30,
}  # fmt: skip
_GTINS: Final = frozenset(("00", "01", "02"))
_IMEI_LENGTHS: Final = (14, 15, 16)
_GTIN_LENGTHS: Final = (8, 12, 13, 14)
_LONGEST_NUMBER: Final = 9


class Own(StrEnum):
    """What a label of our own is on, by its first letter."""

    JOB = "S"
    ORDER = "O"
    LOAN = "L"
    SHELF = "H"


class Code(NamedTuple):
    """What a code may be, the likeliest of each first."""

    written: str
    """Without what the reader put before it."""
    own: tuple[Own, str] | None = None
    """Of our own labels: what it is on, and its number or the shelf's name."""
    number: int | None = None
    """As a job's number."""
    serials: tuple[str, ...] = ()
    gtin: str = ""
    """As an EAN; twelve digits have a 0 in front."""
    parcel: str = ""
    """The number of a parcel (SSCC)."""
    codes: tuple[str, ...] = ()
    """As a code of a product, ours or a supplier's."""


def read_code(text: str) -> Code:
    """What a code may mean. No case is told apart, for Caps Lock turns a reader's letters round."""
    mark = AIM.match(text)
    written = (text[3:] if mark else text).strip(" \t\r\n")
    is_gs1 = written.startswith(GS) or (mark is not None and mark[0] in _GS1) or GS in written
    if is_gs1 and (parts := elements(written)):
        return _of_elements(written, parts)
    written = written.replace(GS, "")
    digits = written.isascii() and written.isdigit()
    own = _own(written)
    number = int(written) if digits and len(written) <= _LONGEST_NUMBER else None
    if own and own[0] is Own.JOB:
        number = int(own[1])
    return Code(
        written, own, number, _serials(written), _as_gtin(written) if digits else "",
        written if digits and len(written) == 18 and _is_sscc(written) else "", (written,),
    )  # fmt: skip


def elements(text: str) -> dict[str, str] | None:
    """The elements of a GS1 code by their identifiers; None where it is none."""
    found: dict[str, str] = {}
    rest = text.lstrip(GS)
    while rest:
        name = next((rest[:size] for size in (2, 3) if rest[:size] in _FIXED or rest[:size] in _VARIABLE), "")
        if not name:
            return None
        rest = rest[len(name) :]
        if name in _FIXED:
            value, rest = rest[: _FIXED[name]], rest[_FIXED[name] :]
            if len(value) < _FIXED[name] or not (value.isascii() and value.isdigit()):
                return None
            if name in _GTINS and not _is_sscc(value):
                return None
        else:
            value, _parted, rest = rest.partition(GS)
            if not 1 <= len(value) <= _VARIABLE[name]:
                return None
        found[name] = value
        rest = rest.lstrip(GS)
    return found or None


def _of_elements(written: str, parts: dict[str, str]) -> Code:
    serial, gtin = parts.get("21", ""), parts.get("01", "") or parts.get("02", "")
    codes = tuple(parts[name] for name in ("240", "241") if name in parts)
    return Code(
        written, serials=(serial,) if serial else (), gtin=gtin.removeprefix("0"), parcel=parts.get("00", ""),
        codes=codes,
    )  # fmt: skip


def _own(text: str) -> tuple[Own, str] | None:
    letter, rest = text[:1].upper(), text[1:]
    if letter not in set(Own) or not rest:
        return None
    own = Own(letter)
    if own is Own.SHELF:
        return (own, rest) if rest.isascii() and rest.isalnum() else None
    is_number = rest.isascii() and rest.isdigit() and rest[0] != "0" and len(rest) <= _LONGEST_NUMBER
    return (own, rest) if is_number else None


def _serials(text: str) -> tuple[str, ...]:
    """The code itself; a telephone's number also without its check digit, or without the version of its program."""
    if not (text.isascii() and text.isdigit() and len(text) in _IMEI_LENGTHS):
        return (text,)
    whole = text[:14] + luhn(text[:14])
    return tuple(dict.fromkeys((text, whole, text[:14]))) if len(text) != 15 or is_imei(text) else (text,)


def _as_gtin(digits: str) -> str:
    """As an EAN of 8, 13 or 14 digits; one of a box (14) that begins with 0 is that of the piece.

    Its check digit is not asked for: products have codes that were written by hand.
    """
    if len(digits) not in _GTIN_LENGTHS:
        return ""
    if len(digits) == 12:
        return f"0{digits}"
    return digits[1:] if len(digits) == 14 and digits[0] == "0" else digits


def _is_sscc(digits: str) -> bool:
    """Whether the last digit is that of GS1's numbers, whatever their length."""
    return gtin(digits[:-1]) == digits[-1]
