"""The acts of every day cost the keys they should: each script is counted, pressed, and leaves what it should."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.domain.records import LineRecord
from svc_tui.services.jobs import activities
from tests.wire.desk import Desk, Job, job, next_friday
from tests.wire.shops import session_of

PART = LineRecord(
    id=-1, position=0, kind="part", product_id=None, code="HDMI-2M", text="HDMI-kabel 2 m", unit="stk.", planned=1000,
    used=None, price=12_900, discount=0, payer="customer", state="needed",
)  # fmt: skip
NOTHING = ""
LIST_TO_TABLE = "<Enter><F8><F8><F12><F12><S-Tab>"
"""From the list into the table of lines, which is not counted."""


def keys(script: str) -> int:
    """How many keys are pressed."""
    return len(re.sub(r"<[A-Za-z][\w-]*>", "K", script))


def one_job(shop: Path, *lines: LineRecord) -> int:
    """A TV job with these lines, registered by another process."""
    store = open_database(str(shop))
    session = session_of(store)
    sheet = activities.new_sheet(session, session.registers.lists[0].id, {})
    tv = next(entry.id for entry in session.registers.types if entry.name == "TV-Service")
    values = sheet.values | {"subject": "En sag", "type": tv}
    saved = activities.save(session, activities.SheetEdit(sheet, values, (), lines))
    store.close()
    return saved.number


class Cost(NamedTuple):
    """What an act may cost, and what it must leave."""

    what: str
    before: str
    """Pressed before, and not counted."""
    script: str
    most: int
    leaves: Callable[[Job], object]


FROM_THE_LIST = (
    Cost("status", NOTHING, "sube<Enter>", 5, lambda job: job["status"] == "Ubehandlet"),
    Cost("responsible", NOTHING, "aah<Enter>", 4, lambda job: job["responsible"] == "AH"),
    Cost("postpone", NOTHING, "pfr<Enter>", 4, lambda job: job["start"][:10] == next_friday()[:10]),
    Cost("cancel", NOTHING, "san<Enter>", 4, lambda job: job["status"] == "Annulleret"),
    Cost("parts came", NOTHING, "sube<Enter>aah<Enter>", 9, lambda job: job["stage"] + job["responsible"] == "readyAH"),
    Cost("note", NOTHING, "mx<Enter>", 3, lambda job: job["note"].endswith("x")),
    Cost("line arrived", LIST_TO_TABLE, "<C-k><F2>", 2, lambda job: job["lines"][0]["state"] == "arrived"),
    Cost("supplier pays", LIST_TO_TABLE, "y<F2>", 2, lambda job: job["lines"][0]["payer"] == "supplier"),
    Cost("take a line away", LIST_TO_TABLE, "<Del><F2>", 2, lambda job: job["lines"] == []),
    Cost(
        "correct the customer", "<Enter>", "<Tab><Tab><Tab><Tab><Tab>birt<Tab><F2>", 11,
        lambda job: job["customer"] == "Birthe Ågård",
    ),
)  # fmt: skip


@pytest.mark.parametrize("cost", FROM_THE_LIST, ids=lambda cost: cost.what)
def test_an_act_on_a_job_of_the_list(cost: Cost, shop: Path) -> None:
    number = one_job(shop, PART)
    assert keys(cost.script) <= cost.most
    with Desk(shop) as desk:
        desk.press(*re.findall(r"<[^>]+>", cost.before))
        desk.press(cost.script)
        assert cost.leaves(job(shop, number)), desk.text()


def test_done_is_one_key_when_no_part_is_lacking_and_two_when_one_is(shop: Path) -> None:
    first, second = one_job(shop, PART), one_job(shop)
    with Desk(shop) as desk:
        desk.press("d")
        assert job(shop, second)["stage"] == "done"
        desk.press("<Down>d")
        assert job(shop, first)["stage"] == "ready"
        desk.press("+")
        assert job(shop, first)["stage"] == "done"


def test_the_fault_told_is_one_tab_behind_the_part(shop: Path) -> None:
    with Desk(shop) as desk:
        desk.new()
        desk.fill("Emne", *[""] * 7)
        desk.press("Larmer")
        assert desk.value("Fault told") == "Larmer"


def test_a_customer_who_phones_is_found_by_number_and_the_list_is_clean_again_with_one_key(shop: Path) -> None:
    with Desk(shop) as desk:
        desk.new()
        desk.fill("Emne", "", "tv", "", "", "birt")
        number = desk.save()
        desk.press("<Esc>")
        found = "/40506070<Enter><Enter>"
        assert keys(found) == 11
        desk.press(found)
        assert str(number) in desk.title
        desk.press("<Esc>")  # back in the list
        desk.press("<Esc>")  # one key clears the filter
        assert "40506070" not in desk.text()


def test_a_new_customer_with_a_phone_costs_three_keys_beside_name_and_number(shop: Path) -> None:
    with Desk(shop) as desk:
        desk.new()
        desk.fill("Emne", "", "", "", "")
        desk.press("Karla Ny", "<F4>", "<Enter>", "20111213", "<F2>")
        assert desk.value("Customer").startswith("Karla Ny")
        number = desk.save()
        assert job(shop, number)["customer"] == "Karla Ny"


def test_quantity_and_price_of_free_text_are_in_one_line(shop: Path) -> None:
    with Desk(shop) as desk:
        desk.new()
        desk.fill("Emne", *[""] * 6)
        desk.press("2x fodskrue à 149<Enter>")
        found = job(shop, desk.save())["lines"][0]
    assert (found["text"], found["quantity"], found["unit_price"]) == ("fodskrue", "2", "149.00")


def test_a_repair_under_warranty_is_the_suppliers_from_the_beginning(shop: Path) -> None:
    with Desk(shop) as desk:
        desk.new()
        desk.fill("Emne", "", "garanti", "", "", "birt", "")
        desk.press("hdmi<Enter>")
        assert job(shop, desk.save())["lines"][0]["payer"] == "supplier"
