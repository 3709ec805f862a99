"""Who a line of a list is: a number alone makes nobody somebody else, a person renames no company, codes are exact."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.db.upkeep.integrity import findings
from svc_tui.services.core.session import Session
from svc_tui.services.people import contacts
from svc_tui.services.transfer.import_contacts import import_contacts
from svc_tui.services.transfer.import_products import import_products
from svc_tui.services.transfer.imports import Asked
from tests.db.test_imports import counts, file_of, stored

HEADING = "Kundenr;Navn;CVR-nr;Telefon;E-mail;By"


@pytest.fixture
def inge(shop: Session, tmp_path: Path) -> Session:
    """A shop whose 10037 is Inge."""
    line = "10037;Inge Højgaard;;75123456;inge@example.dk;Kolding"
    import_contacts(shop, file_of(tmp_path, HEADING, line, name="inge.csv"))
    return shop


def persons(shop: Session) -> list[tuple[object, ...]]:
    rows = shop.store.sql(
        "SELECT c.name, p.name, p.phone, p.email FROM contact_person p JOIN contact c ON c.id = p.contact_id"
        " ORDER BY p.id"
    )
    return [tuple(row) for row in rows]


def test_a_number_that_is_somebody_else_s_here_is_refused_and_named(inge: Session, tmp_path: Path) -> None:
    path = file_of(tmp_path, HEADING, "10037;Toft El ApS;32991430;76303030;per@toft.example;Vejle", "10038;Bo;;;;")

    report = import_contacts(inge, path)

    assert counts(report) == (1, 0, 0, 1)
    assert "10037 is Inge Højgaard here" in str(report.bad[0].reason)
    assert stored(inge, "number", "name") == [(10037, "Inge Højgaard"), (10038, "Bo")]


@pytest.mark.parametrize(
    "line",
    [
        "10037;Inge Højgaard;;;;Vejle",
        "10037;INGE HOEJGAARD;;99999999;;Vejle",
        "10037;Inge Højgaard Hansen;;99999999;;Vejle",
        "10037;Inge Holm;;+45 75 12 34 56;;Vejle",
        "10037;Inge Holm;;;INGE@example.dk;Vejle",
        "10037;;;;;Vejle",
    ],
)
def test_a_number_with_anything_in_common_is_the_same(inge: Session, tmp_path: Path, line: str) -> None:
    assert counts(import_contacts(inge, file_of(tmp_path, HEADING, line))) == (0, 1, 0, 0)
    assert stored(inge, "number", "city") == [(10037, "Vejle")]


@pytest.mark.parametrize(
    ("again", "expected"),
    [
        ("10040;Bo Holm;27948122;75 12 34 56;bo@example.dk;Vejle", (1, 0, 1, 0)),
        ("10040;Bo Holm;DK27948122;+4575123456;BO@example.dk;Vejle", (1, 0, 1, 0)),
        ("10040;BO  HOLM;27948122;7512 3456;bo@example.dk;vejle", (1, 0, 1, 0)),
        ("10040;Bo Holm;27948122;75 12 34 57;bo@example.dk;Vejle", (1, 0, 0, 1)),
        ("10040;Bo Holm;27948122;75123456;bo@example.dk;Kolding", (1, 0, 0, 1)),
    ],
)
def test_a_line_that_comes_again_written_otherwise_is_the_same_and_the_first_one_counts(
    shop: Session, tmp_path: Path, again: str, expected: tuple[int, ...]
) -> None:
    first = "10040;Bo Holm;27948122;75123456;bo@example.dk;Vejle"
    assert counts(import_contacts(shop, file_of(tmp_path, HEADING, first, again))) == expected
    assert stored(shop, "name", "phone", "city") == [("Bo Holm", "75123456", "Vejle")]


def test_renumber_gives_new_numbers_and_a_second_run_finds_them(inge: Session, tmp_path: Path) -> None:
    path = file_of(tmp_path, HEADING, "10037;Toft El ApS;;76303030;;Vejle", "10037;Toft El ApS;;76303030;;Vejle")

    assert counts(import_contacts(inge, path, asked=Asked(renumber=True))) == (1, 0, 1, 0)
    assert stored(inge, "number", "name", "external_key") == [
        (10037, "Inge Højgaard", None),
        (10038, "Toft El ApS", "10037"),
    ]
    assert counts(import_contacts(inge, path, asked=Asked(renumber=True))) == (0, 0, 2, 0)
    assert counts(import_contacts(inge, path)) == (0, 0, 2, 0)


def test_overwrite_takes_what_the_file_says(inge: Session, tmp_path: Path) -> None:
    path = file_of(tmp_path, HEADING, "10037;Toft El ApS;;76303030;;Vejle")

    report = import_contacts(inge, path, asked=Asked(overwrite=True))

    assert counts(report) == (0, 1, 0, 0)
    assert stored(inge, "number", "name", "phone") == [(10037, "Toft El ApS", "76303030")]
    assert ("name", "Inge Højgaard", "Toft El ApS") in [
        (change.field, change.old, change.new) for change in report.changes
    ]


def test_ids_of_two_programs_that_are_alike_do_not_make_two_people_one(shop: Session, tmp_path: Path) -> None:
    import_contacts(shop, file_of(tmp_path, "id,first_name,last_name,email", "1,Bo,Holm,bo@example.dk"))
    report = import_contacts(shop, file_of(tmp_path, "Customer ID,Name,Email", "K-1,Ida Lind,ida@example.dk"))
    again = import_contacts(shop, file_of(tmp_path, "Record ID,Name,Email", "1,Per Toft,per@example.dk"))

    assert (counts(report)[0], len(again.bad)) == (1, 1)
    assert "Bo Holm" in str(again.bad[0].reason)
    assert stored(shop, "name", "external_key") == [("Bo Holm", "1"), ("Ida Lind", "K-1")]


@pytest.mark.parametrize(
    "header_and_lines",
    [
        ("Kundenr;Firma;Navn;Telefon;E-mail", "20001;;Ida Toft;76303031;ida@toft.example"),
        ("Kundenr;Firma;Kontaktperson;Telefon;E-mail", "20001;Toft;Ida Toft;76303030;"),
        ("Firma;Kontaktperson;Telefon;E-mail", "Toft El ApS;Ida Toft;76303031;ida@toft.example"),
        ("Company,First name,Last name,Phone,Email", "Toft El ApS,Ida,Toft,76303031,ida@toft.example"),
    ],
)
def test_a_line_with_a_person_adds_the_person_and_never_renames_the_company(
    shop: Session, tmp_path: Path, header_and_lines: tuple[str, str]
) -> None:
    known = file_of(
        tmp_path, "Kundenr;Firma;CVR;Telefon;E-mail", "20001;Toft El ApS;32991430;76303030;kontor@toft.example"
    )
    import_contacts(shop, known)
    before = stored(shop, "number", "name", "phone", "email", "is_company")
    path = file_of(tmp_path, *header_and_lines)

    assert counts(import_contacts(shop, path)) == (0, 1, 0, 0)
    assert stored(shop, "number", "name", "phone", "email", "is_company") == before
    assert [row[:2] for row in persons(shop)] == [("Toft El ApS", "Ida Toft")]
    assert counts(import_contacts(shop, path)) == (0, 0, 1, 0)


def test_each_person_of_a_list_of_persons_keeps_phone_and_e_mail(shop: Session, tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        "Company,First name,Last name,Phone,Email",
        "Toft El ApS,Per,Toft,76303030,per@toft.example",
        "Toft El ApS,Ida,Toft,76303031,ida@toft.example",
        ",Bo,Holm,75123456,bo@example.dk",
    )

    assert counts(import_contacts(shop, path)) == (2, 1, 0, 0)
    assert persons(shop) == [
        ("Toft El ApS", "Per Toft", "76303030", "per@toft.example"),
        ("Toft El ApS", "Ida Toft", "76303031", "ida@toft.example"),
    ]
    assert counts(import_contacts(shop, path)) == (0, 0, 3, 0)


@pytest.mark.parametrize("number", ["174122334", "20112233", "7412233"])
def test_a_long_number_stays_and_the_series_does_not_jump(shop: Session, tmp_path: Path, number: str) -> None:
    import_contacts(shop, file_of(tmp_path, "Kundenr;Navn", f"{number};Holm", ";Lind"))

    assert stored(shop, "number", "name") == [(10_001, "Lind"), (int(number), "Holm")]
    assert contacts.create(shop, contacts.NewContact("Næste")).number == 10_002
    assert list(findings(shop.store)) == []


@pytest.mark.parametrize("number", ["K-0012", "5790001234567890", "99999999999999999999999", "a1b2", "-5"])
def test_a_number_of_another_program_costs_no_line(shop: Session, tmp_path: Path, number: str) -> None:
    report = import_contacts(shop, file_of(tmp_path, "Kundenr;Navn", f"{number};Holm"))

    assert (counts(report), len(report.remarks)) == ((1, 0, 0, 0), 1)
    assert stored(shop, "number", "external_key") == [(10_001, number)]


def codes(shop: Session) -> list[str]:
    return [row[0] for row in shop.store.sql("SELECT code FROM product WHERE unit = 'x' ORDER BY id")]


def test_codes_that_differ_in_their_punctuation_are_two_products(shop: Session, tmp_path: Path) -> None:
    first = file_of(tmp_path, "Varenr;Navn;Enhed;Pris", "KABEL-1.5;Kabel 1,5 m;x;10", "KABEL-15;Kabel 15 m;x;40")
    assert counts(import_products(shop, first)) == (2, 0, 0, 0)
    assert counts(import_products(shop, first)) == (0, 0, 2, 0)

    later = file_of(tmp_path, "Varenr;Navn;Enhed;Pris", "KABEL-2.5;Kabel 2,5 m;x;10")
    import_products(shop, later)
    assert (
        counts(import_products(shop, file_of(tmp_path, "Varenr;Navn;Enhed;Pris", "KABEL-25;Kabel 25 m;x;60")))[0] == 1
    )
    assert codes(shop) == ["KABEL-1.5", "KABEL-15", "KABEL-2.5", "KABEL-25"]


@pytest.mark.parametrize("code", ["kabel-1.5", "KABEL 1.5", "KABEL1.5", "Kabel-1.5 "])
def test_the_same_code_in_other_letters_and_spaces_is_the_same_product(
    shop: Session, tmp_path: Path, code: str
) -> None:
    import_products(shop, file_of(tmp_path, "Varenr;Navn;Enhed;Pris", "KABEL-1.5;Kabel;x;10"))

    assert counts(import_products(shop, file_of(tmp_path, "Varenr;Pris", f"{code};12")))[1] == 1
    assert codes(shop) == ["KABEL-1.5"]
