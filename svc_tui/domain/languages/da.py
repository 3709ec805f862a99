"""Danish."""

from __future__ import annotations

from svc_tui.domain.languages import Language

LANGUAGE = Language(
    own_name="Dansk",
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    months=(
        *("januar", "februar", "marts", "april", "maj", "juni"),
        *("juli", "august", "september", "oktober", "november", "december"),
    ),
    near={"idag": 0, "d": 0, "imorgen": 1, "igår": -1, "iovermorgen": 2, "overmorgen": 2, "iforgårs": -2},
    week=("uge", "u"),
    at=("kl", "klokken"),
    day_mark=".",
    decimal_mark=",",
    group_mark=".",
    letters={"{": "ÆæÄä", "|": "ØøÖöŐő", "}": "Åå", "y": "ÜüŰű"},
    pairs=(("aa", "}"),),
    hours=("time", "timer", "timers", "t"),
    minutes=("minut", "minutter", "min"),
    pieces=("stk", "styk", "styks", "stykker", "st"),
    fields={
        "status": "status", "stage": "fase", "type": "type", "responsible": "ansvarlig ansv", "customer": "kunde",
        "start": "start", "promised": "lovet", "number": "nummer nr", "serial": "serienummer serie serienr sn",
        "priority": "prioritet prio", "list": "liste", "end": "slut", "changed": "rettet ændret",
        "created": "oprettet registreret", "creator": "opretter oprettetaf", "device": "apparat", "part": "del",
        "project": "projekt", "late": "forsinket", "view": "visning",
        "status-since": "status-siden siden", "untouched": "urørt",
        "finished": "afsluttet", "model": "model", "product": "produkt vare", "linked": "tilknyttet",
        "part-state": "delstatus del-status",
        "billing": "fakturering", "expected": "kommer forventet", "order": "indkøb ordre",
        "phone": "telefon tlf", "email": "mail epost", "vat": "cvr", "city": "by", "kind": "slags",
        "retired": "inaktiv udgået", "brand": "mærke", "owner": "ejer", "shelf": "hylde", "warranty": "garanti",
        "code": "kode varenummer", "ean": "ean", "group": "gruppe", "supplier": "leverandør",
    },
    kinds={
        "customer": "kunde", "supplier": "leverandør", "company": "firma", "person": "person", "part": "del",
        "resource": "ressource", "hours": "timer", "text": "tekst",
    },
    billings={
        "tobill": "tilfakturering mangler", "ordered": "ordre", "invoiced": "faktureret", "credited": "krediteret",
    },
    part_states={
        "needed": "mangler", "ordered": "bestilt", "arrived": "ankommet kommet", "reserved": "reserveret",
        "used": "brugt",
    },
    stages={
        "ready": "klar", "waiting": "venter", "working": "arbejder", "done": "udført færdig",
        "cancelled": "annulleret", "open": "åben",
    },
    yes="ja",
    no="nej",
    none="ingen",
    every="alle",
    me="mig",
    job_fields={
        "subject": "emne", "fault_told": "fejl", "fault_found": "fundet", "user_field1": "felt1",
        "user_field2": "felt2", "in_task_list": "opgaveliste", "ceiling": "prisloft", "note": "notat",
    },
    company_fields={
        "name": "navn", "address": "adresse", "phone": "telefon", "email": "email", "vat_number": "cvr",
        "country_code": "land", "currency": "valuta", "time_zone": "tidszone", "language": "sprog",
        "opens": "åbner", "closes": "lukker", "hours": "åbningstider",
        "default_duration": "varighed", "repair_warranty_days": "garanti",
        "reserve_at_save": "reserver", "cost_follows": "kostpris",
        "intake_terms": "indlevering",
        "done_end_rule": "slut", "user_field1_name": "felt1", "user_field2_name": "felt2",
    },
    done_rules={"never": "aldrig", "always": "altid", "tasklist": "opgaveliste"},
)  # fmt: skip
