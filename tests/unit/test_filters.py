"""The filter line: what is typed becomes a tree, a mistake is pointed at, and the tree can be written again."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.errors import FilterError
from svc_tui.domain.filters.filter_fields import PERIODS, Subject, Values, fields_of
from svc_tui.domain.filters.filter_pieces import taken_by_names
from svc_tui.domain.filters.filters import (
    NONE,
    OPEN,
    Answer,
    Days,
    Field,
    Filter,
    Name,
    Number,
    Stage,
    Term,
    Value,
    parse,
    to_text,
    vocabulary_for,
)
from svc_tui.domain.language.dates import parse_period
from svc_tui.domain.text import words
from svc_tui.services.filters import entry_filter, filtering

WEDNESDAY = datetime(2026, 11, 18, 13, 45)  # in week 47


def read(text: str, language: str = "da") -> Filter:
    return parse(text, vocabulary_for(language), WEDNESDAY, language)


def only_term(text: str, language: str = "da") -> Term:
    found = read(text, language)
    assert not found.words
    (term,) = found.terms
    return term


def refused(text: str, language: str = "da") -> FilterError:
    with pytest.raises(FilterError) as caught:
        read(text, language)
    return caught.value


def test_a_line_is_terms_and_words_in_any_order() -> None:
    found = read('revnet status:venter skærm ansv:ah -type:garanti -lånt kunde:"jensen & søn"')
    assert found.terms == (
        Term(Field.STATUS, (Name("venter"),)),
        Term(Field.RESPONSIBLE, (Name("ah"),)),
        Term(Field.TYPE, (Name("garanti"),), negated=True),
        Term(Field.CUSTOMER, (Name("jensen & søn"),)),
    )
    assert found.words == ("revnet", "skærm")
    assert found.not_words == ("lånt",)


@pytest.mark.parametrize("text", ["", "   ", "status:all", "start:alle"])
def test_a_line_that_asks_for_nothing_lets_every_job_pass(text: str) -> None:
    assert read(text)._replace(unrestricted=()) == Filter()


@pytest.mark.parametrize("text", ["tv", "-tv", "status:venter", "x", "???", "&", "-", '""', '-""', "- -"])
def test_a_line_that_asks_for_something_is_not_empty(text: str) -> None:
    assert read(text)._replace(unrestricted=()) != Filter()


@pytest.mark.parametrize(
    ("field", "names"),
    [
        (Field.STATUS, "status STATUS stat statu"),
        (Field.STAGE, "stage fase fas f stag"),
        (Field.TYPE, "type typ t"),
        (Field.RESPONSIBLE, "responsible ansv ansvarlig ansvarig a resp"),
        (Field.CUSTOMER, "customer kunde kund k c"),
        (Field.START, "start star"),
        (Field.PROMISED, "promised lovet lovat lov"),
        (Field.NUMBER, "number nr nummer n"),
        (Field.SERIAL, "serial serie serienummer ser serienr sn"),
        (Field.PRIORITY, "priority prioritet prio pri"),
        (Field.LIST, "list liste lista li"),
        (Field.END, "end slut slutt sl"),
        (Field.CHANGED, "changed rettet endret ändrad aendrad ændret rett ch"),
        (Field.CREATED, "created oprettet opprettet skapad"),
        (Field.CREATOR, "creator opretter oppretter skapare createdby oprettetaf"),
        (Field.DEVICE, "device apparat app dev"),
        (Field.PART, "part del"),
        (Field.PROJECT, "project projekt prosjekt proj"),
        (Field.LATE, "late forsinket försenad forsenad fors la"),
        (Field.STATUS_SINCE, "status-since status-siden status-sedan since siden sedan status-s"),
        (Field.UNTOUCHED, "untouched urørt uroert orörd oroerd untou"),
        (Field.VIEW, "view visning vy v"),
    ],
)
def test_a_field_has_its_name_in_every_language_and_any_unique_beginning_of_it(field: Field, names: str) -> None:
    assert {read(f"{name}:all", "en").unrestricted for name in names.split()} == {(field,)}


def test_every_field_is_known_by_the_name_that_messages_use() -> None:
    for language in ("da", "en", "nb", "sv"):
        vocabulary = vocabulary_for(language)
        assert all(vocabulary.fields[label] is field for field, label in vocabulary.labels.items())


def test_commas_mean_any_of_and_a_last_one_is_still_being_typed() -> None:
    assert only_term("status:venter,klar").values == (Name("venter"), Name("klar"))
    assert only_term("status:venter,").values == (Name("venter"),)
    assert only_term('kunde:"a, b",c').values == (Name("a, b"), Name("c"))


def test_quotes_make_a_phrase_and_keep_signs_from_meaning_anything() -> None:
    assert read('"revnet skærm" -"uden fejl"') == Filter(words=("revnet skærm",), not_words=("uden fejl",))
    assert read('"status:venter" "-5"') == Filter(words=("status:venter", "-5"))
    assert only_term('ansv:"ingen"').values == (Name("ingen"),)
    assert only_term('kunde:"kaldet ""Bob"""').values == (Name('kaldet "Bob"'),)


