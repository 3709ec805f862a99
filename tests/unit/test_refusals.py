"""Every refusal can be told: its sentence names only what it is given, in every language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from inspect import signature
from string import Formatter

from svc_tui.domain import errors
from tests.catalogues import COMPLETE, ROOT, catalogue_path, read

_ERRORS = {error.__name__: error for error in vars(errors).values() if isinstance(error, type)}
_OWN_NAMES = {"self", "message", "field"}
"""Arguments of every refusal: a place called so could never be filled."""


def refusals() -> Iterator[tuple[str, str, set[str], set[str]]]:
    """Each refusal of the sources: where, its sentence, the values it is given, the names of its own arguments."""
    for path in sorted((ROOT / "svc_tui").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = {
            target.id: text
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and (text := _marked(node.value)) is not None
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if not isinstance(node, ast.Call) or name not in _ERRORS or not node.args:
                continue
            if any(keyword.arg is None for keyword in node.keywords):
                continue  # values that the call does not name
            own = set(signature(_ERRORS[name]).parameters) - {"values"} | _OWN_NAMES
            given = {str(keyword.arg) for keyword in node.keywords} - own
            for way in _ways(node.args[0]):
                text = _marked(way) if not isinstance(way, ast.Name) else texts.get(way.id)
                if text is not None:
                    yield f"{path.name}:{node.lineno}", text, given, own


def _ways(node: ast.expr) -> list[ast.expr]:
    return [*_ways(node.body), *_ways(node.orelse)] if isinstance(node, ast.IfExp) else [node]


def _marked(node: ast.expr) -> str | None:
    """The text of `N_("...")`."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_" and isinstance(node.args[0], ast.Constant):
        return str(node.args[0].value)
    return None


def places(text: str) -> set[str]:
    return {name for _text, name, _form, _turn in Formatter().parse(text) if name}


def test_every_refusal_is_given_what_its_sentence_names() -> None:
    """A place that nobody fills would end the program where it should tell what is wrong."""
    found = list(refusals())

    wrong = [(where, text) for where, text, given, _own in found if not places(text) <= given]

    assert len(found) > 200
    assert wrong == []


def test_no_place_of_a_refusal_is_called_as_one_of_its_arguments() -> None:
    """`Invalid(_("no {field}"), field=...)` keeps the field for itself and leaves the place empty."""
    assert [(where, text) for where, text, _given, own in refusals() if places(text) & own] == []


def test_translations_name_the_same_places() -> None:
    compared = 0
    for language in COMPLETE:
        for message in read(catalogue_path(language), language):
            if not message.id or "python-brace-format" not in message.flags:
                continue
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
            known = {place for text in ids for place in places(text)}
            compared += 1
            for text in texts:
                assert places(text) <= known, message.id
    assert compared > 200
