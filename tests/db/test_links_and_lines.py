"""Who is linked to a job and what its Product tab holds: row by row, also with two people in it."""

from __future__ import annotations

import pytest

from svc_tui.domain.errors import Conflict, Invalid
from svc_tui.domain.records import LineKind, LineRecord, LinkRecord, LinkRole, PartState, Payer
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities, lines, links
from svc_tui.services.jobs.activities import Sheet, SheetEdit
from svc_tui.services.people import contacts
from tests.db.jobs import again, changed, contact, image, job, line, link, part, person

Two = tuple[Session, Session]


def with_links(sheet: Sheet, *rows: LinkRecord) -> SheetEdit:
    return SheetEdit(sheet, sheet.values, rows, sheet.lines)


def with_lines(sheet: Sheet, *rows: LineRecord) -> SheetEdit:
    return SheetEdit(sheet, sheet.values, sheet.links, rows)


def roles(sheet: Sheet) -> dict[str, str]:
    return {found.contact: found.role for found in sheet.links}


# -- links ---------------------------------------------------------------------------------------------------------


def test_a_new_job_keeps_its_links_with_person_role_and_phone(shop: Session) -> None:
    jensen = contact(shop, "Jensen & Søn ApS", phone="+45 20 30 40 50")
    sony = contact(shop, "Sony Nordic", is_supplier=True, is_customer=False)
    karen = person(shop, jensen.id, "Karen Jensen", phone="60 70 80 90")
    sheet = job(
        shop, links=[link(jensen._replace(person_id=karen)), link(sony, "supplier", -2)], customer=jensen.id
    )  # fmt: skip
    assert [(row.contact, row.person, row.role, row.phone) for row in sheet.links] == [
        ("Jensen & Søn ApS", "Karen Jensen", "customer", "60 70 80 90"),
        ("Sony Nordic", "", "supplier", ""),
    ]


def test_the_headers_customer_is_linked_without_being_asked_for(shop: Session) -> None:
    jensen, holm = contact(shop, "Jensen"), contact(shop, "Holm")
    sheet = job(shop, customer=jensen.id)
    assert roles(sheet) == {"Jensen": "customer"}

    activities.save(shop, changed(sheet, customer=holm.id))
    assert roles(again(shop, sheet)) == {"Holm": "customer"}


def test_the_first_customer_linked_from_the_list_becomes_the_headers(shop: Session) -> None:
    jensen, holm = contact(shop, "Jensen"), contact(shop, "Holm")
    sheet = job(shop)
    assert sheet.id is not None
    links.add(shop, sheet.id, holm.id, None, LinkRole.OTHER)
    assert again(shop, sheet).values["customer"] is None
    links.add(shop, sheet.id, jensen.id, None, LinkRole.CUSTOMER)
    links.add(shop, sheet.id, holm.id, None, LinkRole.CUSTOMER)
    now = again(shop, sheet)
    assert now.values["customer"] == jensen.id
    assert len(now.links) == 3


def test_linking_the_same_contact_in_the_same_role_again_changes_nothing(shop: Session) -> None:
    jensen = contact(shop, "Jensen")
    sheet = job(shop, links=[link(jensen)], customer=jensen.id)
    assert sheet.id is not None
    before = image(shop.store)
    links.add(shop, sheet.id, jensen.id, None, LinkRole.CUSTOMER)
    assert image(shop.store) == before


def test_the_first_link_is_proposed_as_the_customer_and_others_as_a_supplier() -> None:
    assert links.first_role(has_customer=False) is LinkRole.CUSTOMER
    assert links.first_role(has_customer=True) is LinkRole.SUPPLIER


def test_two_people_link_different_contacts_and_both_stay(two_sessions: Two) -> None:
    anna, bent = two_sessions
    jensen, holm = contact(anna, "Jensen"), contact(anna, "Holm")
    sheet = job(anna)
    activities.save(anna, with_links(sheet, link(jensen, "customer")))
    activities.save(bent, with_links(sheet, link(holm, "supplier")))
    assert roles(again(anna, sheet)) == {"Jensen": "customer", "Holm": "supplier"}


