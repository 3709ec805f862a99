"""`svc-tui dashboard`, `hand-out` and `next`: who has how much, and who does it."""

from __future__ import annotations

import argparse

from svc_tui.commandline import editing
from svc_tui.commandline.progress import bar
from svc_tui.commandline.shop import list_code
from svc_tui.commandline.table import print_table
from svc_tui.domain.errors import N_, Invalid, NotFound
from svc_tui.domain.planning.workload import NEVER
from svc_tui.domain.registers import means_none
from svc_tui.domain.text import shown
from svc_tui.formats import Formats
from svc_tui.i18n import _, n_
from svc_tui.output.activity_json import json_line
from svc_tui.output.board_json import board_object, task_object
from svc_tui.services.core.session import Session, employee_by_initials
from svc_tui.services.jobs.activities import ids_of_numbers
from svc_tui.services.jobs.bulk import Refusal
from svc_tui.services.jobs.typed_edits import value_of
from svc_tui.services.reports import board, handing, next_jobs, outlook, person_jobs
from svc_tui.services.reports.board import Counts, Load
from svc_tui.services.reports.handing import Wish
from svc_tui.services.reports.outlook import Effect

_DAY = 86_400


def show_board(session: Session, options: argparse.Namespace) -> None:
    """Print the dashboard of a list, or of all jobs.

    Raises:
        Invalid: when there is no such list.
        NotAllowed: when this role may not see it.
    """
    code = (list_code(session, options.list) if options.list else None) or ""
    counted, loads = board.board(session, code), board.loads(session, code)
    if options.json:
        print(json_line(board_object(session.registers, code, session.seconds(), counted, loads)))
        return
    names = (
        (_("Nobody"), counted.head.nobody), (_("Late|board"), counted.head.late), (_("Today"), counted.head.today),
        (_("Tomorrow"), counted.head.tomorrow), (_("Still|board"), counted.head.still),
        (_("Parts"), counted.head.parts),
        (_("Cust|board"), counted.head.customer), (_("Supp|board"), counted.head.supplier),
    )  # fmt: skip
    print("  ".join(f"{name.partition('|')[0]} {count}" for name, count in names))
    rows = [
        _board_row(session, _("Nobody"), counted.nobody, loads.people.get(None)),
        *(_board_row(session, _name(session, one), one, loads.people.get(one.responsible)) for one in counted.people),
        _board_row(session, _("All"), counted.all, loads.all),
    ]
    titles = (
        _("Who"), _("Open|board"), _("Late|board"), _("Wait|board"), _("Work|board"), _("Redy|board"),
        _("Left|board"), _("Cap|board"), "!!", _("Days|board"), _("Old|board"),
    )  # fmt: skip
    print_table([title.partition("|")[0] for title in titles], rows, range(1, len(titles)))
    print(_("Hours to {day}").format(day=Formats(session.language, session.now, _).when(loads.horizon)))


def _name(session: Session, counts: Counts) -> str:
    entry = session.registers.employee(counts.responsible)
    return f"{entry.initials} {entry.name}" if entry else "?"


