"""Which places there are at one moment: a key may mean two things only where they never come together."""

from __future__ import annotations

from typing import Final

from svc_tui.commands.words import Where

W = Where
_SAID: Final[tuple[frozenset[Where], ...]] = tuple(
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
            (W.REGISTER, W.MOVED, W.CURSOR),
            (W.FORM, W.FIELD), (W.FORM, W.SETTINGS, W.FIELD),
            (W.FORM, W.COLUMNS, W.CURSOR),
            (W.TOP, W.BOARD, W.CURSOR),
            (W.TOP, W.ARRIVALS, W.CURSOR),
            (W.TO_ORDER, W.CURSOR),
            (W.RETURNS, W.CURSOR),
            (W.PROPOSED, W.CURSOR),
            (W.TOP, W.STATISTICS, W.CURSOR),
            (W.ORDERS, W.TOP, W.CURSOR), (W.ORDER, W.RECORD, W.FORM, W.FIELD),
            (W.ORDER, W.RECORD, W.FORM, W.TABLE, W.CURSOR),
        ),
    )
)  # fmt: skip
TOGETHER: Final = (*_SAID, *(frozenset((place, W.CURSOR)) for place in Where if not any(place in one for one in _SAID)))
"""What a screen can be in at once; of those that are within another only the widest. A place that is not named is
that of a screen which is one list."""
