"""What the fields of orders and of what is issued are called, and what is done to them; a part of `labels.py`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from svc_tui.domain.errors import N_

ORDER_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "with_vat": N_("Prices with VAT"), "issue_here": N_("Invoices are issued here"),
        "terms": N_("Days to pay"), "terms_text": N_("Terms"), "bank": N_("Bank"), "account": N_("Account"),
        "iban": N_("IBAN"), "bic": N_("BIC"), "payment_kind": N_("Payment reference"), "giro": N_("FIK or giro"),
        "mobile_payment": N_("Mobile payment"), "smallest_coin": N_("Smallest coin"),
        "legal_line": N_("Line beside the VAT number"), "order_prefix": N_("Before order numbers"),
        "invoice_prefix": N_("Before invoice numbers"), "credit_prefix": N_("Before credit note numbers"),
        "basis_prefix": N_("Before numbers handed over"), "folder": N_("Folder of files handed over"),
        "dispatched_status": N_("Status once it went out"),
        "claim": N_("Claim"), "gln": N_("GLN"), "reference": N_("Reference"), "created_at": N_("Registered"),
        "cancelled_at": N_("Cancelled"), "quantity": N_("Quantity"), "vat_category": N_("VAT category"),
        "amount": N_("Amount"), "outcome": N_("Outcome"), "way": N_("Way"), "receiver": N_("Received by"),
        "identity_seen": N_("Identity seen"), "carrier": N_("Carrier"), "tracking": N_("Tracking number"),
        "warned": N_("Done in spite of"), "taken_back_at": N_("Taken back"), "label": N_("Number"),
        "takes_back": N_("Takes back"), "handover": N_("Hand-over"), "due": N_("Due"), "net": N_("Without VAT"),
        "vat": N_("VAT"), "gross": N_("With VAT"), "payable": N_("To pay"), "goods": N_("The goods"),
        "order_line": N_("Order line"), "deducts": N_("Deducts"), "service_order": N_("Order"),
        "document": N_("Document"), "format": N_("Format"), "media_type": N_("Media type"),
        "loan_device": N_("Loan device"), "out_at": N_("Out"), "due_at": N_("Due back"), "back_at": N_("Back"),
        "condition_out": N_("Condition when lent"), "condition_back": N_("Condition when back"),
        "invoice_language": N_("Language of papers"), "buyer_reference": N_("Their reference"),
        "claims": N_("Warranty claims"), "claim_rate": N_("Their hourly rate"), "claim_needs": N_("A claim needs"),
    }
)  # fmt: skip

ORDER_ACTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "order.make": N_("Order made"), "order.save": N_("Order changed"), "order.cancel": N_("Order cancelled"),
        "order.deposit": N_("Deposit"), "order.dispatch": N_("Dispatched"),
        "order.take_back": N_("Dispatch taken back"), "order.invoice": N_("Invoice"),
        "order.credit": N_("Credit note"), "order.hand_over": N_("Handed over"), "order.repaid": N_("Repaid"),
        "order.outcome": N_("Outcome of a claim"), "order.loan": N_("Lent"), "order.loan_back": N_("Loan back"),
        "billing.save": N_("Billing"), "billing.numbers": N_("Number series"), "loan.device": N_("Loan device"),
    }
)  # fmt: skip
