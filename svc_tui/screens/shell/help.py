"""Help and the palette: both are read off the command table."""

from __future__ import annotations

from collections.abc import Sequence

from svc_tui.commands import WHERE_LABELS, Command, Where, shown_key
from svc_tui.domain.text import words
from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.list_screen import Column, FixedRows, ListScreen
from svc_tui.screens.shell.picker import Picked, Picker, Question, Row
from svc_tui.widgets.lines import wrapped

_KEYS_WIDTH = 22


def _keys(keys: Sequence[str]) -> str:
    return " ".join(shown_key(key, _) for key in keys[:4])


def field_help() -> tuple[tuple[str, str], ...]:
    """How to type in fields: (keys, what they do)."""
    return (
        (_("Tab Enter"), _("To the next field; takes the first value that matches what was typed")),
        (_("Shift+Tab"), _("To the field before")),
        (_("Down"), _("The list of values of the field")),
        (_("t  tomorrow  +3"), _("Today, tomorrow, in three days")),
        (_("fr  24  2411  week 48"), _("Next Friday, the 24th, 24 November, Monday of week 48")),
        (_("9  930  fr 930  t 14"), _("A time of day; a date and a time in one field")),
        ("3x HDMI", _("In the part field: three of the part")),
    )


def question_help() -> list[tuple[str, str]]:
    """What answers a question in the message line: (keys, what they do)."""
    return [
        (_("Enter"), _("Takes the answer; with nothing typed it changes nothing, and - empties")),
        (_("Esc"), _("Leaves everything as it is")),
    ]


class HelpScreen(ListScreen[tuple[str, str]]):
    """The keys that are valid where help was asked for."""

    enter_closes = True

    def __init__(self, asked_from: BaseScreen) -> None:
        super().__init__(id="help")
        self.asked_from = asked_from

    def heading(self) -> tuple[str, str]:
        return _("Help: the keys that are valid here"), _("Esc closes")

    def columns(self) -> list[Column[tuple[str, str]]]:
        return [
            Column(_("Keys"), _KEYS_WIDTH, lambda row: row[0]),
            Column(_("What it does"), 20, lambda row: row[1], flex=1),
        ]

    def source(self) -> FixedRows[tuple[str, str]]:
        room = self.app.size.width - _KEYS_WIDTH - 1
        return FixedRows(
            [
                ("" if place else keys, line)
                for keys, text in self._explained()
                for place, line in enumerate(wrapped(text, room))
            ]
        )

    def _explained(self) -> list[tuple[str, str]]:
        """(keys, what they do), in paragraphs that are not wrapped yet."""
        places = self.asked_from.places_now()
        keymap, typing = self.svc.keymap, self.asked_from.is_typing
        rows = self.asked_from.explained() if not self.asked_from.bottom.is_asking else question_help()
        for command in keymap.valid(places):
            if self.asked_from.bottom.is_asking:
                break
            keys = [key for key in command.keys if keymap.find(key, places, typing=typing) is command]
            if not keys and not typing and command.keys:
                keys = ["f10"]  # its letter writes here, so it is done by its name
            if keys:
                rows.append((_keys(keys), _(command.help)))
        if self.asked_from.bottom.question is not None or places & {Where.FIELD, Where.FORM, Where.SHEET}:
            rows += field_help()
        return rows


async def show_palette(screen: BaseScreen) -> None:
    """Let a command be picked among all that are valid on a screen, and do it."""

    async def done(picked: Picked[Command] | None) -> None:
        if picked is not None:
            await screen.do_chosen(picked.value)

    await screen.svc.show(palette(screen), done)


def palette(screen: BaseScreen) -> Picker:
    """A picker over the commands that are valid on a screen; gives a `Picked` with a command."""
    keymap, places = screen.svc.keymap, screen.places_now() - {Where.FIELD} | screen.places
    commands = [command for command in keymap.valid(places) if not command.plays]

    def label(command: Command) -> str:
        """What it is called; a list as the shop calls it."""
        there = screen.svc.destinations.get(command.id)
        return there.name(screen.session) if there is not None else _(command.label)

    async def search(typed: str, options: dict[str, int]) -> list[Row[Command]]:
        wanted = words(typed)
        return [
            Row(command, (label(command), _(command.help), _keys(keymap.keys_of(command, places, typing=False))))
            for command in commands
            if all(
                any(word.startswith(prefix) for word in words(f"{label(command)} {_(command.help)}"))
                for prefix in wanted
            )
        ]

    columns = ((_("Action"), 16, 0), (_("What it does"), 20, 1), (_("Keys"), 14, 0))
    return Picker(Question(_("Actions"), columns, search))


__all__ = ["WHERE_LABELS", "HelpScreen", "palette", "show_palette"]
