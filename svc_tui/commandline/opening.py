"""The application itself, and the demo shop that it may open."""

from __future__ import annotations

import argparse
import gc
import os
from pathlib import Path

from svc_tui.commandline.arguments import Commands, count
from svc_tui.commandline.running import DATABASE_VARIABLE, OK, data_folder, database_url
from svc_tui.domain.first_screens import FIRST_SCREENS
from svc_tui.i18n import _

_TRY_ACTIVITIES = 2_000
_DEMO_ACTIVITIES = 2_000
_MOST_ACTIVITIES = 10_000_000


def add(commands: Commands) -> None:
    """Say what `demo` takes."""
    demo = commands.add("demo", _("make a demo shop in a new file and open it"))
    demo.add_argument("file", nargs="?", metavar=_("FILE"))
    demo.add_argument("--activities", type=_of_demo, default=_DEMO_ACTIVITIES, metavar="N")
    demo.add_argument("--contacts", type=_of_demo, metavar="N")
    demo.add_argument("--seed", type=count, default=1, metavar="S")
    demo.add_argument("--create-only", action="store_true", help=_("do not open it"))
    demo.add_argument(
        "--screen", choices=tuple(FIRST_SCREENS), default=argparse.SUPPRESS, help=_("begin with this screen")
    )


def _of_demo(text: str) -> int:
    """How many rows of a demo shop; more than ten million would take days."""
    number = count(text)
    if number > _MOST_ACTIVITIES:
        raise argparse.ArgumentTypeError(_("at most {most}").format(most=_MOST_ACTIVITIES))
    return number


def application(options: argparse.Namespace) -> int:
    """Open the shop at this terminal; gives the exit code."""
    _need_a_terminal()
    url = database_url(options)
    if options.try_out and not _exists(url):
        _create_demo(url, _TRY_ACTIVITIES, None, 1)
    return _open(url, options)


def _open(url: str, options: argparse.Namespace) -> int:
    if options.slow:
        # Textual reads its settings from the environment, and the driver reads this there too.
        os.environ["SVC_TUI_DISPLAY"] = "slow"
    # What is loaded now stays: to look through it for garbage 140 times costs 25 ms. The application collects later.
    gc.disable()
    from svc_tui.start import run

    return run(
        url, language=options.language, profile=options.profile, initials=options.initials, screen=options.screen
    )


def _need_a_terminal() -> None:
    """Asked for before anything is made, for the application will ask too."""
    from svc_tui.terminal.terminal import need_a_terminal

    need_a_terminal(_)


def _exists(url: str) -> bool:
    return _is_server(url) or Path(url).expanduser().exists()


def _is_server(url: str) -> bool:
    return url.startswith(("postgresql:", "postgres:"))


def _demo(options: argparse.Namespace) -> int:
    if not options.create_only:
        _need_a_terminal()
    url = options.file or options.database or str(data_folder() / "demo.db")
    os.environ[DATABASE_VARIABLE] = url
    _create_demo(url, options.activities, options.contacts, options.seed)
    return OK if options.create_only else _open(url, options)


def _create_demo(url: str, activities: int, contacts: int | None, seed: int) -> None:
    from svc_tui.commandline import demo
    from svc_tui.i18n import language

    demo.create(url, activities=activities, contacts=contacts, seed=seed, language=language())


RUN = {"demo": _demo}
