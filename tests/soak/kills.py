"""kill -9 of saving processes: what was acknowledged is there, nothing is half written, no number is missing.

python -m tests.soak.kills --kills 15000
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from svc_tui.db.core.engine import open_database
from tests.soak.crew import (
    Acknowledged,
    complaints,
    dismiss,
    hire,
    prepare,
    report,
    save_without_end,
    without_transactions,
)

ALL_AT_ONCE = 20
"""Every so many kills all processes are killed together, which is what a power cut looks like from inside."""


def main() -> int:
    options = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = options.database or str(folder / "shop.db")
        prepare(url)
        acknowledged = Acknowledged(folder)

        def work() -> None:
            if options.fault == "torn":
                without_transactions()
            save_without_end(open_database(url), acknowledged.add, before=options.fault == "early")

        _kill(work, options.kills, options.processes, random.Random(options.seed))
        wrong = complaints(url, acknowledged.all())
        return report({"kills": options.kills, "acknowledged": len(acknowledged.all())}, wrong)


def _kill(work: Callable[[], None], kills: int, processes: int, dice: random.Random) -> None:
    crew = [hire(work) for _ in range(processes)]
    for number in range(1, kills + 1):
        time.sleep(dice.uniform(0.005, 0.045))
        if number % ALL_AT_ONCE == 0:
            for child in crew:
                dismiss(child)
            crew = [hire(work) for _ in range(processes)]
            continue
        place = dice.randrange(processes)
        dismiss(crew[place])
        crew[place] = hire(work)
    for child in crew:
        dismiss(child)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="a file or postgresql://...; a scratch file when left out")
    parser.add_argument("--kills", type=int, default=15_000)
    parser.add_argument("--processes", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", choices=["early", "torn"], help="a planted fault, which must be noticed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
