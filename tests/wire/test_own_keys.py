"""Own keys on the real program, in a terminal of 80 by 24 without any sequence of its own making."""

from __future__ import annotations

from pathlib import Path

from tests.wire.desk import Desk


def _find(desk: Desk, words: str) -> None:
    """Come to a command in the table of own keys."""
    desk.press("<C-e>", "<F9>", f"/{words}<Enter>")


def test_a_key_is_given_after_its_clash_was_told_and_follows_to_the_next_terminal(demo: Path) -> None:
    with Desk(demo, term="vt220") as desk:
        _find(desk, "flyt start")
        desk.press("<Enter>", "d")
        desk.program.wait_for("d er »Udført« (sagslister). j: tag den derfra")
        desk.press("j")
        desk.program.wait_for("Gemt. Udsæt: d")
        assert desk.quit() == 0
    with Desk(demo, term="vt220") as desk:
        desk.press("d")
        desk.program.wait_for("Udsæt")
        desk.press("<Esc>")
        assert desk.quit() == 0


def test_the_keys_of_vi_in_lists_registers_and_fields(demo: Path) -> None:
    with Desk(demo, term="vt220") as desk:
        desk.press("<C-e>", "<F9>", "s", "vi<Enter>")
        desk.said("Kept.")
        desk.press("q", "<Esc>", "g")
        first = desk.row()
        desk.press("j")
        second = desk.row()
        assert second != first
        desk.press("j", "k")
        assert desk.row() == second
        desk.press("k")
        assert desk.row() == first
        desk.press("G")
        last = desk.row()
        desk.press("gjG")
        assert desk.row() == last, "typed ahead they move as typed slowly"
        desk.new()
        desk.fill("jkqv:")
        assert desk.value("Emne") == "jkqv:"
        desk.press("<Esc>", "k")
        desk.press(":", "udført<Esc>")
        assert desk.quit() == 0


def test_in_a_register_the_keys_of_vi_move_and_close(shop: Path, tmp_path: Path) -> None:
    (tmp_path / "svc-tui").mkdir()
    (tmp_path / "svc-tui" / "keys.toml").write_text('set = "vi"\n', "utf-8")
    with Desk(shop, term="vt220", env={"XDG_CONFIG_HOME": str(tmp_path)}) as desk:
        desk.press("R", "j", "<Enter>", "j", "k", "G", "<Enter>")
        desk.press("<C-u>jkq<F2>")
        assert desk.said("Kept: {name}. u undoes it.")["name"] == "jkq"
        desk.press("u")
        desk.said("Undone: {act}, {job}.")
        desk.press("<C-r>")
        desk.program.wait_for("jkq")
        desk.press("q", "q")
        desk.program.wait_for("Produktservice [1]")
        assert desk.quit() == 0


def test_a_file_of_ones_own_is_followed_and_what_is_wrong_in_it_told_at_the_start(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "svc-tui").mkdir()
    file = tmp_path / "svc-tui" / "keys.toml"
    file.write_text('[keys]\n"activity.postpone" = ["Q"]\n"list.sorted" = ["S"]\n"act.undo" = ["z", "F13"]\n', "utf-8")
    with Desk(demo, term="vt220", env={"XDG_CONFIG_HOME": str(tmp_path)}) as desk:
        desk.program.wait_for("»list.sorted« er ingen kommando. svc-tui keys --ids")
        desk.press("Q", "+5<Enter>", "<F1>")
        desk.program.wait_for("Q                      Flyt start")
        desk.press("<Esc>", "z")
        desk.said("Undone: {act}, {job}.")
        assert desk.quit() == 0
