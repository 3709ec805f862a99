"""The real program while somebody else holds the database: a word, a way out, a limit, and nothing typed is lost."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from tests.db.conftest import PostgresServer, postgresql_server  # noqa: F401 - a fixture
from tests.db.holders import STRANGER, WRITER, holding
from tests.db.lost_answers import Line, line_to
from tests.wire.desk import Desk
from tests.wire.shops import make_shop

TYPED = "Fjernsyn uden billede"
DESPAIR = ("<F2>", "d", "nej", "<Enter>", "<F5>")
SAVERS = 4
LONG = 60.0
"""Seconds, for what takes ten by itself on a machine that is busy with other tests."""


def wait_until_told(desk: Desk, *parts: str, timeout: float = LONG) -> str:
    """Wait for a sentence, however many lines it takes; gives all that stands on the screen."""
    found = ""

    def is_told() -> bool:
        nonlocal found
        found = " ".join(desk.text().split())
        return all(part in found for part in parts)

    desk.program.wait_until(is_told, timeout, f"{parts}")
    return found


def give_up_and_save_later(desk: Desk, waited_for: tuple[str, ...]) -> None:
    """A save that waits: it is told for whom, keys do nothing, Esc gives it up, and what was typed stands there."""
    desk.program.send("<F2>")
    wait_until_told(desk, *waited_for, "Esc: give up")
    for keys in DESPAIR:
        desk.program.send(keys)
    desk.program.send("<Esc>")
    wait_until_told(desk, "Given up: nothing was saved; what you typed is kept.", "typed meanwhile were left out")
    assert desk.value("Subject") == TYPED
    assert "New job" in desk.title


@pytest.mark.parametrize(
    ("program", "who"), [(WRITER, ("Bent Krogh", "writing since")), (STRANGER, ("which holds the database",))]
)
def test_a_lock_of_somebody_else_is_told_and_can_be_given_up(shop: Path, program: str, who: tuple[str, ...]) -> None:
    with Desk(shop, language="en") as desk:
        desk.press("n", TYPED)
        with holding(shop, program) as holder:
            give_up_and_save_later(desk, (f"(process {holder.pid})", *who))
            # Who tries again waits again, and is saved as soon as the other is done.
            desk.program.send("<F2>")
            wait_until_told(desk, f"(process {holder.pid})")
        wait_until_told(desk, "is saved")


def test_four_savers_are_refused_together_and_not_one_after_the_other(shop: Path) -> None:
    with ExitStack() as open_desks, holding(shop, STRANGER) as holder:
        desks = [open_desks.enter_context(Desk(shop, language="en")) for _number in range(SAVERS)]
        for number, desk in enumerate(desks):
            desk.press("n", f"{TYPED} {number}")
        for desk in desks:
            desk.program.send("<F2>")
        refused = f"(process {holder.pid}) holds the database; nothing was saved."
        wait_until_told(desks[0], refused)
        first = time.monotonic()
        for desk in desks[1:]:
            wait_until_told(desk, refused)
        # One after the other they would take ten seconds each.
        assert time.monotonic() - first < 10
        for number, desk in enumerate(desks):
            assert desk.value("Subject") == f"{TYPED} {number}"


def test_who_reads_meanwhile_is_not_kept_waiting(shop: Path) -> None:
    with Desk(shop, language="en") as desk:
        desk.press("n", TYPED, "<F2>")
        wait_until_told(desk, "is saved")
        desk.press("<F3>3")
        with holding(shop):
            desk.press("<Enter>")
            assert desk.value("Subject") == TYPED
            desk.press("<F3>", "/fjernsyn<Enter>")
            assert TYPED[:8] in desk.row()


@pytest.fixture
def line(postgresql_server: PostgresServer) -> Iterator[tuple[Line, str]]:  # noqa: F811 - the fixture
    """A line to a shop on a server, and the address past it."""
    name = postgresql_server.create_empty()
    address = postgresql_server.url(name)
    make_shop(address)
    with tempfile.TemporaryDirectory(prefix="svc-line-") as folder, line_to(address, Path(folder)) as found:
        yield found, address
    postgresql_server.drop(name)


@contextmanager
def held(address: str) -> Iterator[None]:
    """Bent Krogh has the table of jobs for himself."""
    store = open_database(address)
    store.waits.person = "BK"
    with store.transaction():
        store.execute_sql("LOCK TABLE activity IN ACCESS EXCLUSIVE MODE")
        yield
    store.close()


def test_a_lock_on_a_server_is_told_and_can_be_given_up(line: tuple[Line, str]) -> None:
    way, address = line
    with Desk(way.url, language="en") as desk:
        desk.press("n", TYPED)
        with held(address):
            give_up_and_save_later(desk, ("Waiting for Bent Krogh",))
        desk.press("<F2>")
        wait_until_told(desk, "is saved")


def test_a_line_that_swallows_everything_is_told_and_can_be_given_up(line: tuple[Line, str]) -> None:
    way, address = line
    with Desk(way.url, language="en") as desk:
        desk.press("n", TYPED)
        way.holds = True
        desk.program.send("<F2>")
        wait_until_told(desk, "Waiting for the database", "Esc: give up")
        desk.program.send("nej<Esc>")
        wait_until_told(desk, "typed meanwhile were left out")
        assert desk.value("Subject") == TYPED
        desk.press("!")
        assert desk.value("Subject") == f"{TYPED}!"
        way.holds = False
        way.cut()
        way.restore()
        desk.program.send("<F2>")
        wait_until_told(desk, "is saved")
    store = open_database(address)
    assert [row[0] for row in store.sql("SELECT subject FROM activity")] == [f"{TYPED}!"]
    store.close()
