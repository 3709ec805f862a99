"""What every command does: which database it is about, who asks, and how text is written."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from svc_tui.commandline.streams import as_letters

if TYPE_CHECKING:
    from svc_tui.services.core.session import Session

DATABASE_VARIABLE = "SVC_TUI_DATABASE"

OK, REFUSED, INTERRUPTED = 0, 1, 130


def data_folder() -> Path:
    """Where a user's databases live."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("svc-tui"))


def database_url(options: argparse.Namespace) -> str:
    """The database named by --database, which is in the environment by now, or by that, else the user's own."""
    return os.environ.get(DATABASE_VARIABLE) or str(data_folder() / "shop.db")


@contextmanager
def session_of(options: argparse.Namespace) -> Iterator[Session]:
    """Who asks, in the shop that is asked about, while a command runs.

    Raises:
        DomainError: when there is no such shop, or nobody who may ask.
    """
    from svc_tui.commandline import shop

    with shop.session(database_url(options), options.initials, options.language) as session:
        yield session


def in_shop(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """A command that somebody asks of a shop, as a table of commands names it.

    Args:
        module: In this folder; it is loaded when the command runs, and no sooner.
        function: What does it there: it takes the session and the options, and gives the exit code or, for success,
            nothing.
    """

    def run(options: argparse.Namespace) -> int:
        from importlib import import_module

        do: Callable[[Session, argparse.Namespace], int | None] = getattr(
            import_module(f"svc_tui.commandline.{module}"), function
        )
        utf8(always=getattr(options, "json", False) or getattr(options, "csv", False))
        with session_of(options) as session:
            return do(session, options) or OK

    return run


def utf8(*, always: bool = False) -> None:
    """JSON is UTF-8 whatever the locale; other text has a `?` for what the locale cannot write."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8" if always and stream is sys.stdout else None, errors="replace")


def refuse(sentence: str) -> int:
    """Say in one sentence why nothing was done; gives the exit code."""
    from svc_tui.domain.text import clean_line

    with suppress(OSError):
        print(f"svc-tui: {clean_line(as_letters(sentence), 2_000)}", file=sys.stderr)
    return REFUSED
