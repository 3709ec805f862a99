"""Files as other programs and people write them: what must stand in the shop afterwards, and nothing lost unsaid.

`import_files/expected.json` tells for each file the fields of its rows (found by `key`, else code or name), its contact
persons and how many rows are new. Persons and companies are invented.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from svc_tui.domain.errors import Invalid
from svc_tui.domain.language.money import plain_decimal, plain_quantity
from svc_tui.services.core.session import Session
from svc_tui.services.transfer.import_contacts import import_contacts
from svc_tui.services.transfer.import_products import import_products
from svc_tui.services.transfer.imports import Report

FILES = Path(__file__).with_name("import_files")
CASES: list[dict[str, Any]] = json.loads((FILES / "expected.json").read_text("utf-8"))

_TOLD = {
    "price": lambda value: plain_decimal(value, 2),
    "cost": lambda value: plain_decimal(value, 2),
    "vat_rate": lambda value: plain_quantity(value * 10),
    "stock": plain_quantity,
}


def run(shop: Session, case: dict[str, Any]) -> Report:
    importing = import_contacts if case["kind"] == "contacts" else import_products
    return importing(shop, FILES / case["file"])


def row_of(shop: Session, table: str, key: str, value: object, fields: list[str]) -> dict[str, object]:
    rows = shop.store.sql(f"SELECT {', '.join(fields)} FROM {table} WHERE {key} = ? ORDER BY id", (value,))
    assert rows, f"no {table} with {key} {value}"
    return dict(zip(fields, rows[0], strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_stands_in_a_file_stands_in_the_shop_and_a_second_run_changes_nothing(
    shop: Session, case: dict[str, Any]
) -> None:
    try:
        report = run(shop, case)
    except Invalid:
        assert case["count"] == 0
        return

    table = "contact" if case["kind"] == "contacts" else "product"
    for wanted in case["expect"]:
        key = case.get("key") or ("code" if table == "product" and "code" in wanted else "name")
        found = row_of(shop, table, key, wanted[key], list(wanted))
        told = {name: _TOLD[name](value) if name in _TOLD else value for name, value in found.items()}
        assert {
            name: bool(told[name]) if isinstance(value, bool) else told[name] for name, value in wanted.items()
        } == wanted
    for company, person, phone, email in case.get("persons", ()):
        rows = shop.store.sql(
            "SELECT p.phone, p.email FROM contact_person p JOIN contact c ON c.id = p.contact_id"
            " WHERE c.name = ? AND p.name = ?",
            (company, person),
        )
        assert [tuple(row) for row in rows] == [(phone, email)]
    assert report.new == case.get("count", report.new)
    again = run(shop, case)
    assert (again.new, again.changed) == (0, 0)
