"""The first start: the shop's name and the first employee; later: who works at this terminal."""

from __future__ import annotations

from textual.app import ComposeResult

from svc_tui import i18n
from svc_tui.commands import Where
from svc_tui.domain import clock
from svc_tui.domain.errors import Restored
from svc_tui.domain.text import initials, words
from svc_tui.i18n import _
from svc_tui.screens.shell.base import Step
from svc_tui.screens.shell.form_screen import FormScreen
from svc_tui.services.core.session import open_session
from svc_tui.services.people import settings, setup
from svc_tui.widgets.fields import Field, TextField
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.keys import Key
from svc_tui.widgets.lines import Paragraph, Space
from svc_tui.widgets.row_list import Column, FixedRows, RowList


class Welcome(FormScreen):
    """Asks for what must be known before anything can be shown."""

    holds_changes = False  # there is nothing to go back to, and two names are soon written again

    def __init__(self, *, choose: bool = False) -> None:
        """
        Args:
            choose: Whether somebody who is signed in wants to be somebody else.
        """
        super().__init__()
        self.changing = choose
        self.shop = TextField("shop", _("Name of the shop"), limit=120)
        self.person = TextField("name", _("Your name"), limit=120)
        self.letters = TextField("initials", _("Your initials"), limit=8)
        self.form = Form(
            [Slot(self.shop, 0), Slot(self.person, 1), Slot(self.letters, 2)], label_width=20, id="welcome"
        )
        self.texts = [Paragraph() for __ in range(4)]
        self.people: RowList[tuple[int, str, str]] = RowList(
            [Column(_("Initials"), 9, lambda row: row[1]), Column(_("Name"), 20, lambda row: row[2], flex=1)],
            id="people",
        )
        self.asks_shop = False
        self._read_in: str | None = None
        """The generation of the shop whose people stand here: in another one their ids may be somebody else's."""

    def compose_body(self) -> ComposeResult:
        self.asks_shop = not self.changing and not self.svc.shop_is_set_up
        yield from self.texts
        if self.asks_shop:
            yield self.form
            yield Paragraph()
            told = _("The shop's clock is that of {zone}; svc-tui company timezone=... sets another.")
            yield Paragraph(told.format(zone=clock.zone_name()))
            yield Space()
        else:
            yield self.people

    async def opened(self) -> None:
        self.title_line.tell("svc_tui", self.svc.login)
        if self.asks_shop:
            texts = ["", _("Welcome. This is a new, empty shop."), _("Two names and it can begin; F2 starts."), ""]
            self.focus_on(self.form, self.shop)
        else:
            texts = ["", _("Who works here?"), _("Up and Down, or the first letters; Enter. It is remembered."), ""]
            session = await self.svc.store.run(open_session, self.svc.store, None, i18n.language())
            self._read_in = session.generation
            people = [entry for entry in session.registers.employees if not entry.retired]
            rows = [(entry.id, entry.initials, entry.name) for entry in people]
            await self.people.show(FixedRows(rows, key=lambda row: row[0]))
            self.focus_on(self.people)
        for line, text in zip(self.texts, texts, strict=True):
            line.tell(text)

    def places_now(self) -> frozenset[Where]:
        return super().places_now() if self.asks_shop else frozenset()

    def path(self) -> list[Step]:
        return super().path() if self.asks_shop else [(self.people, None)]

    async def after_commit(self, which: Field) -> None:
        if which is self.person and self.person.text and not self.letters.text:
            self.letters.value = initials(self.person.text)
            self.form.repaint_field(self.letters)

    def enter_label(self) -> str:
        return super().enter_label() if self.asks_shop else _("Choose")

    async def _take(self, key: Key, more_follows: bool) -> None:
        if self.asks_shop or self.bottom.is_asking:
            await super()._take(key, more_follows)
        elif key.name == "enter":
            row = self.people.current
            if row is not None:
                await self._choose_here(row[0])
        elif key.letter and key.letter.isalnum():
            await self._jump(key.letter)
        else:
            await super()._take(key, more_follows)

    async def _jump(self, letter: str) -> None:
        """To the next person whose initials or name begin with the letter."""
        rows = self.people.rows
        for step in range(1, len(rows) + 1):
            place = (self.people.cursor + step) % len(rows)
            if any(word.startswith(letter.lower()) for word in words(f"{rows[place][1]} {rows[place][2]}")):
                await self.people.move(place - self.people.cursor)
                return

    async def do_form_save(self, key: Key | None) -> None:
        if self.asks_shop:
            await super().do_form_save(key)

    async def keep(self) -> None:
        """Create the shop and begin."""
        store, login = self.svc.store, self.svc.login
        employee_id = await store.run(
            setup.create_shop, store, i18n.language(), self.shop.text, self.person.text, self.letters.text, login
        )
        await self._begin(employee_id)

    async def _choose_here(self, employee_id: int) -> None:
        """Sign in as somebody who stands here; after a restore the people of the shop as it is now stand here."""
        try:
            await self._choose(employee_id)
        except Restored as refused:
            await self.opened()
            self.complain(refused.brief(_))

    async def _choose(self, employee_id: int) -> None:
        store, login = self.svc.store, self.svc.login
        is_kept = self.changing or await store.run(
            setup.remember_login, store, employee_id, login, read_in=self._read_in
        )
        await self._begin(employee_id)
        if not is_kept:
            self.svc.say(
                _("{name} has another system user, so {login} is asked again the next time.").format(
                    name=self.session.employee.name if self.session.employee else "", login=login
                )
            )

    async def _begin(self, employee_id: int) -> None:
        store = self.svc.store
        session = await store.run(open_session, store, None, i18n.language())
        if self._read_in not in (None, session.generation):
            raise Restored
        session.employee = session.registers.employee(employee_id)
        self.svc.signed_in(session, await store.run(settings.load, session))
        await self.svc.begin()
