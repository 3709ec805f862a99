"""What is put right in the library: that it is, and that it still has to be."""

from __future__ import annotations

import gc
import importlib.util
import weakref
from types import ModuleType
from typing import Any

from textual import _styles_cache
from textual.color import Color

from svc_tui.terminal.mended import mend


def _library_as_it_comes() -> ModuleType:
    spec = importlib.util.find_spec(_styles_cache.__name__)
    assert spec is not None
    assert spec.loader is not None
    fresh = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(fresh)
    return fresh


def _is_let_go(kind: type[Any]) -> bool:
    """Whether a cache of lines that was used once goes with whoever had it."""
    cache = kind()
    cache.get_inner_outer(Color(1, 2, 3), Color(4, 5, 6))
    gone = weakref.ref(cache)
    del cache
    gc.collect()
    return gone() is None


class _Fresh(_styles_cache.StylesCache):
    """One that can be referred to weakly."""


def test_widgets_that_are_gone_are_let_go() -> None:
    mend()
    assert _is_let_go(_Fresh)


def test_the_library_still_needs_it() -> None:
    class Fresh(_library_as_it_comes().StylesCache):  # type: ignore[misc]  # a module made at run time
        pass

    assert not _is_let_go(Fresh)
