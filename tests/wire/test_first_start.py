"""The first start: a shop is asked for once, a person once, and `--try` makes a demo shop."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.wire.desk import Desk, command, jobs
from tests.wire.program import ROOT


def test_a_missing_database_becomes_a_shop(tmp_path: Path) -> None:
    path = tmp_path / "ny.db"
    with Desk(path) as desk:
        assert desk.told("Welcome. This is a new, empty shop.") in desk.text()
        desk.press("Radio & TV [Ørsted]<Tab>Åse Holm<Tab>", "<F2>")
        assert desk.title.startswith("Produktservice")
        assert "Åse Holm · Radio & TV [Ørsted]" in desk.title
        desk.press("nDen første<Tab><Tab>tv<Tab><F2>")
        assert desk.quit() == 0
    with Desk(path) as desk:  # and then it is known
        assert "Åse Holm · Radio & TV [Ørsted]" in desk.title
        assert "Den første" in desk.row()
    ran = subprocess.run([*command(path), "show", "10001", "--json"], capture_output=True, text=True, cwd=ROOT)
    assert json.loads(ran.stdout)["subject"] == "Den første", ran.stderr


def test_what_is_missing_is_asked_for_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    with Desk(tmp_path / "ny.db") as desk:
        desk.press("<F2>")
        assert desk.said("Write the name of the shop.") == {}
        desk.press("Værkstedet<Tab>", "<F2>")
        desk.said("Write your name: the first employee.")
        assert "Værkstedet" in desk.text()
        desk.press("Bo<F2>")
        assert "Bo · Værkstedet" in desk.title


def test_the_whole_first_start_in_one_burst(tmp_path: Path) -> None:
    with Desk(tmp_path / "ny.db") as desk:
        desk.press("Værkstedet<Enter>Åse Holm<Enter>ÅH<Enter><F2>nDen første<Tab><Tab>tv<Tab><Tab>åh<Tab><F2><Esc>")
        assert "Åse Holm · Værkstedet" in desk.title
        assert "Den første" in desk.row()
        assert "ÅH" in desk.row()


def test_a_stranger_chooses_who_he_is_once(demo: Path) -> None:
    with Desk(demo, user="skranke1") as desk:
        assert desk.told("Who works here?") in desk.text()
        desk.press("<Down><Down><Up>", "f", "<Enter>")
        assert desk.title.startswith("Produktservice")
        assert "Fatima Aslan" in desk.title
        assert desk.quit() == 0
    with Desk(demo, user="skranke1") as desk:
        assert "Fatima Aslan" in desk.title
    with Desk(demo, user="skranke2") as desk:
        assert desk.told("Who works here?") in desk.text()


def test_a_stranger_who_is_somebody_with_another_system_user_is_told_so(demo: Path) -> None:
    with Desk(demo, user="skranke1") as desk:
        desk.press("f<Enter>")
    with Desk(demo, user="skranke2") as desk:
        desk.press("f<Enter>")
        asked_again = desk.said("{name} has another system user, so {login} is asked again the next time.")
        assert asked_again == {"name": "Fatima Aslan", "login": "skranke2"}
        assert "Fatima Aslan" in desk.title


def test_every_word_of_the_first_start_is_read_on_forty_columns(tmp_path: Path) -> None:
    with Desk(tmp_path / "ny.db", columns=40) as desk:
        shown = " ".join(desk.text().split())
        assert desk.told("Two names and it can begin; F2 starts.") in shown


@pytest.mark.parametrize(
    ("locale", "language", "shop_name", "first_list"),
    [
        ("da_DK.UTF-8", "da", "Demobutikken", "Produktservice"),
        ("en_GB.UTF-8", "en", "The Demo Shop", "Product service"),
    ],
)
def test_trying_it_makes_a_demo_shop_in_the_locales_language(
    tmp_path: Path, locale: str, language: str, shop_name: str, first_list: str
) -> None:
    path = tmp_path / "demo.db"
    with Desk(path, "--try", language=None, env={"LANG": locale}, waits=False) as desk:
        desk.wait_until_ready(timeout=60)
        if not desk.title.startswith(first_list):
            desk.press("<Enter>")
        assert desk.title.startswith(first_list)
        assert shop_name in desk.title
        assert re.search(r"^1[.,]\d\d\d ", desk.message), desk.message
        assert desk.quit() == 0
    assert len(jobs(path)) == 2_000
