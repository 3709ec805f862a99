"""The command line as a shop's scripts meet it: the real command, its exit codes, sentences and JSON."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svc_tui import cli
from svc_tui.commandline import running
from svc_tui.commandline.arguments import of_plain_start, subjects
from svc_tui.domain.job_fields import SHIPPED

ROOT = Path(__file__).parents[2]
Ran = subprocess.CompletedProcess[str]
Command = Callable[..., Ran]


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("SVC_TUI_DATABASE", "LANGUAGE")}
    spoken = {"LC_ALL": "", "LANG": "C.UTF-8", "LC_MESSAGES": "en"}
    return kept | spoken | {"XDG_DATA_HOME": str(folder / "data"), "PYTHONPATH": str(ROOT)} | more


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shop")


@pytest.fixture(scope="module")
def svc(folder: Path) -> Command:
    """Runs `svc-tui` on a small Danish demo shop."""

    def run(*arguments: str, **more: str) -> Ran:
        env = environment(folder, **({"SVC_TUI_DATABASE": str(folder / "shop.db")} | more))
        return subprocess.run(
            [sys.executable, "-m", "svc_tui.cli", *arguments], check=False,
            capture_output=True, text=True, encoding="utf-8", cwd=folder, env=env, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    made = run("demo", "shop.db", "--activities", "60", "--contacts", "30", "--language", "da", "--create-only")
    assert (made.returncode, made.stderr) == (0, "")
    return run


def refused(ran: Ran) -> str:
    """The one sentence of a refusal."""
    assert (ran.returncode, ran.stdout) == (1, "")
    (sentence,) = ran.stderr.splitlines()
    return sentence


def test_list_and_show_tell_the_same_in_json(svc: Command) -> None:
    listed = svc("list", "all", "--json")
    jobs = [json.loads(line) for line in listed.stdout.splitlines()]

    assert (listed.returncode, len(jobs)) == (0, 60)
    assert {code for job in jobs for code in job["lists"]} == {"product", "customer"}
    assert json.loads(svc("show", str(jobs[7]["number"]), "--json").stdout) == jobs[7]
    assert list(jobs[0]) == [
        "number", "lists", "subject", "start", "end", "promised", "type", "status", "stage", "priority",
        "responsible", "customer", "links", "device", *SHIPPED, "lines", "note", "approvals",
        "version",
    ]  # fmt: skip


def test_a_filter_is_the_line_of_the_screen(svc: Command) -> None:
    every = {json.loads(line)["number"]: json.loads(line) for line in svc("list", "all", "--json").stdout.splitlines()}
    done = {int(line) for line in svc("list", "all", "stage:done", "--ids").stdout.splitlines()}
    rest = {int(line) for line in svc("list", "all", "--ids", "-stage:done").stdout.splitlines()}

    assert done == {number for number, job in every.items() if job["stage"] == "done"}
    assert rest == set(every) - done
    one = next(iter(every))
    assert svc("list", "all", "--ids", f"number:{one}", "-stage:cancelled").stdout.split() in ([str(one)], [])


def test_a_list_is_sorted_by_a_column_and_no_longer_than_asked(svc: Command) -> None:
    jobs = [json.loads(line) for line in svc("list", "all", "--json").stdout.splitlines()]
    numbers = sorted(job["number"] for job in jobs)

    def ids(*arguments: str) -> list[int]:
        listed = svc("list", "all", "--ids", *arguments)
        assert listed.returncode == 0, listed.stderr
        return [int(line) for line in listed.stdout.splitlines()]

    assert ids("--sort", "number") == numbers
    assert ids("--sort", "number", "--descending") == ids("--sort=-number") == numbers[::-1]
    assert ids("--sort", "nummer", "--limit", "3", "--language", "da") == numbers[:3]
    assert ids("--limit", "5") == ids()[:5]
    assert ids("--descending") == ids()[::-1]
    assert ids("--limit", "0") == []
    subjects = {job["number"]: job["subject"].casefold() for job in jobs}
    assert [subjects[number][:1] for number in ids("--sort", "subject")] == sorted(
        (text[:1] for text in subjects.values()), key=lambda letter: letter.replace("å", "ø~")
    )
    assert "start, subject, customer" in refused(svc("list", "all", "--sort", "colour"))


@pytest.mark.parametrize("filter", ["x", "???", "&", "-x", '""', "screen x"])
def test_a_filter_with_nothing_to_search_for_is_refused_and_prints_no_job(svc: Command, filter: str) -> None:
    assert "search for" in refused(svc("list", "all", "--ids", filter))


def test_a_shell_argument_is_read_as_on_the_screen(svc: Command) -> None:
    jobs = [json.loads(line) for line in svc("list", "all", "--json").stdout.splitlines()]
    name = next(job["status"] for job in jobs if " " in job["status"])
    meant = [str(job["number"]) for job in jobs if job["status"] == name]
    for arguments in ([f'status:"{name}"'], [f"status:{name}"], f"status:{name}".split()):
        assert svc("list", "all", "--ids", *arguments).stdout.split() == meant


def test_the_table_is_aligned_and_show_tells_a_job(svc: Command) -> None:
    table = svc("list", "product").stdout.splitlines()
    place = table[0].index("Subject")
    assert all(line[place - 1] == " " for line in table)
    number = table[1].split()[0]

    told = svc("show", number)

    assert told.returncode == 0
    assert number in told.stdout.splitlines()[0]
    assert told.stdout.isprintable() is False
    assert all(line.isprintable() for line in told.stdout.splitlines())


def test_refusals_are_one_sentence_and_1(svc: Command, folder: Path) -> None:
    assert "99" in refused(svc("show", "99"))
    assert "product, customer, all" in refused(svc("list", "nowhere"))
    assert "statsu" in refused(svc("list", "all", "statsu:x"))
    assert "none.db" in refused(svc("list", "all", "--database", str(folder / "none.db")))
    assert "exists already" in refused(svc("demo", "shop.db", "--create-only"))
    assert "ZZ" in refused(svc("list", "all", "--as", "ZZ"))
    assert "missing.csv" in refused(svc("import", "contacts", "missing.csv"))
    assert ".csv or .json" in refused(svc("export", "contacts", "x.txt"))
    assert "yet" in refused(svc("export", "orders", "x.csv"))
    (folder / "empty.db").touch()
    assert "no shop" in refused(svc("show", "10001", "--database", "empty.db"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["frobnicate"],
        ["list"],
        ["list", "all", "--frobnicate"],
        ["show", "x"],
        ["show", "10001", "10002"],
        ["list", "all", "--as", "AH", "--as", "HV"],
        ["check", "--as", "AH"],
        ["demo", "x.db", "--activities", "-1"],
        ["--language", "xx", "list", "all"],
        ["--frobnicate"],
    ],
)
def test_wrong_usage_is_2(svc: Command, arguments: list[str]) -> None:
    ran = svc(*arguments)

    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Traceback" not in ran.stderr
    assert "\0" not in ran.stderr


def test_without_a_terminal_the_application_says_so(svc: Command) -> None:
    ran = svc()
    assert ran.returncode == 2
    assert "terminal" in ran.stderr


def test_contacts_in_and_out(svc: Command, folder: Path) -> None:
    (folder / "in.csv").write_text("Kundenr;Navn;Telefon\n20001;Ærø Radio;20304050\n20002;#REF!;1\n", encoding="utf-8")

    foretold = svc("import", "contacts", "in.csv", "--dry-run")
    done = svc("import", "contacts", "in.csv")
    again = svc("import", "contacts", "in.csv")

    assert [ran.returncode for ran in (foretold, done, again)] == [1, 1, 1]
    assert all(ran.stderr.startswith("line 3: ") for ran in (foretold, done, again))
    assert "1 new, 0 changed, 0 unchanged, 1 bad" in foretold.stdout
    assert "Nothing was written" in foretold.stdout
    assert "1 new, 0 changed, 0 unchanged, 1 bad" in done.stdout
    assert "0 new, 0 changed, 1 unchanged, 1 bad" in again.stdout
    assert svc("export", "contacts", "out.json").returncode == 0
    names = {json.loads(line)["name"] for line in (folder / "out.json").read_text("utf-8").splitlines()}
    assert "Ærø Radio" in names


def test_an_import_says_what_it_understood_and_what_changes(svc: Command, folder: Path) -> None:
    (folder / "say.csv").write_bytes(
        "Kundenr;Navn;Telefn;Farve;Mobil\n30001;Bodil Kærsgaard;75123456;blå;20112233\n".encode()
        + "30002;Søren;;rød;\n".encode("windows-1252")
    )
    foretold = svc("import", "contacts", "say.csv", "--dry-run")
    done = svc("import", "contacts", "say.csv", "--map", "Telefn=phone", "--map", "Farve=note")
    (folder / "say.csv").write_text("Kundenr;Navn;Mobil\n30001;Bodil Kærsgaard;20112244\n", "utf-8")
    changed = svc("import", "contacts", "say.csv")
    act = done.stdout.split("svc-tui undo ")[1].split()[0]

    assert [ran.returncode for ran in (foretold, done, changed)] == [0, 0, 0]
    told = foretold.stdout
    assert "The file: UTF-8, columns parted by “;”, decimal comma." in told
    assert "1 line is not UTF-8 and was read as Windows-1252: line 3." in told
    assert "Columns read: Kundenr=number, Navn=name, Mobil=mobile." in told
    assert "Not read: Telefn (1 value). The nearest name: Telefon=phone; --map settles it." in told
    assert "Not read: Farve (2 values)." in told
    assert "Telefn=phone, Farve=note" in done.stdout
    assert "line 2: 30001 Bodil Kærsgaard: Mobil 20112233 -> 20112244" in changed.stdout
    assert "changed" in refused_or_said(svc("undo", act))


def refused_or_said(ran: Ran) -> str:
    return ran.stdout + ran.stderr


def test_the_names_of_columns_are_printed(svc: Command, folder: Path) -> None:
    (folder / "names.csv").write_text("Navn;By\nBo;Vejle\n", "utf-8")
    both, products = svc("import", "--columns"), svc("import", "products", "--columns")

    assert "contacts:" in both.stdout
    assert "Kundenummer" in both.stdout
    assert products.stdout.startswith("products:")
    assert svc("import").returncode == svc("import", "contacts").returncode == 2
    assert "no field colour" in refused(svc("import", "contacts", "names.csv", "--map", "Navn=colour"))
    assert "klingon" in refused(svc("import", "contacts", "names.csv", "--encoding", "klingon"))


def test_roles_hold_for_the_command_line(svc: Command) -> None:
    assert "Ask a supervisor" in refused(svc("export", "contacts", "x.csv", "--as", "LK"))
    assert svc("--as", "LK", "list", "all", "--ids").returncode == 0


def test_upkeep(svc: Command) -> None:
    for arguments in (["migrate"], ["check"], ["backup", "copy.db"], ["keys"], ["--version"], ["--help"]):
        ran = svc(*arguments)
        assert (ran.returncode, ran.stderr) == (0, ""), arguments
        assert ran.stdout
    same = svc("list", "all", "--json", SVC_TUI_DATABASE="copy.db")
    assert same.stdout == svc("list", "all", "--json").stdout
    assert "copy.db" in refused(svc("backup", "copy.db"))


def test_a_backup_is_put_back_and_the_state_before_is_kept(svc: Command, folder: Path) -> None:
    assert svc("backup", "kept.db").returncode == 0
    assert svc("demo", "other.db", "--activities", "3", "--contacts", "3", "--create-only").returncode == 0
    other = svc("list", "all", "--json", SVC_TUI_DATABASE="other.db").stdout

    ran = svc("restore", "kept.db", SVC_TUI_DATABASE="other.db")

    assert (ran.returncode, ran.stderr) == (0, "")
    assert svc("list", "all", "--json", SVC_TUI_DATABASE="other.db").stdout == svc("list", "all", "--json").stdout
    (before,) = folder.glob("other.db.before-restore-*")
    assert str(before) in ran.stdout
    assert svc("list", "all", "--json", SVC_TUI_DATABASE=str(before)).stdout == other
    assert "none.db" in refused(svc("restore", "none.db"))
    assert "pg_restore" in refused(svc("restore", "kept.db", SVC_TUI_DATABASE="postgresql://nowhere/shop"))


def test_a_reader_that_has_seen_enough_is_no_error(svc: Command, folder: Path) -> None:
    ran = subprocess.run(
        f"{sys.executable} -m svc_tui.cli list all --json | head -c 10",
        shell=True, capture_output=True, text=True, cwd=folder, check=False,
        env=environment(folder, SVC_TUI_DATABASE=str(folder / "shop.db")),
    )  # fmt: skip

    assert (ran.stdout, ran.stderr) == ('{"number":', "")


def test_json_is_utf_8_in_any_locale(svc: Command, folder: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "svc_tui.cli", "list", "all", "--json"],
        capture_output=True, cwd=folder, check=True,
        env=environment(folder, SVC_TUI_DATABASE=str(folder / "shop.db"), LC_ALL="C", PYTHONCOERCECLOCALE="0",
                        PYTHONUTF8="0", PYTHONIOENCODING="latin-1"),
    )  # fmt: skip

    assert "ø" in ran.stdout.decode("utf-8")


_LOADED = """
import sys
from svc_tui import cli
code = cli.main(sys.argv[1:])
heavy = {name.split(".")[0] for name in sys.modules} & {"textual", "rich", "psycopg", "pydantic", "babel"}
print(code, sorted(heavy), file=sys.stderr)
"""


@pytest.mark.parametrize("arguments", [["show", "10002"], ["list", "all", "--json"], ["check"]])
def test_a_command_loads_no_screens_and_no_foreign_driver(svc: Command, folder: Path, arguments: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _LOADED, *arguments],
        capture_output=True, text=True, cwd=folder, check=True,
        env=environment(folder, SVC_TUI_DATABASE=str(folder / "shop.db")),
    )  # fmt: skip

    assert ran.stderr.splitlines()[-1] == "0 []"


def test_reading_the_arguments_loads_neither_database_nor_screens() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", "import sys; from svc_tui import cli; cli.build_parser(); print(*sys.modules)"],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip

    assert not {"peewee", "textual", "pydantic", "psycopg", "svc_tui.db"} & set(ran.stdout.split())


class _Found(Exception):
    """What does a command is there."""


def test_every_command_finds_what_does_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*, always: bool) -> None:
        raise _Found

    monkeypatch.setattr(running, "utf8", found)
    tables = [run for subject in subjects() for run in subject.RUN.values() if run.__module__ == running.__name__]
    assert len(tables) > 10
    for run in tables:
        with pytest.raises(_Found):
            run(argparse.Namespace())


def test_what_all_commands_share_stands_before_or_after_the_name() -> None:
    before = cli.read_arguments(["--database", "x.db", "--as", "AH", "list", "all", "-a", "b", "--json", "-hdmi", "c"])
    after = cli.read_arguments(["list", "all", "-a", "b", "-hdmi", "c", "--json", "--as", "AH", "--database", "x.db"])

    assert vars(before) == vars(after)
    assert before.filter == ["-a", "b", "-hdmi", "c"]


_PLAIN = ("--database", "x.db", "--database=x.db", "--language", "da", "--language=xx", "--profile=mono", "--as", "AH",
          "--screen", "dashboard", "--screen=products", "--slow", "--try", "-x", "--as=")  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(_PLAIN), max_size=4))
def test_a_start_without_a_command_is_read_as_the_parser_would(arguments: list[str]) -> None:
    plain = of_plain_start(arguments)

    if plain is not None:
        assert vars(plain) == vars(cli.build_parser().parse_args(arguments))


# -- what a script may hand over ---------------------------------------------------------------------------------


def in_shell(folder: Path, script: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a line of the shell in which `svc-tui` is `$SVC`."""
    program = f"{sys.executable} -m svc_tui.cli"
    env = environment(folder, SVC_TUI_DATABASE=str(folder / "shop.db"), SVC=program)
    return subprocess.run(["bash", "-c", script], check=False, capture_output=True, cwd=folder, env=env)


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "9" * 25],
        ["undo", "9" * 25],
        ["edit", "9" * 25, "resp=ah"],
        ["done", "9223372036854775808"],
        ["done", "9" * 5000],
        ["assign", "9" * 25, "AH"],
        ["note", "9" * 25, "--text", "x"],
        ["list", "all", f"nr:{'9' * 25}"],
        ["demo", "many.db", "--create-only", "--activities", "9" * 25],
        ["demo", "many.db", "--create-only", "--seed", "9" * 5000],
    ],
)
def test_a_number_beyond_all_bounds_is_refused_with_a_sentence(svc: Command, arguments: list[str]) -> None:
    ran = svc(*arguments)

    assert ran.returncode in (1, 2)
    assert "Traceback" not in ran.stderr
    assert "999" in ran.stderr or "92233" in ran.stderr
    assert ran.stdout == ""


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("$SVC list all >&-", 0),
        ("$SVC list all --json >&- 2>&-", 0),
        ("$SVC keys >&-", 0),
        ("$SVC --help >&-", 0),
        ("$SVC done - <&-", 0),
        ("$SVC note 10001 <&-", 1),
        ("$SVC show 1 2>&-", 1),
        ("$SVC list all --json | head -1; exit ${PIPESTATUS[0]}", 0),
    ],
)
def test_closed_streams_end_no_command_in_a_traceback(svc: Command, folder: Path, script: str, code: int) -> None:
    ran = in_shell(folder, script)

    assert ran.returncode == code
    assert b"Traceback" not in ran.stderr
    assert b"Exception" not in ran.stderr


