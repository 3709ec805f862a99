"""`svc-tui demo`, and the demo shop that `make run` begins with."""

from __future__ import annotations

import getpass
from pathlib import Path

from svc_tui.commandline.progress import bar
from svc_tui.commandline.stopping import stop_between_acts
from svc_tui.db.core.engine import open_database
from svc_tui.db.core.troubles import translate
from svc_tui.db.upkeep.copies import put_in_place, workplace
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.domain.errors import N_, Invalid
from svc_tui.i18n import _
from svc_tui.output.paper.documents import rendered
from svc_tui.services.demo.demo import create_demo
from svc_tui.services.people import setup


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
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with workplace(target.parent) as place:
            unfinished = place / "shop.db"
            _fill(str(unfinished), activities, contacts, seed, language)
            put_in_place(unfinished, target)
    except OSError as error:
        raise translate(error, target) from error


def _exists(target: Path) -> Invalid:
    return Invalid(
        N_("{file} exists already. Name another file, or open it with: svc-tui --database {file}"), file=target
    )


def _fill(url: str, activities: int, contacts: int | None, seed: int, language: str) -> None:
    store = open_database(url, create=True)
    stop_between_acts(store)
    try:
        migrate(store)
        with bar(_("Making the demo shop")) as progress:
            create_demo(
                store, activities=activities, contacts=contacts, seed=seed, language=language, progress=progress,
                render=rendered,
            )  # fmt: skip
        # Whoever made the demo shop sees its list at once, without being asked who he is.
        setup.remember_login(store, setup.first_administrator(store), getpass.getuser())
    finally:
        store.close()
