"""Text that comes from people and files: cleaned where it enters, harmless where it is drawn, folded for search.

Markup, square brackets, emoji and CJK are nobody's business here and stay as they are; whoever draws text
hands it over as text, not as markup.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

_LINE_LIMIT: Final = 300
_TEXT_LIMIT: Final = 20_000
_MARKS_PER_LETTER: Final = 4
_DOT: Final = "·"

# The body of a control string stops at the next introducer, so that the search stays linear in hostile text.
_ESCAPES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]"
)

# Printable text below the combining marks is composed and clean as it stands: 0.4 µs instead of 9.
# Written as what it is not: a class of a million characters takes 5 ms to compile.
_BEYOND_LATIN = re.compile(r"[^\x00-\u02ff]")

_EMOJI: Final = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_ZWJ: Final = "\u200d"
_STRAY_JOINER_SOURCE: Final = rf"\u200d(?![{_EMOJI}])|(?<![{_EMOJI}])(?<![{_EMOJI}][\ufe0e\ufe0f])\u200d".replace(
    r"\u200d", _ZWJ
)


# Made when first needed: they take 10 ms, and most shops have no emoji at the start.
@cache
def _stray_joiner() -> re.Pattern[str]:
    return re.compile(_STRAY_JOINER_SOURCE)


@cache
def _stray() -> re.Pattern[str]:
    return re.compile(
        rf"{_STRAY_JOINER_SOURCE}|(?<![{_EMOJI}])(?<![0-9#*])[\ufe0e\ufe0f]|(?<=[0-9#*])(?:\ufe0e|\ufe0f(?!\u20e3))"
    )


_JOINERS: Final = frozenset((0x200D, 0xFE0E, 0xFE0F))  # judged by their neighbours, not alone
_INVISIBLE: Final = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x3164, 0xFFA0),  # letters and marks that draw nothing
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE0E),
        *range(0xFDD0, 0xFDF0),  # not characters
        *range(0xFFF0, 0xFFF9),
    )
)
_LINE_ENDS: Final = frozenset(map(ord, "\n\r\v\f\x85\u2028\u2029"))
_SPACES: Final = frozenset(map(ord, "\t\u2800"))  # a blank Braille cell is a space that no strip finds
_WIDE_SPACE: Final = 0x3000
_HARMFUL_CATEGORIES: Final = frozenset(("Cc", "Cf", "Cs", "Co"))


def _is_unwanted(code: int) -> bool:
    """Whether a character has no place in stored text, whatever stands beside it."""
    if code in _JOINERS:
        return False
    if code in _INVISIBLE or 0xE0000 <= code <= 0xE0FFF or code & 0xFFFE == 0xFFFE:
        return True
    return unicodedata.category(chr(code)) in _HARMFUL_CATEGORIES


class _Cleaning(dict[int, str | None]):
    """Translation table for `str.translate`, filled as characters are met."""

    def __init__(self, line_end: str) -> None:
        super().__init__()
        self._line_end = line_end

    def __missing__(self, code: int) -> str | None:
        self[code] = replacement = self._replacement(code)
        return replacement

    def _replacement(self, code: int) -> str | None:
        if code in _LINE_ENDS:
            return self._line_end
        if code in _SPACES:
            return " "
        if _is_unwanted(code):
            return None
        if code != _WIDE_SPACE and unicodedata.category(chr(code)) == "Zs":
            return " "
        return chr(code)


class _Showing(dict[int, str]):
    """Translation table that puts a dot for whatever could steer a terminal."""

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        harmful = category in _HARMFUL_CATEGORIES or category in ("Zl", "Zp")
        self[code] = shown = _DOT if harmful and code not in _JOINERS else chr(code)
        return shown


_CLEANING_LINE = _Cleaning(line_end=" ")
_CLEANING_TEXT = _Cleaning(line_end="\n")
_SHOWING = _Showing()


def clean_line(text: str, limit: int = _LINE_LIMIT) -> str:
    """Text for a one-line field: composed, without control or invisible characters, stripped, at most `limit` long.

    Tabs, line ends and no-break spaces become plain spaces. The joiners and selectors of emoji stay; a zero-width
    joiner anywhere else goes. Cleaning twice changes nothing.
    """
    if text.isprintable() and not _BEYOND_LATIN.search(text):
        return text.strip()[:limit].rstrip()
    return _cleaned(text, _CLEANING_LINE, limit)


def clean_text(text: str, limit: int = _TEXT_LIMIT) -> str:
    r"""Text of several lines, cleaned like `clean_line`; every kind of line end becomes `\n`."""
    return _cleaned(_ESCAPES.sub("", text).replace("\r\n", "\n"), _CLEANING_TEXT, limit)


def _cleaned(text: str, table: _Cleaning, limit: int) -> str:
    text = _ESCAPES.sub("", text).translate(table)
    text = _stray().sub("", unicodedata.normalize("NFC", text))
    text = unicodedata.normalize("NFC", _few_marks(text))
    return _cut(text.strip(), limit).rstrip()


def _few_marks(text: str) -> str:
    if not any(letter >= "\u0300" for letter in text):
        return text
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if _is_mark(letter) else 0
        if marks <= _MARKS_PER_LETTER:
            kept.append(letter)
    return "".join(kept)


def _is_mark(letter: str) -> bool:
    return letter >= "\u0300" and unicodedata.category(letter)[0] == "M"


def _cut(text: str, limit: int) -> str:
    """The first `limit` characters, less the part of a last cluster that would be torn."""
    if len(text) <= limit:
        return text
    end = limit
    while end > 0 and _belongs_together(text, end):
        end -= 1
    return text[:end] if end else _stray().sub("", text[:limit])


def cluster_end(text: str, start: int) -> int:
    """Where the cluster that begins at `start` ends: a letter with its marks, an emoji of several signs, a flag."""
    end = min(start + 1, len(text))
    while end < len(text) and _belongs_together(text, end):
        end += 1
    return end


def cluster_start(text: str, end: int) -> int:
    """Where the cluster begins that ends at `end`, or that `end` would tear."""
    start = max(min(end, len(text)) - 1, 0)
    while start > 0 and _belongs_together(text, start):
        start -= 1
    return start


def _belongs_together(text: str, at: int) -> bool:
    """Whether the characters on both sides of `at` are drawn as one."""
    after = text[at]
    if after < "\u0300" and text[at - 1] != _ZWJ:
        return False
    if _is_mark(after) or after == _ZWJ or text[at - 1] == _ZWJ or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    if "\u1160" <= after <= "\u11ff":
        return True  # the later parts of a Korean syllable
    return _is_flag_half(after) and _flag_halves_before(text, at) % 2 == 1


def _is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _flag_halves_before(text: str, at: int) -> int:
    start = at
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return at - start


def shown(text: str) -> str:
    """`text` safe to draw on one line, for old and foreign data: control, bidi and format characters become a dot.

    Clean text comes back as it is, after one look (0.1 µs), because this runs for every cell of a list.
    """
    if text.isprintable():
        return text
    return _stray_joiner().sub(_DOT, text.translate(_SHOWING))


def shown_text(text: str) -> str:
    """Like `shown`, for text of several lines: the line ends stay."""
    return "\n".join(map(shown, text.split("\n")))


_ACCENTED_LETTERS: Final = (("a\u030a", "aa"), ("a\u0308", "ae"), ("o\u0308", "oe"))
_FOLDED_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "ø": "oe",
        "œ": "oe",
        "ð": "d",
        "đ": "d",
        "þ": "th",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        _ZWJ: None,
        "\ufe0e": None,
        "\ufe0f": None,
    }
)
_WORD = re.compile(r"[^\W_]+")


def search_key(text: str) -> str:
    """What is stored and compared when case, accents and the spelling of å, ø, æ must not matter.

    `Åse` and `aase`, `Søn` and `soen`, `Bjørn` and `Björn`, `café` and `cafe` have the same key.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    for accented, plain in _ACCENTED_LETTERS:
        folded = folded.replace(accented, plain)
    folded = folded.translate(_FOLDED_LETTERS)
    return " ".join("".join(letter for letter in folded if not unicodedata.combining(letter)).split())


