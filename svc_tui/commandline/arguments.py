"""The arguments of `svc-tui`: which commands there are, and what each takes.

Only the standard library is imported here, for this is read before anything is known of the command.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NoReturn, Protocol

from svc_tui import __version__
from svc_tui.commandline.streams import as_letters
from svc_tui.domain.first_screens import FIRST_SCREENS
from svc_tui.domain.numbers import MOST_DIGITS, whole_number
from svc_tui.i18n import LANGUAGES, N_, _

USAGE = 2
PROFILES = ("rich", "plain", "mono")
STANDARD_INPUT = "-"
"""In place of a number: they are read from standard input."""

# A filter term may begin with a minus (`-type:garanti`), which argparse would take for an option.
_KEPT = "\0"
_GLOBAL_WITH_VALUE = ("--database", "--language", "--profile", "--as", "--screen")
_JOBS = ("edit", "note", "done", "assign")
_PATHS = ("file", "database")
_TAKE_WORDS = {"list": "filter", "export": "filter", **dict.fromkeys((*_JOBS, "hand-out", "print"), "words")}
"""Commands that take any number of words, and where they are kept; options may stand among them."""


_REFUSALS = (
    (r"the following arguments are required: (?P<names>.*)", N_("the following arguments are required: {names}")),
    (r"argument (?P<name>[^:]*): expected .*", N_("argument {name}: expected one argument")),
    (
        r"argument (?P<name>[^:]*): invalid choice: (?P<text>.*) \(choose from (?P<choices>.*)\)",
        N_("argument {name}: invalid choice: {text} (choose from {choices})"),
    ),
    (
        r"argument (?P<name>[^:]*): not allowed with argument (?P<other>.*)",
        N_("argument {name}: not allowed with argument {other}"),
    ),
    (
        r"argument (?P<name>[^:]*): ignored explicit argument (?P<text>.*)",
        N_("argument {name}: ignored explicit argument {text}"),
    ),
    (r"argument (?P<name>[^:]*): (?P<why>.*)", N_("argument {name}: {why}")),
)
"""What argparse itself refuses, to be said in the user's language."""


class _Formatter(argparse.HelpFormatter):
    """Help whose headings are in the user's language."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


class _WrongUsage(Exception):
    """What is said of arguments that mean nothing."""


class _Parser(argparse.ArgumentParser):
    """Says on wrong usage which help to ask for, in one place, and all of it in the user's language."""

    def __init__(self, prog: str | None = None, description: str | None = None) -> None:
        super().__init__(prog, None, description, formatter_class=_Formatter, add_help=False, allow_abbrev=False)
        self._positionals.title, self._optionals.title = _("positional arguments"), _("options")
        self.add_argument("-h", "--help", action="help", help=_("show this help message and exit"))

    def error(self, message: str) -> NoReturn:
        raise _WrongUsage(f"{self.format_usage()}{self.prog}: {_refusal(message.replace(_KEPT, ''))}")


def _refusal(message: str) -> str:
    """What argparse says, in the user's language."""
    found = ((re.fullmatch(pattern, message, re.DOTALL), text) for pattern, text in _REFUSALS)
    return next((_(text).format(**match.groupdict()) for match, text in found if match), message)


def read_arguments(arguments: Sequence[str], speak: Callable[[], bool] = lambda: False) -> argparse.Namespace:
    """The options and the command.

    Args:
        arguments: Those of the command line.
        speak: Called on wrong usage before anything is said: whether it has installed another language.

    Raises:
        SystemExit: 2 on wrong usage, 0 after --help and --version.
    """
    try:
        try:
            return _read(arguments)
        except _WrongUsage:
            if not speak():
                raise
            return _read(arguments)
    except _WrongUsage as wrong:
        print(wrong, file=sys.stderr)
        raise SystemExit(USAGE) from None


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    """
    Raises:
        _WrongUsage: in the language installed.
    """
    if (plain := of_plain_start(arguments)) is not None:
        return plain
    parser = build_parser()
    options, rest = parser.parse_known_args(_keep_terms(arguments))
    taken = _TAKE_WORDS.get(options.command)
    if taken is not None and not any(word.startswith("-") for word in rest if word != STANDARD_INPUT):
        words = [word.removeprefix(_KEPT) for word in (*getattr(options, taken), *rest)]
        setattr(options, taken, words)
    elif rest:
        parser.error(_("what is {arguments} meant to be?").format(arguments=" ".join(rest)))
    _read_letters(options)
    if options.database is not None and not options.database.strip():
        parser.error(_("--database names no database; write a file or the address of a server"))
    if options.command in _JOBS:
        _sort_words(parser, options)
    elif options.command == "company":
        _sort_fields(parser, options)
    if options.command == "import" and not options.columns and not (options.kind and options.file):
        parser.error(_("say what to read and from which file: svc-tui import contacts FILE"))
    if sum(argument.split("=")[0] == "--as" for argument in arguments) > 1:
        parser.error(_("--as may be given once"))
    if options.initials and options.command in ("backup", "restore", "migrate", "check", "keys"):
        parser.error(_("{command} asks for no employee: leave out --as").format(command=options.command))
    return options


