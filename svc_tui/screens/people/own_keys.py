"""A user's own keys: every command with its keys; the key pressed next becomes one of them."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from svc_tui.commands import WHERE_LABELS, Command, Where, edits, shown_key
from svc_tui.commands.key_file import sets
from svc_tui.commands.remapping import (
    ALWAYS,
    FIXED,
    NEEDED,
    NEEDED_IN_FIELDS,
    TAKEN_FROM,
    holders,
    read_for,
    told,
    where_told,
)  # fmt: skip
from svc_tui.domain.errors import DomainError, Invalid
from svc_tui.domain.quoting import filled
from svc_tui.domain.text import words
from svc_tui.i18n import N_, _
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.services.people.settings import UserSettings
from svc_tui.widgets.fields import EnumField, Field, TextField
from svc_tui.widgets.keys import Key

IN_FILE = N_("The file keys.toml says this on this machine: change it there.")


class Line(NamedTuple):
    """A command of the table with the keys that it has now."""

    command: Command
    mark: str = ""
    """Where its keys come from, when they are not those it comes with."""


class OwnKeysScreen(ListScreen[Line]):
    """All commands; what is changed is kept at once, undone in Changes, and followed from the next key on."""

    places = frozenset((Where.KEYS,))

    def __init__(self) -> None:
        super().__init__(empty=_("No command has these words or this key. Esc shows all."), id="own-keys")
        self._wanted = ""
        self._waits_for: tuple[Command, bool] | None = None
        """The command whose key is pressed next, and whether it keeps those it has."""

    def heading(self) -> tuple[str, str]:
        return _("Own keys"), self.svc.settings.key_set or _("as they come")

    def columns(self) -> list[Column[Line]]:
        return [
            Column(_("Keys"), 20, lambda line: _keys(line.command)),
            Column("", 6, lambda line: line.mark),
            Column(_("What it does"), 26, lambda line: _(line.command.help), flex=1),
            Column(_("Where"), 19, _where),
        ]

    def source(self) -> FixedRows[Line]:
        lines = map(self._line, self.svc.keymap.commands)
        return FixedRows([line for line in lines if self._is_wanted(line)], key=lambda line: line.command.id)

    def whole(self, line: Line) -> str:
        return f"{_(line.command.label)}: {_(line.command.help)} ({_where(line)})"

    def _line(self, command: Command) -> Line:
        if command.id in self.svc.keys.in_file:
            return Line(command, _("file"))
        return Line(command, _("own") if command.id in dict(self.svc.settings.keys) else "")

    def _is_wanted(self, line: Line) -> bool:
        command, wanted = line.command, self._wanted
        known = words(f"{_(command.label)} {_(command.help)} {_where(line)} {line.mark}")
        is_key = wanted.casefold() in [shown_key(key, _).casefold() for key in command.keys]
        return is_key or all(any(word.startswith(part) for word in known) for part in words(wanted))

    # -- a key is pressed ----------------------------------------------------------------------------------

    @property
    def is_writing(self) -> bool:
        return self._waits_for is not None or super().is_writing

    async def _take(self, key: Key, more_follows: bool) -> None:
        if self._waits_for is None or self.bottom.is_asking:
            await super()._take(key, more_follows)
            return
        (command, adds), self._waits_for = self._waits_for, None
        self.say("")
        if key.name != "escape":
            await self._give(command, key.spelled, adds=adds)

    def _wait_for_key(self, *, adds: bool) -> None:
        line = self.list.current
        if line is None:
            return
        if line.mark and line.command.id in self.svc.keys.in_file:
            raise Invalid(IN_FILE)
        self._waits_for = (line.command, adds)
        self.say(filled(_("Press the key for “{command}”.   Esc: none"), command=_(line.command.label)))

    async def _give(self, command: Command, pressed: str, *, adds: bool) -> None:
        """A key was pressed for a command: it gets it, after asking where another one has it.

        Raises:
            Invalid: when it cannot have it.
        """
        key = read_for(command, pressed)
        keys = tuple(dict.fromkeys((*command.keys, key))) if adds else (key,)
        _require_way_out(command, keys)
        settings = self.svc.settings.with_keys(command.id, keys)
        having = holders(self.svc.keymap, command, key)
        for other in having:
            settings = self._without(settings, other, key)
        keep = partial(self._keep, settings, command.id)
        if not having:
            await keep()
            return
        other = having[0]
        question = filled(
            _(TAKEN_FROM), key=shown_key(key, _), where=_(where_told(other, command)),
            other=", ".join(_(other.label) for other in having),
        )  # fmt: skip
        self.ask_letter(question, {"y": keep, "j": keep}, losing=("y", "j"))

    def _without(self, settings: UserSettings, other: Command, key: str) -> UserSettings:
        """
        Raises:
            Invalid: when the other cannot do without that key, or the file gives it.
        """
        if FIXED.get(other.id) == key:
            raise Invalid(ALWAYS, key=told(key), other=DomainError(other.label))
        if other.id in self.svc.keys.in_file:
            raise Invalid(IN_FILE)
        rest = tuple(kept for kept in other.keys if kept != key)
        _require_way_out(other, rest)
        return settings.with_keys(other.id, rest)

    async def _keep(self, settings: UserSettings, command_id: str) -> None:
        await self.svc.change_settings(settings)
        await self.show_rows(command_id)
        command = next(known for known in self.svc.keymap.commands if known.id == command_id)
        self.say(filled(_("Kept. {command}: {keys}"), command=_(command.label), keys=_keys(command) or _("no key")))
        self.offer_keys()

    # -- commands ------------------------------------------------------------------------------------------

    async def do_keys_change(self, key: Key | None) -> None:
        """The key pressed next, in place of those it has."""
        self._wait_for_key(adds=False)

    async def do_keys_add(self, key: Key | None) -> None:
        """The key pressed next, beside those it has."""
        self._wait_for_key(adds=True)

    async def do_keys_standard(self, key: Key | None) -> None:
        """As it comes; a key that another command has by now stays there."""
        if (line := self.list.current) is not None:
            if line.command.id in self.svc.keys.in_file:
                raise Invalid(IN_FILE)
            await self._keep(self.svc.settings.with_keys(line.command.id, None), line.command.id)

    async def do_keys_set(self, key: Key | None) -> None:
        """Choose the set that all keys come from but the user's own."""
        names = {"": N_("as they come"), **{name: name for name in sets()}}
        question = EnumField("key_set", _("Set of keys"), names, self.svc.settings.key_set)

        async def chosen(field: Field) -> None:
            await self.svc.change_settings(self.svc.settings._replace(key_set=question.chosen))
            self.tell_title()
            await self.show_rows()
            self.say(_("Kept."))
            self.offer_keys()

        self.ask_text(question, chosen)

    async def do_keys_find(self, key: Key | None) -> None:
        """Only the commands with some words, or with a key."""
        question = TextField("find", _("Find"))

        async def found(field: Field) -> None:
            await self._show_only(field.text.strip())

        self.ask_text(question, found)

    async def _show_only(self, wanted: str) -> None:
        self._wanted = wanted
        await self.show_rows()

    async def do_app_close(self, key: Key | None) -> None:
        """Esc shows all again, then goes back."""
        if self._wanted:
            await self._show_only("")
            return
        await super().do_app_close(key)


def _require_way_out(command: Command, keys: tuple[str, ...]) -> None:
    """
    Raises:
        Invalid: when nobody would find the way back without this command.
    """
    if command.id in NEEDED_IN_FIELDS and all(map(edits, keys)):
        kept = next((key for key in command.keys if not edits(key)), command.keys[0])
        raise Invalid(NEEDED, command=DomainError(command.label), key=told(kept))


def _keys(command: Command) -> str:
    return " ".join(shown_key(key, _) for key in command.keys)


def _where(line: Line) -> str:
    return ", ".join(_(WHERE_LABELS[place]) for place in line.command.where)
