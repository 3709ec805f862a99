"""Which shops a restored one took the place of: told in it, so that whoever has the file open knows it for a restore.

A generation is the user version of a SQLite file (see `Store.generation`). A restore leaves in the shop that it puts
back a mark for each generation that lay there before, as rows of `counter` beside the running numbers. What somebody
copies over an open file has no such mark.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from svc_tui.domain.errors import DomainError

if TYPE_CHECKING:
    from svc_tui.db.core.engine import Store

_MARK = "in place of generation "


def fresh() -> int:
    """A generation that no other shop has."""
    return secrets.randbelow(2**31 - 1) + 1


def took_the_place_of(store: Store) -> set[int]:
    """The generations that lay in this file until now, the present one among them."""
    marks = store.sql("SELECT name FROM counter WHERE name LIKE ?", (f"{_MARK}%",))
    return {int(name[len(_MARK) :]) for (name,) in marks} | {int(store.generation())}


def mark(store: Store, replaced: set[int]) -> None:
    """Write into a shop that is to be put back what it will take the place of."""
    own = int(store.generation())
    rows = [(f"{_MARK}{generation}", own) for generation in sorted(replaced - {own})]
    store.execute_many("INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", rows)


def was_put_back(store: Store, before: int, now: int) -> bool:
    """Whether restores put the generation `now` in the place of `before`, by what the shop says of itself."""
    try:
        lay_there = took_the_place_of(store)
        return before in lay_there and now in lay_there
    except (DomainError, ValueError):
        return False  # a mixture of two files, or no shop


def root_of_history(store: Store) -> int:
    """The page of the file with which the history's tree begins; 0 while there is none."""
    with suppress(DomainError):
        for (page,) in store.sql("SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = 'change_set'"):
            return int(page)
    return 0
