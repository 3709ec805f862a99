"""`svc-tui`: reads the arguments and hands them to the application or to a command.

Only the standard library is imported here; what a command needs is loaded when it is called, so that
`svc-tui show` starts without the screens. The exit code is 0 for success, 1 for a refusal, with one sentence on the
error stream, and 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from svc_tui import __version__
from svc_tui.domain.errors import DomainError
from svc_tui.i18n import LANGUAGES, _, choose_language, install

DATABASE_VARIABLE = "SVC_TUI_DATABASE"
PROFILES = ("rich", "plain", "mono")

OK, REFUSED, USAGE, INTERRUPTED = 0, 1, 2, 130

_TRY_ACTIVITIES = 2_000
_DEMO_ACTIVITIES = 2_000
# A filter term may begin with a minus (`-type:garanti`), which argparse would take for an option.
_KEPT = "\0"
_GLOBAL_WITH_VALUE = ("--database", "--language", "--profile", "--as")


def main(argv: Sequence[str] | None = None) -> int:
    """Run `svc-tui` with these arguments, those of the process for None; gives the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    install(choose_language(os.environ, None, _language_in(arguments)))
    options = read_arguments(arguments)
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
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except OSError as error:
        return _refuse(": ".join(str(part) for part in (error.filename, error.strerror) if part) or str(error))
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _refuse(sentence: str) -> int:
    from svc_tui.domain.text import clean_line

    print(f"svc-tui: {clean_line(sentence, 2_000)}", file=sys.stderr)
    return REFUSED


# -- arguments ---------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Says on wrong usage which help to ask for, in one place."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.format_usage()}{self.prog}: {message.replace(_KEPT, '')}", file=sys.stderr)
        raise SystemExit(USAGE)


def read_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """The options and the command.

    Raises:
        SystemExit: 2 on wrong usage, 0 after --help and --version.
    """
    parser = build_parser()
    options, rest = parser.parse_known_args(_keep_terms(arguments))
    if options.command == "list" and not any(term.startswith("-") for term in rest):
        options.filter = [term.removeprefix(_KEPT) for term in (*options.filter, *rest)]
    elif rest:
        parser.error(_("what is {arguments} meant to be?").format(arguments=" ".join(rest)))
    if sum(argument.split("=")[0] == "--as" for argument in arguments) > 1:
        parser.error(_("--as may be given once"))
    if options.initials and options.command in ("backup", "restore", "migrate", "check", "keys"):
        parser.error(_("{command} asks for no employee: leave out --as").format(command=options.command))
    return options


def _keep_terms(arguments: Sequence[str]) -> list[str]:
    """After the word `list`, whatever begins with one minus is a term; -h alone is not."""
    kept: list[str] = []
    in_list = is_value = False
    for argument in arguments:
        is_term = in_list and not is_value and argument[:1] == "-" and argument[:2] != "--" and argument != "-h"
        kept.append(_KEPT + argument if is_term else argument)
        in_list = in_list or (argument == "list" and not is_value)
        is_value = argument in _GLOBAL_WITH_VALUE
    return kept


def _language_in(arguments: Sequence[str]) -> str | None:
    """The language asked for, before there is a parser: its own texts are in that language."""
    for place, argument in enumerate(arguments):
        if argument == "--language" and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--language="):
            return argument.partition("=")[2]
    return None


