"""Who is linked to a job, and in which role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from svc_tui.db.core import many
from svc_tui.db.core.changes import Changes, Values, read
from svc_tui.db.lists.activities import links_of
from svc_tui.db.transfer import exporting
from svc_tui.domain.errors import N_, Conflict
from svc_tui.domain.merge import merge_rows
from svc_tui.domain.records import LinkRecord, LinkRole
from svc_tui.domain.rights import Right
from svc_tui.domain.tables import ACTIVITY, ACTIVITY_LINK
from svc_tui.services.core.session import Session


def first_role(*, has_customer: bool) -> LinkRole:
    """The role that is proposed for a new link, before it is known who it is."""
    return LinkRole.SUPPLIER if has_customer else LinkRole.CUSTOMER


def add(session: Session, activity_id: int, contact_id: int, person_id: int | None, role: LinkRole) -> None:
    """Link a contact as an act of its own; the first customer also becomes the header's."""
    with session.act("activity.link", Right.ACTIVITY_EDIT) as changes:
        known = {(link.contact_id, link.role) for link in links_of(session.store, activity_id)}
        if (contact_id, role.value) not in known:
            _insert(changes, activity_id, contact_id, person_id, role.value)
        if role is LinkRole.CUSTOMER and read(session.store, ACTIVITY, activity_id)["customer"] is None:
            changes.update(ACTIVITY, activity_id, {"customer": contact_id})


def _insert(changes: Changes, activity_id: int, contact_id: int, person_id: int | None, role: str) -> None:
    changes.insert(ACTIVITY_LINK, {"activity": activity_id, "contact": contact_id, "person": person_id, "role": role})


def save(
    changes: Changes,
    activity_id: int,
    base: Sequence[LinkRecord],
    mine: Sequence[LinkRecord],
    customer_id: int | None,
) -> None:
    """Bring a job's links to what the user made of them, merged row by row with what others did.

    Args:
        changes: The open change set.
        activity_id: The job.
        base: The links as the sheet was opened.
        mine: What is wanted; new ones have an id below zero.
        customer_id: The header's customer where this save set it: its link replaces the former customer's.

    Raises:
        Conflict: when a link was changed by both; nothing may be committed then.
    """
    stored = {link.id: link for link in links_of(changes.store, activity_id)}
    merged = merge_rows(_rows(base), _rows(mine), _rows(stored.values()))
    if merged.conflicts:
        raise Conflict(
            N_("Somebody else changed the same meanwhile. Nothing was saved; what you typed is kept here."),
            fields=("links",),
            count=len(merged.conflicts),
        )  # fmt: skip
    for link_id in merged.delete:
        changes.delete(ACTIVITY_LINK, link_id)
        del stored[link_id]
    wanted = {link.id: link for link in mine}
    for link_id in merged.update:
        link = stored.pop(link_id)
        fields: dict[str, Any] = merged.update[link_id]
        changed = link._replace(**fields)
        if _key(changed) in map(_key, stored.values()):
            changes.delete(ACTIVITY_LINK, link_id)  # linked in that role already
            continue
        changes.update(ACTIVITY_LINK, link_id, {"person": changed.person_id, "role": str(changed.role)})
        stored[link_id] = changed
    for link_id in merged.create:
        link = wanted[link_id]
        if _key(link) not in map(_key, stored.values()):
            _insert(changes, activity_id, link.contact_id, link.person_id, str(link.role))
            stored[link_id] = link
    if customer_id is not None:
        _follow_customer(changes, activity_id, stored, customer_id)


def _rows(links: Iterable[LinkRecord]) -> dict[int, Mapping[str, object]]:
    return {link.id: {"person_id": link.person_id, "role": str(link.role)} for link in links}


def _key(link: LinkRecord) -> tuple[int, str]:
    return link.contact_id, str(link.role)


def _follow_customer(changes: Changes, activity_id: int, stored: dict[int, LinkRecord], customer_id: int) -> None:
    customers = [link for link in stored.values() if link.role == LinkRole.CUSTOMER]
    if any(link.contact_id == customer_id for link in customers):
        return
    for link in customers:
        if link.id > 0:
            changes.delete(ACTIVITY_LINK, link.id)
    _insert(changes, activity_id, customer_id, None, LinkRole.CUSTOMER)


def follow_customers(changes: Changes, customers: Mapping[int, int | None]) -> None:
    """The links of many jobs after their headers got other customers: by job, None for none any more."""
    known = exporting.links_of_jobs(changes.store, customers)
    gone: dict[int, Values] = {}
    missing: dict[int, int] = {}
    for activity_id, customer_id in customers.items():
        linked = {link.id: link for link in known.get(activity_id, ()) if link.role == LinkRole.CUSTOMER}
        if customer_id is not None and customer_id not in {link.contact_id for link in linked.values()}:
            missing[activity_id] = customer_id
        elif customer_id is not None:
            continue
        for link in linked.values():
            gone[link.id] = {
                "activity": activity_id, "contact": link.contact_id, "person": link.person_id, "role": link.role,
            }  # fmt: skip
    many.delete_rows(changes, ACTIVITY_LINK, gone)
    ids = many.reserve_ids(changes.store, ACTIVITY_LINK, len(missing))
    many.insert_rows(
        changes,
        ACTIVITY_LINK,
        {
            link_id: {"activity": job, "contact": contact, "person": None, "role": LinkRole.CUSTOMER.value}
            for link_id, (job, contact) in zip(ids, missing.items(), strict=True)
        },
    )
