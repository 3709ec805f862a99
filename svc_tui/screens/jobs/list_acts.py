"""What can be done to jobs from a list: to the one under the cursor, or to all that are selected."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from svc_tui.domain.errors import Asked
from svc_tui.domain.quoting import filled
from svc_tui.domain.records import ActivityRow, ContactRow
from svc_tui.i18n import _, n_
from svc_tui.screens.jobs.begun_note import BegunNote
from svc_tui.screens.jobs.list_about import About, about_now, the_row, told_of_those_who_left
from svc_tui.screens.jobs.list_sheets import ListSheets
from svc_tui.screens.shell.ask import Ahead, ask_before
from svc_tui.screens.shell.list_undo import ListUndo
from svc_tui.screens.shell.long_act import UNASKED, LongAct, Told, Wanted
from svc_tui.services.filters import lists
from svc_tui.services.jobs import bulk, intake, links
from svc_tui.services.jobs.bulk import Edit, Plan, Result
from svc_tui.widgets.fields import ChoiceField, Field, ParsedField
from svc_tui.widgets.keys import Key

if TYPE_CHECKING:
    from svc_tui.domain.stock.answers import Answers, PartQuestion
    from svc_tui.screens.jobs.activity_list import ActivityListScreen
    from svc_tui.screens.shell.picker import Picked


def _so_already(jobs: int, count: str) -> str:
    return n_("{count} is so already.", "{count} are so already.", jobs).format(count=count)


class Words(NamedTuple):
    """What is said of an act and asked before it; a number of jobs comes with how it is written."""

    said: Callable[[ActivityRow], str]
    """The sentence after one job was changed, which may have changed nothing."""
    asks: Callable[[int, str], str]
    """The question before many are changed."""
    already_one: str = ""
    """The sentence, with its `{number}`, when the job was so already."""
    already_many: Callable[[int, str], str] = _so_already
    """How many of the selected jobs are so already."""


class Looked(NamedTuple):
    """What was seen of the selected jobs before they are changed."""

    plan: Plan
    left: list[ActivityRow]
    """Those that the list does not show any more."""
    shown: int | None = None
    """How many were shown when all that match were chosen; None where that was not known."""

    @property
    def differs(self) -> bool:
        """Whether more or fewer match by now."""
        return self.shown is not None and self.shown != self.plan.chosen


def _look_at(about: About, edit: Edit, told: Told, wanted: Wanted) -> Looked:
    plan = bulk.plan(about.session, about.selection, edit, told, wanted)
    shown = about.jobs if about.selection.query is not None else None
    left = lists.not_shown(about.session, about.query, about.selection.ids)
    return Looked(plan, left, shown)


class ListActs(ListSheets):
    """The acts of a list. What takes long goes on in the background; Esc stops it before it is committed."""

    def __init__(self, screen: ActivityListScreen) -> None:
        super().__init__(screen)
        self.long = LongAct(screen, self._progress)
        self.undo = ListUndo(screen, self.long)

    async def edit(self, about: About | None, edit: Edit, words: Words) -> None:
        """Change the jobs that an act is about.

        Args:
            about: The jobs, as they were fixed when the act's key was pressed.
            edit: What is changed.
            words: What is said and asked.
        """
        if about is None:
            return
        if about.row is not None:
            await self._edit_one(about, about.row, edit, words)
            return
        ahead = Ahead[Looked, Result](
            look=lambda told, wanted: _look_at(about, edit, told, wanted),
            question=partial(self._question, words),
            refused=lambda looked: looked.plan.refused,
            act=lambda looked: partial(bulk.carry_out, self.screen.session, looked.plan),
            doing=_("Changing"),
            size=lambda looked: looked.plan.chosen,
            done=self._done,
            nothing=lambda looked: None if looked.plan.changing else partial(self._unchanged, looked.plan),
        )
        await ask_before(self.screen, self.long, ahead, about.jobs)

    async def _edit_one(self, about: About, row: ActivityRow, edit: Edit, words: Words) -> None:
        try:
            changed = await self.screen.ask_through(about.session, bulk.at_once, (row.id,), edit)
        except Asked as why:
            from svc_tui.screens.shell.part_questions import ask_anyway

            ask_anyway(self.screen, why, partial(self._edit_one, about, row, replace(edit, anyway=True), words))
            return
        await self.screen.refresh_rows()
        if not changed and words.already_one:
            self.screen.say(words.already_one.format(number=row.number))
            return
        shown = next((other for other in self.screen.list.rows if other.id == row.id), None)
        # It may have left the list by now, and what is said of it is to be true.
        self.screen.say(words.said(shown or await self.screen.ask_service(lists.row_of, row.id) or row))

    def _question(self, words: Words, looked: Looked) -> str:
        """What is asked before many jobs are changed; it says which the list does not show any more."""
        plan, left = looked.plan, looked.left
        count = self.screen.svc.formats.count
        if plan.chosen <= UNASKED and not (plan.refused or left or looked.differs):
            return ""
        text = words.asks(plan.changing, count(plan.changing))
        if plan.unchanged:
            text += " " + words.already_many(plan.unchanged, count(plan.unchanged))
        if looked.differs and looked.shown is not None:
            shown = n_("{count} was shown when you chose.", "{count} were shown when you chose.", looked.shown)
            text += " " + shown.format(count=count(looked.shown))
        if left:
            text += " " + told_of_those_who_left(left, count)
        return text

    async def _unchanged(self, plan: Plan) -> None:
        self._tell(Result(None, 0, plan.refused))

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
            from svc_tui.screens.shell.refusals import RefusalsScreen

            refused = len(result.refused)
            text += " " + n_("{count} was not.", "{count} were not.", refused).format(count=count(refused))
            show = partial(self.screen.svc.show, RefusalsScreen(result.refused, text))
            self.screen.background(show, "showing what was refused")
        self.screen.say(text)

    def _progress(self, text: str) -> None:
        self.screen.count_line.progress = text
        self.screen.count_line.tell()

    # -- commands ------------------------------------------------------------------------------------------

    async def do_activity_done(self, key: Key | None) -> None:
        """Set jobs done."""
        words = Words(
            lambda row: _("Job {number} is done.").format(number=row.number),
            lambda jobs, count: n_("Set {count} job done?", "Set {count} jobs done?", jobs).format(count=count),
            _("Job {number} was done already."),
        )
        await self._edit_to_end(about_now(self.screen), Edit("done", True), words)

    async def _edit_to_end(self, about: About | None, edit: Edit, words: Words) -> None:
        """Set jobs done or cancelled, after asking what becomes of the parts of the one job."""
        asked: list[PartQuestion] = []
        if about is not None and about.row is not None:
            asked = await self.screen.ask_through(about.session, intake.parts_asked, about.row.id, edit)
        if not asked:
            await self.edit(about, edit, words)
            return
        from svc_tui.screens.shell.part_questions import ask_of_parts

        async def answered(answers: Answers) -> None:
            await self.edit(about, replace(edit, parts=answers), words)

        await ask_of_parts(self.screen, asked, answered)

    async def do_activity_postpone(self, key: Key | None) -> None:
        """Ask for a date and move the start there; the end moves along."""
        formats = self.screen.svc.formats

        def read(typed: str) -> str:
            formats.read_typed(typed)
            return typed

        async def answered(about: About, which: Field) -> None:
            to = formats.read_typed(which.text)
            when = formats.typed(to)
            words = Words(
                lambda row: _("Job {number} starts {when}.").format(
                    number=row.number, when=formats.when(row.start_at)
                ),
                lambda jobs, count: n_("Postpone {count} job to {when}?", "Postpone {count} jobs to {when}?",
                                       jobs).format(count=count, when=when),
            )  # fmt: skip
            await self.edit(about, Edit("start", to), words)

        self._ask(
            _("Postpone {job} to (fr, +3, 2411, week 48, fr 14)"),
            lambda label: ParsedField("start_at", label, read, str, clears=False),
            answered,
        )

    async def do_activity_reassign(self, key: Key | None) -> None:
        """Ask for a person and give the jobs to him."""
        registers = self.screen.session.registers
        choices = registers.choices("responsible")

        async def answered(about: About, which: Field) -> None:
            chosen = which.value if isinstance(which, ChoiceField) else None
            person = registers.employee(chosen)
            await self.edit(about, Edit("responsible", chosen), _to(person.name) if person else _to_nobody())

        self._ask(
            _("Responsible for {job} (-: nobody)"),
            lambda label: ChoiceField("responsible", label, lambda: choices, none=_("nobody")),
            answered,
        )

    async def do_activity_status(self, key: Key | None) -> None:
        """Ask for a status and set it."""
        registers, row = self.screen.session.registers, self.screen.list.current
        kind = registers.type(row.type_id) if row and not self.screen.list.selection else None
        self._set("status", _("Status of {job}"), _("Status: {value}"), lists=kind.lists if kind else None)

    async def do_activity_type(self, key: Key | None) -> None:
        """Ask for a type and set it."""
        self._set(
            "type", _("Type of {job} (-: none)"), _("Type: {value}"),
            _("Job {number} has no type now: it is shown under All jobs only."),
        )  # fmt: skip

    async def do_activity_priority(self, key: Key | None) -> None:
        """Ask for a priority and set it."""
        self._set(
            "priority", _("Priority of {job} (-: none)"), _("Priority: {value}"),
            _("Job {number} has no priority now."),
        )  # fmt: skip

    def _set(self, name: str, question: str, what: str, cleared: str = "", lists: frozenset[int] | None = None) -> None:
        """Ask for a value of a register and set it.

        Args:
            name: The field.
            question: Asks for it, with `{job}`.
            what: What is set, with `{value}`.
            cleared: The sentence about a job that has none now; empty where it must have one.
            lists: Only values of these lists; None for all.
        """

        async def answered(about: About, which: Field) -> None:
            value = which.value if isinstance(which, ChoiceField) else None
            text = _("Job {number}: {status}.") if value is not None else cleared
            wanted = what.format(value=which.text or _("none"))
            words = Words(
                lambda row: text.format(number=row.number, status=which.text),
                lambda jobs, count: n_("{what}: {count} job?", "{what}: {count} jobs?", jobs).format(
                    what=wanted, count=count
                ),
            )
            await (self._edit_to_end if name == "status" else self.edit)(about, Edit(name, value), words)

        choices, none = self.screen.session.registers.choices(name, lists), _("none") if cleared else ""
        self._ask(question, lambda label: ChoiceField(name, label, lambda: choices, none=none), answered)

    async def do_activity_note(self, key: Key | None) -> None:
        """Ask for a note and add it as an entry of its own."""
        about = about_now(self.screen)
        if about is not None:
            BegunNote(about).asked(self.screen)

    def _ask(
        self, question: str, field: Callable[[str], Field], answered: Callable[[About, Field], Awaitable[None]]
    ) -> None:
        """Ask for a value for the jobs that an act is about.

        Args:
            question: Names them by `{job}`.
            field: Makes the field of it.
            answered: Gets the jobs as they are now, whatever moves until then.
        """
        about = about_now(self.screen)
        if about is not None:
            self.long.free()
            label = question.format(job=about.named(self.screen.svc.formats.count))
            self.screen.ask_text(field(label), partial(answered, about))

    async def do_activity_link(self, key: Key | None) -> None:
        """Link a contact to the job under the cursor."""
        row, session = the_row(self.screen), self.screen.session
        if row is None:
            return
        from svc_tui.screens.people.contact_picker import contact_picker, role_picked

        async def done(picked: Picked[ContactRow] | None) -> None:
            if picked is not None:
                contact, role = picked.value, role_picked(picked.options)
                await self.screen.ask_through(session, links.add, row.id, contact.id, contact.person_id, role)
                await self.screen.refresh_rows()
                text = _("{contact} is linked to job {number}.")
                self.screen.say(filled(text, contact=contact.name, number=row.number))

        role = links.first_role(has_customer=bool(row.customer))
        await self.screen.svc.show(contact_picker(self.screen, role=role), done)


def _to(name: str) -> Words:
    return Words(
        lambda row: filled(_("Job {number} is {name}'s now."), number=row.number, name=name),
        lambda jobs, count: n_("Give {count} job to {name}?", "Give {count} jobs to {name}?", jobs).format(
            count=count, name=name
        ),
        already_many=lambda jobs, count: n_(
            "{count} is {name}'s already.", "{count} are {name}'s already.", jobs
        ).format(count=count, name=name),
    )


def _to_nobody() -> Words:
    return Words(
        lambda row: _("Job {number} is nobody's now.").format(number=row.number),
        lambda jobs, count: n_("Take the responsible off {count} job?", "Take the responsible off {count} jobs?",
                               jobs).format(count=count),
    )  # fmt: skip
