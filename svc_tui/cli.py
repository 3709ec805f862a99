"""`svc-tui`: reads the arguments and hands them to the application or to a command.

Only the standard library is imported here; what a command needs is loaded when it is called, so that
`svc-tui show` starts without the screens. The exit code is 0 for success, 1 for a refusal, with one sentence on the
error stream, and 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from svc_tui.commandline.arguments import build_parser, read_arguments, value_in
from svc_tui.commandline.streams import as_letters, fill_closed
from svc_tui.domain.errors import DomainError
from svc_tui.i18n import _, choose_language, install, language

__all__ = ["build_parser", "main", "read_arguments"]

DATABASE_VARIABLE = "SVC_TUI_DATABASE"

OK, REFUSED, INTERRUPTED = 0, 1, 130

_TRY_ACTIVITIES = 2_000


def main(argv: Sequence[str] | None = None) -> int:
    """Run `svc-tui` with these arguments, those of the process for None; gives the exit code."""
    fill_closed()
    arguments = list(sys.argv[1:] if argv is None else argv)
    install(choose_language(os.environ, None, value_in(arguments, "--language")))
    options = read_arguments(arguments, lambda: _speak_as_the_shop(arguments))
    if options.database:
        # svc_tui.db loads a PostgreSQL driver only where this names such a database.
        os.environ[DATABASE_VARIABLE] = options.database
    try:
        code = _run(options)
        sys.stdout.flush()
    except DomainError as refused:
        return _refuse(refused.sentence(_))
    except BrokenPipeError:
        # Whoever read has seen enough (`| head`); nothing must be written to the closed pipe at exit.
        for stream in (sys.stdout, sys.stderr):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return OK
    except OSError as error:
        return _refuse(": ".join(str(part) for part in (error.filename, error.strerror) if part) or str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _speak_as_the_shop(arguments: Sequence[str]) -> bool:
    """Before wrong usage is told: install the shop's language where nothing names another; whether it is another."""
    from svc_tui.db.core.engine import open_database
    from svc_tui.db.people.registers import read_registers

    url = value_in(arguments, "--database") or os.environ.get(DATABASE_VARIABLE) or str(data_folder() / "shop.db")
    of_shop = ""
    with suppress(DomainError, OSError):  # no shop, or none that can be read: then there is nothing to go by
        store = open_database(url)
        try:
            of_shop = read_registers(store).company.language
        finally:
            store.close()
    chosen = choose_language(os.environ, None, value_in(arguments, "--language"), of_shop)
    differs = chosen != language()
    install(chosen)
    return differs


def _refuse(sentence: str) -> int:
    from svc_tui.domain.text import clean_line

    with suppress(OSError):
        print(f"svc-tui: {clean_line(as_letters(sentence), 2_000)}", file=sys.stderr)
    return REFUSED


# -- which database ----------------------------------------------------------------------------------------------


def data_folder() -> Path:
    """Where a user's databases live."""
    from platformdirs import user_data_dir

    return Path(user_data_dir("svc-tui"))


def database_url(options: argparse.Namespace) -> str:
    """The database named by --database, which is in the environment by now, or by that, else the user's own."""
    return os.environ.get(DATABASE_VARIABLE) or str(data_folder() / "shop.db")


# -- commands ----------------------------------------------------------------------------------------------------


def _run(options: argparse.Namespace) -> int:
    if options.command is None:
        return _application(options)
    commands: dict[str, Callable[[argparse.Namespace], int]] = {
        "demo": _demo,
        "list": _list,
        "show": _show,
        "edit": _edit,
        "note": _edit,
        "done": _edit,
        "assign": _edit,
        "undo": _undo,
        "import": _import,
        "export": _export,
        "company": _company,
        "backup": _backup,
        "restore": _restore,
        "migrate": _migrate,
        "check": _check,
        "keys": _keys,
    }
    return commands[options.command](options)


def _application(options: argparse.Namespace) -> int:
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

    return run(url, language=options.language, profile=options.profile, initials=options.initials)


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


def _list(options: argparse.Namespace) -> int:
    from svc_tui.commandline import listing, shop

    _utf8(always=options.json)
    form: listing.Form = "json" if options.json else "ids" if options.ids else "table"
    with shop.session(database_url(options), options.initials, options.language) as session:
        wanted = listing.Wanted(options.sort, options.descending, options.limit)
        listing.show_list(session, options.list, options.filter, form, wanted)
    return OK


def _show(options: argparse.Namespace) -> int:
    from svc_tui.commandline import listing, shop

    _utf8(always=options.json)
    with shop.session(database_url(options), options.initials, options.language) as session:
        listing.show(session, options.number, as_json=options.json)
    return OK


def _edit(options: argparse.Namespace) -> int:
    from svc_tui.commandline import editing, shop

    _utf8()
    with shop.session(database_url(options), options.initials, options.language) as session:
        edits = editing.edits(session, options)
        return editing.change(session, editing.numbers(options.words), edits, dry_run=options.dry_run)


def _undo(options: argparse.Namespace) -> int:
    from svc_tui.commandline import editing, shop

    _utf8()
    with shop.session(database_url(options), options.initials, options.language) as session:
        return editing.undo(session, options.act, again=options.again, dry_run=options.dry_run)


def _import(options: argparse.Namespace) -> int:
    from svc_tui.commandline import importing, shop

    _utf8()
    if options.columns:
        importing.show_columns(options.kind)
        return OK
    with shop.session(database_url(options), options.initials, options.language) as session:
        return importing.read(session, options.kind, Path(options.file), importing.asked(options))


def _export(options: argparse.Namespace) -> int:
    from svc_tui.commandline import shop, transfer

    _utf8()
    with shop.session(database_url(options), options.initials, options.language) as session:
        transfer.write(session, options.kind, Path(options.file), options.filter, options.language)
    return OK


def _company(options: argparse.Namespace) -> int:
    from svc_tui.commandline import company, shop

    _utf8()
    with shop.session(database_url(options), options.initials, options.language) as session:
        if options.fields:
            company.change(session, options.fields)
        else:
            company.show(session)
    return OK


def _backup(options: argparse.Namespace) -> int:
    from svc_tui.commandline import upkeep

    _utf8()
    if upkeep.back_up(database_url(options), Path(options.file)):
        return OK
    return _refuse(_("The database is not sound; what is wrong is listed above."))


def _restore(options: argparse.Namespace) -> int:
    from svc_tui.commandline import upkeep

    _utf8()
    upkeep.restore(database_url(options), Path(options.file))
    return OK


def _migrate(options: argparse.Namespace) -> int:
    from svc_tui.commandline import upkeep

    upkeep.bring_up_to_date(database_url(options))
    return OK


def _check(options: argparse.Namespace) -> int:
    from svc_tui.commandline import upkeep

    _utf8()
    if upkeep.check(database_url(options), reindexes=options.reindex):
        return OK
    return _refuse(_("The database is not sound; what is wrong is listed above."))


def _keys(options: argparse.Namespace) -> int:
    from svc_tui.commandline import keys

    _utf8()
    keys.show()
    return OK


def _utf8(*, always: bool = False) -> None:
    """JSON is UTF-8 whatever the locale; other text has a `?` for what the locale cannot write."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(encoding="utf-8" if always and stream is sys.stdout else None, errors="replace")


if __name__ == "__main__":
    sys.exit(main())
