"""`svc-tui demo`, and the demo shop that `make run` begins with."""

from __future__ import annotations

import getpass
import os
from contextlib import suppress
from pathlib import Path

from svc_tui.commandline.progress import bar
from svc_tui.db.engine import open_database
from svc_tui.db.migrate import migrate
from svc_tui.domain.errors import N_, Invalid
from svc_tui.i18n import _
from svc_tui.services import setup
from svc_tui.services.demo import create_demo

_BESIDE = ("", "-wal", "-shm", "-journal", ".queue")


def create(url: str, *, activities: int, contacts: int | None, seed: int, language: str) -> None:
    """Make a demo shop; a file appears under its name when it is whole, and never replaces another.

    Raises:
        Invalid: when there is something at `url` already.
        DatabaseTrouble: when it cannot be written.
    """
    if url.startswith(("postgresql:", "postgres:")):
        _fill(url, activities, contacts, seed, language)
        return
    target = Path(url).expanduser().absolute()
    if target.exists():
        raise _exists(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        _fill(str(unfinished), activities, contacts, seed, language)
        try:
            os.link(unfinished, target)  # unlike a rename, refuses to replace what came meanwhile
        except FileExistsError:
            raise _exists(target) from None
        except OSError:  # a file system without links
            unfinished.rename(target)
    finally:
        for ending in _BESIDE:
            with suppress(FileNotFoundError):
                unfinished.with_name(unfinished.name + ending).unlink()


def _exists(target: Path) -> Invalid:
    return Invalid(
        N_("{file} exists already. Name another file, or open it with: svc-tui --database {file}"), file=target
    )


def _fill(url: str, activities: int, contacts: int | None, seed: int, language: str) -> None:
    store = open_database(url, create=True)
    try:
        migrate(store)
        with bar(_("Making the demo shop")) as progress:
            create_demo(
                store, activities=activities, contacts=contacts, seed=seed, language=language, progress=progress
            )
        # Whoever made the demo shop sees its list at once, without being asked who he is.
        setup.remember_login(store, setup.first_administrator(store), getpass.getuser())
    finally:
        store.close()
