"""The company: what the shop is called, and what holds for all of its jobs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from svc_tui.db.core.changes import Values
from svc_tui.db.lists.ordering import reindex
from svc_tui.domain import clock
from svc_tui.domain.errors import CHANGED_MEANWHILE, N_, Conflict, Invalid
from svc_tui.domain.merge import merge
from svc_tui.domain.operations import Value
from svc_tui.domain.planning.hours_text import Week
from svc_tui.domain.registers import CompanyRecord
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import COMPANY
from svc_tui.domain.transfer.shipped import LANGUAGES
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line, whole_text
from svc_tui.services.people.registers import check_duration, only
from svc_tui.services.planning import opening

_MOST_DAYS: Final = 3650
DONE_END_RULES: Final = ("never", "always", "tasklist")
"""Whether setting a job to done moves its end to now: never, always, for jobs in the task list."""

_COMPANY_LINES: Final[Mapping[str, int]] = {
    "name": 120, "phone": 60, "email": 120, "vat_number": 60, "country_code": 4, "currency": 12,
    "user_field1_name": 40, "user_field2_name": 40, "time_zone": 60,
}  # fmt: skip


def change_company(session: Session, values: Values, week: Week | None = None) -> None:
    """Change the company's settings.

    Args:
        session: Who changes them.
        values: By the fields of `CompanyRecord`; the others stay.
        week: When the shop is open; None leaves that as it is.

    Raises:
        Invalid: with the field that is refused.
    """
    only(values, (*_COMPANY_LINES, "address", "default_duration", "done_end_rule", "language", "opens", "closes",
                  "repair_warranty_days", "reserve_at_save", "cost_follows", "intake_terms"))  # fmt: skip
    row: Values = {
        name: whole_line(value, name, _COMPANY_LINES[name]) if name in _COMPANY_LINES else value
        for name, value in values.items()
    }
    if "address" in row:
        row["address"] = whole_text(row["address"], "address", 500)
    if "intake_terms" in row:
        row["intake_terms"] = whole_text(row["intake_terms"], "intake_terms", 4_000)
    _check_company(row)
    _check_hours(session.registers.company, row)
    with session.act("company.change", Right.COMPANY_EDIT) as changes:
        changes.update(COMPANY, session.registers.company.id, row)
        if "language" in row:
            reindex(changes.store, str(row["language"]))
        if week is not None:
            opening.write_week(changes, week)
    session.reload_registers()


def save(session: Session, base: CompanyRecord, values: Mapping[str, Value]) -> None:
    """Change what a form shows of the company; what others changed since it was opened is merged field by field.

    Raises:
        Conflict: when somebody else changed the same.
        Invalid: with the field that is refused.
    """
    session.require(Right.COMPANY_EDIT)
    session.reload_registers()
    opened, now = ({name: getattr(side, name) for name in values} for side in (base, session.registers.company))
    merged = merge(opened, values, now)
    if merged.conflicts:
        raise Conflict(CHANGED_MEANWHILE, fields=tuple(conflict.field for conflict in merged.conflicts))
    if merged.write:
        change_company(session, {name: values[name] for name in merged.write})


def seen(session: Session, base: CompanyRecord, fields: Collection[str]) -> tuple[CompanyRecord, CompanyRecord]:
    """`base` once it has been told what others made of some fields, and the company as it is now."""
    session.reload_registers()
    now = session.registers.company
    return base._replace(**{name: getattr(now, name) for name in fields}), now


def _check_hours(company: CompanyRecord, row: Values) -> None:
    """A shop opens before it closes, both on the same day."""
    opens, closes = row.get("opens", company.opens), row.get("closes", company.closes)
    if not (isinstance(opens, int) and isinstance(closes, int) and 0 <= opens < closes <= 24 * 60):
        field = "opens" if "opens" in row else "closes"
        raise Invalid(N_("The shop must open before it closes, both between 0:00 and 24:00."), field=field)


def _check_company(row: Values) -> None:
    if "name" in row and not row["name"]:
        raise Invalid(N_("Write the name of the shop."), field="name")
    if "country_code" in row and not str(row["country_code"]).isdecimal():
        raise Invalid(N_("Write the country's telephone code in digits, such as 45."), field="country_code")
    currency = str(row.get("currency", "DKK"))
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
        raise Invalid(N_("Write the currency as three capitals, such as DKK."), field="currency")
    if "default_duration" in row:
        check_duration(int(row["default_duration"] or 0))
    days = row.get("repair_warranty_days", 90)
    if not (isinstance(days, int) and 0 <= days <= _MOST_DAYS):
        raise Invalid(N_("The warranty on repairs is 0 to 3650 days."), field="repair_warranty_days")
    if "time_zone" in row:
        clock.known_zone(str(row["time_zone"]))
    if row.get("language", "en") not in LANGUAGES:
        raise Invalid(N_("Choose one of the languages {languages}."), field="language", languages=", ".join(LANGUAGES))
    if row.get("done_end_rule", "never") not in DONE_END_RULES:
        raise Invalid(N_("Choose one of never, always, tasklist."), field="done_end_rule")
