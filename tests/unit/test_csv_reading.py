"""A shop's CSV: read in whatever form it comes, line by line, with every bad line named and no good one lost."""

from __future__ import annotations

import csv
import io
import tempfile
import tracemalloc
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from svc_tui.domain.errors import Invalid
from svc_tui.domain.transfer.csv_columns import CONTACT_COLUMNS, PRODUCT_COLUMNS, Columns
from svc_tui.domain.transfer.csv_reading import CsvForm, map_columns, read_header, read_rows, sniff_file

Read = list[tuple[int, dict[str, str] | Invalid]]


def sniff(data: bytes) -> CsvForm:
    """The form of a file with this in it."""
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return sniff_file(Path(file.name))


def read(data: bytes) -> Read:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list.csv")
        path.write_bytes(data)
        return list(read_rows(path, sniff_file(path)))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return [row for _, row in read(data) if isinstance(row, dict)]


def refusals_of(data: bytes) -> list[tuple[int, str]]:
    return [(line, str(row)) for line, row in read(data) if isinstance(row, Invalid)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_the_usual_forms_are_recognised(encoding: str, delimiter: str, line_end: str) -> None:
    lines = ["Navn;By", "Sørens TV;Århus", "Müller;Øksendrup"]
    data = line_end.join(lines).replace(";", delimiter).encode(encoding)
    assert sniff(data).delimiter == delimiter
    assert rows_of(data) == [{"Navn": "Sørens TV", "By": "Århus"}, {"Navn": "Müller", "By": "Øksendrup"}]


cell = st.text(st.sampled_from("aBøÅé 1,;\t\"'.=\n-"), max_size=8).map(str.strip)


def holds_a_line(row: tuple[str, str, str], delimiter: str) -> bool:
    """Whether it may as well be a whole line of another file that was saved as one value."""
    return row[0].count(delimiter) == 2 and row[0] != delimiter * 2 and not any(row[1:])


@given(
    st.lists(st.tuples(cell, cell, cell).filter(any), max_size=12),
    st.sampled_from(["utf-8", "utf-8-sig", "windows-1252", "utf-16"]),
    st.sampled_from([";", ",", "\t"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\n", "\r\n"]),
)
@example([(";;", "", "")], "utf-8", ";", csv.QUOTE_MINIMAL, "\n")
def test_whatever_a_csv_writer_writes_is_read_back(
    rows: list[tuple[str, str, str]], encoding: str, delimiter: str, quoting: int, line_end: str
) -> None:
    assume(not any(holds_a_line(row, delimiter) for row in rows))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=line_end)  # type: ignore[arg-type]  # typeshed wants a literal
    writer.writerows([("Navn", "Adresse", "Notat"), *rows])
    assert [tuple(row.values()) for row in rows_of(text.getvalue().encode(encoding))] == rows


@given(st.binary(max_size=400) | st.text(st.sampled_from('a;,"\n\r\t 1.æ\0'), max_size=80).map(str.encode))
def test_no_file_makes_it_stumble(data: bytes) -> None:
    try:
        read(data)
    except Invalid as refusal:
        sentence = refusal.sentence()
    else:
        return
    assert sentence.endswith(".")


def test_line_numbers_are_those_of_the_file() -> None:
    data = b'Navn;Notat\r\n\r\nA;"one\r\ntwo\r\nthree"\r\n\r\nB;x\r\nC;"y"\r\n'
    assert [(line, row["Navn"]) for line, row in read(data) if isinstance(row, dict)] == [(3, "A"), (7, "B"), (8, "C")]
    assert rows_of(data)[0]["Notat"] == "one\r\ntwo\r\nthree"


def test_a_quote_that_is_never_closed_costs_one_line() -> None:
    lines = ["Navn;Adresse", *(f'Kunde {n};"Vej {n}"' for n in range(2, 2000))]
    lines[499] = 'Kunde 500;"Vej 500'
    data = "\n".join(lines).encode()
    assert [line for line, _ in refusals_of(data)] == [500]
    assert len(rows_of(data)) == 1997


def test_bad_lines_are_reported_with_their_number_and_the_remedy() -> None:
    data = b'Navn;By\nA;B\n"15" TV";x\nA;B;C\nA;B;;\nlast;"open\n'
    assert [line for line, _ in read(data)] == [2, 3, 4, 5, 6]
    (quotes, too_many, open_quote) = refusals_of(data)
    assert quotes[0] == 3
    assert "quote" in quotes[1]
    assert too_many == (4, "This line has 3 values, but the heading has 2. Put quotes around values that contain “;”.")
    assert open_quote[0] == 6


def test_an_inch_sign_inside_a_value_is_no_quote() -> None:
    assert rows_of(b'Navn;Pris\nSamsung 55" TV;129,00\n') == [{"Navn": 'Samsung 55" TV', "Pris": "129,00"}]


def test_short_lines_as_excel_writes_them_are_filled_up() -> None:
    assert rows_of(b"Navn;By;Notat\nA\nB;x\n") == [
        {"Navn": "A", "By": "", "Notat": ""},
        {"Navn": "B", "By": "x", "Notat": ""},
    ]


def test_columns_of_the_same_name_are_kept_apart_and_nameless_ones_left_out() -> None:
    assert rows_of(b"Navn;Telefon;Telefon;\nA;1;2;x\n") == [{"Navn": "A", "Telefon": "1", "Telefon 2": "2"}]


def test_the_hint_excel_writes_names_the_delimiter_and_counts_as_a_line() -> None:
    data = b"sep=|\nNavn|By\nA|B;C,D\n"
    assert sniff(data).delimiter == "|"
    assert read(data) == [(3, {"Navn": "A", "By": "B;C,D"})]


def test_a_line_without_end_is_refused_and_the_next_one_read() -> None:
    data = b"Navn;By\n" + b"x" * 3_000_000 + b"\nA;B\n"
    assert [line for line, _ in refusals_of(data)] == [2]
    assert rows_of(data) == [{"Navn": "A", "By": "B"}]


@pytest.mark.parametrize(
    ("lines", "comma"),
    [
        (["Varenr;Pris", "10.25;129,00", "11.25;1.234,50"], True),
        (["Varenr;Pris", "10,25;129.00", "11,25;1,234.50"], False),
        (["Varenr;Pris", "1;1.234", "2;1.234.567"], True),
        (["Varenr;Pris", "1;0.360", "2;1.500"], False),
        (["Varenr;Pris", "1;129", "2;5"], True),
        (["Varenr;Pris", "1;kr. 129,50", "2;1 234,00 kr"], True),
        (["Code\tPrice", "1\t1,234.00", "2\t12.5"], False),
        (["Code,Price", "1,129", "2,5"], False),
    ],
)
def test_the_decimal_mark_is_found_in_the_values(lines: list[str], comma: bool) -> None:
    form = sniff("\n".join(lines).encode())
    assert form.decimal_comma is comma


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["1.2.2024", "24.11.2024"], "dmy"),
        (["1/2/2024", "11/24/2024 10:00"], "mdy"),
        (["2024-11-24", "2024-01-02T09:00"], "ymd"),
        (["1.2.2024"], "dmy"),
    ],
)
def test_the_order_of_dates_is_found_in_the_values(dates: list[str], order: str) -> None:
    assert sniff("\n".join(["Navn;Oprettet", *(f"A;{date}" for date in dates)]).encode()).date_order == order


