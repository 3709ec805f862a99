"""What the terminal can show, decided before Textual is imported: profile, character set, ASCII stand-ins.

Nothing here imports Textual, because Textual reads its settings from the environment once, at import.
The order at start is `need_a_terminal`, `choose_profile`, `choose_charset`, `prepare`, and only then the app.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import unicodedata
from collections.abc import Callable, Mapping, MutableMapping
from enum import StrEnum
from functools import lru_cache

from svc_tui.domain.errors import N_


class Profile(StrEnum):
    """How much of a terminal there is to draw on."""

    RICH = "rich"
    """256 colours or more, any glyph."""
    PLAIN = "plain"
    """16 colours, lines and signs from ASCII."""
    MONO = "mono"
    """No colour codes at all: bold, underline and reverse; lines and signs from ASCII."""


class Charset(StrEnum):
    """Which letters the terminal can show."""

    UTF8 = "utf8"
    ASCII = "ascii"
    """Nothing over byte 126 is sent; letters are replaced cell for cell."""


class Way(StrEnum):
    """How much is sent, and how often; see `svc_tui.terminal.display`."""

    CHANGES = "changes"
    """Only cells that differ."""
    SLOW = "slow"
    """Those, in few frames, and with patience for the parts of a key that arrive apart: for the thinnest lines."""
    WHOLE = "whole"
    """Everything that Textual draws."""


NO_TERMINAL = N_("svc-tui needs a terminal. Over ssh use `ssh -t`; for scripts see `svc-tui --help`.")

_RICH_TERMS = re.compile(r"256color|direct|kitty|alacritty|foot|ghostty|wezterm|contour|iterm")
_CONSOLES = frozenset({"linux", "ansi", "cygwin", "pcansi", "cons25"})
_MONO_TERMS = re.compile(r"vt\d.*|dumb.*|unknown|.*-m|.*-mono|")


def choose_profile(environ: Mapping[str, str], setting: str | None = None) -> Profile:
    """The profile for this terminal; SVC_TUI_PROFILE goes before the user's setting, both before TERM and NO_COLOR."""
    for wish in (environ.get("SVC_TUI_PROFILE"), setting):
        if wish in list(Profile):
            return Profile(wish)
    term = environ.get("TERM", "").lower()
    if environ.get("NO_COLOR") or _MONO_TERMS.fullmatch(term):
        return Profile.MONO
    if term.partition("-")[0] in _CONSOLES:
        return Profile.PLAIN
    if _RICH_TERMS.search(term) or _truecolor(environ):
        return Profile.RICH
    return Profile.PLAIN


def choose_charset(environ: Mapping[str, str], profile: Profile, setting: str | None = None) -> Charset:
    """The letters this terminal can show, by its locale.

    Without any locale a rich terminal is taken for UTF-8: ssh often does not forward LANG, and no terminal
    with 256 colours is without UTF-8. An old one gets ASCII.
    """
    for wish in (environ.get("SVC_TUI_CHARSET"), setting):
        if wish in list(Charset):
            return Charset(wish)
    locale = environ.get("LC_ALL") or _own_ctype(environ) or environ.get("LANG")
    if not locale:
        return Charset.UTF8 if profile is Profile.RICH else Charset.ASCII
    return Charset.UTF8 if "utf8" in locale.lower().replace("-", "") else Charset.ASCII


def choose_way(environ: Mapping[str, str]) -> Way:
    """How the terminal is written to; SVC_TUI_DISPLAY says it, and `--slow` sets that."""
    wish = environ.get("SVC_TUI_DISPLAY")
    return Way(wish) if wish in list(Way) else Way.CHANGES


def _own_ctype(environ: Mapping[str, str]) -> str | None:
    """LC_CTYPE, unless Python itself has set it because the locale is C or is not installed (PEP 538).

    That says nothing of the terminal: LANG does, installed or not.
    """
    ctype = environ.get("LC_CTYPE")
    if ctype not in {"C.UTF-8", "C.utf8", "UTF-8"}:
        return ctype
    return ctype if environ is os.environ and _was_given("LC_CTYPE") else None


