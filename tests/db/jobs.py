"""Short ways to say what a test begins with: a job, a contact, a part, a status by its name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from svc_tui.db.core.all_models import MODELS
from svc_tui.db.core.changes import Value, change_set
from svc_tui.db.core.engine import Store
from svc_tui.db.core.people_models import ContactPerson, Product
from svc_tui.db.core.shop_models import ActivityType, Company
from svc_tui.domain import clock
from svc_tui.domain.language.dates import Typed
from svc_tui.domain.records import ContactRow, LineRecord, LinkRecord, ProductRow
from svc_tui.domain.stored_keys import code_key
from svc_tui.domain.text import search_key
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import Sheet, SheetEdit
from svc_tui.services.people import contacts
from svc_tui.services.people.company import change_company
from svc_tui.services.stock import products

Image = dict[str, list[tuple[object, ...]]]


def image(store: Store) -> Image:
    """Everything that is stored, to see that an act left nothing."""
    names = [str(table._meta.table_name) for table in MODELS]
    found = {name: store.sql(f'SELECT * FROM "{name}" ORDER BY id') for name in names}
    for name in ("activity_search", "contact_search", "device_search", "product_search"):
        body = "" if store.dialect == "sqlite" else ", CAST(body AS text)"
        found[name] = store.sql(f"SELECT rowid{body} FROM {name} ORDER BY rowid")
    return found


def count(store: Store, table: str) -> int:
    return int(store.sql(f'SELECT count(*) FROM "{table}"')[0][0])


def new_edit(
    session: Session,
    subject: str = "Intet billede",
    links: Sequence[LinkRecord] = (),
    lines: Sequence[LineRecord] = (),
    note: str = "",
    **values: Value,
) -> SheetEdit:
    """A new job as it is typed in, not saved yet."""
    sheet = activities.new_sheet(session, None, {})
    return SheetEdit(sheet, sheet.values | {"subject": subject} | values, tuple(links), tuple(lines), note)


def typed(when: datetime) -> Typed:
    """A day and a time of day, as somebody types both."""
    return Typed(when.date(), when.time())


def job(
    session: Session,
    subject: str = "Intet billede",
    links: Sequence[LinkRecord] = (),
    lines: Sequence[LineRecord] = (),
    note: str = "",
    **values: Value,
) -> Sheet:
    """A job that is stored, as a sheet opens it."""
    saved = activities.save(session, new_edit(session, subject, links, lines, note, **values))
    return activities.open_sheet(session, saved.id)


def changed(sheet: Sheet, **values: Value) -> SheetEdit:
    """What somebody made of an open sheet."""
    return SheetEdit(sheet, sheet.values | values, sheet.links, sheet.lines)


def again(session: Session, sheet: Sheet) -> Sheet:
    """The sheet read again."""
    assert sheet.id is not None
    return activities.open_sheet(session, sheet.id)


def status(session: Session, name: str) -> int:
    return next(entry.id for entry in session.registers.statuses if entry.name == name)


def kind(session: Session, name: str) -> int:
    return next(entry.id for entry in session.registers.types if entry.name == name)


def priority(session: Session, name: str) -> int:
    return next(entry.id for entry in session.registers.priorities if entry.name == name)


def employee(session: Session, initials: str) -> int:
    return next(entry.id for entry in session.registers.employees if entry.initials == initials)


def set_type(session: Session, type_id: int, **values: Value) -> None:
    """Change a type in the registers, which the session then reads again."""
    with change_set(session.store, None, "type.save") as changes:
        changes.update(ActivityType, type_id, values)
    session.reload_registers()


def set_company(session: Session, **values: Value) -> None:
    """Change the company's settings, which the session then reads again."""
    with change_set(session.store, None, "company.save") as changes:
        changes.update(Company, session.registers.company.id, values)
    session.reload_registers()


def contact(session: Session, name: str, **values: str | bool) -> ContactRow:
    return contacts.create(session, contacts.NewContact(name, **values))  # type: ignore[arg-type]  # checked by use


def person(session: Session, contact_id: int, name: str, phone: str = "", email: str = "") -> int:
    with change_set(session.store, None, "person.create") as changes:
        return changes.insert(
            ContactPerson,
            {"contact": contact_id, "name": name, "name_key": search_key(name), "phone": phone, "email": email},
        )


def part(session: Session, code: str, name: str, price: int = 12_900, **values: str) -> ProductRow:
    row: dict[str, Value] = {
        "code": code, "code_key": code_key(code), "name": name, "name_key": search_key(name), "price": price,
    }  # fmt: skip
    with change_set(session.store, None, "product.create") as changes:
        product_id = changes.insert(Product, row | values)
    found = products.get(session, product_id)
    assert found is not None
    return found


def link(row: ContactRow, role: str = "customer", link_id: int = -1) -> LinkRecord:
    """A link that is not saved yet."""
    return LinkRecord(link_id, row.id, row.person_id, role, row.name, row.number, row.person, row.phone)


def line(text: str = "HDMI-kabel", line_id: int = -1, position: int = 0, price: int = 12_900) -> LineRecord:
    """A line that is not saved yet: one part the customer pays."""
    return LineRecord(line_id, position, "part", None, "", text, "stk", 1000, None, price, 0, "customer", "needed")


def in_denmark(session: Session, now: datetime) -> Iterator[Session]:
    """A shop in Denmark, whose clock stands still; for a fixture."""
    before = clock.zone_name()
    change_company(session, {"time_zone": "Europe/Copenhagen"})
    session.clock.append(float(to_seconds(now)))
    yield session
    clock.use(before)
