"""The command table: everything in it can be done, nothing clashes, and the keys are those that were promised."""

from __future__ import annotations

import itertools

import pytest

from svc_tui.alarms import Alarms
from svc_tui.app import SvcApp
from svc_tui.app_screens import AppScreens
from svc_tui.commands import COMMANDS, WHERE_LABELS, Command, Keymap, Where, is_letter, key_name, key_table
from svc_tui.commands.together import TOGETHER
from svc_tui.destinations import destinations
from svc_tui.screens.history.changes import ActScreen, ChangesScreen
from svc_tui.screens.jobs.activity_list import ActivityListScreen
from svc_tui.screens.jobs.list_acts import ListActs
from svc_tui.screens.jobs.list_orders import ListOrders
from svc_tui.screens.jobs.same_jobs import SameJobs as SameJobsOfRow
from svc_tui.screens.jobs.views import ViewsPicker
from svc_tui.screens.orders.loans import LoansScreen
from svc_tui.screens.orders.make_orders import MakeOrders
from svc_tui.screens.orders.order_acts import OrderActs
from svc_tui.screens.orders.order_card import OrderCard
from svc_tui.screens.orders.order_list import OrdersScreen
from svc_tui.screens.people.contact_card import ContactCardScreen
from svc_tui.screens.people.contact_list import ContactList
from svc_tui.screens.people.own_keys import OwnKeysScreen
from svc_tui.screens.people.settings import SettingsScreen
from svc_tui.screens.people.welcome import Welcome
from svc_tui.screens.registers.company_form import CompanyForm
from svc_tui.screens.registers.hours import HoursScreen
from svc_tui.screens.registers.menu import RegistersMenu
from svc_tui.screens.registers.views import ViewsRegister
from svc_tui.screens.reports.balance import BalanceScreen
from svc_tui.screens.reports.board_acts import BoardActs
from svc_tui.screens.reports.dashboard import Dashboard
from svc_tui.screens.reports.hand_out_screen import HandOutScreen
from svc_tui.screens.reports.next_screen import NextScreen
from svc_tui.screens.reports.person_screen import PersonScreen
from svc_tui.screens.reports.statistics import StatisticsScreen
from svc_tui.screens.reports.undo_here import UndoHere
from svc_tui.screens.reports.week import WeekScreen
from svc_tui.screens.reports.week_jobs import WeekJobs
from svc_tui.screens.sheet.activity_sheet import ActivitySheetScreen
from svc_tui.screens.sheet.same_jobs import SameJobs as SameJobsOfSheet
from svc_tui.screens.sheet.sheet_cards import SheetCards
from svc_tui.screens.sheet.sheet_lines import SheetLines
from svc_tui.screens.sheet.sheet_orders import SheetOrders
from svc_tui.screens.sheet.sheet_rescue import Rescue
from svc_tui.screens.shell.application import Application
from svc_tui.screens.shell.arrange import ArrangeColumns
from svc_tui.screens.shell.base import BaseScreen
from svc_tui.screens.shell.dialog import FormDialog
from svc_tui.screens.shell.help import HelpScreen
from svc_tui.screens.shell.list_order import ListOrder
from svc_tui.screens.shell.list_selecting import ListSelecting
from svc_tui.screens.shell.list_undo import ListUndo
from svc_tui.screens.shell.merging import MergeScreen
from svc_tui.screens.shell.picker import Picker
from svc_tui.screens.shell.record_rescue import RecordRescue
from svc_tui.screens.shell.record_tabs import RecordTabs
from svc_tui.screens.shell.register_form import RegisterForm
from svc_tui.screens.shell.register_screen import RegisterScreen
from svc_tui.screens.stock.arrivals import ArrivalsScreen
from svc_tui.screens.stock.device_card import DeviceCardScreen
from svc_tui.screens.stock.device_list import DeviceList
from svc_tui.screens.stock.part_undo import PartUndo
from svc_tui.screens.stock.product_card import ProductCardScreen
from svc_tui.screens.stock.product_list import ProductList
from svc_tui.screens.stock.proposals import ProposalsScreen
from svc_tui.screens.stock.returns import ReturnsScreen
from svc_tui.screens.stock.to_order import ToOrderScreen
from svc_tui.timing import Timing


