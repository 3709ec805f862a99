"""Random keys into the real program while somebody else changes rows: no crash, nothing stuck, no growing memory.

python -m tests.soak.keys --keys 100000 --seed 1

After each burst the program has to come back to its list and show a letter typed there. What was typed last is told
with a complaint; `--first N` begins with the burst of that number.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from svc_tui.db.core.engine import open_database
from svc_tui.db.upkeep.integrity import findings
from tests.soak import fingers
from tests.soak.crew import report
from tests.soak.fingers import Bytes, Fingers, Keys, Pause, Size, Stroke
from tests.wire.program import ROOT, Program, keys
from tests.wire.shops import make_demo

GROWTH = 20.0
"""MiB that the memory may grow by after the warm-up."""
WARM_UP = 0.2, 5_000
"""Which part of the keys, and how many at the most."""
REST = 5.0
"""Seconds without a key before the memory is read: the collector has its turn after two."""
LAST = 200
"""How many strokes are told with a complaint."""
SWELLING = 150.0
"""MiB more than at first that the program may hold after any burst."""
FAULTS = ("raise", "stuck", "crash", "leak", "gulp")


class Failed(Exception):
    """The program did what it must not."""


class Sitting:
    """One person typing blindly into the program."""

    def __init__(self, url: str, folder: Path, fault: str | None, patience: float) -> None:
        self.folder = folder
        self.patience = patience
        self.slowest = 0.0
        """Seconds until the list came back, at most."""
        self.most = 0.0
        """MiB of memory that were held after a burst, at most."""
        self.left = 0
        """How often a key left the program, as `Leave the program` in the palette does."""
        self.strokes: deque[Stroke] = deque(maxlen=LAST)
        module = ["tests.soak.faults", fault] if fault else ["svc_tui"]
        self._command = [sys.executable, "-m", *module, "--database", url, "--as", "AH", "--language", "da"]
        self.program = self._open()

    def _open(self) -> Program:
        program = Program(*self._command, columns=100, rows=30, env={"HOME": str(self.folder)})
        program.wait_until(lambda: in_list(program), 60.0, "the first list")
        self._at_first = program.memory()
        return program

    def type(self, strokes: list[Stroke]) -> None:
        """Do a burst."""
        for stroke in strokes:
            self.strokes.append(stroke)
            match stroke:
                case Keys(text):
                    self._send(keys(text).encode())
                case Bytes(data):
                    self._send(data)
                case Size(columns, rows):
                    self.program.resize(columns, rows)
                case Pause(seconds):
                    time.sleep(seconds)

    def _send(self, data: bytes) -> None:
        with suppress(OSError):  # what has ended does not read; `come_back` sees it
            self.program.send(data)

    def come_back(self, number: int) -> None:
        """To the list and the filter line, which shows what is typed; then an empty filter line.

        Raises:
            Failed: when the program has ended, does not answer, or has written of an error.
        """
        self.program.resize(100, 30)  # on the smallest a question cannot be read
        token = f"zq{number}"
        self._send(b"\x1b[201~")  # a paste that a burst began would swallow every key
        begun = time.monotonic()
        deadline = begun + self.patience
        while not (self._is_in_list_after_escape() and self._shows(token)):
            if self.program.exit_code == 0:
                self.program.close()
                self.left += 1
                self.program = self._open()
            elif self.program.exit_code is not None:
                raise Failed(f"the program ended with {self.program.exit_code}:\n{self.program.text()}\n{self._log()}")
            elif time.monotonic() > deadline:
                raise Failed(f"it does not answer within {self.patience:.0f} s:\n{self.program.text()}\n{self._log()}")
        if said := self._log():
            raise Failed(f"the log tells of an error:\n{said}")
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.most = max(self.most, held := self.program.memory())
        if held - self._at_first > SWELLING:
            raise Failed(f"it held {self._at_first:.0f} MiB at first and holds {held:.0f}")
        self.program.forget()

    def _is_in_list_after_escape(self) -> bool:
        """One step back; what was typed ahead may still lead elsewhere afterwards."""
        if "Ikke gemt endnu" in self.program.text():
            self._send(b"k")
            self._wait(lambda: "Ikke gemt endnu" not in self.program.text())
        self._send(b"\x1b")
        if self._wait(lambda: in_list(self.program)):
            return True
        if re.search(r" \[\d\]  1 ", self.program.line(0)):  # in arrivals, orders or the like: Esc leads nowhere
            self._send(b"1")
        return self._wait(lambda: in_list(self.program))

    def _shows(self, token: str) -> bool:
        """Whether the filter line takes a text, and is empty again."""
        self._send(f"/\x1b[F\x15{token}".encode())
        if not self._wait(lambda: in_list(self.program) and token in self.program.line(1)):
            return False
        self._send(b"\x1b[F\x15\r")
        return self._wait(lambda: self.program.line(1).strip() == "Filter:")

    def _wait(self, condition: Callable[[], bool]) -> bool:
        """Whether it comes within a second."""
        try:
            self.program.wait_until(condition, 1.0)
        except TimeoutError:
            return False
        return True

    def _log(self) -> str:
        """The end of the program's log; it writes only of what went wrong."""
        found = sorted(self.folder.glob(".local/state/svc-tui/log/svc-tui.log*"))
        return found[0].read_text(errors="replace")[-4000:] if found else ""

    def memory(self) -> float:
        """MiB of memory that is this program's alone, in the list of all jobs and after a rest."""
        self.program.resize(100, 30)
        self._send(b"3\x1b[H")
        time.sleep(REST)
        return self.program.memory()

    def story(self) -> str:
        """What was typed last."""
        return "".join(fingers.told(stroke) for stroke in self.strokes)


