"""How far an order is, and what a document is, in words: message ids."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from svc_tui.domain.errors import N_
from svc_tui.domain.orders.document import DocumentKind
from svc_tui.domain.orders.progress import Progress

PROGRESS_LABELS: Final[Mapping[Progress, str]] = MappingProxyType(
    {
        Progress.ORDER: N_("order"), Progress.DISPATCHED: N_("dispatched"), Progress.PARTLY: N_("partly invoiced"),
        Progress.INVOICED: N_("invoiced"), Progress.HANDED: N_("handed over"), Progress.CREDITED: N_("credited"),
        Progress.CANCELLED: N_("cancelled"),
    }
)  # fmt: skip

KIND_LABELS: Final[Mapping[DocumentKind, str]] = MappingProxyType(
    {
        DocumentKind.INVOICE: N_("Invoice"), DocumentKind.CREDIT: N_("Credit note"),
        DocumentKind.BASIS: N_("Handed over"), DocumentKind.CORRECTION: N_("Correction handed over"),
    }
)  # fmt: skip
"""What is handed over is never called an invoice."""
