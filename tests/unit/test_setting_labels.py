"""Every setting, every column and every preset has a name in words."""

from __future__ import annotations

import pytest

from svc_tui.domain.columns import LAYOUTS, OWN
from svc_tui.domain.first_screens import FIRST_SCREENS
from svc_tui.domain.labels import FIRST_SCREEN_LABELS
from svc_tui.domain.setting_labels import COLUMN_LABELS, LISTS_WITH_COLUMNS, PRESET_LABELS, setting_label
from svc_tui.services.people.settings import UserSettings, parts


@pytest.mark.parametrize("name", [*UserSettings._fields, *parts(UserSettings(opening_views=(("product", 1),)))])
def test_every_setting_is_called_something_else_than_it_is_stored_as(name: str) -> None:
    assert setting_label(name).sentence() not in ("", name)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_column_and_preset_of_a_list_has_a_name(name: str) -> None:
    found = LAYOUTS[name]
    assert set(COLUMN_LABELS[found.name]) == set(found.columns)
    assert set(PRESET_LABELS) == {*found.presets, OWN}
    assert found.name in LISTS_WITH_COLUMNS


def test_every_screen_that_one_can_begin_with_has_a_name() -> None:
    assert set(FIRST_SCREEN_LABELS) == set(FIRST_SCREENS)
