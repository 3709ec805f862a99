"""Folded keys of lines, devices and projects: what filters look through, for no database folds as the program does.

Frozen: how a text was folded when this was written (`domain/text.py` has the same); a key that is made in another way
gets a migration of its own.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from peewee import SqliteDatabase

WORD = re.compile(r"[^\W_]+")
ACCENTED = (("a\u030a", "aa"), ("a\u0308", "ae"), ("o\u0308", "oe"))
LETTERS = str.maketrans(
    {
        "æ": "ae", "ø": "oe", "œ": "oe", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i",
        "\u200d": None, "\ufe0e": None, "\ufe0f": None,
    }
)  # fmt: skip
KEYS = (
    ("activity", "project_key", ("project",), "project <> ''"),
    ("activity_line", "words_key", ("code", "text"), "1 = 1"),
    ("device", "words_key", ("brand", "model"), "1 = 1"),
)
BATCH = 5_000


def folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    found = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    for accented, plain in ACCENTED:
        found = found.replace(accented, plain)
    found = found.translate(LETTERS)
    return "".join(letter for letter in found if not unicodedata.combining(letter))


def key_of(texts: tuple[str, ...]) -> str:
    return "".join(f" {word}" for text in texts for word in WORD.findall(folded(text)))


def up(migrator: Any, db: Any) -> None:
    # By code point, so that the beginning of a key is a range of its index on both databases.
    mark, collation = ("?", "") if isinstance(db, SqliteDatabase) else ("%s", ' COLLATE "C"')
    for table, key, texts, filled in KEYS:
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN {key} TEXT{collation} NOT NULL DEFAULT ''")
        columns = ", ".join(texts)
        last = 0
        while rows := db.execute_sql(
            f"SELECT id, {columns} FROM {table} WHERE id > {mark} AND {filled} ORDER BY id LIMIT {BATCH}", (last,)
        ).fetchall():
            last = rows[-1][0]
            changed = [(key_of(row[1:]), row[0]) for row in rows]
            db.cursor().executemany(f"UPDATE {table} SET {key} = {mark} WHERE id = {mark}", changed)
    db.execute_sql("CREATE INDEX device_words_key ON device (words_key)")
    db.execute_sql("CREATE INDEX activity_by_project ON activity (project_key) WHERE project_key <> ''")
