"""Lists that are not CSV but tell each value's name: JSON, vCard, and Mamut's XML and fixed columns.

Each record becomes a row by column name, as from a CSV file; the names are those that `csv_columns` knows.
"""

from __future__ import annotations

import json
import quopri
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal
from xml.etree import ElementTree

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.transfer.file_encoding import WINDOWS, Text, unreadable

Kind = Literal["csv", "json", "vcard", "xml", "fixed"]
Row = dict[str, str]

_FIXED: Final = ("CONTID", "CONTNAME", "STREET", "Rest of the line")
_FIXED_LINE = re.compile(r"GBAC10\s*([0-9]+)\s*(.*)")
_VCARD: Final = (
    *("Full name", "Company name", "Phone", "Mobile", "E-mail", "Address", "Address 2", "Postal code", "City"),
    *("Country", "Note", "UID", "Is company"),
)
_PLAIN: Final = {"FN": "Full name", "EMAIL": "E-mail", "NOTE": "Note", "UID": "UID"}
_OF_CARDS: Final = frozenset(("VERSION", "PRODID", "REV", "KIND", "SOURCE"))
"""What a card tells of itself, not of somebody."""
_COMPANIES: Final = frozenset((("KIND", "ORG"), ("X-ABSHOWAS", "COMPANY"), ("X-ADDRESSBOOKSERVER-KIND", "ORG")))
"""What says that a card is that of a company."""
_ENTRY: Final = re.compile(r'((?:[^":]|"[^"]*")*):(.*)', re.DOTALL)
_LARGEST_ARRAY: Final = 50_000_000

_BAD_JSON = N_("This is no JSON object with a name for each value.")
_BAD_XML = N_("The file is no XML that can be read: {reason}.")
_NO_RECORDS = N_("The file is XML, but holds no list. Export it as CSV with a heading line, and import that.")
_DOCTYPE = N_("The file is XML with a document type of its own, which is not read. Export it as CSV, and import that.")
_TOO_LARGE = N_("A JSON list may have {limit} characters. Write one object a line instead.")
_NO_END = N_("This card has no end.")
_NO_OBJECTS = N_("The file begins like JSON, but no object in it can be read. Check that it is whole.")


def kind_of(sample: Sequence[str]) -> Kind:
    """What a file is, by its first lines."""
    first = next((line.strip() for line in sample if line.strip()), "")
    if first.upper().startswith("BEGIN:VCARD"):
        return "vcard"
    if first[:1] == "<":
        return "xml"
    if re.match(r"GBAC10\s+[0-9]", first):
        return "fixed"
    if first[:1] == "{" and (first.rstrip(",").endswith("}") or '"' in first or first == "{"):
        return "json"
    return "json" if first == "[" or re.match(r"\[\s*\{", first) else "csv"


def columns(file: BinaryIO, kind: Kind, lines: Iterator[tuple[int, str]]) -> tuple[str, ...]:
    """The names of a file's columns.

    Raises:
        Invalid: when it cannot be read.
    """
    if kind == "fixed":
        return _FIXED
    found: dict[str, None] = dict.fromkeys(_VCARD if kind == "vcard" else ())
    texts = ((number, Text(line)) for number, line in lines)
    rows_of = _xml_rows(file) if kind == "xml" else _cards(texts) if kind == "vcard" else _json_rows(texts)
    for _, row in rows_of:
        if isinstance(row, dict):
            found |= dict.fromkeys(row)
    if not found:
        raise Invalid(_NO_OBJECTS)
    return tuple(found)


def rows(
    path: Path, kind: Kind, names: Sequence[str], lines: Iterator[tuple[int, Text]]
) -> Iterator[tuple[int, Row | Invalid]]:
    """Each record by column name, or why it cannot be read, with the number of its line.

    Args:
        path: The file.
        kind: What it is.
        names: Those of `columns`; each row has them all, empty where the record says nothing.
        lines: The file's lines.
    """
    if kind == "xml":
        with path.open("rb") as file:
            yield from _filled_up(names, _xml_rows(file))
    elif kind == "json":
        yield from _filled_up(names, _json_rows(lines))
    elif kind == "vcard":
        yield from _filled_up(names, _cards(lines))
    else:
        for number, line in lines:
            if line.text.strip():
                yield number, unreadable("utf-8") if line.unreadable else _fixed_row(line.text)


