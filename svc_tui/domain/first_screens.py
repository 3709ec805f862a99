"""What the program can begin with beside a list of jobs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FIRST_SCREENS: Final[Mapping[str, str]] = MappingProxyType(
    {"dashboard": "go.4", "contacts": "go.7", "products": "go.8", "devices": "go.0", "statistics": "go.9"}
)
"""The command that leads to each, by the name it has on the command line and in the settings."""

_MARK = "screen:"


def as_setting(name: str) -> str:
    """How a user's settings say that the program begins with a screen; a list is said by its code alone."""
    return _MARK + name


def screen_in(setting: str) -> str:
    """The name of the screen that such a setting means; empty where it means a list."""
    name = setting.removeprefix(_MARK)
    return name if name != setting and name in FIRST_SCREENS else ""