def in_list(program: Program) -> bool:
    """Whether an activity list is on top: nothing else has a filter line."""
    return program.line(1)[1:].startswith("Filter:")


def main() -> int:
    options = _arguments()
    with tempfile.TemporaryDirectory(prefix="svc-keys-") as name:
        folder = Path(name)
        url = options.database or str(folder / "shop.db")
        if not options.database:
            make_demo(folder / "shop.db", activities=options.activities)
        figures, wrong = _soak(url, folder, options)
        wrong += _damage(url)
    return report(figures, wrong)


def _soak(url: str, folder: Path, options: argparse.Namespace) -> tuple[dict[str, int], list[str]]:
    other = _other(url, options.seed, folder)
    sitting = Sitting(url, folder, options.fault, options.patience)
    typist, wrong = Fingers(options.seed), []
    warm_up = min(int(options.keys * WARM_UP[0]), WARM_UP[1])
    typed, number, before, after = 0, options.first, 0.0, 0.0
    try:
        while typed < options.keys:
            strokes = typist.burst(number)
            sitting.type(strokes)
            sitting.come_back(number)
            number, typed = number + 1, typed + fingers.count(strokes)
            if not before and typed >= warm_up:
                before, left = sitting.memory(), sitting.left
            _tell(f"burst {number}, {typed} keys")
        after = sitting.memory()
        if after - before > GROWTH and sitting.left == left:
            wrong.append(f"memory grew from {before:.1f} to {after:.1f} MiB")
        if other.poll() is not None:
            wrong.append(f"the other process ended:\n{(folder / 'other').read_text()[-2000:]}")
    except (Failed, TimeoutError) as failed:
        again = f"seed {options.seed}, burst {number} (--first {number}), {typed} keys before"
        wrong.append(f"{again}: {failed}\nThe last keys: {sitting.story()}")
    finally:
        sitting.program.close()
        other.kill()
        other.wait()
    figures = {"keys": typed, "bursts": number - options.first, "left": sitting.left}
    figures |= {"MiB before": round(before), "MiB after": round(after), "MiB at most": round(sitting.most)}
    return figures | {"seconds to come back": round(sitting.slowest)}, wrong


def _other(url: str, seed: int, folder: Path) -> subprocess.Popen[bytes]:
    """Somebody else, working without end."""
    command = [sys.executable, "-m", "tests.soak.others", url, str(seed)]
    with (folder / "other").open("wb") as told:
        return subprocess.Popen(command, cwd=ROOT, stdout=told, stderr=told)


def _damage(url: str) -> list[str]:
    store = open_database(url)
    try:
        said = [str(finding) for finding in findings(store)]
        if store.dialect == "sqlite":
            said += [f"integrity_check: {row[0]}" for row in store.sql("PRAGMA integrity_check") if row[0] != "ok"]
    finally:
        store.close()
    return said


def _tell(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the burst to begin with")
    parser.add_argument("--activities", type=int, default=2_000, help="jobs of the demo shop that is made")
    parser.add_argument("--database", help="a demo shop to type in; a new one when left out")
    parser.add_argument("--patience", type=float, default=20.0, help="seconds within which the list must come")
    parser.add_argument("--fault", choices=FAULTS, help="a planted fault, which must be noticed")
    return parser.parse_args()


if __name__ == "__main__":
    os.environ.pop("SVC_TUI_DATABASE", None)
    sys.exit(main())
