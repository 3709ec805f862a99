"""A contact written down at the counter: checked, told what is known already, and the town proposed."""

from __future__ import annotations

import pytest

from tests.ui.desk import Desk


async def _dialog(desk: Desk, typed: str) -> None:
    await desk.press("l")
    await desk.type(typed)
    await desk.press("end", "enter")


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("99 88 77 66", "Phone"),
        ("20991234@mail.example", "E-mail"),
        ("DK99887766", "VAT number"),
        ("Karla Friis", "Name"),
    ],
)
async def test_what_was_typed_goes_where_it_belongs(desk: Desk, typed: str, label: str) -> None:
    await _dialog(desk, typed)
    assert desk.dialog.text(label) == typed


@pytest.mark.parametrize(
    ("email", "said"),
    [("20 12 34 56", "This is a phone number"), ("karla", "is no e-mail address"), ("karla@", "is no e-mail address")],
)
async def test_an_address_is_checked_and_a_phone_number_is_none(desk: Desk, email: str, said: str) -> None:
    await _dialog(desk, "Karla Friis")
    await desk.dialog.fill("E-mail", email)
    await desk.press("f2")
    assert said in desk.message
    assert desk.dialog.is_marked("E-mail")
    assert desk.dialog.text("E-mail") == email


async def test_an_e_mail_address_is_no_phone_number(desk: Desk) -> None:
    await _dialog(desk, "Karla Friis")
    await desk.dialog.fill("Phone", "karla@friis.example")
    await desk.press("f2")
    assert desk.message == "This is an e-mail address: write it under E-mail."
    assert desk.dialog.is_marked("Phone")
    assert desk.dialog.text("Phone") == "karla@friis.example"


async def test_a_known_phone_is_told_with_whose_it_is_and_does_not_block(desk: Desk) -> None:
    await _dialog(desk, "Karla Friis")
    await desk.dialog.fill("Phone", "+45 22334455")
    assert desk.message.startswith("Known already: phone number of Bente Ågård, ")
    await desk.press("f2")
    assert desk.message.startswith("Known already: phone number of Bente Ågård, ")
    assert desk.title.startswith("Product service") or desk.title.startswith("Produktservice")


async def test_the_post_code_proposes_the_town(desk: Desk) -> None:
    await _dialog(desk, "Karla Friis")
    await desk.dialog.fill("Post code", "5970")
    assert desk.dialog.text("Town") == "Ærøskøbing"
