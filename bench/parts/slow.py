"""P16 and P17: our list and the curses list at the far end of a thin line."""

from __future__ import annotations

from bench import programs
from bench.link import THIN
from bench.parts.alternate import alternate
from bench.programs import CURSES, FIRST, LAST, OURS, Ours, leaves
from bench.record import Record
from bench.shops import Shop
from bench.terminal import Seen, Terminal, View

DOWNS, SCROLLS, PAGES = 6, 6, 5
HELD, RATE = 2.0, 30
"""Seconds that a key is held, and how often it repeats in one."""


def slow(record: Record, shop: Shop, _small: Shop) -> None:
    """Down, scroll, page, and a key that is held."""
    alternate(record, lambda: _ours(record, shop), lambda: _curses(record, shop))


def _ours(record: Record, shop: Shop) -> None:
    with Ours(shop, THIN) as ours:
        record.answer("slow start", OURS, ours.start)
        ours.all_jobs()
        for figure, key, times in (("slow down", "<Down>", DOWNS), ("to the end", "<Down>", 0)):
            for _ in range(times):
                record.answer(figure, OURS, ours.press(key, leaves(ours.cursor)))
        ours.send("<Down>" * (LAST - FIRST - DOWNS))
        ours.rest()
        for figure, key, times in (("slow scroll", "<Down>", SCROLLS), ("slow page", "<PgDn>", PAGES)):
            for _ in range(times):
                record.answer(figure, OURS, ours.press(key, leaves(ours.cursor, ours.view.lines[FIRST])))
        ours.press("<Home>")
        record.add("slow: lag", OURS, ours.hold("<Down>", HELD, RATE) * 1000)


def _curses(record: Record, shop: Shop) -> None:
    with programs.curses_list(shop, THIN) as floor:
        for _ in range(DOWNS):
            record.answer("slow down", CURSES, floor.press("<Down>", _tells_another(floor)))
        room = len(floor.view.lines) - 2
        floor.send("<Down>" * (room - 1 - DOWNS))
        floor.rest()
        for figure, key, times in (("slow scroll", "<Down>", SCROLLS), ("slow page", "<PgDn>", PAGES)):
            for _ in range(times):
                record.answer(figure, CURSES, floor.press(key, _tells_another(floor)))
        floor.press("<Home>")
        record.add("slow: lag", CURSES, floor.hold("<Down>", HELD, RATE) * 1000)


def _tells_another(floor: Terminal) -> Seen:
    """The last line, which curses paints last, tells another row."""
    before = floor.view.lines[-1]

    def seen(view: View) -> bool:
        return view.lines[-1] != before

    return seen
