"""What the preview beside a list shows of a job: one cheap read by its id."""

from __future__ import annotations

from svc_tui.db.lists import preview as rows
from svc_tui.domain.language.money import line_total
from svc_tui.domain.preview import Preview, PreviewLine
from svc_tui.domain.rights import Right
from svc_tui.services.core.session import Session

NOTES, LINES, LINKS = 4, 12, 8
"""So many of each at most; the pane has no room for more."""


def read(session: Session, activity_id: int) -> Preview | None:
    """The job as it is now; None when it is gone.

    Raises:
        NotAllowed: when the role may not look at jobs.
    """
    session.require(Right.ACTIVITY_READ)
    store = session.store
    found = rows.head(store, activity_id)
    if found is None:
        return None
    return Preview(
        found,
        notes=tuple(rows.newest_notes(store, activity_id, NOTES)),
        lines=tuple(
            PreviewLine(code, text, quantity, line_total(quantity, price, discount))
            for code, text, quantity, price, discount in rows.first_lines(store, activity_id, LINES)
        ),
        links=tuple(rows.first_links(store, activity_id, LINKS)),
    )
