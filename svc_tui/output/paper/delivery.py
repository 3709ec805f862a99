"""Bringing what was drawn to where it comes out: a folder, a device, a queue of the system, a printer in the network.

Nothing here waits without a limit, and nothing goes through a shell.
"""

from __future__ import annotations

import os
import re
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.printers import Place, PlaceKind

PATIENCE: Final = 10.0
"""Seconds for which a printer may say nothing."""

_MOST_NAMES: Final = 1_000
_DEVICE_STEP: Final = 4_096


def deliver(body: bytes, place: Place, name: str, *, raw: bool) -> str:
    """Bring a paper to its place.

    Args:
        body: The paper, as the printer understands it.
        place: Where to.
        name: What it is called there, such as `receipt-10401.pdf`.
        raw: Whether the printer understands it as it is; otherwise the system's printing turns it into what it does.

    Returns:
        Where it went, for the message; a sentence of the printer's state where that stands in the way.

    Raises:
        Invalid: when it did not get there, with the reason and the remedy.
    """
    try:
        match place.kind:
            case PlaceKind.FOLDER:
                return _into_folder(body, Path(place.name).expanduser(), name)
            case PlaceKind.DEVICE:
                return _to_device(body, place.name)
            case PlaceKind.QUEUE:
                return _to_queue(body, place.name, name, raw=raw)
            case PlaceKind.SOCKET:
                return _to_socket(body, place.name, place.port)
    except OSError as failed:
        raise Invalid(
            N_("{place} cannot be printed on: {reason}"), place=place.name, reason=failed.strerror or str(failed)
        ) from failed


def _into_folder(body: bytes, folder: Path, name: str) -> str:
    """A new file; nothing that is there is ever written over, and it is there only once it is whole."""
    if not folder.is_dir():
        raise Invalid(N_("There is no folder {folder}. Make it, or choose another."), folder=str(folder))
    hidden = folder / f".{name}.{os.getpid()}"
    try:
        with hidden.open("xb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        for path in _names(folder, name):
            try:
                os.link(hidden, path)
            except FileExistsError:
                continue
            return str(path)
    finally:
        hidden.unlink(missing_ok=True)
    raise Invalid(N_("The folder {folder} is full of papers called {name}. Empty it."), folder=str(folder), name=name)


def _names(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    stem, suffix = Path(name).stem, Path(name).suffix
    for number in range(2, _MOST_NAMES):
        yield folder / f"{stem}-{number}{suffix}"


def _to_device(body: bytes, path: str) -> str:
    """A printer at this machine's own port. Nothing is made: what is no device stays none."""
    handle = os.open(path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        if not stat.S_ISCHR(os.fstat(handle).st_mode):
            raise Invalid(N_("{path} is no printer's device. Write for example /dev/usb/lp0."), path=path)
        _written(handle, body, path)
    finally:
        os.close(handle)
    return path


def _written(handle: int, body: bytes, path: str) -> None:
    import select

    rest = memoryview(body)
    while rest:
        if not select.select([], [handle], [], PATIENCE)[1]:
            raise Invalid(N_("{place} takes nothing: is it switched on, and is there paper in it?"), place=path)
        rest = rest[os.write(handle, rest[:_DEVICE_STEP]) :]


def _to_socket(body: bytes, host: str, port: int) -> str:
    try:
        with socket.create_connection((host, port), PATIENCE) as line:
            line.sendall(body)
            line.shutdown(socket.SHUT_WR)
    except TimeoutError as failed:
        raise Invalid(
            N_("{place} takes nothing: is it switched on, and is there paper in it?"), place=f"{host}:{port}"
        ) from failed
    except OSError as failed:
        raise Invalid(
            N_("{place} does not answer ({reason}). Is the printer switched on and in the network?"),
            place=f"{host}:{port}", reason=failed.strerror or str(failed),
        ) from failed  # fmt: skip
    return f"{host}:{port}"


def _to_queue(body: bytes, queue: str, title: str, *, raw: bool) -> str:
    """Hand it to `lp`. A queue that is stopped takes it without printing it, so its state is asked for."""
    command = ["lp", "-d", queue, "-t", title, *(["-o", "raw"] if raw else []), "-"]
    done = _run(command, body)
    if done.returncode:
        raise Invalid(N_("The queue {queue} refuses: {reason}"), queue=queue, reason=_said(done.stderr))
    state = _run(["lpstat", "-p", queue], b"").stdout.decode("utf-8", "replace")
    if re.search(r"\bdisabled\b", state):
        raise Invalid(
            N_("It waits in the queue {queue}, which is stopped: start it with cupsenable {queue}."), queue=queue
        )
    return f"lp:{queue}"


def _run(command: list[str], body: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        # What is asked for a word is looked for in its answer, so it must answer in English.
        return subprocess.run(
            command, input=body, capture_output=True, timeout=PATIENCE, check=False, env={**os.environ, "LC_ALL": "C"}
        )
    except FileNotFoundError as missing:
        raise Invalid(N_("This machine prints nothing: the program lp is missing (package cups-client).")) from missing
    except subprocess.TimeoutExpired as late:
        raise Invalid(N_("The system's printing does not answer. Is CUPS running?")) from late


def _said(text: bytes) -> str:
    return text.decode("utf-8", "replace").strip().removeprefix("lp: ")[:200]
