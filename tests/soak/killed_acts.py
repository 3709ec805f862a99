"""kill -9 of a command at a random moment: an act is done whole or not at all, and the next run leaves nothing behind.

While a command is killed, somebody else saves without a pause (but where the shop is only just being made). Then the
shop must be whole, every acknowledged save must be there, a copy must be whole or absent; and the same command, run to
its end, must do its work and leave no temporary copy.

    python -m tests.soak.killed_acts --act restore --rounds 300
    python -m tests.soak.killed_acts --act undo --rounds 300 --server
"""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import random
import statistics
import sys
import tempfile
import time
from collections import deque
from contextlib import ExitStack
from pathlib import Path

import svc_tui
from svc_tui import cli
from svc_tui.db.core.engine import open_database
from tests.soak import crew
from tests.soak.killable import ACTS, Act, Place, plant
from tests.soak.server import Server, server

_SKIPPED = ("svc_tui.screens", "svc_tui.widgets", "svc_tui.app", "svc_tui.live", "svc_tui.terminal", "svc_tui.__main__")
_MARGIN = 1.15
"""Kills come up to so many times what the command takes."""


def main() -> int:
    options = _arguments()
    _preload()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="svc-acts-")))
        found = _server(options.server, stack)
        act = ACTS[options.act](Place(folder, found))
        act.make_template()
        if options.fault:
            plant(options.fault)
        rounds = _Rounds(act, random.Random(options.seed), found)
        wrong: list[str] = []
        for number in range(options.rounds):
            wrong += [f"round {number}: {said}" for said in rounds.one()]
            if len(wrong) >= options.enough:
                break
        act.place.forget_template()
        return crew.report(rounds.figures, wrong)


def _server(wanted: str | None, stack: ExitStack) -> Server | None:
    if wanted is None:
        return None
    return Server(wanted) if wanted else stack.enter_context(server())


class _Rounds:
    """Rounds of one act, and what was counted in them."""

    def __init__(self, act: Act, dice: random.Random, found: Server | None) -> None:
        self._act, self._dice, self._server = act, dice, found
        self._durations: deque[float] = deque([0.5], maxlen=9)
        self.figures = {"rounds": 0, "killed": 0, "took effect": 0, "acknowledged": 0}

    def one(self) -> list[str]:
        """The act is killed, judged, and run to its end; gives what is wrong."""
        act = self._act
        act.begin()
        acknowledged = crew.Acknowledged(act.place.round)
        saver = crew.hire(lambda: crew.save_through_restores(act.place.url, acknowledged.add)) if act.others_save else 0
        while saver and not acknowledged.all():
            time.sleep(0.002)
        act.before_the_kill(acknowledged.all())
        is_killed = self._run(act.arguments(), self._dice.uniform(0, _MARGIN * statistics.median(self._durations)))
        if saver:
            crew.dismiss(saver)
        self._wait_until_alone()
        keys = acknowledged.all()
        wrong = act.judge(keys)
        self.figures["rounds"] += 1
        self.figures["killed"] += is_killed
        self.figures["took effect"] += act.took_effect()
        self.figures["acknowledged"] += len(keys)
        if act.is_to_do():
            begun = time.monotonic()
            self._run(act.arguments(), None)
            self._durations.append(time.monotonic() - begun)
        wrong += act.judge_the_end(keys)
        acknowledged.close()
        act.end()
        return wrong

    def _run(self, arguments: list[str], kill_after: float | None) -> bool:
        """Run a command in a process of its own; gives whether it was killed before its end."""
        child = crew.hire(lambda: _command(arguments))
        if kill_after is None:
            os.waitpid(child, 0)
            return False
        time.sleep(kill_after)
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        crew.dismiss(child)
        return True

    def _wait_until_alone(self) -> None:
        if self._server is None:
            return
        store = open_database(self._act.place.url)
        crew.wait_until_alone(store)
        store.close()


def _command(arguments: list[str]) -> None:
    silent = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(silent, descriptor)
    os._exit(cli.main(arguments))


def _preload() -> None:
    """What a command would load by and by, so that the kills fall into its work."""
    importlib.import_module("playhouse.migrations")
    for module in pkgutil.walk_packages(svc_tui.__path__, "svc_tui."):
        if not module.name.startswith(_SKIPPED) and "migrations." not in module.name:
            importlib.import_module(module.name)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--act", choices=list(ACTS), required=True)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--server", nargs="?", const="", help="on PostgreSQL: the address of a server, one of its own when left out"
    )
    parser.add_argument("--enough", type=int, default=5, help="end after so many complaints")
    parser.add_argument("--fault", choices=["torn", "bare"], help="a planted fault, which must be noticed")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
