"""Saved views: the picker that opens them by name or key, and the dialog that saves, changes and shares one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.commands import Where
from svc_tui.domain.errors import Conflict
from svc_tui.domain.operations import new_operation_key
from svc_tui.domain.queries import Order
from svc_tui.domain.quoting import filled
from svc_tui.domain.records import SavedViewRow
from svc_tui.domain.registers import Choice
from svc_tui.domain.stored_keys import view_key
from svc_tui.i18n import _
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.picker import Picked, Picker, Question, Row
from svc_tui.services.filters import view_lines, view_reading, views
from svc_tui.services.filters.views import ViewDraft
from svc_tui.widgets.fields import ChoiceField, Field, TextField, YesNoField
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen


async def show_views(screen: ActivityListScreen) -> None:
    """Let a view be opened, saved, changed or deleted; the list then shows it."""

    async def closed(picked: Picked[SavedViewRow | None] | None) -> None:
        if picked is None:
            return
        if picked.value is None:
            await screen.show_view(screen.svc.settings.opening_filter, screen.order.now)
            return
        view = picked.value
        line = await screen.ask_service(view_lines.line_of, view)
        await screen.show_view(line, view_reading.order_of(view))
        trouble = await screen.ask_service(views.trouble, view)
        if trouble is not None:
            screen.show_error(trouble)
        else:
            screen.say(filled(_("View: {name}"), name=view.name))

    picker = ViewsPicker(screen)
    await screen.svc.show(picker, closed)


class ViewsPicker(Picker):
    """The views of a list. The first letter typed opens the view with that key; Del deletes, F4 changes one."""

    places = frozenset((Where.PICKER, Where.VIEWS))

    def __init__(self, screen: ActivityListScreen) -> None:
        self.over = screen
        self.views: list[SavedViewRow] = []
        columns = ((_("Key"), 4, 0), (_("Name"), 20, 1), (_("Filter"), 20, 2), (_("Whose"), 12, 0))
        super().__init__(
            Question(
                _("Views"), columns, self._find, create=None,
                empty=_("No view saved yet: filter and sort the list, then press F6."),
            )
        )  # fmt: skip

    async def opened(self) -> None:
        await super().opened()
        entry = self.session.registers.list_by_code(self.over.code)
        self.title_line.tell(_("Views"), entry.name if entry else _("All jobs"))
        self.bottom.stand(_("Key or Enter opens · F6 saves the filter shown · F4 changes · Del deletes"))

    async def _find(self, typed: str, options: dict[str, int]) -> list[Row[SavedViewRow | None]]:
        self.views = await self.ask_service(view_reading.visible, self.over.code)
        key = view_key(typed)
        found: list[Row[SavedViewRow | None]] = [
            Row(view, (view.key, self._called(view), view.text, self._whose(view)))
            for view in self.views
            if key in view.name_key
        ]
        if self._opens_with is not None and not key:
            found.append(Row(None, ("", _("No view: the list as the settings have it"), "", "")))
        return found

    @property
    def _opens_with(self) -> int | None:
        return dict(self.svc.settings.opening_views).get(self.over.code)

    def _called(self, view: SavedViewRow) -> str:
        return f"* {view.name}" if view.id == self._opens_with else view.name

    def _whose(self, view: SavedViewRow) -> str:
        owner = self.session.registers.employee(view.owner_id)
        me = self.session.employee
        if me is not None and view.owner_id == me.id:
            return _("shared") if view.shared else ""
        return owner.initials if owner else ""

    def places_now(self) -> frozenset[Where]:
        return self.places

    async def _take(self, key: Key, more_follows: bool) -> None:
        empty = not self.form["search"].text
        if not self.bottom.is_asking:
            if key.letter and empty:
                opened = next((view for view in self.views if view.key == key.letter.casefold()), None)
                if opened is not None:
                    await self.svc.back(Picked(opened))
                    return
            if key.name == "delete" and empty:
                await self.do_view_delete(key)
                return
        await super()._take(key, more_follows)

    # -- saving and changing -------------------------------------------------------------------------------

    async def do_view_change(self, key: Key | None) -> None:
        """Change the view under the cursor."""
        view = self.list.current.value if self.list.current else None
        if isinstance(view, SavedViewRow):
            await self._ask(await self.draft_of(view), view)

    async def draft_of(self, view: SavedViewRow) -> ViewDraft:
        """What a dialog says of a view."""
        line = await self.ask_service(view_lines.line_of, view)
        return ViewDraft(view.name, line, view.list_code, view_reading.order_of(view), view.key, view.shared)

    async def do_view_save(self, key: Key | None) -> None:
        """Save the filter and the order that the list shows."""
        name = self.form["search"].text.strip()
        draft = ViewDraft(name, self.over.filter_line.editor.value, self.over.code, Order(*self.over.order.now))
        await self._ask(draft, None)

    async def _ask(self, draft: ViewDraft, before: SavedViewRow | None) -> None:
        async def closed(view: SavedViewRow | None) -> None:
            if view is not None:
                await self._search()
                self.say(filled(_("View “{name}” is kept."), name=view.name))

        opens = before is not None and before.id == self._opens_with
        await self.svc.show(view_dialog(self, draft, before, opens=opens), closed)

    async def keep(self, draft: ViewDraft, before: SavedViewRow | None, key: str, *, opens: bool) -> SavedViewRow:
        """Save what the dialog says; `key` is the dialog's, so that a new view is made once."""
        view: SavedViewRow = (
            await self.ask_service(views.save, draft, key)
            if before is None
            else await self.ask_service(views.change, before, draft)
        )
        if opens != (view.id == self._opens_with):
            settings = self.svc.settings.opening_with(self.over.code, view.id if opens else None)
            await self.svc.change_settings(settings)
        return view

    async def do_view_delete(self, key: Key | None) -> None:
        """Delete the view under the cursor, after asking."""
        view = self.list.current.value if self.list.current else None
        if not isinstance(view, SavedViewRow):
            return

        async def gone() -> None:
            try:
                await self.ask_service(views.delete, view)
            except Conflict:
                await self._search()
                raise
            await self._search()
            self.say(filled(_("View “{name}” is deleted."), name=view.name))

        question = filled(_("Delete the view “{name}”?"), name=view.name)
        self.ask_letter(question + " " + _("y: yes   Esc: no"), {"y": gone, "j": gone}, losing=("y", "j"))


