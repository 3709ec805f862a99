"""Every table is described, whole and as it is: whoever adds one, or a column, is told by name what is missing."""

from __future__ import annotations

from collections.abc import Iterator

import peewee
import pytest

from svc_tui.db.core.all_models import MODELS
from svc_tui.db.core.derived import RULES
from svc_tui.db.core.job_models import Activity
from svc_tui.db.core.table import Table
from svc_tui.db.core.tables import described, model_of, pointing_at, references_of
from svc_tui.db.upkeep.integrity import CHECKS
from svc_tui.domain.field_kinds import FieldKind
from svc_tui.domain.labels import FIELD_LABELS
from svc_tui.domain.registers import Register, Registers
from svc_tui.domain.tables import ACTIVITY, TABLES, Described, Undo, Words
from svc_tui.screens.registers.specs import SPECS

WHERE = "svc_tui/domain/tables.py"

_TEXTS = {FieldKind.LINE, FieldKind.TEXT, FieldKind.CODE, FieldKind.UNTOLD, FieldKind.SECRET}
_NUMBERS = set(FieldKind) - {FieldKind.LINE, FieldKind.TEXT, FieldKind.FLAG, FieldKind.REFERENCE}
_FITTING: dict[type[peewee.Field], set[FieldKind]] = {
    peewee.ForeignKeyField: {FieldKind.REFERENCE},
    peewee.BooleanField: {FieldKind.FLAG, FieldKind.UNTOLD},
    peewee.TextField: _TEXTS,
    peewee.CharField: _TEXTS,
    peewee.IntegerField: _NUMBERS,
    peewee.SmallIntegerField: _NUMBERS,
    peewee.BigIntegerField: _NUMBERS,
}
TIMES = {FieldKind.MOMENT, FieldKind.DAY}


def all_models(above: type[Table] = Table) -> Iterator[type[Table]]:
    """Every model of the program, however deep below `Table`."""
    for model in above.__subclasses__():
        if model.__module__.startswith("svc_tui.db.") and ".migrations." not in model.__module__:
            yield model
            yield from all_models(model)


def name_of(model: type[Table]) -> str:
    return str(model._meta.table_name)


def columns(model: type[Table]) -> dict[str, peewee.Field]:
    return {field.name: field for field in model._meta.sorted_fields if field.name != "id"}


def test_every_model_is_a_table_of_the_shop_and_described() -> None:
    found = list(all_models())
    assert Activity in found
    assert len(found) > 20
    lost = [model.__name__ for model in found if model not in MODELS]
    assert not lost, f"{lost} belong into a file svc_tui/db/core/<subject>_models.py that all_models.py names"
    missing = [name_of(model) for model in found if name_of(model) not in TABLES]
    assert not missing, f"describe these tables in {WHERE}: {missing}"


def test_nothing_is_described_that_is_not_there() -> None:
    gone = set(TABLES) - {name_of(model) for model in MODELS}
    assert not gone, f"described in {WHERE}, and no model: {sorted(gone)}"


@pytest.mark.parametrize("table", TABLES.values(), ids=str)
def test_every_column_is_described_once(table: Described) -> None:
    known = columns(model_of(table))
    told = [*table.fields, *table.derived, *table.keys]
    missing = [f"{table.name}.{name}" for name in known if name not in told]
    where = f"svc_tui/domain/job_fields.py, or if nobody edits it in {WHERE}," if table is ACTIVITY else WHERE
    assert not missing, f"say in {where} what these columns hold, or that they are derived: {missing}"
    gone = [f"{table.name}.{name}" for name in told if name not in known]
    assert not gone, f"described, and no column of the model in svc_tui/db/core: {gone}"
    assert len(told) == len(set(told)), f"{table.name}: a column is described twice"


@pytest.mark.parametrize("table", TABLES.values(), ids=str)
def test_a_column_holds_what_its_type_can(table: Described) -> None:
    known = columns(model_of(table))
    wrong = [
        f"{table.name}.{name}: {kind.name} in a {type(known[name]).__name__}"
        for name, kind in table.fields.items()
        if kind not in _FITTING[type(known[name])]
    ]
    assert not wrong, wrong


