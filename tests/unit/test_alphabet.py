"""Lists are sorted as a Danish reader looks things up."""

from __future__ import annotations

from svc_tui.db.ordering import letters


def test_the_letters_of_the_north_stand_behind_z() -> None:
    names = [
        "Åse",
        "Zeynep",
        "Ødis",
        "Æble",
        "Aage",
        "abe",
        "Odin",
        "Äpple",
        "Örjan",
        "Béa",
        "bad",
        "Müller",
        "Myg",
        "Aalborg",
    ]
    wanted = ["abe", "bad", "Béa", "Myg", "Müller", "Odin", "Zeynep", "Æble", "Äpple", "Ødis", "Örjan"]
    assert sorted(names, key=letters)[: len(wanted)] == wanted
    assert set(sorted(names, key=letters)[len(wanted) :]) == {"Åse", "Aage", "Aalborg"}


def test_capitals_do_not_count() -> None:
    assert letters("ÅBEN Kasse") == letters("Aaben kasse") == letters("åben KASSE")
