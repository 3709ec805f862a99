"""What may load what, seen in a fresh interpreter; and habits that no tool checks."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import svc_tui

ROOT = Path(svc_tui.__file__).parent
SOURCES = sorted(path for path in ROOT.rglob("*.py"))
MODEL_FILES = sorted(ROOT.glob("db/core/*_models.py"))
MOST_LINES = 400
SHOW = "import json, sys; print(json.dumps(sorted(sys.modules)))"
DRIVERS = {"psycopg", "psycopg2", "pymysql", "MySQLdb"}
SQLITE_SESSION = """
from pathlib import Path
import tempfile
from svc_tui.start import open_store
from svc_tui.services.jobs import activities
from svc_tui.services.core.session import open_session
from svc_tui.services.people.setup import create_shop

with tempfile.TemporaryDirectory() as folder:
    store = open_store(str(Path(folder, "shop.db")))
    employee = create_shop(store, "da", "Holm", "Anna Holm")
    session = open_session(store, None, "da")
    session.employee = session.registers.employee(employee)
    sheet = activities.new_sheet(session, None, {})
    activities.save(session, activities.SheetEdit(sheet, sheet.values | {"subject": "Emne"}, (), ()))
    store.close()
"""


def loaded_by(code: str) -> set[str]:
    """The top-level modules a fresh interpreter holds after running some code."""
    return {name.partition(".")[0] for name in all_loaded_by(code)}


def all_loaded_by(code: str) -> set[str]:
    """All modules that it holds then."""
    environment = {name: value for name, value in os.environ.items() if name != "SVC_TUI_DATABASE"}
    finished = subprocess.run(
        [sys.executable, "-c", f"{code}\n{SHOW}"], capture_output=True, text=True, check=True, env=environment
    )
    return set(json.loads(finished.stdout.splitlines()[-1]))


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def folder_of(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:-1]) if len(parts) > 2 else module


def arrows() -> dict[str, set[str]]:
    """Which folders import from which, for types too; a file of the root counts as a folder."""
    modules = {dotted(path): path for path in SOURCES}
    found: dict[str, set[str]] = {}
    for name, path in modules.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("svc_tui"):
                for alias in node.names:
                    inner = f"{node.module}.{alias.name}"
                    there = folder_of(inner if inner in modules else node.module)
                    if there not in (folder_of(name), "svc_tui"):
                        found.setdefault(folder_of(name), set()).add(there)
    return found


def circles(arrows: dict[str, set[str]]) -> set[str]:
    """The folders from which one comes back to them."""
    reached = {start: set(ends) for start, ends in arrows.items()}
    for _ in arrows:
        for ends in reached.values():
            ends.update(*(reached.get(end, set()) for end in tuple(ends)))
    return {start for start, ends in reached.items() if start in ends}


def test_no_folder_is_imported_by_what_it_imports() -> None:
    drawn = arrows()
    assert "svc_tui.db.core" in drawn["svc_tui.services.jobs"]
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == {"b", "c"}
    assert circles(drawn) == set()


def test_services_and_what_lies_below_load_no_screens() -> None:
    below = [dotted(path) for path in SOURCES if path.relative_to(ROOT).parts[0] in ("services", "db", "domain")]
    below = [name for name in below if "migrations" not in name]
    assert "svc_tui.services.jobs.activities" in below
    assert not loaded_by("\n".join(f"import {name}" for name in below)) & {"textual", "rich"}


def test_a_shop_on_sqlite_loads_no_other_driver_and_no_other_sqlite() -> None:
    modules = loaded_by(SQLITE_SESSION)
    assert not modules & DRIVERS
    assert "cysqlite" in modules


def test_the_palette_of_textual_is_left_out_until_somebody_wants_it() -> None:
    probe = """
import sys
from svc_tui.start import load_textual
load_textual()
assert not {"textual.command", "textual.widgets._select", "textual.widgets._tree"} & set(sys.modules), "loaded"
assert "textual.app" in sys.modules, "nothing is loaded"
from textual.command import CommandPalette
assert CommandPalette.is_open, "only a stand-in"
"""
    assert "textual" in loaded_by(probe)


def test_a_start_loads_no_tls_and_a_connection_with_it_works_all_the_same() -> None:
    probe = """
import sys
import svc_tui.start, asyncio
assert "_ssl" not in sys.modules, "loaded"

async def talk():
    import ssl
    async def hear(reader, writer):
        writer.write(b"this is no TLS" * 10)
        await writer.drain()
        writer.close()
    server = await asyncio.start_server(hear, "127.0.0.1", 0)
    try:
        await asyncio.open_connection(*server.sockets[0].getsockname(), ssl=ssl.create_default_context())
    except ssl.SSLError as refusal:
        return refusal.reason
    finally:
        server.close()

assert asyncio.run(talk()) == "WRONG_VERSION_NUMBER"  # TLS was spoken
"""
    assert "_ssl" in loaded_by(probe)


def test_what_is_loaded_late_is_loaded_once_by_whoever_asks_first() -> None:
    probe = """
