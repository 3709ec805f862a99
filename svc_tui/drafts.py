"""What was typed and not saved when the program had to end: kept in a file of the user's, told at the next start."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from svc_tui.i18n import _
from svc_tui.screens.shell.base import BaseScreen

if TYPE_CHECKING:
    from svc_tui.screens.shell.application import Application

log = logging.getLogger(__name__)

BEGINNING = "unsaved-"
"""Of the files' names; the moment follows, so that they sort by it."""

TOLD = "unsaved-told"
"""Holds the name of the newest file that was told at a start."""

KEPT_DAYS = 30
"""After so many days a file is removed: it holds what customers told."""


def folder() -> Path:
    """Where the log lies, too."""
    from platformdirs import user_log_path  # a session that ends in peace never asks

    return user_log_path("svc-tui", ensure_exists=True)


def keep(app: Application, why: str) -> Path | None:
    """Write what was typed and not saved into a file that only this user reads; None where there is nothing to keep.

    From any thread, and at any moment: what is being changed just now is taken as it is.
    """
    try:
        text = "\n".join(_told(app))
        return _written(f"{_head(app, why)}\n{text}") if text else None
    except Exception:
        log.exception("what was typed could not be kept")
        return None


def _told(app: Application) -> Iterator[str]:
    """The lines of the file, screen by screen, the one on top first."""
    for screen in reversed(app.screen_stack):
        if not isinstance(screen, BaseScreen):
            continue
        try:
            found = [(label, text) for label, text in screen.written() if text.strip()]
        except Exception:
            log.exception("of %s nothing could be kept", type(screen).__name__)
            continue
        if found:
            yield f"\n== {screen.title_line.left} =="
        for label, text in found:
            yield f"{label}:\n    " + text.strip().replace("\n", "\n    ")


def _head(app: Application, why: str) -> str:
    who = app.session.employee.name if app.is_signed_in and app.session.employee else ""
    return f"svc-tui, {time.strftime('%Y-%m-%d %H:%M:%S')}, {who}\n{why}"


def _written(text: str) -> Path:
    path = folder() / f"{BEGINNING}{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}.txt"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with open(descriptor, "w", encoding="utf-8", errors="replace") as file:
        os.fchmod(descriptor, 0o600)  # whatever the umask
        file.write(text + "\n")
        file.flush()
        os.fsync(descriptor)
    return path


def where(path: Path | None) -> str:
    """The sentence that tells where it lies; empty where nothing was to be kept."""
    return _("What you had typed and not saved is in {path}").format(path=path) if path else ""


def untold() -> Path | None:
    """The newest file that no start has told yet; from now on it is told. Files that are too old are removed."""
    try:
        found = _found(folder())
        if not found:
            return None
        marker = found[-1].with_name(TOLD)
        before = marker.read_text("utf-8").strip() if marker.exists() else ""
        if found[-1].name <= before:
            return None
        marker.write_text(found[-1].name, "utf-8")
        return found[-1]
    except (OSError, ValueError) as error:
        log.warning("it could not be looked up what was left unsaved: %s", error)
        return None


def _found(place: Path) -> list[Path]:
    """The files there are, the newest last."""
    found = []
    for path in sorted(place.glob(f"{BEGINNING}*.txt")):
        if time.time() - path.stat().st_mtime > KEPT_DAYS * 86_400:
            path.unlink()
        else:
            found.append(path)
    return found
