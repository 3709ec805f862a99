"""What was changed of late, by whom: any act can be looked into and undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.labels import act_label
from svc_tui.domain.news import News
from svc_tui.domain.records import ActRecord, ActStep
from svc_tui.domain.registers import means_none
from svc_tui.i18n import _
from svc_tui.screens.history import job_history as sheet_history
from svc_tui.screens.shell.base import BaseScreen, Step
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.screens.shell.undoing import Undoing
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import RowList
from svc_tui.widgets.row_source import Column

T = TypeVar("T")


class Acts:
    """The source of the rows: acts by their number, newest first."""

    def __init__(self, screen: BaseScreen, *, mine: bool, wanted: history.Wanted) -> None:
        self.screen = screen
        self.session = screen.svc.session
        """Through which the acts are read: one of them is undone through it too."""
        self.mine = mine
        self.wanted = wanted

    async def page(self, limit: int, after: ActRecord | None, before: ActRecord | None) -> Sequence[ActRecord]:
        return await self.screen.svc.store.run(
            history.recent,
            self.session,
            limit,
            after.id if after else None,
            self.mine,
            newer_than=before.id if before else None,
            wanted=self.wanted,
        )

    async def last(self, limit: int) -> Sequence[ActRecord]:
        return await self.screen.svc.store.run(
            history.recent, self.session, limit, None, self.mine, newer_than=0, wanted=self.wanted
        )

    def key(self, row: ActRecord) -> object:
        return row.id

    def anew(self) -> Acts:
        return Acts(self.screen, mine=self.mine, wanted=self.wanted)


class Steps:
    """The source of what one act changed, line by line."""

    def __init__(self, screen: BaseScreen, act: int) -> None:
        self.screen = screen
        self.act = act

    async def page(self, limit: int, after: ActStep | None, before: ActStep | None) -> Sequence[ActStep]:
        return await self.screen.ask_service(
            history.of_act, self.act, limit, after.id if after else None, before.id if before else None
        )

    async def last(self, limit: int) -> Sequence[ActStep]:
        return await self.screen.ask_service(history.of_act, self.act, limit, None, 2**62)

    def key(self, row: ActStep) -> object:
        return row.id

    def anew(self) -> Steps:
        return self


class ChangesScreen(BaseScreen):
    """The acts of late; left with whether one was undone."""

    places = frozenset((Where.CHANGES,))

    def __init__(self) -> None:
        super().__init__()
        self.mine = False
        self.wanted, self.asked = history.Wanted(), ""
        """Whose and which acts are shown, and how that was typed."""
        self._has_undone = False
        self.long = LongAct(self, self.bottom.stand)
        self.undoing = Undoing(self, self.long, self._undone)
        self.list: RowList[ActRecord] = RowList(
            [
                Column(_("When"), 12, lambda act: self.svc.formats.list_when(act.at)),
                Column(_("Who"), 4, self._who),
                Column(_("What"), 14, self.what, flex=1),
                Column(_("Jobs"), 6, self._count, right=True),
                Column(_("No."), 7, lambda act: str(act.number or ""), right=True),
                Column(_("Subject"), 12, lambda act: act.subject, flex=2),
                Column(_("State"), 9, lambda act: _("undone") if act.is_undone else ""),
            ],
            empty=_("Nothing was changed yet."),
            id="changes",
        )

    def _count(self, act: ActRecord) -> str:
        """How many jobs it concerned, of an import how many rows; nothing of a signing in, which concerns none."""
        count = act.jobs or (act.rows if act.rows > 1 else 0)
        return self.svc.formats.count(count) if count else ""

    def compose_body(self) -> ComposeResult:
        yield self.list

    async def opened(self) -> None:
        self.focus_on(self.list)
        self._tell_title()
        await self.list.show(self._acts())

    def path(self) -> list[Step]:
        return [(self.list, None)]

    def _tell_title(self) -> None:
        whose = _("yours only") if self.mine else _("everybody's")
        self.title_line.tell(_("Changes"), " · ".join(part for part in (self.asked, whose) if part))

    def _acts(self) -> Acts:
        return Acts(self, mine=self.mine, wanted=self.wanted)

    @property
    def session(self) -> Session:
        """As the acts shown have it: until they are read anew after a restore, that is the shop of before."""
        source = self.list.source
        return source.session if isinstance(source, Acts) else super().session

    def _who(self, act: ActRecord) -> str:
        employee = self.session.registers.employee(act.actor_id)
        return employee.initials if employee else ""

    def what(self, act: ActRecord) -> str:
        """What an act is called."""
        return act_label(act.act, act.root, _, registered=act.registered)

    async def others_committed(self, news: News) -> None:
        """New acts of others come on top; the cursor stays on its act."""
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))
        await self.list.reload_soon()

    # -- commands ------------------------------------------------------------------------------------------

    async def do_list_page_up(self, key: Key | None) -> None:
        """One screen up."""
        await self.list.page_by(-1)

    async def do_list_page_down(self, key: Key | None) -> None:
        """One screen down."""
        await self.list.page_by(1)

    async def do_app_refresh(self, key: Key | None) -> None:
        """Read the acts again."""
        await self.list.reload()

    async def do_app_close(self, key: Key | None) -> None:
        """Stop an undo that is going on; Esc shows all acts again; else go back to the screen before."""
        if self.long.is_running:
            self.long.stop()
        elif self.asked and key is not None and key.name == "escape":
            await self._show_only("")
        else:
            await self.svc.back(self._has_undone)

    async def do_changes_mine(self, key: Key | None) -> None:
        """Show the user's own acts, or everybody's."""
        self.mine = not self.mine
        self._tell_title()
        await self.list.show(self._acts())

    async def do_changes_filter(self, key: Key | None) -> None:
        """Ask for a person, a job or a day, and show only what they are about."""

        async def answered(which: Field) -> None:
            await self._show_only("" if means_none(which.text) else which.text.strip())

        self.ask_text(TextField("changes", _("Only of person, job, day (ah 10432 fr; -: all)")), answered)

    async def _show_only(self, text: str) -> None:
        self.wanted = await self.ask_service(history.asked_for, text)
        self.asked = text
        self._tell_title()
        await self.list.show(self._acts())

    async def do_changes_show(self, key: Key | None) -> None:
        """Show what the act under the cursor changed."""
        if (act := self.list.current) is not None:
            await self.svc.show(ActScreen(act, self.what(act)))

    async def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        await self.do_changes_show(None)

    async def do_changes_undo(self, key: Key | None) -> None:
        """Undo the act under the cursor."""
        if (act := self.list.current) is None:
            return
        await self.undoing.undo(lambda session: act.id)

    async def _undone(self) -> None:
        self._has_undone = True
        await self.list.reload()


class ActScreen(BaseScreen):
    """What one act changed: by job the field, what it was and what it became."""

    enter_closes = True

    def __init__(self, act: ActRecord, name: str) -> None:
        super().__init__()
        self.act = act
        self.name_of_act = name
        self.list: RowList[ActStep] = RowList(
            [
                Column(_("No."), 7, lambda step: str(step.number or ""), right=True),
                Column(_("Subject"), 14, lambda step: step.subject, flex=1),
                Column(_("What was changed"), 30, self._what, flex=2),
            ],
            id="act",
        )
        self.list.on_move = self._tell

    def compose_body(self) -> ComposeResult:
        yield self.list

    async def opened(self) -> None:
        employee = self.session.registers.employee(self.act.actor_id)
        who = employee.name if employee else ""
        self.title_line.tell(self.name_of_act, f"{self.svc.formats.when(self.act.at)} {who}".rstrip())
        self.focus_on(self.list)
        await self.list.show(Steps(self, self.act.id))
        await self._tell()

    def path(self) -> list[Step]:
        return [(self.list, None)]

    def _what(self, step: ActStep) -> str:
        row = step.history
        return " ".join(sheet_history.told(row, self.svc.formats)) or row.field

    async def _take(self, key: Key, more_follows: bool) -> None:
        step = self.list.current
        if key.name == "enter" and step is not None and not self.bottom.is_asking:
            from svc_tui.screens.shell.reader import ReaderScreen

            text = f"{step.number or ''} {step.subject}".strip() + "\n" + self._what(step)
            await self.svc.show(ReaderScreen(self.name_of_act, text.strip()))
            return
        await super()._take(key, more_follows)

    async def _tell(self) -> None:
        """The whole of it: in its column it may be cut off."""
        if (step := self.list.current) is not None:
            self.bottom.stand(self._what(step))
