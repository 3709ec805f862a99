"""Several processes issue at once, and some are killed: no gap, no double, nothing without its bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from svc_tui.db.upkeep.integrity import findings
from svc_tui.services.core.session import Session
from tests.db.billed import line, only, ordered, repaired, sells

PIECES = 20
ISSUERS, KILLED = 4, 2

ISSUER = """
import sys
from svc_tui.db.core.engine import open_database
from svc_tui.services.core.session import open_session
from svc_tui.services.orders import issuing
from tests.db.billed import rendered

store = open_database(sys.argv[1])
session = open_session(store, None, "da")
session.employee = next(one for one in session.registers.employees if one.initials == "AH")
print("begun", flush=True)
for _ in range(int(sys.argv[3])):
    issuing.issue(session, [{int(sys.argv[2]): 1000}], rendered)
    print("issued", flush=True)
"""


def test_numbers_have_no_gap_whoever_issues_and_is_killed(shop: Session, database_url: str) -> None:
    sells(shop)
    lines = [
        only(ordered(shop, repaired(shop, [line("Kabel", PIECES * 1000, 333)], f"Kunde {place}"))[0]).id
        for place in range(ISSUERS)
    ]
    address = str(shop.store.path) if shop.store.path is not None else database_url
    root = Path(__file__).resolve().parents[2]
    issuers = [
        subprocess.Popen(
            [sys.executable, "-c", ISSUER, address, str(row), str(PIECES)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=root,
            env=os.environ | {"SVC_TUI_DATABASE": address},
        )
        for row in lines
    ]
    for place, issuer in enumerate(issuers):
        assert issuer.stdout is not None
        assert issuer.stdout.readline() == "begun\n"
        if place < KILLED:
            issuer.stdout.readline()
            time.sleep(0.02 * place)
            issuer.send_signal(signal.SIGKILL)
    for issuer in issuers:
        issuer.communicate(timeout=120)
    numbers = [row[0] for row in shop.store.sql("SELECT number FROM document ORDER BY number")]
    assert numbers == list(range(10_001, 10_001 + len(numbers)))
    assert len(numbers) >= (ISSUERS - KILLED) * PIECES + KILLED
    assert shop.store.sql("SELECT value FROM counter WHERE name = 'invoice'") == [(numbers[-1],)]
    files = "SELECT count(*) FROM document_file WHERE format = 'text' AND document_id IS NOT NULL"
    assert shop.store.sql(files) == [(len(numbers),)]
    whole = shop.store.sql(
        "SELECT sum(amount) FROM document_line GROUP BY order_line_id HAVING count(*) = ?", (PIECES,)
    )
    assert [int(row[0]) for row in whole] == [PIECES * 333] * len(whole)
    assert list(findings(shop.store)) == []
