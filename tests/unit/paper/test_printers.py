"""What receipt and label printers are sent, read back as the printer reads it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.paper.label import Label
from svc_tui.domain.paper.letters import PAGES, encoded
from svc_tui.domain.printers import CODE_PAGES
from svc_tui.output.paper.label_printer import Roll, tspl, zpl
from svc_tui.output.paper.receipt_printer import Printer, pages, receipt
from tests.unit.paper.sheets import HOSTILE, RECEIPT

_COMMAND = re.compile(
    rb"\x1b@|\x1bR.|\x1bt(?P<page>.)|\x1c\.|\x1ba.|\x1bE.|\x1d!.|\x1dh.|\x1dw.|\x1dH."
    rb"|\x1dkI(?P<bars>.)|\x1d\(k(?P<low>.)(?P<high>.)|\x1dV\x42.",
    re.DOTALL,
)


def printed(data: bytes, codec: str = "cp858") -> tuple[str, list[str], list[str]]:
    """What a printer puts on paper: its text, its bar codes and its square codes."""
    text, bars, squares = bytearray(), [], []
    at = 0
    while at < len(data):
        found = _COMMAND.match(data, at)
        if not found:
            text.append(data[at])
            at += 1
            continue
        at = found.end()
        if found["bars"]:
            body = data[at : at + found["bars"][0]]
            assert body.startswith(b"{B")
            bars.append(body[2:].decode("ascii").replace("{{", "{"))
            at += found["bars"][0]
        elif found["low"]:
            body = data[at : at + found["low"][0] + 256 * found["high"][0]]
            squares += [body[3:].decode()] if body.startswith(b"1P0") else []
            at += len(body)
    assert min(byte for byte in text if byte != 10) >= 32
    return text.decode(codec), bars, squares


def test_a_receipt_is_read_back_letter_by_letter() -> None:
    text, bars, squares = printed(receipt(RECEIPT, Printer()))

    assert "Værkstedet på Ågade ApS" in text
    assert all(word in text for word in HOSTILE.split())
    assert all(len(line) <= 42 for line in text.splitlines())
    assert bars == ["S104217", "S104217"]
    assert squares == ["https://example.dk/s/S104217"]


@pytest.mark.parametrize("page", PAGES)
def test_danish_letters_are_in_every_page(page: str) -> None:
    assert encoded("æøåÆØÅ ÄÖäö", page).decode(PAGES[page].codec) == "æøåÆØÅ ÄÖäö"


def test_what_a_page_lacks_is_replaced_by_what_can_be_read() -> None:
    assert encoded("5 € – Łódź … 猫", "cp865") == b"5 EUR - L\xa2dz ... ?"


@given(st.text())
def test_no_text_becomes_a_command(text: str) -> None:
    assert all(byte >= 32 or byte == 10 for byte in encoded(text, "cp858"))


def test_the_test_print_names_every_page_with_its_letters() -> None:
    data = pages(Printer())

    for page in PAGES.values():
        assert b"\x1bt" + bytes([page.number]) + encoded(f"{page.number:>4} {page.name:<7}") in data


def test_a_label_of_a_zebra_holds_what_people_wrote_as_text() -> None:
    data = zpl(Label("S104217", ("^XA~HI_5E\\", "Jens Sørensen")), Roll()).decode()

    assert data.count("^XA") == 1
    assert data.endswith("^XZ\n")
    assert "^FD_5EXA_7EHI_5F5E_5C^FS" in data
    assert "^FDJens Sørensen^FS" in data
    assert "^BCN,56,N,N,N^FH^FDS104217^FS" in data


def test_a_label_of_the_cheap_ones_escapes_quotation_marks() -> None:
    data = tspl(Label("S104217", ('TV 55" "stor"',)), Roll())

    assert b'TEXT 16,80,"2",0,1,1,"TV 55\\["] \\["]stor\\["]"\r\n' in data
    assert b'"128",56,0,0,2,2,"S104217"\r\n' in data


def test_what_does_not_fit_on_a_label_is_cut_with_a_sign() -> None:
    data = zpl(Label("S104217", ("x" * 300, *("line",) * 20)), Roll()).decode()

    assert f"^FD{'x' * 32}...^FS" in data
    assert data.count("^FDline^FS") == Roll().room - 1


def test_a_narrow_roll_has_the_number_alone() -> None:
    assert "^BC" not in zpl(Label("S104217", ()), Roll(width=40)).decode()


def test_every_code_page_that_can_be_chosen_is_known() -> None:
    assert tuple(PAGES) == CODE_PAGES
