"""A sheet as anybody would build it: F2 pushes a new Screen of 20 Inputs and 6 tabs, Escape leaves it. F10 ends it."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import Grid
from textual.screen import Screen
from textual.widgets import Input, Label, Static, TabbedContent, TabPane

TABS = ("Note", "Contacts", "Product", "History", "Orders", "Misc")


class Sheet(Screen[None]):
    BINDINGS = [("escape", "app.pop_screen", "back")]
    CSS = "Grid { grid-size: 2; grid-rows: 1; height: 10; } Label { height: 1; }"

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def compose(self) -> ComposeResult:
        yield Label(f"Job {self.number}")
        with Grid():
            for place in range(20):
                yield Input(f"value {place} of {self.number}", compact=True)
        with TabbedContent():
            for name in TABS:
                with TabPane(name):
                    yield Static(f"{name} of job {self.number}")


class Opener(App[None]):
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [("f10", "quit", "quit"), ("f2", "open", "open")]
    opened = 0

    def compose(self) -> ComposeResult:
        yield Static("ready")

    def action_open(self) -> None:
        self.opened += 1
        self.push_screen(Sheet(self.opened))


if __name__ == "__main__":
    Opener().run()
