"""How a screen hears of what other sessions changed."""

from __future__ import annotations

from svc_tui.domain.news import News


class Hearing:
    """A screen that shows what others may change says what concerns it, and reads that again."""

    def concerns(self, news: News) -> bool:
        """Whether what others changed may be seen here.

        Asked in every session for each save of anybody, so it looks at what the screen holds and reads nothing;
        `others_committed` is not called for what it says no to.
        """
        return True

    async def others_committed(self, news: News) -> None:
        """Other sessions changed something: what is shown of it is read again, and nothing else moves.

        Called between two keys, so it may not wait for a query: read in a worker, and show in `svc.between_keys`.
        """
