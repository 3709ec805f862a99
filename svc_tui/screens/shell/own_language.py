"""The language of the program follows the user's settings."""

from __future__ import annotations

import os
from enum import Enum, auto
from typing import TYPE_CHECKING

from svc_tui import i18n
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.services.people.settings import UserSettings

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application


class Followed(Enum):
    """What became of the language."""

    STAYS = auto()
    CHANGED = auto()
    LATER = auto()
    """At the next start: beginning anew would throw away what is not saved in a sheet below."""


async def follow_language(svc: Application, before: UserSettings, now: UserSettings) -> Followed:
    """Show everything in the language that the settings ask for now, if they asked for another one before."""
    company = svc.session.registers.company.language
    language = i18n.choose_language(os.environ, now.language or None, None, company)
    if now.language == before.language or language == i18n.language():
        return Followed.STAYS
    if any(isinstance(screen, BaseScreen) and screen.holds_changes for screen in svc.screen_stack):
        return Followed.LATER
    await svc.begin_anew(language)
    return Followed.CHANGED
