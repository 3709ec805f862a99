"""A sheet as plain text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.paper.letters import cells
from svc_tui.domain.paper.sheet import Sheet
from svc_tui.domain.text import shown
from svc_tui.output.paper.plain import plain
from tests.unit.paper.sheets import INVOICE, RECEIPT, sheets


def test_an_invoice_reads_as_a_table() -> None:
    lines = plain(INVOICE._replace(rows=INVOICE.rows[:2])).splitlines()

    assert lines[:4] == list(INVOICE.shop)
    assert lines[9:11] == ["Faktura 100241", "=============="]
    assert "Antal  Tekst                                                      Pris     Beløb" in lines
    assert any(line.startswith("    1  Skærm 55") and line.endswith("  1.299,95  1.299,95") for line in lines)
    assert "       Serienr. 00Å-1" in lines
    assert lines[-3].endswith("At betale  97.496,25")
    assert lines[-1] == INVOICE.remarks[0]


def test_too_narrow_for_a_table_it_is_told_line_by_line() -> None:
    lines = plain(INVOICE._replace(rows=INVOICE.rows[:2]), 30).splitlines()

    assert "Antal  1" in lines
    assert "Beløb  1.299,95" in lines


def test_the_tag_stands_below_a_line_to_cut_along() -> None:
    text = plain(RECEIPT)

    assert text.index("- - - ") > text.index("Kundens underskrift")
    assert text.splitlines()[-2:] == ["Enhed  Samsung Galaxy S21", "Kunde  Jens Sørensen, 20 12 34 56"]


def test_a_number_wider_than_the_paper_goes_on_in_the_next_line() -> None:
    assert ("9" * 20 + "\n9") in plain(RECEIPT._replace(number="9" * 21), 20)


@given(sheets(), st.sampled_from((20, 42, 80)))
def test_no_letter_is_lost_and_no_line_is_too_long_but_for_figures(sheet: Sheet, width: int) -> None:
    words = sheet._replace(columns=tuple(column._replace(figures=False) for column in sheet.columns), sums=())
    drawn = plain(words, width)

    assert all(cells(line) <= max(width, 2) for line in drawn.splitlines())
    there = "".join(drawn.split())
    for text in (*words.shop, *words.remarks, words.foot, *(row.note for row in words.rows)):
        for word in shown(" ".join(text.splitlines())).split():
            assert word in there