def test_an_open_quote_reaches_to_the_end() -> None:
    assert only_term('kunde:"jensen & s').values == (Name("jensen & s"),)


def test_an_inch_mark_is_no_quote() -> None:
    assert read('tv 32" sort') == Filter(words=("tv", '32"', "sort"))


@pytest.mark.parametrize("word", ["none", "ingen", "Ingen"])
def test_none_means_that_the_field_has_no_value(word: str) -> None:
    assert only_term(f"ansv:{word},ah").values == (NONE, Name("ah"))
    assert only_term(f"lovet:{word}").values == (NONE,)


@pytest.mark.parametrize("word", ["all", "alle", "alla", "ALL"])
def test_all_lifts_the_restriction_of_a_field(word: str) -> None:
    assert read(f"start:{word} tv") == Filter(words=("tv",), unrestricted=(Field.START,))


def test_not_all_is_refused() -> None:
    assert "remove the minus" in str(refused("-status:alle"))


@pytest.mark.parametrize(
    ("text", "language", "stages"),
    [
        ("stage:ready", "da", (Stage.READY,)),
        ("fase:klar", "da", (Stage.READY,)),
        ("fas:klar", "sv", (Stage.DONE,)),
        ("fase:venter,arbejder", "da", (Stage.WAITING, Stage.WORKING)),
        ("stage:open", "nb", OPEN),
        ("fase:åben", "da", OPEN),
        ("fase:aaben", "da", OPEN),
        ("fase:a\u030aben", "da", OPEN),
        ("fase:åpen", "nb", OPEN),
        ("fas:öppen", "sv", OPEN),
        ("fase:fær", "da", (Stage.DONE,)),
        ("fase:udført", "da", (Stage.DONE,)),
        ("fase:udfoert", "da", (Stage.DONE,)),
        ("stage:open,done", "en", (*OPEN, Stage.DONE)),
    ],
)
def test_a_stage_is_named_in_english_or_in_the_own_language(
    text: str, language: str, stages: tuple[Stage, ...]
) -> None:
    assert only_term(text, language).values == stages


def test_an_unknown_or_ambiguous_stage_is_refused_with_the_words_to_choose_from() -> None:
    assert "klar, venter, arbejder, udført, annulleret, åben" in str(refused("fase:snart"))
    assert "ready, waiting, working" in str(refused("stage:w", "en"))


def test_dates_are_periods_reckoned_from_now() -> None:
    assert only_term("start:<uge48").values == (Days(None, date(2026, 11, 22), "<uge48"),)
    assert only_term("lovet:i.morgen").values == (Days(date(2026, 11, 19), date(2026, 11, 19), "i.morgen"),)
    assert only_term('lovet:"i morgen"').values == (Days(date(2026, 11, 19), date(2026, 11, 19), "i morgen"),)
    assert only_term("start:-7").values == (Days(date(2026, 11, 11), date(2026, 11, 18), "-7"),)
    assert only_term("-start:1.11..24.11").negated


@pytest.mark.parametrize("text", ["late:yes", "forsinket:ja", "försenad:j", "forsinket:YES"])
def test_late_is_yes_or_no(text: str) -> None:
    assert only_term(text).values == (Answer.YES,)
    assert only_term("late:nej").values == (Answer.NO,)
    assert "write ja / nej / t" in str(refused("forsinket:måske"))


@pytest.mark.parametrize("text", ["late:t", "forsinket:i morgen", "forsinket:24.11..1.12", "försenad:<uge48"])
def test_late_is_a_day_too(text: str) -> None:
    (value,) = only_term(text).values
    assert isinstance(value, Days)


