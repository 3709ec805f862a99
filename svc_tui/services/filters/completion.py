"""What the filter line proposes while it is being written: names of fields, values of registers, dates, customers.

Nothing here reads more than a few rows: each value comes from a register or the beginning of an index.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, assert_never

from svc_tui.db.people import contacts as rows
from svc_tui.domain.errors import Invalid
from svc_tui.domain.filters import billing_words, part_words
from svc_tui.domain.filters.completion import Completion, Spot, spot_at, with_value
from svc_tui.domain.filters.filter_fields import Field, Values
from svc_tui.domain.filters.filters import folded, looks_of, vocabulary_for
from svc_tui.domain.language import date_words
from svc_tui.domain.language.dates import Looks, format_date, parse_period
from svc_tui.domain.records import ContactKind
from svc_tui.domain.registers import Choice, Registers, matching
from svc_tui.domain.stored_keys import code_key, view_key
from svc_tui.domain.text import search_key
from svc_tui.services.core.session import Session
from svc_tui.services.filters.filter_names import choices_of, vocabulary_at_hand
from svc_tui.services.filters.view_reading import visible
from svc_tui.services.stock import products

SHORTEST_NAME = 2
"""Letters of a word before it is taken for the beginning of a field's name."""
SHORTEST_KEY = 2
"""Letters before customers, serial numbers and products are looked up."""
LIMIT = 50

_READ = frozenset((Values.CUSTOMERS, Values.SUPPLIERS, Values.CONTACTS, Values.SERIALS, Values.PRODUCTS, Values.VIEWS))
"""Values that stand in the database only."""
_OPERATORS = ("<=", ">=", "<", ">")


class Suggestion(NamedTuple):
    """A value that may be written: the value itself, its name, and what tells it apart."""

    value: str
    label: str
    detail: str = ""
    is_word: bool = False
    """Whether it is a word of the filter language, and no name."""


class Offer(NamedTuple):
    """The values for one place of a filter line."""

    spot: Spot
    name: str
    """The field's name in the user's language; empty where a field is to be chosen."""

    @property
    def begun(self) -> str:
        """What is typed of the value or of the field's name already."""
        return self.spot.typed if self.name or not self.spot.quoted else ""


class JobFilters(NamedTuple):
    """The filter line of one list, as `FilterLanguage` describes it."""

    list_code: str | None

    def is_at_hand(self, session: Session, text: str, caret: int) -> bool:
        return is_at_hand(session, text, caret)

    def complete(self, session: Session, text: str, caret: int) -> Completion | None:
        return complete(session, self.list_code, text, caret)

    def choices(self, session: Session, text: str, caret: int) -> Offer:
        return choices(session, self.list_code, text, caret)

    def values(self, session: Session, offer: Offer, typed: str) -> list[Suggestion]:
        return values(session, self.list_code, offer.spot.field, typed)

    def taken(self, text: str, offer: Offer, chosen: Suggestion) -> Completion:
        return taken(text, offer, chosen)

    def has_values(self, session: Session, label: str) -> bool:
        field = vocabulary_for(session.language).fields.get(label)
        return field is not None and has_values(field)


def complete(session: Session, list_code: str | None, text: str, caret: int) -> Completion | None:
    """What would be written at the end of the line; None where nothing is proposed, and anywhere else."""
    if caret != len(text):
        return None
    spot = spot_at(text, caret, vocabulary_at_hand(session))
    if not spot.typed or (spot.field is None and spot.quoted):
        return None
    if spot.field is None and len(spot.typed) < SHORTEST_NAME:
        return None
    found = values(session, list_code, spot.field, spot.typed, limit=2)
    if not found:
        return None
    proposed = with_value(text, spot, found[0].value, as_it_is=found[0].is_word)
    return proposed if proposed.hint.strip() else None


def is_at_hand(session: Session, text: str, caret: int) -> bool:
    """Whether `complete` reads nothing from the database there: names and registers are in memory."""
    field = spot_at(text, caret, vocabulary_at_hand(session)).field
    return field is None or field.about.values not in _READ


def has_values(field: Field) -> bool:
    """Whether there are values to choose from, or only what one types."""
    return field.about.values not in (Values.TYPED, Values.NUMBERS)


def choices(session: Session, list_code: str | None, text: str, caret: int) -> Offer:
    """Where the list of values would write; its values are asked for with `values`."""
    vocabulary = vocabulary_at_hand(session)
    spot = spot_at(text, caret, vocabulary)
    return Offer(spot, vocabulary.labels[spot.field] if spot.field else "")


def taken(text: str, offer: Offer, chosen: Suggestion) -> Completion:
    """The line with a value written there."""
    return with_value(text, offer.spot, chosen.value, as_it_is=chosen.is_word)


def values(
    session: Session, list_code: str | None, field: Field | None, typed: str, limit: int = LIMIT
) -> list[Suggestion]:
    """Values of a field that what was typed may become, the likeliest first; for None names of fields.

    Index: contact name_key, device serial_key, product code_key and name_key, as far as `limit`.
    """
    if field is None:
        return _fields(session, typed)[:limit]
    found = _values(session, list_code, field, typed, limit)
    return (found + _common_words(session, field, typed))[:limit]


def _fields(session: Session, typed: str) -> list[Suggestion]:
    vocabulary = vocabulary_for(session.language)
    wanted = folded(typed)
    own = [label for label in vocabulary.labels.values() if folded(label).startswith(wanted)]
    others = [name for name in vocabulary.fields if name.startswith(wanted)] if not own else []
    return [Suggestion(f"{name}:", name, is_word=True) for name in own or others]


