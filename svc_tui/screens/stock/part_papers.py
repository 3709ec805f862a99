"""Reading the papers of parts on a screen."""

from __future__ import annotations

from svc_tui.domain.paper.sheet import Sheet
from svc_tui.i18n import language
from svc_tui.output.paper.plain import PAGE_WIDTH, plain
from svc_tui.output.paper.readers import reader_in
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.reader import ReaderScreen
from svc_tui.services.core.session import Session
from svc_tui.services.stock import part_papers


async def read_order(screen: BaseScreen, number: int) -> None:
    """Read an order as the supplier gets it."""

    def make(session: Session) -> Sheet:
        return part_papers.order_sheet(session, number, reader_in(language()))

    sheet = await screen.ask_service(make)
    await screen.svc.show(ReaderScreen(f"{sheet.title} {number}", plain(sheet, min(PAGE_WIDTH, screen.size.width))))