def test_two_people_link_the_same_contact_and_it_is_there_once(two_sessions: Two) -> None:
    anna, bent = two_sessions
    jensen = contact(anna, "Jensen")
    sheet = job(anna)
    activities.save(anna, with_links(sheet, link(jensen)))
    activities.save(bent, with_links(sheet, link(jensen)))
    assert len(again(anna, sheet).links) == 1


def test_a_role_that_somebody_else_changed_stays_when_i_save_something_else(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna, links=[link(contact(anna, "Jensen"), "other")])
    activities.save(anna, with_links(sheet, sheet.links[0]._replace(role="payer")))
    activities.save(bent, changed(sheet, subject="Bents emne"))
    now = again(anna, sheet)
    assert (roles(now), now.values["subject"]) == ({"Jensen": "payer"}, "Bents emne")


def test_a_link_that_somebody_else_removed_stays_removed(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna, links=[link(contact(anna, "Jensen"), "other")])
    activities.save(anna, with_links(sheet))
    activities.save(bent, changed(sheet, subject="Bents emne"))
    assert again(anna, sheet).links == ()


@pytest.mark.parametrize("mine", ["another role", "removed"])
def test_the_same_link_changed_by_both_is_a_conflict_and_nothing_is_written(two_sessions: Two, mine: str) -> None:
    anna, bent = two_sessions
    sheet = job(anna, links=[link(contact(anna, "Jensen"), "other")])
    activities.save(anna, with_links(sheet, sheet.links[0]._replace(role="payer")))
    before = image(anna.store)
    kept = [sheet.links[0]._replace(role="supplier")] if mine == "another role" else []
    edit = SheetEdit(sheet, sheet.values | {"subject": "Bents"}, tuple(kept), (line(),), "Bents note")
    with pytest.raises(Conflict) as refused:
        activities.save(bent, edit)
    assert refused.value.fields == ("links",)
    assert image(anna.store) == before


def test_a_role_changed_to_one_the_contact_already_has_leaves_one_link(shop: Session) -> None:
    jensen = contact(shop, "Jensen")
    sheet = job(shop, links=[link(jensen, "customer"), link(jensen, "payer", -2)])
    activities.save(shop, with_links(sheet, sheet.links[0], sheet.links[1]._replace(role="customer")))
    assert [(row.contact, row.role) for row in again(shop, sheet).links] == [("Jensen", "customer")]


# -- lines ---------------------------------------------------------------------------------------------------------


def test_choosing_a_part_makes_a_line_that_is_needed_with_its_price(shop: Session) -> None:
    cable = part(shop, "HDMI-2M", "HDMI-kabel 2 m", 12_900, unit="stk")
    made = lines.line_of_product(cable, -1, 0)
    assert (made.kind, made.text, made.price, made.planned, made.state) == (
        LineKind.PART, "HDMI-kabel 2 m", 12_900, 1000, PartState.NEEDED,
    )  # fmt: skip
    hours = lines.line_of_product(cable._replace(kind="hours"), -1, 0)
    assert hours.state == PartState.NONE

    sheet = job(shop, lines=[made])
    assert (sheet.lines[0].product_id, sheet.lines[0].code, sheet.total) == (cable.id, "HDMI-2M", 12_900)


def test_lines_stand_in_their_order_and_count_the_used_quantity_and_the_discount(shop: Session) -> None:
    rows = [
        line("Tredje", -1, 2, 100)._replace(planned=3000),
        line("Første", -2, 0, 10_000)._replace(planned=2000, used=500),
        line("Anden", -3, 1, 10_000)._replace(discount=2_500),
        line("Gratis", -4, 3, 0)._replace(kind="text"),
    ]
    sheet = job(shop, lines=rows)
    assert [row.text for row in sheet.lines] == ["Første", "Anden", "Tredje", "Gratis"]
    assert sheet.total == 5_000 + 7_500 + 300 == lines.total(sheet.lines)


def test_two_people_add_lines_and_both_are_kept(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna, lines=[line("Første")])
    activities.save(anna, with_lines(sheet, *sheet.lines, line("Annas", -1, 1)))
    activities.save(bent, with_lines(sheet, *sheet.lines, line("Bents", -1, 1)))
    assert [row.text for row in again(anna, sheet).lines] == ["Første", "Annas", "Bents"]


