"""The demo shop's jobs: each begins as a story, lives through its acts, and ends as rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from svc_tui.db.transfer.bulk import Bulk, words_of
from svc_tui.domain.job_fields import FLAGS, HEADER, TEXTS
from svc_tui.domain.language.money import line_total
from svc_tui.domain.records import Stage
from svc_tui.domain.tables import ACTIVITY, ACTIVITY_LINE, ACTIVITY_LINK, ACTIVITY_NOTE, Described
from svc_tui.domain.text import words
from svc_tui.services.demo.demo_parts import Quantities, Shelves
from svc_tui.services.demo.demo_people import Customer, Dice, Owned, PartRow, Staff
from svc_tui.services.demo.demo_time import Calendar, ChangedRow, History

JOBS_A_BATCH = 5_000

_ACTIVITY = (
    "id", "number", "subject", "start_at", "end_at", "promised_at", "done_at", "type", "status", "stage", "priority",
    "responsible", "customer", "device", "fault_told", "fault_found", "in_task_list", "total", "created_at",
    "created_by", "changed_at", "version", "part_state", "parts_here", "parts_all", "parts_due",
)  # fmt: skip
_LINK = ("id", "activity", "contact", "person", "role")
_LINE = (
    "id", "activity", "position", "kind", "product", "code", "text", "unit", "planned", "used", "price", "payer",
    "state", "reserved", "came",
)  # fmt: skip
_NOTE = ("id", "activity", "at", "author", "text")


@dataclass(frozen=True, slots=True)
class Kind:
    """An activity type: its id, and what a job of it needs."""

    id: int
    minutes: int
    responsible_required: bool
    customer_required: bool


@dataclass(frozen=True, slots=True)
class Status:
    id: int
    stage: Stage


@dataclass(frozen=True, slots=True)
class Registers:
    """Ids of the registers by the keys they are shipped with."""

    kinds: dict[str, Kind]
    statuses: dict[str, Status]
    priorities: dict[str, int]
    staff: Staff
    suppliers: dict[str, tuple[int, str]]
    parts: dict[str, PartRow]
    services: tuple[PartRow, ...]
    """Hours, hours at the customer's, installation, callout, examination, ..."""


class Job:
    """One job while it is made up; `Writer.finish` turns it into rows."""

    __slots__ = (
        "contacts", "created_at", "created_by", "customer", "device", "done_at", "end_at", "found", "id", "in_tasks",
        "kind", "last_at", "number", "priority", "promised_at", "responsible", "start_at", "status", "subject",
        "told", "total", "version", "words",
    )  # fmt: skip

    def __init__(self, kind: Kind, subject: str, start_at: int, created_at: int, created_by: int) -> None:
        self.id = self.number = 0
        self.kind = kind
        self.subject = subject
        self.told = self.found = ""
        self.start_at = start_at
        self.end_at = start_at + kind.minutes * 60
        self.promised_at: int | None = None
        self.done_at: int | None = None
        self.created_at = self.last_at = created_at
        self.created_by = created_by
        self.status: Status
        self.priority = 0
        self.responsible: int | None = None
        self.customer: Customer | None = None
        self.device: Owned | None = None
        self.contacts: list[tuple[int, str, str]] = []
        """Linked contacts but the customer: id, name, role."""
        self.in_tasks = False
        self.total = 0
        self.version = 1
        self.words: set[str] = set()


Line = tuple[PartRow, int, int | None, str, str]
"""What, planned, used, payer, state of the part."""


