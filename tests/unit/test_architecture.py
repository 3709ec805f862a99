"""ARCHITECTURE is true: what it says of imports and folders, and every file it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import svc_tui
from tests.unit.test_layers import SOURCES, arrows

PACKAGE = Path(svc_tui.__file__).parent
ROOT = PACKAGE.parent
TEXT = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
DOCUMENTS = ("ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md")
NAMED = re.compile(r"`([a-z_]+(?:/[\w.<>*-]+)*(?:\.(?:py|toml|md|tcss)|/))`")


def table(name: str) -> list[list[str]]:
    """The rows of the table between two marks, each as its cells."""
    found = re.search(rf"<!-- {name}\b.*?-->\n(.*?)<!-- /{name} -->", TEXT, re.DOTALL)
    assert found is not None, f"ARCHITECTURE has lost its table of {name}"
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in found[1].splitlines()]
    return rows[2:]


def part(folder: str) -> str:
    return folder.split(".")[1]


def drawn() -> dict[str, set[str]]:
    """Which part imports which, of the package's folders and of the files beside them."""
    found: dict[str, set[str]] = {}
    for start, ends in arrows().items():
        found.setdefault(part(start), set()).update({part(end) for end in ends} - {part(start)})
    return found


def said() -> dict[str, set[str]]:
    rows = {}
    for names, _, imports in table("layers"):
        for name in re.findall(r"`(\w+)`", names):
            rows[name] = set(imports.split(", ")) if imports else set()
    return rows


def test_every_part_is_in_the_table_with_what_it_imports() -> None:
    imports = drawn()
    parts = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in SOURCES} - {"__init__", "__main__"}
    assert said() == {name: imports.get(name, set()) for name in parts}


def test_every_folder_of_subjects_is_told() -> None:
    folders = {path.parent.relative_to(PACKAGE).as_posix() for path in SOURCES}
    assert {cells[0].strip("`") for cells in table("subjects")} == {name for name in folders if "/" in name}


def is_there(name: str) -> bool:
    """Whether a file or folder is in the project: from its root, from the package, or by its name alone."""
    pattern = re.sub(r"<\w+>|xx", "*", name.rstrip("/"))
    alone = "/" not in name
    return any(any(start.glob(pattern)) for start in (ROOT, PACKAGE)) or (alone and any(PACKAGE.rglob(pattern)))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_is_there(document: str) -> None:
    names = set(NAMED.findall((ROOT / document).read_text("utf-8")))
    assert names
    assert [name for name in sorted(names) if not is_there(name)] == []


def test_a_file_that_is_not_there_would_be_noticed() -> None:
    assert not is_there("screens/orders_of_old.py")
    assert is_there("svc_tui/app.py")
    assert is_there("services/transfer/import_<what>.py")


def test_every_likely_change_names_a_file() -> None:
    changes = TEXT.partition("## Likely changes")[2].partition("\n## ")[0]
    rows = [line for line in changes.splitlines() if line.startswith("| ") and not line.startswith("| I want")]
    assert len(rows) > 20
    assert [row for row in rows if not NAMED.search(row) and ".py" not in row and "/" not in row] == []
