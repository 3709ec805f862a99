"""Compiles the message catalogues when the package is built, for a wheel and for an editable install alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]  # any builder's configuration will do
    """Puts a .mo beside every .po; the wheel takes them along by `artifacts` in pyproject.toml."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        for path in sorted(Path(self.root, "svc_tui", "locale").glob("*/LC_MESSAGES/*.po")):
            with path.open("rb") as source:
                catalogue = read_po(source, locale=path.parts[-3])
            # Written whole beside it and moved: a running program never reads half a catalogue.
            unfinished = path.with_suffix(".mo.new")
            with unfinished.open("wb") as target:
                write_mo(target, catalogue)
            unfinished.replace(path.with_suffix(".mo"))
