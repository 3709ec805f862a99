"""What holds for the whole shop, set on the command line: its time zone, its language, its hours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.unit.test_cli import environment, refused

Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]


@pytest.fixture(scope="module")
def svc(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Runs `svc-tui` on a small Danish demo shop that was made in Denmark."""
    folder = tmp_path_factory.mktemp("shop")

    def run(*arguments: str, **more: str) -> Ran:
        env = environment(folder, **({"SVC_TUI_DATABASE": str(folder / "shop.db"), "TZ": "Europe/Copenhagen"} | more))
        return subprocess.run(
            [sys.executable, "-m", "svc_tui.cli", *arguments], check=False,
            capture_output=True, text=True, encoding="utf-8", cwd=folder, env=env, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    made = run("demo", "shop.db", "--activities", "60", "--contacts", "30", "--language", "da", "--create-only")
    assert (made.returncode, made.stderr) == (0, "")
    return run


def shop(svc: Command) -> dict[str, str]:
    return dict(line.split("=", 1) for line in svc("company").stdout.splitlines())


def first(svc: Command, **more: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(svc("list", "all", "--json", **more).stdout.splitlines()[0])
    return found


def test_a_new_shop_has_the_time_zone_of_its_machine_and_the_language_it_was_made_in(svc: Command) -> None:
    found = shop(svc)
    assert (found["timezone"], found["language"], found["opens"], found["closes"]) == (
        "Europe/Copenhagen", "da", "09:00", "17:00",
    )  # fmt: skip


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu", "UTC", "nonsense"])
def test_a_machine_in_another_time_zone_shows_and_reads_the_same_times(svc: Command, zone: str) -> None:
    here = first(svc)
    assert first(svc, TZ=zone) == here
    number = str(here["number"])
    # A promise that stands would give its time of day to the new one.
    assert svc("edit", number, "start=2/12/2026 0800", "promised=", TZ=zone).returncode == 0
    assert svc("edit", number, "start=1430", "promised=3/12/2026", TZ=zone).returncode == 0
    found = json.loads(svc("show", number, "--json").stdout)
    assert (found["start"], found["promised"]) == ("2026-12-02T14:30", "2026-12-03T17:00")
    assert svc("list", "all", f"nr:{number}", TZ=zone).stdout == svc("list", "all", f"nr:{number}").stdout
    assert svc("list", "all", "start:2.12.2026", "--ids", TZ=zone).stdout.split() == [number]
    assert svc("list", "all", "start:1.12.2026", f"nr:{number}", "--ids", TZ=zone).stdout == ""


def test_fields_are_set_and_told(svc: Command) -> None:
    ran = svc("company", "timezone=europe/oslo", "opens=8", "closes=1630", "name=Holms Værksted")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[:4] == [
        "name=Holms Værksted", "timezone=Europe/Oslo", "opens=08:00", "closes=16:30",
    ]  # fmt: skip
    assert svc("company", "opens=8:00").stdout == "It is so already.\n"
    assert svc("company", "time-zone=Europe/Copenhagen", "opens=9", "closes=17").returncode == 0


def test_fields_and_values_are_told_in_the_users_language_and_set_in_any(svc: Command) -> None:
    danish = {"LC_MESSAGES": "da_DK.UTF-8"}
    ran = svc("company", "slut=opgaveliste", "garanti=30", "åbner=8", **danish)
    assert (ran.returncode, ran.stdout) == (0, "åbner=08:00\ngaranti=30\nslut=opgaveliste\n")
    assert (shop(svc)["end"], shop(svc)["warranty"]) == ("tasklist", "30")
    told = svc("company", **danish).stdout.splitlines()
    assert not {line.partition("=")[0] for line in told} & {"name", "timezone", "opens", "warranty", "end"}
    ran = svc("company", "slut=måske", **danish)
    assert (ran.returncode, ran.stderr) == (1, "svc-tui: Vælg aldrig, altid eller opgaveliste.\n")
    assert svc("company", *told, **danish).stdout == "Sådan er det allerede.\n"  # told as it is typed
    assert svc("company", "end=never", "warranty=90", "opens=9", **danish).returncode == 0


@pytest.mark.parametrize("days", ["soon", "4000", "99999999999999999999", "-1"])
def test_the_warranty_on_repairs_is_bounded(svc: Command, days: str) -> None:
    assert "The warranty on repairs is 0 to 3650 days." in refused(svc("company", f"warranty={days}"))


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("timezone=Mars/Olympus", "“Mars/Olympus” is no time zone; write one such as Europe/Copenhagen"),
        ("timezone=", "is no time zone"),
        ("language=de", "Choose one of the languages da, en, nb, sv."),
        ("opens=25", "“25” is not a time of day; write for example 9, 930 or 14:30"),
        ("opens=18", "The shop must open before it closes"),
        ("closes=8", "The shop must open before it closes"),
        ("duration=soon", "“soon” is no number of minutes; write for example 60."),
        ("duration=99999999999999999999", "is no number of minutes"),
        ("colour=red", "The shop has no field colour; use one of: name address"),
        ("currency=kroner", "three capitals"),
        ("name=", "Write the name of the shop."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_nothing_is_changed(
    svc: Command, word: str, sentence: str
) -> None:
    before = shop(svc)
    assert sentence in refused(svc("company", word, "phone=12345678"))
    assert shop(svc) == before


@pytest.mark.parametrize("words", [["timezone"], ["opens=8", "opens=9"], ["--opens=8"]])
def test_wrong_usage_is_told(svc: Command, words: list[str]) -> None:
    assert svc("company", *words).returncode == 2


def test_who_may_not_is_refused(svc: Command) -> None:
    people = {job["responsible"] for job in map(json.loads, svc("list", "all", "--json").stdout.splitlines())}
    codes = {svc("company", "opens=8", "--as", str(one)).returncode for one in people if one}
    assert 1 in codes
    svc("company", "opens=9")


def test_a_service_account_speaks_the_shops_language(svc: Command) -> None:
    account = {"LANG": "C.UTF-8", "LC_MESSAGES": "", "LC_ALL": ""}
    number = str(first(svc)["number"])
    assert "Emne" in svc("show", number, **account).stdout
    assert "Subject" in svc("show", number, **(account | {"LANG": "en_GB.UTF-8"})).stdout
    assert "Subject" in svc("show", number, "--language", "en", **account).stdout
    assert svc("company", "language=en").returncode == 0
    try:
        assert "Subject" in svc("show", number, **account).stdout
    finally:
        svc("company", "language=da")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("show", "-1"), "-1 er intet tal; skriv et helt tal fra 0 og op"),
        (("show", "9" * 19), "er intet tal på højst 18 cifre"),
        (("list", "all", "--limit", "few"), "few er intet tal; skriv et helt tal fra 0 og op"),
        (("list",), "her mangler: LISTE"),
        (("fly",), "kendes ikke"),
        (("edit", "5", "a"), "sig, hvad der skal sættes"),
    ],
)
def test_wrong_usage_is_told_in_the_shops_language_where_nothing_names_another(
    svc: Command, arguments: tuple[str, ...], told: str
) -> None:
    account = {"LANG": "C.UTF-8", "LC_MESSAGES": "", "LC_ALL": ""}
    ran = svc(*arguments, **account)
    assert ran.returncode == 2
    assert told in ran.stderr
    assert told not in svc(*arguments, **(account | {"LANG": "en_GB.UTF-8"})).stderr


