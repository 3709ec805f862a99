"""P1 to P13 and P18 to P21: keys in list, filter line, picker and sheet, beside the floors."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import ExitStack

from bench import programs
from bench.parts.alternate import alternate
from bench.programs import (
    CURSES,
    DATATABLE,
    FIRST,
    INPUT,
    LAST,
    MILLION,
    OURS,
    SHEET,
    THOUSAND,
    Ours,
    has,
    leaves,
    marks,
    shows,
    subject_of,
)
from bench.record import Record
from bench.shops import Shop
from bench.terminal import Seen, Terminal, View

WORDS, NAMES = 6, 5
"""How many words of subjects, and how many names, are looked for."""
OPENED = 20
"""Jobs opened before the memory is read."""
ROOM = LAST - FIRST + 1

Sides = list[tuple[str, Ours, Shop]]
"""Programs of ours that are compared with each other: name, program, its shop."""


# -- lists ---------------------------------------------------------------------------------------------------------


def lists(record: Record, shop: Shop, _small: Shop) -> None:
    """P1 to P4, their bytes and their processor time."""
    alternate(
        record, lambda: our_list(record, shop), lambda: _datatable(record), lambda: _curses(record, shop)
    )  # fmt: skip


def our_list(record: Record, shop: Shop, name: str = OURS) -> None:
    """P1 to P4 of ours, and its start."""
    with Ours(shop) as ours:
        record.answer("first list", name, ours.start)
        ours.all_jobs()
        moves(record, ours, name)


def moves(record: Record, ours: Ours, name: str, pages: int = 20) -> None:
    """P1 to P4 in the list that is shown, with the cursor on its first row; so many pages of it are read."""
    for figure, key, times in (("down", "<Down>", ROOM - 1), ("scroll", "<Down>", 20), ("page", "<PgDn>", pages)):
        for _ in range(times):
            first = ours.view.lines[FIRST] if figure != "down" else None
            record.answer(figure, name, ours.press(key, leaves(ours.cursor, first)))
    for _ in range((pages + 1) // 2):
        record.answer("page up", name, ours.press("<PgUp>", leaves(ours.cursor, ours.view.lines[FIRST])))
    ours.press("<End>")
    last = ours.cursor
    ours.press("<Home>")
    first = ours.cursor
    for _ in range(10):
        record.answer("end", name, ours.press("<End>", marks(last)))
        record.answer("home", name, ours.press("<Home>", marks(first)))


def jump(record: Record, shop: Shop, _small: Shop) -> None:
    """To a job by its number, and to a day; the list jumps while one types, and the last key is what counts."""
    with Ours(shop) as ours:
        ours.all_jobs()
        first, last = shop.numbers()
        for place in range(1, 9):
            ours.press("j")
            if place % 2:
                number = str(first + (last - first) * place // 9)
                _type_but_last(ours, f"#{number}")
                answer = ours.press(number[-1], _is_on(number))
            else:
                day = f"-{place * 30}"
                _type_but_last(ours, day)
                answer = ours.press(day[-1], leaves(ours.cursor))
            record.answer("jump", OURS, answer)
            ours.press("<Enter>")
            ours.rest()
    record.noise()


def _type_but_last(ours: Ours, text: str) -> None:
    for letter in text[:-1]:
        ours.press(letter)
    ours.rest()


def _is_on(number: str) -> Seen:
    return lambda view: programs.marked(view).split()[:1] == [number]


def _datatable(record: Record) -> None:
    with programs.datatable() as table:
        _floor_list(record, DATATABLE, table, r"^ *(\d+)", "\x1b[1;5F", "\x1b[1;5H", 1000)


def _curses(record: Record, shop: Shop) -> None:
    with programs.curses_list(shop) as floor:
        count = int(floor.view.lines[-1].split()[3])
        _floor_list(record, CURSES, floor, r"^(.*)$", "<End>", "<Home>", count)


def _floor_list(record: Record, name: str, floor: Terminal, row: str, end: str, home: str, count: int) -> None:
    def first() -> str:
        found = re.search(row, floor.view.lines[1])
        return found[1] if found else ""

    def tells(place: int) -> Seen:
        return has(f"row {place} of")

    def moved() -> Seen:
        before = first()
        return lambda view: first() not in ("", before)

    place = 1
    while first() and place < 40:
        before = first()
        place += 1
        answer = floor.press("<Down>", tells(place))
        if first() != before:
            break
        record.answer("down", name, answer)
    for _ in range(20):
        record.answer("scroll", name, floor.press("<Down>", moved()))
    for _ in range(20):
        record.answer("page", name, floor.press("<PgDn>", moved()))
    for _ in range(10):
        record.answer("end", name, floor.press(end, tells(count)))
        record.answer("home", name, floor.press(home, tells(1)))


# -- filter, search, picker ------------------------------------------------------------------------------------------


def searches(record: Record, shop: Shop, _small: Shop) -> None:
    """P6 to P9."""
    with Ours(shop) as ours:
        ours.all_jobs()
        ours.press("/")
        for _ in range(10):
            _filter(record, OURS, ours, shop, shop.status_letters()[0])
        for word in shop.words(WORDS):
            _search(record, OURS, ours, shop, word)
        ours.press("<Esc>")
        for text in shop.beginnings(NAMES):
            _pick(record, OURS, ours, shop, text)
    record.noise()


def _filter(record: Record, name: str, ours: Ours, shop: Shop, letter: str) -> None:
    """Within the filter line, which is empty before and after."""
    ours.press("status:")
    record.answer("filter", name, ours.press(letter, shows(shop.keys(f"status:{letter}", ROOM))))
    ours.press("<C-u>")


def _filling(*shops: Shop) -> str:
    """The first letter of a status whose jobs fill the screen in each of these: else less is drawn in one of them."""
    for letter in shops[0].status_letters():
        if all(len(shop.keys(f"status:{letter}", ROOM)) == ROOM for shop in shops):
            return letter
    raise LookupError("the jobs of no status fill the screen in every shop")


def _search(record: Record, name: str, ours: Ours, shop: Shop, word: str) -> None:
    def in_line(text: str) -> Seen:
        # What completes a word may stand behind it.
        return lambda view: view.lines[1][1:].startswith(f"Filter: {text}")

    ours.rest()
    record.answer("one letter", name, ours.press(word[0], in_line(word[0])))
    shown: list[str] = []
    for end in range(2, min(len(word), 6) + 1):
        found = shop.keys(word[:end], ROOM)
        if found != shown:
            record.answer("search", name, ours.press(word[end - 1], shows(found)))
            record.add(f"search, {end} letters", name, record.all("search", name)[-1])
        else:
            ours.press(word[end - 1])
        shown = found
    ours.press(word[end:])
    ours.press(" ")
    ours.rest()
    record.answer("word and a letter", name, ours.press("b", in_line(f"{word} b")))
    ours.press("<C-u>")
    ours.send(word[:2])
    time.sleep(0.005)
    record.answer("letter while searching", name, ours.press(word[2], in_line(word[:3])))
    ours.press("<C-u>")


def _pick(record: Record, name: str, ours: Ours, shop: Shop, text: str) -> None:
    ours.press("l", has("Choose a contact", 0))
    top = next(y for y, line in enumerate(ours.view.lines) if line.startswith("Name ")) + 1

    def answers(view: View) -> list[str]:
        return [line[:12].rstrip() for line in view.lines[top : top + 8]]

    before = answers(ours.view)
    for end in range(1, len(text) + 1):
        found = shop.names(text[:end], 8)
        if len(found) < 8 or found == before:
            ours.press(text[end - 1])
        else:
            record.answer("picker", name, ours.press(text[end - 1], _is(answers, found)))
        before = answers(ours.view)
    ours.press("<Esc>", has("All jobs", 0))


def _is(read: Callable[[View], list[str]], wanted: list[str]) -> Seen:
    return lambda view: read(view) == wanted


# -- fields and saving -----------------------------------------------------------------------------------------------


def fields(record: Record, shop: Shop, _small: Shop) -> None:
    """P10 and P13."""
    alternate(record, lambda: _our_fields(record, shop), lambda: _input(record))


def _our_fields(record: Record, shop: Shop) -> None:
    with Ours(shop) as ours:
        ours.all_jobs()
        ours.press("n", has("New job", 0))
        text = "the washing machine leaks"
        for end in range(1, len(text) + 1):
            if text[end - 1] != " ":
                record.answer("letter", OURS, ours.press(text[end - 1], has(f"Subject     {text[:end]}")))
            else:
                ours.press(" ")
        ours.press("<Esc>")
        ours.press("d", has("All jobs", 0))
        for number in range(12):
            _save(record, OURS, ours, number)


def _save(record: Record, name: str, ours: Ours, number: int) -> None:
    ours.press("n", has("New job", 0))
    ours.press(f"bench {number}")
    record.answer("save", name, ours.press("<F2>", has("is saved.")))
    record.answer("saved in list", name, ours.press("<F3>", lambda view: f"bench {number}" in programs.marked(view)))


def _input(record: Record) -> None:
    with programs.textual_input() as floor:
        for end in range(1, 31):
            record.answer("letter", INPUT, floor.press("x", has(f"{end} letters")))


# -- the sheet -------------------------------------------------------------------------------------------------------


def sheet(record: Record, shop: Shop, _small: Shop) -> None:
    """P11, P12, and the memory of P20."""
    alternate(record, lambda: _our_sheet(record, shop), lambda: _fresh_sheet(record))


def _our_sheet(record: Record, shop: Shop) -> None:
    with Ours(shop) as ours:
        ours.all_jobs()
        _open(record, "first open", OURS, ours)
        ours.press("<F3>", has("All jobs", 0))
        for place in range(OPENED):
            ours.press("<Down>")
            _open(record, "open", OURS, ours)
            figure, key = ("close with F3", "<F3>") if place % 2 else ("close with Esc", "<Esc>")
            record.answer(figure, OURS, ours.press(key, has("All jobs", 0)))
        record.add("memory", OURS, ours.memory())


def _open(record: Record, figure: str, name: str, ours: Ours) -> None:
    subject = subject_of(ours.cursor)[:16].rstrip(" …")
    record.answer(figure, name, ours.press("<Enter>", lambda view: _holds(view, subject)))


def _holds(view: View, subject: str) -> bool:
    return view.lines[0].startswith(" Job ") and view.lines[1].startswith(f" Subject     {subject}")


def _fresh_sheet(record: Record) -> None:
    with programs.fresh_sheet() as floor:
        for number in range(1, OPENED + 1):
            record.answer("open", SHEET, floor.press("<F2>", has(f"value 0 of {number}")))
            floor.press("<Esc>", has("ready"))


# -- a million against a thousand ------------------------------------------------------------------------------------


def scale(record: Record, shop: Shop, small: Shop) -> None:
    """P5: both alive, key by key."""
    with ExitStack() as stack:
        pairs: Sides = [
            (MILLION, stack.enter_context(Ours(shop)), shop),
            (THOUSAND, stack.enter_context(Ours(small)), small),
        ]
        if record.round % 2:
            pairs.reverse()
        same_keys(record, pairs, opened=OPENED)
    record.noise()


def same_keys(record: Record, pairs: Sides, *, opened: int) -> None:
    """The same for each of them, key by key: list, jobs opened and saved, a filter."""
    for _, ours, _ in pairs:
        ours.all_jobs()
    for figure, key, times in (("down", "<Down>", ROOM - 1), ("scroll", "<Down>", 12), ("page", "<PgDn>", 12)):
        for _ in range(times):
            for name, ours, _ in pairs:
                first = ours.view.lines[FIRST] if figure != "down" else None
                record.answer(figure, name, ours.press(key, leaves(ours.cursor, first)))
    for _ in range(6):
        for name, ours, _ in pairs:
            record.answer("end", name, ours.press("<End>", leaves(ours.cursor)))
        for name, ours, _ in pairs:
            record.answer("home", name, ours.press("<Home>", leaves(ours.cursor)))
    for _ in range(opened):
        for name, ours, _ in pairs:
            ours.press("<Down>")
            _open(record, "open", name, ours)
            ours.press("<F3>", has("All jobs", 0))
    for name, ours, _ in pairs:
        record.add("memory", name, ours.memory())
    for number in range(8):
        for name, ours, _ in pairs:
            _save(record, name, ours, number)
    letter = _filling(*(its for _, _, its in pairs))
    for _, ours, _ in pairs:
        ours.press("/")
    for _ in range(6):
        for name, ours, its in pairs:
            _filter(record, name, ours, its, letter)


def search_words(record: Record, pairs: Sides) -> None:
    """Words in the filter line, where the cursor stands, and contacts in the picker."""
    for word in pairs[0][2].words(3):
        for name, ours, its in pairs:
            _search(record, name, ours, its, word)
    for _, ours, _ in pairs:
        ours.press("<Esc>")
    for text in pairs[0][2].beginnings(2):
        for name, ours, its in pairs:
            _pick(record, name, ours, its, text)


# -- start, idle -----------------------------------------------------------------------------------------------------


def start(record: Record, shop: Shop, _small: Shop) -> None:
    """P19, and the memory of the least application."""
    for _ in range(4):
        alternate(record, lambda: _start_ours(record, shop), lambda: _start_input(record))


def _start_ours(record: Record, shop: Shop) -> None:
    with Ours(shop) as ours:
        record.answer("start", OURS, ours.start)
        record.add("memory at start", OURS, ours.memory())


def _start_input(record: Record) -> None:
    with programs.textual_input() as floor:
        record.answer("start", INPUT, floor.start)
        record.add("memory", INPUT, floor.memory())


def idle(record: Record, shop: Shop, _small: Shop) -> None:
    """P18, after the garbage collector has had its turn."""
    with Ours(shop) as ours:
        ours.all_jobs()
        time.sleep(5.0)
        record.answer("idle list", OURS, ours.idle(10.0))
        _open(record, "first open", OURS, ours)
        time.sleep(5.0)
        record.answer("idle sheet", OURS, ours.idle(10.0))
