"""Check digits of what stands on a Nordic invoice or is read by a scanner, and payment references made with them.

Sources: ISO/IEC 7812-1 annex B (Luhn: IMEI, FIK, KID modulus 10, Swedish OCR and organisation numbers), GS1 General
Specifications 7.9 (GTIN), Erhvervsstyrelsen (CVR, modulus 11), Brønnøysundregistrene (organisasjonsnummer), ISO 13616
(IBAN), Nets (FIK, KID).
"""

from __future__ import annotations

from typing import Final

_CVR: Final = (2, 7, 6, 5, 4, 3, 2, 1)
_MOD_11: Final = (2, 3, 4, 5, 6, 7)
_IBAN_LEAST, _IBAN_MOST = 15, 34


def luhn(digits: str) -> str:
    """The check digit that follows these digits."""
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def mod11(digits: str) -> str:
    """The check digit that follows, by weights 2 to 7 from the right; `-` where it would be 10."""
    weighed = sum(int(digit) * _MOD_11[place % len(_MOD_11)] for place, digit in enumerate(reversed(digits)))
    rest = -weighed % 11
    return "-" if rest == 10 else str(rest)


def gtin(digits: str) -> str:
    """The check digit that follows the digits of an EAN or another GTIN."""
    return str(-sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits))) % 10)


def is_gtin(code: str) -> bool:
    """Whether it is a GTIN of 8, 12, 13 or 14 digits."""
    return _are_digits(code) and len(code) in (8, 12, 13, 14) and gtin(code[:-1]) == code[-1]


def is_imei(code: str) -> bool:
    """Whether it is the number of a telephone: 15 digits."""
    return _are_digits(code) and len(code) == 15 and luhn(code[:-1]) == code[-1]


def is_cvr(number: str) -> bool:
    """Whether it is the number of a Danish company: 8 digits."""
    if not (_are_digits(number) and len(number) == 8 and number[0] != "0"):
        return False
    return sum(int(digit) * weight for digit, weight in zip(number, _CVR, strict=True)) % 11 == 0


def is_norwegian_company(number: str) -> bool:
    """Whether it is a Norwegian organisation number: 9 digits."""
    return _are_digits(number) and len(number) == 9 and mod11(number[:8]) == number[8]


def is_swedish_company(number: str) -> bool:
    """Whether it is a Swedish organisation number: 10 digits without the dash."""
    return _are_digits(number) and len(number) == 10 and luhn(number[:9]) == number[9]


def is_iban(text: str) -> bool:
    """Whether it is an IBAN, with or without spaces."""
    code = text.replace(" ", "").upper()
    if not (code.isascii() and code.isalnum() and _IBAN_LEAST <= len(code) <= _IBAN_MOST):
        return False
    return int("".join(str(int(sign, 36)) for sign in code[4:] + code[:4])) % 97 == 1


def fik71(number: int) -> str:
    """The 15 digits of a Danish payment slip of kind +71; `+75` has 16, by `fik75`."""
    return _with_luhn(f"{number:014d}")


def fik75(number: int) -> str:
    """The 16 digits of a Danish payment slip of kind +75."""
    return _with_luhn(f"{number:015d}")


def kid(body: str) -> str:
    """A Norwegian payment reference (modulus 10)."""
    return _with_luhn(body)


def ocr(number: str) -> str:
    """A Swedish payment reference: the number, the last digit of its whole length, and the check digit."""
    return _with_luhn(number + str((len(number) + 2) % 10))


def _with_luhn(body: str) -> str:
    return body + luhn(body)


def _are_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
