"""The shops the wire tests work in, and what others do in them meanwhile."""

from __future__ import annotations

import getpass
import shutil
from pathlib import Path

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.people_models import ContactPerson, Device, Product
from svc_tui.db.core.shop_models import ActivityType
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain.rights import Role
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import search_key
from svc_tui.services.core.session import Session, employee_by_initials, open_session
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.people import contacts, setup
from svc_tui.services.people.contacts import NewContact

CONTACTS = (
    NewContact("Jensen & Søn ApS", "86 12 34 56", "værksted@jensen.example", "Havnegade 4", "8000", "Aarhus C"),
    NewContact("Ørum Radio [Viborg]", "+45 20 30 40 50", city="Viborg"),
    NewContact("Birthe Ågård", "40506070", city="Ribe"),
    NewContact("Nordisk Elektronik A/S", "70 20 20 20", city="Glostrup", is_customer=False, is_supplier=True),
    NewContact("Jernbanens Kiosk", "97 11 22 33", city="Herning"),
)
DEVICES = (
    ("Jensen & Søn ApS", "Samsung", "QE55Q70", "0A1B2C3D4E"),
    ("Jensen & Søn ApS", "Philips", "55PUS8108", "ZA1A7079"),
    ("Birthe Ågård", "Sony", "KD-49X", "SN-777-1234"),
)
PARTS = (
    ("HDMI-2M", "HDMI-kabel 2 m", "5701234000017", 12900),
    ("TCON-55", "T-CON-kort 55 tommer", "5701234000024", 84950),
    ("FJ-100", "Fjernbetjening universal", "5701234000031", 19900),
)


def make_shop(path: Path | str) -> None:
    """Holms Service: Anna Holm (whoever runs the tests), Bent Krogh (system user bent), five contacts, no job.

    The type TV-Service brings Bent Krogh as its responsible.
    """
    store = open_database(str(path), create=True)
    migrate(store)
    anna = setup.create_shop(store, "da", "Holms Service", "Anna Holm", "AH", login=getpass.getuser())
    session = open_session(store, None, "da")
    session.employee = session.registers.employee(anna)
    by_name = {entry.name: contacts.create(session, entry).id for entry in CONTACTS}
    with change_set(store, anna, "test.shop") as changes:
        bent = setup.insert_employee(changes, "BK", "Bent Krogh", Role.TECHNICIAN, "bent")
        tv = next(entry.id for entry in session.registers.types if entry.name == "TV-Service")
        changes.update(ActivityType, tv, {"default_responsible": bent})
        changes.insert(
            ContactPerson,
            {
                "contact": by_name["Jensen & Søn ApS"], "name": "Tove Lind", "name_key": "tove lind", "phone": "",
                "email": "",
            },
        )  # fmt: skip
        for owner, brand, model, serial in DEVICES:
            changes.insert(
                Device,
                {
                    "owner": by_name[owner], "brand": brand, "model": model, "serial": serial,
                    "serial_key": code_key(serial), "name_key": search_key(f"{brand} {model}"),
                },
            )  # fmt: skip
        for code, name, ean, price in PARTS:
            changes.insert(
                Product,
                {
                    "code": code, "code_key": code_key(code), "name": name, "name_key": search_key(name), "ean": ean,
                    "kind": "part", "unit": "stk.", "price": price, "vat_rate": 2500,
                },
            )  # fmt: skip
    store.close()


def make_demo(path: Path, activities: int = 400) -> None:
    """The demo shop; Anders Holm (AH) is whoever runs the tests."""
    store = open_database(str(path), create=True)
    migrate(store)
    create_demo(store, activities=activities, language="da")
    anders = employee_by_initials(open_session(store, None, "da").registers, "AH")
    setup.remember_login(store, anders.id, getpass.getuser())
    store.close()


def copied(template: Path, path: Path) -> Path:
    """A copy of a closed database."""
    assert not template.with_name(template.name + "-wal").exists()
    shutil.copyfile(template, path)
    return path


def session_of(store: Store, initials: str = "AH") -> Session:
    """A session of somebody on an open shop, for what others do meanwhile."""
    session = open_session(store, None, "da")
    session.employee = employee_by_initials(session.registers, initials)
    return session
