"""Statuses: the stage each stands for, the lists that offer it, and which of them the Done key sets."""

from __future__ import annotations

from collections.abc import Collection

from svc_tui.db.core.changes import Changes, read
from svc_tui.db.people import register_uses
from svc_tui.domain.errors import N_, InUse, Invalid
from svc_tui.domain.operations import Values
from svc_tui.domain.records import Stage, WaitsFor
from svc_tui.domain.registers import Register
from svc_tui.domain.tables import ACTIVITY_STATUS
from svc_tui.services.core.session import Session
from svc_tui.services.people.registers import acting, check_minutes, flag, last_position, named


def add_status(session: Session, name: str, stage: Stage, lists: Collection[int], *, done_key: bool = False) -> int:
    """A new status.

    Args:
        session: Who adds it.
        name: Its name.
        stage: Where in its life it puts a job.
        lists: Ids of the lists that offer it.
        done_key: Whether the Done key sets it there.

    Raises:
        Invalid: with the field that is refused.
    """
    with acting(session, Register.STATUS, "add") as changes:
        return put_status(session, changes, None, {"name": name}, stage=stage, lists=lists, done_key=done_key)


def change_status(
    session: Session,
    status_id: int,
    *,
    stage: Stage | None = None,
    lists: Collection[int] | None = None,
    done_key: bool | None = None,
) -> None:
    """Change a status; what is None stays.

    Raises:
        InUse: when jobs have it and its stage is to be another, which would rewrite what was and what is counted.
        Invalid: when it is to be the Done key's and does not mean done.
    """
    with acting(session, Register.STATUS, "change") as changes:
        put_status(session, changes, status_id, {}, stage=stage, lists=lists, done_key=done_key)


def put_status(
    session: Session,
    changes: Changes,
    status_id: int | None,
    values: Values,
    *,
    stage: Stage | None,
    lists: Collection[int] | None,
    done_key: bool | None,
) -> int:
    """Write a status within an act; None for a new one, and for what stays. Gives its id."""
    written = named(session, Register.STATUS, str(values["name"]), status_id) if "name" in values else {}
    if "longest" in values:
        if (longest := values["longest"]) is not None:
            check_minutes(int(longest), "longest")
        written["longest"] = longest
    if "waits_for" in values:
        written["waits_for"] = str(WaitsFor(str(values["waits_for"])))
    written |= {name: bool(values[name]) for name in ("pauses", "after_parts") if name in values}
    if status_id is None:
        written |= {"stage": int(_real(stage or Stage.NONE)), "position": last_position(session, Register.STATUS)}
        status_id = changes.insert(ACTIVITY_STATUS, written)
    else:
        written |= {"stage": int(_stage(session, status_id, stage))}
        changes.update(ACTIVITY_STATUS, status_id, written)
    if lists is not None:
        flag(session, changes, Register.STATUS, status_id, lists)
    row = read(session.store, ACTIVITY_STATUS, status_id)
    becomes = Stage(int(row["stage"] or 0))
    if done_key or (done_key is None and row["done_key"] and becomes is Stage.DONE):
        offered = register_uses.flags(session.store, "status", status_id)
        _give_done_key(session, changes, status_id, becomes, set(offered))
    elif row["done_key"]:
        changes.update(ACTIVITY_STATUS, status_id, {"done_key": False})
    return status_id


def _stage(session: Session, status_id: int, stage: Stage | None) -> Stage:
    """The stage that a status may have from now on.

    Raises:
        InUse: when jobs have it, and it is to be another.
    """
    row = read(session.store, ACTIVITY_STATUS, status_id, lock=True)
    was = Stage(int(row["stage"] or 0))
    becomes = was if stage is None else _real(stage)
    count = register_uses.uses(session.store, ACTIVITY_STATUS, status_id) if becomes is not was else 0
    if count:
        raise InUse(
            N_("{name} is in use {count} times, so its stage stays. Add another status and retire this one."),
            name=row["name"], count=count, field="stage",
        )  # fmt: skip
    return becomes


def _real(stage: Stage) -> Stage:
    if stage is Stage.NONE:
        raise Invalid(N_("Choose a stage: ready, waiting, working, done or cancelled."), field="stage")
    return stage


def _give_done_key(session: Session, changes: Changes, status_id: int, stage: Stage, lists: Collection[int]) -> None:
    """Let the Done key set this status in its lists, and no other there; no lists are all of them."""
    if stage is not Stage.DONE:
        raise Invalid(N_("The Done key can only set a status whose stage is done."), field="done_key")
    for other in session.registers.statuses:
        shares = not lists or not other.lists or other.lists & set(lists)
        if other.done_key and other.id != status_id and shares:
            changes.update(ACTIVITY_STATUS, other.id, {"done_key": False})
    changes.update(ACTIVITY_STATUS, status_id, {"done_key": True})
