"""The language of the filter line of a list of jobs: how it is written, and what each of its fields restricts."""

from __future__ import annotations

from svc_tui.domain.filters.filter_fields import Field, Subject, explained
from svc_tui.domain.filters.filters import vocabulary_for
from svc_tui.i18n import _
from svc_tui.services.filters.completion import JobFilters

__all__ = ["JobFilters", "explanation", "fields"]


def explanation(language: str) -> list[tuple[str, str]]:
    """How a filter is written: an example and what it finds, then every field and what it restricts."""
    vocabulary = vocabulary_for(language)
    label = vocabulary.labels
    start, responsible, status = (f"{label[field]}:" for field in (Field.START, Field.RESPONSIBLE, Field.STATUS))
    ready, waiting, *_others = vocabulary.stage_labels
    return [
        (_("tv smith"), _("Jobs that hold all these words, or words that begin so")),
        (_('"no sound"'), _("These words, one after the other")),
        (_("01614960200"), _("A phone number, an e-mail, a serial number or a job's number finds its jobs directly")),
        (f"{label[Field.STAGE]}:{waiting},{ready}", _("One field; with a comma either value will do")),
        (f"-{status}…", _("A minus in front leaves out")),
        (f"{responsible}{vocabulary.none_label}", _("Those that have none")),
        (_("{start}week48").format(start=start), _("A day, a week, a month, or from..to: +3, fr, 2411, -30..+30")),
        (_("Right"), _("Takes what is proposed behind the caret; F4 lists the values")),
        (_("Esc"), _("To the list; Esc there clears the filter")),
        *((f"{label}:", text) for label, text in fields(language).items()),
    ]


def fields(language: str) -> dict[str, str]:
    """What each field restricts, by its name in a language."""
    labels = vocabulary_for(language).labels
    return {labels[field]: _(text) for field, text in explained(Subject.JOBS).items()}
