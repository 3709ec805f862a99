"""Random keys, the same for the same seed: bursts that begin in a list, each about something people do there.

A burst does not look at the screen, so that its keys depend on the seed alone and a failure can be typed again.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

BURST = (15, 60)
"""The fewest and the most keys of a burst."""
AT_ONCE = 10
"""The most keys that are typed without a pause."""
PAUSE = 0.03
"""The longest pause, in seconds."""
SIZES = ((80, 24), (100, 30), (120, 40), (150, 45), (60, 20), (40, 24), (30, 10), (20, 6), (200, 50))
TINY = ((1, 1), (1, 60), (300, 1), (5, 40), (9, 24), (19, 5), (20, 4), (2, 2))
LARGEST_PASTE = 1_000_000
"""Characters."""

_FUNCTION_KEYS = tuple(f"<F{number}>" for number in range(1, 13))
_MOVES = ("<Down>", "<Up>", "<PgDn>", "<PgUp>", "<Home>", "<End>", "<Left>", "<Right>")
_CONTROL = tuple(f"<C-{letter}>" for letter in "abcdefghijklmnoprstuvwxy")  # not C-q, which leaves, nor C-z
_LETTERS = "abcdefghijklmnopqrstuvwxyzæøåé0123456789 .,:;-+/*?!\"'()=&%#"
_WORDS = (
    "tv",
    "skærm",
    "hansen",
    "jensen",
    "batteri",
    "start",
    "ørum",
    "vask",
    "86",
    "12",
    "10050",
    "zz",
    "é",
    "aa",
    "l",
)
_TERMS = (
    "status:venter",
    "type:tv",
    "ansv:ah",
    "ansv:ingen",
    "kunde:jensen",
    "start:<uge48",
    "lovet:i.morgen",
    "nr:10",
    "serie:0F",
    "-type:garanti",
    "status:",
    "statsu:x",
    "-",
    ":",
    '"to ord"',
    "start:2411..",
    "resp:bk",
    "slut:+3",
)
_DATES = ("fr 930", "+3", "2411", "930", "t 14", "uge 48", "i morgen", "-", "x", "32.13.", "")
_PEOPLE = ("ah", "hv", "an", "b", "", "nobody")
_TEXTS = (
    "Tænder ikke",
    "Slukker [b]fra kanten[/b]",
    "日本語 ok",
    "ﷺ long " * 8,
    "  ",
    "x",
    "Vasker ikke, siger kunden",
)
_PASTES = (
    "Indsat tekst",
    "flere\nlinjer\r\nog\ttabulator",
    "\x1b[31mrød\x1b[0m",
    "lang " * 400,
    "",
    "\u202eomvendt",
    "1\n2\n3\n",
)
_BROKEN = (b"\xff", b"\xc3", b"\xe2\x82", b"\x1b[", b"\x1b[1;", b"\x1bO", b"\x1b[<0;5;5M", b"\x1b[<0;5;5m", b"\x00",
           b"\x80\x81", b"\x1b[M !!", b"\x1b[200~half", b"\x1b[201~", b"\x1b[999;999R", b"\x1b[?1;2c",
           b"\x1b]0;title\x07", b"\x1b[0n", b"\x1b[27;5;9~", b"\x1b[97;5u", b"\xf0\x9f\x98",
           b"\x1b\x1b\x1b")  # fmt: skip
_REPORTS = (
    b"\x1b[0n",
    b"\x1b[24;80R",
    b"\x1b[?24;80R",
    b"\x1b[?62;22c",
    b"\x1b[>41;379;0c",
    b"\x1b[?2026;2$y",
    b"\x1b[?2048;0$y",
    b"\x1b]10;rgb:ffff/ffff/ffff\x07",
    b"\x1b]11;rgb:0000/0000/0000\x1b\\",
    b"\x1b[I",
    b"\x1b[O",
    b"\x1b[<35;3;3M",
    b"\x1b[<64;9;9M",
    b"\x1b[<0;1;2M\x1b[<0;1;2m",
    b"\x1b[48;24;80;0;0t",
    b"\x1bP1$r0m\x1b\\",
    b"\x1b[?0u",
)
"""What terminals tell of themselves, asked or not."""
_SPLIT = (b"\x1b[A", b"\x1b[1;5C", b"\x1bOP", b"\x1b[15~", b"\x1b[200~delt\x1b[201~", "æ".encode(), "日".encode(),
          "👩\u200d🔧".encode(), *_REPORTS)  # fmt: skip
_LONG = ("ord ", "x", "9", "linje\r\n", "👨\u200d👩\u200d👧", "\u0301", "status:", '"', "\x1b[31m", "\t")
_FLOODS = (b"\x1b[B", b"x", b"ab ", b"\x00", b"\x1b", b"\xff", b"\x1b[<35;3;3M", b"\x1b[0n", b"\x1b[1;", b"\x1b[201~")
_ENDLESS = (b"\x1b]0;", b"\x1bP1$r", b"\x1b[9")
"""Beginnings of sequences whose end never comes."""
_PALETTE = ("hj", "sort", "sor", "kol", "ned", "gem", "ny", "col", "new", "status")

_ONE_KEY = re.compile(r"<[A-Za-z][\w-]*>|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Keys:
    """Keys typed at once, in the notation of `tests.wire.program.keys`."""

    text: str


@dataclass(frozen=True, slots=True)
class Bytes:
    """What a terminal sends besides keys, whole or broken."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Size:
    """The terminal gets another size."""

    columns: int
    rows: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing for some seconds."""

    seconds: float


Stroke = Keys | Bytes | Size | Pause


def pasted(text: str) -> bytes:
    """What a terminal with bracketed paste sends."""
    return b"\x1b[200~" + text.encode() + b"\x1b[201~"


def _typed(text: str) -> str:
    """A text as keys."""
    return text.replace("<", "<lt>")


class Fingers:
    """Gives one burst after the other."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._about = {
            self._moves: 15, self._filter: 16, self._sheet: 22, self._act: 14, self._selection: 12, self._screens: 11,
            self._anything: 10,
        }  # fmt: skip

    def burst(self, number: int) -> list[Stroke]:
        """The burst of this number, from 0; the first ones go once through everything."""
        dice = random.Random(f"{self._seed}/{number}")
        everything = list(self._about)
        about = (
            everything[number] if number < len(everything) else dice.choices(everything, list(self._about.values()))[0]
        )
        wanted = dice.randint(*BURST)
        keys: list[str | Stroke] = []
        while len(keys) < wanted:
            keys += self._odd(dice) if dice.random() < 0.04 else _ONE_KEY.findall(about(dice))
        return list(_together(keys, dice))

    # -- what a burst is about ---------------------------------------------------------------------------------

    def _moves(self, dice: random.Random) -> str:
        if dice.random() < 0.1:
            return dice.choice(("1", "2", "3", "<F5>", "<F7>", "<F8>", "o", "O", "v", "g", "G"))
        return dice.choice(_MOVES[:6]) * dice.choice((1, 1, 2, 5, 20))

    def _filter(self, dice: random.Random) -> str:
        words = " ".join(dice.choice((*_WORDS, *_TERMS)) for _ in range(dice.randint(1, 3)))
        edit = dice.choice(
            ("", "<BS>" * dice.randint(1, 6), "<Left><Del>", "<Home><Right>", "<Tab>", "<F4><Down><Enter>", "<C-o>")
        )
        end = dice.choice(("<Enter>", "<Enter>", "<Esc>", "<C-u>", "<Enter><Down><Enter><Esc>", "<F8>", "<Down><Down>"))
        return "/" + dice.choice(("", "<C-u>")) + _typed(words) + edit + end

    def _sheet(self, dice: random.Random) -> str:
        match dice.randrange(12):
            case 0:
                return dice.choice(("n", "<Enter>", "<F6>", "c", "<C-n>"))
            case 1 | 2:
                return _typed(dice.choice((*_TEXTS, *_WORDS, *_DATES, *_PEOPLE)))
            case 3 | 4:
                return dice.choice(("<Tab>", "<Enter>", "<S-Tab>", "<Tab><Tab><Tab>")) * dice.choice((1, 1, 4))
            case 5:
                return (
                    dice.choice(("<F4>", "<F9>", "<C-o>", "<C-l>"))
                    + dice.choice(_WORDS)
                    + dice.choice(("<Enter>", "<Down><Enter>", "<Esc>"))
                )
            case 6:
                return dice.choice(("<F7>", "<F8>", "<C-t>", "<C-b>", "<F12>", "<C-g>")) + dice.choice("123456789")
            case 7:
                return dice.choice(("<F2>", "<C-s>", "<F2>", "<F6>"))
            case 8:
                return dice.choice(("<Esc>", "<Esc>k", "<Esc>g", "<F3>k"))
            case 9:
                return dice.choice(("<BS>", "<Del>", "<Left>", "<Right>", "<Home>", "<End>", "<Up>", "<Down>", "-")) * 3
            case 10:
                return "n" + _typed(dice.choice(_TEXTS)) + "<Tab>" + _typed(dice.choice(_DATES)) + "<Tab>tv<Tab><F2>"
            case _:
                return dice.choice(_FUNCTION_KEYS)

    def _act(self, dice: random.Random) -> str:
        answer = dice.choice(("<Enter>", "<Enter>", "<Esc>", "<Tab>"))
        return dice.choice(
            (
                "d", "u", "U", "p" + dice.choice(_DATES) + answer, "a" + dice.choice(_PEOPLE) + answer,
                "s" + dice.choice(("u", "i a", "ven", "d", "x", "")) + answer,
                "t" + dice.choice(("tv", "pc", "")) + answer,
                "i" + dice.choice(("h", "lav", "1", "")) + answer, "l" + dice.choice(_WORDS) + answer,
                "c" + answer + "<Esc>k",
                "<Down>", "<Up><Up>", "<PgDn>", "h<Down><Enter><Esc>", "j" + dice.choice((*_WORDS, *_DATES)) + answer,
            )
        )  # fmt: skip

    def _selection(self, dice: random.Random) -> str:
        choose = dice.choice(
            (" ", " <Down> <Down> ", "x<Down><Down><Down>x", "<S-Down>" * 4, "x<PgDn>", "*", "*", "x<End>", "**")
        )
        act = dice.choice(
            (
                "d",
                "s" + "ven",
                "a" + "ah",
                "t" + "pc",
                "i" + "h",
                "p" + "+3",
                "a",
                "p" + "fr",
                "<F5>",
                "/tv<Enter>",
                "o",
            )
        )
        confirm = dice.choice(
            (
                "<Enter>",
                "<Enter><Enter>",
                "<Enter>j",
                "<Enter>y",
                "<Esc>",
                "<F3>",
                "<Enter><F2>",
                "<Enter><Down><Enter>",
            )
        )
        return choose + act + confirm + dice.choice(("", "u", "<Esc>", "<Enter>", "U"))

    def _screens(self, dice: random.Random) -> str:
        way_out = dice.choice(("<Esc>", "<F3>", "<Enter>", "<Esc><Esc>"))
        inside = "".join(
            dice.choice((*_MOVES, "<Tab>", "<Space>", "<Enter>", "+", "-", "n", "x")) for _ in range(dice.randint(0, 6))
        )
        key = dice.choice(
            ("w", "V", "v", "o", "O", "h", "<F1>", "?", "<F10>" + dice.choice(_PALETTE), "<F11>", "<C-e>", "w")
        )
        name = dice.choice(("", "", "n" + dice.choice(_WORDS) + "<Enter>", dice.choice(_WORDS)))
        return key + name + inside + way_out

    def _anything(self, dice: random.Random) -> str:
        return dice.choice(
            (dice.choice(_LETTERS), dice.choice(_FUNCTION_KEYS), dice.choice(_MOVES), dice.choice(_CONTROL), "<Tab>",
             "<Esc>", "<Enter>", "<BS>", "<Del>", "<S-Down>", "<S-Up>", "<S-Tab>", "<C-Left>", "<C-Right>", "<Ins>")
        )  # fmt: skip

    def _odd(self, dice: random.Random) -> list[str | Stroke]:
        """What is no key: a paste, broken bytes, reports, a sequence in parts, far too much, another size."""
        match dice.randrange(6):
            case 0:
                return [Bytes(pasted(dice.choice(_PASTES)))]
            case 1:
                return [Bytes(dice.choice(_BROKEN))]
            case 2:
                return [Bytes(b"".join(dice.choices(_REPORTS, k=dice.randint(1, 20))))]
            case 3:
                return _in_parts(dice.choice(_SPLIT), dice)
            case 4:
                return _far_too_much(dice) if dice.random() < 0.2 else [Bytes(dice.choice(_BROKEN))]
            case _:
                return [Size(*dice.choice(TINY if dice.random() < 0.3 else SIZES))]


