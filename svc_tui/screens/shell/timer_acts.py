"""Starting and stopping one's own timer from a screen: what has to be asked, and what is said of it."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from svc_tui.domain.planning import timing
from svc_tui.domain.quoting import filled
from svc_tui.domain.records import ProductRow
from svc_tui.domain.registers import Choice
from svc_tui.i18n import N_, _
from svc_tui.screens.shell import ceiling
from svc_tui.screens.shell.base import BaseScreen, JobHere
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.long_act import on_yes
from svc_tui.screens.shell.record_screen import RecordScreen
from svc_tui.services.jobs import timers
from svc_tui.services.jobs.timers import Ending, How, RunningTimer, Stopped
from svc_tui.widgets.fields import ChoiceField, EnumField, Field, ParsedField
from svc_tui.widgets.form import Form

_YES_NO = {True: N_("yes"), False: N_("no")}


class Known(Protocol):
    """Where it is known which timer runs."""

    product: int | None
    """The hours product that was chosen last."""

    def know(self, timer: RunningTimer | None) -> None:
        """This runs now, or nothing does."""


async def toggle(screen: BaseScreen, known: Known) -> None:
    """Start the timer on the job that is meant on a screen, or stop the one that runs, asking what is not clear."""
    here = screen.job_here()
    ending = await screen.ask_service(timers.look)
    known.know(ending.timer if ending is not None else None)
    acts = TimerActs(screen, known)
    if ending is None:
        await acts.start(here)
    elif ending.is_forgotten:
        await acts.ask_times(ending, here)
    elif here is None or here.id == ending.timer.job:
        await acts.stop(ending)
    else:
        acts.ask_switch(ending, here)


def ask_forgotten(screen: BaseScreen, known: Known, timer: RunningTimer) -> None:
    """Ask about a timer that runs since another day."""
    acts = TimerActs(screen, known)

    async def go() -> None:
        ending = await screen.ask_service(timers.look)
        known.know(ending.timer if ending is not None else None)
        if ending is not None:
            await acts.ask_times(ending, None)

    text = _("Your timer runs on job {number} since {when}.   y: say when the work ended   Esc: later")
    when = screen.svc.formats.when(timer.started_at)
    screen.ask_letter(text.format(number=timer.number, when=when), on_yes(go), losing=on_yes(go))


class TimerActs:
    """What is done to the timer from one screen, in the shop that the screen shows."""

    def __init__(self, screen: BaseScreen, known: Known) -> None:
        self.screen, self.known, self.session = screen, known, screen.session

    # -- acts ------------------------------------------------------------------------------------------------

    async def start(self, here: JobHere | None) -> None:
        """Start it on a job."""
        if here is None:
            self.screen.say(_("Your timer does not run. Go to a job that is saved: it is started there."))
            return
        self.known.know(await self.screen.ask_through(self.session, timers.start, here.id))
        await self.screen.acted_elsewhere()
        self.screen.say(_("Your timer runs on job {number}.").format(number=here.number))

    async def stop(self, ending: Ending, then: JobHere | None = None) -> None:
        """Stop it, asking by which hours product where that is not clear, and go on with another job."""
        seconds = self.session.seconds() - ending.timer.started_at
        if len(ending.products) > 1 and timing.minutes(seconds):
            self._ask_product(ending, timing.minutes(seconds), then)
        elif not ending.products and timing.minutes(seconds):
            self._ask_without_product(ending, then)
        else:
            await self._end(ending, How(product=ending.products[0].id if ending.products else None), then)

    async def _end(self, ending: Ending, how: How, then: JobHere | None) -> None:
        ask = self.screen.ask_through
        if then is None:
            stopped = await ask(self.session, timers.stop, ending.timer, how)
            self.known.know(None)
        else:
            stopped = await ask(self.session, timers.switch, ending.timer, then.id, how)
            self.known.know(await ask(self.session, timers.running))
        await self._told(stopped, then)

    async def _told(self, stopped: Stopped, then: JobHere | None) -> None:
        screen = self.screen
        await screen.acted_elsewhere()
        text = told(stopped, screen)
        if then is not None:
            text += " " + _("It runs on job {number}.").format(number=then.number)
        elif isinstance(screen, RecordScreen) and screen.is_touched and stopped.line is not None:
            text += " " + _("The line is shown here once you save.")
        if stopped.line is not None:
            text = f"{text} {await ceiling.told_of(screen, stopped.job)}".strip()
        screen.say(text)

    # -- questions -------------------------------------------------------------------------------------------

    def ask_switch(self, ending: Ending, here: JobHere) -> None:
        """It runs on another job: whether it is stopped there and started here."""
        worked = timing.minutes(self.session.seconds() - ending.timer.started_at)
        question = _(
            "Your timer runs on job {number} ({time}).   y: stop it, start it on {other}   s: only stop it   Esc: no"
        ).format(number=ending.timer.number, time=timing.told(worked), other=here.number)
        letters = on_yes(partial(self.stop, ending, here))
        letters["s"] = partial(self.stop, ending)
        self.screen.ask_letter(question, letters)

    def _ask_product(self, ending: Ending, worked: int, then: JobHere | None) -> None:
        text = _("{time} on job {number}: by which hours product (-: no line)")
        label = text.format(time=timing.told(worked), number=ending.timer.number)
        field = self._product_field(label, ending.products, none=_("no line"))

        async def answered(_field: Field) -> None:
            self.known.product = field.value or self.known.product
            await self._end(ending, How(product=field.value, line=field.value is not None), then)

        self.screen.ask_text(field, answered)

    def _ask_without_product(self, ending: Ending, then: JobHere | None) -> None:
        async def discard() -> None:
            await self._end(ending, How(line=False), then)

        text = _("No product is of kind hours, so no line can be made.   d: throw the time away   Esc: it runs on")
        self.screen.ask_letter(text, {"d": discard}, losing=("d",))

    def _product_field(self, label: str, offered: tuple[ProductRow, ...], none: str = "") -> ChoiceField[int]:
        """A field for one of the hours products, with the only one or the last one chosen in it."""
        choices = [
            Choice(row.id, f"{row.code} {row.name}", row.code) for row in offered
        ]  # codes are typed: they begin it
        field: ChoiceField[int] = ChoiceField("product", label, lambda: choices, none=none)
        ids = [row.id for row in offered]
        proposed = ids[0] if len(ids) == 1 else self.known.product
        if proposed in ids:
            field.value = proposed
        return field

    async def ask_times(self, ending: Ending, then: JobHere | None) -> None:
        """It runs since another day: ask from when to when the work was done, and go on with a job then."""
        timer, formats = ending.timer, self.screen.svc.formats
        started: ParsedField[int] = ParsedField(
            "started_at", _("Started"), partial(timers.read_moment, self.session, timer=timer), formats.when,
            clears=False,
        )  # fmt: skip
        started.value = timer.started_at

        def ended(text: str) -> int:
            return timers.read_moment(self.session, text, timer, started.value)

        stopped: ParsedField[int] = ParsedField("stopped_at", _("Ended"), ended, formats.when, clears=False)
        stopped.value = ending.closes_at
        product = self._product_field(_("Hours product"), ending.products)
        line = EnumField("line", _("Make a line"), _YES_NO, True)

        async def save(_form: Form) -> object:
            how = How(product.value, started.value, stopped.value, line=line.chosen)
            self.known.product = product.value or self.known.product
            return await self.screen.ask_through(self.session, timers.stop, timer, how)

        async def closed(made: object) -> None:
            if not isinstance(made, Stopped):
                return
            self.known.know(None)
            await self._told(made, None)
            if then is not None and then.id != timer.job:
                said = self.screen.bottom.message
                await self.start(then)
                self.screen.say(f"{said} {self.screen.bottom.message}")

        title = _("Timer on job {number}").format(number=timer.number)
        explain = filled(
            _("Your timer on “{subject}” runs since another day. Say when the work ended: that long the line is."),
            subject=timer.subject,
        )
        dialog = FormDialog(title, [started, stopped, product, line], save, explain=explain, at="stopped_at")
        await self.screen.svc.show(dialog, closed)


def told(stopped: Stopped, screen: BaseScreen) -> str:
    """What became of a timer."""
    if stopped.line is None:
        return _("Your timer on job {number} is stopped, without a line of hours.").format(number=stopped.number)
    return filled(
        _("Your timer on job {number} is stopped after {time}: {quantity} {text}."), number=stopped.number,
        time=timing.told(stopped.minutes), quantity=screen.svc.formats.quantity(stopped.quantity),
        text=stopped.code or stopped.text,
    )  # fmt: skip
