"""The steps of one act taken together: what undoing it must put back."""

from __future__ import annotations

import json

from svc_tui.domain.undoing import Effect, Step, effects


def field(name: str, old: object, new: object, row: int = 1) -> Step:
    return Step(7, "activity", row, name, json.dumps(old), json.dumps(new))


def came(row: int = 1, **image: object) -> Step:
    return Step(7, "activity", row, "", None, json.dumps(image))


def went(row: int = 1, **image: object) -> Step:
    return Step(7, "activity", row, "", json.dumps(image), None)


def test_a_field_changed_twice_goes_back_to_what_it_was_first() -> None:
    (effect,) = effects([field("status", 1, 2), field("status", 2, 3), field("subject", "a", "b")])
    assert effect.fields == {"status": (1, 3), "subject": ("a", "b")}


def test_a_field_changed_there_and_back_is_nothing() -> None:
    assert effects([field("status", 1, 2), field("status", 2, 1)]) == []


def test_a_row_that_came_and_was_changed_came_as_it_was_left() -> None:
    (effect,) = effects([came(subject="a", status=1), field("status", 1, 2)])
    assert effect == Effect("activity", 1, 7, created={"subject": "a", "status": 2})


def test_a_row_that_came_and_went_is_nothing() -> None:
    assert effects([came(subject="a"), field("subject", "a", "b"), went(subject="b")]) == []


def test_a_row_that_was_changed_and_went_comes_back_as_it_was_found() -> None:
    (effect,) = effects([field("subject", "a", "b"), went(subject="b", status=1)])
    assert effect == Effect("activity", 1, 7, deleted={"subject": "a", "status": 1})


def test_a_row_that_went_and_came_back_otherwise_was_changed() -> None:
    (effect,) = effects([went(subject="a", status=1), came(subject="b", status=1)])
    assert effect.fields == {"subject": ("a", "b")}


def test_rows_stay_in_the_order_in_which_they_were_touched() -> None:
    found = effects([field("status", 1, 2, row=5), field("status", 1, 2, row=3), field("subject", "a", "b", row=5)])
    assert [effect.row for effect in found] == [5, 3]
