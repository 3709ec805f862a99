"""Saved views from the list, and the columns one arranges oneself."""

from __future__ import annotations

from svc_tui.domain.columns import Arranged
from svc_tui.domain.queries import Order
from svc_tui.services.core.session import Session
from svc_tui.services.filters import view_reading, views
from svc_tui.services.filters.views import ViewDraft
from svc_tui.services.people.settings import UserSettings
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk


async def save_view(desk: Desk, name: str, key: str, *opens: str) -> None:
    await desk.press("w", "f6")
    await desk.dialog.fill("Name", name)
    await desk.dialog.fill("Key", key)
    for label in opens:
        await desk.dialog.fill(label, "yes")
    await desk.press("f2")


async def test_the_filter_and_order_shown_are_saved_and_opened_by_key(desk: Desk) -> None:
    await desk.list.filter("ansv:ah")
    await desk.list.screen.order.sort_by(Order("number"))
    await desk.rest()
    await save_view(desk, "Mine", "m")
    assert desk.shows("Mine")
    await desk.press("escape")
    await desk.list.filter("")
    await desk.list.screen.order.sort_by(Order("start", descending=True))
    everything = len(desk.list.rows)
    await desk.burst("w", "m")
    assert desk.list.screen.filter_line.editor.value == "ansv:ah"
    assert desk.list.screen.order.now == Order("number")
    numbers = [row.number for row in desk.list.rows]
    assert numbers == sorted(numbers)
    assert len(numbers) <= everything
    assert desk.message == "View: Mine"


async def test_a_view_is_found_by_name_changed_and_deleted(desk: Desk) -> None:
    await save_view(desk, "Venter", "")
    await desk.type("vent")
    await desk.press("f4")
    assert desk.dialog.text("Name") == "Venter"
    await desk.dialog.fill("Filter", "status:venter")
    await desk.press("f2")
    assert desk.shows("status:venter")
    await desk.press("ctrl+u", "delete")
    assert "Delete the view" in desk.message
    await desk.press("y")
    assert desk.shows("No view saved yet")
    await desk.press("escape")


async def test_a_filter_with_a_mistake_is_not_saved_and_nothing_typed_is_lost(desk: Desk) -> None:
    await desk.press("w", "f6")
    await desk.dialog.fill("Name", "Forkert")
    await desk.dialog.fill("Filter", "status:xyz")
    await desk.press("f2")
    assert "xyz" in desk.message
    assert desk.dialog.text("Name") == "Forkert"


async def test_the_list_opens_with_a_view_and_no_longer(desk: Desk) -> None:
    await desk.list.filter("ansv:ah")
    await save_view(desk, "Mine", "m", "Opens the list")
    assert desk.shows("* Mine")
    await desk.press("escape")
    await desk.app.begin_anew("en")
    await desk.rest()
    assert desk.list.screen.filter_line.editor.value == "ansv:ah"


def headings(desk: Desk) -> list[str]:
    return [column.title.rstrip(" ↓↑") for column in desk.list.screen.list.drawing.columns]


async def test_columns_are_shown_hidden_moved_and_kept(desk: Desk) -> None:
    await desk.press("V")
    assert desk.title.startswith("Columns of the lists")
    await desk.press("space")  # the number
    await desk.press("g", "right", "+", "+")  # the start, behind the subject
    await desk.press("f2")
    layout = desk.app.settings.column_layout
    assert [entry.name for entry in layout][:3] == ["subject", "start", "customer"]
    assert layout[1] == Arranged("start", 14)
    assert headings(desk) == ["Subject", "Start", "Customer", "Type", "Status", "Resp."]
    await desk.press("v")
    assert "simple" in desk.message
    await desk.press("v", "v", "v")
    assert "your own" in desk.message
    assert headings(desk)[0] == "Subject"


