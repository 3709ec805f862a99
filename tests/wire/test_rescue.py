"""Two people in one job: what the second cannot save leads out by one key, also after reading again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.desk import SAVED, Desk

NEW_JOB = "F11 makes a new job of what stands here."


@pytest.fixture
def desks(shop: Path) -> Iterator[tuple[Desk, Desk]]:
    """Anna Holm and Bent Krogh, both in the only job, which Bent registered."""
    with Desk(shop) as anna, Desk(shop, "--as", "BK") as bent:
        bent.press("n", "Emne")
        bent.save()
        bent.press("<F3>3", "<Enter>")
        anna.press("3")
        anna.wait_for_count(1)
        anna.press("<Enter>")
        yield anna, bent


def told(desk: Desk, sentence: str) -> None:
    """Wait until the screen says a sentence of the source, however many lines it takes."""
    begins = desk.told(sentence)
    desk.program.wait_until(lambda: begins in " ".join(desk.text().split()), what=begins)


def test_reading_again_after_a_conflict_leads_out_of_it(desks: tuple[Desk, Desk]) -> None:
    anna, bent = desks
    anna.press("A")
    bent.press("B")
    number = bent.save()
    anna.press("<F2>")
    told(anna, "F11 puts what you typed into the job's note.")
    anna.press("<F5>")
    anna.press(anna.told("y"))
    assert anna.value("Subject") == "EmneB"
    anna.press("<F3>", "r", "<F2>")
    told(anna, "F11 puts what you typed into the job's note.")
    anna.press("<F11>", "<F2>")
    anna.said(SAVED)
    assert anna.job(number)["subject"] == "EmneB"
    assert "AH: Emne: EmneA" in anna.text()


def test_a_job_that_was_taken_back_is_made_anew_with_what_was_typed(desks: tuple[Desk, Desk]) -> None:
    anna, bent = desks
    anna.press(" og mere")
    bent.press("<F3>", "u")
    bent.press(bent.told("y"))
    told(anna, NEW_JOB)
    for keys in (("<F2>",), ("<F5>", anna.told("y"))):
        anna.press(*keys)
        told(anna, NEW_JOB)
        assert "(F5)" not in anna.text()
    anna.press("<F11>")
    assert anna.value("Subject") == "Emne og mere"
    anna.press("<F2>")
    assert anna.job(int(anna.said(SAVED)["number"]))["subject"] == "Emne og mere"