def test_a_long_file_takes_no_memory_to_speak_of(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    with path.open("w", encoding="windows-1252") as file:
        file.write("Navn;Adresse;Pris\n")
        file.writelines(f'Sørensen {n};"Vej {n}, 2. th";{n},50\n' for n in range(30_000))
    tracemalloc.start()
    form = sniff_file(path)
    count = sum(1 for _ in read_rows(path, form))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert form == CsvForm("windows-1252", ";", True, "dmy")
    assert count == 30_000
    assert peak < 6_000_000  # kept, the rows would take 20 MB


MAMUT_PRODUCT = (
    b"GBAP15;131-11068;Zenerdiode 0,5W;1stk;0.000;0.000;0.3600;0.7200;353;33;0;0.3600;300-30;50.000;4;354;;\r\n"
)


def test_mamuts_product_format_is_read_without_a_heading(tmp_path: Path) -> None:
    path = tmp_path / "mamut.txt"
    path.write_bytes(MAMUT_PRODUCT * 2)
    form = sniff_file(path)
    columns = map_columns(read_header(path, form), PRODUCT_COLUMNS)
    (first, row), _ = read_rows(path, form)
    assert isinstance(row, dict)
    assert (first, form.decimal_comma) == (1, False)
    assert {field: row[column] for field, column in columns.items()} == {
        "code": "131-11068",
        "name": "Zenerdiode 0,5W",
        "unit": "1stk",
        "price": "0.7200",
        "cost": "0.3600",
        "purchase_price": "0.3600",
        "ean": "",
        "supplier_code": "300-30",
        "stock": "50.000",
        "product_group": "33",
    }


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"", "Choose a file"),
        (b"\n \n", "Choose a file"),
        (b"PK\x03\x04rest", "Save it as CSV"),
        (b'<?xml version="1.0"?>\n<GBACX10>', "no XML that can be read"),
        (b"<list></list>", "holds no list"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x><y><a>1</a><b>2</b></y></x>', "document type"),
        (b"GBAC20;10001;Jensen;\n", "Put a line with the column names"),
        (b'"Navn;By\nA;B\n', "Check the quotes"),
    ],
)
def test_what_is_no_csv_is_refused_with_the_remedy(data: bytes, remedy: str) -> None:
    with pytest.raises(Invalid, match=remedy):
        sniff(data)


