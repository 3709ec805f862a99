"""What people, scanners and pasted mails put into fields: it is text, it is kept, and it never steers the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.engine import open_database
from svc_tui.db.core.job_models import Activity, ActivityLine, ActivityNote
from svc_tui.db.core.people_models import Contact, Device
from svc_tui.terminal.display import QUESTION
from svc_tui.terminal.painter import AFRESH
from tests.wire.desk import SAVED, Desk, job
from tests.wire.shops import session_of

MARKUP = "[@click=app.quit]x[/] [bold]fed[/bold] [/] {0} %s \\[ $x"
SEQUENCES = (
    "før\x1b]52;c;ZXZpbA==\x07\x1b]0;overtaget\x07\x1b[2J\x1b[31m\x1b]8;;http://x\x1b\\\x9b5n\x07\x1bP1$q\x1b\\efter"
)
BIDI = "a\u202egnp.exe\u202c \u2066x\u2069 \u200bnul\u200e bredde\ufeff"
EMOJI = "tv 📺 👩‍🔧 木村 e\u0301"
ATTACKS = {"markup": MARKUP, "sequences": SEQUENCES, "bidi": BIDI, "emoji": EMOJI, "long": "lang " * 60}

VISIBLE = {
    "markup": MARKUP,
    "sequences": "førefter",
    "bidi": "agnp.exe x nul bredde",
    "emoji": "tv 📺 👩‍🔧 木村 é",
    "long": ("lang " * 60).strip(),
}
"""What a person sees of each, and what must be kept."""

LONGEST_NAME = 120
NAMES = ATTACKS | {"long": ("lang " * 24)[: LONGEST_NAME - 1] + "x"}
"""The same for fields that take 120 letters, and refuse more: the long one is the longest that is taken."""
VISIBLE_NAMES = VISIBLE | {"long": NAMES["long"]}

FIELDS = 12
"""Stops of Tab in the header and the quick line."""

STEERING = re.compile(
    rb"\x07|\x1b[\]PX^_]|\x1b\[[0-9;]*n|\x1b\[2J|\xc2[\x80-\x9f]"
    rb"|\xe2\x80[\x8b\x8e\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf|[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]"
)
"""A bell, a control string, a question to the terminal, a C1 control, a bidirectional or zero-width mark."""


def assert_harmless(desk: Desk) -> None:
    """Nothing that was sent to the terminal is a sequence of somebody else's, and the program lives."""
    raw = desk.program.raw.replace(AFRESH.encode(), b"").replace(QUESTION.encode(), b"")
    found = STEERING.search(raw)
    assert found is None, raw[max(found.start() - 40, 0) : found.end() + 40]
    assert desk.program.exit_code is None, desk.text()


@pytest.fixture
def desk(shop: Path) -> Desk:
    """The list of a shop without jobs, from here on watched for sequences."""
    found = Desk(shop)
    found.program.mark()  # the program itself asks the terminal some questions at the start
    return found


@pytest.mark.parametrize("broken", [b"\xe6\xff\xc3", b"\x00\x80\xfe", b"\xf0\x9f\x93", b"\xed\xa0\x80"])
def test_bytes_that_are_no_text_in_every_field(desk: Desk, broken: bytes) -> None:
    with desk:
        desk.new()
        for _ in range(FIELDS):
            desk.program.send(b"k" + broken + b"k\t")
        desk.program.settle()
        if desk.title.startswith(desk.told("New device")):  # which asks what cannot be told
            desk.press("<Esc>")
        kept = broken.decode("latin-1") if broken == b"\xe6\xff\xc3" else "k"
        assert kept in desk.value("Subject")
        assert_harmless(desk)


@pytest.mark.parametrize("attack", ATTACKS)
def test_pasted_into_every_field_of_a_sheet(desk: Desk, attack: str) -> None:
    with desk:
        desk.new()
        for _ in range(FIELDS):
            desk.paste(ATTACKS[attack])
            desk.press("<Tab>")
        desk.press("<F8><F8><F8>", "<F9>")  # into the picker
        desk.paste(ATTACKS[attack])
        desk.press("<Esc>", "<Esc>", "<Esc>", "/")
        assert_harmless(desk)


@pytest.mark.parametrize("attack", ATTACKS)
def test_saved_and_read_back(desk: Desk, shop: Path, attack: str) -> None:
    visible = VISIBLE[attack]
    with desk:
        desk.press("n")
        desk.paste(ATTACKS[attack])
        desk.press("<Tab>fr 930<Tab>tv<Tab><Tab><Tab><F4>")
        desk.paste(NAMES[attack])  # nobody has this name: the last row creates the contact
        desk.press("", "<Enter>")
        for _ in range(6):
            desk.press("<C-u>")
            desk.paste(NAMES[attack])
            desk.press("<Tab>")
        for _ in range(6):  # what is no e-mail or too long is refused, and the cursor stands there
            desk.press("<F2>")
            if not desk.title.startswith("Ny kontakt"):
                break
            desk.press("<C-u>")
        desk.press("<Tab>")
        desk.paste(NAMES[attack])
        desk.press("<Enter>")  # a part that is in no register
        if "Enter igen" in desk.message:
            desk.press("<Enter>", "1<Enter>")
        desk.press("<F7><F7>", "<F2>")
        number = int(desk.said(SAVED)["number"])
        desk.paste(ATTACKS[attack])  # the note
        desk.press("", "<F2>")
        desk.said(SAVED)
        desk.press("<F8>", "<F8>", "<F8>", "<F8>", "<Esc>v", "v", "<F9>", "<Esc>/")
        desk.paste(ATTACKS[attack])
        desk.press("<Enter>")
        assert_harmless(desk)
    found = job(shop, number)
    assert found["subject"] == visible
    assert found["customer"] == VISIBLE_NAMES[attack]
    assert [line["text"] for line in found["lines"]] == [VISIBLE_NAMES[attack]]
    assert found["note"] == visible


