"""The form of one row of a register: its fields follow from the register's description."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from textual.app import ComposeResult

from svc_tui.domain.errors import Conflict, DomainError
from svc_tui.domain.quoting import filled
from svc_tui.domain.registers import Register, Registers
from svc_tui.formats import Formats
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.form_screen import FormScreen
from svc_tui.services.people import register_edits
from svc_tui.services.people.register_edits import Entry
from svc_tui.widgets.fields import Field
from svc_tui.widgets.form import Form, Slot
from svc_tui.widgets.lines import Paragraph
from svc_tui.widgets.look import look


class Surroundings(NamedTuple):
    """What the fields of a form are made from."""

    registers: Registers
    formats: Formats


class Part(NamedTuple):
    """One thing of a row that is edited, in one field or several."""

    name: str
    """What the row calls it."""
    make: Callable[[Surroundings, Any], list[Field]]
    """The fields, showing a value."""
    read: Callable[[Sequence[Any]], object]
    """The value that the fields say."""
    new: object = ""
    """The value of a new row."""


class EntryForm:
    """The fields of a row, and what they say."""

    def __init__(self, parts: Sequence[Part], around: Surroundings, values: Mapping[str, object]) -> None:
        self._fields = [(part, part.make(around, values.get(part.name, part.new))) for part in parts]
        fields = [field for _part, made in self._fields for field in made]
        self.form = Form([Slot(field, row) for row, field in enumerate(fields)], label_width=27, id="entry")

    def values(self) -> dict[str, object]:
        """What the fields say, by the names of the row."""
        return {part.name: part.read(made) for part, made in self._fields}

    def parts_of(self, names: Sequence[str]) -> tuple[str, ...]:
        """The names of the fields that make up these parts."""
        return tuple(field.name for part, made in self._fields if part.name in names for field in made)


class RegisterForm(FormScreen):
    """Adds a row, or changes one; it closes with the row's id."""

    def __init__(
        self, register: Register, parts: Sequence[Part], title: str, base: Entry, around: Surroundings
    ) -> None:
        """
        Args:
            register: Whose row it is.
            parts: What is edited.
            title: What stands in the title line.
            base: The row as it is stored, or the beginnings of one.
            around: What the fields are made from.
        """
        super().__init__()
        self.register, self.parts, self.heading, self.base, self.around = register, parts, title, base, around
        self.entry = EntryForm(parts, around, base.values)
        self.form = self.entry.form
        self._confirmed: dict[str, object] | None = None

    def compose_body(self) -> ComposeResult:
        yield Paragraph("", look().dim)
        yield self.form.filling()

    async def opened(self) -> None:
        self.title_line.tell(self.heading, _("F2 saves, Esc gives up"))
        self.begin(self.form.fields[0])

    async def keep(self) -> None:
        values = self.entry.values()
        lost = await self.ask_service(register_edits.losing, self.register, self.base, values)
        if lost and values != self._confirmed:
            self._ask(values, lost)
            return
        row_id = await self.ask_service(register_edits.save, self.register, self.base, values)
        await self.svc.back(row_id)

    def _ask(self, values: dict[str, object], lost: int) -> None:
        """Tell how many jobs have what is taken off a list, or how many products what is another percentage."""

        async def go() -> None:
            self._confirmed = values
            await self.do_form_save(None)

        text = _asked_before_saving(self.register, lost)
        self.ask_letter(text.format(count=self.svc.formats.count(lost)), {"y": go, "j": go}, losing=("y", "j"))

    async def now_stored(self, conflict: Conflict) -> Form | None:
        seen = await self.ask_service(register_edits.seen, self.register, self.base, conflict.fields)
        self.base, now = seen
        conflict.fields = self.entry.parts_of(conflict.fields)
        return EntryForm(self.parts, self.around, now.values).form

    def show_error(self, error: DomainError) -> None:
        super().show_error(error)
        if error.field and error.field not in [field.name for field in self.form.fields]:
            names = self.entry.parts_of([error.field])
            for field in self.form.fields:
                if names and field.name == names[0]:
                    self.focus_on(self.form, field)
                    self.complain(error.brief(_))


def _asked_before_saving(register: Register, count: int) -> str:
    if register is Register.VAT_RATE:
        return n_(
            "{count} product has this rate, and follows it. Save? y: yes   Esc: no",
            "{count} products have this rate, and follow it. Save? y: yes   Esc: no",
            count,
        )
    return n_(
        "{count} job has this, and a list is taken off it. Save? y: yes   Esc: no",
        "{count} jobs have this, and a list is taken off it. Save? y: yes   Esc: no",
        count,
    )


def asked_before_retiring(register: Register, count: int) -> str:
    """The question before a row that is used is retired."""
    if register is Register.VAT_RATE:
        return n_(
            "{count} product has {name}, and keeps it. Retire it? y: yes   Esc: no",
            "{count} products have {name}, and keep it. Retire it? y: yes   Esc: no",
            count,
        )
    return n_(
        "{count} job has {name}, and keeps it. Retire it? y: yes   Esc: no",
        "{count} jobs have {name}, and keep it. Retire it? y: yes   Esc: no",
        count,
    )


def title_of(kind: str, entry: Entry) -> str:
    """What stands over the form of a row."""
    return filled(_("{kind}: {name}"), kind=kind, name=entry.name) if entry.id else _("{kind}: new").format(kind=kind)