def _in_parts(data: bytes, dice: random.Random) -> list[str | Stroke]:
    """A sequence that arrives bit by bit."""
    at = dice.randint(1, len(data) - 1)
    return [Bytes(data[:at]), Pause(dice.choice((0.0, 0.01, 0.06, 0.2))), Bytes(data[at:])]


def _far_too_much(dice: random.Random) -> list[str | Stroke]:
    """A paste of up to a million characters, a flood, or a sequence that does not end."""
    match dice.randrange(3):
        case 0:
            part = dice.choice(_LONG)
            return [Bytes(pasted(part * (dice.choice((1_000, 30_000, LARGEST_PASTE)) // len(part))))]
        case 1:
            return [Bytes(dice.choice(_FLOODS) * dice.choice((100, 1_000, 8_000)))]
        case _:
            return [Bytes(dice.choice(_ENDLESS) + b"1" * dice.choice((100, 5_000, 200_000)))]


def _together(keys: list[str | Stroke], dice: random.Random) -> Iterator[Stroke]:
    """Keys in bundles as a quick typist sends them, with pauses between."""
    bundle: list[str] = []
    room = dice.randint(1, AT_ONCE)
    for key in keys:
        if isinstance(key, str):
            bundle.append(key)
        if bundle and (len(bundle) >= room or not isinstance(key, str)):
            yield Keys("".join(bundle))
            yield Pause(dice.uniform(0, PAUSE))
            bundle, room = [], dice.randint(1, AT_ONCE)
        if not isinstance(key, str):
            yield key
    if bundle:
        yield Keys("".join(bundle))


def count(strokes: list[Stroke]) -> int:
    """How many keys these are."""
    return sum(
        len(_ONE_KEY.findall(stroke.text)) if isinstance(stroke, Keys) else 1
        for stroke in strokes
        if not isinstance(stroke, Pause)
    )


def told(stroke: Stroke) -> str:
    """A stroke in one line, for whoever types it again."""
    match stroke:
        case Keys(text):
            return text
        case Bytes(data):
            return f"{data!r}" if len(data) <= 80 else f"{data[:40]!r}...({len(data)} bytes)"
        case Size(columns, rows):
            return f"[{columns}x{rows}]"
        case Pause():
            return "·"