def view_dialog(picker: ViewsPicker, draft: ViewDraft, before: SavedViewRow | None, *, opens: bool) -> FormDialog:
    """Asks for name, key, filter, audience; gives the view."""
    this_list = picker.session.registers.list_by_code(picker.over.code)
    code = before.list_code if before is not None and before.list_code else picker.over.code
    lists = [Choice(code, this_list.name if this_list else _("All jobs")), Choice("", _("every list"))]
    offered = ChoiceField("list", _("Offered in"), lambda: lists)
    offered.value = code if draft.list_code else ""
    shared, opening = YesNoField("shared", _("Shared"), draft.shared), YesNoField("opens", _("Opens the list"), opens)
    fields: list[Field] = [
        _text("name", _("Name"), draft.name, 60),
        _text("key", _("Key"), draft.key, 1, help=_("One letter or digit, which opens it from the list of views")),
        _text("text", _("Filter"), draft.text, 300),
        offered,
        shared,
        opening,
    ]

    base = before
    made_once = new_operation_key()

    async def save(form: Form) -> object:
        kept = ViewDraft(
            form["name"].text, form["text"].text, offered.value or "", draft.order, form["key"].text, shared.chosen,
        )  # fmt: skip
        return await picker.keep(kept, base, made_once, opens=opening.chosen)

    async def stored(conflict: Conflict) -> Form | None:
        nonlocal base
        if base is None:
            return None
        base = await picker.ask_service(views.seen, base, conflict.fields)
        now = await picker.ask_service(view_reading.by_id, base.id)
        return view_dialog(picker, await picker.draft_of(now or base), base, opens=opens).form

    title = _("New view") if before is None else _("View “{name}”").format(name=before.name)
    return FormDialog(title, fields, save, explain=_("A filter and an order with a name."), stored=stored)


def _text(name: str, label: str, value: str, limit: int, help: str = "") -> TextField:
    field = TextField(name, label, limit=limit, help=help)
    field.value = value
    return field
