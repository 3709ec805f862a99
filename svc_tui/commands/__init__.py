"""Every command of the program, once: bindings, key bar, palette, help, `svc-tui keys` and the README's key table
are made from this table, and nothing else binds a key.

What is said of one stands in `words`, the commands of a subject with many in a file of its own beside this.
Keys are Textual's names (`f2`, `ctrl+s`, `pagedown`) or the letter itself (`n`, `/`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from svc_tui.commands import orders, own, parts, reports
from svc_tui.commands.words import WHERE_LABELS, Command, Where
from svc_tui.domain.errors import N_
from svc_tui.domain.rights import Right
from svc_tui.domain.scanning import ASKING, MOVES

__all__ = [
    "COMMANDS", "WHERE_LABELS", "Command", "Keymap", "Letters", "Where", "edits", "is_letter", "key_name", "key_table",
    "question_bar", "shown_key", "sign", "writes",
]  # fmt: skip

W = Where
COMMANDS: tuple[Command, ...] = (
    Command("app.help", N_("Help"), N_("The keys that are valid here and now"), ("f1", "?"), (W.EVERYWHERE,), bar=9),
    Command("form.save", N_("Save"), N_("Save and stay"), ("f2", "ctrl+s"), (W.FORM,), bar=2),
    Command("app.close", N_("Close"), N_("Close this, or go back"), ("f3", "escape"), (W.EVERYWHERE,), bar=3),
    Command("field.look_up", N_("Look up"),
            N_("The values or the picker of this field; of Start the next free time"),
            ("f4", "ctrl+o"), (W.FIELD,), bar=4),
    Command("app.refresh", N_("Re-read"), N_("Read again what is shown"), ("f5", "ctrl+r"), (W.EVERYWHERE,), bar=12),
    Command("activity.new", N_("New"), N_("A new job; in a sheet: save this one and begin another"),
            ("f6", "ctrl+n", "n"), (W.LIST, W.SHEET, W.CARD), Right.ACTIVITY_EDIT, bar=1),
    Command("tab.previous", N_("Tab back"), N_("The tab to the left"), ("f7", "ctrl+b"), (W.RECORD,)),
    Command("tab.next", N_("Tab"), N_("The tab to the right"), ("f8", "ctrl+t"), (W.RECORD,), bar=5),
    Command("tab.enter", N_("Into tab"), N_("Into the open tab, such as the note, and back to the subject"),
            ("f12", "ctrl+g"), (W.RECORD,), bar=11),
    Command("list.page_up", N_("Page up"), N_("One screen up"), ("f7", "pageup"), (W.TOP, W.CHANGES)),
    Command("list.page_down", N_("Page down"), N_("One screen down"), ("f8", "pagedown"), (W.TOP, W.CHANGES)),
    Command("activity.link", N_("Link"),
            N_("Link a contact: customer, supplier, payer; on a line F9 makes service orders"),
            ("f9", "ctrl+l", "l"), (W.LIST, W.SHEET), Right.ACTIVITY_EDIT, bar=6),
    Command("jobs.of_customer", N_("Customer's jobs"), N_("All jobs of this customer, as a list"), ("ctrl+y",),
            (W.LIST, W.SHEET)),
    Command("jobs.of_device", N_("Device's jobs"), N_("All jobs of this device, as a list"), ("ctrl+d",),
            (W.LIST, W.SHEET)),
    Command("card.open", N_("Card"), N_("The card of the contact, device or product in this field or row"),
            ("ctrl+x",), (W.LIST, W.SHEET, W.CARD, W.CARDS), bar=11),
    Command("card.merge", N_("Merge"), N_("Make one of this and another contact or device"), (),
            (W.CARD,), Right.CONTACT_EDIT),
    Command("app.palette", N_("Actions"), N_("All actions, found by name"),
            ("f10", "ctrl+p"), (W.EVERYWHERE,), bar=10),
    Command("list.columns", N_("Columns"), N_("Columns: simple, normal, advanced"), ("f11", "v"), (W.ROWS,)),
    Command("record.rescue", N_("Keep typed"),
            N_("What cannot be saved goes into the note, or into a new job"), ("f11", "ctrl+f"),
            (W.RECORD,), Right.ACTIVITY_EDIT),
    Command("app.quit", N_("Quit"), N_("Leave the program"), ("ctrl+q",), (W.EVERYWHERE,), bar=13),
    Command("activity.open", N_("Open"), N_("Open the job under the cursor"), ("enter",), (W.LIST,), bar=2),
    Command("list.filter", N_("Filter"), N_("Write in the filter line"), ("/",), (W.ROWS,), bar=3),
    Command("activity.done", N_("Done"), N_("Set the job done"), ("d",), (W.LIST, W.SHEET),
            Right.ACTIVITY_EDIT, bar=4),
    Command("activity.postpone", N_("Postpone"), N_("Move the start; the end moves along"), ("p",), (W.LIST,),
            Right.ACTIVITY_EDIT, bar=7),
    Command("activity.reassign", N_("Reassign"), N_("Give the job to somebody else"), ("a",), (W.LIST,),
            Right.ACTIVITY_REASSIGN, bar=5),
    Command("activity.status", N_("Status"), N_("Change the status"), ("s",), (W.LIST,), Right.ACTIVITY_EDIT, bar=6),
    Command("activity.duplicate", N_("Duplicate"), N_("A new job that begins as a copy of this one"), ("c",),
            (W.LIST,), Right.ACTIVITY_EDIT),
    Command("activity.restore", N_("Bring back"), N_("Go on with what was discarded last"), ("r",),
            (W.LIST,), Right.ACTIVITY_EDIT),
    Command("activity.type", N_("Type"), N_("Change the type"), ("t",), (W.LIST,), Right.ACTIVITY_EDIT),
    Command("activity.priority", N_("Priority"), N_("Change the priority"), ("i",), (W.LIST,), Right.ACTIVITY_EDIT),
    Command("activity.note", N_("Note"), N_("Write a note to the job, without opening it"), ("m",), (W.LIST,),
            Right.ACTIVITY_EDIT),
    Command("activity.read", N_("Read"), N_("Read the whole subject, faults and notes of the job"), ("e",), (W.LIST,)),
    Command("timer.toggle", N_("Timer"), N_("Start your timer on this job, or stop it: its time is a line of hours"),
            ("T", "ctrl+a"), (W.LIST, W.SHEET, W.NEXT, W.PERSON, W.WEEK_JOBS), Right.ACTIVITY_EDIT),
    Command("job.print", N_("Print"), N_("Print a receipt, labels or the job sheet of these jobs"), ("P",),
            (W.LIST, W.SHEET)),
    Command("list.select", N_("Select"), N_("Select this row, or no longer"), ("space",), (W.ROWS, W.PERSON)),
    Command("list.range", N_("Range"), N_("Select from here on: then move"), ("shift+down", "x"),
            (W.ROWS, W.PERSON)),
    Command("list.select_all", N_("Select all"), N_("Select all that match, or none"), ("*",),
            (W.ROWS, W.PERSON)),
    Command("act.undo", N_("Undo"), N_("Undo your last act"), ("u",), (W.ROWS, W.REGISTER, W.HOURS, W.VIEWS_OF_ALL),
            Right.ACTIVITY_EDIT),
    Command("act.redo", N_("Redo"), N_("Do again what you undid last"), ("U",),
            (W.ROWS, W.REGISTER, W.HOURS, W.VIEWS_OF_ALL), Right.ACTIVITY_EDIT),
    Command("list.changes", N_("Changes"), N_("What was changed lately, by whom; any of it can be undone"), ("h",),
            (W.ROWS,), Right.HISTORY_READ),
    Command("changes.show", N_("Details"), N_("What this act changed, job by job"), ("enter",), (W.CHANGES,), bar=1),
    Command("changes.undo", N_("Undo"), N_("Undo this act; an undo is undone by doing the act again"), ("u",),
            (W.CHANGES,), Right.UNDO_OWN, bar=2),
    Command("changes.filter", N_("Filter"), N_("Only the acts of a person, on a job, of a day"), ("/",), (W.CHANGES,),
            bar=3),
    Command("changes.mine", N_("Mine"), N_("Only your own acts, or everybody's"), ("m",), (W.CHANGES,), bar=4),
    Command("list.sort", N_("Sort"), N_("Sort by another column"), ("o",), (W.ROWS, W.BOARD)),
    Command("list.reverse", N_("Reverse"), N_("Sort the other way round"), ("O",), (W.ROWS, W.BOARD)),
    Command("list.jump", N_("Jump"), N_("Jump to a number, a date or a name in the column sorted by"), ("j",),
            (W.ROWS,)),
    Command("list.views", N_("Views"), N_("Saved views: open one, or save this filter as one"), ("w",), (W.LIST,)),
    Command("list.arrange", N_("Arrange"), N_("Which columns are shown, how wide and in which order"), ("V",),
            (W.ROWS,)),
    Command("view.save", N_("Save view"), N_("Save the filter and the order shown as a view"), ("f6", "ctrl+n"),
            (W.VIEWS,), bar=1),
    Command("view.change", N_("Change"), N_("Change the view under the cursor: name, key, filter, who sees it"),
            ("f4", "ctrl+o"), (W.VIEWS,), bar=2),
    Command("view.delete", N_("Delete"), N_("Delete the view under the cursor"), ("delete",), (W.VIEWS,), bar=4),
    Command("column.show", N_("Show"), N_("Show this column, or no longer"), ("space", "enter"), (W.COLUMNS,), bar=1),
    Command("column.left", N_("To the left"), N_("Move the column to the left"), ("left",), (W.COLUMNS,)),
    Command("column.right", N_("To the right"), N_("Move the column to the right"), ("right",), (W.COLUMNS,)),
    Command("column.wider", N_("Wider"), N_("Make the column wider"), ("+",), (W.COLUMNS,), bar=6),
    Command("column.narrower", N_("Narrower"), N_("Make the column narrower"), ("-",), (W.COLUMNS,), bar=6),
    Command("column.standard", N_("Standard"), N_("Back to the columns and widths as they come"), ("delete",),
            (W.COLUMNS,), bar=7),
    Command("go.1", N_("Product service"), N_("The first activity list"), ("1",), (W.TOP,)),
    Command("go.2", N_("Customer service"), N_("The second activity list"), ("2",), (W.TOP,)),
    Command("go.3", N_("All jobs"), N_("The list of every job"), ("3",), (W.TOP,)),
    Command("app.registers", N_("Registers"),
            N_("Lists, types, statuses, priorities, employees, the shop's data, views"), ("R",), (W.TOP,),
            Right.REGISTER_EDIT),
    Command("picker.add", N_("Add"), N_("Add what is not there yet"), ("f6", "ctrl+n"), (W.ADDING,), bar=3),
    Command("register.change", N_("Change"), N_("Change the row under the cursor"), ("enter",),
            (W.REGISTER, W.HOURS, W.VIEWS_OF_ALL), bar=1),
    Command("register.add", N_("Add"), N_("Add a row to the register"), ("f6", "ctrl+n", "n"),
            (W.REGISTER, W.HOURS, W.VIEWS_OF_ALL), bar=2),
    Command("register.up", N_("Move up"), N_("Move the row up, in the order in which all see it"), ("<",), (W.MOVED,),
            bar=4),
    Command("register.down", N_("Move down"), N_("Move the row down"), (">",), (W.MOVED,), bar=4),
    Command("register.retire", N_("Retire"), N_("Offer the row no longer, or again"), ("r",), (W.REGISTER,), bar=5),
    Command("register.delete", N_("Delete"), N_("Delete the row, if nothing uses it"), ("delete",),
            (W.REGISTER, W.HOURS, W.VIEWS_OF_ALL), bar=6),
    *reports.COMMANDS,
    *orders.COMMANDS,
    *parts.COMMANDS,
    Command("go.7", N_("Contacts"), N_("The list of contacts: customers and suppliers"), ("7",), (W.TOP,)),
    Command("go.8", N_("Products"), N_("The list of products"), ("8",), (W.TOP,)),
    Command("go.0", N_("Devices"), N_("The list of devices"), ("0",), (W.TOP,)),
    Command("entry.new", N_("New"), N_("A new contact, device or product"), ("f6", "ctrl+n", "n"),
            (W.ENTRIES,), bar=1),
    Command("entry.open", N_("Open"), N_("The card of what is under the cursor"), ("enter",),
            (W.ENTRIES,), bar=2),
    Command("entry.jobs", N_("Jobs"), N_("All jobs of this contact, device or product, as a list"), ("ctrl+y",),
            (W.ENTRIES,), bar=4),
    Command("entry.retire", N_("Retire"), N_("Offer this no longer, or again; asks first, undone by u"), ("delete",),
            (W.ENTRIES,), bar=5),
    Command("entry.merge", N_("Merge"), N_("Make one of the two that are selected; shows first what becomes of both"),
            ("M",), (W.MERGED,), bar=6),
    Command("merge.choose", N_("Other value"), N_("Keep the value of the other one"), ("space", "enter"), (W.MERGE,),
            bar=1),
    Command("merge.swap", N_("Swap"), N_("The other one of the two stays"), ("s",), (W.MERGE,), bar=3),
    Command("tab.number", N_("Tab 1-9"), N_("The tab with that number"), tuple("123456789"), (W.TABLE,)),
    Command("line.remove", N_("Remove"), N_("Take the line or the link away; u brings it back"), ("delete",),
            (W.TABLE,), bar=7),
    Command("line.bring_back", N_("Bring back"), N_("Bring back what was taken away last"), ("u",), (W.TAKEN,), bar=6),
    Command("line.edit", N_("Edit"), N_("Change the line: quantity, price, payer, state"), ("enter",), (W.TABLE,)),
    Command("line.payer", N_("Payer"), N_("Who pays the line: the customer, the supplier, us"), ("y",), (W.LINES,),
            bar=8),
    Command("line.used", N_("Used"), N_("The parts of this line are in the device"), ("+",), (W.LINES,), bar=9),
    Command("line.unneeded", N_("Not needed"), N_("What is not used of this line is not needed"), ("*",), (W.LINES,)),
    Command("line.back", N_("Take back"), N_("The parts of this line are out of the device again"), ("-",), (W.LINES,)),
    Command("line.arrived", N_("Part arrived"), N_("The part of this line has arrived"), ("ctrl+k",), (W.LINES,)),
    Command("app.settings", N_("Settings"), N_("Your own settings: tabs, defaults, period, language"),
            ("ctrl+e",), (W.TOP, W.SHEET), Right.SETTINGS_OWN),
    Command("app.user", N_("Change user"), N_("Choose who works at this terminal"), (), (W.TOP,)),
    *own.COMMANDS,
    Command("app.suspend", N_("Suspend"), N_("To the shell that began the program; fg comes back"), ("ctrl+z",),
            (W.EVERYWHERE,)),
)  # fmt: skip

NAMED_KEYS = {
    "escape": N_("Esc"), "enter": N_("Enter"), "pageup": N_("PgUp"), "pagedown": N_("PgDn"), "delete": N_("Del"),
    "space": N_("Space"), "shift+down": N_("Shift+Down"), "shift+up": N_("Shift+Up"),
    "left": N_("Left"), "right": N_("Right"), "up": N_("Up"), "down": N_("Down"), "tab": N_("Tab"),
}  # fmt: skip


def key_name(key: str) -> str:
    """A key as people call it: `F2`, `Ctrl+S`, `/`. A message id where it differs by language."""
    if key in NAMED_KEYS:
        return NAMED_KEYS[key]
    if key in ("home", "end", "insert"):
        return {"insert": "Ins"}.get(key, key.capitalize())  # as on the keys of every country
    if key.startswith("ctrl+"):
        return "Ctrl+" + key[5:].upper()
    if key == "tab":
        return "Tab"  # as it stands on the keyboards of all our languages
    return key.upper() if len(key) > 1 and key[0] == "f" else key


def shown_key(key: str, translate: Callable[[str], str]) -> str:
    """A key as the user's language calls it; only keys with a name have one, a letter is itself."""
    name = key_name(key)
    return translate(name) if key in NAMED_KEYS else name


