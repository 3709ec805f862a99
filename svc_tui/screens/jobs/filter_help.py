"""Help while a filter line is written: what is proposed behind the caret, and the list of values of a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.filters.filters import Field, vocabulary_for
from svc_tui.i18n import N_, _
from svc_tui.services.filters import completion
from svc_tui.services.filters.completion import Suggestion

if TYPE_CHECKING:
    from svc_tui.screens.jobs.activity_list import ActivityListScreen
    from svc_tui.screens.shell.picker import Picked, Row

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
    Field.LATE: N_("whether it is open and promised for an earlier time"),
    Field.VIEW: N_("the filter of a saved view"),
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


async def propose(screen: ActivityListScreen) -> None:
    """Show behind the caret how the line may go on."""
    line = screen.filter_line
    text, caret = line.editor.value, line.editor.caret
    if completion.is_at_hand(screen.session, text, caret):  # asking another thread takes longer than answering
        line.suggest(completion.complete(screen.session, screen.code, text, caret))
    else:
        line.suggest(await screen.ask_service(completion.complete, screen.code, text, caret))


async def look_up_filter(screen: ActivityListScreen) -> None:
    """Let a value be picked for the field at the caret; where there is none, a field and then its value."""
    from svc_tui.screens.shell.picker import Picker, Question, Row

    line = screen.filter_line
    text, caret = line.editor.value, line.editor.caret
    offer = await screen.ask_service(completion.choices, screen.code, text, caret)
    explained = {label: _(EXPLAINED[field]) for field, label in vocabulary_for(screen.session.language).labels.items()}

    async def search(typed: str, options: dict[str, int]) -> list[Row[Suggestion]]:
        found = await screen.ask_service(completion.values, screen.code, offer.spot.field, typed)
        return [Row(one, (one.label, explained.get(one.label, "") if not offer.name else one.detail)) for one in found]

    async def picked(answer: Picked[Suggestion] | None) -> None:
        if answer is None:
            return
        line.take(completion.taken(text, offer, answer.value))
        screen.focus_on(line)
        await screen.apply_filter()
        if not offer.name and _has_values(screen, answer.value.label):
            await look_up_filter(screen)

    title = _("Choose {field}").format(field=offer.name) if offer.name else _("What to filter by")
    columns = ((_("Value"), 20, 1), (_("Details"), 20, 1)) if offer.name else ((_("Field"), 14, 0), ("", 20, 1))
    begun = offer.spot.typed if offer.name or not offer.spot.quoted else ""
    await screen.svc.show(Picker(Question(title, columns, search, text=begun)), picked)


def _has_values(screen: ActivityListScreen, label: str) -> bool:
    """Whether there is a list behind a field, or only what one types."""
    field = vocabulary_for(screen.session.language).fields.get(label)
    return field is not None and completion.has_values(field)
