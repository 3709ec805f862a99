"""Imports: which line is which row, what a bad line costs, and that a second run changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

from svc_tui.commandline import importing
from svc_tui.db.upkeep.integrity import findings
from svc_tui.domain.errors import Invalid, NotAllowed
from svc_tui.services.core.session import Session
from svc_tui.services.people import contacts
from svc_tui.services.stock import products
from svc_tui.services.transfer.import_contacts import import_contacts
from svc_tui.services.transfer.import_products import import_products
from svc_tui.services.transfer.imports import BATCH, Asked, Report


def file_of(folder: Path, *lines: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, len(report.bad)


def stored(shop: Session, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in shop.store.sql(f"SELECT {', '.join(fields)} FROM contact ORDER BY number")]


def change_sets(shop: Session) -> list[tuple[str, int]]:
    return [(row[0], row[1]) for row in shop.store.sql("SELECT act, rows FROM change_set ORDER BY id")][1:]


# -- contacts --------------------------------------------------------------------------------------------------


def test_contacts_are_read_with_their_numbers_and_the_series_goes_on_above_them(shop: Session, tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        "Kundenummer;Navn;CVR-nr;Adresse;Postnr;By;Telefon;E-mail",
        "10400;Jensen & Søn ApS;DK 12345678;Vestergade 1;8000;Aarhus C;86 12 34 56;post@jensen.example",
        ";Åse Holm;;;;;20304050;",
    )

    assert counts(import_contacts(shop, path)) == (2, 0, 0, 0)
    assert stored(shop, "number", "name", "name_key", "version") == [
        (10400, "Jensen & Søn ApS", "jensen & soen aps", 1),
        (10401, "Åse Holm", "aase holm", 1),
    ]
    assert [found.number for found in contacts.search(shop, "86123456")] == [10400]
    assert contacts.create(shop, contacts.NewContact("Næste")).number == 10402
    assert list(findings(shop.store)) == []


def test_a_second_run_changes_nothing(shop: Session, tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        "Kundenr;Ekstern nøgle;Firma;CVR;Adresse;Telefon;Mail;Kontaktperson;Kontaktperson, telefon",
        "20001;;Nordlys A/S;DK32991430;Violvej 1;;;Per Lind;30303030",
        ";K-7;Kompas ApS;;;;;;",
        ";;Uden noget;;;;;;",
        ";;Jens Hansen;;Vej 1;;;;",
        ";;Jens Hansen;;Vej 2;;;;",
        ";;Jens Hansen;;;11223344;;;",
        ";;Kæden Aarhus;11112222;;;;;",
        ";;Kæden Odense;11112222;;;;;",
    )

    assert counts(import_contacts(shop, path)) == (8, 0, 0, 0)
    before = stored(shop, "number", "name", "address", "phone", "version")
    assert counts(import_contacts(shop, path)) == (0, 0, 8, 0)
    assert stored(shop, "number", "name", "address", "phone", "version") == before
    assert len(change_sets(shop)) == 1


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("Kundenr;Navn;By", "10001;Jensen Radio;Skive"),
        ("Navn;Telefon;By", "JENSEN  RADIO;+45 9752 0000;Skive"),
        ("Navn;E-mail;By", "Jensen Radio;POST@jensen.example;Skive"),
        ("Navn;CVR;By", "Jensen Radio & TV;DK 87654321;Skive"),
    ],
)
def test_a_known_contact_is_found_by_number_vat_number_or_name_and_phone(
    shop: Session, tmp_path: Path, header: str, line: str
) -> None:
    first = file_of(tmp_path, "Navn;Telefon;E-mail;CVR", "Jensen Radio;97520000;post@jensen.example;87654321")
    import_contacts(shop, first)

    assert counts(import_contacts(shop, file_of(tmp_path, header, line))) == (0, 1, 0, 0)
    assert stored(shop, "number", "city", "phone")[0][1] == "Skive"


def test_empty_cells_leave_what_is_stored_and_each_change_is_in_the_history(shop: Session, tmp_path: Path) -> None:
    import_contacts(shop, file_of(tmp_path, "Nr;Navn;By;Telefon", "10500;Holm;Skive;97520000"))
    report = import_contacts(shop, file_of(tmp_path, "Nr;Navn;By;Telefon", "10500;Holm;Viborg;"))

    assert counts(report) == (0, 1, 0, 0)
    assert stored(shop, "city", "phone", "version") == [("Viborg", "97520000", 2)]
    history = shop.store.sql("SELECT field, old, new FROM change WHERE table_name = 'contact' ORDER BY id")
    image = json.loads(history[0][2])
    assert (image["name"], image["number"], image["city"]) == ("Holm", 10500, "Skive")
    assert [tuple(row) for row in history[1:]] == [("city", '"Skive"', '"Viborg"')]
    assert [found.number for found in contacts.search(shop, "holm viborg")] == [10500]


def test_bad_lines_are_told_with_number_and_reason_and_the_others_are_kept(shop: Session, tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        "Kundenr;Navn;Er leverandør",
        "10001;God;nej",
        "=abc;#REF!;nej",
        ";;nej",
        "10002;Flag;måske",
        "1,00E+07;For kort;nej",
        f"10003;{'x' * 121};nej",
        "10001;Anden;nej",
        "10004;For;mange;kolonner",
        "10005;Også god;ja",
    )

    report = import_contacts(shop, path)

    assert [bad.line for bad in report.bad] == [3, 4, 5, 6, 7, 8, 9]
    told = {bad.line: str(bad.reason) for bad in report.bad}
    assert "#REF!" in told[3]
    assert "måske" in told[5]
    assert "1,00E+07" in told[6]
    assert "120" in told[7]
    assert "line 2" in told[8]
    assert [row[0] for row in stored(shop, "name")] == ["God", "Også god"]


def test_a_dry_run_counts_the_same_and_writes_nothing(shop: Session, tmp_path: Path) -> None:
    lines = [f"{20000 + n};Kunde {n};{n % 7}" for n in range(BATCH + 50)]
    path = file_of(tmp_path, "Kundenr;Navn;By", *lines, "20000;Kunde 0;0", "20001;Kunde 1;Andet", "20002;#REF!;")
    seen: list[tuple[int, int]] = []

    foretold = import_contacts(shop, path, dry_run=True, progress=lambda done, total: seen.append((done, total)))

    assert stored(shop, "id") == []
    assert change_sets(shop) == []
    assert counts(foretold) == (BATCH + 50, 0, 1, 2)
    assert counts(import_contacts(shop, path)) == counts(foretold)
    assert (seen[0], seen[-1]) == ((0, BATCH + 54), (1000, BATCH + 54))
    assert [rows for _, rows in change_sets(shop)] == [BATCH, 50]


def test_persons_and_suppliers(shop: Session, tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        "Leverandørnr;Leverandørnavn;Fornavn;Efternavn;Kontaktperson, e-mail",
        "50001;Dele A/S;Per;Lind;per@dele.example",
        "50001;Dele A/S;Ida;Holm;",
    )

    assert counts(import_contacts(shop, path)) == (1, 1, 0, 0)
    assert stored(shop, "name", "external_key", "is_supplier", "is_customer") == [("Dele A/S", "S50001", True, False)]
    assert [row[0] for row in shop.store.sql("SELECT name FROM contact_person ORDER BY id")] == ["Per Lind", "Ida Holm"]
    assert [found.name for found in contacts.search(shop, "ida holm")] == ["Dele A/S"]
    assert counts(import_contacts(shop, path)) == (0, 0, 2, 0)


def test_hostile_text_is_cleaned_where_it_enters(shop: Session, tmp_path: Path) -> None:
    import_contacts(shop, file_of(tmp_path, "Navn;Telefon", "Ond\x1b[31m \u202eeksE;'+45 86123456"))

    assert stored(shop, "name", "phone") == [("Ond eksE", "+45 86123456")]


def test_nobody_imports_without_the_right(shop: Session, tmp_path: Path) -> None:
    assert shop.employee is not None
    shop.employee = shop.employee._replace(role="technician")

    with pytest.raises(NotAllowed):
        import_contacts(shop, file_of(tmp_path, "Navn", "Jensen"))


def test_a_file_without_a_known_column_is_refused(shop: Session, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="Aaa, Bbb"):
        import_contacts(shop, file_of(tmp_path, "Aaa;Bbb", "1;2"))


# -- products --------------------------------------------------------------------------------------------------


def test_products_are_found_by_code_and_their_stock_is_only_opened(shop: Session, tmp_path: Path) -> None:
    import_contacts(shop, file_of(tmp_path, "Leverandørnr;Leverandørnavn", "50001;Dele A/S"))
    path = file_of(
        tmp_path,
        "Varenummer;Beskrivelse;Salgspris;Kostpris;Moms %;Lager;Leverandørnr;Varetype",
        "HDMI-2M;HDMI-kabel 2 m;1.129,00;48,1250;25;12,00;50001;vare",
        "TIME-X;Ekstra time;645,00;;25;;;timer",
        "FEJL;;1,00;;;;;",
        ";Uden kode;1,00;;;;;",
        "PRIS;Pris;billig;;;;;",
        "UKENDT;Leverandør mangler;1,00;;;;59999;",
    )

    report = import_products(shop, path)

    assert counts(report) == (3, 0, 0, 3)
    assert [bad.line for bad in report.bad] == [4, 5, 6]
    assert [remark.line for remark in report.remarks] == [7]
    row = shop.store.sql(
        "SELECT p.code, p.price, p.cost, p.vat_rate, p.stock, p.kind, c.name FROM product p"
        " JOIN contact c ON c.id = p.supplier_id"
    )
    assert [tuple(found) for found in row] == [("HDMI-2M", 112900, 4813, 2500, 12000, "part", "Dele A/S")]
    assert [found.code for found in products.search(shop, "hdmi2m")] == ["HDMI-2M"]
    assert counts(import_products(shop, path)) == (0, 0, 3, 3)
    again = file_of(tmp_path, "Varenummer;Pris;Lager", "hdmi 2m;99,50;3,00")
    assert counts(import_products(shop, again)) == (0, 1, 0, 0)
    assert [tuple(found) for found in shop.store.sql("SELECT price, stock, name FROM product WHERE stock > 0")] == [
        (9950, 12000, "HDMI-kabel 2 m")
    ]
    assert list(findings(shop.store)) == []


# -- P28 -------------------------------------------------------------------------------------------------------

_MEASURED = """
import re, sys
from pathlib import Path
from svc_tui.db.core.engine import open_database
from svc_tui.services.core.session import open_session
from svc_tui.services.transfer.import_contacts import import_contacts
store = open_database(sys.argv[1])
session = open_session(store, None, "da")
session.employee = session.registers.employees[0]
report = import_contacts(session, Path(sys.argv[2]))
store.close()
print(report.new, int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""
"""Of its own memory: what `getrusage` tells begins with that of the process that started it."""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_ten_thousand_contacts_take_little_memory(shop: Session, tmp_path: Path) -> None:
    """P28 is 100,000 in 300 MB."""
    names = ("Ærø Kjær", "Bente Holm", "Øster & Søn", "Jensen Radio", "Lind", "Ålborg El")
    lines = [
        f"{20000 + n};{names[n % 6]} {n % 4001};Vestergade {n % 200};8000;Aarhus;{20000000 + n};k{n}@x.example"
        for n in range(10_000)
    ]
    path = file_of(tmp_path, "Kundenr;Navn;Adresse;Postnr;By;Telefon;E-mail", *lines)

    ran = subprocess.run(
        [sys.executable, "-c", _MEASURED, shop.store.url, str(path)],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2], env=dict(os.environ),
    )  # fmt: skip

    new, megabytes = ran.stdout.split()
    assert int(new) == 10_000
    assert int(megabytes) < 300


