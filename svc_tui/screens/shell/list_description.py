"""What the screen of a list with a filter line says of its rows; `FilteredList` does the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, cast

from svc_tui.domain.columns import Layout
from svc_tui.domain.listing import Counts, SortOrder
from svc_tui.domain.news import News
from svc_tui.widgets.preview import Piece
from svc_tui.widgets.row_list import Column

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application
    from svc_tui.services.core.listing import FilterLanguage

R = TypeVar("R")
Q = TypeVar("Q")


class ListWords(NamedTuple):
    """What a list says of its rows."""

    none_match: str
    """In place of the rows when the filter leaves none."""
    none: str
    """In place of the rows when there is none at all."""
    nothing_after: str
    """When one jumps past the last row."""
    no_sample: str
    """In place of the sample above the columns to arrange."""


class ListDescription(Generic[R, Q]):
    """A row is an `R`, and a `Q` what a filter line means."""

    column_set: Layout
    """The columns it can show."""
    begins_with: SortOrder
    """What it is sorted by at first."""

    if TYPE_CHECKING:

        @property
        def svc(self) -> Application: ...

    @property
    def words(self) -> ListWords:
        """What is said of its rows."""
        raise NotImplementedError

    @property
    def filter_language(self) -> FilterLanguage[Any, Any]:
        """What may be written in the filter line."""
        raise NotImplementedError

    def explained_fields(self) -> Mapping[str, str]:
        """What each field of the filter line restricts, by its name in the user's language."""
        return {}

    def explained_filter(self) -> list[tuple[str, str]]:
        """How the filter line is written, for help."""
        return []

    def all_columns(self) -> Mapping[str, Column[R]]:
        """Every column by its name, with its usual width."""
        raise NotImplementedError

    def id_of(self, row: R) -> int:
        """What tells a row from every other."""
        return cast("int", row.id)  # type: ignore[attr-defined]  # every row of a list has one

    def number_of(self, row: R) -> int:
        """The row's number, which is never cut; 0 where there is none."""
        return 0

    tells_all_cut = False
    """Whether everything that the row cuts is told, not only that column."""

    def wholly(self, row: R) -> tuple[str, str]:
        """The title of the column that is told whole once the cursor rests, and what stands there."""
        return "", ""

    def hint(self) -> str:
        """The keys to begin with, told beside the count."""
        return ""

    def counted(self, counts: Counts) -> list[str]:
        """What is told of the counts."""
        return [self.svc.formats.count(counts.matching)]

    async def preview_of(self, row: R) -> Sequence[Piece]:
        """What stands in the preview."""
        return ()

    def preview_concerns(self, row: R | None, news: News) -> bool:
        """Whether the preview of a row may be another after news that the list follows."""
        return True

    async def begins(self) -> tuple[str, SortOrder]:
        """The filter line and the order that it begins with."""
        return "", self.begins_with
