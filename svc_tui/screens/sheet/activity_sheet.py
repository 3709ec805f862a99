"""The activity sheet: the record screen of a job."""

from __future__ import annotations

from collections.abc import Iterator

from svc_tui.commands import Where
from svc_tui.domain.errors import Asked, DomainError
from svc_tui.domain.labels import TAB_LABELS
from svc_tui.domain.news import News
from svc_tui.domain.operations import Pending, new_operation_key
from svc_tui.i18n import N_, _
from svc_tui.screens.people.contact_picker import contact_picker, device_picker, product_picker
from svc_tui.screens.sheet import sheet_facts, sheet_live
from svc_tui.screens.sheet.same_jobs import SameJobs
from svc_tui.screens.sheet.sheet_beside import Beside, beside_anew
from svc_tui.screens.sheet.sheet_cards import SheetCards
from svc_tui.screens.sheet.sheet_form import QUICK_PATH, REST, HeaderForm
from svc_tui.screens.sheet.sheet_free_time import FreeTime
from svc_tui.screens.sheet.sheet_lines import SheetLines
from svc_tui.screens.sheet.sheet_orders import SheetOrders
from svc_tui.screens.sheet.sheet_panes import ContactsPane, MiscPane, ProductPane
from svc_tui.screens.sheet.sheet_parties import Parties
from svc_tui.screens.sheet.sheet_rescue import Rescue, way_out
from svc_tui.screens.sheet.sheet_saving import Saving
from svc_tui.screens.sheet.sheet_told import JobHistoryPane, NotePane
from svc_tui.screens.shell.base import JobHere, Step
from svc_tui.screens.shell.record_kind import Words
from svc_tui.screens.shell.record_screen import RecordScreen
from svc_tui.services.core.session import Session
from svc_tui.services.jobs import activities, due, links
from svc_tui.services.jobs.activities import Sheet
from svc_tui.widgets.fields import Field
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import RowList
from svc_tui.widgets.tab_strip import TabStrip


