"""The lists of contacts, devices and products as every list with a filter line asks for its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar, cast

from svc_tui.domain.entries import ORDERS, Entry, EntryOrder, EntryQuery, Register
from svc_tui.domain.filters.completion import Completion, Spot, with_value
from svc_tui.domain.filters.filters import vocabulary_for
from svc_tui.domain.listing import Around, Asked, Counts, FirstPage, SortOrder
from svc_tui.services.core.session import Session
from svc_tui.services.filters import entry_lists
from svc_tui.services.filters.completion import Suggestion
from svc_tui.services.filters.entry_filter import SUBJECTS

E = TypeVar("E")

_NEWEST_FIRST = ("number", "last", "registered")


class EntryList(Generic[E]):
    """One of these lists, as `ListService` describes it; `E` is what its rows are."""

    falling: Sequence[str] = _NEWEST_FIRST

    def __init__(self, register: Register) -> None:
        self.register = register
        self.sortable: Sequence[str] = ORDERS[register]

    def everything(self, order: SortOrder) -> EntryQuery:
        return EntryQuery(self.register, order=EntryOrder(*order))

    def steady(self, query: EntryQuery) -> EntryQuery:
        return query

    def order_of(self, query: EntryQuery) -> SortOrder:
        return SortOrder(*query.order)

    def first_page(
        self, session: Session, asked: Asked, limit: int, after: E | None = None, before: E | None = None
    ) -> FirstPage[E, EntryQuery]:
        order = EntryOrder(*asked.order)
        found = entry_lists.first_page(session, self.register, asked.text, order, limit, _entry(after), _entry(before))
        return FirstPage(found.query, cast("list[E]", found.rows), found.remark, found.until)

    def page(
        self, session: Session, query: EntryQuery, limit: int, after: E | None = None, before: E | None = None
    ) -> list[E]:
        return cast("list[E]", entry_lists.page(session, query, limit, _entry(after), _entry(before)))

    def last_page(self, session: Session, query: EntryQuery, limit: int) -> list[E]:
        return cast("list[E]", entry_lists.last_page(session, query, limit))

    def counts(self, session: Session, query: EntryQuery) -> Counts:
        found = entry_lists.counts(session, query)
        return Counts(found.matching, retired=found.retired)

    def around(self, session: Session, query: EntryQuery, row_id: int, before: int, after: int) -> Around[E] | None:
        return cast("Around[E] | None", entry_lists.around_entry(session, query, row_id, before, after))

    def jump_around(self, session: Session, query: EntryQuery, text: str, before: int, after: int) -> Around[E] | None:
        row = entry_lists.jump(session, query, text)
        return self.around(session, query, row.id, before, after) if row is not None else None


def _entry(row: object) -> Entry | None:
    return cast("Entry | None", row)


class EntryOffer(NamedTuple):
    """The values for one place of a filter line."""

    spot: Spot
    name: str
    """The field's name in the user's language; empty where a field is to be chosen."""

    @property
    def begun(self) -> str:
        """What is typed of the value or of the field's name already."""
        return self.spot.typed if self.name or not self.spot.quoted else ""


class EntryFilters(NamedTuple):
    """What may be written in the filter line of one of these lists, as `FilterLanguage` describes it."""

    register: Register

    def is_at_hand(self, session: Session, text: str, caret: int) -> bool:
        return not entry_lists.is_read(self._spot(session, text, caret).field)

    def complete(self, session: Session, text: str, caret: int) -> Completion | None:
        return entry_lists.complete(session, self.register, text, caret)

    def choices(self, session: Session, text: str, caret: int) -> EntryOffer:
        spot = self._spot(session, text, caret)
        labels = vocabulary_for(session.language, SUBJECTS[self.register]).labels
        return EntryOffer(spot, labels[spot.field] if spot.field else "")

    def values(self, session: Session, offer: EntryOffer, typed: str) -> list[Suggestion]:
        return entry_lists.values(session, self.register, offer.spot.field, typed)

    def taken(self, text: str, offer: EntryOffer, chosen: Suggestion) -> Completion:
        return with_value(text, offer.spot, chosen.value, as_it_is=chosen.is_word)

    def has_values(self, session: Session, label: str) -> bool:
        field = vocabulary_for(session.language, SUBJECTS[self.register]).fields.get(label)
        return field is not None and entry_lists.has_values(field)

    def _spot(self, session: Session, text: str, caret: int) -> Spot:
        return entry_lists.spot(session, self.register, text, caret)