@pytest.mark.parametrize("table", TABLES.values(), ids=str)
def test_every_field_that_is_told_has_a_label(table: Described) -> None:
    """The history names it, and so does whoever refuses a value of it."""
    if table.undo is Undo.NEVER:
        return
    owners = {reference.field for reference in references_of(table) if reference.takes_along}
    told = {name for name, kind in table.fields.items() if kind is not FieldKind.UNTOLD} - owners
    missing = sorted(told - set(FIELD_LABELS))
    assert not missing, f"{table.name}: give these fields a label in svc_tui/domain/labels.py: {missing}"
    assert table.label, f"{table.name} needs a label in {WHERE}"


@pytest.mark.parametrize("table", TABLES.values(), ids=str)
def test_a_row_that_goes_along_with_another_hangs_on_it(table: Described) -> None:
    """What the database would take along by itself would be missing in the history."""
    along = {key.name for key in model_of(table)._meta.refs if key.on_delete == "CASCADE"}
    hanging = {reference.field for reference in references_of(table) if reference.takes_along}
    assert hanging == set(table.hangs_on), f"{table.name}: hangs_on names what is no reference"
    assert hanging <= along, f"{table.name}: on_delete of {hanging - along}"
    others = along - hanging - {"list"}  # a list with types is in use: the flags of types forbid deleting it
    assert not others, f"say in {WHERE} that {table.name} hangs on {others}"


@pytest.mark.parametrize("table", TABLES.values(), ids=str)
def test_what_is_named_of_a_row_is_a_field(table: Described) -> None:
    assert {*table.called, *filter(None, (table.number,))} <= set(table.fields)
    for texts in table.keys.values():
        assert set(texts) <= set(table.fields)


def test_what_can_be_put_back_points_to_what_the_history_holds() -> None:
    for table in TABLES.values():
        if table.undo is not Undo.NEVER:
            for reference in references_of(table):
                assert reference.target.undo is not Undo.NEVER, f"{table.name}.{reference.field}"


@pytest.mark.parametrize(
    ("table", "words"),
    [pytest.param(table, words, id=f"{table} {words.of}") for table in TABLES.values() for words in table.words],
)
def test_words_of_the_index_are_reached_from_their_entries(table: Described, words: Words) -> None:
    assert set(words.fields) <= set(table.fields)
    if not words.of:
        assert words.entry == table.name
    for way in words.of:
        name, _, field = way.partition(".")
        assert field in TABLES[name].fields, f"{way} is no field"
        target = next(reference.target for reference in references_of(TABLES[name]) if reference.field == field)
        if name == table.name:
            assert target.name == words.entry, f"{way} does not name an entry"
        else:
            assert target is table, f"{way} does not name rows of {table}"
            assert name == words.entry or words.entry in TABLES[name].hangs_on


def test_a_job_has_fields_of_its_own_description() -> None:
    assert described(Activity) is ACTIVITY
    assert {reference.table.name for reference in pointing_at(ACTIVITY)} == {
        "activity_link", "activity_line", "activity_note", "job_approval", "part_claim", "timer"
    }  # fmt: skip


WRITTEN_BY_EVERY_ACT = {"version", "changed_at"}


def test_whatever_is_derived_is_looked_over_by_the_check() -> None:
    columns = {name for table in TABLES.values() for name in table.derived} - WRITTEN_BY_EVERY_ACT
    rules = {rule.name for rule in RULES} - WRITTEN_BY_EVERY_ACT
    missing = (columns | rules) - set(CHECKS)
    assert not missing, f"svc-tui check does not ask whether these are right (db/upkeep/integrity.py): {missing}"
    assert not set(CHECKS) - columns - rules - {"keys"}


@pytest.mark.parametrize("register", Register, ids=lambda one: one.name)
def test_a_register_is_read_edited_and_shown_by_one_description(register: Register) -> None:
    kept = register.value
    assert kept.table.register, f"say register=True of {kept.table.name} in svc_tui/domain/tables.py"
    assert kept.rows in Registers._fields, f"{kept.rows} is no field of Registers in svc_tui/domain/registers.py"
    of_table = {*kept.table.fields, "id", "key", "lists"}
    assert set(kept.record._fields) <= of_table, "the fields of a record are called as the columns of its table"
    assert register in SPECS, f"describe {register.name} in svc_tui/screens/registers/specs.py"
    assert {part.name for part in SPECS[register].parts} == set(kept.edited)


def test_a_row_that_is_called_by_its_number_is_told_once() -> None:
    assert TABLES["purchase"].about({"number": 10_001}) == (10_001, "")
    assert TABLES["service_order"].about({"number": 10_001, "name": "Jensen"}) == (10_001, "Jensen")
    assert TABLES["product"].about({"name": "Batteri"}) == (0, "Batteri")
