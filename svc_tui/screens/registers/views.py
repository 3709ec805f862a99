"""The saved views of all, for whoever keeps them in order: shown, changed and deleted."""

from __future__ import annotations

from functools import partial

from svc_tui.commands import Where
from svc_tui.domain.errors import Conflict
from svc_tui.domain.news import News
from svc_tui.domain.quoting import filled
from svc_tui.domain.records import SavedViewRow
from svc_tui.i18n import _
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.long_act import LongAct
from svc_tui.screens.shell.undoing import Undoing
from svc_tui.services.filters import view_lines, view_reading, views
from svc_tui.services.filters.views import ViewDraft
from svc_tui.services.history import undo
from svc_tui.widgets.fields import Field, TextField, YesNoField
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key


class ViewsRegister(ListScreen[SavedViewRow]):
    """Every view that somebody saved."""

    places = frozenset((Where.VIEWS_OF_ALL,))

    def __init__(self) -> None:
        super().__init__(empty=_("No view saved yet: filter and sort the list, then press F6."), id="views")
        self._views: list[SavedViewRow] = []
        self.undoing = Undoing(self, LongAct(self, self.bottom.stand), self._undone)

    def heading(self) -> tuple[str, str]:
        return _("Saved views"), _("Registers")

    def columns(self) -> list[Column[SavedViewRow]]:
        def whose(view: SavedViewRow) -> str:
            owner = self.session.registers.employee(view.owner_id)
            return owner.initials if owner else ""

        def offered(view: SavedViewRow) -> str:
            found = self.session.registers.list_by_code(view.list_code)
            return found.name if found else _("every list")

        return [
            Column(_("Name"), 16, lambda view: view.name, flex=1), Column(_("Whose"), 6, whose),
            Column(_("Shared"), 7, lambda view: _("yes") if view.shared else ""),
            Column(_("Offered in"), 16, offered), Column(_("Filter"), 16, lambda view: view.text, flex=2),
        ]  # fmt: skip

    def whole(self, row: SavedViewRow) -> str:
        return self.what_is_cut(row)

    def source(self) -> FixedRows[SavedViewRow]:
        return FixedRows(self._views, key=lambda view: view.id)

    async def show_rows(self, keep: object | None = None) -> None:
        self._views = await self.ask_service(view_reading.of_all)
        await super().show_rows(keep)

    def follows(self, news: News) -> bool:
        return news.everything or "saved_view" in news.tables

    async def others_committed(self, news: News) -> None:
        if news.restored:
            self.adopt()
            self.tell_if_restored(news)
        if news.restored or self.follows(news):
            self.background(self._read_again, "reading the saved views")

    async def _read_again(self) -> None:
        found = await self.ask_service(view_reading.of_all)

        async def show() -> None:
            current = self.list.current
            self._views = found
            await super(ViewsRegister, self).show_rows(current.id if current else None)

        self.svc.between_keys(show)

    async def do_register_add(self, key: Key | None) -> None:
        """Views are saved where they are looked at."""
        self.say(_("A view is saved in a list: filter and sort it, then w and F6."))

    async def do_register_change(self, key: Key | None) -> None:
        """Change the view under the cursor."""
        view = self.list.current
        if view is None:
            return
        base = view
        fields = await self._fields(view)

        async def save(form: Form) -> object:
            return await self.ask_service(views.change, base, self._draft(view, form))

        async def stored(conflict: Conflict) -> Form | None:
            nonlocal base
            base = await self.ask_service(views.seen, base, conflict.fields)
            now = next((one for one in await self.ask_service(view_reading.of_all) if one.id == base.id), base)
            return FormDialog("", await self._fields(now), save).form

        async def closed(kept: SavedViewRow | None) -> None:
            if kept is not None:
                await self.show_rows(kept.id)
                self.say(filled(_("View “{name}” is kept."), name=kept.name))

        title = _("View “{name}”").format(name=view.name)
        await self.svc.show(FormDialog(title, fields, save, stored=stored), closed)

    async def _fields(self, view: SavedViewRow) -> list[Field]:
        name, key = TextField("name", _("Name"), limit=60), TextField("key", _("Key"), limit=1)
        text = TextField("text", _("Filter"))
        name.value, key.value, text.value = view.name, view.key, await self.ask_service(view_lines.line_of, view)
        return [name, key, text, YesNoField("shared", _("Shared"), view.shared)]

    @staticmethod
    def _draft(view: SavedViewRow, form: Form) -> ViewDraft:
        shared = form["shared"]
        return ViewDraft(
            form["name"].text, form["text"].text, view.list_code, view_reading.order_of(view), form["key"].text,
            isinstance(shared, YesNoField) and shared.chosen,
        )  # fmt: skip

    async def do_register_delete(self, key: Key | None) -> None:
        """Delete the view under the cursor, after asking."""
        view = self.list.current
        if view is None:
            return
        go = partial(self._delete, view)
        question = filled(_("Delete the view “{name}”?"), name=view.name)
        self.ask_letter(question + " " + _("y: yes   Esc: no"), {"y": go, "j": go}, losing=("y", "j"))

    async def _delete(self, view: SavedViewRow) -> None:
        await self.ask_service(views.delete, view)
        await self.show_rows()
        self.say(filled(_("View “{name}” is deleted."), name=view.name))

    async def _undone(self) -> None:
        await self.show_rows()

    async def do_act_undo(self, key: Key | None) -> None:
        """Undo your last act."""
        await self.undoing.undo(undo.last_to_undo)

    async def do_act_redo(self, key: Key | None) -> None:
        """Do again what you undid last."""
        await self.undoing.undo(undo.last_to_redo)
