"""Several people in the same few jobs without a pause: nothing is overwritten unseen.

Every value written is new and is kept beside the value that its sheet was opened with. So the acknowledged writes of
a field form a chain from its first value to the stored one; a fork in it is a change that somebody overwrote unseen.

    python -m tests.soak.chain --seconds 600
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from svc_tui.db.core.changes import Values
from svc_tui.db.core.engine import open_database
from svc_tui.domain.errors import Conflict
from svc_tui.domain.merge import Merged
from svc_tui.domain.records import LineRecord
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import Sheet, SheetEdit
from tests.soak.crew import desk, hire, prepare, report

JOBS = 4
HEADER = ("subject", "project", "fault_told", "user_field1")
LINE = "line"
FIELDS = (*HEADER, LINE)
FIRST = "først"


def main() -> int:
    options = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = options.database or str(folder / "shop.db")
        prepare(url)
        jobs = _jobs(url)
        crew = [
            hire(lambda place=place: _work(url, jobs, options.seconds, folder, place, options.fault))  # type: ignore[misc]
            for place in range(options.processes)
        ]
        failed = sum(os.waitpid(child, 0)[1] != 0 for child in crew)
        written, refused, unfounded = _told(folder)
        wrong = [f"{failed} of {options.processes} processes met an error"] if failed else []
        wrong += _forks(url, jobs, written)
        if unfounded:
            wrong.append(f"{unfounded} saves were refused though nobody had touched the same field")
        return report({"acknowledged": len(written), "refused": refused}, wrong)


def _jobs(url: str) -> list[int]:
    store = open_database(url)
    session = desk(store)
    line = LineRecord(-1, 0, "part", None, "", FIRST, "stk", 1000, None, 0, 0, "customer", "needed")
    made = []
    for _ in range(JOBS):
        sheet = activities.new_sheet(session, None, {})
        values = sheet.values | dict.fromkeys(HEADER, FIRST)
        made.append(activities.save(session, SheetEdit(sheet, values, (), (line,))).id)
    store.close()
    return made


def _values(sheet: Sheet) -> dict[str, str]:
    return {name: str(sheet.values[name]) for name in HEADER} | {LINE: sheet.lines[0].text}


def _work(url: str, jobs: list[int], seconds: float, folder: Path, place: int, fault: str | None) -> None:
    if fault == "merge":
        activities.merge = _last_one_wins  # type: ignore[attr-defined, assignment]
    store = open_database(url)
    session = desk(store)
    dice = random.Random(place)
    deadline = time.monotonic() + seconds
    with (folder / f"told.{place}").open("w") as told:
        turn = 0
        while time.monotonic() < deadline:
            turn += 1
            sheet = activities.open_sheet(session, dice.choice(jobs))
            time.sleep(dice.uniform(0, 0.01))  # the user types
            base = _values(sheet)
            mine = {name: f"{place}.{turn}.{name}" for name in dice.sample(FIELDS, dice.choice((1, 1, 2)))}
            try:
                activities.save(session, _edit(sheet, mine))
            except Conflict:
                now = _values(activities.open_sheet(session, sheet.id or 0))
                touched = any(now[name] != base[name] for name in mine)
                told.write(json.dumps({"refused": touched}) + "\n")
                continue
            for name, value in mine.items():
                told.write(json.dumps({"job": sheet.id, "field": name, "base": base[name], "new": value}) + "\n")
    store.close()


def _edit(sheet: Sheet, mine: dict[str, str]) -> SheetEdit:
    header: Values = {name: value for name, value in mine.items() if name in HEADER}
    lines = tuple(line._replace(text=mine.get(LINE, line.text)) for line in sheet.lines)
    return SheetEdit(sheet, sheet.values | header, sheet.links, lines)


def _last_one_wins(base: Values, mine: Values, theirs: Values, groups: object = ()) -> Merged:
    """The planted fault: what I changed is written, whatever others did."""
    return Merged({name: value for name, value in mine.items() if value != base[name]}, (), ())


Write = dict[str, str | int]


def _told(folder: Path) -> tuple[list[Write], int, int]:
    """Acknowledged writes, refusals, and refusals without a reason."""
    lines = [json.loads(line) for path in folder.glob("told.*") for line in path.read_text().splitlines()]
    refusals = [line["refused"] for line in lines if "refused" in line]
    return [line for line in lines if "job" in line], len(refusals), refusals.count(False)


def _forks(url: str, jobs: list[int], written: list[Write]) -> list[str]:
    store = open_database(url)
    session: Session = desk(store)
    stored = {job: _values(activities.open_sheet(session, job)) for job in jobs}
    store.close()
    after: dict[tuple[object, object], dict[object, list[object]]] = defaultdict(lambda: defaultdict(list))
    for write in written:
        after[write["job"], write["field"]][write["base"]].append(write["new"])
    lost = 0
    for (job, field), following in after.items():
        value: object = FIRST
        seen = 0
        while following.get(value):
            value = following[value][0]
            seen += 1
        lost += sum(map(len, following.values())) - seen
        lost += value != stored[int(str(job))][str(field)]
    return [f"{lost} acknowledged writes were overwritten unseen"] if lost else []


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="a file or postgresql://...; a scratch file when left out")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--fault", choices=["merge"], help="a planted fault, which must be noticed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
