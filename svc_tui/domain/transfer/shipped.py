"""What comes with the program: the registers a new shop starts with, and the words of the demo shop.

Both are TOML, one file a language, under `data/` in a source checkout and `svc_tui/data/` in an installed
wheel. They are read when a shop is created and never again, so nothing here is loaded by a normal start.

Money is whole minor units, quantities are thousandths, VAT is hundredths of a per cent.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from svc_tui.domain.languages import CODES
from svc_tui.domain.records import LineKind, Payer, Stage, WaitsFor

if TYPE_CHECKING:
    from random import Random

LANGUAGES = CODES
"""The languages with shipped registers."""

_PACKAGE = Path(__file__).resolve().parents[2]
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # no I, O, Q: makers leave out what is read as a digit
_DIGITS = "0123456789"

_Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShippedCompany:
    country: str
    currency: str
    vat: int
    """Standard rate in hundredths of a per cent."""
    phone_prefix: str


@dataclass(frozen=True, slots=True)
class ShippedList:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ShippedStatus:
    key: str
    name: str
    stage: Stage
    lists: tuple[str, ...]
    done_key: bool
    """The one the Done key sets."""
    waits_for: WaitsFor


@dataclass(frozen=True, slots=True)
class ShippedType:
    key: str
    name: str
    lists: tuple[str, ...]
    default_status: str
    """Key of a status."""
    default_duration: int
    """Minutes."""
    responsible_required: bool
    customer_required: bool
    colour: str
    """A name of the sixteen terminal colours."""
    default_payer: Payer = Payer.CUSTOMER


@dataclass(frozen=True, slots=True)
class ShippedPriority:
    key: str
    name: str
    rank: int
    """Higher is more urgent."""
    default: bool


@dataclass(frozen=True, slots=True)
class ShippedVatRate:
    name: str
    percent: int


@dataclass(frozen=True, slots=True)
class ShippedProduct:
    code: str
    name: str
    kind: LineKind
    unit: str
    price: int


@dataclass(frozen=True, slots=True)
class ShippedEmployee:
    """One of the demo shop's people; a new shop has none of them."""

    initials: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Registers:
    language: str
    company: ShippedCompany
    lists: tuple[ShippedList, ...]
    types: tuple[ShippedType, ...]
    statuses: tuple[ShippedStatus, ...]
    priorities: tuple[ShippedPriority, ...]
    vat_rates: tuple[ShippedVatRate, ...]
    """The first is the standard one, which the shipped products have."""
    products: tuple[ShippedProduct, ...]
    employees: tuple[ShippedEmployee, ...]


@dataclass(frozen=True, slots=True)
class Town:
    post_code: str
    name: str


@dataclass(frozen=True, slots=True)
class DeviceModel:
    kind: str
    thing: str
    """Key of what it is (`washer`), which is what a fault belongs to."""
    thing_name: str
    brand: str
    model: str
    serial: str
    """Pattern for `fill`."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One story of a job, so that what was told, found and done fit together."""

    kind: str
    things: tuple[str, ...]
    brands: tuple[str, ...]
    """Only these brands have it; empty is any."""
    subject: str
    told: str
    found: str
    remedy: str
    parts: tuple[str, ...]
    """Codes of parts."""
    hours: int
    """Thousandths of an hour."""


@dataclass(frozen=True, slots=True)
class CustomerCase:
    """One story of the customer list: what was asked and what was answered."""

    type: str
    """Key of an activity type."""
    subject: str
    note: str
    answer: str


@dataclass(frozen=True, slots=True)
class Part:
    kind: str
    code: str
    name: str
    price: int
    unit: str
    supplier: str
    """Key of a supplier."""
    ean_prefix: str


@dataclass(frozen=True, slots=True)
class Supplier:
    key: str
    name: str
    ean_prefix: str
    """Begins with 29, which no maker is given, so that no made-up code is anybody's."""
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoWords:
    language: str
    shop: str
    """What the demo shop is called."""
    phone_patterns: tuple[str, ...]
    email_domains: tuple[str, ...]
    first_names: tuple[str, ...]
    surnames: tuple[str, ...]
    streets: tuple[str, ...]
    towns: tuple[Town, ...]
    company_starts: tuple[str, ...]
    company_trades: tuple[str, ...]
    company_suffixes: tuple[str, ...]
    company_numbers: tuple[str, ...]
    """What some companies' names begin with: `BS-84`."""
    note_sentences: tuple[str, ...]
    customer_cases: tuple[CustomerCase, ...]
    kinds: Mapping[str, str]
    """Kind of device to its name."""
    devices: tuple[DeviceModel, ...]
    parts: tuple[Part, ...]
    suppliers: tuple[Supplier, ...]
    faults: tuple[Fault, ...]
    reasons_away: tuple[str, ...]
    """Why somebody is away: ill, on holiday, at a course."""


def data_folder() -> Path:
    """Where the shipped data is: inside the package when installed, beside it in a source checkout."""
    inside = _PACKAGE / "data"
    return inside if inside.is_dir() else _PACKAGE.parent / "data"


