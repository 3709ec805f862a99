"""A user's own settings in words: what each is called, and what it says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from svc_tui.commands import COMMANDS, shown_key
from svc_tui.domain.columns import Arranged, arrangement, kept_columns
from svc_tui.domain.first_screens import screen_in
from svc_tui.domain.labels import FIRST_SCREEN_LABELS, TAB_LABELS
from svc_tui.domain.languages import CODES, language_of
from svc_tui.domain.records import HistoryRow
from svc_tui.domain.registers import Registers
from svc_tui.domain.setting_labels import COLUMN_LABELS, LISTS_WITH_COLUMNS, PRESET_LABELS, setting_label
from svc_tui.i18n import _, n_
from svc_tui.services.filters.lists import ALL

LONGEST = 40
"""Letters of a change beyond which a message only names the setting."""

MOST_TOLD = 2
"""Settings that a message names."""


def told(row: HistoryRow, registers: Registers) -> str:
    """One changed setting: what it was and what it became."""
    old, new = (value_told(row.field, json.loads(side or "null"), registers) for side in (row.old, row.new))
    return f"{setting_label(row.field).sentence(_)}: {old or '-'} → {new or '-'}"


def told_together(rows: Sequence[HistoryRow], registers: Registers, count: Callable[[int], str]) -> str:
    """The first of some changed settings, for a message; a long change by its setting only."""
    texts = [told(row, registers) for row in rows[:MOST_TOLD]]
    names = [setting_label(row.field).sentence(_) for row in rows[:MOST_TOLD]]
    first = ", ".join(name if len(text) > LONGEST else text for name, text in zip(names, texts, strict=True))
    more = len(rows) - MOST_TOLD
    if more <= 0:
        return first
    return n_("{first}, and {count} more", "{first}, and {count} more", more).format(first=first, count=count(more))


def value_told(name: str, value: Any, registers: Registers) -> str:
    """What a setting says, in words.

    Args:
        name: The setting, or one of several parts of it, as in a `Conflict`.
        value: As it is stored, with names in place of ids.
        registers: The shop's lists.
    """
    match name:
        case "language":
            return language_told(value) or _("as the terminal")
        case "profile":
            return str(value) if value else _("as the terminal")
        case "start_list":
            if name := screen_in(str(value or "")):
                return _(FIRST_SCREEN_LABELS[name])
            return list_told(value, registers) if value else _("the first")
        case "key_set":
            return str(value) if value else _("as they come")
        case "keys":
            return ", ".join(f"{_command_told(of)}: {_keys_told(keys)}" for of, keys in value or ())
        case "tabs":
            return ", ".join(_(TAB_LABELS[tab]) for tab in value or () if tab in TAB_LABELS)
        case "receipt_printer":
            printer = registers.printer(value)
            return printer.name if printer else _("as the shop has it")
        case "opening_views":
            return ", ".join(f"{list_told(code, registers)}: {view}" for code, view in value or ())
        case "columns":
            return _(PRESET_LABELS.get(value, "normal"))
        case "column_layout":
            return _layout_told("jobs", arrangement(value))
        case "other_columns":
            return "; ".join(
                f"{_(LISTS_WITH_COLUMNS[of])}: {_(PRESET_LABELS.get(kept.preset, 'normal'))}"
                + (f" ({_layout_told(of, kept.own)})" if kept.own else "")
                for of, kept in kept_columns(value)
            )
    if name.startswith("keys "):
        return "" if value is None else f"{_command_told(name[5:])}: {_keys_told(value)}"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


def _command_told(command: str) -> str:
    """What a command is called."""
    return next((_(known.label) for known in COMMANDS if known.id == command), command)


def _keys_told(keys: Sequence[str]) -> str:
    return " ".join(shown_key(key, _) for key in keys) or _("no key")


def language_told(code: object) -> str:
    """What a language calls itself, by its code."""
    return language_of(str(code)).own_name if code in CODES else ""


def list_told(code: object, registers: Registers) -> str:
    """What a list of jobs is called, by its code."""
    found = registers.list_by_code(str(code))
    return found.name if found else _("All jobs") if code == ALL else str(code)


def column_told(name: object, of: str = "jobs") -> str:
    """What a column of a list is called."""
    labels: Mapping[str, str] = COLUMN_LABELS[of]
    return _(labels[str(name)]) if name in labels else str(name)


def _layout_told(of: str, columns: tuple[Arranged, ...]) -> str:
    """The columns in their order, each with the width it was given."""
    return ", ".join(f"{column_told(entry.name, of)} {entry.width or ''}".rstrip() for entry in columns)
