"""The commands about jobs: list, show, edit, note, done, assign, undo."""

from __future__ import annotations

import argparse

from svc_tui.commandline.arguments import Commands, count
from svc_tui.commandline.running import OK, session_of, utf8
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
            " priority responsible customer (number or name) project fault found field1 field2 note"
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


def _list(options: argparse.Namespace) -> int:
    from svc_tui.commandline import listing

    utf8(always=options.json)
    form: listing.Form = "json" if options.json else "ids" if options.ids else "table"
    with session_of(options) as session:
        wanted = listing.Wanted(options.sort, options.descending, options.limit)
        listing.show_list(session, options.list, options.filter, form, wanted)
    return OK


def _show(options: argparse.Namespace) -> int:
    from svc_tui.commandline import listing

    utf8(always=options.json)
    with session_of(options) as session:
        listing.show(session, options.number, as_json=options.json)
    return OK


def _edit(options: argparse.Namespace) -> int:
    from svc_tui.commandline import editing

    utf8()
    with session_of(options) as session:
        edits = editing.edits(session, options)
        return editing.change(session, editing.numbers(options.words), edits, dry_run=options.dry_run)


def _undo(options: argparse.Namespace) -> int:
    from svc_tui.commandline import editing

    utf8()
    with session_of(options) as session:
        return editing.undo(session, options.act, again=options.again, dry_run=options.dry_run)


RUN = {
    "list": _list, "show": _show, "edit": _edit, "note": _edit, "done": _edit, "assign": _edit, "undo": _undo,
}  # fmt: skip
