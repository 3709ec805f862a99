"""The shop's own time zone, language, opening and closing time; texts in the order of its language's letters.

What an older shop goes by is the time zone of the machine that brings it up to date, and the language of its country.
Frozen: `domain/language/alphabet.py` and `db/lists/ordering.py` hold the same order; one that differs gets an index
of its own.
"""

from __future__ import annotations

import os
from typing import Any

from svc_tui.domain.clock import machine_zone

ACCENTED = {
    "a": "ÀÁÂÃÄÅàáâãäåĀāĂăĄą", "c": "ÇçĆćĈĉĊċČč", "d": "ĎďðÐđĐ", "e": "ÈÉÊËèéêëĒēĔĕĖėĘęĚě", "g": "ĜĝĞğĠġĢģ",
    "h": "ĤĥħĦ", "i": "ÌÍÎÏìíîïĨĩĪīĬĭĮįİı", "j": "Ĵĵ", "k": "Ķķĸ", "l": "ĹĺĻļĽľłŁ", "n": "ÑñŃńŅņŇňŋŊ",
    "o": "ÒÓÔÕÖòóôõöŌōŎŏŐőøØ", "r": "ŔŕŖŗŘř", "s": "ŚśŜŝŞşŠšȘșſ", "t": "ŢţŤťȚțŧŦ", "u": "ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų",
    "w": "Ŵŵ", "y": "ÝýÿŶŷŸ", "z": "ŹźŻżŽž",
}  # fmt: skip
TWO = {"Æ": "ae", "æ": "ae", "Œ": "oe", "œ": "oe", "ß": "ss", "Þ": "th", "þ": "th", "Ĳ": "ij", "ĳ": "ij"}
OWN = {
    "da": {"{": "ÆæÄä", "|": "ØøÖöŐő", "}": "Åå", "y": "ÜüŰű"},
    "sv": {"{": "Åå", "|": "ÄäÆæ", "}": "ÖöØøŐő", "y": "ÜüŰű"},
    "en": {},
}  # fmt: skip
PAIRS = {"da": (("aa", "}"),)}
LANGUAGES = {"45": "da", "44": "en", "47": "nb", "46": "sv"}
REGISTERS = "type_id, status_id, responsible_id, priority_id"


def letters(column: str, language: str, on_sqlite: bool) -> str:
    own = OWN["da" if language == "nb" else language]
    single = {letter: plain for plain, many in ACCENTED.items() for letter in many}
    single |= {letter: place for place, many in own.items() for letter in many}
    double = {letter: two for letter, two in TWO.items() if letter not in single}
    pairs = PAIRS.get("da" if language == "nb" else language, ())
    if not on_sqlite:
        # By code point, so that both databases sort alike whatever language the server was set up in.
        lowered = f'lower(substr({column}, 1, 40) COLLATE "C")'
        key = f"translate({lowered}, '{''.join(single)}', '{''.join(single.values())}')"
        for letter, place in (*double.items(), *pairs):
            key = f"replace({key}, '{letter}', '{place}')"
        return key
    plain = key = f"lower(substr({column}, 1, 40))"
    for letter, place in (single | double).items():
        key = f"replace({key}, '{letter}', '{place}')"
    for pair, place in pairs:
        plain, key = f"replace({plain}, '{pair}', '{place}')", f"replace({key}, '{pair}', '{place}')"
    return f"CASE WHEN {column} GLOB '*[^ -~]*' THEN {key} ELSE {plain} END"


def up(migrator: Any, db: Any) -> None:
    on_sqlite = type(migrator).__name__.startswith("Sqlite")
    text = "VARCHAR({})" if on_sqlite else 'VARCHAR({}) COLLATE "C"'
    for column, kind in (
        ("time_zone", f"{text.format(60)} NOT NULL DEFAULT 'UTC'"),
        ("language", f"{text.format(5)} NOT NULL DEFAULT 'en'"),
        ("opens", "SMALLINT NOT NULL DEFAULT 540"),
        ("closes", "SMALLINT NOT NULL DEFAULT 1020"),
    ):
        db.execute_sql(f"ALTER TABLE company ADD COLUMN {column} {kind}")
    found = db.execute_sql("SELECT country_code FROM company").fetchone()
    language = LANGUAGES.get(str(found[0]), "en") if found else "da"
    if found:
        zone = machine_zone(os.environ)
        db.execute_sql(f"UPDATE company SET time_zone = '{zone}', language = '{language}'")
    db.execute_sql("DROP INDEX activity_by_subject")
    db.execute_sql("DROP INDEX contact_by_name")
    subject, name = letters("subject", language, on_sqlite), letters("name", language, on_sqlite)
    db.execute_sql(f"CREATE INDEX activity_by_subject ON activity (({subject}), id, {REGISTERS}, start_at)")
    db.execute_sql(f"CREATE INDEX contact_by_name ON contact (({name}), id)")
