"""What the preview beside a list shows of one job."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.domain.records import LinkRecord, NoteRecord, Stage


class PreviewLine(NamedTuple):
    """A row of the Product tab: its quantity in thousandths and its total in minor units."""

    code: str
    text: str
    quantity: int
    total: int


class Head(NamedTuple):
    """A job with its customer and its device; what is empty or missing there is an empty text.

    A field is called as the column of the job is; those of customer and device stand in `db/lists/preview.py`, too.
    """

    id: int
    number: int
    subject: str
    start_at: int
    end_at: int | None
    promised_at: int | None
    done_at: int | None
    late_at: int | None
    type_id: int | None
    status_id: int | None
    stage: Stage
    priority_id: int | None
    responsible_id: int | None
    project: str
    fault_told: str
    fault_found: str
    total: int
    """In minor units."""
    customer: str
    phone: str
    mobile: str
    email: str
    post_code: str
    city: str
    brand: str
    model: str
    serial: str

    @property
    def phones(self) -> tuple[str, ...]:
        """The numbers of the customer."""
        return tuple(number for number in (self.phone, self.mobile) if number)

    @property
    def place(self) -> str:
        """Post code and city of the customer."""
        return f"{self.post_code} {self.city}".strip()

    @property
    def device(self) -> str:
        """Brand and model."""
        return f"{self.brand} {self.model}".strip()


class Preview(NamedTuple):
    """The head of a job, and the beginnings of what hangs on it."""

    head: Head
    notes: tuple[NoteRecord, ...] = ()
    """The newest entries, each cut to its beginning."""
    lines: tuple[PreviewLine, ...] = ()
    links: tuple[LinkRecord, ...] = ()
