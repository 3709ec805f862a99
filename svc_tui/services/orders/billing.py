"""How the shop bills: issued here or handed over, series, terms, ways of paying."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from svc_tui.db.core.changes import Changes
from svc_tui.db.orders import documents
from svc_tui.db.orders import orders as rows
from svc_tui.domain.errors import N_, Conflict, Invalid
from svc_tui.domain.merge import merge
from svc_tui.domain.operations import Values
from svc_tui.domain.order_tables import BILLING
from svc_tui.domain.orders import check_digits
from svc_tui.domain.orders.document import DocumentKind
from svc_tui.domain.orders.records import BillingRecord
from svc_tui.domain.orders.terms import checked_terms
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line, whole_text

LINES: Final = {
    "bank": 60, "account": 40, "iban": 42, "bic": 11, "giro": 10, "mobile_payment": 30, "legal_line": 80,
    "order_prefix": 6, "invoice_prefix": 6, "credit_prefix": 6, "basis_prefix": 6, "folder": 300,
}  # fmt: skip
FIELDS: Final = (*LINES, "with_vat", "issue_here", "terms", "terms_text", "payment_kind", "smallest_coin",
                 "dispatched_status")  # fmt: skip
PAYMENT_KINDS: Final = ("", "fik71", "fik75", "kid", "ocr")
COINS: Final = (0, 50, 100)


def read_billing(session: Session) -> BillingRecord:
    """How the shop bills."""
    return rows.billing(session.store)


def save(session: Session, base: BillingRecord, values: Values) -> None:
    """Change how the shop bills; what others changed since it was read is merged field by field.

    Raises:
        Invalid: with the field that is refused.
        Conflict: when somebody else changed the same.
    """
    mine = _checked(values)
    with session.act("billing.save", Right.COMPANY_EDIT) as changes:
        now = rows.billing(changes.store)
        merged = merge({name: getattr(base, name) for name in mine}, mine, {name: getattr(now, name) for name in mine})
        if merged.conflicts:
            raise Conflict(N_("Somebody else changed the same."),
                           fields=tuple(conflict.field for conflict in merged.conflicts))  # fmt: skip
        write = {name: mine[name] for name in merged.write}
        _keep_prefixes(changes, write, now)
        if write:
            changes.update(BILLING, now.id, write)


def _keep_prefixes(changes: Changes, write: Collection[str], now: BillingRecord) -> None:
    """What stands before the numbers of a series is chosen before its first one."""
    for field, kind in (("invoice_prefix", DocumentKind.INVOICE), ("credit_prefix", DocumentKind.CREDIT)):
        if field in write and documents.last_day(changes.store, str(kind)):
            raise Invalid(N_("Numbers of this series are in use: what stands before them stays."), field=field)


def begin_numbers(session: Session, series: str, first: int) -> None:
    """Let a series begin with a number; once, before its first one.

    Raises:
        Invalid: when numbers of it are in use, or it is no number to begin with.
    """
    kinds = {kind.value for kind in DocumentKind}
    if series not in kinds:
        raise Invalid(N_("There is no series {name}."), name=series)
    if not 0 < first < 10**12:
        raise Invalid(N_("A series begins with a number above nothing."), field="number")
    with session.act("billing.numbers", Right.COMPANY_EDIT) as changes:
        if documents.last_day(changes.store, series):
            raise Invalid(N_("Numbers of this series are in use: it is not begun again."), field="number")
        documents.begin(changes, series, first)


def _checked(values: Values) -> Values:
    found: Values = {name: whole_line(values[name], name, limit) for name, limit in LINES.items() if name in values}
    for name in ("with_vat", "issue_here"):
        if name in values:
            found[name] = bool(values[name])
    if "terms_text" in values:
        found["terms_text"] = whole_text(values["terms_text"], "terms_text", 2_000)
    if "dispatched_status" in values:
        found["dispatched_status"] = values["dispatched_status"]
    if "terms" in values:
        found["terms"] = checked_terms(values["terms"])
    if values.get("iban") and not check_digits.is_iban(str(values["iban"])):
        raise Invalid(N_("This IBAN cannot be right: its check digits are wrong."), field="iban")
    for name, allowed in (("payment_kind", PAYMENT_KINDS), ("smallest_coin", COINS)):
        if name in values:
            if values[name] not in allowed:
                raise Invalid(N_("Choose one of the values offered."), field=name)
            found[name] = values[name]
    kind, giro = str(values.get("payment_kind", "")), str(values.get("giro", ""))
    if kind.startswith("fik") and not (giro.isdecimal() and len(giro) == 8):
        raise Invalid(N_("A FIK creditor number has 8 digits."), field="giro")
    return found
