"""The pane beside a list: what stands where, and that only what differs is drawn again."""

from __future__ import annotations

import pytest
from textual.geometry import Size

from svc_tui.widgets.preview import GAP, Piece, PreviewPane, pane_width


class Pane(PreviewPane):
    """A pane without a terminal: remembers which lines it drew."""

    def __init__(self, width: int = 40, height: int = 8) -> None:
        super().__init__()
        self._given = Size(width, height)
        self.drawn: list[int] = []

    @property
    def size(self) -> Size:
        return self._given

    def repaint(self, y: int, x: int = 0, width: int | None = None) -> None:
        self.drawn.append(y)

    def text(self) -> list[str]:
        return [self.line(y).text.rstrip() for y in range(self.size.height)]


@pytest.mark.parametrize(("columns", "width"), [(80, 0), (119, 0), (120, 40), (150, 50), (180, 60), (300, 60)])
def test_it_is_shown_from_120_columns_on_and_leaves_the_list_78(columns: int, width: int) -> None:
    assert pane_width(columns) == width
    assert not width or columns - width >= 78


def test_a_list_that_needs_its_columns_has_them() -> None:
    assert [pane_width(columns, 110) for columns in (120, 149, 150, 155, 300)] == [0, 0, 40, 45, 60]


def test_labels_amounts_and_gaps() -> None:
    pane = Pane(20)
    pane.show([Piece("Start", kind="label", value="24/11 09:00"), GAP, Piece("HDMI-kabel 2 meter", right="1.290,00")])
    assert pane.text()[:3] == ["│ Start 24/11 09:00", "│", "│ HDMI-kab… 1.290,00"]


def test_long_texts_are_broken_between_words_and_end_in_an_ellipsis() -> None:
    pane = Pane(14)
    pane.show([Piece("Skærmen er sort og lyden er der", most=2), Piece("Ny\nlinje", most=3)])
    assert pane.text()[:4] == ["│ Skærmen er", "│ sort og … "[:11].rstrip(), "│ Ny", "│ linje"]


def test_what_has_no_room_is_left_out() -> None:
    pane = Pane(height=3)
    pane.show([Piece(f"Linje {place}") for place in range(9)])
    assert pane.text() == ["│ Linje 0", "│ Linje 1", "│ Linje 2"]


def test_only_lines_that_differ_are_drawn_again() -> None:
    pane = Pane()
    pane.show([Piece("Et"), Piece("To"), Piece("Tre")])
    pane.drawn.clear()
    pane.show([Piece("Et"), Piece("Fire"), Piece("Tre"), Piece("Fem")])
    assert pane.drawn == [1, 3]
    pane.drawn.clear()
    pane.show([Piece("Et"), Piece("Fire"), Piece("Tre"), Piece("Fem")])
    assert pane.drawn == []
    pane.show([])
    assert pane.drawn == [0, 1, 2, 3]


def test_harmful_signs_do_not_reach_the_terminal() -> None:
    pane = Pane(height=2)
    pane.show([Piece("a\x1b[2Jb"), Piece("c\u202ed", right="\x07")])
    assert not any(sign in "".join(pane.text()) for sign in ("\x1b", "\u202e", "\x07"))
