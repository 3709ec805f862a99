"""Sorted by each of the columns: page and End, which are told beside those of the order one begins with."""

from __future__ import annotations

from bench.programs import FIRST, Ours, leaves, marks
from bench.record import Record
from bench.shops import Shop

BEGINS = "Start"
COLUMNS = (BEGINS, "No.", "Subject", "Customer", "Type", "Status", "Resp.", "Priority", "End", "Promised", "Changed")
PAGES, ENDS = 8, 4


def orders(record: Record, shop: Shop, _small: Shop) -> None:
    """Every column, in one program."""
    with Ours(shop) as ours:
        ours.all_jobs()
        for title in COLUMNS:
            record.answer("sorted", title, ours.sorted_by(title))
            ours.rest()
            ours.press("<Home>")
            for _ in range(PAGES):
                record.answer("page", title, ours.press("<PgDn>", leaves(ours.cursor, ours.view.lines[FIRST])))
            ours.press("<End>")
            ours.rest()
            last = ours.cursor
            for _ in range(ENDS):
                ours.press("<Home>")
                ours.rest()
                record.answer("end", title, ours.press("<End>", marks(last)))
    record.noise()
