"""Text from people, files and other programs is text: no markup, no control character reaches the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from svc_tui.db.core.engine import Store, open_database
from svc_tui.services.people.settings import UserSettings
from tests.ui.conftest import OpenDesk
from tests.ui.desk import Desk, open_desk
from tests.ui.shop import sign_in

HOSTILE = {
    "closing tag": "[/foo] og [/]",
    "action": "[@click=app.quit]x[/] [bold red]fed",
    "open bracket": "[ [[ ]] \\[ {x} %s {0}",
    "escape": "\x1b[2J\x1b[31mrød\x1b[0m",
    "title": "\x1b]0;pwned\x07\x1b]52;c;aGVq\x1b\\slut",
    "c1": "\x9b31m\x90q\x9c\x85",
    "controls": "a\x00b\x07c\x08d\x7fe\tf\rg\nh",
    "bidi": "abc\u202edef\u2066ghi\u200f",
    "zero width": "a\u200bb\u200cc\u200dd\ufeffe\u2060f",
    "emoji": "👩‍👩‍👧 🇩🇰 ☎️ 5️⃣ 👍🏽",
    "combining": "Z" + "\u0301" * 30 + "algo e\u0301",
    "cjk": "東芝テレビ 修理中 全角　空白",
    "long": "Lang " * 60,
    "separators": "a\u2028b\u2029c",
    "private": "a\ue000b\U000f0000c\ufdd0d",
    "surrogate": "a\U000e0041b",
}
ALLOWED = {"\u200d", "\ufe0e", "\ufe0f"}
"""Joiners and selectors, which emoji are made with; `domain.text.shown` judges them by their neighbours."""


def check(desk: Desk) -> None:
    """Nothing on the screen steers a terminal, and every line is as wide as the screen."""
    for line in desk.lines:
        steering = [letter for letter in line if _steers(letter)]
        assert not steering, f"{steering!r} in {line!r}"
        assert cell_len(line) == desk.app.size.width, line


def _steers(letter: str) -> bool:
    if letter in ALLOWED:
        return False
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


# -- typed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HOSTILE)
async def test_typed_into_every_field_of_the_sheet(desk: Desk, name: str) -> None:
    text = HOSTILE[name]
    sheet = await desk.list.new()
    for label in ("Subject", "Start", "Type", "Status", "Responsible", "Customer", "Device", "Project"):
        await sheet.go_to(label)
        await desk.burst("ctrl+u")
        await desk.paste(text)
        check(desk)
        await desk.press("f4" if label == "Status" else "home")
        check(desk)
        if label == "Status":
            await desk.press("escape")
        await desk.press("tab")
        check(desk)
        if desk.screen is not sheet.screen:
            await desk.press("escape")
            await desk.press("tab")
    await desk.press("f2")
    check(desk)


@pytest.mark.parametrize("name", HOSTILE)
async def test_saved_shown_and_read_again(desk: Desk, name: str) -> None:
    text = HOSTILE[name]
    sheet = await desk.list.new()
    await desk.type("Job ")
    await desk.paste(text)
    await sheet.fill("Type", "tv")
    await sheet.go_to("Part")
    await desk.paste(f"{text} à 1")
    await desk.press("enter")
    check(desk)
    await sheet.open_tab("product")
    await sheet.go_to("Fault told")
    await desk.paste(text)
    await sheet.go_to_note()
    await desk.paste(text)
    check(desk)
    await desk.press("f2")
    assert sheet.number == 10061, desk.message
    for tab in ("note", "contacts", "product", "history", "misc"):
        await sheet.open_tab(tab)
        check(desk)
    await desk.press("escape")
    check(desk)
    assert desk.list.current.number == 10061
    await desk.press("c")
    check(desk)


@pytest.mark.parametrize("name", HOSTILE)
async def test_typed_letter_by_letter(desk: Desk, name: str) -> None:
    await desk.list.new()
    await desk.type(HOSTILE[name][:60])
    check(desk)


@pytest.mark.parametrize("name", HOSTILE)
async def test_typed_into_filter_pickers_dialogs_and_questions(desk: Desk, name: str) -> None:
    text = HOSTILE[name]
    await desk.press("/")
    await desk.paste(text)
    check(desk)
    await desk.press("enter")
    check(desk)
    await desk.press("/", "ctrl+u", "enter")
    for key in ("p", "a", "s"):
        await desk.press(key)
        await desk.paste(text)
        check(desk)
        await desk.press("enter")
        check(desk)
        await desk.press("escape")
    desk.list  # noqa: B018  the list is on top again
    for key in ("f9", "f10"):
        await desk.press(key)
        await desk.paste(text)
        check(desk)
        await desk.press("escape")
    await desk.press("f9")
    await desk.paste("Ny " + text[:100])  # a picker takes no more
    await desk.press("end", "pagedown", "enter")
    check(desk)
    for label in ("Name", "Phone", "E-mail", "Address", "Post code", "Town"):
        await desk.dialog.go_to(label)
        await desk.burst("ctrl+u")
        await desk.paste(text)
    check(desk)
    await desk.press("f2")
    check(desk)


@pytest.mark.parametrize("name", ["action", "escape", "long", "bidi"])
async def test_typed_into_the_settings(desk: Desk, name: str) -> None:
    await desk.press("ctrl+e")
    for label in ("Lists open with", "Responsible", "Language"):
        await desk.form.go_to(label)
        await desk.paste(HOSTILE[name])
        check(desk)
    await desk.press("f2")
    check(desk)


# -- stored by somebody who does not clean ----------------------------------------------------------------------


@pytest.fixture
def poisoned(database: Path) -> Iterator[dict[str, Store]]:
    """The shop with a hostile text in every text of the first rows, written past the program."""
    stores: dict[str, Store] = {}

    def opened(name: str) -> Store:
        text = HOSTILE[name]
        store = open_database(str(database))
        for table, columns in {
            "activity": ("subject", "project", "fault_told", "fault_found", "user_field1"),
            "contact": ("name", "phone", "email", "city", "address"),
            "contact_person": ("name", "phone", "email"),
            "device": ("brand", "model", "serial"),
            "product": ("name", "unit"),
            "activity_line": ("text", "code", "unit"),
            "activity_type": ("name",),
            "activity_status": ("name",),
            "activity_list": ("name",),
            "priority": ("name",),
            "employee": ("name",),
            "company": ("name", "user_field1_name"),
        }.items():
            for column in columns:
                store.execute_sql(f'UPDATE "{table}" SET "{column}" = ?', (text,))
        store.execute_sql("UPDATE activity_note SET text = ?", (text + "\n" + text,))
        stores[name] = store
        return store

    class Opening(dict[str, Store]):
        def __missing__(self, name: str) -> Store:
            return opened(name)

    yield Opening()
    for store in stores.values():
        store.close()


@pytest.mark.parametrize("name", HOSTILE)
async def test_stored_in_every_row(name: str, poisoned: dict[str, Store]) -> None:
    store = poisoned[name]
    size = (40, 24) if name in ("emoji", "cjk", "combining", "controls", "long") else (80, 24)
    async with open_desk(store, sign_in(store, "AH"), size=size) as desk:
        check(desk)
        await desk.list.filter("nr:10054")
        await desk.press("v")
        check(desk)
        await desk.press("enter")
        for _tab in range(5):
            check(desk)
            await desk.press("ctrl+t")
        sheet = desk.sheet
        for label in ("Status", "Customer", "Device", "Part"):
            await sheet.go_to(label)
            await desk.press("f4")
            check(desk)
            await desk.press("escape")
        await sheet.open_tab("product")
        await sheet.go_to_table()
        await desk.press("enter")
        check(desk)
        await desk.press("escape", "escape")
        await desk.press("d")
        check(desk)
        await desk.press("a", "A", "enter")
        check(desk)
        await desk.press("ctrl+e")
        check(desk)


@pytest.mark.parametrize("name", ["action", "escape", "bidi", "long"])
async def test_stored_names_of_people_on_the_first_screen(name: str, poisoned: dict[str, Store]) -> None:
    async with open_desk(poisoned[name], None, login=HOSTILE[name][:64]) as desk:
        check(desk)


async def test_markup_is_shown_as_it_stands(desk: Desk) -> None:
    await desk.list.new()
    await desk.type("[bold]x[/bold] [@click=app.quit]y[/]")
    await desk.press("f2")
    assert desk.shows("[bold]x[/bold] [@click=app.quit]y[/]")
    assert not desk.is_over


async def test_a_hostile_opening_filter_does_not_stop_the_start(open_at: OpenDesk) -> None:
    for text in HOSTILE.values():
        async with open_at(settings=UserSettings(opening_filter=text)) as desk:
            check(desk)
