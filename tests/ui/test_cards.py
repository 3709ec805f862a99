"""The cards of contacts, devices and products: opened from anywhere, changed, saved with what others saved, merged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from svc_tui.domain.entries import Register
from svc_tui.screens.people.entry_card import EntryCard
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.people import contact_card
from svc_tui.services.people.contact_card import ContactEdit
from svc_tui.services.stock import device_card, products
from tests.ui.colleague import until
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk, FormPage
from tests.ui.test_goldens import SIZE_NAMES, SIZES, golden  # noqa: F401  # a fixture

JOB = "TV uden billede"
"""A job of Jensen & Søn ApS, on their Samsung."""


def card(desk: Desk) -> FormPage:
    """The fields of the card on top."""
    return FormPage(desk, desk.on_top(EntryCard).header)


async def open_card(desk: Desk, register: Register, entry_id: int | None) -> None:
    """As a list of contacts, devices or products does on Enter."""
    desk.app.between_keys(lambda: desk.app.open_card(register, entry_id))
    await desk.app.keys_done()
    await desk.rest()


async def contact_of_job(desk: Desk) -> int:
    await desk.list.put_cursor(JOB)
    await desk.press("ctrl+x")
    return desk.on_top(EntryCard).record.id or 0


async def test_the_customer_of_a_job_is_corrected_from_the_list(desk: Desk) -> None:
    contact = await contact_of_job(desk)
    await card(desk).type_into("Phone", "75 99 99 99")
    await desk.press("f2")
    assert "Jensen & Søn ApS is saved." in desk.message
    stored = await desk.ask(contact_card.open_card, contact)
    assert stored.values["phone"] == "75 99 99 99"
    await desk.press("f3")
    assert desk.list.current.subject.startswith(JOB)


async def test_what_cannot_be_is_refused_in_its_field_and_nothing_is_lost(desk: Desk) -> None:
    await contact_of_job(desk)
    await card(desk).type_into("E-mail", "ikke en adresse")
    await card(desk).type_into("Address", "Ny Vej 1")
    await desk.press("f2")
    assert card(desk).is_marked("E-mail")
    assert card(desk).at == "E-mail"
    assert card(desk).text("Address") == "Ny Vej 1"
    await desk.press("f3")
    assert desk.shows("Not saved yet")


async def test_a_person_is_added_changed_and_taken_away(desk: Desk) -> None:
    contact = await contact_of_job(desk)
    await desk.press("f8", "end", "enter")
    await desk.type("Ida Ny")
    await desk.press("f2", "f2")
    names = [person.name for person in (await desk.ask(contact_card.open_card, contact)).persons]
    assert names == ["Mette Juhl", "Karl Bro", "Ida Ny"]
    await desk.press("home", "down", "down", "delete", "f2")
    names = [person.name for person in (await desk.ask(contact_card.open_card, contact)).persons]
    assert names == ["Mette Juhl", "Karl Bro"]


async def test_a_job_and_a_device_are_opened_from_the_card_and_one_comes_back(desk: Desk) -> None:
    await contact_of_job(desk)
    await desk.press("f12", "enter")
    assert desk.title.startswith("Job ")
    await desk.press("ctrl+x")
    assert desk.title.startswith("Contact 10001"), "a card above a job above a card"
    await desk.press("f3", "f3")
    await desk.press("f8", "f8", "enter")
    assert desk.title.startswith("Device · ")
    await desk.press("f3", "f3")
    assert desk.list.current.subject.startswith(JOB)


async def test_a_new_job_from_a_card_is_linked(desk: Desk) -> None:
    await contact_of_job(desk)
    await desk.press("f6")
    await desk.type("Ny fejl")
    assert desk.sheet.text("Customer") == "Jensen & Søn ApS"
    await desk.press("f2", "f3")
    assert desk.shows("Ny fejl"), "the jobs of the contact have it"


async def test_enter_on_a_linked_contact_opens_its_card(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)
    await desk.press("enter", "f8", "down", "enter")
    assert desk.title.startswith("Contact 100")


async def test_the_lock_code_is_shown_on_its_key_only(desk: Desk) -> None:
    device = (await desk.ask(device_card.open_card, 1)).id
    await open_card(desk, Register.DEVICES, device)
    await desk.press("f8")
    await desk.type("93517")
    await desk.press("f2")
    assert not desk.shows("93517")
    assert desk.shows("****")
    await desk.press("tab", "shift+tab", "f4")
    assert desk.shows("93517")
    await desk.press("tab")
    assert not desk.shows("93517")
    await desk.press("f2", "f8")
    assert desk.shows("Lock code: changed")
    assert not desk.shows("93517")


async def test_a_known_serial_number_is_told(desk: Desk) -> None:
    await open_card(desk, Register.DEVICES, None)
    await card(desk).type_into("Serial number", "0b3x 4711")
    await desk.press("tab")
    assert "Known already: Samsung QE55Q80" in desk.message


async def test_a_product_is_priced_as_it_is_written(desk: Desk) -> None:
    [part] = await desk.ask(products.search, "HDMI-2M")
    await open_card(desk, Register.PRODUCTS, part.id)
    await card(desk).type_into("Unit price", "149.50")
    await desk.press("f2")
    assert (await desk.ask(products.get, part.id)).price == 14_950


async def test_what_others_change_is_followed_and_the_same_field_is_shown_side_by_side(
    live: Desk, bent: Session
) -> None:
    contact = await contact_of_job(live)
    theirs = contact_card.open_card(bent, contact)
    contact_card.save(bent, ContactEdit(theirs, theirs.values | {"city": "Middelfart"}, theirs.persons))
    await until(live, lambda: card(live).text("City") == "Middelfart")
    await card(live).type_into("Phone", "11 11 11 11")
    theirs = contact_card.open_card(bent, contact)
    contact_card.save(bent, ContactEdit(theirs, theirs.values | {"phone": "22 22 22 22"}, theirs.persons))
    await live.press("f2")
    assert "22 22 22 22" in live.message
    assert card(live).text("Phone") == "11 11 11 11"
    await live.press("f2")
    assert (await live.ask(contact_card.open_card, contact)).values["phone"] == "11 11 11 11"


async def test_two_contacts_are_merged_with_a_look_ahead_and_undone(desk: Desk) -> None:
    contact = await contact_of_job(desk)
    await desk.press("f10")
    await desk.type("merge")
    await desk.press("enter")
    await desk.type("Bente")
    await desk.press("enter")
    assert desk.title.startswith("Merge ")
    await desk.press("f2")
    assert "The two are one now" in desk.message
    assert len((await desk.ask(contact_card.open_card, contact)).devices) == 3
    await desk.ask(undo.undo_last)
    assert len((await desk.ask(contact_card.open_card, contact)).devices) == 2


SCENES = {
    "contact": (Register.CONTACTS, 1, ()),
    "contact-persons": (Register.CONTACTS, 1, ("f8",)),
    "contact-misc": (Register.CONTACTS, 1, ("f8", "f8", "f8")),
    "contact-new": (Register.CONTACTS, None, ()),
    "device": (Register.DEVICES, 1, ()),
    "device-misc": (Register.DEVICES, 1, ("f8",)),
    "product": (Register.PRODUCTS, 2, ()),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("scene", SCENES)
async def test_a_card_looks_as_it_did(
    scene: str,
    size: tuple[int, int],
    language: str,
    open_at: OpenDesk,
    golden: Callable[[str, Desk], None],  # noqa: F811
) -> None:
    register, entry_id, keys = SCENES[scene]
    async with open_at(size=size, language=language) as desk:
        await open_card(desk, register, entry_id)
        await desk.press(*keys)
        golden(f"card-{scene}-{language}-{size[0]}x{size[1]}", desk)
