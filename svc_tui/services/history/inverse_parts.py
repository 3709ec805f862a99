"""What undoing an act on parts must not break: no piece is reserved or promised twice."""

from __future__ import annotations

from svc_tui.db.core.changes import Changes
from svc_tui.db.stock import laws
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.tables import ACTIVITY_LINE, PART_CLAIM, PRODUCT, PURCHASE_LINE, STOCK_MOVE, Described
from svc_tui.domain.undoing import Image
from svc_tui.services.history.inverse_records import Decided
from svc_tui.services.stock import book

_OF_PARTS = (ACTIVITY_LINE, PART_CLAIM, PRODUCT, PURCHASE_LINE, STOCK_MOVE)


def hold(changes: Changes, decided: Decided) -> None:
    """Before anything is put back: whoever touches parts holds them."""
    if any(
        effect.table == table.name for unit, _ in decided.inverses for effect in unit.effects for table in _OF_PARTS
    ):
        book.hold(changes.store)


def check(changes: Changes, decided: Decided) -> None:
    """Look at the parts as they are after the undo.

    Raises:
        Invalid: when pieces that would go are used, reserved or promised by now.
    """
    touched: dict[Described, set[int]] = {table: set() for table in _OF_PARTS}
    for unit, _ in decided.inverses:
        for effect in unit.effects:
            for table in _OF_PARTS:
                if effect.table == table.name:
                    touched[table].add(effect.row)
            for image in (effect.created, effect.deleted):
                _follow(touched, effect.table, image or {})
    moved = _moved(decided)
    if name := (
        laws.reserved_twice(changes.store, moved, counted=False) or laws.reserved_twice(changes.store, touched[PRODUCT])
    ):
        raise Invalid(N_("Not put back: the pieces of {name} are used or reserved by now."), name=name)
    if name := laws.promised_twice(changes.store, touched[PURCHASE_LINE]):
        raise Invalid(N_("Not put back: what is coming of {name} is promised to others by now."), name=name)
    if name := laws.has_too_much(changes.store, touched[ACTIVITY_LINE]):
        raise Invalid(N_("Not put back: {name} has its pieces by now."), name=name)


def _moved(decided: Decided) -> set[int]:
    """Products of which pieces came or went: what is reserved of them is asked though they are counted no more."""
    return {
        int(image["of_product"] or 0)
        for unit, _ in decided.inverses
        for effect in unit.effects
        for image in (effect.created, effect.deleted)
        if effect.table == STOCK_MOVE.name and image
    }


def _follow(touched: dict[Described, set[int]], table: str, image: Image) -> None:
    """What a row that came or went names."""
    named = {
        PART_CLAIM.name: (("line", ACTIVITY_LINE), ("purchase_line", PURCHASE_LINE)),
        ACTIVITY_LINE.name: (("product", PRODUCT),),
    }
    for field, target in named.get(table, ()):
        if value := image.get(field):
            touched[target].add(int(value))
