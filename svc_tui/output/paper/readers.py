"""Who reads a paper, by the language it is in."""

from __future__ import annotations

from svc_tui.domain.paper.reader import Reader
from svc_tui.i18n import translation_to
from svc_tui.services.core.session import Session


def reader_in(language: str) -> Reader:
    """A reader of a language, which need not be that of whoever prints it."""
    return Reader(language, translation_to(language))


def customer(session: Session) -> Reader:
    """Papers of jobs are in the shop's language."""
    return reader_in(session.registers.company.language)
