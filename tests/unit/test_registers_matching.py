"""What a few letters typed in a field of a register stand for."""

from __future__ import annotations

import pytest

from svc_tui.domain.registers import Choice, matching, meant

STATUSES = [
    Choice(1, "Ubehandlet"), Choice(2, "I arbejde"), Choice(3, "Venter på dele"), Choice(4, "Venter på kunde"),
    Choice(5, "Venter på godkendelse"), Choice(6, "Udført"), Choice(7, "Klar til afhentning"),
]  # fmt: skip
PEOPLE = [
    Choice(1, "Anna Holm", "AH"), Choice(2, "Bent Krogh", "BK"), Choice(3, "Søren Østergaard", "SØ"),
    Choice(4, "Hanne Ahlers", "HA"), Choice(5, "Bo", "ANNA"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("u", 1), ("ud", 6), ("v", 3), ("venter", 3), ("venter k", 4), ("venter dele", 3), ("på kunde", 4),
        ("vd", None),
        ("vpd", 3), ("vpk", 4), ("kunde", 4), ("afh", 7), ("UDFOERT", 6), ("udført", 6), ("iarbejde", 2), ("i a", 2),
    ],
)  # fmt: skip
def test_the_likeliest_status_comes_first(typed: str, first: int | None) -> None:
    found = matching(typed, STATUSES)
    assert (found[0].id if found else None) == first


@pytest.mark.parametrize(
    ("typed", "first"),
    [("ah", 1), ("AH", 1), ("bk", 2), ("sø", 3), ("soe", 3), ("holm", 1), ("krogh", 2), ("hanne", 4)],
)
def test_initials_come_before_names(typed: str, first: int) -> None:
    assert matching(typed, PEOPLE)[0].id == first


def test_a_whole_code_comes_before_the_beginning_of_a_name() -> None:
    assert matching("anna", PEOPLE)[0].id == 5


def test_what_fits_nothing_is_nothing() -> None:
    assert matching("qqq", STATUSES) == []
    assert meant("qqq", STATUSES) == []


def test_nothing_typed_offers_all_in_their_order() -> None:
    assert matching("", STATUSES) == STATUSES
    assert matching("  ", STATUSES) == STATUSES


def test_ties_stay_in_the_order_of_the_register() -> None:
    assert [choice.id for choice in matching("venter", STATUSES)] == [3, 4, 5]


def test_a_filter_means_all_that_fit_equally_well() -> None:
    assert [choice.id for choice in meant("venter", STATUSES)] == [3, 4, 5]
    assert [choice.id for choice in meant("venter på dele", STATUSES)] == [3]
    assert [choice.id for choice in meant("ah", PEOPLE)] == [1]


@pytest.mark.parametrize("typed", ["[/foo]", "\x1b[31m", "🙂", "x" * 500, "( * ) ?", "…"])
def test_strange_text_matches_nothing_and_breaks_nothing(typed: str) -> None:
    for choices in (STATUSES, PEOPLE):
        assert all(choice in choices for choice in matching(typed, choices))
