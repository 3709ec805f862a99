"""A user's own keys in place of those of the table: how they are written, and who gets a key that two commands want."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from svc_tui.commands import COMMANDS, NAMED_KEYS, WHERE_LABELS, Command, Keymap, edits, key_name
from svc_tui.commands.together import TOGETHER
from svc_tui.domain.errors import N_, DomainError, Invalid

Own = Mapping[str, Sequence[str]]
"""Keys by the id of their command, as people write them: `{"activity.done": ["D", "F7"]}`."""

NO_COMMAND: Final = N_("“{name}” is no command. svc-tui keys --ids names them all.")
NO_KEY: Final = N_("“{key}” can be no command's key: write F7, Ctrl+K, PgDn, or the sign itself.")
WRITES: Final = N_("{key} writes or moves where “{command}” is valid, and does nothing there.")
TAKEN_BY: Final = N_("{key} is “{other}” ({where}): “{command}” does not get it.")
GIVEN_AWAY: Final = N_("{key} is now “{other}” ({where}) and no longer “{command}”.")
TAKEN_FROM: Final = N_("{key} is “{other}” ({where}). y: take it from there   Esc: no")
ALWAYS: Final = N_("{key} is always “{other}”.")
NEEDED: Final = N_("“{command}” needs a key that does not write in fields, and keeps {key}.")

FIXED: Final[Mapping[str, str]] = {"app.close": "escape", "app.quit": "ctrl+q"}
"""What questions, waits and floods of keys are left by whatever the table says."""
NEEDED_IN_FIELDS: Final = ("app.help", "form.save", "app.close", "app.palette", "app.quit", "field.look_up")
"""Without one of these nobody would find the way back."""

_BY_NAME: Final[Mapping[str, str]] = {
    "esc": "escape", "escape": "escape", "enter": "enter", "return": "enter", "space": "space", "del": "delete",
    "delete": "delete", "ins": "insert", "insert": "insert", "home": "home", "end": "end", "pgup": "pageup",
    "pageup": "pageup", "pgdn": "pagedown", "pagedown": "pagedown", "up": "up", "down": "down", "left": "left",
    "right": "right", "shift+up": "shift+up", "shift+down": "shift+down",
    **{f"f{number}": f"f{number}" for number in range(1, 21)},
    **{f"ctrl+{letter}": f"ctrl+{letter}" for letter in "abdefgklnopqrstuvwxyz"},
}  # fmt: skip
"""Every key with a name that a terminal sends; Ctrl+H, I, J and M are other keys there, Ctrl+C tells how to leave."""

_ANY: Final = Keymap(())


class Remapped(NamedTuple):
    """The keys of a user, and what of his own was not taken as he gave it."""

    keymap: Keymap
    refused: tuple[DomainError, ...] = ()
    """What is not understood, or clashes with another of his own keys or with one that is always the same."""
    given_away: tuple[DomainError, ...] = ()
    """Commands of the table that lost a key to one of his own."""


def read_key(text: str) -> str:
    """The key that people write so, by the name that the table has for it.

    Raises:
        Invalid: when it is none, or none that could be given to a command.
    """
    if len(text) == 1 and text.isprintable() and not text.isspace():
        return text
    found = _BY_NAME.get(text.strip().casefold())
    if found is None:
        raise Invalid(NO_KEY, key=text[:20])
    return found


def read_for(command: Command, text: str) -> str:
    """The key that people write so, for a command.

    Raises:
        Invalid: when it is none, or would do nothing wherever the command is valid.
    """
    key = read_key(text)
    if not meet(command, command, key):
        raise Invalid(WRITES, key=told(key), command=DomainError(command.label))
    return key


def remapped(own: Own, *, standard: Sequence[Command] = COMMANDS) -> Remapped:
    """The table with a user's own keys.

    No key means two things afterwards: what leads out comes first, then the user's own keys in the order of the table,
    then the others.

    Args:
        own: His keys by command.
        standard: The table, or the table with a set of keys.
    """
    refused: list[DomainError] = []
    given = _understood(own, standard, refused)
    wanted = {command.id: given.get(command.id, command.keys) for command in standard}
    table = _Table(standard)
    for command in standard:
        if command.id in FIXED:
            table.place(command, FIXED[command.id])
    for command in standard:
        if command.id in NEEDED_IN_FIELDS and not table.has_any(command):
            kept = table.place_one(command, wanted[command.id])
            if command.id in given and kept not in wanted[command.id]:
                refused.append(Invalid(NEEDED, command=DomainError(command.label), key=told(kept)))
    for command in standard:
        if command.id in given:
            refused += table.place_all(command, wanted[command.id], TAKEN_BY)
            if given[command.id] and not table.has_any(command):
                wanted[command.id] = command.keys  # none of his own is left: as it comes
    given_away: list[DomainError] = []
    for command in standard:
        if wanted[command.id] is command.keys:
            given_away += table.place_all(command, command.keys, GIVEN_AWAY)
    return Remapped(Keymap(table.commands(wanted)), tuple(refused), tuple(given_away))


def _understood(own: Own, standard: Iterable[Command], refused: list[DomainError]) -> dict[str, tuple[str, ...]]:
    known = {command.id: command for command in standard}
    given: dict[str, tuple[str, ...]] = {}
    for name, texts in own.items():
        if name not in known:
            refused.append(Invalid(NO_COMMAND, name=name[:40]))
            continue
        keys: list[str] = []
        for text in texts:
            try:
                keys.append(read_for(known[name], text))
            except Invalid as error:
                refused.append(error)
        if keys or not texts:
            given[name] = tuple(dict.fromkeys(keys))
    return given


class _Table:
    """The keys that were given to commands so far."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self._commands = commands
        self._placed: dict[str, list[str]] = {command.id: [] for command in commands}

    def place(self, command: Command, key: str) -> Command | None:
        """Give a key to a command; or the one that has it where this one is valid, and nothing is changed."""
        if key in self._placed[command.id]:
            return None
        other = next(
            (one for one in self._commands if one is not command and key in self._placed[one.id]
             and meet(one, command, key)),
            None,
        )  # fmt: skip
        if other is None:
            self._placed[command.id].append(key)
        return other

    def place_all(self, command: Command, keys: Iterable[str], clash: str) -> list[DomainError]:
        """Give keys to a command as far as they are free; what was told of the others, in the sentence `clash`."""
        holders = [(key, self.place(command, key)) for key in keys]
        return [_clash(clash, key, other, command) for key, other in holders if other is not None]

    def place_one(self, command: Command, wanted: Iterable[str]) -> str:
        """Give a command the first key that is free and works in fields: wanted, one it comes with, or any."""
        usable = [key for key in (*wanted, *command.keys, *_BY_NAME.values()) if not edits(key)]
        return next(key for key in usable if self.place(command, key) is None)

    def has_any(self, command: Command) -> bool:
        """Whether a command has a key."""
        return bool(self._placed[command.id])

    def commands(self, wanted: Mapping[str, Sequence[str]]) -> list[Command]:
        """The commands with their keys, in the order in which they were wanted."""
        found = []
        for command in self._commands:
            placed = self._placed[command.id]
            order = [key for key in wanted[command.id] if key in placed]
            found.append(command._replace(keys=(*order, *(key for key in placed if key not in order))))
        return found


