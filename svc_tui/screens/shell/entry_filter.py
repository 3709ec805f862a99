"""How the filter line of a list of contacts, devices or products is written, and what its fields restrict."""

from __future__ import annotations

from svc_tui.domain.entries import Register
from svc_tui.domain.filters.filter_words import Field, vocabulary_for
from svc_tui.i18n import N_, _
from svc_tui.services.filters.entry_filter import SUBJECTS

EXPLAINED = {
    Field.PHONE: N_("a phone number, in any spacing"),
    Field.EMAIL: N_("an e-mail address, or the end of one"),
    Field.VAT: N_("the VAT number"),
    Field.CITY: N_("town or post code"),
    Field.KIND: N_("what kind it is, such as customer or part"),
    Field.NUMBER: N_("the contact's number"),
    Field.RETIRED: N_("whether it is retired; all shows both"),
    Field.SERIAL: N_("the beginning of the serial number"),
    Field.BRAND: N_("brand or model"),
    Field.OWNER: N_("the owner by name, number, phone or town"),
    Field.SHELF: N_("the shelf it lies on"),
    Field.WARRANTY: N_("the day a warranty ends"),
    Field.CODE: N_("the beginning of the code, ours or the supplier's"),
    Field.EAN: N_("the beginning of the EAN"),
    Field.GROUP: N_("the product group"),
    Field.SUPPLIER: N_("the supplier by name, number, phone or town"),
}
"""What each field restricts."""


def fields(register: Register, language: str) -> dict[str, str]:
    """What each field restricts, by its name in a language."""
    labels = vocabulary_for(language, SUBJECTS[register]).labels
    return {label: _(EXPLAINED[field]) for field, label in labels.items()}


def explanation(register: Register, language: str) -> list[tuple[str, str]]:
    """How a filter is written: an example and what it finds, then every field and what it restricts."""
    vocabulary = vocabulary_for(language, SUBJECTS[register])
    retired = vocabulary.labels[Field.RETIRED]
    return [
        (_("smith 90"), _("All that hold these words, or words that begin so")),
        (f"{retired}:{vocabulary.answer_labels[0]}", _("One field; with a comma either value will do")),
        (f"-{retired}…", _("A minus in front leaves out")),
        (_("Right"), _("Takes what is proposed behind the caret; F4 lists the values")),
        (_("Esc"), _("To the list; Esc there clears the filter")),
        *((f"{label}:", text) for label, text in fields(register, language).items()),
    ]
