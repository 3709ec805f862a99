"""What a kind of record says of itself, so that one screen serves them all."""

from __future__ import annotations

from typing import Generic, NamedTuple, Protocol, Self, TypeVar

from svc_tui.domain.news import News
from svc_tui.i18n import N_
from svc_tui.screens.shell.form_screen import FormScreen
from svc_tui.screens.shell.record_tabs import Pane
from svc_tui.services.core.session import Session
from svc_tui.widgets.fields import Field
from svc_tui.widgets.form import Form


class Record(Protocol):
    """What is stored of one thing, or the beginnings of a new one (`id` None). Two of the same content are equal."""

    @property
    def id(self) -> int | None: ...

    @property
    def generation(self) -> str:
        """Of the shop that it was read in; see `Session.generation`."""

    def is_of(self, other: Self) -> bool:
        """Whether both are of the same thing: in a restored shop another one may have the id."""


R = TypeVar("R", bound=Record)


class Words(NamedTuple):
    """What is said of a record, as message ids."""

    gone: str = N_("This is gone.")
    gone_by: str = N_("This is gone: {who} took it back.")
    not_restored: str = N_("The shop was put back to an earlier state, in which this is not.")
    new_offered: str = N_("F11 makes a new one of what stands here.")
    is_new: str = N_("This is new already: save it (F2).")
    made_new: str = N_("A new one of what stood here: F2 saves it.")


class RecordKind(FormScreen, Generic[R]):
    """What a subclass of `RecordScreen` defines: its parts, reading and saving, and what is said."""

    words = Words()

    header: Form
    panes: dict[str, Pane[R]]
    """The tabs by name, in their order."""
    record: R
    """What is stored of the record shown, as it was read: the base of the merge."""
    tab: str
    """The open one."""

    def read(self, session: Session, record_id: int) -> R:
        """The record as it is stored; called on the database thread.

        Raises:
            NotFound: when it is gone.
        """
        raise NotImplementedError

    def begun(self) -> R:
        """The beginnings of a new record."""
        raise NotImplementedError

    def fill_header(self, record: R) -> None:
        """Show a record in the header."""
        raise NotImplementedError

    def title_told(self) -> tuple[str, str]:
        """What stands at the left and at the right of the title line."""
        raise NotImplementedError

    def differs(self) -> bool:
        """Whether what stands here, but for text that is not understood yet, differs from `record`."""
        raise NotImplementedError

    async def store(self) -> int:
        """Save what stands here and say so; gives its id.

        Raises:
            Conflict: when others changed the same; with `now_stored` that is told beside the fields.
            DomainError: everything typed stays then.
        """
        raise NotImplementedError

    def concerns(self, news: News) -> bool:
        """Whether what others committed may show here."""
        return True

    def changed_by(self, session: Session, record: R, news: News) -> int | None:
        """Who changed the record last; called on the database thread."""
        return None

    def differing(self, before: R, now: R) -> list[str]:
        """What differs between two states of a record, as the screen calls it."""
        return []

    @property
    def tabs(self) -> tuple[str, ...]:
        """The tabs shown."""
        return tuple(self.panes)

    @property
    def first_tab(self) -> str:
        """The tab that is open at first."""
        return self.tabs[0]

    def tab_label(self, name: str) -> str:
        """What a tab is called."""
        raise NotImplementedError

    @property
    def first_field(self) -> Field:
        """Where the cursor begins."""
        return self.header.fields[0]

    def beside(self) -> object:
        """What stands here beside the fields, to be remembered: the rows of tables, a note."""
        return None

    def beside_anew(self, beside: object) -> object:
        """The same for a new record: none of its rows is stored. None: nothing stands there."""
        return beside

    async def load_beside(self, record: R, beside: object) -> None:
        """Show a record, and what stood beside its fields."""
        await self.load(record)

    async def load(self, record: R) -> None:
        """Show a record, or the beginnings of one, with the cursor in the first field."""
        raise NotImplementedError