def _filled_up(names: Sequence[str], found: Iterable[tuple[int, Row | Invalid]]) -> Iterator[tuple[int, Row | Invalid]]:
    for number, row in found:
        yield number, row if isinstance(row, Invalid) else dict.fromkeys(names, "") | row


def _fixed_row(line: str) -> Row | Invalid:
    if (found := _FIXED_LINE.match(line)) is None:
        return Invalid(N_("This line does not begin as the others do: {beginning}."), beginning=line[:20])
    parts = [*re.split(r"\s{2,}", found[2].strip(), maxsplit=2), "", ""]
    return dict(zip(_FIXED, (found[1], *parts[:3]), strict=False))


# -- JSON ----------------------------------------------------------------------------------------------------------


def _json_rows(lines: Iterable[tuple[int, Text]]) -> Iterator[tuple[int, Row | Invalid]]:
    """One object a line, or a list of objects."""
    given = iter(lines)
    first = next(((number, line) for number, line in given if line.text.strip()), None)
    if first is None:
        return
    try:
        json.loads(first[1].text)
    except ValueError:
        yield from _json_list(chain((first,), given))
        return
    if first[1].text.lstrip().startswith("["):
        yield from _json_list(chain((first,), given))
        return
    for number, line in chain((first,), given):
        if line.text.strip():
            yield number, unreadable("utf-8") if line.unreadable else _json_row(line.text)


def _json_list(lines: Iterable[tuple[int, Text]]) -> Iterator[tuple[int, Row | Invalid]]:
    text, size = [], 0
    for _, line in lines:
        size += len(line.text)
        if size > _LARGEST_ARRAY:
            raise Invalid(_TOO_LARGE, limit=_LARGEST_ARRAY)
        text.append(line.text)
    try:
        found = json.loads("".join(text))
    except (ValueError, RecursionError):
        yield 1, Invalid(_BAD_JSON)
        return
    if isinstance(found, dict):  # a list below one name, as web shops answer
        found = next((value for value in found.values() if isinstance(value, list)), [found])
    for number, entry in enumerate(found if isinstance(found, list) else [found], 1):
        yield number, _flat(entry) if isinstance(entry, dict) else Invalid(_BAD_JSON)


def _json_row(line: str) -> Row | Invalid:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return Invalid(_BAD_JSON)
    return _flat(found) if isinstance(found, dict) else Invalid(_BAD_JSON)


def _flat(entry: dict[str, Any]) -> Row:
    """The values of an object as text; those of an object within it by both names."""
    found: Row = {}
    for name, value in entry.items():
        if isinstance(value, dict):
            found |= {f"{name} {inner}": _text(held) for inner, held in value.items()}
        else:
            found[name] = _text(value)
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# -- XML -----------------------------------------------------------------------------------------------------------


def _xml_rows(file: BinaryIO) -> Iterator[tuple[int, Row | Invalid]]:
    """The outermost elements that hold values; what several elements within one hold becomes a row each."""
    if b"<!DOCTYPE" in file.read(4_096).upper():
        raise Invalid(_DOCTYPE)
    file.seek(0)
    path: list[ElementTree.Element] = []
    depth = number = 0
    try:
        for event, element in ElementTree.iterparse(file, ("start", "end")):
            if event == "start":
                path.append(element)
                continue
            path.pop()
            if not depth and _holds_values(element):
                outer = next((place for place, above in enumerate(path, 1) if _holds_values(above)), None)
                depth = outer or len(path) + 1
            if depth and len(path) + 1 == depth and len(element):
                for row in _rows_of(element):
                    number += 1
                    yield number, row
                element.clear()
    except ElementTree.ParseError as wrong:
        raise Invalid(_BAD_XML, reason=str(wrong)[:80]) from wrong
    if not number:
        raise Invalid(_NO_RECORDS)


def _holds_values(element: ElementTree.Element) -> bool:
    return sum(not len(child) and bool((child.text or "").strip()) for child in element) >= 2


def _rows_of(element: ElementTree.Element) -> Iterator[Row]:
    own: Row = {_tag(child): (child.text or "").strip() for child in element if not len(child)}
    groups = [part for part in element.iter() if part is not element and len(part) and _holds_values(part)]
    inner = [{_tag(child): (child.text or "").strip() for child in part if not len(child)} for part in groups]
    yield own | (inner[0] if inner else {})
    key = next(iter(own.items()), None)
    for further in inner[1:]:
        yield ({key[0]: key[1]} if key else {}) | further


