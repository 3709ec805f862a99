"""Two programs have the same job open; each changes a field and saves, for every ordered pair of fields.

Both programs are the real one, each in a terminal of its own. What they changed apart is stored, both; the same field
(or two that make sense only together) is told as a conflict to the second, whose letters stay on his screen. Notes,
links and lines that both add are there, all.

    python -m tests.soak.pairs
    python -m tests.soak.pairs --server --pairs 8 --seed 3
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple

from svc_tui.db.core.engine import open_database
from svc_tui.domain import clock
from svc_tui.domain.job_fields import GROUPS
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import Sheet
from tests.db.jobs import job, line
from tests.soak import crew
from tests.soak.server import Server, server
from tests.wire.desk import SAVED, Desk
from tests.wire.shops import make_shop, session_of

MISC = "<F8><F8><F8><F8><F12>"


class Field(NamedTuple):
    """A field of the sheet.

    Attributes:
        name: As the tables call it; `note`, `link` and `part` are added to.
        way: The keys from the subject of a sheet just opened.
        typed: What the first and the second write there.
        means: What is stored then, as `told` gives it.
    """

    name: str
    way: str
    typed: tuple[str, str]
    means: tuple[object, object]

    @property
    def adds(self) -> bool:
        """Whether both may write in it without a conflict."""
        return self.name in ("note", "link", "part")


def _text(name: str, way: str) -> Field:
    mine, theirs = f"{name} fra den ene", f"{name} fra den anden"
    return Field(name, way, (f"<C-u>{mine}", f"<C-u>{theirs}"), (mine, theirs))


def _time(name: str, way: str, *moments: str) -> Field:
    first, second = moments
    return Field(name, way, (f"<C-u>{first}<Tab>", f"<C-u>{second}<Tab>"), (first, second))


def _choice(name: str, way: str, *names: str) -> Field:
    first, second = names
    return Field(name, way, (f"<C-u>{first}<Tab>", f"<C-u>{second}<Tab>"), (first, second))


def _tabs(number: int) -> str:
    return "<Tab>" * number


FIELDS: tuple[Field, ...] = (
    _text("subject", ""),
    _time("start_at", _tabs(1), "2027-01-21 10:00", "2027-01-22 11:00"),
    _choice("type", _tabs(2), "TV-Service", "PC-Service"),
    _choice("status", _tabs(3), "I arbejde", "Venter på kunde"),
    _choice("responsible", _tabs(4), "Anna Holm", "Bent Krogh"),
    _choice("customer", _tabs(5), "Birthe Ågård", "Jernbanens Kiosk"),
    Field("device", _tabs(6), ("samsung<Tab>", "philips<Tab>"), ("Samsung QE55Q70", "Philips 55PUS8108")),
    _time("end_at", _tabs(10), "2027-02-23 10:00", "2027-02-24 11:00"),
    _time("promised_at", _tabs(11), "2027-03-25 10:00", "2027-03-26 11:00"),
    _choice("priority", _tabs(12), "Høj", "Haster"),
    _text("project", _tabs(13)),
    _text("fault_told", _tabs(8)),
    _text("fault_found", _tabs(9)),
    _text("user_field1", MISC),
    _text("user_field2", MISC + _tabs(1)),
    Field("in_task_list", MISC + _tabs(2), ("<C-u>yes<Tab>", "<C-u>yes<Tab>"), (True, True)),
    Field("part", _tabs(7), ("hdmi-2m<Enter>", "fj-100<Enter>"), ("HDMI-kabel 2 m", "Fjernbetjening universal")),
    Field("link", "", ("<F9>nordisk<Enter>", "<F9>ørum<Enter>"), ("Nordisk Elektronik A/S", "Ørum Radio [Viborg]")),
    Field("note", "<F12>", ("note fra den ene", "note fra den anden"), ("note fra den ene", "note fra den anden")),
)


def main() -> int:
    options = _arguments()
    every = list(product(FIELDS, FIELDS))
    if options.pairs:
        every = random.Random(options.seed).sample(every, options.pairs)
    with ExitStack() as stack:
        url = stack.enter_context(_shop(options.server))
        counter = Counter(url, stack)
        wrong = [said for first, second in every for said in counter.one(first, second)]
        return crew.report({"pairs": len(every), "conflicts": counter.conflicts}, wrong)


class Counter:
    """Two people at their terminals, and somebody who looks what is stored."""

    def __init__(self, url: str, stack: ExitStack) -> None:
        self._witness = open_database(url)
        stack.callback(self._witness.close)
        self._session = session_of(self._witness)
        arguments = ["--as", "AH"], ["--as", "BK"]
        self._desks = [stack.enter_context(Desk(url, *who, language="en")) for who in arguments]
        for desk in self._desks:
            desk.press("3")
        self.conflicts = 0

    def one(self, first: Field, second: Field) -> list[str]:
        """One pair; gives what is wrong."""
        made = self._job()
        before = told(self._session, made)
        one, other = self._desks
        for desk in self._desks:
            _open(desk, str(made.number))
        other.press(second.way + second.typed[1])
        one.press(first.way + first.typed[0])
        one.press("<F2>")
        one.program.wait_for(SAVED.format(number=made.number))
        after_one = told(self._session, made)
        other.press("<F2>")
        other.program.settle()
        screen = other.text()
        is_saved = SAVED.format(number=made.number) in screen
        after_both = told(self._session, made)
        for desk in self._desks:
            desk.press("<F3>")
            if desk.message.startswith("Not saved yet."):
                desk.press("d")
        wrong = []
        if not _holds(after_one, first, 0) or after_one == before:
            wrong.append(f"the first's {first.name} was not stored: {after_one.get(first.name)}")
        if _is_conflict(first, second):
            self.conflicts += 1
            if is_saved:
                wrong.append("no conflict was told")
            if after_both != after_one:
                wrong.append("a conflict was told, and something was stored")
            if not is_saved and not _still_there(second, screen):
                wrong.append(f"what the second typed is gone:\n{screen}")
        elif not is_saved:
            wrong.append(f"not saved:\n{screen}")
        elif not (_holds(after_both, first, 0) and _holds(after_both, second, 1)):
            wrong.append(f"stored: {after_both.get(first.name)}, {after_both.get(second.name)}")
        return [f"{first.name}, then {second.name}: {said}" for said in wrong]

    def _job(self) -> Sheet:
        """A job with a customer and a line, and nothing in most of its fields."""
        customer = self._witness.sql("SELECT id FROM contact WHERE name LIKE 'Jensen%'")[0][0]
        start, end = (_seconds(f"2027-01-20 {hour}:00") for hour in ("09", "10"))
        return job(self._session, "Sag for to", lines=[line("Kabel")], customer=customer, start_at=start, end_at=end)


def _open(desk: Desk, number: str) -> None:
    desk.press(f"/<C-u>{number}<Enter>")
    desk.program.wait_until(lambda: number in desk.row(), what="the job's row")
    desk.press("<Enter>")


def told(session: Session, made: Sheet) -> dict[str, object]:
    """What is stored of a job, readable."""
    assert made.id is not None
    sheet = activities.open_sheet(session, made.id)
    found: dict[str, object] = dict(sheet.values)
    for name in ("type", "status", "priority"):
        entry = getattr(session.registers, name)(sheet.values[name])
        found[name] = entry.name if entry else None
    who = sheet.values["responsible"]
    person = session.registers.employee(int(who)) if who is not None else None
    found["responsible"] = person.name if person else None
    found["customer"] = sheet.customer.name if sheet.customer else None
    found["device"] = f"{sheet.device.brand} {sheet.device.model}" if sheet.device else None
    for name in ("start_at", "end_at", "promised_at"):
        seconds = sheet.values[name]
        found[name] = f"{clock.local(int(seconds)):%Y-%m-%d %H:%M}" if seconds is not None else None
    found["part"] = {entry.text for entry in sheet.lines}
    found["link"] = {entry.contact for entry in sheet.links}
    found["note"] = "\n".join(entry.text for entry in sheet.notes)
    return found


def _seconds(moment: str) -> int:
    return clock.seconds_of(datetime.fromisoformat(moment))


def _holds(stored: dict[str, object], field: Field, who: int) -> bool:
    found, wanted = stored[field.name], field.means[who]
    if field.adds:
        return wanted in found  # type: ignore[operator]
    return found == wanted


def _is_conflict(first: Field, second: Field) -> bool:
    if first == second:
        return not first.adds and first.means[0] != first.means[1]
    return any({first.name, second.name} <= set(group) for group in GROUPS)


def _still_there(field: Field, screen: str) -> bool:
    """Whether the second's words can be read on his screen; a time as it is shown there."""
    wanted = str(field.means[1])
    if field.name.endswith("_at"):
        return f"{datetime.fromisoformat(wanted):%d/%m/%y %H:%M}" in screen
    return wanted in screen


@contextmanager
def _shop(address: str | None) -> Iterator[str]:
    """The address of Holms Service, in a file or on a server, until the block ends."""
    with ExitStack() as stack:
        if address is None:
            url = str(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="svc-pairs-")), "shop.db"))
        else:
            found = Server(address) if address else stack.enter_context(server())
            found.do("CREATE DATABASE pairs")
            stack.callback(found.do, "DROP DATABASE pairs WITH (FORCE)")
            url = found.url("pairs")
        make_shop(url)
        yield url


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, help="so many, drawn; all when left out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--server", nargs="?", const="", help="on PostgreSQL: the address of a server, one of its own when left out"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
