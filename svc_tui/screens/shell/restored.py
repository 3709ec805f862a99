"""What screens say and do when the shop was put back to an earlier state while they were open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.i18n import _

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application


def told(svc: Application) -> str:
    """The sentence over what was read anew."""
    text = _("The shop was put back to an earlier state; this is how it is now.")
    if svc.session.employee is None:
        text += " " + _("You are not among its people: choose who you are.")
    return text
