"""A user's own settings, kept with the employee in the database, so that they follow to every terminal."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from svc_tui.db.core.changes import read
from svc_tui.db.people.employees import settings_of
from svc_tui.domain.columns import JOBS, OWN, Arranged, Columns, arrangement, kept_columns
from svc_tui.domain.errors import CHANGED_MEANWHILE, Conflict
from svc_tui.domain.merge import Merged, merge
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import EMPLOYEE, USER_SETTING
from svc_tui.services.core.session import Session

TABS = ("note", "contacts", "product", "history", "misc")
"""Tabs of the activity sheet in their order."""


class UserSettings(NamedTuple):
    """What one user decided for himself; None is "as the shop has it"."""

    language: str = ""
    """Language of the program: da, en; empty follows the terminal's locale."""
    profile: str = ""
    """Terminal profile: rich, plain, mono; empty follows TERM."""
    mouse: bool = False
    """A click selects and a double-click opens."""
    tabs: tuple[str, ...] = TABS
    """Tabs that the sheet shows."""
    opening_filter: str = ""
    """What the filter line of a list begins with, such as a period: `start:-30..+30`."""
    opening_views: tuple[tuple[str, int], ...] = ()
    """Per list, by its code, the saved view it begins with, by its id; goes before `opening_filter`."""
    default_type: int | None = None
    default_status: int | None = None
    default_responsible: int | None = None
    default_priority: int | None = None
    note_stamp: bool = True
    """Whether a note entry begins with the name and the time."""
    columns: str = "normal"
    """Column preset of the lists: simple, normal, advanced, or the user's own."""
    column_layout: tuple[Arranged, ...] = ()
    """The user's own columns in their order; empty while he has arranged none."""
    other_columns: tuple[tuple[str, Columns], ...] = ()
    """The columns of the lists beside those of jobs, by the list's name, where they are not as they come."""
    start_list: str = ""
    """Code of the list that the program begins with, or `all`; empty for the first."""
    path_end: bool = False
    """Whether the quick-entry path of the sheet goes through the end; so for the other three."""
    path_promised: bool = False
    path_priority: bool = False
    path_project: bool = False
    key_set: str = ""
    """The set of keys that comes with the program, such as vi; empty for the usual one."""
    keys: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The user's own keys by command, where they are not those of the set."""
    receipt_printer: int | None = None
    """The printer at one's own place, which receipts come out of at intake; None for the first that is set to."""

    @property
    def own_path(self) -> tuple[str, ...]:
        """The fields of a job that the user added to the quick-entry path of the sheet."""
        added = {
            "end_at": self.path_end, "promised_at": self.path_promised, "priority": self.path_priority,
            "project": self.path_project,
        }  # fmt: skip
        return tuple(name for name, is_added in added.items() if is_added)

    @property
    def defaults(self) -> dict[str, int | None]:
        """The user's own values for a new job, by field."""
        return {
            "type": self.default_type,
            "status": self.default_status,
            "responsible": self.default_responsible,
            "priority": self.default_priority,
        }

    def columns_of(self, name: str) -> Columns:
        """The columns of a kind of list."""
        if name == JOBS.name:
            return Columns(self.columns, self.column_layout)
        return dict(self.other_columns).get(name, Columns())

    def with_columns(self, preset: str, name: str) -> UserSettings:
        """The same with another column preset for a kind of list."""
        return self._with(name, self.columns_of(name)._replace(preset=preset))

    def opening_with(self, list_code: str, view_id: int | None) -> UserSettings:
        """The same with a list that begins with a view, or with none."""
        others = {code: other for code, other in self.opening_views if code != list_code}
        return self._replace(
            opening_views=tuple((others if view_id is None else others | {list_code: view_id}).items())
        )

    def with_keys(self, command: str, keys: tuple[str, ...] | None) -> UserSettings:
        """The same with other keys of a command; None: as it comes."""
        others = {name: own for name, own in self.keys if name != command}
        return self._replace(keys=tuple(sorted((others if keys is None else others | {command: keys}).items())))

    def with_own_columns(self, layout: tuple[Arranged, ...], name: str) -> UserSettings:
        """The same with the user's own columns of a kind of list, shown from now on; none: back to the normal ones."""
        return self._with(name, Columns(OWN if layout else "normal", layout))

    def _with(self, name: str, columns: Columns) -> UserSettings:
        if name == JOBS.name:
            return self._replace(columns=columns.preset, column_layout=columns.own)
        return self._replace(other_columns=tuple((dict(self.other_columns) | {name: columns}).items()))


def load(session: Session) -> UserSettings:
    """The employee's settings; what is missing or no longer understood has its default."""
    if session.employee is None:
        return UserSettings()
    stored = settings_of(session.store, session.employee.id)
    return _of({setting.name: _decoded(setting.value) for setting in stored})


