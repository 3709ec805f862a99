"""A job's fields are described once, and whatever lists them follows."""

from __future__ import annotations

import pytest

from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.filters.filter_fields import FIELDS
from svc_tui.domain.job_fields import BY_NAME, EDITED, HEADER, JOB_FIELDS, JobField
from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.languages import language_of
from svc_tui.domain.tables import ACTIVITY
from svc_tui.i18n import LANGUAGES
from svc_tui.services.jobs import job_edits, typed_edits

BY_ITSELF = {"number", "done_at", "created_at", "created_by"}
"""Columns of a job that nobody edits in its sheet."""


def test_every_column_of_a_job_that_people_edit_is_described() -> None:
    missing = set(ACTIVITY.fields) - BY_ITSELF - set(HEADER)
    assert not missing, f"describe these fields in svc_tui/domain/job_fields.py: {missing}"


@pytest.mark.parametrize("entry", JOB_FIELDS, ids=lambda entry: entry.name)
def test_a_field_is_named_in_every_language_or_by_the_filter_line(entry: JobField) -> None:
    assert FIELD_LABELS[entry.name] == entry.label
    if not entry.edited_as:
        return
    if entry.term:
        assert entry.term in FIELDS
    else:
        lacking = [language for language in LANGUAGES if entry.edited_as not in language_of(language).job_fields]
        assert not lacking, f"name {entry.edited_as} under job_fields in svc_tui/domain/languages, of {lacking}"
    for language in LANGUAGES:
        assert typed_edits.field_named(language, typed_edits.name_of(language, entry.edited_as)) == entry.edited_as


@pytest.mark.parametrize("entry", JOB_FIELDS, ids=lambda entry: entry.name)
def test_a_line_says_how_much_it_holds(entry: JobField) -> None:
    assert (entry.limit > 0) == (entry.kind is FieldKind.LINE), f"{entry.name} needs a limit in letters"


def test_acts_set_what_is_described_and_no_more() -> None:
    assert set(job_edits.FIELDS) == {*EDITED, "done"}
    assert set(BY_NAME) == set(HEADER)
