"""Which letters the bytes of a foreign file are, found line by line.

A file is UTF-8 or UTF-16 by its marks or by trial. A line that is not UTF-8 is read in the old encoding whose letters
fit the file best: Windows-1252, the code pages 850 and 865 of DOS, or Mac Roman. UTF-8 that was once read as
Windows-1252 and saved again (`KÃ¦r`) is put right. Memory stays flat: lines come as they are read.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final, NamedTuple

from svc_tui.domain.errors import N_, Invalid

LONGEST_LINE: Final = 1_000_000
_CHUNK: Final = 1 << 16

UTF8, WINDOWS = "utf-8", "windows-1252"
OLD_ENCODINGS: Final = (WINDOWS, "cp850", "cp865", "mac-roman")
"""What a line that is not UTF-8 may be, the likeliest first."""

_LABELS: Final = {
    "utf-8": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "utf-32": "UTF-32",
    WINDOWS: "Windows-1252", "cp850": "DOS 850", "cp865": "DOS 865", "mac-roman": "Mac Roman",
}  # fmt: skip

_NORDIC: Final = "æøåÆØÅäöÄÖ"
_EUROPEAN: Final = "éüÉÜßóáíñçèàôêëïãõðÐþÞ"
_SIGNS: Final = "…–—’‘“”€½¼°²³®©«»§´·\u00a0"

_UNKNOWN_ENCODING = N_("“{name}” is no encoding. Write for example utf-8, windows-1252, cp850 or mac-roman.")
_UNREADABLE = N_("A letter on this line cannot be read as {encoding}. Say with --encoding how the file is written.")


class Text(NamedTuple):
    """A line of a file: its letters, and whether they were found in another way than the file's own encoding."""

    text: str
    old: bool = False
    """Not UTF-8 as the rest of the file: read in the old encoding."""
    twice: bool = False
    """It had been encoded twice."""
    new: bool = False
    """UTF-8 in a file that is not."""
    unreadable: bool = False


def label(encoding: str) -> str:
    """An encoding as people call it."""
    return _LABELS.get(encoding, encoding)


def known_encoding(name: str) -> str:
    """The encoding of this name, as Python calls it.

    Raises:
        Invalid: when there is none.
    """
    try:
        found = codecs.lookup(name.strip()).name
        "".encode(found)  # refuses what is no encoding of text
    except (LookupError, ValueError):
        raise Invalid(_UNKNOWN_ENCODING, name=name[:40]) from None
    return {"cp1252": WINDOWS, "utf-8-sig": UTF8, "iso8859-1": WINDOWS}.get(found, found)


def unreadable(encoding: str) -> Invalid:
    """The refusal of a line with a letter that cannot be read."""
    return Invalid(_UNREADABLE, encoding=label(encoding))


# -- finding it ----------------------------------------------------------------------------------------------------


