"""What is wrong in Textual and put right here, each with the version it was seen in.

`tests/unit/test_mended.py` fails once the library does it itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


@lru_cache(1024)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def mend() -> None:
    """Let go of widgets that are gone.

    8.2.8 remembers a thousand of them, with every line they drew, for the cache of a method has the widget's own cache
    of lines in its keys: some 15 MiB in a session that opens many screens.
    """
    library: Any = StylesCache
    library.get_inner_outer = lambda _self, base_background, background: _inner_outer(base_background, background)
