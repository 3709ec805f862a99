"""Keys in files: the sets that come with the program, and a user's own file on this machine.

# keys.toml
set = "vi"

[keys]
"activity.done" = ["D", "F7"]
"list.views" = []                # done by its name only
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final, NamedTuple

from svc_tui.domain.errors import N_, DomainError, Invalid
from svc_tui.domain.transfer.shipped import data_folder

NAME: Final = "keys.toml"
UNREADABLE: Final = N_("{file} cannot be read: {reason}")
NO_SET: Final = N_("There is no set of keys called “{name}”, but: {known}.")
NO_LIST: Final = N_('The keys of “{name}” are written as a list: ["F7", "Ctrl+K"].')
NO_PART: Final = N_('“{name}” means nothing here: the file says set = "…" and has a part [keys].')


class KeyFile(NamedTuple):
    """What a file says."""

    set: str | None = None
    """The set that it begins with; None when it does not say."""
    keys: dict[str, tuple[str, ...]] = {}
    refused: tuple[DomainError, ...] = ()
    """What in it cannot be taken."""


def sets() -> list[str]:
    """The sets of keys that come with the program."""
    return sorted(path.stem for path in (data_folder() / "keys").glob("*.toml"))


def read_set(name: str) -> dict[str, tuple[str, ...]]:
    """The keys of a set.

    Raises:
        Invalid: when there is none of this name.
    """
    if not name:
        return {}
    if name not in sets():
        raise Invalid(NO_SET, name=name[:20], known=", ".join(sets()))
    return read(data_folder() / "keys" / f"{name}.toml").keys


def read(path: Path) -> KeyFile:
    """What a file says; what cannot be read in it is refused with its reason, and the rest counts."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        return KeyFile(refused=(DomainError(UNREADABLE, file=path.name, reason=reason),))
    refused: list[DomainError] = [
        Invalid(NO_PART, name=name[:40]) for name, part in found.items()
        if not (name == "set" and isinstance(part, str)) and not (name == "keys" and isinstance(part, dict))
    ]  # fmt: skip
    chosen, given = found.get("set"), found.get("keys")
    if isinstance(chosen, str) and chosen and chosen not in sets():
        refused.append(Invalid(NO_SET, name=chosen[:20], known=", ".join(sets())))
        chosen = None
    keys: dict[str, tuple[str, ...]] = {}
    for name, texts in given.items() if isinstance(given, dict) else ():
        if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            keys[name] = tuple(texts)
        else:
            refused.append(Invalid(NO_LIST, name=name[:40]))
    return KeyFile(chosen if isinstance(chosen, str) else None, keys, tuple(refused))
