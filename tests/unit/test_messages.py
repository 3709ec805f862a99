"""Every sentence of the program can be read whole in the message line, with long values, at 80 and at 40 columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import Formatter

import pytest

from svc_tui.domain.errors import Invalid
from svc_tui.domain.quoting import MOST_QUOTED, QUOTED, brief, filled
from svc_tui.widgets.bottom_line import BottomLine, sentence_lines
from svc_tui.widgets.fields import TextField
from svc_tui.widgets.lines import width_of, wrapped
from svc_tui.widgets.look import look
from tests.catalogues import COMPLETE, ROOT, TEMPLATE, catalogue_path, read

WRITTEN = "Østergårdsvejensvaskemaskineservice og hårde hvidevarer ApS"
"""A name, a subject, or what somebody typed."""
OF_THE_PROGRAM = "Grundlovsforhandlinger"
"""A value that is a word of the program, a time, or a number."""


def sentences() -> Iterator[str]:
    """All texts of the catalogues, in every form."""
    for catalogue in (read(TEMPLATE), *(read(catalogue_path(language), language) for language in COMPLETE)):
        for message in (message for message in catalogue if message.id):
            for entry in (message.id, message.string):
                yield from filter(None, entry if isinstance(entry, list | tuple) else [entry])


def with_long_values(sentence: str) -> str:
    places = [name for _text, name, _form, _turn in Formatter().parse(sentence) if name]
    return filled(sentence, **{name: WRITTEN if name in QUOTED else OF_THE_PROGRAM for name in places})


def is_plain(sentence: str) -> bool:
    """Texts with braces of another meaning are not filled: those of the command line's own help."""
    return bool(sentence) and "{" not in re.sub(r"\{\w+\}", "", sentence)


@pytest.mark.parametrize(("columns", "most"), [(80, 4), (40, 8)])
def test_no_sentence_of_the_catalogues_is_cut(columns: int, most: int) -> None:
    tried = 0
    for sentence in filter(is_plain, sentences()):
        told = with_long_values(sentence)
        lines = ["".join(text for text, _style in line) for line in sentence_lines(told, columns, look().plain)]
        assert "".join("".join(lines).split()) == "".join(told.split())
        assert all(width_of(line) == columns for line in lines)
        assert len(lines) <= most, told
        tried += 1
    assert tried > 1000


@pytest.mark.parametrize("columns", [80, 40])
def test_no_question_of_the_catalogues_is_cut(columns: int) -> None:
    bottom = BottomLine()
    for sentence in filter(is_plain, sentences()):
        question = TextField("asked", with_long_values(sentence))
        question.value = "fr 14"
        bottom.question = question
        lines = ["".join(text for text, _style in line) for line in bottom.laid_out(columns)]
        assert "".join("".join(lines).split()) == "".join(f"{question.label}:fr14".split())
        assert all(width_of(line) <= columns for line in lines)


def test_a_refusal_stands_above_its_question() -> None:
    bottom, question = BottomLine(), TextField("start_at", "Postpone to (fr, +3, 2411, week 48, fr 14)")
    bottom.question, bottom.message = question, "“xyz” is not a date; write for example today, +3, fri, 24, 2411"
    lines = ["".join(text for text, _style in line).rstrip() for line in bottom.laid_out(40)]

    assert lines == [
        " “xyz” is not a date; write for example",
        " today, +3, fri, 24, 2411",
        " Postpone to (fr, +3, 2411, week 48, fr",
        " 14):",
    ]


def test_twelve_letters_are_quoted_of_what_people_wrote() -> None:
    error = Invalid("“{text}” is not a date; write for example {example}", text=WRITTEN, example="24.11.2026 09:00")

    assert error.brief() == "“Østergårdsv…” is not a date; write for example 24.11.2026 09:00"
    assert WRITTEN in error.sentence()
    assert filled("Job {number} is {name}'s now.", number=10432, name="Bo Holm") == "Job 10432 is Bo Holm's now."
    assert len(brief(WRITTEN)) == MOST_QUOTED
    assert brief("Anders Holm Nielsen") == "Anders Holm…"


def test_a_refusal_that_quotes_another_is_brief_too() -> None:
    inner = Invalid("“{text}” is too long", text=WRITTEN)

    assert Invalid("Not undone: {why}", why=inner).brief() == "Not undone: “Østergårdsv…” is too long"


def test_screens_quote_briefly() -> None:
    """What a screen says goes through `brief` and `filled`."""
    whole = re.compile(r"\b(?:say|complain|ask_letter)\(.*\.format\([^()]*\b(?:" + "|".join(QUOTED - {"text"}) + r")=")
    for path in (ROOT / "svc_tui" / "screens").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert ".sentence(" not in source, path.name
        assert not whole.search(source), path.name


def test_a_word_longer_than_the_line_is_broken_and_choices_stay_apart() -> None:
    assert wrapped("/srv/werkstatt/service/daten.db ist weg", 12) == [
        "/srv/werksta",
        "tt/service/d",
        "aten.db ist",
        "weg",
    ]
    assert wrapped("Not saved yet.   s: save   Esc: stay", 80) == ["Not saved yet.   s: save   Esc: stay"]
    assert wrapped("Not saved yet.   s: save   Esc: stay", 24) == ["Not saved yet.   s: save", "Esc: stay"]
    assert wrapped("", 10) == [""]
