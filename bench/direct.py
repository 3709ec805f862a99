"""What is measured without a terminal: each in a process of its own, which prints its figures as JSON.

usage: python -m bench.direct saves FILE COUNT | import FILE CSV | demo FILE COUNT
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from bench.shops import BESIDE, FOLDER, ROOT, Shop

SAVES = 500
CONTACTS = 100_000
JOBS = 10_000
_PAGES_A_SAVE = 40
_FIRST_NAMES = ("Anne", "Bent", "Carla", "Dorte", "Erik", "Freja", "Gunnar", "Hanne", "Ivan", "Jytte", "Åse")
_LAST_NAMES = ("Hansen", "Jensen", "Kjær", "Lund", "Møller", "Nørgaard", "Olsen", "Poulsen", "Ravn", "Sørensen", "Toft",
               "Vang", "Winther")  # fmt: skip
_TOWNS = (("1000", "København K"), ("5000", "Odense C"), ("8000", "Aarhus C"), ("9000", "Aalborg"), ("2800", "Lyngby"))


def measure(act: str, *arguments: str | Path | int) -> dict[str, float]:
    """Run one of the acts in a process of its own; gives its figures."""
    return measure_in("bench.direct", act, *arguments)


def measure_in(module: str, act: str, *arguments: str | Path | int) -> dict[str, float]:
    """The same for another module's acts."""
    command = [sys.executable, "-m", module, act, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}:\n{done.stderr}")
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def write_contacts(path: Path, count: int) -> None:
    """A CSV file of contacts as other systems export them."""
    people = (f"{first} {last}" for first, last in zip(cycle(_FIRST_NAMES), cycle(_LAST_NAMES), strict=False))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("Kundenr;Navn;Adresse;Postnr;By;Telefon;E-mail;Kontaktperson\n")
        for number, person in enumerate(islice(people, count), 1):
            code, town = _TOWNS[number % len(_TOWNS)]
            name = f"{person.split()[1]} & Co {number}" if number % 4 == 0 else f"{person} {number}"
            contact = person if number % 4 == 0 else ""
            file.write(
                f"{5_000_000 + number};{name};Nygade {number % 200};{code};{town};{20_000_000 + number};"
                f"post{number}@example.com;{contact}\n"
            )


def saves(path: Path, count: int) -> dict[str, float]:
    """New jobs with customer and part saved one after the other, as the sheet does; ms."""
    from svc_tui.db.core import search
    from svc_tui.db.people import contacts
    from svc_tui.services.jobs import activities, lines
    from svc_tui.services.stock import products

    shop = Shop(str(path), 0)
    times: list[float] = []
    disk: list[float] = []
    with shop.session() as session:
        customers = contacts.contacts_by_name(session.store, "", "customer", 200)
        parts = products.search(session, "", 50)
        for place in range(count):
            base = activities.new_sheet(session, session.registers.lists[0].id, {})
            customer, part = customers[place % len(customers)], parts[place % len(parts)]
            values = base.values | {"subject": f"Bench {place}: does not start", "customer": customer.id}
            edit = activities.SheetEdit(
                base=base, values=values, links=(), lines=(lines.line_of_product(part, -1, 1),),
                new_note="The customer says that it worked yesterday.",
            )  # fmt: skip
            begun = time.perf_counter()
            activities.save(session, edit)
            times.append((time.perf_counter() - begun) * 1000)
            disk.append(_write_safely())
        search.tidy(session.store)
    times.sort()
    return {
        "median": median(times),
        "p95": times[int(0.95 * len(times))],
        "worst": times[-1],
        "over 20": sum(one > 20 for one in times),
        "disk median": median(disk),
        "disk worst": max(disk),
        "disk over 20": sum(one > 20 for one in disk),
    }


def _write_safely() -> float:
    """The least a save can take on this disk: what it appends to the log, appended to a file and made safe; ms."""
    path = FOLDER / "disk"
    with path.open("ab") as file:
        begun = time.perf_counter()
        file.write(bytes(_PAGES_A_SAVE * 4096))
        file.flush()
        os.fdatasync(file.fileno())
        taken = (time.perf_counter() - begun) * 1000
    if path.stat().st_size > 16_000_000:
        path.unlink()
    return taken


def read_contacts(path: Path, csv: Path) -> dict[str, float]:
    """Contacts imported from a file."""
    from svc_tui.services.transfer.import_contacts import import_contacts

    begun = time.perf_counter()
    with Shop(str(path), 0).session() as session:
        report = import_contacts(session, csv)
    return {"seconds": time.perf_counter() - begun, "new": report.new, "bad": len(report.bad)} | _peak()


def make_demo(path: Path, count: int) -> dict[str, float]:
    """A demo shop written to a new file."""
    from svc_tui.db.core.engine import open_database
    from svc_tui.db.upkeep.migrate import migrate
    from svc_tui.services.demo.demo import create_demo

    begun = time.perf_counter()
    store = open_database(str(path), create=True)
    try:
        migrate(store)
        create_demo(store, activities=count)
    finally:
        store.close()
    return {"seconds": time.perf_counter() - begun} | _peak()


def _peak() -> dict[str, float]:
    return {"peak RSS": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def new_file(name: str) -> Path:
    """A name under which there is no file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"{name}-{os.getpid()}"
    remove(path)
    return path


def remove(path: Path) -> None:
    """Delete a database, or another file."""
    for ending in BESIDE:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def main() -> None:
    """The act named by the arguments."""
    act, path, other = sys.argv[1:]
    acts: dict[str, Callable[[], dict[str, float]]] = {
        "saves": lambda: saves(Path(path), int(other)),
        "import": lambda: read_contacts(Path(path), Path(other)),
        "demo": lambda: make_demo(Path(path), int(other)),
    }
    print(json.dumps(acts[act]()))


if __name__ == "__main__":
    main()
