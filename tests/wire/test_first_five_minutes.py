"""The README's first five minutes are played, word for word, in an English and in a Danish shop.

Every key and every word is taken from the README: what it shows is pressed, and nothing that it shows is left out.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.wire.desk import SAVED, Desk, command, next_friday
from tests.wire.program import ROOT
from tests.wire.shops import copied

NAMED = {
    "Tab": "<Tab>", "Enter": "<Enter>", "Esc": "<Esc>", "Down": "<Down>", "Pil ned": "<Down>", "Right": "<Right>",
    "Pil højre": "<Right>", "Space": "<Space>", "Mellemrum": "<Space>", "Del": "<Del>", "Slet": "<Del>",
    "Shift+Tab": "<S-Tab>", "Skift+Tab": "<S-Tab>", "Ctrl+K": "<C-k>", "Ctrl+Y": "<C-y>",
    "Ctrl+D": "<C-d>", "Ctrl+E": "<C-e>",
} | {f"F{number}": f"<F{number}>" for number in range(1, 13)}  # fmt: skip


class Words(NamedTuple):
    """What the shops of a language call what the README's words find in them."""

    language: str
    heading: str
    list: str
    type: str
    status: str
    customer: str
    down: str
    right: str
    ready: str
    ready_filter: str
    lines: tuple[tuple[str, str, str], ...]
    """What the quick line makes: code, quantity, price."""


ENGLISH = Words(
    "en", "The first five minutes", "Product service", "TV service", "Waiting for parts", "Webb", "Down", "Right",
    "Unprocessed", "status:unprocessed", (("HDMI-2M", "3", "12.90"), ("HOUR", "1.5", "68.00"), ("", "2", "1.50")),
)  # fmt: skip
DANISH = Words(
    "da", "De første fem minutter", "Produktservice", "TV-Service", "Venter på dele", "Møller", "Pil ned", "Pil højre",
    "Ubehandlet", "status:ubehandlet", (("HDMI-2M", "3", "129.00"), ("TIME", "1.5", "645.00"), ("", "2", "12.50")),
)  # fmt: skip


class Step:
    """One step of the telling: what it shows, and what of it was pressed."""

    def __init__(self, desk: Desk, text: str) -> None:
        self.desk = desk
        self.shown: list[str] = re.findall(r"`([^`]+)`", text)
        self.left = list(self.shown)

    def word(self, pattern: str) -> str:
        """The one thing shown that fits."""
        found = list(dict.fromkeys(one for one in self.shown if re.fullmatch(pattern, one)))
        assert len(found) == 1, (pattern, found, self.shown)
        self.left = [one for one in self.left if one != found[0]]
        return found[0]

    def press(self, *shown: str) -> None:
        """Press what the step shows: keys by their name, words as they are."""
        for one in shown:
            word = self.word(re.escape(one))
            self.desk.press(NAMED.get(word, word))

    def type(self, pattern: str, end: str = "Tab") -> str:
        """Type the word shown that fits, and leave the field with a key that is shown, too."""
        word = self.word(pattern)
        self.desk.press(word + NAMED[self.word(end)])
        return word


def telling(words: Words) -> list[str]:
    """The steps of the section, in its order."""
    readme = (ROOT / "README.md").read_text("utf-8")
    section = readme.partition(f"## {words.heading}\n")[2].partition("\n## ")[0]
    steps = re.findall(r"^\d\. .*?(?=^\d\. |^$)", section + "\n", re.MULTILINE | re.DOTALL)
    assert len(steps) == 5, section
    return steps