def test_no_number_is_drawn_that_another_line_has(shop: Session, tmp_path: Path) -> None:
    heading = "Kundenr;Firmanavn;Adresse"
    numbered = [f"{30_001 + place};Nr. {place};" for place in range(BATCH)]
    path = file_of(tmp_path, heading, ";Uden nummer;Gade 3", "31005;;Vej 1", *numbered)

    first = import_contacts(shop, path)

    assert counts(first) == (BATCH + 1, 0, 0, 1)
    assert counts(import_contacts(shop, path)) == (0, 0, BATCH + 1, 1)
    put_right = file_of(tmp_path, heading, "31005;Rettet;Vej 1")
    assert counts(import_contacts(shop, put_right)) == (1, 0, 0, 0)
    assert stored(shop, "number", "name")[-2:] == [(31_005, "Rettet"), (31_006, "Uden nummer")]


def test_a_refusal_calls_a_column_what_the_file_calls_it(shop: Session, tmp_path: Path) -> None:
    path = file_of(
        tmp_path,
        "Kundenr.;Firmanavn;Kontaktperson;Kontaktperson, telefon;Kunde",
        "20001;Nordlys;Per Lind;30303030;ja",
        "20001;Sydlys;;;",
        "20001;Nordlys;Per Lind;40404040;",
        f"20002;{'x' * 121};;;",
        "20003;Kompas;;;måske",
    )

    said = [str(bad.reason) for bad in import_contacts(shop, path).bad]

    assert [name in text for name, text in zip(
        ("another Firmanavn", "another Kontaktperson, telefon", "The Firmanavn", "the column Kunde"), said, strict=True
    )] == [True] * 4  # fmt: skip


def test_an_import_that_is_broken_off_says_what_became_of_it(
    shop: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file_of(tmp_path, "Kundenr;Navn", *[f"{20_001 + place};Nr. {place}" for place in range(2 * BATCH)])

    class Impatient:
        def __call__(self, done: int, total: int) -> None:
            if done > BATCH:
                raise KeyboardInterrupt

    monkeypatch.setattr(importing, "bar", lambda label: nullcontext(Impatient()))
    with pytest.raises(KeyboardInterrupt):
        importing.read(shop, "contacts", path, Asked())

    assert "What was read so far is kept" in capsys.readouterr().err
    assert counts(import_contacts(shop, path)) == (BATCH, 0, BATCH, 0)
