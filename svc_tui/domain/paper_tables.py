"""The tables of papers; a part of `domain/tables.py`."""

from __future__ import annotations

from typing import Final

from svc_tui.domain.described import Described, Undo, fields
from svc_tui.domain.errors import N_
from svc_tui.domain.field_kinds import FieldKind

PRINTER: Final = Described(
    "printer", N_("Printer"), Undo.PUT_BACK,
    fields(
        name=FieldKind.LINE, name_key=FieldKind.UNTOLD, speaks=FieldKind.CODE, place=FieldKind.LINE,
        width=FieldKind.NUMBER, height=FieldKind.NUMBER, page=FieldKind.LINE, page_number=FieldKind.NUMBER,
        cuts=FieldKind.FLAG, at_intake=FieldKind.FLAG, position=FieldKind.UNTOLD, retired=FieldKind.FLAG,
    ),
    called=("name",), register=True, setting="receipt_printer", derived=("version",),
)  # fmt: skip
