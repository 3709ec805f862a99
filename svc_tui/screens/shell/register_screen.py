"""A register: its rows in their order; adding, changing, moving, retiring and deleting one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.domain.quoting import filled
from svc_tui.domain.registers import Register
from svc_tui.i18n import _
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.screens.shell.register_form import Part, RegisterForm, Surroundings, asked_before_retiring, title_of
from svc_tui.screens.shell.undoing import Undoing
from svc_tui.services.core.session import Session
from svc_tui.services.history import undo
from svc_tui.services.people import register_edits, registers
from svc_tui.services.people.register_edits import Entry
from svc_tui.widgets.keys import Key


class Shown(NamedTuple):
    """A column of a register."""

    title: str
    """A message id."""
    width: int
    told: Callable[[Surroundings, Entry], str]
    flex: int = 0


class RegisterSpec(NamedTuple):
    """What a register is: its rows, what is shown of one and what is edited."""

    register: Register
    title: str
    """Of the whole, a message id."""
    kind: str
    """What one row is, a message id."""
    columns: Sequence[Shown]
    parts: Sequence[Part]
    moves: bool = True
    """Whether its rows have an order that people decide."""


class RegisterScreen(ListScreen[Entry]):
    """One register, as its description says."""

    def __init__(self, spec: RegisterSpec) -> None:
        super().__init__(empty=_("Nothing here yet. n adds the first."), id="register")
        self.spec = spec
        self.places = frozenset((Where.REGISTER, Where.MOVED) if spec.moves else (Where.REGISTER,))
        self.long = LongAct(self, self.bottom.stand)
        self.undoing = Undoing(self, self.long, self._undone)

    def heading(self) -> tuple[str, str]:
        return _(self.spec.title), _("Registers")

    def columns(self) -> list[Column[Entry]]:
        def told(shown: Shown, entry: Entry) -> str:
            return shown.told(self._around, entry)

        shown = [Column(_(one.title), one.width, partial(told, one), flex=one.flex) for one in self.spec.columns]
        return [*shown, Column("", 8, lambda entry: _("retired") if entry.retired else "")]

    def whole(self, row: Entry) -> str:
        return self.what_is_cut(row)

    def source(self) -> FixedRows[Entry]:
        found = register_edits.entries(self.svc.session.registers, self.spec.register)
        return FixedRows(found, key=lambda entry: entry.id)

    def follows(self, news: News) -> bool:
        return news.registers

    async def others_committed(self, news: News) -> None:
        if news.restored or self.follows(news):
            self.adopt()
            await self._reread()
        self.tell_if_restored(news)

    async def _reread(self, keep: int | None = None) -> None:
        """The rows as the session knows them, with the cursor on one, or where it was."""
        current = self.list.current
        await self.show_rows(keep if keep is not None else current.id if current else None)

    async def _undone(self) -> None:
        await self._reread()

    @property
    def _around(self) -> Surroundings:
        return Surroundings(self.svc.session.registers, self.svc.formats)

    # -- commands ------------------------------------------------------------------------------------------

    async def do_register_add(self, key: Key | None) -> None:
        """A new row."""
        await self._show(Entry(None, {part.name: part.new for part in self.spec.parts}))

    async def do_register_change(self, key: Key | None) -> None:
        """Change the row under the cursor."""
        if (entry := self.list.current) is not None:
            await self._show(entry)

    async def _show(self, entry: Entry) -> None:
        async def closed(row_id: int | None) -> None:
            if row_id is not None:
                await self._reread(row_id)
                self.say(filled(_("Kept: {name}. u undoes it."), name=self._name_of(row_id)))

        form = RegisterForm(
            self.spec.register, self.spec.parts, title_of(_(self.spec.kind), entry), entry, self._around
        )
        await self.svc.show(form, closed)

    def _name_of(self, row_id: int) -> str:
        return next((entry.name for entry in self.list.rows if entry.id == row_id), "")

    async def do_register_up(self, key: Key | None) -> None:
        """Move the row up."""
        await self._move(-1)

    async def do_register_down(self, key: Key | None) -> None:
        """Move the row down."""
        await self._move(1)

    async def _move(self, by: int) -> None:
        entry = self.list.current
        if entry is not None and entry.id is not None:
            has_moved = await self.ask_service(register_edits.move, self.spec.register, entry.id, by)
            await self._reread(entry.id)
            if not has_moved:
                said = _("{name} stands first already.") if by < 0 else _("{name} stands last already.")
                self.say(filled(said, name=entry.name))

    async def do_register_retire(self, key: Key | None) -> None:
        """Offer the row no longer, or again; how many jobs have it is told before."""
        entry = self.list.current
        if entry is None or entry.id is None:
            return
        if entry.retired:
            await self._done(entry, registers.unretire, _("{name} is offered again. u undoes it."))
            return
        count = await self.ask_service(register_edits.held_by, self.spec.register, entry.id)
        go = partial(self._done, entry, registers.retire, _("{name} is retired: it is no longer offered. u undoes it."))
        if not count:
            await go()
            return
        text = asked_before_retiring(self.spec.register, count)
        asked = filled(text, count=self.svc.formats.count(count), name=entry.name)
        self.ask_letter(asked, {"y": go, "j": go}, losing=("y", "j"))

    async def do_register_delete(self, key: Key | None) -> None:
        """Delete the row, which only what nothing uses can be."""
        entry = self.list.current
        if entry is None or entry.id is None:
            return
        go = partial(self._done, entry, registers.delete, _("{name} is deleted. u undoes it."))
        asked = filled(_("Delete {name}? y: yes   Esc: no"), name=entry.name)
        self.ask_letter(asked, {"y": go, "j": go}, losing=("y", "j"))

    async def _done(self, entry: Entry, act: Callable[[Session, Register, int], None], said: str) -> None:
        await self.ask_service(act, self.spec.register, entry.id or 0)
        await self._reread()
        self.say(filled(said, name=entry.name))

    async def do_act_undo(self, key: Key | None) -> None:
        """Undo your last act."""
        await self.undoing.undo(undo.last_to_undo)

    async def do_act_redo(self, key: Key | None) -> None:
        """Do again what you undid last."""
        await self.undoing.undo(undo.last_to_redo)

    async def do_app_refresh(self, key: Key | None) -> None:
        """Read the registers again."""
        session = self.svc.session
        await self.svc.store.run(session.reload_registers)
        await self._reread()
