"""Telling what somebody else made of the fields that one was changing too: in settings and in views."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from svc_tui.domain.errors import Conflict, DoneAlready
from svc_tui.domain.quoting import brief
from svc_tui.domain.setting_labels import setting_label
from svc_tui.i18n import N_, _
from svc_tui.screens.shell import setting_words
from svc_tui.services.people import settings as user_settings
from svc_tui.services.people.settings import UserSettings
from svc_tui.widgets.form import Form

if TYPE_CHECKING:
    from svc_tui.screens.shell.base import BaseScreen


CHANGED_ELSEWHERE: Final = N_(
    "{label} was changed at another terminal of yours: {value}. Nothing was changed here; again replaces it."
)


async def keep_settings(screen: BaseScreen, settings: UserSettings) -> None:
    """Keep settings made of those that are followed here.

    Args:
        screen: Where they are changed.
        settings: As they are to be.

    Raises:
        Conflict: when the same was changed at the person's other terminal. That is followed from now on, so that doing
            it again is a choice.
    """
    svc = screen.svc
    try:
        kept = await screen.ask_through(svc.session, user_settings.save, settings, svc.settings)
    except DoneAlready:
        svc.settings = await svc.store.run(user_settings.load, svc.session)
        return
    except Conflict as conflict:
        svc.settings = await svc.store.run(user_settings.load, svc.session)
        name = conflict.fields[0]
        value = setting_words.value_told(name, user_settings.parts(svc.settings).get(name), svc.session.registers)
        raise Conflict(CHANGED_ELSEWHERE, fields=conflict.fields, label=setting_label(name), value=value) from conflict
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
