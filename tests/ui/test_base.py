"""What our screens rely on in Textual without being promised it: these tests fail when the library changes."""

from __future__ import annotations

import inspect
import re
from functools import cache
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.geometry import Size
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import TextArea

from svc_tui.app import SvcApp
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.widgets import lines
from tests.classes import subclasses
from tests.ui.desk import Desk

MEANT = {
    # Textual calls or reads these: they are ours to define.
    "__init__", "__module__", "__doc__", "__annotations__", "__orig_bases__", "__parameters__", "__firstlineno__",
    "__static_attributes__", "compose", "on_mount", "on_event", "on_resize", "on_click", "on_screen_resume",
    "render_line", "get_content_height", "size",
    "DEFAULT_CSS", "CSS_PATH", "AUTO_FOCUS", "ENABLE_COMMAND_PALETTE", "HORIZONTAL_BREAKPOINTS", "can_focus",
    "_fatal_error", "focused", "_default_focused",
    # Set for every subclass by Textual's own metaclass and __init_subclass__.
    "_decorated_handlers", "_reactives", "_css_type_name", "_css_type_names", "_computes", "_merged_bindings",
    "_inherit_bindings", "_inherit_css", "_inherit_component_classes", "_css_bases", "can_focus_children",
    "message_signature", "bubble", "no_dispatch", "handler_name", "time", "verbose", "namespace",
    "_BINDINGS", "BINDINGS", "_selector_names", "_default_layout", "_sort_order", "__abstractmethods__", "_abc_impl",
    # TextBox is a TextArea: what it sets are TextArea's own reactives.
    "cursor_blink", "show_cursor", "text",
}  # fmt: skip


def _our_classes() -> list[type[Any]]:
    """Every one that Textual calls, but for what takes its place on purpose (tests/unit/test_display.py)."""
    return [entry for entry in subclasses(MessagePump) if not entry.__module__.startswith("svc_tui.terminal.")]


def _textual_names(ours: type[Any]) -> set[str]:
    """Every name that Textual's bases of a class define or assign to `self` in `__init__`."""
    return set().union(*(_names_of(base) for base in ours.__mro__ if base.__module__.startswith("textual.")))


@cache
def _names_of(base: type[Any]) -> frozenset[str]:
    return frozenset(vars(base)) | _assigned(base)


def _assigned(code: Any) -> frozenset[str]:
    """Names that a function or a class assigns to `self`."""
    return frozenset(re.findall(r"\bself\.(\w+)(?:: [^=\n]+)? = ", _source(code)))


def _source(function: Any) -> str:
    try:
        return inspect.getsource(function)
    except (OSError, TypeError):
        return ""


@pytest.mark.parametrize("ours", _our_classes(), ids=lambda entry: str(entry.__name__))
def test_no_name_of_ours_shadows_one_of_textual(ours: type[Any]) -> None:
    own = set(vars(ours)) - MEANT
    assert not own & _textual_names(ours)


@pytest.mark.parametrize("ours", _our_classes(), ids=lambda entry: str(entry.__name__))
def test_no_attribute_of_ours_shadows_a_name_of_textual(ours: type[Any]) -> None:
    """Whatever our methods assign to `self` is ours, or a setting that Textual offers."""
    assigned = _assigned(ours)
    assert not (assigned - MEANT) & _textual_names(ours)


def test_a_change_of_focus_would_repaint_the_whole_screen_but_for_our_redeclaration() -> None:
    theirs, ours = vars(Screen)["focused"], vars(BaseScreen)["focused"]
    assert isinstance(theirs, Reactive)
    assert isinstance(ours, Reactive)
    assert theirs._repaint, "Textual no longer repaints the screen: BaseScreen.focused is not needed any more"
    assert not ours._repaint
    assert theirs._default is None
    assert (ours._layout, ours._init, ours._always_update) == (theirs._layout, theirs._init, theirs._always_update)


def test_the_names_that_end_the_program_after_an_error_are_there() -> None:
    assert list(inspect.signature(App._fatal_error).parameters) == ["self"]
    assert "_exit_renderables" in _source(App.__init__)
    assert list(inspect.signature(App._close_messages_no_wait).parameters) == ["self"]
    source = _source(App._fatal_error)
    assert "show_locals=True" in source, "Textual no longer prints locals: SvcApp._fatal_error is not needed any more"
    assert "_exit_renderables.append" in source
    assert "_close_messages_no_wait()" in source


async def test_an_error_of_the_program_is_told_in_a_sentence_without_locals(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(desk.app, "_close_messages_no_wait", lambda: closed.append(True))
    monkeypatch.setattr("svc_tui.ending.log.exception", lambda *args: None)
    desk.app._fatal_error()
    told = desk.app._exit_renderables.copy()
    desk.app._exit_renderables.clear()
    assert closed == [True]
    assert len(told) == 1
    assert str(told[0]).startswith("The program ended by an error")


async def test_moving_the_focus_does_not_repaint_the_screen(desk: Desk) -> None:
    sheet = await desk.list.open("TV uden billede")
    await sheet.go_to_note()
    repainted: list[object] = []
    screen = desk.screen
    original = screen.refresh

    def refresh(*regions: Any, **options: Any) -> Any:
        repainted.append((regions, options))
        return original(*regions, **options)

    screen.refresh = refresh  # type: ignore[method-assign]  # watched for the length of this test
    await desk.press("tab")
    assert not repainted


async def test_widgets_that_draw_line_by_line_have_neither_border_nor_padding(desk: Desk) -> None:
    """`LineWidget.size` leaves them out of the reckoning."""
    met = 0
    for keys in ((), ("enter",), ("escape", "f1")):
        await desk.press(*keys)
        for widget in desk.app.screen.query(lines.LineWidget):
            assert widget.content_region.size == widget.size
            met += 1
    assert met > 10


def test_textual_keys_never_reach_our_widgets() -> None:
    """Keys come from the application's queue; a Textual binding beside it would do things twice."""
    assert SvcApp._inherit_bindings is False
    assert not vars(BaseScreen).get("BINDINGS")
    for ours in _our_classes():
        assert not vars(ours).get("BINDINGS"), ours.__name__


def test_the_parts_of_textual_that_are_subclassed_exist() -> None:
    for name in ("render_line", "get_content_height", "refresh", "content_offset"):
        assert hasattr(Widget, name)
    for name in ("action_cursor_left", "action_delete_word_left", "action_cursor_line_start", "insert"):
        assert hasattr(TextArea, name)
    assert issubclass(Screen, DOMNode)


async def test_two_sizes_told_together_are_each_laid_out_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A size that comes late is not laid out again, and told again, and again."""
    laid_out: list[Size] = []
    real = Screen._refresh_layout

    def counted(screen: Screen[Any], size: Size | None = None, scroll: bool = False) -> None:
        laid_out.append(size or screen.outer_size)
        real(screen, size, scroll)

    monkeypatch.setattr(Screen, "_refresh_layout", counted)
    for size in (Size(60, 40), Size(60, 25)) * 2:
        desk.screen.post_message(events.Resize(size, size))
    await desk.rest()
    assert len(laid_out) <= 4
    assert desk.screen.size == desk.app.size
