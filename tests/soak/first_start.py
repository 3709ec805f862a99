"""Many first starts at once: one schema, one shop, no error.

python -m tests.soak.first_start --rounds 200
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from svc_tui.db.upkeep.migrate import known
from svc_tui.db.upkeep.schema import check_schema
from svc_tui.domain.errors import Invalid
from svc_tui.services.people.setup import create_shop
from svc_tui.start import open_store
from tests.soak.crew import complaints, hire, report


def main() -> int:
    options = _arguments()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        urls = options.database or [str(Path(name, f"round{number}", "shop.db")) for number in range(options.rounds)]
        for url in urls:
            wrong += _round(url, options.processes)
    return report({"rounds": len(urls), "starts": len(urls) * options.processes}, wrong)


def _round(url: str, processes: int) -> list[str]:
    gate, opener = os.pipe()
    made, told = os.pipe()

    def start() -> None:
        os.close(opener)
        os.read(gate, 1)  # returns when everybody has been hired
        store = open_store(url)
        try:
            create_shop(store, "da", "Holms Service", "Anna Holm", "AH")
            os.write(told, b"x")
        except Invalid as refused:
            if refused.field != "shop":
                raise
        check_schema(store)
        store.close()

    crew = [hire(start) for _ in range(processes)]
    os.close(gate)
    os.close(opener)
    os.close(told)
    failed = sum(os.waitpid(child, 0)[1] != 0 for child in crew)
    with os.fdopen(made, "rb") as shops:
        created = len(shops.read())
    wrong = [f"{failed} of {processes} starts met an error"] if failed else []
    if created != 1:
        wrong.append(f"the shop was made {created} times")
    return wrong + _schema(url) + complaints(url, [])


def _schema(url: str) -> list[str]:
    store = open_store(url)
    try:
        applied = [row[0] for row in store.sql("SELECT name FROM schema_migration ORDER BY name")]
        companies = store.sql("SELECT count(*) FROM company")[0][0]
    finally:
        store.close()
    wrong = [] if applied == known() else [f"migrations applied: {applied}"]
    return wrong if companies == 1 else [*wrong, f"{companies} companies"]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", action="append", help="an empty database a round; scratch files when left out")
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--processes", type=int, default=10)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
