"""The commands for who hands out the work, and for who takes it: dashboard, hand-out, next."""

from __future__ import annotations

from svc_tui.commandline.arguments import Commands, count
from svc_tui.commandline.running import in_shop
from svc_tui.domain.reports.figures import Basis, By
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

    figures = commands.add("statistics", _(
        "print what came, what was finished and how long it took: svc-tui statistics type responsible:ah"
    ))  # fmt: skip
    figures.add_argument("by", choices=[by.value for by in By], metavar=_("BY"), help=", ".join(by.value for by in By))
    figures.add_argument("filter", nargs="*", metavar=_("FILTER"), help=_("only these jobs, as in the filter line"))
    figures.add_argument("--period", metavar=_("PERIOD"), help=_(
        "12m, 2026, nov, 1/3..30/4 or all; the twelve months until today where it is left out"
    ))  # fmt: skip
    figures.add_argument("--basis", choices=[basis.value for basis in Basis], default=Basis.FINISHED.value, help=_(
        "finished: what was finished in the period; registered: what has become of the jobs that came in it"
    ))  # fmt: skip
    form = figures.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("as one JSON object"))
    form.add_argument("--csv", action="store_true", help=_("as CSV for a spreadsheet"))
    form.add_argument("--output", metavar=_("FILE"), help=_("into a new file that ends in .xlsx or .csv"))


RUN = {
    "statistics": in_shop("figures", "show"), "dashboard": in_shop("planning", "show_board"),
    "hand-out": in_shop("planning", "hand_out"), "next": in_shop("planning", "show_next"),
}  # fmt: skip
