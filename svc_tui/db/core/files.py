"""Who may read the files of a shop: whoever shares its folder, and nobody else, for they hold customers' data.

A folder that its group may write to, and not everybody, is shared (docs/running.md: `chmod 2770`): files made there
belong to that group, which may read and write them, whatever the umask of whoever makes them. Elsewhere they are their
owner's alone. SQLite gives the files beside the database the database's mode.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

ALONE, TOGETHER = 0o600, 0o660


def is_shared(folder: Path) -> bool:
    """Whether the accounts of a group keep a shop together in this folder."""
    mode = folder.stat().st_mode
    return bool(mode & stat.S_IWGRP) and not mode & stat.S_IWOTH


def create(path: Path) -> int:
    """Make a new, empty file; gives the descriptor to write to.

    Raises:
        FileExistsError: when there is one.
        OSError: when it cannot be made.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, ALONE)
    open_to_the_group(descriptor, path.parent)
    return descriptor


def close_to_others(path: Path) -> None:
    """Bring a file that earlier versions left open to everybody, or closed to the group, to what it should be.

    Only its owner can; what is somebody else's stays as it is.
    """
    with suppress(OSError):
        found = path.stat()
        if found.st_uid != os.geteuid() or not stat.S_ISREG(found.st_mode):
            return
        if is_shared(path.parent) and _give_to_group(path, path.parent):
            wanted = stat.S_IMODE(found.st_mode) & ~stat.S_IRWXO | TOGETHER
        else:
            wanted = stat.S_IMODE(found.st_mode) & ~stat.S_IRWXO
        if wanted != stat.S_IMODE(found.st_mode):
            path.chmod(wanted)


def open_to_the_group(descriptor: int, folder: Path) -> None:
    """Let the group of a shared folder read and write a file that lies in it, or will."""
    if is_shared(folder) and _give_to_group(descriptor, folder):
        os.fchmod(descriptor, TOGETHER)


def _give_to_group(file: int | Path, folder: Path) -> bool:
    """Whether the file is the folder's group's now: in a folder without the set-group-id bit it is not from itself."""
    group = folder.stat().st_gid
    if os.stat(file).st_gid != group:
        try:
            os.chown(file, -1, group)
        except OSError:  # this account is not in that group
            return False
    return True
