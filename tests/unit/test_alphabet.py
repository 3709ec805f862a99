"""Lists are sorted as a reader of the shop's language looks things up."""

from __future__ import annotations

import pytest

from svc_tui.domain.language.alphabet import alphabet_of, letters

NAMES = [
    *("Åse", "Zeynep", "Ødis", "Æble", "Aage", "abe", "Odin", "Äpple", "Örjan", "Béa", "bad", "Müller", "Myg"),
    *("Aalborg", "Ñandú", "Nor", "Çelik", "cd", "Šime", "Soren", "Łukasz", "lys", "Żak"),
]


def in_order(language: str) -> list[str]:
    return sorted(NAMES, key=lambda name: (letters(name, alphabet_of(language)), name))


@pytest.mark.parametrize("language", ["da", "nb"])
def test_in_danish_and_norwegian_ae_oe_aa_stand_behind_z_and_aa_is_aa(language: str) -> None:
    assert in_order(language) == [
        *("abe", "bad", "Béa", "cd", "Çelik", "Łukasz", "lys", "Myg", "Müller", "Ñandú", "Nor", "Odin", "Šime"),
        *("Soren", "Żak", "Zeynep", "Æble", "Äpple", "Ødis", "Örjan", "Aage", "Aalborg", "Åse"),
    ]


def test_in_swedish_aa_ae_oe_stand_behind_z_and_two_a_are_two() -> None:
    found = in_order("sv")
    assert found[:3] == ["Aage", "Aalborg", "abe"]
    assert found[-6:] == ["Zeynep", "Åse", "Æble", "Äpple", "Ødis", "Örjan"]


def test_elsewhere_they_are_the_letters_they_look_like() -> None:
    assert in_order("en") == [
        *("Aage", "Aalborg", "abe", "Æble", "Äpple", "Åse", "bad", "Béa", "cd", "Çelik", "Łukasz", "lys", "Müller"),
        *("Myg", "Ñandú", "Nor", "Odin", "Ødis", "Örjan", "Šime", "Soren", "Żak", "Zeynep"),
    ]


@pytest.mark.parametrize("language", ["da", "nb", "sv", "en"])
@pytest.mark.parametrize("pair", ["éE", "Ñn", "çC", "šS", "Žz", "ąA", "Őö", "Üű", "řR"])
def test_capitals_and_accents_do_not_count(language: str, pair: str) -> None:
    alphabet = alphabet_of(language)
    assert letters(f"x{pair[0]}x", alphabet) == letters(f"X{pair[1]}X", alphabet)
    assert letters("ÅBEN Kasse", alphabet) == letters("åben KASSE", alphabet)


def test_aa_is_one_letter_in_danish_only() -> None:
    assert letters("Aaben", alphabet_of("da")) == letters("Åben", alphabet_of("da"))
    assert letters("Aaben", alphabet_of("sv")) == letters("aaben", alphabet_of("sv")) == "aaben"
    assert letters("Haag", alphabet_of("en")) == "haag"
