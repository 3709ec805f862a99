"""Every command block of docs/running.md, and of the README's shop of one's own, is run on a scratch machine.

What is put in the place of the names in the text stands in one table, `Machine.instead`; nothing else is changed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from svc_tui.commandline.arguments import read_arguments
from svc_tui.db.core.engine import open_database
from svc_tui.services.people import setup
from tests.db.conftest import PostgresServer, postgresql_server  # noqa: F401 - a fixture
from tests.db.jobs import job
from tests.wire.desk import Desk, jobs
from tests.wire.program import ROOT, Program
from tests.wire.shops import copied, session_of

RUNNING = ROOT / "docs" / "running.md"
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SSHD = {
    "Match", "AuthenticationMethods", "DisableForwarding", "PermitTTY", "PermitUserRC", "ClientAliveInterval",
    "ClientAliveCountMax",
}  # fmt: skip
_KEY_OPTIONS = {"restrict", "pty", "command"}


class Block(NamedTuple):
    """A command block: the heading above it, its kind (`sh`, a file's name) and its text."""

    heading: str
    kind: str
    text: str


def blocks() -> list[Block]:
    found = []
    for part in re.split(r"^## ", RUNNING.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        heading = part.splitlines()[0]
        found += [Block(heading, kind, text) for kind, text in _BLOCK.findall(part)]
    return found


def of(heading: str, kind: str = "sh") -> list[str]:
    return [block.text for block in blocks() if (block.heading, block.kind) == (heading, kind)]


class Machine:
    """A folder that stands for a machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shop = folder / "srv" / "shop" / "shop.db"
        self.backups = folder / "backups"
        self.units = folder / "etc" / "systemd" / "system"
        self.environment: dict[str, str] = {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "LANG": "C.UTF-8"}
        self.environment |= {"LC_MESSAGES": "en", "HOME": str(folder), "PYTHONPATH": str(ROOT)}
        for place in (folder / "srv", folder / "bin", self.backups, self.units):
            place.mkdir(parents=True)
        program = folder / "bin" / "svc-tui"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m svc_tui "$@"\n')
        program.chmod(0o755)
        self.instead: tuple[tuple[str, str], ...] = (
            ("/opt/svc-tui/bin/svc-tui", str(program)),
            (".venv/bin/svc-tui", str(program)),
            ("/srv/shop", str(self.shop.parent)),
            ("/var/backups/shop", str(self.backups)),
            ("/etc/systemd/system", str(self.units)),
            # The accounts of a machine are files; those of this one lie in a folder, and its groups have only numbers.
            ("groupadd ", f"groupadd --prefix {folder} "),
            ("usermod ", f"usermod --prefix {folder} "),
            ("chgrp shop ", "chgrp 1000 "),
            # No systemd runs here: the units are enabled as in the image of a machine that is not started.
            ("systemctl enable --now ", f"systemctl --root={folder} enable "),
            ("User=shop", "User=root"),
            ("Group=shop", "Group=root"),
        )

    def read(self, text: str) -> str:
        """A text with what stands for its names here."""
        for name, place in self.instead:
            text = text.replace(name, place)
        return text

    def run(self, script: str, code: int = 0) -> str:
        """Run a block; gives what it says."""
        done = subprocess.run(
            ["/bin/sh", "-e", "-u", "-c", self.read(script)], env=self.environment, cwd=ROOT, timeout=60,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert done.returncode == code, done.stdout
        return done.stdout

    def started(self, unit: str, code: int = 0) -> str:
        """Run what a service unit starts, as systemd would read its lines."""
        said = ""
        text = (self.units / unit).read_text()
        for line in re.findall(r"^ExecStart(?:Post)?=(.*)$", text, re.MULTILINE):
            words = shlex.split(line.replace("%%", "%").replace("$$", "$"))
            done = subprocess.run(words, env=self.environment, capture_output=True, text=True, cwd="/", timeout=60)
            said += done.stdout + done.stderr
            if done.returncode:
                assert done.returncode == code, said
                return said
        assert code == 0, said
        return said


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.fixture
def running_shop(machine: Machine, shop_template: Path) -> Machine:
    """The machine with a shop and a job in it."""
    machine.shop.parent.mkdir(parents=True)
    copied(shop_template, machine.shop)
    save(machine.shop, "Før")
    return machine


def save(path: Path | str, subject: str) -> None:
    store = open_database(str(path))
    job(session_of(store), subject)
    store.close()


def subjects(path: Path | str) -> list[object]:
    return [found["subject"] for found in jobs(path)]


RUN = {
    "One account for everybody", "An account for each", "Backup, every night", "Restore, step by step",
    "To another machine", "When `check` complains", "PostgreSQL",
}  # fmt: skip
"""The headings whose blocks the tests below run."""


def test_no_command_block_is_left_out() -> None:
    assert {block.heading for block in blocks()} == RUN
    kinds = {block.kind for block in blocks()}
    assert kinds == {"sh", "authorized_keys", "sshd_config"}


def test_every_command_within_the_text_is_understood() -> None:
    said = RUNNING.read_text("utf-8") + README.read_text("utf-8").split("## A shop of your own")[1].split("\n## ")[0]
    prose = _BLOCK.sub("", said)
    found = [" ".join(words.split()) for words in re.findall(r"`(svc-tui [^`]*)`", prose)]
    found = [words for words in found if words != "svc-tui --help"]
    assert found
    for words in found:
        for command in words.split(" | "):
            read_arguments(shlex.split(command.removeprefix("svc-tui ").replace("...", "x")))


def test_a_key_starts_the_program_for_its_employee(running_shop: Machine, tmp_path: Path) -> None:
    [line] = of("One account for everybody", "authorized_keys")
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    public = key.with_suffix(".pub").read_text().split()[1]
    (tmp_path / "authorized_keys").write_text(line.replace("AAAA", public))
    subprocess.run(["ssh-keygen", "-l", "-f", tmp_path / "authorized_keys"], check=True, capture_output=True)
    options = re.fullmatch(r'((?:[\w-]+,)*)command="(.*)" ssh-ed25519 AAAA anna\n', line)
    assert options is not None
    assert {*options[1].rstrip(",").split(","), "command"} == _KEY_OPTIONS
    with Program("/bin/sh", "-c", running_shop.read(options[2])) as program:
        program.wait_for("Anna Holm")


def test_the_servers_settings_are_settings() -> None:
    [text] = of("One account for everybody", "sshd_config")
    words = [line.split() for line in text.splitlines()]
    assert {line[0] for line in words} == _SSHD
    assert all(len(line) == (3 if line[0] == "Match" else 2) for line in words)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes groups")
def test_a_folder_of_a_group_is_shared_with_the_usual_umask(machine: Machine, shop_template: Path) -> None:
    (machine.folder / "etc").mkdir(exist_ok=True)
    for name in ("group", "gshadow", "shadow"):
        (machine.folder / "etc" / name).touch()
    accounts = "".join(f"{name}:x:{number}:100::/:/bin/sh\n" for number, name in enumerate(("anna", "bent"), 1001))
    (machine.folder / "etc" / "passwd").write_text(accounts)
    [commands] = of("An account for each")
    machine.run(commands)
    assert "shop:x:1000:anna,bent" in (machine.folder / "etc" / "group").read_text()
    found = machine.shop.parent.stat()
    assert (found.st_gid, stat.S_IMODE(found.st_mode)) == (1000, 0o2770)
    opened = tempfile.mkdtemp(prefix="svc-running-")  # pytest's own folders are closed to other accounts
    try:
        os.chmod(opened, 0o755)
        folder = Path(shutil.copytree(machine.shop.parent, Path(opened, "shop")))
        os.chown(folder, 0, 1000)
        folder.chmod(0o2770)
        copied(shop_template, folder / "shop.db")
        os.chown(folder / "shop.db", 1001, 1000)
        for number, account in enumerate((1001, 1002, 1001)):
            _work_as(account, folder / "shop.db", folder / f"backup{number}.db")
        assert {path.stat().st_gid for path in folder.iterdir()} == {1000}
        assert not any(path.stat().st_mode & 0o007 for path in folder.iterdir())
        assert len(subjects(folder / "shop.db")) == 3
    finally:
        shutil.rmtree(opened)


def _work_as(account: int, path: Path, backup: Path) -> None:
    """Save and back up as another account; Python becomes it once it is loaded, for it may lie where only root gets."""
    child = os.fork()
    if not child:
        try:
            from svc_tui.db.upkeep.backup import back_up

            os.setgroups([1000])
            os.setgid(100)
            os.setuid(account)
            os.umask(0o022)
            save(path, f"Af {account}")
            store = open_database(str(path))
            back_up(store, backup)
            store.close()
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


def test_backups_by_hand_and_by_timer(running_shop: Machine) -> None:
    by_hand, install = of("Backup, every night")
    assert "the copy is whole" in running_shop.run(by_hand)
    assert subjects(running_shop.backups / "shop-by-hand.db") == ["Før"]
    for unit in (ROOT / "docs" / "systemd").iterdir():
        assert unit.name in install or unit.suffix == ".service"
    copies, checks_, verify, enable = _lines(install)
    for copy in (copies, checks_):
        running_shop.run(copy)
    for unit in running_shop.units.glob("svc-tui-*"):
        unit.write_text(running_shop.read(unit.read_text()))
    assert running_shop.run(verify) == "", "an unknown directive is told, but is no failure"
    running_shop.run(enable)
    enabled = {path.name for path in (running_shop.units / "timers.target.wants").iterdir()}
    assert enabled == {"svc-tui-backup.timer", "svc-tui-check.timer"}

    old = running_shop.backups / "shop-2020-01-01-020000.db"
    old.touch()
    os.utime(old, (0, 0))
    running_shop.started("svc-tui-backup.service")
    assert not old.exists()
    [nightly] = running_shop.backups.glob("shop-20*.db")
    assert subjects(nightly) == ["Før"]
    assert "whole and consistent" in running_shop.started("svc-tui-check.service")
    _spoil(running_shop.shop)
    nightly.unlink()
    assert "another total" in running_shop.started("svc-tui-backup.service", 1)
    assert list(running_shop.backups.glob("shop-20*.db"))
    assert "another total" in running_shop.started("svc-tui-check.service", 1)


def _lines(script: str) -> list[str]:
    return script.strip().splitlines()


def _spoil(path: Path, statement: str = "UPDATE activity SET total = 4711") -> None:
    store = open_database(str(path))
    store.execute_sql(statement)
    store.close()


def test_a_restore_step_by_step(running_shop: Machine) -> None:
    running_shop.run(of("Backup, every night")[0])
    save(running_shop.shop, "Senere")
    is_whole, put_back, too_damaged = of("Restore, step by step")
    assert "whole and consistent" in running_shop.run(is_whole)
    with Desk(running_shop.shop, language="en") as desk:
        running_shop.run(put_back)
        desk.program.settle()
        desk.press("3", "n", "Bagefter")
        desk.save()
    assert subjects(running_shop.shop) == ["Før", "Bagefter"]
    [kept] = running_shop.shop.parent.glob("*.before-restore-*")
    assert subjects(kept) == ["Før", "Senere"]

    with running_shop.shop.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (running_shop.shop.stat().st_size - 4096))
    assert "move" in running_shop.run(put_back, 1)
    running_shop.run(too_damaged)
    assert subjects(running_shop.shop) == ["Før"]
    assert (running_shop.shop.parent / "damaged" / "shop.db").exists()


def test_a_shop_moves_to_another_machine(running_shop: Machine, tmp_path: Path) -> None:
    leave, arrive = of("To another machine")
    running_shop.run(leave)
    assert not running_shop.shop.exists()
    new = Machine(tmp_path / "new")
    new.shop.parent.mkdir(parents=True)
    shutil.copyfile(running_shop.backups / "shop-moving.db", new.backups / "shop-moving.db")
    assert "whole and consistent" in new.run(arrive)
    assert subjects(new.shop) == ["Før"]


def test_what_to_do_when_check_complains(running_shop: Machine) -> None:
    """A total or a stage that is wrong is worked out anew by saving; so the text says."""
    check, reindex = of("When `check` complains")
    assert "whole and consistent" in running_shop.run(check)
    _spoil(running_shop.shop)
    assert "another total than their lines, the first is 10001" in running_shop.run(check, 1)
    with Desk(running_shop.shop, language="en") as desk:
        desk.press("3", "<Enter>", "<Tab>" * 7, "hdmi-2m<Enter>", "<F2>")
        desk.program.wait_for("Job 10001 is saved.")
    assert "whole and consistent" in running_shop.run(check)
    _spoil(running_shop.shop, "DELETE FROM activity_search")
    assert "search index of activity lacks 1" in running_shop.run(check, 1)
    assert "whole and consistent" in running_shop.run(reindex)
    _spoil(running_shop.shop, "UPDATE activity SET stage = 4")
    assert "another stage than their status" in running_shop.run(check, 1)
    with Desk(running_shop.shop, language="en") as desk:
        desk.press("3", "<Enter>", "<Tab>" * 3, "<C-u>I arbejde<Tab>", "<F2>")
        desk.program.wait_for("Job 10001 is saved.")
    assert "whole and consistent" in running_shop.run(check)


@pytest.fixture
def served(machine: Machine, postgresql_server: PostgresServer) -> Iterator[tuple[Machine, str]]:  # noqa: F811
    """The machine with a server whose database `shop` is not made yet, and that database's address."""
    address = postgresql_server.url("shop")
    info = psycopg.conninfo.conninfo_to_dict(postgresql_server.url("postgres"))
    machine.environment |= {"PGHOST": str(info["host"]), "PGUSER": str(info["user"])}
    with psycopg.connect(postgresql_server.url("postgres")) as connection:
        row = connection.execute("SELECT setting FROM pg_config WHERE name = 'BINDIR'").fetchone()
    assert row is not None
    machine.environment["PATH"] = f"{machine.folder / 'bin'}:{row[0]}:{os.environ['PATH']}"
    yield machine, address
    with psycopg.connect(postgresql_server.url("postgres"), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM RESET max_connections")
    postgresql_server.drop("shop")


def test_a_shop_on_a_server(served: tuple[Machine, str]) -> None:
    machine, address = served
    make, way_back, sizing, count = of("PostgreSQL")
    machine.run(make)
    store = open_database(address)
    setup.create_shop(store, "da", "Holms Service", "Anna Holm", "AH")
    store.close()
    save(address, "Før")
    dump, put_back, check = _lines(way_back)
    machine.run(dump)
    save(address, "Senere")
    machine.run(put_back)
    assert "whole and consistent" in machine.run(check)
    assert subjects(address) == ["Før"]
    machine.run(sizing)
    with Desk(address, "--as", "AH", language="en") as one, Desk(address, "--as", "AH", language="en") as two:
        for desk in (one, two):
            desk.press("3", "<Enter>", "<Esc>")
        two_each = re.compile(r"^\s*4$", re.MULTILINE)
        one.program.wait_until(
            lambda: two_each.search(machine.run(count)) is not None, 60, "two connections a screen, at rest"
        )


def test_the_readmes_first_start_asks_for_the_shop(machine: Machine) -> None:
    text = README.read_text("utf-8").split("## A shop of your own")[1].split("\n## ")[0]
    [command] = re.findall(r"^    (\S.*)$", text, re.MULTILINE)
    machine.shop.parent.mkdir(parents=True)
    with Program("/bin/sh", "-c", machine.read(command), env={"HOME": str(machine.folder)}) as program:
        program.wait_for("shop")
        program.settle()
    assert machine.shop.exists()
