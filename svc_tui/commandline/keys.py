"""`svc-tui keys`: the table of keys, as it comes, with a set, or as a file of one's own makes it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from svc_tui.commandline.table import Column, line, width
from svc_tui.commands import COMMANDS, WHERE_LABELS, Command, key_table, shown_key
from svc_tui.i18n import _


def show(commands: Sequence[Command] = COMMANDS, *, ids: bool = False) -> None:
    """Print what every command does, its keys, and where they count.

    Args:
        commands: With the keys to print.
        ids: Whether to print what a file of keys calls each, too.
    """
    table = key_table(partial(shown_key, translate=_), commands)
    rows = [
        (
            *([command.id] if ids else []),
            function,
            plain,
            _(told),
            ", ".join(_(WHERE_LABELS[at]) for at in command.where),
        )
        for command, (told, function, plain, _where) in zip(commands, table, strict=True)
    ]
    titles = (*([_("Name")] if ids else []), _("Key"), _("Or"), _("What it does"), _("Where"))
    columns = [Column(title, max(map(width, cells))) for title, *cells in zip(titles, titles, *rows, strict=True)]
    for cells in (titles, *rows):
        print(line(columns, cells, None))


def show_own(file: str | None, name: str | None, *, ids: bool = False) -> bool:
    """Print the table as a file of keys makes it, and on standard error what of the file is not followed.

    Args:
        file: Which; an empty one is the user's own.
        name: The set of keys, where the file names none.
        ids: As in `show`.

    Returns:
        Whether all of it is followed.

    Raises:
        Invalid: when there is no set of this name.
    """
    from svc_tui.commands import key_file, remapping
    from svc_tui.own_keys import file_of_user, read
    from svc_tui.services.people.settings import UserSettings

    key_file.read_set(name or "")
    path = None if file is None else Path(file) if file else file_of_user()
    found = read(UserSettings(key_set=name or ""), path)
    show(found.keymap.commands, ids=ids)
    said = key_file.read(path).keys if path else {}
    given_away = remapping.remapped(said, standard=found.standard).given_away
    for error in (*found.refused, *given_away):
        print(error.sentence(_), file=sys.stderr)
    return not found.refused
