"""Danish screens, refusals and help are Danish, one word for one thing, and what they advise is understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from svc_tui import i18n
from svc_tui.commandline.arguments import build_parser, read_arguments
from svc_tui.domain.filters.filters import Stage, parse, vocabulary_for
from svc_tui.domain.language.date_words import in_english
from svc_tui.domain.language.dates import (
    NOT_A_DATE,
    NOT_A_MOMENT,
    NOT_A_PERIOD,
    NOT_A_TIME,
    parse_date,
    parse_period,
    parse_time,
    parse_typed,
    parse_when,
)
from svc_tui.services.people import typed_company

NOW = datetime(2026, 11, 18, 12, 0)
ALIKE = frozenset(
    (
        "FILTER", "Status", "Type", "Start", "Mine", "Standard", "PgUp", "PgDn", "Filter", "Esc", "Enter", "Person",
        "X|stage", "EAN", "E-mail", "Model", "Tab Enter", "Status: {value}", "Type: {value}", "normal", "Terminal",
        "magenta", "cyan", "administrator", "PRINTER", "Printer",
        "{label} {seconds} s …   Esc: stop", "{label} …   Esc: stop", "{act} ({when})", "{count} min",
        "BIC", "IBAN", "Bank", "Format", "Reference", "Giro", "Find", "STATUS",
    )
)  # fmt: skip
"""What is the same in both languages."""

ENGLISH = (
    r"never|always|tasklist|none|nobody|today|tomorrow|week ?\d*|fri \d+|the|and|or|of|jobs?|with|without|shift|sheet|"
    r"yes|no|not|error|version|Down|Up|Left|Right|Space|delete|save|undo"
)
COMMANDS = r"svc-tui \w+|--[\w-]+|\{\w+\}|pip install.*|pg_\w+"
"""What one types, which is the same in every language."""
ONE_WORD = {
    "aktivitet": "sag", "faneblad": "fane", r"blad\b": "sag", "noten?\\b": "notat", r"varer?\b": "produkt",
    "handlingen": "ændring", "udskyd": "udsæt", "gjort igen": "gentaget", "færdig": "udført", "import[eé]r": "indlæs",
    "valgte sager": "markerede", "[“”]": "»«", r"f\.eks\.|for eksempel": "fx", r"(?:skriv|eller) \d\d\.\d\d\b": "14:30",
    r"mangler en værdi": "skal følges af", r"\bos\b": "vi selv", r"\bDel\b sletter": "Slet",
    r"Shift\+": "Skift+", r"\bfirma": "butik",
}  # fmt: skip
"""A word that is not used, and the one that is."""
ALLOWED = frozenset(("Er firma", "gøres færdig"))


def danish() -> Iterator[tuple[str, str]]:
    """Every message and each form of its translation."""
    with Path(i18n.LOCALE_FOLDER, "da", "LC_MESSAGES", f"{i18n.DOMAIN}.po").open("rb") as file:
        for message in read_po(file):
            names = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
            texts = message.string if isinstance(message.string, (tuple, list)) else (message.string or "",)
            for text in texts if message.id else ():
                yield names[-1], text


def test_no_english_word_is_left() -> None:
    same = {name for name, text in danish() if name == text and re.search(r"[A-Za-z]{2}", re.sub(r"\{\w+\}", "", name))}
    assert same <= ALIKE
    found = {text for _name, text in danish() if re.search(rf"(?<![\w-])(?:{ENGLISH})(?![\w-])", _spoken(text))}
    assert found == set()


def _spoken(text: str) -> str:
    """Without what one types, which is the same in every language."""
    return re.sub(COMMANDS, "", text)


@pytest.mark.parametrize("wrong", ONE_WORD)
def test_one_thing_has_one_word(wrong: str) -> None:
    found = {text for _name, text in danish() if re.search(rf"(?i)(?<!\w){wrong}", text)}
    assert {text for text in found if not any(allowed in text for allowed in ALLOWED)} == set()


def test_a_sentence_that_ends_with_a_day_has_one_full_stop() -> None:
    """A day is written `24.12.`, with a full stop of its own."""
    places = "day|date|begin|end"
    assert {text for _name, text in danish() if re.search(rf"\{{({places})\}}\.", text)} == {
        "Ingen er ansvarlig endnu: butikken har åbent {start} - {end}. F4: næste tid",
        "{name} er ledig {start} - {end}. F4: næste tid",
    }  # these end with a time of day


@pytest.fixture
def in_danish() -> Iterator[None]:
    before = i18n.language()
    i18n.install("da")
    yield
    i18n.install(before)


def _examples(sentence: str) -> list[str]:
    """What a refusal says may be written."""
    advised = re.split(r"write for example |skriv fx ", sentence)[1]
    return re.split(r", | or | eller ", advised)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_dates_and_times_that_a_refusal_or_the_help_shows_are_understood(language: str) -> None:
    from svc_tui.screens.shell.help import field_help

    told = i18n.translation_to(language)
    for text in _examples(told(NOT_A_DATE)):
        parse_date(text, NOW, language)
    for text in _examples(told(NOT_A_TIME)):
        parse_time(text)
    for text in _examples(told(NOT_A_MOMENT)):
        parse_typed(text, NOW, language)
    for text in _examples(told(NOT_A_PERIOD)):
        parse_period(text, NOW, language)
    before = i18n.language()
    i18n.install(language)
    try:
        shown = [keys for keys, _what in field_help() if re.search(r"930|2411|\+3", keys)]
    finally:
        i18n.install(before)
    assert len(shown) == 3
    for text in "  ".join(shown).split("  "):
        parse_typed(text, NOW, language)


@pytest.mark.parametrize("language", ["da", "en", "nb", "sv"])
def test_the_filters_that_the_help_shows_are_understood(language: str) -> None:
    from svc_tui.screens.jobs.job_filter import explanation

    before = i18n.language()
    i18n.install(language)
    try:
        shown = [keys for keys, _what in explanation(language) if ":" in keys and not keys.endswith((":", "…"))]
    finally:
        i18n.install(before)
    assert len(shown) >= 3
    for line in shown:
        assert parse(line, vocabulary_for(language), NOW, language).terms, line


@pytest.mark.parametrize("language", ["da", "nb", "sv"])
def test_today_is_d_t_or_written_out(language: str) -> None:
    for text in ("d", "D", "t", "i dag", "idag"):
        assert parse_date(text, NOW, language) == NOW.date()
        assert parse_when(f"{text} 14", NOW, language) == datetime(2026, 11, 18, 14)
    assert parse_when("d 930", NOW, language) == datetime(2026, 11, 18, 9, 30)


def test_a_d_before_or_behind_a_number_is_the_day_it_always_was() -> None:
    assert parse_date("d. 24", NOW, "da").day == 24
    assert parse_when("d. 14", NOW, "da").date().isoformat() == "2026-12-14"
    assert parse_date("+3d", NOW, "da").day == 21
    for kept in ("+3d", "-30d", "d. 24", "d.24", "24d"):
        assert in_english(kept, "da") == kept
    assert in_english("d", "da") == "today"
    assert in_english("d 14", "da") == "today 14"


def test_a_stage_is_called_what_its_status_is() -> None:
    vocabulary = vocabulary_for("da")
    assert "udført" in vocabulary.stage_labels
    assert vocabulary.stages["udført"] == vocabulary.stages["færdig"] == vocabulary.stages["done"] == (Stage.DONE,)


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("aldrig", "never"), ("altid", "always"), ("opgaveliste", "tasklist"), ("Opgave-liste", "tasklist"),
        ("never", "never"), ("always", "always"), ("tasklist", "tasklist"), ("task list", "tasklist"),
    ],
)  # fmt: skip
def test_the_rules_of_the_shop_are_set_in_danish_and_in_english(typed: str, rule: str) -> None:
    for name in ("end", "slut", "done_end_rule"):
        assert typed_company.read({name: typed}, "da") == {"done_end_rule": rule}


def test_the_help_of_the_command_line_is_danish(in_danish: None) -> None:
    parser = build_parser()
    texts = [parser.format_help()]
    for action in parser._actions:
        if isinstance(action.choices, dict):
            texts += [found.format_help() for found in action.choices.values()]
    assert len(texts) > 10
    for text in texts:
        assert not re.search(r"(?i)\b(usage|positional|options|optional|show this|exit|the|and)\b", text), text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["show"], "svc-tui show: her mangler: NUMMER"),
        (["lis"], "'lis' kendes ikke; vælg en af"),
        (["list", "all", "--sort"], "--sort: skal følges af en værdi"),
        (["list", "all", "--json", "--ids"], "--ids: kan ikke bruges sammen med --json"),
        (["show", "x"], "NUMMER: x er intet tal"),
        (["import", "orders", "f"], "kendes ikke; vælg en af"),
        (["--slow=3", "keys"], "--slow: skal stå uden værdi"),
    ],
)
def test_what_is_wrong_with_arguments_is_told_in_danish(
    arguments: list[str], sentence: str, in_danish: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_arguments(arguments)
    said = capsys.readouterr().err
    assert sentence in said
    assert said.startswith("brug: svc-tui")
