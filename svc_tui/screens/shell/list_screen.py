"""A screen that is one list under a title: what it shows, where its rows come from, and what Enter does to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Generic, TypeVar

from textual.app import ComposeResult

from svc_tui.commands import Where
from svc_tui.domain.news import News
from svc_tui.screens.shell.base import BaseScreen, Step
from svc_tui.screens.shell.destinations import in_title
from svc_tui.services.core.session import Session
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import RowList
from svc_tui.widgets.row_source import Column, FixedRows, Source

R = TypeVar("R")

ReadPage = Callable[[Session, int, R | None, R | None], Sequence[R]]
"""Reads at most so many rows that follow one, or precede one; both None: the first."""


class KeysetRows(Generic[R]):
    """Rows that a service reads from one row on to the next, by what they are sorted by: never by counting them off."""

    def __init__(
        self,
        screen: BaseScreen,
        read: ReadPage[R],
        last: Callable[[Session, int], Sequence[R]],
        *,
        key: Callable[[R], object] = attrgetter("id"),
        session: Session | None = None,
    ) -> None:
        """
        Args:
            screen: Whose list it is.
            read: The service that reads a page.
            last: The service that reads the last rows.
            key: What tells a row from every other.
            session: Through which they are always read; None reads them anew through whoever works here by then.
        """
        self.screen = screen
        self.session = session or screen.svc.session
        """Through which the rows are read: what is done to one of them is done through it too."""
        self.key = key
        self._read, self._read_last, self._fixed = read, last, session

    async def page(self, limit: int, after: R | None, before: R | None) -> Sequence[R]:
        return await self.screen.svc.store.run(self._read, self.session, limit, after, before)

    async def last(self, limit: int) -> Sequence[R]:
        return await self.screen.svc.store.run(self._read_last, self.session, limit)

    def anew(self) -> KeysetRows[R]:
        return KeysetRows(self.screen, self._read, self._read_last, key=self.key, session=self._fixed)


class ListScreen(BaseScreen, Generic[R]):
    """A list. Subclasses say its `heading`, its `columns` and its `source`; the rest where they need it."""

    def __init__(self, *, empty: str = "", marks: bool = False, id: str = "rows") -> None:
        """
        Args:
            empty: What stands in it when there are no rows.
            marks: Whether rows can be selected.
            id: The widget's id.
        """
        super().__init__()
        self._told_of_row = ""
        """What was told last of the row under the cursor."""
        self.list: RowList[R] = RowList(marks=marks, empty=empty, id=id)

    # -- what a list screen says of itself -----------------------------------------------------------------

    def heading(self) -> tuple[str, str]:
        """What stands in the title line, left and right."""
        return "", ""

    def columns(self) -> Sequence[Column[R]]:
        """What is shown of a row."""
        raise NotImplementedError

    def source(self) -> Source[R]:
        """Where the rows come from."""
        raise NotImplementedError

    def whole(self, row: R) -> str:
        """What the message line tells of the row under the cursor, because a column may cut it; empty for nothing."""
        return ""

    def what_is_cut(self, row: R) -> str:
        """What the row shows only the beginning of, whole."""
        return " · ".join(self.list.drawing.cut(row))

    def follows(self, news: News) -> bool:
        """Whether the rows may be others after this."""
        return False

    async def open_row(self, row: R) -> None:
        """What Enter and a double-click do, where no command of the screen is bound to Enter."""

    opens_rows = False
    """Whether Enter does something to the row under the cursor, without a command of its own."""

    @property
    def is_top(self) -> bool:
        """Whether a digit leads to other screens from here."""
        return Where.TOP in self.places

    # -- the list ------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        yield self.list

    async def opened(self) -> None:
        self.tell_title()
        self.list.set_columns(self.columns())
        self.focus_on(self.list)
        if type(self).whole is not ListScreen.whole:
            self.list.on_move = self._tell
            self.list.on_measured = lambda: self.call_later(self._tell_anew)
        await self.show_rows()

    def tell_title(self) -> None:
        """Write the title line."""
        left, right = self.heading()
        self.title_line.tell(left, right, in_title(self.svc.destinations, self.session, left) if self.is_top else ())

    async def show_rows(self, keep: object | None = None) -> None:
        """Show what the source has now, from the first row on; the cursor goes to the row with the key `keep`."""
        await self.list.show(self.source(), keep)
        await self._tell()

    async def _tell(self) -> None:
        if type(self).whole is ListScreen.whole:
            return
        row = self.list.current
        self._told_of_row = self.whole(row) if row is not None else ""
        self.bottom.stand(self._told_of_row)

    async def _tell_anew(self) -> None:
        """The columns cut other things now; what stands there of something else stays."""
        if self.bottom.standing == self._told_of_row:
            await self._tell()

    @property
    def session(self) -> Session:
        """As the rows shown have it: until they are read anew after a restore, that is the shop of before."""
        source = self.list.source
        return source.session if isinstance(source, KeysetRows) else super().session

    def path(self) -> list[Step]:
        return [(self.list, None)]

    async def _take(self, key: Key, more_follows: bool) -> None:
        row = self.list.current if self.opens_rows and self.target is self.list else None
        if key.name == "enter" and row is not None and not self.bottom.is_asking:
            await self.open_row(row)
            return
        await super()._take(key, more_follows)

    async def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        if (row := self.list.current) is not None:
            await self.open_row(row)

    async def others_committed(self, news: News) -> None:
        """What is shown is read again, and the cursor stays on its row."""
        if self.is_live:
            self.tell_if_restored(news)
        if news.restored or self.follows(news):
            await self.list.reload_soon()

    def tell_if_restored(self, news: News) -> None:
        """Say so when what is read anew is another shop than before."""
        if news.restored:
            from svc_tui.screens.shell import restored

            self.say(restored.told(self.svc))

    @property
    def is_live(self) -> bool:
        """Whether it follows what others save at all."""
        return type(self).follows is not ListScreen.follows

    # -- commands ------------------------------------------------------------------------------------------

    async def do_list_page_up(self, key: Key | None) -> None:
        """One screen up."""
        await self.list.page_by(-1)

    async def do_list_page_down(self, key: Key | None) -> None:
        """One screen down."""
        await self.list.page_by(1)

    async def do_app_refresh(self, key: Key | None) -> None:
        """Read the rows again."""
        await self.list.reload()


__all__ = ["Column", "FixedRows", "KeysetRows", "ListScreen", "ReadPage"]
