"""A stock Textual DataTable of 1,000 rows and 5 columns, and a label that tells the row. F10 ends it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Label

ROWS = 1_000


class Table(App[None]):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [("f10", "quit", "quit")]
    CSS = "Label { dock: bottom; height: 1; }"

    def compose(self) -> ComposeResult:
        yield DataTable[str](cursor_type="row")
        yield Label("starting")

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        table.add_columns("No.", "Subject", "Status", "Responsible", "Customer")
        table.add_rows(
            (
                f"{number:06}",
                f"The washing machine does not start {number}",
                "Not begun",
                "Ingrid Hansen",
                "Berge Data AS",
            )
            for number in range(1, ROWS + 1)
        )
        table.focus()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        self.query_one(Label).update(f"row {event.cursor_row + 1} of {ROWS}")


if __name__ == "__main__":
    Table().run()
