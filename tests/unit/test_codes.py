"""What a scanned code may mean, by its form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.scanning import GS, Kind, read_burst
from svc_tui.domain.stock.codes import Own, elements, read_code


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("S104217", (Own.JOB, "104217")), ("s104217", (Own.JOB, "104217")), ("O88", (Own.ORDER, "88")),
        ("L12", (Own.LOAN, "12")), ("H412", (Own.SHELF, "412")), ("HB2", (Own.SHELF, "B2")), ("S0042", None),
        ("S", None), ("SO88", None), ("X88", None), ("O1234567890", None),
    ],
)  # fmt: skip
def test_labels_of_our_own(text: str, own: object) -> None:
    assert read_code(text).own == own


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        ("5701234567899", "5701234567899"), ("5701234567898", "5701234567898"), ("036000291452", "0036000291452"),
        ("05701234567899", "5701234567899"), ("96385074", "96385074"), ("]E04006381333931", "4006381333931"),
        ("123456", ""),
    ],
)  # fmt: skip
def test_what_may_be_an_ean(text: str, gtin: str) -> None:
    assert read_code(text).gtin == gtin


@pytest.mark.parametrize(
    ("text", "serials"),
    [
        ("490154203237518", ("490154203237518", "49015420323751")),
        ("49015420323751", ("49015420323751", "490154203237518")),
        ("4901542032375103", ("4901542032375103", "490154203237518", "49015420323751")),
        ("490154203237519", ("490154203237519",)),
        ("VX-900/A", ("VX-900/A",)),
    ],
)  # fmt: skip
def test_a_telephones_number_is_found_in_its_three_forms(text: str, serials: tuple[str, ...]) -> None:
    assert read_code(text).serials == serials


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"0104006381333931{'21ABC12'}{GS}1012345", {"01": "04006381333931", "21": "ABC12", "10": "12345"}),
        ("00340123450000000000", {"00": "340123450000000000"}),
        ("0104006381333932", None), ("99123", None), ("21", None), ("010400", None), ("", None),
    ],
)  # fmt: skip
def test_the_elements_of_a_gs1_code(text: str, found: object) -> None:
    assert elements(text) == found


def test_a_gs1_code_is_its_serial_then_its_product() -> None:
    code = read_code(f"]d20104006381333931{'21ABC12'}{GS}1012345")
    assert (code.serials, code.gtin, code.parcel) == (("ABC12",), "4006381333931", "")
    assert read_code(f"{GS}0104006381333931").gtin == "4006381333931"
    assert read_code("]C100340123450000000000").parcel == "340123450000000000"


def test_a_parcels_number_without_its_identifier() -> None:
    assert read_code("340123450000000000").parcel == "340123450000000000"
    assert read_code("340123450000000001").parcel == ""


@given(st.text(max_size=60))
def test_whatever_is_scanned_is_read(text: str) -> None:
    code = read_code(text)
    assert code.number is None or code.number >= 0
    assert len(code.serials) <= 3


@pytest.mark.parametrize("text", ["]d20104006381333931", "]C100340123450000000000", f"{GS}0104006381333931{GS}10A1"])
def test_what_a_reader_puts_before_a_code_makes_it_no_commands(text: str) -> None:
    reading = read_burst(f"{text}\r")
    assert (reading.kind, reading.code) == (Kind.SCAN, text)
