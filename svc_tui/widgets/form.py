"""A form that draws its fields itself: opening it on another record repaints text, and mounts nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from rich.style import Style
from textual import events
from textual.message import Message

from svc_tui.domain.text import cluster_end
from svc_tui.widgets.fields import Field
from svc_tui.widgets.keys import Key, Outcome
from svc_tui.widgets.lines import Line, LineWidget, Span, fit, line_of, width_of
from svc_tui.widgets.look import look

NARROW = 60
"""Below so many columns the fields stand under one another."""


class Slot:
    """Where a field stands: its row, its half of the line (0, 1) or the whole of it (None)."""

    __slots__ = ("field", "half", "label_width", "row", "width", "x", "y")

    def __init__(self, field: Field, row: int, half: int | None = None) -> None:
        self.field = field
        self.row = row
        self.half = half
        self.x = self.y = 0
        self.label_width = self.width = 0
        """Cells of the label and of the value; reckoned from the size."""


LONGEST_LABEL = 26
"""Cells; a longer label, as a shop may call a field of its own, is cut."""


def _wide_enough(width: int, slots: Sequence[Slot]) -> int:
    """The cells of the labels of some slots: what is meant for them, or more where one would be cut."""
    return max(width, *(min(width_of(slot.field.label) + 1, LONGEST_LABEL) for slot in slots), 0)


class Form(LineWidget):
    """Fields with their labels in one or two columns.

    On a screen that is too low for all of its rows, those around the active field are shown (`filling`).

    The form does not decide where the focus goes: it says that it wants to go on or back, and the screen
    knows the path.
    """

    DEFAULT_CSS = "Form { height: auto; }"

    typing = True

    class Clicked(Message):
        """A field was clicked."""

        def __init__(self, form: Form, field: Field) -> None:
            super().__init__()
            self.form = form
            self.field = field

    def __init__(
        self,
        slots: Sequence[Slot],
        *,
        label_width: int = 11,
        right_label_width: int | None = None,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.slots = list(slots)
        self.label_width = label_width
        self.right_label_width = right_label_width or label_width
        self.active: Field | None = None
        """The field that has, or last had, the focus."""
        self.has_the_focus = False
        self.is_full = False
        """Whether the last key or paste did not fit the field whole."""
        self._by_name = {slot.field.name: slot.field for slot in self.slots}
        self.top = 0
        """The first row shown."""
        self._is_filling = False

    def __getitem__(self, name: str) -> Field:
        return self._by_name[name]

    @property
    def fields(self) -> list[Field]:
        """The fields in the order they were given."""
        return [slot.field for slot in self.slots]

    # -- placement -----------------------------------------------------------------------------------------

    def filling(self) -> Self:
        """Take what is left of the screen, whatever that is."""
        self.styles.height, self._is_filling = "1fr", True
        return self

    def on_resize(self) -> None:
        self.place(self.size.width)
        self._show_active()
        if self._is_filling:  # nobody asked how high it is, so nothing knew yet where it stands
            self.refresh()

    def _show_active(self) -> None:
        """Show other rows when the active field is on none of those shown."""
        height = self.size.height
        last = max((slot.y for slot in self.slots), default=0)
        y = next((slot.y for slot in self.slots if slot.field is self.active), 0)
        top = max(min(self.top, y, last - height + 1), y - height + 1, 0) if height > 0 else 0
        if top != self.top:
            self.top = top
            self.refresh()

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Rows the fields need at this width."""
        return self.place(width)

    def place(self, width: int) -> int:
        """Reckon where everything stands in so many columns; gives the rows needed."""
        if width < NARROW:
            label_width = _wide_enough(self.label_width, self.slots)
            for y, slot in enumerate(self.slots):
                slot.x, slot.y, slot.label_width = 0, y, label_width
                slot.width = max(width - label_width - 1, 1)
            return len(self.slots)
        left = _wide_enough(self.label_width, [slot for slot in self.slots if slot.half != 1])
        right = _wide_enough(self.right_label_width, [slot for slot in self.slots if slot.half == 1])
        half = (width + 1) // 2 + 4
        for slot in self.slots:
            slot.y = slot.row
            slot.x = half if slot.half == 1 else 0
            slot.label_width = right if slot.half == 1 else left
            end = half - 2 if slot.half == 0 else width
            slot.width = max(end - slot.x - slot.label_width - 1, 1)
        return max((slot.row for slot in self.slots), default=-1) + 1

    # -- drawing -------------------------------------------------------------------------------------------

    def line(self, y: int) -> Line:
        spans: list[Span] = []
        at = 0
        y += self.top
        for slot in sorted((slot for slot in self.slots if slot.y == y), key=lambda slot: slot.x):
            spans.append((" " * (slot.x - at), look().plain))
            label = fit(f" {slot.field.label}", slot.label_width)
            is_marked = bool(slot.field.error or slot.field.theirs)
            spans.append((label, look().error if is_marked else look().label))
            spans.append(("!", look().error) if is_marked else (" ", look().plain))
            spans += self._value(slot)
            at = slot.x + slot.label_width + 1 + slot.width
        return line_of(spans, self.size.width)

    def _value(self, slot: Slot) -> list[Span]:
        if not (self.has_the_focus and slot.field is self.active):
            return shown(slot.field, slot.width)
        return edited(slot.field, slot.width)

    @property
    def caret(self) -> tuple[int, int] | None:
        """The cell of the caret in the active field."""
        for slot in self.slots:
            if slot.field is self.active:
                return slot.x + slot.label_width + 1 + slot.field.editor.window(slot.width).before, slot.y - self.top
        return None

    @property
    def makes_unseen(self) -> str:
        """What leaving the active field would make, where there is no room to show it beside what was typed."""
        for slot in self.slots:
            if slot.field is self.active and (makes := slot.field.makes):
                taken = width_of(slot.field.editor.window(slot.width)[0])
                return makes if taken + 1 + width_of(f" → {makes}") > slot.width else ""
        return ""

    def repaint_field(self, which: Field) -> None:
        """Draw one field again."""
        for slot in self.slots:
            if slot.field is which:
                self.repaint(slot.y - self.top, slot.x, slot.label_width + 1 + slot.width)

    # -- keys ----------------------------------------------------------------------------------------------

    def focus_changed(self, focused: bool) -> None:
        """The screen gives or takes the focus; the active field is drawn accordingly."""
        self.has_the_focus = focused
        if self.active is not None:
            if focused:
                self.active.enter()
            self.repaint_field(self.active)

    def activate(self, which: Field) -> None:
        """Make a field the one that has the focus within the form."""
        before, self.active = self.active, which
        if self.has_the_focus:
            which.enter()
        if before is not None and before is not which and self.has_the_focus:
            self.repaint_field(before)
        self.repaint_field(which)
        self._show_active()

    async def press(self, key: Key, *, more_follows: bool) -> Outcome:
        """Give a key to the active field."""
        which = self.active
        if which is None:
            return Outcome.PASSED
        self.is_full = False
        if key.name in ("tab", "enter", "shift+tab"):
            await which.commit()  # drawn once, when the focus has moved on
            return Outcome.PREVIOUS if key.name == "shift+tab" else Outcome.NEXT
        if key.name == "down" and which.offers:
            return Outcome.CHOOSE
        if key.name in ("down", "up"):
            await self.leave(which)
            return Outcome.NEXT if key.name == "down" else Outcome.PREVIOUS
        before = which.text
        if key.letter and key.letter.isprintable():
            self.is_full = not which.editor.insert(key.letter)
        elif not which.editor.press(key.name):
            return Outcome.PASSED
        if which.text != before:
            await which.typed(more_follows=more_follows)
        self.repaint_field(which)
        return Outcome.TAKEN

    async def paste(self, text: str) -> None:
        """Pasted text goes into the active field as one line."""
        if self.active is not None:
            self.is_full = not self.active.editor.insert(text)
            await self.active.typed(more_follows=False)
            self.repaint_field(self.active)

    async def leave(self, which: Field) -> None:
        """Understand what was typed in a field the focus leaves."""
        await which.commit()
        self.repaint_field(which)

    async def commit_all(self) -> Field | None:
        """Understand every field; gives the first that cannot be taken."""
        for which in self.fields:
            if which.pending:
                await self.leave(which)
        return next((which for which in self.fields if which.error), None)

    def on_click(self, event: events.Click) -> None:
        for slot in self.slots:
            if slot.y == event.y + self.top and slot.x <= event.x < slot.x + slot.label_width + 1 + slot.width:
                self.post_message(self.Clicked(self, slot.field))


