"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO


@contextmanager
def written(path: Path, *, encoding: str) -> Iterator[TextIO]:
    """A file to write text into, which appears under its name, in place of a former one, when the block has ended well.

    Raises:
        OSError: when it cannot be written.
    """
    target = path.expanduser().absolute()
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with unfinished.open("x", encoding=encoding, newline="") as file:
            yield file
        unfinished.replace(target)
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()