def wide_encoding(head: bytes) -> str | None:
    """UTF-16 or UTF-32 by the marks, or by the zeros, at the beginning of a file; None for everything else."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.count(0) > len(head) // 10:
        return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    return None


class Survey(NamedTuple):
    """What a file that is not wide is written in."""

    encoding: str
    """UTF-8 where most lines with other letters than ASCII are; else the old encoding."""
    old: str
    """What the lines that are not UTF-8 are read as."""


_Place = tuple[int, str, str]
"""A byte above ASCII, and what stands before and behind it: `l`ower, `U`pper, `+` above ASCII too, `-` no letter."""


def survey(lines: Iterable[bytes]) -> Survey:
    """Count the letters of all lines that are not UTF-8, and choose the encoding that makes words of them."""
    high: Counter[_Place] = Counter()
    good = bad = 0
    for line in lines:
        if line.isascii():
            continue
        try:
            line.decode(UTF8)
            good += 1
        except UnicodeDecodeError:
            bad += 1
            high.update(_places(_UTF8_PIECES.sub(b"x", line)))
    old = best_old(high)
    return Survey(UTF8 if good >= bad else old, old)


def _places(line: bytes) -> Iterator[_Place]:
    for place, byte in enumerate(line):
        if byte > 127:
            before = _sort(line[place - 1]) if place else "-"
            yield byte, before, _sort(line[place + 1]) if place + 1 < len(line) else "-"


def _sort(byte: int) -> str:
    if byte > 127:
        return "+"
    letter = chr(byte)
    return ("U" if letter.isupper() else "l") if letter.isalpha() else "-"


def best_old(high: Counter[_Place]) -> str:
    """The old encoding whose letters fit these bytes best; Windows-1252 where they tell nothing."""
    return max(OLD_ENCODINGS, key=lambda encoding: (_fitness(high, encoding), -OLD_ENCODINGS.index(encoding)))


def _fitness(high: Counter[_Place], encoding: str) -> int:
    return sum(count * _points(_old_letter(place[0], encoding), *place[1:]) for place, count in high.items())


def _points(letter: str, before: str, after: str) -> int:
    """How likely a letter is where it stands."""
    is_alone = before == "-" and after == "-"
    if not letter.isalpha():
        return 1 if letter in _SIGNS and (is_alone or letter in "’´") else -4
    if is_alone:
        return int(letter in _NORDIC)
    if letter.isupper() and (before == "l" or (before == "U" and after == "l")):
        return 0 if letter in _NORDIC else -1  # a capital within a word
    if letter in _NORDIC:
        return 6
    return 3 if letter in _EUROPEAN else -1


def _old_letter(byte: int, encoding: str) -> str:
    return bytes((byte,)).decode(encoding, "replace")


# -- reading -------------------------------------------------------------------------------------------------------


def byte_lines(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """The lines of a file with their ends (CR, LF, both), wide encodings as UTF-8.

    A line that is longer than any sensible one comes cut, one byte longer than `LONGEST_LINE`.
    """
    carry = b""
    for chunk in _chunks(file, encoding):
        if len(carry) > LONGEST_LINE and b"\n" not in chunk and b"\r" not in chunk:
            continue  # still the same line without end
        lines = (carry + chunk).splitlines(keepends=True)
        carry = b""
        if not lines[-1].endswith(b"\n"):  # a CR at the end of a chunk may be half of a line end
            carry = lines.pop()
        yield from (line if len(line) <= LONGEST_LINE + 2 else _cut(line) for line in lines)
        carry = carry if len(carry) <= LONGEST_LINE else _cut(carry, whole=False)
    yield from carry.splitlines(keepends=True)


def _cut(line: bytes, *, whole: bool = True) -> bytes:
    return line[: LONGEST_LINE + 1] + (b"\n" if whole else b"")


def _chunks(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    if not encoding.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        first = file.read(_CHUNK).removeprefix(codecs.BOM_UTF8)
        while first:
            yield first
            first = file.read(_CHUNK)
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while chunk := file.read(_CHUNK):
        yield decoder.decode(chunk).removeprefix("\ufeff").encode(UTF8, "replace") or b""
    if rest := decoder.decode(b"", final=True).strip("\ufffd\0"):
        yield rest.encode(UTF8, "replace")


def decoded(line: bytes, encoding: str, old: str, *, is_forced: bool) -> Text:
    """A line's letters.

    Args:
        line: Its bytes.
        encoding: What the file is written in.
        old: What a line that is not UTF-8 is read as.
        is_forced: Whether the user said which encoding it is: then there is no other.
    """
    if line.isascii():
        return Text(line.decode("ascii"))
    if is_forced and not encoding.startswith(("utf-16", "utf-32")):
        try:
            return Text(line.decode(encoding))
        except UnicodeDecodeError:
            return Text(line.decode(encoding, "replace"), unreadable=True)
    try:
        text = line.decode(UTF8)
    except UnicodeDecodeError:
        return _in_old(line, encoding, old)
    if "\ufffd" in text:
        return Text(text, unreadable=True)
    text = text.replace("\ufeff", "")  # the mark of a file that was put behind another
    mended, before = encoded_once(text), text
    while mended != before:  # what was saved in the wrong encoding once is saved so again
        mended, before = encoded_once(mended), mended
    return Text(mended, twice=mended != text, new=encoding in OLD_ENCODINGS)


# Letters of our languages and signs as UTF-8 writes them: what a file that was put together holds in an old line.
_UTF8_PIECES = re.compile(rb"((?:[\xc2\xc3][\x80-\xbf]|\xe2[\x80\x82][\x80-\xbf])+)")

# Windows-1252 writes an ellipsis with the byte that old programs end a line with; alone after a blank it is that.
_STRAY_LINE_END = re.compile(rb"[ \t]\x85(?=[;,\t|\"]?[\r\n]|[;,\t|\"]|$)")


def _in_old(line: bytes, encoding: str, old: str) -> Text:
    if old == WINDOWS and b"\x85" in line:
        line = _STRAY_LINE_END.sub(b"", line)
    pieces = _UTF8_PIECES.split(line)  # every second one is UTF-8
    try:
        text = "".join(piece.decode(UTF8 if place % 2 else old) for place, piece in enumerate(pieces))
    except UnicodeDecodeError:
        return Text(line.decode(old, "replace"), unreadable=True)
    return Text(text, old=encoding == UTF8)


_BEHIND = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
# What `ø`, `…` and `€` become, and pairs that no text has, as Latin-1 writes them.
_TWICE = re.compile(f"[ÂÃ]{_BEHIND}|â[€\u0080]{_BEHIND}|â‚¬|[Â-ß][\u0080-\u009f]")


def encoded_once(text: str) -> str:
    """Text without letters that were encoded twice: `KÃ¦rsgaard` is `Kærsgaard`."""
    if "Ã" not in text and "Â" not in text and "â" not in text:
        return text
    if not _TWICE.search(text):
        return text
    try:
        return _once(text)  # of a line that went wrong as a whole every letter comes back, `Š` and `Œ` too
    except UnicodeError:
        return _TWICE.sub(_pair, text)


def _pair(found: re.Match[str]) -> str:
    try:
        return _once(found[0])
    except UnicodeError:
        return found[0]


def _once(text: str) -> str:
    return b"".join(map(_byte, text)).decode(UTF8)


def _byte(letter: str) -> bytes:
    return bytes((ord(letter),)) if ord(letter) < 256 else letter.encode(WINDOWS)
