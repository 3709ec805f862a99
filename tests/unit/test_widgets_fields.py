"""The editor of one line and the kinds of field, without a screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.registers import Choice
from svc_tui.domain.text import cluster_end
from svc_tui.widgets import editor as editor_module
from svc_tui.widgets.editor import LineEditor
from svc_tui.widgets.fields import ChoiceField, EnumField, Field, Found, LookupField, ParsedField, TextField, YesNoField
from svc_tui.widgets.form import shown

CHOICES = [Choice(1, "Lav"), Choice(2, "Normal"), Choice(3, "Høj", "H")]


def _number(text: str) -> int:
    if not text.strip().isdigit():
        raise Invalid(N_("“{text}” is no number."), text=text)
    return int(text)


# -- the editor --------------------------------------------------------------------------------------------------


def _typed(*keys: str, value: str = "") -> LineEditor:
    editor = LineEditor()
    editor.put(value)
    for key in keys:
        if not editor.press(key):
            editor.insert(key)
    return editor


@pytest.mark.parametrize(
    ("value", "keys", "wanted", "caret"),
    [
        ("abc", ("left", "x"), "abxc", 3), ("abc", ("home", "x"), "xabc", 1), ("abc", ("backspace",), "ab", 2),
        ("abc", ("home", "delete"), "bc", 0), ("abc", ("home", "backspace"), "abc", 0), ("abc", ("delete",), "abc", 3),
        ("en to tre", ("ctrl+w",), "en to ", 6), ("en to  ", ("ctrl+w",), "en ", 3),
        ("abc", ("left", "ctrl+u"), "c", 0),
        ("abc", ("left", "ctrl+k"), "ab", 2), ("abc", ("home", "left", "left", "end", "right"), "abc", 3),
        ("", ("a", " ", "b"), "a b", 3),
        ("en to tre", ("alt+b",), "en to tre", 6), ("en to tre", ("alt+left", "ctrl+left"), "en to tre", 3),
        ("en to tre", ("home", "alt+f"), "en to tre", 2), ("en to", ("home", "alt+right", "ctrl+right"), "en to", 5),
        ("en to tre", ("home", "alt+d"), " to tre", 0), ("en to tre", ("home", "alt+d", "alt+d"), " tre", 0),
        ("en to, tre", ("alt+backspace",), "en to, ", 7), ("hdmi-2m", ("alt+backspace",), "hdmi-", 5),
        ("en to", ("home", "alt+delete", "alt+b"), " to", 0), ("en", ("alt+f", "alt+d"), "en", 2),
    ],
)  # fmt: skip
def test_editing_keys_do_what_they_do_everywhere(value: str, keys: tuple[str, ...], wanted: str, caret: int) -> None:
    editor = _typed(*keys, value=value)
    assert (editor.value, editor.caret) == (wanted, caret)


def test_the_first_letter_replaces_a_text_that_is_marked_as_a_whole() -> None:
    editor = LineEditor()
    editor.put("gammel", whole=True)
    editor.insert("n")
    assert editor.value == "n"


@pytest.mark.parametrize("key", ["left", "end", "home", "right"])
def test_moving_in_a_marked_text_keeps_it(key: str) -> None:
    editor = LineEditor()
    editor.put("gammel", whole=True)
    editor.press(key)
    editor.insert("x")
    assert "gammel" in editor.value.replace("x", "")


@pytest.mark.parametrize("key", ["backspace", "delete"])
def test_deleting_in_a_marked_text_empties_it(key: str) -> None:
    editor = LineEditor()
    editor.put("gammel", whole=True)
    editor.press(key)
    assert editor.value == ""


def test_a_full_line_takes_no_more_and_says_so() -> None:
    editor = LineEditor(limit=5)
    assert editor.insert("abcde")
    assert not editor.insert("f")
    assert editor.value == "abcde"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("a\nb", "a b"),
        ("\x1b[31mrød", "rød"),
        ("a\x00b", "ab"),
        (" a ", " a "),
        (" ", " "),
        ("\n", " "),
        ("\u202eabc", "abc"),
    ],
)
def test_only_harmless_text_comes_into_a_line(pasted: str, kept: str) -> None:
    editor = LineEditor()
    editor.insert(pasted)
    assert editor.value == kept


@pytest.mark.parametrize("width", [5, 10, 30])
@pytest.mark.parametrize("caret", [0, 7, 20])
def test_the_caret_is_always_in_the_window(width: int, caret: int) -> None:
    editor = LineEditor()
    editor.put("東芝 abcdefghijklmnopqrstuvwxyz")
    editor.caret = caret
    _text, before = editor.window(width)
    assert 0 <= before <= width - 1


@pytest.mark.parametrize("width", [-300, -1, 0, 1])
def test_a_field_without_room_shows_nothing_and_comes_to_an_end(width: int) -> None:
    editor = LineEditor()
    editor.put("東芝 " * 60)
    assert editor.window(width) == ("", 0)


FAMILY, FLAG, THUMB, KEYCAP, ACCENTED = "👨\u200d👩\u200d👧", "🇩🇰", "👍🏽", "1\ufe0f\u20e3", "x\u0323\u0301"


@pytest.mark.parametrize("cluster", [FAMILY, FLAG, THUMB, KEYCAP, ACCENTED, "❤\ufe0f", "日", "e"])
def test_the_caret_never_enters_a_cluster(cluster: str) -> None:
    editor = LineEditor()
    editor.insert(f"a{cluster}b")
    editor.press("left")
    editor.press("left")
    assert (editor.caret, editor.under_caret) == (1, cluster)
    editor.press("right")
    assert editor.value[editor.caret :] == "b"
    editor.press("backspace")
    assert (editor.value, editor.caret) == ("ab", 1)
    editor.insert(cluster)
    editor.press("left")
    editor.press("delete")
    assert (editor.value, editor.caret) == ("ab", 1)


def test_an_emoji_typed_sign_by_sign_is_one() -> None:
    editor = LineEditor()
    for sign in FAMILY:
        editor.press("zero_width_joiner") if sign == "\u200d" else editor.insert(sign)
    assert editor.value == FAMILY
    editor.press("backspace")
    assert editor.value == ""


def test_a_field_that_is_nearly_full_takes_no_part_of_what_is_too_long() -> None:
    editor = LineEditor("ab", 2, limit=4)
    assert not editor.insert(f"c{FAMILY}")
    assert editor.value == "ab"


@given(
    st.text(st.sampled_from("ab 日é\u0301\u200d\ufe0f👨👩👧🇩🇰🏽"), max_size=12),
    st.lists(st.sampled_from(["left", "right", "home", "end", "backspace", "delete", "ctrl+w", "b", "\u0301", "👩"])),
    st.integers(-3, 12),
)
def test_whatever_is_typed_the_caret_is_at_an_edge_and_in_the_window(text: str, keys: list[str], width: int) -> None:
    editor = LineEditor()
    editor.insert(text)
    for key in keys:
        if not editor.press(key):
            editor.insert(key)
        edges = {0}
        while max(edges) < len(editor.value):
            edges.add(cluster_end(editor.value, max(edges)))
        assert editor.caret in edges
        shown, before = editor.window(width)
        assert editor.value.endswith(shown)
        assert 0 <= before <= max(width - 1, 0)


@pytest.mark.parametrize("text", ["x", "é", "日", "\x1b[31m", "\u202e", "👨\u200d👩", "\n", "\u0301"])
def test_of_a_huge_paste_a_line_reads_no_more_than_it_can_hold(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def clean_line(text: str, limit: int) -> str:
        read.append(len(text))
        return text[:limit]

    monkeypatch.setattr(editor_module, "clean_line", clean_line)
    editor = LineEditor()
    assert not editor.insert(text * 1_000_000)
    assert read == [8_000]
    assert len(editor.value) <= editor.limit


# -- fields ------------------------------------------------------------------------------------------------------


def _type(field: Field, text: str) -> None:
    field.editor.put("")
    field.editor.insert(text)


async def test_a_parsed_field_shows_the_proper_form_of_what_was_typed() -> None:
    field = ParsedField("n", "N", _number, lambda value: f"{value:03}")
    _type(field, "7")
    assert field.pending
    await field.commit()
    assert (field.value, field.text, field.pending, field.error) == (7, "007", False, None)


async def test_a_parsed_field_keeps_what_it_cannot_understand_and_its_last_value() -> None:
    field = ParsedField("n", "N", _number, str)
    field.value = 7
    _type(field, "syv")
    await field.commit()
    assert field.text == "syv"
    assert field.error is not None
    assert not field.pending


async def test_an_emptied_field_has_no_value() -> None:
    field = ParsedField("n", "N", _number, str)
    field.value = 7
    field.editor.put("")
    await field.commit()
    assert field.value is None
    choice = ChoiceField("c", "C", lambda: CHOICES)
    choice.value = 2
    choice.editor.put("")
    await choice.commit()
    assert (choice.value, choice.text) == (None, "")


@pytest.mark.parametrize(("typed", "value"), [("n", 2), ("h", 3), ("hoej", 3), ("LAV", 1)])
async def test_a_choice_takes_the_first_that_matches(typed: str, value: int) -> None:
    field = ChoiceField("c", "C", lambda: CHOICES)
    _type(field, typed)
    assert field.hint() == next(choice.label for choice in CHOICES if choice.id == value)
    await field.commit()
    assert field.value == value


async def test_a_choice_refuses_what_it_does_not_know_and_names_its_field() -> None:
    field = ChoiceField("c", "C", lambda: CHOICES)
    _type(field, "qqq")
    assert field.hint() == ""
    await field.commit()
    assert (field.value, field.text) == (None, "qqq")
    assert field.error is not None
    assert field.error.field == "c"
    assert "qqq" in str(field.error)


async def test_a_retired_value_stays_until_it_is_changed() -> None:
    field = ChoiceField("c", "C", lambda: CHOICES)
    field.put(9, "Udgået")
    await field.commit()
    assert (field.value, field.text) == (9, "Udgået")


async def _found(text: str) -> list[Found[str]]:
    return [Found(name, name.title(), "12") for name in ("jensen", "jensen aps") if name.startswith(text.lower())]


async def test_a_lookup_takes_the_first_answer_and_shows_how_many_there_are() -> None:
    field = LookupField("k", "K", _found)
    _type(field, "jen")
    await field.typed(more_follows=False)
    assert field.hint() == "Jensen · 12  (+1)"
    await field.commit()
    assert (field.value, field.text) == ("jensen", "Jensen")


async def test_a_lookup_asks_nobody_while_more_keys_follow() -> None:
    asked: list[str] = []

    async def search(text: str) -> list[Found[str]]:
        asked.append(text)
        return []

    field = LookupField("k", "K", search)
    for place in range(1, 5):
        _type(field, "jens"[:place])
        await field.typed(more_follows=place < 4)
    assert asked == ["jens"]


async def test_an_answer_for_other_letters_is_not_taken() -> None:
    field = LookupField("k", "K", _found)
    _type(field, "jen")
    await field.typed(more_follows=False)
    _type(field, "qqq")
    await field.commit()
    assert field.value is None
    assert field.error is not None
    assert field.text == "qqq"


async def test_a_lookup_may_understand_what_nobody_found() -> None:
    field = LookupField("k", "K", _found, unknown=lambda text: f"new {text}")
    _type(field, "qqq")
    await field.commit()
    assert (field.value, field.text, field.error) == ("new qqq", "qqq", None)


async def test_typing_marks_a_field_as_touched_and_forgives_its_error() -> None:
    field = ChoiceField("c", "C", lambda: CHOICES)
    _type(field, "qqq")
    await field.commit()
    _type(field, "l")
    await field.typed(more_follows=False)
    assert field.touched
    assert field.error is None


async def test_an_enum_field_holds_the_value_itself() -> None:
    field = EnumField("state", "State", {"": "", "needed": "needed", "arrived": "arrived"}, "needed")
    assert (field.text, field.chosen) == ("needed", "needed")
    _type(field, "arr")
    await field.commit()
    assert (field.text, field.chosen) == ("arrived", "arrived")
    assert [choice.id for choice in field.choices()] == ["needed", "arrived"]


async def test_where_an_enum_field_is_emptied_its_first_value_is_meant() -> None:
    field = EnumField("state", "State", {"": "", "needed": "needed"}, "needed")
    _type(field, "")
    await field.commit()
    assert (field.value, field.chosen) == (None, "")


async def test_yes_and_no_are_truth_values() -> None:
    field = YesNoField("shared", "Shared", True)
    assert (field.text, field.chosen) == ("yes", True)
    _type(field, "n")
    await field.commit()
    assert (field.text, field.chosen) == ("no", False)
    _type(field, "")
    await field.commit()
    assert field.chosen is False


def test_what_others_made_of_a_field_stands_beside_it_and_goes_with_the_next_value() -> None:
    field = TextField("name", "Name")
    field.value = "mine"
    field.theirs = "theirs"
    assert "".join(span[0] for span in shown(field, 30)).rstrip() == "mine  (theirs)"
    field.value = "new"
    assert "theirs" not in "".join(span[0] for span in shown(field, 30))
