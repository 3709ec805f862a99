"""P26: statistics over all jobs. Each in a process of its own, which prints its figures as JSON.

usage: python -m bench.figures statistics URL
"""

from __future__ import annotations

import json
import sys
import time

from bench.shops import Shop


def statistics(url: str) -> dict[str, float]:
    """Seconds until the counts are there, and until all figures are: the worst grouping, of a year and of all."""
    from svc_tui.domain.reports.figures import Basis, By
    from svc_tui.domain.reports.periods import Period
    from svc_tui.services.reports import statistics as service
    from svc_tui.services.reports.statistics import Wanted

    worst = {"year: first": 0.0, "year: all": 0.0, "all time: first": 0.0, "all time: all": 0.0}
    with Shop(url, 0).session() as session:
        for name, period in (("year", service.usual_period(session)), ("all time", Period(None, None))):
            for by in By:
                for basis in Basis:
                    began = time.perf_counter()
                    counted = service.counts(session, Wanted(by, period, basis))
                    first = time.perf_counter() - began
                    service.whole(session, counted)
                    whole = time.perf_counter() - began
                    worst[f"{name}: first"] = max(worst[f"{name}: first"], first)
                    worst[f"{name}: all"] = max(worst[f"{name}: all"], whole)
                    print(f"{name} {by.value} {basis.value}: {first:.2f} {whole:.2f}", file=sys.stderr)
    return worst


if __name__ == "__main__":
    print(json.dumps(statistics(sys.argv[2])))
