"""The real program on a line to PostgreSQL that loses the answer to a commit: it says what is true, and keeps all."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from svc_tui.db.core.engine import open_database
from tests.db.conftest import PostgresServer, postgresql_server  # noqa: F401 - a fixture
from tests.db.lost_answers import Line, line_to
from tests.wire.desk import SAVED, Desk
from tests.wire.shops import make_shop

UNCLEAR = (
    "The answer of the database was lost: it is not known yet whether it was saved. Your entries are kept, and it is "
    "looked up as soon as the database answers. ({reason})"
)
SAVED_THEN = "Job {number} was saved as it stood then. What you typed since is not saved yet: F2."


class Counter(NamedTuple):
    """Anna Holm at her terminal."""

    desk: Desk
    line: Line
    address: str
    """Of the database, past the line."""

    def stored(self) -> list[str]:
        """The subjects of all jobs."""
        store = open_database(self.address)
        found = [str(row[0]) for row in store.sql("SELECT subject FROM activity ORDER BY id")]
        store.close()
        return found

    def wait_until_told(self, sentence: str) -> None:
        """Wait for a sentence of the source, up to its last place, however many lines it takes."""
        told = max(re.split(r"{\w+}", self.desk.told(sentence)), key=len).strip(" (")
        self.desk.program.wait_until(lambda: told in " ".join(self.desk.text().split()), what=repr(told))

    def lose_the_answer_to(self, keys: str) -> None:
        """Do something that is committed and not answered; the database stays away."""
        self.line.swallow_the_next_commit(and_stay_cut=True)
        self.desk.program.send(keys)
        self.wait_until_told(UNCLEAR)
        assert "intet blev gemt" not in self.desk.text()


@pytest.fixture
def counter(postgresql_server: PostgresServer) -> Iterator[Counter]:  # noqa: F811 - the fixture
    name = postgresql_server.create_empty()
    address = postgresql_server.url(name)
    make_shop(address)
    with (
        tempfile.TemporaryDirectory(prefix="svc-line-") as folder,
        line_to(address, Path(folder)) as line,
        Desk(line.url) as desk,
    ):
        yield Counter(desk, line, address)
    postgresql_server.drop(name)


def test_what_is_typed_while_it_is_not_known_is_saved_in_the_end(counter: Counter) -> None:
    desk = counter.desk
    desk.press("n", "Intet billede")
    counter.lose_the_answer_to("<F2>")
    desk.press(", men lyd")
    counter.line.restore()
    counter.wait_until_told(SAVED_THEN)
    assert counter.stored() == ["Intet billede"]
    assert desk.value("Subject") == "Intet billede, men lyd"
    desk.press("<F2>")
    desk.said(SAVED)
    assert counter.stored() == ["Intet billede, men lyd"]


def test_that_it_was_saved_is_told_by_itself(counter: Counter) -> None:
    desk = counter.desk
    desk.press("n", "Intet billede")
    counter.lose_the_answer_to("<F2>")
    counter.line.restore()
    number = desk.said(SAVED)["number"]
    desk.program.settle()
    assert number in desk.title
    desk.press("<F3>3")
    assert "Intet billede" in desk.row()
    assert counter.stored() == ["Intet billede"]


def test_an_undo_tried_again_leaves_the_mornings_work(counter: Counter) -> None:
    desk = counter.desk
    for subject in ("Om morgenen", "Nu"):
        desk.press("n", subject)
        desk.save()
        desk.press("<F3>")
    desk.press("u")
    desk.program.wait_until(lambda: "?" in desk.message, what="the question")
    counter.lose_the_answer_to(desk.told("y"))
    counter.line.restore()
    desk.press("u")
    desk.program.wait_until(lambda: counter.stored() == ["Om morgenen"], what="one job undone")
    desk.program.settle()
    assert counter.stored() == ["Om morgenen"]