def test_a_day_that_no_month_has_is_no_deadline() -> None:
    assert "calendar" in str(refused("late:30-02"))
    assert only_term("late:yes,t,ingen").values[::2] == (Answer.YES, NONE)


def test_untouched_takes_days_or_a_day_and_a_name_may_have_a_hyphen() -> None:
    assert only_term("urørt:7").values == (Number(7),)
    (value,) = only_term("untouched:1.11").values
    assert isinstance(value, Days)
    (value,) = only_term("-status-siden:<-30").values
    assert isinstance(value, Days)
    assert read("e-mail:x -tv status-").words == ("e-mail:x", "status-")
    assert "status-siden:" in str(refused("status-sinse:t"))


def test_numbers_are_digits() -> None:
    assert only_term("nr:10432,#10433").values == (Number(10432), Number(10433))
    assert only_term("serie:0F3A").values == (Name("0F3A"),)


@pytest.mark.parametrize(
    "text",
    [
        "12:30",
        "http://example.dk/a",
        "C:\\temp",
        "c:/temp",
        "note:x",
        "tlf:12345678",
        ":x",
        "1nr:3",
        "xyz:",
        "a-b",
        "&",
    ],
)
def test_what_only_looks_like_a_field_is_words(text: str) -> None:
    assert read(text) == Filter(words=(text,))


@pytest.mark.parametrize(
    ("text", "language", "marked", "remedy"),
    [
        ("tv statsu:venter", "da", "statsu", "write status:"),
        ("tv kunden:jensen", "da", "kunden", "write kunde:"),
        ("tv kunden:jensen", "en", "kunden", "write customer:"),
        ("tv st:x", "da", "st", "write status: / fase: / start:"),
        ("tv nr:12a klar", "da", "12a", "digits only"),
        ("nr:99999999999999999999", "da", "99999999999999999999", "as long as"),
        ("tv start:24.11,snart", "da", "snart", "is not a period; write for example"),
        ("tv nr:ingen", "da", "ingen", "digits only"),
        ("tv -status: klar", "da", "-status:", "for example status:ingen"),
        ("tv fase:", "da", "fase:", "for example fase:åben"),
        ("tv start:,", "da", "start:,", "for example start:t"),
        ("re: tv", "da", "re:", "quotes around"),
    ],
)
def test_a_mistake_is_pointed_at_and_says_what_to_write(text: str, language: str, marked: str, remedy: str) -> None:
    error = refused(text, language)
    assert text[error.start : error.end] == marked
    assert remedy in str(error)
    assert error.field is None


def test_what_an_example_shows_is_accepted() -> None:
    for subject in Subject:
        vocabulary = vocabulary_for("sv", subject)
        for field in fields_of(subject):
            with pytest.raises(FilterError) as mistake:
                parse(f"{field.value}:", vocabulary, WEDNESDAY, "sv")
            example = str(mistake.value.values["example"])
            assert parse(example, vocabulary, WEDNESDAY, "sv").terms[0].field is field


def test_each_subject_has_fields_of_its_own_and_those_of_others_are_words() -> None:
    contacts = vocabulary_for("da", Subject.CONTACTS)
    assert parse("tlf:2012 status:venter", contacts, WEDNESDAY, "da").words == ("status:venter",)
    assert read("telefon:2012").words == ("telefon:2012",)
    for language in ("en", "da", "nb", "sv"):
        for subject in Subject:
            vocabulary = vocabulary_for(language, subject)
            assert all(vocabulary.fields[label] is field for field, label in vocabulary.labels.items())


def test_a_term_knows_where_it_stands() -> None:
    text = 'tv  -kunde:"jensen & søn",ab  x'
    start, end = read(text).terms[0].span
    assert text[start:end] == '-kunde:"jensen & søn",ab'


def test_a_tree_is_written_with_english_names_and_the_dates_as_typed() -> None:
    assert str(read("-sølv kund:jensen,ingen lovet:t fase:åben prio:alle tv")) == (
        "customer:jensen,none promised:t stage:ready,waiting,working priority:all tv -sølv"
    )


STATUSES = ("Waiting for parts", "Waiting for customer", "Ready", "Ready to collect", "Køb & salg")