def _board_row(session: Session, name: str, counts: Counts, load: Load | None) -> list[str]:
    formats = Formats(session.language, session.now, _)
    found = load or Load(0, 0, None, 0, None, None)
    age = "" if counts.oldest is None else str(max(session.seconds() - counts.oldest, 0) // _DAY)
    return [
        name, *(str(count) for count in (counts.open, counts.late, counts.waiting, counts.working, counts.ready)),
        formats.hours(found.left), "" if found.capacity is None else formats.hours(found.capacity),
        str(found.too_late or ""), "" if found.days is None else formats.tenths(found.days), age,
    ]  # fmt: skip


# -- handing out -------------------------------------------------------------------------------------------------------


def hand_out(session: Session, options: argparse.Namespace) -> int:
    """Give somebody's jobs to somebody else; the exit code is 1 when one was refused.

    Raises:
        Invalid: when it cannot be told which jobs are meant, or who.
        DomainError: when it can be done to no job; nothing is written then.
    """
    giver = _giver(session, options.giver)
    target = value_of(session, "responsible", options.target)
    if target is None:
        raise Invalid(N_("Say with --to who gets the jobs; svc-tui assign gives them to nobody."), field="responsible")
    jobs, refused = _wanted(session, options, giver, target)
    if not jobs:
        raise NotFound(N_("There is nothing to hand out.")) if not refused else refused[0].why
    with bar(_("Looking at jobs")):
        found = outlook.outlook(session, jobs, target)
    for effect in outlook.foresee(session, found).effects:
        print(shown(_told(session, effect)))
    if options.dry_run:
        count = found.plan.changing
        told = n_("{count} job would change.", "{count} jobs would change.", count).format(count=count)
        print(told, _("Nothing was written."))
        return editing.tell_refused([*refused, *found.plan.refused])
    if not found.plan.changing:
        return editing.tell_refused([*refused, *found.plan.refused])
    with bar(_("Handing out")) as progress:
        result = handing.hand_out(session, [found.plan], progress, lambda: True)
    print(n_("{count} job was handed out.", "{count} jobs were handed out.", result.changed).format(
        count=result.changed
    ))  # fmt: skip
    if result.change_set is not None:
        print(_("svc-tui undo {act} takes it back.").format(act=result.change_set))
    return editing.tell_refused([*refused, *result.refused])


def _giver(session: Session, text: str) -> int | None:
    """Who has the jobs; also somebody who works here no longer."""
    if means_none(text):
        return None
    known = {entry.initials.casefold() for entry in session.registers.employees}
    if text.casefold() in known:
        return employee_by_initials(session.registers, text).id
    return value_of(session, "responsible", text)


def _wanted(
    session: Session, options: argparse.Namespace, giver: int | None, target: int
) -> tuple[list[int], list[Refusal]]:
    if options.jobs is not None or options.hours is not None or options.all:
        if options.words:
            raise Invalid(N_("Give numbers of jobs, or --jobs, --hours or --all, not both."))
        seconds = None if options.hours is None else options.hours * 3_600
        return handing.chosen(session, giver, Wish(target, options.jobs, seconds)), []
    wanted = editing.numbers(options.words)
    if not wanted:
        raise Invalid(N_("Say which jobs: their numbers, --jobs N, --hours N, or --all."))
    known = ids_of_numbers(session, wanted)
    unknown = [Refusal(number, "", NotFound(N_("there is no such job"))) for number in wanted if number not in known]
    theirs, others = handing.theirs(session, giver, list(known.values()))
    return theirs, [*unknown, *others]


def _told(session: Session, effect: Effect) -> str:
    """What it does to one person."""
    entry = session.registers.employee(effect.responsible)
    formats = Formats(session.language, session.now, _)
    before, after = effect.before.load, effect.after.load
    text = _("{who}: {before} -> {after} of {capacity} h, too late {late} -> {later}.").format(
        who=entry.initials if entry else "?", before=formats.hours(before.due), after=formats.hours(after.due),
        capacity=formats.hours(after.capacity or 0), late=before.too_late, later=after.too_late,
    )  # fmt: skip
    for row in effect.away:
        text += " " + _("Away {begin} - {end}.").format(
            begin=formats.day(row.from_at), end=formats.day(row.to_at - 1)
        )  # fmt: skip
    return text


# -- the next job ------------------------------------------------------------------------------------------------------


def show_next(session: Session, options: argparse.Namespace) -> None:
    """Print what is ready, one's own or what nobody has, or take the first of it.

    Raises:
        NotFound: when there is nothing to take.
    """
    found = next_jobs.next_jobs(session, nobodys=options.nobody)
    tasks = {task.id: task for task in found.tasks}
    if options.take:
        taken = next_jobs.take_next(session, nobodys=options.nobody)
        if taken is None:
            raise NotFound(N_("There is nothing to take."))
        if options.json:
            print(json_line(task_object(session.registers, taken, tasks[taken.id], found.over.get(taken.id, 0))))
            return
        print(shown(_("Job {number} is yours and in work: {subject}").format(
            number=taken.number, subject=taken.subject
        )))  # fmt: skip
        return
    jobs = person_jobs.rows_of(session, found.tasks, found.over)
    if options.json:
        for job in jobs:
            print(json_line(task_object(session.registers, job.row, job.task, job.over)))
        return
    formats = Formats(session.language, session.now, _)
    rows = [
        [str(job.row.number), formats.hours(job.task.left), f"+{formats.hours(job.over)}" if job.over else "",
         "" if job.task.deadline >= NEVER else formats.when(job.task.deadline), _type(session, job.row.type_id),
         job.row.customer, job.row.subject]
        for job in jobs
    ]  # fmt: skip
    if not rows:
        print(_("Nothing is ready that nobody has.") if options.nobody else _("Nothing is ready for you."))
        return
    titles = [_("Number"), _("Left|board"), _("Over|board"), _("Due"), _("Type"), _("Customer"), _("Subject")]
    print_table([title.partition("|")[0] for title in titles], rows, range(3))


def _type(session: Session, type_id: int | None) -> str:
    kind = session.registers.type(type_id) if type_id else None
    return kind.name if kind else ""
