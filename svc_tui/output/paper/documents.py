"""What is issued, drawn when it is: as plain text always, as PDF where the extra is installed."""

from __future__ import annotations

from svc_tui.domain.orders.document import Document
from svc_tui.domain.paper.sheet import Sheet
from svc_tui.i18n import translation_to
from svc_tui.output.paper.pdf import can_draw, pdf
from svc_tui.output.paper.plain import plain
from svc_tui.services.orders.issuing import Paper
from svc_tui.services.orders.papers import sheet_of

TEXT, PDF = "text", "pdf"


def rendered(document: Document) -> list[Paper]:
    """The papers of a document, in its own language."""
    return drawn(sheet_of(document, translation_to(document.language)))


def drawn(sheet: Sheet) -> list[Paper]:
    """A sheet as text and, where it can be, as PDF."""
    found = [Paper(TEXT, "text/plain; charset=utf-8", plain(sheet).encode())]
    if can_draw():
        found.append(Paper(PDF, "application/pdf", pdf(sheet)))
    return found
