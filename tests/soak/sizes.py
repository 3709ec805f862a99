"""The real program in windows of every size, with every screen, dialog and question open: nothing spins, nothing grows.

python -m tests.soak.sizes --sizes 200 --seed 1

At each place it is given that many sizes, some at once and some one after the other; it has to come to rest after
them, within its memory, with the same to be seen in the first size as before, and to leave when it is asked to.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path

from tests.soak.crew import report
from tests.wire.program import Program
from tests.wire.shops import make_demo

COLUMNS, ROWS = 80, 24
LARGEST = (500, 300)
EDGES = ((1, 1), (1, 300), (500, 1), (9, 24), (5, 40), (19, 5), (20, 4), (20, 5), (40, 24), LARGEST)
"""Sizes at which something ends or begins, always among those that are tried."""
TINY = 0.3
"""Which part of the other sizes is below what a screen needs."""
GROWTH = 60.0
"""MiB that the memory may grow by at one place: a window of 500 x 300 is 150,000 cells."""
AT_ONCE = 4
"""The most sizes that are told without waiting for the program."""
FAULTS = ("spin", "swell")

PLACES = {
    "list": "",
    "filter line": "/hansen status:venter",
    "wide filter": "/日本語 é👨‍👩‍👧 hansen<Left><Left>",
    "values of a filter": "/status:<F4>",
    "selection": " <Down> <Home>",
    "date asked": "p",
    "answer asked": "s",
    "refused answer": "axyz<Enter>",
    "jump asked": "j",
    "sort": "o",
    "columns": "V",
    "views": "w",
    "view dialog": "w<F6>",
    "changes": "h",
    "change details": "d<Enter>h<Enter>",
    "help": "<F1>",
    "actions": "<F10>ny",
    "settings": "<C-e>",
    "users": "<F10>skift bruger<Enter>",
    "sheet": "<Enter>",
    "new job": "nTænder ikke<Tab>fr 930<Tab>tv",
    "refused field": "nabc<Tab>xyz<Tab>",
    "letter asked": "nabc<Esc>",
    "note": "<Enter><F12>første linje\randen linje",
    "lines": "nabc<F8>hdmi<Tab>",
    "history": "<Enter><F8><F8><F8>",
    "customer picker": "n<F9>jens",
    "new contact": "n<F9>Ukendt Kunde<Enter>",
    "status picker": "n<Tab><Tab><Tab><F4>",
}
"""Every kind of place, and the keys that lead there from the first list."""


class Failed(Exception):
    """The program did what it must not."""


def sizes_for(seed: str, count: int) -> list[tuple[int, int]]:
    """So many sizes: the edges, and others that depend on the seed alone."""
    dice = random.Random(seed)
    sizes = list(EDGES[:count])
    while len(sizes) < count:
        most = (25, 8) if dice.random() < TINY else LARGEST
        sizes.append((dice.randint(1, most[0]), dice.randint(1, most[1])))
    dice.shuffle(sizes)
    return sizes


def try_place(url: str, keys: str, sizes: list[tuple[int, int]], *, fault: str | None, patience: float) -> float:
    """Go to a place and through the sizes; gives by how many MiB the memory grew.

    Raises:
        Failed: when it does not come to rest, grows, shows something else afterwards, or does not leave.
    """
    module = ["tests.soak.faults", fault] if fault else ["svc_tui"]
    command = [sys.executable, "-m", *module, "--database", url, "--as", "AH", "--language", "da"]
    with Program(*command, columns=COLUMNS, rows=ROWS) as program:
        program.wait_until(lambda: " F" in f" {program.line(-1)}", 60.0, "the key bar")
        program.press(keys)
        before, memory = program.screen()[:-2], program.memory()
        dice = random.Random(str(sizes))
        while sizes:
            together = sizes[: dice.randint(1, AT_ONCE)]
            sizes = sizes[len(together) :]
            for size in together:
                program.resize(*size)
            _rest(program, patience, together)
            if (grown := program.memory() - memory) > GROWTH:
                raise Failed(f"the memory grew by {grown:.0f} MiB at {together}")
        program.resize(COLUMNS, ROWS)
        _rest(program, patience, [(COLUMNS, ROWS)])
        if program.screen()[:-2] != before:
            raise Failed("before:\n" + "\n".join(before) + "\nafterwards:\n" + program.text())
        grown = program.memory() - memory
        program.resize(5, 3)
        program.send("<C-q>")
        program.resize(COLUMNS, ROWS)
        program.wait_until(lambda: program.exit_code == 0 or "Ikke gemt" in program.text(), patience, "the end")
        return grown


def _rest(program: Program, patience: float, sizes: list[tuple[int, int]]) -> None:
    try:
        program.settle(timeout=patience)
    except TimeoutError as late:
        raise Failed(f"it does not come to rest at {sizes}: {program.memory():.0f} MiB, {late}") from None
    if program.exit_code is not None:
        raise Failed(f"it ended with {program.exit_code} at {sizes}:\n{program.text()}")


def main() -> int:
    options = _arguments()
    wrong: list[str] = []
    most = 0.0
    with tempfile.TemporaryDirectory(prefix="svc-sizes-") as name:
        url = options.database or str(Path(name) / "shop.db")
        if not options.database:
            make_demo(Path(url), activities=options.activities)
        places = options.place or list(PLACES)
        for place in places:
            sizes = sizes_for(f"{options.seed}/{place}", options.sizes)
            try:
                grown = try_place(url, PLACES[place], sizes, fault=options.fault, patience=options.patience)
                most = max(most, grown)
            except (Failed, TimeoutError) as failed:
                wrong.append(f"{place}, seed {options.seed}: {failed}")
    figures = {"places": len(places), "sizes": len(places) * options.sizes, "MiB grown at most": round(most)}
    return report(figures, wrong)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, default=200, help="sizes at each place")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--place", action="append", choices=PLACES, help="only this one; may be given again")
    parser.add_argument("--activities", type=int, default=500, help="jobs of the demo shop that is made")
    parser.add_argument("--database", help="a demo shop; a new one when left out")
    parser.add_argument("--patience", type=float, default=20.0, help="seconds within which it must come to rest")
    parser.add_argument("--fault", choices=FAULTS, help="a planted fault, which must be noticed")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.pop("SVC_TUI_DATABASE", None)
    sys.exit(main())
