"""The refusal of an act because somebody else changed the same field meanwhile."""

from __future__ import annotations

from svc_tui.db.core import change_log
from svc_tui.domain.errors import N_, Conflict, DomainError
from svc_tui.domain.labels import label_of
from svc_tui.domain.language.dates import format_when
from svc_tui.services.core.session import Session, to_local


def changed_meanwhile(
    session: Session, table: str, row_id: int, field: str, label: DomainError | None = None
) -> Conflict:
    """The refusal because somebody else changed a field last, with who and when. Index: (table_name, row_id).

    Args:
        session: Who is refused.
        table: Whose row.
        row_id: Which.
        field: What was changed.
        label: What it is called; None: as the field is.
    """
    found = change_log.last_change(session.store, table, row_id, field)
    actor_id, at, _ = found or (None, session.seconds(), 0)
    who = session.registers.employee(actor_id)
    return Conflict(
        N_("{label} was changed by {who}, {when}."),
        fields=(field,), label=label or label_of(field), who=who.initials if who else "?",
        when=format_when(to_local(at), session.now(), session.language),
    )  # fmt: skip
