"""Why pieces go back to a supplier, and how far they are."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from svc_tui.domain.errors import N_


class ReturnReason(StrEnum):
    """Why; what we broke ourselves is no reason."""

    WRONG = "wrong"
    ARRIVED_FAULTY = "faulty"
    FAULTY_IN_USE = "warranty"
    SURPLUS = "surplus"
    EXCHANGE = "exchange"
    """The old part of an exchange."""


class ReturnState(StrEnum):
    """How far: only forward, and back is an undo."""

    PROPOSED = "proposed"
    SENT = "sent"
    CREDITED = "credited"
    REPLACED = "replaced"
    REFUSED = "refused"


REASON_LABELS: Final[dict[str, str]] = {
    ReturnReason.WRONG: N_("wrong part"), ReturnReason.ARRIVED_FAULTY: N_("faulty on arrival"),
    ReturnReason.FAULTY_IN_USE: N_("faulty in use"), ReturnReason.SURPLUS: N_("surplus"),
    ReturnReason.EXCHANGE: N_("exchange part"),
}  # fmt: skip

RETURN_STATE_LABELS: Final[dict[str, str]] = {
    ReturnState.PROPOSED: N_("to be sent"), ReturnState.SENT: N_("sent back"), ReturnState.CREDITED: N_("credited"),
    ReturnState.REPLACED: N_("replaced"), ReturnState.REFUSED: N_("refused"),
}  # fmt: skip