def _read_letters(options: argparse.Namespace) -> None:
    """Take bytes that are not UTF-8 as Latin-1; the names of files stay the bytes they are."""
    for name, value in vars(options).items():
        if isinstance(value, str) and name not in _PATHS:
            setattr(options, name, as_letters(value))
        elif isinstance(value, list):
            setattr(options, name, [as_letters(word) if isinstance(word, str) else word for word in value])


def of_plain_start(arguments: Sequence[str]) -> argparse.Namespace | None:
    """The options of a start without a command, read without a parser: to make one takes 8 ms.

    None for everything else, and for whatever a parser would have something to say about.
    """
    found: dict[str, str | bool | None] = dict.fromkeys(
        ("database", "language", "profile", "slow", "initials", "screen")
    )
    found |= {"try_out": False, "command": None}
    allowed = {"language": LANGUAGES, "profile": PROFILES, "screen": tuple(FIRST_SCREENS)}
    waiting = iter(arguments)
    for argument in waiting:
        if argument in ("--slow", "--try"):
            found["slow" if argument == "--slow" else "try_out"] = True
            continue
        option, is_joined, joined = argument.partition("=")
        if option not in _GLOBAL_WITH_VALUE:
            return None
        name = "initials" if option == "--as" else option[2:]
        value = joined if is_joined else next(waiting, "-")
        is_refused = not value.strip() or (not is_joined and value[:1] == "-")
        if found[name] is not None or is_refused or value not in allowed.get(name, (value,)):
            return None
        found[name] = value
    return argparse.Namespace(**found)


