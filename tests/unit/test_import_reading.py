"""What a foreign file is made of: its letters, its numbers, its damaged cells, the meaning of its columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.errors import Invalid
from svc_tui.domain.records import LineKind
from svc_tui.domain.transfer.csv_columns import (
    CONTACT_COLUMNS,
    PRODUCT_COLUMNS,
    map_columns,
    nearest,
    sources,
    wanted_columns,
)
from svc_tui.domain.transfer.csv_reading import Notes, read_rows, sniff_file
from svc_tui.domain.transfer.file_encoding import encoded_once
from svc_tui.domain.transfer.file_numbers import amount, quantity, vat_rate, without_vat
from svc_tui.domain.transfer.imports import ContactLine, kind_of, read_line
from svc_tui.domain.transfer.row_reading import RowReader
from svc_tui.domain.transfer.spreadsheet import bar_code, code_of, mended

PEOPLE = ("Bodil Kærsgaard", "Åse Øllgård", "Björn Sjöström", "Märta Åkesson", "Zoë Müller", "René Ærø")


def names_in(folder: Path, data: bytes, encoding: str = "") -> list[str]:
    path = folder / "list.csv"
    path.write_bytes(data)
    rows = read_rows(path, sniff_file(path, encoding))
    return [str(row) if isinstance(row, Invalid) else row["Navn"] for _, row in rows]


# -- letters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "windows-1252", "cp850", "mac-roman"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_name_is_read_in_whatever_letters_it_was_written(
    tmp_path: Path, name: str, encoding: str, line_end: str
) -> None:
    data = line_end.join(["Nr;Navn;By", f"1;{name};Vejle", "2;Bo;Ærø", ""]).encode(encoding)

    assert names_in(tmp_path, data) == [name, "Bo"]


def test_each_line_is_read_as_what_it_is_and_the_odd_ones_are_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    lines = ["Navn;By", "Kærsgaard;Kolding", "Øllgård;Århus", "Bo;Vejle"]
    path.write_bytes("\n".join(lines).encode() + "\nJørgen;Ærø\nSøren;Køge\n".encode("windows-1252"))
    notes = Notes()

    names = [row["Navn"] for _, row in read_rows(path, sniff_file(path), notes) if isinstance(row, dict)]

    assert names == ["Kærsgaard", "Øllgård", "Bo", "Jørgen", "Søren"]
    assert (notes.old, notes.first_old) == (2, 5)


def test_a_letter_that_cannot_be_read_refuses_its_line(tmp_path: Path) -> None:
    lost = "Navn;By\nJ\ufffdrgen;Vejle\nBo;Vejle\n".encode()
    undefined = b"Navn;By\nK\xe6r\x81;Vejle\nB\xf8;Vejle\nS\xf8ren;\xc5rhus\n"

    assert ["cannot be read" in name for name in names_in(tmp_path, lost)] == [True, False]
    assert ["cannot be read" in name for name in names_in(tmp_path, undefined)] == [True, False, False]


def test_a_line_of_utf_8_in_an_older_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Navn;By\nJørgen;Ærø\nSøren;Køge\n".encode("windows-1252") + "Åse;Århus\n".encode())
    notes = Notes()

    names = [row["Navn"] for _, row in read_rows(path, sniff_file(path), notes) if isinstance(row, dict)]

    assert names == ["Jørgen", "Søren", "Åse"]
    assert (notes.new, notes.first_new, notes.old) == (1, 4, 0)


@pytest.mark.parametrize("old", ["windows-1252", "cp850", "mac-roman"])
def test_a_line_put_together_of_two_encodings_keeps_its_letters(tmp_path: Path, old: str) -> None:
    """A cell pasted from a web shop into a line of the old list; how many lines are of which kind is no matter."""
    mixed = "1;Søren ".encode(old) + "Kærgård;Århus\n".encode() + "2;Åse – “Bo”;".encode() + "Køge\n".encode(old)
    pure_old = "3;Jørgen Ærø;Ålborg\n".encode(old)
    pure_new = "4;Bjørn;Næstved\n".encode()

    for data in (mixed, mixed + pure_old * 3, mixed + pure_new * 3, pure_old + mixed + pure_new):
        names = names_in(tmp_path, b"Nr;Navn;By\n" + data)
        assert {"Søren Kærgård", "Åse – “Bo”"} <= set(names) <= {"Søren Kærgård", "Åse – “Bo”", "Jørgen Ærø", "Bjørn"}


def test_the_user_may_say_the_encoding(tmp_path: Path) -> None:
    data = "Navn;By\nJürgen;Vejle\n".encode("cp850")

    assert names_in(tmp_path, data, "cp850") == ["Jürgen"]
    assert names_in(tmp_path, data, "windows-1252") != ["Jürgen"]
    with pytest.raises(Invalid, match="no encoding"):
        names_in(tmp_path, data, "klingon")


@given(st.text(st.sampled_from("abcæøåÆØÅéü –’“€½"), max_size=20))
def test_what_was_encoded_twice_is_put_right_and_the_rest_stays(text: str) -> None:
    assert encoded_once(text) == text
    twice = text.encode().decode("windows-1252", "surrogateescape")
    if not any("\udc80" <= letter <= "\udcff" for letter in twice):
        assert encoded_once(twice) == text


# -- numbers and cells -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "comma", "minor"),
    [
        ("1.234,50", True, 123450),
        ("1,234.50", False, 123450),
        ("kr. 99,-", True, 9900),
        ("DKK 1 299,00", True, 129900),
        ("1\u00a0234,50 kr", True, 123450),
        ("1'234.50", False, 123450),
        ("(12,50)", True, -1250),
        ("12,50-", True, -1250),
        ("- kr. 5", True, -500),
        ("€ 12,50", True, 1250),
        ("$19.99", False, 1999),
        ("12,3456", True, 1235),
        ("0,005", True, 1),
        ("1.299", True, 129900),
        ("1299.00", True, 129900),
        ("1.500", False, 150),
        (".5", False, 50),
    ],
)
def test_prices_are_read_as_shops_write_them(text: str, comma: bool, minor: int) -> None:
    assert amount(text, comma=comma, field="price") == minor


@pytest.mark.parametrize("text", ["billig", "1e5", "12,5,5", "--5", "9" * 61, "99999999999999"])
def test_what_is_no_price_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        amount(text, comma=True, field="price")


def test_stock_may_be_a_word_for_none() -> None:
    assert quantity("ikke på lager", comma=True, field="stock") == 0
    assert quantity("0,3333", comma=True, field="stock") == 333


@pytest.mark.parametrize(
    ("text", "rate"),
    [("25 %", 2500), ("25,00", 2500), ("0,25", 2500), ("momsfri", 0), ("15% GST on Income", 1500), ("12,5", 1250)],
)
def test_vat_rates_are_read_as_programs_write_them(text: str, rate: int) -> None:
    assert vat_rate(text, comma=True, field="vat_rate") == rate


def test_a_price_without_its_vat() -> None:
    assert [without_vat(gross, 2500) for gross in (12500, 124900, -12500, 1)] == [10000, 99920, -10000, 1]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ('="5701234567899"', "5701234567899"),
        ("'5701234567899", "5701234567899"),
        ("5701234567899.0", "5701234567899"),
        ("5,701234567899E+12", "5701234567899"),
        ("00123", "00123"),
        ("-", ""),
        ("'68 Bar", "'68 Bar"),
    ],
)
def test_what_a_spreadsheet_did_to_a_code_is_put_right(cell: str, code: str) -> None:
    assert code_of(mended(cell, "ean"), "ean") == code


@pytest.mark.parametrize("cell", ["5,70123E+12", "5.70123E+12", "1,00E+05", "#REF!", "#I/T", "#DIVISION/0!", "####"])
def test_what_a_spreadsheet_lost_is_refused(cell: str) -> None:
    with pytest.raises(Invalid):
        code_of(mended(cell, "ean"), "ean")


def test_a_bar_code_gets_its_noughts_back_where_the_check_digit_agrees() -> None:
    assert bar_code("12345678905") == "0012345678905"
    assert bar_code("12345678901") == "12345678901"
    assert bar_code("0") == ""


# -- columns -------------------------------------------------------------------------------------------------------


def values_of(header: str, row: str) -> dict[str, str]:
    names = tuple(header.split(";"))
    reader = RowReader(names, sources(names, CONTACT_COLUMNS))
    return reader.values(dict(zip(names, row.split(";"), strict=True)))


def test_a_person_is_reached_at_home_and_a_company_at_work() -> None:
    header = "Firma;Fornavn;Telefon (arbejde);Telefon (privat);By (arbejde);By (privat);Postnummer (privat)"

    person = values_of(header, ";Bo;11111111;22222222;Vejle;Kolding;6000")
    company = values_of(header, "Toft;Bo;11111111;22222222;Vejle;Kolding;6000")

    assert (person["phone"], person["city"], person["post_code"]) == ("22222222", "Kolding", "6000")
    assert (company["phone"], company["city"], company.get("post_code")) == ("11111111", "Vejle", None)


def test_what_is_not_read_is_counted() -> None:
    names = ("Navn", "E-mail", "E-mail 2", "Farve")
    reader = RowReader(names, sources(names, CONTACT_COLUMNS))
    for row in (("A", "a@x.dk", "b@x.dk", "blå"), ("B", "", "c@x.dk", ""), ("C", "", "", "rød")):
        reader.values(dict(zip(names, row, strict=True)))

    assert [(entry.column, entry.values) for entry in reader.unread] == [("Farve", 2), ("E-mail 2", 1)]


def test_headings_that_share_a_beginning_are_known_by_their_rest() -> None:
    header = ["pcid", "pcname", "pcphone", "pcemail", "pcaddress", "pczip", "pccity", "prefcontact"]

    found = map_columns(header, CONTACT_COLUMNS)

    assert {found[name] for name in ("name", "phone", "email", "address", "post_code", "city")} == set(header[1:7])


def test_the_user_settles_what_is_not_known() -> None:
    header = ("Farve", "Navn", "Nr")

    assert wanted_columns(["farve=note", "Nr="], header, CONTACT_COLUMNS) == {"Farve": "note", "Nr": ""}
    found = sources(header, CONTACT_COLUMNS, {"Farve": "note", "Nr": ""})
    assert {name: entries[0].column for name, entries in found.items()} == {"note": "Farve", "name": "Navn"}
    for pairs in (["Farve"], ["Farve=colour"], ["Lugt=note"]):
        with pytest.raises(Invalid):
            wanted_columns(pairs, header, CONTACT_COLUMNS)


def test_the_nearest_known_name_is_proposed() -> None:
    assert nearest("Telefonnummber", CONTACT_COLUMNS) == ("Telefonnummer", "phone")
    assert nearest("Salgspriss", PRODUCT_COLUMNS) == ("Salgspris", "price")
    assert nearest("Qwerty", PRODUCT_COLUMNS) is None


def test_headings_that_are_alike_stay_apart_and_a_repeated_heading_is_no_row(tmp_path: Path) -> None:
    path, heading, notes = tmp_path / "list.csv", "Navn;Telefon;Telefon;Telefon", Notes()
    path.write_text(f"{heading}\nBo;11;22;33\n{heading}\nIb;44;;\n", "utf-8")

    rows = [row for _, row in read_rows(path, sniff_file(path), notes) if isinstance(row, dict)]

    assert rows[0] == {"Navn": "Bo", "Telefon": "11", "Telefon 2": "22", "Telefon 3": "33"}
    assert ([row["Navn"] for row in rows], notes.headings) == (["Bo", "Ib"], 1)


@pytest.mark.parametrize("name", [*PEOPLE, "Ørsted – “Š Œ” 5€…", "Ñandú Ærøskøbing ØÅ"])
@pytest.mark.parametrize("wrong", ["windows-1252", "latin-1", "windows-1252 latin-1", "latin-1 windows-1252"])
def test_letters_that_went_wrong_once_or_twice_come_back(tmp_path: Path, name: str, wrong: str) -> None:
    text = f"1;{name};Vejle"
    for encoding in wrong.split():
        data = text.encode()
        if encoding == "windows-1252" and set(data) & {0x81, 0x8D, 0x8F, 0x90, 0x9D}:
            return  # Windows-1252 has no such letters: no program could save them
        text = data.decode(encoding)

    assert names_in(tmp_path, f"Nr;Navn;By\n{text}\n".encode()) == [name]


@pytest.mark.parametrize("text", ["Ångström", "crêpe â la", "São Tomé", "Ë´s", "Åland–x", "Ä€", "Â", "år–Ærø"])
def test_letters_that_are_right_stay(tmp_path: Path, text: str) -> None:
    assert names_in(tmp_path, f"Nr;Navn;By\n1;{text};x\n".encode()) == [text]


def test_a_file_saved_twice_is_taken_apart_and_told(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b'Nr,Navn,By\n"1,""Hansen, Bo"",Vejle"\n2,Ida,Ribe\n"3; Note, alene"\n')
    notes = Notes()

    rows = list(read_rows(path, sniff_file(path), notes))

    assert rows[:2] == [
        (2, {"Nr": "1", "Navn": "Hansen, Bo", "By": "Vejle"}),
        (3, {"Nr": "2", "Navn": "Ida", "By": "Ribe"}),
    ]
    assert rows[2][1] == {"Nr": "3; Note, alene", "Navn": "", "By": ""}  # it has not the values of a row
    assert (notes.wrapped, notes.first_wrapped) == (1, 2)


@pytest.mark.parametrize("blank_at", [100, 119, 120])
def test_a_text_is_measured_whole_wherever_its_blanks_stand(blank_at: int) -> None:
    """The limit falls on a blank: what is behind it may not be lost unsaid."""
    text = "x" * blank_at + " " + "y" * 200

    with pytest.raises(Invalid, match="longer than 120"):
        read_line(ContactLine, {"name": text})
    assert read_line(ContactLine, {"name": "  " + "x" * 120 + "   "}).name == "x" * 120


@pytest.mark.parametrize("word", ["Tjänst", "tjänst", "Tjeneste", "Ydelse", "Service", "Arbete"])
def test_hours_are_known_in_the_languages_of_the_shops(word: str) -> None:
    assert kind_of(word) == LineKind.HOURS


@pytest.mark.parametrize("data", [b'[{"name":"x"', b'{"name":"x"\n', b'[{"name":"x"},\n{"na'])
def test_json_that_was_cut_off_is_told_as_that(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(data)

    with pytest.raises(Invalid, match="begins like JSON"):
        sniff_file(path)


def test_every_row_of_a_json_list_has_every_column(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(b'[{"name": "Bo"}, {"number": 7, "name": "Ida"}]')

    rows = [row for _, row in read_rows(path, sniff_file(path))]

    assert rows == [{"name": "Bo", "number": ""}, {"name": "Ida", "number": "7"}]


def test_what_a_card_holds_beyond_our_fields_stands_in_columns_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "cards.vcf"
    path.write_bytes(
        b"BEGIN:VCARD\nFN:Bo\nTEL;CELL:1234567\nTEL;CELL:7654321\nTEL;CELL:1234567\nURL:https://x.example\n"
        b'ADR;TYPE=home;LABEL="Vej 1: st.":;;Vej 1;Vejle;;7100;\nX-A:1\nEND:VCARD\n'
    )
    row = next(row for _, row in read_rows(path, sniff_file(path)))

    assert isinstance(row, dict)
    assert (row["Mobile"], row["vCard TEL"], row["vCard URL"]) == ("1234567", "7654321", "https://x.example")
    assert (row["Address"], row["City"]) == ("Vej 1", "Vejle")
    assert not [name for name in row if "X-" in name]


def test_a_company_in_an_address_goes_before_the_name_of_a_person() -> None:
    mapped = map_columns(["display_name", "first_name", "billing_company", "billing_phone"], CONTACT_COLUMNS)

    assert mapped["name"] == "billing_company"
    assert mapped["person_name"] == "display_name"
    assert map_columns(["Kundenavn", "billing_company"], CONTACT_COLUMNS)["name"] == "Kundenavn"


def test_phones_with_their_kind_beside_them_are_known_as_read() -> None:
    header = ["Navn", "Phone 1 - Label", "Phone 1 - Value", "Phone 2 - Type", "Phone 2 - Value"]
    reader = RowReader(header, sources(header, CONTACT_COLUMNS))

    found = reader.values(dict(zip(header, ("Bo", "Mobile", "20112233", "Home", "75123456"), strict=True)))

    assert reader.typed == {"Phone 1 - Value", "Phone 2 - Value"}
    assert (found["mobile"], found["phone"], reader.unread) == ("20112233", "75123456", [])
