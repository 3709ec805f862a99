"""Whatever is saved carries a key across a second try: screens let `ask_service` call every service that writes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

import svc_tui

ROOT = Path(svc_tui.__file__).parent
SERVICES = sorted(set(ROOT.glob("services/**/*.py")) - {ROOT / "services" / "core" / "session.py"})
"""All of them but the gate itself."""
ABOVE = sorted(path for path in (*ROOT.glob("*.py"), *ROOT.glob("screens/**/*.py")))
ALLOWED = MappingProxyType({
    "svc_tui.services.people.setup.create_shop": "a second one is refused: there is a shop by then",
    "svc_tui.services.people.setup.remember_login": "what is stored already is not stored again",
})  # fmt: skip
"""Services that write and are called without a key, and why that harms nobody."""


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


def known_as(tree: ast.Module, own: str) -> dict[str, str]:
    """What the names of a file stand for: what it imports and what it defines."""
    names = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    own_names = {
        node.name: f"{own}.{node.name}" for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    return names | own_names


def meant(node: ast.expr, names: dict[str, str]) -> str | None:
    """The function that an expression names; of `partial(f, ...)` it is `f`."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
        return f"{names[node.value.id]}.{node.attr}"
    if isinstance(node, ast.Call) and meant(node.func, names) == "functools.partial" and node.args:
        return meant(node.args[0], names)
    return None


def opens_the_gate(node: ast.AST) -> bool:
    """Whether a change set is begun here."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Attribute) and node.func.attr == "act":
        holder = node.func.value
        return (holder.id if isinstance(holder, ast.Name) else getattr(holder, "attr", "")).endswith("session")
    return isinstance(node.func, ast.Name) and node.func.id == "change_set"


@cache
def writers() -> frozenset[str]:
    """Functions of the services that open the gate, or call one that does."""
    uses: dict[str, set[str]] = {}
    found: set[str] = set()
    for path in SERVICES:
        own, tree = dotted(path), ast.parse(path.read_text("utf-8"))
        names = known_as(tree, own)
        for function in tree.body:
            if isinstance(function, ast.FunctionDef | ast.ClassDef):
                inside = list(ast.walk(function))
                called = {meant(node, names) for node in inside if isinstance(node, ast.Name | ast.Attribute)}
                uses[f"{own}.{function.name}"] = {name for name in called if name is not None}
                if any(map(opens_the_gate, inside)):
                    found.add(f"{own}.{function.name}")
    while more := {name for name, used in uses.items() if name not in found and used & found}:
        found |= more
    return frozenset(found)


def without_key(tree: ast.Module, own: str) -> Iterator[str]:
    """Services that write and are run on the database thread as they are."""
    names = known_as(tree, own)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        on = node.func.value
        store = on.attr if isinstance(on, ast.Attribute) else on.id if isinstance(on, ast.Name) else ""
        if node.func.attr in ("run", "run_long") and store == "store":
            service = meant(node.args[0], names)
            if service in writers() - set(ALLOWED):
                yield f"{service}, line {node.lineno}"


@pytest.mark.parametrize("path", ABOVE, ids=dotted)
def test_a_screen_never_calls_a_service_that_writes_without_a_key(path: Path) -> None:
    assert list(without_key(ast.parse(path.read_text("utf-8")), dotted(path))) == []


def test_it_would_be_noticed() -> None:
    planted = """
from functools import partial
from svc_tui.services.filters import views
from svc_tui.services.people.merging import carry_out

async def save(self):
    await self.svc.store.run(views.save, self.session)
    await store.run_long(partial(carry_out, self.session))
    await self.ask_service(views.save)
    await store.run(views.seen)
"""
    assert [found.rpartition(".")[2] for found in without_key(ast.parse(planted), "planted")] == [
        "save, line 7",
        "carry_out, line 8",
    ]


def test_the_acts_of_every_subject_are_known_as_such() -> None:
    for name in (
        "jobs.activities.save", "jobs.bulk.at_once", "people.registers.add_list", "people.register_edits.move",
        "people.merging.carry_out", "people.settings.save", "planning.opening.save_absence", "reports.next_jobs.take",
        "reports.handing.hand_out", "stock.device_card.save", "filters.views.delete", "history.undo.undo_last",
    ):  # fmt: skip
        assert f"svc_tui.services.{name}" in writers(), name