def _tag(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


# -- vCard ---------------------------------------------------------------------------------------------------------


def _cards(lines: Iterator[tuple[int, Text]]) -> Iterator[tuple[int, Row | Invalid]]:
    begun, is_bad = 0, False
    entries: list[str] = []
    for number, line in lines:
        text = line.text.rstrip("\r\n")
        name = text.strip().upper()
        if name == "BEGIN:VCARD":
            if begun:
                yield begun, Invalid(_NO_END)
            begun, entries, is_bad = number, [], False
        elif name == "END:VCARD" and begun:
            yield begun, unreadable("utf-8") if is_bad else _card(entries)
            begun = 0
        elif begun:
            is_bad = is_bad or line.unreadable
            _add(entries, text)
    if begun:
        yield begun, Invalid(_NO_END)


def _add(entries: list[str], text: str) -> None:
    """A line of a card; one that goes on from the line before is put behind it."""
    if entries and text[:1] in (" ", "\t"):
        entries[-1] += text[1:]
    elif entries and entries[-1].endswith("=") and "QUOTED-PRINTABLE" in entries[-1].upper():
        entries[-1] = entries[-1][:-1] + text
    else:
        entries.append(text)


def _card(entries: Iterable[str]) -> Row:
    found: Row = {}
    names: list[str] = []
    for entry in entries:
        parted = _ENTRY.fullmatch(entry)
        if parted is None:
            continue
        first, *options = parted[1].upper().split(";")
        name, value = first.rpartition(".")[2], parted[2]
        if any("QUOTED-PRINTABLE" in option for option in options):
            value = _printed(value, options)
        if (name, value.strip().upper()) in _COMPANIES:
            found["Is company"] = "1"
        elif name == "N":
            names = [_unescaped(part) for part in (*_parts(value), "", "", "")[:3]]
        elif not _value(found, name, options, value):
            _further(found, name, value)
    if "Company name" in found and not any(names) and found.get("Full name", "") in ("", found["Company name"]):
        found["Is company"] = "1"
    if not found.get("Full name") and names:
        found["Full name"] = " ".join(filter(None, (names[1], names[2], names[0])))
    return found


def _printed(value: str, options: Sequence[str]) -> str:
    """A quoted-printable value, in the letters that it says it is in, else in those it can be."""
    data = quopri.decodestring(value.encode())
    said = next((option.partition("=")[2] for option in options if option.startswith("CHARSET=")), "")
    for encoding in filter(None, (said, "utf-8", WINDOWS)):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(WINDOWS, "replace")


def _value(found: Row, name: str, options: Sequence[str], value: str) -> bool:
    """Take a value for ours; False when none of our columns takes it."""
    if name == "TEL":
        told = " ".join(options)
        column = "Mobile" if "CELL" in told or "IPHONE" in told else "Phone"
        is_other = "FAX" in told or "PAGER" in told
        return not is_other and _first(found, column, _unescaped(value).removeprefix("tel:"))
    if name == "ADR":
        parts = [_unescaped(part) for part in (*_parts(value), *[""] * 7)[:7]]
        if found.get("Address") or not any(parts):
            return not any(parts)
        lines = [line.strip() for part in (parts[0], parts[2]) for line in part.splitlines()]
        found |= {"Address": ", ".join(filter(None, lines)), "Address 2": parts[1], "City": parts[3]}
        found |= {"Postal code": parts[5], "Country": parts[6]}
        return True
    if name == "ORG":
        return _first(found, "Company name", _unescaped(_parts(value)[0]))
    return name in _PLAIN and _first(found, _PLAIN[name], _unescaped(value))


def _first(found: Row, column: str, value: str) -> bool:
    """Whether a column takes a value: the first is its own, the same again is nothing more."""
    return found.setdefault(column, value) == value


def _further(found: Row, name: str, value: str) -> None:
    """Keep what is not read where it is counted, so that it is told."""
    if name in _OF_CARDS or name.startswith("X-") or not value.strip(" ;"):
        return
    column = f"vCard {name}"
    found[column] = f"{found[column]}, {value}" if column in found else value


def _parts(value: str) -> list[str]:
    return re.split(r"(?<!\\);", value)


def _unescaped(value: str) -> str:
    return re.sub(r"\\([nN,;:\\])", lambda found: "\n" if found[1] in "nN" else found[1], value).strip()
