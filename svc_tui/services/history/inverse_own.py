"""What an inverse may not break of what people have for themselves: settings and saved views, by name once each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from svc_tui.db.core import many
from svc_tui.db.core.models import SavedView, Table, UserSetting
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.operations import Value
from svc_tui.services.core.session import Session

OWN: Final[tuple[type[Table], ...]] = (UserSetting, SavedView)
"""Tables of what belongs to one person."""

_NAMED: Final[Mapping[type[Table], tuple[str, str]]] = {
    UserSetting: ("employee", "name"),
    SavedView: ("owner", "name_key"),
}
"""By table: whose a row is, and what nobody has twice."""


def nothing_twice(
    session: Session,
    written: Iterable[tuple[type[Table], int, Mapping[str, Value]]],
    going: set[tuple[type[Table], int]],
) -> None:
    """A setting that was made again meanwhile, or another view of the same name, stays.

    Args:
        session: Who undoes.
        written: Rows that come back or change, with what is written into them.
        going: Rows that are taken away by the same inverse.

    Raises:
        Invalid: when a row would be there twice.
    """
    for table, row, values in written:
        if table not in _NAMED or not set(_NAMED[table]) & set(values):
            continue
        whole = {**many.read_rows(session.store, table, [row]).get(row, {}), **values}
        wanted = {name: whole[name] for name in _NAMED[table]}
        if any((table, other) not in going for other in many.ids_with(session.store, table, wanted) - {row}):
            if table is SavedView:
                raise Invalid(N_("There is a view “{name}” already; choose another name."), name=whole["name"])
            raise Invalid(N_("This was set anew since."))
