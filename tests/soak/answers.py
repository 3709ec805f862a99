"""The answer to a commit on PostgreSQL is lost, again and again, while somebody types on.

Every round saves a job, types on, and saves again until it is called saved; half of the saves are not answered, and
after half of those the server stays away for a while. Then what is stored must be what was typed last: each line and
each note once. An undo whose answer is lost is tried again, and must leave the job of the round before.

    python -m tests.soak.answers --rounds 300
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from svc_tui.db.core.engine import Store, open_database
from svc_tui.domain.errors import DatabaseTrouble, DoneAlready, Unclear
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit
from svc_tui.services.jobs.lines import free_line
from tests.db.lost_answers import Line, line_to
from tests.soak.crew import desk, prepare, report
from tests.soak.server import postgresql

T = TypeVar("T")
_TRIES = 50


def main() -> int:
    options = _arguments()
    dice = random.Random(options.seed)
    with ExitStack() as stack:
        address = options.database or stack.enter_context(postgresql())
        prepare(address)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="svc-line-")))
        line = stack.enter_context(line_to(address, folder))
        store, witness = open_database(line.url), open_database(address)
        store.unclear.patience = 0.2
        session = desk(store)
        losses = Losses(line, dice)
        wrong: list[str] = []
        for number in range(options.rounds):
            wrong += _round(session, witness, losses, f"Runde {number}", naive=options.fault == "naive")
        store.close()
        witness.close()
        return report({"rounds": options.rounds, "answers lost": losses.count, "unclear": losses.unclear}, wrong)


class Losses:
    """Loses some answers, and brings the line back."""

    def __init__(self, line: Line, dice: random.Random) -> None:
        self._line, self._dice = line, dice
        self.count = self.unclear = 0

    def some(self) -> bool:
        """Perhaps lose the next answer."""
        if self._dice.random() < 0.5:
            return False
        self._line.swallow_the_next_commit(and_stay_cut=self._dice.random() < 0.5)
        return True

    def until_done(self, act: Callable[[], T]) -> T:
        """Do an act until it is called done; the server comes back after each refusal."""
        for _ in range(_TRIES):
            self.some()
            try:
                return act()
            except Unclear:
                self.unclear += 1
            except DatabaseTrouble:
                pass
            finally:
                self.count += self._line.swallowed.is_set()
                self._line.swallowed.clear()
                self._line.restore()
        raise RuntimeError("it was never called done")


def _round(session: Session, witness: Store, losses: Losses, name: str, *, naive: bool) -> list[str]:
    sheet = activities.new_sheet(session, None, {})
    edit = SheetEdit(sheet, sheet.values | {"subject": name}, (), (free_line(f"{name} a", -1, 0),), f"{name}: note")
    typed = [edit]

    def save() -> activities.Saved:
        """Each try has more in it than the one before."""
        part = len(typed)
        fresh = replace(
            typed[-1],
            values=typed[-1].values | {"subject": f"{name}, {part}"},
            lines=(*typed[-1].lines, free_line(f"{name} {part}", -1 - part, part)),
            new_note=f"{typed[-1].new_note}\n{part}",
        )
        typed.append(replace(fresh, operation_key=SheetEdit(sheet, {}, (), ()).operation_key) if naive else fresh)
        return activities.save(session, typed[-1])

    saved = losses.until_done(save)
    wrong = _compared(witness, saved.id, typed[-1], name)
    again = activities.save(
        session, replace(typed[-1], base=sheet)
    )  # the answer to the last one too may have been lost
    if again.id != saved.id:
        wrong.append(f"{name}: saved as two jobs")
    wrong += _compared(witness, saved.id, typed[-1], name)
    return wrong + _undone(session, witness, losses, name)


def _compared(witness: Store, job: int, last: SheetEdit, name: str) -> list[str]:
    """What is stored beside what was typed last."""
    wrong = []
    subjects = witness.sql("SELECT subject FROM activity WHERE subject LIKE ?", (f"{name},%",))
    if subjects != [(last.values["subject"],)]:
        wrong.append(f"{name}: {subjects} is stored, {last.values['subject']} was called saved")
    lines = [row[0] for row in witness.sql("SELECT text FROM activity_line WHERE activity_id = ? ORDER BY id", (job,))]
    if lines != [line.text for line in last.lines]:
        wrong.append(f"{name}: lines {lines}")
    notes = [row[0] for row in witness.sql("SELECT text FROM activity_note WHERE activity_id = ? ORDER BY id", (job,))]
    if "\n".join(notes) != last.new_note:
        wrong.append(f"{name}: notes {notes}")
    return wrong


def _undone(session: Session, witness: Store, losses: Losses, name: str) -> list[str]:
    """A further job is undone; however often that is tried, the one before stays."""
    sheet = activities.new_sheet(session, None, {})
    activities.save(session, SheetEdit(sheet, sheet.values | {"subject": f"{name} for meget"}, (), ()))
    before = witness.sql("SELECT count(*) FROM activity")[0][0]

    def take_back() -> None:
        try:
            undo.undo_last(session)
        except DoneAlready:
            return

    losses.until_done(take_back)
    after = witness.sql("SELECT count(*) FROM activity")[0][0]
    return [] if after == before - 1 else [f"{name}: {before - after} jobs were undone"]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", help="the address of an empty PostgreSQL database; a server of its own otherwise")
    parser.add_argument("--fault", choices=("naive",), help="plant a fault: every try has a new key")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