def shown(which: Field, width: int) -> list[Span]:
    """A field at rest: its text, and what is told beside it as far as there is room."""
    styles = look()
    style = styles.error if which.error else styles.value
    taken = width_of(which.text)
    aside = f"({which.theirs})" if which.theirs else which.aside if which.text else ""
    if not aside or which.error or taken + 3 >= width:
        return [(fit(which.text, width), style)]
    return [(fit(which.text, taken), style), (fit(f"  {aside}", width - taken), styles.dim)]


def edited(which: Field, width: int) -> list[Span]:
    """A field that is being edited: text, caret, and what would be taken."""
    styles = look()
    editor = which.editor
    text, before = editor.window(width)
    hint = f"→ {found}" if (found := which.hint()) else f"({which.theirs})" if which.theirs else ""
    taken = width_of(text)
    if hint and taken + 5 < width:
        shown = fit(text, taken + 1)
        tail = fit(f" {hint}", width - taken - 1)
    else:
        shown, tail = fit(text, width), ""
    caret_style = Style.combine([styles.focus, styles.caret])
    head, cell, rest = _cut(shown, before)
    focus = Style.combine([styles.focus, Style(bold=True)]) if editor.whole else styles.focus
    return [(head, focus), (cell, caret_style), (rest, focus), (tail, styles.hint if tail else styles.focus)]


def _cut(text: str, before: int) -> tuple[str, str, str]:
    """The text before the caret's cell, the cluster in it, and the rest."""
    place = taken = 0
    while place < len(text):
        end = cluster_end(text, place)
        if taken >= before:
            return text[:place], text[place:end], text[end:]
        taken += width_of(text[place:end])
        place = end
    return text, "", ""
