"""A user's own settings follow him to every terminal and concern nobody else."""

from __future__ import annotations

import json

import pytest

from svc_tui.db.core.changes import change_set
from svc_tui.db.core.shop_models import UserSetting
from svc_tui.domain.errors import Conflict, NotAllowed
from svc_tui.services.core.session import Session
from svc_tui.services.people import settings
from svc_tui.services.people.settings import TABS, UserSettings
from tests.db.jobs import image

OWN = UserSettings(
    language="da", profile="plain", mouse=True, tabs=("note", "history"), opening_filter="start:-30..+30",
    default_type=1, default_status=2, default_responsible=1, default_priority=3, note_stamp=False, columns="advanced",
)  # fmt: skip


def test_who_decided_nothing_has_the_shops_settings(shop: Session) -> None:
    assert settings.load(shop) == UserSettings()
    assert UserSettings().defaults == {"type": None, "status": None, "responsible": None, "priority": None}


def test_what_one_decides_is_there_at_the_next_terminal_and_the_others_keep_theirs(
    two_sessions: tuple[Session, Session],
) -> None:
    anna, bent = two_sessions
    settings.save(anna, OWN)
    assert settings.load(anna) == OWN
    assert settings.load(Session(bent.store, bent.registers, anna.employee, generation=bent.generation)) == OWN
    assert settings.load(bent) == UserSettings()


def test_only_what_differs_is_written_and_it_is_in_the_history(shop: Session) -> None:
    settings.save(shop, OWN)
    before = image(shop.store)
    settings.save(shop, OWN)
    assert image(shop.store) == before

    settings.save(shop, OWN._replace(columns="simple"))
    told = shop.store.sql("SELECT field, old, new FROM change WHERE change_set_id = (SELECT max(id) FROM change_set)")
    assert [(row[0], json.loads(json.loads(row[1])), json.loads(json.loads(row[2]))) for row in told] == [
        ("value", "advanced", "simple")
    ]


def test_a_setting_can_be_taken_back(shop: Session) -> None:
    settings.save(shop, OWN)
    settings.save(shop, UserSettings())
    assert settings.load(shop) == UserSettings()


def test_settings_changed_at_two_terminals_are_merged_one_by_one(shop: Session) -> None:
    base = OWN.opening_with("product", 1)
    settings.save(shop, base)
    there = base._replace(mouse=False, tabs=("note", "history", "misc"), default_type=2).opening_with("customer", 7)
    settings.save(shop, there, base)
    here = base._replace(language="en", tabs=("history",)).opening_with("product", None)
    kept = settings.save(shop, here, base)
    assert (
        kept.settings
        == settings.load(shop)
        == there._replace(language="en", tabs=("history", "misc"), opening_views=(("customer", 7),))
    )
    assert set(kept.taken) == {"mouse", "default_type", "tab_misc", "opening_view customer"}


BOTH: dict[str, tuple[UserSettings, UserSettings]] = {
    "language": (OWN._replace(language="en"), OWN._replace(language="")),
    "default_type": (OWN._replace(default_type=2), OWN._replace(default_type=None)),
    "opening_filter": (OWN._replace(opening_filter="tv"), OWN._replace(opening_filter="")),
    "columns": (OWN._replace(columns="simple"), OWN._replace(columns="normal")),
    "opening_view product": (OWN.opening_with("product", 1), OWN.opening_with("product", 2)),
}


@pytest.mark.parametrize("field", BOTH)
def test_a_setting_changed_at_two_terminals_is_refused_and_kept_once_it_was_told(shop: Session, field: str) -> None:
    settings.save(shop, OWN)
    there, here = BOTH[field]
    settings.save(shop, there, OWN)
    with pytest.raises(Conflict) as caught:
        settings.save(shop, here, OWN)
    assert field in caught.value.fields
    assert settings.load(shop) == there
    told = settings.seen(shop, OWN, caught.value.fields)
    assert settings.save(shop, here, told).settings == settings.load(shop) == here


NOT_UNDERSTOOD = (
    ("columns", "not json"),
    ("mouse", '"yes"'),
    ("default_type", '"TV"'),
    ("tabs", '["no such tab"]'),
    ("from_a_newer_program", "true"),
    ("note_stamp", "null"),
    ("language", "[1]"),
)


def test_what_is_not_understood_has_its_default(shop: Session) -> None:
    assert shop.employee is not None
    with change_set(shop.store, None, "test") as changes:
        for name, value in NOT_UNDERSTOOD:
            changes.insert(UserSetting, {"employee": shop.employee.id, "name": name, "value": value})
    assert settings.load(shop) == UserSettings()


def test_tabs_stand_in_the_sheets_order(shop: Session) -> None:
    settings.save(shop, UserSettings(tabs=tuple(reversed(TABS[:3]))))
    assert settings.load(shop).tabs == TABS[:3]


def test_before_anybody_is_signed_in_there_are_defaults_and_nothing_is_kept(shop: Session) -> None:
    shop.employee = None
    assert settings.load(shop) == UserSettings()
    with pytest.raises(NotAllowed):
        settings.save(shop, OWN)