def meet(first: Command, second: Command, key: str) -> bool:
    """Whether there are places in which a key would mean both commands."""
    both = [command._replace(keys=(key,)) for command in (first, second)]
    return any(
        all(_ANY.keys_of(command, places, typing=typing) for command in both)
        for places in TOGETHER
        for typing in (False, True)
    )


def _clash(sentence: str, key: str, has_it: Command, wants_it: Command) -> DomainError:
    if FIXED.get(has_it.id) == key:
        return Invalid(ALWAYS, key=told(key), other=DomainError(has_it.label))
    return Invalid(
        sentence, key=told(key), other=DomainError(has_it.label),
        where=DomainError(where_told(has_it, wants_it)), command=DomainError(wants_it.label),
    )  # fmt: skip


def told(key: str) -> object:
    """What a key is called, as a value of a sentence."""
    name = key_name(key)
    return DomainError(name) if key in NAMED_KEYS else name


def where_told(command: Command, other: Command) -> str:
    """What the place is called in which a command meets another: a message id."""
    own = next((place for place in command.where if place in other.where), command.where[0])
    return WHERE_LABELS[own]


def holders(keymap: Keymap, command: Command, key: str) -> list[Command]:
    """The commands that a key would have to be taken from, for this one to have it."""
    return [
        other for other in keymap.commands
        if other.id != command.id and key in other.keys and meet(other, command, key)
    ]  # fmt: skip
