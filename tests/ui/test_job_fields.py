"""Every field of a job has its place in the sheet: it is shown there, and what is typed into it is saved."""

from __future__ import annotations

import pytest

from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.job_fields import HEADER, JOB_FIELDS, JobField
from svc_tui.widgets.fields import Field, ParsedField, TextField, YesNoField
from tests.ui.desk import Desk

JOB = "TV uden billede"
WRITTEN: dict[FieldKind, tuple[str, object]] = {
    FieldKind.LINE: ("Prøvetekst", "Prøvetekst"), FieldKind.TEXT: ("Prøvetekst", "Prøvetekst"),
    FieldKind.FLAG: ("yes", True), FieldKind.AMOUNT: ("1250.5", 125_050),
}  # fmt: skip
"""What is typed into a field of a kind, and what is stored then."""
TYPED = [entry for entry in JOB_FIELDS if entry.kind in WRITTEN]


def fields_of(desk: Desk) -> dict[str, Field]:
    sheet = desk.app.screen
    forms = (sheet.header, sheet.product.form, sheet.misc.form)  # type: ignore[attr-defined]
    return {field.name: field for form in forms for field in form.fields}


def tab_of(desk: Desk, name: str) -> str | None:
    """The tab that a field stands in; None for those above the tabs."""
    sheet = desk.app.screen
    forms = {"product": sheet.product.form, "misc": sheet.misc.form}  # type: ignore[attr-defined]
    return next((tab for tab, form in forms.items() if name in [field.name for field in form.fields]), None)


async def test_every_field_of_a_job_has_a_place_in_the_sheet(desk: Desk) -> None:
    await desk.list.open(JOB)
    missing = set(HEADER) - set(fields_of(desk))
    assert not missing, f"these fields stand nowhere in svc_tui/screens/sheet: {missing}"


@pytest.mark.parametrize("entry", TYPED, ids=lambda entry: entry.name)
async def test_what_is_typed_into_a_field_is_saved_and_shown_again(desk: Desk, entry: JobField) -> None:
    sheet = await desk.list.open(JOB)
    if (tab := tab_of(desk, entry.name)) is not None:
        await sheet.open_tab(tab)
    field = fields_of(desk)[entry.name]
    if isinstance(field, TextField) and entry.limit:
        assert field.editor.limit == entry.limit
    typed, wanted = WRITTEN[entry.kind]
    await sheet.fill(field.label, typed)
    await desk.press("f2")
    assert (await desk.stored(10054)).values[entry.name] == wanted
    await desk.press("escape")
    await desk.list.open("Prøvetekst" if entry.name == "subject" else JOB)
    shown = fields_of(desk)[entry.name]
    assert isinstance(shown, TextField | YesNoField | ParsedField)
    assert shown.value == wanted
