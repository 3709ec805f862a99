"""The service desk as one sits before it: acts of a user on the real program in a terminal of its own.

    with Desk(shop) as desk:
        desk.new()
        desk.fill("Tænder ikke", "fr 930", "tv")
        number = desk.save()
        assert desk.job(number)["type"] == "TV-Service"

Sentences are given in English as the source has them, and waited for in the language the program runs in.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from gettext import translation
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, Self

from svc_tui.db.core.engine import open_database
from svc_tui.i18n import DOMAIN, LOCALE_FOLDER
from svc_tui.output.activity_json import activity_object
from svc_tui.services.filters import lists
from svc_tui.services.transfer import export
from tests.wire.program import ROOT, TIMEOUT, Program
from tests.wire.shops import session_of

Job = dict[str, Any]
"""A job as `svc-tui show --json` tells it: what the contract of the command line promises."""

SHELL, PROMPT = ("bash", "--norc", "--noprofile", "-i"), "ready>"
"""A shell that knows jobs, and what it says when it may be typed to."""
SAVED = "Job {number} is saved."
LABEL_WIDTH, HALF, RIGHT_LABEL_WIDTH = 12, 44, 10
"""Where the fields of the sheet stand on 80 columns: the labels' widths, and where the right half begins."""


def command(database: Path | str, *arguments: str, language: str | None = "da") -> list[str]:
    """The program's command line."""
    spoken = ["--language", language] if language else []
    return [sys.executable, "-m", "svc_tui", "--database", str(database), *spoken, *arguments]


