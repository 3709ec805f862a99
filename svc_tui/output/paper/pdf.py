"""A sheet as PDF on A4, by typst (the extra `paper`).

The template is `data/paper/sheet.typ`; what people wrote comes to it as data and is set as text, never read as its
source. Times and fonts of the machine do not count, so that a sheet drawn twice is the same file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.paper import code128
from svc_tui.domain.paper.sheet import Row, Sheet
from svc_tui.domain.text import shown, shown_text
from svc_tui.domain.transfer.shipped import data_folder

_LONGEST_WORD: Final = 40
"""Letters after which a word may be broken, where nothing else parts it."""
_ZERO_WIDTH: Final = "\u200b"
_MAIN, _DATA, _ATTACHED = "main", "data.json", "invoice.xml"


def can_draw() -> bool:
    """Whether the extra is installed."""
    return find_spec("typst") is not None


def pdf(sheet: Sheet, xml: bytes = b"", fonts: Sequence[Path] = ()) -> bytes:
    """The sheet drawn.

    Args:
        sheet: What stands on it.
        xml: A machine's form of the same document, which is attached; the file is PDF/A-3b then.
        fonts: Folders with fonts that come before those we have.

    Raises:
        Invalid: when the extra is not installed, or when the sheet cannot be drawn.
    """
    drawn: bytes = _drawn(sheet, xml, fonts, format="pdf", pdf_standards=["a-3b"] if xml else [])
    return drawn


def picture(sheet: Sheet, dots: int = 200) -> bytes:
    """The first page as PNG, at so many dots an inch.

    Raises:
        Invalid: as `pdf`.
    """
    drawn = _drawn(sheet, b"", (), format="png", ppi=dots)
    return drawn if isinstance(drawn, bytes) else drawn[0]


def _drawn(sheet: Sheet, xml: bytes, fonts: Sequence[Path], **options: Any) -> Any:
    if not can_draw():
        raise Invalid(N_("Papers as PDF need an extra: install svc-tui[paper], or print plain text."))
    import typst

    source = {_MAIN: _template(), _DATA: json.dumps(_told(sheet, bool(xml))).encode()}
    if xml:
        source[_ATTACHED] = xml
    compiled: Any = typst.compile  # its stubs do not know that the files can be handed over in memory
    try:
        return compiled(source, ignore_system_fonts=True, font_paths=[*map(str, fonts), *_own_fonts()], **options)
    except (typst.TypstError, RuntimeError, ValueError) as failed:
        reason = str(failed).splitlines()[0]
        raise Invalid(
            N_("The paper {number} cannot be drawn: {reason}"), number=sheet.number, reason=reason
        ) from failed


@cache
def _template() -> bytes:
    return (data_folder() / "paper" / "sheet.typ").read_bytes()


@cache
def _own_fonts() -> tuple[str, ...]:
    """Open Sans where the extra brought it; typst's own Libertinus Serif stands in."""
    found = find_spec("ttf_opensans")
    return tuple(str(Path(place) / "ttf") for place in (found.submodule_search_locations or ())) if found else ()


def _told(sheet: Sheet, has_xml: bool) -> dict[str, Any]:
    """The sheet as data of the template."""
    return {
        "language": sheet.language, "number": _word(sheet.number), "title": _word(sheet.title),
        "shop": [_word(line) for line in sheet.shop], "receiver": [_word(line) for line in sheet.receiver],
        "facts": [[_word(fact.label), _words(fact.value)] for fact in sheet.facts],
        "columns": [{"heading": _word(column.heading), "figures": column.figures} for column in sheet.columns],
        "rows": [_row(row, sheet) for row in sheet.rows],
        "sums": [{"label": _word(one.label), "value": _word(one.value), "strong": one.strong} for one in sheet.sums],
        "remarks": [_words(remark) for remark in sheet.remarks],
        "small": _words(sheet.small), "foot": _word(sheet.foot),
        "bars": code128.widths(sheet.code) if code128.can_hold(sheet.code) else [], "square": _square(sheet.link),
        "tag": [[_word(fact.label), _words(fact.value)] for fact in sheet.tag], "signature": _word(sheet.signature),
        "page": sheet.page, "xml": has_xml, "day": [sheet.day.year, sheet.day.month, sheet.day.day],
    }  # fmt: skip


def _row(row: Row, sheet: Sheet) -> dict[str, Any]:
    words = next((place for place, column in enumerate(sheet.columns) if not column.figures), 0)
    told = {"cells": [_words(cell) for cell in row.cells], "note": _words(row.note)}
    return told | {"heading": row.is_heading, "words": words}


def _square(link: str) -> list[str]:
    """The rows of a QR code (ISO/IEC 18004, error correction M)."""
    if not link or find_spec("segno") is None:
        return []
    import segno

    return ["".join("1" if dark else "0" for dark in row) for row in segno.make(link, error="m", micro=False).matrix]


def _word(text: str) -> str:
    """A text of one line."""
    return _breakable(shown(text))


def _words(text: str) -> str:
    return _breakable(shown_text(text))


def _breakable(text: str) -> str:
    """A text in which no word is longer than a column, without a sign that could be seen."""
    if all(len(word) <= _LONGEST_WORD for word in text.split()):
        return text
    return _LONG_WORD.sub(lambda found: found[0] + _ZERO_WIDTH, text)


_LONG_WORD: Final = re.compile(rf"\S{{{_LONGEST_WORD}}}(?=\S)")