def _common_words(session: Session, field: Field, typed: str) -> list[Suggestion]:
    """None, and the user himself."""
    vocabulary = vocabulary_for(session.language)
    words = [vocabulary.me_label] if field.about.values is Values.PEOPLE else []
    if not field.about.is_always_filled:
        words.append(vocabulary.none_label)
    return [Suggestion(word, word, is_word=True) for word in words if word.startswith(folded(typed))]


def _values(session: Session, list_code: str | None, field: Field, typed: str, limit: int) -> list[Suggestion]:
    vocabulary = vocabulary_for(session.language)
    match field.about.values:
        case Values.REGISTERED:
            in_use = _in_use(session.registers, list_code, field)
            return [Suggestion(choice.label, choice.label) for choice in matching(typed, in_use)]
        case Values.PEOPLE:
            people = session.registers.choices("responsible", retired=True)
            return [Suggestion(choice.code, choice.label, choice.code) for choice in matching(typed, people)]
        case Values.LISTS:
            lists = choices_of(session.registers, field)
            return [Suggestion(choice.code, choice.label, choice.code) for choice in matching(typed, lists)]
        case Values.STAGES:
            return _beginning(vocabulary.stage_labels, typed)
        case Values.ANSWERS:
            return _beginning(vocabulary.answer_labels, typed)
        case Values.DEADLINES:
            return _beginning(vocabulary.answer_labels, typed) + _dates(session, typed, looks_of(field))
        case Values.VIEWS:
            found = [view for view in visible(session, list_code) if view.name_key.startswith(view_key(typed))]
            return [Suggestion(view.name, view.name, view.text) for view in found]
        case Values.AGES if not typed:
            return [Suggestion(days, days) for days in ("7", "14", "30")]
        case Values.DAYS | Values.PAST_DAYS | Values.AGES:
            return _dates(session, typed, looks_of(field))
        case Values.CUSTOMERS:
            return _contacts(session, typed, "customer", limit)
        case Values.SUPPLIERS:
            return _contacts(session, typed, "supplier", limit)
        case Values.CONTACTS:
            return _contacts(session, typed, "all", limit)
        case Values.SERIALS:
            return _serials(session, typed, limit)
        case Values.PRODUCTS:
            return _parts(session, typed, limit)
        case Values.BILLINGS:
            return _beginning(billing_words.labels(session.language), typed)
        case Values.PART_STATES:
            return _beginning(part_words.labels(session.language), typed)
        case Values.TYPED | Values.NUMBERS | Values.KINDS:
            return []  # kinds are of contacts and products (`entry_lists.values`)
        case _:
            assert_never(field.about.values)


def _in_use(registers: Registers, list_code: str | None, field: Field) -> list[Choice[int]]:
    """Values of a register that jobs of the list may have."""
    entry = registers.list_by_code(list_code or "")
    return registers.choices(field.value, frozenset((entry.id,)) if entry else None)


def _beginning(labels: tuple[str, ...], typed: str) -> list[Suggestion]:
    return [Suggestion(label, label) for label in labels if folded(label).startswith(folded(typed))]


def _contacts(session: Session, typed: str, kind: ContactKind, limit: int) -> list[Suggestion]:
    if len(typed.strip()) < SHORTEST_KEY:
        return []
    found = rows.contacts_by_name(session.store, search_key(typed), kind, limit)
    return [Suggestion(row.name, row.name, row.city or row.phone) for row in found]


def _serials(session: Session, typed: str, limit: int) -> list[Suggestion]:
    key = code_key(typed) if len(typed.strip()) >= SHORTEST_KEY else ""
    devices = rows.devices_by_serial(session.store, key, limit) if key else []
    return [Suggestion(row.serial, row.serial, f"{row.brand} {row.model}".strip()) for row in devices]


def _parts(session: Session, typed: str, limit: int) -> list[Suggestion]:
    if len(typed.strip()) < SHORTEST_KEY:
        return []
    return [Suggestion(row.code, row.code, row.name) for row in products.search(session, typed, limit)]


# -- dates -----------------------------------------------------------------------------------------------------------


def _dates(session: Session, typed: str, looks: Looks) -> list[Suggestion]:
    """Words of a date behind whatever stands before them: a comparison, the first end of a range."""
    if not typed:
        return _usual_periods(session, looks)
    lead = next((sign for sign in _OPERATORS if typed.startswith(sign)), "")
    if ".." in typed:
        lead = typed[: typed.rindex("..") + 2]
    begun = folded(typed[len(lead) :])
    if not begun or not begun[0].isalpha():
        return []
    words = [word for word in date_words.words_of(session.language) if folded(word).startswith(begun)]
    return [_dated(session, lead + word, looks) for word in words]


def _usual_periods(session: Session, looks: Looks) -> list[Suggestion]:
    """What is asked for most: around today, this week and the next, this month."""
    language = session.language
    near = date_words.words_of(language)
    today, week = near[0], date_words.week_word(language)
    now = session.now()
    this_week = now.isocalendar().week
    following = date.fromordinal(now.date().toordinal() + 7).isocalendar().week
    month = near[-13 + now.month]
    texts = (*near[:3], f"<{today}", f">{today}", f"{week}{this_week}", f"{week}{following}", "-7", "+7", "-30", month)
    return [_dated(session, text, looks) for text in texts]


def _dated(session: Session, text: str, looks: Looks) -> Suggestion:
    """A period with its first and last day."""
    try:
        first, last = parse_period(text, session.now(), session.language, looks)
    except Invalid:
        return Suggestion(text, text)
    shown = [format_date(day, session.now(), session.language) if day else "" for day in (first, last)]
    return Suggestion(text, text, shown[0] if first == last else f"{shown[0]} .. {shown[1]}".strip())
