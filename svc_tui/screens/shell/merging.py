"""What becomes of two entries that are made one: field by field which value is kept, and what comes along."""

from __future__ import annotations

from svc_tui.commands import Where
from svc_tui.domain.entries import Register
from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.operations import Value
from svc_tui.domain.quoting import filled
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.services.people import contacts, merging
from svc_tui.services.people.merging import Differing, MergePlan
from svc_tui.widgets.keys import Key
from svc_tui.widgets.lines import width_of


class MergeScreen(ListScreen[Differing]):
    """F2 merges and gives the id of the one that stays; Esc gives nothing."""

    places = frozenset((Where.FORM, Where.MERGE))

    def __init__(self, register: Register, target: int, source: int) -> None:
        super().__init__(empty=_("They differ in nothing."), id="merge")
        self.register, self.target_id, self.source_id = register, target, source
        self.plan: MergePlan | None = None
        self.takes: dict[str, bool] = {}
        """By field, whether the other one's value is kept."""
        self._owners: dict[Value, str] = {}

    async def opened(self) -> None:
        await self._look()
        await super().opened()

    async def _look(self) -> None:
        self.plan = await self.ask_service(merging.plan, self.register, self.target_id, self.source_id)
        self.takes = {one.field: one.takes_source for one in self.plan.fields}
        for one in self.plan.fields:
            for value in (one.target, one.source) if one.field == "owner" else ():
                owner = await self.ask_service(contacts.get, int(value)) if value else None
                self._owners[value] = owner.name if owner else ""

    def heading(self) -> tuple[str, str]:
        if self.plan is None:
            return _("Merge"), ""
        return filled(_("Merge {source} into {target}"), source=self.plan.source_name, target=self.plan.target_name), ""

    def columns(self) -> list[Column[Differing]]:
        return [
            Column(_("Field"), 10, lambda one: _(FIELD_LABELS.get(one.field, one.field)), flex=1),
            Column(_("Stays"), 18, lambda one: self._marked(one, one.target, not self.takes[one.field]), flex=2),
            Column(_("Goes"), 18, lambda one: self._marked(one, one.source, self.takes[one.field]), flex=2),
        ]

    def source(self) -> FixedRows[Differing]:
        return FixedRows(self.plan.fields if self.plan else (), key=lambda one: one.field)

    def whole(self, row: Differing) -> str:
        """Both values, where the columns cut one of them; else what comes along."""
        values = [self._written(row, value) for value in (row.target, row.source)]
        room = min(self.list.drawing.widths[1:], default=0) - len("* ")
        return " / ".join(values) if max(map(width_of, values)) > room else self._told()

    def _told(self) -> str:
        if self.plan is None:
            return ""
        rows = sum(self.plan.moves.values())
        text = n_("{count} thing that hangs on it comes along.", "{count} things that hang on it come along.", rows)
        return text.format(count=self.svc.formats.count(rows)) + " " + _("* is kept. F2 merges, Esc gives up.")

    def _marked(self, one: Differing, value: Value, is_kept: bool) -> str:
        """A value, with a star where it is the one that is kept."""
        return f"{'*' if is_kept else ' '} {self._written(one, value)}"

    def _written(self, one: Differing, value: Value) -> str:
        if one.field == "owner":
            return self._owners.get(value, "")
        if one.field == "lock_code":
            return "***" if value else ""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if one.field.endswith("_until"):
            return self.svc.formats.day(int(value)) if value else ""
        return "" if value is None else str(value)

    async def show_rows(self, keep: object | None = None) -> None:
        await super().show_rows(keep)
        self.bottom.stand(self._told())

    async def do_merge_choose(self, key: Key | None) -> None:
        """Keep the other value in the field under the cursor."""
        if (one := self.list.current) is not None:
            self.takes[one.field] = not self.takes[one.field]
            await self.list.reload()

    async def do_merge_swap(self, key: Key | None) -> None:
        """The other one stays."""
        self.target_id, self.source_id = self.source_id, self.target_id
        await self._look()
        self.tell_title()
        await self.show_rows()

    async def do_form_save(self, key: Key | None) -> None:
        """Merge them as it is shown."""
        if self.plan is not None:
            await self.svc.back(await self.ask_service(merging.carry_out, self.plan, self.takes))
