"""What was typed on a screen and is stored nowhere, for when the program has to end at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from svc_tui.i18n import _
from svc_tui.widgets.form import Form
from svc_tui.widgets.text_box import TextBox

if TYPE_CHECKING:
    from svc_tui.screens.shell.base import BaseScreen


class Drafting:
    """A screen that can say what was typed on it."""

    def written(self) -> Iterator[tuple[str, str]]:
        """What stands here unsaved, each with its label. Asked from any thread, also while the event loop hangs."""
        screen = cast("BaseScreen", self)
        if (question := screen.bottom.question) is not None:
            yield question.label, question.text
        if screen.holds_changes:
            yield from self.typed_parts()

    def typed_parts(self) -> Iterator[tuple[str, str]]:
        """The fields and texts of a screen that was changed."""
        for part in cast("BaseScreen", self).walk_children():
            if isinstance(part, Form):
                yield from typed_fields(part)
            elif isinstance(part, TextBox):
                yield _("Text"), part.text


def typed_fields(form: Form) -> Iterator[tuple[str, str]]:
    """A form's fields, with what stands in them."""
    for field in form.fields:
        yield field.label, field.text
