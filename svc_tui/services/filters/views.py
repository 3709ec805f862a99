"""Saving, changing and sharing views: a filter line and an order with a name, a key and perhaps a list."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from svc_tui.db.core import outcomes
from svc_tui.db.core.changes import Value, read, row_made
from svc_tui.db.lists.views import view_by_id
from svc_tui.domain.errors import CHANGED_MEANWHILE, N_, Conflict, DomainError, Invalid, NotAllowed, NotFound
from svc_tui.domain.merge import merge
from svc_tui.domain.queries import NEWEST_FIRST, Order
from svc_tui.domain.records import SavedViewRow
from svc_tui.domain.rights import Right, allows
from svc_tui.domain.stored_keys import view_key
from svc_tui.domain.tables import SAVED_VIEW
from svc_tui.domain.text import clean_line
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.filters.filtering import resolve
from svc_tui.services.filters.view_lines import line_of
from svc_tui.services.filters.view_reading import visible

_LONGEST_NAME = 60

_FIELDS = {
    "name": "name", "name_key": "name", "text": "text", "language": "text", "list_code": "list", "shared": "shared",
    "column": "order", "descending": "order", "key": "key",
}  # fmt: skip
"""What of a view is changed, and what a form calls it."""

_GROUPS = (("name", "name_key"), ("text", "language"), ("column", "descending"))


class ViewDraft(NamedTuple):
    """A view as it is saved; the text is in the user's language."""

    name: str
    text: str
    list_code: str = ""
    """The list it is offered in; empty for every list."""
    order: Order = NEWEST_FIRST
    key: str = ""
    shared: bool = False


def save(session: Session, draft: ViewDraft, operation_key: str | None = None) -> SavedViewRow:
    """Keep a view of the user's own. When the view of this key is in already, it is changed to what is wanted now.

    Raises:
        Invalid: when name or key is taken or empty, or the filter is not understood.
        NotAllowed: when it is shared and the role does not allow it.
    """
    if operation_key is not None:
        outcomes.require_known(session.store, operation_key)
        if (known := row_made(session.store, operation_key, SAVED_VIEW)) is not None:
            return change(session, _read(session, known), draft)
    values = _checked(session, draft, None)
    with session.act("view.save", _right(draft.shared), operation_key) as changes:
        assert session.employee is not None
        return _read(session, changes.insert(SAVED_VIEW, values | {"owner": session.employee.id}))


def change(session: Session, base: SavedViewRow, draft: ViewDraft) -> SavedViewRow:
    """Give a view another name, filter, key or audience; its owner may, and a supervisor if it is shared.

    Args:
        session: Who changes it.
        base: The view as it was opened: what others changed since is merged field by field.
        draft: What it is to be.

    Raises:
        Conflict: when somebody else changed the same since it was opened.
        Invalid, NotAllowed, NotFound: nothing is written then.
    """
    stored = _changeable(session, base.id)
    mine = _checked(session, draft, base)
    with session.act("view.change", _right(draft.shared or stored.shared)) as changes:
        theirs = read(session.store, SAVED_VIEW, base.id, lock=True)
        opened = base._asdict()
        merged = merge({name: opened[name] for name in _FIELDS}, mine, theirs, _GROUPS)
        if merged.conflicts:
            fields = dict.fromkeys(_FIELDS[conflict.field] for conflict in merged.conflicts)
            raise Conflict(CHANGED_MEANWHILE, fields=tuple(fields))
        changes.update(SAVED_VIEW, base.id, {name: mine[name] for name in merged.write})
        return _read(session, base.id)


def seen(session: Session, base: SavedViewRow, fields: Collection[str]) -> SavedViewRow:
    """`base` once it has been told what others made of some of its fields, called as in a `Conflict`.

    Raises:
        NotFound: when it is gone.
    """
    now = _read(session, base.id)._asdict()
    return base._replace(**{name: now[name] for name, called in _FIELDS.items() if called in fields})


def delete(session: Session, base: SavedViewRow) -> None:
    """Delete a view as it was seen; its owner may, and a supervisor if it is shared.

    Raises:
        Conflict: when somebody else changed it since then.
        NotAllowed, NotFound: nothing is written then.
    """
    stored = _changeable(session, base.id)
    with session.act("view.delete", _right(stored.shared)) as changes:
        theirs, opened = read(session.store, SAVED_VIEW, base.id, lock=True), base._asdict()
        if changed := {called: None for name, called in _FIELDS.items() if theirs[name] != opened[name]}:
            raise Conflict(
                N_("Somebody else changed this view meanwhile, so it was not deleted. Look at it first."),
                fields=tuple(changed),
            )
        changes.delete(SAVED_VIEW, base.id)


def trouble(session: Session, view: SavedViewRow) -> DomainError | None:
    """Why a view cannot be shown any more; None while it can."""
    try:
        resolve(session, view.list_code or None, line_of(session, view))
    except DomainError as error:
        return error
    return None


def _right(shared: bool) -> Right:
    return Right.VIEW_SHARE if shared else Right.SETTINGS_OWN


def _changeable(session: Session, view_id: int) -> SavedViewRow:
    view = _read(session, view_id)
    me = session.employee
    if me is None or view.owner_id != me.id:
        supervises = me is not None and view.shared and allows(me.role, Right.REGISTER_EDIT)
        if not supervises:
            owner = session.registers.employee(view.owner_id)
            raise NotAllowed(
                N_("The view belongs to {name}: save one of your own, or ask a supervisor."),
                name=owner.name if owner else "?",
            )
    return view


def _checked(session: Session, draft: ViewDraft, before: SavedViewRow | None) -> dict[str, Value]:
    name = " ".join(whole_line(draft.name, "name", _LONGEST_NAME).split())
    key, text = clean_line(draft.key).casefold(), whole_line(draft.text, "text")
    if not view_key(name):
        raise Invalid(N_("Write a name for the view."), field="name")
    if key and not (len(key) == 1 and key.isalnum()):
        raise Invalid(N_("The key of a view is one letter or digit."), field="key")
    owner_id = before.owner_id if before else (session.employee.id if session.employee else 0)
    for other in visible(session):
        if other.owner_id != owner_id or (before is not None and other.id == before.id):
            continue
        if other.name_key == view_key(name):
            raise Invalid(N_("There is a view “{name}” already; choose another name."), field="name", name=other.name)
        together = not other.list_code or not draft.list_code or other.list_code == draft.list_code
        if key and other.key == key and together:
            raise Invalid(
                N_("The key {key} opens the view “{name}” already."), field="key", key=key, name=other.name
            )  # fmt: skip
    resolve(session, draft.list_code or None, text)
    values: dict[str, Value] = {
        "name": name, "name_key": view_key(name), "shared": draft.shared, "list_code": draft.list_code,
        "column": draft.order.column, "descending": draft.order.descending, "key": key,
    }  # fmt: skip
    # A text that is not touched keeps the language it was written in.
    if before is None or text != line_of(session, before):
        values |= {"text": text, "language": session.language}
    return values


def _read(session: Session, view_id: int) -> SavedViewRow:
    view = view_by_id(session.store, view_id)
    if view is None:
        session.require_not_restored()
        raise NotFound(N_("This view is no longer there; somebody else deleted it."))
    return view