def _entries(*own: Where) -> tuple[frozenset[Where], ...]:
    """Where one is in a list of entries: in its rows, and in its filter line."""
    places = frozenset((Where.ENTRIES, Where.ROWS, *own))
    return places | {Where.TOP, Where.CURSOR}, places | {Where.FIELD}


SCREENS: dict[type[BaseScreen], tuple[frozenset[Where], ...]] = {
    ActivityListScreen: (
        frozenset((Where.LIST, Where.ROWS, Where.TOP, Where.CURSOR)),
        frozenset((Where.LIST, Where.ROWS, Where.FIELD)),
    ),
    ContactList: _entries(Where.MERGED),
    DeviceList: _entries(Where.MERGED),
    ProductList: _entries(),
    MergeScreen: (frozenset((Where.FORM, Where.MERGE, Where.CURSOR)),),
    ActivitySheetScreen: (
        frozenset((Where.SHEET, Where.RECORD, Where.FORM)),
        frozenset((Where.SHEET, Where.RECORD, Where.FORM, Where.FIELD)),
        frozenset((Where.SHEET, Where.RECORD, Where.FORM, Where.TABLE)),
        frozenset((Where.SHEET, Where.RECORD, Where.FORM, Where.TABLE, Where.LINES, Where.TAKEN, Where.CURSOR)),
    ),
    **dict.fromkeys(
        (ContactCardScreen, DeviceCardScreen, ProductCardScreen),
        (
            frozenset((Where.CARD, Where.RECORD, Where.FORM)),
            frozenset((Where.CARD, Where.RECORD, Where.FORM, Where.FIELD)),
            frozenset((Where.CARD, Where.RECORD, Where.FORM, Where.TABLE)),
        ),
    ),
    Picker: (
        frozenset((Where.PICKER, Where.FIELD)),
        frozenset((Where.PICKER, Where.ADDING, Where.FIELD)),
        frozenset((Where.PICKER, Where.CARDS, Where.FIELD)),
    ),
    RegistersMenu: (frozenset(),),
    RegisterScreen: (frozenset((Where.REGISTER,)), frozenset((Where.REGISTER, Where.MOVED, Where.CURSOR))),
    RegisterForm: (frozenset((Where.FORM, Where.FIELD)),),
    CompanyForm: (frozenset((Where.FORM, Where.FIELD)),),
    ViewsRegister: (frozenset((Where.VIEWS_OF_ALL, Where.CURSOR)),),
    HoursScreen: (frozenset((Where.HOURS, Where.CURSOR)),),
    FormDialog: (frozenset((Where.FORM, Where.FIELD)),),
    SettingsScreen: (frozenset((Where.FORM, Where.SETTINGS, Where.FIELD)),),
    OwnKeysScreen: (frozenset((Where.KEYS, Where.CURSOR)),),
    Welcome: (frozenset((Where.FORM, Where.FIELD)), frozenset((Where.FORM,))),
    HelpScreen: (frozenset(),),
    ChangesScreen: (frozenset((Where.CHANGES, Where.CURSOR)),),
    ActScreen: (frozenset(),),
    ViewsPicker: (frozenset((Where.PICKER, Where.VIEWS)),),
    ArrangeColumns: (frozenset((Where.FORM, Where.COLUMNS, Where.CURSOR)),),
    Dashboard: (frozenset((Where.TOP, Where.BOARD, Where.CURSOR)), frozenset((Where.TOP,))),
    BalanceScreen: (frozenset((Where.BALANCE, Where.CURSOR)),),
    NextScreen: (frozenset((Where.NEXT, Where.CURSOR)),),
    PersonScreen: (frozenset((Where.PERSON, Where.CURSOR)),),
    HandOutScreen: (frozenset((Where.HANDING, Where.CURSOR)),),
    WeekScreen: (frozenset((Where.WEEK, Where.CURSOR)),),
    WeekJobs: (frozenset((Where.WEEK_JOBS, Where.CURSOR)),),
    ArrivalsScreen: (frozenset((Where.TOP, Where.ARRIVALS, Where.CURSOR)),),
    ToOrderScreen: (frozenset((Where.TO_ORDER, Where.CURSOR)),),
    ReturnsScreen: (frozenset((Where.RETURNS, Where.CURSOR)),),
    ProposalsScreen: (frozenset((Where.PROPOSED, Where.CURSOR)),),
    StatisticsScreen: (frozenset((Where.TOP, Where.STATISTICS, Where.CURSOR)),),
    OrdersScreen: (frozenset((Where.ORDERS, Where.TOP, Where.CURSOR)),),
    OrderCard: (
        frozenset((Where.ORDER, Where.RECORD, Where.FORM)),
        frozenset((Where.ORDER, Where.RECORD, Where.FORM, Where.FIELD)),
        frozenset((Where.ORDER, Where.RECORD, Where.FORM, Where.TABLE, Where.CURSOR)),
    ),
    MakeOrders: (frozenset((Where.MAKING, Where.CURSOR)),),
    LoansScreen: (frozenset((Where.LOANS, Where.CURSOR)),),
}
"""Every screen, and the places it can be in."""

