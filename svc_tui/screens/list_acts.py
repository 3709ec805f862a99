"""What can be done to jobs from a list: to the one under the cursor, or to all that are selected."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from svc_tui.domain.records import ActivityRow, ContactRow, EmployeeRecord, LinkRole
from svc_tui.domain.registers import Choice
from svc_tui.i18n import _, n_
from svc_tui.screens.long_act import UNASKED, LongAct, on_yes
from svc_tui.services import activities, bulk, undo
from svc_tui.services.bulk import Edit, Plan, Result, Selection
from svc_tui.services.session import Session
from svc_tui.services.undo import Undone
from svc_tui.widgets.fields import ChoiceField, Field, ParsedField
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.screens.activity_list import ActivityListScreen
    from svc_tui.screens.picker import Picked
    from svc_tui.screens.sheet_discarded import Discarded

Said = Callable[[ActivityRow], str]
"""The sentence after an act on one job."""


class ListActs:
    """The acts of a list. What takes long goes on in the background; Esc stops it before it is committed."""

    def __init__(self, screen: ActivityListScreen) -> None:
        self.screen = screen
        self.long = LongAct(screen, self._progress)

    # -- on whom -------------------------------------------------------------------------------------------

    @property
    def selection(self) -> Selection | None:
        """The selected jobs, else the one under the cursor; None where there is none."""
        selected = self.screen.list.selection
        keys = [key for key in selected.keys if isinstance(key, int)]
        if selected.everything:
            return Selection(query=self.screen.query_now, but=frozenset(keys))
        if selected:
            return Selection(tuple(keys))
        row = self.screen.list.current
        return Selection((row.id,)) if row is not None else None

    async def edit(self, edit: Edit, what: str, said: Said, already: str = "") -> None:
        """Change the selected jobs, or the one under the cursor.

        Args:
            edit: What is changed.
            what: The same in words, for the question before many jobs are changed.
            said: The sentence when one job was changed.
            already: The sentence, with its `{number}`, when it was so already.
        """
        selection, row = self.selection, self.screen.list.current
        if selection is None:
            return
        if not self.screen.list.selection and row is not None:
            await self._edit_one(row, selection, edit, said, already)
            return
        counts = self.screen.count_line.counts
        jobs = self.screen.list.selection.count(counts.matching if counts else None)
        await self.long.run(
            partial(bulk.plan, self.screen.session, selection, edit),
            lambda plan: self._planned(plan, what),
            _("Looking at"),
            jobs,
        )

    async def _edit_one(self, row: ActivityRow, selection: Selection, edit: Edit, said: Said, already: str) -> None:
        changed = await self.screen.ask_service(bulk.at_once, selection.ids, edit)
        await self.screen.refresh_rows()
        if changed or not already:
            shown = next((other for other in self.screen.list.rows if other.id == row.id), row)
            self.screen.say(said(shown))
        else:
            self.screen.say(already.format(number=row.number))

    async def _planned(self, plan: Plan, what: str) -> None:
        """Ask before many jobs are changed, and say which cannot be."""
        go = partial(self._carry_out, plan)
        if not plan.changing:
            self._tell(Result(None, 0, plan.refused))
        elif plan.chosen <= UNASKED and not plan.refused:
            await go()
        else:
            count = self.screen.svc.formats.count
            text = n_("{what}: {count} job?", "{what}: {count} jobs?", plan.changing)
            text = text.format(what=what, count=count(plan.changing))
            if plan.unchanged:
                text += " " + n_("{count} is so already.", "{count} are so already.", plan.unchanged).format(
                    count=count(plan.unchanged)
                )
            answers = on_yes(go)
            if plan.refused:
                refused = len(plan.refused)
                text += " " + n_("{count} cannot be (l: why).", "{count} cannot be (l: why).", refused).format(
                    count=count(refused)
                )
                answers["l"] = partial(self._show_refused, plan, what)
            self.screen.ask_letter(text + " " + _("y: yes   Esc: no"), answers)

    async def _show_refused(self, plan: Plan, what: str) -> None:
        from svc_tui.screens.refusals import RefusalsScreen

        async def closed(_result: object) -> None:
            await self._planned(plan, what)

        await self.screen.svc.show(RefusalsScreen(plan.refused), closed)

    async def _carry_out(self, plan: Plan) -> None:
        await self.long.run(
            partial(bulk.carry_out, self.screen.session, plan),
            lambda result: self._done(result),
            _("Changing"),
            plan.chosen,
        )

    async def _done(self, result: Result) -> None:
        await self.screen.list.clear_selection()
        await self.screen.refresh_rows()
        self._tell(result)

    def _tell(self, result: Result) -> None:
        count = self.screen.svc.formats.count
        text = n_("{count} job changed.", "{count} jobs changed.", result.changed).format(count=count(result.changed))
        if result.changed:
            text += " " + _("u undoes it.")
        if result.refused:
            from svc_tui.screens.refusals import RefusalsScreen

            refused = len(result.refused)
            text += " " + n_("{count} was not.", "{count} were not.", refused).format(count=count(refused))
            self.screen.run_worker(self.screen.svc.show(RefusalsScreen(result.refused, text)), exit_on_error=False)
        self.screen.say(text)

    def _progress(self, text: str) -> None:
        self.screen.count_line.progress = text
        self.screen.count_line.tell()

    # -- commands ------------------------------------------------------------------------------------------

    async def do_activity_open(self, key: Key | None) -> None:
        """Open the job under the cursor."""
        row = self.screen.list.current
        if row is not None:
            await self._show_sheet(await self.screen.ask_service(activities.open_sheet, row.id))

    async def do_activity_new(self, key: Key | None) -> None:
        """A new job in this list."""
        await self._show_sheet(
            activities.new_sheet(self.screen.session, self.screen.list_id, self.screen.svc.settings.defaults)
        )

    async def do_activity_duplicate(self, key: Key | None) -> None:
        """A new job as a copy of this one."""
        row = self.screen.list.current
        if row is not None:
            await self._show_sheet(await self.screen.ask_service(activities.duplicate, row.id))

    async def do_activity_restore(self, key: Key | None) -> None:
        """The sheet as it stood when its changes were discarded."""
        discarded = self.screen.svc.discarded
        if discarded is None:
            self.screen.say(_("Nothing was discarded since the program was started."))
            return
        self.screen.svc.discarded = None
        await self._show_sheet(discarded)

    async def _show_sheet(self, what: activities.Sheet | Discarded) -> None:
        from svc_tui.screens.activity_sheet import ActivitySheetScreen

        screen = self.screen.svc.kept("sheet", ActivitySheetScreen)

        async def closed(saved_id: int | None) -> None:
            if saved_id is not None:
                await self.screen.refresh_rows(keep=saved_id)

        if isinstance(what, activities.Sheet):
            await screen.load(what, self.screen.list_id)
        else:
            await what.put_back(screen)
        await self.screen.svc.show(screen, closed)

    async def do_activity_done(self, key: Key | None) -> None:
        """Set jobs done."""
        await self.edit(
            Edit("done", True),
            _("Done"),
            lambda row: _("Job {number} is done.").format(number=row.number),
            _("Job {number} was done already."),
        )

    async def do_activity_postpone(self, key: Key | None) -> None:
        """Ask for a date and move the start there; the end moves along."""
        formats = self.screen.svc.formats

        def read(typed: str) -> str:
            formats.read_typed(typed)
            return typed

        def said(row: ActivityRow) -> str:
            return _("Job {number} starts {when}.").format(number=row.number, when=formats.when(row.start_at))

        async def answered(which: Field) -> None:
            if which.text.strip():
                to = formats.read_typed(which.text)
                await self.edit(Edit("start", to), _("Postpone to {when}").format(when=formats.typed(to)), said)

        question = ParsedField("start_at", _("Postpone to (fr, +3, 2411, week 48, fr 14)"), read, str)
        self._ask(question, answered)

    async def do_activity_reassign(self, key: Key | None) -> None:
        """Ask for a person and give the jobs to him."""
        registers = self.screen.session.registers
        choices = [_person(entry) for entry in registers.employees if not entry.retired]

        async def answered(which: Field) -> None:
            chosen = which.value if isinstance(which, ChoiceField) else None
            person = registers.employee(chosen)
            text = _("Job {number} is {name}'s now.") if person else _("Job {number} is nobody's now.")
            name = person.name if person else ""
            what = _("Responsible: {name}").format(name=name or _("none"))
            await self.edit(Edit("responsible", chosen), what, lambda row: text.format(number=row.number, name=name))

        self._ask(ChoiceField("responsible", _("Responsible (empty: nobody)"), lambda: choices), answered)

    async def do_activity_status(self, key: Key | None) -> None:
        """Ask for a status and set it."""
        registers, row = self.screen.session.registers, self.screen.list.current
        kind = registers.type(row.type_id) if row and not self.screen.list.selection else None
        choices = [Choice(entry.id, entry.name) for entry in registers.statuses_of(kind.lists if kind else None)]
        await self._set(ChoiceField("status", _("Status"), lambda: choices), clears=False)

    async def do_activity_type(self, key: Key | None) -> None:
        """Ask for a type and set it."""
        entries = self.screen.session.registers.types_of(None)
        choices = [Choice(entry.id, entry.name) for entry in entries]
        await self._set(ChoiceField("type", _("Type (empty: none)"), lambda: choices), clears=True)

    async def do_activity_priority(self, key: Key | None) -> None:
        """Ask for a priority and set it."""
        choices = [Choice(entry.id, entry.name) for entry in self.screen.session.registers.priorities]
        await self._set(ChoiceField("priority", _("Priority (empty: none)"), lambda: choices), clears=True)

    async def _set(self, question: ChoiceField, *, clears: bool) -> None:
        """Ask for a value of a register and set it."""

        async def answered(which: Field) -> None:
            if question.value is not None or clears:
                text = _("Job {number}: {status}.")
                value = which.text or _("none")
                await self.edit(
                    Edit(question.name, question.value),
                    f"{question.label.partition(' (')[0]}: {value}",
                    lambda row: text.format(number=row.number, status=value),
                )

        self._ask(question, answered)

    def _ask(self, question: Field, answered: Callable[[Field], Awaitable[None]]) -> None:
        if self.selection is not None:
            self.long.free()
            self.screen.ask_text(question, answered)

    async def do_activity_link(self, key: Key | None) -> None:
        """Link a contact to the job under the cursor."""
        row = self.screen.list.current
        if row is None:
            return
        from svc_tui.screens.contact_picker import contact_picker, role_picked
        from svc_tui.services import links

        async def done(picked: Picked[ContactRow] | None) -> None:
            if picked is not None:
                contact, role = picked.value, role_picked(picked.options)
                await self.screen.ask_service(links.add, row.id, contact.id, contact.person_id, role)
                await self.screen.refresh_rows()
                text = _("{contact} is linked to job {number}.")
                self.screen.say(text.format(contact=contact.name, number=row.number))

        role = LinkRole.SUPPLIER if row.customer else LinkRole.CUSTOMER
        await self.screen.svc.show(contact_picker(self.screen, role=role), done)

    async def do_act_undo(self, key: Key | None) -> None:
        """Undo your last act."""
        await self._undo(undo.last_to_undo)

    async def do_act_redo(self, key: Key | None) -> None:
        """Do again what you undid last."""
        await self._undo(undo.last_to_redo)

    async def _undo(self, which: Callable[[Session], int]) -> None:
        from svc_tui.screens.changes import told as sentence

        session = self.screen.session

        def act(told: Callable[[int, int], None], wanted: Callable[[], bool]) -> Undone:
            return undo.undo(session, which(session), told, wanted)

        async def then(undone: Undone) -> None:
            await self.screen.refresh_rows()
            self.screen.say(sentence(undone, self.screen.svc.formats.count))

        await self.long.run(act, then, _("Putting back"))

    async def do_list_changes(self, key: Key | None) -> None:
        """What was changed of late."""
        from svc_tui.screens.changes import ChangesScreen

        async def closed(has_undone: bool | None) -> None:
            if has_undone:
                await self.screen.refresh_rows()

        await self.screen.svc.show(ChangesScreen(), closed)


def _person(entry: EmployeeRecord) -> Choice:
    return Choice(entry.id, entry.name, entry.initials)
