"""Commands of one's own keys, and the motions of every list: they are in the table so that their keys can be others."""

from __future__ import annotations

from svc_tui.commands.words import Command, Where
from svc_tui.domain.errors import N_
from svc_tui.domain.rights import Right

W = Where
COMMANDS: tuple[Command, ...] = (
    Command("app.keys", N_("Own keys"), N_("Your own keys, in place of those that come with the program"),
            ("f9", "ctrl+l"), (W.SETTINGS,), Right.SETTINGS_OWN, bar=4),
    Command("keys.change", N_("Change"), N_("Press the key that does this, in place of its keys now"), ("enter",),
            (W.KEYS,), bar=1),
    Command("keys.add", N_("One more"), N_("Press a key that does this too"), ("f6", "ctrl+n", "n"), (W.KEYS,), bar=2),
    Command("keys.standard", N_("As it comes"), N_("Back to the keys that this comes with"), ("delete",), (W.KEYS,),
            bar=3),
    Command("keys.set", N_("Set of keys"), N_("Choose a set of keys that comes with the program, such as vi"), ("s",),
            (W.KEYS,), bar=4),
    Command("keys.find", N_("Find"), N_("Only the commands with these words, or this key"), ("/",), (W.KEYS,), bar=5),
    Command("move.down", N_("Row below"), N_("The row below"), ("down",), (W.CURSOR,), plays="down"),
    Command("move.up", N_("Row above"), N_("The row above"), ("up",), (W.CURSOR,), plays="up"),
    Command("move.first", N_("First row"), N_("The first row"), ("home", "g"), (W.CURSOR,), plays="home"),
    Command("move.last", N_("Last row"), N_("The last row"), ("end", "G"), (W.CURSOR,), plays="end"),
)  # fmt: skip
