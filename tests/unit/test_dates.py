"""Dates, times and periods: what is typed is understood, and what is shown can be typed again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from svc_tui.domain.errors import Invalid
from svc_tui.domain.language import dates

WEDNESDAY = datetime(2026, 11, 18, 13, 45)  # in week 47
LANGUAGES = ("da", "en", "nb", "sv")

languages = st.sampled_from(LANGUAGES)
moments = st.datetimes(datetime(1950, 1, 1), datetime(2150, 12, 31))
scraps = st.lists(
    st.sampled_from("0123456789+-<>=./: aTø\u0661\0")
    | st.sampled_from(["24", "2411", "2026", "930", "uge", "w", "fr", "nov", "t", "i dag", "kl", "99", "31", ".."]),
    max_size=12,
).map("".join)


def day(text: str, language: str = "da", now: datetime = WEDNESDAY) -> date:
    return dates.parse_date(text, now, language)


def when(text: str, language: str = "da", now: datetime = WEDNESDAY) -> str:
    return f"{dates.parse_when(text, now, language):%Y-%m-%d %H:%M}"


def period(text: str, language: str = "da", now: datetime = WEDNESDAY) -> str:
    first, last = dates.parse_period(text, now, language)
    return f"{first or ''}..{last or ''}"


@pytest.mark.parametrize(
    ("language", "yesterday", "today", "tomorrow"),
    [
        ("da", ["i går", "i gaar", "igår"], ["t", "T", "i dag", "today"], ["i morgen", "i.morgen", "I MORGEN"]),
        ("en", ["yesterday"], ["t", "today"], ["tomorrow"]),
        ("nb", ["i går"], ["t", "i dag"], ["i morgen", "imorgen"]),
        ("sv", ["igår"], ["t", "idag", "i dag"], ["imorgon", "i morgon", "i.morgon"]),
    ],
)
def test_days_near_today_have_words(language: str, yesterday: list[str], today: list[str], tomorrow: list[str]) -> None:
    assert {day(text, language).isoformat() for text in yesterday} == {"2026-11-17"}
    assert {day(text, language).isoformat() for text in today} == {"2026-11-18"}
    assert {day(text, language).isoformat() for text in tomorrow} == {"2026-11-19"}


def test_days_and_weeks_are_counted_from_today() -> None:
    assert day("+3") == date(2026, 11, 21)
    assert day("-1") == day("\N{MINUS SIGN}1") == date(2026, 11, 17)
    assert day("+2u") == day("+2w") == day("+2v") == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("fr", "da", "2026-11-20"),
        ("fredag", "da", "2026-11-20"),
        ("fr.", "da", "2026-11-20"),
        ("lö", "sv", "2026-11-21"),
        ("so", "nb", "2026-11-22"),
        ("loerdag", "da", "2026-11-21"),
        ("Fri", "nb", "2026-11-20"),
        ("må", "sv", "2026-11-23"),
        ("tu", "en", "2026-11-24"),
    ],
)
def test_a_weekday_is_the_next_one(text: str, language: str, expected: str) -> None:
    assert day(text, language).isoformat() == expected


def test_the_weekday_of_today_is_in_a_week() -> None:
    assert day("onsdag") == date(2026, 11, 25)


@pytest.mark.parametrize(("text", "language"), [("f", "da"), ("fredage", "da"), ("ons", "en")])
def test_one_letter_or_a_foreign_word_is_no_weekday(text: str, language: str) -> None:
    with pytest.raises(Invalid):
        day(text, language)


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("24", "2026-11-18", "2026-11-24"),
        ("18", "2026-11-18", "2026-11-18"),
        ("17.", "2026-11-18", "2026-12-17"),
        ("9", "2026-12-31", "2027-01-09"),
        ("31", "2026-11-18", "2026-12-31"),
        ("30", "2026-01-31", "2026-03-30"),
    ],
)
def test_a_day_of_the_month_is_the_next_such_day(text: str, now: str, expected: str) -> None:
    assert day(text, now=datetime.fromisoformat(now)).isoformat() == expected


@pytest.mark.parametrize("text", ["2411", "24.11", "24.11.", "24/11", "24-11", "24 nov", "24. november", "24.nov."])
@pytest.mark.parametrize("language", LANGUAGES)
def test_day_and_month_need_no_year(text: str, language: str) -> None:
    assert day(text, language) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        *("24.11.25", "24.11.2025", "24-11-2025", "24/11/25", "24/11-25", "24/11-2025", "2025-11-24"),
        *("241125", "24112025", "20251124", "24 nov 2025", "24. november 25", "den 24.11.2025", "mandag 24 nov 2025"),
    ],
)
def test_a_year_is_taken_as_written(text: str) -> None:
    assert day(text) == date(2025, 11, 24)


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("1.6", "2026-11-18", "2026-06-01"),
        ("1.5", "2026-11-18", "2027-05-01"),
        ("5.1", "2026-11-18", "2027-01-05"),
        ("24.12", "2026-01-05", "2026-12-24"),
        ("29.2", "2027-11-18", "2028-02-29"),
    ],
)
def test_without_a_year_more_than_six_months_back_means_next_year(text: str, now: str, expected: str) -> None:
    assert day(text, now=datetime.fromisoformat(now)).isoformat() == expected


def test_a_week_is_the_next_one_that_is_not_over() -> None:
    words = ["uge 48", "uge48", "u48", "Week 48", "uke 48", "vecka 48", "v48", "v. 48"]
    assert {day(text) for text in words} == {date(2026, 11, 23)}
    assert day("uge 47") == date(2026, 11, 16)
    assert day("uge 46") == date(2027, 11, 15)
    assert day("uge 46 2026") == day("2026-W46") == date(2026, 11, 9)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "x",
            "32",
            "0",
            "3102",
            "31.2.26",
            "29.2.27",
            "24.13",
            "+",
            "+99999",
            "24.11.0026",
        ),
        *("24 ma", "930", "fredag 24. november 2026", "24.11 2026 x", "\u0661", "9" * 5000, "i", "24..11"),
    ],
)
def test_what_is_no_date_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Invalid, match=r"is not a date; write for example") as refused:
        day(text)
    assert refused.value.field is None
    assert len(str(refused.value)) < 160


def test_times_are_read_with_and_without_signs() -> None:
    assert {dates.parse_time(text) for text in ("9", "09", "kl 9", "KL9", "9:00:59")} == {time(9)}
    assert {dates.parse_time(text) for text in ("930", "0930", "9.30")} == {time(9, 30)}
    assert {dates.parse_time(text) for text in ("14:30", "14.30", "kl. 14.30")} == {time(14, 30)}
    assert dates.parse_time("0") == time(0)


@pytest.mark.parametrize("text", ["", "24", "9:60", "960", "12345", "x", "-1", "9:5", "kl"])
def test_what_is_no_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Invalid, match=r"write for example 9, 930 or 14:30"):
        dates.parse_time(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", "2026-11-18 09:00"),
        ("0", "2026-11-18 00:00"),
        ("24", "2026-11-24 09:00"),
        ("9.", "2026-12-09 09:00"),
        ("930", "2026-11-18 09:30"),
        ("2411", "2026-11-24 09:00"),
        ("1430", "2026-11-18 14:30"),
        ("1012", "2026-12-10 09:00"),
        ("14.30", "2026-11-18 14:30"),
        ("14.11", "2026-11-14 09:00"),
        ("kl 14", "2026-11-18 14:00"),
        ("+3", "2026-11-21 09:00"),
    ],
)
def test_date_or_time_alone_is_enough(text: str, expected: str) -> None:
    assert when(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fr 930", "2026-11-20 09:30"),
        ("930 fr", "2026-11-20 09:30"),
        ("t 14", "2026-11-18 14:00"),
        ("i morgen kl. 8", "2026-11-19 08:00"),
        ("24.11. 09:00", "2026-11-24 09:00"),
        ("1430 2411", "2026-11-24 14:30"),
        ("2026-11-24T09:00", "2026-11-24 09:00"),
        ("24 9", "2026-11-24 09:00"),
        ("9 24", "2026-11-24 09:00"),
        ("uge 48 9", "2026-11-23 09:00"),
        ("24 nov 14", "2026-11-24 14:00"),
        ("24 nov 27", "2027-11-24 09:00"),
        ("24 nov 2027 7", "2027-11-24 07:00"),
    ],
)
def test_date_and_time_stand_in_one_field(text: str, expected: str) -> None:
    assert when(text) == expected


def test_the_date_comes_first_where_both_orders_make_sense() -> None:
    assert when("20 12") == "2026-11-20 12:00"


def test_a_date_alone_takes_the_default_time_asked_for() -> None:
    assert dates.parse_when("fr", WEDNESDAY, "da", time(16)) == datetime(2026, 11, 20, 16)


@pytest.mark.parametrize("text", ["", "t 24", "fr 930 9", "3002", "999", "40", "snart", "t t", "9 960"])
def test_what_is_neither_date_nor_time_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Invalid, match=r"write for example fri 930"):
        when(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t", "2026-11-18..2026-11-18"),
        ("24", "2026-11-24..2026-11-24"),
        ("24-11", "2026-11-24..2026-11-24"),
        ("uge48", "2026-11-23..2026-11-29"),
        ("nov", "2026-11-01..2026-11-30"),
        ("feb", "2027-02-01..2027-02-28"),
        ("feb 2028", "2028-02-01..2028-02-29"),
        ("2026-11", "2026-11-01..2026-11-30"),
        ("2026", "2026-01-01..2026-12-31"),
        ("-7", "2026-11-11..2026-11-18"),
        ("-7d", "2026-11-11..2026-11-18"),
        ("+7", "2026-11-18..2026-11-25"),
    ],
)
def test_one_word_is_a_period(text: str, expected: str) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<uge48", "..2026-11-22"),
        ("<=uge48", "..2026-11-29"),
        (">uge48", "2026-11-30.."),
        (">= uge 48", "2026-11-23.."),
        ("<-7", "..2026-11-10"),
        ("1.11..", "2026-11-01.."),
        ("..2026", "..2026-12-31"),
    ],
)
def test_an_end_may_be_open(text: str, expected: str) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.11..24.11", "2026-11-01..2026-11-24"),
        ("1.11...24.11.", "2026-11-01..2026-11-24"),
        ("24.11-26.11", "2026-11-24..2026-11-26"),
        ("24.-26.11.", "2026-11-24..2026-11-26"),
        ("24/11–26/11", "2026-11-24..2026-11-26"),
        ("2026-11-24-2026-11-30", "2026-11-24..2026-11-30"),
        ("-7..t", "2026-11-11..2026-11-18"),
        ("uge 47-49", "2026-11-16..2026-12-06"),
        ("sep-nov", "2026-09-01..2026-11-30"),
        ("24-26", "2026-11-24..2026-11-26"),
    ],
)
def test_a_range_has_both_ends(text: str, expected: str) -> None:
    assert period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ma..fr", "2026-11-16..2026-11-20"),
        ("10..20", "2026-11-10..2026-11-20"),
        ("28..3", "2026-11-28..2026-12-03"),
        ("1.1..31.12", "2026-01-01..2026-12-31"),
        ("uge 45..uge 48", "2026-11-02..2026-11-29"),
    ],
)
def test_the_start_of_a_range_is_sought_before_its_end(text: str, expected: str) -> None:
    assert period(text) == expected


MONDAY = datetime(2026, 11, 30, 12, 50)  # in week 49


def asked(text: str, looks: dates.Looks, now: datetime = MONDAY) -> str:
    first, last = dates.parse_period(text, now, "en", looks)
    return f"{first or ''}..{last or ''}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fri", "2026-11-27..2026-11-27"),
        ("mon", "2026-11-23..2026-11-23"),
        ("27", "2026-11-27..2026-11-27"),
        ("30", "2026-11-30..2026-11-30"),
        ("31", "2026-10-31..2026-10-31"),
        ("week48", "2026-11-23..2026-11-29"),
        ("week 49", "2026-11-30..2026-12-06"),
        ("week 50", "2025-12-08..2025-12-14"),
        ("24.12", "2025-12-24..2025-12-24"),
        ("dec", "2025-12-01..2025-12-31"),
        ("nov", "2026-11-01..2026-11-30"),
        ("29.2", "2024-02-29..2024-02-29"),
        (">fri", "2026-11-28.."),
        ("<27", "..2026-11-26"),
        ("fri..mon", "2026-11-27..2026-11-30"),
        ("mon..fri", "2026-11-23..2026-11-27"),
        ("1.11..31.12", "2026-11-01..2026-12-31"),
        ("week 47-52", "2026-11-16..2026-12-27"),
        ("20..25", "2026-11-20..2026-11-25"),
        ("25..5", "2026-11-25..2026-12-05"),
        ("fri..t", "2026-11-27..2026-11-30"),
        ("-7", "2026-11-23..2026-11-30"),
        ("24.12.26", "2026-12-24..2026-12-24"),
    ],
)
def test_a_question_about_what_was_recorded_looks_back(text: str, expected: str) -> None:
    assert asked(text, "back") == expected


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("week48", MONDAY, "2026-11-23..2026-11-29"),
        ("week 1", MONDAY, "2027-01-04..2027-01-10"),
        ("week 20", MONDAY, "2027-05-17..2027-05-23"),
        ("week 27", MONDAY, "2026-06-29..2026-07-05"),
        ("week 52", datetime(2026, 1, 5), "2025-12-22..2025-12-28"),
        ("27", MONDAY, "2026-11-27..2026-11-27"),
        ("10", MONDAY, "2026-12-10..2026-12-10"),
        ("15", MONDAY, "2026-12-15..2026-12-15"),  # as near as 15 November: what is to come
        ("fri", MONDAY, "2026-12-04..2026-12-04"),
        ("week 47-49", MONDAY, "2026-11-16..2026-12-06"),
    ],
)
def test_a_question_about_what_is_planned_takes_the_nearest(text: str, now: datetime, expected: str) -> None:
    assert asked(text, "nearest", now) == expected


@pytest.mark.parametrize("text", ["2025-w53", "2025-W53", "week 53 2025", "uge 53/2025", "2025w53"])
def test_a_week_that_a_year_does_not_have_is_refused_and_is_no_range(text: str) -> None:
    for read in (dates.parse_date, dates.parse_when, dates.parse_period):
        with pytest.raises(Invalid, match=r"There is no week 53 in 2025\."):
            read(text, MONDAY, "en")


def test_no_year_has_a_week_54() -> None:
    for text in ("week 54", "uge 0", "w99", "2026-w60", "<week 54", "week 50..week 54"):
        with pytest.raises(Invalid, match="There is no week"):
            dates.parse_period(text, MONDAY, "en")
    assert period("2026-w53", now=MONDAY) == "2026-12-28..2027-01-03"
    with pytest.raises(Invalid, match="There is no week 53 in 2029"):
        day("uge 53", now=datetime(2029, 5, 1))


@given(text=scraps, now=moments, language=languages, looks=st.sampled_from(["back", "nearest"]))
def test_every_question_is_understood_or_refused_and_ends_no_earlier_than_it_starts(
    text: str, now: datetime, language: str, looks: dates.Looks
) -> None:
    try:
        first, last = dates.parse_period(text, now, language, looks)
    except Invalid:
        return
    assert first is None or last is None or first <= last


def test_a_range_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(Invalid, match="the earlier day first"):
        period("24.11.26..1.11.26")


def test_a_hyphen_that_can_be_read_in_two_ways_is_refused() -> None:
    with pytest.raises(Invalid, match="two dots"):
        period("24-11-26-12")


@pytest.mark.parametrize("text", ["", "..", "<", ">x", "x..t", "t..x", "-", "--", "13/2026", "99999", "9 fr"])
def test_what_is_no_period_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Invalid, match=r"is not a period; write for example"):
        period(text)


@pytest.mark.parametrize(
    ("language", "this_year", "other_year", "long"),
    [
        ("da", "04.12. 09:05", "04.12.27 09:05", "fredag den 4. december 2026"),
        ("nb", "04.12. 09:05", "04.12.27 09:05", "fredag 4. desember 2026"),
        ("sv", "04/12 09:05", "04/12/27 09:05", "fredag 4 december 2026"),
        ("en", "04/12 09:05", "04/12/27 09:05", "Friday 4 December 2026"),
    ],
)
def test_dates_are_shown_as_the_language_writes_them(language: str, this_year: str, other_year: str, long: str) -> None:
    assert dates.format_when(datetime(2026, 12, 4, 9, 5), WEDNESDAY, language) == this_year
    assert dates.format_when(datetime(2027, 12, 4, 9, 5), WEDNESDAY, language) == other_year
    assert dates.parse_date(long, WEDNESDAY, language) == date(2026, 12, 4)


def test_the_year_is_shown_when_the_date_would_be_read_as_next_year() -> None:
    assert dates.format_date(date(2026, 2, 1), WEDNESDAY, "da") == "01.02.26"


def test_the_century_is_shown_when_it_is_another() -> None:
    assert dates.format_date(date(1998, 2, 1), WEDNESDAY, "en") == "01/02/1998"


@given(when=moments, now=moments, language=languages)
def test_what_is_shown_reads_back_to_the_same_minute(when: datetime, now: datetime, language: str) -> None:
    minute = when.replace(second=0, microsecond=0)
    assert dates.parse_when(dates.format_when(when, now, language), now, language) == minute


@given(now=moments, days=st.integers(-400, 400), language=languages)
def test_a_day_near_now_reads_back_in_every_form(now: datetime, days: int, language: str) -> None:
    that_day = now.date() + timedelta(days=days)
    short = dates.format_date(that_day, now, language)
    assert dates.parse_date(short, now, language) == that_day
    assert dates.parse_when(short, now, language) == datetime.combine(that_day, dates.OPENING)
    assert dates.parse_period(short, now, language) == (that_day, that_day)


@given(first=moments, last=moments, now=moments, language=languages, sign=st.sampled_from(["..", "-"]))
def test_a_range_of_shown_dates_reads_back(
    first: datetime, last: datetime, now: datetime, language: str, sign: str
) -> None:
    assume(first.date() <= last.date())
    text = sign.join(f"{day:%d.%m.%Y}" for day in (first, last))
    assert dates.parse_period(text, now, language) == (first.date(), last.date())


@given(text=st.one_of(scraps, st.text(max_size=80)), now=st.datetimes(), language=st.one_of(languages, st.just("xx")))
def test_any_text_at_any_time_is_understood_or_refused(text: str, now: datetime, language: str) -> None:
    for read in (dates.parse_date, dates.parse_when, dates.parse_period):
        try:
            read(text, now, language)
        except Invalid:
            continue


@given(when=st.datetimes(), now=st.datetimes(), language=languages)
def test_any_moment_can_be_shown(when: datetime, now: datetime, language: str) -> None:
    assert dates.format_when(when, now, language)


@given(text=scraps, now=moments, language=languages)
def test_a_period_ends_no_earlier_than_it_starts(text: str, now: datetime, language: str) -> None:
    try:
        first, last = dates.parse_period(text, now, language)
    except Invalid:
        return
    assert first is None or last is None or first <= last


@pytest.mark.parametrize(("text", "language"), [("t..", "da"), ("i dag..", "da"), ("today..", "en")])
def test_a_range_that_begins_today_has_no_end(text: str, language: str) -> None:
    assert dates.parse_period(text, datetime(2026, 11, 23, 10), language) == (date(2026, 11, 23), None)
