"""What a contact is found by: one reading of names, numbers and addresses, for what is stored and for what is asked.

The word index holds the words of a contact, and besides them what punctuation must not hide: `7-eleven` also as
`7eleven`, each phone number of a cell as digits, a VAT number without its country, an e-mail address whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Literal, NamedTuple

from svc_tui.domain.text import looks_like_phone, phone_digits, search_key, words

_ADDRESS: Final = "\ue000"
_END: Final = "\ue001"
_VAT: Final = "\ue002"
_PHONE: Final = "\ue003"
_TOWN: Final = "\ue004"
_MAIL: Final = "\ue005"
"""Marks that nobody can type (text is cleaned of them), so that an address or a VAT number begins no other word, and
a list can be asked for what stands in one field.

The tokenizer of the word index takes private letters for letters.
"""
_SIGNS: Final = {"@": "\ue010", ".": "\ue011", "-": "\ue012", "_": "\ue013", "+": "\ue014"}
_OTHER_SIGN: Final = "\ue01f"

_BETWEEN_ADDRESSES: Final = r"[\s,;<>()|/]+"
_BETWEEN_NUMBERS: Final = r"[/;,|&]|\s[-–]\s|[^\W\d_]+[.:]*"
_NUMBERS: Final = r"[\d\s+().\-/;,|]*\d{2}[\d\s+().\-/;,|]{6,}"
_NEXT_NUMBER: Final = r"(?<=\d)\s*(?=\(?\+)|(?<=\d)\s+(?=00)"
_NEXT_WITH_PLUS: Final = r"(?<=\d)\s*(?=\(?\+)"
_VAT_NUMBER: Final = r"(?:[a-z]{2})?([a-z]?\d{7,13}[a-z]?)(?:mva)?"
_MOST_DIGITS_OF_ONE: Final = 15
_FEWEST_DIGITS_OF_ONE: Final = 6
_NATIONAL_LENGTH: Final = {"45": 8, "47": 8}
_FEWEST_JOINED: Final = 3


class Asked(NamedTuple):
    """What a text asks of contacts: all words of one of the alternatives, each as the beginning of a word."""

    alternatives: tuple[tuple[str, ...], ...]
    is_address: bool = False
    """Whether it is a whole e-mail address, which only that address answers."""


def joined(text: str) -> str:
    """The letters and digits of a text, folded, without what stands between them."""
    return "".join(words(text))


def phone_forms(text: str, country: str) -> list[str]:
    """Every number that stands in a phone cell, as digits; the whole of it first where it may be one."""
    whole = phone_digits(text, country)
    found = [whole] if whole and len(whole) <= _MOST_DIGITS_OF_ONE else []
    pieces = [piece for part in re.split(_BETWEEN_NUMBERS, text) for piece in _numbers(part, country)]
    digits = [phone_digits(piece, country) for piece in pieces]
    found += [number for number in digits if len(number) >= _FEWEST_DIGITS_OF_ONE]
    return list(dict.fromkeys(found))


def _numbers(text: str, country: str) -> Iterator[str]:
    """The numbers of a stretch without separators: two of the shop's country may stand side by side."""
    length = _NATIONAL_LENGTH.get(country)
    parts = re.split(_NEXT_NUMBER, text)
    if any(sum(map(str.isdigit, part)) < _FEWEST_DIGITS_OF_ONE for part in parts):
        parts = re.split(_NEXT_WITH_PLUS, text)  # `67 95 00 58`: the noughts stand in the number and begin none
    for part in parts:
        digits = "".join(sign for sign in part if sign in "0123456789")
        if length and not part.strip().startswith(("+", "00")) and len(digits) in (2 * length, 3 * length):
            yield from (digits[place : place + length] for place in range(0, len(digits), length))
        elif part.strip():
            yield part


def vat_core(text: str) -> str:
    """A VAT number without its country's letters and blanks; empty when the text is none."""
    found = re.fullmatch(_VAT_NUMBER, joined(text))
    return found[1] if found else ""


def address_word(text: str, *, whole: bool = True) -> str:
    """The word that an e-mail address is found by; of the beginning of one when it is not `whole`."""
    letters = (sign if sign.isalnum() else _SIGNS.get(sign, _OTHER_SIGN) for sign in search_key(text))
    return _ADDRESS + "".join(letters) + (_END if whole else "")


def is_whole_address(text: str) -> bool:
    """Whether a text is an e-mail address to its end: something, an at sign, and a place with a point in it."""
    return re.fullmatch(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;.\d][^\s@,;.]+", text) is not None


def name_words(text: str) -> set[str]:
    """The words of a name or a town; those written with punctuation also as one."""
    return {*words(text), *_joined_runs(text)}


def _joined_runs(text: str) -> Iterator[str]:
    for run in text.split():
        whole = joined(run)
        if len(whole) >= _FEWEST_JOINED:
            yield whole


def email_words(text: str) -> set[str]:
    """The words of an e-mail cell, and every address in it whole."""
    addresses = [part for part in re.split(_BETWEEN_ADDRESSES, text) if "@" in part]
    marked = (_MAIL + word for word in words(text))
    return {*words(text), *(joined(address) for address in addresses), *map(address_word, addresses), *marked}


