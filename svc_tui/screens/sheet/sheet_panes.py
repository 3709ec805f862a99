"""The tabs of the activity sheet."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult

from svc_tui.domain.labels import LINE_KIND_LABELS, PART_STATE_LABELS
from svc_tui.domain.language.money import parse_amount
from svc_tui.domain.language.quick_line import ONE, QuickLine, Reading, read_quick_line
from svc_tui.domain.quoting import brief
from svc_tui.domain.records import LineRecord, LinkRecord, LinkRole, ProductRow
from svc_tui.i18n import _
from svc_tui.screens.people.contact_picker import ROLES
from svc_tui.screens.sheet.line_dialog import PAYERS
from svc_tui.screens.shell.base import Step
from svc_tui.screens.shell.panes import TablePane
from svc_tui.screens.shell.record_tabs import Pane
from svc_tui.services.jobs import lines
from svc_tui.services.jobs.activities import Sheet
from svc_tui.services.stock import products
from svc_tui.widgets.fields import Found, LookupField, ParsedField, TextField, YesNoField
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.lines import TextLine, width_of
from svc_tui.widgets.look import look
from svc_tui.widgets.row_list import Column, FixedRows, RowList

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen

MOST_OF_A_LINE = 30
"""Letters of a line's text in the message that it was added."""


class SheetPane(Pane[Sheet]):
    """The content of one tab of the sheet."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        super().__init__()
        self.sheet = sheet


class ContactsPane(SheetPane, TablePane[Sheet]):
    """Who is linked, and as what."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        super().__init__(sheet)
        self.links: list[LinkRecord] = []
        self.list: RowList[LinkRecord] = RowList(
            [
                Column(_("Role"), 10, lambda row: _(ROLES[LinkRole(row.role)])),
                Column(_("Name"), 16, lambda row: row.contact, flex=2),
                Column(_("Person"), 10, lambda row: row.person, flex=1),
                Column(_("No."), 6, lambda row: str(row.number)),
                Column(_("Phone"), 15, lambda row: row.phone),
            ],
            empty=_("Nobody is linked. F9 links a contact."),
            id="links",
        )

    async def fill(self, record: Sheet) -> None:
        self.links = list(record.links)
        await self.redraw()

    def unwritten(self) -> str:
        return _("Nothing is written here: F9 links a contact.")

    def enter_label(self) -> str:
        return _("Card") if self.links else ""

    async def open_row(self) -> None:
        await self.sheet.cards.do_card_open(None)

    async def redraw(self, cursor: int | None = None) -> None:
        """Show the links as they are now, with the cursor on the link with this id, or where it was."""
        rows = FixedRows(self.links, key=lambda row: row.id)
        if cursor is None:
            await self.list.reload(rows)
        else:
            await self.list.show(rows, keep=cursor)


class Wanted(NamedTuple):
    """What the quick line stands for: so much of a product, or of what is in no register, at a price."""

    product: ProductRow | None
    reading: Reading
    price: int | None = None

    @property
    def one(self) -> int:
        """The price of one, in minor units."""
        return self.price if self.price is not None else self.product.price if self.product else 0

    def line(self, line_id: int, position: int, payer: str) -> LineRecord:
        """The line it makes."""
        if self.product is not None:
            line = lines.line_of_product(self.product, line_id, position)
        else:
            line = lines.free_line(self.reading.part, line_id, position)._replace(unit=self.reading.unit)
        return line._replace(planned=self.reading.quantity, price=self.one, payer=payer)


class QuickField(LookupField[Wanted]):
    """The quick line. Left without Enter, it keeps what was typed: the product alone would not tell how many."""

    def __init__(
        self, label: str, search: Callable[[str], Awaitable[Sequence[Found[Wanted]]]], tell: Callable[[Wanted], str]
    ) -> None:
        super().__init__("part", label, search)
        self._tell = tell

    async def commit(self) -> None:
        typed, was_pending = self.text.strip(), self.pending
        await super().commit()
        if was_pending and self._value is not None:
            self.understood(typed)
            self.aside = self._tell(self._value)

    def put(self, value: Wanted | None, label: str) -> None:
        super().put(value, label)
        self.aside = ""


