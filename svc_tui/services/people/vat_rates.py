"""VAT rates: a percentage with a name, which the law may change from a day on."""

from __future__ import annotations

from typing import Final

from svc_tui.db.core.changes import Changes, read
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.money import WHOLE
from svc_tui.domain.operations import Value, Values
from svc_tui.domain.records import VatRateRecord
from svc_tui.domain.registers import Register
from svc_tui.domain.tables import VAT_RATE
from svc_tui.services.core.session import Session
from svc_tui.services.people.registers import make_default, put_row

_MISSING: Final = N_("Write the percentage, for example 25.")


def put_vat_rate(session: Session, changes: Changes, rate_id: int | None, values: Values) -> int:
    """Write a rate within an act; None for a new one. Gives its id.

    A percentage that is changed from a day on is remembered for the days before.

    Args:
        session: Who writes.
        changes: The open act.
        rate_id: Which rate.
        values: Of name, percent, from_at, is_default.

    Raises:
        Invalid: with the field that is refused.
    """
    row: Values = {name: values[name] for name in ("name", "percent", "from_at") if name in values}
    if rate_id is None or "percent" in row:
        row["percent"] = _percentage(row.get("percent"))
    if rate_id is not None:
        row |= _until_then(_stored(changes, rate_id), row)
    rate_id = put_row(session, changes, Register.VAT_RATE, rate_id, row)
    if values.get("is_default"):
        make_default(session, changes, Register.VAT_RATE, rate_id)
    elif "is_default" in values:
        changes.update(VAT_RATE, rate_id, {"is_default": False})
    return rate_id


def _percentage(value: Value) -> int:
    if value is None:
        raise Invalid(_MISSING, field="percent")
    if not 0 <= int(value) <= WHOLE:
        raise Invalid(N_("The VAT is a percentage between 0 and 100."), field="percent")
    return int(value)


def _stored(changes: Changes, rate_id: int) -> VatRateRecord:
    row = read(changes.store, VAT_RATE, rate_id, lock=True)
    before, from_at = row["before"], row["from_at"]
    return VatRateRecord(
        rate_id, str(row["name"]), "", int(row["percent"] or 0),
        None if before is None else int(before), None if from_at is None else int(from_at),
    )  # fmt: skip


def _until_then(stored: VatRateRecord, row: Values) -> Values:
    """What the rate was until the day from which it is to be another."""
    from_at = row.get("from_at", stored.from_at)
    if from_at is None:
        return {"before": None}
    if "percent" not in row:
        return {}
    return {"before": stored.on(int(from_at) - 1)}
