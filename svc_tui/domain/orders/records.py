"""What crosses the layers of service orders and of what is issued for them: frozen rows."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from svc_tui.domain.orders.document import DocumentKind
from svc_tui.domain.orders.progress import DEPOSIT, Progress, Way


class BillingRecord(NamedTuple):
    """How the shop bills; see `Billing` in `db/core/order_models.py`."""

    id: int
    with_vat: bool = False
    issue_here: bool = False
    terms: int = 8
    terms_text: str = ""
    bank: str = ""
    account: str = ""
    iban: str = ""
    bic: str = ""
    payment_kind: str = ""
    giro: str = ""
    mobile_payment: str = ""
    smallest_coin: int = 0
    legal_line: str = ""
    order_prefix: str = ""
    invoice_prefix: str = ""
    credit_prefix: str = ""
    basis_prefix: str = ""
    folder: str = ""
    dispatched_status: int | None = None
    """The status that is proposed for jobs once they went out."""

    def kind(self, *, takes_back: bool = False) -> DocumentKind:
        """What is made where something is billed, or taken back."""
        if self.issue_here:
            return DocumentKind.CREDIT if takes_back else DocumentKind.INVOICE
        return DocumentKind.CORRECTION if takes_back else DocumentKind.BASIS

    def label(self, kind: DocumentKind, number: int) -> str:
        """A document's number as people see it."""
        prefixes = {DocumentKind.INVOICE: self.invoice_prefix, DocumentKind.CREDIT: self.credit_prefix}
        return f"{prefixes.get(kind, self.basis_prefix)}{number}"


class Goods(StrEnum):
    """What becomes of what is credited."""

    NOTHING = ""
    """Only the money is given back."""
    BACK = "back"
    """The pieces come back; they are taken back on the job."""
    AGAIN = "again"
    """It is billed once more: the order's lines are free for another invoice."""


class OrderRow(NamedTuple):
    """An order as a list shows it."""

    id: int
    number: int
    contact_id: int
    payer: str
    name: str
    reference: str
    progress: Progress
    amount: int
    """With VAT."""
    currency: str
    created_at: int
    claim: bool = False
    is_out: bool = False
    """Whether all of it went out."""
    jobs: tuple[int, ...] = ()
    """Numbers."""


class OrderLine(NamedTuple):
    """A line of an order, and how far it is."""

    id: int
    order_id: int
    position: int
    of_line: int | None
    of_job: int | None
    kind: str
    code: str
    text: str
    unit: str
    quantity: int
    price: int
    discount: int
    vat_rate: int
    vat_category: str
    share: int
    amount: int
    outcome: str
    job: int
    """Number of the job; 0 for none."""
    device: str
    way: Way

    @property
    def is_deposit(self) -> bool:
        return self.kind == DEPOSIT

    @property
    def left(self) -> int:
        """What of it is still to be billed."""
        return 0 if self.is_deposit else self.way.left

    @property
    def is_free(self) -> bool:
        """Whether its price, discount and text may still be changed."""
        return not self.is_deposit and self.way.invoiced - self.way.again <= 0


class DispatchRow(NamedTuple):
    """What went out."""

    id: int
    number: int
    order_id: int
    at: int
    way: str
    receiver: str
    identity_seen: bool
    carrier: str
    tracking: str
    warned: str
    taken_back_at: int | None
    reason: str
    lines: tuple[tuple[int, int], ...] = ()
    """Lines of the order with the quantity that went out."""


class DocumentRow(NamedTuple):
    """What was issued or handed over."""

    id: int
    kind: DocumentKind
    number: int
    label: str
    contact_id: int
    takes_back: int | None
    handover: int | None
    day: str
    due: str
    currency: str
    net: int
    vat: int
    gross: int
    payable: int
    reason: str
    goods: str
    at: int
    credited: int = 0
    """What was taken back of it, with VAT."""


class IssuedLine(NamedTuple):
    """A line of a document, and what was taken back of it."""

    id: int
    document_id: int
    position: int
    order_line: int
    takes_back: int | None
    deducts: int | None
    quantity: int
    amount: int
    vat_rate: int
    vat_category: str
    text: str
    credited: int = 0
    """Quantity."""
    credited_amount: int = 0
    """By quantity and as a reduction together."""
    reduced: int = 0
    """Of that the part that was a reduction of the price alone."""
    deducted: int = 0
    """Of a deposit: what later invoices took off for it, and did not give back."""

    @property
    def left(self) -> int:
        """Quantity that can still be taken back."""
        return self.quantity - self.credited

    @property
    def left_amount(self) -> int:
        return self.amount - self.credited_amount - self.deducted


class LoanDeviceRow(NamedTuple):
    """A device that is lent, and with whom it is."""

    id: int
    number: int
    name: str
    serial: str
    condition: str
    note: str
    retired: bool
    loan: int | None = None
    job: int = 0
    job_id: int | None = None
    contact: str = ""
    out_at: int | None = None
    due_at: int | None = None


class GoesOut(StrEnum):
    """How something goes out."""

    PICKUP = "pickup"
    SHIPMENT = "shipment"
