"""A sheet for a receipt printer, as ESC/POS: the commands that Epson's, Star's in that mode and the cheap ones share.

One code page a printer, chosen once: libraries that change it within a line come out wrong on printers whose pages have
other numbers. The two-byte mode that some start in is left, and the international set is that of the USA, for in others
`[ \\ ] { | }` are letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from svc_tui.domain.paper import code128
from svc_tui.domain.paper.letters import DEFAULT_PAGE, PAGES, encoded
from svc_tui.domain.paper.sheet import Sheet
from svc_tui.output.paper.plain import filled_right, pairs, plain

_START: Final = b"\x1b@"
_USA: Final = b"\x1bR\x00"
_PAGE: Final = b"\x1bt"
_ONE_BYTE: Final = b"\x1c."
_CENTRED, _LEFT = b"\x1ba\x01", b"\x1ba\x00"
_BOLD, _THIN = b"\x1bE\x01", b"\x1bE\x00"
_BIG, _SMALL = b"\x1d!\x11", b"\x1d!\x00"
_BAR_CODE: Final = b"\x1dh\x50\x1dw\x02\x1dH\x02\x1dkI"
"""80 dots high, two a module, its text below; then Code 128 by length."""
_FEED_AND_CUT: Final = b"\n\n\n\x1dV\x42\x00"
_FEED: Final = b"\n\n\n\n\n"
_LONGEST_CODE: Final = 22
"""Letters that two dots a module leave room for on 72 mm."""


LETTERS: Final = "æøå ÆØÅ ÄÖäöß é ½ §"
"""What a test print shows."""


class Printer(NamedTuple):
    """What has to be known of a receipt printer."""

    columns: int = 42
    page: str = DEFAULT_PAGE
    page_number: int | None = None
    """That of `ESC t` on this printer; None for Epson's."""
    cuts: bool = True


def receipt(sheet: Sheet, printer: Printer) -> bytes:
    """The sheet, and, cut off from it, its tag."""
    if not sheet.tag:
        return b"".join((_begin(printer), _text(_body(sheet, printer), printer), _codes(sheet), _end(printer)))
    return b"".join(
        (
            _begin(printer), _text(_body(sheet._replace(tag=()), printer), printer), _codes(sheet), _end(printer),
            tag(sheet, printer),
        )
    )  # fmt: skip


def tag(sheet: Sheet, printer: Printer) -> bytes:
    """What stays with the device: its number large, the bar code, what it is and whose."""
    number = _CENTRED + _BOLD + _BIG + encoded(sheet.number, printer.page) + b"\n" + _SMALL + _THIN + _LEFT
    told = "\n".join(pairs(sheet.tag, printer.columns)) + "\n"
    return b"".join((_begin(printer), number, _bars(sheet.code), _text(told, printer), _end(printer)))


def pages(printer: Printer, letters: str = LETTERS) -> bytes:
    """A test print: every page by its number with the same letters, so that the one that reads right can be chosen."""
    printed = [_begin(printer), *_text_lines(["svc-tui"], printer)]
    for page in PAGES.values():
        for number in sorted({page.number, *_OTHER_NUMBERS.get(page.name, ())}):
            line = filled_right(str(number), 4) + f" {page.name:<7}"
            printed += [_PAGE + bytes([number]), encoded(line, page.name), encoded(letters, page.name), b"\n"]
    return b"".join((*printed, _end(printer)))


_OTHER_NUMBERS: Final = {"cp858": (13, 53), "cp865": (58,), "cp850": (18,), "cp1252": (6, 71)}
"""Numbers that makers other than Epson give the same pages."""


def _begin(printer: Printer) -> bytes:
    number = PAGES[printer.page].number if printer.page_number is None else printer.page_number
    return _START + _USA + _PAGE + bytes([number]) + _ONE_BYTE


def _end(printer: Printer) -> bytes:
    return _FEED_AND_CUT if printer.cuts else _FEED


def _body(sheet: Sheet, printer: Printer) -> str:
    return plain(sheet._replace(link=""), printer.columns)


def _text(text: str, printer: Printer) -> bytes:
    return b"".join(_text_lines(text.splitlines(), printer))


def _text_lines(lines: Sequence[str], printer: Printer) -> list[bytes]:
    return [encoded(line, printer.page) + b"\n" for line in lines]


def _codes(sheet: Sheet) -> bytes:
    return _bars(sheet.code) + _square(sheet.link)


def _bars(code: str) -> bytes:
    if not code128.can_hold(code) or len(code) > _LONGEST_CODE:
        return b""
    body = b"{B" + code.replace("{", "{{").encode("ascii")
    return _CENTRED + _BAR_CODE + bytes([len(body)]) + body + b"\n" + _LEFT


def _square(link: str) -> bytes:
    """A QR code: model 2, five dots a module, error correction M; the printer draws it."""
    if not link:
        return b""
    body = link.encode()
    low, high = (len(body) + 3) & 255, (len(body) + 3) >> 8
    set_up = b"\x1d(k\x04\x00\x31\x41\x32\x00\x1d(k\x03\x00\x31\x43\x05\x1d(k\x03\x00\x31\x45\x31"
    stored = b"\x1d(k" + bytes([low, high]) + b"\x31\x50\x30" + body
    return _CENTRED + set_up + stored + b"\x1d(k\x03\x00\x31\x51\x30\n" + _LEFT
