"""Many processes saving without a pause: nobody is refused and everybody comes to his turn.

python -m tests.soak.load --processes 50 --seconds 60
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from svc_tui.db.core.engine import open_database
from tests.soak.crew import complaints, hire, prepare, report, save_without_end


class _Over(Exception):
    pass


def main() -> int:
    options = _arguments()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = options.database or str(folder / "shop.db")
        prepare(url)
        crew = [hire(lambda: _work(url, options.seconds, folder)) for _ in range(options.processes)]
        ends = [os.waitpid(child, 0)[1] for child in crew]
        keys = [path.read_text().split() for path in folder.glob("saved.*")]
        wrong = complaints(url, [key for some in keys for key in some])
        if failed := sum(end != 0 for end in ends):
            wrong.append(f"{failed} of {options.processes} processes met an error")
        if len(keys) < options.processes or not all(keys):
            wrong.append("a process did not come to its turn")
        counts = [len(some) for some in keys]
        return report({"saves": sum(counts), "fewest": min(counts, default=0), "most": max(counts, default=0)}, wrong)


def _work(url: str, seconds: float, folder: Path) -> None:
    deadline = time.monotonic() + seconds
    saved: list[str] = []

    def acknowledged(key: str) -> None:
        saved.append(key)
        if time.monotonic() > deadline:
            raise _Over

    store = open_database(url)
    try:
        save_without_end(store, acknowledged)
    except _Over:
        store.close()
        (folder / f"saved.{os.getpid()}").write_text("\n".join(saved))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="a file or postgresql://...; a scratch file when left out")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--processes", type=int, default=20)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
