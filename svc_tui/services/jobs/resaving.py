"""Saving a sheet again whose first save is in, though nobody was told: what was typed since is the difference.

The key of a save stands for what that save wrote, and the history knows it. So the base of what is saved now is the job
as that act left it: what it wrote is not written twice, what was typed after it is, and what others saved meanwhile is
merged as ever. What is saved then has the next key of the chain that begins with the first: it too happens once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from svc_tui.db.core import change_log
from svc_tui.db.core.changes import Changes, Values, activity_of, read
from svc_tui.db.lists.activities import lines_of, links_of
from svc_tui.domain.records import LineRecord, LinkRecord, LinkRole
from svc_tui.domain.tables import ACTIVITY, ACTIVITY_LINE, ACTIVITY_LINK, ACTIVITY_NOTE, DEVICE, Described
from svc_tui.domain.text import clean_text
from svc_tui.domain.undoing import Effect, effects
from svc_tui.services.jobs.lines import row_of
from svc_tui.services.stock import devices

if TYPE_CHECKING:
    from svc_tui.services.jobs.activities import SheetEdit


class Known(NamedTuple):
    """What is in of a sheet that is saved again."""

    activity: int
    number: int
    acts: tuple[int, ...]
    """The acts that saved it, the first one first."""


def known(changes: Changes) -> Known | None:
    """What is in under the key of this act; None when it is tried for the first time.

    Raises:
        NotFound: when it was saved, and the job is gone since.
    """
    activity = activity_of(changes.store, changes.operation_key)
    if activity is None:
        return None
    number = int(read(changes.store, ACTIVITY, activity, lock=True)["number"] or 0)
    return Known(activity, number, tuple(changes.known()))


def rest(changes: Changes, edit: SheetEdit, found: Known) -> SheetEdit:
    """What is still to be saved: the edit on the job as the acts that are in left it."""
    done = _Done(changes, found)
    is_new = edit.base.id is None
    wrote = done.header()
    values = edit.values | _derived(changes, edit, wrote)
    note = _rest_of_note(edit.new_note, done.notes())
    base_links, my_links = done.links(() if is_new else edit.base.links, edit.links)
    base_lines, my_lines = done.lines(() if is_new else edit.base.lines, edit.lines)
    base = replace(
        edit.base, id=found.activity, number=found.number, values=edit.base.values | wrote,
        links=tuple(base_links), lines=tuple(base_lines),
    )  # fmt: skip
    new_device = None if "device" in values and values["device"] != edit.values["device"] else edit.new_device
    return replace(
        edit, base=base, values=values, links=tuple(my_links), lines=tuple(my_lines), new_note=note,
        new_device=new_device,
    )  # fmt: skip


def _derived(changes: Changes, edit: SheetEdit, wrote: Values) -> Values:
    """Fields that the acts filled in by themselves, and that the sheet does not know of."""
    found: Values = {}
    if "start_at" in wrote and not edit.values["start_at"]:
        found["start_at"] = wrote["start_at"]
    if "status" in wrote and "end_at" in wrote and edit.values["end_at"] == edit.base.values["end_at"]:
        found["end_at"] = wrote["end_at"]
    if edit.new_device is not None and wrote.get("device"):
        row = read(changes.store, DEVICE, int(wrote["device"] or 0))
        if devices.checked(edit.new_device)[:] == (row["brand"], row["model"], row["serial"]):
            found["device"] = wrote["device"]
    return found


def _rest_of_note(typed: str, stored: Sequence[str]) -> str:
    """What of the note is not in yet; changed in its middle, all of it is an entry of its own."""
    text = clean_text(typed, max(len(typed), 1))
    for entry in stored:
        text = text[len(entry) :].lstrip() if text.startswith(entry) else text
    return text


class _Done:
    """What the acts that are in wrote."""

    def __init__(self, changes: Changes, found: Known) -> None:
        self._store, self._activity = changes.store, found.activity
        steps = [step for act in found.acts for step in change_log.steps_of(changes.store, act)]
        self._effects = [effect for effect in effects(steps) if effect.activity == found.activity]

    def _of(self, table: Described) -> dict[int, Effect]:
        return {effect.row: effect for effect in self._effects if effect.table == table.name}

    def header(self) -> Values:
        """Fields of the job itself, as they were written."""
        effect = self._of(ACTIVITY).get(self._activity)
        if effect is None:
            return {}
        return dict(effect.created or {name: after for name, (_, after) in effect.fields.items()})

    def notes(self) -> list[str]:
        """The entries that were appended."""
        return [str(effect.created["text"]) for effect in self._of(ACTIVITY_NOTE).values() if effect.created]

    def links(
        self, base: Sequence[LinkRecord], mine: Sequence[LinkRecord]
    ) -> tuple[list[LinkRecord], list[LinkRecord]]:
        """The links as the acts left them, and those that are wanted by the ids they have now."""
        done = self._of(ACTIVITY_LINK)
        stored = {link.id: link for link in links_of(self._store, self._activity)}
        created = {row: effect.created for row, effect in done.items() if effect.created}
        ids: dict[int, int] = {}
        before: list[LinkRecord] = []
        for row, image in created.items():
            key = (image["contact"], image["role"])
            match = next((link for link in mine if link.id < 0 and (link.contact_id, str(link.role)) == key), None)
            if match is not None:
                ids[match.id] = row
                person = image["person"]
                before.append(match._replace(id=row, person_id=None if person is None else int(person)))
            elif row in stored and key[1] != LinkRole.CUSTOMER:  # else it followed the header's customer
                before.append(stored[row])
        kept = [link._replace(**_after(done.get(link.id), {"person": "person_id"})) for link in base]
        gone = {row for row, effect in done.items() if effect.deleted}
        return (
            [link for link in (*kept, *before) if link.id not in gone],
            [link._replace(id=ids.get(link.id, link.id)) for link in mine if link.id not in gone],
        )

    def lines(
        self, base: Sequence[LineRecord], mine: Sequence[LineRecord]
    ) -> tuple[list[LineRecord], list[LineRecord]]:
        """The same of the lines of the Product tab."""
        done = self._of(ACTIVITY_LINE)
        stored = {line.id: line for line in lines_of(self._store, self._activity)}
        ids: dict[int, int] = {}
        before: list[LineRecord] = []
        for row, effect in done.items():
            if effect.created is None:
                continue
            match = next((line for line in mine if line.id < 0 and line.id not in ids and _is(line, effect)), None)
            if match is not None:
                ids[match.id] = row
                before.append(match._replace(id=row))
            elif row in stored:
                before.append(stored[row])
        kept = [line._replace(**_after(done.get(line.id), {"product": "product_id"})) for line in base]
        gone = {row for row, effect in done.items() if effect.deleted}
        return (
            [line for line in (*kept, *before) if line.id not in gone],
            [line._replace(id=ids.get(line.id, line.id)) for line in mine if line.id not in gone],
        )


def _is(line: LineRecord, effect: Effect) -> bool:
    """Whether a line that is not saved yet is the one that an act made."""
    image = effect.created or {}
    return all(image.get(name) == value for name, value in row_of(line).items())


def _after(effect: Effect | None, names: dict[str, str]) -> dict[str, Any]:
    """The fields of a row that an act wrote, as its record calls them."""
    if effect is None:
        return {}
    return {names.get(name, name): after for name, (_, after) in effect.fields.items()}
