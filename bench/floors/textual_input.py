"""The least Textual application with a field: an Input, and a label that tells how long its text is. F10 ends it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input, Label


class Field(App[None]):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [("f10", "quit", "quit")]
    CSS = "Label { dock: bottom; height: 1; }"

    def compose(self) -> ComposeResult:
        yield Input()
        yield Label("ready")

    def on_input_changed(self, event: Input.Changed) -> None:
        self.query_one(Label).update(f"{len(event.value)} letters")


if __name__ == "__main__":
    Field().run()
