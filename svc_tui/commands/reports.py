"""Commands of the dashboard and what is opened from it."""

from __future__ import annotations

from svc_tui.commands.words import Command, Where
from svc_tui.domain.errors import N_
from svc_tui.domain.rights import Right

W = Where
COMMANDS: tuple[Command, ...] = (
    Command("go.4", N_("Dashboard"), N_("Who has how much, what is late, what waits"), ("4",), (W.TOP,),
            Right.STATISTICS_READ),
    Command("board.hand_out", N_("Hand out"), N_("Give jobs of this person to somebody else: fa 10, fa 8h"), ("a",),
            (W.BOARD, W.PERSON), Right.ACTIVITY_BULK, bar=2),
    Command("board.balance", N_("Balance"), N_("Propose the fewest moves after which nobody has too much"), ("b",),
            (W.BOARD,), Right.ACTIVITY_BULK, bar=3),
    Command("board.next_list", N_("List"), N_("Only the jobs of the next list"), ("right",), (W.BOARD,), bar=4),
    Command("board.previous_list", N_("List before"), N_("Only the jobs of the list before"), ("left",), (W.BOARD,)),
    Command("board.undo", N_("Undo"), N_("Undo your last act"), ("u",), (W.BOARD, W.NEXT, W.PERSON, W.WEEK_JOBS),
            Right.UNDO_OWN, bar=6),
    Command("board.redo", N_("Redo"), N_("Do again what you undid last"), ("U",),
            (W.BOARD, W.NEXT, W.PERSON, W.WEEK_JOBS), Right.UNDO_OWN),
    Command("board.week", N_("Week"), N_("Promised work against hours, day by day"), ("k",), (W.BOARD,),
            Right.STATISTICS_READ, bar=5),
    Command("week.hand_out", N_("Hand out"), N_("Hand out this person's jobs"), ("a",), (W.WEEK,), Right.ACTIVITY_BULK,
            bar=2),
    Command("week.balance", N_("Balance"), N_("Propose the fewest moves after which nobody has too much"), ("b",),
            (W.WEEK,), Right.ACTIVITY_BULK, bar=3),
    Command("week.next", N_("Later days"), N_("The days after those shown"), ("right",), (W.WEEK,), bar=4),
    Command("week.previous", N_("Earlier days"), N_("The days before those shown, not before today"), ("left",),
            (W.WEEK,), bar=5),
    Command("week.basis", N_("Basis"), N_("By what is promised, or by when jobs begin"), ("d",), (W.WEEK,), bar=6),
    Command("week.day_later", N_("Day later"), N_("The start a working day later; the end moves along"), ("+",),
            (W.WEEK_JOBS,), Right.ACTIVITY_EDIT, bar=2),
    Command("week.day_earlier", N_("Day earlier"), N_("The start a working day earlier"), ("-",), (W.WEEK_JOBS,),
            Right.ACTIVITY_EDIT, bar=3),
    Command("week.quarter_later", N_("Quarter later"), N_("The start at the next quarter of an hour"), (">",),
            (W.WEEK_JOBS,), Right.ACTIVITY_EDIT, bar=4),
    Command("week.quarter_earlier", N_("Quarter earlier"), N_("The start at the quarter of an hour before"), ("<",),
            (W.WEEK_JOBS,), Right.ACTIVITY_EDIT, bar=5),
    Command("balance.take_out", N_("Take out"), N_("Leave this move out, or take it in again"), ("space",),
            (W.BALANCE, W.HANDING), bar=2),
    Command("balance.do", N_("Hand out"), N_("Do every move that is not left out, in one act"), ("enter", "f2"),
            (W.BALANCE, W.HANDING), Right.ACTIVITY_BULK, bar=1),
    Command("person.list", N_("List"), N_("The same jobs as a list with a filter line"), ("l", "ctrl+y"), (W.PERSON,),
            bar=7),
    Command("next.show", N_("Next"), N_("The next job for you: what is ready, what must be done first on top"), ("N",),
            (W.ROWS, W.BOARD), Right.ACTIVITY_EDIT, bar=14),
    Command("next.take", N_("Take it"), N_("Take this job: you are its responsible, and it is in work"),
            ("enter", "f2"), (W.NEXT,), Right.ACTIVITY_EDIT, bar=1),
    Command("next.open", N_("Open job"), N_("Open the job under the cursor"), ("tab",), (W.NEXT,), bar=2),
    Command("next.nobodys", N_("Nobody's"), N_("What nobody has and you may take, or yours again"), ("n",), (W.NEXT,),
            bar=3),
)  # fmt: skip
