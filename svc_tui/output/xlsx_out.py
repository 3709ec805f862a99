"""Workbooks: one sheet with a heading, numbers as numbers. xlsxwriter is loaded when one is written (0.1 s)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from svc_tui.domain.text import shown
from svc_tui.output.files import written_bytes

_HARMLESS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""A name that begins with `=` is a name, and no link is made of what somebody typed."""
_WIDEST: Final = 40


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[int | float | str | None]]) -> int:
    """Write a workbook, whole or not at all; gives how many rows it has.

    Raises:
        Invalid: when the disk is full.
        OSError: when it cannot be written.
    """
    from xlsxwriter import Workbook

    count = 0
    with written_bytes(path) as file:
        # Rows go to the disk one by one, so that many take no more memory than few.
        book = Workbook(file, {**_HARMLESS, "constant_memory": True})
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for place, name in enumerate(header):
            sheet.set_column(place, place, min(max(len(name) + 2, 12 if place else 24), _WIDEST))
            sheet.write_string(0, place, shown(name), bold)
        for row in rows:
            count += 1
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(count, place, shown(cell))
                elif cell is not None:
                    sheet.write_number(count, place, cell)
        book.close()
    return count
