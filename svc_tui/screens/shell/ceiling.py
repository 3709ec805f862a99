"""That a job comes to more than its customer agreed to, said beside what was done to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen

if TYPE_CHECKING:
    from svc_tui.formats import Formats
    from svc_tui.services.jobs.ceilings import Standing


async def told_of(screen: BaseScreen, job: int) -> str:
    """What is said of a job by its id; nothing where it stays within what was agreed."""
    from svc_tui.services.jobs import ceilings

    found = await screen.ask_service(ceilings.standing, (job,))
    return " ".join(over_ceiling(one, screen.svc.formats) for one in found if one.is_over)


def over_ceiling(found: Standing, formats: Formats) -> str:
    """That a job comes to more than its customer agreed to."""
    text = _("! It comes to {amount} with VAT, agreed is {limit}: ask the customer, then note his yes (F10 yes).")
    return text.format(amount=formats.amount(found.comes_to), limit=formats.amount(found.limit))
