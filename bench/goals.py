"""The goals, as they are printed: what is compared with what, and where the bar lies."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Literal

from bench.parts import entries, orders
from bench.programs import (
    BESIDE_VISIDATA,
    BUSY,
    CURSES,
    DATATABLE,
    FILE,
    INPUT,
    MILLION,
    OPENS,
    OURS,
    RT,
    SERVER,
    SHEET,
    TASK,
    THOUSAND,
    VISIDATA,
)
from bench.record import Record, Spread

Kind = Literal["ratio", "more", "value"]


@dataclass(frozen=True, slots=True)
class Side:
    """A figure of a program."""

    figure: str
    program: str = OURS
    at: float = 0.5
    """Which quantile of a round: the median, 1 for the greatest."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One line of the table.

    Attributes:
        number: As in the reference, P1.
        what: In words.
        part: What has to be measured for it (`parts.PARTS`, or an act of `direct`).
        ours, floor: What is compared; without a floor the value itself is.
        bar: The greatest that meets the goal; None for what is only told.
        unit: Of both sides.
        kind: Whether the ratio, the difference (`more`) or our value has to stay under the bar.
        is_aim: Not required, aimed at.
    """

    number: str
    what: str
    part: str
    ours: Side
    bar: float | None
    floor: Side | None = None
    unit: str = "ms"
    kind: Kind = "ratio"
    is_aim: bool = False


def _against(
    number: str, what: str, part: str, figure: str, bars: dict[str, float], aims: dict[str, float]
) -> list[Goal]:
    """A figure against the same figure of the floors."""
    return [
        Goal(number, f"{what}, {program}", part, Side(figure), bar, Side(figure, program), is_aim=is_aim)
        for is_aim, of_them in ((False, bars), (True, aims))
        for program, bar in of_them.items()
    ]


def _value(number: str, what: str, part: str, figure: str, bar: float | None, unit: str, at: float = 0.5) -> Goal:
    return Goal(number, what, part, Side(figure, at=at), bar, unit=unit, kind="value")


def _scale(figure: str, what: str, unit: str = "ms", number: str = "P5", bar: float = 1.3) -> Goal:
    return Goal(number, f"1M / 1k: {what}", "scale", Side(figure, MILLION), bar, Side(figure, THOUSAND), unit)


def _own(number: str, what: str, part: str, figure: str, bar: float, than: str, *, is_aim: bool = False) -> Goal:
    return Goal(number, what, part, Side(figure), bar, Side(than), is_aim=is_aim)


def _faster(figures: dict[str, str], bar: float) -> list[Goal]:
    """Against VisiData, where there is one."""
    return [
        Goal(number, f"{figure}, {VISIDATA}", "visidata", Side(figure, BESIDE_VISIDATA), bar, Side(figure, VISIDATA))
        for number, figure in figures.items()
    ]


def _on_both(*figures: str, bar: float | None) -> list[Goal]:
    """The same on PostgreSQL and on SQLite."""
    return [
        Goal("P24", f"PostgreSQL / SQLite: {figure}", "server", Side(figure, SERVER), bar, Side(figure, FILE))
        for figure in figures
    ]


def _sorted(figure: str) -> list[Goal]:
    """A figure in the order of every column, beside the order that one begins with."""
    return [
        Goal("sort", f"{figure}, by {title}", "orders", Side(figure, title), None, Side(figure, orders.BEGINS))
        for title in orders.COLUMNS[1:]
    ]


def _elsewhere(name: str, part: str, bar: float, aim: float) -> list[Goal]:
    """Seen in another session, 95th percentile."""
    side = Side("seen elsewhere", name, 0.95)
    return [
        Goal("P14", f"seen elsewhere, {name}: p95", part, side, bar, kind="value"),
        Goal("P14", f"seen elsewhere, {name}: p95", part, side, aim, kind="value", is_aim=True),
    ]


def _thin(number: str, what: str, figure: str, bar: float, aim: float | None = None) -> list[Goal]:
    """At the far end of a thin line, against curses."""
    bars = {bar: False} | ({} if aim is None else {aim: True})
    return [
        Goal(
            number, f"80 ms, 64 kbit/s: {what}, curses", "slow", Side(figure), one, Side(figure, CURSES), is_aim=is_aim
        )
        for one, is_aim in bars.items()
    ]


def _list_of(name: str) -> list[Goal]:
    """A list beside those of jobs: its keys against the same floor as theirs, and its card against a fresh sheet."""
    bars = {
        "down": ("P1", 0.20),
        "scroll": ("P2", 0.40),
        "page": ("P3", 0.30),
        "end": ("P4", 0.20),
        "home": ("P4", 0.20),
    }
    return [
        *(
            Goal("entries", f"{number}, {name}: {figure}, {DATATABLE}", "entry-keys lists", Side(figure, name), bar,
                 Side(figure, DATATABLE))
            for figure, (number, bar) in bars.items()
        ),
        Goal("entries", f"P11, {name}: open a card, {SHEET}", "entry-keys sheet", Side("open", name), 0.40,
             Side("open", SHEET)),
    ]  # fmt: skip


GOALS: tuple[Goal, ...] = (
    *_against("P1", "cursor down", "lists", "down", {DATATABLE: 0.20}, {CURSES: 10}),
    *_against("P2", "down with scroll", "lists", "scroll", {DATATABLE: 0.40}, {CURSES: 10}),
    *_against("P3", "page down", "lists", "page", {DATATABLE: 0.30}, {CURSES: 5}),
    *_against("P4", "end", "lists", "end", {DATATABLE: 0.20}, {CURSES: 5}),
    *_against("P4", "home", "lists", "home", {DATATABLE: 0.20}, {CURSES: 5}),
    Goal("P4", f"jump to a number or a day, {DATATABLE}", "jump lists", Side("jump"), 0.20, Side("end", DATATABLE)),
    _own("P3", "page up, page down", "lists", "page up", 1.5, "page", is_aim=True),
    *_faster({"P1": "down", "P2": "scroll", "P3": "page"}, 1 / 3),
    *_faster({"P4": "end"}, 1 / 5),
    *(
        Goal("p95", f"{figure}: p95 / median", "lists", Side(figure, at=0.95), 2.5, Side(figure))
        for figure in ("down", "scroll", "page", "end", "home")
    ),
    _scale("down", "cursor down"),
    _scale("scroll", "down with scroll"),
    _scale("page", "page down"),
    _scale("end", "end"),
    _scale("home", "home"),
    _scale("filter", "filter"),
    _scale("open", "open a job"),
    _scale("save", "save a new job"),
    _own("P6", "filter by a status, page", "searches lists", "filter", 3, "page"),
    _own("P6", "filter by a status, page", "searches lists", "filter", 1.5, "page", is_aim=True),
    _own("P7", "search from 2 letters, page", "searches lists", "search", 3, "page"),
    *(
        _value("P7", f"search, {count} letters: rows", "searches", f"search, {count} letters", 100, "ms")
        for count in (2, 3, 4)
    ),
    _value("P7", "search, worst", "searches", "search", None, "ms", at=1),
    _own("P8", "one letter in the filter line, down", "searches lists", "one letter", 2, "down"),
    _own("P8", "a word and one letter, down", "searches lists", "word and a letter", 2, "down"),
    _own("P8", "letter while a search runs, down", "searches lists", "letter while searching", 2, "down"),
    _own("P9", "contact picker: letter to rows, page", "searches lists", "picker", 2, "page"),
    _value("P9", "contact picker, worst", "searches", "picker", None, "ms", at=1),
    Goal("P10", "letter in a field: first byte, Input", "fields", Side("letter: first byte"), 1.0,
         Side("letter: first byte", INPUT)),
    *(
        Goal("P10", "letter in a field: bytes", "fields", Side("letter: bytes"), bar, Side("letter: bytes", INPUT),
             "bytes", "value", is_aim=bar < 200)
        for bar in (200, 60)
    ),
    *_against("P11", "open a job", "sheet", "open", {SHEET: 0.40}, {SHEET: 0.15}),
    Goal("P11", "open a job: settled", "sheet", Side("open: settled"), None, Side("open: settled", SHEET)),
    Goal("P11", "open a job: bytes", "sheet", Side("open: bytes"), None, Side("open: bytes", SHEET), "bytes"),
    _value("P11", "the first job opened", "sheet", "first open", None, "ms"),
    Goal("P12", "close with Esc, more than with F3", "sheet", Side("close with Esc"), 50, Side("close with F3"),
         kind="more"),
    _own("P13", "save a new job: message, page", "fields lists", "save", 3, "page"),
    _value("P13", "saved job: back in the list", "fields", "saved in list", None, "ms"),
    Goal("P13", "500 saves in SQLite: worst", "saves", Side("saves: worst"), 20, Side("saves: disk worst"),
         kind="value"),
    Goal("P13", "500 saves in SQLite: median", "saves", Side("saves: median"), 2, Side("saves: disk median"),
         kind="value", is_aim=True),
    Goal("P13", "500 saves in SQLite: over 20 ms", "saves", Side("saves: over 20"), 0, Side("saves: disk over 20"),
         "saves", "value"),
    *_elsewhere(FILE, "elsewhere", 300, 150),
    *_elsewhere(SERVER, "elsewhere-server", 100, 50),
    *(
        goal
        for figure, what, bar in (("down", "down", 500), ("scroll", "down with scroll", 600), ("page", "page", 3900))
        for goal in (
            Goal("P15", f"bytes: {what}", "lists", Side(f"{figure}: bytes"), bar, Side(f"{figure}: bytes", CURSES),
                 "bytes", "value"),
            Goal("P15", f"bytes: {what}, {CURSES}", "lists", Side(f"{figure}: bytes"), 1.3,
                 Side(f"{figure}: bytes", CURSES), "bytes", is_aim=True),
        )
    ),
    *_thin("P16", "down", "slow down", 1.3, 1.15),
    *_thin("P16", "scroll", "slow scroll", 1.3, 1.15),
    *_thin("P17", "page", "slow page", 1.6),
    *_thin("P17", "lag after a key held 2 s", "slow: lag", 1.2),
    Goal("P17", "lag, page", "slow", Side("slow: lag"), 1.0, Side("slow page"), is_aim=True),
    _value("P18", "idle 10 s in the list: bytes", "idle", "idle list: bytes", 0, "bytes"),
    _value("P18", "idle 10 s in the list: CPU", "idle", "idle list: CPU", 30, "ms"),
    _value("P18", "idle 10 s in a sheet: bytes", "idle", "idle sheet: bytes", 0, "bytes"),
    _value("P18", "idle 10 s in a sheet: CPU", "idle", "idle sheet: CPU", 30, "ms"),
    *_against("P19", "start to the first list", "start", "start", {INPUT: 1.35}, {INPUT: 1.2}),
    Goal("P20", "memory after 20 jobs (PSS)", "sheet start", Side("memory"), 2.5, Side("memory", INPUT), "MiB"),
    Goal("P20", "memory at start (PSS)", "start", Side("memory at start"), None, Side("memory", INPUT), "MiB"),
    _scale("memory", "memory after 20 jobs", "MiB", "P20", 1.15),
    Goal("P21", "CPU of down", "lists", Side("down: CPU"), 0.38, Side("down: CPU", DATATABLE)),
    Goal("P21", "CPU of page", "lists", Side("page: CPU"), 0.25, Side("page: CPU", DATATABLE)),
    Goal("P20", f"memory, {VISIDATA}", "sheet visidata", Side("memory"), 1 / 8, Side("memory", VISIDATA), "MiB",
         is_aim=True),
    *(
        Goal("P22", f"{what}, {RT}", f"{part} recorded", Side(ours), bar, Side(theirs, RT), is_aim=bar < 0.05)
        for what, part, ours, theirs in (
            ("list of waiting jobs", "searches", "filter", "list"),
            ("open a job", "sheet", "open", "open"),
            ("save a new job", "fields", "save", "create"),
        )
        for bar in (1 / 20, 1 / 50)
    ),
    *_against("P23", "list from the shell", "task", "command: list", {TASK: 1 / 5}, {}),
    *_against("P23", "add from the shell", "task", "command: add", {TASK: 1 / 2}, {}),
    Goal("P23", f"page, list of {TASK}", "lists task", Side("page"), 1 / 100, Side("command: list", TASK)),
    Goal("P23", f"save, add of {TASK}", "fields task", Side("save"), 1 / 100, Side("command: add", TASK)),
    _value("P23", "list from the shell, ours", "task", "command: list", None, "ms"),
    _value("P23", "add from the shell, ours", "task", "command: add", None, "ms"),
    *_on_both("down", "scroll", "page", "end", "home", "filter", "search", "picker", bar=1.5),
    *_on_both("open", "save", bar=None),
    *(
        Goal("busy", f"others writing: {what}", "busy lists", Side(figure, BUSY), 1.5, Side(figure))
        for figure, what in (
            ("first list", "first paint"), ("down", "down"), ("scroll", "scroll"), ("page", "page"), ("end", "end"),
            ("home", "home"),
        )
    ),
    *(
        _value("P26", f"statistics, {period}: {what}, {where}", part, f"{part}: {period}: {figure}", bar, "s")
        for part, where in (("figures", "SQLite"), ("figures-server", "PostgreSQL"))
        for period in ("year", "all time")
        for what, figure, bar in (("first figures", "first", 1), ("all figures", "all", 5))
    ),
    *(
        goal
        for part, where in (("many", "SQLite"), ("many-server", "PostgreSQL"))
        for goal in (
            _value("P27", f"10,000 jobs in one act, {where}", part, f"{part}: seconds", 10, "s"),
            _value("P27", f"longest lock, {where}", part, f"{part}: longest lock", None, "s"),
            _value("P27", f"slowest save elsewhere, {where}", part, f"{part}: slowest save elsewhere", 1, "s"),
        )
    ),
    _value("P27", "key meanwhile: worst", "bulk", "key meanwhile", 100, "ms", at=1),
    _value("P27", "key meanwhile", "bulk", "key meanwhile", None, "ms"),
    _value("P28", "import of 100,000 contacts", "import", "import: seconds", 120, "s"),
    _value("P28", "import: peak RSS", "import", "import: peak RSS", 300, "MiB"),
    _value("demo", "demo shop of 10,000 jobs", "demo", "demo: seconds", None, "s"),
    _value("demo", "demo shop: peak RSS", "demo", "demo: peak RSS", None, "MiB"),
    *_sorted("page"),
    *_sorted("end"),
    *(
        _value("entries", f"{name}: {page}", "entries", f"{name}: {page}", None, "ms")
        for name in entries.LISTS
        for page in ("first page", "next page", "last page")
    ),
    *(_value("entries", name, "entries", name, None, "ms") for name in entries.CARDS),
    *(goal for name in OPENS.values() for goal in _list_of(name)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """A goal beside what was measured."""

    goal: Goal
    ours: Spread
    floor: Spread | None
    compared: Spread | None
    """The paired ratio or difference; None where the value itself counts."""

    @property
    def is_met(self) -> bool | None:
        """None where there is no bar."""
        if self.goal.bar is None:
            return None
        return (self.compared or self.ours).middle <= self.goal.bar


def outcome(goal: Goal, record: Record) -> Outcome | None:
    """What became of a goal; None when it was not measured."""
    ours = record.rounds(goal.ours.figure, goal.ours.program, goal.ours.at)
    floor = record.rounds(goal.floor.figure, goal.floor.program, goal.floor.at) if goal.floor else {}
    mine = Spread.of(list(ours.values()))
    if mine is None or (goal.floor is not None and not floor):
        return None
    theirs = Spread.of(list(floor.values()))
    compared = None
    if theirs is not None and goal.kind != "value":
        paired = [(ours[number], floor[number]) for number in ours if number in floor]
        # Figures that are taken once are compared with the median of all rounds.
        pairs = paired or [(mine.middle, median(floor.values()))]
        if goal.kind == "more":
            compared = Spread.of([one - other for one, other in pairs])
        else:
            compared = Spread.of([one / other for one, other in pairs if other])
    return Outcome(goal, mine, theirs, compared)
