"""What is done while nobody types: loading what the start did without, collecting garbage, tidying the database."""

from __future__ import annotations

import asyncio
import gc
import importlib
import logging
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from svc_tui.domain.errors import DomainError
from svc_tui.domain.news import News
from svc_tui.i18n import _, n_
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.services import upkeep

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application

log = logging.getLogger(__name__)

SETTLE_AFTER = 0.5
"""Seconds from the start until what it did without is loaded; the first list is on the screen."""

LOADED_LATER = (
    "jobs.list_acts", "jobs.job_filter", "shell.filter_help", "sheet.activity_sheet", "people.contact_picker",
)  # fmt: skip
"""Screens and their parts that nearly everybody opens, but nobody in the first half second."""

IDLE_BEFORE_TIDYING = 2.0
"""Seconds without a key after which the garbage collector may run."""

SAID_FROM = 2_000
"""So many jobs are a second's work: how far it is is told."""

GARBAGE = 10_000
"""Objects more than after the last collection with which the next pause between two keys is long enough to collect."""


class Housekeeping:
    """Knows when the last key came, and whether there is something to tidy."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self._last_key = 0.0
        self._is_untidy = False

    def key_came(self) -> None:
        """Somebody types."""
        self._last_key = asyncio.get_running_loop().time()

    async def settle(self) -> None:
        """Load what the start did without, and set it aside: the collector made one page in fifteen slow.

        What comes later is collected when nobody types.
        """
        for later in LOADED_LATER:
            importlib.import_module(f"svc_tui.screens.{later}")
            await asyncio.sleep(0)  # a key goes first
        gc.collect()
        gc.freeze()
        gc.disable()
        from svc_tui.services.planning import reckoning  # the start does without

        # Nothing has been asked of the session's thread yet: its connection is opened before a key needs it.
        is_outdated = False
        with suppress(DomainError):
            is_outdated = await self.app.store.run(reckoning.is_outdated, self.app.store)
        self.app.bound()
        self.app.tell_unsaved()
        self.app.tell_refused_keys()
        if is_outdated:
            await self._reckon()

    def tidy(self) -> None:
        """Called now and then: after a pause in typing, tidy."""
        now = asyncio.get_running_loop().time()
        if self._last_key and now - self._last_key > IDLE_BEFORE_TIDYING:
            self._last_key = 0.0
            self._is_untidy = True
            gc.collect()
        if self.app.store.has_other_rules:
            self.app.store.has_other_rules = False
            self.app.background(self._reckon, "reckoning deadlines anew")
        if self._is_untidy and not self._last_key:
            self.app.background(self._tidy_database, "tidying")

    async def _reckon(self) -> None:
        """Bring deadlines up to other hours or limits: those changed just now, or before a program was killed at it.

        In short turns, between which acts on many jobs go on; how far it is is told where that takes a while.
        """
        from svc_tui.services.planning import reckoning  # the start does without

        store, done, is_told = self.app.store, 0, False
        try:
            if not await store.run_long(reckoning.is_outdated, store):
                return
            while not (far := await store.run_long(reckoning.go_on, store)).is_done:
                done += far.done
                is_told = is_told or far.left > SAID_FROM
                if is_told and far.left:
                    text = _("Deadlines by the new hours: {done} of {all} jobs").format(done=done, all=done + far.left)
                    self.app.between_keys(partial(self._say, text))
        except DomainError as error:
            log.info("reckoning deadlines anew was put off: %s", error)
            return
        if is_told:
            text = n_(
                "{count} job was reckoned by the new hours.", "{count} jobs were reckoned by the new hours.", done
            ).format(count=done)
            self.app.between_keys(partial(self._say, text))
        self.app.live.heard(News(everything=True))

    async def _say(self, text: str) -> None:
        top = self.app.screen
        if isinstance(top, BaseScreen) and not top.bottom.asks_letter:
            top.say(text)

    async def _tidy_database(self) -> None:
        """What a save leaves for later: segments of the word index and pages of the log."""
        self._is_untidy = False
        try:
            self._is_untidy = await self.app.store.run_long(upkeep.tidy, self.app.store)
        except DomainError as error:
            log.info("tidying was put off: %s", error)

    @staticmethod
    def has_much_garbage() -> bool:
        """Whether there is so much garbage that it is collected though somebody types.

        Whoever types for minutes without a rest would fill the memory: screens are circles of references.
        """
        return not gc.isenabled() and gc.get_count()[0] > GARBAGE
