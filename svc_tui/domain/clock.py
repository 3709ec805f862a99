"""The shop's time: the one place where moments, stored in seconds UTC, become what its clock on the wall shows.

A shop has one time zone, whatever the machine thinks that shows it: `use` is told which when the shop is opened, as
`i18n.install` is told the language. Everything else counts in naive times of the wall clock.

Where clocks are changed, two rules:

* A time that the clock passes over (02:30 in the night of March) is as much later: 03:30, which the field shows.
* A time that comes twice (02:30 in the night of October) is the first of the two, unless it must not lie before
  another moment (an end before its start) and only the second one does not.
"""

from __future__ import annotations

import os
import re
import time as system_time
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from svc_tui.domain.damage import is_wrong
from svc_tui.domain.errors import N_, Invalid

UTC = "UTC"

NO_SUCH_ZONE = N_("“{text}” is no time zone; write one such as Europe/Copenhagen, Europe/Oslo or Europe/London.")
UNKNOWN_HERE = N_("This machine does not know the shop's time zone {text}: install its time zone data (tzdata).")

_LOCALTIME = Path("/etc/localtime")
_NAME_FILE = Path("/etc/timezone")
_ZONE_NAME = r"[A-Za-z0-9_+\-]+(/[A-Za-z0-9_+\-]+)*"


class _Wall:
    """The zone in use; None until a shop is opened or somebody asks."""

    zone: ZoneInfo | None = None


def use(name: str) -> None:
    """From now on the time is that of this zone; the machine's own where another program wrote what is no name.

    Raises:
        Invalid: when this machine knows no such zone; the one before stays.
    """
    if is_wrong(name):
        forget()
    elif _Wall.zone is None or _Wall.zone.key != name:
        try:
            _Wall.zone = known_zone(name)
        except Invalid:
            raise Invalid(UNKNOWN_HERE, field="time_zone", text=name[:40]) from None


def forget() -> None:
    """No shop is open any more: the time is the machine's."""
    _Wall.zone = None


_FIRST, _LAST = datetime(1900, 1, 1), datetime(9999, 12, 1)


def zone_name() -> str:
    """The zone in use; the machine's own until a shop has said its."""
    return str(_zone().key)


def known_zone(name: str) -> ZoneInfo:
    """
    Raises:
        Invalid: when this system knows no such zone.
    """
    try:
        if re.fullmatch(_ZONE_NAME, name):
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    raise Invalid(NO_SUCH_ZONE, field="time_zone", text=name[:40])


def zone_names() -> set[str]:
    """Every time zone this machine knows; takes ten milliseconds."""
    return available_timezones()


def local(seconds: int) -> datetime:
    """What the shop's clock showed at a moment (seconds UTC), naive; of moments beyond the calendar, its end."""
    try:
        return datetime.fromtimestamp(seconds, _zone()).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return _LAST if seconds > 0 else _FIRST


def seconds_of(when: datetime, not_before: int | None = None) -> int:
    """The moment at which the shop's clock shows this time, in seconds UTC.

    Args:
        when: Naive.
        not_before: Of a time that comes twice the second is meant if the first lies before this moment.
    """
    found = int(when.replace(tzinfo=_zone(), fold=0).timestamp())
    if not_before is not None and found < not_before:
        second = int(when.replace(tzinfo=_zone(), fold=1).timestamp())
        return second if second >= not_before and local(second) == when else found
    return found


def now() -> datetime:
    """What the shop's clock shows now, naive."""
    return local(int(system_time.time()))


def offset(zone: str, seconds: int) -> int:
    """How far the clocks of a zone are ahead of UTC at a moment, in seconds.

    Raises:
        Invalid: when this machine knows no such zone.
    """
    found = datetime.fromtimestamp(seconds, known_zone(zone)).utcoffset()
    return int(found.total_seconds()) if found is not None else 0


def later(seconds: int, minutes: int) -> int:
    """So many minutes later by the clock on the wall."""
    try:
        return seconds_of(local(seconds) + timedelta(minutes=minutes), not_before=seconds if minutes >= 0 else None)
    except OverflowError:  # beyond the calendar, where another program set it
        return seconds + 60 * minutes


def moved_end(start: int, end: int, new_start: int) -> int:
    """Where the end of what lasted from `start` to `end` lies when it begins at `new_start`: as much later on the wall.

    From 09:00 to 16:00 two days later stays so, whatever is done to clocks meanwhile. What would lie beyond the
    calendar, because another program set it so, stays where it is.
    """
    try:
        moved = local(new_start) + (local(end) - local(start))
        return seconds_of(moved, not_before=new_start if end >= start else None)
    except (OverflowError, ValueError):
        return end


def _zone() -> ZoneInfo:
    if _Wall.zone is None:
        _Wall.zone = known_zone(machine_zone(os.environ))
    return _Wall.zone


# -- what the machine goes by --------------------------------------------------------------------------------------


def machine_zone(environ: Mapping[str, str], localtime: Path = _LOCALTIME, name_file: Path = _NAME_FILE) -> str:
    """The machine's time zone by its name: of TZ, else of what /etc/localtime points to, else of /etc/timezone.

    UTC where none of them names a zone that is known here.
    """
    candidates = [environ["TZ"].lstrip(":")] if environ.get("TZ") else []
    if not candidates:
        candidates = [_name_in(str(localtime.resolve())), _first_line(name_file)]
    else:
        candidates.append(_name_in(candidates[0]))
    for name in candidates:
        try:
            return str(known_zone(name).key)
        except Invalid:
            continue
    return UTC


def _name_in(path: str) -> str:
    """`Europe/Copenhagen` of `/usr/share/zoneinfo/Europe/Copenhagen`; empty without a zone's name."""
    name = path.rpartition("zoneinfo/")[2] if "zoneinfo/" in path else ""
    return re.sub(r"^(posix|right|Etc(?=/UTC$))/", "", name)


def _first_line(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip().partition("\n")[0]
    except (OSError, ValueError):
        return ""