@pytest.fixture(scope="session")
def demo_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The demo shop of a language as `make run` makes it, to copy."""
    made: dict[str, Path] = {}

    def of(language: str) -> Path:
        if language not in made:
            made[language] = tmp_path_factory.mktemp(language) / "demo.db"
            subprocess.run([*command(made[language], language=language), "demo", "--create-only"], check=True, cwd=ROOT)
        return made[language]

    return of


@pytest.mark.parametrize("words", [ENGLISH, DANISH], ids=lambda words: words.language)
def test_the_first_five_minutes_work_word_for_word(
    words: Words, demo_of: Callable[[str], Path], tmp_path: Path
) -> None:
    shop = copied(demo_of(words.language), tmp_path / "demo.db")
    with Desk(shop, language=words.language) as desk:
        assert desk.title.startswith(words.list)
        steps = [Step(desk, text) for text in telling(words)]
        number = register(steps[0], words)
        find(steps[1], words, number)
        hand_over(steps[2], words, number)
        work(steps[3], words, number)
        help_is_there(steps[4], words)
        assert [step.left for step in steps] == [[]] * 5, "shown by the README and not played"
        assert desk.quit() == 0


def register(step: Step, words: Words) -> int:
    """Step 1: every field by its first letters."""
    desk = step.desk
    step.press("n")
    desk.press("A new subject")
    step.press("Tab")
    step.type("fr .*")
    desk.press(step.word("tv"))
    step.press(words.down, "Enter")  # the list of values, and what stands first in it
    if desk.value("Type") == "tv":
        desk.press("<Tab>")
    for pattern in (words.status[:3].lower(), "ah", words.customer.lower(), "Samsung .*"):
        step.type(pattern)
    step.type("hdmi", "Enter")
    step.press("F2")
    number = int(desk.said(SAVED)["number"])
    step.press("Esc")
    assert str(number) in desk.row()
    job = desk.job(number)
    assert (job["start"], job["type"], job["status"]) == (next_friday("09:30"), words.type, words.status)
    assert job["responsible"] == "AH"
    assert words.customer in job["customer"]
    assert job["device"] == {"name": "Samsung QE55", "serial": "0F3A22"}
    assert [line["code"] for line in job["lines"]] == ["HDMI-2M"]
    return number


def find(step: Step, words: Words, number: int) -> None:
    """Step 2: every filter finds something, and the job that was registered is among what fits it."""
    desk = step.desk
    found = {}
    for pattern in (".*:.* .*:ah", ".*:(?:none|ingen)", "start:.*", "(?:customer|kunde):.*", ".*:0F3A", "-type:tv"):
        step.press("/")
        found[pattern] = step.type(pattern, "Enter")
        if pattern == "start:.*":  # which days were taken; at some times of the year no job begins on them
            desk.program.wait_until(lambda: re.search(r"(week|uge) 48: \d", desk.text()) is not None, what="the days")
            continue
        desk.program.wait_until(lambda: re.match(r"[1-9]", desk.message) is not None, what="a count")
        if pattern in (".*:.* .*:ah", "(?:customer|kunde):.*", ".*:0F3A"):
            assert str(number) in desk.text()
    field, _colon, value = found[".*:.* .*:ah"].split()[0].partition(":")
    step.press("/")
    desk.press(f"{field}:{value[:3]}")
    step.press(words.right)
    assert f'{field}:"{words.status}"' in desk.program.line(1)
    step.press("F4")
    assert desk.told("Choose {field}").format(field=field) in desk.text()
    desk.press("<Esc>")
    step.press("F1")
    assert desk.told("Help: the keys that are valid here") in desk.text()
    desk.press("<Esc>")
    step.press("Enter", "Esc")
    assert field + ":" not in desk.program.line(1)
    step.press("w")
    assert desk.told("Saved views") in desk.title or desk.told("Views") in desk.title
    desk.press("<Esc>")


def hand_over(step: Step, words: Words, number: int) -> None:
    """Step 3: one job, then many."""
    desk = step.desk
    desk.press(f"/{number}<Enter>")
    desk.wait_for_count(1)
    step.press("s")
    desk.press(f"{words.ready[:3].lower()}<Enter>")
    assert desk.said("Job {number}: {status}.")["number"] == str(number)
    step.press("a")
    assert str(number) in desk.message
    step.press("Enter")
    assert desk.job(number)["responsible"] == "AH"  # nothing typed changes nothing
    step.press("a", "-")
    step.press("Enter")
    desk.said("Job {number} is nobody's now.")
    for when in [one for one in step.shown if re.fullmatch(r"fr|\+3|2411|i dag 15", one)]:
        step.press("p")
        step.press(when, "Enter")
        assert str(number) in desk.message
    step.press("m")
    desk.press("Ring først<Enter>")
    desk.said("Noted on job {number}.")
    step.press("d")
    desk.program.wait_until(lambda: "HDMI" in desk.message, what="the question about its part")
    desk.press("+")
    desk.said("Job {number} is done.")
    step.press("u")
    desk.program.wait_until(lambda: desk.job(number)["stage"] == "ready", what="undone")
    desk.press(f"/{words.ready_filter}<Enter>")
    step.press(next(one for one in step.shown if one in ("Space", "Mellemrum")), "x")
    desk.press("<Down>")
    step.press("*")
    yes = desk.told("y")
    step.press("p")
    step.press("+3", "Enter")
    desk.press(yes)
    desk.program.settle()
    step.press("u")
    desk.press(yes)
    desk.program.settle()
    desk.press("<Esc><Esc>")
    for key, told in (("h", "Changes"), ("o", "Sort by"), ("j", "Jump to ({column})")):
        step.press(key)
        assert desk.told(told).partition(" (")[0] in desk.text()
        desk.press("<Esc>")


def work(step: Step, words: Words, number: int) -> None:
    """Step 4: the open job."""
    desk = step.desk
    desk.press(f"/{number}<Enter>")
    desk.wait_for_count(1)
    step.press("Enter")
    assert str(number) in desk.title
    step.press("F12", "F12")
    for _tab in range(5):
        step.press("F8")
        if f"[3 {desk.told('Product')}]" in desk.text():
            break
    for pattern in ("3x .*", "(?:hour|time) .*", "2x .*"):
        step.type(pattern, "Enter")
    step.press("F12")
    step.press(next(one for one in step.shown if one in ("Shift+Tab", "Skift+Tab")), "y")
    desk.said("{payer} pays. F2 saves it: {text}")
    step.press("Ctrl+K")
    desk.program.wait_for(desk.told("arrived"))
    step.press(next(one for one in step.shown if one in ("Del", "Slet")))
    desk.said("u brings it back, F2 saves. Taken away: {text}")
    step.press("u")
    desk.said("Back again, F2 saves: {text}")
    step.press("F12")  # on a line F9 makes an order
    step.press("F9")
    desk.press("a<Enter>")
    desk.said("{contact} is linked; F2 saves it.")
    desk.press("<F2>")
    desk.said(SAVED)
    lines = [(line["code"], line["quantity"], line["unit_price"]) for line in desk.job(number)["lines"]]
    assert lines[1:] == list(words.lines)
    for key in ("Ctrl+Y", "Ctrl+D"):  # from the sheet, and then from the list
        step.press(key)
        desk.program.wait_until(lambda: desk.title.startswith(desk.told("All jobs")), what="a list")
        desk.program.settle()
        assert str(number) in desk.text()
        desk.press(f"/{number}<Enter>")


def help_is_there(step: Step, words: Words) -> None:
    """Step 5."""
    desk = step.desk
    for key, told in (("F1", "Help: the keys that are valid here"), ("F10", "Actions"), ("Ctrl+E", "Settings")):
        step.press(key)
        assert desk.told(told) in desk.text()
        desk.press("<Esc>")
