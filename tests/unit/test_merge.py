"""Two people in one job: different fields merge, the same field is put before the user, nothing is lost unseen."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.merge import FieldConflict, Merged, MergedRows, Row, RowConflict, merge, merge_rows

FIELDS = ("subject", "status", "done_at", "responsible", "note")
GROUPS = (("status", "done_at"),)

records = st.fixed_dictionaries({name: st.integers(0, 2) for name in FIELDS})
forms = st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 2))
groupings = st.sampled_from([(), GROUPS, (("subject", "note"), ("status", "done_at", "responsible"))])
rows = st.dictionaries(st.integers(1, 4), st.fixed_dictionaries({name: st.integers(0, 2) for name in FIELDS[:3]}))
new_rows = st.dictionaries(st.integers(-3, -1), st.fixed_dictionaries({name: st.integers(0, 2) for name in FIELDS[:3]}))


def test_two_people_change_different_fields_and_both_are_kept() -> None:
    base = {"subject": "TV", "responsible": "AH"}
    merged = merge(base, {"subject": "TV 55", "responsible": "AH"}, {"subject": "TV", "responsible": "BJ"})
    assert merged == Merged({"subject": "TV 55"}, ("responsible",), ())
    assert not merged.conflicts


def test_the_same_change_by_both_is_no_conflict() -> None:
    assert merge({"status": 1}, {"status": 2}, {"status": 2}) == Merged({}, (), ())


def test_different_changes_of_one_field_are_put_before_the_user() -> None:
    merged = merge({"status": 1, "note": ""}, {"status": 2, "note": "x"}, {"status": 3, "note": ""})
    assert merged.conflicts == (FieldConflict("status", 1, 2, 3),)
    assert merged.conflicts


def test_fields_that_belong_together_conflict_as_one() -> None:
    base = {"status": "ready", "done_at": None, "note": ""}
    mine = {**base, "status": "done"}
    theirs = {**base, "done_at": "12:00", "note": "x"}
    merged = merge(base, mine, theirs, GROUPS)
    assert [conflict.field for conflict in merged.conflicts] == ["status", "done_at"]
    assert merged.taken == ("note",)


def test_a_group_only_one_person_touched_is_no_conflict() -> None:
    base = {"status": 1, "done_at": None}
    assert merge(base, {"status": 2, "done_at": "now"}, base, GROUPS).write == {"status": 2, "done_at": "now"}
    assert merge(base, base, {"status": 2, "done_at": "now"}, GROUPS).taken == ("status", "done_at")


def test_fields_the_form_does_not_know_are_left_alone() -> None:
    assert merge({"note": "a"}, {"note": "b"}, {"note": "a", "version": 7}) == Merged({"note": "b"}, (), ())


@given(records, records, records, groupings)
def test_no_saved_value_is_overwritten_unseen(
    base: Row, mine: Row, theirs: Row, groups: tuple[tuple[str, ...], ...]
) -> None:
    merged = merge(base, mine, theirs, groups)
    in_conflict = {conflict.field for conflict in merged.conflicts}
    for name in FIELDS:
        if theirs[name] != base[name] and theirs[name] != mine[name]:
            assert name in in_conflict or name in merged.taken
            assert name not in merged.write
        if mine[name] != base[name] and mine[name] != theirs[name]:
            assert name in in_conflict or merged.write[name] == mine[name]


@given(records, records, records, groupings)
def test_whoever_saves_first_the_result_and_the_conflicts_are_the_same(
    base: Row, one: Row, other: Row, groups: tuple[tuple[str, ...], ...]
) -> None:
    first, second = merge(base, one, other, groups), merge(base, other, one, groups)
    assert {c.field for c in first.conflicts} == {c.field for c in second.conflicts}
    if not first.conflicts:
        assert {**other, **first.write} == {**one, **second.write}


@given(records, forms)
def test_alone_everything_i_changed_is_written(base: Row, form: Row) -> None:
    merged = merge(base, form, base, GROUPS)
    assert not merged.conflicts
    assert {**base, **merged.write} == {**base, **form}


LINE = {"text": "HDMI", "quantity": 1}


def test_lines_are_merged_row_by_row() -> None:
    base = {1: LINE, 2: LINE, 3: LINE, 4: LINE}
    mine = {1: {**LINE, "quantity": 2}, 2: LINE, 4: LINE, -1: {"text": "Kabel", "quantity": 1}}
    theirs = {1: {**LINE, "text": "HDMI 2m"}, 2: {**LINE, "quantity": 5}, 3: LINE, 5: LINE}
    assert merge_rows(base, mine, theirs) == MergedRows(
        create={-1: {"text": "Kabel", "quantity": 1}},
        update={1: {"quantity": 2}},
        delete=(3,),
        taken=(1, 2, 4, 5),
        conflicts=(),
    )


def test_a_line_i_deleted_and_they_changed_is_a_conflict() -> None:
    changed = {**LINE, "quantity": 5}
    assert merge_rows({1: LINE}, {}, {1: changed}).conflicts == (RowConflict(1, LINE, None, changed, ()),)


def test_a_line_they_deleted_and_i_changed_is_a_conflict() -> None:
    changed = {**LINE, "quantity": 5}
    assert merge_rows({1: LINE}, {1: changed}, {}).conflicts == (RowConflict(1, LINE, changed, None, ()),)


def test_a_line_both_deleted_is_gone() -> None:
    assert merge_rows({1: LINE}, {}, {}) == MergedRows({}, {}, (), (), ())


def test_rows_both_added_under_one_key_must_agree() -> None:
    assert not merge_rows({}, {"payer": LINE}, {"payer": LINE}).conflicts
    (conflict,) = merge_rows({}, {"payer": LINE}, {"payer": {**LINE, "quantity": 2}}).conflicts
    assert conflict.fields == (FieldConflict("quantity", None, 1, 2),)


@given(rows, rows, new_rows, rows)
def test_no_saved_row_is_overwritten_or_deleted_unseen(
    base: Mapping[int, Row], kept: Mapping[int, Row], added: Mapping[int, Row], theirs: Mapping[int, Row]
) -> None:
    mine = {**{key: row for key, row in kept.items() if key in base}, **added}
    merged = merge_rows(base, mine, theirs, GROUPS)
    in_conflict = {conflict.key for conflict in merged.conflicts}
    assert merged.create == added
    for key, row in theirs.items():
        if row == base.get(key):
            continue
        assert key not in merged.delete
        assert key in in_conflict or all(
            base[key][name] == row[name] for name in merged.update.get(key, {}) if key in base
        )
    for key, row in base.items():
        if key not in theirs and key in mine and mine[key] != row:
            assert key in in_conflict


@given(rows, rows, rows)
def test_deleting_and_changing_commute_when_nobody_meets(
    base: Mapping[int, Row], one: Mapping[int, Row], other: Mapping[int, Row]
) -> None:
    one, other = ({k: row for k, row in side.items() if k in base} for side in (one, other))
    first, second = merge_rows(base, one, other), merge_rows(base, other, one)
    assert {c.key for c in first.conflicts} == {c.key for c in second.conflicts}
    if not first.conflicts:
        assert _applied(other, first) == _applied(one, second)


def _applied(stored: Mapping[int, Row], merged: MergedRows[int]) -> dict[int, dict[str, object]]:
    kept = {key: {**row, **merged.update.get(key, {})} for key, row in stored.items() if key not in merged.delete}
    return kept | {key: dict(row) for key, row in merged.create.items()}