_EDITING = frozenset(
    ("enter", "delete", "insert", "home", "end", "up", "down", "left", "right", "pageup", "pagedown", "shift+up",
     "shift+down", "ctrl+w", "ctrl+u", "ctrl+k")
)  # fmt: skip
"""Keys that move in a text or change it."""


def is_letter(key: str) -> bool:
    """Whether a key types something, and so is no command where text is being typed."""
    return len(key) == 1 or key == "space"


def sign(key: str) -> str:
    """What a key types; nothing for one that types nothing."""
    return " " if key == "space" else key if len(key) == 1 else ""


def edits(key: str) -> bool:
    """Whether a key belongs to the text being typed, and so is no command there."""
    return is_letter(key) or key in _EDITING


def writes(key: str, places: frozenset[Where]) -> bool:
    """Whether a key begins to write in the open tab, and so is the key of none but the commands at home there."""
    return Where.RECORD in places and is_letter(key)


_WRITTEN_OVER = frozenset((Where.EVERYWHERE, Where.TABLE, Where.LINES, Where.TAKEN))
"""Where a letter is a command although one could write."""


class Letters(NamedTuple):
    """What letters that come too fast for fingers may be (`domain/scanning.py`)."""

    moves: str
    """Those that only move, select or show another list, and may stand before one that asks for text."""
    asking: str
    """Those that open a field: what comes behind them is text."""
    jump: str
    """Those that ask for a number to jump to."""


