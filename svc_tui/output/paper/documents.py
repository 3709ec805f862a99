"""What is issued, drawn when it is: as plain text always, as PDF where the extra is installed, for companies as UBL."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from svc_tui.domain.orders.document import Document, DocumentKind
from svc_tui.domain.paper.sheet import Sheet
from svc_tui.output.paper.pdf import can_draw, pdf
from svc_tui.output.paper.plain import plain
from svc_tui.output.paper.readers import reader_in
from svc_tui.output.ubl import oioubl, peppol
from svc_tui.output.ubl.wanted import goes_electronically
from svc_tui.services.orders.issuing import Paper
from svc_tui.services.orders.papers import sheet_of

TEXT, PDF = "text", "pdf"


def rendered(document: Document) -> list[Paper]:
    """The papers of a document, in its own language; an invoice to a company or a public buyer electronically, too.

    Raises:
        Invalid: when something on it cannot be: then it is not issued.
    """
    reader = reader_in(document.language)
    return [*drawn(sheet_of(document, reader)), *_electronic(document, reader.translate)]


def _electronic(document: Document, translate: Callable[[str], str]) -> Iterator[Paper]:
    """Peppol for all, and for Danish shops what NemHandel takes, where that has words for it."""
    if document.kind not in (DocumentKind.INVOICE, DocumentKind.CREDIT) or not goes_electronically(document):
        return
    yield Paper(peppol.FORMAT, "application/xml", peppol.peppol(document, translate))
    if oioubl.can_write(document):
        yield Paper(oioubl.FORMAT, "application/xml", oioubl.oioubl(document, translate))


def drawn(sheet: Sheet) -> list[Paper]:
    """A sheet as text and, where it can be, as PDF."""
    found = [Paper(TEXT, "text/plain; charset=utf-8", plain(sheet).encode())]
    if can_draw():
        found.append(Paper(PDF, "application/pdf", pdf(sheet)))
    return found
