"""What others save, as a list of jobs sees it: most of it concerns no row that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from svc_tui.domain.queries import ORDER_FIELDS

if TYPE_CHECKING:
    from svc_tui.domain.news import News
    from svc_tui.screens.jobs.activity_list import ActivityListScreen


def concerns(screen: ActivityListScreen, news: News) -> bool:
    """Whether what others changed may change the rows at hand, or how many there are.

    Without a filter line that is so of rows that are held, of a job that comes, goes or moves, and of what gives rows
    their names. With one, any job may come to match.
    """
    rows = screen.list
    if news.registers or news.restored or news.names or rows.window.is_outdated or not rows.turns.are_resting:
        return True
    if screen.line_shown.strip() or screen.filter_line.editor.value.strip() or screen.order.now.column == "changed":
        return bool(news.activities)
    places = {("activity", ""), ("activity", "type"), ("activity", ORDER_FIELDS[screen.order.now.column])}
    if news.fields & places or not news.activities.isdisjoint(row.id for row in rows.rows):
        return True
    rows.window.outdate_ends()
    return False