class Keymap:
    """Which command a key means, from the table or from a user's own keys."""

    def __init__(self, commands: Iterable[Command] = COMMANDS) -> None:
        self.commands = tuple(commands)
        self.letters = Letters(self._letters(MOVES), self._letters(ASKING), self._letters("j"))

    def _letters(self, standard: str) -> str:
        """The letters that are now what these are in the table."""
        ids = {command.id for command in COMMANDS if set(map(sign, command.keys)) & set(standard)}
        keys = [key for command in self.commands if command.id in ids for key in command.keys]
        return "".join(sorted({sign(key) for key in keys} - {""}))

    def find(self, key: str, places: frozenset[Where], *, typing: bool) -> Command | None:
        """The command that a key means in these places; None when it means none.

        The most particular place wins: a command of the sheet before one that is valid everywhere.
        """
        fitting = [command for command in self.commands if key in self.keys_of(command, places, typing=typing)]
        return min(fitting, key=lambda command: Where.EVERYWHERE in command.where, default=None)

    def keys_of(self, command: Command, places: frozenset[Where], *, typing: bool) -> list[str]:
        """The keys that mean a command in these places."""
        if not self._valid(command, places):
            return []
        in_sheet = not (_WRITTEN_OVER & set(command.where))
        return [key for key in command.keys if not ((typing and edits(key)) or (in_sheet and writes(key, places)))]

    @staticmethod
    def _valid(command: Command, places: frozenset[Where]) -> bool:
        return Where.EVERYWHERE in command.where or bool(places & set(command.where))

    def valid(self, places: frozenset[Where]) -> list[Command]:
        """The commands valid in these places, in the order of the table."""
        return [command for command in self.commands if self._valid(command, places)]

    def bar(self, places: frozenset[Where], *, typing: bool) -> list[tuple[str, Command]]:
        """What the key bar offers: the key that works here and the command, most important first."""
        offered: list[tuple[str, Command]] = []
        for command in sorted(self.valid(places), key=lambda command: command.bar):
            keys = self.keys_of(command, places, typing=typing)
            if command.bar and keys:
                offered.append((keys[0], command))
        return offered