def test_two_people_change_different_fields_of_a_line_and_both_are_kept(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna, lines=[line(price=10_000)])
    activities.save(anna, with_lines(sheet, sheet.lines[0]._replace(used=2000)))
    activities.save(bent, with_lines(sheet, sheet.lines[0]._replace(price=20_000)))
    now = again(anna, sheet)
    assert (now.lines[0].used, now.lines[0].price, now.total) == (2000, 20_000, 40_000)


@pytest.mark.parametrize("mine", ["another price", "deleted"])
def test_the_same_line_changed_by_both_is_a_conflict_and_nothing_is_written(two_sessions: Two, mine: str) -> None:
    anna, bent = two_sessions
    sheet = job(anna, lines=[line(price=10_000)])
    activities.save(anna, with_lines(sheet, sheet.lines[0]._replace(price=15_000)))
    before = image(anna.store)
    kept = [sheet.lines[0]._replace(price=20_000)] if mine == "another price" else []
    edit = SheetEdit(sheet, sheet.values | {"subject": "Bents"}, (), (*kept, line("Ny", -1, 5)), "Bents note")
    with pytest.raises(Conflict) as refused:
        activities.save(bent, edit)
    assert refused.value.fields == ("lines",)
    assert image(anna.store) == before


def test_a_line_deleted_by_one_and_changed_by_the_other_is_a_conflict(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna, lines=[line()])
    activities.save(anna, with_lines(sheet))
    with pytest.raises(Conflict):
        activities.save(bent, with_lines(sheet, sheet.lines[0]._replace(price=1)))


def test_a_line_deleted_by_both_is_gone(two_sessions: Two) -> None:
    anna, bent = two_sessions
    sheet = job(anna, lines=[line(), line("To", -2, 1)])
    activities.save(anna, with_lines(sheet, sheet.lines[1]))
    activities.save(bent, with_lines(sheet, sheet.lines[1]))
    assert [row.text for row in again(anna, sheet).lines] == ["To"]


@pytest.mark.parametrize("act", ["change", "delete"])
def test_a_line_that_went_to_an_order_is_locked(shop: Session, act: str) -> None:
    sheet = job(shop, lines=[line("Låst"), line("Fri", -2, 1)])
    shop.store.execute_sql(
        "UPDATE activity_line SET transferred = 1000, used = 1000 WHERE id = ?", (sheet.lines[0].id,)
    )
    sheet = again(shop, sheet)
    locked = [] if act == "delete" else [sheet.lines[0]._replace(price=1)]
    before = image(shop.store)
    with pytest.raises(Invalid, match="locked"):
        activities.save(shop, with_lines(sheet, *locked, sheet.lines[1]))
    assert image(shop.store) == before
    activities.save(shop, with_lines(sheet, sheet.lines[0], sheet.lines[1]._replace(price=99)))
    assert again(shop, sheet).lines[1].price == 99


def test_a_line_that_makes_no_sense_is_refused(shop: Session) -> None:
    good = line()
    before = image(shop.store)
    for wrong in (
        good._replace(discount=10_001),
        good._replace(discount=-1),
        good._replace(kind="thing"),
        good._replace(payer="nobody"),
    ):
        with pytest.raises(Invalid) as refused:
            job(shop, lines=[wrong])
        assert refused.value.field == "lines"
        assert image(shop.store) == before


def test_text_of_a_line_is_cleaned_where_it_enters(shop: Session) -> None:
    sheet = job(shop, lines=[line("Kabel\x1b[31m rødt\u202e")._replace(code=" A\t1 ")])
    assert (sheet.lines[0].text, sheet.lines[0].code) == ("Kabel rødt", "A 1")


def test_a_free_line_is_a_needed_part_without_a_price(shop: Session) -> None:
    made = lines.free_line("  Specialskrue  ", -1, 0)
    assert (made.text, made.product_id, made.price, made.payer, made.state) == (
        "Specialskrue", None, 0, Payer.CUSTOMER, PartState.NEEDED,
    )  # fmt: skip
    assert job(shop, lines=[made]).lines[0].text == "Specialskrue"


def test_a_contact_with_its_own_number_is_what_a_link_shows(shop: Session) -> None:
    jensen = contact(shop, "Jensen")
    sheet = job(shop, links=[link(jensen)])
    assert sheet.links[0].number == jensen.number
    assert contacts.get(shop, sheet.links[0].contact_id) == jensen
