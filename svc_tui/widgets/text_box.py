"""Several lines of text: Textual's editor, driven by our keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.widgets import TextArea

from svc_tui.domain.text import clean_text
from svc_tui.widgets.editor import DELETE_WORD_LEFT, DELETE_WORD_RIGHT, WORD_LEFT, WORD_RIGHT
from svc_tui.widgets.keys import Key, Outcome

LIMIT = 20_000


class TextBox(TextArea):
    """A text of many lines. Tab leaves it; Enter begins a new line."""

    DEFAULT_CSS = """
    TextBox {
        border: none; padding: 0; background: ansi_default; color: ansi_default;
        scrollbar-size-vertical: 1; scrollbar-size-horizontal: 0;
        &:focus { border: none; background: ansi_default; }
        & .text-area--cursor { text-style: underline; background: ansi_default; color: ansi_default; }
        & .text-area--cursor-line { background: ansi_default; }
        & .text-area--selection { text-style: reverse; background: ansi_default; }
    }
    """

    typing = True
    limit = LIMIT
    """The most characters it holds."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, soft_wrap=True, show_line_numbers=False, compact=True, highlight_cursor_line=False)
        self.cursor_blink = False
        self.is_full = False
        """Whether the last key or paste was too long for it, and was not taken."""
        self.show_cursor = False
        self.changed_by_keys: Callable[[], Awaitable[None]] | None = None
        """Called after a key changed the text."""
        self._actions: dict[str, Callable[[], object]] = {
            "left": self.action_cursor_left,
            "right": self.action_cursor_right,
            "up": self.action_cursor_up,
            "down": self.action_cursor_down,
            "home": self.action_cursor_line_start,
            "end": self.action_cursor_line_end,
            "pageup": self.action_cursor_page_up,
            "pagedown": self.action_cursor_page_down,
            "backspace": self.action_delete_left,
            "delete": self.action_delete_right,
            "ctrl+w": self.action_delete_word_left,
            "ctrl+k": self.action_delete_to_end_of_line,
            "ctrl+u": self.action_delete_to_start_of_line,
            "enter": lambda: self.insert("\n"),
            **dict.fromkeys(WORD_LEFT, self.action_cursor_word_left),
            **dict.fromkeys(WORD_RIGHT, self.action_cursor_word_right),
            **dict.fromkeys(DELETE_WORD_LEFT, self.action_delete_word_left),
            **dict.fromkeys(DELETE_WORD_RIGHT, self.action_delete_word_right),
        }

    @property
    def caret(self) -> tuple[int, int]:
        """The cell of the caret."""
        offset = self.cursor_screen_offset - self.region.offset
        return offset.x, offset.y

    def focus_changed(self, focused: bool) -> None:
        """Textual draws the cursor for the widget that has its focus."""
        self.show_cursor = focused
        if self.is_attached:
            self.screen.set_focus(self if focused else None, scroll_visible=False)

    async def press(self, key: Key, *, more_follows: bool) -> Outcome:
        """Type, move, delete."""
        if key.name in ("tab", "shift+tab"):
            return Outcome.NEXT if key.name == "tab" else Outcome.PREVIOUS
        before, self.is_full = self.text, False
        if key.letter and key.letter.isprintable():
            self.is_full = len(before) >= LIMIT
            if not self.is_full:
                self.insert(key.letter)
        elif action := self._actions.get(key.name):
            action()
        else:
            return Outcome.PASSED
        if self.text != before and self.changed_by_keys:
            await self.changed_by_keys()
        return Outcome.TAKEN

    async def paste(self, text: str) -> None:
        """Pasted text keeps its lines; what is too long is not taken at all."""
        cleaned = clean_text(text, LIMIT + 1)
        self.is_full = len(cleaned) > LIMIT - len(self.text)
        if not self.is_full:
            self.insert(cleaned)
        if self.changed_by_keys:
            await self.changed_by_keys()
