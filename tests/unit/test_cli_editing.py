"""Changing jobs from the command line: one act a command, refusals by number, pipes, and the way back."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.db.people.registers import read_registers
from svc_tui.services.core.session import open_session
from svc_tui.services.jobs import typed_edits
from svc_tui.services.people import company
from tests.unit.test_cli import environment

Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]


@pytest.fixture
def svc(tmp_path: Path, made_shop: Path) -> Command:
    """Runs `svc-tui` on a copy of a small Danish demo shop; `stdin` is what it reads."""
    (tmp_path / "shop.db").write_bytes(made_shop.read_bytes())

    def run(*arguments: str, stdin: str = "") -> Ran:
        env = environment(tmp_path, SVC_TUI_DATABASE=str(tmp_path / "shop.db"))
        return subprocess.run(
            [sys.executable, "-m", "svc_tui.cli", *arguments], check=False, input=stdin, capture_output=True, text=True,
            encoding="utf-8", cwd=tmp_path, env=env,
        )  # fmt: skip

    return run


@pytest.fixture(scope="module")
def made_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    made = subprocess.run(
        [sys.executable, "-m", "svc_tui.cli", "demo", "shop.db", "--activities", "900", "--contacts", "300",
         "--language", "da", "--create-only"],
        check=False, capture_output=True, text=True, encoding="utf-8", cwd=folder, env=environment(folder),
    )  # fmt: skip
    assert (made.returncode, made.stderr) == (0, "")
    return folder / "shop.db"


def job(svc: Command, number: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(svc("show", number, "--json").stdout)
    return found


def numbers(svc: Command, *terms: str) -> list[str]:
    return svc("list", "all", "--ids", *terms).stdout.split()


def act_of(ran: Ran) -> str:
    """The number of the act that a command says it was."""
    return ran.stdout.split("svc-tui undo ")[1].split()[0]


def test_several_fields_of_several_jobs_are_one_act_that_can_be_undone(svc: Command) -> None:
    first, second, *_ = numbers(svc, "stage:open")
    before = job(svc, first)

    ran = svc(
        "edit", first, second, "subject=Ny tekst", "status=venter på dele", "resp=AH", "prioritet=høj",
        "promised=24.12.2026 15:30", "note=Aftalt med kunden",
    )  # fmt: skip

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("2 jobs changed.")
    for number in (first, second):
        now = job(svc, number)
        assert (now["subject"], now["status"], now["stage"]) == ("Ny tekst", "Venter på dele", "waiting")
        assert (now["responsible"], now["priority"], now["promised"]) == ("AH", "Høj", "2026-12-24T15:30")
        assert now["note"].endswith("Aftalt med kunden")
    undone = svc("undo", act_of(ran))
    assert (undone.returncode, undone.stdout.splitlines()[0]) == (0, "Undone: Job changed, 2 jobs.")
    assert act_of(undone) == str(int(act_of(ran)) + 1), "an undo tells the number of its own act"
    after = job(svc, first)
    assert after | {"version": 0} == before | {"version": 0}


def test_an_empty_value_clears_a_field(svc: Command) -> None:
    number = numbers(svc, "-resp:none", "type:tv")[0]
    svc("edit", number, "promised=+3")
    ran = svc("edit", number, "promised=", "priority=", "project=")
    assert ran.returncode == 0
    now = job(svc, number)
    assert (now["promised"], now["priority"]) == (None, None)
    assert "cannot be left empty" in svc("edit", number, "status=").stderr


def test_a_start_without_a_time_keeps_the_time_of_day(svc: Command) -> None:
    number = numbers(svc, "stage:open")[0]
    clock = job(svc, number)["start"][11:]
    svc("edit", number, "start=1.3.2027")
    assert job(svc, number)["start"] == f"2027-03-01T{clock}"
    svc("edit", number, "start=2.3.2027 14:15")
    assert job(svc, number)["start"] == "2027-03-02T14:15"


def test_done_and_assign_take_numbers_from_a_pipe(svc: Command) -> None:
    listed = svc("list", "product", "stage:open", "--ids").stdout
    count = len(listed.split())
    assert count > 1

    assigned = svc("assign", "-", "AH", stdin=listed)
    assert (assigned.returncode, assigned.stderr) == (0, "")
    assert all(job(svc, number)["responsible"] == "AH" for number in listed.split()[:3])

    refused = svc("done", "-", "--dry-run", stdin=listed)
    assert (refused.returncode, "is not dealt with" in refused.stderr) == (1, True), "some have open parts"
    done = svc("done", "-", "--parts", "unneeded", stdin=listed)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"{count} jobs changed.")
    assert job(svc, listed.split()[0])["stage"] == "done"
    assert numbers(svc, "list:product", "stage:open") == []


def test_a_pipe_without_numbers_changes_nothing(svc: Command) -> None:
    ran = svc("done", "-", stdin="")
    assert (ran.returncode, ran.stdout) == (0, "0 jobs changed.\n")


def test_an_unknown_number_is_told_and_the_others_go_through(svc: Command) -> None:
    number = numbers(svc, "stage:open")[0]
    ran = svc("done", "99", number, "98")
    assert (ran.returncode, ran.stdout.splitlines()[0]) == (1, "1 job changed.")
    assert [line.split(":")[1].strip() for line in ran.stderr.splitlines()] == ["99", "98"]


def test_what_a_job_refuses_is_told_with_its_number_and_subject(svc: Command) -> None:
    number = numbers(svc, "stage:open")[0]
    ran = svc("edit", number, "end=1.1.2001")
    assert (ran.returncode, ran.stdout) == (1, "0 jobs changed.\n")
    assert number in ran.stderr
    assert "end lies before the start" in ran.stderr


def test_a_dry_run_says_what_would_happen_and_writes_nothing(svc: Command) -> None:
    number = numbers(svc, "stage:open")[0]
    before = job(svc, number)
    ran = svc("edit", number, "subject=Andet", "--dry-run", "status=udført")
    assert ran.returncode == 0
    assert f"{number} {before['subject']}: Subject: {before['subject']} → Andet" in ran.stdout
    assert "1 job would change. Nothing was written." in ran.stdout
    assert job(svc, number) == before
    svc("done", number)
    foreseen = svc("undo", "--dry-run")
    assert "Done: 1 job would be put back." in foreseen.stdout
    assert job(svc, number)["stage"] == "done"


def test_a_note_comes_from_the_text_or_from_standard_input(svc: Command) -> None:
    first, second, *_ = numbers(svc, "stage:open")
    svc("note", first, "--text", "Kunden ringer")
    svc("note", first, second, stdin="Ring\ntilbage\n")
    assert job(svc, first)["note"].endswith("Kunden ringer\nRing\ntilbage")
    assert job(svc, second)["note"].endswith("Ring\ntilbage")
    assert "empty" in svc("note", first, stdin="").stderr


def test_a_device_that_another_customer_may_not_have_is_told_to_be_taken_off(svc: Command) -> None:
    number = next(found for found in numbers(svc, "stage:open", "-customer:none") if job(svc, found)["device"])
    before = job(svc, number)
    ran = svc("edit", number, f"customer={_another_customer(svc, before['customer'])}")
    assert ran.returncode == 0
    assert job(svc, number)["device"] is None
    assert f"Taken off, for it belongs to {before['customer']}: {before['device']['name']}" in ran.stdout


def _another_customer(svc: Command, name: str) -> str:
    """The number of a customer of another name."""
    of_jobs = (job(svc, number) for number in numbers(svc, "stage:open", "-customer:none"))
    other = next(found for found in of_jobs if found["customer"] != name)
    return str(next(link["number"] for link in other["links"] if link["role"] == "customer"))


def test_a_customer_is_named_by_number_or_name(svc: Command) -> None:
    number, other, *_ = numbers(svc, "stage:open", "-customer:none")
    links = [link for link in job(svc, other)["links"] if link["role"] == "customer"]
    ran = svc("edit", number, f"customer={links[0]['number']}")
    assert ran.returncode == 0
    assert job(svc, number)["customer"] == links[0]["contact"]
    assert "no contact" in svc("edit", number, "kunde=1").stderr
    assert "No contact is found" in svc("edit", number, "customer=xyzzy").stderr


def test_names_that_mean_nothing_or_several_are_refused_and_nothing_is_changed(svc: Command) -> None:
    number = numbers(svc, "stage:open")[0]
    before = job(svc, number)
    for word, told in (
        ("status=venter", "means several"),
        ("status=xyzzy", "is no status here"),
        ("colour=red", "There is no field colour"),
        ("promised=xyzzy", "is not a date"),
    ):
        ran = svc("edit", number, "subject=X", word)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert told in ran.stderr
    assert job(svc, number) == before


def _somebody(path: Path, role: str) -> str:
    """The initials of an employee with a role."""
    store = open_database(str(path))
    try:
        return next(entry.initials for entry in read_registers(store).employees if entry.role == role)
    finally:
        store.close()


def test_the_rights_are_those_of_the_screens(svc: Command, tmp_path: Path) -> None:
    first, second, *_ = numbers(svc, "stage:open")
    technician = _somebody(tmp_path / "shop.db", "technician")
    many = svc("done", first, second, "--as", technician)
    assert (many.returncode, many.stdout) == (1, "")
    assert "several jobs at once" in many.stderr
    assert svc("done", first, "--as", technician).returncode == 0
    act = svc("done", second).stdout.split("undo ")[1].split()[0]
    assert "your own changes only" in svc("undo", act, "--as", technician).stderr


def test_undo_without_a_number_is_the_last_act_and_the_one_before_it_only_with_again(svc: Command) -> None:
    number = numbers(svc, "stage:ready")[0]
    before = job(svc, number)
    edited = act_of(svc("edit", number, "subject=Et"))
    svc("done", number)
    assert "Done" in svc("undo").stdout
    assert job(svc, number)["subject"] == "Et"

    second = svc("undo")
    assert (second.returncode, second.stdout) == (1, "")
    for told in ("undone already", f"act {edited}: Job changed {number} Et", "--again"):
        assert told in second.stderr
    assert job(svc, number)["subject"] == "Et"

    again = svc("undo", "--again")
    assert again.returncode == 0
    assert job(svc, number)["subject"] == before["subject"]
    svc("undo", act_of(again))
    assert job(svc, number)["subject"] == "Et"
    assert "Job changed" in svc("undo").stdout, "after doing it again it is the last act"
    assert job(svc, number)["subject"] == before["subject"]


def test_undo_takes_the_last_act_whatever_it_was(svc: Command, tmp_path: Path) -> None:
    number = numbers(svc, "stage:ready")[0]
    svc("edit", number, "subject=Et")
    store = open_database(str(tmp_path / "shop.db"))
    session = open_session(store, None, "en")
    actor = store.sql("SELECT actor_id FROM change_set ORDER BY id DESC LIMIT 1")[0][0]
    session.employee = session.registers.employee(actor)
    company.change_company(session, {"phone": "11 22 33 44"})
    store.close()
    ran = svc("undo")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "11 22 33 44" not in svc("company").stdout
    assert job(svc, number)["subject"] == "Et"


@pytest.mark.parametrize(
    "arguments",
    [
        ["edit", "10001"],
        ["edit", "subject=x"],
        ["edit", "x", "subject=y"],
        ["done"],
        ["done", "x"],
        ["done", "10001", "--frobnicate"],
        ["assign", "AH"],
        ["note", "-"],
        ["undo", "x"],
        ["undo", "1", "2"],
    ],
)
def test_wrong_usage_is_2(svc: Command, arguments: list[str]) -> None:
    ran = svc(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "usage" in ran.stderr


def test_something_else_than_numbers_in_a_pipe_is_refused_whole(svc: Command) -> None:
    ran = svc("done", "-", stdin="10001\nhej\n")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "hej" in ran.stderr


def test_export_takes_the_filter_of_the_list(svc: Command, tmp_path: Path) -> None:
    ran = svc("export", "activities", "open.json", "stage:open", "-type:tv")
    assert ran.returncode == 0
    written = [json.loads(line)["number"] for line in (tmp_path / "open.json").read_text("utf-8").splitlines()]
    assert sorted(written) == sorted(int(number) for number in numbers(svc, "stage:open", "-type:tv"))
    assert "Only activities" in svc("export", "contacts", "c.csv", "stage:open").stderr
    assert "statsu" in svc("export", "activities", "x.csv", "statsu:x").stderr


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("resp", "responsible"), ("Ansvarlig", "responsible"), ("emne", "subject"), ("Ærende", "subject"),
        ("status", "status"), ("lovet", "promised"), ("kunde", "customer"), ("fejl", "fault_told"),
        ("fau", "fault_told"), ("p", None), ("pr", None), ("prio", "priority"), ("", None), ("field1", "user_field1"),
    ],
)  # fmt: skip
def test_a_field_is_named_in_any_of_the_languages_or_by_its_beginning(name: str, field: str | None) -> None:
    assert typed_edits.field_named("da", name) == field


def test_a_refused_number_is_told_as_it_was_written(svc: Command) -> None:
    for number in ("0", "1"):
        assert svc("edit", number, "resp=ah").stderr.strip() == f"svc-tui: {number}: there is no such job"