def _was_given(name: str) -> bool:
    """Whether a variable was there when the process began; False where the system does not tell."""
    try:
        with open("/proc/self/environ", "rb") as file:
            return any(entry.startswith(f"{name}=".encode()) for entry in file.read().split(b"\0"))
    except OSError:
        return False


def prepare(profile: Profile, charset: Charset | None = None, environ: MutableMapping[str, str] | None = None) -> None:
    """Set what Textual reads at import, and leave profile and charset where the driver finds them.

    Delay of Escape, theme, animations and colour depth stay as the user has set them; what our driver
    relies on does not.

    Raises:
        RuntimeError: Textual is imported already and would not hear of it.
    """
    if environ is None:
        if "textual.constants" in sys.modules:
            raise RuntimeError("prepare() must run before Textual is imported")
        environ = os.environ
    if charset is None:
        charset = choose_charset(environ, profile)
    environ["SVC_TUI_PROFILE"] = profile
    environ["SVC_TUI_CHARSET"] = charset
    environ["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    environ["TEXTUAL_SMOOTH_SCROLL"] = "0"
    environ.setdefault("ESCDELAY", "400" if choose_way(environ) is Way.SLOW else "25")
    environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    # What a key changes in a second frame waits for its turn of the clock: a search showed its rows 16 ms late.
    environ.setdefault("TEXTUAL_FPS", "1000")
    environ.pop("NO_COLOR", None)
    if profile is Profile.RICH:
        environ.setdefault("TEXTUAL_COLOR_SYSTEM", "truecolor" if _truecolor(environ) else "256")
        return
    # A theme of the terminal's own colours: any other turns to bright white on black in 16 colours.
    environ.setdefault("TEXTUAL_THEME", "ansi-dark")
    environ["TEXTUAL_COLOR_SYSTEM"] = "standard"
    if profile is Profile.MONO:
        environ["NO_COLOR"] = "1"


def _truecolor(environ: Mapping[str, str]) -> bool:
    return environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}


def need_a_terminal(translate: Callable[[str], str] = str) -> None:
    """End with a sentence and code 2 unless input and output are a terminal, and listen to its hang-up.

    Textual without a terminal spins for ever, and so it does when the hang-up is ignored (inherited from nohup).
    """
    if not (os.isatty(0) and os.isatty(1)):
        print(translate(NO_TERMINAL), file=sys.stderr)
        raise SystemExit(2)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)


def renderer(profile: Profile, charset: Charset) -> Callable[[str], str]:
    """What turns the text and sequences for an xterm into what this terminal can show, cell for cell."""
    steps: list[Callable[[str], str]] = []
    if profile is not Profile.RICH:
        steps.append(_without_strings)
    if profile is Profile.MONO:
        steps.append(_without_colours)
    if charset is Charset.ASCII:
        steps.append(_only_ascii)
    elif profile is not Profile.RICH:
        steps.append(_ascii_glyphs)

    def render(text: str) -> str:
        for step in steps:
            text = step(text)
        return text

    return render


# Patterns as text: `re` compiles and keeps them when they are first used, which most terminals never need.
# Titles, links, clipboard: a VT220 and an older Linux console would print them.
_STRING = r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"
_SGR = r"\x1b\[([0-9;:]*)m"
_BEYOND_ASCII = r"[ -~]?[^\x00-~]+"


def _without_strings(text: str) -> str:
    return re.sub(_STRING, "", text) if "\x1b]" in text else text


def _without_colours(text: str) -> str:
    return re.sub(_SGR, lambda found: _style_without_colours(found[1]), text)


@lru_cache(1024)
def _style_without_colours(parameters: str) -> str:
    """The SGR sequence with these parameters, without its colours; nothing if nothing is left of it."""
    if not parameters:
        return "\x1b[m"
    codes = iter(parameters.split(";"))
    kept = []
    for code in codes:
        number = int(code.partition(":")[0] or 0)
        if code in {"38", "48", "58"}:
            for _ in range({"5": 1, "2": 3}.get(next(codes, ""), 0)):
                next(codes, None)
        elif not (30 <= number <= 49 or 58 <= number <= 59 or 90 <= number <= 107):
            kept.append(str(number))
    return f"\x1b[{';'.join(kept)}m" if kept else ""


