"""A row that another program spoiled is marked wherever it is shown, and the others are as they were."""

from __future__ import annotations

from pathlib import Path

import pytest

from svc_tui.db.core.engine import open_database
from svc_tui.domain.damage import is_hurt
from svc_tui.screens.shell.entry_list import EntryListScreen
from svc_tui.screens.stock.product_list import ProductList
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk

SPOILED = {
    "contact": "name = CAST(name || x'ff' AS TEXT)",
    "product": "price = 'dyr'",
    "device": "model = CAST(model || x'ff' AS TEXT)",
    "activity_type": "position = 'øverst'",
}


@pytest.fixture(autouse=True)
def spoiled(database: Path) -> None:
    """The first row of each of some tables."""
    store = open_database(str(database))
    for table, value in SPOILED.items():
        store.execute_sql(f"UPDATE {table} SET {value} WHERE id = (SELECT min(id) FROM {table} WHERE retired = 0)")
    store.close()


def marked(desk: Desk) -> list[str]:
    return [line for line in desk.lines if "!!" in line]


@pytest.mark.parametrize("digit", ["7", "8", "0"])
async def test_a_list_marks_the_rows_that_show_it(open_at: OpenDesk, digit: str) -> None:
    async with open_at() as desk:
        await desk.press(digit)
        rows = desk.on_top(EntryListScreen).list.rows
        assert len(marked(desk)) == sum(map(is_hurt, rows))
        assert 0 < len(marked(desk)) < len(rows)


async def test_a_card_says_what_cannot_be(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        await desk.press("8")
        rows = desk.on_top(ProductList).list.rows
        place = next(place for place, row in enumerate(rows) if is_hurt(row))
        await desk.press(*["down"] * place, "enter")
        assert "price holds 'dyr'" in desk.message


async def test_a_picker_marks_it(open_at: OpenDesk) -> None:
    async with open_at() as desk:
        await desk.press("l")
        assert "Jensen" in marked(desk)[0]
        assert len(marked(desk)) < len(desk.picker.answers)
