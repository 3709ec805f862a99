"""What a list with a filter line asks the services; each list of records has one object that answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from svc_tui.domain.listing import Around, Asked, Counts, FirstPage, SortOrder
from svc_tui.services.core.session import Session

if TYPE_CHECKING:
    from svc_tui.domain.filters.completion import Completion  # which no list needs to open

R = TypeVar("R")
Q = TypeVar("Q")


class ListService(Protocol[R, Q]):
    """The rows of a list: `R` is a row, which has an `id`, `Q` what a filter line means, as the database is asked."""

    @property
    def sortable(self) -> Sequence[str]:
        """The columns it can be sorted by."""

    @property
    def falling(self) -> Sequence[str]:
        """Those of them that are sorted downwards at first."""

    def everything(self, order: SortOrder) -> Q:
        """What an empty filter line asks for."""

    def steady(self, query: Q) -> Q:
        """The query without what changes with every second: where that is the same, so is the count."""

    def order_of(self, query: Q) -> SortOrder:
        """What it is sorted by."""

    def first_page(
        self, session: Session, asked: Asked, limit: int, after: R | None = None, before: R | None = None
    ) -> FirstPage[R, Q]:
        """Understand a filter line and read the first rows of what it asks for, or those around one.

        Raises:
            FilterError: with the place of the mistake in the line.
        """

    def page(self, session: Session, query: Q, limit: int, after: R | None = None, before: R | None = None) -> list[R]:
        """At most `limit` rows that follow one or precede one."""

    def last_page(self, session: Session, query: Q, limit: int) -> list[R]:
        """The last rows."""

    def counts(self, session: Session, query: Q) -> Counts:
        """How many there are."""

    def around(self, session: Session, query: Q, row_id: int, before: int, after: int) -> Around[R] | None:
        """A row with at most so many before and after it (what is lacking before there is more after); None for
        one that the query does not show."""

    def jump_around(self, session: Session, query: Q, text: str, before: int, after: int) -> Around[R] | None:
        """The first row at or after what was typed, in the same way; None when there is none.

        Raises:
            Invalid: when what was typed is nothing that the column holds.
        """


class Suggested(Protocol):
    """A value that may be written into a filter line."""

    @property
    def label(self) -> str:
        """What it is called."""

    @property
    def detail(self) -> str:
        """What tells it apart."""


S = TypeVar("S", bound=Suggested)


class Offered(Protocol):
    """The values for one place of a filter line."""

    @property
    def name(self) -> str:
        """The field's name in the user's language; empty where a field is to be chosen."""

    @property
    def begun(self) -> str:
        """What is typed of the value or of the field's name already."""


O = TypeVar("O", bound=Offered)  # noqa: E741


class FilterLanguage(Protocol[O, S]):
    """What may be written in a list's filter line: what is proposed there, and the values of its fields."""

    def is_at_hand(self, session: Session, text: str, caret: int) -> bool:
        """Whether `complete` reads nothing from the database there."""

    def complete(self, session: Session, text: str, caret: int) -> Completion | None:
        """What would be written at the end of the line; None where nothing is proposed."""

    def choices(self, session: Session, text: str, caret: int) -> O:
        """What there is to choose for the place of the caret."""

    def values(self, session: Session, offer: O, typed: str) -> list[S]:
        """The values that go on as typed; of an offer without a name, the fields."""

    def taken(self, text: str, offer: O, chosen: S) -> Completion:
        """The line with a value written there."""

    def has_values(self, session: Session, label: str) -> bool:
        """Whether there is a list of values behind the field with this name."""