@pytest.mark.parametrize("arguments", [(), ("list", "all"), ("check",)])
@pytest.mark.parametrize("empty", [("--database", ""), ("--database=",), ("--database", "  ")])
def test_an_empty_name_of_a_database_is_refused_and_opens_no_other(
    svc: Command, arguments: tuple[str, ...], empty: tuple[str, ...]
) -> None:
    ran = svc(*empty, *arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "--database names no database" in ran.stderr


def test_an_export_is_in_the_shops_language_whoever_exports(svc: Command, tmp_path: Path) -> None:
    for name, more in (("a.csv", {"LC_MESSAGES": "en"}), ("b.csv", {"LC_MESSAGES": "da_DK.UTF-8"})):
        assert svc("export", "activities", str(tmp_path / name), **more).returncode == 0
    assert (tmp_path / "a.csv").read_text("utf-8-sig") == (tmp_path / "b.csv").read_text("utf-8-sig")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("Nummer;Emne;")


def test_today_is_the_shops_day(svc: Command) -> None:
    """Kiritimati is a day ahead of Niue, whatever o'clock it is."""
    number = str(first(svc)["number"])
    svc("company", "timezone=Pacific/Kiritimati")
    svc("edit", number, "start=today 12")
    ahead = json.loads(svc("show", number, "--json").stdout)["start"]
    svc("company", "timezone=Pacific/Niue")
    svc("edit", number, "start=today 12")
    behind = json.loads(svc("show", number, "--json").stdout)["start"]
    svc("company", "timezone=Europe/Copenhagen")
    assert (datetime.fromisoformat(ahead) - datetime.fromisoformat(behind)).days in (1, 2)


def test_the_opening_hours_are_set_in_the_words_of_a_language_and_told_so_that_they_can_be_typed_again(
    svc: Command,
) -> None:
    assert shop(svc)["hours"] == "mon-fri 9:00-17:00"
    changed = svc("--language", "da", "company", "åbningstider=man-fre 8-12 12:30-16:30, lør 10-13", "telefon=12345678")
    assert changed.returncode == 0, changed.stderr
    assert "åbningstider=man-fre 8:00-12:00 12:30-16:30, lør 10:00-13:00" in changed.stdout
    told = shop(svc)["hours"]
    assert told == "mon-fri 8:00-12:00 12:30-16:30, sat 10:00-13:00"
    assert svc("company", f"hours={told}").stdout.strip()
    assert shop(svc)["hours"] == told


def test_hours_that_are_none_are_refused_and_nothing_else_is_changed(svc: Command) -> None:
    before = shop(svc)
    refused(svc("company", "hours=mon 16-8", "phone=99999999"))
    refused(svc("company", "hours=", "phone=99999999"))
    assert shop(svc) == before
