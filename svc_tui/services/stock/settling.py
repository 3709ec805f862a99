"""Before a job is done every part of it is dealt with; when it is cancelled, its pieces go where they are wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from svc_tui.db.core.changes import Changes
from svc_tui.db.core.engine import Store
from svc_tui.db.stock import asking
from svc_tui.db.stock.asking import Asking
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.records import PartState, Payer, Stage
from svc_tui.domain.stock.answers import EVERY, FATES, Answer, Answers, Ask, PartQuestion
from svc_tui.domain.stock.supply import Supply
from svc_tui.domain.tables import ACTIVITY_LINE
from svc_tui.services.stock import returns
from svc_tui.services.stock.book import Book

OPEN = N_("“{text}” is not dealt with: say in the job's Product tab that it was used (+) or is not needed (*).")
IN_DEVICE = N_("“{text}” is in the device: cancel the job by itself, and say what becomes of it.")
ON_ORDER = N_("“{text}” is on its way: cancel the job by itself, and say what becomes of it.")
REFUSALS: Mapping[Ask, str] = {Ask.OPEN: OPEN, Ask.IN_DEVICE: IN_DEVICE, Ask.ON_ORDER: ON_ORDER}


def asked(store: Store, jobs: Collection[int], stage: Stage) -> dict[int, list[PartQuestion]]:
    """What has to be said of the parts of jobs before they get a stage, by job."""
    found: dict[int, list[PartQuestion]] = defaultdict(list)
    if stage is Stage.DONE:
        for entry in asking.to_be_done(store, jobs):
            found[entry.activity].append(PartQuestion(entry.line, Ask.OPEN, entry.text, entry.state, 0))
    elif stage is Stage.CANCELLED:
        for entry in asking.to_be_cancelled(store, jobs):
            found[entry.activity] += _of_cancelled(entry)
    return found


def _of_cancelled(entry: Asking) -> Iterable[PartQuestion]:
    if entry.in_device:
        yield PartQuestion(entry.line, Ask.IN_DEVICE, entry.text, entry.state, entry.in_device)
    if entry.on_order:
        yield PartQuestion(entry.line, Ask.ON_ORDER, entry.text, entry.state, entry.on_order)


def questions(store: Store, job: int, stage: Stage, answers: Answers = ()) -> list[PartQuestion]:
    """What is left to be said of the parts of a job that has not that stage yet, with who would get what is coming."""
    return [
        entry._replace(waits=asking.who_waits(store, entry.line)) if entry.ask is Ask.ON_ORDER else entry
        for entry in asked(store, asking.not_yet(store, job, int(stage)), stage).get(job, ())
        if not entry.is_answered(answers)
    ]


def refusal(questions: Iterable[PartQuestion], answers: Answers = ()) -> Invalid | None:
    """Why a job may not be done or cancelled yet; None when everything is said."""
    for question in questions:
        if not question.is_answered(answers):
            return Invalid(REFUSALS[question.ask], field="status", text=question.text)
    return None


def finish(changes: Changes, jobs: Collection[int], answers: Answers, *, anyway: bool = False) -> None:
    """Parts of jobs that were open are used or not needed; whoever calls it holds the parts.

    Raises:
        Asked: when pieces of another job, or more than there are, would be taken.
    """
    said = {line: answer for line, answer in answers if answer in (Answer.USED, Answer.UNNEEDED)}
    if (every := said.pop(EVERY, None)) is not None:
        said = {entry.line: every for entry in asking.to_be_done(changes.store, jobs)} | said
    if not said:
        return
    book = Book(changes)
    supply = book.load(lines=said)
    for line_id, answer in said.items():
        own = supply.lines[line_id]
        if answer is Answer.USED:
            supply.use(line_id, max(0, own.planned - own.used), anyway=anyway)
        else:
            supply.plan(line_id, own.used)
    _serve(supply, said)
    book.write()


def cancel(changes: Changes, jobs: Collection[int], answers: Answers = ()) -> list[tuple[str, int]]:
    """Jobs are cancelled: their pieces are free. Whoever calls it holds the parts.

    Gives what was reserved and goes back on its shelf: what it is called, and how many pieces in thousandths.
    """
    lines = asking.lines_of_parts(changes.store, jobs)
    if not lines:
        return []
    said: dict[int, set[Answer]] = defaultdict(set)
    for line_id, answer in answers:
        said[line_id].add(answer)
    book = Book(changes)
    supply = book.load(lines=lines)
    unsent = asking.unsent(changes.store, {number for line in lines for number in supply.lines[line].claims})
    freed: list[tuple[str, int]] = []
    for line_id in lines:
        line = supply.lines[line_id]
        if Answer.OURS in said[line_id]:
            changes.update(ACTIVITY_LINE, line_id, {"payer": str(Payer.US)})
        for answer in said[line_id] & FATES.keys():
            taken = line.used - line.transferred
            supply.take_back(line_id, taken, FATES[answer])
            if answer is Answer.FAULTY:
                returns.propose_of_line(changes, line_id, taken)
        if line.reserved:
            freed.append((line.text, line.reserved))
        _pass_on(supply, supply.release(line_id), said[line_id], unsent)
    _serve(supply, lines)
    book.write()
    return freed


def _pass_on(supply: Supply, orphans: Mapping[int, int], said: set[Answer], unsent: Collection[int]) -> None:
    for number, quantity in orphans.items():
        if number in unsent:
            supply.withdraw(number, quantity)
        elif Answer.GIVE in said:
            supply.hand_on(number, quantity)
        elif Answer.CANCEL in said:
            supply.cancel(number, min(quantity, supply.unclaimed(number)))


def _serve(supply: Supply, lines: Iterable[int]) -> None:
    for product in {supply.lines[line].product for line in lines}:
        supply.serve_free(product)


def has_open(states: Iterable[str]) -> bool:
    """Whether one of these states says that a part is not dealt with."""
    return any(state not in ("", PartState.USED) for state in states)
