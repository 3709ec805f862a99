"""Files that are written whole or not at all, and never over another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from svc_tui.domain.errors import Invalid, N_


@contextmanager
def written(path: Path, *, encoding: str) -> Iterator[TextIO]:
    """A new file to write text into, which appears under its name when the block has ended well.

    Raises:
        Invalid: when there is a file of that name already.
        OSError: when it cannot be written.
    """
    target = path.expanduser().absolute()
    if target.exists():
        raise _exists(target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with unfinished.open("x", encoding=encoding, newline="") as file:
            yield file
        try:
            os.link(unfinished, target)  # unlike a rename, refuses to replace what came meanwhile
        except FileExistsError:
            raise _exists(target) from None
        except OSError:  # a file system without links
            unfinished.rename(target)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def _exists(target: Path) -> Invalid:
    return Invalid(N_("{file} exists already. Name another file."), file=target)
