"""The open record follows what others save in it: filled anew while nothing was typed, else told in one line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from svc_tui.domain.errors import NotFound
from svc_tui.domain.news import News
from svc_tui.i18n import _
from svc_tui.screens.shell import restored
from svc_tui.services.core.session import Session
from svc_tui.widgets.form import Form
from svc_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from svc_tui.screens.shell.record_kind import Record
    from svc_tui.screens.shell.record_screen import RecordScreen

R = TypeVar("R", bound="Record")


class RecordLive(Generic[R]):
    """Reads the open record again beside the keys; cursor and typed text stay."""

    def __init__(self, screen: RecordScreen[R]) -> None:
        self.screen = screen
        self._late: News | None = None
        """Heard while a question stood in the message line or a picker above: told when that has gone."""

    def follow(self, news: News) -> None:
        """Others committed this."""
        record = self.screen.record
        if news.restored:
            self.screen.background(partial(self._read_restored, record), "reading the record after a restore")
        elif record.id is not None and self.screen.concerns(news):
            self.screen.background(partial(self._read, record, news), "reading what others saved in the record")

    async def follow_own(self) -> None:
        """This session wrote into the stored record beside what is shown: nothing is told of it."""
        screen, record = self.screen, self.screen.record
        fresh = await screen.svc.store.run(read_same, screen.session, screen, record)
        if fresh is not None and screen.record is record and not screen.is_touched:
            await self._show_anew(fresh)

    def follow_late(self) -> None:
        """The question is answered or the picker closed."""
        late, self._late = self._late, None
        if late is not None:
            self.follow(late)

    def _later(self, news: News) -> None:
        self._late = news if self._late is None else self._late.and_then(news)

    async def _read_restored(self, record: R) -> None:
        """The shop was put back to an earlier state: what was not touched is read anew there, the rest is kept."""
        screen, session = self.screen, self.screen.svc.session
        fresh = await screen.svc.store.run(read_same, session, screen, record)

        async def show() -> None:
            if screen.record is not record or record.generation == session.generation:
                return
            if screen.bottom.is_asking or screen.svc.screen is not screen:
                self._later(News(everything=True, restored=True))
            elif screen.is_changed or (record.id is not None and fresh is None):
                screen.complain(self._told_of_restore(record, is_there=fresh is not None))
            else:
                screen.adopt()
                await screen.refill(fresh or screen.begun())
                screen.say(restored.told(screen.svc))

        screen.svc.between_keys(show)

    def _told_of_restore(self, record: R, *, is_there: bool) -> str:
        """What is said over a record that cannot be saved into the restored shop."""
        told = _(
            "The shop was put back to an earlier state. What you typed is kept here, but not saved into that shop."
        )
        if record.id is not None and not is_there:
            told = _(self.screen.words.not_restored)
        return f"{told} {_(self.screen.words.new_offered)}"

    async def _read(self, record: R, news: News) -> None:
        screen = self.screen
        fresh, who = await screen.svc.store.run(_read_again, screen.session, screen, record, news)

        async def show() -> None:
            if screen.record is not record:
                if screen.record.id == record.id:  # filled since then, perhaps from what is older than this
                    self.follow(news)
                return
            if screen.bottom.is_asking or screen.svc.screen is not screen:
                self._later(news)
                return
            if fresh is None:
                words = screen.words
                gone = _(words.gone_by).format(who=who) if who else _(words.gone)
                screen.complain(f"{gone} {_(words.new_offered)}")
                return
            if fresh.is_of(record):  # else it is another shop's by now, which is told next
                await self._show(fresh, who)

        screen.svc.between_keys(show)

    async def _show(self, fresh: R, who: str) -> None:
        screen = self.screen
        fields = ", ".join(screen.differing(screen.record, fresh))
        if screen.is_touched:
            if fields and not screen.bottom.complains:
                text = _("{who} changed: {fields} (merged when you save)")
                screen.say(text.format(who=who or "?", fields=fields))
            return
        await self._show_anew(fresh)
        if fields:
            screen.say(_("{who} changed: {fields}").format(who=who or "?", fields=fields))

    async def _show_anew(self, fresh: R) -> None:
        """Fill the screen with the record as it is now; cursors and caret stay."""
        screen = self.screen
        if fresh == screen.record:
            return
        put_back = [place_of(rows) for pane in screen.panes.values() for rows in pane.tables()]
        caret = _caret(screen.target)
        await screen.refill(fresh)
        for put in (*put_back, caret):
            put()
        open_tab = screen.panes[screen.tab]
        put_back = [place_of(rows) for rows in open_tab.tables()]
        await open_tab.shown()  # what a tab reads for itself
        for put in put_back:
            put()


def _read_again(session: Session, screen: RecordScreen[R], record: R, news: News) -> tuple[R | None, str]:
    """The record as it is now, None when it is gone; and the initials of whoever changed it last."""
    try:
        fresh: R | None = screen.read(session, record.id or 0)
    except NotFound:
        fresh = None
    person = session.registers.employee(screen.changed_by(session, record, news))
    return fresh, person.initials if person else ""


def read_same(session: Session, screen: RecordScreen[R], record: R) -> R | None:
    """The same record as it is stored now; None when it is gone, was never stored, or another has its id."""
    if record.id is None:
        return None
    try:
        fresh = screen.read(session, record.id)
    except NotFound:
        return None
    return fresh if fresh.is_of(record) else None


def _caret(target: object) -> Callable[[], None]:
    """Puts the caret of the field that has the focus back, if the same text still stands there."""
    field = target.active if isinstance(target, Form) else None
    if field is None:
        return lambda: None
    text, caret, whole = field.editor.value, field.editor.caret, field.editor.whole

    def put() -> None:
        if field.editor.value == text:
            field.editor.caret, field.editor.whole = caret, whole

    return put


def place_of(rows: RowList[Any]) -> Callable[[], None]:
    """Puts a table's cursor back on its row, and the row on its line."""
    key = rows.source.key(rows.current) if rows.current is not None else None
    line, was_first = rows.cursor - rows.top, rows.top == 0

    def put() -> None:
        if key is None or (was_first and line == 0):
            return
        for place, row in enumerate(rows.rows):
            if rows.source.key(row) == key:
                rows.window.cursor = place
                rows.window.top = 0 if was_first and place < rows.room else max(place - line, 0)
        rows.refresh()

    return put
