"""What a job's line becomes by what somebody says of its pieces, before it is saved; the stock is asked when it is."""

from __future__ import annotations

from svc_tui.domain.records import LineKind, LineRecord
from svc_tui.domain.stock.part_states import state_of
from svc_tui.domain.stock.pieces import Fate, Incoming, PartLine
from svc_tui.domain.stock.supply import Supply

_ON_ITS_WAY = 1


def changed(line: LineRecord, planned: int, used: int | None, fate: Fate = Fate.GOOD) -> LineRecord:
    """The line when so many are planned and used; what is used no longer has a fate.

    Raises:
        Invalid: when fewer would be planned than are used.
    """
    if line.kind != LineKind.PART:
        return line._replace(planned=planned, used=used)
    shop = _supply(line)
    own, wanted = shop.lines[line.id], used or 0
    if wanted > own.used:
        shop.use(line.id, wanted - own.used)
    elif wanted < own.used:
        shop.take_back(line.id, own.used - wanted, fate)
    if used is None or planned >= wanted:
        shop.plan(line.id, planned)
    return _told(line, own)._replace(used=used)


def arrived(line: LineRecord) -> LineRecord:
    """The line when what it lacks and what is on its way to it has come; the same one when that is nothing."""
    shop = _supply(line)
    own = shop.lines[line.id]
    came = shop.here(line.id, own.missing + own.ordered)
    return _told(line, own)._replace(here=line.here + came)


def told(line: LineRecord) -> LineRecord:
    """The line with the state that its quantities say."""
    return _told(line, _supply(line).lines[line.id]) if line.kind == LineKind.PART else line._replace(state="")


def _supply(line: LineRecord) -> Supply:
    claims = {_ON_ITS_WAY: line.ordered} if line.ordered else {}
    own = PartLine(
        line.id, 0, None, max(line.planned, line.used or 0), reserved=line.reserved, came=line.came,
        used=line.used or 0, claims=claims, text=line.text or line.code,
    )  # fmt: skip
    return Supply((own,), (Incoming(_ON_ITS_WAY, None, line.ordered),))


def _told(line: LineRecord, own: PartLine) -> LineRecord:
    state = state_of(line.kind, own.planned, own.reserved, own.came, own.ordered, own.used)
    return line._replace(
        planned=own.planned, reserved=own.reserved, came=own.came, ordered=own.ordered, state=str(state),
        due=line.due if own.ordered else None,
    )  # fmt: skip
