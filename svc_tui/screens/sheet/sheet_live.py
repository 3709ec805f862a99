"""The open job follows what others save in it: filled anew while nothing was typed, else told in one line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from svc_tui.domain.errors import NotAllowed, NotFound
from svc_tui.domain.labels import FIELD_LABELS, TAB_LABELS
from svc_tui.domain.news import NAMED_IN_LISTS, News
from svc_tui.i18n import _
from svc_tui.screens.sheet.sheet_rescue import new_job_offered
from svc_tui.screens.shell import restored
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.services.jobs import activities
from svc_tui.services.jobs.activities import HEADER, Sheet
from svc_tui.widgets.form import Form
from svc_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen


class SheetLive:
    """Reads the open job again beside the keys; cursor and typed text stay."""

    def __init__(self, sheet: ActivitySheetScreen) -> None:
        self.sheet = sheet
        self._late: News | None = None
        """Heard while a question stood in the message line or a picker above: told when that has gone."""

    def follow(self, news: News) -> None:
        """Others committed this."""
        job = self.sheet.job
        if news.restored:
            self.sheet.background(partial(self._read_restored, job), "reading the job after a restore")
            return
        if job.id is None:
            return
        if job.id in news.activities or news.registers or news.tables & NAMED_IN_LISTS:
            self.sheet.background(partial(self._read, job, news), "reading what others saved in the job")

    def follow_late(self) -> None:
        """The question is answered or the picker closed."""
        late, self._late = self._late, None
        if late is not None:
            self.follow(late)

    async def _read_restored(self, job: Sheet) -> None:
        """The shop was put back to an earlier state: what was not touched is read anew there, the rest is kept."""
        session = self.sheet.svc.session
        fresh = await self.sheet.svc.store.run(_read_there, session, job) if job.id is not None else None

        async def show() -> None:
            sheet = self.sheet
            if sheet.job is not job or job.generation == session.generation:
                return
            if sheet.bottom.is_asking or sheet.svc.screen is not sheet:
                news = News(everything=True, restored=True)
                self._late = news if self._late is None else self._late.and_then(news)
            elif sheet.saving.is_changed or (job.id is not None and fresh is None):
                sheet.complain(f"{_restored(job, is_there=fresh is not None)} {new_job_offered()}")
            else:
                sheet.adopt()
                await sheet.refill(fresh or activities.new_sheet(session, sheet.list_id, sheet.svc.settings.defaults))
                sheet.say(restored.told(sheet.svc))

        self.sheet.svc.between_keys(show)

    async def _read(self, job: Sheet, news: News) -> None:
        fresh, who = await self.sheet.ask_service(_read_again, job, news)

        async def show() -> None:
            sheet = self.sheet
            if sheet.job is not job:
                if sheet.job.id == job.id:  # filled since then, perhaps from what is older than this
                    self.follow(news)
                return
            if sheet.bottom.is_asking or sheet.svc.screen is not sheet:
                self._late = news if self._late is None else self._late.and_then(news)
                return
            if fresh is None:
                gone = _("This job is gone: {who} took its registration back.") if who else _("This job is gone.")
                sheet.complain(f"{gone.format(who=who)} {new_job_offered()}")
                return
            if not fresh.is_of(job):
                return  # it is another shop's by now, which is told next
            await self._show(fresh, who)

        self.sheet.svc.between_keys(show)

    async def _show(self, fresh: Sheet, who: str) -> None:
        sheet, fields = self.sheet, ", ".join(differing(self.sheet.job, fresh))
        if sheet.saving.is_changed or sheet.note.box.text:
            if fields and not sheet.bottom.complains:
                text = _("{who} changed: {fields} (merged when you save)")
                sheet.say(text.format(who=who or "?", fields=fields))
            return
        if fresh == sheet.job:
            return
        put_back = [_place(rows) for rows in (sheet.note.list, sheet.linked.list, sheet.product.list)]
        caret = _caret(sheet.target)
        await sheet.refill(fresh)
        for put in (*put_back, caret):
            put()
        if sheet.tab == "history":
            put = _place(sheet.history.list)
            await sheet.history.shown()
            put()
        if fields:
            sheet.say(_("{who} changed: {fields}").format(who=who or "?", fields=fields))


def _read_again(session: Session, job: Sheet, news: News) -> tuple[Sheet | None, str]:
    """The job as it is now, None when it is gone; and the initials of whoever changed it last."""
    activity_id = job.id or 0
    fresh: Sheet | None
    try:
        fresh = activities.open_sheet(session, activity_id)
    except NotFound:
        fresh = None
    actor = news.by.get(activity_id)
    if activity_id not in news.by:
        try:
            actor = next((row.actor_id for row in history.of_activity(session, activity_id, limit=1)), None)
        except NotAllowed:
            actor = None
    person = session.registers.employee(actor)
    return fresh, person.initials if person else ""


def _read_there(session: Session, job: Sheet) -> Sheet | None:
    """The job as a restored shop has it; None where another has its id, or none."""
    try:
        fresh = activities.open_sheet(session, job.id or 0)
    except NotFound:
        return None
    return fresh if fresh.is_of(job) else None


def _restored(job: Sheet, *, is_there: bool) -> str:
    """What is said over a sheet that cannot be saved into the restored shop."""
    if job.id is not None and not is_there:
        return _("The shop was put back to an earlier state, in which this job is not.")
    return _("The shop was put back to an earlier state. What you typed is kept here, but not saved into that shop.")


def differing(before: Sheet, now: Sheet) -> list[str]:
    """What differs, as the sheet calls it."""
    found = [_(FIELD_LABELS[name]) for name in HEADER if before.values[name] != now.values[name]]
    for tab, old, new in (
        ("note", before.notes, now.notes),
        ("contacts", before.links, now.links),
        ("product", before.lines, now.lines),
    ):
        if old != new:
            found.append(_(TAB_LABELS[tab]))
    return found


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


def _place(rows: RowList[Any]) -> Callable[[], None]:
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