def of_statuses(line: str) -> Filter:
    """The line as a shop reads it that has these statuses."""
    names = [words(name) for name in STATUSES]
    vocabulary = vocabulary_for("en")._replace(
        taken=lambda field, *rest: taken_by_names(names, *rest) if field is Field.STATUS else 0
    )
    return parse(line, vocabulary, WEDNESDAY, "en")


@pytest.mark.parametrize(
    ("line", "values", "rest"),
    [
        ("status:waiting for parts", "waiting for parts", ""),
        ("status:Waiting for Parts screen", "Waiting for Parts", "screen"),
        ("screen status:waiting for parts sony", "waiting for parts", "screen sony"),
        ("-status:waiting for parts sony", "waiting for parts", "sony"),
        ("status:wait for parts", "wait for parts", ""),
        ("status:waiting for pa", "waiting for pa", ""),
        ("status:waiting for pa screen", "waiting for", "pa screen"),
        ("status:waiting for sony", "waiting for", "sony"),
        ("status:waiting parts", "waiting", "parts"),
        ("status:waiting for parts,ready to collect tv", "waiting for parts|ready to collect", "tv"),
        ("status:waiting for parts, ready tv", "waiting for parts|ready", "tv"),
        ("status:waiting, tv", "waiting", "tv"),
        ("status:ready tv", "ready", "tv"),
        ("status:ready t", "ready t", ""),
        ("status:køb & salg dele", "køb & salg", "dele"),
        ("status:waiting -for", "waiting", "-for"),
        ('status:"waiting" for parts', "waiting", "for parts"),
        ('status:waiting "for" parts', "waiting", "for parts"),
        ("status:waiting for parts type:tv", "waiting for parts", ""),
        ("status:waiting 12:30", "waiting", "12:30"),
        ("type:tv waiting for parts", "tv", "waiting for parts"),
    ],
)
def test_words_that_go_on_with_the_name_of_a_value_belong_to_it(line: str, values: str, rest: str) -> None:
    found = of_statuses(line)
    assert "|".join(str(value.text) for value in found.terms[0].values if isinstance(value, Name)) == values
    assert " ".join([*found.words, *(f"-{word}" for word in found.not_words)]) == rest


@pytest.mark.parametrize(
    ("line", "period", "rest"),
    [
        ("start:uge 48", "uge 48", ""),
        ("start:uge 48 2026 tv", "uge 48 2026", "tv"),
        ("lovet:24. november 2026 tv", "24. november 2026", "tv"),
        ("slut:i morgen skærm", "i morgen", "skærm"),
        ("start:t skærm 48", "t", "skærm 48"),
        ("start:<uge 48", "<uge 48", ""),
    ],
)
def test_a_date_may_have_blanks_in_it(line: str, period: str, rest: str) -> None:
    found = read(line)
    (value,) = found.terms[0].values
    assert isinstance(value, Days)
    assert (value.text, " ".join(found.words)) == (period, rest)
    assert read(to_text(found)) == found


texts = st.text(min_size=1, max_size=12).map(str.strip).filter(bool) | st.sampled_from(
    ["none", "Alle", "-", '"', 'a"b', "a:b", "a,b", "/x", "\\x", "status:x", '""', "-t", "ß", "ing en"]
)
names: st.SearchStrategy[Value] = st.builds(Name, texts) | st.just(NONE)
values_of: dict[Field, st.SearchStrategy[Value]] = {
    Field.STAGE: st.sampled_from(Stage),
    Field.NUMBER: st.builds(Number, st.integers(0, 10**18 - 1)),
    Field.VIEW: st.builds(Name, texts),
    Field.LIST: st.builds(Name, texts),
    **{
        field: st.sampled_from(["t", "<uge48", "1.11..24.11", "i morgen", "nov 2026", "-7"]).map(
            lambda text, field=field: only_term(f'{field.value}:"{text}"').values[0]  # type: ignore[misc]
        )
        for field in fields_of(Subject.JOBS)
        if field.about.values in PERIODS
    },
    Field.LATE: st.sampled_from((*Answer, NONE)),
}
terms = st.sampled_from(fields_of(Subject.JOBS)).flatmap(
    lambda field: st.builds(
        Term,
        st.just(field),
        st.lists(values_of.get(field, names), min_size=1, max_size=3, unique=True).map(tuple),
        st.booleans(),
    )
)
word_lists = st.lists(texts, max_size=3).map(tuple)
filters = st.builds(
    Filter,
    st.lists(terms, max_size=4).map(tuple),
    word_lists,
    word_lists,
    st.lists(st.sampled_from(fields_of(Subject.JOBS)), max_size=2, unique=True).map(tuple),
)
lines = st.lists(
    st.text(max_size=6)
    | st.sampled_from([*' -:,"/', "status:", "start:", "nr:", "fase:", "st:", "alle", "ingen", "uge48", "..", "<"]),
    max_size=10,
).map("".join)


