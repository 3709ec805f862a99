"""Which language a process speaks, and that it speaks English rather than not start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from svc_tui import i18n
from svc_tui.domain import errors
from svc_tui.i18n import N_, _, choose_language, install, language, n_, ngettext


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    install("en")


@pytest.fixture
def danish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Danish catalogue of two messages, in place of the program's own."""
    catalogue = Catalog(locale="da")
    catalogue.add("Save", "Gem")
    catalogue.add(("{count} job", "{count} jobs"), ("{count} sag", "{count} sager"))
    path = tmp_path / "da" / "LC_MESSAGES" / "svc_tui.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", tmp_path)
    return path


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "da_DK@euro"}, "da"),
        ({"LANG": "da-DK"}, "da"),
        ({"LANG": "sv"}, "sv"),
        ({"LANG": "no_NO"}, "nb"),
        ({"LANG": "nn_NO.UTF-8"}, "nb"),
        ({"LANG": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": ""}, "en"),
        ({}, "en"),
        ({"LANG": "\x00:;"}, "en"),
        ({"LC_ALL": "sv_SE", "LC_MESSAGES": "da_DK", "LANG": "nb_NO"}, "sv"),
        ({"LC_ALL": "", "LC_MESSAGES": "da_DK", "LANG": "nb_NO"}, "da"),
        ({"LANGUAGE": "da", "LC_ALL": "sv_SE.UTF-8"}, "da"),
        ({"LANGUAGE": "de:nb:da", "LANG": "sv_SE"}, "nb"),
        ({"LANGUAGE": "de", "LANG": "sv_SE"}, "en"),
        ({"LANGUAGE": "da"}, "da"),
        ({"LANGUAGE": "da", "LC_ALL": "C"}, "en"),
        ({"LANGUAGE": "da", "LANG": "POSIX"}, "en"),
    ],
)
def test_the_environment_chooses_as_gettext_does(environ: dict[str, str], expected: str) -> None:
    assert choose_language(environ) == expected


def test_the_command_line_beats_the_setting_and_the_setting_the_environment() -> None:
    environ = {"LANG": "sv_SE"}

    assert choose_language(environ, setting="nb", argument="da") == "da"
    assert choose_language(environ, setting="nb") == "nb"
    assert choose_language(environ, setting="") == "sv"
    assert choose_language(environ, setting="klingon") == "en"
    assert choose_language(environ, argument="no") == "nb"


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "C.UTF-8"}, "da"),
        ({"LC_ALL": "C", "LANG": "sv_SE"}, "da"),
        ({"LANG": "POSIX"}, "da"),
        ({}, "da"),
        ({"LANG": "de_DE.UTF-8"}, "da"),
        ({"LANGUAGE": "de:fr", "LANG": "de_DE"}, "da"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
    ],
)
def test_the_shop_speaks_where_nothing_else_names_a_language_we_have(environ: dict[str, str], expected: str) -> None:
    assert choose_language(environ, shop="da") == expected
    assert choose_language(environ, setting="nb", shop="da") == "nb"
    assert choose_language(environ, argument="en", shop="da") == "en"


@pytest.mark.usefixtures("danish")
def test_danish_texts_and_plurals() -> None:
    install("da")

    assert language() == "da"
    assert _("Save") == "Gem"
    assert n_("{count} job", "{count} jobs", 1).format(count=1) == "1 sag"
    assert ngettext("{count} job", "{count} jobs", 2).format(count=2) == "2 sager"
    assert _("Not in the catalogue") == "Not in the catalogue"


@pytest.mark.usefixtures("danish")
def test_a_language_can_be_changed_and_left() -> None:
    install("da")
    install("en")

    assert language() == "en"
    assert _("Save") == "Save"
    assert n_("{count} job", "{count} jobs", 2) == "{count} jobs"


@pytest.mark.usefixtures("danish")
def test_an_error_is_told_in_the_language_installed() -> None:
    install("da")

    assert errors.Invalid(N_("Save")).sentence(_) == "Gem"


def test_the_empty_text_stays_empty(danish: Path) -> None:
    install("da")

    assert danish.exists()
    assert _("") == ""


def test_without_a_catalogue_the_texts_are_english(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", tmp_path)
    install("sv")

    assert language() == "sv"
    assert _("Save") == "Save"
    assert n_("{count} job", "{count} jobs", 1) == "{count} job"


@pytest.mark.parametrize("content", [b"", b"no catalogue at all", b"\xde\x12\x04\x95" + b"\xff" * 24])
def test_a_damaged_catalogue_leaves_the_texts_english(danish: Path, content: bytes) -> None:
    # gettext keeps what it has read by path, so the damaged one gets a folder of its own.
    damaged = danish.parents[2] / f"damaged{len(content)}" / "da" / "LC_MESSAGES" / danish.name
    damaged.parent.mkdir(parents=True)
    damaged.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(i18n, "LOCALE_FOLDER", damaged.parents[2])
        install("da")

    assert _("Save") == "Save"


def test_an_unknown_language_is_english() -> None:
    install("klingon")

    assert language() == "en"


def test_marking_is_the_domain_s_own() -> None:
    assert N_ is errors.N_