def test_bytes_that_are_not_utf_8_are_letters_of_latin_1(svc: Command, folder: Path) -> None:
    number = svc("list", "all", "--ids").stdout.split()[0]

    assert in_shell(folder, rf"$SVC edit {number} subject=$'S\xf8rens k\xe6be'").returncode == 0
    assert in_shell(folder, rf"printf 'Bl\xe5 \xf8l' | $SVC note {number}").returncode == 0
    job = json.loads(svc("show", number, "--json").stdout)

    assert job["subject"] == "Sørens kæbe"
    assert job["note"].endswith("Blå øl")
    assert "ø.csv" in in_shell(folder, r"$SVC import contacts $'\xf8.csv'").stderr.decode()


def test_what_a_field_does_not_hold_is_refused_and_not_shortened(svc: Command) -> None:
    number = svc("list", "all", "--ids").stdout.split()[0]

    assert "at most 300 letters; this is 301" in refused(svc("edit", number, f"subject={'x' * 301}"))
    assert "at most 20000 letters" in refused(svc("note", number, "--text", "x" * 20_001))
    assert svc("edit", number, f"subject={'x' * 300}").returncode == 0


@pytest.mark.parametrize("command", ["invoice", "order"])
def test_commands_on_several_numbers_take_them(svc: Command, command: str) -> None:
    number = svc("list", "all", "--ids").stdout.split()[0]

    ran = svc(command, number, number)

    assert "Traceback" not in ran.stderr
    assert all(line.startswith("svc-tui: ") for line in ran.stderr.splitlines())


