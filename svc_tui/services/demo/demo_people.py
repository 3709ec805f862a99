"""The demo shop's people and things: employees, suppliers, parts, customers with their devices."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from functools import cache
from random import Random
from typing import NamedTuple, TypeVar

from svc_tui.db.core.changes import Changes
from svc_tui.db.transfer.bulk import Bulk
from svc_tui.domain.contact_words import serial_words, stored_words, town_words
from svc_tui.domain.device_words import device_words
from svc_tui.domain.rights import Role
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.tables import CONTACT, CONTACT_PERSON, DEVICE, PRODUCT
from svc_tui.domain.text import search_key, words
from svc_tui.domain.transfer.shipped import DemoWords, Town, fill
from svc_tui.domain.transfer.shipped import Registers as Shipped
from svc_tui.services.people.setup import insert_employee

T = TypeVar("T")
CUSTOMERS_A_BATCH = 10_000
_DAY = 86_400
_LEADERS = (Role.ADMINISTRATOR, Role.SUPERVISOR)
_NOBODYS_VAT = {"DK": "DK########", "NO": "######### MVA", "SE": "SE##########01", "GB": "GB #### ### ##"}

_CONTACT = (
    "id", "number", "name", "name_key", "is_customer", "is_supplier", "is_company", "vat_number", "address",
    "post_code", "city", "phone", "mobile", "email",
)  # fmt: skip
_PERSON = ("id", "contact", "name", "name_key", "phone", "email")
_DEVICE = (
    "id", "owner", "brand", "model", "serial", "serial_key", "name_key", "warranty_parts_until",
    "warranty_labour_until",
)  # fmt: skip


class Dice(Random):
    """The only source of chance."""

    def pick(self, things: Sequence[T]) -> T:
        """One of the things; four times as fast as `choice`."""
        return things[int(self.random() * len(things))]

    def chance(self, share: float) -> bool:
        return self.random() < share

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.random() * (high - low + 1))


class Staff(NamedTuple):
    """Ids of the employees by what they do."""

    counter: tuple[int, ...]
    technicians: tuple[int, ...]
    leaders: tuple[int, ...]


class Owned(NamedTuple):
    """A device of a customer: its id, its place among the shipped models, its serial number."""

    id: int
    model: int
    serial: str


class Customer(NamedTuple):
    """What a job needs of its customer; persons as id and name."""

    id: int
    number: int
    name: str
    persons: tuple[tuple[int, str], ...]
    devices: tuple[Owned, ...]


class PartRow(NamedTuple):
    """A product as a line takes it over."""

    id: int
    kind: str
    code: str
    name: str
    unit: str
    price: int
    supplier: int | None = None
    cost: int = 0
    stock: int = 0
    """What the shop begins with."""


def create_staff(changes: Changes, shipped: Shipped) -> Staff:
    """The shipped employees; the first is the administrator. Nobody has a login yet."""
    ranked = sorted(shipped.employees, key=lambda person: (*(person.role != leader for leader in _LEADERS),))
    ids = {insert_employee(changes, person.initials, person.name, person.role): person.role for person in ranked}
    everybody = tuple(ids)
    counter, technicians, leaders = (
        tuple(row for row, role in ids.items() if role in roles) or everybody
        for roles in ((Role.COUNTER,), (Role.TECHNICIAN,), _LEADERS)
    )
    return Staff(counter, technicians, leaders)


def create_suppliers(changes: Changes, dice: Dice, shipped: Shipped, demo: DemoWords) -> dict[str, tuple[int, str]]:
    """Suppliers by key, as id and name."""
    found: dict[str, tuple[int, str]] = {}
    for supplier in demo.suppliers:
        town = dice.pick(demo.towns)
        row_id = changes.insert(
            CONTACT,
            {
                "number": changes.next_number("contact"), "name": supplier.name,
                "name_key": search_key(supplier.name), "is_customer": False, "is_supplier": True, "is_company": True,
                "vat_number": _vat(dice, shipped), "address": _address(dice, demo), "post_code": town.post_code,
                "city": town.name, "phone": _phone(dice, shipped, demo),
                "email": f"ordre@{code_key(supplier.name)[:20]}.example",
            },
        )  # fmt: skip
        found[supplier.key] = (row_id, supplier.name)
    return found


def create_parts(
    changes: Changes, dice: Dice, shipped: Shipped, demo: DemoWords, suppliers: dict[str, tuple[int, str]], vat: int
) -> dict[str, PartRow]:
    """The parts as products with a VAT rate, by code."""
    found: dict[str, PartRow] = {}
    for part in demo.parts:
        cost = part.price * dice.whole(50, 70) // 100
        row_id = changes.insert(
            PRODUCT,
            {
                "code": part.code, "code_key": code_key(part.code), "name": part.name,
                "name_key": search_key(part.name), "ean": _ean(dice, part.ean_prefix), "kind": "part",
                "unit": part.unit, "price": part.price, "cost": cost,
                "vat": vat, "vat_rate": shipped.company.vat, "supplier": suppliers[part.supplier][0],
                "supplier_code": fill("###-####", dice), "product_group": demo.kinds.get(part.kind, ""),
                "tracked": True, "minimum": 2000, "shelf": f"{'ABCD'[len(found) % 4]}-{len(found) // 4 + 1:02d}",
            },
        )  # fmt: skip
        supplier = suppliers[part.supplier][0]
        stock = dice.whole(0, 12) * 1000
        found[part.code] = PartRow(row_id, "part", part.code, part.name, part.unit, part.price, supplier, cost, stock)
    return found


def _ean(dice: Dice, prefix: str) -> str:
    digits = prefix + fill("#" * (12 - len(prefix)), dice)
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-weighed % 10)


class Customers:
    """Makes the customers batch by batch and remembers what their jobs need of them.

    Ids follow each other, so flat lists hold it all: 200,000 customers as tuples take 130 MB, so they take 50.
    """

    def __init__(self, bulk: Bulk, dice: Dice, shipped: Shipped, demo: DemoWords, first_number: int, now: int) -> None:
        self._bulk, self._dice, self._shipped, self._demo, self._now = bulk, dice, shipped, demo, now
        self._id = self._first_id = bulk.next_id(CONTACT)
        self._number = self._first_number = first_number
        self._person = self._first_person = bulk.next_id(CONTACT_PERSON)
        self._device = self._first_device = bulk.next_id(DEVICE)
        self._names: list[str] = []
        self._person_names: list[str] = []
        self._models = array("H")
        self._serials: list[str] = []
        self._persons_end = array("l", [0])
        self._devices_end = array("l", [0])
        self._contacts: list[tuple[object, ...]] = []
        self._persons: list[tuple[object, ...]] = []
        self._devices: list[tuple[object, ...]] = []
        self._words: list[tuple[int, set[str]]] = []
        self._device_words: list[tuple[int, set[str]]] = []

    def create(self, count: int) -> Iterator[int]:
        """Write `count` customers; gives how many there are after each batch."""
        for made in range(1, count + 1):
            self._one()
            if made % CUSTOMERS_A_BATCH == 0 or made == count:
                self._write()
                yield made
        self._bulk.raise_counter("contact", self._number - 1)

    def pick(self) -> Customer:
        """Any of them."""
        place = int(self._dice.random() * len(self._names))
        persons = range(self._persons_end[place], self._persons_end[place + 1])
        devices = range(self._devices_end[place], self._devices_end[place + 1])
        return Customer(
            self._first_id + place,
            self._first_number + place,
            self._names[place],
            tuple((self._first_person + at, self._person_names[at]) for at in persons),
            tuple(Owned(self._first_device + at, self._models[at], self._serials[at]) for at in devices),
        )

    def _write(self) -> None:
        self._bulk.write(CONTACT, _CONTACT, self._contacts)
        self._bulk.write(CONTACT_PERSON, _PERSON, self._persons)
        self._bulk.write(DEVICE, _DEVICE, self._devices)
        self._bulk.write_words("contact_search", self._words)
        self._bulk.write_words("device_search", self._device_words)
        for rows in (self._contacts, self._persons, self._devices, self._words, self._device_words):
            rows.clear()

    def _one(self) -> None:
        dice, demo = self._dice, self._demo
        is_company = dice.chance(0.16)
        town = dice.pick(demo.towns)
        name = _company(dice, demo, town) if is_company else _person(dice, demo)
        phone = _phone(dice, self._shipped, demo) if dice.chance(0.8) else ""
        mobile = _phone(dice, self._shipped, demo) if not phone or dice.chance(0.3) else ""
        email = _email(dice, demo, name) if dice.chance(0.7) else ""
        vat = _vat(dice, self._shipped) if is_company else ""
        place = self._id - self._first_id
        email, vat = _with_digits(email, place), _vat_as_written(vat, place)
        if phone and mobile and place % 9 == 4:
            phone, mobile = f"{phone} / {mobile}", ""
        if is_company and place % 11 == 3:
            name = f"{demo.company_numbers[place % len(demo.company_numbers)]} {name}"
        self._contacts.append((
            self._id, self._number, name, search_key(name), True, False, is_company, vat, _address(dice, demo),
            town.post_code, town.name, phone, mobile, email,
        ))  # fmt: skip
        country = self._shipped.company.phone_prefix
        found = stored_words((str(self._number), name, town.name), (email,), (phone, mobile), vat, country)
        found |= town_words(town.post_code) | town_words(town.name)
        for _ in range(dice.whole(1, 3) if is_company else 0):
            self._add_person(found)
        for _ in range(_devices_of_one(dice, is_company)):
            self._add_device(found)
        self._words.append((self._id, found))
        self._names.append(name)
        self._persons_end.append(len(self._person_names))
        self._devices_end.append(len(self._serials))
        self._id += 1
        self._number += 1

    def _add_person(self, found: set[str]) -> None:
        """Somebody who works for the customer being made."""
        dice = self._dice
        name = _person(dice, self._demo)
        phone = _phone(dice, self._shipped, self._demo) if dice.chance(0.6) else ""
        email = _email(dice, self._demo, name) if dice.chance(0.5) else ""
        self._persons.append((self._person, self._id, name, search_key(name), phone, email))
        found |= stored_words((name,), (email,), (phone,), country=self._shipped.company.phone_prefix)
        self._person_names.append(name)
        self._person += 1

    def _add_device(self, found: set[str]) -> None:
        """Something the customer being made owns."""
        dice = self._dice
        place = dice.whole(0, len(self._demo.devices) - 1)
        model = self._demo.devices[place]
        serial = fill(model.serial, dice)
        key = code_key(serial)
        parts = labour = None
        if dice.chance(0.4):
            parts = self._now + dice.whole(-700, 700) * _DAY
            labour = parts - 365 * _DAY
        self._devices.append((
            self._device, self._id, model.brand, model.model, serial, key, _model_key(model.brand, model.model),
            parts, labour,
        ))  # fmt: skip
        found |= serial_words(serial)
        self._device_words.append((self._device, device_words(model.brand, model.model, serial)))
        self._models.append(place)
        self._serials.append(serial)
        self._device += 1


def _devices_of_one(dice: Dice, is_company: bool) -> int:
    return dice.whole(2, 5) if is_company else dice.pick((0, 1, 1, 1, 1, 1, 2, 2, 3))


@cache
def _model_key(brand: str, model: str) -> str:
    return search_key(f"{brand} {model}")


def _person(dice: Dice, demo: DemoWords) -> str:
    middle = f" {dice.pick(demo.surnames)}" if dice.chance(0.35) else ""
    return f"{dice.pick(demo.first_names)}{middle} {dice.pick(demo.surnames)}"


def _company(dice: Dice, demo: DemoWords, town: Town) -> str:
    if dice.chance(0.3):
        return f"{town.name} {dice.pick(demo.company_trades)} {dice.pick(demo.company_suffixes)}"
    start = dice.pick(demo.company_starts) if dice.chance(0.7) else dice.pick(demo.surnames)
    return f"{start} {dice.pick(demo.company_trades)} {dice.pick(demo.company_suffixes)}"


def _address(dice: Dice, demo: DemoWords) -> str:
    floor = f", {dice.whole(1, 5)}. {dice.pick(('tv', 'th', 'mf'))}" if dice.chance(0.2) else ""
    return f"{dice.pick(demo.streets)} {dice.whole(1, 180)}{dice.pick(('', '', '', 'A', 'B'))}{floor}"


def _email(dice: Dice, demo: DemoWords, name: str) -> str:
    return f"{'.'.join(words(name))}@{dice.pick(demo.email_domains)}"


def _vat(dice: Dice, shipped: Shipped) -> str:
    return fill(_NOBODYS_VAT.get(shipped.company.country, "########"), dice)


def _with_digits(email: str, place: int) -> str:
    """Every fifth address has digits in it, as those have whose name was taken."""
    name, at, domain = email.partition("@")
    return f"{name}{10 + place * 37 % 90}{at}{domain}" if email and place % 5 == 2 else email


def _vat_as_written(vat: str, place: int) -> str:
    """A VAT number as different people write it: with and without the country, in one or in pairs."""
    digits = "".join(sign for sign in vat if sign.isdigit())
    if not vat or place % 4 < 2:
        return vat
    pairs = " ".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    return digits if place % 4 == 2 else f"{vat[:2]} {pairs}" if vat[:2].isalpha() else pairs


def _phone(dice: Dice, shipped: Shipped, demo: DemoWords) -> str:
    """A number as different people write it: 20 12 34 56, 20123456, 2012 3456, +45 20 12 34 56, +4520123456."""
    written = fill(dice.pick(demo.phone_patterns), dice)
    digits = written.replace(" ", "").replace("-", "")
    way = dice.random()
    if way < 0.5:
        return written
    if way < 0.75:
        return digits
    if way < 0.85:
        return f"{digits[:4]} {digits[4:]}"
    national = (written if way < 0.95 else digits).removeprefix("0")
    return f"+{shipped.company.phone_prefix}{' ' if way < 0.95 else ''}{national}"
