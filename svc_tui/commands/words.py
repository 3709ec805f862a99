"""Where a command is valid, and what is said of one."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from svc_tui.domain.errors import N_
from svc_tui.domain.rights import Right


class Where(StrEnum):
    """A place where a command is valid."""

    EVERYWHERE = "everywhere"
    TOP = "top"
    """Lists and the other screens that the digits lead to."""
    LIST = "list"
    """An activity list."""
    ROWS = "rows"
    """Any list with a filter line."""
    ENTRIES = "entries"
    """The list of contacts, of devices or of products."""
    MERGED = "merged"
    """Those of them whose rows can be merged: contacts and devices."""
    MERGE = "merge"
    """The screen that shows what a merge would do."""
    SHEET = "sheet"
    CARD = "card"
    """The card of a contact, a device, a product."""
    RECORD = "record"
    """The sheet of a job, or the card of a contact, a device, a product."""
    TABLE = "table"
    """The tab strip of a sheet, or a table in one of its tabs."""
    LINES = "lines"
    """The table of a sheet's lines, with the cursor on one."""
    TAKEN = "taken"
    """The tab strip or a table of a sheet in which something was taken away that can be brought back."""
    FIELD = "field"
    """A field has the focus."""
    FORM = "form"
    """Something that can be saved: a sheet, a dialog, settings."""
    PICKER = "picker"
    ADDING = "adding"
    """A picker in which what is missing can be added."""
    CARDS = "cards"
    """A picker of contacts, devices or products: what has a card."""
    CHANGES = "changes"
    """The acts of late."""
    VIEWS = "views"
    """The list of saved views."""
    REGISTER = "register"
    """The rows of a register."""
    HOURS = "hours"
    """Hours, special days and absences."""
    VIEWS_OF_ALL = "views_of_all"
    """The saved views of all."""
    MOVED = "moved"
    """A register whose rows have an order that people decide."""
    COLUMNS = "columns"
    """The screen that arranges the columns of the lists."""
    ORDERS = "orders"
    """The list of service orders."""
    ORDER = "order"
    """A service order."""
    MAKING = "making"
    """What would go onto service orders."""
    LOANS = "loans"
    """The loan devices."""
    BOARD = "board"
    """The dashboard."""
    NEXT = "next"
    """What is ready for whoever works here."""
    PERSON = "person"
    """The jobs of one person, or of nobody, as work."""
    HANDING = "handing"
    """What handing out would do."""
    BALANCE = "balance"
    """A proposal to hand out in balance."""
    WEEK = "week"
    """The week: work against hours, day by day."""
    WEEK_JOBS = "week_jobs"
    """The jobs of a person's week."""
    ARRIVALS = "arrivals"
    """What suppliers owe."""
    TO_ORDER = "to_order"
    """What jobs lack."""
    RETURNS = "returns"
    """What goes back to suppliers."""
    PROPOSED = "proposed"
    """Jobs whose last part came."""
    CURSOR = "cursor"
    """A list has the focus, with a cursor that moves."""
    SETTINGS = "settings"
    """One's own settings."""
    KEYS = "keys"
    """One's own keys."""
    STATISTICS = "statistics"
    """Statistics, as a table or a chart."""


WHERE_LABELS = {
    Where.EVERYWHERE: N_("everywhere"),
    Where.TOP: N_("lists and screens"),
    Where.LIST: N_("lists of jobs"),
    Where.ROWS: N_("lists"),
    Where.ENTRIES: N_("contacts, devices, products"),
    Where.MERGED: N_("contacts, devices"),
    Where.MERGE: N_("merging"),
    Where.SHEET: N_("sheet"),
    Where.CARD: N_("cards"),
    Where.RECORD: N_("sheet, cards"),
    Where.TABLE: N_("tab strip, tables"),
    Where.LINES: N_("table of lines"),
    Where.TAKEN: N_("tables, after Del"),
    Where.FIELD: N_("fields"),
    Where.FORM: N_("sheet, forms"),
    Where.PICKER: N_("pickers"),
    Where.ADDING: N_("pickers that add"),
    Where.CARDS: N_("pickers of contacts, devices, products"),
    Where.CHANGES: N_("changes"),
    Where.VIEWS: N_("saved views"),
    Where.REGISTER: N_("registers"),
    Where.HOURS: N_("hours"),
    Where.VIEWS_OF_ALL: N_("views of all"),
    Where.MOVED: N_("registers with an order"),
    Where.COLUMNS: N_("arranging columns"),
    Where.ORDERS: N_("orders"),
    Where.ORDER: N_("an order"),
    Where.MAKING: N_("making orders"),
    Where.LOANS: N_("loan devices"),
    Where.BOARD: N_("dashboard"),
    Where.ARRIVALS: N_("arrivals"),
    Where.TO_ORDER: N_("to order"),
    Where.RETURNS: N_("returns"),
    Where.PROPOSED: N_("jobs with all parts"),
    Where.NEXT: N_("next job"),
    Where.PERSON: N_("jobs of a person"),
    Where.HANDING: N_("handing out"),
    Where.BALANCE: N_("balance"),
    Where.WEEK: N_("week"),
    Where.WEEK_JOBS: N_("jobs of a week"),
    Where.CURSOR: N_("any list"),
    Where.SETTINGS: N_("settings"),
    Where.KEYS: N_("own keys"),
    Where.STATISTICS: N_("statistics"),
}


_OF_ROW = frozenset((
    "activity.open", "activity.done", "activity.postpone", "activity.reassign", "activity.status", "activity.link",
    "jobs.of_customer", "jobs.of_device", "card.open", "changes.show", "changes.undo", "view.change", "view.delete",
    "column.show", "register.change", "register.up", "register.down", "register.retire", "register.delete",
    "entry.open", "entry.jobs", "entry.retire", "entry.merge", "line.remove", "line.edit", "line.payer", "line.used",
    "balance.take_out", "next.take", "next.open",
))  # fmt: skip
"""Commands of the key bars about the row under the cursor: where there is none they do nothing."""


class Command(NamedTuple):
    """One thing the program can be told to do.

    Attributes:
        id: Stable name, as the history and a user's key map know it.
        label: One or two words for the key bar.
        help: A sentence for help and palette.
        keys: Default keys; a single letter counts only where no text is being typed.
        where: Places where it is valid.
        right: The right it asks for; None for looking.
        bar: Order in the key bar, 0 for not at all.
        plays: The key that is given to the list in place of what was pressed; empty for what a method does.
    """

    id: str
    label: str
    help: str
    keys: tuple[str, ...]
    where: tuple[Where, ...]
    right: Right | None = None
    bar: int = 0
    plays: str = ""

    @property
    def needs_row(self) -> bool:
        """Whether it is about what is under the cursor, which has to be known then: moving and looking are not."""
        return not self.id.startswith(("app.", "go.", "list."))

    @property
    def is_of_row(self) -> bool:
        """Whether it is about one row, and does nothing where there is none."""
        return self.id in _OF_ROW

    @property
    def method(self) -> str:
        """Name of the screen's or the application's method that does it."""
        return "do_" + self.id.replace(".", "_")
