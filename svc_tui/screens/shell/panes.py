"""Tabs of a record of the usual kinds: fields, a table, and a table that is read when its tab is opened."""

from __future__ import annotations

from typing import Any, TypeVar

from textual.app import ComposeResult

from svc_tui.screens.shell.base import Step
from svc_tui.screens.shell.record_tabs import Pane
from svc_tui.widgets.form import Form
from svc_tui.widgets.row_list import RowList

R = TypeVar("R")
Steps = list[Step]
"""The stops of Tab; a class with a `list` of its own cannot name the type."""


class FieldsPane(Pane[R]):
    """Fields that have no room in the header."""

    form: Form

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.form = form

    def compose(self) -> ComposeResult:
        yield self.form

    def steps(self) -> list[Step]:
        return [(self.form, field) for field in self.form.fields]


class TablePane(Pane[R]):
    """A tab that is one table."""

    list: RowList[Any]

    def compose(self) -> ComposeResult:
        yield self.list

    def steps(self) -> Steps:
        return [(self.list, None)]


class LatePane(TablePane[R]):
    """Its table is read when the tab is opened, once for each time that the record is filled in."""

    _is_stale = True

    async def fill(self, record: R) -> None:
        self._is_stale = True

    async def shown(self) -> None:
        if self._is_stale:
            self._is_stale = False
            await self.read()

    async def read(self) -> None:
        """Read the table of the record that is shown."""
        raise NotImplementedError
