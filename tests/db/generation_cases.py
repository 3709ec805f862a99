"""Acts of jobs, people, registers and planning, each begun and not carried out yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from svc_tui.db.core.people_models import Contact
from svc_tui.domain import entries
from svc_tui.domain.records import LinkRole, Stage
from svc_tui.domain.registers import Register
from svc_tui.services.core.session import Session
from svc_tui.services.filters import views
from svc_tui.services.filters.views import ViewDraft
from svc_tui.services.history import undo
from svc_tui.services.jobs import activities, bulk, links
from svc_tui.services.jobs.bulk import Edit, Selection, at_once
from svc_tui.services.people import company, contact_card, merging, registers, settings
from svc_tui.services.people.settings import UserSettings
from svc_tui.services.planning import opening
from svc_tui.services.reports import next_jobs
from svc_tui.services.stock import device_card, product_card
from svc_tui.services.transfer.imports import Acts, Report
from tests.db.jobs import changed, contact, job, new_edit

Begun = Callable[[Session], Callable[[], object]]
"""Reads and prepares in a shop whatever an act needs; what it gives carries the act out."""

Cases = Mapping[str, tuple[Begun, ...]]
"""Acts by the place in the services that opens the gate for them, as `module.function`."""


def _sheet(shop: Session) -> Callable[[], object]:
    edit = changed(job(shop), subject="Rettet")
    return lambda: activities.save(shop, edit)


def _new_sheet(shop: Session) -> Callable[[], object]:
    edit = new_edit(shop, "Begyndt før")
    return lambda: activities.save(shop, edit)


def _plan(shop: Session) -> Callable[[], object]:
    plan = bulk.plan(shop, Selection((job(shop).id or 0,)), Edit("note", "Ring"))
    return lambda: bulk.carry_out(shop, plan)


def _at_once(shop: Session) -> Callable[[], object]:
    sheet = job(shop)
    return lambda: at_once(shop, [sheet.id or 0], Edit("note", "Ring"))


def _undo(shop: Session) -> Callable[[], object]:
    job(shop)
    found = undo.prospect(shop, undo.last_to_undo(shop))
    return lambda: undo.carry_out(shop, found)


def _undo_by_number(shop: Session) -> Callable[[], object]:
    job(shop)
    act = undo.last_to_undo(shop)
    return lambda: undo.undo(shop, act)


def _link(shop: Session) -> Callable[[], object]:
    sheet, row = job(shop), contact(shop, "Karla Friis")
    return lambda: links.add(shop, sheet.id or 0, row.id, None, LinkRole.CUSTOMER)


def _contact(shop: Session) -> Callable[[], object]:
    return lambda: contact(shop, "Karla Friis")


def _draft(name: str) -> ViewDraft:
    return ViewDraft(name, "status:klar")


def _view(shop: Session) -> Callable[[], object]:
    return lambda: views.save(shop, _draft("Mine"))


def _view_changed(shop: Session) -> Callable[[], object]:
    view = views.save(shop, _draft("Mine"))
    return lambda: views.change(shop, view, _draft("Andre"))


def _view_deleted(shop: Session) -> Callable[[], object]:
    view = views.save(shop, _draft("Mine"))
    return lambda: views.delete(shop, view)


def _settings(shop: Session) -> Callable[[], object]:
    return lambda: settings.save(shop, UserSettings(opening_filter="mine"))


def _company(shop: Session) -> Callable[[], object]:
    return lambda: company.change_company(shop, {"name": "Andet navn"})


def _register(shop: Session) -> Callable[[], object]:
    kind = shop.registers.types[0].id
    return lambda: registers.rename(shop, Register.TYPE, kind, "Andet navn")


def _import(shop: Session) -> Callable[[], object]:
    def batch() -> None:
        with Acts(shop, "import.contacts").next(Report()) as changes:
            number = changes.next_number("contact")
            changes.insert(Contact, {"number": number, "name": "Karla Friis", "name_key": "karla friis"})

    return batch


def _contact_card(shop: Session) -> Callable[[], object]:
    card = contact_card.open_card(shop, contact(shop, "Karla Friis").id)
    edit = contact_card.ContactEdit(card, card.values | {"city": "Vejle"}, card.persons)
    return lambda: contact_card.save(shop, edit)


def _device_card(shop: Session) -> Callable[[], object]:
    card = device_card.new_card(shop)
    edit = device_card.DeviceEdit(card, card.values | {"brand": "Sony"})
    return lambda: device_card.save(shop, edit)


def _product_card(shop: Session) -> Callable[[], object]:
    card = product_card.new_card(shop, "X1")
    edit = product_card.ProductEdit(card, card.values | {"name": "Kabel"})
    return lambda: product_card.save(shop, edit)


def _merge(shop: Session) -> Callable[[], object]:
    stays, goes = contact(shop, "Karla Friis"), contact(shop, "Karla Friis ApS")
    plan = merging.plan(shop, entries.Register.CONTACTS, stays.id, goes.id)
    return lambda: merging.carry_out(shop, plan)


def _week(shop: Session) -> Callable[[], object]:
    return lambda: opening.change_week(shop, (((480, 960),),) * 7)


def _special_day(shop: Session) -> Callable[[], object]:
    return lambda: opening.save_special_day(shop, date(2027, 6, 1), "", "")


def _no_special_day(shop: Session) -> Callable[[], object]:
    row = opening.save_special_day(shop, date(2027, 6, 2), "", "")
    return lambda: opening.remove_special_day(shop, row)


def _holidays(shop: Session) -> Callable[[], object]:
    return lambda: opening.add_holidays(shop, "DK", [2040])


def _who(shop: Session) -> int:
    return shop.registers.employees[0].id


def _absence(shop: Session) -> Callable[[], object]:
    return lambda: opening.save_absence(shop, _who(shop), datetime(2027, 1, 1), datetime(2027, 1, 2))


def _no_absence(shop: Session) -> Callable[[], object]:
    row = opening.save_absence(shop, _who(shop), datetime(2027, 1, 1), datetime(2027, 1, 2))
    return lambda: opening.remove_absence(shop, row)


def _may_do(shop: Session) -> Callable[[], object]:
    return lambda: opening.change_types(shop, _who(shop), [shop.registers.types[0].id])


def _taken(shop: Session) -> Callable[[], object]:
    sheet = job(shop, status=next(entry.id for entry in shop.registers.statuses if entry.stage is Stage.READY))
    return lambda: next_jobs.take(shop, sheet.id or 0)


CASES: Cases = {
    "opening.change_week": (_week,),
    "opening.save_special_day": (_special_day,),
    "opening.remove_special_day": (_no_special_day,),
    "opening.add_holidays": (_holidays,),
    "opening.save_absence": (_absence,),
    "opening.remove_absence": (_no_absence,),
    "opening.change_types": (_may_do,),
    "activities.save": (_sheet, _new_sheet),
    "bulk._write": (_plan, _at_once),
    "undo.carry_out": (_undo, _undo_by_number),
    "links.add": (_link,),
    "contacts.create": (_contact,),
    "contact_card.save": (_contact_card,),
    "device_card.save": (_device_card,),
    "product_card.save": (_product_card,),
    "merging.carry_out": (_merge,),
    "views.save": (_view,),
    "views.change": (_view_changed,),
    "views.delete": (_view_deleted,),
    "settings.save": (_settings,),
    "company.change_company": (_company,),
    "registers.acting": (_register,),
    "imports.next": (_import,),
    "next_jobs.take": (_taken,),
}
