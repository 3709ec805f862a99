"""One search over everything a customer may say of himself, and creating a contact in place."""

from __future__ import annotations

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.people_models import Contact
from svc_tui.domain.errors import Invalid, NotAllowed
from svc_tui.domain.records import ContactKind
from svc_tui.domain.rights import Role
from svc_tui.services.core.session import Session
from svc_tui.services.filters.filtering import resolve
from svc_tui.services.jobs import typed_edits
from svc_tui.services.jobs.job_edits import Edit
from svc_tui.services.people import contacts
from svc_tui.services.people.contacts import NewContact
from svc_tui.services.people.setup import FIRST_NUMBER
from svc_tui.services.stock.devices import NewDevice, find_or_create
from tests.db.jobs import contact, image, person, set_company


def names(session: Session, text: str, kind: ContactKind = "all") -> list[str]:
    return [row.name for row in contacts.search(session, text, kind)]


@pytest.fixture
def people(shop: Session) -> Session:
    """A shop with a few contacts that are easy to confuse."""
    contact(shop, "Åse Bjørn", phone="+45 20 30 40 50", email="aase.bjorn@example.dk", city="Ærøskøbing")
    contact(shop, "Jensen & Søn ApS", phone="86 12 34 56", post_code="8000", city="Aarhus C")
    contact(shop, "René Café", phone="", email="post@cafe-rene.dk")
    contact(shop, "Bjørn Aasen", phone="0045 70807080")
    contact(shop, "Sony Nordic", is_customer=False, is_supplier=True, phone="+46 8 123 456 78")
    contact(shop, "Elgiganten", is_customer=True, is_supplier=True)
    return shop


SPELLINGS: tuple[tuple[str, list[str]], ...] = (
    ("Åse", ["Åse Bjørn", "Bjørn Aasen"]),
    ("aase", ["Åse Bjørn", "Bjørn Aasen"]),
    ("åse b", ["Åse Bjørn", "Bjørn Aasen"]),
    ("ÅSE", ["Åse Bjørn", "Bjørn Aasen"]),
    ("A\u030ase", ["Åse Bjørn", "Bjørn Aasen"]),
    ("bjoern", ["Bjørn Aasen", "Åse Bjørn"]),
    ("björn", ["Bjørn Aasen", "Åse Bjørn"]),
    ("BJØRN", ["Bjørn Aasen", "Åse Bjørn"]),
    ("søn", ["Jensen & Søn ApS"]),
    ("soen", ["Jensen & Søn ApS"]),
    ("jensen søn", ["Jensen & Søn ApS"]),
    ("søn jensen", ["Jensen & Søn ApS"]),
    ("rene cafe", ["René Café"]),
    ("café", ["René Café"]),
    ("ærøskøbing", ["Åse Bjørn"]),
    ("aeroesk", ["Åse Bjørn"]),
    ("aarhus", ["Jensen & Søn ApS"]),
    ("århus", ["Jensen & Søn ApS"]),
    ("findes ikke", []),
)


def test_a_name_or_town_is_found_however_its_letters_are_written(people: Session) -> None:
    assert {typed: sorted(names(people, typed)) for typed, _ in SPELLINGS} == {
        typed: sorted(found) for typed, found in SPELLINGS
    }


def test_names_that_begin_so_come_before_names_that_only_hold_the_word(people: Session) -> None:
    assert names(people, "bjørn") == ["Bjørn Aasen", "Åse Bjørn"]


SPACINGS = (
    "20304050", "20 30 40 50", "2030 4050", "203-04-050", "+4520304050", "+45 20 30 40 50", "004520304050",
     "(+45) 20304050", "4520304050", "2030", "20.30.40", "20/30",
)  # fmt: skip


def test_a_phone_is_found_in_every_spacing_and_with_or_without_the_country(people: Session) -> None:
    assert {typed: names(people, typed) for typed in SPACINGS} == {typed: ["Åse Bjørn"] for typed in SPACINGS}


def test_a_phone_stored_with_a_country_is_found_as_it_is_dialled(people: Session) -> None:
    assert names(people, "70 80 70 80") == ["Bjørn Aasen"]
    assert names(people, "+46 8 12345678") == ["Sony Nordic"]


@pytest.mark.parametrize("stored", ["070-123 45 67", "+46 70 123 45 67", "0046 (0)70 1234567"])
def test_a_swedish_shop_leaves_its_own_country_out(shop: Session, stored: str) -> None:
    set_company(shop, country_code="46")
    contact(shop, "Sven", phone=stored)
    contact(shop, "Dane", phone="+45 70 12 34 56")
    for typed in ("+46 70 123 45 67", "070-123 45 67", "0701234567", "0046701234567", "701234567"):
        assert names(shop, typed) == ["Sven"], typed
    assert names(shop, "+45 70123456") == ["Dane"]


