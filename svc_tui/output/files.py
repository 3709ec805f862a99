"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from svc_tui.db.core import files
from svc_tui.domain.errors import N_, Invalid


@contextmanager
def written(path: Path, *, encoding: str) -> Iterator[TextIO]:
    """A file to write text into, which appears under its name, in place of a former one, when the block has ended well.

    A former file's mode stays, and so does a link that leads to it. A new file is for its owner, or for the group of a
    shared folder: what is exported is customers' data.

    Raises:
        Invalid: when the disk is full.
        OSError: when it cannot be written for another reason.
    """
    with _unfinished(path) as descriptor, os.fdopen(descriptor, "w", encoding=encoding, newline="") as file:
        yield file


@contextmanager
def written_bytes(path: Path) -> Iterator[BinaryIO]:
    """The same for a file of bytes.

    Raises:
        Invalid, OSError: as `written`.
    """
    with _unfinished(path) as descriptor, os.fdopen(descriptor, "wb") as file:
        yield file


@contextmanager
def _unfinished(path: Path) -> Iterator[int]:
    """The descriptor of a file beside the one that is meant, whose name it gets at the end; the block closes it."""
    target = Path(os.path.realpath(path.expanduser()))
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        descriptor = files.create(unfinished)
        _keep_mode(target, descriptor)
        yield descriptor
        unfinished.replace(target)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Invalid(
            N_("The disk of {folder} is full; {file} was not written. Make room on it and try again."),
            folder=target.parent, file=target.name,
        ) from error  # fmt: skip
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def _keep_mode(target: Path, descriptor: int) -> None:
    with suppress(FileNotFoundError):
        former = target.stat()
        with suppress(OSError):  # of a group this account is not in
            os.chown(descriptor, -1, former.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(former.st_mode))
