"""The commands about the whole shop and its database: import, export, company, backup, restore, check and more."""

from __future__ import annotations

import argparse
from pathlib import Path

from svc_tui.commandline.arguments import Commands
from svc_tui.commandline.running import OK, REFUSED, database_url, in_shop, refuse, session_of, utf8
from svc_tui.i18n import _


def add(commands: Commands) -> None:
    """Say what they take."""
    _add_files(commands)
    _add_company(commands)
    _add_upkeep(commands)


def _add_files(commands: Commands) -> None:
    _add_import(commands.add("import", _("read contacts or products from a file: CSV, JSON, vCard")))

    writing = commands.add("export", _("write activities, contacts, devices or products to a file"))
    writing.add_argument("kind", choices=("activities", "contacts", "devices", "products", "orders"))
    writing.add_argument("file", metavar=_("FILE.(csv|json)"))

    writing.add_argument("filter", nargs="*", metavar=_("FILTER"), help=_("of activities only these, as in list"))


def _add_company(commands: Commands) -> None:
    shop = commands.add(
        "company", _("print what holds for the whole shop, or set it: svc-tui company timezone=Europe/Oslo")
    )
    shop.add_argument(
        "words",
        nargs="*",
        metavar=_("FIELD=VALUE"),
        help=_(
            "fields: name address phone email vat country (telephone code) currency timezone language (da en nb sv)"
            " opens closes duration (minutes of a job) warranty (days after a repair) end (moved when a job is done:"
            " never always tasklist) field1 field2"
        ),
    )


def _add_upkeep(commands: Commands) -> None:
    backup = commands.add("backup", _("copy the database to a new file, checked, while people work"))
    backup.add_argument("file", metavar=_("FILE"))
    putting_back = commands.add("restore", _("put a copy back in the place of the database, while people work"))
    putting_back.add_argument("file", metavar=_("FILE"))
    commands.add("migrate", _("bring the database to the schema of this version"))
    checking = commands.add("check", _("say whether the database is whole and consistent"))
    checking.add_argument(
        "--reindex", action="store_true", help=_("make anew what rows are found by, while people work, and check then")
    )
    keys = commands.add("keys", _("print the table of keys"))
    keys.add_argument("--set", metavar=_("NAME"), help=_("with a set of keys in their place: vi"))
    keys.add_argument(
        "--file", nargs="?", const="", metavar=_("FILE"),
        help=_("as a file of one's own makes it, and what of it is not followed; without a name your own file"),
    )  # fmt: skip
    keys.add_argument("--ids", action="store_true", help=_("with the name that such a file has for each"))


def _add_import(reading: argparse.ArgumentParser) -> None:
    reading.add_argument("kind", nargs="?", choices=("contacts", "products"))
    reading.add_argument("file", nargs="?", metavar=_("FILE"))
    reading.add_argument("--dry-run", action="store_true", help=_("say what would happen and write nothing"))
    reading.add_argument("--columns", action="store_true", help=_("print the names of columns that are known"))
    reading.add_argument(
        "--map",
        action="append",
        metavar=_("COLUMN=FIELD"),
        help=_("read this column into this field; =: do not read it"),
    )
    reading.add_argument("--encoding", metavar=_("NAME"), help=_("how the file is written, such as cp850"))
    numbers = reading.add_mutually_exclusive_group()
    numbers.add_argument(
        "--renumber", action="store_true", help=_("a contact whose number is somebody else's here gets a new one")
    )
    numbers.add_argument(
        "--overwrite", action="store_true", help=_("a contact whose number is somebody else's here replaces it")
    )


def _import(options: argparse.Namespace) -> int:
    from svc_tui.commandline import importing

    utf8()
    if options.columns:
        importing.show_columns(options.kind)
        return OK
    with session_of(options) as session:
        return importing.read(session, options.kind, Path(options.file), importing.asked(options))


def _export(options: argparse.Namespace) -> int:
    from svc_tui.commandline import transfer

    utf8()
    with session_of(options) as session:
        transfer.write(session, options.kind, Path(options.file), options.filter, options.language)
    return OK


def _backup(options: argparse.Namespace) -> int:
    from svc_tui.commandline import upkeep

    utf8()
    if upkeep.back_up(database_url(options), Path(options.file)):
        return OK
    return refuse(_("The database is not sound; what is wrong is listed above."))


def _restore(options: argparse.Namespace) -> int:
    from svc_tui.commandline import upkeep

    utf8()
    upkeep.restore(database_url(options), Path(options.file))
    return OK


def _migrate(options: argparse.Namespace) -> int:
    from svc_tui.commandline import upkeep

    upkeep.bring_up_to_date(database_url(options))
    return OK


def _check(options: argparse.Namespace) -> int:
    from svc_tui.commandline import upkeep

    utf8()
    if upkeep.check(database_url(options), reindexes=options.reindex):
        return OK
    return refuse(_("The database is not sound; what is wrong is listed above."))


def _keys(options: argparse.Namespace) -> int:
    from svc_tui.commandline import keys

    utf8()
    if options.file is None and options.set is None:
        keys.show(ids=options.ids)
        return OK
    return OK if keys.show_own(options.file, options.set, ids=options.ids) else REFUSED


RUN = {
    "import": _import, "export": _export, "company": in_shop("company", "show_or_change"), "backup": _backup,
    "restore": _restore, "migrate": _migrate, "check": _check, "keys": _keys,
}  # fmt: skip
