"""All registers of the shop, to choose from; beside them the shop's own data and the saved views."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from svc_tui.domain.news import News
from svc_tui.domain.rights import Right
from svc_tui.i18n import N_, _
from svc_tui.screens.registers.company_form import CompanyForm
from svc_tui.screens.registers.hours import HoursScreen
from svc_tui.screens.registers.specs import SPECS
from svc_tui.screens.registers.views import ViewsRegister
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.register_screen import RegisterScreen, RegisterSpec
from svc_tui.services.people import register_edits
from svc_tui.widgets.keys import Key


class Offered(NamedTuple):
    """One register that can be opened."""

    title: str
    told: str
    """How many rows it has, or nothing."""
    right: Right
    open: Callable[[], Awaitable[None]]


class RegistersMenu(ListScreen[Offered]):
    """Enter opens one; Esc goes back."""

    opens_rows = True

    def __init__(self) -> None:
        super().__init__(id="registers")

    def heading(self) -> tuple[str, str]:
        return _("Registers"), self.session.registers.company.name

    def columns(self) -> list[Column[Offered]]:
        return [
            Column(_("Name"), 24, lambda row: row.title, flex=1),
            Column(_("Rows"), 8, lambda row: row.told, right=True),
        ]

    def source(self) -> FixedRows[Offered]:
        found = [self._of(spec) for spec in SPECS.values()]
        found.append(Offered(_("Company data"), "", Right.COMPANY_EDIT, self._company))
        found.append(Offered(_("Hours and absences"), "", Right.REGISTER_EDIT, self._hours))
        found.append(Offered(_("Saved views"), "", Right.REGISTER_EDIT, self._views))
        return FixedRows(found, key=lambda row: row.title)

    def follows(self, news: News) -> bool:
        return news.registers

    async def others_committed(self, news: News) -> None:
        if news.restored or self.follows(news):
            self.adopt()
            self.tell_title()
            await self._come_back(None)
        self.tell_if_restored(news)

    async def do_app_refresh(self, key: Key | None) -> None:
        """Read the registers again."""
        session = self.svc.session
        await self.svc.store.run(session.reload_registers)
        await self._come_back(None)

    def _of(self, spec: RegisterSpec) -> Offered:
        async def show() -> None:
            await self.svc.show(RegisterScreen(spec), self._come_back)

        count = len(register_edits.entries(self.svc.session.registers, spec.register))
        return Offered(_(spec.title), self.svc.formats.count(count), spec.register.right, show)

    async def _company(self) -> None:
        async def closed(kept: bool | None) -> None:
            if kept:
                self.tell_title()
                self.say(_("Kept. u in a list of rows undoes it."))

        await self.svc.show(CompanyForm(self.session.registers.company, self.svc.formats.language), closed)

    async def _hours(self) -> None:
        await self.svc.show(HoursScreen(), self._come_back)

    async def _views(self) -> None:
        await self.svc.show(ViewsRegister(), self._come_back)

    async def _come_back(self, _result: object) -> None:
        current = self.list.current
        await self.show_rows(current.title if current else None)

    def enter_label(self) -> str:
        return _(N_("Open"))

    async def open_row(self, row: Offered) -> None:
        self.session.require(row.right)
        await row.open()
