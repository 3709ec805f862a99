"""The activity sheet: one kept screen that is filled again for every job."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical

from svc_tui.commands import Where
from svc_tui.domain.errors import DomainError, Invalid
from svc_tui.domain.labels import TAB_LABELS
from svc_tui.domain.news import News
from svc_tui.domain.operations import Pending, new_operation_key
from svc_tui.domain.records import LinkRole
from svc_tui.i18n import _
from svc_tui.screens.people.contact_picker import contact_picker, device_picker, product_picker
from svc_tui.screens.sheet import sheet_facts
from svc_tui.screens.sheet.same_jobs import SameJobs
from svc_tui.screens.sheet.sheet_discarded import Discarded
from svc_tui.screens.sheet.sheet_form import QUICK_PATH, REST, HeaderForm
from svc_tui.screens.sheet.sheet_lines import SheetLines
from svc_tui.screens.sheet.sheet_live import SheetLive
from svc_tui.screens.sheet.sheet_panes import ContactsPane, MiscPane, Pane, ProductPane
from svc_tui.screens.sheet.sheet_parties import Parties
from svc_tui.screens.sheet.sheet_rescue import Rescue, way_out
from svc_tui.screens.sheet.sheet_saving import Saving
from svc_tui.screens.sheet.sheet_tabs import SheetTabs
from svc_tui.screens.sheet.sheet_told import HistoryPane, NotePane
from svc_tui.screens.shell.base import BaseScreen, Step
from svc_tui.screens.shell.form_screen import ask_about_changes
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import Sheet
from svc_tui.widgets.fields import Field
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import RowList
from svc_tui.widgets.tab_strip import TabStrip


class ActivitySheetScreen(BaseScreen):
    """A job: header, tabs, and saving it."""

    places = frozenset((Where.SHEET, Where.FORM))
    are_letters_text = True

    def __init__(self) -> None:
        super().__init__()
        self.job = Sheet(None, None, 0, {})
        """What is stored of the job shown, as it was read: the base of the merge."""
        self.list_id: int | None = None
        self.saved_id: int | None = None
        """The last job saved here; what the sheet closes with."""
        self.edit_key = ""
        """Operation key of the next save: a save tried again is the same one."""
        self.parties, self.saving, self.live = Parties(self), Saving(self), SheetLive(self)
        self.same_jobs, self.rescue = SameJobs(self), Rescue(self)
        self.line_acts, self.tab_acts = SheetLines(self), SheetTabs(self)
        self.strip = TabStrip(id="tabs")
        self.holder = Vertical(id="pane")

    def prepare(self) -> None:
        """Make the parts that need to know the session; once, before the first job is shown."""
        self.header = HeaderForm(self)
        self.note, self.linked, self.product = NotePane(self), ContactsPane(self), ProductPane(self)
        self.history, self.misc = HistoryPane(self), MiscPane(self)
        self.panes: dict[str, Pane] = {
            "note": self.note, "contacts": self.linked, "product": self.product, "history": self.history,
            "misc": self.misc,
        }  # fmt: skip
        self.tab = "note"
        self._mounted: set[str] = set()

    def compose_body(self) -> ComposeResult:
        yield self.header
        yield self.strip
        yield self.holder

    async def opened(self) -> None:
        await self._mount_pane()

    # -- filling -------------------------------------------------------------------------------------------

    async def load(self, sheet: Sheet, list_id: int | None) -> None:
        """Show a job, or the beginnings of one, with the cursor in the subject."""
        self.adopt()
        self.list_id = list_id
        self.saved_id = None
        self.bottom.say("")
        await self.line_acts.begin(sheet)
        await self.refill(sheet)
        tabs = self.tabs
        first = "product" if sheet.id is None and "product" in tabs else tabs[0]
        await self.open_tab(first)
        self.header.active = self.header.subject
        self.target = None
        self.focus_on(self.header, self.header.subject)
        if passed := sheet_facts.promise_passed(sheet, self.session, self.svc.formats):
            self.say(passed)
        if self.session.registers.types_of(list_id) == []:
            self.say(_("No type is flagged for this list yet."))

    async def refill(self, sheet: Sheet) -> None:
        """Show what is stored of a job; cursor and tab stay."""
        self.job = sheet
        self.edit_key = new_operation_key()
        self.header.fill(sheet, self.list_id)
        for pane in self.panes.values():
            await pane.fill(sheet)
        self.strip.refresh()
        self.tell_title()

    def tell_title(self) -> None:
        """Number, list, and the sum of the lines."""
        kind = self.session.registers.type(self.header.choices["type"].value)
        number = _("Job {number}").format(number=self.job.number) if self.job.number else _("New job")
        right = sheet_facts.totals(self.product.lines, self.svc.formats)
        self.title_line.tell(f"{number} · {kind.name}" if kind else number, right)

    # -- tabs ----------------------------------------------------------------------------------------------

    @property
    def tabs(self) -> tuple[str, ...]:
        """The tabs the user wants to see."""
        return self.svc.settings.tabs

    def tell_tabs(self) -> None:
        """Draw the tab strip."""
        tabs = self.tabs
        names = [_(TAB_LABELS[name]) for name in tabs]
        place = tabs.index(self.tab) if self.tab in tabs else 0
        self.strip.tell(names, place, focus=self.target is self.strip)

    async def open_tab(self, name: str) -> None:
        """Show a tab; it is built the first time."""
        self.tab = name
        await self.panes[name].shown()
        await self._mount_pane()
        self.tell_tabs()

    async def on_screen_resume(self) -> None:
        """The user may have come back from the settings with other tabs."""
        if self.tab not in self.tabs:
            await self.open_tab(self.tabs[0])
        self.tell_tabs()
        self.live.follow_late()

    async def others_committed(self, news: News) -> None:
        self.live.follow(news)

    def _asked(self) -> None:
        super()._asked()
        self.live.follow_late()

    async def _mount_pane(self) -> None:
        if not self.holder.is_attached:
            return
        pane = self.panes[self.tab]
        for name, other in self.panes.items():
            other.display = name == self.tab
        if self.tab not in self._mounted:
            self._mounted.add(self.tab)
            with self.app.batch_update():  # painted once it is filled
                await self.holder.mount(pane)

    # -- focus ---------------------------------------------------------------------------------------------

    def path(self) -> list[Step]:
        steps: list[Step] = [(self.header, self.header[name]) for name in QUICK_PATH]
        if "product" in self.tabs:
            steps += [(self.product.form, self.product.part), *self.product.faults]
        steps += [(self.header, self.header[name]) for name in REST]
        steps.append((self.strip, None))
        return steps + self.panes[self.tab].steps()

    async def go(self, by: int) -> None:
        path, here = self.path(), self.step_here()
        place = path.index(here) if here in path else -1
        following = path[(place + by) % len(path)]
        if following[0] is self.product.form and self.tab != "product":
            await self.open_tab("product")
        self.focus_on(*following)
        self.tell_tabs()

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.line_acts, self.tab_acts, self.same_jobs, self.rescue)

    def enter_label(self) -> str:
        if self.target is self.strip:
            return _("Next")  # as in the fields around it: the bar stays as it is
        if self.target is self.note.box:
            return _("New line")
        if isinstance(self.target, RowList) and Where.LINES not in self.places_now():
            return ""
        return super().enter_label()

    def places_now(self) -> frozenset[Where]:
        places = super().places_now()
        if isinstance(self.target, TabStrip | RowList):
            places |= {Where.TABLE}
            places |= {Where.TAKEN} if self.line_acts.taken else set()
            places |= {Where.LINES} if self.target is self.product.list and self.product.list.current else set()
        return places

    async def _take(self, key: Key, more_follows: bool) -> None:
        if self.bottom.is_asking:
            await super()._take(key, more_follows)
            return
        self.tab_acts.keys += 1
        if self.target is self.strip and key.name in ("left", "right"):
            await self.tab_acts.next(1 if key.name == "right" else -1, enters=False)
            return
        if self.tab_acts.begins_to_write(key) and not self.tab_acts.go_writing():
            return
        part, which = self.product.part, self.field
        if which is part and key.name in ("enter", "tab") and part.text.strip():
            await self.line_acts.add_part(stay=key.name == "enter")
            return
        await super()._take(key, more_follows)
        if isinstance(self.target, Form) and not self.bottom.message and (makes := self.target.makes_unseen):
            self.say(makes)

    async def take_paste(self, text: str) -> None:
        if not self.bottom.is_asking and self.tab_acts.is_beside_fields and not self.tab_acts.go_writing():
            return
        await super().take_paste(text)

    # -- what follows from a value -------------------------------------------------------------------------

    async def after_commit(self, which: Field) -> None:
        header = self.header
        if which is header.choices["type"]:
            header.follow_type(which)
            self.tell_title()
        elif which is header.times["start_at"]:
            header.follow_start(which)
        elif which is header.customer and header.customer.touched:
            await self.parties.customer_chosen()
        elif which is header.device and header.device.touched:
            await self.parties.device_chosen()

    # -- pickers -------------------------------------------------------------------------------------------

    async def do_field_look_up(self, key: Key | None) -> None:
        """The picker of the field: contacts, devices, products, or the values of a register."""
        header, which = self.header, self.field
        text = which.text if which is not None and (which.pending or which.error) else ""
        if which is header.customer:
            await self.svc.show(contact_picker(self, text=text), self.parties.customer_picked)
        elif which is header.device:
            owner = header.customer.value
            await self.svc.show(device_picker(self, owner.id if owner else None, text), self.parties.device_picked)
        elif which is self.product.part:
            wanted = self.product.read(text).readings[0].part
            await self.svc.show(product_picker(self, wanted), self.line_acts.product_picked)
        else:
            await super().do_field_look_up(key)

    async def do_activity_link(self, key: Key | None) -> None:
        """Link a contact in a role; it is saved with the sheet."""
        role = LinkRole.SUPPLIER if self.header.customer.value else LinkRole.CUSTOMER
        await self.svc.show(contact_picker(self, role=role), self.parties.link_picked)

    async def take_scan(self, code: str) -> None:
        if self.is_typing:
            await super().take_scan(code)
        else:
            await self.line_acts.add_scanned(code)

    # -- saving --------------------------------------------------------------------------------------------

    async def do_form_save(self, key: Key | None) -> None:
        """Save and stay."""
        if await self.saving.save():
            await self.show_saved()

    async def show_saved(self) -> None:
        """The job as it is stored after a save."""
        if self.saved_id is not None:
            await self._read_anew(self.saved_id)

    async def _read_anew(self, activity_id: int) -> None:
        await self.refill(await self.ask_service(activities.open_sheet, activity_id))
        self.tell_tabs()

    async def hears_outcome(self, lost: Pending) -> bool:
        return await self.saving.hears_outcome(lost)

    async def focus_field(self, form: Form, field: Field) -> None:
        """The cursor into a field, whatever tab it is in."""
        for name in ("product", "misc"):
            if getattr(self.panes[name], "form", None) is form and self.tab != name:
                await self.open_tab(name)
        self.focus_on(form, field)
        self.tell_tabs()

    def show_error(self, error: DomainError) -> None:
        """The sentence, and the field it names marked with the cursor in it."""
        super().show_error(error)
        if told := way_out(error):
            self.complain(told)
        for form in self.saving.forms():
            for field in form.fields:
                if field.name == error.field and isinstance(error, Invalid):
                    field.refuse(error)
                    self.focus_on(form, field)
                    form.repaint_field(field)

    async def do_activity_new(self, key: Key | None) -> None:
        """Save this job and begin another; a sheet without changes is just left."""
        if self.saving.is_changed and not await self.saving.save():
            return
        message, saved = self.bottom.message, self.saved_id
        await self.load(activities.new_sheet(self.session, self.list_id, self.svc.settings.defaults), self.list_id)
        self.saved_id = saved
        self.say(message)

    async def do_activity_done(self, key: Key | None) -> None:
        """Give the status that means done; saved with everything else."""
        header = self.header
        status = self.session.registers.done_status(header.lists or frozenset())
        if status is None:
            self.complain(_("No status means done: give one the stage done in the registers."))
            return
        header.choices["status"].put(status.id, status.name)
        header.repaint_field(header.choices["status"])
        await self.do_form_save(key)

    async def do_app_refresh(self, key: Key | None) -> None:
        """Read the job again; what is not saved yet is asked about."""
        activity_id = self.job.id
        if activity_id is None:
            return
        if not self.saving.is_changed:
            await self._read_anew(activity_id)
            self.say(_("Read again."))
            return
        self.ask_letter(
            _("There are changes that are not saved. Read again and lose them? y: yes   Esc: no"),
            {_("y"): partial(self._reread, activity_id)},
            losing=(_("y"),),
        )

    async def _reread(self, activity_id: int) -> None:
        """Read the job again though something was typed, which is kept aside."""
        self.svc.discarded = Discarded(self)
        await self._read_anew(activity_id)
        self.say(_("Read again. What you typed comes back by r in the list."))

    async def do_app_close(self, key: Key | None) -> None:
        """Back to the list; asks only about changes that are not saved."""
        await self.leave_for(self._leave)

    async def leave_for(self, after: Callable[[], Awaitable[None]]) -> None:
        """Leave the sheet, after asking about what is not saved."""
        if self.saving.is_changed:
            self._ask_about_changes(after)
        else:
            await after()

    def _ask_about_changes(self, after: Callable[[], Awaitable[None]]) -> None:
        async def save_and_leave() -> None:
            if await self.saving.save():
                await after()

        async def discard_and_leave() -> None:
            self.svc.discarded = Discarded(self)
            await after()
            if self.svc.screen is not self:
                self.svc.say(_("The changes are discarded. r brings them back."))

        ask_about_changes(self, save_and_leave, discard_and_leave)

    async def _leave(self) -> None:
        said = self.bottom.message
        self.focus_on(None)
        self.bottom.say("")
        await self.svc.back(self.saved_id)
        if said and self.svc.screen is not self:
            self.svc.say(said)  # where it is read, and not in the next job that is opened

    @property
    def holds_changes(self) -> bool:
        return self.saving.is_changed

    async def may_close(self) -> bool:
        if not self.saving.is_changed:
            return True
        while self.svc.screen is not self:  # the question is asked here, not in a picker above
            await self.svc.back()

        async def quit_now() -> None:
            self.svc.exit()

        self._ask_about_changes(quit_now)
        return False
