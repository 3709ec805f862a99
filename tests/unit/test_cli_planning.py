"""The dashboard, handing out and the next job from the command line: the same figures and rights as on the screen."""

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
from svc_tui.domain.rights import Role
from tests.unit.test_cli import environment

Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]


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


@pytest.fixture
def svc(tmp_path: Path, made_shop: Path) -> Command:
    """Runs `svc-tui` on a copy of a small Danish demo shop, in English."""
    (tmp_path / "shop.db").write_bytes(made_shop.read_bytes())

    def run(*arguments: str) -> Ran:
        env = environment(tmp_path, SVC_TUI_DATABASE=str(tmp_path / "shop.db"))
        return subprocess.run(
            [sys.executable, "-m", "svc_tui.cli", "--language", "en", *arguments], check=False, capture_output=True,
            text=True, encoding="utf-8", cwd=tmp_path, env=env,
        )  # fmt: skip

    return run


def initials(made_shop: Path, role: Role) -> str:
    """Of the first one with a role."""
    store = open_database(str(made_shop))
    try:
        return next(entry.initials for entry in read_registers(store).employees if entry.role == role)
    finally:
        store.close()


def board(svc: Command, *arguments: str) -> dict[str, Any]:
    ran = svc("dashboard", *arguments, "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def row(found: dict[str, Any], who: str | None) -> dict[str, Any]:
    return next(one for one in found["rows"] if one["who"] == who and one["row"] != "all")


def busiest(svc: Command) -> dict[str, Any]:
    """The person with most that is not being worked on."""
    people = [one for one in board(svc)["rows"] if one["row"] == "person"]
    found: dict[str, Any] = max(people, key=lambda one: one["open"] - one["working"])
    return found


def other(svc: Command, than: str) -> str:
    return next(str(one["who"]) for one in board(svc)["rows"] if one["row"] == "person" and one["who"] != than)


def test_the_dashboard_counts_what_the_lists_count(svc: Command) -> None:
    found = board(svc)
    for one in found["rows"]:
        if one["row"] == "person":
            listed = svc("list", "all", "--ids", f"resp:{one['who']}", "stage:open").stdout.split()
            assert len(listed) == one["open"], one
    assert len(svc("list", "all", "--ids", "late:yes").stdout.split()) == found["head"]["late"]
    assert sum(one["open"] for one in found["rows"][:-1]) == found["rows"][-1]["open"] > 0


def test_a_list_is_looked_at_alone(svc: Command) -> None:
    whole, lists = board(svc), [board(svc, code) for code in ("product", "customer")]
    assert [found["list"] for found in lists] == ["product", "customer"]
    for found in lists:
        listed = svc("list", found["list"], "--ids", "stage:open").stdout.split()
        assert len(listed) == found["rows"][-1]["open"]
    assert board(svc, "all") | {"at": None} == whole | {"at": None}
    refused = svc("dashboard", "nolist")
    assert refused.returncode == 1
    assert "There is no list nolist here" in refused.stderr


def test_as_a_table_it_is_a_row_a_person(svc: Command) -> None:
    printed = svc("dashboard").stdout.splitlines()
    assert printed[1].split()[:3] == ["Who", "Open", "Late"]
    assert printed[2].startswith("Nobody")
    assert printed[-2].startswith("All")
    assert [line.split()[0] for line in printed[3:-2]] == [one["who"] for one in board(svc)["rows"][1:-1]]


def test_so_many_jobs_are_handed_out_and_one_act_takes_them_back(svc: Command) -> None:
    giver = busiest(svc)
    receiver = other(svc, giver["who"])
    had = row(board(svc), receiver)["open"]
    said = svc("hand-out", "--from", giver["who"], "--to", receiver, "--jobs", "3", "--dry-run")
    assert said.returncode == 0
    assert f"{giver['who']}: " in said.stdout
    assert "3 jobs would change. Nothing was written." in said.stdout
    assert row(board(svc), receiver)["open"] == had
    done = svc("hand-out", "--from", giver["who"], "--to", receiver, "--jobs", "3")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 jobs were handed out." in done.stdout
    assert row(board(svc), receiver)["open"] == had + 3
    assert svc("undo").returncode == 0
    assert row(board(svc), receiver)["open"] == had


def test_jobs_are_named_by_number_and_only_the_givers_go(svc: Command) -> None:
    giver = busiest(svc)["who"]
    receiver = other(svc, giver)
    mine = svc("list", "all", "--ids", f"resp:{giver}", "stage:open").stdout.split()
    theirs = svc("list", "all", "--ids", f"resp:{receiver}", "stage:open").stdout.split()
    third = next(
        one["who"] for one in board(svc)["rows"] if one["row"] == "person" and one["who"] not in (giver, receiver)
    )
    ran = svc("hand-out", "--from", giver, "--to", third, mine[0], theirs[0], "999999")
    assert ran.returncode == 1
    assert "1 job was handed out." in ran.stdout
    assert f"{theirs[0]} " in ran.stderr
    assert "has it." in ran.stderr
    assert "999999: there is no such job" in ran.stderr
    assert json.loads(svc("show", mine[0], "--json").stdout)["responsible"] == third
    assert json.loads(svc("show", theirs[0], "--json").stdout)["responsible"] == receiver


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--jobs", "2", "10001"), "not both"),
        ((), "Say which jobs"),
        (("--to", "none", "--all"), "Say with --to who gets the jobs"),
    ],
)
def test_what_is_not_clear_is_refused_with_the_remedy(svc: Command, arguments: tuple[str, ...], sentence: str) -> None:
    giver = busiest(svc)["who"]
    ran = svc("hand-out", "--from", giver, "--to", other(svc, giver), *arguments)
    assert ran.returncode == 1
    assert sentence in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_from_himself_to_himself_nothing_goes(svc: Command) -> None:
    giver = busiest(svc)["who"]
    ran = svc("hand-out", "--from", giver, "--to", giver, "--all")
    assert ran.returncode == 1
    assert "has these jobs already" in ran.stderr