import sys, threading
import svc_tui.db, ssl
found = []
threads = [threading.Thread(target=lambda: found.append(ssl.SSLContext)) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(found) == 8 and len(set(found)) == 1
from asyncio import base_events, sslproto
assert base_events.ssl is ssl and sslproto.SSLProtocol.__module__ == "asyncio.sslproto"
assert ssl.__spec__.loader is ssl.__loader__ and type(ssl).__name__ == "module"
assert not hasattr(ssl, "no_such_name")
"""
    assert "_ssl" in loaded_by(probe)


def test_the_probe_would_notice_a_driver_and_a_screen() -> None:
    assert loaded_by("import psycopg, textual") >= {"psycopg", "textual", "rich"}


@pytest.mark.parametrize("path", SOURCES, ids=dotted)
def test_nothing_imports_the_sqlite_that_comes_with_python(path: Path) -> None:
    assert not [name for name in imports_of(path) if name.partition(".")[0] == "sqlite3"]


def test_only_db_knows_peewee() -> None:
    outside = [path for path in SOURCES if path.relative_to(ROOT).parts[0] != "db"]
    known = {"peewee", "playhouse", "cysqlite", "psycopg"}
    assert not [dotted(path) for path in outside if known & {name.partition(".")[0] for name in imports_of(path)}]


def test_only_db_names_a_model() -> None:
    """The others name tables by their description (`domain/tables.py`)."""
    models = {dotted(path) for path in MODEL_FILES}
    assert "svc_tui.db.core.job_models" in models
    outside = [path for path in SOURCES if path.relative_to(ROOT).parts[0] != "db"]
    assert not [dotted(path) for path in outside if models & set(imports_of(path))]


def test_peewees_own_save_is_used_nowhere_outside_db() -> None:
    """It writes the whole row over whatever others saved; 317 of 693 changes were lost that way in a test."""
    whole_row = re.compile(r"\.(save|save_many|create|bulk_create|bulk_update|get_or_create)\(")
    models = {dotted(path) for path in MODEL_FILES}
    for path in SOURCES:
        if path.relative_to(ROOT).parts[0] == "db" or not models & set(imports_of(path)):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        tables = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module in models
            for alias in node.names
        }
        called = {
            node.func.value.id: ast.unparse(node)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and whole_row.match(f".{node.func.attr}(")
        }
        made = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        }
        assert not tables & set(called), (dotted(path), called)
        assert not tables & made, (dotted(path), "a model is made into an object, to be saved whole")


@pytest.mark.parametrize(
    "path",
    SOURCES,
    ids=map(dotted, SOURCES),
)  # fmt: skip
def test_a_file_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


def test_what_calls_a_function_for_others_checks_what_it_is_given() -> None:
    """`Callable[..., Any]` and `*args: Any` let a wrong argument through to the user, and mypy is silent."""
    open_doors = re.compile(r"Callable\[\.\.\., Any\]|\*args: Any|\*\*kwargs: Any")
    assert open_doors.search("def run(self, act: Callable[..., Any], *args: Any) -> Any")
    outside = [path for path in SOURCES if path.relative_to(ROOT).parts[0] not in ("db", "terminal")]
    assert not [dotted(path) for path in outside if open_doors.search(path.read_text("utf-8"))]


BESIDE_THE_KEYS = re.compile(r"\.(run_worker|create_task|ensure_future)\(|@work\b")
BEGUN_WITH_CARE = {
    "svc_tui.screens.shell.background": "the one way",
    "svc_tui.app": "the taker of the keys: a fault of it ends the program, told and logged",
    "svc_tui.key_wait": "catches, tells and logs everything itself",
    "svc_tui.screens.shell.long_act": "is awaited",
    "svc_tui.terminal.driver": "catches and logs everything itself; the program ends",
    "svc_tui.widgets.turns": "tells whoever made it",
}


@pytest.mark.parametrize("path", SOURCES, ids=dotted)
def test_nothing_runs_beside_the_keys_whose_fault_nobody_would_see(path: Path) -> None:
    """Plant a fault in whatever is added here, and see in tests/ui/test_background.py that it is said and logged."""
    assert BESIDE_THE_KEYS.search("self.screen.run_worker(self._read(), exit_on_error=False)")
    begun = BESIDE_THE_KEYS.findall(path.read_text("utf-8"))
    assert bool(begun) == (dotted(path) in BEGUN_WITH_CARE), (dotted(path), begun)
    assert dotted(path) != "svc_tui.app" or len(begun) == 1


KNOWN_CIRCLES = (
    {
        "svc_tui.db.core.engine",
        "svc_tui.db.core.generations",
        "svc_tui.db.core.outcomes",
        "svc_tui.db.core.sqlite_file",
    },
    {"svc_tui.services.jobs.activities", "svc_tui.services.jobs.activity_rules", "svc_tui.services.jobs.resaving"},
)
"""Files below the screens that know each other, by types or late: none is to come, and these are to go."""


def file_arrows() -> dict[str, set[str]]:
    """Which files below the screens import which, for types and late too."""
    modules = {
        dotted(path): path for path in SOURCES if path.relative_to(ROOT).parts[0] in ("domain", "db", "services")
    }
    found: dict[str, set[str]] = {}
    for name, path in modules.items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                ends = {one if one in modules else node.module for one in inner}
                found.setdefault(name, set()).update((ends & set(modules)) - {name})
    return found


def test_no_file_below_the_screens_is_imported_by_what_it_imports() -> None:
    drawn = file_arrows()
    assert "svc_tui.domain.errors" in drawn["svc_tui.services.jobs.activities"]
    reached = {start: set(ends) for start, ends in drawn.items()}
    for _ in range(12):
        for ends in reached.values():
            ends.update(*(reached.get(end, set()) for end in tuple(ends)))
    assert {start for start, ends in reached.items() if start in ends} == set().union(*KNOWN_CIRCLES)
