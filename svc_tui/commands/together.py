"""Which places there are at one moment: a key may mean two things only where they never come together."""

from __future__ import annotations

from typing import Final

from svc_tui.commands.words import Where

W = Where
TOGETHER: Final[tuple[frozenset[Where], ...]] = tuple(
    map(
        frozenset,
        (
            (),
            (W.LIST, W.ROWS, W.TOP, W.CURSOR), (W.LIST, W.ROWS, W.FIELD),
            (W.ENTRIES, W.ROWS, W.TOP, W.CURSOR), (W.ENTRIES, W.ROWS, W.TOP, W.FIELD),
            (W.ENTRIES, W.ROWS, W.MERGED, W.TOP, W.CURSOR), (W.ENTRIES, W.ROWS, W.MERGED, W.TOP, W.FIELD),
            (W.FORM, W.MERGE, W.CURSOR),
            (W.SHEET, W.RECORD, W.FORM, W.FIELD), (W.SHEET, W.RECORD, W.FORM, W.TABLE, W.LINES, W.TAKEN, W.CURSOR),
            (W.CARD, W.RECORD, W.FORM, W.FIELD), (W.CARD, W.RECORD, W.FORM, W.TABLE, W.CURSOR),
            (W.PICKER, W.FIELD), (W.PICKER, W.ADDING, W.FIELD), (W.PICKER, W.CARDS, W.FIELD),
            (W.PICKER, W.VIEWS),
            (W.REGISTER, W.MOVED, W.CURSOR), (W.VIEWS_OF_ALL, W.CURSOR), (W.HOURS, W.CURSOR),
            (W.FORM, W.FIELD), (W.FORM, W.SETTINGS, W.FIELD), (W.KEYS, W.CURSOR),
            (W.CHANGES, W.CURSOR), (W.FORM, W.COLUMNS, W.CURSOR),
            (W.TOP, W.BOARD, W.CURSOR), (W.BALANCE, W.CURSOR), (W.NEXT, W.CURSOR), (W.WEEK, W.CURSOR),
            (W.WEEK_JOBS, W.CURSOR),
        ),
    )
)  # fmt: skip
"""What a screen can be in at once; of those that are within another only the widest."""
