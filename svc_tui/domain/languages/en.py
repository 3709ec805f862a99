"""English."""

from __future__ import annotations

from svc_tui.domain.languages import Language

LANGUAGE = Language(
    own_name="English",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    near={"t": 0, "today": 0, "tomorrow": 1, "yesterday": -1},
    week=("week", "w"),
    at=("at",),
    decimal_mark=".",
    group_mark=",",
    hours=("hour", "hours", "hrs", "hr", "h"),
    minutes=("minute", "minutes", "min", "mins"),
    pieces=("pcs", "pc", "pieces?", "ea"),
    fields={
        "status": "status", "stage": "stage", "type": "type", "responsible": "responsible", "customer": "customer",
        "start": "start", "promised": "promised", "number": "number nr", "serial": "serial",
        "priority": "priority prio", "list": "list", "end": "end", "changed": "changed",
        "created": "created registered",
        "creator": "creator createdby", "device": "device", "part": "part", "project": "project", "late": "late",
        "status-since": "status-since since", "untouched": "untouched",
        "view": "view v", "finished": "finished", "model": "model", "product": "product", "linked": "linked",
        "part-state": "part-state partstate",
        "billing": "billing", "expected": "expected", "order": "order purchase",
        "phone": "phone tlf", "email": "email mail", "vat": "vat", "city": "city town", "kind": "kind",
        "retired": "retired", "brand": "brand", "owner": "owner", "shelf": "shelf", "warranty": "warranty",
        "code": "code", "ean": "ean", "group": "group", "supplier": "supplier",
    },
    kinds={
        "customer": "customer", "supplier": "supplier", "company": "company", "person": "person", "part": "part",
        "resource": "resource", "hours": "hours", "text": "text",
    },
    billings={
        "tobill": "tobill", "ordered": "ordered", "invoiced": "invoiced", "credited": "credited",
    },
    part_states={
        "needed": "needed", "ordered": "ordered", "arrived": "arrived", "reserved": "reserved", "used": "used",
    },
    stages={
        "ready": "ready", "waiting": "waiting", "working": "working", "done": "done", "cancelled": "cancelled",
        "open": "open",
    },
    yes="yes",
    no="no",
    none="none",
    every="all",
    me="me",
    job_fields={
        "subject": "subject", "fault_told": "fault", "fault_found": "found", "user_field1": "field1",
        "user_field2": "field2", "in_task_list": "tasklist", "ceiling": "ceiling", "note": "note",
    },
    company_fields={
        "name": "name", "address": "address", "phone": "phone", "email": "email", "vat_number": "vat",
        "country_code": "country", "currency": "currency", "time_zone": "timezone", "language": "language",
        "opens": "opens", "closes": "closes", "hours": "hours",
        "default_duration": "duration", "repair_warranty_days": "warranty",
        "reserve_at_save": "reserve", "cost_follows": "cost",
        "intake_terms": "intake",
        "done_end_rule": "end", "user_field1_name": "field1", "user_field2_name": "field2",
    },
    done_rules={"never": "never", "always": "always", "tasklist": "tasklist"},
)  # fmt: skip
