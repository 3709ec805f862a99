"""`svc-tui print`: the papers of jobs, to a printer of the register or to any place."""

from __future__ import annotations

from svc_tui.commandline.arguments import Commands
from svc_tui.commandline.running import in_shop
from svc_tui.i18n import _

PAPERS = ("receipt", "labels", "job", "test")
SPEAKS = ("text", "pdf", "escpos", "zpl", "tspl")


def add(commands: Commands) -> None:
    """Say what it takes."""
    printing = commands.add("print", _("print papers of jobs: svc-tui print receipt 10432 10433"))
    printing.add_argument("paper", choices=PAPERS, help=_("test prints on a printer what shows its letters"))
    printing.add_argument(
        "words", nargs="*", metavar=_("NUMBER"),
        help=_("numbers of jobs; - reads them from standard input, as svc-tui list --ids prints them"),
    )  # fmt: skip
    printing.add_argument(
        "--to", metavar=_("PRINTER"),
        help=_("a printer of the register, or host:port, lp:queue, a device, a folder; - writes to standard output"),
    )  # fmt: skip
    printing.add_argument("--as-format", dest="speaks", choices=SPEAKS, help=_("how it is written, for a place"))
    printing.add_argument("--width", type=int, help=_("letters in a line, or millimetres of a label"))


RUN = {"print": in_shop("printing", "print_jobs")}
