"""The small shop that every screen test works in: Danish data, a fixed clock, the same rows every time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.people_models import ContactPerson, Product
from svc_tui.db.core.stock_models import StockMove
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain.operations import Value
from svc_tui.domain.records import ContactRow, LineRecord, LinkRecord, LinkRole, ProductRow
from svc_tui.domain.rights import Role
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import search_key
from svc_tui.services.core.session import Session, employee_by_initials, open_session, to_seconds
from svc_tui.services.jobs import activities, lines
from svc_tui.services.jobs.activities import Sheet, SheetEdit
from svc_tui.services.people import contacts
from svc_tui.services.people.contacts import NewContact
from svc_tui.services.people.setup import create_shop, insert_employee
from svc_tui.services.stock import products
from svc_tui.services.stock.devices import NewDevice

ZONE = "Europe/Copenhagen"
NOW = datetime(2026, 11, 24, 10, 0)
"""A Tuesday."""

STAFF = (
    ("BK", "Bent Krogh", Role.SUPERVISOR),
    ("CD", "Clara Dahl", Role.COUNTER),
    ("SØ", "Søren Østergaard", Role.TECHNICIAN),
    ("RO", "Rikke Olsen", Role.READONLY),
)
CUSTOMERS = (
    NewContact("Jensen & Søn ApS", "+45 75 12 34 56", "post@jensenson.dk", "Bredgade 1", "7000", "Fredericia"),
    NewContact("Bente Ågård", "22 33 44 55", "bente@agaard.dk", "Møllevej 4", "6000", "Kolding"),
    NewContact("Café Ørsted", "86 10 20 30", "", "Torvet 2", "8000", "Aarhus C"),
    NewContact("Ole Hansen", "40 50 60 70", "ole.hansen@mail.dk", "Skolegade 9", "7100", "Vejle"),
    NewContact("Jens Peter Hansen", "40 50 60 71", "", "Nørregade 12", "7100", "Vejle"),
    NewContact("Fredericia Gymnasium", "76 20 00 00", "kontor@frgym.dk", "Nørrebrogade 88", "7000", "Fredericia"),
)
SUPPLIERS = (
    NewContact("Nordisk Elektronik A/S", "70 11 22 33", "ordre@nordel.dk", "Industrivej 5", "2600", "Glostrup",
               is_customer=False, is_supplier=True),
    NewContact("Hvidevarelageret", "70 44 55 66", "salg@hvl.dk", "Lagervej 1", "8700", "Horsens",
               is_customer=False, is_supplier=True),
)  # fmt: skip
PERSONS = (
    ("Jensen & Søn ApS", "Mette Juhl", "75 12 34 57", "mette@jensenson.dk"),
    ("Jensen & Søn ApS", "Karl Bro", "", ""),
    ("Nordisk Elektronik A/S", "Lis Munk", "70 11 22 34", "lis@nordel.dk"),
)
PARTS = (
    ("HDMI-2M", "HDMI-kabel 2 m", "5700000000018", "stk.", 12900),
    ("HDMI-5M", "HDMI-kabel 5 m", "5700000000025", "stk.", 19900),
    ("BAGLYS-55", "Baglysliste til 55 tommer", "5700000000032", "sæt", 64900),
    ("STRØM-A4", "Strømforsyning A4", "5700000000049", "stk.", 89500),
    ("PUMPE-7", "Afløbspumpe", "5700000000056", "stk.", 42500),
)
OUT_OF_STOCK = "BAGLYS-55"
"""The part of which nothing lies here; of the others two."""
DEVICES = {
    "Jensen & Søn ApS": (NewDevice("Samsung", "QE55Q80", "0B3X4711"), NewDevice("LG", "OLED65C1", "904RTX22")),
    "Bente Ågård": (NewDevice("Miele", "W1 WEA035", "M7788-99"),),
    "Fredericia Gymnasium": (NewDevice("Epson", "EB-W06", "X8Y1234"),),
}


@dataclass(frozen=True)
class Job:
    """One job of the shop, by the names people use."""

    subject: str
    type: str
    status: str
    responsible: str = ""
    customer: str = ""
    days: int = 0
    at: tuple[int, int] = (9, 0)
    device: int | None = None
    parts: tuple[str, ...] = ()
    note: str = ""


SPECIAL = (
    Job("TV uden billede, lyd er der", "TV-Service", "Venter på dele", "SØ", "Jensen & Søn ApS", -3, (9, 30), 0,
        ("BAGLYS-55", "TIME"), "Baglys testet: to dioder døde.\nListe bestilt hos Nordisk."),
    Job("Vaskemaskine pumper ikke vand ud", "Hvidevareservice", "I arbejde", "SØ", "Bente Ågård", -1, (8, 0), 0,
        ("PUMPE-7",), "Fremmedlegeme i pumpen."),
    Job("Projektor slukker efter ti minutter", "Lydservice", "Ubehandlet", "AH", "Fredericia Gymnasium", 0, (9, 0), 0),
    Job("Computer starter ikke efter opdatering", "PC-Service", "Udført", "AH", "Ole Hansen", -6, (13, 15)),
    Job("Hvornår er min telefon klar?", "Forespørgsel", "Ubehandlet", "", "Ole Hansen", -2, (15, 45)),
    Job("Garanti: fjernsyn flimrer", "Garantireparation", "Venter på leverandør", "BK", "Café Ørsted", -10, (11, 0)),
    Job("Opsætning af trådløst netværk i hele huset, tre etager og udestue", "Installation", "Ubehandlet", "SØ",
        "Jens Peter Hansen", 3, (8, 30)),
)  # fmt: skip
_WHAT = ("Fejlsøgning", "Skærm revnet", "Batteri holder ikke", "Mærkelig lyd", "Eftersyn", "Tænder ikke")
_WHERE = (
    ("TV-Service", ("Ubehandlet", "Udført", "Venter på kunde")),
    ("Telefonservice", ("Udført", "I arbejde", "Klar til afhentning")),
    ("PC-Service", ("Udført", "Ubehandlet", "Annulleret")),
    ("Forespørgsel", ("Besvaret", "Ubehandlet", "Udført")),
)


def ordinary() -> list[Job]:
    """Jobs enough to scroll, back to September."""
    found: list[Job] = []
    for place in range(53):
        kind, statuses = _WHERE[place % len(_WHERE)]
        found.append(
            Job(
                f"{_WHAT[place % len(_WHAT)]} {place + 1}",
                kind,
                statuses[place % 3],
                ("AH", "SØ", "BK", "")[place % 4],
                CUSTOMERS[place % len(CUSTOMERS)].name if place % 5 else "",
                -12 - place,
                (8 + place % 8, 15 * (place % 4)),
            )
        )
    return found


def build(path: Path) -> None:
    """Write the shop into a new file."""
    store = open_database(str(path), create=True)
    migrate(store)
    create_shop(store, "da", "Holms Service", "Anna Holm", "AH")
    with change_set(store, None, "employee.create") as changes:
        for letters, name, role in STAFF:
            insert_employee(changes, letters, name, role)
    session = sign_in(store, "AH", NOW - timedelta(days=90))
    known = {new.name: contacts.create(session, new) for new in (*CUSTOMERS, *SUPPLIERS)}
    _persons_and_parts(session, known)
    for job in (*reversed(ordinary()), *SPECIAL):
        _register(session, job, known)
    store.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def sign_in(store: Store, initials: str, now: datetime = NOW, language: str = "en") -> Session:
    """A session with its clock stopped."""
    session = open_session(store, None, language)
    session.employee = employee_by_initials(session.registers, initials)
    session.clock = [float(to_seconds(now))]
    return session


def _persons_and_parts(session: Session, known: dict[str, ContactRow]) -> None:
    with change_set(session.store, None, "contact.create", at=session.seconds()) as changes:
        for company, name, phone, email in PERSONS:
            changes.insert(
                ContactPerson,
                {"contact": known[company].id, "name": name, "name_key": search_key(name), "phone": phone,
                 "email": email},
            )  # fmt: skip
        for code, name, ean, unit, price in PARTS:
            made = changes.insert(
                Product,
                {"code": code, "code_key": code_key(code), "name": name, "name_key": search_key(name), "ean": ean,
                 "unit": unit, "price": price, "kind": "part", "tracked": code != OUT_OF_STOCK},
            )  # fmt: skip
            if code != OUT_OF_STOCK:
                moved: dict[str, Value] = {"of_product": made, "kind": "count", "quantity": 2000, "at": changes.at}
                changes.insert(StockMove, moved)


def _register(session: Session, job: Job, known: dict[str, ContactRow]) -> None:
    start = (NOW + timedelta(days=job.days)).replace(hour=job.at[0], minute=job.at[1])
    session.clock = [float(to_seconds(min(start, NOW - timedelta(hours=1))))]
    registers = session.registers
    by_name = {entry.name: entry.id for entry in registers.types} | {e.name: e.id for e in registers.statuses}
    customer = known.get(job.customer)
    fresh = activities.new_sheet(session, None, {})
    values = fresh.values | {
        "subject": job.subject,
        "start_at": to_seconds(start),
        "end_at": to_seconds(start + timedelta(hours=1)),
        "type": by_name[job.type],
        "status": by_name[job.status],
        "responsible": employee_by_initials(registers, job.responsible).id if job.responsible else None,
        "customer": customer.id if customer else None,
    }
    found = [products.search(session, code, 1)[0] for code in job.parts]
    linked: list[LinkRecord] = []
    if "BAGLYS-55" in job.parts:
        supplier = known["Nordisk Elektronik A/S"]
        linked = [LinkRecord(-1, supplier.id, None, LinkRole.SUPPLIER.value, supplier.name, supplier.number, "", "")]
    activities.save(
        session,
        SheetEdit(
            base=fresh,
            values=values,
            links=tuple(linked),
            lines=tuple(_line(product, place) for place, product in enumerate(found, 1)),
            new_note=job.note,
            new_device=DEVICES[job.customer][job.device] if job.device is not None else None,
        ),
    )
    if job.subject == SPECIAL[0].subject:
        _second_device(session, known)


def _line(product: ProductRow, place: int) -> LineRecord:
    return lines.line_of_product(product, -place, place)


def _second_device(session: Session, known: dict[str, ContactRow]) -> None:
    """Jensen & Søn have two devices, so that none of them is the one meant."""
    from svc_tui.services.stock import devices

    with change_set(session.store, None, "device.create", at=session.seconds()) as changes:
        devices.find_or_create(changes, DEVICES["Jensen & Søn ApS"][1], known["Jensen & Søn ApS"].id)


def read_job(session: Session, number: int) -> Sheet:
    """What is stored of the job with a number, for asserts."""
    activity_id = activities.id_of_number(session, number)
    assert activity_id is not None, f"no job {number}"
    return activities.open_sheet(session, activity_id)
