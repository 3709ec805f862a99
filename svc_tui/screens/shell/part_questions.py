"""Asking what becomes of the parts of a job that is done or cancelled, one key for each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from svc_tui.domain.errors import DomainError
from svc_tui.domain.labels import PART_STATE_LABELS
from svc_tui.domain.quoting import filled
from svc_tui.domain.stock.answers import Answer, Answers, Ask, PartQuestion
from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.long_act import on_yes

LETTERS = {
    Ask.OPEN: {"+": Answer.USED, "*": Answer.UNNEEDED},
    Ask.IN_DEVICE: {"g": Answer.GOOD, "f": Answer.FAULTY, "b": Answer.BROKEN, "s": Answer.OURS},
    Ask.ON_ORDER: {"g": Answer.GIVE, "s": Answer.STOCK, "c": Answer.CANCEL},
}

Then = Callable[[Answers], Awaitable[None]]


async def ask_of_parts(screen: BaseScreen, questions: Sequence[PartQuestion], then: Then) -> None:
    """Ask one question after the other, and act once all are answered; Esc at any of them does nothing."""
    await _next(screen, tuple(questions), (), then)


async def _next(screen: BaseScreen, questions: Sequence[PartQuestion], said: Answers, then: Then) -> None:
    if not questions:
        await then(said)
        return
    first, *rest = questions
    letters: dict[str, Callable[[], Awaitable[None]]] = {
        letter: partial(_next, screen, rest, (*said, (first.line, answer)), then)
        for letter, answer in LETTERS[first.ask].items()
        if answer is not Answer.GIVE or first.waits
    }
    is_begun = bool(said) and first.ask is Ask.OPEN  # the same key again is the answer to the next one
    screen.ask_letter(sentence(first), letters, losing=() if is_begun else letters)


def sentence(question: PartQuestion) -> str:
    """What is asked, with the key of each answer."""
    match question.ask:
        case Ask.OPEN:
            state = _(PART_STATE_LABELS.get(question.state, ""))
            return filled(
                _("“{text}” is {state}. +: it was used   *: not needed   Esc: no"), text=question.text, state=state
            )
        case Ask.IN_DEVICE:
            return filled(
                _("“{text}” is in the device. g: good   f: faulty   b: broken by us   s: stays, we pay   Esc: no"),
                text=question.text,
            )
        case Ask.ON_ORDER if question.waits:
            return filled(
                _("“{text}” is on order. g: to job {number}   s: for stock   c: cancel it   Esc: no"),
                text=question.text, number=question.waits,
            )  # fmt: skip
        case Ask.ON_ORDER:
            return filled(_("“{text}” is on order. s: for stock   c: cancel it   Esc: no"), text=question.text)


def ask_anyway(screen: BaseScreen, why: DomainError, go: Callable[[], Awaitable[None]]) -> None:
    """A refusal that may be overridden: whether it is to be done all the same."""
    screen.ask_letter(f"{why.brief(_)} {_('y: take it all the same   Esc: no')}", on_yes(go), losing=on_yes(go))
