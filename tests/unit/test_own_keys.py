"""Own keys: how they are written, that no key means two things, and that sentences name the keys one has."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from svc_tui import i18n
from svc_tui.commands import COMMANDS, Keymap, Where, edits
from svc_tui.commands.key_file import read as read_file
from svc_tui.commands.key_file import read_set, sets
from svc_tui.commands.remapping import FIXED, NEEDED_IN_FIELDS, Own, read_key, remapped
from svc_tui.commands.spoken import OTHERWISE, SPOKEN, speaker
from svc_tui.commands.together import TOGETHER
from svc_tui.domain.errors import Invalid
from svc_tui.domain.scanning import ASKING, JUMPS, MOVES, Kind, read_burst
from svc_tui.own_keys import read
from svc_tui.services.people.settings import UserSettings
from tests.catalogues import TEMPLATE
from tests.catalogues import read as read_catalogue

STANDARD = {command.id: command for command in COMMANDS}
LIST = frozenset((Where.LIST, Where.ROWS, Where.TOP, Where.CURSOR))


def _keys(keymap: Keymap, name: str) -> tuple[str, ...]:
    return next(command.keys for command in keymap.commands if command.id == name)


def _clashes(keymap: Keymap) -> list[tuple[str, str, str]]:
    """(key, a command, another that it means in the same place)."""
    found = []
    for places, typing in itertools.product(TOGETHER, (False, True)):
        keys: dict[str, str] = {}
        for command in keymap.valid(places):
            for key in keymap.keys_of(command, places, typing=typing):
                if key in keys:
                    found.append((key, keys[key], command.id))
                keys[key] = command.id
    return found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("F7", "f7"), ("f12", "f12"), ("Ctrl+K", "ctrl+k"), ("ctrl+k", "ctrl+k"), ("Del", "delete"),
        ("PgDn", "pagedown"), ("Space", "space"), ("Shift+Down", "shift+down"), ("n", "n"), ("N", "N"),
        ("å", "å"), ("{", "{"), ("Esc", "escape"),
    ],
)  # fmt: skip
def test_a_key_is_written_as_people_call_it(text: str, key: str) -> None:
    assert read_key(text) == key


@pytest.mark.parametrize(
    "text", ["", " ", "Tab", "Ctrl+I", "Ctrl+M", "Ctrl+H", "Ctrl+J", "Ctrl+C", "Alt+D", "F99", "nn"]
)
def test_what_no_terminal_sends_as_a_key_of_its_own_is_none(text: str) -> None:
    with pytest.raises(Invalid):
        read_key(text)


def test_without_own_keys_the_table_stays_as_it_is() -> None:
    found = remapped({})
    assert found.keymap.commands == COMMANDS
    assert not found.refused
    assert not found.given_away


def test_an_own_key_goes_before_that_of_the_table_and_this_is_told() -> None:
    found = remapped({"activity.done": ["p"]})
    assert _keys(found.keymap, "activity.done") == ("p",)
    assert _keys(found.keymap, "activity.postpone") == ()
    assert [error.sentence() for error in found.given_away] == [
        "p is now “Done” (lists of jobs) and no longer “Postpone”."
    ]
    assert not found.refused


def test_of_two_own_keys_that_clash_the_first_of_the_table_has_it_and_the_other_stays_as_it_comes() -> None:
    found = remapped({"activity.status": ["p"], "activity.done": ["p"]})
    assert _keys(found.keymap, "activity.done") == ("p",)
    assert _keys(found.keymap, "activity.status") == ("s",)
    assert [error.sentence() for error in found.refused] == ["p is “Done” (lists of jobs): “Status” does not get it."]


def test_a_key_may_mean_two_things_where_they_never_meet() -> None:
    found = remapped({"line.payer": ["ctrl+y"], "view.delete": ["d"]})
    assert not found.refused
    assert [error.sentence() for error in found.given_away] == [
        "Ctrl+Y is now “Payer” (table of lines) and no longer “Customer's jobs”."
    ]


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ({"no.such": ["D"]}, "“no.such” is no command. svc-tui keys --ids names them all."),
        ({"activity.done": ["Esc"]}, "Esc is always “Close”."),
        ({"activity.done": ["Ctrl+Q"]}, "Ctrl+Q is always “Quit”."),
        ({"activity.done": ["F2"]}, "F2 is “Save” (sheet, forms): “Done” does not get it."),
        ({"app.help": ["h"]}, "“Help” needs a key that does not write in fields, and keeps F1."),
        ({"tab.next": ["x"]}, "x writes or moves where “Tab” is valid, and does nothing there."),
        ({"activity.done": ["Ctrl+M"]},
         "“Ctrl+M” can be no command's key: write F7, Ctrl+K, PgDn, or the sign itself."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(own: Own, told: str) -> None:
    found = remapped(own)
    assert [error.sentence() for error in found.refused] == [told]
    name = next(iter(own))
    if name in STANDARD:
        assert set(STANDARD[name].keys) & set(_keys(found.keymap, name))


EVIL: list[Own] = [
    *({name: [key] for name in STANDARD} for key in ("F5", "x", "Ctrl+Q", "Esc", "Del")),
    {name: [] for name in STANDARD},
    {"form.save": ["F4"], "app.palette": ["Ctrl+O"], "app.help": ["F10"], "app.close": ["F1"]},
    {name: [*reversed(STANDARD[name].keys), "F1", "n"] for name in STANDARD},
]


@pytest.mark.parametrize("own", EVIL)
def test_whatever_a_user_wants_nothing_clashes_and_there_is_a_way_out(own: Own) -> None:
    keymap = remapped(own).keymap
    assert _clashes(keymap) == []
    for name in NEEDED_IN_FIELDS:
        assert any(not edits(key) for key in _keys(keymap, name)), name
    for name, key in FIXED.items():
        assert key in _keys(keymap, name)


@pytest.mark.parametrize("name", sets())
def test_a_set_that_comes_with_the_program_takes_nothing_away_unseen(name: str) -> None:
    found = remapped(read_set(name))
    assert not found.refused
    assert [error.sentence() for error in found.given_away] == []
    assert _clashes(found.keymap) == []
    for command in found.keymap.commands:
        standard = STANDARD[command.id]
        assert bool(command.keys) == bool(standard.keys), command.id
        if any(key[0] == "f" and key[1:].isdigit() for key in command.keys):
            assert len(command.keys) > 1, f"{command.id} has a function key and no plain one"


def test_the_set_of_vi_moves_with_its_letters_and_still_reads_codes() -> None:
    keymap = remapped(read_set("vi")).keymap
    found = {key: keymap.find(key, LIST, typing=False) for key in "jkGgv:qJ"}
    assert {key: command.id if command else "" for key, command in found.items()} == {
        "j": "move.down", "k": "move.up", "G": "move.last", "g": "move.first", "v": "list.range", ":": "app.palette",
        "q": "app.close", "J": "list.jump",
    }  # fmt: skip
    moves, asking, jumps = keymap.letters
    assert read_burst("J104217\r", moves=moves, asking=asking, jumps=jumps).kind is Kind.KEYS
    assert read_burst("104217\r", moves=moves, asking=asking, jumps=jumps).kind is Kind.SCAN
    assert read_burst("vG/tv 32\rab\r", moves=moves, asking=asking, jumps=jumps).kind is Kind.KEYS


def test_letters_that_scans_are_told_from_are_those_of_the_table() -> None:
    letters = Keymap().letters
    assert [set(some) for some in letters] == [set(MOVES), set(ASKING), set(JUMPS)]


# -- a file ----------------------------------------------------------------------------------------------------


def _file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "keys.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_goes_before_the_settings_and_those_before_the_set(tmp_path: Path) -> None:
    settings = UserSettings(key_set="vi", keys=(("activity.done", ("D",)), ("list.jump", ("z",))))
    found = read(settings, _file(tmp_path, '[keys]\n"activity.done" = ["F13", "D"]\n"list.views" = []\n'))
    assert _keys(found.keymap, "activity.done") == ("f13", "D")
    assert _keys(found.keymap, "list.jump") == ("z",)
    assert _keys(found.keymap, "move.down") == ("down", "j")
    assert _keys(found.keymap, "list.views") == ()
    assert found.in_file == {"activity.done", "list.views"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sets = 1", "“sets” means nothing here: the file says set = \"…\" and has a part [keys]."),
        ('set = "emacs"', "There is no set of keys called “emacs”, but: vi."),
        ('[keys]\n"activity.done" = "D"', "The keys of “activity.done” are written as a list: [\"F7\", \"Ctrl+K\"]."),
        ("[keys", "keys.toml cannot be read: Expected ']' at the end of a table declaration"),
    ],
)  # fmt: skip
def test_what_a_file_says_wrong_is_told_and_the_program_goes_on(tmp_path: Path, text: str, told: str) -> None:
    path = _file(tmp_path, text)
    (error,) = read_file(path).refused
    assert error.sentence().startswith(told)
    assert read(UserSettings(), path).keymap.commands == COMMANDS


# -- sentences -------------------------------------------------------------------------------------------------


def _said(own: Own, message: str, language: str = "en") -> str:
    i18n.install(language)
    try:
        named = speaker(remapped(own).keymap, i18n.translated_as_it_is)
        text = i18n.translated_as_it_is(message)
        return named(message, text) if named else text
    finally:
        i18n.install("en")


@pytest.mark.parametrize(
    ("own", "message", "language", "said"),
    [
        ({"form.save": ["F5"], "app.refresh": ["F2", "ctrl+r"]}, "F2 saves, Esc gives up", "en",
         "F5 saves, Esc gives up"),
        ({"act.undo": ["z"]}, "{name} is deleted. u undoes it.", "da", "{name} er slettet. z fortryder det."),
        ({"act.undo": ["z"]}, "There is no shell to go to. In a list, u undoes.", "da",
         "Der er ingen kommandolinje at gå til. I en liste fortryder z."),
        ({"line.bring_back": ["del"], "line.remove": ["u"]}, "u brings it back, F2 saves. Taken away: {text}", "en",
         "Del brings it back, F2 saves. Taken away: {text}"),
        ({"activity.new": ["F6", "ctrl+n"]}, "n: new job   Enter: open   /: filter   F1: help", "en",
         "F6: new job   Enter: open   /: filter   F1: help"),
        ({"activity.new": ["F6", "ctrl+n"]}, "n: new   Enter: open   /: filter   F1: help", "en",
         "n: new   Enter: open   /: filter   F1: help"),
        ({"list.filter": ["f"], "act.undo": []}, "n: new job   Enter: open   /: filter   F1: help", "da",
         "n: ny sag   Enter: åbn   f: filter   F1: hjælp"),
        ({"act.undo": []}, "u undoes it.", "en", "F10 undoes it."),
    ],
)  # fmt: skip
def test_a_sentence_names_the_key_that_one_has(own: Own, message: str, language: str, said: str) -> None:
    assert _said(own, message, language) == said


@pytest.mark.parametrize("message", OTHERWISE)
def test_sentences_whose_keys_are_other_commands_are_there(message: str) -> None:
    assert message in read_catalogue(TEMPLATE)


def test_what_sentences_name_is_what_the_table_has() -> None:
    for key, name in SPOKEN.values():
        assert key in STANDARD[name].keys
    for named in OTHERWISE.values():
        for spoken, name in named.items():
            assert SPOKEN[spoken][0] in STANDARD[name].keys
