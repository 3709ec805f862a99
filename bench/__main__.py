"""Measure: `python -m bench`, or `python -m bench --only P1,P11 --rounds 1`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import direct, report, shops, together
from bench.goals import GOALS, Goal, outcome
from bench.parts import FEW, PARTS
from bench.record import Record
from bench.shops import Shop
from bench.terminal import NotSeen
from svc_tui.domain.errors import DomainError

_COUNT = "BENCH_ACTIVITIES"
_SMALL = 1_000
_ONCE = ("saves", "figures", "figures-server", "many", "many-server", "import", "demo")
"""Parts of one round: they are long, and have no floor."""


def main() -> int:
    """Measure what is asked for and print the table; 1 when a part could not be measured."""
    options = _arguments()
    goals = _chosen(options.only)
    if not goals:
        print(f"There is no goal {options.only}; they are {', '.join(_numbers())}.", file=sys.stderr)
        return 2
    needed = {part for goal in goals for part in goal.part.split()}
    great = shops.opened(options.database) if options.database else shops.demo(int(os.environ.get(_COUNT, 1_000_000)))
    small = shops.demo(_SMALL)
    record = Record()
    try:
        failed = _measure(record, needed, options.rounds, great, small)
    except KeyboardInterrupt:
        failed = True
        print("\nBroken off; this is what was measured.", file=sys.stderr)
    outcomes = [one for one in (outcome(goal, record) for goal in goals) if one is not None]
    about = {
        "activities": great.activities,
        "rounds": options.rounds,
        "python": platform.python_version(),
        "machine": f"{os.cpu_count()} x {platform.machine()}",
    }
    print(f"{great.activities:,} jobs, {options.rounds} rounds, 100 x 30, times are medians of text seen.\n")
    print(report.table(outcomes))
    print(report.noise(record))
    if options.json:
        report.write(options.json, outcomes, record, about)
    return 1 if failed else 0


def _measure(record: Record, needed: set[str], rounds: int, great: Shop, small: Shop) -> bool:
    """Fill the record; gives whether a part could not be measured. The others are measured all the same."""
    failed: set[str] = set()
    begun = time.perf_counter()

    def attempt(name: str, told: str, act: Callable[[], None]) -> None:
        _tell(begun, told)
        try:
            act()
        except (NotSeen, DomainError, RuntimeError, OSError) as error:
            failed.add(name)
            print(f"\n{name} could not be measured: {error}", file=sys.stderr)

    for record.round in range(rounds):
        for name in [name for name in PARTS if name in needed and record.round < FEW.get(name, rounds)]:
            if name not in failed:
                attempt(
                    name, f"round {record.round + 1} of {rounds}: {name}", partial(PARTS[name], record, great, small)
                )
    record.round = 0
    for name in [name for name in _ONCE if name in needed]:
        attempt(name, name, partial(_once, record, name, great, small))
        record.noise()
    _tell(begun, "done")
    print(file=sys.stderr)
    return bool(failed)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="What a key costs, beside the floors.")
    parser.add_argument("--only", metavar="P1,P11", default="", help="these goals only")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything that was measured")
    parser.add_argument(
        "--database", type=Path, metavar="FILE", help=f"a demo shop to save jobs in, for one of {_COUNT} jobs"
    )
    return parser.parse_args()


def _numbers() -> list[str]:
    return list(dict.fromkeys(goal.number for goal in GOALS))


def _chosen(only: str) -> list[Goal]:
    wanted = {name.strip().lower() for name in only.split(",") if name.strip()}
    return [goal for goal in GOALS if not wanted or goal.number.lower() in wanted]


def _once(record: Record, name: str, great: Shop, small: Shop) -> None:
    if name == "saves":
        figures = direct.measure("saves", great.path, direct.SAVES)
    elif name.startswith("figures"):
        shop = shops.on_server(great.activities) if name != "figures" else great
        figures = direct.measure_in("bench.figures", "statistics", shop.url)
    elif name.startswith("many"):
        shop = shops.on_server(great.activities) if name != "many" else great
        figures = together.measure("bulk", shop.url, min(together.MANY, shop.activities // 2))
    elif name == "import":
        csv = direct.new_file("contacts.csv")
        try:
            direct.write_contacts(csv, direct.CONTACTS)
            with shops.copied(small) as copy:
                figures = direct.measure("import", copy.path, csv)
        finally:
            direct.remove(csv)
    else:
        path = direct.new_file("demo.db")
        try:
            figures = direct.measure("demo", path, direct.JOBS)
        finally:
            direct.remove(path)
    for figure, value in figures.items():
        record.add(f"{name}: {figure}", "ours", value)


def _tell(begun: float, text: str) -> None:
    before, after = ("\r\x1b[K", "") if sys.stderr.isatty() else ("", "\n")
    print(f"{before}{time.perf_counter() - begun:4.0f} s  {text}", end=after, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