def vat_words(text: str) -> set[str]:
    """A VAT number as written, in one, and without its country."""
    core = vat_core(text)
    return {*words(text), *filter(None, (joined(text),)), *((core, _VAT + core) if core else ())}


def serial_words(text: str) -> set[str]:
    """A serial number in its parts and in one."""
    return {*words(text), *filter(None, (joined(text),))}


def town_words(text: str) -> set[str]:
    """The words of a town or a post code, for who asks for it by itself."""
    return {_TOWN + word for word in words(text)}


def phone_words(text: str, country: str) -> set[str]:
    """The numbers of a phone cell as digits, also for who asks for a phone number by itself."""
    return {word for form in phone_forms(text, country) for word in (form, _PHONE + form)}


def stored_words(
    names: Iterable[str], emails: Iterable[str] = (), phones: Iterable[str] = (), vat: str = "", country: str = "45"
) -> set[str]:
    """Everything that a contact, or one of its persons, is found by.

    Args:
        names: Name, town, number.
        emails: Cells with e-mail addresses.
        phones: Cells with phone numbers.
        vat: The VAT number.
        country: The calling code of the shop's country.
    """
    found = vat_words(vat) if vat else set()
    for name in names:
        found |= name_words(name)
    for email in emails:
        found |= email_words(email)
    for phone in phones:
        found |= phone_words(phone, country)
    return found


def asked_phones(text: str, country: str) -> list[str]:
    """The beginnings of words that find contacts by a phone number alone, or by its first digits."""
    digits = "".join(sign for sign in text if sign.isdigit())
    forms = phone_forms(text, country) or ([digits] if digits else [])
    return [_PHONE + form for form in dict.fromkeys((*forms, *([digits] if not text.startswith("+") else ()))) if form]


def asked_mail(text: str) -> tuple[str, ...]:
    """The beginnings of words that find contacts by an e-mail address alone: by its beginning, or by words of it."""
    if "@" in text.strip().lstrip("@"):
        text = text.strip()
        return (address_word(text, whole=is_whole_address(text)),)
    return tuple(_MAIL + word for word in words(text))


def asked_vat(text: str) -> str:
    """The beginning of the word that finds contacts by a VAT number alone; empty where no digit is asked for."""
    whole = re.sub(r"^[a-z]{2}(?=\d)", "", joined(text))
    return _VAT + whole if any(map(str.isdigit, whole)) else ""


def asked_town(text: str) -> tuple[str, ...]:
    """The beginnings of words that find contacts by their town or post code alone."""
    return tuple(_TOWN + word for word in words(text))


def asked_words(text: str, country: str) -> Asked:
    """What a text asks for when it is looked for among `stored_words`.

    Args:
        text: What was typed, cleaned.
        country: The calling code of the shop's country.
    """
    text = text.strip()
    if "@" in text and " " not in text and not text.startswith("@"):
        whole = is_whole_address(text)
        return Asked(((address_word(text, whole=whole),),), whole)
    if looks_like_phone(text) or re.fullmatch(_NUMBERS, text):
        numbers = phone_forms(text, country)
        if not text.startswith("+"):  # it may be a serial or VAT number, which keeps its noughts
            numbers.append("".join(sign for sign in text if sign.isdigit()))
        return Asked(tuple((number,) for number in dict.fromkeys(numbers) if number))
    found = tuple(words(text))
    alternatives = [found] if found else []
    whole_text = joined(text)
    if len(found) > 1 and len(whole_text) >= _FEWEST_JOINED and any(map(str.isdigit, whole_text)):
        alternatives.append((whole_text,))
    core = vat_core(text)
    if core and core != whole_text:
        alternatives.append((_VAT + core,))
    return Asked(tuple(alternatives))


def wrong_addresses(text: str) -> list[str]:
    """What stands in an e-mail cell and is no whole e-mail address."""
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    return [part for part in parts if not is_whole_address(part.strip("<>()"))]


def kind_of(text: str) -> Literal["email", "vat_number", "phone", "name"]:
    """What a text that found no contact says of a new one: an address, a VAT number, a phone number, else a name."""
    text = text.strip()
    if "@" in text:
        return "email"
    if vat_core(text) and re.match(r"[A-Za-z]{2}", text):
        return "vat_number"
    digits = sum(sign.isdigit() for sign in text)
    letters = sum(sign.isalpha() for sign in text)
    return "phone" if digits >= _FEWEST_DIGITS_OF_ONE and digits > 2 * letters else "name"


def beginning_of_address(text: str) -> tuple[str, ...]:
    """What finds the addresses that begin with a text."""
    return (address_word(text.strip(), whole=False),)


def vat_word(text: str) -> str:
    """The word that a VAT number is found by; empty when the text is none."""
    core = vat_core(text)
    return _VAT + core if core else ""


def holds(stored: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether every wanted word is the beginning of a stored one."""
    known = tuple(stored)
    return all(any(word.startswith(prefix) for word in known) for prefix in wanted)
