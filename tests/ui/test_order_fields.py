"""Fields of orders and of how the shop bills: what cannot be understood is refused, named and kept."""

from __future__ import annotations

import pytest

from tests.ui.desk import Desk

JOB = 10054
"""A job with a line."""
REFUSED = "The days to pay are 0 to 365."


@pytest.mark.parametrize("typed", ["VDMPU123", "8x", "-5", "1,5", "9999999999999999999", "²"])
async def test_days_to_pay_that_are_no_number_are_refused_in_the_form_of_how_the_shop_bills(
    desk: Desk, typed: str
) -> None:
    await desk.press("6", "B")
    await desk.dialog.fill("Days to pay", typed)
    assert desk.dialog.is_marked("Days to pay")
    await desk.press("f2")
    assert desk.shows(REFUSED)
    assert desk.dialog.text("Days to pay") == typed


async def test_a_scan_into_the_days_to_pay_of_an_order_is_refused_and_kept(desk: Desk) -> None:
    await desk.burst("ctrl+b", *f"S{JOB}", "enter")
    await desk.sheet.open_tab("product")
    await desk.sheet.go_to_table()
    await desk.press("+", "f2", "ctrl+v", "f2")
    assert desk.title.startswith("Order ")
    await desk.form.type_into("Days to pay", "VDMPU123")
    await desk.press("enter")
    assert desk.form.is_marked("Days to pay")
    await desk.press("f2")
    assert desk.message == REFUSED
    assert desk.form.text("Days to pay") == "VDMPU123"