def test_what_is_stored_already_is_shown_harmlessly(shop: Path) -> None:
    """Data of older versions and other programs never went through the cleaning."""
    raw = f"{SEQUENCES} {BIDI} {MARKUP}"
    store = open_database(str(shop))
    session = session_of(store)
    kind = session.registers.types[0].id
    with change_set(store, None, "test.hostile") as changes:
        contact = changes.insert(
            Contact, {"number": 20_001, "name": raw, "name_key": "a", "phone": raw, "email": raw, "city": raw}
        )
        device = changes.insert(Device, {"owner": contact, "brand": raw, "model": raw, "serial": raw})
        activity = changes.insert(
            Activity,
            {
                "number": 20_001, "subject": raw, "start_at": session.seconds(), "type": kind, "customer": contact,
                "device": device, "created_at": 0, "fault_told": raw, "project": raw,
            },
        )  # fmt: skip
        changes.insert(
            ActivityLine,
            {
                "activity": activity, "position": 1, "kind": "part", "code": raw, "text": raw, "unit": raw,
                "planned": 1000, "price": 0, "discount": 0, "payer": "customer",
            },
        )  # fmt: skip
        changes.insert(ActivityNote, {"activity": activity, "at": 0, "author": None, "text": raw, "stamped": True})
    store.close()
    with Desk(shop) as desk:
        desk.program.mark()
        desk.press(
            "v", "v", "<Enter>", "<F8>", "<F8>", "<F8>", "<F8>", "<F8>", "<Tab>" * 5, "<F4>", "<Esc>", "<Tab>", "<F4>"
        )
        desk.press("<Esc>", "<Esc>", "d")
        assert_harmless(desk)
        assert "før·]52" in desk.row()


def test_a_paste_that_never_ends_does_not_hold_up_the_desk(desk: Desk) -> None:
    with desk:
        desk.press("n")
        desk.program.send(b"\x1b[200~begyndt og aldrig afsluttet")
        desk.program.wait_for("aldrig afsluttet")
        desk.press(" videre")
        assert "afsluttet videre" in desk.value("Subject")
        assert_harmless(desk)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_names_of_the_first_start(tmp_path: Path, attack: str) -> None:
    visible = VISIBLE_NAMES[attack]
    with Desk(tmp_path / "ny.db") as desk:
        desk.program.mark()
        for _ in range(2):
            desk.program.send(b"\xe6\xff\x80\x15")
            desk.paste(NAMES[attack])
            desk.press("<Tab>")
        desk.press("<F2>")
        assert_harmless(desk)
        assert desk.title.startswith("Produktservice")
    store = open_database(str(tmp_path / "ny.db"))
    assert store.sql("SELECT name FROM company") == [(visible,)]
    assert store.sql("SELECT name FROM employee") == [(visible,)]
    store.close()


def test_a_letter_more_than_a_name_holds_is_refused_and_nothing_is_cut(tmp_path: Path) -> None:
    longest = NAMES["long"]
    with Desk(tmp_path / "ny.db") as desk:
        for field in range(2):
            desk.press("<C-u>")
            desk.paste(longest + "x")
            desk.press("")
            assert str(LONGEST_NAME) in desk.message, f"field {field}:\n{desk.text()}"
            desk.press("<C-u>")
            desk.paste(longest)
            desk.press("<Tab>")
        desk.press("<F2>")
        assert desk.title.startswith("Produktservice")
        desk.press("nEn sag<Tab>fr 930<Tab>tv<Tab><Tab><Tab><F4>")
        desk.paste(longest + "x")  # what is searched for may be longer than a name; what is made of it may not
        desk.press("")
        assert "+ Opret" in desk.program.line(4), desk.text()
        desk.press("<Enter>", "<F2>")
        assert desk.message.startswith("Navn"), desk.text()
        assert str(LONGEST_NAME) in desk.message, desk.text()
    store = open_database(str(tmp_path / "ny.db"))
    assert store.sql("SELECT name FROM company") == [(longest,)]
    assert store.sql("SELECT name FROM employee") == [(longest,)]
    assert store.sql("SELECT name FROM contact") == []
    store.close()


@pytest.mark.parametrize("attack", ATTACKS)
def test_every_field_of_a_line_and_of_the_settings(desk: Desk, attack: str) -> None:
    with desk:
        desk.press("nEn sag<Tab>fr 930<Tab>tv<Tab>", "<F12>", "udkald<Enter>", "<F12><S-Tab>", "<Enter>")
        assert desk.title.startswith("Linje: Udkald")
        for _ in range(10):
            desk.program.send(b"\xe6\xff\x80")
            desk.paste(ATTACKS[attack])
            desk.press("<Tab>")
        desk.press("<F2>", "<Esc>", "<F2>", "<Esc>", "<C-e>")
        for _ in range(14):
            desk.program.send(b"\xe6\xff\x80")
            desk.paste(ATTACKS[attack])
            desk.press("<Tab>")
        desk.press("<F2>", "<Esc>", "<Esc>")
        assert_harmless(desk)
