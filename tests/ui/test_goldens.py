"""What every screen looks like, as plain text: tests/ui/goldens, one file a screen and size.

`pytest tests/ui/test_goldens.py --update-goldens` (or UPDATE_GOLDENS=1) writes them anew; read the diff.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from svc_tui.db.core.engine import Store, open_database
from svc_tui.db.upkeep.migrate import migrate
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk, open_desk

GOLDENS = Path(__file__).parent / "goldens"
SIZES = ((40, 24), (80, 24), (120, 30))
SIZE_NAMES = [f"{width}x{height}" for width, height in SIZES]

Scene = Callable[[Desk], Awaitable[None]]

JOB = "TV uden billede"


async def _list(desk: Desk) -> None:
    pass


async def _list_preview(desk: Desk) -> None:
    await desk.list.put_cursor(JOB)


async def _list_filtered(desk: Desk) -> None:
    await desk.list.filter("status:venter start:-30..")


async def _list_mistake(desk: Desk) -> None:
    await desk.list.filter("status:venter statsu:x")


async def _list_filter_typing(desk: Desk) -> None:
    await desk.press("/")
    await desk.type("ansv:ah hansen")


async def _list_postpone(desk: Desk) -> None:
    await desk.press("p")
    await desk.type("fr 14")


async def _list_reassign(desk: Desk) -> None:
    await desk.press("a")
    await desk.type("bent")


async def _list_advanced(desk: Desk) -> None:
    await desk.press("v")


async def _list_all(desk: Desk) -> None:
    await desk.press("3")


async def _filter_proposal(desk: Desk) -> None:
    await desk.press("/")
    await desk.type("hansen status:ve")


async def _filter_fields(desk: Desk) -> None:
    await desk.press("/", "f4")


async def _filter_dates(desk: Desk) -> None:
    await desk.press("/")
    await desk.type("start:")
    await desk.press("down")


async def _views(desk: Desk) -> None:
    await desk.list.filter("ansv:ah")
    await desk.press("w", "f6")
    await desk.dialog.fill("Name", "Mine")
    await desk.dialog.fill("Key", "m")
    await desk.press("f2")


async def _view_dialog(desk: Desk) -> None:
    await desk.list.filter("ansv:ah")
    await desk.press("w", "f6")


async def _arrange(desk: Desk) -> None:
    await desk.press("V", "down", "right", "+", "+")


def _tab(name: str) -> Scene:
    async def shown(desk: Desk) -> None:
        sheet = await desk.list.open(JOB)
        await sheet.open_tab(name)

    return shown


async def _new_job(desk: Desk) -> None:
    await desk.list.new()


async def _new_job_filled(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("TV flimrer i venstre side")
    await sheet.fill("Type", "tv")
    await sheet.fill("Responsible", "sø")
    await sheet.fill("Customer", "bente")
    await sheet.type_into("Part", "3x hdmi")
    await desk.press("enter")
    await desk.type("bag")


async def _refused(desk: Desk) -> None:
    sheet = await desk.list.new()
    await desk.type("Uden kunde")
    await sheet.fill("Type", "tv")
    await sheet.fill("Responsible", "ukendt person")
    await desk.press("f2")


async def _unsaved(desk: Desk) -> None:
    await _new_job_filled(desk)
    await desk.press("escape")


async def _contact_picker(desk: Desk) -> None:
    await desk.press("l")
    await desk.type("jens")


async def _product_picker(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.go_to("Part")
    await desk.press("f4")


async def _device_picker(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.go_to("Device")
    await desk.press("f4")


async def _value_list(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.go_to("Status")
    await desk.press("f4")


async def _help_list(desk: Desk) -> None:
    await desk.press("f1")


async def _help_sheet(desk: Desk) -> None:
    await desk.list.new()
    await desk.press("f1")


async def _palette(desk: Desk) -> None:
    await desk.press("f10")


async def _settings(desk: Desk) -> None:
    await desk.press("ctrl+e")


async def _new_contact(desk: Desk) -> None:
    await desk.press("l")
    await desk.type("Karla Friis")
    await desk.press("enter")


async def _new_device(desk: Desk) -> None:
    sheet = await desk.list.new()
    await sheet.type_into("Device", "Bosch opvasker")
    await desk.press("f4", "end", "enter")


async def _line_dialog(desk: Desk) -> None:
    sheet = await desk.list.open(JOB)
    await sheet.open_tab("product")
    await sheet.go_to_table()
    await desk.press("enter")


async def _change_user(desk: Desk) -> None:
    await desk.press("f10")
    await desk.type("change user")
    await desk.press("enter")


def _keys(*keys: str) -> Scene:
    async def scene(desk: Desk) -> None:
        await desk.press(*keys)

    return scene


async def _contacts_filtered(desk: Desk) -> None:
    await desk.press("7", "/")
    await desk.type("kind:supplier ")
    await desk.press("enter")


async def _next(desk: Desk) -> None:
    await desk.press("N")


async def _next_nobodys(desk: Desk) -> None:
    await desk.press("N", "n")


async def _dashboard(desk: Desk) -> None:
    await desk.press("4")
    for _ in range(200):
        await desk.rest()
        if getattr(desk.app.screen, "is_reckoned", False):
            break
        await desk.pilot.pause(0.01)
    await desk.press("down")


async def _statistics(desk: Desk) -> None:
    await desk.press("9")
    for _ in range(200):
        await desk.rest()
        if desk.shows("All") and not desk.shows(".."):
            break
        await desk.pilot.pause(0.01)


async def _months(desk: Desk) -> None:
    await _statistics(desk)
    await desk.press("c", "shift+tab")
    for _ in range(200):
        await desk.rest()
        if desk.shows("2025"):
            break
        await desk.pilot.pause(0.01)


async def _bars(desk: Desk) -> None:
    await _statistics(desk)
    await desk.press("left", "c")


async def _week(desk: Desk) -> None:
    await _dashboard(desk)
    await desk.press("k")


async def _hand_out_to(desk: Desk) -> None:
    await _dashboard(desk)
    await desk.press("a")
    await desk.type("2")


async def _hand_out(desk: Desk) -> None:
    await _hand_out_to(desk)
    await desk.press("enter", "space")


async def _person(desk: Desk) -> None:
    await _dashboard(desk)
    await desk.press("enter", "space", "space")


SCENES: dict[str, Scene] = {
    "dashboard": _dashboard,
    "dashboard-hand-out-to": _hand_out_to,
    "dashboard-hand-out": _hand_out,
    "dashboard-person": _person,
    "week": _week,
    "statistics": _statistics,
    "statistics-months": _months,
    "statistics-bars": _bars,
    "next": _next,
    "next-nobodys": _next_nobodys,
    "contacts": _keys("7"),
    "contacts-filtered": _contacts_filtered,
    "contacts-advanced": _keys("7", "v"),
    "contacts-retire": _keys("7", "delete"),
    "contacts-merge": _keys("7", "space", "space", "M"),
    "products": _keys("8"),
    "devices": _keys("0"),
    "list": _list,
    "list-preview": _list_preview,
    "list-filtered": _list_filtered,
    "list-filter-typing": _list_filter_typing,
    "list-filter-mistake": _list_mistake,
    "list-filter-proposal": _filter_proposal,
    "list-filter-fields": _filter_fields,
    "list-filter-dates": _filter_dates,
    "views": _views,
    "view-dialog": _view_dialog,
    "arrange-columns": _arrange,
    "list-advanced": _list_advanced,
    "list-all": _list_all,
    "list-postpone": _list_postpone,
    "list-reassign": _list_reassign,
    "sheet-note": _tab("note"),
    "sheet-contacts": _tab("contacts"),
    "sheet-product": _tab("product"),
    "sheet-history": _tab("history"),
    "sheet-misc": _tab("misc"),
    "sheet-new": _new_job,
    "sheet-new-filled": _new_job_filled,
    "sheet-refused": _refused,
    "sheet-unsaved": _unsaved,
    "contact-picker": _contact_picker,
    "product-picker": _product_picker,
    "device-picker": _device_picker,
    "value-list": _value_list,
    "help-list": _help_list,
    "help-sheet": _help_sheet,
    "palette": _palette,
    "settings": _settings,
    "new-contact": _new_contact,
    "new-device": _new_device,
    "line-dialog": _line_dialog,
    "change-user": _change_user,
}


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Desk], None]:
    """Compares the screen with a golden file, or writes it."""
    update = bool(request.config.getoption("--update-goldens", False)) or bool(os.environ.get("UPDATE_GOLDENS"))

    def compare(name: str, desk: Desk) -> None:
        path, text = GOLDENS / f"{name}.txt", desk.screen_text()
        assert all(line.isprintable() for line in desk.lines)
        assert {cell_len(line) for line in desk.lines} == {desk.app.size.width}
        if update:
            GOLDENS.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return
        wanted = path.read_text(encoding="utf-8") if path.exists() else ""
        if text != wanted:
            diff = difflib.unified_diff(
                wanted.splitlines(), text.splitlines(), f"{path.name} (golden)", "the screen now", lineterm="", n=2
            )
            pytest.fail(f"{name} looks different; --update-goldens if that is meant\n" + "\n".join(diff), pytrace=False)

    return compare


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("scene", SCENES)
async def test_screen_looks_as_it_did(
    scene: str, size: tuple[int, int], open_at: OpenDesk, golden: Callable[[str, Desk], None]
) -> None:
    async with open_at(size=size) as desk:
        await SCENES[scene](desk)
        golden(f"{scene}-{size[0]}x{size[1]}", desk)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize(("name", "digit"), [("contacts", "7"), ("products", "8"), ("devices", "0")])
async def test_a_list_in_danish_looks_as_it_did(
    name: str, digit: str, size: tuple[int, int], open_at: OpenDesk, golden: Callable[[str, Desk], None]
) -> None:
    async with open_at(size=size, language="da") as desk:
        await desk.press(digit)
        golden(f"{name}-da-{size[0]}x{size[1]}", desk)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
async def test_first_start_looks_as_it_did(
    size: tuple[int, int], tmp_path: Path, golden: Callable[[str, Desk], None]
) -> None:
    empty = open_database(str(tmp_path / "empty.db"), create=True)
    migrate(empty)
    async with open_desk(empty, None, size=size) as desk:
        golden(f"welcome-{size[0]}x{size[1]}", desk)
    empty.close()


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
async def test_choosing_who_works_looks_as_it_did(
    size: tuple[int, int], store: Store, golden: Callable[[str, Desk], None]
) -> None:
    async with open_desk(store, None, size=size) as desk:
        golden(f"who-works-{size[0]}x{size[1]}", desk)
