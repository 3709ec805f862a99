"""The one picker: a field, the answers under it, and a last row that creates what is missing.

Contacts, products, devices, people, values of a register and commands are all picked here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from textual.app import ComposeResult

from svc_tui.commands import Command, Where
from svc_tui.domain.entries import Register
from svc_tui.domain.registers import Choice, matching
from svc_tui.i18n import _
from svc_tui.screens.shell.application import Application
from svc_tui.screens.shell.base import BaseScreen, Step
from svc_tui.widgets.fields import ChoiceField, EnumField, Field, TextField
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.keys import Key
from svc_tui.widgets.row_list import Column, FixedRows, RowList

T = TypeVar("T")


@dataclass(frozen=True)
class Row(Generic[T]):
    """One answer: what picking it gives, and its cells."""

    value: T
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """A second field of a picker: a filter of the answers, or something said about what is picked."""

    name: str
    label: str
    names: Mapping[T, str]
    """The values with their names as message ids."""
    value: T


@dataclass(frozen=True)
class Question(Generic[T]):
    """What a picker asks for.

    Attributes:
        title: What is picked.
        columns: (heading, width, share of what is left over) of each cell.
        search: The answers for a text and the options' values by name.
        options: Fields beside the search field.
        create: Label of the last row for a text, None for none; picking it calls `created`.
        created: What creating gives: a value, or None when it was given up.
        text: What stands in the field at first.
        empty: What stands in the list when nothing is found.
        right: Places of the columns that hold numbers.
        card: Of which register the answers are, whose cards can be looked at; None for none.
    """

    title: str
    columns: tuple[tuple[str, int, int], ...]
    search: Callable[[str, dict[str, Any]], Awaitable[Sequence[Row[T]]]]
    options: tuple[Option[Any], ...] = ()
    create: Callable[[str], str] | None = None
    created: Callable[[str, dict[str, Any], Callable[[T], Awaitable[None]]], Awaitable[None]] | None = None
    text: str = ""
    empty: str = ""
    right: tuple[int, ...] = ()
    card: Register | None = None


@dataclass(frozen=True)
class Picked(Generic[T]):
    """What was picked, and what the options stood at."""

    value: T
    options: dict[str, Any] = field(default_factory=dict)


def _cell(place: int) -> Callable[[Row[Any]], str]:
    return lambda row: row.cells[place]


class _Create:
    """The value of the row that creates."""


_CREATE = _Create()


class Picker(BaseScreen):
    """Asks a question; gives a `Picked` or None."""

    places = frozenset((Where.PICKER, Where.ADDING))

    def __init__(self, question: Question[Any]) -> None:
        super().__init__()
        self.question = question
        search = TextField("search", _("Search"))
        search.value = question.text
        slots = [Slot(search, 0)]
        for place, option in enumerate(question.options):
            option_field = EnumField(option.name, option.label, option.names, option.value)
            slots.append(Slot(option_field, 1 + place // 2, place % 2))
        self.form = Form(slots, id="search")
        columns = [
            Column[Row[Any]](heading, width, _cell(place), flex=flex, right=place in question.right)
            for place, (heading, width, flex) in enumerate(question.columns)
        ]
        self.list = RowList(columns, empty=question.empty or _("Nothing found."), id="answers")
        self.list.drawing.across = lambda row: row.cells[0] if isinstance(row.value, _Create) else ""
        self._searched_for: tuple[str, dict[str, Any]] = ("", {})

    def compose_body(self) -> ComposeResult:
        yield self.form
        yield self.list

    async def opened(self) -> None:
        self.title_line.tell(self.question.title)
        self.focus_on(self.form, self.form["search"])
        self.list.has_the_focus = True
        await self._search()

    @property
    def options(self) -> dict[str, Any]:
        """What the options stand at; one that was emptied stands where it began."""
        began = {option.name: option.value for option in self.question.options}
        return began | {
            which.name: which.value
            for which in self.form.fields
            if isinstance(which, ChoiceField) and which.value is not None
        }

    def path(self) -> list[Step]:
        return [(self.form, which) for which in self.form.fields]

    async def _search(self) -> None:
        text, options = self.form["search"].text, self.options
        self._searched_for = (text, options)
        rows: list[Row[Any]] = list(await self.question.search(text, options))
        if self.question.create is not None and text.strip():
            label = self.question.create(text.strip())
            rows.append(Row(_CREATE, (label, *[""] * (len(self.question.columns) - 1))))
        await self.list.show(FixedRows(rows))

    @property
    def rows_meant(self) -> RowList[Any]:
        return self.list

    def is_idle(self, command: Command) -> bool:
        if command.id == "card.open":
            return self._with_card() is None
        return super().is_idle(command)

    def enter_label(self) -> str:
        return "" if self.list.has_no_rows else _("Choose")

    def places_now(self) -> frozenset[Where]:
        places = super().places_now() | ({Where.CARDS} if self.question.card is not None else frozenset())
        return places if self.question.created is not None else places - {Where.ADDING}

    async def do_picker_add(self, key: Key | None) -> None:
        """Make what is not there yet of what was typed."""
        if self.question.created is not None:
            await self.question.created(self.form["search"].text.strip(), self.options, self._created)

    async def _take(self, key: Key, more_follows: bool) -> None:
        """Up and down always move in the list, Enter always picks; the rest goes to the fields."""
        if not self.bottom.is_asking:
            if key.name in ("up", "down", "pageup", "pagedown", "f7", "f8"):
                name = {"f7": "pageup", "f8": "pagedown"}.get(key.name, key.name)
                await self._searched()
                await self.list.press(Key(name), more_follows=more_follows)
                return
            if key.name == "enter":
                await self._searched()
                await self._pick()
                return
        await super()._take(key, more_follows)
        if not more_follows:
            await self._searched()

    async def take_paste(self, text: str) -> None:
        await super().take_paste(text)
        if not self.bottom.is_asking:
            await self._searched()

    async def _searched(self) -> None:
        """Bring the answers up to what stands in the fields."""
        await self.form.commit_all()
        if self._searched_for != (self.form["search"].text, self.options):
            await self._search()

    async def _pick(self) -> None:
        row = self.list.current
        if row is None:
            return
        if isinstance(row.value, _Create):
            if self.question.created is not None:
                await self.question.created(self.form["search"].text.strip(), self.options, self._created)
            return
        await self.svc.back(Picked(row.value, self.options))

    async def _created(self, value: object) -> None:
        await self.svc.back(Picked(value, self.options))

    async def on_row_list_opened(self, event: RowList.Opened) -> None:
        event.stop()
        await self._pick()

    async def do_card_open(self, key: Key | None) -> None:
        """The card of the row under the cursor; back from it, one goes on picking."""
        if (card := self._with_card()) is not None:
            await self.svc.open_card(*card, self._card_closed)

    def _with_card(self) -> tuple[Register, int] | None:
        """Register and id of the row under the cursor, if it has a card."""
        row = self.list.current
        if row is None or isinstance(row.value, _Create) or self.question.card is None:
            return None
        return self.question.card, row.value.id

    async def _card_closed(self, saved_id: int | None) -> None:
        if saved_id is not None:
            await self._search()

    async def do_field_look_up(self, key: Key | None) -> None:
        """The next value of an option; the search field has none."""
        which: Field | None = self.field
        if isinstance(which, ChoiceField):
            choices = list(which.choices())
            place = next((n for n, choice in enumerate(choices) if choice.id == which.value), -1)
            which.value = choices[(place + 1) % len(choices)].id
            self.form.repaint_field(which)
        else:
            await super().do_field_look_up(key)


Add = Callable[[str, Callable[[Any], Awaitable[None]]], Awaitable[None]]
"""Asks for a new value, beginning with a text, and hands it on."""


async def choose_value(
    svc: Application,
    which: ChoiceField[T],
    chosen: Callable[[Field, T | None], Awaitable[None]],
    add: Add | None = None,
) -> None:
    """Let one of a field's values be picked from a list.

    Args:
        svc: The application.
        which: The field.
        chosen: Gets the value.
        add: Adds a value to what stands behind the field; None where nobody may.
    """

    async def done(picked: Picked[T] | None) -> None:
        if picked is not None:
            await chosen(which, picked.value)

    await svc.show(choice_picker(which.label, list(which.choices()), which.text if which.pending else "", add), done)


def choice_picker(title: str, choices: Sequence[Choice[T]], text: str = "", add: Add | None = None) -> Picker:
    """A picker over a few values; gives a `Picked` with one."""

    async def created(typed: str, options: dict[str, Any], done: Callable[[T], Awaitable[None]]) -> None:
        if add is not None:
            await add(typed, done)

    async def search(typed: str, options: dict[str, Any]) -> list[Row[T]]:
        return [Row(choice.id, (choice.label, choice.code)) for choice in matching(typed, choices)]

    columns = ((_("Value"), 20, 1), (_("Code"), 8, 0))
    return Picker(Question(title, columns, search, text=text, created=created if add is not None else None))