class Desk:
    """One person at one terminal; use it as a context manager."""

    def __init__(
        self,
        database: Path | str,
        *arguments: str,
        user: str | None = None,
        term: str = "xterm-256color",
        columns: int = 80,
        rows: int = 24,
        language: str | None = "da",
        env: Mapping[str, str | None] = MappingProxyType({}),
        waits: bool = True,
        answers_after: float | None = 0.0,
        under_shell: bool = False,
    ) -> None:
        """
        Args:
            database: The shop's file.
            arguments: Further arguments of the program.
            user: The system user; whoever runs the tests when left out.
            term: TERM.
            columns: Width of the terminal.
            rows: Height of the terminal.
            language: Language of the program; None leaves it to LANG in `env`.
            env: Beyond what every program gets.
            waits: Whether to wait until the first screen stands.
            answers_after: Seconds before the terminal answers a question; None: never.
            under_shell: Whether a shell that knows jobs begins it, so that Ctrl+Z has somewhere to go.
        """
        self.database = database
        spoken = language or str(env.get("LANG", "en"))[:2]
        self._sentence = translation(DOMAIN, LOCALE_FOLDER, [spoken], fallback=True).gettext
        known: dict[str, str | None] = {"LOGNAME": user} if user else {}
        wanted = command(database, *arguments, language=language)
        self.program = Program(
            *(SHELL if under_shell else wanted),
            columns=columns, rows=rows, term=term, env=known | {"PS1": PROMPT} | dict(env),
            answers_after=answers_after,
        )  # fmt: skip
        if under_shell:
            self.program.wait_for(PROMPT)
            self.program.send(f" {shlex.join(wanted)}\r")
            self.program.watch_what_the_shell_began()
        if waits:
            self.wait_until_ready()

    def wait_until_ready(self, timeout: float = TIMEOUT) -> None:
        """Wait for the first screen: its key bar is drawn last."""
        self.program.wait_until(lambda: " F" in f" {self.program.line(-1)}", timeout, "the key bar")
        self.program.settle()

    # Acts

    def press(self, *texts: str) -> None:
        """Type, waiting after each text until the program is done with it."""
        self.program.press(*texts)

    def new(self) -> None:
        """A new job, from a list."""
        self.press("n")

    def fill(self, *texts: str) -> None:
        """Fill this field and the following ones, each left with Tab."""
        self.press(*(f"{text}<Tab>" for text in texts))

    def save(self) -> int:
        """Save the sheet; gives the job's number."""
        self.press("<F2>")
        return int(self.said(SAVED)["number"])

    def filter(self, text: str) -> None:
        """Write this into the list's filter line in place of what stands there, and go to the list."""
        self.press(f"/<C-u>{text}<Enter>")

    def paste(self, text: str) -> None:
        """Paste as a terminal with bracketed paste does; what follows need not wait for it."""
        self.program.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")

    def quit(self) -> int:
        """Leave the program; gives its exit code."""
        self.press("<C-q>")
        return self.program.wait_for_exit()

    # What there is to see

    @property
    def title(self) -> str:
        """The first line."""
        return self.program.line(0).strip()

    @property
    def message(self) -> str:
        """The line above the key bar."""
        return self.program.line(-2).strip()

    def text(self) -> str:
        """The whole screen."""
        return self.program.text()

    def row(self) -> str:
        """The list's row under the cursor: the one drawn unlike the lines around it."""
        screen, cells = self.program.screen(), self.program.cells
        marked = [y for y in range(3, len(screen) - 2) if cells[y][1].bg != "default" or cells[y][1].reverse]
        assert len(marked) == 1, f"rows under the cursor: {marked}\n{self.text()}"
        return screen[marked[0]]

    def value(self, label: str) -> str:
        """What stands in a field of the sheet, by its label as the source has it."""
        wanted = f" {self.told(label)}"
        for line in self.program.screen():
            if line[:LABEL_WIDTH].rstrip() == wanted:
                whole = label in ("Subject", "Customer", "Device", "Part")
                return line[LABEL_WIDTH + 1 : None if whole else HALF - 2].strip()
            if line[HALF : HALF + RIGHT_LABEL_WIDTH].rstrip() == wanted:
                return line[HALF + RIGHT_LABEL_WIDTH + 1 :].strip()
        raise AssertionError(f"no field {wanted!r}:\n{self.text()}")

    def told(self, sentence: str) -> str:
        """A sentence of the source in the program's language."""
        return self._sentence(sentence)

    def said(self, sentence: str, timeout: float = TIMEOUT) -> dict[str, str]:
        """Wait until the message line says a sentence of the source; gives what stands in its places."""
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*?)", re.escape(self.told(sentence)))
        found: list[re.Match[str]] = []

        def is_said() -> bool:
            match = re.match(pattern, self.message)
            if match:
                found.append(match)
            return match is not None

        self.program.wait_until(is_said, timeout, f"the message {pattern!r}")
        return found[-1].groupdict()

    def wait_for_count(self, wanted: int) -> None:
        """Wait until the message line of a list says that so many jobs match."""

        def counted() -> bool:
            found = re.match(r"\d[\d.,]*", self.message)
            return found is not None and int(re.sub(r"\D", "", found[0])) == wanted

        self.program.wait_until(counted, what=f"the count {wanted}")

    # What is stored

    def job(self, number: int) -> Job:
        """What `svc-tui show --json` says of a job."""
        wanted = [*command(self.database), "show", str(number), "--json"]
        ran = subprocess.run(wanted, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, timeout=60)
        assert ran.returncode == 0, ran.stderr
        found: Job = json.loads(ran.stdout)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.program.close()


def job(database: Path | str, number: int) -> Job:
    """One of `jobs`."""
    return next(found for found in jobs(database) if found["number"] == number)


def jobs(database: Path | str) -> list[Job]:
    """Every job by its number, as `svc-tui list all --json` would tell it; read here, for a process costs a second."""
    store = open_database(str(database))
    session = session_of(store)
    found = [
        activity_object(session.registers, detail)
        for rows in export.activity_rows(session, lists.resolve(session, None, ""))
        for detail in export.details(session, rows)
    ]
    store.close()
    return sorted(found, key=lambda job: int(job["number"]))


def next_friday(clock: str = "09:00") -> str:
    """What `fr` means today, in ISO minutes."""
    today = date.today()
    friday = today + timedelta(days=(4 - today.weekday() - 1) % 7 + 1)
    return datetime.combine(friday, time.fromisoformat(clock)).isoformat(timespec="minutes")


def later(moment: str, minutes: int) -> str:
    """An ISO moment so many minutes on."""
    return (datetime.fromisoformat(moment) + timedelta(minutes=minutes)).isoformat(timespec="minutes")
