"""What is installed: the versions everything was tried with, all of them, and within what pyproject.toml allows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


def constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pinned = (line.partition("==") for line in lines if line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, _, version in pinned}


def requirements() -> Iterator[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    yield from project["project"]["dependencies"]
    for extra in project["project"]["optional-dependencies"].values():
        yield from extra
    for group in project["dependency-groups"].values():
        yield from group


@pytest.mark.parametrize("wanted", sorted(set(requirements())))
def test_every_requirement_has_a_version_that_it_allows(wanted: str) -> None:
    requirement = Requirement(wanted)
    assert requirement.specifier.contains(constraints()[canonicalize_name(requirement.name)])


def test_every_installation_of_make_keeps_to_them() -> None:
    installs = re.findall(r"\$\(PIP\) install (.*)", (ROOT / "Makefile").read_text("utf-8"))
    ours = [line for line in installs if "pip>=" not in line]
    assert len(ours) == 3
    assert all(line.startswith("--constraint $(CONSTRAINTS)") for line in ours)
