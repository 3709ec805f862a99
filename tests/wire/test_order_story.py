"""Two payers get what each owes, by keys alone; orders, invoices and a credit note are read back by commands."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from svc_tui.db.core.engine import open_database
from tests.db.billed import repaired, sells
from tests.wire.desk import Desk, command
from tests.wire.shops import session_of


@pytest.mark.parametrize("term", ["vt220", "xterm-256color"])
def test_two_payers_get_what_each_owes_and_one_line_is_credited(shop: Path, term: str) -> None:
    store = open_database(str(shop))
    session = session_of(store)
    sells(session)
    number = repaired(session).number
    store.close()
    with Desk(shop, term=term) as counter:
        counter.press("3<Enter>")
        assert str(number) in counter.title
        counter.press("<C-v>")
        counter.program.wait_for("Nordisk Elektronik")
        counter.press("<F2>")  # one order for each payer
        counter.program.wait_for("2 ordrer lavet")
        counter.press("<Esc>", "6")
        counter.program.wait_for("10002")
        counter.press("i")  # the supplier's
        counter.program.wait_for("Fakturér ordre 10002")
        counter.press("j")
        counter.program.wait_for("Faktura 10001")
        counter.program.wait_for("10001")
        counter.press("d")  # the customer's goes out
        counter.program.wait_for("Modtaget af")
        counter.press("<F2>")
        counter.program.wait_for("følgeseddel 10001")
        counter.press("i")
        counter.program.wait_for("Fakturér ordre 10001")
        counter.press("j")
        counter.program.wait_for("Faktura 10002")
        counter.press("<Right>")
        counter.program.wait_for("faktureret")
        counter.press("<Enter>")
        counter.program.wait_for("Papirer")
        assert counter.quit() == 0
    first, second = (asked(shop, "orders", str(order), "--json")[0] for order in (10_001, 10_002))
    assert [first["name"], first["state"], first["amount"]] == ["Jensen", "invoiced", 93_750]
    assert [second["name"], second["state"], second["amount"]] == ["Nordisk Elektronik", "invoiced", 161_875]
    assert [line["dispatched"] for line in first["lines"]] == [1_500]
    [note] = asked(shop, "credit", "10002", "--reason", "for mange timer", "--line", "1=0,5", "--json")
    assert (note["kind"], note["gross"]) == ("credit", 31_250)
    told = asked(shop, "document", note["number"], "--kind", "credit", "--json")[0]
    assert (told["takes_back"]["number"], told["totals"]["net"], told["reason"]) == ("10002", 25_000, "for mange timer")


def asked(shop: Path, *words: str) -> list[dict[str, Any]]:
    ran = subprocess.run(command(shop, *words), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in ran.stdout.splitlines()]
