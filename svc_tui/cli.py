"""`svc-tui`: reads the arguments and hands them to the application or to a command.

Only the standard library is imported here; what a command needs is loaded when it is called, so that
`svc-tui show` starts without the screens. The exit code is 0 for success, 1 for a refusal, with one sentence on the
error stream, and 2 for wrong usage.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from svc_tui.commandline.arguments import build_parser, read_arguments, subjects, value_in
from svc_tui.commandline.opening import application
from svc_tui.commandline.running import DATABASE_VARIABLE, INTERRUPTED, OK, data_folder, refuse
from svc_tui.commandline.streams import fill_closed
from svc_tui.domain.errors import DomainError
from svc_tui.i18n import _, choose_language, install, language

__all__ = ["build_parser", "main", "read_arguments"]


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
        return refuse(refused.sentence(_))
    except BrokenPipeError:
        # Whoever read has seen enough (`| head`); nothing must be written to the closed pipe at exit.
        for stream in (sys.stdout, sys.stderr):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return OK
    except OSError as error:
        return refuse(": ".join(str(part) for part in (error.filename, error.strerror) if part) or str(error))
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


def _run(options: argparse.Namespace) -> int:
    if options.command is None:
        return application(options)
    commands = {name: run for subject in subjects() for name, run in subject.RUN.items()}
    return commands[options.command](options)


if __name__ == "__main__":
    sys.exit(main())