class Writer:
    """Gathers the rows of jobs and writes them in batches; every act of a job goes into the history."""

    def __init__(self, bulk: Bulk, dice: Dice, calendar: Calendar, first_number: int) -> None:
        self._bulk, self._dice, self._calendar = bulk, dice, calendar
        self._history = History(bulk)
        self.shelves = Shelves(bulk, Dice("parts"), calendar, first_number - 1)
        self._id = bulk.next_id(ACTIVITY)
        self._number = first_number
        self._next = {table: bulk.next_id(table) for table in (ACTIVITY_LINK, ACTIVITY_LINE, ACTIVITY_NOTE)}
        self._jobs: list[tuple[object, ...]] = []
        self._links: list[tuple[object, ...]] = []
        self._lines: list[tuple[object, ...]] = []
        self._notes: list[tuple[object, ...]] = []
        self._words: list[tuple[int, set[str]]] = []

    # -- acts --------------------------------------------------------------------------------------------------

    def register(self, job: Job, note: str) -> None:
        """The job is written down: number, image in the history, links and the first note."""
        job.id, job.number = self._id, self._number
        self._id += 1
        self._number += 1
        changed: list[ChangedRow] = [("activity", job.id, "", None, _image(job))]
        if job.customer is not None:
            persons = job.customer.persons
            person = self._dice.pick(persons) if persons and self._dice.chance(0.7) else None
            self._link(job, changed, job.customer.id, job.customer.name, "customer", person)
        for contact, name, role in job.contacts:
            self._link(job, changed, contact, name, role, None)
        if note:
            self._note(job, changed, job.created_at, job.created_by, note)
        self._history.add((job.created_at, job.created_by, "activity.save", job.id, changed))

    def act(
        self,
        job: Job,
        minute: int,
        actor: int,
        act: str,
        *,
        status: Status | None = None,
        responsible: int | None = None,
        promised_at: int | None = None,
        found: str = "",
        lines: tuple[Line, ...] = (),
        note: str = "",
    ) -> None:
        """Something happens to the job at a minute of work, or at the last one that is over."""
        calendar, dice = self._calendar, self._dice
        at = max(calendar.at(min(minute, calendar.limit)) + dice.whole(0, 59), job.last_at + dice.whole(20, 59))
        changed: list[ChangedRow] = []
        if status is not None and status is not job.status:
            was, job_status = job.status, status
            changed.append(("activity", job.id, "status", str(was.id), str(job_status.id)))
            if (was.stage is Stage.DONE) != (status.stage is Stage.DONE):
                done_at = at if status.stage is Stage.DONE else None
                changed.append(("activity", job.id, "done_at", json.dumps(job.done_at), json.dumps(done_at)))
                job.done_at = done_at
            job.status = status
        if responsible is not None and responsible != job.responsible:
            changed.append(("activity", job.id, "responsible", json.dumps(job.responsible), str(responsible)))
            job.responsible = responsible
        if promised_at is not None and promised_at != job.promised_at:
            changed.append(("activity", job.id, "promised_at", json.dumps(job.promised_at), str(promised_at)))
            job.promised_at = promised_at
        if found and found != job.found:
            changed.append(("activity", job.id, "fault_found", _ascii(job.found), _ascii(found)))
            job.found = found
        for position, line in enumerate(lines):
            self._line(job, changed, position, line, at)
        if note:
            self._note(job, changed, at, actor, note)
        if changed:
            job.last_at = at
            job.version += 1
            self._history.add((at, actor, act, job.id, changed))

    # -- what hangs on a job -----------------------------------------------------------------------------------

    def _link(
        self, job: Job, changed: list[ChangedRow], contact: int, name: str, role: str, person: tuple[int, str] | None
    ) -> None:
        row_id = self._taken(ACTIVITY_LINK)
        person_id = person[0] if person else None
        self._links.append((row_id, job.id, contact, person_id, role))
        image = f'{{"activity": {job.id}, "contact": {contact}, "person": {_number(person_id)}, "role": "{role}"}}'
        changed.append(("activity_link", row_id, "", None, image))
        job.words.update(words_of(name), words_of(person[1]) if person else ())

    def _line(self, job: Job, changed: list[ChangedRow], position: int, line: Line, at: int) -> None:
        part, planned, used, payer, state = line
        row_id = self._taken(ACTIVITY_LINE)
        quantities = Quantities(part, planned, used, state)
        self.shelves.needs(job.id, row_id, part, quantities, at)
        self._lines.append((
            row_id, job.id, position, part.kind, part.id, part.code, part.name, part.unit, planned, used, part.price,
            payer, str(quantities.state), quantities.reserved, quantities.came,
        ))  # fmt: skip
        job.total += line_total(planned if used is None else used, part.price)
        job.words.update(words_of(part.code), words_of(part.name))
        image = (
            f'{{"position": {position}, "kind": "{part.kind}", "product": {part.id}, "code": {_text(part.code)},'
            f' "text": {_text(part.name)}, "unit": {_text(part.unit)}, "planned": {planned},'
            f' "used": {_number(used)}, "price": {part.price}, "discount": 0, "payer": "{payer}",'
            f' "reserved": {quantities.reserved}, "came": {quantities.came}, "activity": {job.id}}}'
        )
        changed.append(("activity_line", row_id, "", None, image))

    def _note(self, job: Job, changed: list[ChangedRow], at: int, author: int, text: str) -> None:
        row_id = self._taken(ACTIVITY_NOTE)
        self._notes.append((row_id, job.id, at, author, text))
        job.words.update(words_of(text))
        image = f'{{"activity": {job.id}, "at": {at}, "author": {author}, "text": {_text(text)}, "stamped": true}}'
        changed.append(("activity_note", row_id, "", None, image))

    def _taken(self, table: Described) -> int:
        row_id = self._next[table]
        self._next[table] += 1
        return row_id

    # -- writing -----------------------------------------------------------------------------------------------

    def finish(self, job: Job, brand: str, model: str) -> None:
        """Nothing more happens to the job."""
        customer, device = job.customer, job.device
        self._jobs.append((
            job.id, job.number, job.subject, job.start_at, job.end_at, job.promised_at, job.done_at, job.kind.id,
            job.status.id, int(job.status.stage), job.priority, job.responsible, customer.id if customer else None,
            device.id if device else None, job.told, job.found, job.in_tasks, job.total, job.created_at,
            job.created_by, job.last_at, job.version, *self.shelves.told_of(job.id),
        ))  # fmt: skip
        found = job.words
        found.add(str(job.number))
        found.update(words_of(job.subject), words_of(job.told), words_of(job.found))
        if customer is not None:
            found.update(words_of(customer.name))
            found.add(str(customer.number))
        if device is not None:
            found.update(words_of(brand), words_of(model), words(device.serial))
        self._words.append((job.id, found))

    @property
    def gathered(self) -> int:
        """How many jobs wait to be written."""
        return len(self._jobs)

    def write(self, before: int) -> None:
        """Write what has gathered, and the history of the days that ended before this time."""
        self._bulk.write(ACTIVITY, _ACTIVITY, self._jobs)
        self._bulk.write(ACTIVITY_LINK, _LINK, self._links)
        self._bulk.write(ACTIVITY_LINE, _LINE, self._lines)
        self._bulk.write(ACTIVITY_NOTE, _NOTE, self._notes)
        self._bulk.write_words("activity_search", self._words)
        for rows in (self._jobs, self._links, self._lines, self._notes, self._words):
            rows.clear()
        self._bulk.raise_counter("activity", self._number - 1)
        self._history.write_before(before)


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)


