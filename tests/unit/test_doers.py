"""Every command leads to a method, and every method to a command, whichever screen or helper has it."""

from __future__ import annotations

import pytest
from typing_extensions import is_protocol

from svc_tui.alarms import Alarms
from svc_tui.app import SvcApp
from svc_tui.app_screens import AppScreens
from svc_tui.commands import COMMANDS, Command, Keymap, Where
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.form_screen import FormScreen
from svc_tui.screens.shell.picker import Picker
from svc_tui.timing import Timing
from tests.classes import classes, subclasses
from tests.unit import test_commands

ALL = subclasses(BaseScreen)
SCREENS = [screen for screen in ALL if not any(other is not screen and issubclass(other, screen) for other in ALL)]
"""Those that are shown, and no others are made of."""
DOERS = [
    entry for entry in classes()
    if any(name.startswith("do_") for name in vars(entry)) and not is_protocol(entry)
]  # fmt: skip
NO_COMMAND = {"do_chosen"}
"""Methods that are called so and are none."""


def doers_of(screen: type[BaseScreen]) -> tuple[type[object], ...]:
    """What does commands for a screen, by the lists of its own and of the screens it is made of."""
    helpers = [test_commands.HELPERS.get(made_of, ()) for made_of in screen.__mro__ if issubclass(made_of, BaseScreen)]
    return (screen, *(helper for some in helpers for helper in some), SvcApp, AppScreens, Alarms, Timing)


def places_of(screen: type[BaseScreen]) -> tuple[frozenset[Where], ...]:
    """The places that a screen can be in."""
    listed = test_commands.SCREENS.get(screen)
    if listed is not None:
        return listed
    with_field = screen.places | {Where.FIELD}
    return (screen.places, with_field) if issubclass(screen, FormScreen | Picker) else (screen.places,)


def test_the_screens_that_there_are_were_found() -> None:
    names = {screen.__name__ for screen in SCREENS}
    assert {"ActivityListScreen", "RefusalsScreen", "ReaderScreen", "ViewsPicker"} <= names
    assert {doer.__name__ for doer in DOERS} >= {"SvcApp", "ListActs", "SheetLines", "ListOrder"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.id))
def test_a_command_has_a_method_somewhere(command: Command) -> None:
    if command.id not in test_commands.DESTINATIONS and not command.plays:
        assert any(command.method in vars(doer) for doer in DOERS), f"nothing has {command.method}"


@pytest.mark.parametrize("doer", DOERS, ids=lambda doer: f"{doer.__module__}.{doer.__name__}")
def test_a_method_belongs_to_a_command(doer: type) -> None:
    known = {command.method for command in COMMANDS} | NO_COMMAND
    assert {name for name in vars(doer) if name.startswith("do_")} <= known


@pytest.mark.parametrize("doer", DOERS, ids=lambda doer: f"{doer.__module__}.{doer.__name__}")
def test_what_does_commands_is_asked_by_a_screen(doer: type) -> None:
    """Else its keys stand in the help and do nothing: name it in `helpers` of the screen, and in HELPERS."""
    asked = {entry for screen in SCREENS for one in doers_of(screen) for entry in one.__mro__}
    assert doer in asked


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: str(screen.__name__))
def test_whatever_is_valid_on_a_screen_can_be_done_there(screen: type[BaseScreen]) -> None:
    keymap = Keymap()
    doers = doers_of(screen)
    for places in places_of(screen):
        for command in keymap.valid(places):
            can = any(callable(getattr(doer, command.method, None)) for doer in doers)
            assert can or command.plays or command.id in test_commands.DESTINATIONS, command.method
