"""How the filter line of a list of contacts, devices or products is written, and what its fields restrict."""

from __future__ import annotations

from svc_tui.domain.entries import Register
from svc_tui.domain.filters.filter_fields import Field, explained
from svc_tui.domain.filters.filters import vocabulary_for
from svc_tui.i18n import _
from svc_tui.services.filters.entry_filter import SUBJECTS


def fields(register: Register, language: str) -> dict[str, str]:
    """What each field restricts, by its name in a language."""
    subject = SUBJECTS[register]
    labels = vocabulary_for(language, subject).labels
    return {labels[field]: _(text) for field, text in explained(subject).items()}


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
