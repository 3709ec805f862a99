"""The tables of papers: the printers; see `table.py`."""

from __future__ import annotations

from peewee import BooleanField, CharField, IntegerField, SmallIntegerField, TextField

from svc_tui.db.core.table import Table


class Printer(Table):
    """Where papers come out, or the folder they are put into.

    `speaks` is a `domain.paper.printers.Speaks`, `place` what `read_place` there reads. `width` is letters in a line of
    a receipt and millimetres of a label, `height` millimetres of a label; `page_number` is that of its code page where
    it differs from Epson's. At registration a receipt comes out of one `at_intake`.
    """

    name = TextField()
    name_key = TextField()
    speaks = CharField(10)
    place = TextField()
    width = SmallIntegerField(default=42)
    height = SmallIntegerField(default=29)
    page = CharField(10, default="cp858")
    page_number = SmallIntegerField(null=True)
    cuts = BooleanField(default=True)
    at_intake = BooleanField(default=False)
    position = IntegerField(default=0)
    retired = BooleanField(default=False)
    version = IntegerField(default=1)
