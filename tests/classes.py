"""All classes of the program, found by walking its packages: what is added tomorrow is looked at too."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TypeVar

import svc_tui

T = TypeVar("T")

_RUN_BY_IMPORT = ("svc_tui.__main__", "svc_tui.db.migrations")


@cache
def modules() -> tuple[str, ...]:
    """Every module, imported, but for those that do something when they are."""
    found = [
        info.name for info in pkgutil.walk_packages(svc_tui.__path__, "svc_tui.")
        if not info.name.startswith(_RUN_BY_IMPORT)
    ]  # fmt: skip
    for name in found:
        importlib.import_module(name)
    return tuple(found)


def classes() -> list[type]:
    """Every class that a module of the program defines."""
    found = {
        entry
        for name in modules()
        for entry in vars(importlib.import_module(name)).values()
        if isinstance(entry, type) and entry.__module__ == name
    }
    return sorted(found, key=lambda entry: (entry.__module__, entry.__qualname__))


def subclasses(base: type[T]) -> list[type[T]]:
    """Those of a class, itself left out where it is not the program's."""
    return [entry for entry in classes() if issubclass(entry, base)]
