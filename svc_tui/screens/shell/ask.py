"""An act that is looked ahead at, asked about where it may not be what was meant, and then done.

One flow for acts on many jobs, for undoing, and for whatever else concerns more than the eye sees: the look runs in
the background, the question says how many are refused and shows why, and what takes long can be stopped.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from svc_tui.i18n import _, n_
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.long_act import LongAct, on_yes

if TYPE_CHECKING:
    from svc_tui.services.jobs.bulk import Refusal

P = TypeVar("P")
T = TypeVar("T")


class Ahead(NamedTuple, Generic[P, T]):
    """An act of which `P` is what was seen before, and `T` what became of it."""

    look: Callable[..., P]
    """The service that looks ahead; gets `told` and `wanted`."""
    question: Callable[[P], str]
    """What is asked before it is done; empty where nobody need be asked."""
    refused: Callable[[P], Sequence[Refusal]]
    """What it will leave as it is, each with the reason."""
    act: Callable[[P], Callable[..., T]]
    """The service that does it, as it was looked ahead at."""
    doing: str
    """Begins the line that tells how far it has come."""
    size: Callable[[P], int]
    """How many rows it concerns."""
    done: Callable[[T], Awaitable[None]]
    """What follows from it."""
    nothing: Callable[[P], Callable[[], Awaitable[None]] | None] = lambda seen: None
    """What is told instead where there is nothing to do; None where there is something."""


async def ask_before(screen: BaseScreen, long: LongAct, ahead: Ahead[P, T], count: int | None = None) -> None:
    """Look ahead, ask where it must be asked, and do it.

    Args:
        screen: Where it is asked and told.
        long: What does it in the background.
        ahead: The act.
        count: How many rows it may concern; None where that is not known.
    """
    await long.run(ahead.look, partial(_looked, screen, long, ahead), _("Looking at"), count)


async def _looked(screen: BaseScreen, long: LongAct, ahead: Ahead[P, T], seen: P) -> None:
    go = partial(_go, long, ahead, seen)
    if (told := ahead.nothing(seen)) is not None:
        await told()
    elif text := ahead.question(seen):
        _ask(screen, text, go, ahead.refused(seen))
    else:
        await go()


def _ask(screen: BaseScreen, text: str, go: Callable[[], Awaitable[None]], refused: Sequence[Refusal]) -> None:
    answers = on_yes(go)
    asked = text
    if refused:
        count = len(refused)
        told = n_("{count} cannot be (l: why).", "{count} cannot be (l: why).", count)
        asked += " " + told.format(count=screen.svc.formats.count(count))
        answers["l"] = partial(_show_refused, screen, text, go, refused)
    screen.ask_letter(asked + " " + _("y: yes   Esc: no"), answers)


async def _show_refused(
    screen: BaseScreen, text: str, go: Callable[[], Awaitable[None]], refused: Sequence[Refusal]
) -> None:
    from svc_tui.screens.shell.refusals import RefusalsScreen

    async def closed(_result: object) -> None:
        _ask(screen, text, go, refused)

    await screen.svc.show(RefusalsScreen(refused), closed)


async def _go(long: LongAct, ahead: Ahead[P, T], seen: P) -> None:
    await long.run(ahead.act(seen), ahead.done, ahead.doing, ahead.size(seen))
