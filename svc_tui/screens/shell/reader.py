"""A text read whole: in as many lines as the screen's width makes of it, scrolled with the keys of a list."""

from __future__ import annotations

from textual.app import ComposeResult

from svc_tui.screens.shell.base import BaseScreen, Step
from svc_tui.widgets.lines import wrapped
from svc_tui.widgets.row_list import Column, FixedRows, RowList

TextRow = tuple[int, str]
"""A line of the text and where it stands."""


class ReaderScreen(BaseScreen):
    """Shows one text."""

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.name_of_text = title
        self.text = text
        self.list: RowList[TextRow] = RowList([Column("", 1, lambda row: row[1], flex=1)], heading=False, id="text")
        self._width = 0

    def compose_body(self) -> ComposeResult:
        yield self.list

    async def opened(self) -> None:
        self.title_line.tell(self.name_of_text)
        self.focus_on(self.list)
        await self._wrap()

    def path(self) -> list[Step]:
        return [(self.list, None)]

    async def on_resize(self) -> None:
        await self._wrap()

    async def _wrap(self) -> None:
        if self.size.width == self._width:
            return
        self._width = self.size.width
        lines = [line for paragraph in self.text.split("\n") for line in wrapped(paragraph, max(self._width, 1))]
        await self.list.show(FixedRows(list(enumerate(lines)), key=lambda row: row[0]))
