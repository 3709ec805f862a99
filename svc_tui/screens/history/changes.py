"""What was changed of late, by whom: any act can be looked into and undone."""

from __future__ import annotations

from collections.abc import Sequence

from svc_tui.commands import Where
from svc_tui.domain.labels import act_label
from svc_tui.domain.news import News
from svc_tui.domain.records import ActRecord, ActStep
from svc_tui.domain.registers import means_none
from svc_tui.domain.setting_labels import setting_label
from svc_tui.i18n import _
from svc_tui.screens.history import job_history as sheet_history
from svc_tui.screens.shell.list_screen import Column, KeysetRows, ListScreen
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.screens.shell.undoing import Undoing
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.keys import Key


class ChangesScreen(ListScreen[ActRecord]):
    """The acts of late; left with whether one was undone."""

    places = frozenset((Where.CHANGES,))

    def __init__(self) -> None:
        super().__init__(empty=_("Nothing was changed yet."), id="changes")
        self.mine = False
        self.wanted, self.asked = history.Wanted(), ""
        """Whose and which acts are shown, and how that was typed."""
        self._has_undone = False
        self.long = LongAct(self, self.bottom.stand)
        self.undoing = Undoing(self, self.long, self._undone)

    def heading(self) -> tuple[str, str]:
        whose = _("yours only") if self.mine else _("everybody's")
        return _("Changes"), " · ".join(part for part in (self.asked, whose) if part)

    def columns(self) -> list[Column[ActRecord]]:
        return [
            Column(_("When"), 12, lambda act: self.svc.formats.list_when(act.at)),
            Column(_("Who"), 4, self._who),
            Column(_("What"), 14, self.what, flex=1),
            Column(_("Jobs"), 6, self._count, right=True),
            Column(_("No."), 7, lambda act: str(act.number or ""), right=True),
            Column(_("Subject"), 12, self.about, flex=2),
            Column(_("State"), 9, lambda act: _("undone") if act.is_undone else ""),
        ]

    def whole(self, row: ActRecord) -> str:
        return self.what_is_cut(row)

    def source(self) -> KeysetRows[ActRecord]:
        mine, wanted = self.mine, self.wanted

        def read(
            session: Session, limit: int, after: ActRecord | None, before: ActRecord | None
        ) -> Sequence[ActRecord]:
            older, newer = after.id if after else None, before.id if before else None
            return history.recent(session, limit, older, mine, newer_than=newer, wanted=wanted)

        def last(session: Session, limit: int) -> Sequence[ActRecord]:
            return history.recent(session, limit, None, mine, newer_than=0, wanted=wanted)

        return KeysetRows(self, read, last)

    def follows(self, news: News) -> bool:
        return True

    def _count(self, act: ActRecord) -> str:
        """How many jobs it concerned, of an import how many rows; nothing of a signing in, which concerns none."""
        count = act.jobs or (act.rows if act.root.startswith("import.") else 0)
        return self.svc.formats.count(count) if count else ""

    def _who(self, act: ActRecord) -> str:
        employee = self.session.registers.employee(act.actor_id)
        return employee.initials if employee else ""

    def what(self, act: ActRecord) -> str:
        """What an act is called."""
        return act_label(act.act, act.root, _, registered=act.registered)

    @staticmethod
    def about(act: ActRecord) -> str:
        """What it was done to: a job, a contact, settings of one's own."""
        return act.subject or ", ".join(setting_label(name).sentence(_) for name in act.settings)

    # -- commands ------------------------------------------------------------------------------------------

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
        self.tell_title()
        await self.show_rows()

    async def do_changes_filter(self, key: Key | None) -> None:
        """Ask for a person, a job or a day, and show only what they are about."""

        async def answered(which: Field) -> None:
            await self._show_only("" if means_none(which.text) else which.text.strip())

        self.ask_text(TextField("changes", _("Only of person, job, day (ah 10432 fr; -: all)")), answered)

    async def _show_only(self, text: str) -> None:
        self.wanted = await self.ask_service(history.asked_for, text)
        self.asked = text
        self.tell_title()
        await self.show_rows()

    async def do_changes_show(self, key: Key | None) -> None:
        """Show what the act under the cursor changed."""
        if (act := self.list.current) is not None:
            await self.svc.show(ActScreen(act, self.what(act)))

    async def open_row(self, row: ActRecord) -> None:
        await self.do_changes_show(None)

    async def do_changes_undo(self, key: Key | None) -> None:
        """Undo the act under the cursor."""
        if (act := self.list.current) is None:
            return
        await self.undoing.undo(lambda session: act.id)

    async def _undone(self) -> None:
        self._has_undone = True
        await self.list.reload()


class ActScreen(ListScreen[ActStep]):
    """What one act changed: by job the field, what it was and what it became."""

    enter_closes = True
    opens_rows = True

    def __init__(self, act: ActRecord, name: str) -> None:
        super().__init__(id="act")
        self.act = act
        self.name_of_act = name

    def heading(self) -> tuple[str, str]:
        employee = self.session.registers.employee(self.act.actor_id)
        who = employee.name if employee else ""
        return self.name_of_act, f"{self.svc.formats.when(self.act.at)} {who}".rstrip()

    def columns(self) -> list[Column[ActStep]]:
        return [
            Column(_("No."), 7, lambda step: str(step.number or ""), right=True),
            Column(_("Subject"), 14, lambda step: step.subject, flex=1),
            Column(_("What was changed"), 30, self.whole, flex=2),
        ]

    def source(self) -> KeysetRows[ActStep]:
        act = self.act.id

        def read(session: Session, limit: int, after: ActStep | None, before: ActStep | None) -> Sequence[ActStep]:
            return history.of_act(session, act, limit, after.id if after else None, before.id if before else None)

        def last(session: Session, limit: int) -> Sequence[ActStep]:
            return history.of_act(session, act, limit, None, 2**62)

        return KeysetRows(self, read, last, session=self.session)

    def whole(self, row: ActStep) -> str:
        step = row.history
        return " ".join(sheet_history.told(step, self.svc.formats, self.session.registers))

    async def open_row(self, row: ActStep) -> None:
        from svc_tui.screens.shell.reader import ReaderScreen

        text = f"{row.number or ''} {row.subject}".strip() + "\n" + self.whole(row)
        await self.svc.show(ReaderScreen(self.name_of_act, text.strip()))
