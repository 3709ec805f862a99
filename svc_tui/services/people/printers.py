"""Writing a printer within an act of the registers."""

from __future__ import annotations

from typing import Final

from svc_tui.db.core.changes import Changes, read
from svc_tui.domain.operations import Value, Values
from svc_tui.domain.paper_tables import PRINTER
from svc_tui.domain.printers import Speaks, check_printer, read_place
from svc_tui.domain.registers import Register
from svc_tui.services.core.session import Session
from svc_tui.services.core.whole_texts import whole_line
from svc_tui.services.people.registers import put_row

_NEW: Final[Values] = {
    "speaks": Speaks.RECEIPTS.value, "place": "", "width": 42, "height": 29, "page": "cp858", "page_number": None,
    "cuts": True, "at_intake": False,
}  # fmt: skip


def put_printer(session: Session, changes: Changes, printer_id: int | None, values: Values) -> int:
    """Write a printer; None for a new one. Gives its id.

    Args:
        session: Who writes.
        changes: The open act.
        printer_id: Which printer.
        values: Of name, speaks, place, width, height, page, page_number, cuts, at_intake.

    Raises:
        Invalid: with the field that is refused.
    """
    row: Values = {name: value for name, value in values.items() if name in _NEW}
    if "place" in row:
        row["place"] = whole_line(str(row["place"] or ""), "place", 300)
        read_place(str(row["place"]))
    if "speaks" in row:
        row["speaks"] = Speaks(str(row["speaks"])).value
    stored = _NEW if printer_id is None else read(changes.store, PRINTER, printer_id, lock=True)
    whole = {**_NEW, **{name: stored[name] for name in _NEW}, **row}
    check_printer(
        Speaks(str(whole["speaks"])), _number(whole["width"]), _number(whole["height"]), str(whole["page"]),
        None if whole["page_number"] is None else _number(whole["page_number"]),
    )  # fmt: skip
    if printer_id is None:
        read_place(str(whole["place"]))
        row = {**_NEW, **row}
    if "name" in values:
        row["name"] = values["name"]
    return put_row(session, changes, Register.PRINTER, printer_id, row)


def _number(value: Value) -> int:
    return 0 if value is None else int(value)
