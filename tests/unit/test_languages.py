"""Each language says everything that the program asks of one, and nothing that means two things."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.domain import languages
from svc_tui.domain.filters.filter_fields import Field
from svc_tui.domain.filters.filter_words import Stage, vocabulary_for
from svc_tui.domain.job_fields import EDITED
from svc_tui.domain.language.alphabet import alphabet_of
from svc_tui.domain.language.date_words import spellings
from svc_tui.domain.languages import CODES, all_languages, language_of
from svc_tui.domain.transfer.shipped import data_folder, read_demo_words, read_registers
from svc_tui.i18n import LANGUAGES, translated
from svc_tui.screens.people import settings
from svc_tui.services.jobs import typed_edits
from svc_tui.services.people import typed_company
from svc_tui.services.people.company import DONE_END_RULES

every_language = pytest.mark.parametrize("code", CODES)


def test_the_languages_are_the_files_there_are() -> None:
    files = {path.stem for path in Path(languages.__file__).parent.glob("*.py")} - {"__init__"}
    assert set(CODES) == set(LANGUAGES) == files
    assert set(translated()) <= set(CODES)
    assert list(settings.LANGUAGES) == ["", *translated()]


@every_language
def test_all_that_is_asked_for_is_said(code: str) -> None:
    language = language_of(code)
    assert (len(language.weekdays), len(language.months)) == (7, 12)
    assert {0, 1, -1} <= set(language.near.values())
    assert set(language.fields) == {field.value for field in Field}
    assert set(language.stages) == {*(stage.value for stage in Stage), "open"}
    assert set(language.job_fields) == set(language_of("en").job_fields)
    assert set(language.company_fields) == {typed_company._HOURS, *(field.column for field in typed_company._FIELDS)}
    assert set(language.done_rules) == set(DONE_END_RULES)
    assert {language.decimal_mark, language.group_mark} <= {",", ".", " "}
    assert language.decimal_mark != language.group_mark
    assert alphabet_of(code).name == (language.sorts_as or code)
    assert (language_of(language.sorts_as or code).letters == language.letters) or not language.letters


@every_language
def test_a_shop_of_it_and_a_demo_shop_can_be_set_up(code: str) -> None:
    assert read_registers(code).language == code
    assert read_demo_words(code).shop
    for folder in ("registers", "demo"):
        assert (data_folder() / folder / f"{code}.toml").is_file()


def test_no_word_names_two_fields() -> None:
    """In whatever language it is typed, a name means the same field."""
    for kind in ("fields", "company_fields", "job_fields"):
        meant: dict[str, str] = {}
        for language in all_languages():
            for field, names in getattr(language, kind).items():
                for form in (form for name in names.split() for form in spellings(name)):
                    assert meant.setdefault(form, field) == field, (kind, form)


@every_language
def test_no_word_of_one_language_names_two_stages(code: str) -> None:
    stages = language_of(code).stages.values()
    words = [word for names in stages for word in names.split()]
    assert len(words) == len(set(words))


@every_language
def test_names_on_the_command_line_are_understood_in_each_language(code: str) -> None:
    for field in EDITED:
        name = typed_edits.name_of(code, field)
        assert all(typed_edits.field_named(other, name) == field for other in CODES), name


def test_a_language_that_there_is_not_is_english() -> None:
    assert language_of("xx") is language_of("en")
    assert vocabulary_for("xx").labels == vocabulary_for("en").labels


def test_a_language_is_loaded_when_it_is_asked_for() -> None:
    from tests.unit.test_layers import all_loaded_by

    loaded = all_loaded_by("from svc_tui.domain.languages import language_of; language_of('da')")
    assert "svc_tui.domain.languages.da" in loaded
    assert "svc_tui.domain.languages.sv" not in loaded