def test_a_technician_sees_and_takes_his_next_job(svc: Command, made_shop: Path) -> None:
    me = initials(made_shop, Role.TECHNICIAN)
    queue = [json.loads(line) for line in svc("--as", me, "next", "--json").stdout.splitlines()]
    assert queue
    assert str(queue[0]["number"]) in svc("--as", me, "next").stdout.splitlines()[1]
    took = svc("--as", me, "next", "--take")
    assert f"Job {queue[0]['number']} is yours and in work" in took.stdout
    shown = json.loads(svc("show", str(queue[0]["number"]), "--json").stdout)
    assert (shown["responsible"], shown["stage"]) == (me, "working")
    rest = [json.loads(line)["number"] for line in svc("--as", me, "next", "--json").stdout.splitlines()]
    assert rest == [one["number"] for one in queue[1:]]


def test_what_nobody_has_is_taken_by_whoever_asks(svc: Command, made_shop: Path) -> None:
    me = initials(made_shop, Role.TECHNICIAN)
    mine = svc("list", "all", "--ids", f"resp:{me}", "stage:ready").stdout.split()
    assert svc("hand-out", "--from", me, "--to", "none", *mine).returncode == 1  # that is what assign is for
    assert svc("assign", *mine, "none").returncode == 0
    free = [json.loads(line)["number"] for line in svc("--as", me, "next", "--nobody", "--json").stdout.splitlines()]
    assert set(map(str, free)) <= set(mine) | set(svc("list", "all", "--ids", "resp:none").stdout.split())
    took = svc("--as", me, "next", "--nobody", "--take", "--json")
    assert json.loads(took.stdout)["number"] == free[0]
    assert json.loads(svc("show", str(free[0]), "--json").stdout)["responsible"] == me


def test_who_may_not_see_or_hand_out_is_refused(svc: Command, made_shop: Path) -> None:
    reader = initials(made_shop, Role.COUNTER)
    giver = busiest(svc)["who"]
    refused = svc("--as", reader, "hand-out", "--from", giver, "--to", other(svc, giver), "--jobs", "2")
    assert refused.returncode == 1
    assert refused.stderr.startswith("svc-tui: ")
