"""Somebody else who changes jobs of a shop, until whoever started him is gone.

python -m tests.soak.others DATABASE SEED
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable

from svc_tui.db.core.changes import Values
from svc_tui.db.core.engine import open_database
from svc_tui.domain.errors import DomainError
from svc_tui.services.core.session import Session, open_session
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import SheetEdit

PAUSE = 0.2
"""The longest pause between two saves, in seconds."""


def main() -> None:
    url, seed = sys.argv[1], sys.argv[2]
    dice = random.Random(seed)
    session = open_session(open_database(url), None, "da")
    session.employee = session.registers.employees[0]
    acts: tuple[Callable[[Session, random.Random], None], ...] = (_correct, _correct, _register, _hand_on)
    parent = os.getppid()
    while os.getppid() == parent:
        try:
            dice.choice(acts)(session, dice)
        except DomainError as refused:  # the person at the terminal was quicker
            print(refused.message, file=sys.stderr)
        time.sleep(dice.uniform(0, PAUSE))


def _one(session: Session, dice: random.Random) -> int:
    """A job; half of the time one of the last, which the lists show."""
    least, most = session.store.sql("SELECT min(id), max(id) FROM activity")[0]
    return int(dice.randint(max(least, most - 60) if dice.random() < 0.5 else least, most))


def _correct(session: Session, dice: random.Random) -> None:
    sheet = activities.open_sheet(session, _one(session, dice))
    changed: Values = {"subject": f"Rettet {dice.randrange(10_000)}"}
    start = sheet.values["start_at"]
    if isinstance(start, int) and dice.random() < 0.3:
        changed["start_at"] = start + dice.randint(-5, 5) * 86_400
    edit = SheetEdit(sheet, sheet.values | changed, sheet.links, sheet.lines, dice.choice(("", "En bemærkning")))
    activities.save(session, edit)


def _register(session: Session, dice: random.Random) -> None:
    sheet = activities.new_sheet(session, session.registers.lists[0].id, {})
    values = sheet.values | {"subject": f"Ny {dice.randrange(10_000)}"}
    activities.save(session, SheetEdit(sheet, values, (), (), ""))


def _hand_on(session: Session, dice: random.Random) -> None:
    """Another status and another person, which moves the job between lists and filters."""
    sheet = activities.open_sheet(session, _one(session, dice))
    status, person = dice.choice(session.registers.statuses), dice.choice(session.registers.employees)
    values = sheet.values | {"status": status.id, "responsible": person.id}
    activities.save(session, SheetEdit(sheet, values, sheet.links, sheet.lines, ""))


if __name__ == "__main__":
    main()