def test_a_contact_is_found_by_e_mail(people: Session) -> None:
    assert names(people, "aase.bjorn@example.dk") == names(people, "aase.bjorn@") == ["Åse Bjørn"]
    assert names(people, "post@cafe") == names(people, "CAFE-RENE") == ["René Café"]


@pytest.fixture
def numbers(shop: Session) -> Session:
    """Contacts whose names, addresses and numbers hold digits and signs."""
    contact(shop, "Birthe Holm", email="birthe72@example.dk", phone="20 12 34 56 / 31 12 34 57")
    contact(shop, "Kiosken 7-Eleven", vat_number="DK27948122")
    contact(shop, "Boligforeningen BS-84", vat_number="31 22 44 66")
    contact(shop, "Jens Jensen", email="jj@jensen.dk")
    return shop


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("birthe72@example.dk", "Birthe Holm"), ("birthe72@", "Birthe Holm"), ("31123457", "Birthe Holm"),
        ("+45 31 12 34 57", "Birthe Holm"), ("20123456", "Birthe Holm"), ("7-eleven", "Kiosken 7-Eleven"),
        ("7eleven", "Kiosken 7-Eleven"), ("bs-84", "Boligforeningen BS-84"), ("bs84", "Boligforeningen BS-84"),
        ("27948122", "Kiosken 7-Eleven"), ("dk 27 94 81 22", "Kiosken 7-Eleven"),
        ("DK31224466", "Boligforeningen BS-84"),
        ("31 22 44 66", "Boligforeningen BS-84"),
    ],
)  # fmt: skip
def test_names_addresses_and_numbers_are_read_alike_where_they_are_stored_and_asked(
    numbers: Session, typed: str, name: str
) -> None:
    assert names(numbers, typed) == [name]
    assert typed_edits.read(numbers, "customer", typed) == Edit("customer", contacts.search(numbers, typed)[0].id)
    query = resolve(numbers, None, f'customer:"{typed}"')
    assert query.customers == frozenset((contacts.search(numbers, typed)[0].id,))


def test_an_address_that_nobody_has_finds_nobody(numbers: Session) -> None:
    assert names(numbers, "jens@jensen.dk") == []
    assert contacts.offered(numbers, "jens@jensen.dk") == ((), ())
    assert names(numbers, "jens@jen") == []
    with pytest.raises(Invalid):
        typed_edits.read(numbers, "customer", "jens@jensen.dk")


def test_an_address_that_goes_on_is_proposed_and_not_found(numbers: Session) -> None:
    contact(numbers, "Ida Holm", email="jens@jensen.dk.example")
    assert names(numbers, "jens@jensen.dk") == []
    assert [row.name for row in contacts.offered(numbers, "jens@jensen.dk").suggested] == ["Ida Holm"]
    contact(numbers, "Jens", email="ny@firma.dk, jens@jensen.dk")
    assert [row.name for row in contacts.offered(numbers, "jens@jensen.dk").found] == ["Jens"]


def test_a_person_that_is_found_is_the_one_that_is_meant(people: Session) -> None:
    company = contacts.search(people, "jensen")[0]
    anders = person(people, company.id, "Anders Andersen", phone="51 52 53 54 / 61 62 63 64")
    karen = person(people, company.id, "Karen Blixen", email="karen@jensen.dk")
    for typed, meant in (
        ("blixen", karen), ("karen@jensen.dk", karen), ("jensen karen", karen), ("5152", anders), ("61626364", anders),
        ("jensen", None), ("aarhus", None), ("86 12 34 56", None), (str(company.number), None),
    ):  # fmt: skip
        assert [(row.name, row.person_id) for row in contacts.search(people, typed)] == [(company.name, meant)], typed
    assert contacts.search(people, "51525354")[0].phone == "51 52 53 54 / 61 62 63 64"


def test_the_number_comes_first(people: Session) -> None:
    assert names(people, str(FIRST_NUMBER + 2))[0] == "Jensen & Søn ApS"
    assert names(people, f" {FIRST_NUMBER + 1} ")[0] == "Åse Bjørn"


def test_a_person_finds_the_company_and_is_shown_under_it(people: Session) -> None:
    company = contacts.search(people, "jensen")[0]
    person(people, company.id, "Anders Andersen", phone="51 52 53 54")
    karen = person(people, company.id, "Karen Blixen", email="karen@jensen.dk")

    for typed in ("blixen", "karen@jensen.dk", "5152"):
        assert names(people, typed) == ["Jensen & Søn ApS"]

    rows = contacts.search(people, "blixen", persons=True)
    assert [row.person for row in rows] == ["", "Karen Blixen", "Anders Andersen"]
    assert (rows[1].id, rows[1].person_id, rows[1].phone) == (company.id, karen, "86 12 34 56")
    assert (rows[1].email, rows[2].phone) == ("karen@jensen.dk", "51 52 53 54")


