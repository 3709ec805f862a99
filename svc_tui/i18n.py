"""The language of this process: chosen once at the start, asked for by everything that shows a text.

    _("Save")                                        translated now, in the language installed
    n_("{count} job", "{count} jobs", n)             the form that goes with n; fill the places afterwards
    N_("The note is empty.")                         only marked; whoever shows it translates it

Catalogues are compiled when the package is built (`hatch_build.py`). Without one the texts are English.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from gettext import NullTranslations, translation
from pathlib import Path

from svc_tui.domain.errors import N_
from svc_tui.domain.languages import CODES

__all__ = [
    "DOMAIN",
    "LANGUAGES",
    "LOCALE_FOLDER",
    "N_",
    "_",
    "choose_language",
    "install",
    "language",
    "n_",
    "name_keys",
    "ngettext",
    "translated",
    "translation_to",
]

DOMAIN = "svc_tui"
LANGUAGES = CODES
"""All that can be chosen; the texts of one without a catalogue are English."""
LOCALE_FOLDER = Path(__file__).resolve().parent / "locale"

_SAME = {"no": "nb", "nn": "nb"}
_catalogue = NullTranslations()
_language = "en"
_named: Callable[[str, str], str] | None = None
"""Puts a user's own keys into a text: gets the message and its translation."""


def choose_language(
    environ: Mapping[str, str], setting: str | None = None, argument: str | None = None, shop: str = ""
) -> str:
    """The language to use: what the command line says, else the user's setting, else the environment, else the shop's.

    The environment is read as gettext reads it: LANGUAGE (a list, the first known counts), LC_ALL, LC_MESSAGES,
    LANG, the first that is set; LANGUAGE is not heeded where the locale is C, as a service account's is, which names
    no language. What is not known is English.
    """
    for chosen in (argument, setting):
        if chosen:
            return _known(chosen) or "en"
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    wanted = "" if locale.partition(".")[0] in ("C", "POSIX") else environ.get("LANGUAGE") or locale
    return next(filter(None, map(_known, (*wanted.split(":"), shop))), "en")


def install(language: str) -> None:
    """Make `language` that of the process. A catalogue that is missing or damaged leaves the texts English."""
    global _catalogue, _language
    _language = language if language in LANGUAGES else "en"
    _catalogue = _load(_language)


def name_keys(named: Callable[[str, str], str] | None) -> None:
    """Let texts name other keys than those that the program comes with (`commands/spoken.py`); None: those."""
    global _named
    _named = named


def translated() -> tuple[str, ...]:
    """The languages in which there are texts."""
    return tuple(code for code in LANGUAGES if code == "en" or (LOCALE_FOLDER / code).is_dir())


def language() -> str:
    """The language installed: what dates, numbers and shipped registers go by."""
    return _language


def translation_to(language: str) -> Callable[[str], str]:
    """What gives texts in a language that need not be the one installed."""
    catalogue = _catalogue if language == _language else _load(language)
    return lambda message: catalogue.gettext(message) if message else ""


def _(message: str) -> str:
    """The message in the language installed."""
    text = translated_as_it_is(message)
    return text if _named is None else _named(message, text)


def translated_as_it_is(message: str) -> str:
    """The message in the language installed, with the keys that the program comes with."""
    # The empty id is the catalogue's header.
    return _catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form of the message that goes with `n`, in the language installed."""
    text = _catalogue.ngettext(singular, plural, n)
    return text if _named is None else _named(singular, text)


n_ = ngettext


def _known(code: str) -> str | None:
    """`da_DK.UTF-8` is da, `no` and `nn` are nb; None for a language without texts of ours."""
    short = code.strip().replace("-", "_").partition(".")[0].partition("@")[0].partition("_")[0].lower()
    short = _SAME.get(short, short)
    return short if short in LANGUAGES else None


def _load(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    try:
        return translation(DOMAIN, localedir=str(LOCALE_FOLDER), languages=[language])
    except Exception:  # missing, unreadable, or damaged in any of the ways that gettext does not foresee
        return NullTranslations()
