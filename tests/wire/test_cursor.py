"""The terminal's own cursor: readers of the screen, magnifiers and input methods go by where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wire.desk import Desk

TERMS = ("xterm-256color", "vt220", "linux")


def around(desk: Desk) -> tuple[str, str]:
    """What stands on the cursor's line before it and from it on, by cells."""
    x, y = desk.program.cursor
    cells = [cell.data for cell in desk.program.cells[y]]
    return "".join(cells[:x]).rstrip(), "".join(cells[x:]).rstrip()


@pytest.mark.parametrize("term", TERMS)
def test_it_stands_on_the_caret_and_is_seen_where_text_is_written(demo: Path, term: str) -> None:
    with Desk(demo, term=term) as desk:
        desk.press("/tv")
        assert (around(desk)[0], desk.program.cursor_shown) == (" Filter: tv", True)
        desk.press("<Left>")
        assert around(desk) == (" Filter: t", "v")
        desk.press("<C-u><Del><Enter>", "n", "hdmi", "<Left>")
        assert (around(desk)[0].split()[-1], around(desk)[1]) == ("hdm", "i")
        assert desk.program.cursor_shown
        desk.press("<Esc>", "k", "j100")
        assert around(desk)[0].endswith(": 100")
        assert desk.program.cursor_shown


@pytest.mark.parametrize("term", TERMS)
def test_it_stands_on_the_row_of_a_list_and_is_not_seen(demo: Path, term: str) -> None:
    with Desk(demo, term=term) as desk:
        for y in (3, 4, 5):
            assert desk.program.cursor == (0, y)
            assert not desk.program.cursor_shown
            desk.press("<Down>")


def test_it_stands_on_the_caret_of_a_note(demo: Path) -> None:
    with Desk(demo) as desk:
        desk.press("<Enter>", "<F12>", "en linje\rto æ日x")
        before, rest = around(desk)
        assert (before.strip(), rest) == ("to æ日x", "")
        assert desk.program.cursor_shown
        desk.press("<Up>")
        assert desk.program.line(desk.program.cursor[1]).strip() == "en linje"


@pytest.mark.parametrize("cluster", ["👨\u200d👩\u200d👧", "🇩🇰", "x\u0323", "日", "❤\ufe0f"])
def test_it_never_stands_within_a_cluster(shop: Path, cluster: str) -> None:
    with Desk(shop) as desk:
        desk.new()
        desk.paste(f"a{cluster}b")
        desk.press("<Left>")
        behind = desk.program.cursor[0]
        desk.press("<Left>")
        before = desk.program.cursor[0]
        desk.press("<Left>")
        assert desk.program.cursor[0] == before - 1
        assert before < behind <= before + 2
        desk.press("<End><Left><BS>")
        assert desk.value("Subject") == "ab"
