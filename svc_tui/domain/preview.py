"""What the preview beside a list shows of one job."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.domain.records import LinkRecord, NoteRecord


class PreviewLine(NamedTuple):
    """A row of the Product tab: its quantity in thousandths and its total in minor units."""

    code: str
    text: str
    quantity: int
    total: int


class Preview(NamedTuple):
    """The head of a job, and the beginnings of what hangs on it."""

    id: int
    number: int
    subject: str
    start_at: int
    end_at: int | None
    promised_at: int | None
    done_at: int | None
    type_id: int | None
    status_id: int | None
    stage: int
    priority_id: int | None
    responsible_id: int | None
    project: str
    fault_told: str
    fault_found: str
    total: int
    """In minor units."""
    customer: str
    phones: tuple[str, ...]
    email: str
    place: str
    """Post code and city of the customer."""
    device: str
    serial: str
    notes: tuple[NoteRecord, ...] = ()
    """The newest entries, each cut to its beginning."""
    lines: tuple[PreviewLine, ...] = ()
    links: tuple[LinkRecord, ...] = ()
