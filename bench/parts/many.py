"""P27: many jobs in one act, and what keys cost meanwhile; and lists while another process writes without pause."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from bench.parts import keys
from bench.programs import BUSY, OURS, Ours, has, leaves
from bench.record import Record
from bench.shops import LANGUAGE, ROOT, Shop
from bench.together import MANY
from svc_tui.services import upkeep

KEYS_MEANWHILE = 60
"""At the most; the act may be done sooner."""


def busy(record: Record, shop: Shop, _small: Shop) -> None:
    """P1 to P4 and the first paint while somebody else saves without pause."""
    with _writing(shop):
        time.sleep(1.0)
        keys.our_list(record, shop, BUSY)
    _tidy(shop)
    record.noise()


def _tidy(shop: Shop) -> None:
    """As sessions do when nobody types: thousands of saves in ten seconds are more than what follows should search."""
    with shop.session() as session:
        session.store.has_written = True
        while upkeep.tidy(session.store):
            pass


@contextmanager
def _writing(shop: Shop) -> Iterator[None]:
    writer = subprocess.Popen([sys.executable, "-m", "bench.together", "write", shop.url], cwd=ROOT)
    try:
        yield
        if writer.poll() is not None:
            raise RuntimeError(f"the writing process ended with {writer.returncode}")
    finally:
        writer.kill()
        writer.wait()


def bulk(record: Record, shop: Shop, _small: Shop) -> None:
    """10,000 jobs get another responsible from the screen, while the cursor is moved."""
    with Ours(shop) as ours:
        ours.all_jobs()
        ours.filtered(f"start:{_since(shop)}..")
        for person in shop.people(2):
            ours.press("*")
            ours.press("a")
            ours.press(person)
            ours.press("<Enter>", has("y: yes"))
            ours.press("y")
            for _ in range(KEYS_MEANWHILE):
                if _is_done(ours):
                    break
                record.answer("key meanwhile", OURS, ours.press("<Down>", leaves(ours.cursor)))
            if not _is_done(ours):
                ours.watch(time.perf_counter(), has(" changed."))
            ours.rest()
            ours.press("<Home>")
    record.noise()


def _is_done(ours: Ours) -> bool:
    return has(" changed.")(ours.view)


def _since(shop: Shop) -> str:
    """The day from which on there are about so many jobs, as the filter takes it."""
    with shop.session() as session:
        sql = "SELECT start_at FROM activity ORDER BY start_at DESC, id DESC LIMIT 1 OFFSET ?"
        [(start,)] = session.store.sql(sql, (min(MANY, shop.activities - 1),))
    day = date.fromtimestamp(start)
    return f"{day:%Y-%m-%d}" if LANGUAGE == "en" else f"{day:%d.%m.%Y}"