def test_a_field_is_given_once(svc: Command) -> None:
    number = svc("list", "all", "--ids").stdout.split()[0]

    assert "given twice" in refused(svc("edit", number, "resp=ah", "responsible=lk"))


def test_json_prints_nothing_that_an_export_refuses(svc: Command) -> None:
    number = svc("list", "all", "--ids").stdout.split()[0]

    for arguments in (["list", "all", "--json"], ["show", number, "--json"]):
        assert "may not export" in refused(svc(*arguments, "--as", "LK"))
        assert "Without --json you read the same jobs" in refused(svc(*arguments, "--as", "AH"))
    shown = svc("show", number, "--as", "LK")
    assert shown.returncode == 0
    assert number in shown.stdout
    assert svc("list", "all", "--limit", "1", "--as", "AH").returncode == 0


def test_what_follows_two_dashes_is_no_option(svc: Command) -> None:
    number = svc("list", "all", "--ids").stdout.split()[0]

    assert svc("show", "--", number).returncode == 0
    assert svc("edit", number, "--", "project=p").returncode == 0
    assert svc("list", "all", "--", "-type:garanti").returncode == 0
    assert svc("note", "--text", "hej", "--", number).returncode == 0
    rest = svc("list", "all", "--ids", "-type:garanti").stdout
    for arguments in (["all", "--ids", "--", "-type:garanti"], ["--ids", "--", "all", "-type:garanti"]):
        assert svc("list", *arguments).stdout == rest
    assert svc("edit", "--dry-run", number, "--", "project=q").returncode == 0
