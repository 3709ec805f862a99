"""What can be wrong with a database, each with a sentence that names the cause and the remedy."""

from __future__ import annotations

import re
from pathlib import Path

import peewee

from svc_tui.db.core.file_systems import has_room, mount_of
from svc_tui.domain.errors import N_, DatabaseTrouble, DomainError, Overtaken


def missing_database(path: Path) -> DatabaseTrouble:
    return DatabaseTrouble(
        N_("There is no database at {path}. Start svc-tui without a command to create one, or name another."),
        path=path,
    )


def is_there(path: Path) -> bool:
    """Whether something lies at `path`.

    Raises:
        DatabaseTrouble: when this account may not look into the folder.
    """
    try:
        path.stat()
    except PermissionError as error:
        raise translate(error, path) from error
    except OSError:
        return False
    return True


def replaced_database(path: Path) -> DatabaseTrouble:
    return DatabaseTrouble(
        N_("The file {path} was moved or replaced while it was open; nothing was saved. "
           "Put it back and save again, or leave the program and start it anew."),
        path=path,
    )  # fmt: skip


def replaced_content(path: Path) -> DatabaseTrouble:
    return DatabaseTrouble(
        N_("Another file was copied over {path} while it was open; nothing was saved. Have everybody leave the "
           "program, then put the newest backup back: svc-tui restore."),
        path=path,
    )  # fmt: skip


def refuse_network_folder(path: Path) -> None:
    """SQLite's locks do not hold on network file systems.

    Raises:
        DatabaseTrouble: when the folder of `path` lies on one.
    """
    mount = mount_of(path.parent)
    if mount is not None and mount.is_network:
        raise DatabaseTrouble(
            N_(
                "{path} lies on a network folder ({kind}), where SQLite loses data. "
                "Keep the file on this machine, or use PostgreSQL."
            ),
            path=path,
            kind=mount.kind,
        )


def driver_missing() -> DatabaseTrouble:
    return DatabaseTrouble(N_("The PostgreSQL driver is missing. Install it with: pip install 'svc-tui[postgres]'"))


def full_disk(folder: Path) -> DatabaseTrouble:
    """The disk of a folder has no room left."""
    return DatabaseTrouble(
        N_("The disk of {folder} is full; nothing was saved. Make room on it and save again."), folder=folder
    )


_AWAY = N_("The database server cannot be reached; nothing was saved. Your entries are kept: try again. ({reason})")
_NOT_READ = N_("The database server cannot be reached. Your entries are kept: try again. ({reason})")

# Parts of the drivers' messages, the sentence for each. The first that fits is taken.
_SENTENCES: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        # of a socket that is not there, too, of which it is said that there is "no such file"
        ("is the server running", "failed to resolve host", "could not translate host name"),
        _AWAY,
    ),
    (
        ("disk is full", "no space left", "disk full", "quota exceeded"),
        N_("The disk is full; nothing was saved. Make room on it and save again. ({reason})"),
    ),
    (
        ("readonly", "read-only", "permission denied"),
        N_("This account may not write to {path}. Give it write access to the file and its folder. ({reason})"),
    ),
    (
        ("malformed", "not a database", "corrupt"),
        N_("The database {path} is damaged. Stop everybody, keep the file, and restore the last backup. ({reason})"),
    ),
    (
        ("unable to open", "no such file", "file exists", "not a directory"),
        N_("The database {path} cannot be opened: check that the folder exists and this account may write there."),
    ),
    (
        ("locked", "busy"),
        N_("Another program holds the database {path}; nothing was saved. Try again in a moment. ({reason})"),
    ),
    (
        ("psycopg", "driver not found"),
        N_("The PostgreSQL driver is missing. Install it with: pip install 'svc-tui[postgres]'"),
    ),
    (
        ("lock timeout",),
        N_("Somebody else is changing the same; nothing was saved. Try again in a moment. ({reason})"),
    ),
    (
        ("too many connections", "too many clients", "remaining connection slots", "no more connections allowed"),
        N_(
            "The database server is full: all its connections are taken. Have it take more (max_connections; "
            "docs/running.md gives the sum), or let somebody leave, and try again. ({reason})"
        ),
    ),
    (
        ("authentication failed", "no password supplied", "no pg_hba.conf entry"),
        N_("The server does not let this user in. Check the name and the password in the address. ({reason})"),
    ),
    (
        ("connection", "server closed", "terminating", "timeout"),
        _AWAY,
    ),
)


# What the drivers add of the statement: it helps nobody who reads the sentence, and its words are not the reason.
_STATEMENT = re.compile(r"^error \w+ (?:statement|query): \[.*\] (?=\S)| LINE \d+: .*$")
# What SQLite also says when the disk is full: the log's index cannot grow, a page cannot be written, a copy ends early.
_NO_DATABASE = r'database "[^"]*" does not exist'
_VAGUE = ("disk i/o error", "not an error", "unable to open", "malformed", "not a database")
# What SQLite says of a statement that was interrupted, and PostgreSQL of one that was cancelled.
_INTERRUPTED = ("interrupted (code=9", "canceling statement due to user request")


def translate(error: peewee.PeeweeException | OSError, path: Path | None, *, writes: bool = True) -> DomainError:
    """The trouble behind a driver's error; Peewee keeps the first one in `__context__` when a rollback failed too.

    Args:
        error: What the driver or the system raised.
        path: The database file, None for a server.
        writes: Whether something was to be saved: of a reading nobody says that nothing was, for it may follow a save.
    """
    cause: BaseException = error
    while isinstance(cause.__context__, peewee.PeeweeException):
        cause = cause.__context__
    reason = _STATEMENT.sub("", " ".join(str(cause).split()))
    if any(part in reason for part in _INTERRUPTED):
        return Overtaken()
    if path is not None and any(part in reason.lower() for part in _VAGUE) and not has_room(path.parent):
        return full_disk(path.parent)
    if re.search(_NO_DATABASE, reason):
        return DatabaseTrouble(
            N_("The server has no such database. Create it there (createdb), or name another. ({reason})"),
            reason=reason,
        )
    for parts, sentence in _SENTENCES:
        if any(part in reason.lower() for part in parts):
            told = sentence if writes or sentence is not _AWAY else _NOT_READ
            return DatabaseTrouble(told, path=path or "", reason=reason)
    if not writes:
        return DatabaseTrouble(N_("The database refused: {reason}."), reason=reason)
    return DatabaseTrouble(N_("The database refused: {reason}. Nothing was saved."), reason=reason)
