"""What the registers look like, in both languages: see `test_goldens`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk
from tests.ui.test_goldens import SIZE_NAMES, SIZES
from tests.ui.test_goldens import golden as golden
from tests.ui.test_registers import COMPANY

SCENES: dict[str, tuple[str, ...]] = {
    "menu": ("R",),
    "types": ("R", "down", "enter"),
    "type": ("R", "down", "enter", "enter"),
    "statuses": ("R", "down", "down", "enter"),
    "status-new": ("R", "down", "down", "enter", "n"),
    "priorities": ("R", "down", "down", "down", "enter", "down", "r"),
    "employees": ("R", "down", "down", "down", "down", "enter"),
    "company": ("R", *["down"] * COMPANY, "enter"),
}


SMALL = ((80, 24), (40, 24))


@pytest.mark.parametrize("size", SMALL, ids=["80x24", "40x24"])
async def test_vat_rates_look_as_they_did(
    size: tuple[int, int], open_at: OpenDesk, golden: Callable[[str, Desk], None]
) -> None:
    async with open_at(size=size, language="da") as desk:
        await desk.press("R", *["down"] * 5, "enter")
        golden(f"register-vat-rates-da-{size[0]}x{size[1]}", desk)


@pytest.mark.parametrize("language", ["en", "da"])
@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("scene", SCENES)
async def test_a_register_looks_as_it_did(
    scene: str, size: tuple[int, int], language: str, open_at: OpenDesk, golden: Callable[[str, Desk], None]
) -> None:
    async with open_at(size=size, language=language) as desk:
        await desk.press(*SCENES[scene])
        golden(f"register-{scene}-{language}-{size[0]}x{size[1]}", desk)
