"""The jobs, and what hangs on them: contacts, lines and notes; see `table.py`."""

from __future__ import annotations

from peewee import (
    SQL,
    BigIntegerField,
    BooleanField,
    CharField,
    ForeignKeyField,
    Index,
    IntegerField,
    SmallIntegerField,
    TextField,
)

from svc_tui.db.core.people_models import Contact, ContactPerson, Device, Product
from svc_tui.db.core.shop_models import ActivityStatus, ActivityType, Employee, Priority
from svc_tui.db.core.table import Table

_FILTERED_BY = ("type", "status", "responsible", "priority")
_SORTED_BY = ("number", "end_at", "promised_at", "changed_at")


def _wide(*key: str, also: tuple[str, ...] = ()) -> tuple[tuple[str, ...], bool]:
    """An index that also holds what filters ask for."""
    return (*key, *(name for name in _FILTERED_BY if name not in key), *also), False


class Activity(Table):
    """One service job or case. Derived: `stage`, `total`, what is told of its parts, and of its spans what stands
    behind `changed_at`."""

    number = BigIntegerField(unique=True)
    subject = TextField(default="")
    start_at = BigIntegerField()
    end_at = BigIntegerField(null=True)
    promised_at = BigIntegerField(null=True)
    done_at = BigIntegerField(null=True)
    type = ForeignKeyField(ActivityType, null=True, index=False)
    status = ForeignKeyField(ActivityStatus, null=True, index=False)
    stage = SmallIntegerField(default=0)
    priority = ForeignKeyField(Priority, null=True, index=False)
    responsible = ForeignKeyField(Employee, null=True, index=False)
    customer = ForeignKeyField(Contact, null=True, index=False)
    device = ForeignKeyField(Device, null=True, index=False)
    project = TextField(default="")
    project_key = TextField(default="")
    fault_told = TextField(default="")
    fault_found = TextField(default="")
    user_field1 = TextField(default="")
    user_field2 = TextField(default="")
    in_task_list = BooleanField(default=False)
    ceiling = BigIntegerField(null=True)
    total = BigIntegerField(default=0)
    part_state = CharField(10, default="")
    parts_here = SmallIntegerField(default=0)
    parts_all = SmallIntegerField(default=0)
    parts_due = BigIntegerField(null=True)
    created_at = BigIntegerField()
    created_by = ForeignKeyField(Employee, null=True, index=False)
    changed_at = BigIntegerField()
    status_since = BigIntegerField(default=0)
    promised_set_at = BigIntegerField(null=True)
    touched_at = BigIntegerField(default=0)
    first_done_at = BigIntegerField(null=True)
    turnaround = BigIntegerField(null=True)
    late_at = BigIntegerField(null=True)
    late_by = SmallIntegerField(default=0)
    work_left = BigIntegerField(default=0)
    waited = BigIntegerField(default=0)
    hours = BigIntegerField(default=0)
    billing = CharField(10, default="")
    version = IntegerField(default=1)

    class Meta:
        # Pages are read by key, never by offset: an index for every order, and one for every standing filter in the
        # order of the start. They carry what filters ask for, those of start and status also what is sorted by.
        indexes = (
            _wide("start_at", "id", also=_SORTED_BY),
            _wide("status", "start_at", "id", also=_SORTED_BY),
            _wide("type", "start_at", "id"),
            _wide("responsible", "start_at", "id"),
            _wide("responsible", "status", "start_at", "id"),
            _wide("priority", "start_at", "id"),
            _wide("customer", "start_at", "id"),
            _wide("promised_at", "id", also=("start_at",)),
            _wide("late_at", "id", also=("start_at",)),
            _wide("changed_at", "id", also=("start_at",)),
            _wide("created_at", "id", also=("stage", "customer", "device")),
            (("device", "start_at", "id"), False),
            (("created_by", "start_at", "id"), False),
        )


