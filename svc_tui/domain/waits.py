"""Who is waited for, and the sentences that tell it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from svc_tui.domain import clock
from svc_tui.domain.errors import N_, DatabaseTrouble, DomainError

LIMIT = 10.0
"""Seconds that one act waits for its turn and for the lock together; then it is refused."""

TOLD_AFTER = 1.0
"""Seconds after which it is told what is waited for."""


class Holder(NamedTuple):
    """A program that is writing while others wait."""

    pid: int
    program: str
    """What the system calls it."""
    initials: str = ""
    """Who works with it; empty where it is no svc-tui."""
    since: int | None = None
    """When it began to write, seconds UTC."""
    is_stopped: bool = False
    """Whether it is stopped (Ctrl-Z), and so will hold on until somebody continues it."""
    is_own: bool = False
    """Whether it is this program itself, with other work."""


class GaveUp(DomainError):
    """Whoever waited gave it up; nothing was written."""

    def __init__(self) -> None:
        super().__init__(N_("Given up: nothing was saved; what you typed is kept."))


def who(holder: Holder) -> str:
    """The person, else the program."""
    return holder.initials or holder.program or "?"


def _time(seconds: int | None) -> str:
    return datetime.strftime(clock.local(seconds), "%H:%M:%S") if seconds is not None else ""


def waiting(holder: Holder | None) -> DomainError:
    """What is waited for, as long as it goes on."""
    if holder is None:
        return DomainError(N_("Waiting for the database."))
    if holder.is_own:
        return DomainError(N_("Waiting for other work of this program."))
    if holder.is_stopped:
        told = N_("Waiting for {who}: that program (process {pid}) was stopped while it was writing.")
    elif holder.since is not None:
        told = N_("Waiting for {who} (process {pid}), writing since {time}.")
    else:
        told = N_("Waiting for {who} (process {pid}), which holds the database.")
    return DomainError(told, who=who(holder), pid=holder.pid, time=_time(holder.since))


def waited_too_long(holder: Holder | None, path: object) -> DatabaseTrouble:
    """Why an act was refused in the end."""
    if holder is None or holder.is_own:
        return DatabaseTrouble(
            N_("Another program holds the database {path}; nothing was saved. Try again in a moment."), path=path
        )
    if holder.is_stopped:
        told = N_(
            "The program of {who} (process {pid}) was stopped while it was writing; nothing was saved. "
            "Have it continued (fg, or kill -CONT {pid}), and try again."
        )
    elif holder.since is not None:
        told = N_("{who} (process {pid}) has been writing since {time}; nothing was saved. Try again in a moment.")
    else:
        told = N_("{who} (process {pid}) holds the database; nothing was saved. Try again in a moment.")
    return DatabaseTrouble(told, who=who(holder), pid=holder.pid, time=_time(holder.since))