HELPERS: dict[type[BaseScreen], tuple[type[object], ...]] = {
    Dashboard: (BoardActs, UndoHere),
    OrdersScreen: (OrderActs,),
    OrderCard: (RecordTabs, OrderActs),
    NextScreen: (UndoHere,),
    PersonScreen: (UndoHere, ListSelecting),
    WeekJobs: (UndoHere,),
    **dict.fromkeys((ArrivalsScreen, ToOrderScreen, ReturnsScreen), (PartUndo,)),
    ActivityListScreen: (ListSelecting, ListActs, ListUndo, ListOrder, SameJobsOfRow, ListOrders),
    ActivitySheetScreen: (SheetLines, RecordTabs, SameJobsOfSheet, SheetCards, SheetOrders, Rescue),
    **dict.fromkeys((ContactList, DeviceList, ProductList), (ListSelecting, ListOrder, ListUndo)),
    **dict.fromkeys((ContactCardScreen, DeviceCardScreen, ProductCardScreen), (RecordTabs, RecordRescue)),
}
"""What does commands for a screen besides itself."""

PLACES = sorted({places for found in SCREENS.values() for places in found}, key=sorted)

# /design/keys.md: what each action is called here, its function keys and its plain keys. Not in this stage:
# the screens 6 and 9.
PROMISED: dict[str, tuple[str, ...]] = {
    "app.help": ("f1", "?"),
    "form.save": ("f2", "ctrl+s"),
    "app.close": ("f3", "escape"),
    "field.look_up": ("f4", "ctrl+o"),
    "app.refresh": ("f5", "ctrl+r"),
    "activity.new": ("f6", "n", "ctrl+n"),
    "tab.previous": ("f7", "ctrl+b"),
    "tab.next": ("f8", "ctrl+t"),
    "list.page_up": ("f7", "pageup"),
    "list.page_down": ("f8", "pagedown"),
    "activity.link": ("f9", "l", "ctrl+l"),
    "app.palette": ("f10", "ctrl+p"),
    "list.columns": ("f11", "v"),
    "app.quit": ("ctrl+q",),
    "activity.open": ("enter",),
    "list.filter": ("/",),
    "activity.done": ("d",),
    "activity.postpone": ("p",),
    "activity.reassign": ("a",),
    "activity.status": ("s",),
    "activity.duplicate": ("c",),
    "changes.show": ("enter",),
    "changes.undo": ("u",),
    "go.1": ("1",),
    "go.2": ("2",),
    "go.3": ("3",),
    "go.4": ("4",),
    "go.5": ("5",),
    "board.balance": ("b",),
    "board.hand_out": ("a",),
    "go.7": ("7",),
    "go.8": ("8",),
    "go.0": ("0",),
    "tab.number": tuple("123456789"),
    "line.payer": ("y",),
    "line.remove": ("delete",),
    "list.views": ("w",),
    "list.select": ("space",),
    "list.range": ("shift+down", "x"),
    "list.select_all": ("*",),
    "act.undo": ("u",),
    "act.redo": ("U",),
    "app.registers": ("R",),
    "register.add": ("n", "f6", "ctrl+n"),
}
WHERE_PROMISED: dict[str, set[Where]] = {
    "app.help": {Where.EVERYWHERE}, "form.save": {Where.FORM}, "app.close": {Where.EVERYWHERE},
    "field.look_up": {Where.FIELD}, "app.refresh": {Where.EVERYWHERE}, "activity.new": {Where.LIST, Where.SHEET},
    "tab.next": {Where.RECORD}, "list.page_down": {Where.TOP}, "activity.link": {Where.LIST, Where.SHEET},
    "app.palette": {Where.EVERYWHERE}, "list.columns": {Where.ROWS}, "app.quit": {Where.EVERYWHERE},
    "activity.open": {Where.LIST}, "list.filter": {Where.ROWS}, "activity.done": {Where.LIST, Where.SHEET},
    "tab.number": {Where.TABLE}, "go.1": {Where.TOP},
}  # fmt: skip