async def test_giving_up_keeps_the_columns_and_delete_brings_the_usual_ones_back(desk: Desk) -> None:
    await desk.press("V", "space", "escape")
    assert desk.app.settings.column_layout == ()
    await desk.press("V", "space", "f2")
    assert "No." not in headings(desk)
    await desk.press("V", "delete", "f2")
    assert headings(desk)[0] == "No."
    assert desk.app.settings.column_layout == ()


async def test_the_sample_follows_and_one_column_stays(desk: Desk) -> None:
    await desk.press("V", "space")
    assert "Start" in desk.lines[1]
    assert "No." not in desk.lines[1]
    await desk.burst(*["g", "space"] * 6)
    assert "has to stay" in desk.message


async def test_columns_changed_in_one_list_are_those_of_the_others(desk: Desk) -> None:
    def titles() -> list[str]:
        return [column.title.rstrip("↓ ") for column in desk.list.screen.list.drawing.columns]

    await desk.press("2", "3", "1")
    before = titles()
    await desk.press("v")
    changed = titles()
    assert changed != before
    for key in ("2", "3", "1"):
        await desk.press(key)
        assert titles() == changed, key


async def test_another_language_reaches_every_list(desk: Desk) -> None:
    await desk.press("2", "1", "ctrl+e")
    await desk.form.fill("Language", "dansk")
    await desk.press("f2")
    for key in ("1", "2", "3"):
        await desk.press(key)
        assert desk.shows("Kunde")
        assert not desk.shows("Customer")


async def test_phone_device_and_serial_are_columns_and_no_orders(open_at: OpenDesk) -> None:
    own = tuple(map(Arranged, ("number", "phone", "device", "serial", "subject")))
    async with open_at(size=(120, 30), settings=UserSettings(columns="own", column_layout=own)) as desk:
        row = next(row for row in desk.list.rows if row.device and row.serial and row.phone)
        assert all(desk.shows(text) for text in (row.phone, row.device, row.serial))
        places = [column.title for column in desk.list.screen.list.drawing.columns]
        before = desk.list.screen.order.now
        await desk.list.screen.order.sort_by_shown(places.index("Phone"))
        assert desk.message == "Lists are not sorted by Phone."
        await desk.press("o", "f4")
        assert not any(line.strip().startswith(("Phone", "Device", "Serial")) for line in desk.lines)
        await desk.press("escape", "escape")
        assert desk.list.screen.order.now == before


async def test_what_somebody_else_made_of_a_view_is_told_before_it_is_replaced(desk: Desk, bent: Session) -> None:
    await save_view(desk, "Venter", "", "Shared")
    await desk.press("f4")
    view = view_reading.visible(bent)[0]
    views.change(bent, view, ViewDraft("Venter", "status:venter", view.list_code, key="v", shared=True))
    await desk.dialog.fill("Name", "Ventende")
    await desk.dialog.fill("Filter", "tv")
    await desk.press("f2")
    assert desk.shows("Changed elsewhere meanwhile: Filter: status:vent…. Nothing was saved")
    assert (desk.dialog.text("Name"), desk.dialog.text("Filter")) == ("Ventende", "tv")
    assert view_reading.visible(bent)[0].name == "Venter"
    await desk.press("f2")
    stored = view_reading.visible(bent)[0]
    assert (stored.name, stored.text, stored.key) == ("Ventende", "tv", "v")


async def test_a_view_that_somebody_else_changed_is_shown_before_it_is_deleted(desk: Desk, bent: Session) -> None:
    await save_view(desk, "Venter", "", "Shared")
    view = view_reading.visible(bent)[0]
    await desk.press("delete")
    views.change(bent, view, ViewDraft("Andre", "status:venter", view.list_code, shared=True))
    await desk.press("y")
    assert desk.shows("so it was not deleted")
    assert desk.shows("Andre")
    await desk.press("delete")
    assert desk.shows("Delete the view “Andre”?")
    await desk.press("j")  # another letter than before, for that one might be held down
    assert desk.shows("No view saved yet")
    await desk.press("escape")