# Their expressions are in the migrations 0002, 0006 and 0012 and in `ordering`.
Activity.add_index(Index("activity_by_project", Activity, (Activity.project_key,), where=SQL("project_key <> ''")))
Activity.add_index(
    Index(
        "activity_by_parts", Activity, (Activity.part_state, Activity.start_at, Activity.id),
        where=SQL("part_state <> ''"),
    )
)  # fmt: skip
Activity.add_index(
    Index("activity_by_parts_due", Activity, (Activity.parts_due, Activity.id), where=SQL("parts_due IS NOT NULL"))
)
Activity.add_index(
    Index(
        "activity_open", Activity,
        (Activity.responsible, Activity.late_at, Activity.id, Activity.stage, Activity.work_left, Activity.status,
         Activity.type, Activity.priority, Activity.created_at, Activity.touched_at, Activity.late_by,
         Activity.status_since),
        where=SQL("stage IN (0, 1, 2, 3)"),
    )
)  # fmt: skip
Activity.add_index(
    Index(
        "activity_finished", Activity,
        (Activity.first_done_at, Activity.type, Activity.status, Activity.responsible, Activity.priority,
         Activity.customer, Activity.device, Activity.turnaround, Activity.waited, Activity.hours, Activity.created_at,
         Activity.id),
        where=SQL("first_done_at IS NOT NULL"),
    )
)  # fmt: skip
Activity.add_index(
    Index("activity_by_billing", Activity, (Activity.billing, Activity.start_at, Activity.id),
          where=SQL("billing <> ''"))
)  # fmt: skip
for _name in ("activity_by_subject", "activity_by_end"):
    Activity.add_index(Index(_name, Activity, (SQL(_name.removeprefix("activity_by_")), Activity.id)))


class ActivityLink(Table):
    """An activity and a contact (and person) with a role: customer, supplier, payer, other."""

    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    contact = ForeignKeyField(Contact)
    person = ForeignKeyField(ContactPerson, null=True)
    role = CharField(10)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("activity", "contact", "role"), True), (("contact", "activity"), False))


class ActivityLine(Table):
    """A row of the Product tab. `transferred`, what of it is on service orders, is derived; such a line is locked.

    Of a part `reserved` pieces are here for it, of which (or of those used) `came` were brought for it; `state` is
    derived (`domain/stock/part_states.py`).
    """

    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    position = IntegerField()
    kind = CharField(10)
    product = ForeignKeyField(Product, null=True)
    code = TextField(default="")
    text = TextField(default="")
    unit = TextField(default="")
    planned = BigIntegerField(default=1000)
    used = BigIntegerField(null=True)
    price = BigIntegerField(default=0)
    discount = IntegerField(default=0)
    payer = CharField(10, default="customer")
    reserved = BigIntegerField(default=0)
    came = BigIntegerField(default=0)
    state = CharField(10, default="")
    transferred = BigIntegerField(default=0)
    words_key = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("product", "activity"), False),)


ActivityLine.add_index(
    Index(
        "activity_line_open", ActivityLine, (ActivityLine.product, ActivityLine.id),
        where=SQL("state <> '' AND state <> 'used'"),
    )
)  # fmt: skip


class ActivityNote(Table):
    """An entry of the note: rows are added, never changed, so that two people cannot overwrite each other."""

    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    at = BigIntegerField()
    author = ForeignKeyField(Employee, null=True, index=False)
    text = TextField()
    stamped = BooleanField(default=True)


class JobApproval(Table):
    """The customer agreed that a job comes to more: `up_to` minor units with VAT, said by `who`, by phone, mail or at
    the counter (`way`). Rows are added, never changed."""

    activity = ForeignKeyField(Activity, on_delete="CASCADE")
    at = BigIntegerField()
    author = ForeignKeyField(Employee, null=True, index=False)
    up_to = BigIntegerField()
    who = TextField(default="")
    way = CharField(10)