APP: Application = None  # type: ignore[assignment]  # who opens them is not asked here
DESTINATIONS = destinations(APP)


def _can(doer: type[object], command: Command) -> bool:
    return callable(getattr(doer, command.method, None))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.id))
def test_every_command_can_be_done_wherever_it_is_valid(command: Command) -> None:
    keymap = Keymap()
    for screen, in_places in SCREENS.items():
        for places in in_places:
            if command in keymap.valid(places):
                missing = f"{command.method} on {screen.__name__}"
                doers: tuple[type[object], ...] = (screen, *HELPERS.get(screen, ()), SvcApp, AppScreens, Alarms, Timing)
                assert command.id in DESTINATIONS or command.plays or any(_can(doer, command) for doer in doers), (
                    missing
                )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.id))
def test_every_command_is_valid_on_some_screen(command: Command) -> None:
    assert any(command in Keymap().valid(places) for found in SCREENS.values() for places in found)


@pytest.mark.parametrize("places", PLACES, ids=lambda places: "+".join(sorted(places)) or "nowhere")
@pytest.mark.parametrize("typing", [False, True])
def test_no_two_commands_clash_in_one_place(places: frozenset[Where], typing: bool) -> None:
    keymap = Keymap()
    for first, second in itertools.combinations(keymap.valid(places), 2):
        shared = set(keymap.keys_of(first, places, typing=typing)) & set(keymap.keys_of(second, places, typing=typing))
        assert not shared, f"{first.id} and {second.id}: {shared}"


@pytest.mark.parametrize("places", PLACES, ids=lambda places: "+".join(sorted(places)) or "nowhere")
def test_places_that_come_together_are_known_where_own_keys_are_looked_at(places: frozenset[Where]) -> None:
    assert any(places <= wider for wider in TOGETHER), "name them in commands/together.py"


@pytest.mark.parametrize("name", PROMISED)
def test_the_promised_keys_are_there(name: str) -> None:
    command = next(command for command in COMMANDS if command.id == name)
    assert set(PROMISED[name]) <= set(command.keys)
    assert WHERE_PROMISED.get(name, set()) <= set(command.where)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: str(command.id))
def test_every_key_can_be_typed_on_a_danish_keyboard_and_a_thin_terminal(command: Command) -> None:
    for key in command.keys:
        assert key not in set("[]{}@\\|~")
        assert not key.startswith(("alt+", "ctrl+shift+", "shift+ctrl+", "ctrl+alt+")), key
        # Ctrl+I, M, J, H, [ are Tab, Enter, Enter, Backspace, Escape on a terminal.
        assert key not in {"ctrl+i", "ctrl+m", "ctrl+j", "ctrl+h", "ctrl+c", "ctrl+s+q"}
        assert "ctrl+z" not in command.keys or command.id == "app.suspend", "it stops a program, as everywhere else"


@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if any(key[0] == "f" and key[1:].isdigit() for key in command.keys)],
    ids=lambda command: str(command.id),
)  # fmt: skip
def test_every_function_key_has_a_plain_twin(command: Command) -> None:
    assert any(not (key[0] == "f" and key[1:].isdigit()) for key in command.keys)


def test_ids_and_methods_are_unique() -> None:
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)
    assert len({command.method for command in COMMANDS}) == len(COMMANDS)


def test_every_do_method_is_a_command() -> None:
    known = {command.method for command in COMMANDS} | {"do_chosen"}
    doers: list[type[object]] = [SvcApp, AppScreens, Alarms, Timing, *SCREENS, *itertools.chain(*HELPERS.values())]
    for doer in doers:
        assert {name for name in dir(doer) if name.startswith("do_")} <= known, doer