@given(tree=filters)
def test_every_tree_can_be_written_and_read_again(tree: Filter) -> None:
    assert read(to_text(tree)) == tree


@given(line=lines, language=st.sampled_from(["da", "en", "nb", "sv", "xx"]))
def test_any_line_is_a_filter_that_can_be_written_again_or_a_marked_mistake(line: str, language: str) -> None:
    try:
        found = read(line, language)
    except FilterError as error:
        marked = (error.start, error.end)
    else:
        assert read(str(found), language) == found
        marked = (0, len(line))
    assert 0 <= marked[0] <= marked[1] <= len(line)


@given(line=st.text(), now=st.datetimes())
def test_any_text_at_any_time_is_a_filter_or_a_mistake(line: str, now: datetime) -> None:
    for text in (line, f"start:{line}", f'lovet:"{line}'):
        try:
            parse(text, vocabulary_for("da"), now, "da")
        except FilterError:
            continue


@pytest.mark.parametrize(
    "text",
    ["2025-13", "2025-00", "2025-02-30", "2025-2-30", "30-02", "31-04", "30-2-2026", ">30-02"],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_day_that_there_is_not_is_no_range_of_others(text: str, language: str) -> None:
    assert text in str(refused(f"start:{text}", language))
    for week in ("2025-w53", "2025w54", "<2025-w53"):
        refused(f"start:{week}", language)


@pytest.mark.parametrize("text", ["2026-w53", "2025-12", "2025-02-28", "24-11", "24-30", "29-2", "2025-2027", "1-12"])
def test_days_and_ranges_that_there_are_stay_what_they_were(text: str) -> None:
    (value,) = only_term(f"start:{text}").values
    assert isinstance(value, Days)
    assert value[:2] == parse_period(text, WEDNESDAY, "da")


@pytest.mark.parametrize(
    ("line", "language", "example"),
    [
        ("type:", "da", "type:ingen"),
        ("type:", "en", "type:none"),
        ("forsinket:", "da", "forsinket:ja"),
        ("fase:", "da", "fase:åben"),
        ("late:", "en", "late:yes"),
        ("typ:", "sv", "typ:ingen"),
    ],
)
def test_an_example_is_in_the_users_language(line: str, language: str, example: str) -> None:
    assert example in str(refused(line, language))


@pytest.mark.parametrize(
    "line",
    ["status=venter", "status = venter", "status : venter", "status :venter", "tv STATUS=venter", "kunde：jensen"],
)
def test_what_is_nearly_a_restriction_is_no_search(line: str) -> None:
    assert "without a blank" in str(refused(line))


@pytest.mark.parametrize("line", ['"status=venter"', "x=1", "status", "status tv", 'status ":x"', "12 : 30", "a=b"])
def test_what_is_no_field_is_searched_for(line: str) -> None:
    assert not read(line).terms


def test_every_field_has_a_name_and_an_explanation() -> None:
    assert {field for subject in Subject for field in fields_of(subject)} == set(Field)
    for language in ("en", "da", "nb", "sv"):
        for subject in Subject:
            assert tuple(vocabulary_for(language, subject).labels) == fields_of(subject)


def test_every_field_asks_something_of_the_lists_that_know_it() -> None:
    jobs = {field for field in fields_of(Subject.JOBS) if not field.about.column} - {Field.VIEW}
    lacking = jobs - set(filtering._MEANINGS)
    assert not lacking, f"say what {lacking} asks of the jobs in _MEANINGS of services/filters/filtering.py"
    assert set(filtering._MEANINGS) <= jobs, "these are found by their column already, or are no fields of jobs"
    others = {Values.NUMBERS, Values.ANSWERS, Values.KINDS, Values.DAYS}
    entries = {field for subject in set(Subject) - {Subject.JOBS} for field in fields_of(subject)}
    texts = {field for field in entries if field.about.values not in others}
    assert texts == set(entry_filter._TEXTS), "say what each asks in _TEXTS of services/filters/entry_filter.py"
