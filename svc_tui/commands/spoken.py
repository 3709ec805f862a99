"""Sentences that name a key name the one that the user has: `F2 saves` where he saves with F2."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from svc_tui.commands import Keymap, shown_key

SPOKEN: Final[Mapping[str, tuple[str, str]]] = {
    "F1": ("f1", "app.help"), "F2": ("f2", "form.save"), "F3": ("f3", "app.close"), "F4": ("f4", "field.look_up"),
    "F5": ("f5", "app.refresh"), "F6": ("f6", "activity.new"), "F9": ("f9", "activity.link"),
    "F10": ("f10", "app.palette"), "F11": ("f11", "record.rescue"), "u": ("u", "act.undo"),
    "r": ("r", "activity.restore"), "n": ("n", "activity.new"), "w": ("w", "list.views"),
    "/": ("/", "list.filter"),
}  # fmt: skip
"""What a key in a sentence stands for: the key of the table, and the command that it is."""

OTHERWISE: Final[Mapping[str, Mapping[str, str]]] = {
    "No view saved yet: filter and sort the list, then press F6.": {"F6": "view.save"},
    "Key or Enter opens · F6 saves the filter shown · F4 changes · Del deletes": {
        "F6": "view.save", "F4": "view.change",
    },
    "A view is saved in a list: filter and sort it, then w and F6.": {"F6": "view.save"},
    "Nothing here yet. n adds the first.": {"n": "register.add"},
    "No contacts yet. Press n for a new one.": {"n": "entry.new"},
    "No devices yet. Press n for a new one.": {"n": "entry.new"},
    "No products yet. Press n for a new one.": {"n": "entry.new"},
    "n: new   Enter: open   /: filter   F1: help": {"n": "entry.new"},
    "u brings it back, F2 saves. Taken away: {text}": {"u": "line.bring_back"},
    "Take the line or the link away; u brings it back": {"u": "line.bring_back"},
}  # fmt: skip
"""Sentences in which a key is another command's."""

_KEY: Final = re.compile(r"(?<![\w“”.+'-])(?:F\d{1,2}|[urnw](?= )|[nu](?=[:,.])|/(?=: ))(?![\w”+'-])")


def speaker(keymap: Keymap, translate: Callable[[str], str]) -> Callable[[str, str], str] | None:
    """What gives a sentence with the keys that the user has; None where no sentence names another.

    Args:
        keymap: His keys.
        translate: What a key with a name is called.
    """
    by_id = {command.id: command for command in keymap.commands}
    spoken = [
        *SPOKEN.values(),
        *((SPOKEN[key][0], name) for named in OTHERWISE.values() for key, name in named.items()),
    ]
    if all(standard in by_id[name].keys for standard, name in spoken):
        return None

    def named(message: str, text: str) -> str:
        otherwise = OTHERWISE.get(message, {})

        def replaced(found: re.Match[str]) -> str:
            standard, name = SPOKEN.get(found[0], ("", ""))
            command = by_id.get(otherwise.get(found[0], name))
            if command is None or standard in command.keys:
                return found[0]
            return shown_key(command.keys[0], translate) if command.keys else shown_key("f10", translate)

        return _KEY.sub(replaced, text)

    return named
