"""Shops as earlier versions of the program left them: real files, one for each schema that was released."""

from __future__ import annotations

import lzma
from pathlib import Path

FOLDER = Path(__file__).parent


def older_shop(schema: str, into: Path) -> Path:
    """A copy of the file with that schema (`0005`), in the folder `into`."""
    path = into / f"shop-{schema}.db"
    path.write_bytes(lzma.decompress((FOLDER / f"shop-{schema}.db.xz").read_bytes()))
    return path


def released() -> list[str]:
    """The schemas there are files of, oldest first."""
    return sorted(path.name[len("shop-") : -len(".db.xz")] for path in FOLDER.glob("shop-*.db.xz"))
