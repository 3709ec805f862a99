"""The keys of whoever works here: those of the program, with a set in their place, and his own in theirs.

His own stand in his settings and follow him to every terminal; a file of this machine goes before them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import App

from svc_tui import i18n
from svc_tui.commands import COMMANDS, Command, Keymap
from svc_tui.domain.errors import DomainError
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.base import BaseScreen

if TYPE_CHECKING:
    from svc_tui.services.people.settings import UserSettings


class Read(NamedTuple):
    """The keys of a user."""

    keymap: Keymap
    standard: tuple[Command, ...] = COMMANDS
    """The commands with the keys that they come with: the table's, or those of the set."""
    in_file: frozenset[str] = frozenset()
    """Commands whose keys the file says."""
    refused: tuple[DomainError, ...] = ()
    """What of his own is not followed."""


def file_of_user() -> Path:
    """Where a user's own file of keys lies, if he has one."""
    from platformdirs import user_config_path

    return user_config_path("svc-tui") / "keys.toml"


def read(settings: UserSettings, file: Path | None) -> Read:
    """The keys that somebody with these settings has.

    Args:
        settings: His own.
        file: His file on this machine; None when there is none.
    """
    if not (settings.keys or settings.key_set or file):
        return Read(Keymap())
    from svc_tui.commands import key_file, remapping

    said = key_file.read(file) if file else key_file.KeyFile()
    refused = list(said.refused)
    try:
        of_set = key_file.read_set(settings.key_set if said.set is None else said.set)
    except DomainError as error:
        of_set = {}
        refused.append(error)
    standard = remapping.remapped(of_set).keymap.commands
    found = remapping.remapped(dict(settings.keys) | said.keys, standard=standard)
    return Read(found.keymap, standard, frozenset(said.keys), (*refused, *found.refused))


class OwnKeys(App[Any]):
    """The part of the application that knows the user's settings, and follows his keys."""

    keys: Read = Read(Keymap(()))
    _settings: UserSettings | None = None

    @property
    def settings(self) -> UserSettings:
        """The settings of whoever works here."""
        assert self._settings is not None
        return self._settings

    @settings.setter
    def settings(self, settings: UserSettings) -> None:
        before, self._settings = self._settings, settings
        if before is None or (before.key_set, before.keys) != (settings.key_set, settings.keys):
            self._follow_keys()

    @property
    def keymap(self) -> Keymap:
        """Which command a key means."""
        return self.keys.keymap

    def _follow_keys(self) -> None:
        file = file_of_user()
        self.keys = read(self.settings, file if file.is_file() else None)
        if self.keys.keymap.commands == COMMANDS:
            i18n.name_keys(None)
            return
        from svc_tui.commands.spoken import speaker

        i18n.name_keys(speaker(self.keymap, i18n.translated_as_it_is))

    def tell_refused_keys(self) -> None:
        """At the start: which of his own keys are not followed, and why."""
        top, refused = self.screen, self.keys.refused
        if not refused or not isinstance(top, BaseScreen) or top.bottom.is_asking or top.bottom.message:
            return
        told = refused[0].brief(_)
        if more := len(refused) - 1:
            told += " " + n_("{count} more: svc-tui keys --file", "{count} more: svc-tui keys --file", more).format(
                count=more
            )
        top.complain(told)
        top.fit_message()
