"""`svc-tui keys`: the table of keys, from the command registry."""

from __future__ import annotations

from functools import partial

from svc_tui.commandline.table import Column, line, width
from svc_tui.commands import COMMANDS, WHERE_LABELS, key_table, shown_key
from svc_tui.i18n import _


def show() -> None:
    """Print what every command does, its keys, and where they count."""
    table = key_table(partial(shown_key, translate=_))
    rows = [
        (function, plain, _(told), ", ".join(_(WHERE_LABELS[place]) for place in command.where))
        for command, (told, function, plain, _where) in zip(COMMANDS, table, strict=True)
    ]
    titles = (_("Key"), _("Or"), _("What it does"), _("Where"))
    columns = [Column(title, max(map(width, cells))) for title, *cells in zip(titles, titles, *rows, strict=True)]
    for cells in (titles, *rows):
        print(line(columns, cells, None))
