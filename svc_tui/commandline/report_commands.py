"""The commands for who hands out the work, and for who takes it: dashboard, hand-out, next."""

from __future__ import annotations

import argparse

from svc_tui.commandline.arguments import Commands, count
from svc_tui.commandline.running import OK, session_of, utf8
from svc_tui.i18n import _


def add(commands: Commands) -> None:
    """Say what they take."""
    board = commands.add("dashboard", _("print who has how much, what is late, and what cannot be finished in time"))
    board.add_argument("list", nargs="?", metavar=_("LIST"), help=_("only jobs of this list; all where it is left out"))
    board.add_argument("--json", action="store_true", help=_("as one JSON object"))

    handing = commands.add_act(
        "hand-out", _("give jobs of somebody to somebody else: svc-tui hand-out --from AH --to FA 10432 10433")
    )
    handing.add_argument(
        "--from", dest="giver", required=True, metavar=_("INITIALS"), help=_("who has them; none: nobody")
    )
    handing.add_argument("--to", dest="target", required=True, metavar=_("INITIALS"), help=_("who gets them"))
    handing.add_argument("words", nargs="*", metavar=_("NUMBER"), help=_(
        "numbers of jobs; - reads them from standard input, as svc-tui list --ids prints them"
    ))  # fmt: skip
    amount = handing.add_mutually_exclusive_group()
    amount.add_argument("--jobs", type=count, metavar="N", help=_("so many instead of numbers: those that free most"))
    amount.add_argument("--hours", type=count, metavar="N", help=_("so many hours instead: of what must be done last"))
    amount.add_argument("--all", action="store_true", help=_("all instead, but for what is being worked on"))

    queue = commands.add("next", _("print what is ready for you, what must be done first on top"))
    queue.add_argument("--nobody", action="store_true", help=_("what nobody has and you may take, instead"))
    queue.add_argument(
        "--take", action="store_true", help=_("take the first: you are its responsible, and it is in work")
    )
    queue.add_argument("--json", action="store_true", help=_("one JSON object a line"))


def _dashboard(options: argparse.Namespace) -> int:
    from svc_tui.commandline import planning

    utf8(always=options.json)
    with session_of(options) as session:
        planning.show_board(session, options.list, as_json=options.json)
    return OK


def _hand_out(options: argparse.Namespace) -> int:
    from svc_tui.commandline import planning

    utf8()
    with session_of(options) as session:
        return planning.hand_out(session, options)


def _next(options: argparse.Namespace) -> int:
    from svc_tui.commandline import planning

    utf8(always=options.json)
    with session_of(options) as session:
        planning.show_next(session, nobodys=options.nobody, takes=options.take, as_json=options.json)
    return OK


RUN = {"dashboard": _dashboard, "hand-out": _hand_out, "next": _next}
