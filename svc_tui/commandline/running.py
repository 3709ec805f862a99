"""What every command does: which database it is about, who asks, and how text is written."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
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
