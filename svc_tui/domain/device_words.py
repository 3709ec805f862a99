"""What a device is found by: one reading of its texts, for what is stored and for what is asked."""

from __future__ import annotations

from typing import Final

from svc_tui.domain.contact_words import name_words, serial_words
from svc_tui.domain.text import search_key, words

_BRAND: Final = "\ue006"
_SERIAL: Final = "\ue007"
_SHELF: Final = "\ue008"
"""Marks that nobody can type, so that a list can be asked for what stands in one field."""


def device_words(
    brand: str, model: str, serial: str, shelf: str = "", accessories: str = "", note: str = ""
) -> set[str]:
    """Everything that a device is found by: the lock code is not among it."""
    found = {word for text in (accessories, note) for word in words(text)}
    for text, made in ((brand, brand_words), (model, brand_words), (serial, marked_serial_words), (shelf, shelf_words)):
        found |= made(text) if text else set()
    return found


def brand_words(text: str) -> set[str]:
    """The words of a brand or a model; one of signs only is still an entry."""
    return {*name_words(text), _BRAND, *(_BRAND + word for word in words(text))}


def marked_serial_words(text: str) -> set[str]:
    """The words of a serial number; one of signs only is still an entry."""
    return {*serial_words(text), _SERIAL + _serial_key(text)}


def shelf_words(text: str) -> set[str]:
    """The words of a shelf."""
    return {*name_words(text), *(_SHELF + word for word in words(text))}


def asked_brand(text: str) -> tuple[str, ...]:
    """The beginnings of words that find devices by brand and model alone."""
    return tuple(_BRAND + word for word in words(text))


def asked_serial(text: str) -> tuple[str, ...]:
    """The beginning of the word that finds devices by their serial number alone; none where nothing is asked for."""
    key = _serial_key(text)
    return (_SERIAL + key,) if key else ()


def asked_shelf(text: str) -> tuple[str, ...]:
    """The beginnings of words that find devices by their shelf alone."""
    return tuple(_SHELF + word for word in words(text))


def _serial_key(serial: str) -> str:
    return "".join(words(search_key(serial)))
