"""The catalogues say all that the sources say, and the check would notice if they did not."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog

from tests.catalogues import complaints, current_complaints, extracted


def catalogue(*messages: tuple[str | tuple[str, str], str | tuple[str, str]], locale: str | None = "da") -> Catalog:
    made = Catalog(locale=locale)
    for name, text in messages:
        made.add(name, text)
    return made


def said_about(name: str | tuple[str, str], text: str | tuple[str, str]) -> list[str]:
    sources = catalogue((name, ""), locale=None)
    return complaints(sources, sources, {"da": catalogue((name, text))})


def test_danish_is_complete_and_the_template_is_up_to_date() -> None:
    assert current_complaints() == []


def test_a_good_translation_passes() -> None:
    assert said_about("No job {number}", "Ingen sag {number}") == []
    assert said_about(("{count} job", "{count} jobs"), ("en sag", "{count} sager")) == []
    assert said_about("Type { to open", "Skriv { for at åbne") == []


def test_missing_empty_and_fuzzy_translations_are_named() -> None:
    sources = catalogue(("Save", ""), ("Close", ""), ("Open", ""), locale=None)
    danish = catalogue(("Close", ""))
    danish.add("Open", "Åbn", flags={"fuzzy"})

    assert complaints(sources, sources, {"da": danish}) == [
        'da.po: "Save" is missing',
        'da.po: "Close" is not translated',
        'da.po: "Open" is marked fuzzy',
    ]


def test_a_plural_needs_all_its_forms() -> None:
    assert said_about(("{n} job", "{n} jobs"), ("{n} sag", "")) == ['da.po: "{n} job / {n} jobs" is not translated']


def test_other_places_than_the_message_has_are_named() -> None:
    assert said_about("No job {number}", "Ingen sag {nummer}") == [
        'da.po: "No job {number}" has other places in its translation: nummer'
    ]
    assert said_about("No job {number}", "Ingen sag") == [
        'da.po: "No job {number}" has other places in its translation: none'
    ]
    assert said_about("Done", "{ting}") == ['da.po: "Done" has other places in its translation: ting']
    assert len(said_about(("{n} job", "{n} jobs"), ("{n} sag", "sager"))) == 1


def test_a_stale_template_is_named() -> None:
    sources, template = catalogue(("New", ""), locale=None), catalogue(("Old", ""), locale=None)

    assert complaints(sources, template, {}) == [
        'svc_tui.pot lacks "New"',
        'svc_tui.pot has "Old", which no source says any more',
    ]


def test_marked_texts_plurals_and_errors_are_found(tmp_path: Path) -> None:
    package = tmp_path / "svc_tui"
    package.mkdir()
    (package / "some.py").write_text(
        'print(_("one"), N_("two"), n_("{n} job", "{n} jobs", 3))\n'
        'raise Invalid(N_("three {x}"), field="not this", x=1)\n'
        'raise NotFound("four")\n'
        'log("not this either")\n',
        encoding="utf-8",
    )
    found = [message.id for message in extracted(package) if message.id]

    assert found == ["one", "two", ("{n} job", "{n} jobs"), "three {x}", "four"]
