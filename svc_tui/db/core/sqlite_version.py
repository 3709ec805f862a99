"""Which versions of SQLite may open a shop's file.

In older ones a checkpoint can begin the write-ahead log anew while another process still reads the old one, and pages
of a file that several programs have open are lost (https://sqlite.org/wal.html, "the WAL-reset bug"). It is cured in
3.51.3, and in the older lines from 3.50.7 and 3.44.6 on. cysqlite's wheel carries a cured one; built from source it
takes the system's, which is 3.40.1 on Debian 12.
"""

from __future__ import annotations

import cysqlite

from svc_tui.domain.errors import N_, DatabaseTrouble

Version = tuple[int, int, int]

SOUND_FROM: Version = (3, 51, 3)
SOUND_IN_OLDER_LINES: tuple[Version, ...] = ((3, 44, 6), (3, 50, 7))


def is_sound(version: Version) -> bool:
    """Whether several programs may write to one file with this SQLite."""
    return version >= SOUND_FROM or any(version[:2] == line[:2] and version >= line for line in SOUND_IN_OLDER_LINES)


def installed() -> Version:
    """The version of the SQLite that cysqlite brought along."""
    version: Version = cysqlite.sqlite_version_info  # type: ignore[attr-defined]  # its stub leaves this name out
    return version


def require_sound(version: Version) -> None:
    """Refuse a SQLite that can damage the file.

    Raises:
        DatabaseTrouble: naming the version and how to get another.
    """
    if not is_sound(version):
        raise DatabaseTrouble(
            N_("SQLite {version} on this machine can damage a file that several programs have open, so nothing was "
               "opened. Install the one that comes with cysqlite's wheel: "
               "pip install --force-reinstall --only-binary :all: 'cysqlite>=0.4.0,<0.5'"),
            version=".".join(map(str, version)),
        )  # fmt: skip
