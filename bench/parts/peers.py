"""P22 and P23: what a user might take instead, where it is there: taskwarrior, VisiData; Request Tracker as told."""

from __future__ import annotations

import shutil
import sys
import uuid
from contextlib import ExitStack
from pathlib import Path

from bench.parts.alternate import alternate
from bench.programs import BESIDE_VISIDATA, OURS, RT, TASK, VISIDATA, Ours, has, leaves
from bench.record import Record
from bench.shops import FOLDER, LANGUAGE, Shop
from bench.terminal import COLUMNS, ROWS, Terminal, View

RECORDED = {"list": 817.0, "open": 1_011.0, "create": 298.0}
"""Request Tracker 5.0.3 with 100,003 tickets on PostgreSQL 15: median ms of server time of the list of open tickets,
opening one, and creating one, measured when the goals were set; it is not run here."""

TASKS = 100_000
TURNS = 2
ROWS_LISTED = 28
LOADING = 180.0
"""Seconds that VisiData may take to read a million rows."""


def recorded(record: Record, _shop: Shop, _small: Shop) -> None:
    """Put the figures of Request Tracker beside ours."""
    for figure, value in RECORDED.items():
        record.add(figure, RT, value)


# -- commands ----------------------------------------------------------------------------------------------------------


def task(record: Record, shop: Shop, _small: Shop) -> None:
    """List and add from the shell, start-up and all; without `task` on the PATH only ours."""
    theirs = shutil.which("task")
    settings = _tasks(shop) if theirs else None
    _, number = shop.numbers()
    ours = f"{sys.executable} -m svc_tui --database {shop.url} --language {LANGUAGE}"
    for _ in range(TURNS):
        acts = [
            lambda: _command(record, "command: list", OURS, f"{ours} list all | head -{ROWS_LISTED}", shop.env),
            lambda: _command(record, "command: add", OURS, f"{ours} note {number} --text Bench", shop.env),
        ]
        if settings is not None:
            peer = f"{theirs} rc:{settings}"
            limit = f"limit:{ROWS_LISTED}"
            acts += [
                lambda: _command(record, "command: list", TASK, f"{peer} rc.gc=off list {limit}", {}),  # noqa: B023
                lambda: _command(record, "command: add", TASK, f"{peer} add Bench entry project:TV", {}),  # noqa: B023
            ]
        alternate(record, *acts)


def _command(record: Record, figure: str, name: str, command: str, env: dict[str, str]) -> None:
    """From starting a shell command until it has ended; taskwarrior ends with 1 where it has more to say.

    The pause lets the terminal be read: what is written last before it closes may be lost.
    """
    with Terminal(
        ["sh", "-c", f"{command}; echo ENDED with $?; sleep 0.3"],
        has("ENDED with 0" if name == OURS else "ENDED with"),
        env,
    ) as terminal:
        record.answer(figure, name, terminal.start)


def _tasks(shop: Shop) -> Path:
    """The shop's first jobs as taskwarrior keeps tasks, made once; gives its settings."""
    folder = FOLDER / f"task-{min(TASKS, shop.activities)}"
    settings = folder / "taskrc"
    if settings.exists():
        return settings
    folder.mkdir(parents=True, exist_ok=True)
    with shop.session() as session, (folder / "pending.data").open("w", encoding="utf-8") as file:
        for number, start, subject in session.store.sql(
            "SELECT id, start_at, subject FROM activity ORDER BY id LIMIT ?", (TASKS,)
        ):
            text = subject.replace('"', "").replace("[", "").replace("]", "")
            key = uuid.uuid5(uuid.NAMESPACE_OID, str(number))
            when = f'entry:"{start}" modified:"{start}"'
            file.write(f'[description:"{text}" {when} project:"TV" status:"pending" uuid:"{key}"]\n')
    settings.write_text(f"data.location={folder}\nconfirmation=off\nverbose=affected,blank\nhooks=off\n")
    return settings


# -- VisiData ----------------------------------------------------------------------------------------------------------


def visidata(record: Record, shop: Shop, _small: Shop) -> None:
    """P1 to P4 of VisiData on the same jobs as a flat table; nothing without `vd`."""
    found = shutil.which("vd") or shutil.which("vd", path=str(Path(sys.executable).parent))
    if found is None:
        return
    flat, count = _flat(shop)
    command: list[str | Path] = [found, "--config", "/dev/null", "--disp-sidebar=False", flat]
    with ExitStack() as stack:
        vd = stack.enter_context(Terminal(command, has("1 tables")))
        vd.patience = LOADING
        loaded = vd.press("<Enter>", has(f" {count} rows"))
        record.add("load", VISIDATA, loaded.seen * 1000)
        vd.rest()
        ours = stack.enter_context(Ours(shop))
        ours.all_jobs()

        def both(figure: str, key: str, its_key: str) -> None:
            """Key by key, for a processor's pace changes within seconds."""
            record.answer(figure, BESIDE_VISIDATA, ours.press(key, leaves(ours.cursor)))
            record.answer(figure, VISIDATA, vd.press(its_key, _is_other(vd)))

        for figure, key, times in (("down", "<Down>", ROWS - 6), ("scroll", "<Down>", 15), ("page", "<PgDn>", 12)):
            for _ in range(times):
                both(figure, key, key)
        for _ in range(12):
            both("end", "<End>", "gj")
            both("home", "<Home>", "gk")
        record.add("memory", VISIDATA, vd.memory())
    record.noise()


def _is_other(vd: Terminal) -> _Other:
    return _Other(vd.view)


class _Other:
    """Whether the row under VisiData's cursor is another than at first."""

    def __init__(self, view: View) -> None:
        self._before = self._row(view)

    def __call__(self, view: View) -> bool:
        return self._row(view) not in ("", self._before)

    @staticmethod
    def _row(view: View) -> str:
        y = view.reversed(2, ROWS - 2)
        return view.lines[y][:COLUMNS] if y >= 0 else ""


def _flat(shop: Shop) -> tuple[Path, int]:
    """The jobs as one table in a file of its own, made once, and how many they are."""
    from cysqlite import connect  # type: ignore[attr-defined]  # it says nothing of what it exports

    path = FOLDER / f"flat-{shop.activities}.db"
    if not path.exists():
        unfinished = path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        database = connect(f"file:{unfinished}", uri=True)
        database.execute(f"ATTACH 'file:{shop.path}?mode=ro' AS shop")
        database.execute(
            "CREATE TABLE activities AS SELECT a.number, a.start_at, a.subject, c.name AS customer, s.name AS status"
            " FROM shop.activity a LEFT JOIN shop.contact c ON c.id = a.customer_id"
            " LEFT JOIN shop.activity_status s ON s.id = a.status_id ORDER BY a.id"
        )
        database.close()
        unfinished.rename(path)
    database = connect(f"file:{path}?mode=ro", uri=True)
    [(count,)] = list(database.execute("SELECT count(*) FROM activities"))
    database.close()
    return path, count
