"""What holds for the whole shop, in one form."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult

from svc_tui.domain.errors import Conflict, Invalid
from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.operations import Value
from svc_tui.domain.registers import CompanyRecord
from svc_tui.i18n import N_, _
from svc_tui.screens.shell.form_screen import FormScreen
from svc_tui.services.people import company, typed_company
from svc_tui.widgets.fields import EnumField, Field, TextField, YesNoField
from svc_tui.widgets.form import Form, Slot

LANGUAGES: Final = {"da": "Dansk", "en": "English", "nb": "Norsk", "sv": "Svenska"}
RULES: Final = {"never": N_("never"), "always": N_("always"), "tasklist": N_("in the task list")}

_LIMIT: Final = {"intake_terms": 4_000}
_LINES: Final = (
    "name", "address", "vat_number", "phone", "email", "country_code", "currency", "time_zone", "opens", "closes",
    "default_duration", "repair_warranty_days", "user_field1_name", "user_field2_name",
    "intake_terms",
)  # fmt: skip
"""What is written, as `svc-tui company` writes it."""

_FLAGS: Final = ("reserve_at_save", "cost_follows")


class CompanyForm(FormScreen):
    """Changes the company; it closes with True once that is kept."""

    def __init__(self, base: CompanyRecord, language: str) -> None:
        super().__init__()
        self.base, self.language = base, language
        shown = typed_company.told_by_column(base, language)
        self._lines = {name: TextField(name, _(FIELD_LABELS[name]), limit=_LIMIT.get(name, 500)) for name in _LINES}
        for name, field in self._lines.items():
            field.value = shown[name].replace("\n", ", ")
        self._of_language = EnumField("language", _("Language"), LANGUAGES, base.language)
        self._rule = EnumField("done_end_rule", _("End when done"), RULES, base.done_end_rule)
        self._flags = {name: YesNoField(name, _(FIELD_LABELS[name]), getattr(base, name)) for name in _FLAGS}
        fields: list[Field] = [*self._lines.values(), self._of_language, self._rule, *self._flags.values()]
        self.form = Form([Slot(field, row) for row, field in enumerate(fields)], label_width=31, id="company")

    def compose_body(self) -> ComposeResult:
        yield self.form.filling()

    async def opened(self) -> None:
        self.title_line.tell(_("Company data"), _("F2 saves, Esc gives up"))
        self.begin(self.form.fields[0])

    def values(self) -> dict[str, Value]:
        """What the form says, by the columns of the company; what was not touched is as it was.

        Raises:
            Invalid: with the field that cannot be read.
        """
        found: dict[str, Value] = {"language": self._of_language.chosen, "done_end_rule": self._rule.chosen}
        found |= {name: field.chosen for name, field in self._flags.items()}
        shown = typed_company.told_by_column(self.base, self.language)
        for name, field in self._lines.items():
            if field.text == shown[name].replace("\n", ", "):
                found[name] = getattr(self.base, name)
                continue
            try:
                found |= typed_company.read({name: field.text}, self.language)
            except Invalid as error:
                raise Invalid(error.message, field=name, **error.values) from error
        return found

    async def keep(self) -> None:
        await self.ask_service(company.save, self.base, self.values())
        await self.svc.back(True)

    async def now_stored(self, conflict: Conflict) -> Form | None:
        self.base, now = await self.ask_service(company.seen, self.base, conflict.fields)
        return CompanyForm(now, self.language).form
