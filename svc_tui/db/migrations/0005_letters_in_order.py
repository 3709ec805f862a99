"""Subjects and customers in the order of the alphabet: æ, ø and å behind z, as the program writes it into its queries.

Frozen: `db/lists/ordering.py` holds the same expression (`letters_sql`); one that differs gets an index of its own.
"""

from __future__ import annotations

from typing import Any

LETTERS = (
    ("Æ", "{"), ("æ", "{"), ("Ä", "{"), ("ä", "{"), ("Ø", "|"), ("ø", "|"), ("Ö", "|"), ("ö", "|"), ("Å", "}"),
    ("å", "}"), ("aa", "}"), ("É", "e"), ("é", "e"), ("È", "e"), ("è", "e"), ("Ü", "y"), ("ü", "y"),
)  # fmt: skip
REGISTERS = "type_id, status_id, responsible_id, priority_id"


def letters(column: str, collation: str) -> str:
    key = f"lower(substr({column}, 1, 40){collation})"
    for letter, place in LETTERS:
        key = f"replace({key}, '{letter}', '{place}')"
    return key


def up(migrator: Any, db: Any) -> None:
    # By code point, so that both databases sort alike whatever language the server was set up in.
    collation = "" if type(migrator).__name__.startswith("Sqlite") else ' COLLATE "C"'
    db.execute_sql("DROP INDEX activity_by_subject")
    subject, name = letters("subject", collation), letters("name", collation)
    db.execute_sql(f"CREATE INDEX activity_by_subject ON activity ({subject}, id, {REGISTERS}, start_at)")
    db.execute_sql(f"CREATE INDEX contact_by_name ON contact ({name}, id)")
