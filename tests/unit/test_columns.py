"""Columns of a list: presets, a user's own arrangement, the mark of the column sorted by."""

from __future__ import annotations

from datetime import datetime

import pytest

from svc_tui.db.core.engine import Store
from svc_tui.domain.columns import (
    ALL_COLUMNS,
    COLUMNS,
    LAYOUTS,
    Arranged,
    Columns,
    arranged,
    arrangement,
    following,
    kept_columns,
)
from svc_tui.domain.queries import ORDER_COLUMNS, Order
from svc_tui.domain.records import ActivityRow
from svc_tui.domain.registers import CompanyRecord, Registers
from svc_tui.formats import Formats
from svc_tui.screens.jobs.job_columns import all_columns, columns
from svc_tui.services.core.session import Session
from svc_tui.services.people.settings import UserSettings

FORMATS = Formats("en", lambda: datetime(2026, 11, 24, 9, 0))


@pytest.fixture
def session() -> Session:
    company = CompanyRecord(1, "Shop", "", "", "", "", "45", "DKK", 60, "never", "", "")
    nothing: Store = None  # type: ignore[assignment]  # columns are built from the registers alone
    return Session(nothing, Registers(company, (), (), (), (), ()), generation="")


def titles(session: Session, settings: UserSettings, width: int = 100, order: Order | None = None) -> list[str]:
    return [column.title for column in columns(session, FORMATS, settings, width, 6, order)]


def test_a_preset_has_its_columns_and_an_unknown_one_the_normal(session: Session) -> None:
    assert titles(session, UserSettings(columns="simple")) == ["No.", "Start", "Subject", "Customer", "Status", "Resp."]
    assert titles(session, UserSettings(columns="gone")) == titles(session, UserSettings(columns="normal"))


@pytest.mark.parametrize(
    ("preset", "width", "joining"),
    [
        ("normal", 80, []),
        ("normal", 120, []),
        ("normal", 160, ["Device"]),
        ("normal", 200, ["Phone", "Device"]),
        ("advanced", 80, ["Priority"]),
        ("advanced", 120, ["Device", "Priority", "Promised"]),
        ("advanced", 200, ["Phone", "Device", "Serial no.", "Priority", "End", "Promised", "Changed", "Parts"]),
    ],
)
def test_more_columns_stand_on_a_wider_screen(session: Session, preset: str, width: int, joining: list[str]) -> None:
    simple = {"No.", "Start", "Subject", "Customer", "Type", "Status", "Resp."}
    assert [title for title in titles(session, UserSettings(columns=preset), width) if title not in simple] == joining


def test_lists_are_sorted_by_columns_that_there_are() -> None:
    assert set(ORDER_COLUMNS) < set(ALL_COLUMNS)
    assert {"phone", "device", "serial"} <= set(ALL_COLUMNS) - set(ORDER_COLUMNS)


def test_every_column_shows_a_field_of_the_row(session: Session) -> None:
    row = ActivityRow(1, 10, 1_764_000_000, None, None, "Et job", None, None, 0, None, None, "Holm", 1_764_000_000)
    missing = [column.field for column in COLUMNS if column.field not in ActivityRow._fields]
    assert not missing, f"add these to ActivityRow in svc_tui/domain/records.py: {missing}"
    for name, column in all_columns(session, FORMATS, 6).items():
        assert name in (*ALL_COLUMNS, "letter")
        assert isinstance(column.cell(row), str)


def test_ones_own_columns_come_in_their_order_and_width(session: Session) -> None:
    layout = (Arranged("subject"), Arranged("customer", 11), Arranged("number", 2))
    shown = columns(session, FORMATS, UserSettings(columns="own", column_layout=layout), 100, 7, None)
    assert [(column.title, column.width, column.flex) for column in shown] == [
        ("Subject", 8, 8), ("Customer", 11, 0), ("No.", 7, 0),
    ]  # fmt: skip


def test_a_narrow_screen_shows_the_least(session: Session) -> None:
    assert titles(session, UserSettings(columns="advanced"), width=40) == ["No.", "", "Subject", "Resp."]


@pytest.mark.parametrize(
    ("order", "marked"),
    [(Order("start", True), "Start ↓"), (Order("number", False), "No. ↑"), (Order("priority", True), "Priori…↓")],
)
def test_the_column_sorted_by_is_marked(session: Session, order: Order, marked: str) -> None:
    found = titles(session, UserSettings(columns="advanced"), order=order)
    assert [title for title in found if title[-1] in "↓↑"] == [marked]


def test_the_presets_take_turns_with_ones_own_among_them() -> None:
    own = (Arranged("number"),)
    assert [following(preset, ()) for preset in ("simple", "normal", "advanced", "own")] == [
        "normal", "advanced", "simple", "normal",
    ]  # fmt: skip
    assert [following(preset, own) for preset in ("advanced", "own")] == ["own", "simple"]


def test_what_was_stored_is_taken_as_far_as_it_is_understood() -> None:
    stored = [["number", 0], ["gone", 4], ["start", 9999], ["number", 3], ["subject"], "type", ["status", True]]
    assert arrangement(stored) == (Arranged("number"), Arranged("start"))
    assert arrangement(None) == arrangement("number") == ()
    assert arranged("own", ()) == arranged("normal", ())
    assert tuple(entry.name for entry in arranged("advanced", ())) == ALL_COLUMNS


def test_every_layout_shows_columns_that_it_has() -> None:
    for layout in LAYOUTS.values():
        for names in (*layout.presets.values(), *layout.joining.values()):
            assert set(names) <= set(layout.columns), layout.name
        assert set(layout.presets) == {"simple", "normal", "advanced"}


@pytest.mark.parametrize(
    ("stored", "kept"),
    [
        ([["contacts", ["simple", []]]], (("contacts", Columns("simple")),)),
        ([["devices", ["own", [["name", 20], ["gone", 3]]]]], (("devices", Columns("own", (Arranged("name", 20),))),)),
        ([["gone", ["simple", []]]], ()),
        ("nonsense", ()),
        ([["contacts", 3]], ()),
        (None, ()),
    ],
)
def test_what_was_stored_of_other_lists_is_taken_as_far_as_it_is_sound(
    stored: object, kept: tuple[tuple[str, Columns], ...]
) -> None:
    assert kept_columns(stored) == kept


def test_each_list_has_columns_of_its_own() -> None:
    settings = UserSettings().with_columns("simple", "contacts").with_own_columns((Arranged("code"),), "products")
    assert settings.columns_of("contacts") == Columns("simple")
    assert settings.columns_of("products") == Columns("own", (Arranged("code"),))
    assert settings.columns_of("jobs") == settings.columns_of("devices") == Columns("normal")
