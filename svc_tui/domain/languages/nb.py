"""Norwegian (Bokmål)."""

from __future__ import annotations

from svc_tui.domain.languages import Language

LANGUAGE = Language(
    own_name="Norsk bokmål",
    weekdays=("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    months=(
        *("januar", "februar", "mars", "april", "mai", "juni"),
        *("juli", "august", "september", "oktober", "november", "desember"),
    ),
    near={"idag": 0, "d": 0, "imorgen": 1, "igår": -1, "iovermorgen": 2, "overmorgen": 2, "iforgårs": -2},
    week=("uke", "u"),
    at=("kl", "klokken", "klokka"),
    day_mark=".",
    decimal_mark=",",
    group_mark=" ",
    sorts_as="da",
    hours=("time", "timer", "t"),
    minutes=("minutt", "minutter", "min"),
    pieces=("stk", "stykker"),
    fields={
        "status": "status", "stage": "fase", "type": "type", "responsible": "ansvarlig", "customer": "kunde",
        "start": "start", "promised": "lovet", "number": "nummer nr", "serial": "serienummer serienr",
        "priority": "prioritet", "list": "liste", "end": "slutt", "changed": "endret",
        "created": "opprettet registrert",
        "creator": "oppretter", "device": "apparat", "part": "del", "project": "prosjekt", "late": "forsinket",
        "status-since": "status-siden siden", "untouched": "urørt",
        "view": "visning", "finished": "avsluttet", "model": "modell", "product": "vare", "linked": "tilknyttet",
        "part-state": "delstatus",
        "billing": "fakturering", "expected": "kommer", "order": "innkjøp ordre",
        "phone": "telefon tlf", "email": "epost", "vat": "orgnr", "city": "by", "kind": "slags",
        "retired": "inaktiv utgått", "brand": "merke", "owner": "eier", "shelf": "hylle", "warranty": "garanti",
        "code": "kode varenummer", "ean": "ean", "group": "gruppe", "supplier": "leverandør",
    },
    kinds={
        "customer": "kunde", "supplier": "leverandør", "company": "firma", "person": "person", "part": "del",
        "resource": "ressurs", "hours": "timer", "text": "tekst",
    },
    billings={
        "tobill": "tilfakturering mangler", "ordered": "ordre", "invoiced": "fakturert", "credited": "kreditert",
    },
    part_states={
        "needed": "mangler", "ordered": "bestilt", "arrived": "ankommet", "reserved": "reservert", "used": "brukt",
    },
    stages={
        "ready": "klar", "waiting": "venter", "working": "arbeider", "done": "ferdig", "cancelled": "avbrutt",
        "open": "åpen",
    },
    yes="ja",
    no="nei",
    none="ingen",
    every="alle",
    me="meg",
    job_fields={
        "subject": "emne", "fault_told": "feil", "fault_found": "funnet", "user_field1": "felt1",
        "user_field2": "felt2", "in_task_list": "oppgaveliste", "ceiling": "pristak", "note": "notat",
    },
    company_fields={
        "name": "navn", "address": "adresse", "phone": "telefon", "email": "epost", "vat_number": "orgnr",
        "country_code": "land", "currency": "valuta", "time_zone": "tidssone", "language": "språk",
        "opens": "åpner", "closes": "stenger", "hours": "åpningstider",
        "default_duration": "varighet", "repair_warranty_days": "garanti",
        "reserve_at_save": "reserver", "cost_follows": "kostpris",
        "intake_terms": "innlevering",
        "done_end_rule": "slutt", "user_field1_name": "felt1", "user_field2_name": "felt2",
    },
    done_rules={"never": "aldri", "always": "alltid", "tasklist": "oppgaveliste"},
)  # fmt: skip
