"""The main job in the seed's ten steps, by keys alone, from the counter to the technician's Done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wire.desk import Desk, Job, later, next_friday

SUBJECT = "Tænder ikke på øen [stue] {1} å"


@pytest.mark.parametrize("term", ["vt220", "xterm-256color"])
def test_a_job_from_the_counter_to_the_technicians_done(shop: Path, term: str) -> None:
    with Desk(shop, term=term) as counter:
        counter.press("1")  # 1. the list Product service
        assert counter.title.startswith("Produktservice")
        counter.new()  # 2.
        counter.fill(SUBJECT)  # 3.
        counter.fill("fr 930")  # 4.
        counter.fill("tv-service")  # 5. the statistics build on it
        counter.fill("venter dele")  # 6.
        counter.fill("ah")  # 7.
        assert counter.value("Type") == "TV-Service"
        assert counter.value("Status") == "Venter på dele"
        assert counter.value("Responsible") == "Anna Holm"
        counter.fill("jens")  # 8. the customer, and then the supplier
        counter.press("<F9>", "nordisk", "<Enter>")
        counter.said("{contact} is linked; F2 saves it.")
        counter.fill("LG OLED55 C3 804KXYZ12")  # 9. the device in for service, and then the parts
        for part in ("tcon-55", "5701234000017", "2x fjernb", "Specialskrue M3 [sort]", "udkald", "1,5x time"):
            counter.press(f"{part}<Enter>")
        number = counter.save()
        registered = expected(number)
        assert in_order(counter.job(number)) == registered

        counter.press("<Esc>")  # 10. the parts have arrived: the technician gets it, from the list
        assert str(number) in counter.row()
        counter.press("subeh<Enter>")
        counter.said("Job {number}: {status}.")
        counter.press("abk<Enter>")
        counter.said("Job {number} is {name}'s now.")
        handed_over = registered | {"status": "Ubehandlet", "stage": "ready", "responsible": "BK"}
        assert without_version(in_order(counter.job(number))) == without_version(handed_over)
        assert counter.quit() == 0

    with Desk(shop, user="bent", term=term) as technician:
        technician.filter("status:ubehandlet ansv:bk")
        technician.wait_for_count(1)
        assert str(number) in technician.row()
        technician.press("<Enter>")
        assert str(number) in technician.title
        technician.fill(*[""] * 7)  # to the quick line for parts, past what is filled
        technician.press("2x time<Enter>")
        technician.press("<F10>", technician.told("Done").lower(), "<Enter>")
        for part in ("T-CON-kort", "HDMI-kabel", "Fjernbetjen", "Specialskru"):  # each is used or not needed
            technician.program.wait_for(f"»{part}")
            technician.press("+")
        assert technician.said("Job {number} is saved.")["number"] == str(number)
        hours = line("hours", "TIME", "Reparation pr. time", "2", "645.00")
        done = handed_over | {
            "status": "Udført",
            "stage": "done",
            "lines": [*map(in_the_device, registered["lines"]), hours],
        }
        assert without_version(in_order(technician.job(number))) == without_version(done)
        technician.press("<Esc>")
        technician.wait_for_count(0)  # it is no longer unprocessed
        assert technician.quit() == 0


def expected(number: int) -> Job:
    """The job as it was registered at the counter."""
    start = next_friday("09:30")
    return {
        "number": number,
        "lists": ["product"],
        "subject": SUBJECT,
        "start": start,
        "end": later(start, 60),
        "promised": None,
        "type": "TV-Service",
        "status": "Venter på dele",
        "stage": "waiting",
        "priority": "Normal",
        "responsible": "AH",
        "customer": "Jensen & Søn ApS",
        "links": [
            {"contact": "Jensen & Søn ApS", "number": 10001, "person": None, "role": "customer"},
            {"contact": "Nordisk Elektronik A/S", "number": 10004, "person": None, "role": "supplier"},
        ],
        "project": "",
        "fault_told": "",
        "fault_found": "",
        "user_field1": "",
        "user_field2": "",
        "in_task_list": False,
        "ceiling": None,
        "device": {"name": "LG OLED55 C3", "serial": "804KXYZ12"},
        "lines": [
            line("part", "TCON-55", "T-CON-kort 55 tommer", "1", "849.50", "needed"),
            line("part", "HDMI-2M", "HDMI-kabel 2 m", "1", "129.00", "needed"),
            line("part", "FJ-100", "Fjernbetjening universal", "2", "199.00", "needed"),
            line("part", "", "Specialskrue M3 [sort]", "1", "0.00", "needed"),
            line("resource", "UDKALD", "Udkald", "1", "495.00"),
            line("hours", "TIME", "Reparation pr. time", "1.5", "645.00"),
        ],
        "note": "",
        "approvals": [],
        "version": 1,
    }


def line(kind: str, code: str, text: str, quantity: str, price: str, state: str | None = None) -> Job:
    """A line of the Product tab that the customer pays and that is in no order."""
    return {
        "kind": kind, "code": code, "text": text, "quantity": quantity, "unit_price": price, "payer": "customer",
        "state": state, "order": None,
    }  # fmt: skip


def in_the_device(entry: Job) -> Job:
    """A line whose part, if it is one, is used."""
    return entry | {"state": "used"} if entry["state"] else entry


def in_order(found: Job) -> Job:
    """The same job with its links by role: they have no order of their own."""
    return found | {"links": sorted(found["links"], key=lambda link: str(link["role"]))}


def without_version(found: Job) -> Job:
    """Everything but how often it was changed."""
    return {name: value for name, value in found.items() if name != "version"}
