"""The README's key table is the registry's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from svc_tui import i18n
from svc_tui.commandline import keys

README = Path(__file__).resolve().parents[2] / "README.md"
TABLE = re.compile(r"<!-- keys: .*? -->\n```\n(.*?)```\n<!-- /keys -->", re.DOTALL)


def test_the_readme_shows_the_keys_of_the_registry(capsys: pytest.CaptureFixture[str]) -> None:
    before = i18n.language()
    i18n.install("en")
    try:
        keys.show()
    finally:
        i18n.install(before)
    found = TABLE.search(README.read_text("utf-8"))
    assert found is not None, "the README has lost its key table"
    assert found[1] == capsys.readouterr().out, "put the output of `svc-tui keys --language en` into the README"


def test_every_picture_and_document_the_readme_names_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README.read_text("utf-8")):
        assert (README.parent / target).exists(), target
