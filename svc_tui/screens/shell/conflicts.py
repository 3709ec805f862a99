"""Telling what somebody else made of the fields that one was changing too: in settings and in views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.errors import Conflict
from svc_tui.domain.quoting import brief
from svc_tui.i18n import _
from svc_tui.services.people import settings as user_settings
from svc_tui.services.people.settings import UserSettings
from svc_tui.widgets.form import Form

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application


async def keep_settings(svc: Application, settings: UserSettings) -> None:
    """Keep settings made of those that are followed here.

    Raises:
        Conflict: when the same was changed at the person's other terminal. That is followed from now on, so that doing
            it again is a choice.
    """
    try:
        kept = await svc.store.run(user_settings.save, svc.session, settings, svc.settings)
    except Conflict:
        svc.settings = await svc.store.run(user_settings.load, svc.session)
        raise
    svc.settings = kept.settings


def told(conflict: Conflict, theirs: Form) -> str:
    """The fields with the values they have now, and what saving again would do.

    Args:
        conflict: Which fields.
        theirs: The form filled with what is stored.
    """
    fields = [f"{field.label}: {brief(field.text) or '-'}" for field in theirs.fields if field.name in conflict.fields]
    if not fields:
        return conflict.brief(_)
    text = _("Changed elsewhere meanwhile: {fields}. Nothing was saved; F2 again keeps what stands here.")
    return text.format(fields=", ".join(fields))