class ActivitySheetScreen(RecordScreen[Sheet]):
    """A job: header, tabs, and saving it."""

    places = frozenset((Where.SHEET, Where.RECORD, Where.FORM))
    words = Words(
        gone=N_("This job is gone."),
        gone_by=N_("This job is gone: {who} took its registration back."),
        not_restored=N_("The shop was put back to an earlier state, in which this job is not."),
        new_offered=N_("F11 makes a new job of what stands here."),
        is_new=N_("This is a new job already: save it (F2)."),
        made_new=N_("A new job of what stood here: F2 saves it."),
    )

    header: HeaderForm

    def __init__(self) -> None:
        super().__init__()
        self.record = Sheet(None, None, 0, {})
        self.tab = "note"
        self.list_id: int | None = None
        self.edit_key = ""
        """Operation key of the next save: a save tried again is the same one."""
        self.parties, self.saving = Parties(self), Saving(self)
        self.same_jobs, self.rescue = SameJobs(self), Rescue(self)
        self.line_acts, self.cards = SheetLines(self), SheetCards(self)
        self.free_time, self.orders = FreeTime(self), SheetOrders(self)

    def prepare(self) -> None:
        """Make the parts that need to know the session; once, before the first job is shown."""
        self.header = HeaderForm(self)
        self.note, self.linked, self.product = NotePane(self), ContactsPane(self), ProductPane(self)
        self.history, self.misc = JobHistoryPane(self), MiscPane(self)
        self.panes = {
            "note": self.note, "contacts": self.linked, "product": self.product, "history": self.history,
            "misc": self.misc,
        }  # fmt: skip

    @property
    def job(self) -> Sheet:
        """What is stored of the job shown, as it was read."""
        return self.record

    # -- what a job is ---------------------------------------------------------------------------------------

    def read(self, session: Session, record_id: int) -> Sheet:
        return activities.open_sheet(session, record_id)

    def begun(self) -> Sheet:
        return activities.new_sheet(self.session, self.list_id, self.svc.settings.defaults)

    def fill_header(self, record: Sheet) -> None:
        self.header.fill(record, self.list_id)

    def title_told(self) -> tuple[str, str]:
        """Number, list, and the sum of the lines."""
        kind = self.session.registers.type(self.header.choices["type"].value)
        number = _("Job {number}").format(number=self.job.number) if self.job.number else _("New job")
        right = sheet_facts.totals(self.product.lines, self.svc.formats)
        return f"{number} · {kind.name}" if kind else number, right

    def differs(self) -> bool:
        return self.saving.differs()

    def asks_anyway(self, why: Asked) -> None:
        self.saving.asks_anyway(why)

    async def store(self) -> int:
        return await self.saving.store()

    async def save(self) -> bool:
        return await self.saving.save()

    def concerns(self, news: News) -> bool:
        return sheet_live.concerns(self.job, news)

    def changed_by(self, session: Session, record: Sheet, news: News) -> int | None:
        return sheet_live.changed_by(session, record, news)

    def differing(self, before: Sheet, now: Sheet) -> list[str]:
        return sheet_live.differing(before, now)

    @property
    def is_touched(self) -> bool:
        return self.is_changed or bool(self.note.box.text)

    def beside(self) -> object:
        return Beside(
            self.list_id, self.header.remembered(), tuple(self.linked.links), tuple(self.product.lines),
            self.note.box.text,
        )  # fmt: skip

    def beside_anew(self, beside: object) -> object:
        return beside_anew(beside)

    async def load_beside(self, record: Sheet, beside: object) -> None:
        assert isinstance(beside, Beside)
        await self.load(record, beside.list_id)
        self.header.recall(beside.followed)
        self.linked.links, self.product.lines = list(beside.links), list(beside.lines)
        self.note.box.text = beside.note
        await self.linked.redraw()
        await self.product.redraw()

    # -- filling -------------------------------------------------------------------------------------------

    async def load(self, record: Sheet, list_id: int | None = None) -> None:
        """Show a job, or the beginnings of one, with the cursor in the subject."""
        self.adopt()
        self.list_id = list_id
        await self.line_acts.begin(record)
        await super().load(record)
        if record.late_at is not None and (found := await self.ask_service(due.told, record)) is not None:
            self.say(sheet_facts.deadline(found, self.session, self.svc.formats))
        if self.session.registers.types_of(list_id) == []:
            self.say(_("No type is flagged for this list yet."))

    async def refill(self, record: Sheet) -> None:
        """Show what is stored of a job; cursor and tab stay."""
        self.edit_key = new_operation_key()
        self.saving.begin()
        await super().refill(record)

    # -- tabs and focus ------------------------------------------------------------------------------------

    @property
    def tabs(self) -> tuple[str, ...]:
        """The tabs the user wants to see."""
        return self.svc.settings.tabs

    @property
    def first_tab(self) -> str:
        tabs = self.tabs
        return "product" if self.job.id is None and "product" in tabs else tabs[0]

    def tab_label(self, name: str) -> str:
        return _(TAB_LABELS[name])

    @property
    def first_field(self) -> Field:
        return self.header.subject

    def path(self) -> list[Step]:
        own = self.svc.settings.own_path
        steps: list[Step] = [(self.header, self.header[name]) for name in (*QUICK_PATH, *own)]
        if "product" in self.tabs:
            steps += [(self.product.form, self.product.part), *self.product.faults]
        steps += [(self.header, self.header[name]) for name in REST if name not in own]
        steps.append((self.strip, None))
        return steps + self.panes[self.tab].steps()

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.line_acts, self.tab_acts, self.cards, self.orders, self.same_jobs, self.rescue)

    def places_now(self) -> frozenset[Where]:
        places = super().places_now()
        if isinstance(self.target, TabStrip | RowList):
            places |= {Where.TAKEN} if self.line_acts.taken else set()
            places |= {Where.LINES} if self.target is self.product.list and self.product.list.current else set()
        return places

    async def _take(self, key: Key, more_follows: bool) -> None:
        self.saving.keys += 1
        await super()._take(key, more_follows)

    @property
    def takes_away(self) -> bool:
        return self.target in (self.product.list, self.linked.list) and self.target.current is not None

    async def takes_first(self, key: Key) -> bool:
        """Enter and Tab in the quick line add what stands there."""
        part = self.product.part
        if self.field is not part or key.name not in ("enter", "tab") or not part.text.strip():
            return False
        await self.line_acts.add_part(stay=key.name == "enter")
        return True

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
        """The picker of the field, or the values of its register; of the start, a free time."""
        header, which = self.header, self.field
        text = which.text if which is not None and (which.pending or which.error) else ""
        if which is header.customer:
            await self.svc.show(contact_picker(self, text=text), self.parties.customer_picked)
        elif which is header.device:
            owner = header.customer.value
            await self.svc.show(device_picker(self, owner.id if owner else None, text), self.parties.device_picked)
        elif which is header.times["start_at"]:
            await self.free_time.propose()
        elif which is self.product.part:
            wanted = self.product.read(text).readings[0].part
            await self.svc.show(product_picker(self, wanted), self.line_acts.product_picked)
        else:
            await super().do_field_look_up(key)

    async def do_activity_link(self, key: Key | None) -> None:
        """Link a contact in a role, saved with the sheet; with the cursor on a line F9 is about what was used."""
        on_line = self.target is self.product.list and self.product.list.current is not None
        if on_line and key is not None and key.name == "f9":
            await self.orders.do_order_make(key)
            return
        role = links.first_role(has_customer=bool(self.header.customer.value))
        await self.svc.show(contact_picker(self, role=role), self.parties.link_picked)

    async def take_scan(self, code: str) -> None:
        if self.is_typing:
            await super().take_scan(code)
        else:
            await self.line_acts.add_scanned(code)

    # -- saving --------------------------------------------------------------------------------------------

    async def hears_outcome(self, lost: Pending) -> bool:
        return await self.saving.hears_outcome(lost)

    def way_out(self, error: DomainError) -> str:
        return way_out(error)

    async def do_activity_new(self, key: Key | None) -> None:
        """Save this job and begin another; a sheet without changes is just left."""
        if self.is_changed and not await self.save():
            return
        message, saved = self.bottom.message, self.saved_id
        if self.record.id is None and saved is None:
            message = message or _("This is a new job already.")
        await self.load(self.begun(), self.list_id)
        self.saved_id = saved
        self.say(message)

    async def do_job_print(self, key: Key | None) -> None:
        """Print a paper of this job, as it is saved."""
        from svc_tui.screens.paper import printing

        if self.job.id is None:
            self.say(_("Save the job first: F2."))
            return
        printing.ask_which(self, (self.job.id,))

    def job_here(self) -> JobHere | None:
        return JobHere(self.job.id, self.job.number or 0) if self.job.id is not None else None

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

    def typed_parts(self) -> Iterator[tuple[str, str]]:
        return self.saving.typed_parts()
