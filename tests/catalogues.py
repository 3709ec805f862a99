"""Keeps the message catalogues in step with the sources.

python -m tests.catalogues check      says everything that is missing or wrong, and fails then
python -m tests.catalogues update     reads the sources anew into the template and the catalogues
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "svc_tui"
LOCALES = SOURCES / "locale"
TEMPLATE = LOCALES / "svc_tui.pot"
COMPLETE = ("da",)
"""The languages that may lack nothing."""

_ERRORS = ("DomainError", "Invalid", "NotFound", "NotAllowed", "InUse", "Conflict", "DatabaseTrouble")
# The errors' sentences count as marked, so that a forgotten N_ cannot leave one untranslated.
KEYWORDS = {"_": None, "N_": None, "n_": (1, 2), "ngettext": (1, 2), **dict.fromkeys(_ERRORS, (1,))}


def extracted(sources: Path = SOURCES) -> Catalog:
    """The messages of all sources, by file."""
    catalogue = _empty(None)
    for path in sorted(sources.rglob("*.py")):
        place = path.relative_to(sources.parent).as_posix()
        found = extract_from_file("python", path, keywords=KEYWORDS, comment_tags=("Translators:",))
        for _line, message, comments, context in found:
            # Without line numbers: they would change the catalogues with every edit of the sources.
            catalogue.add(message, locations=[(place, 0)], auto_comments=comments, context=context)
    return catalogue


def catalogue_path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "svc_tui.po"


def read(path: Path, language: str | None = None) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def complaints(sources: Catalog, template: Catalog, translated: dict[str, Catalog]) -> list[str]:
    """Everything that keeps the catalogues from being complete, one line each; empty is as it should be."""
    said = [f"svc_tui.pot lacks {_shown(key)}" for key in _keys(sources) if key not in set(_keys(template))]
    said += [
        f"svc_tui.pot has {_shown(key)}, which no source says any more"
        for key in _keys(template)
        if key not in set(_keys(sources))
    ]
    for language, catalogue in translated.items():
        by_key = {_key(message): message for message in _messages(catalogue)}
        for message in _messages(sources):
            said += [f"{language}.po: {_shown(_key(message))} {what}" for what in _wrong(message, by_key)]
    return said


def current_complaints() -> list[str]:
    translated = {language: read(catalogue_path(language), language) for language in COMPLETE}
    return complaints(extracted(), read(TEMPLATE), translated)


def update() -> None:
    """Bring the template and every catalogue there is up to the sources; a file that says the same is left alone."""
    template = extracted()
    if TEMPLATE.exists():
        before = read(TEMPLATE)
        if set(_keys(before)) == set(_keys(template)):
            template.creation_date = before.creation_date
    _write(TEMPLATE, template)
    for language in COMPLETE:
        path = catalogue_path(language)
        catalogue = read(path, language) if path.exists() else _empty(language)
        # Guessed translations are refused by the check anyway.
        catalogue.update(template, no_fuzzy_matching=True)
        _write(path, catalogue)


Key = tuple[str | None, str | tuple[str, ...]]


def _empty(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        header_comment=f"# svc_tui: the service desk of a repair shop{f', {language}' if language else ''}.",
        project="svc_tui",
        version="1",
        msgid_bugs_address="none",
        last_translator="svc_tui contributors",
        language_team="svc_tui contributors",
        charset="utf-8",
        fuzzy=False,
    )


def _write(path: Path, catalogue: Catalog) -> None:
    text = io.BytesIO()
    write_po(text, catalogue, width=120, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    if not path.exists() or path.read_bytes() != text.getvalue():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.getvalue())


def _messages(catalogue: Catalog) -> Iterator[Message]:
    """All but the header."""
    return (message for message in catalogue if message.id)


def _key(message: Message) -> Key:
    name = message.id if isinstance(message.id, str) else tuple(message.id)
    return message.context, name


def _keys(catalogue: Catalog) -> Iterator[Key]:
    return map(_key, _messages(catalogue))


def _shown(key: Key) -> str:
    name = key[1] if isinstance(key[1], str) else " / ".join(key[1])
    return f'"{name}"'


def _wrong(message: Message, translated: dict[Key, Message]) -> Iterable[str]:
    ours = translated.get(_key(message))
    if ours is None:
        yield "is missing"
        return
    originals = _texts(message.id)
    texts = _texts(ours.string)
    if len(texts) < len(originals) or not all(texts):
        yield "is not translated"
        return
    if ours.fuzzy:
        yield "is marked fuzzy"
    wanted = _places(originals[-1])
    for number, text in enumerate(texts):
        places = _places(text)
        # The first of several forms may leave its number out: "one job".
        fits = places <= wanted if number == 0 and len(originals) > 1 else places == wanted
        if not fits:
            yield f"has other places in its translation: {', '.join(sorted(places)) or 'none'}"


def _texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list | tuple) else ()


def _places(text: str) -> frozenset[str]:
    """The names between braces; a text that is no format string has none."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return frozenset()


def main(arguments: list[str]) -> int:
    if arguments == ["update"]:
        update()
        return 0
    if arguments != ["check"]:
        print("usage: python -m tests.catalogues check|update", file=sys.stderr)
        return 2
    said = current_complaints()
    print("\n".join(said) if said else "The catalogues are complete.")
    if said:
        print(f"{len(said)} complaints. `make messages` reads the sources anew; then translate in svc_tui/locale.")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
