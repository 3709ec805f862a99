"""The table, and the same as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.goals import Outcome
from bench.record import Record, Spread, quantile

_HEADINGS = ("", "goal", "ours", "floor", "ratio (min-max)", "bar", "")
_RIGHT = (2, 3, 5)


def table(outcomes: Sequence[Outcome]) -> str:
    """One line a goal."""
    rows = [_HEADINGS, *(_row(one) for one in outcomes)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADINGS))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if place in _RIGHT else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    missed = [one for one in outcomes if one.is_met is False and not one.goal.is_aim]
    told = ", ".join(f"{one.goal.number} {one.goal.what}" for one in missed)
    lines += ["", f"{len(missed)} goals missed: {told}" if missed else "Every goal is met."]
    return "\n".join(lines)


def _row(one: Outcome) -> tuple[str, ...]:
    goal = one.goal
    unit = f" {goal.unit}"
    floor = number(one.floor.middle) + unit if one.floor else ""
    compared = ""
    if one.compared is not None:
        sign, its = ("+", unit) if goal.kind == "more" else ("x", "")
        compared = f"{sign}{number(one.compared.middle)}{its} ({_range(one.compared)})"
    elif one.ours.least != one.ours.most:
        compared = f"({_range(one.ours)})"
    bar = "" if goal.bar is None else number(goal.bar)
    verdict = {None: "", True: "met", False: "MISSED"}[one.is_met]
    if goal.is_aim and one.is_met is not None:
        verdict = f"aim {verdict.lower()}"
    return goal.number, goal.what, number(one.ours.middle) + unit, floor, compared, bar, verdict


def _range(spread: Spread) -> str:
    return f"{number(spread.least)} - {number(spread.most)}"


def number(value: float) -> str:
    """A figure with the digits that mean something."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def noise(record: Record) -> str:
    """How busy the machine was: above twice the least, only the ratios mean anything."""
    if not record.loops:
        return ""
    middle, worst = quantile(record.loops, 0.5), quantile(record.loops, 0.95)
    least = min(record.loops)
    calm = "calm" if worst <= 2 * least else "busy: trust the ratios"
    return f"Noise: a fixed loop took {middle:.2f} ms (median), {least:.2f} (min), {worst:.2f} (p95): {calm}."


def write(path: Path, outcomes: Sequence[Outcome], record: Record, about: dict[str, Any]) -> None:
    """Everything, for programs."""
    values = [
        {"figure": figure, "program": program, "rounds": [rounds[number] for number in sorted(rounds)]}
        for (figure, program), rounds in sorted(record.values.items())
    ]
    goals = [asdict(one) | {"met": one.is_met} for one in outcomes]
    loops = sorted(record.loops)
    path.write_text(json.dumps(about | {"goals": goals, "values": values, "noise": loops}, indent=1) + "\n")
