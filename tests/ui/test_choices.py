"""Where a value of a register is asked for: nothing that is retired is offered, and so nothing is refused after it."""

from __future__ import annotations

import pytest

from svc_tui.domain.registers import Register
from svc_tui.services.people import registers
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

RETIRED = {
    "priority": (Register.PRIORITY, "High"), "type": (Register.TYPE, "TV-Service"),
    "status": (Register.STATUS, "Venter på dele"), "responsible": (Register.EMPLOYEE, "Bent Krogh"),
}  # fmt: skip


async def _retire(desk: Desk, field: str) -> str:
    """Take a value out of use; gives its name."""
    register, name = RETIRED[field]
    choices = {choice.label: choice.id for choice in desk.app.session.registers.choices(field)}
    name = name if name in choices else list(choices)[-1]
    await desk.ask(registers.retire, register, choices[name])
    return name


async def _offered(desk: Desk) -> list[str]:
    """The names that the value list of the field or question offers."""
    await desk.press("f4")
    names = [row[0] for row in desk.picker.answers]
    await desk.press("escape")
    return names


@pytest.mark.parametrize(("key", "field"), [("i", "priority"), ("t", "type"), ("s", "status"), ("a", "responsible")])
async def test_a_key_of_the_list_offers_no_retired_value(desk: Desk, key: str, field: str) -> None:
    name = await _retire(desk, field)
    await desk.press("3", key)
    offered = await _offered(desk)
    assert offered
    assert name not in offered


@pytest.mark.parametrize(
    ("field", "label"),
    [("priority", "Priority"), ("type", "Type"), ("status", "Status"), ("responsible", "Responsible")],
)
async def test_a_new_sheet_offers_no_retired_value(desk: Desk, field: str, label: str) -> None:
    name = await _retire(desk, field)
    await desk.press("3")
    sheet = await desk.list.new()
    await sheet.go_to(label)
    offered = await _offered(desk)
    assert offered
    assert name not in offered


@pytest.mark.parametrize(
    ("field", "label"),
    [("priority", "Priority"), ("type", "Type of new jobs"), ("status", "Status"), ("responsible", "Responsible")],
)
async def test_settings_offer_no_retired_value(open_at: OpenDesk, field: str, label: str) -> None:
    async with open_at() as desk:
        name = await _retire(desk, field)
        await desk.press("ctrl+e")
        await desk.form.go_to(label)
        offered = await _offered(desk)
        assert offered
        assert name not in offered
