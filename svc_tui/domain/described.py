"""How a table of the database is described; the descriptions stand in `tables.py` and beside their subjects."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from svc_tui.domain.field_kinds import FieldKind, WordKind


class Undo(Enum):
    """What becomes of an act that wrote rows of a table when somebody undoes it."""

    PUT_BACK = auto()
    """Each field goes back to what it was, if it still holds what the act wrote."""
    OPPOSITE = auto()
    """The rows stay, as in any ledger, and others with the opposite amounts are added."""
    BY_HAND = auto()
    """It is refused, for too much may follow: one changes it back oneself."""
    NEVER = auto()
    """No act writes rows of it: the program keeps them."""


class Words:
    """Words that a table's rows give to entries of the word index."""

    __slots__ = ("entry", "fields", "of")

    def __init__(self, entry: str, *of: str, **fields: WordKind) -> None:
        self.entry = entry
        """Of which table's rows the entries are."""
        self.of = of
        """How an entry comes by these rows, each a `table.field`: the entry's own table names the row in a field, or
        the described table names the entry in one, or a table that hangs on the entry names the row. Nothing where
        the rows are the entries themselves."""
        self.fields: Mapping[str, WordKind] = fields


class Described:
    """What is known of a table. Compared by identity: there is one of each."""

    __slots__ = (
        "append_only", "called", "derived", "fields", "hangs_on", "keys", "label", "name", "number", "of_job",
        "one_thing", "register", "setting", "told_by", "undo", "words",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        label: str,
        undo: Undo,
        fields: Mapping[str, FieldKind],
        *,
        called: tuple[str, ...] = (),
        number: str = "",
        hangs_on: tuple[str, ...] = (),
        register: bool = False,
        setting: str = "",
        words: tuple[Words, ...] = (),
        derived: tuple[str, ...] = (),
        keys: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
        of_job: str = "",
        one_thing: bool = False,
        append_only: bool = False,
        told_by: str = "",
    ) -> None:
        self.name = name
        """In the database."""
        self.label = label
        """What one row is called: a message id; empty for what nobody is told of."""
        self.undo = undo
        self.fields = fields
        """What is written to the history: every column but the id and what is derived, in the order of exports."""
        self.called = called
        """The fields that name a row in a sentence, joined with blanks; nothing where no row has a name."""
        self.number = number
        """The field with the number that people know a row by."""
        self.hangs_on = hangs_on
        """References whose row takes this one along when it goes, the one that it is a part of first. A row that is
        pointed to in any other way is in use, and not deleted."""
        self.register = register
        """Whether a session reads the table whole at its start, and again when others change it."""
        self.setting = setting
        """The setting of an employee that holds a row's id."""
        self.words = words
        self.derived = derived
        """Columns that follow from others, and are not written to the history."""
        self.keys = keys
        """Derived columns with the folded words of fields, by column; the gate keeps them."""
        self.of_job = of_job
        """The field with the id of a job that a row is told of in the history of, though it does not hang on it."""
        self.one_thing = one_thing
        """Whether rows that one act wrote are put back together or not at all."""
        self.append_only = append_only
        """Whether rows come and go, but never change."""
        self.told_by = told_by
        """The reference to a row whose name says whose this one is: of a document, to whom it went."""

    @property
    def shipped(self) -> tuple[str, ...]:
        """The fields that files for other programs have."""
        inner = (FieldKind.UNTOLD, FieldKind.SECRET)
        return tuple(name for name, kind in self.fields.items() if kind not in inner)

    def name_in(self, row: Mapping[str, object]) -> str:
        """What a row is called, by its values; empty where it has no name."""
        return " ".join(str(row[part]) for part in self.called if row.get(part))

    def number_in(self, row: Mapping[str, object]) -> int:
        """The number that people know a row by; 0 where it has none."""
        value = row.get(self.number)
        return value if isinstance(value, int) else 0

    def about(self, row: Mapping[str, object]) -> tuple[int, str]:
        """Number and name of a row, neither told twice where the number is the name."""
        number, name = self.number_in(row), self.name_in(row)
        return number, "" if name == str(number) else name

    def __repr__(self) -> str:
        return f"<{self.name}>"


def fields(**kinds: FieldKind) -> Mapping[str, FieldKind]:
    """What the columns of a table hold, by name."""
    return MappingProxyType(kinds)