@cache
def read_registers(language: str) -> Registers:
    """The registers a new shop starts with; English where the language has none."""
    language = language if language in LANGUAGES else "en"
    file = _read(data_folder() / "registers" / f"{language}.toml")
    company = file["company"]
    return Registers(
        language=language,
        company=ShippedCompany(
            country=company["country"],
            currency=company["currency"],
            vat=_hundredths(company["vat"]),
            phone_prefix=company["phone_prefix"],
        ),
        lists=tuple(ShippedList(code=row["code"], name=row["name"]) for row in file["lists"]),
        types=tuple(_type(row) for row in file["types"]),
        statuses=tuple(
            ShippedStatus(
                key=row["key"],
                name=row["name"],
                stage=Stage[row["stage"].upper()],
                lists=tuple(row["lists"]),
                done_key=row.get("done_key", False),
                waits_for=WaitsFor(row.get("waits_for", "")),
            )
            for row in file["statuses"]
        ),
        priorities=tuple(
            ShippedPriority(key=row["key"], name=row["name"], rank=row["rank"], default=row.get("default", False))
            for row in file["priorities"]
        ),
        vat_rates=tuple(ShippedVatRate(row["name"], _hundredths(row["percent"])) for row in file["vat_rates"]),
        products=tuple(
            ShippedProduct(
                code=row["code"],
                name=row["name"],
                kind=LineKind(row["kind"]),
                unit=row["unit"],
                price=_hundredths(row["price"]),
            )
            for row in file["products"]
        ),
        employees=tuple(
            ShippedEmployee(initials=row["initials"], name=row["name"], role=row["role"]) for row in file["employees"]
        ),
    )


@cache
def read_demo_words(language: str) -> DemoWords:
    """The words of the demo shop; a section its language lacks is borrowed from the Danish file."""
    folder = data_folder() / "demo"
    file = _read(folder / "da.toml")
    own = folder / f"{language}.toml"
    if language != "da" and language in LANGUAGES and own.is_file():
        file = file | _read(own)
    suppliers = tuple(
        Supplier(key=row["key"], name=row["name"], ean_prefix=row["ean_prefix"], kinds=tuple(row["kinds"]))
        for row in file["suppliers"]
    )
    return DemoWords(
        language=language,
        shop=file["shop"],
        phone_patterns=tuple(file["phone_patterns"]),
        email_domains=tuple(file["email_domains"]),
        first_names=tuple(file["first_names"]),
        surnames=tuple(file["surnames"]),
        streets=tuple(file["streets"]),
        towns=tuple(Town(post_code, name) for post_code, name in file["towns"]),
        company_starts=tuple(file["company_starts"]),
        company_trades=tuple(file["company_trades"]),
        company_suffixes=tuple(file["company_suffixes"]),
        company_numbers=tuple(file["company_numbers"]),
        note_sentences=tuple(file["note_sentences"]),
        customer_cases=tuple(
            CustomerCase(type=row["type"], subject=row["subject"], note=row["note"], answer=row["answer"])
            for row in file["customer_cases"]
        ),
        kinds=dict(file["kinds"]),
        devices=tuple(
            DeviceModel(
                kind=row["kind"],
                thing=row["thing"],
                thing_name=file["things"][row["thing"]],
                brand=row["brand"],
                model=row["model"],
                serial=row["serial"],
            )
            for row in file["devices"]
        ),
        parts=tuple(_parts(file["parts"], suppliers, file["default_unit"])),
        suppliers=suppliers,
        faults=tuple(_fault(row) for row in file["faults"]),
        reasons_away=tuple(file["reasons_away"]),
    )


def fill(pattern: str, random: Random) -> str:
    """A text of the pattern: `#` a digit, `?` a letter, `*` either, all else as it stands."""
    sets = {"#": _DIGITS, "?": _LETTERS, "*": _DIGITS + _LETTERS}
    return "".join(random.choice(sets[sign]) if sign in sets else sign for sign in pattern)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _hundredths(text: str) -> int:
    return _whole(text, 100)


def _whole(text: str, parts: int) -> int:
    value = Decimal(text) * parts
    if value != value.to_integral_value():
        raise ValueError(f"{text} has too many decimals")
    return int(value)


def _type(row: _Table) -> ShippedType:
    return ShippedType(
        key=row["key"],
        name=row["name"],
        lists=tuple(row["lists"]),
        default_status=row["default_status"],
        default_duration=row["default_duration"],
        responsible_required=row["responsible_required"],
        customer_required=row["customer_required"],
        colour=row["colour"],
        default_payer=Payer(row.get("default_payer", "customer")),
    )


def _parts(rows: Iterable[_Table], suppliers: tuple[Supplier, ...], unit: str) -> Iterable[Part]:
    prefixes = {supplier.key: supplier.ean_prefix for supplier in suppliers}
    for row in rows:
        yield Part(
            kind=row["kind"],
            code=row["code"],
            name=row["name"],
            price=_hundredths(row["price"]),
            unit=row.get("unit", unit),
            supplier=row["supplier"],
            ean_prefix=prefixes[row["supplier"]],
        )


def _fault(row: _Table) -> Fault:
    return Fault(
        kind=row["kind"],
        things=tuple(row["things"]),
        brands=tuple(row.get("brands", ())),
        subject=row["subject"],
        told=row["told"],
        found=row["found"],
        remedy=row["remedy"],
        parts=tuple(row["parts"]),
        hours=_whole(row["hours"], 1000),
    )