def _ascii_glyphs(text: str) -> str:
    return text if text.isascii() else text.translate(_glyphs())


def _only_ascii(text: str) -> str:
    return re.sub(_BEYOND_ASCII, lambda found: _as_ascii(found[0]), text)


@lru_cache(4096)
def _as_ascii(text: str) -> str:
    """ASCII in as many cells as Textual has counted for `text`: letters joined by emoji count as one."""
    from rich.cells import split_graphemes

    spans, _cells = split_graphemes(text)
    return "".join(_stand_in(text[start], cells) for start, end, cells in spans)


def _stand_in(character: str, cells: int) -> str:
    """What stands for a letter of so many cells that begins with `character`."""
    if " " <= character <= "~":  # with an accent, or with the mark that makes an emoji of a digit
        return character.ljust(cells)
    if cells != 1:
        return "?" * cells
    known = _glyphs().get(ord(character)) or _LETTERS.get(character)
    if known:
        return known
    base = unicodedata.normalize("NFKD", character)[0]
    return base if " " <= base <= "~" else "?"


_LETTERS = dict(
    zip("æÆøØðÐþÞßœŒłŁđĐħĦıŋŊ¡¿«»×÷°§¶£€¥¢¤©®µ±¬¦≤≥≠", "aAoOdDtTsoOlLdDhHinN!?<>x/oSPLEYc$cru+-|<>#", strict=True)
)
"""Letters and signs that do not come apart into an ASCII one and an accent."""

# What is left out (…) and what stands apart (·) must not look alike, nor like the full stop of a sentence.
_SIGNS = dict(
    zip(
        "…•‣·∙⋅‐‑‒–—―−‘’‚‛′“”„″‹›✓✔✕✖✗✘★☆⏎⚠ℹ⋮⋯❮❯⏴⏵⏶⏷⭘⟨⟩\u00a0",
        "~*>|..-------'''''\"\"\"\"<>vvxxxx**<!i:.<><>^vO<> ",
        strict=True,
    )
)
_BLOCKS = "-___" + "_####" + "###|" + "||||" + ":%#" + "-|" + "#" * 10


@lru_cache(1)
def _glyphs() -> dict[int, str]:
    """Signs a screen is drawn with, one cell each, to ASCII. By their Unicode names: there are 700 of them."""
    table = {ord(sign): plain for sign, plain in _SIGNS.items()}
    table |= {code: _arrow(unicodedata.name(chr(code))) for code in range(0x2190, 0x2200)}
    table |= {code: _line(unicodedata.name(chr(code))) for code in range(0x2500, 0x2580)}
    table |= dict(enumerate(_BLOCKS, 0x2580))
    table |= {
        code: _shape(unicodedata.name(chr(code))) for code in range(0x25A0, 0x2600) if code not in (0x25FD, 0x25FE)
    }
    table |= dict.fromkeys(range(0x2801, 0x2900), "*") | {0x2800: " "}
    return table | dict.fromkeys(range(0x1FB00, 0x1FBB0), "#")


def _line(name: str) -> str:
    if "DIAGONAL" in name:
        return "X" if "CROSS" in name else "/" if "UPPER RIGHT" in name else "\\"
    across = any(word in name for word in ("HORIZONTAL", "LEFT", "RIGHT"))
    along = any(word in name for word in ("VERTICAL", "UP", "DOWN"))
    return "+" if across and along else "|" if along else "=" if "DOUBLE HORIZONTAL" in name else "-"


def _arrow(name: str) -> str:
    if "LEFT RIGHT" in name or "UP DOWN" in name:
        return "-" if "LEFT RIGHT" in name else "|"
    return _direction(name) or "*"


def _shape(name: str) -> str:
    if "TRIANGLE" in name or "POINTER" in name:
        return _direction(name) or "*"
    if "SQUARE" in name or "RECTANGLE" in name:
        return "#"
    return "o" if "WHITE CIRCLE" in name or "WHITE BULLET" in name else "*"


def _direction(name: str) -> str | None:
    signs = {"LEFT": "<", "RIGHT": ">", "UP": "^", "DOWN": "v"}
    return next((sign for word, sign in signs.items() if word in name), None)
