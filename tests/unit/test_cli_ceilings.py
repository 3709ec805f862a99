"""What a job may cost at most, on the command line."""

from __future__ import annotations

import json

from tests.unit.test_cli_planning import Command, made_shop, svc

__all__ = ["made_shop", "svc"]


def test_a_ceiling_is_set_told_raised_by_the_customers_yes_and_read_back(svc: Command) -> None:
    number = svc("list", "all", "--ids", "stage:open", "--limit", "1").stdout.strip()
    refused = svc("approve", number, "900", "--who", "Bodil")
    assert (refused.returncode, "The job has no ceiling" in refused.stderr) == (1, True)
    assert svc("edit", number, "ceiling=800").returncode == 0
    assert "Ceiling with VAT" in svc("show", number).stdout
    less = svc("approve", number, "800", "--who", "Bodil")
    assert (less.returncode, "800.00 is agreed already" in less.stderr) == (1, True)
    noted = svc("approve", number, "1,250.50", "--who", "Bodil", "--way", "mail")
    assert (noted.returncode, noted.stdout) == (0, f"Noted: up to 1,250.50 is agreed for job {number}.\n")
    found = json.loads(svc("show", number, "--json").stdout)
    assert found["ceiling"] == "800.00"
    assert [(one["up_to"], one["who"], one["way"]) for one in found["approvals"]] == [("1250.50", "Bodil", "mail")]
    assert "1,250.50  Bodil, by mail" in svc("show", number).stdout
    gone = svc("approve", "99999", "5", "--who", "Bodil")
    assert (gone.returncode, "There is no job 99999." in gone.stderr) == (1, True)
    assert svc("undo").returncode == 0
    assert json.loads(svc("show", number, "--json").stdout)["approvals"] == []
    assert svc("check").returncode == 0


def test_show_tells_every_field_that_somebody_filled(svc: Command) -> None:
    number = svc("list", "all", "--ids", "--limit", "1").stdout.strip()
    svc("edit", number, "fault=No picture\nbut sound", "found=Capacitor", "project=Hotel", "field1=K-7")
    told = svc("show", number).stdout
    for text in ("No picture", "Capacitor", "Hotel", "K-7"):
        assert text in told
