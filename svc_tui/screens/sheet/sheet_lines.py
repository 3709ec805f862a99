"""What is done to the lines and the links of a sheet; all of it is saved with the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.language.money import parse_amount
from svc_tui.domain.language.quick_line import ONE, Reading
from svc_tui.domain.quoting import filled
from svc_tui.domain.records import ContactRow, LineRecord, LinkRecord, LinkRole, ProductRow
from svc_tui.domain.stock import foreseen
from svc_tui.domain.stock.pieces import Fate
from svc_tui.domain.text import shown
from svc_tui.i18n import _
from svc_tui.screens.sheet.line_dialog import PAYERS, line_dialog
from svc_tui.screens.sheet.sheet_panes import Wanted
from svc_tui.screens.shell.picker import Picked
from svc_tui.services.jobs import scanning
from svc_tui.services.jobs.activities import Sheet
from svc_tui.widgets.fields import Field, ParsedField
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import FixedRows, RowList

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


Row = TypeVar("Row", LineRecord, LinkRecord)


_FATES = {"g": Fate.GOOD, "f": Fate.FAULTY, "b": Fate.BROKEN}

UNKNOWN = N_("“{text}” is no product. Enter again: free text, then its price.")


class Taken(NamedTuple):
    """A row that was taken away."""

    row: LineRecord | LinkRecord
    place: int
    """Where it stood in its table."""
    customer: ContactRow | None = None
    """The customer whom the header lost with it."""


class SheetLines:
    """Acts on the tables of one sheet."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet
        self.taken: list[Taken] = []
        """What was taken away from this job and can be brought back, also after a save; the last one at the end."""
        self._unknown = ""
        """What stood in the quick line when it was refused as no product."""

    async def begin(self, job: Sheet) -> None:
        """Another job is going to be shown, or the same one once more."""
        same = job.id is not None and job.id == self.sheet.job.id
        self.taken = [entry for entry in self.taken if entry.row.id > 0] if same else []
        self._unknown = ""
        for table in (self.sheet.product.list, self.sheet.linked.list):
            await table.show(FixedRows())

    async def add_part(self, *, stay: bool, asks: bool = True) -> None:
        """Add what stands in the quick line.

        A word that is no product, such as an unknown EAN, is refused once; pressed again it asks for the price of a
        line of free text. More than one word is free text at once.

        Args:
            stay: Whether the cursor stays there for the next part.
            asks: Whether the price may be asked for now.
        """
        sheet = self.sheet
        part, pane = sheet.product.part, sheet.product
        typed = part.text.strip()
        again = asks and stay and typed == self._unknown
        line = pane.read(typed)
        await part.commit()
        wanted = part.value or Wanted(None, line.readings[0], line.price)
        if line.error is not None:
            self._refuse(line.error)
        elif wanted.product is not None or wanted.price is not None or " " in wanted.reading.part:
            await self._added(wanted, stay=stay)
        elif again:
            self._ask_price(wanted, stay=stay)
        else:
            self._unknown = typed
            self._refuse(Invalid(UNKNOWN, field="part", text=wanted.reading.part))
            if not stay:  # marked, as any field that is left with what cannot be taken
                message = sheet.bottom.message
                await sheet.go(1)
                sheet.complain(message)

    def _refuse(self, error: Invalid) -> None:
        pane = self.sheet.product
        pane.part.refuse(error)
        self.sheet.focus_on(pane.form, pane.part)
        pane.part.enter()  # the next code that is read takes its place
        pane.form.repaint_field(pane.part)

    def _ask_price(self, wanted: Wanted, *, stay: bool) -> None:
        formats = self.sheet.svc.formats

        async def answered(field: Field) -> None:
            price = field.value if isinstance(field, ParsedField) else None
            await self._added(wanted._replace(price=price or 0), stay=stay)

        def price_of(typed: str) -> int:
            return parse_amount(typed, formats.language)

        label = filled(_("Price of {text}"), text=wanted.reading.part)
        self.sheet.ask_text(ParsedField("price", label, price_of, formats.amount), answered)

    async def _added(self, wanted: Wanted, *, stay: bool) -> None:
        sheet = self.sheet
        self._unknown = ""
        line = await sheet.product.add(wanted)
        sheet.tell_title()
        if not stay:
            await sheet.go(1)
        text = sheet.product.told(line)
        added = _("Added: {text}") if line.price else _("Added at price 0: {text}")
        sheet.say(added.format(text=text))

    async def add_scanned(self, code: str) -> None:
        """A part's code or EAN was read beside the fields: the quick line gets it, as if it had been read there."""
        sheet, part = self.sheet, self.sheet.product.part
        if "product" in sheet.tabs:
            await sheet.open_tab("product")
            sheet.focus_on(sheet.product.form, part)
        found = await sheet.ask_service(scanning.product, code)
        if found is not None:
            await self._added(Wanted(found, Reading(ONE, found.name)), stay=True)
            return
        part.editor.put(code, whole=True)  # the next code that is read takes its place
        await part.typed(more_follows=False)
        sheet.product.form.repaint_field(part)
        sheet.complain(_("“{code}” is no product's code or EAN. It stands in the quick line.").format(code=shown(code)))

    async def product_picked(self, picked: Picked[ProductRow] | None) -> None:
        """A product was chosen in the picker of the quick line."""
        if picked is not None:
            line = self.sheet.product.read(self.sheet.product.part.text)
            quantity = ONE if line.error else line.readings[0].quantity
            await self._added(Wanted(picked.value, Reading(quantity, picked.value.name), line.price), stay=True)

    # -- commands ------------------------------------------------------------------------------------------

    async def do_line_edit(self, key: Key | None) -> None:
        """Change the line under the cursor; elsewhere what Enter does in every tab."""
        sheet = self.sheet
        line = sheet.product.list.current if sheet.target is sheet.product.list else None
        if line is None:
            await sheet.tab_acts.do_line_edit(key)
            return

        async def closed(changed: Any) -> None:
            if changed is not None:
                await self._replace(line, changed)

        await sheet.svc.show(line_dialog(sheet, line), closed)

    async def do_line_payer(self, key: Key | None) -> None:
        """The next one who may pay the line under the cursor: customer, supplier, us."""
        if (line := self._open_line()) is not None:
            payers = list(PAYERS)
            payer = payers[(payers.index(line.payer) + 1) % len(payers)]
            await self._replace(line, line._replace(payer=payer))
            text = _("{payer} pays. F2 saves it: {text}")
            self.sheet.say(text.format(payer=_(PAYERS[payer]).capitalize(), text=line.text or line.code))

    async def do_line_arrived(self, key: Key | None) -> None:
        """The part of the line under the cursor has arrived."""
        if (line := self._open_line()) is not None:
            await self._replace(line, foreseen.arrived(line))
            self.sheet.say(_("Arrived. F2 saves it: {text}").format(text=line.text or line.code))

    async def do_line_used(self, key: Key | None) -> None:
        """All that was planned of the line under the cursor is in the device."""
        if (line := self._open_line()) is not None:
            if line.used is not None and line.used >= line.planned:
                self.sheet.say(_("All of it is used already. Enter writes another number."))
                return
            await self._replace(line, foreseen.changed(line, line.planned, line.planned))
            self._say_part(_("Used: {quantity}. F2 saves it: {text}"), line, line.planned)

    async def do_line_unneeded(self, key: Key | None) -> None:
        """What is not used of the line under the cursor is not needed."""
        if (line := self._open_line()) is not None:
            await self._replace(line, foreseen.changed(line, line.used or 0, line.used))
            self._say_part(_("Not needed. F2 saves it: {text}"), line)

    async def do_line_back(self, key: Key | None) -> None:
        """What is used of the line under the cursor is out of the device again; asks in what state."""
        line = self._open_line()
        if line is None:
            return
        if not line.used:
            self.sheet.say(_("Nothing of it is used."))
            return
        question = filled(_("Taken back: {text}. g: good   f: faulty   b: broken by us   Esc: no"),
                          text=line.text or line.code)  # fmt: skip
        self.sheet.ask_letter(
            question, {letter: partial(self._taken_back, line, fate) for letter, fate in _FATES.items()}
        )

    async def _taken_back(self, line: LineRecord, fate: Fate) -> None:
        self.sheet.saving.fates[line.id] = fate
        kept = line.transferred or None
        await self._replace(line, foreseen.changed(line, line.planned, kept, fate))
        self._say_part(_("Taken back: {quantity}. F2 saves it: {text}"), line, (line.used or 0) - (kept or 0))

    def _say_part(self, text: str, line: LineRecord, quantity: int = 0) -> None:
        formats = self.sheet.svc.formats
        self.sheet.say(text.format(text=line.text or line.code, quantity=formats.quantity(quantity)))

    def _open_line(self) -> LineRecord | None:
        """The line under the cursor; None without one, and when it is locked, which is said."""
        table = self.sheet.product.list
        line = table.current if self.sheet.target is table else None
        if line is not None and line.transferred:
            self.sheet.complain(_("This line went to a service order and is locked."))
            return None
        return line

    async def _replace(self, line: LineRecord, changed: LineRecord) -> None:
        rows = self.sheet.product.lines
        rows[rows.index(line)] = changed
        await self.sheet.product.redraw()
        self.sheet.tell_title()

    async def do_line_remove(self, key: Key | None) -> None:
        """Take the line or the link under the cursor away; saved with the sheet."""
        sheet = self.sheet
        if sheet.target is sheet.product.list and sheet.product.list.current is not None:
            if (line := self._open_line()) is not None:
                await self._take_line(line)
        elif sheet.target is sheet.linked.list and (link := sheet.linked.list.current):
            await self._take_link(link)
        else:
            sheet.say(_("There is nothing here to take away."))

    async def _take_line(self, line: LineRecord) -> None:
        rows = self.sheet.product.lines
        self.taken.append(Taken(line, rows.index(line)))
        rows.remove(line)
        await self.sheet.product.redraw()
        self.sheet.tell_title()
        self._say_taken(line.text or line.code)

    async def _take_link(self, link: LinkRecord) -> None:
        header, rows = self.sheet.header, self.sheet.linked.links
        customer = header.customer.value
        loses = link.role == LinkRole.CUSTOMER and customer is not None and customer.id == link.contact_id
        self.taken.append(Taken(link, rows.index(link), customer if loses else None))
        rows.remove(link)
        if loses:
            header.put_customer(None)
            header.refresh()
        await self.sheet.linked.redraw()
        self._say_taken(link.person or link.contact)

    def _say_taken(self, text: str) -> None:
        self.sheet.offer_keys()
        self.sheet.say(_("u brings it back, F2 saves. Taken away: {text}").format(text=text))

    async def do_line_bring_back(self, key: Key | None) -> None:
        """Bring back what was taken away last; after a save it is a new row, saved with the sheet."""
        while self.taken:
            entry = self.taken.pop()
            row = entry.row
            if isinstance(row, LineRecord):
                if await self._bring_line(row, entry.place):
                    self._say_back(row.text or row.code)
                    return
            elif await self._bring_link(row, entry):
                self._say_back(row.person or row.contact)
                return
        self.sheet.offer_keys()
        self.sheet.say(_("Nothing is left to bring back."))

    def _say_back(self, text: str) -> None:
        self.sheet.tell_title()
        self.sheet.offer_keys()
        self.sheet.say(_("Back again, F2 saves: {text}").format(text=text))

    async def _bring_line(self, line: LineRecord, place: int) -> bool:
        """Whether the line was gone and is back."""
        rows = self.sheet.product.lines
        if any(row.id == line.id for row in rows):
            return False
        back = line._replace(id=self._id_of(line, rows, self.sheet.job.lines))
        rows.insert(place, back)
        await self._show_tab("product", self.sheet.product.list)
        await self.sheet.product.redraw(back.id)
        return True

    async def _bring_link(self, link: LinkRecord, entry: Taken) -> bool:
        """Whether the link was gone and is back, with the header's customer if it went with it."""
        header, rows = self.sheet.header, self.sheet.linked.links
        if any((row.contact_id, row.role) == (link.contact_id, link.role) for row in rows):
            return False
        back = link._replace(id=self._id_of(link, rows, self.sheet.job.links))
        rows.insert(entry.place, back)
        if entry.customer is not None and header.customer.value is None and not header.customer.text:
            header.put_customer(entry.customer)
            header.refresh()
        await self._show_tab("contacts", self.sheet.linked.list)
        await self.sheet.linked.redraw(back.id)
        return True

    @staticmethod
    def _id_of(row: Row, rows: Sequence[Row], stored: Sequence[Row]) -> int:
        """Its own id while it is stored; else one of a row that is not."""
        if any(other.id == row.id for other in stored):
            return row.id
        return min([other.id for other in rows] + [0]) - 1

    async def _show_tab(self, name: str, table: RowList[Any]) -> None:
        if self.sheet.tab != name and name in self.sheet.tabs:
            await self.sheet.open_tab(name)
        if self.sheet.tab == name:
            self.sheet.focus_on(table)
            self.sheet.tell_tabs()