def words(text: str) -> list[str]:
    """The runs of letters and digits in the search key of `text`, in order."""
    return _WORD.findall(search_key(text))


def words_key(*texts: str) -> str:
    """The words of some texts as they are stored to be looked through: each has a blank in front, which begins it."""
    return "".join(f" {word}" for text in texts for word in words(text))


_NATIONAL_LENGTH: Final = {"45": 8, "47": 8}  # numbers without a trunk zero, all of one length
_PHONE = re.compile(r"[\d\s+().\-/]+", re.ASCII)
_FEWEST_DIGITS: Final = 4
_MOST_DIGITS: Final = 17  # the longest number that exists, written with 00 before it


def phone_digits(text: str, country: str = "45") -> str:
    """The digits a phone number is stored and searched by, the same however it was written.

    The shop's own country code and the trunk zero are left out; other numbers keep their country code.
    """
    written = text.replace("(0)", "").strip().lstrip("(")
    digits = "".join(digit for digit in written if digit in "0123456789")
    if written.startswith("+"):
        return _without_own_country(digits, country)
    if digits.startswith("00"):
        return _without_own_country(digits[2:], country)
    if country in _NATIONAL_LENGTH and len(digits) == len(country) + _NATIONAL_LENGTH[country]:
        return digits.removeprefix(country)
    return digits.removeprefix("0")


def _without_own_country(digits: str, country: str) -> str:
    if not digits.startswith(country):
        return digits
    return digits.removeprefix(country).removeprefix("0")


def looks_like_phone(text: str) -> bool:
    """Whether `text` could be (the beginning of) a phone number: four digits or more, and only what stands in one."""
    if not _PHONE.fullmatch(text):
        return False
    return _FEWEST_DIGITS <= sum(letter.isdigit() for letter in text) <= _MOST_DIGITS


def initials(name: str) -> str:
    """Up to three initials: `Anna Holm` AH, `Anne-Marie Holm` AMH, `Bo` BO; empty when the name has no letter."""
    parts: list[str] = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", name).replace("'", ""))
    if len(parts) == 1:
        return parts[0][:2].upper()
    if len(parts) > 3:
        parts = [*parts[:2], parts[-1]]
    return "".join(part[0] for part in parts).upper()
