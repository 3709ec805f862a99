"""The card of a device: header, earlier repairs, what is rarer, history."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from svc_tui.commands import Where
from svc_tui.domain.entries import Register
from svc_tui.domain.language.dates import parse_date
from svc_tui.domain.operations import Values
from svc_tui.domain.records import HistoryRow
from svc_tui.i18n import N_, _
from svc_tui.screens.history.history_pane import HistoryPane
from svc_tui.screens.people.contact_picker import contact_picker, device_picker
from svc_tui.screens.people.entry_card import EntryCard
from svc_tui.screens.people.entry_fields import Bound, flag, line, number, reference, secret
from svc_tui.screens.people.entry_panes import CardPane
from svc_tui.screens.shell.panes import FieldsPane, LatePane
from svc_tui.screens.shell.picker import Picked, Picker
from svc_tui.screens.shell.record_kind import Words
from svc_tui.screens.stock.known_serials import told_of_serial
from svc_tui.services.core.row_saving import Saved
from svc_tui.services.core.session import Session, to_seconds
from svc_tui.services.history import history
from svc_tui.services.people import contacts
from svc_tui.services.stock import device_card
from svc_tui.services.stock.device_card import LINES, DeviceCard, DeviceEdit, Repair
from svc_tui.widgets.fields import Field, Found, LookupField
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import Column, FixedRows, RowList

TABS = {"repairs": N_("Repairs"), "misc": N_("Misc."), "history": N_("History")}
_MOST = 200
"""So many repairs are shown; no device has more."""


class RepairsPane(CardPane[DeviceCard], LatePane[DeviceCard]):
    """What was done to the device: date, fault, work; Enter opens the job."""

    def __init__(self, card: DeviceCardScreen) -> None:
        super().__init__(card)
        formats = card.svc.formats
        self.list: RowList[Repair] = RowList(
            [
                Column(_("No."), 6, lambda row: str(row.number), right=True),
                Column(_("Date"), 8, lambda row: formats.day(row.start_at), whole=True),
                Column(_("Fault"), 16, lambda row: row.fault_told or row.subject, flex=2),
                Column(_("Found"), 12, lambda row: row.fault_found, flex=2),
                Column(_("Done"), 12, lambda row: row.work, flex=2),
            ],
            empty=_("The device was never in for repair. F6 makes a job."),
            id="repairs",
        )

    async def fill(self, record: DeviceCard) -> None:
        await super().fill(record)
        if self.card.tab == "repairs":
            await self.shown()

    async def read(self) -> None:
        device_id = self.card.record.id
        if device_id is None:
            await self.list.show(FixedRows[Repair]())
            return
        found = await self.card.ask_service(device_card.repairs, device_id, _MOST)
        await self.list.show(FixedRows(found, key=lambda row: row.id))

    def unwritten(self) -> str:
        return _("Nothing is written here: Enter opens the job, F6 makes a new one.")

    def enter_label(self) -> str:
        return _("Open")

    async def open_row(self) -> None:
        if (row := self.list.current) is not None:
            await self.card.open_job(row.id)


class DeviceCardScreen(EntryCard[DeviceCard]):
    """A device."""

    places = frozenset((Where.CARD, Where.RECORD, Where.FORM))
    register = Register.DEVICES
    words = Words(
        gone=N_("This device is gone."),
        gone_by=N_("This device is gone: {who} took it away or merged it with another one."),
        not_restored=N_("The shop was put back to an earlier state, in which this device is not."),
        new_offered=N_("F11 makes a new device of what stands here."),
        is_new=N_("This is a new device already: save it (F2)."),
        made_new=N_("A new device of what stood here: F2 saves it."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.record = DeviceCard(None, 0, {})
        self.tab = "repairs"

    def prepare(self) -> None:
        """Make the parts that need to know the session; once, before the first device is shown."""
        self.owner: LookupField[tuple[int, str]] = LookupField("owner", _("Owner"), self._find_owner)
        head = [
            line("brand", LINES["brand"]), line("model", LINES["model"]), line("serial", LINES["serial"]),
            line("shelf", LINES["shelf"]), reference(self.owner), line("accessories", LINES["accessories"]),
            line("condition", LINES["condition"]), self._day("warranty_parts_until", _("Parts until")),
            self._day("warranty_labour_until", _("Labour until")),
        ]  # fmt: skip
        rare = [secret("lock_code", LINES["lock_code"]), flag("retired", _("Retired")), line("note", 2_000)]
        self.bound = [*head, *rare]
        places = [(0, 0), (0, 1), (1, 0), (1, 1), (2, None), (3, None), (4, None), (5, 0), (5, 1)]
        slots = [Slot(bound.field, *place) for bound, place in zip(head, places, strict=True)]
        self.header = Form(slots, label_width=14, right_label_width=13, id="header")
        misc = Form([Slot(bound.field, place) for place, bound in enumerate(rare)], label_width=14, id="misc")
        self.panes = {
            "repairs": RepairsPane(self), "misc": FieldsPane(misc), "history": HistoryPane(self, _changes),
        }  # fmt: skip

    def _day(self, name: str, called: str) -> Bound:
        def read(text: str) -> int:
            day = parse_date(text, self.session.now(), self.session.language)
            return to_seconds(datetime.combine(day, time()))

        return number(name, read, lambda seconds: self.svc.formats.day(seconds), called=called)

    async def _find_owner(self, text: str) -> list[Found[tuple[int, str]]]:
        offered = await self.ask_service(contacts.offered, text)
        return [Found((one.id, one.name), one.name, one.city or one.phone) for one in offered.found]

    # -- what a device is ------------------------------------------------------------------------------------

    def read(self, session: Session, record_id: int) -> DeviceCard:
        return device_card.open_card(session, record_id)

    def begun(self) -> DeviceCard:
        return device_card.new_card(self.session)

    def fill_header(self, record: DeviceCard) -> None:
        super().fill_header(record)
        if record.owner is not None:
            self.owner.put((record.owner.id, record.owner.name), record.owner.name)
        self.header.refresh()

    def seen(self, record: DeviceCard, values: Values) -> DeviceCard:
        return replace(record, values=values)

    def called(self) -> str:
        values = self.values()
        return " ".join(str(values[name]) for name in ("brand", "model", "serial") if values[name])

    async def keep_card(self) -> Saved:
        return await self.ask_service(device_card.save, DeviceEdit(self.record, self.values(), self.edit_key))

    def title_told(self) -> tuple[str, str]:
        values = self.record.values
        if self.record.id is None:
            return _("New device"), ""
        called = " ".join(str(values[name]) for name in ("brand", "model") if values[name])
        return _("Device · {name}").format(name=called or values["serial"]), ""

    def tab_label(self, name: str) -> str:
        return _(TABS[name])

    # -- what follows ----------------------------------------------------------------------------------------

    async def after_commit(self, which: Field) -> None:
        if which.name != "serial" or not which.touched:
            return
        if told := await told_of_serial(self, which.text, self.record.id):
            self.say(told)

    async def look_up(self, field: Field | None, key: Key | None) -> None:
        if field is self.owner:
            text = self.owner.text if self.owner.pending or self.owner.error else ""
            await self.svc.show(contact_picker(self, text=text), self._owner_picked)
        else:
            await super().look_up(field, key)

    async def _owner_picked(self, picked: object) -> None:
        if isinstance(picked, Picked):
            self.owner.put((picked.value.id, picked.value.name), picked.value.name)
            self.owner.touched = True
            self.header.repaint_field(self.owner)

    def named(self) -> tuple[Register, int] | None:
        return (Register.CONTACTS, self.owner.value[0]) if self.owner.value is not None else None

    def other(self) -> Picker:
        owner = self.owner.value
        return device_picker(self, owner[0] if owner else None)

    async def begin_job(self) -> None:
        await self.svc.new_job(device_id=self.record.id, closed=self._back_from)


def _changes(session: Session, card: DeviceCard) -> list[HistoryRow]:
    return history.of_rows(session, {"device": [card.id or 0]})
