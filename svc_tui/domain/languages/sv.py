"""Swedish."""

from __future__ import annotations

from svc_tui.domain.languages import Language

LANGUAGE = Language(
    own_name="Svenska",
    weekdays=("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    months=(
        *("januari", "februari", "mars", "april", "maj", "juni"),
        *("juli", "augusti", "september", "oktober", "november", "december"),
    ),
    near={"idag": 0, "d": 0, "imorgon": 1, "igår": -1, "iövermorgon": 2, "övermorgon": 2, "iförrgår": -2},
    week=("vecka", "v"),
    at=("kl", "klockan"),
    decimal_mark=",",
    group_mark=" ",
    letters={"{": "Åå", "|": "ÄäÆæ", "}": "ÖöØøŐő", "y": "ÜüŰű"},
    hours=("timme", "timmar", "tim"),
    minutes=("minut", "minuter", "min"),
    pieces=("st", "stycken"),
    fields={
        "status": "status", "stage": "fas", "type": "typ", "responsible": "ansvarig", "customer": "kund",
        "start": "start", "promised": "lovat", "number": "nummer nr", "serial": "serienummer serienr",
        "priority": "prioritet", "list": "lista", "end": "slut", "changed": "ändrad", "created": "skapad registrerad",
        "creator": "skapare", "device": "apparat", "part": "del", "project": "projekt", "late": "försenad",
        "status-since": "status-sedan sedan", "untouched": "orörd",
        "view": "vy", "finished": "avslutad", "model": "modell", "product": "vara", "linked": "kopplad",
        "part-state": "delstatus",
        "billing": "fakturering", "expected": "kommer", "order": "inköp order",
        "phone": "telefon tfn", "email": "epost", "vat": "orgnr", "city": "ort", "kind": "slag",
        "retired": "inaktiv utgått", "brand": "märke", "owner": "ägare", "shelf": "hylla", "warranty": "garanti",
        "code": "kod artikelnummer", "ean": "ean", "group": "grupp", "supplier": "leverantör",
    },
    kinds={
        "customer": "kund", "supplier": "leverantör", "company": "företag", "person": "person", "part": "del",
        "resource": "resurs", "hours": "timmar", "text": "text",
    },
    billings={
        "tobill": "attfakturera saknas", "ordered": "order", "invoiced": "fakturerad", "credited": "krediterad",
    },
    part_states={
        "needed": "saknas", "ordered": "beställd", "arrived": "ankommen", "reserved": "reserverad", "used": "använd",
    },
    stages={
        "ready": "redo", "waiting": "väntar", "working": "arbetar", "done": "klar", "cancelled": "avbruten",
        "open": "öppen",
    },
    yes="ja",
    no="nej",
    none="ingen",
    every="alla",
    me="mig",
    job_fields={
        "subject": "ärende", "fault_told": "fel", "fault_found": "hittat", "user_field1": "fält1",
        "user_field2": "fält2", "in_task_list": "uppgiftslista", "ceiling": "pristak", "note": "notering",
    },
    company_fields={
        "name": "namn", "address": "adress", "phone": "telefon", "email": "epost", "vat_number": "orgnr",
        "country_code": "land", "currency": "valuta", "time_zone": "tidszon", "language": "språk",
        "opens": "öppnar", "closes": "stänger", "hours": "öppettider",
        "default_duration": "längd", "repair_warranty_days": "garanti",
        "reserve_at_save": "reservera", "cost_follows": "inköpspris",
        "intake_terms": "inlämning",
        "done_end_rule": "slut", "user_field1_name": "fält1", "user_field2_name": "fält2",
    },
    done_rules={"never": "aldrig", "always": "alltid", "tasklist": "uppgiftslista"},
)  # fmt: skip
