"""What every table has: an id of 64 bits that is never used again.

The models stand in `<subject>_models.py` and are never bound to a database: `Store` runs their queries (engine.py).

Conventions: ids are never shown; times are whole seconds since 1970 UTC; money is whole minor units; quantities are
thousandths; percentages are hundredths of a percent; `*_key` columns hold the search key of the column they are named
after (domain/text.py). Editable tables carry `version`, raised by every change. What is derived says so.
"""

from __future__ import annotations

from typing import Any

from peewee import SQL, BigAutoField, Model, NodeList, SqliteDatabase


class RowId(BigAutoField):
    """A 64-bit id that is never used again, also on SQLite, where the newest row's would be: the history names it."""

    def ddl(self, ctx: Any) -> Any:
        definition = super().ddl(ctx)
        on_sqlite = isinstance(self.model._meta.database, SqliteDatabase)
        return NodeList((definition, SQL("AUTOINCREMENT"))) if on_sqlite else definition


class Table(Model):
    """A table with a 64-bit id."""

    id = RowId()

    class Meta:
        legacy_table_names = False
