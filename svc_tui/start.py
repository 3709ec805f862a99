"""Opening the application: everything that must be settled before Textual is imported."""

from __future__ import annotations

import getpass
import importlib
import logging
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from types import ModuleType

from svc_tui import i18n
from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.core.troubles import is_there
from svc_tui.db.core.watch import newest
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.services.core.session import Session, employee_by_initials, employee_by_login, open_session
from svc_tui.services.people import settings as user_settings
from svc_tui.services.people import setup
from svc_tui.services.people.settings import UserSettings
from svc_tui.terminal import terminal

LOG_BYTES = 1_000_000

_NAMES_OF_PALETTE = (
    "CommandListItem", "CommandPalette", "DiscoveryHit", "Hit", "Hits", "Provider", "SimpleProvider",
)  # fmt: skip


def run(
    url: str,
    *,
    language: str | None = None,
    profile: str | None = None,
    initials: str | None = None,
    screen: str | None = None,
) -> int:
    """Open the shop at `url`, creating a missing database file, and show it until the user leaves.

    Args:
        url: A file or `postgresql://...`.
        language: What the command line says; else the user's setting, else the locale's, else the shop's.
        profile: Terminal profile from the command line; else the user's setting, else by TERM.
        initials: Who works, where the system user does not say it.
        screen: What to begin with; else what the user's settings say.

    Raises:
        DatabaseTrouble: when the database cannot be used.
        Invalid: when nobody has the initials.
    """
    keep_log()
    store = open_store(url)
    try:
        known = newest(store)
        session = sign_in(store, initials)
        settings = user_settings.load(session) if session else UserSettings()
        shop = session.registers.company.language if session else setup.language_of(store)
        i18n.install(i18n.choose_language(os.environ, settings.language or None, language, shop))
        if session is not None:
            session.language = i18n.language()
        chosen = terminal.choose_profile(os.environ, profile or settings.profile or None)
        terminal.prepare(chosen)

        load_textual()
        from svc_tui.app import SvcApp
        from svc_tui.widgets import look

        look.choose(chosen)
        store.rest()
        app = SvcApp(store, session, settings, known=known, screen=screen or "")
        app.run(mouse=settings.mouse)
        return app.return_code or 0
    finally:
        store.close()


def open_store(url: str) -> Store:
    """The database, of the schema this program knows; a missing file is made."""
    is_server = url.startswith(("postgresql:", "postgres:"))
    missing = not is_server and not is_there(Path(url).expanduser())
    store = open_database(url, create=missing)
    try:
        _tell_waits(store)
        migrate(store)
        store.waits.told = None
    except BaseException:
        store.close()
        raise
    return store


def _tell_waits(store: Store) -> None:
    """There is no screen yet that could tell what is waited for."""

    def told() -> None:
        from svc_tui import wait_words

        wait_words.tell_now(store)

    store.waits.told = told


def sign_in(store: Store, initials: str | None) -> Session | None:
    """Whoever has these initials, or is this system user; None when that must be asked, or the shop is not set up."""
    if not setup.is_set_up(store):
        return None
    session = open_session(store, None, i18n.language())
    if initials:
        session.employee = employee_by_initials(session.registers, initials)
    else:
        session.employee = employee_by_login(session.registers, getpass.getuser())
    return session if session.employee is not None else None


def load_textual() -> None:
    """Load Textual without its command palette, for ours is another: the palette's widgets cost 25 ms a start.

    While `textual.app` is loaded it finds a stand-in with the names it asks for; whoever imports the palette later
    finds the real one. A Textual that asks for more is loaded whole.
    """
    if "textual.command" in sys.modules:
        return
    stand_in = ModuleType("textual.command")
    vars(stand_in).update((name, type(name, (), {})) for name in _NAMES_OF_PALETTE)
    sys.modules[stand_in.__name__] = stand_in
    try:
        with suppress(ImportError, AttributeError, TypeError):
            importlib.import_module("textual.app")
    finally:
        del sys.modules[stand_in.__name__]


class _LateLog(logging.Handler):
    """Makes the log file when there is something to write: most sessions have nothing, and its libraries cost 10 ms."""

    def __init__(self) -> None:
        super().__init__()
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = _log_file()
        self._file.handle(record)


def _log_file() -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    from platformdirs import user_log_path

    class PrivateFile(RotatingFileHandler):
        """A log nobody else may read, whatever the umask: it names customers' files, and what went wrong with them."""

        def _open(self) -> TextIOWrapper:
            stream = super()._open()
            os.fchmod(stream.fileno(), 0o600)
            return stream

        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
            """Nothing: on a full disk the library would write a traceback across the screen."""

    try:
        folder = user_log_path("svc-tui", ensure_exists=True)
        handler = PrivateFile(folder / "svc-tui.log", maxBytes=LOG_BYTES, backupCount=2)
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return handler


def keep_log() -> None:
    """A small log in the user's folder; it never holds a customer's data."""
    logging.getLogger("svc_tui").addHandler(_LateLog())
