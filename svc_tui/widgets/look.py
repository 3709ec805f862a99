"""How things are drawn, per terminal profile: one small table of styles, looked up by what a thing is.

The terminal's own colours are the background everywhere. Two accents at most; a colour never stands alone.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.style import Style


def _stages(*styles: str) -> tuple[Style, ...]:
    return tuple(Style.parse(style) for style in styles)


class Look(NamedTuple):
    """Styles by meaning."""

    plain: Style = Style()
    title: Style = Style(reverse=True)
    heading: Style = Style(bold=True)
    label: Style = Style()
    value: Style = Style(bold=True)
    """A field that has not the focus."""
    focus: Style = Style(reverse=True)
    """The field that has it."""
    caret: Style = Style(underline=True)
    """The cell the next letter goes to, within the focused field."""
    hint: Style = Style()
    """What Tab or Enter would take, after what was typed; in the focused field."""
    cursor: Style = Style(reverse=True)
    """The row the cursor is on."""
    resting: Style = Style(bold=True)
    """The same row while another part of the screen has the focus."""
    mark: Style = Style(bold=True)
    """The sign before a selected row."""
    dim: Style = Style()
    error: Style = Style(bold=True)
    mistake: Style = Style(bold=True, underline=True, reverse=True)
    """What is not understood in a line that is being written."""
    key: Style = Style(bold=True)
    tab: Style = Style()
    tab_open: Style = Style(bold=True, underline=True)
    tab_focus: Style = Style(reverse=True)
    stages: tuple[Style, ...] = (Style(),) * 6
    """By `domain.records.Stage`; the letter beside it says the same."""
    blocks: bool = False
    """Whether bars are drawn in eighths of a block."""


MONO = Look(caret=Style(reverse=False, bold=True, underline=True))

PLAIN = Look(
    title=Style.parse("reverse"),
    label=Style.parse("cyan"),
    value=Style(),
    hint=Style(),
    mark=Style.parse("bold yellow"),
    error=Style.parse("bold red"),
    mistake=Style.parse("bold red reverse"),
    key=Style.parse("bold cyan"),
    tab_open=Style.parse("bold cyan underline"),
    stages=_stages("", "bold green", "bold yellow", "bold cyan", "", ""),
)

RICH = Look(
    blocks=True,
    title=Style.parse("bold white on color(24)"),
    heading=Style.parse("bold color(67)"),
    label=Style.parse("color(67)"),
    value=Style(),
    focus=Style.parse("white on color(24)"),
    caret=Style.parse("underline"),
    hint=Style.parse("color(152) on color(24)"),
    cursor=Style.parse("white on color(24)"),
    resting=Style.parse("bold"),
    mark=Style.parse("bold color(172)"),
    dim=Style.parse("color(244)"),
    error=Style.parse("bold color(167)"),
    mistake=Style.parse("bold color(167) reverse"),
    key=Style.parse("bold color(67)"),
    tab=Style.parse("color(244)"),
    tab_open=Style.parse("bold underline"),
    tab_focus=Style.parse("white on color(24)"),
    stages=_stages("", "bold color(71)", "bold color(172)", "bold color(67)", "color(244)", "color(244)"),
)

_LOOKS = {"mono": MONO, "plain": PLAIN, "rich": RICH}
_current = RICH


def choose(profile: str) -> None:
    """Make the look of a profile the one of this process."""
    global _current
    _current = _LOOKS.get(profile, RICH)


def look() -> Look:
    """The look in force."""
    return _current