def build_parser() -> argparse.ArgumentParser:
    """The arguments of every command; what all of them share may stand before or after the command's name."""
    parser = _Parser(prog="svc-tui", description=_("The service desk of a repair shop."), allow_abbrev=False)
    _add_shared(parser, is_default=True)
    parser.add_argument("--version", action="version", version=f"svc-tui {__version__}")
    parser.add_argument("--try", dest="try_out", action="store_true", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), parser_class=_Parser)

    def command(name: str, told: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=told, description=told, allow_abbrev=False)
        _add_shared(found, is_default=False)
        return found

    demo = command("demo", _("make a demo shop in a new file and open it"))
    demo.add_argument("file", nargs="?", metavar=_("FILE"))
    demo.add_argument("--activities", type=_count, default=_DEMO_ACTIVITIES, metavar="N")
    demo.add_argument("--contacts", type=_count, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="S")
    demo.add_argument("--create-only", action="store_true", help=_("do not open it"))

    listing = command("list", _("print the jobs of a list: product, customer, or all"))
    listing.add_argument("list", metavar=_("LIST"))
    listing.add_argument("filter", nargs="*", metavar=_("FILTER"), help=_("as on the screen: status:waiting resp:ah"))
    forms = listing.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help=_("one JSON object a line"))
    forms.add_argument("--ids", action="store_true", help=_("numbers only"))

    show = command("show", _("print one job"))
    show.add_argument("number", type=int, metavar=_("NUMBER"))
    show.add_argument("--json", action="store_true", help=_("as one JSON object"))

    reading = command("import", _("read contacts or products from a CSV file"))
    reading.add_argument("kind", choices=("contacts", "products"))
    reading.add_argument("file", metavar=_("FILE"))
    reading.add_argument("--dry-run", action="store_true", help=_("say what would happen and write nothing"))

    writing = command("export", _("write activities, contacts or products to a file"))
    writing.add_argument("kind", choices=("activities", "contacts", "products", "orders"))
    writing.add_argument("file", metavar=_("FILE.(csv|json)"))

    backup = command("backup", _("copy the database to a new file, checked, while people work"))
    backup.add_argument("file", metavar=_("FILE"))
    putting_back = command("restore", _("put a copy back in the place of the database, while people work"))
    putting_back.add_argument("file", metavar=_("FILE"))
    command("migrate", _("bring the database to the schema of this version"))
    command("check", _("say whether the database is whole and consistent"))
    command("keys", _("print the table of keys"))
    return parser


def _add_shared(parser: argparse.ArgumentParser, *, is_default: bool) -> None:
    default = None if is_default else argparse.SUPPRESS
    shared = parser.add_argument_group(_("the shop and the terminal"))
    shared.add_argument("--database", metavar="URL|FILE", default=default, help=_("the shop's database"))
    shared.add_argument("--language", choices=LANGUAGES, default=default, help=_("language of texts, dates, numbers"))
    shared.add_argument("--profile", choices=PROFILES, default=default, help=_("what the terminal can do"))
    shared.add_argument(
        "--as", dest="initials", metavar=_("INITIALS"), default=default, help=_("the employee who asks")
    )


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


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
        "import": _import,
        "export": _export,
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
    from svc_tui.start import run

    return run(url, language=options.language, profile=options.profile, initials=options.initials)


def _need_a_terminal() -> None:
    """Asked for before anything is made, for the application will ask too."""
    from svc_tui.terminal import need_a_terminal

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
        listing.show_list(session, options.list, options.filter, form)
    return OK


def _show(options: argparse.Namespace) -> int:
    from svc_tui.commandline import listing, shop

    _utf8(always=options.json)
    with shop.session(database_url(options), options.initials, options.language) as session:
        listing.show(session, options.number, as_json=options.json)
    return OK


def _import(options: argparse.Namespace) -> int:
    from svc_tui.commandline import shop, transfer

    _utf8()
    with shop.session(database_url(options), options.initials, options.language) as session:
        return transfer.read(session, options.kind, Path(options.file), dry_run=options.dry_run)


def _export(options: argparse.Namespace) -> int:
    from svc_tui.commandline import shop, transfer

    _utf8()
    with shop.session(database_url(options), options.initials, options.language) as session:
        transfer.write(session, options.kind, Path(options.file))
    return OK


def _backup(options: argparse.Namespace) -> int:
    from svc_tui.commandline import upkeep

    upkeep.back_up(database_url(options), Path(options.file))
    return OK


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
    if upkeep.check(database_url(options)):
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
