"""One's own timer by keys alone: it runs on when the program is left, and a forgotten one is asked about."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.services.core.session import to_seconds
from tests.wire.desk import Desk
from tests.wire.shops import session_of

ASKS = {"SVC_TUI_ALARMS": None}
"""What comes unasked comes."""


def _since_yesterday_at_nine(shop: Path) -> None:
    """Every timer was started then."""
    store = open_database(str(shop))
    yesterday = session_of(store).now().date() - timedelta(days=1)
    nine = to_seconds(datetime.combine(yesterday, time(9)))
    store.execute_sql("UPDATE timer SET started_at = ?", (nine,))
    store.close()


def _hours(desk: Desk, number: int) -> list[tuple[str, str]]:
    return [(line["code"], line["quantity"]) for line in desk.job(number)["lines"] if line["kind"] == "hours"]


@pytest.mark.parametrize("term", ["vt220", "xterm-256color"])
def test_a_timer_runs_on_overnight_and_becomes_a_line_of_the_hours_that_were_worked(shop: Path, term: str) -> None:
    with Desk(shop, term=term) as evening:
        evening.new()
        evening.fill("Ingen billede", "t 9", "tv-service")
        number = evening.save()
        evening.press("<C-a>")
        evening.said("Your timer runs on job {number}.")
        evening.press("<Esc>")
        evening.program.wait_for(f"Stopur {number} 0:0")
        assert evening.quit() == 0

    _since_yesterday_at_nine(shop)
    with Desk(shop, term=term, env=ASKS) as morning:
        morning.program.wait_for("sig, hvornår arbejdet sluttede")
        assert _hours(morning, number) == []
        morning.press("j")
        morning.program.wait_for(f"Stopur på sag {number}")
        morning.press("1015<Tab>", "time<F2>")
        assert morning.said("Your timer on job {number} is stopped after {time}: {quantity} {text}.")["time"] == "1:15"
        assert "Stopur" not in morning.title
        assert _hours(morning, number) == [("TIME", "1.25")]
        assert morning.quit() == 0
