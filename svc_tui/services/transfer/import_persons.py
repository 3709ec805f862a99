"""Contact persons of an import: who is on a line, and what of the line is his.

Lists of persons have a line for each with the company's name on all of them. The company gets phone and e-mail of its
first line; where a later line has others, they are that person's, and the first line's are the first person's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from svc_tui.db.core import many
from svc_tui.db.core.changes import Changes, Values
from svc_tui.db.core.engine import Store
from svc_tui.db.transfer import importing
from svc_tui.domain.errors import N_, Invalid
from svc_tui.domain.tables import CONTACT_PERSON
from svc_tui.domain.text import search_key
from svc_tui.domain.transfer.imports import ContactLine

Place = tuple[int, str]
"""A person: the contact, and the key of the name."""

_NO_PERSON: Final[Values] = {"phone": "", "email": ""}
_ANOTHER = N_("Another line gives {person} another {fields}. The first line counts.")


class Persons:
    """The persons that lines tell of, batch by batch."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[Place, Values] = {}
        self._claims: set[Place] = set()
        self._first: dict[int, tuple[Place, Values]] = {}
        """The first person of each contact, and how the line of it could be reached."""
        self._new: dict[Place, Values] = {}
        self._updates: dict[Place, tuple[int, Values, Values]] = {}

    def begin(self) -> None:
        """A new batch."""
        self._new, self._updates = {}, {}

    def forget(self) -> None:
        """What is stored is read again for the next batch."""
        self._known = {}

    def load(self, contact_ids: Iterable[int]) -> None:
        """Read the persons of these contacts."""
        for row in importing.persons_by_contact(self._store, {row_id for row_id in contact_ids if row_id > 0}):
            self._known.setdefault((int(row["contact"] or 0), str(row["name_key"])), row)

    def take(self, contact_id: int, name: str, line: ContactLine, left: Values) -> bool:
        """Add or change the person on a line; gives whether there was anything to do.

        Args:
            contact_id: Whose person.
            name: The name; empty for no person.
            line: The line.
            left: Phone, mobile and e-mail of the line that are not the contact's.

        Raises:
            Invalid: when another line says otherwise.
        """
        if not name:
            return False
        place = (contact_id, search_key(name))
        said: Values = {
            "name": name,
            "phone": line.person_phone or left.get("mobile") or left.get("phone") or "",
            "email": line.person_email or left.get("email") or "",
        }
        is_changed = self._set(place, {field: value for field, value in said.items() if value})
        reached: Values = {"phone": line.mobile or line.phone, "email": line.email}
        first = self._first.setdefault(contact_id, (place, {name: value for name, value in reached.items() if value}))
        if left and first[0] != place:
            self._fill(*first)
        return is_changed

    def _set(self, place: Place, said: Values) -> bool:
        known = self._known.get(place)
        if known is None:
            row: Values = said | {"contact": place[0], "name_key": place[1]}
            self._known[place] = _NO_PERSON | row
            self._new[place] = row
            self._claims.add(place)
            return True
        changed = {field: value for field, value in said.items() if known[field] != value}
        if changed and place in self._claims:
            raise Invalid(_ANOTHER, person=said["name"], fields=", ".join(f"person_{field}" for field in changed))
        self._claims.add(place)
        self._change(place, changed)
        return bool(changed)

    def _fill(self, place: Place, reached: Values) -> None:
        """Give a person what the company was told on his line, where he has nothing yet."""
        known = self._known.get(place)
        if known is not None:
            self._change(place, {field: value for field, value in reached.items() if not known[field]})

    def _change(self, place: Place, changed: Values) -> None:
        if not changed:
            return
        known = self._known[place]
        self._known[place] = known | changed
        if place in self._new:
            self._new[place] |= changed
            return
        row_id, before, earlier = self._updates.get(place, (int(known["id"] or 0), known, {}))
        self._updates[place] = (row_id, before, earlier | changed)

    def write(self, changes: Changes) -> None:
        """Write what the batch came to."""
        ids = many.reserve_ids(self._store, CONTACT_PERSON, len(self._new))
        many.insert_rows(changes, CONTACT_PERSON, dict(zip(ids, self._new.values(), strict=True)))
        many.update_rows(changes, CONTACT_PERSON, list(self._updates.values()))
