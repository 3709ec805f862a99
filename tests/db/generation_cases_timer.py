"""Starting and stopping timers, begun and not carried out yet."""

from __future__ import annotations

from collections.abc import Callable

from svc_tui.services.core.session import Session
from svc_tui.services.jobs import timers
from svc_tui.services.jobs.timers import How, RunningTimer
from tests.db.jobs import job


def _running(shop: Session) -> RunningTimer:
    """A timer that runs, a minute and more ago."""
    timer = timers.start(shop, job(shop).id or 0)
    shop.clock = [float(timer.started_at + 600)]
    return timer


def _start(shop: Session) -> Callable[[], object]:
    on = job(shop).id or 0
    return lambda: timers.start(shop, on)


def _stop(shop: Session) -> Callable[[], object]:
    timer, product = _running(shop), _hours(shop)
    return lambda: timers.stop(shop, timer, How(product=product))


def _switch(shop: Session) -> Callable[[], object]:
    timer, product, other = _running(shop), _hours(shop), job(shop).id or 0
    return lambda: timers.switch(shop, timer, other, How(product=product))


def _hours(shop: Session) -> int:
    return int(shop.store.sql("SELECT id FROM product WHERE kind = 'hours' ORDER BY id LIMIT 1")[0][0])


CASES: dict[str, tuple[Callable[[Session], Callable[[], object]], ...]] = {
    "timers.start": (_start,),
    "timers.stop": (_stop,),
    "timers.switch": (_switch,),
}
