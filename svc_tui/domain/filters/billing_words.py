"""The words in a filter line for how far a job is billed."""

from __future__ import annotations

from svc_tui.domain.filters.filter_values import folded
from svc_tui.domain.languages import language_of


def labels(language: str) -> tuple[str, ...]:
    """The words of a language, the one that is shown of each."""
    return tuple(words.split()[0] for words in language_of(language).billings.values())


def meant(text: str, language: str) -> frozenset[str]:
    """What a word means, or one that begins so: the user's own words and the English."""
    wanted = folded(text)
    known = [
        (state, folded(word))
        for spoken in (language_of(language), language_of("en"))
        for state, words in spoken.billings.items()
        for word in words.split()
    ]
    exact = frozenset(state for state, word in known if word == wanted)
    return exact or frozenset(state for state, word in known if wanted and word.startswith(wanted))
