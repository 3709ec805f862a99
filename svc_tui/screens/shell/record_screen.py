"""A screen that shows one record: its header form, tabs under it, and saving all of it with others' changes merged."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical

from svc_tui.commands import Command, Where
from svc_tui.domain.errors import Asked, Conflict, DomainError, NotFound, Restored
from svc_tui.domain.news import News
from svc_tui.i18n import _
from svc_tui.screens.shell.base import Step
from svc_tui.screens.shell.drafting import typed_fields
from svc_tui.screens.shell.form_screen import ask_about_changes
from svc_tui.screens.shell.record_kept import Discarded
from svc_tui.screens.shell.record_kind import R, RecordKind
from svc_tui.screens.shell.record_live import RecordLive
from svc_tui.screens.shell.record_tabs import RecordTabs
from svc_tui.widgets.fields import Field
from svc_tui.widgets.form import Form
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import RowList
from svc_tui.widgets.tab_strip import TabStrip
from svc_tui.widgets.text_box import TextBox


class RecordScreen(RecordKind[R]):
    """One kept screen that is filled again for every record of a kind.

    A subclass makes `header` and `panes` in `prepare`, and says what a record is: the methods of `RecordKind`. The rest
    is the same for all: `load` shows a record, F2 saves and stays, leaving asks, what others save is followed, and what
    was discarded or cannot be saved is not lost.
    """

    places = frozenset((Where.RECORD, Where.FORM))
    are_letters_text = True

    def __init__(self) -> None:
        super().__init__()
        self.saved_id: int | None = None
        """The last record saved here; what the screen closes with."""
        self.live, self.tab_acts = RecordLive(self), RecordTabs(self)
        self.strip = TabStrip(id="tabs")
        self.holder = Vertical(id="pane")
        self._mounted: set[str] = set()

    # -- filling -------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        self.header.styles.max_height = "50%"  # in a low window its fields give way, not what is told below
        yield self.header
        yield self.strip
        yield self.holder

    async def opened(self) -> None:
        await self._mount_pane()

    async def load(self, record: R) -> None:
        """Show a record, or the beginnings of one, with the cursor in the first field."""
        self.adopt()
        self.saved_id = None
        self.bottom.say("")
        await self.refill(record)
        await self.open_tab(self.first_tab)
        self.header.active = self.first_field
        self.target = None
        self.focus_on(self.header, self.first_field)

    async def refill(self, record: R) -> None:
        """Show what is stored of a record; cursor and tab stay."""
        self.record = record
        self.fill_header(record)
        for pane in self.panes.values():
            await pane.fill(record)
        self.strip.refresh()
        self.tell_title()

    def tell_title(self) -> None:
        """Which record this is."""
        self.title_line.tell(*self.title_told())

    def forms(self) -> tuple[Form, ...]:
        """Every form, in the order of its fields."""
        return (self.header, *(pane.form for pane in self.panes.values() if pane.form is not None))

    def typed_parts(self) -> Iterator[tuple[str, str]]:
        for form in self.forms():
            yield from typed_fields(form)

    # -- tabs ----------------------------------------------------------------------------------------------

    def tell_tabs(self) -> None:
        """Draw the tab strip."""
        tabs = self.tabs
        place = tabs.index(self.tab) if self.tab in tabs else 0
        self.strip.tell([self.tab_label(name) for name in tabs], place, focus=self.target is self.strip)

    async def open_tab(self, name: str) -> None:
        """Show a tab; it is built the first time."""
        self.tab = name
        await self.panes[name].shown()
        await self._mount_pane()
        self.tell_tabs()

    async def on_screen_resume(self) -> None:
        """The user may have come back from the settings with other tabs."""
        if self.tab not in self.tabs:
            await self.open_tab(self.tabs[0])
        self.tell_tabs()
        self.live.follow_late()

    async def others_committed(self, news: News) -> None:
        self.live.follow(news)

    async def acted_elsewhere(self) -> None:
        await self.live.follow_own()

    def _asked(self) -> None:
        super()._asked()
        self.live.follow_late()

    async def _mount_pane(self) -> None:
        if not self.holder.is_attached:
            return
        pane = self.panes[self.tab]
        for name, other in self.panes.items():
            other.display = name == self.tab
        if self.tab not in self._mounted:
            self._mounted.add(self.tab)
            with self.app.batch_update():  # painted once it is filled
                await self.holder.mount(pane)

    # -- focus ---------------------------------------------------------------------------------------------

    def path(self) -> list[Step]:
        steps: list[Step] = [(self.header, field) for field in self.header.fields]
        return [*steps, (self.strip, None), *self.panes[self.tab].steps()]

    async def go(self, by: int) -> None:
        path, here = self.path(), self.step_here()
        place = path.index(here) if here in path else -1
        following = path[(place + by) % len(path)]
        if following[1] is not None and isinstance(following[0], Form):
            await self._open_tab_of(following[0])
        self.focus_on(*following)
        self.tell_tabs()

    async def _open_tab_of(self, form: Form) -> None:
        name = next((name for name, pane in self.panes.items() if pane.form is form), self.tab)
        if name != self.tab:
            await self.open_tab(name)

    async def focus_field(self, form: Form, field: Field) -> None:
        """The cursor into a field, whatever tab it is in."""
        await self._open_tab_of(form)
        self.focus_on(form, field)
        self.tell_tabs()

    @property
    def helpers(self) -> tuple[object, ...]:
        return (self.tab_acts,)

    @property
    def takes_away(self) -> bool:
        """Whether Del takes the row under the cursor away."""
        return False

    def is_idle(self, command: Command) -> bool:
        return not self.takes_away if command.id == "line.remove" else super().is_idle(command)

    def enter_label(self) -> str:
        if self.target is self.strip:
            return _("Next")  # as in the fields around it: the bar stays as it is
        if isinstance(self.target, TextBox):
            return _("New line")
        if isinstance(self.target, RowList):
            return "" if self.target.has_no_rows else self.panes[self.tab].enter_label()
        return super().enter_label()

    def places_now(self) -> frozenset[Where]:
        places = super().places_now()
        return places | {Where.TABLE} if isinstance(self.target, TabStrip | RowList) else places

    async def _take(self, key: Key, more_follows: bool) -> None:
        if self.bottom.is_asking:
            await super()._take(key, more_follows)
            return
        self.tab_acts.keys += 1
        if self.target is self.strip and key.name in ("left", "right"):
            await self.tab_acts.next(1 if key.name == "right" else -1, enters=False)
            return
        if self.tab_acts.begins_to_write(key) and not self.tab_acts.go_writing():
            return
        if await self.takes_first(key):
            return
        await super()._take(key, more_follows)
        if isinstance(self.target, Form) and not self.bottom.message and (makes := self.target.makes_unseen):
            self.say(makes)

    async def takes_first(self, key: Key) -> bool:
        """Whether a key had a meaning of its own where the cursor stands, and was dealt with."""
        return False

    async def take_paste(self, text: str) -> None:
        if not self.bottom.is_asking and self.tab_acts.is_beside_fields and not self.tab_acts.go_writing():
            return
        await super().take_paste(text)

    # -- saving --------------------------------------------------------------------------------------------

    @property
    def is_changed(self) -> bool:
        """Whether anything here differs from what is stored."""
        return any(field.pending for form in self.forms() for field in form.fields) or self.differs()

    @property
    def is_touched(self) -> bool:
        """Whether anything would be lost by filling it anew."""
        return self.is_changed

    @property
    def holds_changes(self) -> bool:
        return self.is_changed

    async def understood(self) -> bool:
        """Understand what was typed and not left yet; False when a field is refused, which then has the cursor."""
        for form in self.forms():
            for field in form.fields:
                if field.pending:
                    await form.leave(field)
                    await self.after_commit(field)
            refused = next((field for field in form.fields if field.error), None)
            if refused is not None:
                await self.focus_field(form, refused)
                return False
        return True

    async def save(self) -> bool:
        """Save everything or nothing; a refusal marks its field and keeps every letter."""
        return await self.understood() and await self.stored()

    async def stored(self) -> bool:
        """Save what was understood; a refusal is shown."""
        try:
            self.saved_id = await self.store()
        except Conflict as conflict:
            theirs = await self.now_stored(conflict)
            if theirs is None:
                self.show_error(conflict)
            else:
                self.mark_theirs(conflict, theirs)
            return False
        except Asked as asked:
            self.asks_anyway(asked)
            return False
        except DomainError as error:
            self.show_error(error)
            return False
        self.svc.paint_meanwhile()  # it is said as soon as it is true; what follows takes as long again
        return True

    def asks_anyway(self, why: Asked) -> None:
        """A refusal that the user may override; who does not ask shows it."""
        self.show_error(why)

    async def do_form_save(self, key: Key | None) -> None:
        """Save and stay."""
        if await self.save():
            await self.show_saved()

    async def show_saved(self) -> None:
        """The record as it is stored after a save."""
        await self._reread_to(self.saved_id or 0)

    async def show_stored(self, record_id: int) -> None:
        """The record as it is stored, after an act elsewhere changed it."""
        await self._reread_to(record_id)

    async def _reread_to(self, record_id: int) -> None:
        await self.refill(await self.svc.store.run(self.read, self.session, record_id))
        self.tell_tabs()

    def way_out(self, error: DomainError) -> str:
        """A refusal that saving again does not help, with what does; empty for any other."""
        if isinstance(error, NotFound):  # its own sentence is about a row of a list, which is read again
            return f"{_(self.words.gone)} {_(self.words.new_offered)}"
        return f"{error.brief(_)} {_(self.words.new_offered)}" if isinstance(error, Restored) else ""

    def show_error(self, error: DomainError) -> None:
        super().show_error(error)
        if told := self.way_out(error):
            self.complain(told)

    # -- reading again and leaving ---------------------------------------------------------------------------

    async def do_app_refresh(self, key: Key | None) -> None:
        """Read the record again; what is not saved yet is asked about."""
        if self.record.id is None:
            return
        if not self.is_changed:
            await self._reread()
            return
        self.ask_letter(
            _("There are changes that are not saved. Read again and lose them? y: yes   Esc: no"),
            {_("y"): self._reread_anew},
            losing=(_("y"),),
        )

    async def _reread_anew(self) -> None:
        self.svc.discarded = Discarded(self)
        await self._reread()
        self.say(_("Read again. What you typed comes back by r in the list."))

    async def _reread(self) -> None:
        await self._reread_to(self.record.id or 0)
        self.say(_("Read again."))

    async def do_app_close(self, key: Key | None) -> None:
        """Back to the list; asks only about changes that are not saved."""
        await self.leave_for(self.leave)

    async def leave_for(self, after: Callable[[], Awaitable[None]]) -> None:
        """Leave the screen, after asking about what is not saved."""
        if self.is_changed:
            self._ask_about_changes(after)
        else:
            await after()

    def _ask_about_changes(self, after: Callable[[], Awaitable[None]]) -> None:
        async def save_and_leave() -> None:
            if await self.save():
                await after()

        async def discard_and_leave() -> None:
            self.svc.discarded = Discarded(self)
            await after()
            if self.svc.screen is not self:
                self.svc.say(_("The changes are discarded. r brings them back."))

        ask_about_changes(self, save_and_leave, discard_and_leave)

    async def leave(self) -> None:
        """Back, with what was saved last; what is said here is read there."""
        said = self.bottom.message
        self.focus_on(None)
        self.bottom.say("")
        await self.svc.back(self.saved_id)
        if said and self.svc.screen is not self:
            self.svc.say(said)  # where it is read, and not in the next record that is opened

    async def may_close(self) -> bool:
        if not self.is_changed:
            return True
        while self.svc.screen is not self:  # the question is asked here, not in a picker above
            await self.svc.back()

        async def quit_now() -> None:
            self.svc.exit()

        self._ask_about_changes(quit_now)
        return False


def names_of(labels: Sequence[tuple[str, str]], before: Any, now: Any) -> list[str]:
    """Labels of the attributes in which two records differ, in the language of the session."""
    return [_(label) for name, label in labels if getattr(before, name) != getattr(now, name)]
