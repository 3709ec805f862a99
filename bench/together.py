"""What is measured where several processes work in one shop; each in a process of its own, which prints JSON.

usage: python -m bench.together bulk URL COUNT | write URL | meanwhile URL
"""

from __future__ import annotations

import json
import os
import random
import select
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bench.direct import measure_in
from bench.shops import ROOT, Shop
from svc_tui.db.core.engine import Store
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.bulk import Edit, Selection, carry_out, plan

MANY = 10_000
PAUSE = 0.02
"""Seconds between two saves of the one who saves meanwhile."""
QUIET = 2.0
"""Seconds before and after the act in which he saves alone."""


def bulk(url: str, count: int) -> dict[str, float]:
    """Give `count` jobs another responsible in one act, while another process saves jobs."""
    locks: list[float] = []
    real = Store.transaction

    @contextmanager
    def timed(store: Store) -> Iterator[None]:
        with real(store):
            begun = time.perf_counter()
            try:
                yield
            finally:
                locks.append(time.perf_counter() - begun)

    Store.transaction = timed  # type: ignore[method-assign, assignment]
    with Shop(url, 0).session() as session, _another(url) as other:
        newest = "SELECT id, responsible_id FROM activity ORDER BY id DESC LIMIT ?"
        found = session.store.sql(newest, (count,))
        has = Counter(row[1] for row in found)  # whoever has fewest of them: an earlier run gave them to somebody
        person = min((one.id for one in session.registers.employees if not one.retired), key=has.__getitem__)
        time.sleep(QUIET)
        begun = time.perf_counter()
        planned = plan(session, Selection(tuple(row[0] for row in found)), Edit("responsible", person))
        planning = time.perf_counter() - begun
        result = carry_out(session, planned)
        taken = time.perf_counter() - begun
        time.sleep(QUIET)
        slowest = other()
    return {
        "changed": result.changed,
        "seconds": taken,
        "planning": planning,
        "longest lock": max(locks),
        "slowest save elsewhere": slowest,
    }


@contextmanager
def _another(url: str) -> Iterator[_Stop]:
    command = [sys.executable, "-m", "bench.together", "meanwhile", url]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield _Stop(process)
    finally:
        process.kill()
        process.wait()


class _Stop:
    """Called, it ends the other process and gives the seconds of its slowest save."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdout is not None
        process.stdout.readline()  # it has begun

    def __call__(self) -> float:
        told, _ = self._process.communicate("", timeout=60)
        return float(json.loads(told)["slowest"])


def meanwhile(url: str) -> dict[str, float]:
    """Save jobs with pauses until nobody listens; gives how long the slowest took."""
    slowest = 0.0
    with Shop(url, 0).session() as session:
        print("begun", flush=True)
        save = _Saver(session)
        while not select.select([sys.stdin], [], [], PAUSE)[0]:
            slowest = max(slowest, save())
    return {"slowest": slowest}


def write(url: str) -> dict[str, float]:
    """Save jobs without a pause until whoever started it is gone."""
    parent = os.getppid()
    with Shop(url, 0).session() as session:
        save = _Saver(session)
        while os.getppid() == parent:
            save()
    return {}


class _Saver:
    """Corrects the subject of a job from the middle, which no list begins or ends with."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._dice = random.Random(1)
        least, most = session.store.sql("SELECT min(id), max(id) FROM activity")[0]
        self._ids = least + (most - least) // 4, most - (most - least) // 4

    def __call__(self) -> float:
        """Save one; gives the seconds."""
        sheet = activities.open_sheet(self._session, self._dice.randint(*self._ids))
        values = sheet.values | {"subject": f"Corrected {self._dice.randrange(100_000)}"}
        begun = time.perf_counter()
        activities.save(self._session, activities.SheetEdit(sheet, values, sheet.links, sheet.lines, ""))
        return time.perf_counter() - begun


def measure(act: str, *arguments: str | int) -> dict[str, float]:
    """Run one of the acts in a process of its own; gives its figures."""
    return measure_in("bench.together", act, *arguments)


def main() -> None:
    act, url, *rest = sys.argv[1:]
    figures = bulk(url, int(rest[0])) if act == "bulk" else write(url) if act == "write" else meanwhile(url)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
