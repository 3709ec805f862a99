"""Adding a value to a register from a field that offers its values."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from svc_tui.domain.registers import CHOSEN
from svc_tui.domain.rights import allows
from svc_tui.i18n import _
from svc_tui.screens.registers.specs import SPECS
from svc_tui.screens.shell.application import Application
from svc_tui.screens.shell.picker import Add
from svc_tui.screens.shell.register_form import RegisterForm, Surroundings, title_of
from svc_tui.services.people.register_edits import Entry
from svc_tui.widgets.fields import ChoiceField


def adder(svc: Application, which: ChoiceField[Any]) -> Add | None:
    """What adds a value to the register behind a field; None where there is none, or whoever works here may not."""
    register = CHOSEN.get(which.register)
    person = svc.session.employee if svc.is_signed_in else None
    if register is None or person is None or not allows(person.role, register.right):
        return None
    spec = SPECS[register]

    async def add(text: str, done: Callable[[Any], Awaitable[None]]) -> None:
        async def closed(row_id: int | None) -> None:
            if row_id is not None:
                await done(row_id)

        lists = frozenset(choice.id for choice in svc.session.registers.choices("list"))
        values = {part.name: part.new for part in spec.parts} | {"name": text}
        if "lists" in values:
            values["lists"] = lists
        entry = Entry(None, values)
        around = Surroundings(svc.session.registers, svc.formats)
        await svc.show(RegisterForm(register, spec.parts, title_of(_(spec.kind), entry), entry, around), closed)

    return add
