"""The command about one's own timer."""

from __future__ import annotations

from svc_tui.commandline.arguments import Commands, count
from svc_tui.commandline.running import in_shop
from svc_tui.i18n import _


def add(commands: Commands) -> None:
    """Say what it takes."""
    timer = commands.add("timer", _("your timer: svc-tui timer start 10432, then svc-tui timer stop"))
    timer.add_argument(
        "what", nargs="?", choices=("start", "stop", "status"), default="status", metavar="start|stop|status",
        help=_("start it on a job, stop it with a line of hours on the job, or say whether it runs"),
    )  # fmt: skip
    timer.add_argument("number", nargs="?", type=count, metavar=_("NUMBER"), help=_("of the job it is started on"))
    timer.add_argument("--product", metavar=_("CODE"), help=_("the hours product of the line, where that is not clear"))
    timer.add_argument("--started", metavar=_("TIME"), help=_("when the work began, if the timer is wrong: 9:15"))
    timer.add_argument("--stopped", metavar=_("TIME"), help=_("when the work ended, if the timer is wrong: 16:30"))
    timer.add_argument("--discard", action="store_true", help=_("stop it without a line: the time is thrown away"))
    timer.add_argument("--json", action="store_true", help=_("as one JSON object"))


RUN = {"timer": in_shop("timer", "timer")}
