"""A part by keys alone, from the job that lacks it to the technician's Done: ordered, come by a scan, moved, used."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wire.desk import Desk

SCANNED = "5701234000017"


@pytest.mark.parametrize("term", ["vt220", "xterm-256color"])
def test_a_part_is_ordered_comes_by_a_scan_and_the_technician_uses_it(shop: Path, term: str) -> None:
    with Desk(shop, term=term) as counter:
        counter.press("1")
        counter.new()
        counter.fill("Ingen billede")
        counter.fill("fr 930")
        counter.fill("tv-service")
        counter.fill("venter dele")
        counter.fill("ah")
        counter.fill("jens")
        counter.fill("")
        counter.press(f"{SCANNED}<Enter>")
        number = counter.save()
        counter.press("<Esc>", "5")
        assert counter.title.startswith("Ankomst")
        counter.press("o")  # what jobs lack
        counter.program.wait_for(str(number))
        counter.press("<Enter>", "+3<Enter>")
        counter.said("Ordered: order {number}. It is under Arrivals (5), where v reads it.")
        counter.press("<Esc>")
        assert counter.job(number)["lines"][0]["state"] == "ordered"
        counter.press(f"{SCANNED}<Enter>")  # it is here
        counter.program.wait_for("Hvor mange kom der af")
        counter.press("<Enter>")
        counter.program.wait_for("Alle dele er kommet")
        waiting = counter.job(number)
        assert (waiting["status"], waiting["lines"][0]["state"]) == ("Venter på dele", "arrived")
        counter.press("<Enter>")  # nothing moves before
        counter.program.wait_for("1 sag rettet")
        moved = counter.job(number)
        assert (moved["status"], moved["responsible"]) == ("Ubehandlet", "BK")
        assert counter.quit() == 0

    with Desk(shop, user="bent", term=term) as technician:
        technician.filter("status:ubehandlet ansv:bk")
        technician.wait_for_count(1)
        technician.press("d")
        technician.program.wait_for("+: er brugt")
        technician.press("+")
        technician.said("Job {number} is done.")
        done = technician.job(number)
        assert (done["stage"], done["lines"][0]["state"]) == ("done", "used")
        technician.press("u")
        technician.program.wait_for("Ingen billede")
        assert technician.job(number)["lines"][0]["state"] == "arrived"
        assert technician.quit() == 0
