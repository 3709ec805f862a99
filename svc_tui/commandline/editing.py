"""`svc-tui edit`, `note`, `done`, `assign` and `undo`: what the lists of the screen do, for scripts and pipes.

Each command is one act. What became of it goes to standard output; which jobs were refused, and why, to the error
stream, one line a job.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from itertools import islice

from svc_tui.commandline.arguments import STANDARD_INPUT
from svc_tui.commandline.progress import bar
from svc_tui.commandline.running import OK, REFUSED
from svc_tui.commandline.streams import read_standard_input
from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.labels import act_label
from svc_tui.domain.numbers import whole_number
from svc_tui.domain.setting_labels import setting_label
from svc_tui.domain.stock.answers import EVERY, Answer
from svc_tui.domain.text import shown
from svc_tui.formats import Formats
from svc_tui.i18n import _, n_
from svc_tui.screens.history import job_history as sheet_history
from svc_tui.screens.shell.undo_told import outcome
from svc_tui.services.core.session import Session
from svc_tui.services.history import history
from svc_tui.services.history import undo as undoing
from svc_tui.services.history.inverse_records import Unit
from svc_tui.services.history.undo import Prospect
from svc_tui.services.jobs import bulk, typed_edits
from svc_tui.services.jobs.activities import ids_of_numbers
from svc_tui.services.jobs.bulk import Edit, Plan, Refusal, Selection

_BATCH = 400


# -- what is asked -------------------------------------------------------------------------------------------------


def numbers(words: Sequence[str]) -> list[int]:
    """The numbers of a command: those given, and for `-` those on standard input, separated by blanks or lines.

    Raises:
        Invalid: when something else stands on standard input.
    """
    found: list[int] = []
    for word in words:
        if word != STANDARD_INPUT:
            found.append(_number(word))
            continue
        for text in read_standard_input().split():
            if not (text.isascii() and text.isdecimal()):
                raise Invalid(N_("“{text}” on standard input is no number; nothing was changed."), text=text[:40])
            found.append(_number(text))
    return list(dict.fromkeys(found))


def _number(text: str) -> int:
    """
    Raises:
        Invalid: when no job can have it.
    """
    number = whole_number(text)
    if number is None:
        raise Invalid(N_("No job has a number as long as {text}; nothing was changed."), text=text[:40])
    return number


def _edits(session: Session, options: argparse.Namespace) -> list[Edit]:
    """What a command sets.

    Raises:
        Invalid: when there is no such field or value.
    """
    if options.command == "done":
        return [Edit("done", parts=((EVERY, Answer(options.parts)),) if options.parts else ())]
    if options.command == "assign":
        return [Edit("responsible", typed_edits.value_of(session, "responsible", options.initials_of))]
    if options.command == "note":
        return [typed_edits.read(session, "note", read_standard_input() if options.text is None else options.text)]
    found = [typed_edits.read(session, name, text) for name, text in options.fields]
    seen: set[str] = set()
    for name, edit in zip((name for name, _text in options.fields), found, strict=True):
        if edit.field in seen and edit.field != "note":
            raise Invalid(N_("{name} is given twice; give it once."), field=edit.field, name=name)
        seen.add(edit.field)
    return found


# -- doing it ------------------------------------------------------------------------------------------------------


def change(session: Session, options: argparse.Namespace) -> int:
    """Change jobs and tell what became of it, or would; the exit code is 1 when one was refused.

    Raises:
        DomainError: when it can be done to no job; nothing is written then.
    """
    edit = _edits(session, options)
    wanted = numbers(options.words)
    known = ids_of_numbers(session, wanted)
    unknown = [Refusal(number, "", NotFound(N_("there is no such job"))) for number in wanted if number not in known]
    with bar(_("Looking at jobs")) as progress:
        plan = bulk.plan(session, Selection(tuple(known.values())), edit, progress)
    if options.dry_run:
        _show_plan(session, plan)
        return tell_refused([*unknown, *plan.refused])
    with bar(_("Changing jobs")) as progress:
        result = bulk.carry_out(session, plan, progress)
    told = n_("{count} job changed.", "{count} jobs changed.", result.changed).format(count=result.changed)
    print(_and_so_already(told, plan.unchanged))
    for device in result.moved:
        print(shown(_("The device went along: {device}.").format(device=device)))
    for owner, device in result.left:
        print(shown(_("Taken off, for it belongs to {owner}: {device}").format(owner=owner, device=device)))
    if result.change_set is not None:
        print(_("svc-tui undo {act} takes it back.").format(act=result.change_set))
    return tell_refused([*unknown, *result.refused])


def _and_so_already(told: str, unchanged: int) -> str:
    already = n_("{count} was so already.", "{count} were so already.", unchanged).format(count=unchanged)
    return f"{told} {already}" if unchanged else told


def _show_plan(session: Session, plan: Plan) -> None:
    """Each job that would change, with its fields."""
    formats = Formats(session.language, session.now, _)
    foreseen = bulk.foreseen(session, plan)
    while jobs := list(islice(foreseen, _BATCH)):
        for step in history.as_steps(session, jobs):
            told = " ".join(sheet_history.told(step.history, formats, session.registers))
            name = f"{step.number} {step.subject}".rstrip()
            print(shown(f"{name}: {told}"))
    told = n_("{count} job would change.", "{count} jobs would change.", plan.changing).format(count=plan.changing)
    print(_and_so_already(told, plan.unchanged), _("Nothing was written."))


def tell_refused(refused: Iterable[Refusal]) -> int:
    """Which jobs stay as they are, and why, on the error stream; gives the exit code."""
    code = OK
    for refusal in refused:
        number = "" if refusal.number is None else str(refusal.number)
        name = f"{number} {refusal.subject}".strip() or "?"
        print(shown(f"svc-tui: {name}: {refusal.sentence(_)}"), file=sys.stderr)
        code = REFUSED
    return code


# -- undo ----------------------------------------------------------------------------------------------------------


def undo(session: Session, options: argparse.Namespace) -> int:
    """Undo an act, without a number the actor's own last; the exit code is 1 when a job of it stays as it is.

    Raises:
        DomainError: with the reason when nothing of it can be put back, or which act is meant is not sure.
    """
    act: int | None = options.act
    if act is None:
        last = undoing.last_act(session)
        act = last.head.id
        if last.is_second and not options.again and not options.dry_run:
            raise Invalid(
                N_("Your last act is undone already. Before it comes act {number}: {what}. Give --again, or {number}."),
                number=act, what=_name_of(undoing.prospect(session, act)),
            )  # fmt: skip
    with bar(_("Looking at jobs")) as progress:
        progress(0)
        found = undoing.prospect(session, act)
    if options.dry_run:
        count = len(found.written)
        told = (
            n_("{act}: {count} job would be put back.", "{act}: {count} jobs would be put back.", count)
            if found.of_jobs
            else n_("{act}: {count} row would be put back.", "{act}: {count} rows would be put back.", count)
        )
        print(shown(told.format(act=act_label(found.act, found.act, _), count=count)))
        print(shown(_("Act {number}: {what}. Nothing was written.").format(number=act, what=_name_of(found))))
        return tell_refused(found.refused)
    with bar(_("Putting back jobs")) as progress:
        undone = undoing.carry_out(session, found, progress)
    print(shown(outcome(undone, str, session.registers, str)))
    text = _("svc-tui undo {act} takes it back.") if undone.redone else _("svc-tui undo {act} does it again.")
    print(text.format(act=undone.change_set))
    for kept in undone.kept:
        print(shown(f"svc-tui: {kept.sentence(_)}"), file=sys.stderr)
    return tell_refused(undone.refused)


def _name_of(found: Prospect) -> str:
    """An act with the job it is about, or their number."""
    act = act_label(found.head.act, found.act, _)
    if found.settings:
        return f"{act}: {', '.join(setting_label(name).sentence(_) for name in found.settings)}"
    units = found.written or [Unit((), None, refusal.number or 0, refusal.subject) for refusal in found.refused]
    if len(units) == 1:
        return f"{act} {units[0].number or ''} {units[0].subject}".strip()
    told = (
        n_("{act}, {count} job", "{act}, {count} jobs", len(units))
        if found.of_jobs
        else n_("{act}, {count} row", "{act}, {count} rows", len(units))
    )
    return told.format(act=act, count=len(units))
