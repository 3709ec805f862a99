"""`svc-tui backup`, `restore`, `migrate` and `check`: for whoever keeps the shop's database, often a timer.

They ask for no employee: who can reach the database file or the server's password can do all of this anyway, and a
timer's system user is nobody in the shop.
"""

from __future__ import annotations

import sys
from pathlib import Path

from svc_tui.commandline.progress import bar
from svc_tui.commandline.shop import opened
from svc_tui.db.upkeep.backup import back_up as copy
from svc_tui.db.upkeep.integrity import findings
from svc_tui.db.upkeep.migrate import migrate
from svc_tui.db.upkeep.reindexing import reindex
from svc_tui.db.upkeep.restore import restore as put_back
from svc_tui.db.upkeep.schema import check_schema
from svc_tui.domain.errors import N_, DomainError, Invalid
from svc_tui.domain.text import shown
from svc_tui.i18n import _, n_


def back_up(url: str, target: Path) -> bool:
    """Copy the database to a new file, and say what is wrong in it; gives whether nothing is.

    Raises:
        Invalid, DatabaseTrouble: when it cannot be done; no file is left then.
    """
    with opened(url) as store:
        copy(store, target)
        print(shown(_("The database was copied to {file}, and the copy is whole.").format(file=target)))
        wrong = [finding.sentence(_) for finding in findings(store)]
    for sentence in wrong:
        print(shown(_("In the database, and so in the copy: {finding}").format(finding=sentence)), file=sys.stderr)
    return not wrong


def restore(url: str, source: Path) -> None:
    """Put a backup in the place of what the database holds, and say where the state before was copied.

    Raises:
        Invalid, DatabaseTrouble: when it cannot be done; nothing was changed then.
    """
    if url.startswith(("postgresql:", "postgres:")):
        raise Invalid(N_("A database on a PostgreSQL server is restored there: pg_restore --clean."))
    kept = put_back(Path(url), source, _tell_finding)
    print(shown(_("The shop of {file} was restored.").format(file=source)))
    if kept is not None:
        print(shown(_("What the database held before is in {file}.").format(file=kept)))


def _tell_finding(finding: DomainError) -> None:
    print(shown(_("In the backup: {finding}").format(finding=finding.sentence(_))), file=sys.stderr)


def bring_up_to_date(url: str) -> None:
    """Apply the migrations that are pending.

    Raises:
        DatabaseTrouble: when a newer program wrote the database, or it refuses.
    """
    with opened(url) as store, bar(_("Bringing up to date")) as progress:
        applied = migrate(store, progress)
    if applied:
        print(_("The database was brought up to date: {names}.").format(names=", ".join(applied)))
    else:
        print(_("The database is up to date."))


def check(url: str, *, reindexes: bool = False) -> bool:
    """Print everything that is wrong, one sentence a line; gives whether nothing is.

    Args:
        url: The database.
        reindexes: Whether what rows are found by is made anew first.

    Raises:
        DatabaseTrouble: when the database cannot be read at all, or not be written where it is to be.
    """
    with opened(url) as store:
        check_schema(store)
        if reindexes:
            with bar(_("Indexing")) as progress:
                anew = reindex(store, progress)
            text = n_("{count} row was indexed anew.", "{count} rows were indexed anew.", anew.entries)
            print(text.format(count=anew.entries))
            if anew.keys:
                text = n_("{count} row had an outdated key.", "{count} rows had an outdated key.", anew.keys)
                print(text.format(count=anew.keys))
            if anew.spans:
                text = n_(
                    "{count} job had other times or deadlines than its history tells.",
                    "{count} jobs had other times or deadlines than their history tells.",
                    anew.spans,
                )
                print(text.format(count=anew.spans))
        found = 0
        for finding in findings(store):
            print(finding.sentence(_))
            found += 1
    if not found:
        print(_("The database is whole and consistent."))
    return not found
