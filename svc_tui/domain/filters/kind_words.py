"""The kinds that a contact or a product may be of, as a filter line calls them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from svc_tui.domain.filters.filter_fields import Subject
from svc_tui.domain.language.date_words import spellings
from svc_tui.domain.languages import language_of
from svc_tui.domain.records import LineKind

Flag = tuple[str, str | bool]
"""A column, and the value it has for what is of the kind."""

KINDS: Final[Mapping[Subject, Mapping[str, Flag]]] = {
    Subject.CONTACTS: {
        "customer": ("is_customer", True),
        "supplier": ("is_supplier", True),
        "company": ("is_company", True),
        "person": ("is_company", False),
    },
    Subject.PRODUCTS: {kind.value: ("kind", kind.value) for kind in LineKind},
}
"""By the name that `Language.kinds` has the words of."""


@cache
def kinds_for(language: str, subject: Subject) -> tuple[tuple[str, Flag], ...]:
    """The kinds in the words of a language, in their order."""
    words = language_of(language).kinds
    return tuple((words[name], flag) for name, flag in KINDS.get(subject, {}).items())


def kinds_meant(text: str, language: str, subject: Subject) -> tuple[Flag, ...]:
    """The kind with this name, or the one whose name begins so; in the language or in English. None for none."""
    wanted = text.casefold()
    for accepted in (language, "en"):
        named = [(form, flag) for word, flag in kinds_for(accepted, subject) for form in spellings(word)]
        whole = {flag: None for form, flag in named if form == wanted}
        begun = {flag: None for form, flag in named if wanted and form.startswith(wanted)}
        if len(found := whole or begun) == 1:
            return tuple(found)
    return ()