@lru_cache(maxsize=20_000)
def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@lru_cache(maxsize=5_000)
def _ascii(text: str) -> str:
    return json.dumps(text)


_EMPTY = [
    (name, '""' if name in TEXTS else "false" if name in FLAGS else "null")
    for name in HEADER[HEADER.index("device") + 1 :]
]
_BEGUN = {"fault_told": "%(told)s", "in_task_list": "%(tasks)s"}
_LAST = ", ".join(f'"{name}": {_BEGUN.get(name, empty)}' for name, empty in _EMPTY)
"""The fields of a job behind its device; a job of the demo shop begins with few of them."""


def _image(job: Job) -> str:
    """The job as `Changes.insert` notes a new row: every field but the derived ones."""
    return (
        f'{{"subject": {_text(job.subject)}, "start_at": {job.start_at}, "end_at": {job.end_at},'
        f' "promised_at": {_number(job.promised_at)}, "type": {job.kind.id}, "status": {job.status.id},'
        f' "priority": {job.priority}, "responsible": {_number(job.responsible)},'
        f' "customer": {_number(job.customer.id if job.customer else None)},'
        f' "device": {_number(job.device.id if job.device else None)},'
        f" {_LAST % {'told': _text(job.told), 'tasks': 'true' if job.in_tasks else 'false'}},"
        f' "number": {job.number},'
        f' "created_at": {job.created_at}, "created_by": {job.created_by}, "done_at": {_number(job.done_at)}}}'
    )
