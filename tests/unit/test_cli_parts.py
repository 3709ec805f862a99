"""Parts on the command line: what jobs lack, ordering it, and booking what came."""

from __future__ import annotations

import json

from tests.unit.test_cli_planning import Command, made_shop, svc

__all__ = ["made_shop", "svc"]


def test_what_jobs_lack_is_printed_ordered_and_written(svc: Command) -> None:
    lacking = [json.loads(line) for line in svc("purchase", "--json").stdout.splitlines()]
    assert lacking
    assert lacking[0]["code"] in svc("purchase").stdout
    supplier = next(row["supplier"] for row in lacking if row["supplier"])
    made = svc("purchase", "--supplier", supplier, "--expected", "+3")
    assert (made.returncode, made.stdout[:15]) == (0, "Ordered: order ")
    number = made.stdout.strip().rstrip(".").split()[-1]
    assert supplier in svc("purchase", number).stdout
    assert svc("purchase", number, "--out", "order.csv").returncode == 0
    assert svc("purchase", number, "--out", "order.csv").returncode != 0, "no file is written over"
    again = svc("purchase", "--supplier", supplier)
    assert (again.returncode, "No job lacks a part of" in again.stderr) == (1, True)
    owed = [json.loads(line) for line in svc("arrive", "--json").stdout.splitlines()]
    assert int(number) in {row["order"] for row in owed}


def test_what_came_is_booked_for_its_jobs(svc: Command) -> None:
    owed = [json.loads(line) for line in svc("arrive", "--json").stdout.splitlines()]
    codes = [row["code"] for row in owed]
    row = next(row for row in owed if codes.count(row["code"]) == 1 and row["jobs"])
    came = svc("arrive", row["code"], "--move")
    assert came.returncode == 0, came.stderr
    assert str(row["jobs"][0]) in came.stdout
    left = [json.loads(line)["code"] for line in svc("arrive", "--json").stdout.splitlines()]
    assert row["code"] not in left
    refused = svc("arrive", "NOTHING-OF-IT")
    assert (refused.returncode, "0 lines of orders fit" in refused.stderr) == (1, True)
    assert svc("check").returncode == 0
