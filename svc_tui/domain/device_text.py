"""A device as people write it in one line, `brand model serial`: which word is what.

A serial number is only taken where a word looks like one, or stands after `sn`: a model that is taken for a serial
number makes one device of all that a customer has of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from svc_tui.domain.text import clean_line, search_key, words

_FEWEST_SIGNS: Final = 6
_LONGEST_MODEL: Final = 14
_LONGEST_MODEL_IN_DIGITS: Final = 11
_IMEI_DIGITS: Final = range(14, 18)
_FEWEST_GROUPS: Final = 3

_MARK: Final = r"(?:s/?n|s\.n\.?|snr|serial|serie-?(?:nr|nummer)|imei)"
_MARKED: Final = rf"{_MARK}[.:#=]*"
_GLUED: Final = rf"{_MARK}[.:#=]+(.*[^\W_].*)"
_NUMBER_WORDS: Final = frozenset(("no", "nr", "number", "nummer"))
_SAYS_SO: Final = r"SN-?[\d-]{4,}[A-Z]?"

_MODELS: Final = re.compile(
    r"[A-Z]{1,5}\d{1,4}[A-Z]{0,3}"  # M404dn, S21, SM-G991B, HL-L2350DW
    r"|[A-Z]{1,4}\d{5}[A-Z]{1,3}"  # WAT28661SN
    r"|[1-9]\d[A-Z]{1,4}\d{1,5}[A-Z]{0,3}"  # 55PUS8108, 43UR78006LK: inches first
    r"|[A-Z]{1,5}\d{1,4}[A-Z]{1,3}\d{1,4}[A-Z]{0,4}"  # QE55Q70, WH-1000XM4, UE43AU7105KXXC
    r"|[A-Z]{2}\d{2}[A-Z]{1,3}\d{2,4}[A-Z]{0,6}"  # QE65Q80TATXXC: inches behind two letters
    r"|[A-Z]{2,5}(?:\d{1,4}[A-Z]{1,4})+"  # SMV4HVX38E, WM14N2L7DN
    r"|\d{3,4}[A-Z]{1,3}"  # 316BEE
    r"|[A-Z]{6,}\d{1,4}[A-Z]{0,3}"  # Latitude5420
)
"""Shapes of model names, without their dashes."""
_WITH_DASH: Final = r"[A-Z]{1,4}\d{2,4}-\d{1,2}[A-Z]{0,3}"  # A515-56
_WITH_SLASH: Final = r"[A-Z]{2,3}\d{4}/\d{2}"  # HD8829/09


class NewDevice(NamedTuple):
    """A device that is registered when the sheet is saved."""

    brand: str
    model: str
    serial: str

    @property
    def label(self) -> str:
        """Brand, model and serial number in one line."""
        return " ".join(part for part in self if part)


class KnownModel(NamedTuple):
    """A model that the shop has had in before."""

    brand: str
    model: str


def read_device(text: str, known: Iterable[KnownModel] = ()) -> NewDevice | None:
    """`brand model serial` as typed; None when there is no letter and no digit in it.

    The last word is the serial number when it has six signs or more, digits among them, and neither is nor looks like a
    model; whatever follows `sn` (`s/n`, `serial no.`, `serienr.`, `imei`) is one.

    Args:
        text: What was typed.
        known: Models of devices whose brand begins with the first word.
    """
    typed = clean_line(text).split()
    if not words(text):
        return None
    models = [(_key(one.brand), _key(one.model), one) for one in known]
    name, serial = _marked(typed) or _told_apart(typed, models)
    brand, model = _named(name, models)
    return NewDevice(brand, model, serial)


_Models = Sequence[tuple[str, str, KnownModel]]


def _key(text: str) -> str:
    return " ".join(words(text))


def _marked(typed: list[str]) -> tuple[list[str], str] | None:
    """The words before a mark such as `sn`, and the number after it."""
    for place, word in enumerate(typed):
        after = typed[place + 1 :]
        if glued := re.fullmatch(_GLUED, word, re.IGNORECASE):
            return typed[:place], " ".join((glued[1], *after))
        if re.fullmatch(_MARKED, word, re.IGNORECASE):
            while len(after) > 1 and after[0].lower().rstrip(".:") in _NUMBER_WORDS:
                after = after[1:]
            if words(" ".join(after)):
                return typed[:place], " ".join(after)
    return None


def _told_apart(typed: list[str], models: _Models) -> tuple[list[str], str]:
    """The words of the name, and the serial number at their end, if there is one."""
    if any(_key(" ".join(typed)) == f"{brand} {model}".strip() for brand, model, _one in models):
        return typed, ""
    imei = _digits_at_end(typed)
    if imei:
        return typed[:-imei], " ".join(typed[-imei:])
    *before, last = typed
    return (before, last) if _is_serial(last, before, models) else (typed, "")


def _digits_at_end(typed: list[str]) -> int:
    """How many words at the end are one long number written in groups, as on the box of a phone."""
    for groups, word in enumerate(reversed(typed), 1):
        if not re.fullmatch(r"\d{1,6}", word, re.ASCII):
            break
        if groups >= _FEWEST_GROUPS and sum(map(str.isdigit, "".join(typed[-groups:]))) in _IMEI_DIGITS:
            return groups
    return 0


def _is_serial(word: str, before: list[str], models: _Models) -> bool:
    if re.fullmatch(_SAYS_SO, word, re.IGNORECASE):
        return True
    signs = "".join(words(word))
    if len(signs) < _FEWEST_SIGNS or not any(map(str.isdigit, signs)):
        return False
    if any(signs in model.replace(" ", "-").split("-") or _key(word) in model for _brand, model, _one in models):
        return False
    if not looks_like_model(word):
        return True
    _brand, model = _named(before, models)
    is_known = any(_key(model) == known for _brand, known, _one in models if known)
    # `QE55Q70 R90ABC12`: whoever has named the model in full does not name a second one.
    return is_known or any(looks_like_model(other) and len(_signs(other)) >= _FEWEST_SIGNS for other in model.split())


def looks_like_model(word: str) -> bool:
    """Whether a word has the shape of a model name: letters and few digits in turn."""
    signs = _signs(word)
    if re.fullmatch(f"{_WITH_DASH}|{_WITH_SLASH}", word.upper()):
        return True
    longest = _LONGEST_MODEL_IN_DIGITS if signs[-1:].isdigit() else _LONGEST_MODEL
    return len(signs) <= longest and _MODELS.fullmatch(signs) is not None


def _signs(word: str) -> str:
    return "".join(words(word)).upper()


def _named(name: list[str], models: _Models) -> tuple[str, str]:
    """Brand and model: the shop's own spelling of a brand of several words, else the first word."""
    if len(name) == 1 and any(map(str.isdigit, name[0])):
        return "", name[0]
    several = [one.brand for brand, _model, one in models if " " in brand and _begins(name, one.brand)]
    taken = len(max(several, key=len).split()) if several else 3 if name[1:2] == ["&"] and len(name) > 2 else 1
    return " ".join(name[:taken]), " ".join(name[taken:])


def _begins(name: list[str], brand: str) -> bool:
    return search_key(" ".join(name[: len(brand.split())])) == search_key(brand)
