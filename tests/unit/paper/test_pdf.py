"""A sheet as PDF: its text read out again, its codes read by a decoder from the picture."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from svc_tui.domain.errors import Invalid
from svc_tui.domain.paper.sheet import Sheet
from svc_tui.output.paper import pdf as drawing
from svc_tui.output.paper.pdf import pdf, picture
from tests.unit.paper.sheets import HOSTILE, INVOICE, RECEIPT


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def words(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


def texts(sheet: Sheet) -> list[str]:
    """Everything that stands on it."""
    told = [sheet.title, *sheet.shop, *sheet.receiver, *sheet.remarks, sheet.small, sheet.foot, sheet.signature]
    for fact in (*sheet.facts, *sheet.tag):
        told += fact
    for row in sheet.rows:
        told += [*row.cells, row.note]
    return [*told, *(one.label for one in sheet.sums), *(one.value for one in sheet.sums)]


@pytest.mark.parametrize("sheet", [RECEIPT, INVOICE], ids=["receipt", "invoice"])
def test_every_text_can_be_read_out_again(sheet: Sheet) -> None:
    there = words(text_of(pdf(sheet)))

    assert [text for text in texts(sheet) if words(text) not in there] == []


def test_a_long_invoice_goes_over_pages_with_its_heading_on_each_and_the_sums_together() -> None:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf(INVOICE))).pages]

    assert len(pages) > 1
    assert all("Antal" in page for page in pages)
    assert all(f"Side {number} af {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert "I alt uden moms" in pages[-1]
    assert "At betale" in pages[-1]


def test_what_people_wrote_is_text_and_nothing_else() -> None:
    told = text_of(pdf(RECEIPT))

    assert words(HOSTILE) in words(told)
    assert "root:" not in told


def test_bars_and_square_are_read_by_a_decoder() -> None:
    read = {found.text for found in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture(RECEIPT))))}

    assert read == {"S104217", "https://example.dk/s/S104217"}


def test_the_same_sheet_is_the_same_file() -> None:
    assert pdf(RECEIPT) == pdf(RECEIPT)


def test_what_machines_read_is_attached_unchanged() -> None:
    data = pdf(INVOICE, b"<Invoice>\xc3\xa6</Invoice>")

    assert PdfReader(io.BytesIO(data)).attachments["invoice.xml"] == [b"<Invoice>\xc3\xa6</Invoice>"]
    assert b"pdfaid:part" in data


def test_every_font_is_embedded() -> None:
    data = pdf(INVOICE)

    assert data.count(b"/Type/FontDescriptor") == data.count(b"/FontFile") > 0


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "can_draw", lambda: False)

    with pytest.raises(Invalid, match=r"svc-tui\[paper\]"):
        pdf(RECEIPT)