class ProductPane(SheetPane):
    """The quick line for parts, the faults, and the lines: parts, resources, hours, text."""

    form: Form

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        super().__init__(sheet)
        self.lines: list[LineRecord] = []
        self.part = QuickField(_("Part"), self._find, self._meant)
        self.fault_told = TextField("fault_told", _("Fault told"), limit=2000)
        self.fault_found = TextField("fault_found", _("Found"), limit=2000)
        self.form = Form([Slot(self.part, 0), Slot(self.fault_told, 1), Slot(self.fault_found, 2)],
                         label_width=12, id="parts")  # fmt: skip
        formats = sheet.svc.formats
        self.list: RowList[LineRecord] = RowList(
            [
                Column(_("Kind"), 9, lambda row: _(LINE_KIND_LABELS.get(row.kind, row.kind))),
                Column(_("Code"), 10, lambda row: row.code),
                Column(_("Text"), 10, lambda row: row.text, flex=1),
                Column(_("Qty"), 5, lambda row: formats.quantity(row.quantity), right=True),
                Column(_("Price"), 9, lambda row: formats.amount(row.price), right=True),
                Column(_("Payer"), 10, lambda row: _(PAYERS.get(row.payer, row.payer))),
                Column(
                    _("State"),
                    max(8, *(width_of(_(text)) for text in PART_STATE_LABELS.values())),
                    lambda row: _(PART_STATE_LABELS.get(row.state, "")),
                ),
            ],
            empty=_("No lines. Write a part's code, EAN or name above; Enter adds it."),
            id="lines",
        )

    def compose(self) -> ComposeResult:
        yield self.form
        yield self.list

    def steps(self) -> list[Step]:
        return [(self.list, None)]

    def enter_label(self) -> str:
        return _("Edit") if self.list.current else ""

    @property
    def faults(self) -> list[Step]:
        """What is told with the part: for Tab they follow the quick line."""
        return [(self.form, self.fault_told), (self.form, self.fault_found)]

    def holds(self, step: Step | None) -> bool:
        return step in self.faults or super().holds(step)

    def entry(self) -> Step:
        """The quick line, which for Tab belongs to the header's path."""
        return (self.form, self.part)

    def read(self, text: str) -> QuickLine:
        """What the quick line says, in the language of the session."""
        return read_quick_line(text, self.sheet.svc.formats.language)

    async def _find(self, text: str) -> list[Found[Wanted]]:
        line = self.read(text)
        meant = await self.sheet.ask_service(products.meant, line)
        is_clear = len(line.readings) == 1
        return [self._found(Wanted(product, meant.reading, line.price), is_clear=is_clear) for product in meant.found]

    def _meant(self, wanted: Wanted) -> str:
        found = self._found(wanted)
        return found.told or f"{found.label} · {found.detail}"

    def _found(self, wanted: Wanted, *, is_clear: bool = True) -> Found[Wanted]:
        """As the field shows it: how many, where that was written or could be read in another way (`2 hdmi`)."""
        formats, product = self.sheet.svc.formats, wanted.product
        label = f"{product.code} {product.name}" if product else ""
        price = formats.amount(wanted.one)
        if is_clear and wanted.reading.quantity == ONE and wanted.price is None:
            return Found(wanted, label, price)
        return Found(wanted, label, told=f"{formats.quantity(wanted.reading.quantity)} x {label} · {price}")

    async def fill(self, record: Sheet) -> None:
        self.lines = list(record.lines)
        self.part.put(None, "")
        self.fault_told.value = str(record.values["fault_told"] or "")
        self.fault_found.value = str(record.values["fault_found"] or "")
        self.form.refresh()
        await self.redraw()

    async def redraw(self, cursor: int | None = None) -> None:
        """Show the lines as they are now, with the cursor on the line with this id, or where it was."""
        rows = FixedRows(self.lines, key=lambda row: row.id)
        if cursor is None:
            await self.list.reload(rows)
        else:
            await self.list.show(rows, keep=cursor)

    async def add(self, wanted: Wanted) -> LineRecord:
        """Add what was understood from the quick line as a line; gives it."""
        number = min([line.id for line in self.lines] + [0]) - 1
        position = max((line.position for line in self.lines), default=0) + 1
        line = wanted.line(number, position, self.sheet.header.default_payer)
        self.lines.append(line)
        self.part.put(None, "")
        self.part.enter()
        self.form.repaint_field(self.part)
        await self.redraw(line.id)
        return line

    def told(self, line: LineRecord) -> str:
        """A line in a few words."""
        formats = self.sheet.svc.formats
        quantity, price = formats.quantity(line.quantity), formats.amount(line.price)
        return " · ".join(filter(None, (line.code, brief(line.text, MOST_OF_A_LINE), quantity, price)))

    @property
    def total(self) -> int:
        """Sum of the lines as they are now, in minor units."""
        return lines.total(self.lines)


class MiscPane(SheetPane):
    """User fields, the task list, what was agreed to cost at most, and when and by whom the job was registered."""

    form: Form

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        super().__init__(sheet)
        company = sheet.session.registers.company
        self.field1 = TextField("user_field1", company.user_field1_name or _("Own field 1"), limit=200)
        self.field2 = TextField("user_field2", company.user_field2_name or _("Own field 2"), limit=200)
        self.task_list = YesNoField("in_task_list", _("In task list"))
        formats = sheet.svc.formats
        self.ceiling = ParsedField(
            "ceiling", _("Ceiling with VAT"), lambda typed: parse_amount(typed, formats.language, "ceiling"),
            formats.amount,
        )  # fmt: skip
        self.form = Form(
            [Slot(self.field1, 0), Slot(self.field2, 1), Slot(self.task_list, 2), Slot(self.ceiling, 3)],
            label_width=20, id="misc",
        )  # fmt: skip
        self.facts = [TextLine() for __ in range(4)]

    def compose(self) -> ComposeResult:
        yield self.form
        yield from self.facts

    def steps(self) -> list[Step]:
        return [(self.form, field) for field in self.form.fields]

    async def fill(self, record: Sheet) -> None:
        self.field1.value = str(record.values["user_field1"] or "")
        self.field2.value = str(record.values["user_field2"] or "")
        self.task_list.value = bool(record.values["in_task_list"])
        ceiling = record.values["ceiling"]
        self.ceiling.value = None if ceiling is None else int(ceiling)
        self.form.refresh()
        formats, author = self.sheet.svc.formats, self.sheet.session.registers.employee(record.created_by)
        texts = [""] * 4
        if record.id is not None:
            texts = [
                "",
                _("Registered {when} by {name}").format(
                    when=formats.when(record.created_at), name=author.name if author else "-"
                ),
                _("Changed {when}").format(when=formats.when(record.changed_at)),
                _("Done {when}").format(when=formats.when(record.done_at)) if record.done_at else "",
            ]
        for line, text in zip(self.facts, texts, strict=True):
            line.show([(f" {text}", look().dim)])
