"""Typing ahead of the screen: a burst of bytes does what slow typing does, key for key, whatever screen it leads to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wire.acts import all_keys
from tests.wire.desk import Desk, Job, jobs
from tests.wire.program import keys
from tests.wire.shops import copied
from tests.wire.test_registration_cost import EXPLICIT, NEW_SERIAL

QUICK = 0.03
"""Seconds without work after which the next key is typed; a fast typist's pace."""
TIMES = 2

REGISTRATION = all_keys(EXPLICIT)
IN_THE_SHEET = REGISTRATION.removeprefix("n")
WITH_PICKERS = (
    "nSlukker [fra kanten]<Tab>fr 930<Tab>tv<Tab>"
    "<F4>dele<Enter>"  # the status, from its list
    "ah<Tab>"
    "<F4>86123456<Enter>"  # the customer, by phone
    "<F9>nordisk<Enter>"  # the supplier, from the device field
    "<F4><Down><Enter>"  # the customer's second device
    "hdmi<Enter><F4>tcon<Enter>2x fjernb<Enter><F2>"
)
WITH_ESCAPES = (
    "nTænder<BS><BS><BS>det<Left><Left>X<Tab>fr 930<Tab><F4><Esc>tv<Tab>dele<Tab><F4>krogh<Esc>ah<Tab>"
    "<F4>jens<Esc>ørum<Tab><F9><Esc>Sony X1 900SN1<Tab><F1><Esc>tcon<Enter><F10>gem<Esc><F2>"
)
NEW_CONTACT = (
    "nNy kunde ved disken<Tab>fr 930<Tab>tv<Tab>dele<Tab>ah<Tab>"
    "<F4>Åse Ny [kunde]<Enter>20406080<Tab>aase@ny.example<F2>"
    "LG C3 77X1<Tab>hdmi<Enter><F2>"
)
BACK_AND_FORTH = (
    "3nFørste<F2><Esc>nAnden<F2><Esc>/anden<Enter><Enter><End> igen<F2><Esc>"
    "/<C-u><Enter>nTredje<F2><Esc>lnordisk<Enter>d"
)
TWO = REGISTRATION.removesuffix("<F2>") + "<F6>" + all_keys(NEW_SERIAL).removeprefix("n")


def split(text: str) -> Iterator[str]:
    """One key after the other, as a program's input."""
    while text:
        end = text.index(">") + 1 if text[0] == "<" else 1
        yield text[:end]
        text = text[end:]


def comparable(found: list[Job]) -> list[Job]:
    """What must be the same however fast it was typed."""
    return [{name: value for name, value in job.items() if name not in ("number", "version")} for job in found]


def slowly(shop: Path, text: str) -> list[Job]:
    """What comes of typing it key by key, waiting after each."""
    with Desk(shop) as desk:
        for key in split(text):
            desk.program.send(key)
            desk.program.settle(quiet=QUICK)
        desk.program.settle()
    return comparable(jobs(shop))


def at_once(shop: Path, text: str, count: int, *, first: str = "", waits: bool = True) -> list[Job]:
    """What comes of sending it in one write, after which `count` jobs are there."""
    with Desk(shop, waits=waits) as desk:
        if first:
            desk.press(first)
        burst = keys(text, desk.program.term).encode()
        assert len(burst) < 4096, "a terminal takes no more at once"
        desk.program.send(burst)
        desk.program.settle()
    found = jobs(shop)
    assert len(found) == count, desk.text()
    return comparable(found)


@pytest.fixture
def shops(shop_template: Path, tmp_path: Path) -> Iterator[Path]:
    """As many copies of the shop as are asked for."""
    return (copied(shop_template, tmp_path / f"shop{number}.db") for number in range(100))


@pytest.mark.parametrize(
    "text", [REGISTRATION, WITH_PICKERS, WITH_ESCAPES, NEW_CONTACT], ids=["plain", "pickers", "escapes", "contact"]
)
def test_a_burst_makes_the_record_that_slow_typing_makes(shops: Iterator[Path], text: str) -> None:
    wanted = slowly(next(shops), text)
    assert len(wanted) == 1
    for _ in range(TIMES):
        assert at_once(next(shops), text, 1) == wanted


def test_the_registration_alone_from_the_open_sheet(shops: Iterator[Path]) -> None:
    assert at_once(next(shops), IN_THE_SHEET, 1, first="n") == at_once(next(shops), REGISTRATION, 1)


def test_two_registrations_in_one_burst(shops: Iterator[Path]) -> None:
    wanted = slowly(next(shops), TWO)
    assert [job["device"]["serial"] for job in wanted] == ["0A1B2C3D4E", "804KXYZ12"]
    for _ in range(TIMES):
        assert at_once(next(shops), TWO, 2) == wanted


def test_to_the_list_and_back_in_one_burst(shops: Iterator[Path]) -> None:
    for _ in range(TIMES):
        found = at_once(next(shops), BACK_AND_FORTH, 3)
        assert [job["subject"] for job in found] == ["Første", "Anden igen", "Tredje"]
        assert [[link["contact"] for link in job["links"]] for job in found] == [[], [], ["Nordisk Elektronik A/S"]]
        assert [job["stage"] for job in found] == ["ready", "ready", "done"]


def test_keys_typed_before_the_first_screen_stands(shops: Iterator[Path]) -> None:
    """The shell's terminal turns Enter into line feed until the program has taken it over, so Tab is used here."""
    text = REGISTRATION.replace("<Enter>", "<Tab>")
    wanted = at_once(next(shops), text, 1)
    assert at_once(next(shops), text, 1, waits=False) == wanted