def question_bar(keymap: Keymap, has_values: bool) -> list[tuple[str, Command]]:
    """What the key bar offers while a question stands in the message line.

    Args:
        keymap: Where the keys are found.
        has_values: Whether it asks for a value that can be looked up.
    """
    by_id = {command.id: command for command in keymap.commands}
    look_up, close, help_ = by_id["field.look_up"], by_id["app.close"], by_id["app.help"]
    offered = [(look_up.keys[0], look_up)] if has_values and look_up.keys else []
    asked_for = next((key for key in help_.keys if not edits(key)), "f1")
    return [*offered, ("escape", close), (asked_for, help_)]


def key_table(
    named: Callable[[str], str] = key_name, commands: Iterable[Command] = COMMANDS
) -> list[tuple[str, str, str, str]]:
    """(help, function keys, plain keys, where) of every command: message ids, for whoever prints them.

    Args:
        named: What a key is called.
        commands: With their keys.
    """
    table: list[tuple[str, str, str, str]] = []
    for command in commands:
        function = [named(key) for key in command.keys if key[0] == "f" and key[1:].isdigit()]
        plain = [named(key) for key in command.keys if not (key[0] == "f" and key[1:].isdigit())]
        where = ", ".join(WHERE_LABELS[place] for place in command.where)
        table.append((command.help, " ".join(function), " ".join(plain), where))
    return table
