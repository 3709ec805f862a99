"""Tells of functions, classes and constants of the program that nobody names, or tests only: `python -m tests.unused`.

What only tests call is dead, or waits for its screen. Methods that a library calls by name are told too.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
BY_NAME = ("__", "do_", "on_", "_on_")
"""What the interpreter, the keymap and Textual find by name."""


def words(folders: tuple[str, ...]) -> Counter[str]:
    """How often each word stands in the sources of some folders."""
    found: Counter[str] = Counter()
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            found.update(re.findall(r"\w+", path.read_text("utf-8")))
    return found


def defined(path: Path) -> Iterator[tuple[str, int]]:
    """Names that a file defines, and their lines."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from ((target.id, node.lineno) for target in targets if isinstance(target, ast.Name))


def unused() -> Iterator[str]:
    """A line for each name that stands in the program once, where it is defined."""
    ours, others = words(("svc_tui",)), words(("tests", "bench", "docs"))
    for path in sorted((ROOT / "svc_tui").rglob("*.py")):
        if "migrations" not in path.parts:
            for name, line in defined(path):
                if ours[name] == 1 and not name.startswith(BY_NAME):
                    yield f"{path.relative_to(ROOT)}:{line} {name}: {others[name]} in tests"


if __name__ == "__main__":
    print("\n".join(unused()))
