"""What happens in the demo shop: repairs and customers' questions, from the counter to collection."""

from __future__ import annotations

from collections.abc import Iterator

from svc_tui.domain.records import Stage
from svc_tui.domain.transfer.shipped import DemoWords, Fault
from svc_tui.services.demo.demo_hours import specialists
from svc_tui.services.demo.demo_jobs import Job, Kind, Line, Registers, Status, Writer
from svc_tui.services.demo.demo_people import Customer, Customers, Dice, Owned, PartRow
from svc_tui.services.demo.demo_time import WORKDAY, Calendar

JOBS_A_BATCH = 5_000

_CASES = 0.14
_LAGS = (0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5)
"""Workdays from a job's registration to its start."""
_STILL_OPEN = ((0, 1.0), (2, 0.6), (5, 0.4), (10, 0.25), (20, 0.1), (60, 0.025), (999_999, 0.002))
"""The share of jobs that are open so many workdays after their start."""
_QUESTION_OPEN = ((0, 0.7), (2, 0.35), (5, 0.15), (20, 0.04), (999_999, 0.001))
_CANCELLED = 0.04
_NO_WAIT = 0.7
_PRIORITIES = ("normal",) * 16 + ("high",) * 2 + ("urgent", "low")
_PROMISED_ANEW = 0.6
_PROMISED_IN = (0, 0, 1, 1, 1, 2, 2, 3, 4)
"""Workdays from today on."""
_PROMISED_AT = (180, 240, 480, 480)
"""Minutes of the day: at eleven, at noon, at four."""
_LONGER = 2
"""What is still open is what takes long: so many times the usual hours are planned for it."""
_WAITS = ("waiting_customer", "waiting_approval", "waiting_supplier")


