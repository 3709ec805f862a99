"""What was handed over to the bookkeeping program: the files of a run, as often as they are asked for the same."""

from __future__ import annotations

from typing import NamedTuple

from svc_tui.db.orders import documents
from svc_tui.domain.errors import N_, NotFound
from svc_tui.domain.orders.records import DocumentRow
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session
from svc_tui.services.orders.issuing import CSV, JSON_LINES


class Run(NamedTuple):
    """One hand-over."""

    id: int
    number: int
    at: int
    name: str


class Files(NamedTuple):
    """The files of a run."""

    name: str
    json_lines: bytes
    csv: bytes


def runs(session: Session, limit: int = 50) -> list[Run]:
    """The latest hand-overs."""
    session.require(Right.ACTIVITY_READ)
    return [Run(*row) for row in documents.handovers(session.store, limit)]


def files(session: Session, number: int) -> Files:
    """
    Raises:
        NotFound: when there is no such run.
    """
    session.require(Right.ORDER_ISSUE)
    found = documents.handover_of_number(session.store, number)
    if found is None:
        raise NotFound(N_("There is no hand-over {number}."), number=number)
    run, name = found
    bodies = [documents.file_of(session.store, format_, handover=run) or b"" for format_ in (JSON_LINES, CSV)]
    return Files(name, bodies[0], bodies[1])


def documents_of(session: Session, run: int) -> list[DocumentRow]:
    """What a run handed over."""
    session.require(Right.ACTIVITY_READ)
    return documents.of_handover(session.store, run)
