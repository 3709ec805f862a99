"""The commands about jobs: list, show, edit, note, done, assign, undo."""

from __future__ import annotations

from svc_tui.commandline.arguments import Commands, count
from svc_tui.commandline.running import in_shop
from svc_tui.i18n import _


def add(commands: Commands) -> None:
    """Say what they take."""
    _add_reading(commands)
    _add_changing(commands)


def _add_reading(commands: Commands) -> None:
    listing = commands.add("list", _("print the jobs of a list: product, customer, or all"))
    listing.add_argument("list", metavar=_("LIST"))
    listing.add_argument("filter", nargs="*", metavar=_("FILTER"), help=_("as on the screen: status:waiting resp:ah"))
    forms = listing.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    forms.add_argument("--ids", action="store_true", help=_("numbers only"))
    listing.add_argument("--sort", metavar=_("COLUMN"), help=_("sort by this column, as lists are on the screen"))
    listing.add_argument("--descending", action="store_true", help=_("the other way round: the last first"))
    listing.add_argument("--limit", type=count, metavar="N", help=_("at most so many jobs"))

    show = commands.add("show", _("print one job"))
    show.add_argument("number", type=count, metavar=_("NUMBER"))
    show.add_argument("--json", action="store_true", help=_("as one JSON object"))


def _add_changing(commands: Commands) -> None:
    numbers = _("numbers of jobs; - reads them from standard input, as svc-tui list --ids prints them")
    edit = commands.add_act(
        "edit", _('change fields of jobs: svc-tui edit 10432 10433 resp=ah priority=high promised="fri 15"')
    )
    edit.add_argument(
        "words",
        nargs="+",
        metavar=_("NUMBER... FIELD=VALUE"),
        help=_(
            "values as in the fields of the screen, FIELD= clears; fields: subject start end promised type status"
            " priority responsible customer (number or name) project fault found ceiling field1 field2 note"
        ),
    )
    note = commands.add_act(
        "note", _("append an entry to the note of jobs; without --text it is read from standard input")
    )
    note.add_argument("words", nargs="+", metavar=_("NUMBER"), help=numbers)
    note.add_argument("--text", metavar=_("TEXT"))
    done = commands.add_act("done", _("set jobs done"))
    done.add_argument("words", nargs="+", metavar=_("NUMBER"), help=numbers)
    done.add_argument(
        "--parts",
        choices=("used", "unneeded"),
        help=_("what became of parts that are open; without it such a job is not done"),
    )
    assign = commands.add_act("assign", _("give jobs to somebody: svc-tui assign 10432 10433 AH; none: to nobody"))
    assign.add_argument("words", nargs="+", metavar=_("NUMBER... INITIALS"), help=numbers)
    undoing = commands.add("undo", _("undo your own last act, or the act with a number; of an undo: do it again"))
    undoing.add_argument("act", nargs="?", type=count, metavar=_("ACT"))
    undoing.add_argument("--again", action="store_true", help=_("after an undo: take the act before it, too"))
    undoing.add_argument("--dry-run", action="store_true", help=_("say what would happen and write nothing"))


RUN = {
    "list": in_shop("listing", "show_list"), "show": in_shop("listing", "show"), "undo": in_shop("editing", "undo"),
    **dict.fromkeys(("edit", "note", "done", "assign"), in_shop("editing", "change")),
}  # fmt: skip