class Stories:
    """Tells jobs one by one in the order of their registration."""

    def __init__(
        self,
        writer: Writer,
        dice: Dice,
        calendar: Calendar,
        demo: DemoWords,
        registers: Registers,
        customers: Customers,
    ) -> None:
        self._writer, self._dice, self._calendar = writer, dice, calendar
        self._demo, self._registers, self._customers = demo, registers, customers
        self._faults = [
            [
                fault
                for fault in demo.faults
                if model.thing in fault.things and model.brand in (fault.brands or (model.brand,))
            ]
            for model in demo.devices
        ]
        self._technicians = specialists(sorted(demo.kinds), registers.staff.technicians)

    def tell(self, count: int) -> Iterator[int]:
        """Make `count` jobs; gives how many there are after each batch."""
        made = 0
        for day, share in enumerate(self._calendar.shares(count, self._dice)):
            for second in sorted(self._dice.whole(0, WORKDAY * 60 - 1) for _ in range(share)):
                self._one(day * WORKDAY + second // 60, second % 60)
                made += 1
                if self._writer.gathered >= JOBS_A_BATCH:
                    self._writer.write(self._calendar.at(day * WORKDAY))
                    yield made
        self._writer.write(self._calendar.midnight + 2 * 86_400)
        yield made

    def _one(self, minute: int, second: int) -> None:
        dice = self._dice
        customer = self._customers.pick()
        if not customer.devices or dice.chance(_CASES):
            self._question(customer, minute, second)
            return
        device = dice.pick(customer.devices)
        faults = self._faults[device.model]
        if faults:
            self._repair(customer, device, dice.pick(faults), minute, second)
        else:
            self._question(customer, minute, second)

    # -- the customer list -------------------------------------------------------------------------------------

    def _question(self, customer: Customer, minute: int, second: int) -> None:
        dice, registers = self._dice, self._registers
        case = dice.pick(self._demo.customer_cases)
        kind = registers.kinds[case.type]
        clerk = dice.pick(registers.staff.counter)
        at = self._calendar.at(minute)
        job = Job(kind, case.subject, at, at + second, clerk)
        job.priority = registers.priorities[dice.pick(_PRIORITIES)]
        job.customer = customer if kind.customer_required or dice.chance(0.85) else None
        job.status = registers.statuses["unprocessed"]
        job.responsible = clerk if kind.responsible_required or dice.chance(0.6) else None
        answered = registers.statuses[dice.pick(("answered", "answered", "done"))]
        age = self._calendar.today - minute // WORKDAY
        is_open = dice.chance(_share(_QUESTION_OPEN, age))
        if not is_open and dice.chance(0.35):
            job.status, job.responsible, job.done_at = answered, clerk, job.created_at
            self._writer.register(job, f"{case.note}\n{case.answer}")
        else:
            self._writer.register(job, case.note)
            self._follow_up(job, minute, is_open, answered, case.answer)
        self._writer.finish(job, "", "")

    def _follow_up(self, job: Job, minute: int, is_open: bool, answered: Status, answer: str) -> None:
        dice, writer, staff = self._dice, self._writer, self._registers.staff
        if is_open and dice.chance(0.55):
            return
        actor = job.responsible or dice.pick((*staff.counter, *staff.leaders))
        later = minute + dice.whole(5, WORKDAY)
        if is_open:
            status = self._registers.statuses[dice.pick(("waiting_customer", "waiting_supplier", "in_progress"))]
            writer.act(job, later, actor, "activity.save", status=status, responsible=actor, note=self._sentence(0.5))
            return
        writer.act(job, later, actor, "activity.save", status=answered, responsible=actor, note=answer)

    # -- the product list --------------------------------------------------------------------------------------

    def _repair(self, customer: Customer, device: Owned, fault: Fault, minute: int, second: int) -> None:
        dice, registers, writer = self._dice, self._registers, self._writer
        key = self._kind_of(fault)
        kind = registers.kinds[key]
        model = self._demo.devices[device.model]
        clerk = dice.pick(registers.staff.counter)
        technician = dice.pick(self._technicians[fault.kind])
        start = self._start(minute)
        job = Job(kind, fault.subject, self._calendar.at(start), self._calendar.at(minute) + second, clerk)
        job.told, job.customer, job.device = fault.told, customer, device
        job.priority = registers.priorities[dice.pick(_PRIORITIES)]
        job.status = registers.statuses["unprocessed"]
        job.in_tasks = dice.chance(0.1)
        job.promised_at = self._promised(start, kind)
        job.responsible = (
            technician if kind.responsible_required else dice.pick((technician, technician, None, None, None, clerk))
        )
        if key == "warranty":
            job.contacts.append((*registers.suppliers["warranty"], "supplier"))
        elif dice.chance(0.12):
            job.contacts.append((*registers.suppliers[fault.kind], "supplier"))
        writer.register(job, self._sentence(0.5))
        self._work(job, key, fault, technician, minute, start)
        writer.finish(job, model.brand, model.model)

    def _kind_of(self, fault: Fault) -> str:
        chance = self._dice.random()
        if chance < 0.07:
            return "warranty"
        if chance < 0.10:
            return "estimate"
        return "installation" if chance < 0.13 and fault.kind in ("tv", "audio") else fault.kind

    def _start(self, minute: int) -> int:
        """When the job is to be begun: a quarter of an hour from eight to four, at most a week ahead."""
        dice = self._dice
        lag = dice.pick(_LAGS)
        day = minute // WORKDAY + lag
        quarter = dice.whole(0, 32) * 15
        if lag == 0:
            quarter = -(-(minute % WORKDAY) // 15) * 15 + dice.whole(0, 3) * 15
            if quarter > 480:
                day, quarter = day + 1, dice.whole(0, 8) * 15
        return min(day, self._calendar.last) * WORKDAY + quarter

    def _promised(self, start: int, kind: Kind) -> int | None:
        if self._dice.chance(0.55):
            return None
        day = min(start // WORKDAY + self._dice.pick((1, 1, 2, 3, 4)), self._calendar.last)
        return max(self._calendar.at(day * WORKDAY + 480), self._calendar.at(start) + kind.minutes * 60)

    def _work(self, job: Job, key: str, fault: Fault, technician: int, minute: int, start: int) -> None:
        """From the counter to the bench: who takes it, and how far it has come."""
        dice, staff, statuses = self._dice, self._registers.staff, self._registers.statuses
        age = self._calendar.today - start // WORKDAY
        stage = self._stage(age)
        if stage is Stage.CANCELLED:
            clerk, later, why = dice.pick(staff.counter), minute + dice.whole(30, 1500), self._sentence(0.3)
            act = "activity.save" if why else "activity.status"  # a note beside the status is written on the sheet
            self._writer.act(job, later, clerk, act, status=statuses["cancelled"], note=why)
            return
        if stage is not Stage.READY or (job.responsible is None and dice.chance(0.15)):
            leader = dice.pick((*staff.leaders, *staff.counter))
            given = minute + dice.whole(3, max(4, min(start - minute, WORKDAY)))
            self._writer.act(job, given, leader, "activity.reassign", responsible=technician)
        begun = start + dice.whole(-5, 40) if age > 0 else minute + dice.whole(20, 90)
        payer = "supplier" if key == "warranty" else "customer"
        if stage is Stage.WORKING:
            lines = self._lines(fault, key, payer, "arrived", used=False)
            self._writer.act(job, begun, technician, "activity.save", status=statuses["in_progress"], lines=lines)
        elif stage is Stage.WAITING:
            self._wait(job, fault, key, payer, technician, begun)
        elif stage is Stage.DONE:
            self._complete(job, fault, key, payer, technician, begun)
        elif age > 0 and fault.parts and dice.chance(0.4):
            self._parts_came(job, fault, key, payer, technician, begun)
        if stage in (Stage.READY, Stage.WORKING, Stage.WAITING):
            self._promise_anew(job, minute)

    def _promise_anew(self, job: Job, minute: int) -> None:
        """The customer of a job that is still open asks, and is promised a day: what is planned lies ahead too."""
        dice, calendar = self._dice, self._calendar
        if not dice.chance(_PROMISED_ANEW):
            return
        day = min(calendar.today + dice.pick(_PROMISED_IN), calendar.last)
        asked = max(calendar.limit - dice.whole(0, 3 * WORKDAY), minute)
        self._writer.act(
            job, asked, dice.pick(self._registers.staff.counter), "activity.save",
            promised_at=calendar.at(day * WORKDAY + dice.pick(_PROMISED_AT)),
        )  # fmt: skip

    def _stage(self, age: int) -> Stage:
        dice = self._dice
        if not dice.chance(_share(_STILL_OPEN, age)):
            return Stage.CANCELLED if dice.chance(_CANCELLED) else Stage.DONE
        if age < 0:
            return dice.pick((Stage.READY, Stage.READY, Stage.READY, Stage.WAITING))
        if age == 0:
            return dice.pick((Stage.READY, Stage.READY, Stage.READY, Stage.WAITING, Stage.WORKING))
        return dice.pick((Stage.READY, Stage.READY, Stage.WAITING, Stage.WAITING, Stage.WORKING))

    def _wait(self, job: Job, fault: Fault, key: str, payer: str, technician: int, begun: int) -> None:
        dice = self._dice
        status, state = "waiting_parts", dice.pick(("needed", "ordered", "ordered"))
        if not fault.parts or dice.chance(0.4):
            status, state = ("waiting_approval" if key == "estimate" else dice.pick(_WAITS)), "needed"
        self._writer.act(
            job, begun, technician, "activity.save", status=self._registers.statuses[status], found=fault.found,
            lines=self._lines(fault, key, payer, state, used=False), note=self._sentence(0.6),
        )  # fmt: skip

    def _parts_came(self, job: Job, fault: Fault, key: str, payer: str, technician: int, begun: int) -> None:
        """It waited for parts; they came, and it is ready to be worked on again."""
        dice, statuses, staff = self._dice, self._registers.statuses, self._registers.staff
        waiting = statuses["waiting_parts"]
        self._writer.act(job, begun, technician, "activity.save", status=waiting, found=fault.found)
        self._writer.act(
            job, begun + dice.whole(1, 5) * WORKDAY, dice.pick(staff.counter), "activity.save",
            status=statuses["unprocessed"], responsible=technician,
            lines=self._lines(fault, key, payer, "arrived", used=False),
        )  # fmt: skip

    def _complete(self, job: Job, fault: Fault, key: str, payer: str, technician: int, begun: int) -> None:
        dice, statuses, staff, writer = self._dice, self._registers.statuses, self._registers.staff, self._writer
        now = begun
        if dice.chance(_NO_WAIT):
            writer.act(job, now, technician, "activity.status", status=statuses["in_progress"])
        if fault.parts and dice.chance(0.35) and now + 8 * WORKDAY < self._calendar.limit:
            now += dice.whole(10, 60)
            waiting = statuses["waiting_parts"]
            writer.act(
                job, now, technician, "activity.save", status=waiting, found=fault.found, note=self._sentence(0.3)
            )
            now += dice.whole(WORKDAY, 7 * WORKDAY)
            clerk = dice.pick(staff.counter)
            writer.act(job, now, clerk, "activity.status", status=statuses["unprocessed"])
            now += dice.whole(30, WORKDAY)
            writer.act(job, now, technician, "activity.status", status=statuses["in_progress"])
        now += dice.whole(20, 60) + fault.hours * 60 // 1000
        ends = statuses[dice.pick(("done", "done", "done", "ready_for_collection", "ready_for_collection", "sent_out"))]
        writer.act(
            job, now, technician, "activity.save", status=ends, found=fault.found,
            lines=self._lines(fault, key, payer, "used", used=True), note=fault.remedy,
        )  # fmt: skip
        now += dice.whole(WORKDAY, 6 * WORKDAY)
        if ends is statuses["ready_for_collection"] and now < self._calendar.limit:
            clerk = dice.pick(staff.counter)
            writer.act(job, now, clerk, "activity.done", status=statuses["done"])

    def _lines(self, fault: Fault, key: str, payer: str, state: str, *, used: bool) -> tuple[Line, ...]:
        """The parts of the fault, the hours, and a callout for what is too heavy to carry."""
        dice, registers = self._dice, self._registers
        lines: list[Line] = []
        for code in fault.parts:
            part = registers.parts[code]
            planned = 1000 if part.price > 1000 else dice.whole(3, 15) * 1000
            lines.append((part, planned, planned if used else None, payer, state))
        hours, callout = self._service(fault, key)
        worked = max(250, fault.hours + dice.pick((-250, 0, 0, 250)))
        lines.append((hours, fault.hours if used else fault.hours * _LONGER, worked if used else None, payer, ""))
        if callout is not None:
            lines.append((callout, 1000, 1000 if used else None, payer, ""))
        return tuple(lines)

    def _service(self, fault: Fault, key: str) -> tuple[PartRow, PartRow | None]:
        hours, on_site, installing, callout, examination, *_ = self._registers.services
        if key == "installation":
            return installing, callout
        if key == "estimate":
            return hours, examination
        if fault.kind == "appliance" and self._dice.chance(0.6):
            return on_site, callout
        return hours, None

    def _sentence(self, share: float) -> str:
        return self._dice.pick(self._demo.note_sentences) if self._dice.chance(share) else ""


def _share(shares: tuple[tuple[int, float], ...], age: int) -> float:
    return next(share for most, share in shares if age <= most)
