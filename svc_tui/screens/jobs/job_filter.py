"""The language of the filter line of a list of jobs: how it is written, and what each of its fields restricts."""

from __future__ import annotations

from svc_tui.domain.filters.filters import Field, vocabulary_for
from svc_tui.i18n import N_, _
from svc_tui.services.filters.completion import JobFilters

__all__ = ["EXPLAINED", "JobFilters", "explanation", "fields"]

EXPLAINED = {
    Field.STATUS: N_("the status, such as waiting for parts"),
    Field.STAGE: N_("what the status means: ready, waiting, working, done, cancelled, open"),
    Field.TYPE: N_("the type"),
    Field.RESPONSIBLE: N_("who has the job now"),
    Field.CUSTOMER: N_("the customer by name, number, phone or town"),
    Field.START: N_("when the work begins"),
    Field.PROMISED: N_("when it is promised"),
    Field.NUMBER: N_("the job's number"),
    Field.SERIAL: N_("the beginning of the device's serial number"),
    Field.PRIORITY: N_("the priority"),
    Field.LIST: N_("the list the type belongs to"),
    Field.END: N_("when the work ends"),
    Field.CHANGED: N_("when it was changed last"),
    Field.CREATED: N_("when it was registered"),
    Field.CREATOR: N_("who registered it"),
    Field.DEVICE: N_("brand or model of the device"),
    Field.PART: N_("code or text of a line"),
    Field.PROJECT: N_("the project"),
    Field.LATE: N_("whether its deadline has passed, or the day of its deadline"),
    Field.STATUS_SINCE: N_("since when it has its status"),
    Field.UNTOUCHED: N_("open, and nobody has done anything to it for so many days, or since a day"),
    Field.BILLING: N_("how far it is billed: to bill, on an order, invoiced, credited"),
    Field.PART_STATE: N_("where its parts are: needed, ordered, arrived, reserved, used"),
    Field.EXPECTED: N_("when the next of its parts is expected"),
    Field.ORDER: N_("the number of the order to a supplier that its parts are on"),
    Field.VIEW: N_("the filter of a saved view"),
    Field.FINISHED: N_("when it was finished for the first time"),
    Field.MODEL: N_("exactly this brand and model of the device"),
    Field.PRODUCT: N_("exactly the product with this code, on one of the lines"),
    Field.LINKED: N_("the supplier it is linked to, by name or number"),
    Field.SUPPLIER: N_("the supplier its parts are on order from"),
}
"""What each field restricts."""


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
        *((f"{label[field]}:", _(text)) for field, text in EXPLAINED.items()),
    ]


def fields(language: str) -> dict[str, str]:
    """What each field restricts, by its name in a language."""
    return {label: _(EXPLAINED[field]) for field, label in vocabulary_for(language).labels.items()}
