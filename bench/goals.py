"""The goals, as they are printed: what is compared with what, and where the bar lies."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import Literal

from bench.programs import CURSES, DATATABLE, INPUT, OURS, SHEET, THOUSAND
from bench.record import Record, Spread

MILLION = f"1M: {OURS}"
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
        Goal(number, f"{what}, {program}", part, Side(figure), bar, Side(figure, program), is_aim=program in aims)
        for program, bar in (bars | aims).items()
    ]


def _value(number: str, what: str, part: str, figure: str, bar: float | None, unit: str, at: float = 0.5) -> Goal:
    return Goal(number, what, part, Side(figure, at=at), bar, unit=unit, kind="value")


def _scale(figure: str, what: str, unit: str = "ms", number: str = "P5", bar: float = 1.3) -> Goal:
    return Goal(number, f"1M / 1k: {what}", "scale", Side(figure, MILLION), bar, Side(figure, THOUSAND), unit)


def _own(number: str, what: str, part: str, figure: str, bar: float, than: str, *, is_aim: bool = False) -> Goal:
    return Goal(number, what, part, Side(figure), bar, Side(than), is_aim=is_aim)


GOALS: tuple[Goal, ...] = (
    *_against("P1", "cursor down", "lists", "down", {DATATABLE: 0.20}, {CURSES: 10}),
    *_against("P2", "down with scroll", "lists", "scroll", {DATATABLE: 0.40}, {CURSES: 10}),
    *_against("P3", "page down", "lists", "page", {DATATABLE: 0.30}, {CURSES: 5}),
    *_against("P4", "end", "lists", "end", {DATATABLE: 0.20}, {CURSES: 5}),
    *_against("P4", "home", "lists", "home", {DATATABLE: 0.20}, {CURSES: 5}),
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
    _own("P6", "filter status:v, page", "searches lists", "filter", 3, "page"),
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
    Goal("P10", "letter in a field: bytes", "fields", Side("letter: bytes"), 200, Side("letter: bytes", INPUT),
         "bytes", "value"),
    *_against("P11", "open a job", "sheet", "open", {SHEET: 0.40}, {}),
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
    Goal("P15", "bytes: down", "lists", Side("down: bytes"), 500, Side("down: bytes", CURSES), "bytes", "value"),
    Goal("P15", "bytes: down with scroll", "lists", Side("scroll: bytes"), 600, Side("scroll: bytes", CURSES),
         "bytes", "value"),
    Goal("P15", "bytes: page", "lists", Side("page: bytes"), 3900, Side("page: bytes", CURSES), "bytes", "value"),
    _value("P18", "idle 10 s in the list: bytes", "idle", "idle list: bytes", 0, "bytes"),
    _value("P18", "idle 10 s in the list: CPU", "idle", "idle list: CPU", 30, "ms"),
    _value("P18", "idle 10 s in a sheet: bytes", "idle", "idle sheet: bytes", 0, "bytes"),
    _value("P18", "idle 10 s in a sheet: CPU", "idle", "idle sheet: CPU", 30, "ms"),
    *_against("P19", "start to the first list", "start", "start", {INPUT: 1.35}, {}),
    Goal("P20", "memory after 20 jobs (PSS)", "sheet start", Side("memory"), 2.5, Side("memory", INPUT), "MiB"),
    Goal("P20", "memory at start (PSS)", "start", Side("memory at start"), None, Side("memory", INPUT), "MiB"),
    _scale("memory", "memory after 20 jobs", "MiB", "P20", 1.15),
    Goal("P21", "CPU of down", "lists", Side("down: CPU"), 0.38, Side("down: CPU", DATATABLE)),
    Goal("P21", "CPU of page", "lists", Side("page: CPU"), 0.25, Side("page: CPU", DATATABLE)),
    _value("P28", "import of 100,000 contacts", "import", "import: seconds", 120, "s"),
    _value("P28", "import: peak RSS", "import", "import: peak RSS", 300, "MiB"),
    _value("demo", "demo shop of 10,000 jobs", "demo", "demo: seconds", None, "s"),
    _value("demo", "demo shop: peak RSS", "demo", "demo: peak RSS", None, "MiB"),
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