def _sort_fields(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """The fields of the shop that are set, each once."""
    if wrong := [word for word in options.words if "=" not in word]:
        parser.error(_("what is {arguments} meant to be?").format(arguments=" ".join(wrong)))
    fields = [word.partition("=")[::2] for word in options.words]
    options.fields = dict(fields)
    if len(options.fields) < len(fields):
        parser.error(_("each field may be given once"))


def _sort_words(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Tell the numbers from what else stands among the words of a command on jobs."""
    words: list[str] = options.words
    options.fields, options.initials_of = [], ""
    if options.command == "edit":
        options.fields = [word.partition("=")[::2] for word in words if "=" in word]
        words = [word for word in words if "=" not in word]
        if not options.fields:
            parser.error(_("say what to set: field=value"))
    elif options.command == "assign":
        *words, options.initials_of = words
    if not words:
        parser.error(_("give at least one number, or - to read them from standard input"))
    wrong = [word for word in words if word != STANDARD_INPUT and not (word.isascii() and word.isdecimal())]
    if wrong:
        parser.error(_("{text} is no number").format(text=wrong[0]))
    if options.command == "note" and options.text is None and STANDARD_INPUT in words:
        parser.error(_("when the numbers come from standard input, give the text with --text"))
    options.words = words


def _keep_terms(arguments: Sequence[str]) -> list[str]:
    """After the words `list` and `export`, whatever begins with one minus is a term; -h alone is not.

    What follows `--` is a word of any command that takes words: argparse forgets that where an option stands before it.
    """
    kept: list[str] = []
    command = ""
    takes_terms = is_value = only_words = False
    for argument in arguments:
        if argument == "--" and command in _TAKE_WORDS and not is_value and not only_words:
            only_words = True
            continue
        is_term = takes_terms and not is_value and argument[:1] == "-" and argument[:2] != "--" and argument != "-h"
        if only_words:
            is_term = argument[:1] == "-" and argument != STANDARD_INPUT
        kept.append(_KEPT + argument if is_term else argument)
        if not command and not is_value and argument[:1] != "-":
            command, takes_terms = argument, argument in ("list", "export")
        is_value = argument in (*_GLOBAL_WITH_VALUE, "--sort", "--limit")
    return kept


def value_in(arguments: Sequence[str], option: str) -> str | None:
    """What an option is given, before there is a parser or where it refuses, whose texts are in a language, too."""
    for place, argument in enumerate(arguments):
        if argument == option and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith(f"{option}="):
            return argument.partition("=")[2]
    return None


class Commands:
    """Where the commands of a subject add themselves, with the arguments that all of them take."""

    def __init__(self, actions: argparse._SubParsersAction[_Parser]) -> None:
        self._actions = actions

    def add(self, name: str, told: str) -> argparse.ArgumentParser:
        """A command."""
        found = self._actions.add_parser(name, help=told, description=told)
        _add_shared(found, is_default=False)
        return found

    def add_act(self, name: str, told: str) -> argparse.ArgumentParser:
        """A command that changes something, and can say first what."""
        found = self.add(name, told)
        found.add_argument("--dry-run", action="store_true", help=_("say what would happen and write nothing"))
        return found


class Subject(Protocol):
    """A file of commands."""

    @property
    def RUN(self) -> Mapping[str, Callable[[argparse.Namespace], int]]:  # noqa: N802
        """What does each command, by its name; it gives the exit code."""

    def add(self, commands: Commands) -> None:
        """Say what its commands take."""


def subjects() -> tuple[Subject, ...]:
    """Every file of commands, in the order in which help tells them; loaded when a command is asked for."""
    from svc_tui.commandline import (
        job_commands,
        opening,
        order_commands,
        paper_commands,
        part_commands,
        report_commands,
        shop_commands,
        timer_commands,
    )

    return (
        opening, job_commands, timer_commands, order_commands, paper_commands, part_commands, report_commands,
        shop_commands,
    )  # fmt: skip


def build_parser() -> argparse.ArgumentParser:
    """The arguments of every command; what all of them share may stand before or after the command's name."""
    parser = _Parser("svc-tui", _("The service desk of a repair shop."))
    _add_shared(parser, is_default=True)
    parser.add_argument(
        "--version",
        action="version",
        version=f"svc-tui {__version__}",
        help=_("show program's version number and exit"),
    )
    parser.add_argument("--screen", choices=tuple(FIRST_SCREENS), help=_("begin with this screen"))
    parser.add_argument("--try", dest="try_out", action="store_true", help=argparse.SUPPRESS)
    commands = Commands(parser.add_subparsers(dest="command", metavar=_("COMMAND"), parser_class=_Parser))
    for subject in subjects():
        subject.add(commands)
    return parser


def _add_shared(parser: argparse.ArgumentParser, *, is_default: bool) -> None:
    default = None if is_default else argparse.SUPPRESS
    shared = parser.add_argument_group(_("the shop and the terminal"))
    shared.add_argument("--database", metavar="URL|FILE", default=default, help=_("the shop's database"))
    shared.add_argument("--language", choices=LANGUAGES, default=default, help=_("language of texts, dates, numbers"))
    shared.add_argument("--profile", choices=PROFILES, default=default, help=_("what the terminal can do"))
    shared.add_argument(
        "--slow", action="store_true", default=default, help=_("for a slow line: at most 15 frames a second")
    )
    shared.add_argument(
        "--as", dest="initials", metavar=_("INITIALS"), default=default, help=_("the employee who asks")
    )


def count(text: str) -> int:
    """A whole number that fits 64 bits."""
    number = whole_number(text)
    if number is None and not re.fullmatch(r"\d+", text.strip()):
        raise argparse.ArgumentTypeError(
            _("{text} is no number; write a whole number from 0 on").format(text=as_letters(text[:40]))
        )
    if number is None:
        raise argparse.ArgumentTypeError(_("{text} is no number of at most {most} digits").format(
            text=as_letters(text[:40]), most=MOST_DIGITS
        ))  # fmt: skip
    return number
