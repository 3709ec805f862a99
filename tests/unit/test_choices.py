"""What a field with a register behind it offers: one maker, and never what is retired."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import svc_tui
from svc_tui.domain.records import (
    EmployeeRecord,
    ListRecord,
    PriorityRecord,
    Stage,
    StatusRecord,
    TypeRecord,
)
from svc_tui.domain.registers import CompanyRecord, Registers
from tests.unit.test_layers import SOURCES, dotted

HERE, THERE = 1, 2
SHOP = CompanyRecord(1, "Holms Service", "", "", "", "", "45", "DKK", 60, "never", "", "")
REGISTERS = Registers(
    SHOP,
    (ListRecord(HERE, "product", "Product service"), ListRecord(THERE, "old", "Old list", retired=True)),
    tuple(
        TypeRecord(number, name, name.lower(), lists, None, None, None, False, False, "", retired)
        for number, name, lists, retired in (
            (1, "TV", frozenset({HERE}), False), (2, "Hifi", frozenset({HERE}), True),
            (3, "Desk", frozenset({THERE}), False), (4, "Nowhere", frozenset[int](), False),
        )
    ),
    (
        StatusRecord(1, "Ready", "ready", Stage.READY, False, frozenset({HERE})),
        StatusRecord(2, "Waiting", "waiting", Stage.WAITING, False, frozenset({THERE})),
        StatusRecord(3, "Gone", "gone", Stage.DONE, False, frozenset(), retired=True),
        StatusRecord(4, "Done", "done", Stage.DONE, True, frozenset()),
    ),
    (PriorityRecord(1, "Low", "low", 1, False), PriorityRecord(2, "Never", "never", 2, False, retired=True)),
    (
        EmployeeRecord(1, "AH", "Anna Holm", "anna holm", "administrator", None),
        EmployeeRecord(2, "OL", "Ole Lund", "ole lund", "counter", None, retired=True),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("field", "offered"),
    [
        ("type", ["TV", "Desk", "Nowhere"]), ("status", ["Ready", "Waiting", "Done"]), ("priority", ["Low"]),
        ("responsible", ["Anna Holm"]), ("list", ["Product service"]),
    ],
)  # fmt: skip
def test_what_is_retired_is_not_offered(field: str, offered: list[str]) -> None:
    assert [choice.label for choice in REGISTERS.choices(field)] == offered
    assert len(REGISTERS.choices(field, retired=True)) == len(offered) + 1


def test_a_list_offers_its_own_types_and_the_statuses_of_every_list() -> None:
    here = frozenset({HERE})
    assert [choice.label for choice in REGISTERS.choices("type", here)] == ["TV"]
    assert [choice.label for choice in REGISTERS.choices("status", here)] == ["Ready", "Done"]
    assert [choice.label for choice in REGISTERS.choices("status", frozenset())] == ["Ready", "Waiting", "Done"]


def test_people_are_chosen_by_their_initials_too() -> None:
    assert [choice.code for choice in REGISTERS.choices("responsible")] == ["AH"]


def test_there_is_no_register_behind_another_field() -> None:
    with pytest.raises(KeyError, match="subject"):
        REGISTERS.choices("subject")


_REGISTERS = {"types", "statuses", "priorities", "employees", "types_of", "statuses_of"}


def makes_choices_of_a_register(source: str) -> list[str]:
    """Where `Choice`s are made of a register's rows."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ListComp | ast.GeneratorExp | ast.SetComp):
            made = any(isinstance(part, ast.Name) and part.id == "Choice" for part in ast.walk(node.elt))
            read = {part.attr for part in ast.walk(node.generators[0].iter) if isinstance(part, ast.Attribute)}
            if made and read & _REGISTERS:
                found.append(ast.unparse(node))
    return found


def test_nobody_else_makes_choices_of_a_register() -> None:
    """The same list was made in six places; one of them forgot what was retired, and offered it."""
    assert makes_choices_of_a_register("[Choice(one.id, one.name) for one in registers.priorities]")
    assert not makes_choices_of_a_register("[Choice(one, one.name) for one in found]")
    maker = Path(svc_tui.__file__).parent / "domain" / "registers.py"
    others = [path for path in SOURCES if path != maker]
    assert {dotted(path): makes_choices_of_a_register(path.read_text("utf-8")) for path in others} == {
        dotted(path): [] for path in others
    }