def _decoded(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        return None


def _of(found: dict[str, object]) -> UserSettings:
    understood: dict[str, Any] = {}
    for name, default in UserSettings()._asdict().items():
        value = found.get(name)
        if name == "column_layout":
            understood[name] = arrangement(value)
        elif name == "other_columns":
            understood[name] = kept_columns(value)
        elif name == "opening_views":
            understood[name] = _pairs(value)
        elif name == "keys":
            understood[name] = _own_keys(value)
        elif isinstance(default, tuple):
            known = tuple(tab for tab in TABS if isinstance(value, list) and tab in value)
            understood[name] = known or default
        elif isinstance(value, int) if default is None else type(value) is type(default):
            understood[name] = value
    return UserSettings(**understood)


def _pairs(value: object) -> tuple[tuple[str, int], ...]:
    """Pairs of a list's code and a view's id, as far as they are sound."""
    pairs = [tuple(pair) for pair in value if isinstance(pair, list)] if isinstance(value, list) else []
    return tuple((pair[0], pair[1]) for pair in pairs if [type(part) for part in pair] == [str, int])


def _own_keys(value: object) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Commands with their keys, as far as they are sound."""
    pairs = [pair for pair in value if isinstance(pair, list) and len(pair) == 2] if isinstance(value, list) else []
    return tuple(
        (name, tuple(keys)) for name, keys in pairs
        if isinstance(name, str) and isinstance(keys, list) and all(isinstance(key, str) for key in keys)
    )  # fmt: skip


class Kept(NamedTuple):
    """What became of settings that were saved."""

    settings: UserSettings
    """All of them as they are now."""
    taken: tuple[str, ...] = ()
    """What was changed at another terminal meanwhile, and stays so: settings, tabs as `tab_note`."""


_GROUPS = (("columns", "column_layout"),)

_TAB, _VIEW, _KEYS = "tab_", "opening_view ", "keys "
"""Before the name of a tab, the code of a list and the id of a command, for each is a setting of its own."""


def parts(settings: UserSettings) -> dict[str, object]:
    """Every setting by its name, those of several parts one by one."""
    found: dict[str, object] = settings._asdict()
    del found["tabs"], found["opening_views"], found["keys"]
    found |= {_TAB + name: name in settings.tabs for name in TABS}
    found |= {_KEYS + command: keys for command, keys in settings.keys}
    return found | {_VIEW + code: view for code, view in settings.opening_views}


def whole(found: Mapping[str, Any]) -> UserSettings:
    """The settings that consist of these parts."""
    single = {name: value for name, value in found.items() if name in UserSettings._fields}
    tabs = tuple(name for name in TABS if found[_TAB + name])
    views = {name.removeprefix(_VIEW): view for name, view in found.items() if name.startswith(_VIEW)}
    opening = tuple((code, view) for code, view in views.items() if view is not None)
    keys = {name.removeprefix(_KEYS): own for name, own in found.items() if name.startswith(_KEYS)}
    own = tuple(sorted((command, given) for command, given in keys.items() if given is not None))
    return UserSettings(**single, tabs=tabs or TABS, opening_views=opening, keys=own)


def seen(session: Session, base: UserSettings, names: Collection[str]) -> UserSettings:
    """`base` once it has been told what another terminal made of some of its parts, called as in a `Conflict`."""
    now = parts(load(session))
    return whole(parts(base) | {name: now.get(name) for name in names})


def save(session: Session, settings: UserSettings, base: UserSettings | None = None) -> Kept:
    """Keep the settings; only those that differ are written.

    Args:
        session: Whose settings.
        settings: What they are to be.
        base: As they were when they were opened: what another terminal of the same person changed since is merged
            setting by setting. None: what is stored now was read just before.

    Raises:
        Conflict: when the same setting was changed at another terminal; nothing is written then.
    """
    employee = session.employee
    with session.act("settings.save", Right.SETTINGS_OWN) as changes:
        if employee is None:
            return Kept(settings)
        read(session.store, EMPLOYEE, employee.id, lock=True)  # one terminal at a time
        theirs = load(session)
        merged = _merged(settings, theirs if base is None else base, theirs)
        before, wanted = theirs._asdict(), whole(parts(theirs) | dict(merged.write))
        stored = {setting.name: setting.id for setting in settings_of(session.store, employee.id)}
        for name, value in wanted._asdict().items():
            if value == before[name]:
                continue
            text = json.dumps(value)
            if name in stored:
                changes.update(USER_SETTING, stored[name], {"value": text})
            else:
                changes.insert(USER_SETTING, {"employee": employee.id, "name": name, "value": text})
    return Kept(wanted, merged.taken)


def _merged(mine: UserSettings, base: UserSettings, theirs: UserSettings) -> Merged:
    """
    Raises:
        Conflict: with the settings that both changed.
    """
    sides = [parts(side) for side in (base, mine, theirs)]
    names = list(dict.fromkeys(name for side in sides for name in side))
    was, wanted, now = ({name: side.get(name) for name in names} for side in sides)
    merged = merge(was, wanted, now, _GROUPS)
    if merged.conflicts:
        fields = tuple(conflict.field for conflict in merged.conflicts)
        raise Conflict(CHANGED_MEANWHILE, fields=fields)
    return merged
