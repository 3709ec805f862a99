"""What the daily acts cost in interactions and keys: the script is counted, and the program is driven by just that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.services.jobs import activities
from tests.wire.acts import Act, all_keys, command, fill, find, interactions, keystrokes, past
from tests.wire.desk import SAVED, Desk, Job, job, next_friday
from tests.wire.shops import session_of

SUBJECT = "Slukker af sig selv efter ti minutter"

EXPLICIT = (
    command("New", "n"),
    fill("Subject", SUBJECT),
    fill("Start", "fr 930"),
    fill("Type", "tv"),
    fill("Status", "dele"),
    fill("Responsible", "ah"),
    find("Customer", "jens"),
    fill("Device", "sams"),
    find("Part", "hdmi", "<Enter>"),
    command("Save", "<F2>"),
)
NEW_SERIAL = tuple(find("Device", "LG OLED55C3 804KXYZ12") if act.what == "Device" else act for act in EXPLICIT)
DEFAULTS = (
    command("New", "n"),
    fill("Subject", SUBJECT),
    past("Start"),
    fill("Type", "tv"),
    past("Status"),
    past("Responsible"),
    find("Customer", "birt"),
    past("Device"),
    find("Part", "hdmi", "<Enter>"),
    command("Save", "<F2>"),
)


def registered(shop: Path, script: Sequence[Act]) -> Job:
    """Drive the program by the script, act by act; gives the record it made."""
    with Desk(shop) as desk:
        for act in script:
            desk.press(act.keys)
        return job(shop, int(desk.said(SAVED)["number"]))


def test_everything_set_on_purpose(shop: Path) -> None:
    assert interactions(EXPLICIT) <= 12, interactions(EXPLICIT)
    assert keystrokes(EXPLICIT) <= 40, keystrokes(EXPLICIT)
    found = registered(shop, EXPLICIT)
    assert found["subject"] == SUBJECT
    assert found["start"] == next_friday("09:30")
    assert (found["type"], found["status"], found["responsible"]) == ("TV-Service", "Venter på dele", "AH")
    assert found["customer"] == "Jensen & Søn ApS"
    assert found["device"] == {"name": "Samsung QE55Q70", "serial": "0A1B2C3D4E"}
    assert [line["code"] for line in found["lines"]] == ["HDMI-2M"]


def test_everything_set_on_purpose_with_a_new_serial_number(shop: Path) -> None:
    assert interactions(NEW_SERIAL) <= 13, interactions(NEW_SERIAL)
    without_label = keystrokes([act._replace(typed="") if act.what == "Device" else act for act in NEW_SERIAL])
    assert without_label <= 40, without_label
    found = registered(shop, NEW_SERIAL)
    assert found["device"] == {"name": "LG OLED55C3", "serial": "804KXYZ12"}
    assert (found["customer"], found["responsible"]) == ("Jensen & Søn ApS", "AH")


def test_with_defaults(shop: Path) -> None:
    assert interactions(DEFAULTS) <= 8, interactions(DEFAULTS)
    assert keystrokes(DEFAULTS) <= 40, keystrokes(DEFAULTS)
    before = datetime.now().replace(second=0, microsecond=0)
    found = registered(shop, DEFAULTS)
    assert before <= datetime.fromisoformat(found["start"]) <= datetime.now()
    assert (found["type"], found["status"], found["responsible"]) == ("TV-Service", "Ubehandlet", "BK")
    assert found["customer"] == "Birthe Ågård"
    assert found["device"] == {"name": "Sony KD-49X", "serial": "SN-777-1234"}
    assert [line["code"] for line in found["lines"]] == ["HDMI-2M"]


@pytest.mark.parametrize(
    ("script", "counted", "pressed"),
    [
        (EXPLICIT, 12, 36),
        (NEW_SERIAL, 13, 53),
        (DEFAULTS, 8, 20),
        ((past("Start"),), 0, 1),
        ((command("Save", "<C-s>"), find("Part", "a<lt>b", "<Enter>")), 3, 5),
    ],
)
def test_the_counting(script: Sequence[Act], counted: int, pressed: int) -> None:
    assert (interactions(script), keystrokes(script)) == (counted, pressed)


def test_the_keys_pressed_are_the_keys_counted() -> None:
    assert all_keys(DEFAULTS) == f"n{SUBJECT}<Tab><Tab>tv<Tab><Tab><Tab>birt<Tab><Tab>hdmi<Enter><F2>"


def one_job(shop: Path) -> int:
    """A job of Anna Holm's that starts tomorrow at 14:15, made by another process."""
    store = open_database(str(shop))
    session = session_of(store)
    sheet = activities.new_sheet(session, session.registers.lists[0].id, {})
    tomorrow = (session.seconds() // 86_400 + 1) * 86_400
    start = int(datetime.fromtimestamp(tomorrow).replace(hour=14, minute=15).timestamp())
    tv = next(entry.id for entry in session.registers.types if entry.name == "TV-Service")
    values = sheet.values | {"subject": "En sag", "type": tv, "start_at": start, "end_at": start + 5_400}
    saved = activities.save(session, activities.SheetEdit(sheet, values, (), ()))
    store.close()
    return saved.number


def test_done_is_one_key(shop: Path) -> None:
    number = one_job(shop)
    script = (command("Done", "d"),)
    assert keystrokes(script) == 1
    with Desk(shop) as desk:
        desk.press(all_keys(script))
        desk.said("Job {number} is done.")
        assert job(shop, number)["status"] == "Udført"


def test_postponing_to_next_friday_is_four_keys(shop: Path) -> None:
    number = one_job(shop)
    script = (command("Postpone", "p"), fill("Date", "fr", "<Enter>"))
    assert keystrokes(script) == 4
    with Desk(shop) as desk:
        desk.press(all_keys(script))
        desk.said("Job {number} starts {when}.")
        found = job(shop, number)
    assert (found["start"], found["end"]) == (next_friday("14:15"), next_friday("15:45"))
