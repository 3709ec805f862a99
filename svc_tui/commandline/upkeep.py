"""`svc-tui backup`, `migrate` and `check`: for whoever keeps the shop's database, often a timer.

They ask for no employee: who can reach the database file or the server's password can do all of this anyway, and a
timer's system user is nobody in the shop.
"""

from __future__ import annotations

from pathlib import Path

from svc_tui.commandline.shop import opened
from svc_tui.db.backup import back_up as copy
from svc_tui.db.integrity import findings
from svc_tui.db.migrate import migrate
from svc_tui.db.schema import check_schema
from svc_tui.i18n import _


def back_up(url: str, target: Path) -> None:
    """Copy the database to a new file.

    Raises:
        Invalid, DatabaseTrouble: when it cannot be done; no file is left then.
    """
    with opened(url) as store:
        copy(store, target)
    print(_("The database was copied to {file}, and the copy is whole.").format(file=target))


def bring_up_to_date(url: str) -> None:
    """Apply the migrations that are pending.

    Raises:
        DatabaseTrouble: when a newer program wrote the database, or it refuses.
    """
    with opened(url) as store:
        applied = migrate(store)
    if applied:
        print(_("The database was brought up to date: {names}.").format(names=", ".join(applied)))
    else:
        print(_("The database is up to date."))


def check(url: str) -> bool:
    """Print everything that is wrong, one sentence a line; gives whether nothing is.

    Raises:
        DatabaseTrouble: when the database cannot be read at all.
    """
    with opened(url) as store:
        check_schema(store)
        found = 0
        for finding in findings(store):
            print(finding.sentence(_))
            found += 1
    if not found:
        print(_("The database is whole and consistent."))
    return not found