def test_a_devices_serial_number_finds_its_owner(people: Session) -> None:
    owner = contacts.search(people, "rené")[0]
    with change_set(people.store, None, "device.create") as changes:
        find_or_create(changes, NewDevice("Sony", "TV", "SN-4711/A"), owner.id)
    for typed in ("SN-4711/A", "sn4711a", "SN4711", "sn-4711"):
        assert names(people, typed) == ["René Café"], typed


def test_a_device_that_changes_hands_is_found_at_the_new_owner_only(people: Session) -> None:
    with change_set(people.store, None, "device.create") as changes:
        device = find_or_create(changes, NewDevice("Sony", "TV", "SN-4711"), contacts.search(people, "rené")[0].id)
    from svc_tui.db.core.people_models import Device

    with change_set(people.store, None, "device.save") as changes:
        changes.update(Device, device, {"owner": contacts.search(people, "elgig")[0].id})
    assert names(people, "sn4711") == ["Elgiganten"]


def test_only_suppliers_or_customers_are_shown_where_they_are_asked_for(people: Session) -> None:
    assert sorted(names(people, "", "supplier")) == ["Elgiganten", "Sony Nordic"]
    assert "Sony Nordic" not in names(people, "", "customer")
    assert names(people, "jensen", "supplier") == []
    assert names(people, "nordic", "supplier") == ["Sony Nordic"]
    assert names(people, "20304050", "supplier") == []
    assert names(people, str(FIRST_NUMBER + 1), "supplier") == [], "not by number either"


def test_a_retired_contact_is_found_no_more(people: Session) -> None:
    row = contacts.search(people, "jensen")[0]
    with change_set(people.store, None, "contact.retire") as changes:
        changes.update(Contact, row.id, {"retired": True})
    assert names(people, "jensen") == names(people, "8612") == names(people, str(row.number)) == []
    assert contacts.get(people, row.id) == row


def test_nothing_typed_shows_the_first_names_in_their_order(people: Session) -> None:
    assert names(people, "") == [
        "Bjørn Aasen", "Elgiganten", "Jensen & Søn ApS", "René Café", "Sony Nordic", "Åse Bjørn",
    ]  # fmt: skip
    assert len(contacts.search(people, "", limit=2)) == 2


SIGNS = ("'", '"', "%", "_", "*", "\\", "a'b", '"a" OR b', "NEAR(", "!!", "(", "&|!:*", "\0", "\udcff")


def test_signs_that_mean_something_to_a_database_are_only_text(people: Session) -> None:
    for typed in SIGNS:
        contacts.search(people, typed)
        contacts.search(people, f"jensen {typed}", persons=True)


def test_only_the_name_is_needed_and_everything_is_kept(shop: Session) -> None:
    made = contacts.create(
        shop,
        NewContact(" Åse\tBjørn ", "20 30 40 50", "aase@example.dk", "Vej 1", "5970", "Ærøskøbing", is_supplier=True),
    )
    assert (made.number, made.name, made.phone, made.email) == (
        FIRST_NUMBER + 1, "Åse Bjørn", "20 30 40 50", "aase@example.dk",
    )  # fmt: skip
    assert (made.address, made.city, made.is_customer, made.is_supplier) == ("Vej 1", "5970 Ærøskøbing", True, True)
    plain = contacts.create(shop, NewContact("Holm"))
    assert (plain.number, plain.is_supplier) == (FIRST_NUMBER + 2, False)
    assert contacts.get(shop, made.id) == made
    assert contacts.get(shop, 424_242) is None


def test_a_contact_without_a_name_is_refused(shop: Session) -> None:
    before = image(shop.store)
    with pytest.raises(Invalid) as refused:
        contacts.create(shop, NewContact(" \x07 "))
    assert refused.value.field == "name"
    assert image(shop.store) == before


def test_who_may_only_look_creates_nothing(shop: Session) -> None:
    assert shop.employee is not None
    shop.employee = shop.employee._replace(role=Role.READONLY)
    assert contacts.search(shop, "") == []
    with pytest.raises(NotAllowed):
        contacts.create(shop, NewContact("Holm"))
    shop.employee = None
    with pytest.raises(NotAllowed):
        contacts.search(shop, "")


def test_a_number_in_a_filter_is_that_contact_and_no_phone_that_begins_so(people: Session) -> None:
    first = contacts.search(people, "åse")[0]
    contact(people, "Ringer", phone=f"{first.number} 123")
    assert resolve(people, None, f"customer:{first.number}").customers == frozenset((first.id,))
    assert resolve(people, None, f"-customer:{first.number}").excluded == (("customer_id", frozenset((first.id,))),)