@pytest.mark.parametrize(
    ("header", "mapped"),
    [
        (
            "Kundenr;Navn;CVR-nr.;Kunde;Leverandør;Adresse;Postnr.;By;Land;Telefon;Mobil;E-mail;Bemærkninger",
            "number name vat_number is_customer is_supplier address post_code city country phone mobile email note",
        ),
        (
            "Kundenummer;Bedriftsnavn;Org.nr;Adresse;Postnummer;Poststed;Tlf;Mobiltelefon;E-post;Fornavn;Etternavn",
            "number name vat_number address post_code city phone mobile email person_first_name person_last_name",
        ),
        (
            "Kundnr;Företag;Organisationsnummer;Adress;Postnummer;Ort;Telefon;E-post;Kontaktperson;Anteckning",
            "number name vat_number address post_code city phone email person_name note",
        ),
        (
            "Customer no.;Name;VAT number;Address;Post code;City;Country;Phone;Email;"
            "Contact person, first name;Contact person, surname",
            "number name vat_number address post_code city country phone email person_first_name person_last_name",
        ),
        (
            "CONTID;CONTNAME;STREET;ZIPCODE;CITY;CPERSFIRSTNAME;CPERSLASTNAME;PHONE1;EMAIL;CPERSPHONE;CPERSMAIL",
            "number name address post_code city person_first_name person_last_name "
            "phone email person_phone person_email",
        ),
        ("Firma;Navn;Telefon", "name person_name phone"),
        ("Kunde;Telefon", "name phone"),
    ],
)
def test_columns_of_contacts_are_found_by_their_usual_names(header: str, mapped: str) -> None:
    assert map_columns(header.split(";"), CONTACT_COLUMNS) == dict(zip(mapped.split(), header.split(";"), strict=True))


@pytest.mark.parametrize(
    ("header", "mapped"),
    [
        (
            "Varenummer;Varenavn;Enhed;Salgspris (ekskl. moms);Kostpris;Moms %;EAN;"
            "Leverandør;Leverandørens varenr.;Lager;Varegruppe;Type",
            "code name unit price cost vat_rate ean supplier supplier_code stock product_group kind",
        ),
        (
            "Produktnummer;Beskrivelse/navn;Pakkeenhet;Kostpris (eks.mva.);Salgspris (eks.mva.);"
            "Utgående mva.;Lagerbeholdning;EAN kode",
            "code name unit cost price stock ean",
        ),
        ("Artikelnr;Benämning;Enhet;Försäljningspris;Inpris;Lagersaldo", "code name unit price purchase_price stock"),
        (
            "SKU;Product name;Unit;Price;Cost price;VAT rate;Barcode;Stock",
            "code name unit price cost vat_rate ean stock",
        ),
    ],
)
def test_columns_of_products_are_found_by_their_usual_names(header: str, mapped: str) -> None:
    names = [name for name in header.split(";") if name != "Utgående mva."]
    assert map_columns(header.split(";"), PRODUCT_COLUMNS) == dict(zip(mapped.split(), names, strict=True))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Pris (inkl. moms)", "price_with_vat"),
        ("Price incl. VAT", "price_with_vat"),
        ("Salgspris inkl. mva", "price_with_vat"),
        ("Utpris inkl. moms", "price_with_vat"),
        ("Kostpris inkl. moms", "cost_with_vat"),
        ("Salgspris ekskl. moms", "price"),
        ("Salgspris eks. mva", "price"),
        ("Försäljningspris exkl. moms", "price"),
        ("Pris uden moms", "price"),
        ("Sales price excl. VAT", "price"),
    ],
)
def test_what_a_heading_says_of_vat_is_heeded(heading: str, field: str) -> None:
    assert map_columns(["Varenr", heading], PRODUCT_COLUMNS) == {"code": "Varenr", field: heading}


@pytest.mark.parametrize("columns", [CONTACT_COLUMNS, PRODUCT_COLUMNS])
def test_every_name_in_the_tables_is_found_alone(columns: Columns) -> None:
    for names in columns.values():
        for name in names:
            assert list(map_columns([name], columns).values()) == [name]