def test_every_destination_has_its_command_and_key() -> None:
    going = {command.id: command for command in COMMANDS if command.id.startswith("go.")}
    assert set(going) == set(DESTINATIONS)
    for name, there in DESTINATIONS.items():
        assert (there.key,) == going[name].keys
        assert there.right == going[name].right
        assert going[name].where == (Where.TOP,)


def test_labels_are_short_and_help_is_a_sentence() -> None:
    for command in COMMANDS:
        assert 0 < len(command.label) <= 16, command.id
        assert command.help[0].isupper(), command.id
        assert not command.help.endswith("."), command.id


def test_every_place_has_a_label() -> None:
    assert set(WHERE_LABELS) == set(Where)


@pytest.mark.parametrize("key", ["n", "?", "/", "1", "enter", "delete", "pagedown", "space"])
def test_keys_that_belong_to_a_text_are_no_commands_while_typing(key: str) -> None:
    for places in PLACES:
        assert Keymap().find(key, places, typing=True) is None


@pytest.mark.parametrize(
    ("key", "places", "typing", "wanted"),
    [
        ("f8", {Where.SHEET, Where.RECORD, Where.FORM}, False, "tab.next"),
        ("f8", {Where.LIST, Where.ROWS, Where.TOP}, False, "list.page_down"),
        ("enter", {Where.LIST, Where.ROWS, Where.TOP}, False, "activity.open"),
        ("enter", {Where.SHEET, Where.TABLE}, False, "line.edit"),
        ("1", {Where.LIST, Where.ROWS, Where.TOP}, False, "go.1"),
        ("1", {Where.SHEET, Where.TABLE}, False, "tab.number"),
        ("f6", {Where.SHEET, Where.FORM, Where.FIELD}, True, "activity.new"),
        ("f1", set(), True, "app.help"),
    ],
)
def test_a_key_means_what_the_place_says(key: str, places: set[Where], typing: bool, wanted: str) -> None:
    found = Keymap().find(key, frozenset(places), typing=typing)
    assert found is not None
    assert found.id == wanted


_NAMED_IN_A_SHEET = {
    "?": "app.help",
    "y": "line.payer",
    "u": "line.bring_back",
    "+": "line.used",
    "*": "line.unneeded",
    "-": "line.back",
} | dict.fromkeys("123456789", "tab.number")


@pytest.mark.parametrize("places", [places for places in PLACES if Where.SHEET in places], ids=sorted)
def test_in_a_sheet_only_the_named_letters_are_commands(places: frozenset[Where]) -> None:
    for code in range(32, 0x180):
        found = Keymap().find(chr(code), places, typing=False)
        assert found is None or found.id == _NAMED_IN_A_SHEET[chr(code)], chr(code)
    assert Keymap().find("space", places, typing=False) is None


@pytest.mark.parametrize("places", PLACES, ids=lambda places: "+".join(sorted(places)) or "nowhere")
@pytest.mark.parametrize("typing", [False, True])
def test_the_key_bar_offers_keys_that_work(places: frozenset[Where], typing: bool) -> None:
    keymap = Keymap()
    for key, command in keymap.bar(places, typing=typing):
        assert keymap.find(key, places, typing=typing) is command


def test_the_key_bar_has_the_most_important_first() -> None:
    offered = [command.bar for _key, command in Keymap().bar(frozenset((Where.LIST, Where.TOP)), typing=False)]
    assert offered == sorted(offered)


@pytest.mark.parametrize(
    ("key", "name"), [("f2", "F2"), ("ctrl+s", "Ctrl+S"), ("escape", "Esc"), ("/", "/"), ("n", "n"), ("pageup", "PgUp")]
)
def test_a_key_is_called_what_people_call_it(key: str, name: str) -> None:
    assert key_name(key) == name


def test_the_key_table_has_every_command_with_its_keys() -> None:
    table = key_table()
    assert len(table) == len(COMMANDS)
    for (help_text, function, plain, where), command in zip(table, COMMANDS, strict=True):
        assert help_text == command.help
        assert len(function.split()) + len(plain.split()) == len(command.keys)
        assert where


@pytest.mark.parametrize(("key", "wanted"), [("n", True), ("space", True), ("f1", False), ("enter", False)])
def test_what_types_something_is_a_letter(key: str, wanted: bool) -> None:
    assert is_letter(key) is wanted
