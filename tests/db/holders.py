"""Other programs that hold the lock of a shop while a test waits for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]

WRITER = """
import sys
from svc_tui.db.core.engine import open_database
store = open_database(sys.argv[1])
store.waits.person = "BK"
with store.transaction():
    print("in", flush=True)
    sys.stdin.readline()
"""
STRANGER = """
import sys, cysqlite
database = cysqlite.connect(sys.argv[1])
database.execute("BEGIN IMMEDIATE")
print("in", flush=True)
sys.stdin.readline()
"""


@contextmanager
def holding(path: Path | str, program: str = WRITER, *, stopped: bool = False) -> Iterator[subprocess.Popen[str]]:
    """Somebody else holds the lock of the database until this is left."""
    holder = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdout.readline() == "in\n"
    if stopped:
        holder.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, holder.pid, os.WSTOPPED | os.WNOWAIT)
    try:
        yield holder
    finally:
        holder.send_signal(signal.SIGCONT)
        holder.communicate("\n", timeout=60)
